//! What a panel decided on proposals, as data that serialise and deserialise.

use serde::{Deserialize, Serialize};

/// What a panel decided on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PanelDecision {
    /// It goes on the map.
    Agreed,
    /// It does not.
    NotAgreed,
    /// It waits for more evidence.
    Deferred,
    /// It is another proposal under another name: the column `same as`.
    SameAs,
}

impl PanelDecision {
    /// All of them, in the order in which a tracker offers them.
    pub const ALL: [PanelDecision; 4] =
        [PanelDecision::Agreed, PanelDecision::NotAgreed, PanelDecision::Deferred, PanelDecision::SameAs];

    /// The words of the tracker: `agreed`, `not agreed`, `deferred`, `same as`.
    pub const fn name(self) -> &'static str {
        match self {
            PanelDecision::Agreed => "agreed",
            PanelDecision::NotAgreed => "not agreed",
            PanelDecision::Deferred => "deferred",
            PanelDecision::SameAs => "same as",
        }
    }
}

/// What the tracker says of a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Tracked {
    /// How far it is, in the panel's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// The decision; `None` until there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<PanelDecision>,
    /// Who decided.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub decided_by: String,
    /// The reason.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Tracked {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Tracked::default()
    }
}

/// What the tracker says of the new occupation, or of the place to move to: as it was
/// written, or as the panel corrected it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Corrected {
    /// (a) The title of the new occupation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub occupation: String,
    /// (a) Its level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<i64>,
    /// (a), (b) The cluster where it would go.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// A row of the tracker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackedProposal {
    /// The proposal's key.
    pub key: String,
    /// Its title when it was tracked.
    pub title: String,
    /// (a) The title of the new occupation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub occupation: String,
    /// (a) Its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<i64>,
    /// (a), (b) The id of the cluster where it would go.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The key of the proposal that it is the same as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// What was decided.
    pub tracked: Tracked,
    /// Its place in the file.
    pub at: String,
}
