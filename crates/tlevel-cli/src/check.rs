//! `tlevel check`: every finding, with rule, severity, place and message.

use clap::Args;
use tlevel::check::{FindingsReport, Rejected};
use tlevel_exchange::Read;
use tlevel_report::report;

use super::format::PrintOptions;
use super::run::Run;
use super::{MapArgument, Outcome, Stop};

/// Check a map and list every finding
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel check standards.json
  tlevel check standards.json --format json | jq '.counts'
  tlevel check standards.json -o findings.xlsx
  tlevel check map.xlsx                  findings with sheet and cell

Exit status: 0 no error findings; 1 error findings; 2 failed.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    print: PrintOptions,
    /// List every finding; by default text has all errors, and ten findings of each
    /// other rule
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("check", &options.map);
    let print = run.printer(&options.print)?;
    let input = run.input()?;
    let Read { map: raw, places, .. } = run.read_with_places(&input)?;
    let (map, mut findings) = match run.step("check", "checking the map", || tlevel::check(raw)) {
        Ok(checked) => (Some(checked.map), checked.findings),
        Err(Rejected { findings, .. }) => (None, findings),
    };
    if let Some(map) = &map {
        run.count_map(map);
    }
    run.count("findings", findings.len());
    run.step("locate", "finding lines and cells", || places.locate(&mut findings, &input.bytes));

    let result = FindingsReport::new(map.as_ref(), findings);
    run.print(print, &result, || report::findings(&result.findings, &input.name), options.all)?;
    Ok(if result.counts.error > 0 { Outcome::Findings } else { Outcome::Done })
}
