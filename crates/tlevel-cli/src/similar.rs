//! `tlevel similar`: the most similar statements of every statement.

use clap::Args;
use serde::Serialize;
use tlevel::harmonise::{Measure, Threshold, Wanted};
use tlevel_report::report;

use super::format::{Format, PrintOptions};
use super::meaning::{VectorOptions, bundled_topics};
use super::run::Run;
use super::{MapArgument, Outcome, Stop};

/// Find the most similar statements of other occupations
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel similar --format text                      the bundled map, to read
  tlevel similar standards.json --top 3             three for each statement
  tlevel similar map.json --top 0 --threshold 0.6   all pairs from 0.6 up
  tlevel similar map.json -o similar.xlsx           a row for each pair

Without --format and -o the output is JSON, with a line for each statement.
A score, from 0 to 1, compares the telling words of two statements of one kind,
whatever the trade. It is evidence, not a verdict.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// How many similar statements to list for each
    #[arg(long, value_name = "K", default_value_t = 5)]
    top: usize,
    /// Also list all that score this or more, from 0 to 1
    #[arg(long, value_name = "SCORE")]
    threshold: Option<Threshold>,
    #[command(flatten)]
    vectors: VectorOptions,
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
    let mut run = Run::start("similar", &options.map).reads(options.vectors.files());
    // programs read this more often than people do
    let print = run.printer_as(&options.print, Format::Json, &["jsonl"])?;
    let map = run.map()?;
    let given = options.vectors.read(&mut run, &map)?;
    let topics = given.meaning().map(|_| run.step("topics", "assigning topics", || bundled_topics(&map)));
    let measure = run.measure(&map, given.meaning(), topics.as_ref());
    let nearest = Wanted::nearest(options.top);
    let wanted = options.threshold.map_or(nearest, |threshold| nearest.and_above(threshold.get()));
    if print.format == Format::Json {
        let lines = run.step("compare", "comparing statements", || json_lines(&measure, wanted));
        return run.write(print.output, &lines);
    }
    let nearest = run.step("compare", "comparing statements", || measure.nearest_statements(wanted));
    run.document(print, &report::similar(&nearest), true)
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
