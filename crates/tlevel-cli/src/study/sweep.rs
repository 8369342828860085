//! `tlevel study sweep`: core sizes over quorums and thresholds.

use std::fmt::Write as _;

use clap::Args;
use tlevel::derive::Quorum;
use tlevel::harmonise::{Measure, Threshold};
use tlevel::study::{SweepRow, SweepStudy, sweep};

use super::super::input::Input;
use super::super::join::ScoreOptions;
use super::super::output::Files;
use super::super::progress::Progress;
use super::super::stats::Stats;
use super::super::{MapArgument, Outcome, Stop, output, policy};
use super::parts::PartsOptions;
use super::{TableFormat, pictures, table};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study sweep                                   the bundled map
  tlevel study sweep standards.json --quorums 1,0.75,0.5 --thresholds 0.4,0.5
  tlevel study sweep standards.json --parts work --shard 1/2 --format csv

Each quorum is taken for the pathways and for the routes. A part is a threshold;
the first part joins equal wordings alone.")]
pub(crate) struct SweepOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The quorums, with commas between
    #[arg(long, value_name = "SHARES", value_delimiter = ',', default_value = "1,0.9,0.8,0.7,0.6,0.5,0.4,0.3")]
    quorums: Vec<Quorum>,
    /// The thresholds that join statements, with commas between
    #[arg(long, value_name = "SCORES", value_delimiter = ',', default_value = "0.35,0.4,0.45,0.5,0.55,0.6,0.7,0.8")]
    thresholds: Vec<Threshold>,
    /// A policy file, or one of the presets `t-level` and `panel`
    #[arg(long, value_name = "FILE or NAME", default_value = "t-level")]
    policy: String,
    /// People's decisions, applied at every threshold
    #[arg(long, value_name = "FILE")]
    ledger: Option<std::path::PathBuf>,
    /// Draw core size against quorum at the usual threshold (or the first given):
    /// `.svg`, or `.html` with its data
    #[arg(long, value_name = "FILE")]
    picture: Option<std::path::PathBuf>,
    #[command(flatten)]
    parts: PartsOptions,
    /// How to print the rows
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

pub(crate) fn run(options: &SweepOptions) -> Result<Outcome, Stop> {
    let mut files = Files::read([options.map.file(), policy::file(&options.policy), options.ledger.as_deref()]);
    let output = files.output(None)?;
    let picture = files.extra(options.picture.as_deref())?;
    let progress = Progress::start();
    let mut stats = Stats::start("study sweep");
    let policy = policy::read(&options.policy)?;
    let score = ScoreOptions { threshold: None, ledger: options.ledger.clone() };
    let (ledger, ledger_input) = score.ledger()?;
    let input = Input::map(&options.map)?;
    let map = input.checked(&progress, &mut stats)?.map;
    progress.step("weighing words");
    let measure = stats.time("weigh", || Measure::new(&map));
    progress.step("joining and deriving");
    let thresholds: Vec<Option<Threshold>> =
        std::iter::once(None).chain(options.thresholds.iter().copied().map(Some)).collect();
    let made_from = input.made_from(&format!(
        "sweep quorums {:?} thresholds {:?} policy {} ledger {}",
        options.quorums.iter().map(ToString::to_string).collect::<Vec<_>>(),
        options.thresholds.iter().map(|t| t.get()).collect::<Vec<_>>(),
        serde_json::to_string(&policy).unwrap_or_default(),
        ledger_input.as_ref().map_or_else(String::new, |input| input.made_from(""))
    ));
    let found = stats.time("study", || {
        options.parts.run(thresholds.len(), &made_from, &progress, |part| {
            sweep(&measure, thresholds[part], &options.quorums, &policy, &ledger)
                .map_err(|e| ledger_input.as_ref().map_or_else(|| Stop::new(&e), |input| input.stop(&e)))
        })
    })?;
    progress.finish();
    if let Some(found) = found {
        let study = SweepStudy::new(found.into_iter().flatten().collect());
        if let Some(output) = picture {
            let usual = Threshold::default().get();
            let mut thresholds = options.thresholds.iter().map(|threshold| threshold.get());
            let first = options.thresholds.first().map(|threshold| threshold.get());
            let shown = thresholds.find(|threshold| threshold.total_cmp(&usual).is_eq()).or(first);
            pictures::sweep(output, &map, &study.rows, shown)?;
        }
        let text = match options.format {
            TableFormat::Text => text(&study, &options.quorums),
            TableFormat::Csv => csv(&study),
            TableFormat::Json => output::json(&study)?,
        };
        output.write(&text)?;
    }
    stats.finish(options.map.stats);
    Ok(Outcome::Done)
}

/// The core items of all programmes, thresholds by quorums.
fn text(study: &SweepStudy, quorums: &[Quorum]) -> String {
    let mut text = "Core items of all programmes\n\n  threshold".to_owned();
    for quorum in quorums {
        let _ = write!(text, "{:>7}", quorum.to_string());
    }
    let mut thresholds: Vec<Option<f64>> = study.rows.iter().map(|row| row.threshold).collect();
    thresholds.dedup();
    text.push('\n');
    for threshold in thresholds {
        let name = threshold.map_or_else(|| "wording".to_owned(), |threshold| threshold.to_string());
        let _ = write!(text, "  {name:>9}");
        for quorum in quorums {
            let is_here = |row: &&SweepRow| row.threshold == threshold && row.quorum == *quorum;
            let core: usize = study.rows.iter().filter(is_here).map(|row| row.size.core).sum();
            let _ = write!(text, "{core:>7}");
        }
        text.push('\n');
    }
    text.push_str("\nQuorums across, thresholds down; --format csv has every pathway.\n");
    text
}

fn csv(study: &SweepStudy) -> String {
    let head = ["threshold", "quorum", "pathway", "counting", "core", "content", "core_share", "specialisms"];
    let row = |row: &SweepRow| {
        let size = &row.size;
        let threshold = row.threshold.map_or_else(String::new, |threshold| threshold.to_string());
        let counts = [size.counting, size.core, size.content].map(|n| n.to_string());
        [threshold, row.quorum.to_string(), size.label.clone()]
            .into_iter()
            .chain(counts)
            .chain([size.core_share.to_string(), size.specialisms.to_string()])
            .collect()
    };
    table::csv([head.map(str::to_owned).to_vec()].into_iter().chain(study.rows.iter().map(row)))
}
