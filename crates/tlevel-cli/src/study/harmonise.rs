//! `tlevel study harmonise`: joined statements against people's judgement.

use std::path::PathBuf;

use clap::Args;
use tlevel::harmonise::{Measure, Threshold};
use tlevel::study::Gold;
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
  tlevel study harmonise                              the bundled map and its judgement
  tlevel study harmonise standards.json --gold pairs.csv
  tlevel study harmonise onet.json --gold 'Tasks to DWAs.txt' --format json

A judgement is CSV: occupation_a, statement_a, occupation_b, statement_b, label
(same or another word), or occupation, statement, concept.")]
pub(crate) struct HarmoniseOptions {
    #[command(flatten)]
    map: MapArgument,
    /// People's judgement: pairs or concepts; the bundled map has one
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// The mean score that joins, from 0 to 1
    #[arg(long, value_name = "SCORE", default_value_t)]
    threshold: Threshold,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &HarmoniseOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file(), options.gold.as_deref()]);
    let print = options.print.open(&mut files)?;
    let progress = Progress::start();
    let mut stats = Stats::start("study harmonise");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let input = match &options.gold {
        Some(path) => Input::file(path)?,
        None => Input::bundled_concepts(&options.map).ok_or_else(|| {
            Stop::new("a judgement is needed for this map: --gold FILE; see: tlevel study harmonise --help")
        })?,
    };
    let gold = Gold::from_table(&map, &input.table(Gold::COLUMNS)?).map_err(|e| input.stop(e))?;
    progress.step("joining and comparing");
    let measure = stats.time("weigh", || Measure::new(&map));
    let study = stats.time("study", || tlevel::study::harmonise::study(&measure, options.threshold, &gold));
    progress.finish();
    print.result(&study, || report::study_harmonise(&study), false)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}
