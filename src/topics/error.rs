//! Why a vocabulary, or people's decisions on topics, cannot be read.

use crate::read;
use crate::table::{self, listed};

/// A file that is no topic vocabulary, with the place of what is wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VocabularyError {
    /// In a JSON file: `Vocabulary::from_json(b"{\"topics\": 1}")`.
    #[error("{0}")]
    Json(read::Error),
    /// No table with the columns that are needed: `Vocabulary::from_csv("a,b\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// In a row of a table: `Vocabulary::from_csv("heading,cues\n,drains\n")`.
    #[error("{place}: {message}")]
    Row {
        /// The line, or the sheet and cell.
        place: String,
        /// What is wrong, and what to do.
        message: String,
    },
    /// Several of these, in the order of the file.
    #[error("{}", listed(&format!("{} things are wrong; correct them and try again:", .0.len()), .0))]
    Several(Vec<VocabularyError>),
}

impl VocabularyError {
    /// What was read, if nothing is wrong.
    pub(super) fn unless<T>(wrong: Vec<VocabularyError>, read: T) -> Result<T, VocabularyError> {
        table::unless(wrong, read, VocabularyError::Several)
    }
}

/// Decisions that cannot be read, or that contradict each other. A decision
/// that no longer fits the map is no error: see [`StaleTopicDecision`](super::StaleTopicDecision).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TopicDecisionsError {
    /// No table with the columns that are needed: `TopicDecisions::from_csv("note\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// In a row: `TopicDecisions::from_csv("decision,topic\nrename,drains\n")`.
    #[error("{place}: {message}")]
    Row {
        /// The line, or the sheet and cell.
        place: String,
        /// What is wrong, and what to do.
        message: String,
    },
    /// Two rows that cannot both hold, such as `belongs` and `not` for one
    /// statement and topic.
    #[error("line {second}: {message}, but line {first} says otherwise; take one out")]
    Contradiction {
        /// The earlier line.
        first: u64,
        /// The later line.
        second: u64,
        /// What the later line says.
        message: String,
    },
    /// Several of these, in the order of the file.
    #[error("{}", listed(&format!("{} rows are wrong; correct them and try again:", .0.len()), .0))]
    Several(Vec<TopicDecisionsError>),
}

impl TopicDecisionsError {
    /// What was read, if nothing is wrong.
    pub(super) fn unless<T>(wrong: Vec<TopicDecisionsError>, read: T) -> Result<T, TopicDecisionsError> {
        table::unless(wrong, read, TopicDecisionsError::Several)
    }
}
