//! `tlevel similar`: for every statement those that say most alike.

use clap::Args;
use serde::Serialize;
use tlevel::harmonise::{Measure, Threshold};
use tlevel::sparse::Wanted;
use tlevel_report::report;

use super::format::{Format, PrintOptions};
use super::input::Input;
use super::output::Files;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop};

/// Find for every statement the most similar ones in other occupations
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel similar --format text                  the bundled map, to read
  tlevel similar standards.json --top 3         JSON lines, the three nearest of each
  tlevel similar map.json --top 0 --threshold 0.6   all pairs that score 0.6 or more
  tlevel similar map.json -o similar.xlsx       a row for each pair

Without a format and without a file it is JSON, a line for each statement.
A score lies between 0 and 1: how alike two statements of one kind are in their
telling words, whatever the trade. It is evidence, not a verdict.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// How many of the nearest to give for each statement
    #[arg(long, value_name = "K", default_value_t = 5)]
    top: usize,
    /// Give also all that score so much or more: a number from 0 to 1
    #[arg(long, value_name = "SCORE")]
    threshold: Option<Threshold>,
    #[command(flatten)]
    print: PrintOptions,
}

#[derive(Serialize)]
struct Line<'a> {
    occupation: &'a str,
    statement: &'a str,
    neighbours: Vec<Neighbour<'a>>,
}

#[derive(Serialize)]
struct Neighbour<'a> {
    occupation: &'a str,
    statement: &'a str,
    score: f64,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file()]);
    // programs read it more often than people
    let print = options.print.open_as(Format::Json, &["jsonl"], &mut files)?;
    let progress = Progress::start();
    let mut stats = Stats::start("similar");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    progress.step("weighing words");
    let measure = stats.time("weigh", || Measure::new(&map));
    let wanted = Wanted { best: options.top, at_least: options.threshold.map_or(f64::INFINITY, Threshold::get) };
    progress.step("comparing statements");
    if print.format == Format::Json {
        let lines = stats.time("compare", || json_lines(&measure, wanted));
        progress.finish();
        print.output.write(&lines)?;
    } else {
        let nearest = stats.time("compare", || measure.nearest_statements(wanted));
        progress.finish();
        print.document(&report::similar(&nearest), true)?;
    }
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn json_lines(measure: &Measure<'_>, wanted: Wanted) -> String {
    let mut lines = String::new();
    measure.similar(wanted, |statement, found| {
        let neighbours = found.iter().filter_map(|similar| {
            let other = measure.map().statement_at(similar.statement)?;
            Some(Neighbour { occupation: other.occupation().id(), statement: other.id(), score: similar.score })
        });
        let line = Line {
            occupation: statement.occupation().id(),
            statement: statement.id(),
            neighbours: neighbours.collect(),
        };
        // texts and finite numbers always serialise
        lines.push_str(&serde_json::to_string(&line).unwrap_or_default());
        lines.push('\n');
    });
    lines
}
