//! The map as it would be with the drafts of an official file in force.

use serde::{Deserialize, Serialize};

use super::official::{self, Prefer};
use super::raw::RawMap;
use super::{Error, Format, Limits, json, recognised, source_text};

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

/// Reads a map as it would be with the drafts of the source in force:
/// "what would change?" is then a [`diff`](crate::change) of two maps.
///
/// # Errors
///
/// As [`read_with`](super::read_with).
///
/// # Examples
///
/// ```
/// use tlevel::read::{Limits, read_drafts};
///
/// let version = |number: &str, status: &str, text: &str| format!(
///     r#"{{"referenceNumber": "ST1", "title": "Baker", "level": 3, "version": "{number}", "status": "{status}",
///         "route": "R", "pathway": "P", "cluster": "C", "knowledges": [{{"detail": "{text}"}}]}}"#
/// );
/// let file = format!(
///     "[{}, {}]",
///     version("1.0", "Approved for delivery", "Flour types"),
///     version("2.0", "In development", "Ovens")
/// );
/// let in_force = tlevel::read(file.as_bytes())?;
/// assert_eq!(in_force.occupations().next().unwrap().statements[0].text.as_deref(), Some("Flour types"));
/// let drafts = read_drafts(file.as_bytes(), &Limits::default())?;
/// assert_eq!(drafts.map.occupations().next().unwrap().statements[0].text.as_deref(), Some("Ovens"));
/// assert_eq!((drafts.drafts[0].added, drafts.drafts[0].removed), (1, 1));
/// # Ok::<(), tlevel::read::Error>(())
/// ```
///
/// # Complexity
///
/// As [`read`](super::read()), and for a draft of `k` statements that are not
/// those in force `O(k²)` comparisons, a million at the most.
pub fn read_drafts(bytes: &[u8], limits: &Limits) -> Result<DraftMap, Error> {
    let text = source_text(bytes, *limits)?;
    let root = json(&text)?;
    Ok(match recognised(&root)? {
        Format::Native => {
            let map = super::native::read(root, &text)?;
            DraftMap { map, drafts: Vec::new(), source_has_versions: false }
        }
        Format::Official => {
            let (mut map, drafts) = official::read(root, &text, Prefer::Drafts);
            if drafts.iter().any(|draft| draft.has_statements) {
                map.title = map.title.map(|title| format!("{title} with the drafts in force"));
            }
            DraftMap { map, drafts, source_has_versions: true }
        }
    })
}
