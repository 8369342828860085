//! `tlevel workbench`: the page that needs no installation.

use std::path::PathBuf;

use clap::Args;

use super::run::Run;
use super::workbench_page::{is_unedited, page};
use super::{Outcome, Stop};

/// Write the workbench: one page for a browser, without installation
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel workbench -o workbench.html
  tlevel workbench -o workbench.html --force

Open the page with a double click. It works offline, and nothing leaves the
computer: it opens standards files and maps, shapes the core of a pathway, takes
decisions and writes specifications, with the same results as this program.
Decisions that it saves are read here: --ledger, --topic-decisions, --decisions.

A file at that place that this command did not write, or that someone has edited
since, is replaced only with --force.")]
pub(crate) struct Options {
    /// The file to write; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Replace a file that this command did not write, or that someone has edited
    #[arg(long)]
    force: bool,
    /// Print timings and counts as one JSON line on standard error
    #[arg(long)]
    stats: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::on("workbench", None, options.stats);
    let output = run.output(Some(&options.output))?;
    let page = page(CARRIED).map_err(Stop::new)?;
    if let Some(path) = output.path().filter(|path| !options.force && path.is_file()) {
        // what cannot be read is not replaced either
        let is_own = std::fs::read(path).is_ok_and(|old| is_unedited(&old));
        if !is_own {
            let name = path.display();
            return Err(Stop::new(format!(
                "{name}: someone has edited this file, or this command did not write it; give another name, or --force \
                 to replace it"
            )));
        }
    }
    let is_file = output.path().is_some();
    run.count("bytes", page.len());
    output.write_bytes(&page)?;
    if is_file {
        run.say(&format!("open {} with a double click", options.output.display()));
    }
    Ok(run.finish())
}

/// The page that the program carries, compressed.
#[cfg(has_workbench)]
const CARRIED: Option<&[u8]> = Some(include_bytes!(concat!(env!("OUT_DIR"), "/workbench.deflate")));
#[cfg(not(has_workbench))]
const CARRIED: Option<&[u8]> = None;
