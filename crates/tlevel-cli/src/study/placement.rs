//! `tlevel study placement`: how often suggested clusters are right.

use std::fmt::Write as _;

use clap::Args;
use tlevel::place::Placer;
use tlevel::study::PlacementStudy;

use super::super::input::Input;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop, output};
use super::{TableFormat, table};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study placement                    the bundled map
  tlevel study placement map.json --format json

Occupations of a cluster of one cannot be asked for and are left out.")]
pub(crate) struct PlacementOptions {
    #[command(flatten)]
    map: MapArgument,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

pub(crate) fn run(options: &PlacementOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file()]);
    let output = files.output(None)?;
    let progress = Progress::start();
    let mut stats = Stats::start("study placement");
    let map = Input::map(&options.map)?.checked(&progress, &mut stats)?.map;
    progress.step("learning the clusters");
    let placer = stats.time("build", || Placer::new(&map));
    progress.step("asking for each occupation");
    let study = stats.time("study", || tlevel::study::placement::study(&placer));
    progress.finish();
    let text = match options.format {
        TableFormat::Text => placement_table(&study),
        TableFormat::Csv => table::measures_csv(&study.measures),
        TableFormat::Json => output::json(&study)?,
    };
    output.write(&text)?;
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

/// How many of the worst clusters are listed.
const WORST: usize = 15;

fn placement_table(study: &PlacementStudy) -> String {
    let of = |name: &str| study.measures.iter().find(|m| m.measure == name).map_or(0.0, |m| m.value);
    let mut text = format!("{} occupations, each left out in turn\n\n", of("asked"));
    text.push_str("             top 1    top 3    top 5      MRR\n");
    for tier in ["cluster", "pathway", "route"] {
        let figures = ["top_1", "top_3", "top_5", "mrr"].map(|m| format!("{:>9.3}", of(&format!("{tier}_{m}"))));
        let _ = writeln!(text, "{tier:<9}{}", figures.join(""));
    }
    text.push_str("\nconfidence  suggestions  mean confidence  right\n");
    for tenth in &study.calibration {
        let _ = writeln!(
            text,
            "from {:.1}{:>16}{:>17.2}{:>7.2}",
            tenth.from, tenth.suggestions, tenth.confidence, tenth.right
        );
    }
    text.push_str("\nMost often placed elsewhere\n");
    for cluster in study.confused.iter().take(WORST) {
        let _ = writeln!(
            text,
            "  {} of {}  {}\n          mostly {}",
            cluster.elsewhere, cluster.asked, cluster.cluster, cluster.mostly
        );
    }
    text
}
