//! `tlevel study sweep`: core sizes over quorums and thresholds.

use clap::Args;
use tlevel::derive::{Derivation, Policy, Quorum};
use tlevel::harmonise::Threshold;
use tlevel::map::Map;
use tlevel::study::{SweepRow, SweepStudy, sweep};
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::join::{JoinOptions, ScoreOptions};
use super::super::ledger;
use super::super::meaning::VectorOptions;
use super::super::run::Run;
use super::super::topics::TopicOptions;
use super::super::{MapArgument, Outcome, Stop, policy};
use super::pictures;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study sweep                                   the bundled map
  tlevel study sweep map.json --quorums 1,0.75,0.5 --thresholds 0.4,0.5

Each quorum applies to pathways and to routes. The first rows are of statements
that are joined only if their wordings are equal.")]
pub(crate) struct SweepOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The quorums, separated by commas
    #[arg(long, value_name = "SHARES", value_delimiter = ',', default_value = "1,0.9,0.8,0.7,0.6,0.5,0.4,0.3")]
    quorums: Vec<Quorum>,
    /// The thresholds that join statements, separated by commas
    #[arg(long, value_name = "SCORES", value_delimiter = ',', default_value = "0.35,0.4,0.45,0.5,0.55,0.6,0.7,0.8")]
    thresholds: Vec<Threshold>,
    /// A policy file, or one of the presets `t-level` and `panel`
    #[arg(long, value_name = "FILE or NAME", default_value = "t-level")]
    policy: String,
    /// People's decisions, applied at every threshold
    #[arg(long, value_name = "FILE")]
    ledger: Vec<std::path::PathBuf>,
    /// Draw the core against the quorum, with the topics or items that `tlevel derive`
    /// finds (at the first threshold, if the usual one is not listed):
    /// `.svg`, `.png`, `.pdf`, or `.html` with its data
    #[arg(long, value_name = "FILE")]
    picture: Option<std::path::PathBuf>,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &SweepOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("study sweep", &options.map).reads(policy::file(&options.policy)).reads(&options.ledger);
    let print = run.printer(&options.print)?;
    let picture = run.extra(options.picture.as_deref())?;
    let policy = policy::read(&options.policy)?;
    let given = ledger::read(&mut run, &options.ledger)?;
    let map = run.map()?;
    let measure = run.measure(&map, None, None);
    let thresholds: Vec<Option<Threshold>> =
        std::iter::once(None).chain(options.thresholds.iter().copied().map(Some)).collect();
    let found = run.watched("study", "joining and deriving", |spinner| {
        let mut rows: Vec<SweepRow> = Vec::new();
        for (done, threshold) in thresholds.iter().enumerate() {
            spinner.at(Some((done as u64, thresholds.len() as u64)));
            let swept = sweep(&measure, *threshold, &options.quorums, &policy, &given.ledger);
            rows.extend(swept.map_err(|e| given.stop(e))?);
        }
        Ok::<_, Stop>(rows)
    })?;
    let study = SweepStudy::new(found);
    if let Some(output) = picture {
        let usual = options.thresholds.contains(&Threshold::default());
        let threshold = options.thresholds.first().copied().filter(|_| !usual);
        let drawn = derived(&mut run, options, &map, &policy, threshold)?;
        pictures::sweep(output, &map, &drawn, threshold)?;
    }
    run.print(print, &study, || report::study_sweep(&study), false)
}

/// The programmes by quorum, made as `tlevel derive` makes them: with topics or judged
/// concepts where it has them.
fn derived(
    run: &mut Run<'_>,
    options: &SweepOptions,
    map: &Map,
    policy: &Policy,
    threshold: Option<Threshold>,
) -> Result<Vec<(Quorum, Derivation)>, Stop> {
    let join = JoinOptions {
        score: ScoreOptions { threshold, ledger: options.ledger.clone() },
        exact: false,
        concepts: None,
        share: None,
        topics: TopicOptions { topics: None, only_topics: false, topic_decisions: None },
        vectors: VectorOptions { vectors: None, vector_ids: None },
    };
    let concepts = run.concepts(map, &join, policy)?;
    let mut drawn = Vec::new();
    for quorum in &options.quorums {
        let mut policy = policy.clone();
        (policy.pathway_quorum, policy.route_quorum) = (*quorum, *quorum);
        drawn.push((*quorum, run.derive(map, &concepts, &policy)?));
    }
    Ok(drawn)
}
