//! `tlevel study harmonise`: joined statements against people's judgement.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use tlevel::harmonise::{Measure, Threshold};
use tlevel::study::{Gold, HarmoniseStudy};

use super::super::input::Input;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop, output};
use super::{TableFormat, table};

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
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

pub(crate) fn run(options: &HarmoniseOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file(), options.gold.as_deref()]);
    let output = files.output(None)?;
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
    let text = match options.format {
        TableFormat::Text => shown(&study),
        TableFormat::Csv => table::measures_csv(&study.measures),
        TableFormat::Json => output::json(&study)?,
    };
    output.write(&text)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn shown(study: &HarmoniseStudy) -> String {
    let mut text = format!("At the threshold {}\n", study.threshold);
    for m in &study.measures {
        let shown =
            if m.value.fract() == 0.0 && m.value > 1.0 { format!("{}", m.value) } else { format!("{:.3}", m.value) };
        let _ = writeln!(text, "  {:<26}{shown:>9}", m.measure);
    }
    text.push_str("\nthreshold    pairs  precision     recall         f1\n");
    for at in &study.by_threshold {
        let _ = writeln!(
            text,
            "{:>9.2}{:>9}{:>11.3}{:>11.3}{:>11.3}",
            at.threshold, at.pairs, at.precision, at.recall, at.f1
        );
    }
    text
}
