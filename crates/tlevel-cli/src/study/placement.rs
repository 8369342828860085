//! `tlevel study placement`: how often suggested clusters are right.

use clap::Args;
use tlevel::place::Placer;
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::input::Input;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study placement                    the bundled map
  tlevel study placement map.json --format json

Occupations of a cluster of one cannot be asked for and are left out.")]
pub(crate) struct PlacementOptions {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &PlacementOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file()]);
    let print = options.print.open(&mut files)?;
    let progress = Progress::start();
    let mut stats = Stats::start("study placement");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    progress.step("learning the clusters");
    let placer = stats.time("build", || Placer::new(&map));
    progress.step("asking for each occupation");
    let study = stats.time("study", || tlevel::study::placement::study(&placer));
    progress.finish();
    print.result(&study, || report::study_placement(&study), false)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}
