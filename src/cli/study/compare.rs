//! `tlevel study compare`: how alike two groupings are.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::study::{Comparison, Grouped, Labels, compare};

use super::super::input::Input;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop, output};
use super::{TableFormat, table};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study compare cluster pathway               two tiers of the bundled map
  tlevel study compare cluster mine.csv --map map.json
  tlevel study compare theirs.csv mine.csv --format csv

A grouping is CSV with the columns occupation and label, or one of route,
pathway, cluster and band: the map's own. The first is the reference.")]
pub(crate) struct CompareOptions {
    /// The reference: a file, or route, pathway, cluster or band
    #[arg(value_name = "LABELS_A")]
    a: PathBuf,
    /// What is judged: a file, or route, pathway, cluster or band
    #[arg(value_name = "LABELS_B")]
    b: PathBuf,
    /// The map whose tiers are meant; the bundled one unless given
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

pub(crate) fn run(options: &CompareOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([
        options.map.as_deref(),
        Some(options.a.as_path()).filter(|path| tier(path).is_none()),
        Some(options.b.as_path()).filter(|path| tier(path).is_none()),
    ]);
    let output = files.output(None)?;
    let progress = Progress::start();
    let of = |path: &Path| match tier(path) {
        Some(tier) => {
            let argument = MapArgument { map: options.map.clone(), stats: false };
            let map = Input::map(&argument)?.checked(&progress, &mut Stats::start("study compare"))?.map;
            Ok(Labels::of(&map, tier))
        }
        None => read(path),
    };
    let comparison = compare(&of(&options.a)?, &of(&options.b)?);
    progress.finish();
    let text = match options.format {
        TableFormat::Text => text(&comparison),
        TableFormat::Csv => table::measures_csv(&comparison.measures),
        TableFormat::Json => output::json(&comparison)?,
    };
    output.write(&text)?;
    Ok(Outcome::Done)
}

/// The tier of that name; a file of that name can be given as `./cluster`.
pub(super) fn tier(path: &Path) -> Option<Grouped> {
    match path.to_str()? {
        "route" => Some(Grouped::Route),
        "pathway" => Some(Grouped::Pathway),
        "cluster" => Some(Grouped::Cluster),
        "band" => Some(Grouped::Band),
        _ => None,
    }
}

pub(super) fn read(path: &Path) -> Result<Labels, Stop> {
    let input = Input::file(path)?;
    Labels::from_table(&input.table(Labels::COLUMNS)?).map_err(|e| input.stop(e))
}

fn text(comparison: &Comparison) -> String {
    let left_out = |only: &[String], which: &str| {
        if only.is_empty() { String::new() } else { format!("  {} only in the {which}: {}\n", only.len(), shown(only)) }
    };
    format!(
        "{} occupations in both\n{}{}\n{}",
        comparison.occupations,
        left_out(&comparison.only_in_a, "first"),
        left_out(&comparison.only_in_b, "second"),
        table::measures(&comparison.measures)
    )
}

/// The first of some ids.
fn shown(ids: &[String]) -> String {
    const FIRST: usize = 4;
    let more = if ids.len() > FIRST { ", ..." } else { "" };
    format!("{}{more}", ids.iter().take(FIRST).map(String::as_str).collect::<Vec<_>>().join(", "))
}
