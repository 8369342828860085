//! `tlevel study harmonise`: joined statements against people's judgement.

use std::path::PathBuf;

use clap::Args;
use tlevel::harmonise::Threshold;
use tlevel::study::Gold;
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::input::Input;
use super::super::meaning::{VectorOptions, bundled_topics};
use super::super::run::Run;
use super::super::{MapArgument, Outcome, Stop};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study harmonise                        the bundled map, its judgement
  tlevel study harmonise map.json --gold pairs.csv
  tlevel study harmonise map.json --gold pairs.csv --format json

A judgement is CSV, either with occupation_a, statement_a, occupation_b,
statement_b, label (same or another word), or with occupation, statement,
concept.")]
pub(crate) struct HarmoniseOptions {
    #[command(flatten)]
    map: MapArgument,
    /// People's judgement: pairs or concepts [default: that of the bundled map]
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// The mean score that joins, from 0 to 1
    #[arg(long, value_name = "SCORE", default_value_t)]
    threshold: Threshold,
    #[command(flatten)]
    vectors: VectorOptions,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &HarmoniseOptions) -> Result<Outcome, Stop> {
    let mut run =
        Run::start("study harmonise", &options.map).reads(options.gold.as_deref()).reads(options.vectors.files());
    let print = run.printer(&options.print)?;
    let map = run.map()?;
    let input = match &options.gold {
        Some(path) => Input::file(path)?,
        None => run.bundled_concepts().ok_or_else(|| {
            Stop::new("this map needs people's judgement: give --gold FILE; see: tlevel study harmonise --help")
        })?,
    };
    let gold = Gold::from_table(&map, &input.table(Gold::COLUMNS)?).map_err(|e| input.stop(e))?;
    let given = options.vectors.read(&mut run, &map)?;
    let topics = given.meaning().map(|_| run.step("topics", "assigning topics", || bundled_topics(&map)));
    let measure = run.measure(&map, given.meaning(), topics.as_ref());
    let study = run
        .step("study", "joining and comparing", || tlevel::study::harmonise::study(&measure, options.threshold, &gold));
    run.print(print, &study, || report::study_harmonise(&study), false)
}
