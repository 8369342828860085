//! `tlevel study`: figures for researchers.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use tlevel::harmonise::{Measure, Threshold};
use tlevel::place::Placer;
use tlevel::study::{Gold, HarmoniseStudy, PlacementStudy};

use super::input::Input;
use super::progress::Progress;
use super::stats::Stats;
use super::{Format, MapArgument, Outcome, Stop, output};

/// Measure how good the program's answers are
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    study: Study,
}

#[derive(Debug, Subcommand)]
enum Study {
    /// Joined statements against people's judgement; what another threshold gives
    Harmonise(HarmoniseOptions),
    /// How often suggested clusters are right, each occupation left out in turn
    Placement(PlacementOptions),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study placement                    the bundled map
  tlevel study placement map.json --format json

Occupations of a cluster of one cannot be asked for and are left out.")]
struct PlacementOptions {
    #[command(flatten)]
    map: MapArgument,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study harmonise                              the bundled map and its judgement
  tlevel study harmonise standards.json --gold pairs.csv
  tlevel study harmonise onet.json --gold 'Tasks to DWAs.txt' --format json

A judgement is CSV: occupation_a, statement_a, occupation_b, statement_b, label
(same or another word), or occupation, statement, concept.")]
struct HarmoniseOptions {
    #[command(flatten)]
    map: MapArgument,
    /// People's judgement: pairs or concepts; the bundled map has one
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// The mean score that joins, from 0 to 1
    #[arg(long, value_name = "SCORE", default_value_t)]
    threshold: Threshold,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    match &options.study {
        Study::Harmonise(options) => harmonise(options),
        Study::Placement(options) => placement(options),
    }
}

fn placement(options: &PlacementOptions) -> Result<Outcome, Stop> {
    let progress = Progress::start();
    let mut stats = Stats::start("study placement");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    progress.step("learning the clusters");
    let placer = stats.time("build", || Placer::new(&map));
    progress.step("asking for each occupation");
    let study = stats.time("study", || tlevel::study::placement::study(&placer));
    progress.finish();
    let text = match options.format {
        Format::Text => placement_table(&study),
        Format::Json => output::json(&study)?,
    };
    output::write(None, &text)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

/// How many of the worst clusters are listed.
const WORST: usize = 15;

fn placement_table(study: &PlacementStudy) -> String {
    let of = |name: &str| study.measures.iter().find(|m| m.measure == name).map_or(0.0, |m| m.value);
    let mut text = format!("{} occupations, each left out in turn\n\n", of("asked"));
    text.push_str("             top 1    top 3    top 5      MRR\n");
    for tier in ["cluster", "pathway", "route"] {
        let figures = ["top_1", "top_3", "top_5", "mrr"].map(|m| format!("{:>9.3}", of(&format!("{tier}_{m}"))));
        let _ = writeln!(text, "{tier:<9}{}", figures.join(""));
    }
    text.push_str("\nconfidence  suggestions  mean confidence  right\n");
    for tenth in &study.calibration {
        let _ = writeln!(
            text,
            "from {:.1}{:>16}{:>17.2}{:>7.2}",
            tenth.from, tenth.suggestions, tenth.confidence, tenth.right
        );
    }
    text.push_str("\nMost often placed elsewhere\n");
    for cluster in study.confused.iter().take(WORST) {
        let _ = writeln!(
            text,
            "  {} of {}  {}\n          mostly {}",
            cluster.elsewhere, cluster.asked, cluster.cluster, cluster.mostly
        );
    }
    text
}

fn harmonise(options: &HarmoniseOptions) -> Result<Outcome, Stop> {
    let progress = Progress::start();
    let mut stats = Stats::start("study harmonise");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let input = match &options.gold {
        Some(path) => Input::file(path)?,
        None => Input::bundled_concepts(&options.map).ok_or_else(|| {
            Stop::new("a judgement is needed for this map: --gold FILE; see: tlevel study harmonise --help")
        })?,
    };
    let gold = Gold::read(&map, input.text()?).map_err(|e| input.stop(e))?;
    progress.step("joining and comparing");
    let measure = stats.time("weigh", || Measure::new(&map));
    let study = stats.time("study", || tlevel::study::harmonise::study(&measure, options.threshold, &gold));
    progress.finish();
    let text = match options.format {
        Format::Text => table(&study),
        Format::Json => output::json(&study)?,
    };
    output::write(None, &text)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn table(study: &HarmoniseStudy) -> String {
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
