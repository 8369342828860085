//! `tlevel template`: a workbook for a map.

use std::path::PathBuf;

use clap::Args;

use super::format::ForceOption;
use super::run::Run;
use super::{Outcome, Stop};

/// Write a workbook for a map, to fill in or to change
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel template -o map.xlsx                 an empty map, to fill in
  tlevel template map.json -o map.xlsx        a map, to change
  tlevel check map.xlsx                       findings with sheet and cell
  tlevel derive map.xlsx

Each sheet has notes, an example and lists to choose from. The ids of a map's
records are locked, without a password.")]
pub(crate) struct Options {
    /// The map to put into the workbook [default: none, an empty workbook]
    map: Option<PathBuf>,
    /// What the map was called before
    #[arg(long, value_name = "MAP", hide = true, conflicts_with = "map")]
    from: Option<PathBuf>,
    /// The workbook to write; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    force: ForceOption,
}

#[cfg(feature = "office")]
pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let map = options.map.as_ref().or(options.from.as_ref());
    let mut run = Run::on("template", map.map(PathBuf::as_path), false).forced(&options.force);
    let output = run.output(Some(&options.output))?;
    let bytes = match map {
        None => tlevel_exchange::write_template(),
        Some(_) => {
            let input = run.input()?;
            let map = run.read(&input)?;
            run.step("write", "writing the workbook", || tlevel_exchange::write_workbook(&map))
        }
    };
    output.write_bytes(&bytes.map_err(Stop::new)?)?;
    Ok(run.finish())
}

#[cfg(not(feature = "office"))]
pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let _ = Run::on("template", options.map.as_deref().or(options.from.as_deref()), false).forced(&options.force);
    Err(Stop::new(format!("{}: this build writes no workbooks", options.output.display())))
}
