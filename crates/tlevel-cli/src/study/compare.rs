//! `tlevel study compare`: how alike two groupings are.

use std::path::{Path, PathBuf};

use clap::Args;
use tlevel::study::{Comparison, Labels, OfficialGrouping, compare};

use super::super::input::Input;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop, output, say};
use super::{TableFormat, table};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study compare cluster pathway               two tiers of the bundled map
  tlevel study compare cluster mine.csv --map map.json
  tlevel study compare theirs.csv mine.csv --format csv

A grouping is CSV with the columns occupation and label, or one of route,
pathway, cluster and band: the map's own. The first is the reference.

Figures are over the occupations that both put in a group; what is left out is
reported. The labels -1 (noise), nan, none and null mean no group.")]
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
    let comparison = compare(&of(&options.a)?, &of(&options.b)?)
        .map_err(|e| Stop::new(format!("{} and {}: {e}", options.a.display(), options.b.display())))?;
    progress.finish();
    let text = match options.format {
        TableFormat::Text => text(&comparison),
        TableFormat::Csv => csv(&comparison),
        TableFormat::Json => output::json(&comparison)?,
    };
    output.write(&text)?;
    if options.format == TableFormat::Csv {
        remarks(&comparison).iter().for_each(|remark| say(remark));
    }
    Ok(Outcome::Done)
}

/// The tier of that name; a file of that name can be given as `./cluster`.
pub(super) fn tier(path: &Path) -> Option<OfficialGrouping> {
    match path.to_str()? {
        "route" => Some(OfficialGrouping::Route),
        "pathway" => Some(OfficialGrouping::Pathway),
        "cluster" => Some(OfficialGrouping::Cluster),
        "band" => Some(OfficialGrouping::Band),
        _ => None,
    }
}

pub(super) fn read(path: &Path) -> Result<Labels, Stop> {
    let input = Input::file(path)?;
    Labels::from_table(&input.table(Labels::COLUMNS)?).map_err(|e| input.stop(e))
}

/// What is left out of the figures, and what was seen in the labels.
fn remarks(comparison: &Comparison) -> Vec<String> {
    let mut out = Vec::new();
    let mut add = |n: usize, what: &str, list: String| {
        if n > 0 {
            out.push(format!("{n} {what}: {list}"));
        }
    };
    let Comparison { only_in_a, only_in_b, without_group, meant, .. } = comparison;
    add(only_in_a.len(), "only in the first, left out", table::first(only_in_a));
    add(only_in_b.len(), "only in the second, left out", table::first(only_in_b));
    add(without_group.len(), "in no group (-1, nan, none or null), left out", table::first(without_group));
    out.extend(meant.iter().take(4).map(|slip| format!("the second has {slip}")));
    out.extend(comparison.notes.iter().cloned());
    out
}

fn text(comparison: &Comparison) -> String {
    let Comparison { occupations, labelled_a, labelled_b, .. } = comparison;
    let over = format!(
        "Figures over {occupations} occupations in a group of both: {occupations} of the first's {labelled_a}, \
         {occupations} of the second's {labelled_b}"
    );
    let mut text = table::paragraph("", &over);
    remarks(comparison).iter().for_each(|remark| text.push_str(&table::paragraph("  ", remark)));
    format!("{text}\n{}", table::measures(&comparison.measures))
}

/// The measures, then how many occupations they are over and how many were left
/// out.
fn csv(comparison: &Comparison) -> String {
    let counts = [
        ("occupations", comparison.occupations),
        ("labelled_a", comparison.labelled_a),
        ("labelled_b", comparison.labelled_b),
        ("only_in_a", comparison.only_in_a.len()),
        ("only_in_b", comparison.only_in_b.len()),
        ("without_group", comparison.without_group.len()),
    ];
    let counts = counts.map(|(name, count)| vec![name.to_owned(), count.to_string()]);
    format!("{}{}", table::measures_csv(&comparison.measures), table::csv(counts))
}
