//! Proposed changes, as data.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::derive::{Policy, Quorum};
use crate::map::{Level, Status};
use crate::read::{RawApprenticeshipOnly, RawOccupation, RawStatement};

/// The format name of a changes file, and the version that is written.
pub(super) const FORMAT: &str = "tlevel-changes";
pub(super) const VERSION: u32 = 1;

/// A proposed change to a map or to the policy. In a file it is an object whose
/// member `change` names it (`add-occupation`, `mark`, ...).
///
/// Positions count from 0 in the list of the file at the time when the change
/// is applied. Without a position, or with one beyond the end, the item goes
/// last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "change", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// Adds an occupation to a cluster.
    AddOccupation {
        /// The cluster's id.
        cluster: String,
        /// The occupation, in the native format.
        occupation: Box<RawOccupation>,
        /// The position in the cluster.
        #[serde(skip_serializing_if = "Option::is_none")]
        position: Option<usize>,
    },
    /// Removes an occupation. Links to it are left as they are; the check of
    /// the changed map reports them.
    RemoveOccupation {
        /// Its id.
        occupation: String,
    },
    /// Moves an occupation to a cluster. If it is already there and no position
    /// is given, it stays where it is.
    MoveOccupation {
        /// Its id.
        occupation: String,
        /// The cluster's id.
        cluster: String,
        /// The position in the cluster.
        #[serde(skip_serializing_if = "Option::is_none")]
        position: Option<usize>,
    },
    /// Changes the level of an occupation.
    ReLevel {
        /// Its id.
        occupation: String,
        /// The level.
        #[cfg_attr(test, schemars(with = "i64", range(min = 2, max = 7)))]
        level: Level,
    },
    /// Changes the title of an occupation.
    ReTitle {
        /// Its id.
        occupation: String,
        /// The title.
        title: String,
    },
    /// Sets the status of an occupation's standard.
    SetStatus {
        /// Its id.
        occupation: String,
        /// The status; without one, it is removed.
        status: Option<Status>,
    },
    /// Adds a statement to an occupation.
    AddStatement {
        /// The occupation's id.
        occupation: String,
        /// The statement, in the native format.
        statement: Box<RawStatement>,
        /// The position among the statements.
        #[serde(skip_serializing_if = "Option::is_none")]
        position: Option<usize>,
    },
    /// Drops a statement. Duties that cite it are left as they are.
    DropStatement {
        /// The occupation's id.
        occupation: String,
        /// The statement's.
        statement: String,
    },
    /// Changes the wording of a statement.
    RewordStatement {
        /// The occupation's id.
        occupation: String,
        /// The statement's.
        statement: String,
        /// The wording.
        text: String,
        /// The wording as in the source, if a reader cleaned it.
        #[serde(skip_serializing_if = "Option::is_none")]
        source_text: Option<String>,
    },
    /// Marks a route, pathway or cluster as apprenticeship-only, replacing any
    /// earlier mark.
    Mark {
        /// The branch's id.
        branch: String,
        /// The reasons, and a note.
        #[serde(flatten)]
        mark: RawApprenticeshipOnly,
    },
    /// Removes the mark of a branch.
    Unmark {
        /// The branch's id.
        branch: String,
    },
    /// Changes the quorums of the policy; a quorum that is not given stays.
    Policy {
        /// The share of a pathway's occupations that makes core.
        #[serde(skip_serializing_if = "Option::is_none")]
        quorum: Option<Quorum>,
        /// The share of a route's pathways that makes route core.
        #[serde(skip_serializing_if = "Option::is_none")]
        route_quorum: Option<Quorum>,
    },
}

impl Change {
    /// Its name in a changes file.
    pub fn name(&self) -> &'static str {
        match self {
            Change::AddOccupation { .. } => "add-occupation",
            Change::RemoveOccupation { .. } => "remove-occupation",
            Change::MoveOccupation { .. } => "move-occupation",
            Change::ReLevel { .. } => "re-level",
            Change::ReTitle { .. } => "re-title",
            Change::SetStatus { .. } => "set-status",
            Change::AddStatement { .. } => "add-statement",
            Change::DropStatement { .. } => "drop-statement",
            Change::RewordStatement { .. } => "reword-statement",
            Change::Mark { .. } => "mark",
            Change::Unmark { .. } => "unmark",
            Change::Policy { .. } => "policy",
        }
    }

    /// All names.
    pub const NAMES: [&'static str; 12] = [
        "add-occupation",
        "remove-occupation",
        "move-occupation",
        "re-level",
        "re-title",
        "set-status",
        "add-statement",
        "drop-statement",
        "reword-statement",
        "mark",
        "unmark",
        "policy",
    ];
}

/// Proposed changes, applied one after another.
///
/// Serialises to a changes file, which [`from_json`](Changes::from_json) reads.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Changes {
    /// The title of the proposal.
    pub title: Option<String>,
    /// The changes, in the order in which they are applied.
    pub changes: Vec<Change>,
}

impl Changes {
    /// Returns a proposal of these changes.
    pub fn new(changes: Vec<Change>) -> Self {
        Changes { title: None, changes }
    }

    /// Returns the policy with the policy changes applied.
    pub fn policy(&self, before: &Policy) -> Policy {
        let mut policy = before.clone();
        for change in &self.changes {
            if let Change::Policy { quorum, route_quorum } = change {
                policy.pathway_quorum = quorum.unwrap_or(policy.pathway_quorum);
                policy.route_quorum = route_quorum.unwrap_or(policy.route_quorum);
            }
        }
        policy
    }
}

impl Serialize for Changes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("version", &VERSION)?;
        if let Some(title) = &self.title {
            map.serialize_entry("title", title)?;
        }
        map.serialize_entry("changes", &self.changes)?;
        map.end()
    }
}
