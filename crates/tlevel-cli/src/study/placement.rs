//! `tlevel study placement`: how often suggested clusters are right.

use clap::Args;
use tlevel::place::Placer;
use tlevel_report::report;

use super::super::format::{Format, PrintOptions};
use super::super::run::Run;
use super::super::{MapArgument, Outcome, Stop};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study placement                    the bundled map
  tlevel study placement map.json -o asked.csv

CSV has a row for each occupation: its cluster, and the suggested one. An
occupation that is alone in its cluster cannot be tested and is left out.")]
pub(crate) struct PlacementOptions {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &PlacementOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("study placement", &options.map);
    let print = run.printer(&options.print)?;
    let map = run.map()?;
    let placer = run.step("build", "learning the clusters", || Placer::new(&map));
    if print.format == Format::Csv {
        // a row for each occupation, from which the figures are counted
        let asked = run.step("study", "asking for each occupation", || placer.leave_one_out());
        return run.document(print, &report::left_out_table(&asked), true);
    }
    let study = run.step("study", "asking for each occupation", || tlevel::study::placement::study(&placer));
    run.print(print, &study, || report::study_placement(&study), false)
}
