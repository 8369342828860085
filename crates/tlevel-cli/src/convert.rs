//! `tlevel convert`: any map to the native format.

use std::path::PathBuf;

use clap::Args;

use super::input::Input;
use super::output::Files;
use super::progress::Progress;
use super::stats::Stats;
use super::{MapArgument, Outcome, Stop, output};

/// Write a map in the native format
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel convert standards.json -o map.json
  tlevel convert answer.json | tlevel derive -

Nothing is dropped: retired and unplaced records stand under \"set_aside\".")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The file to write; `-` or nothing for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file()]);
    let output = files.output(options.output.as_deref())?;
    let progress = Progress::start();
    let mut stats = Stats::start("convert");
    let input = Input::map(&options.map)?;
    let raw = input.read(&progress, &mut stats)?;
    progress.step("writing the map");
    let text = stats.time("write", || output::json(&raw))?;
    progress.finish();
    output.write(&text)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}
