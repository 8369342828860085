//! Which topics statements have: the vocabulary, people's decisions, and whether
//! topics or statements are shared.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use tlevel::concept::Concepts;
use tlevel::derive::{Policy, Share};
use tlevel::harmonise::{Measure, overlaps, overlaps_among};
use tlevel::map::{Map, Statement};
use tlevel::topics::{TopicDecisions, Topics, Vocabulary};

use super::Stop;
use super::input::Input;
use super::run::Run;

/// The topics that statements may have.
#[derive(Debug, Args)]
pub(crate) struct TopicOptions {
    /// Topics to add to the bundled ones (one with the same id takes its place):
    /// JSON, or CSV or a workbook with heading, cues, id, scope, nature, routes,
    /// broader, source
    #[arg(help_heading = "Topics", long, value_name = "FILE")]
    pub(crate) topics: Option<PathBuf>,
    /// Use the topics of --topics alone, without the bundled ones
    #[arg(help_heading = "Topics", long, requires = "topics")]
    pub(crate) only_topics: bool,
    /// People's decisions on topics, applied first: CSV or a workbook with
    /// decision (belongs, not, rename, merge, new), occupation, statement, topic,
    /// into, cues, note
    #[arg(help_heading = "Topics", long, value_name = "FILE")]
    pub(crate) topic_decisions: Option<PathBuf>,
}

/// What occupations share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShareOption {
    /// Topics: statements that are taught together, in whatever words
    Topic,
    /// Statements that say the same
    Statement,
}

impl ShareOption {
    pub(crate) fn share(self) -> Share {
        match self {
            ShareOption::Topic => Share::Topic,
            ShareOption::Statement => Share::Statement,
        }
    }
}

impl TopicOptions {
    /// The files that they name.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        [self.topics.as_deref(), self.topic_decisions.as_deref()].into_iter().flatten()
    }

    /// Whether any of them is given.
    pub(crate) fn are_given(&self) -> bool {
        self.topics.is_some() || self.topic_decisions.is_some()
    }

    /// The topics that statements may have.
    pub(crate) fn vocabulary(&self) -> Result<Vocabulary, Stop> {
        Ok(self.with_bundled(self.own()?.map(|(own, _)| own)))
    }

    fn with_bundled(&self, own: Option<Vocabulary>) -> Vocabulary {
        match own {
            Some(own) if self.only_topics => own,
            Some(own) => Vocabulary::bundled().extended(own),
            None => Vocabulary::bundled(),
        }
    }

    /// The topics of the file, and its name.
    fn own(&self) -> Result<Option<(Vocabulary, String)>, Stop> {
        let Some(path) = &self.topics else { return Ok(None) };
        let input = Input::file(path)?;
        let own = if Vocabulary::is_json(&input.bytes) {
            Vocabulary::from_json(input.text()?.as_bytes())
        } else {
            Vocabulary::from_table(&input.table(Vocabulary::COLUMNS)?)
        };
        own.map(|own| Some((own, input.name.clone()))).map_err(|e| input.stop(e))
    }

    /// People's decisions, and the file that they are from.
    pub(crate) fn decisions(&self) -> Result<(TopicDecisions, Option<Input>), Stop> {
        let Some(path) = &self.topic_decisions else { return Ok((TopicDecisions::default(), None)) };
        let input = Input::file(path)?;
        let table = input.table(TopicDecisions::COLUMNS)?;
        let decisions = TopicDecisions::from_table(&table).map_err(|e| input.stop(e))?;
        Ok((decisions, Some(input)))
    }

    /// Assigns topics to the statements that a policy's programmes may serve, and reports
    /// decisions that no longer fit.
    pub(crate) fn assign(&self, run: &mut Run<'_>, map: &Map, policy: &Policy) -> Result<Topics, Stop> {
        let own = self.own()?;
        let vocabulary = self.with_bundled(own.as_ref().map(|(own, _)| own.clone()));
        let (decisions, input) = self.decisions()?;
        let is_served = |statement: Statement<'_>| policy.may_serve(statement.occupation());
        let assigned =
            run.step("topics", "assigning topics", || Topics::assign_with(map, &vocabulary, &decisions, is_served));
        let topics = assigned.map_err(|e| input.as_ref().map_or_else(|| Stop::new(&e), |input| input.stop(&e)))?;
        if let Some(input) = &input {
            say_stale(run, &format!("{}: ", input.name), topics.stale());
            run.count("stale_topic_decisions", topics.stale().len());
        }
        // people may have merged a topic, or taken all statements from it
        if let (Some((own, name)), None) = (&own, &input) {
            say_unmet(run, name, own, &topics);
        }
        Ok(topics)
    }
}

/// Reports the topics of a file that no statement is on.
fn say_unmet(run: &Run<'_>, name: &str, own: &Vocabulary, topics: &Topics) {
    let unmet = own.topics().iter().filter(|topic| topics.with_topic(&topic.id).is_empty());
    let unmet: Vec<String> = unmet.map(|topic| format!("\"{}\"", topic.heading)).collect();
    if unmet.is_empty() {
        return;
    }
    let more = match unmet.len().checked_sub(LISTED).filter(|more| *more > 0) {
        Some(more) => format!(" and {more} more"),
        None => String::new(),
    };
    let listed = unmet[..unmet.len().min(LISTED)].join(", ");
    let of = own.topics().len();
    run.say(&format!(
        "note: {name}: no statement is on {} of the {of} topics; their cues may need other words: {listed}{more}",
        unmet.len()
    ));
}

/// The concepts with those that overlap, and with topics over them.
pub(crate) fn onto(run: &mut Run<'_>, measure: &Measure<'_>, topics: &Topics, concepts: Concepts) -> Concepts {
    run.step("overlaps", "finding statements that overlap", || {
        let overlaps = overlaps(measure, &concepts);
        topics.onto(measure.map(), concepts.with_overlaps(overlaps))
    })
}

/// The concepts with topics over them, for results that do not say what overlaps: it is
/// looked for only where no topic fits.
pub(crate) fn onto_without_overlaps(
    run: &mut Run<'_>,
    measure: &Measure<'_>,
    topics: &Topics,
    concepts: Concepts,
) -> Concepts {
    run.step("overlaps", "finding statements that overlap", || {
        let map = measure.map();
        let free = topics.without_topic(map, &concepts);
        let overlaps = overlaps_among(measure, &concepts, |concept| free.contains(&concept));
        topics.onto(map, concepts.with_overlaps(overlaps)).with_overlaps(Vec::new())
    })
}

/// How many decisions that no longer fit are listed.
const LISTED: usize = 10;

/// Reports decisions that were not applied; a message begins with the name.
pub(crate) fn say_stale(run: &Run<'_>, name: &str, stale: &[impl std::fmt::Display]) {
    for stale in stale.iter().take(LISTED) {
        run.say(&format!("{name}not applied: {stale}"));
    }
    if stale.len() > LISTED {
        run.say(&format!("{name}{} more decisions not applied", stale.len() - LISTED));
    }
}
