//! What people decided about topics: where a statement belongs, and how topics
//! are called, merged and added.

use std::collections::{BTreeMap, BTreeSet};

use super::error::TopicDecisionsError;
use super::vocabulary::{Vocabulary, VocabularyTopic};
use crate::concept::Nature;
use crate::map::{Map, StatementIndex};
use crate::order;
use crate::text::{DidYouMean, closest, slug};

/// People's decisions on topics, in the order of their rows.
///
/// # Examples
///
/// ```
/// use tlevel::topics::{TopicDecisions, TopicVerdict};
///
/// let decisions = TopicDecisions::from_csv(
///     "decision,occupation,statement,topic,into,note\n\
///      belongs,LARS82,K4,planning,,\n\
///      not,LARS82,K5,planning,,it is about maps\n\
///      rename,,,planning,Planning and scheduling,\n\
///      ,LARS82,K6,planning,,not decided yet\n",
/// )?;
/// assert_eq!(decisions.decisions().len(), 3);
/// assert_eq!(decisions.decisions()[1].verdict, TopicVerdict::Not);
/// # Ok::<(), tlevel::topics::TopicDecisionsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicDecisions {
    pub(super) decisions: Vec<TopicDecision>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TopicDecision {
    /// The line of the file.
    pub line: u64,
    /// What was decided.
    pub verdict: TopicVerdict,
    /// The occupation and the statement, for `belongs` and `not`.
    pub statement: Option<(String, String)>,
    /// The id of the topic, or its heading; for `new` the id, which may be
    /// empty.
    pub topic: String,
    /// The heading of `rename` and `new`; the topic that `merge` leads to.
    pub into: String,
    /// The cues of a new topic.
    pub cues: Vec<String>,
    /// The hash of the text that people saw, where the row has it.
    pub hash: Option<String>,
    /// Why.
    pub note: String,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TopicVerdict {
    /// The statement belongs to the topic, and to no other that no row names.
    Belongs,
    /// The statement does not belong to the topic.
    Not,
    /// The topic has another heading.
    Rename,
    /// The topic is part of another, which takes its cues and statements.
    Merge,
    /// There is one more topic.
    New,
}

impl TopicVerdict {
    /// Each verdict and what files call it.
    pub const NAMES: [(&'static str, TopicVerdict); 5] = [
        ("belongs", TopicVerdict::Belongs),
        ("not", TopicVerdict::Not),
        ("rename", TopicVerdict::Rename),
        ("merge", TopicVerdict::Merge),
        ("new", TopicVerdict::New),
    ];

    /// What files call it.
    pub fn name(self) -> &'static str {
        TopicVerdict::NAMES.iter().find(|(_, verdict)| *verdict == self).map_or("", |(name, _)| name)
    }
}

/// A decision that no longer fits the map or the vocabulary, and is not applied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct StaleTopicDecision {
    /// The line of the decision.
    pub line: u64,
    /// What it is about: a statement's codes, or a topic.
    pub about: String,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for StaleTopicDecision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}: {}; decide again", self.line, self.about, self.reason)
    }
}

/// What people decided about a statement: topics by number, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Decided {
    /// Its topics; none where people named none.
    pub(super) belongs: Vec<u32>,
    /// Those that it does not belong to.
    pub(super) not: Vec<u32>,
}

/// A vocabulary and a map's statements as people decided.
#[derive(Debug)]
pub(super) struct DecidedMap {
    pub(super) vocabulary: Vocabulary,
    pub(super) statements: BTreeMap<StatementIndex, Decided>,
    pub(super) stale: Vec<StaleTopicDecision>,
    /// The ids of topics that people added or renamed.
    pub(super) by_people: BTreeSet<String>,
}

impl TopicDecisions {
    /// The decisions.
    pub fn decisions(&self) -> &[TopicDecision] {
        &self.decisions
    }

    fn of(&self, verdict: TopicVerdict) -> impl Iterator<Item = &TopicDecision> {
        self.decisions.iter().filter(move |decision| decision.verdict == verdict)
    }

    /// Applies the decisions: those on topics first (`new`, `rename`, `merge`,
    /// whatever the order of the rows), then those on statements.
    pub(super) fn on(&self, map: &Map, vocabulary: &Vocabulary) -> Result<DecidedMap, TopicDecisionsError> {
        let mut stale = Vec::new();
        let known = self.with_new(vocabulary, &mut stale)?;
        let renamed = self.renamed(&known, &mut stale)?;
        let leads_to = self.merged(&known, &renamed, &mut stale)?;
        let (new, other) = renamed.topics.split_at(vocabulary.topics.len().min(renamed.topics.len()));
        let other_heading = new.iter().zip(&vocabulary.topics).filter(|(new, old)| new.heading != old.heading);
        let by_people = other_heading.map(|(new, _)| new).chain(other).map(|topic| topic.id.clone()).collect();
        let (vocabulary, numbers) = without_merged(&renamed, &leads_to);
        let mut lines: BTreeMap<(StatementIndex, u32), (TopicVerdict, u64)> = BTreeMap::new();
        let mut statements: BTreeMap<StatementIndex, Decided> = BTreeMap::new();
        for decision in &self.decisions {
            let Some(codes) = &decision.statement else { continue };
            let found = map.decided_statement(codes, decision.hash.as_deref());
            let topic = named(&known, &renamed, &decision.topic);
            let (statement, topic) = match (found, topic) {
                (Ok(statement), Ok(topic)) => (statement, numbers.get(topic).copied().unwrap_or_default()),
                (Err(reason), _) | (_, Err(reason)) => {
                    let about = format!("{} {}", codes.0, codes.1);
                    stale.push(StaleTopicDecision { line: decision.line, about, reason });
                    continue;
                }
            };
            let verdict = decision.verdict;
            let earlier = *lines.entry((statement.index(), topic)).or_insert((verdict, decision.line));
            if earlier.0 != verdict {
                let message = format!("\"{}\" for {} {} and {}", verdict.name(), codes.0, codes.1, decision.topic);
                return Err(TopicDecisionsError::Contradiction { first: earlier.1, second: decision.line, message });
            }
            let decided = statements.entry(statement.index()).or_default();
            let topics = if verdict == TopicVerdict::Belongs { &mut decided.belongs } else { &mut decided.not };
            if let Err(place) = topics.binary_search(&topic) {
                topics.insert(place, topic);
            }
        }
        order::by_key(&mut stale, |stale| stale.line);
        Ok(DecidedMap { vocabulary, statements, stale, by_people })
    }

    /// The vocabulary with the topics that are new.
    fn with_new(
        &self,
        vocabulary: &Vocabulary,
        stale: &mut Vec<StaleTopicDecision>,
    ) -> Result<Vocabulary, TopicDecisionsError> {
        let mut added: BTreeMap<String, &TopicDecision> = BTreeMap::new();
        let mut topics = Vec::new();
        for decision in self.of(TopicVerdict::New) {
            let id = if decision.topic.is_empty() { slug(&decision.into) } else { decision.topic.clone() };
            if vocabulary.topic(&id).is_some() {
                let reason = "the vocabulary has a topic of that id".to_owned();
                stale.push(StaleTopicDecision { line: decision.line, about: id, reason });
                continue;
            }
            match added.get(&id) {
                Some(first) if first.into == decision.into && first.cues == decision.cues => {}
                Some(first) => {
                    let message = format!("{id} is new as \"{}\"", decision.into);
                    return Err(TopicDecisionsError::Contradiction {
                        first: first.line,
                        second: decision.line,
                        message,
                    });
                }
                None => {
                    added.insert(id.clone(), decision);
                    let mut topic = VocabularyTopic::new(id, &decision.into);
                    topic.cues.clone_from(&decision.cues);
                    topics.push(topic);
                }
            }
        }
        // by id, so that the order of the rows is no matter
        order::by(&mut topics, |a, b| a.id.cmp(&b.id));
        let mut known = vocabulary.clone();
        known.topics.extend(topics);
        Ok(known)
    }

    /// The vocabulary with the headings that people gave.
    fn renamed(
        &self,
        known: &Vocabulary,
        stale: &mut Vec<StaleTopicDecision>,
    ) -> Result<Vocabulary, TopicDecisionsError> {
        let mut renamed = known.clone();
        let mut lines: BTreeMap<usize, &TopicDecision> = BTreeMap::new();
        for decision in self.of(TopicVerdict::Rename) {
            match named(known, known, &decision.topic) {
                Ok(at) => {
                    let first = *lines.entry(at).or_insert(decision);
                    if first.into != decision.into {
                        let message = format!("{} is renamed to \"{}\"", decision.topic, decision.into);
                        return Err(TopicDecisionsError::Contradiction {
                            first: first.line,
                            second: decision.line,
                            message,
                        });
                    }
                    if let Some(topic) = renamed.topics.get_mut(at) {
                        // the old heading still speaks for the topic
                        let old = std::mem::replace(&mut topic.heading, decision.into.clone());
                        topic.cues.push(old);
                    }
                }
                Err(reason) => {
                    stale.push(StaleTopicDecision { line: decision.line, about: decision.topic.clone(), reason });
                }
            }
        }
        Ok(renamed)
    }

    /// For each topic the one that it is merged into, by number; itself if none.
    fn merged(
        &self,
        known: &Vocabulary,
        renamed: &Vocabulary,
        stale: &mut Vec<StaleTopicDecision>,
    ) -> Result<Vec<usize>, TopicDecisionsError> {
        let mut leads_to: Vec<usize> = (0..known.topics.len()).collect();
        let mut lines: BTreeMap<usize, u64> = BTreeMap::new();
        for decision in self.of(TopicVerdict::Merge) {
            let line = decision.line;
            let (from, to) = match (named(known, renamed, &decision.topic), named(known, renamed, &decision.into)) {
                (Ok(from), Ok(to)) => (from, to),
                (Err(reason), _) => {
                    stale.push(StaleTopicDecision { line, about: decision.topic.clone(), reason });
                    continue;
                }
                (_, Err(reason)) => {
                    stale.push(StaleTopicDecision { line, about: decision.into.clone(), reason });
                    continue;
                }
            };
            if from == to {
                let message = format!("{} is merged into itself; name two topics", decision.topic);
                return Err(TopicDecisionsError::Row { place: format!("line {line}"), message });
            }
            let message = || format!("{} is merged into {}", decision.topic, decision.into);
            let Some(&before) = leads_to.get(from) else { continue };
            if before != from && before != to {
                let first = lines.get(&from).copied().unwrap_or_default();
                return Err(TopicDecisionsError::Contradiction { first, second: line, message: message() });
            }
            if end(&leads_to, to) == from {
                // the end of the chain leads back
                let first = lines.get(&to).copied().unwrap_or(line);
                return Err(TopicDecisionsError::Contradiction { first, second: line, message: message() });
            }
            leads_to[from] = to;
            lines.entry(from).or_insert(line);
        }
        Ok((0..leads_to.len()).map(|topic| end(&leads_to, topic)).collect())
    }
}

/// The end of a chain without circles.
fn end(leads_to: &[usize], mut topic: usize) -> usize {
    while let Some(&next) = leads_to.get(topic).filter(|next| **next != topic) {
        topic = next;
    }
    topic
}

/// The vocabulary in which merged topics are gone, and the new number of each
/// old one.
fn without_merged(renamed: &Vocabulary, leads_to: &[usize]) -> (Vocabulary, Vec<u32>) {
    let mut vocabulary = renamed.clone();
    let target = |i: usize| leads_to.get(i).copied().unwrap_or(i);
    for (i, topic) in renamed.topics.iter().enumerate().filter(|(i, _)| target(*i) != *i) {
        let Some(into) = vocabulary.topics.get_mut(target(i)) else { continue };
        for cue in std::iter::once(&topic.heading).chain(&topic.cues) {
            if !into.cues.contains(cue) {
                into.cues.push(cue.clone());
            }
        }
        // a general topic is one of every route
        if into.nature == Nature::Occupational && topic.nature == Nature::Occupational {
            let new: Vec<String> = topic.routes.iter().filter(|route| !into.routes.contains(route)).cloned().collect();
            into.routes.extend(new);
        }
    }
    let id = |i: usize| renamed.topics.get(i).map(|topic| topic.id.clone());
    let ids: BTreeMap<&str, usize> = renamed.topics.iter().enumerate().map(|(i, t)| (t.id.as_str(), i)).collect();
    for (i, topic) in vocabulary.topics.iter_mut().enumerate() {
        let mut broader = topic.broader.as_deref().and_then(|broader| ids.get(broader)).copied();
        if broader.is_some_and(|b| target(b) == i) {
            // what was broader is now part of it
            let above = broader.and_then(|b| renamed.topics.get(b)?.broader.as_deref());
            broader = above.and_then(|above| ids.get(above)).copied().filter(|b| target(*b) != i);
            topic.broader = None;
        }
        if let Some(broader) = broader {
            topic.broader = id(target(broader));
        }
    }
    let mut numbers = Vec::with_capacity(renamed.topics.len());
    let mut next = 0;
    for i in 0..renamed.topics.len() {
        numbers.push(next);
        next += u32::from(target(i) == i);
    }
    let numbers: Vec<u32> = (0..numbers.len()).map(|i| numbers.get(target(i)).copied().unwrap_or_default()).collect();
    let mut place = 0..;
    vocabulary.topics.retain(|_| place.next().is_some_and(|i| target(i) == i));
    (vocabulary, numbers)
}

/// The number of the topic that a cell names, by its id, its heading or the
/// heading that people gave it.
fn named(known: &Vocabulary, renamed: &Vocabulary, name: &str) -> Result<usize, String> {
    known.named(name).or_else(|| renamed.named(name)).ok_or_else(|| {
        let names = known.topics.iter().flat_map(|topic| [topic.id.as_str(), topic.heading.as_str()]);
        let close = DidYouMean(closest(name, names));
        format!("the vocabulary has no topic \"{}\"{close:#}", crate::read::excerpt(name, 40))
    })
}
