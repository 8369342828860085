//! Errors in screening a proposal.

use crate::change::ChangeErrors;
use crate::map::FindError;
use crate::table;

/// Why a proposal cannot be screened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConsultationError {
    /// A name that the map does not have, or that several branches or
    /// occupations have: `move_occupation("Brickleyer", "caterer")`.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The branch has no cluster and cannot hold an occupation.
    #[error("\"{0}\" has no cluster for an occupation; name another branch")]
    NoCluster(String),
    /// A new occupation without a title.
    #[error("the new occupation has no title; give it one")]
    NoTitle,
    /// The occupation is already in the cluster that it should move to.
    #[error("\"{occupation}\" is already in \"{place}\"; name another place")]
    StandsThere {
        /// The occupation's id.
        occupation: String,
        /// The id of the branch.
        place: String,
    },
    /// No branch above, at or within this one is marked as apprenticeship-only:
    /// `open_branch("digital")`.
    #[error("\"{branch}\" is open to T Levels: neither the map nor the policy marks it as apprenticeship-only{}", closed(.marked))]
    NotMarked {
        /// The branch's id.
        branch: String,
        /// Ids of branches that are marked themselves, without those marked
        /// only above.
        marked: Vec<String>,
    },
    /// The changes do not fit the map.
    #[error("{0}")]
    Changes(ChangeErrors),
    /// The changed map holds nothing that can be checked.
    #[error("the changed map cannot be compared with the map; check the map first: tlevel check")]
    NothingLeft,
    /// A responses file that is not a table, or lacks a required column:
    /// `responses("respondent\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// Rows of a tracker that cannot be used, each with its place:
    /// `Tracker::from_csv("key,decision\na roofer,perhaps\n")`.
    #[error("{}", .0.join("\n"))]
    Tracker(Vec<String>),
}

/// The maximum number of candidates that a message lists.
const NAMED: usize = 8;

fn some(ids: &[String]) -> String {
    let more = if ids.len() > NAMED { format!(" and {} more", ids.len() - NAMED) } else { String::new() };
    format!("{}{more}", ids[..ids.len().min(NAMED)].join(", "))
}

fn closed(marked: &[String]) -> String {
    if marked.is_empty() { String::new() } else { format!("; those that are marked: {}", some(marked)) }
}
