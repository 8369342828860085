//! What makes a vocabulary a good one: its rules, as data.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::vocabulary::{Vocabulary, VocabularyTopic};
use super::words::Stemmed;
use crate::concept::Nature;
use crate::order;

/// A rule of the lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TopicRule {
    /// Its id.
    pub id: &'static str,
    /// What it asks, and why.
    pub asks: &'static str,
}

/// The rules, in the order in which findings come.
pub const TOPIC_RULES: [TopicRule; 12] = [
    rule("id-form", "An id is lower case words with hyphens, so that it can be typed and does not change."),
    rule("heading-form", "A heading has 1 to 7 words in sentence case, without punctuation at its end."),
    rule("heading-shared", "No two topics have one heading: people could not tell them apart."),
    rule("cue-count", "A topic has 5 to 20 cues: with fewer it is missed, with more it takes what is not its own."),
    rule("cue-form", "A cue has 1 to 5 words, one of which says something."),
    rule("cue-twice", "No two cues of a topic have the same words."),
    rule("cue-shared", "No cue is in two topics, unless one is broader than the other or both have one broader topic."),
    rule("nature", "An occupational topic names the routes where it is usual; a general one names none."),
    rule("broader", "The broader topic exists, and no topic is more than two steps below its content area."),
    rule("route-unknown", "The routes of a topic are among the routes of the vocabulary."),
    rule("route-covered", "Every route of the vocabulary has 8 occupational topics or more."),
    rule("source", "The source of a heading is among the sources of the vocabulary."),
];

const fn rule(id: &'static str, asks: &'static str) -> TopicRule {
    TopicRule { id, asks }
}

/// A breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TopicFinding {
    /// The id of the rule.
    pub rule: &'static str,
    /// The topic, or the route that no topic covers.
    pub of: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for TopicFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.of, self.message, self.rule)
    }
}

/// How many occupational topics a route needs.
const COVERED: usize = 8;

impl Vocabulary {
    /// Returns every breach of [`TOPIC_RULES`], rule by rule and topic by topic.
    ///
    /// A vocabulary with findings can be used; it will not assign as well, or
    /// not read as well, as it could.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::Vocabulary;
    ///
    /// assert!(Vocabulary::bundled().findings().is_empty());
    /// let own = Vocabulary::from_csv("heading,cues\nBees.,bees; hives; swarms; honey; apiary\n")?;
    /// assert_eq!(own.findings()[0].to_string(), "bees: the heading \"Bees.\" ends in punctuation (heading-form)");
    /// # Ok::<(), tlevel::topics::VocabularyError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` for `n` cues, and the pairs of topics that share one.
    pub fn findings(&self) -> Vec<TopicFinding> {
        let mut findings = Vec::new();
        for topic in &self.topics {
            topic_alone(topic, &mut |rule, message| {
                findings.push(TopicFinding { rule, of: topic.id.clone(), message });
            });
        }
        self.headings(&mut findings);
        self.cues(&mut findings);
        self.structure(&mut findings);
        let place = |rule| TOPIC_RULES.iter().position(|other| other.id == rule);
        order::by_key(&mut findings, |finding| place(finding.rule));
        findings
    }

    fn headings(&self, findings: &mut Vec<TopicFinding>) {
        let mut owners: HashMap<String, &str> = HashMap::new();
        for topic in &self.topics {
            match owners.get(&topic.heading.to_lowercase()) {
                Some(first) => findings.push(TopicFinding {
                    rule: "heading-shared",
                    of: topic.id.clone(),
                    message: format!("{first} has the heading \"{}\" too", topic.heading),
                }),
                None => {
                    owners.insert(topic.heading.to_lowercase(), &topic.id);
                }
            }
        }
    }

    fn cues(&self, findings: &mut Vec<TopicFinding>) {
        let mut stemmed = Stemmed::default();
        let mut owners: BTreeMap<Vec<u32>, Vec<(usize, &str)>> = BTreeMap::new();
        for (t, topic) in self.topics.iter().enumerate() {
            for cue in &topic.cues {
                let mut stems = stemmed.read(cue);
                stems.sort_unstable();
                stems.dedup();
                let words = cue.split_whitespace().count();
                if !(1..=5).contains(&words) || stems.is_empty() {
                    let why =
                        if stems.is_empty() { "says nothing by itself".into() } else { format!("has {words} words") };
                    let message = format!("the cue \"{}\" {why}", crate::read::excerpt(cue, 40));
                    findings.push(TopicFinding { rule: "cue-form", of: topic.id.clone(), message });
                    continue;
                }
                owners.entry(stems).or_default().push((t, cue));
            }
        }
        let mut shared: Vec<(usize, TopicFinding)> = Vec::new();
        for owners in owners.values() {
            for pair in owners.windows(2) {
                let [(first, one), (second, other)] = pair else { continue };
                let (a, b) = (&self.topics[*first], &self.topics[*second]);
                let (rule, message) = if first == second {
                    ("cue-twice", format!("the cues \"{one}\" and \"{other}\" have the same words"))
                } else if is_related(a, b) {
                    continue;
                } else {
                    ("cue-shared", format!("the cue \"{other}\" is one of {} too", a.id))
                };
                shared.push((*second, TopicFinding { rule, of: b.id.clone(), message }));
            }
        }
        // stems are numbered as they are met: by topic, that order is the file's
        order::by(&mut shared, |a, b| (a.0, &a.1.message).cmp(&(b.0, &b.1.message)));
        findings.extend(shared.into_iter().map(|(_, finding)| finding));
    }

    fn structure(&self, findings: &mut Vec<TopicFinding>) {
        let ids: HashMap<&str, &VocabularyTopic> = self.topics.iter().map(|topic| (topic.id.as_str(), topic)).collect();
        let above = |topic: &&VocabularyTopic| topic.broader.as_deref().and_then(|id| ids.get(id)).copied();
        let mut found = |rule, of: &str, message| findings.push(TopicFinding { rule, of: of.to_owned(), message });
        for topic in &self.topics {
            if let Some(broader) = topic.broader.as_deref() {
                if !ids.contains_key(broader) {
                    found("broader", &topic.id, format!("the broader topic \"{broader}\" does not exist"));
                } else if std::iter::successors(Some(topic), above).nth(3).is_some() {
                    found(
                        "broader",
                        &topic.id,
                        "more than two topics are broader, or one is broader than itself".into(),
                    );
                }
            }
            let is_known = |id: &String| self.routes.is_empty() || self.routes.iter().any(|route| route.id == *id);
            if let Some(route) = topic.routes.iter().find(|id| !is_known(id)) {
                found("route-unknown", &topic.id, format!("the vocabulary has no route \"{route}\""));
            }
            let source = topic.source.as_ref().filter(|_| !self.sources.is_empty());
            if let Some(source) = source.filter(|source| self.sources.iter().all(|own| own.id != **source)) {
                found("source", &topic.id, format!("the vocabulary has no source \"{source}\""));
            }
        }
        for route in &self.routes {
            let n = self.topics.iter().filter(|topic| is_of(topic, &route.id)).count();
            if n < COVERED {
                found("route-covered", &route.id, format!("{n} of the {COVERED} topics that a route needs"));
            }
        }
    }
}

fn is_of(topic: &VocabularyTopic, route: &str) -> bool {
    topic.nature == Nature::Occupational && topic.routes.iter().any(|id| id == route)
}

/// Whether two topics may share a cue.
fn is_related(a: &VocabularyTopic, b: &VocabularyTopic) -> bool {
    let is_above =
        |above: &VocabularyTopic, below: &VocabularyTopic| below.broader.as_deref() == Some(above.id.as_str());
    is_above(a, b) || is_above(b, a) || (a.broader.is_some() && a.broader == b.broader)
}

fn topic_alone(topic: &VocabularyTopic, found: &mut impl FnMut(&'static str, String)) {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !topic.id.split('-').all(is_part) {
        found("id-form", format!("\"{}\" is not lower case words with hyphens", topic.id));
    }
    heading(&topic.heading, found);
    if !(5..=20).contains(&topic.cues.len()) {
        let (n, s) = (topic.cues.len(), if topic.cues.len() == 1 { "" } else { "s" });
        found("cue-count", format!("{n} cue{s}; 5 to 20 are needed"));
    }
    match (topic.nature, topic.routes.is_empty()) {
        (Nature::General, false) => found("nature", "it is general, and names routes".to_owned()),
        (Nature::Occupational, true) => found("nature", "it is occupational, and names no route".to_owned()),
        _ => {}
    }
}

fn heading(heading: &str, found: &mut impl FnMut(&'static str, String)) {
    let words: Vec<&str> = heading.split_whitespace().collect();
    if !(1..=7).contains(&words.len()) {
        found("heading-form", format!("the heading \"{heading}\" has {} words", words.len()));
    }
    if heading.ends_with(|c: char| !c.is_alphanumeric() && c != ')') {
        found("heading-form", format!("the heading \"{heading}\" ends in punctuation"));
    }
    // an abbreviation has no small letter: CAD, STEM
    let is_title_case =
        |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let begins_small = words.first().and_then(|word| word.chars().next()).is_some_and(char::is_lowercase);
    if begins_small || words.iter().skip(1).any(is_title_case) {
        found("heading-form", format!("the heading \"{heading}\" is not in sentence case"));
    }
}
