//! `tlevel suggest`: where new occupations belong.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tlevel::place::{NewOccupation, Placement, PlacementEvidence, Placer};

use super::input::Input;
use super::progress::Progress;
use super::stats::Stats;
use super::{Format, MapArgument, Outcome, Stop, output};

/// Suggest clusters for new occupations
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel suggest --title 'Solar panel installer' --level 3
  tlevel suggest map.json --new occupations.jsonl --top 3 --format json
  tlevel suggest map.json --new one.json --explain

FILE is a map, one occupation of the native format, or one a line; whatever an
occupation tells is used, and nothing is required.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The occupations to place
    #[arg(long, value_name = "FILE", conflicts_with_all = ["title", "level", "text"], required_unless_present_any = ["title", "text"])]
    new: Option<PathBuf>,
    /// The title of one occupation to place
    #[arg(long)]
    title: Option<String>,
    /// Its level, 2 to 7
    #[arg(long, value_parser = clap::value_parser!(i64).range(2..=7))]
    level: Option<i64>,
    /// A text about it: a line for each statement
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// How many clusters to suggest for each
    #[arg(long, value_name = "K", default_value_t = 5)]
    top: usize,
    /// Show everything that speaks for each suggestion, and against it
    #[arg(long)]
    explain: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    placement: Placement,
    explanations: Vec<PlacementEvidence>,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let progress = Progress::start();
    let mut stats = Stats::start("suggest");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    let new = occupations(options)?;
    progress.step("learning the clusters");
    let placer = stats.time("build", || Placer::new(&map));
    progress.step("placing occupations");
    let placements = stats.time("suggest", || placer.suggest_all(&new, options.top));
    stats.count("placed", placements.len());
    let explained = |(placement, new): (Placement, &NewOccupation)| {
        let clusters = placement.suggestions.iter().map(|s| s.cluster.as_str());
        let explanations = clusters.filter_map(|cluster| placer.explain(new, cluster)).collect();
        Explained { placement, explanations }
    };
    let result = match (options.format, options.explain) {
        (Format::Json, false) => output::json(&placements)?,
        (Format::Json, true) => output::json(&placements.into_iter().zip(&new).map(explained).collect::<Vec<_>>())?,
        (Format::Text, _) => {
            let layout = super::layout(options.explain, options.output.is_some());
            let text = |(placement, new)| tlevel::write::placement_text(&placer, new, placement, &layout);
            new.iter().zip(&placements).map(|(new, placement)| text((placement, new))).collect::<Vec<_>>().join("\n")
        }
    };
    progress.finish();
    output::write(options.output.as_deref(), &result)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

fn occupations(options: &Options) -> Result<Vec<NewOccupation>, Stop> {
    if let Some(path) = &options.new {
        let input = Input::file(path)?;
        return NewOccupation::read(&input.bytes).map_err(|e| input.stop(e));
    }
    let mut new = NewOccupation::titled(options.title.clone().unwrap_or_default());
    new.level = options.level;
    if let Some(path) = &options.text {
        let input = Input::file(path)?;
        new.statements = input.text()?.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    }
    Ok(vec![new])
}
