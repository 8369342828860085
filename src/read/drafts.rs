//! The map as it would be with the drafts of an official file in force.

use serde::{Deserialize, Serialize};

use super::raw::RawMap;

/// A map with the drafts of its source in force, and the list of them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DraftMap {
    /// The map. Where a draft has no statements yet, or names no level or
    /// place, it has those of the version in force. A statement that a draft
    /// adds has a code that no statement in force has: "K1 (2.0)".
    pub map: RawMap,
    /// The drafts that follow a version in force, by the ids of the
    /// occupations.
    pub drafts: Vec<Draft>,
    /// Whether the source can hold several versions of an occupation; a native
    /// map cannot.
    pub source_has_versions: bool,
}

/// A draft of a standard that has a version in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Draft {
    /// The occupation's id.
    pub occupation: String,
    /// Its title, by the version in force.
    pub title: String,
    /// Its level, by the version in force.
    pub level: Option<i64>,
    /// The version in force, where the source numbers it.
    pub in_force: Option<String>,
    /// The draft's version.
    pub version: Option<String>,
    /// `in-development` or `plan-in-development`.
    pub status: String,
    /// How many statements the draft adds.
    pub added: usize,
    /// How many it takes out.
    pub removed: usize,
    /// How many it rewords: those that share at least half of their words.
    pub reworded: usize,
    /// Whether the draft has any statement. What one without would change is
    /// not known, and it is not applied.
    pub has_statements: bool,
}
