//! `tlevel harmonise`: statements that say the same, joined into concepts.

use std::path::PathBuf;

use clap::Args;
use tlevel::derive::{Holders, Policy};
use tlevel::harmonise::{Harmony, Measure, Uncertain, review_csv, uncertain};
use tlevel::map::Pathway;
use tlevel_report::report;

use super::format::PrintOptions;
use super::join::ScoreOptions;
use super::meaning::VectorOptions;
use super::run::Run;
use super::topics::{self, TopicOptions};
use super::{MapArgument, Outcome, Stop, policy};

/// Join statements that say the same into concepts, under topics
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel harmonise map.json                          what is joined
  tlevel harmonise map.json --format json            with every reason
  tlevel harmonise map.json --review review.csv      what a person should decide
  tlevel derive map.json --ledger review.csv         with what was decided

The review lists uncertain pairs of statements, starting with those whose
decision would change a core. Fill in the column \"decision\": same, different or
preferred.

Exit status: 0 done; 2 failed, for example if decisions contradict each other.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    #[command(flatten)]
    score: ScoreOptions,
    #[command(flatten)]
    topics: TopicOptions,
    #[command(flatten)]
    vectors: VectorOptions,
    /// Write the uncertain pairs as a ledger to fill in
    #[arg(long, value_name = "OUT.csv")]
    review: Option<PathBuf>,
    /// The policy whose cores order the review, and whose levels have topics
    #[arg(long, value_name = "FILE or NAME", default_value = "panel")]
    policy: String,
    /// List everything; by default text cuts long lists
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("harmonise", &options.map)
        .reads(&options.score.ledger)
        .reads(options.topics.files())
        .reads(options.vectors.files())
        .reads(options.review.as_ref().and_then(|_| policy::file(&options.policy)));
    let print = run.printer(&options.print)?;
    let to_review = run.extra(options.review.as_deref())?;
    let policy = policy::read(&options.policy)?;
    let map = run.map()?;
    let given = options.vectors.read(&mut run, &map)?;
    let topics = options.topics.assign(&mut run, &map, &policy)?;
    let measure = run.measure(&map, given.meaning(), Some(&topics));
    let harmony = options.score.harmonise(&mut run, &measure, false)?;
    let harmony = harmony.map_concepts(|concepts| topics::onto_without_overlaps(&mut run, &measure, &topics, concepts));
    run.count("concepts", harmony.concepts().len());
    run.count("topics", harmony.concepts().topics().len());
    if let Some(output) = to_review {
        let review = run.step("review", "choosing what to review", || review(&policy, &measure, &harmony))?;
        output.write(&review)?;
    }
    let result = run.step("report", "writing the concepts", || harmony.report(&measure));
    run.print(print, &result, || report::concepts(&result), options.full)
}

/// The uncertain pairs, starting with those whose decision would change most cores.
fn review(policy: &Policy, measure: &Measure<'_>, harmony: &Harmony) -> Result<String, Stop> {
    let concepts = harmony.concepts();
    let holders = Holders::new(measure.map(), concepts, policy).map_err(Stop::new)?;
    let change = |u: &Uncertain| -> Vec<Pathway<'_>> {
        let (a, b) = (concepts.of(u.pair.a)[0], concepts.of(u.pair.b)[0]);
        if u.joined {
            let lost = [u.pair.a, u.pair.b].map(|s| holders.lost_without(a, &[s]));
            let [mut one, other] = lost;
            one.extend(other);
            one.sort_by_key(|p| p.index());
            one.dedup();
            one
        } else {
            holders.gained_by_joining(a, b)
        }
    };
    let mut rows: Vec<(Uncertain, usize, String)> = Vec::new();
    for pair in uncertain(measure, harmony) {
        let pathways = change(&pair);
        let names: Vec<&str> = pathways.iter().map(|p| p.name()).collect();
        let effect = match (names.is_empty(), pair.joined) {
            (true, _) => String::new(),
            (false, true) => format!("\"different\" may take it out of the core of {}", names.join("; ")),
            (false, false) => format!("\"same\" puts it into the core of {}", names.join("; ")),
        };
        rows.push((pair, pathways.len(), effect));
    }
    // stable: within each, the least sure first
    rows.sort_by_key(|(_, changed, _)| std::cmp::Reverse(*changed));
    Ok(review_csv(measure, rows.iter().map(|(pair, _, effect)| (pair, effect.as_str()))))
}
