//! `tlevel study misfits`: occupations that are closer to another cluster.

use clap::Args;
use tlevel::place::Placer;
use tlevel::study::{MisfitStudy, misfit};
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::run::Run;
use super::super::{MapArgument, Outcome, Stop};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study misfits                              the bundled map
  tlevel study misfits map.json --rounds 1000 --format csv

The gain is how much higher the other cluster scores, with the occupation left
out. Stable is how often it still does when the statements are resampled.")]
pub(crate) struct MisfitsOptions {
    #[command(flatten)]
    map: MapArgument,
    /// How often to resample the statements of each
    #[arg(long, value_name = "N", default_value_t = 100)]
    rounds: usize,
    /// The seed of the resampling
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    print: PrintOptions,
}

/// How many occupations are asked between two reports of progress.
const PART: usize = 32;

pub(crate) fn run(options: &MisfitsOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("study misfits", &options.map);
    let print = run.printer(&options.print)?;
    let map = run.map()?;
    let placer = run.step("build", "learning the clusters", || Placer::new(&map));
    let asked = placer.len();
    let found = run.watched("study", "asking for each occupation", |spinner| {
        let mut misfits = Vec::new();
        for start in (0..asked).step_by(PART) {
            spinner.at(Some((start as u64, asked as u64)));
            let numbers: Vec<usize> = (start..asked.min(start + PART)).collect();
            misfits.extend(each(&numbers, |number| misfit(&placer, &map, number, options.rounds, options.seed)));
        }
        misfits
    });
    let misfits = found.into_iter().flatten().collect();
    let study = MisfitStudy::new(options.rounds, options.seed, asked, misfits);
    run.print(print, &study, || report::study_misfits(&study), false)
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
