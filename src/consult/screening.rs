//! A screening of any kind, also of many responses, with the map and the policy to
//! which it applies.

use serde::{Deserialize, Serialize};

use super::branch_model::{GapScreening, OpenScreening};
use super::model::{KnownOccupation, MoveScreening, NewScreening};
use super::tracked::{Corrected, Tracked, TrackedProposal};
use crate::change::BranchAt;
use crate::map::{BranchName, MapInfo};

/// A screening, with the map and the policy to which it applies.
///
/// Serialises to the JSON of the command line
/// (`"format": "tlevel-consultation"`, version 1), and deserialises from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScreeningReport {
    format: ReportFormat,
    version: u32,
    /// The map.
    pub map: MapInfo,
    /// The name of the policy.
    pub policy: String,
    /// The screening.
    pub screening: Screening,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum ReportFormat {
    #[serde(rename = "tlevel-consultation")]
    Consultation,
}

impl ScreeningReport {
    pub(super) fn new(map: MapInfo, policy: String, screening: Screening) -> Self {
        ScreeningReport { format: ReportFormat::Consultation, version: 1, map, policy, screening }
    }
}

/// One of the screenings; `kind` names it in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Screening {
    /// (a) An occupation that may be missing.
    NewOccupation(Box<NewScreening>),
    /// (b) An occupation that may move.
    MoveOccupation(Box<MoveScreening>),
    /// (c) A branch that may be opened.
    OpenBranch(Box<OpenScreening>),
    /// Many responses.
    Responses(Box<ResponseScreening>),
    /// The occupations without a standard.
    Gaps(Box<GapScreening>),
}

macro_rules! from_screenings {
    ($($name:ident => $variant:ident),*) => { $(
        impl From<$name> for Screening {
            fn from(screening: $name) -> Self {
                Screening::$variant(Box::new(screening))
            }
        }
    )* };
}

from_screenings!(NewScreening => NewOccupation, MoveScreening => MoveOccupation, OpenScreening => OpenBranch,
    ResponseScreening => Responses, GapScreening => Gaps);

/// Many responses, grouped into proposals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResponseScreening {
    /// How many rows there are.
    pub responses: usize,
    /// Different proposals, by question. Of (a), those that most responses make
    /// first, then those that are not on the map yet; of (b) and (c), those that
    /// change most first, then those that most responses make. Ties: the order of the
    /// file.
    pub proposals: Vec<Proposal>,
    /// Proposals of the tracker that no response makes, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_made: Vec<TrackedProposal>,
    /// Rows that could not be screened.
    pub not_screened: Vec<ResponseNote>,
    /// Notes on rows and on the header.
    pub notes: Vec<ResponseNote>,
}

/// A proposal that one or more responses make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Proposal {
    /// What it is known by from run to run: `a dronesurveyor`, `b LARS287 > caterer`,
    /// `c hospitality`.
    pub key: String,
    /// The question that it answers.
    pub question: Question,
    /// The proposal in words.
    pub title: String,
    /// The routes that it concerns: the one that has the occupation or the branch (of a
    /// new occupation: where it would go), then the one that it would move to.
    pub routes: Vec<BranchName>,
    /// How many responses make it.
    pub responses: usize,
    /// Their lines in the file.
    pub lines: Vec<u64>,
    /// Their reasons, in the order of the file, each once.
    pub rationales: Vec<String>,
    /// The people who made it; empty unless requested.
    pub respondents: Vec<Respondent>,
    /// (a) The places that responses name, each with the number of them, the most
    /// first; ties: by id. The first is used; without any, the route
    /// that most are about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<NamedPlace>,
    /// (a) The route that is used where no response names a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_by_map: Option<BranchName>,
    /// (a) Other proposals that may mean the same occupation, for people to decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perhaps_same: Vec<ProposalName>,
    /// (a) The occupation of the map that has this title, or this job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_the_map: Option<KnownOccupation>,
    /// The size of its effect: [`Effect::size`](crate::change::Effect::size); 0 if an
    /// occupation of the map has the title.
    pub size: usize,
    /// What the tracker says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracked: Option<Tracked>,
    /// (a), (b) The title, level and place that the tracker has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Corrected>,
    /// The screening of the proposal.
    pub screening: Screening,
}

/// A place that responses name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NamedPlace {
    /// The route, pathway or cluster.
    pub branch: BranchAt,
    /// How many responses name it.
    pub responses: usize,
}

/// A proposal, by key and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProposalName {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
}

/// A person who responded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Respondent {
    /// The line of the file.
    pub line: u64,
    /// The person.
    pub respondent: Option<String>,
    /// Their organisation.
    pub organisation: Option<String>,
    /// Their address.
    pub email: Option<String>,
}

/// A note on a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResponseNote {
    /// The line of the file, from 1.
    pub line: u64,
    /// The note.
    pub message: String,
}

/// The questions of the consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// Is an occupation missing?
    A,
    /// Should an occupation move?
    B,
    /// Should a branch be opened?
    C,
}

impl Question {
    /// Its letter: `a`, `b` or `c`.
    pub const fn letter(self) -> &'static str {
        match self {
            Question::A => "a",
            Question::B => "b",
            Question::C => "c",
        }
    }
}
