//! `tlevel check`: every finding, with rule, severity, place and message.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;
use tlevel::check::{Finding, Rejected, Severity};
use tlevel::map::Map;
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

#[derive(Serialize)]
struct Report<'f> {
    format: &'static str,
    version: u32,
    findings: &'f [Finding],
    counts: Counts<'f>,
}

#[derive(Serialize)]
struct Counts<'f> {
    error: usize,
    warning: usize,
    note: usize,
    rules: BTreeMap<&'f str, usize>,
    routes: usize,
    pathways: usize,
    clusters: usize,
    occupations: usize,
    statements: usize,
    set_aside: usize,
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

    let of = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let errors = of(Severity::Error);
    let mut rules = BTreeMap::new();
    findings.iter().for_each(|f| *rules.entry(f.rule.as_ref()).or_default() += 1);
    let of_map = |many: fn(&Map) -> usize| map.as_ref().map_or(0, many);
    let result = Report {
        format: "tlevel-findings",
        version: 1,
        findings: &findings,
        counts: Counts {
            error: errors,
            warning: of(Severity::Warning),
            note: of(Severity::Note),
            rules,
            routes: of_map(|m| m.routes().len()),
            pathways: of_map(|m| m.pathways().len()),
            clusters: of_map(|m| m.clusters().len()),
            occupations: of_map(|m| m.occupations().len()),
            statements: of_map(|m| m.statements().len()),
            set_aside: of_map(|m| m.set_aside().len()),
        },
    };
    run.print(print, &result, || report::findings(&findings, &input.name), options.all)?;
    Ok(if errors > 0 { Outcome::Findings } else { Outcome::Done })
}
