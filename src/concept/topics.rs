//! Topics over concepts, and concepts that overlap.

use serde::{Deserialize, Serialize};

use super::{ConceptIndex, Concepts};
use crate::map::StatementIndex;
use crate::order;

/// Whether a topic is one of any occupation or one of some occupations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// It is in most cores: health and safety, communication.
    General,
    /// It belongs to the work of some occupations: welding, dental care.
    #[default]
    Occupational,
}

impl Nature {
    /// The names, as files write them.
    pub const NAMES: [&'static str; 2] = ["general", "occupational"];

    /// The nature of that name.
    pub fn from_name(name: &str) -> Option<Nature> {
        match name {
            "general" => Some(Nature::General),
            "occupational" => Some(Nature::Occupational),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Nature::General => "general",
            Nature::Occupational => "occupational",
        }
    }
}

/// Where the heading of a topic comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HeadingSource {
    /// The vocabulary.
    #[default]
    Vocabulary,
    /// A noun phrase of the map's own statements.
    Map,
    /// People, who renamed or added the topic.
    Decision,
}

/// Statements that are taught together under one heading, of any kind: a
/// content area of a course.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Topic {
    /// Its id, unique among the topics.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Where the heading comes from.
    pub source: HeadingSource,
    /// Whether it is general or occupational.
    pub nature: Nature,
    /// Its statements, in the order of the map. A statement may have two
    /// topics.
    pub statements: Vec<TopicStatement>,
    /// The concepts that are taught under it, in their order. A concept is
    /// taught under one topic at most.
    pub concepts: Vec<ConceptIndex>,
}

/// A statement of a topic.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct TopicStatement {
    /// The statement.
    pub statement: StatementIndex,
    /// How much speaks for the topic; 1 for what people decided.
    pub score: f64,
}

impl TopicStatement {
    /// Returns a statement with its score.
    pub fn new(statement: StatementIndex, score: f64) -> Self {
        TopicStatement { statement, score }
    }
}

impl Topic {
    /// Returns an occupational topic of the vocabulary without statements.
    pub fn new(id: impl Into<String>, heading: impl Into<String>) -> Self {
        Topic {
            id: id.into(),
            heading: heading.into(),
            source: HeadingSource::default(),
            nature: Nature::default(),
            statements: Vec::new(),
            concepts: Vec::new(),
        }
    }

    /// Sets the nature.
    #[must_use]
    pub fn with_nature(mut self, nature: Nature) -> Self {
        self.nature = nature;
        self
    }

    /// Sets where the heading comes from.
    #[must_use]
    pub fn with_source(mut self, source: HeadingSource) -> Self {
        self.source = source;
        self
    }

    /// Sets the statements.
    #[must_use]
    pub fn with_statements(mut self, mut statements: Vec<TopicStatement>) -> Self {
        order::by_key(&mut statements, |s| s.statement);
        self.statements = statements;
        self
    }

    /// Sets the concepts.
    #[must_use]
    pub fn with_concepts(mut self, mut concepts: Vec<ConceptIndex>) -> Self {
        concepts.sort_unstable();
        concepts.dedup();
        self.concepts = concepts;
        self
    }
}

/// Two concepts that do not say the same but have much in common.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Overlap {
    /// The two concepts, in their order.
    pub concepts: [ConceptIndex; 2],
    /// How alike their statements are.
    pub score: f64,
}

impl Overlap {
    /// Returns two concepts and their score.
    pub fn new(concepts: [ConceptIndex; 2], score: f64) -> Self {
        Overlap { concepts, score }
    }
}

impl Concepts {
    /// Sets the topics, replacing any earlier ones.
    #[must_use]
    pub fn with_topics(mut self, topics: Vec<Topic>) -> Self {
        self.topics = Some(topics);
        self
    }

    /// The topics; none unless they were set.
    pub fn topics(&self) -> &[Topic] {
        self.topics.as_deref().unwrap_or_default()
    }

    /// Whether topics were set.
    pub fn has_topics(&self) -> bool {
        self.topics.is_some()
    }

    /// Sets the pairs of concepts that overlap, replacing any earlier ones.
    #[must_use]
    pub fn with_overlaps(mut self, overlaps: Vec<Overlap>) -> Self {
        self.overlaps = overlaps;
        self
    }

    /// The pairs of concepts that overlap, in the order of the concepts; empty
    /// unless they were set.
    pub fn overlaps(&self) -> &[Overlap] {
        &self.overlaps
    }
}
