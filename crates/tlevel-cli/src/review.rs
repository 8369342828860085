//! `tlevel review`: what a panel should decide for a pathway.

use clap::Args;
use tlevel::derive::Share;
use tlevel::review::{ToAsk, questions};
use tlevel_report::report;

use super::format::PrintOptions;
use super::join::ScoreOptions;
use super::ledger;
use super::meaning::VectorOptions;
use super::policy::PolicyOptions;
use super::run::Run;
use super::topics::{self, ShareOption, TopicOptions};
use super::{MapArgument, Outcome, Stop, pathway};

/// Ask a panel what changes a pathway's core, twenty questions a sheet
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel review map.json --pathway onsite-construction --policy panel
  tlevel review map.json --pathway onsite-construction -o review.xlsx
  tlevel review map.json --pathway onsite-construction \\
    --ledger pairs-decided.csv -o next-review.xlsx

Each question is a pair of statements: do they say the same? A pair is asked
only if the answer changes the pathway's core or one of its topics. The most
decisive come first. Give the workbook back with --ledger: to this command for
the questions that are left, and to derive, spec and harmonise. Use the same
policy throughout.

The ending of FILE picks the format: xlsx to fill in, csv, docx, html, md, json
or txt.")]
pub(crate) struct Options {
    #[command(flatten)]
    map: MapArgument,
    /// The pathway: its id, the end of its id, or its name
    #[arg(long, value_name = "PATHWAY")]
    pathway: String,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    score: ScoreOptions,
    /// What makes core: `topic` or `statement` [default: the policy's, or topic]
    #[arg(long, value_enum, hide_possible_values = true, value_name = "topic|statement")]
    share: Option<ShareOption>,
    #[command(flatten)]
    topics: TopicOptions,
    #[command(flatten)]
    vectors: VectorOptions,
    /// How many pairs to try, the least certain first
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    limit: usize,
    #[command(flatten)]
    print: PrintOptions,
    /// List all questions, and what is decided; by default text shows twenty
    #[arg(long)]
    full: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome, Stop> {
    let mut run = Run::start("review", &options.map)
        .reads(options.policy.file())
        .reads(&options.score.ledger)
        .reads(options.topics.files())
        .reads(options.vectors.files());
    let print = run.printer(&options.print)?;
    let mut policy = options.policy.read()?;
    policy.share = options.share.map(ShareOption::share).or(policy.share);
    let given = ledger::read(&mut run, &options.score.ledger)?;
    let map = run.map()?;
    let pathway = pathway::one(&map, "--pathway", &options.pathway)?;
    let vectors = options.vectors.read(&mut run, &map)?;
    let by_topic = policy.share != Some(Share::Statement);
    let topics = if by_topic || vectors.meaning().is_some() {
        Some(options.topics.assign(&mut run, &map, &policy)?)
    } else {
        None
    };
    let measure = run.measure(&map, vectors.meaning(), topics.as_ref());
    let mut harmony = options.score.harmonise_with(&mut run, &measure, &given, false)?;
    if let Some(topics) = topics.filter(|_| by_topic) {
        harmony = harmony.map_concepts(|concepts| topics::onto(&mut run, &measure, &topics, concepts));
    }
    let to_ask = ToAsk {
        policy: &policy,
        pathway: &pathway,
        ledger: &given.ledger,
        disagreements: &given.disagreements,
        most: options.limit,
    };
    let asked = run.watched("ask", "trying answers", |spinner| {
        questions(&measure, &harmony, to_ask, |done, all| spinner.at(Some((done as u64, all as u64))))
    });
    let Some(asked) = asked.map_err(Stop::new)? else {
        let derivation = run.derive(&map, harmony.concepts(), &policy)?;
        return Err(pathway::no_programme(&derivation, &pathway));
    };
    run.count("questions", asked.questions.len());
    run.count("pairs", asked.pairs);
    if asked.untried > 0 {
        let (untried, limit) = (asked.untried, options.limit);
        run.say(&format!("note: {untried} pairs were not tried, because of --limit {limit}; a higher one tries them"));
    }
    if print.format.is_table() {
        return run.document(print, &report::questions_table(&asked), true);
    }
    run.print(print, &asked, || report::questions(&asked), options.full)
}
