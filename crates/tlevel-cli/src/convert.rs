//! `tlevel convert`: any map to the native format.

use std::path::PathBuf;

use clap::Args;

use super::run::Run;
use super::{MapArgument, Outcome, Stop, output};

/// Write a map in the native format
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel convert standards.json -o native.json
  tlevel convert standards.json | tlevel derive -

Nothing is dropped: retired and unplaced records are under \"set_aside\".")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The file to write; `-` or nothing for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("convert", &options.map);
    let output = run.output(options.output.as_deref())?;
    let input = run.input()?;
    let raw = run.read(&input)?;
    let text = run.step("write", "writing the map", || output::json(&raw))?;
    run.write(output, &text)
}
