//! The map that would result if the drafts of an official file were in force.

use serde::{Deserialize, Serialize};

use super::raw::RawMap;

/// A map with the drafts of its source in force, and a list of them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DraftMap {
    /// The map. If a draft has no statements yet, or gives no level or place,
    /// it has those of the version in force. A statement that a draft adds has
    /// a code that no statement in force has: "K1 (2.0)".
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
    /// Its title in the version in force.
    pub title: String,
    /// Its level in the version in force.
    pub level: Option<i64>,
    /// The version in force, if the source numbers it.
    pub in_force: Option<String>,
    /// The draft's version.
    pub version: Option<String>,
    /// `in-development` or `plan-in-development`.
    pub status: String,
    /// How many statements the draft adds.
    pub added: usize,
    /// How many statements the draft removes.
    pub removed: usize,
    /// How many statements the draft rewords, sharing at least half of their
    /// words.
    pub reworded: usize,
    /// Whether the draft has any statement. A draft without statements is not
    /// applied, because its changes are not known.
    pub has_statements: bool,
}
