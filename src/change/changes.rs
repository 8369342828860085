//! Proposed changes, as data.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::derive::{Policy, Quorum};
use crate::map::{Level, Status};
use crate::read::{RawApprenticeshipOnly, RawOccupation, RawStatement};

/// What a changes file calls its format, and the version that is written.
pub(super) const FORMAT: &str = "tlevel-changes";
pub(super) const VERSION: u32 = 1;

/// One proposed change to a map, or to the policy. In a file it is an object
/// whose member `change` names it (`add-occupation`, `mark`, ...).
///
/// Positions count from 0 in the list of the file, as it is when the change is
/// applied; without one, or beyond the end, a thing comes last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "change", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// Adds an occupation to a cluster.
    AddOccupation {
        /// The cluster's id.
        cluster: String,
        /// The occupation, as the native format has it.
        occupation: Box<RawOccupation>,
        /// Where in the cluster.
        #[serde(skip_serializing_if = "Option::is_none")]
        position: Option<usize>,
    },
    /// Removes an occupation. What leads to it is left as it is; the check of
    /// the changed map tells.
    RemoveOccupation {
        /// Its id.
        occupation: String,
    },
    /// Moves an occupation to a cluster. Without a position one that is there
    /// already stays where it stands.
    MoveOccupation {
        /// Its id.
        occupation: String,
        /// The cluster's id.
        cluster: String,
        /// Where in the cluster.
        #[serde(skip_serializing_if = "Option::is_none")]
        position: Option<usize>,
    },
    /// Puts an occupation at another level.
    ReLevel {
        /// Its id.
        occupation: String,
        /// The level.
        #[cfg_attr(test, schemars(with = "i64", range(min = 2, max = 7)))]
        level: Level,
    },
    /// Gives an occupation another title.
    ReTitle {
        /// Its id.
        occupation: String,
        /// The title.
        title: String,
    },
    /// Says how far an occupation's standard has come.
    SetStatus {
        /// Its id.
        occupation: String,
        /// The status; none to say nothing of it.
        status: Option<Status>,
    },
    /// Adds a statement to an occupation.
    AddStatement {
        /// The occupation's id.
        occupation: String,
        /// The statement, as the native format has it.
        statement: Box<RawStatement>,
        /// Where among the statements.
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
    /// Gives a statement another wording.
    RewordStatement {
        /// The occupation's id.
        occupation: String,
        /// The statement's.
        statement: String,
        /// The wording.
        text: String,
        /// The wording as the source has it, where a reader cleaned it.
        #[serde(skip_serializing_if = "Option::is_none")]
        source_text: Option<String>,
    },
    /// Marks a route, pathway or cluster as apprenticeship-only; a mark that is
    /// there is replaced.
    Mark {
        /// The branch's id.
        branch: String,
        /// The reasons, and a note.
        #[serde(flatten)]
        mark: RawApprenticeshipOnly,
    },
    /// Takes the mark of a branch away.
    Unmark {
        /// The branch's id.
        branch: String,
    },
    /// Changes the quorums of the policy; what is not named stays.
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
    /// The name that a changes file has for it.
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
/// Serialises to a changes file, which [`from_json`](Changes::from_json) reads
/// back.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Changes {
    /// What the proposal is called.
    pub title: Option<String>,
    /// The changes, in the order in which they are applied.
    pub changes: Vec<Change>,
}

impl Changes {
    /// These changes.
    pub fn new(changes: Vec<Change>) -> Self {
        Changes { title: None, changes }
    }

    /// The policy after the policy changes among these.
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
