//! `tlevel study misfits`: occupations that are nearer to another cluster.

use clap::Args;
use tlevel::place::Placer;
use tlevel::study::{MisfitStudy, misfit};
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::input::Input;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop};
use super::parts::PartsOptions;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study misfits                              the bundled map
  tlevel study misfits map.json --rounds 1000 --format csv
  tlevel study misfits map.json --parts work --shard 2/8

The gain is by how much the other cluster scores more, the occupation left out;
stable says how often it does when the statements are drawn anew.")]
pub(crate) struct MisfitsOptions {
    #[command(flatten)]
    map: MapArgument,
    /// How often the statements of each are drawn anew
    #[arg(long, value_name = "N", default_value_t = 100)]
    rounds: usize,
    /// What the draws follow from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    parts: PartsOptions,
    #[command(flatten)]
    print: PrintOptions,
}

/// Occupations a part.
const PART: usize = 32;

pub(crate) fn run(options: &MisfitsOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file()]);
    let print = options.print.open(&mut files)?;
    let progress = Progress::start();
    let mut stats = Stats::start("study misfits");
    let input = Input::map(&options.map)?;
    let map = input.checked(&progress, &mut stats)?.map;
    progress.step("learning the clusters");
    let placer = stats.time("build", || Placer::new(&map));
    progress.step("asking for each occupation");
    let asked = placer.len();
    let made_from = input.made_from(&format!("misfits rounds {} seed {}", options.rounds, options.seed));
    let found = stats.time("study", || {
        options.parts.run(asked.div_ceil(PART), &made_from, &progress, |part| {
            let numbers: Vec<usize> = (part * PART..asked.min((part + 1) * PART)).collect();
            Ok(each(&numbers, |number| misfit(&placer, &map, number, options.rounds, options.seed)))
        })
    })?;
    progress.finish();
    if let Some(found) = found {
        let misfits = found.into_iter().flatten().flatten().collect();
        let study = MisfitStudy::new(options.rounds, options.seed, asked, misfits);
        print.result(&study, || report::study_misfits(&study), false)?;
    }
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn each<R: Send>(numbers: &[usize], of: impl Fn(usize) -> R + Send + Sync) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        numbers.par_iter().map(|&number| of(number)).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        numbers.iter().map(|&number| of(number)).collect()
    }
}
