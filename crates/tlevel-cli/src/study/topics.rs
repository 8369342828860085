//! `tlevel study topics`: topics and cores against people's card sort.

use std::path::PathBuf;

use clap::Args;
use tlevel::derive::Share;
use tlevel::study::CardSort;
use tlevel_report::report;

use super::super::format::PrintOptions;
use super::super::input::Input;
use super::super::join::JoinOptions;
use super::super::policy::PolicyOptions;
use super::super::run::Run;
use super::super::{MapArgument, Outcome, Stop};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tlevel study topics map.json --gold sort.csv
  tlevel study topics map.json --gold sort.csv --policy panel --full
  tlevel study topics map.json --gold numbers.csv --cards cards.csv

A card sort is a table with a row for each card: occupation, statement, reader_1
(the heading under which the first reader put the card), reader_2 and so on, and
if they were asked core_1, core_2 (y or n: would this reader teach it in the
core?). Instead of occupation and statement it may have the column card, with
the numbers of a list of cards: card, occupation, statement, pathway.

Grouping is measured within a pathway: B-cubed and pairwise precision, recall
and F. Core is measured as precision, recall, average precision and balanced
accuracy against the flags, for the programmes that the policy gives.")]
pub(crate) struct TopicsOptions {
    #[command(flatten)]
    map: MapArgument,
    /// The card sort: CSV or a workbook
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// The list of cards, if the card sort has only their numbers
    #[arg(long, value_name = "FILE")]
    cards: Option<PathBuf>,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    join: JoinOptions,
    /// Add the figures of each pathway and each reader
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    print: PrintOptions,
}

pub(crate) fn run(options: &TopicsOptions) -> Result<Outcome, Stop> {
    let mut run = Run::start("study topics", &options.map)
        .reads([options.gold.as_path()])
        .reads(options.cards.as_deref())
        .reads(options.policy.file())
        .reads(options.join.files());
    let print = run.printer(&options.print)?;
    let mut policy = options.join.policy(options.policy.read()?);
    // topics are needed, also where people judged which statements say the same
    policy.share = policy.share.or(Some(Share::Topic));
    let input = Input::file(&options.gold)?;
    let list = options.cards.as_deref().map(Input::file).transpose()?;
    let cards = list.as_ref().map(|list| list.table(CardSort::CARDS)).transpose()?;
    let sort = CardSort::from_tables(&input.table(CardSort::COLUMNS)?, cards.as_ref()).map_err(|e| input.stop(e))?;
    let map = run.map()?;
    let given = options.join.vectors.read(&mut run, &map)?;
    let (measure, topics) = options.join.measure(&mut run, &map, &given, &policy)?;
    let joined = options.join.joined(&mut run, &measure, topics, &policy)?;
    let derivation = run.derive(&map, &joined.concepts, &policy)?;
    let topics = match joined.topics {
        Some(topics) => topics,
        None => options.join.topics.assign(&mut run, &map, &policy)?,
    };
    let study =
        run.step("study", "comparing", || tlevel::study::topics::study(&map, &topics, &sort, Some(&derivation)));
    let study = study.map_err(|e| input.stop(e))?;
    run.print(print, &study, || report::study_topics(&study), options.full)
}
