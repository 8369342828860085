//! Results about a branch and about occupations without a standard, as data that
//! serialise and deserialise.

use serde::{Deserialize, Serialize};

use super::model::{KnownOccupation, Link, MissingFact, Neighbour, OccupationFacts, OpenQuestion, Outcome};
use crate::change::BranchAt;

/// (c) A branch that may be opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OpenScreening {
    /// The branch.
    pub branch: BranchAt,
    /// The marks on it, above it and within it, with their recorded
    /// reasons.
    pub marks: Vec<Mark>,
    /// The marks lifted to compute the resulting programme.
    pub lifted: Lifted,
    /// Its occupations, in the order of the map.
    pub occupations: Vec<BranchOccupation>,
    /// A rough estimate of its content, compared with two years.
    pub content: ContentEstimate,
    /// The marked branches in it, each screened by itself, if it is open; otherwise
    /// empty. In the order of the map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<OpenScreening>,
    /// The effect of opening it on the programmes.
    pub outcome: Outcome,
    /// Questions of the consultation that no map can answer.
    pub open_questions: Vec<OpenQuestion>,
    /// Facts that are not recorded on this map.
    pub missing: Vec<MissingFact>,
}

/// A mark as apprenticeship-only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mark {
    /// The source of the mark.
    pub source: MarkSource,
    /// The marked branch.
    pub branch: BranchAt,
    /// `heavy-machinery`, `barred-under-18`, `too-little-content`, `policy`.
    pub reasons: Vec<String>,
    /// The note.
    pub note: Option<String>,
}

/// How a branch is opened: it and everything within it, and nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lifted {
    /// Ids of the branches whose marks are removed.
    pub unmarked: Vec<String>,
    /// Ids of neighbouring branches that a mark above closed. They are
    /// marked instead and stay closed.
    pub kept_closed: Vec<String>,
}

/// An occupation of a branch that may be opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BranchOccupation {
    /// The occupation.
    pub occupation: KnownOccupation,
    /// Whether it is at one of the policy's levels.
    pub at_level: bool,
    /// What bars learners, as recorded.
    pub barriers: Vec<String>,
    /// Qualifications that it requires.
    pub mandatory_qualifications: Vec<String>,
    /// Its regulator, degree, duration and funding, as recorded.
    pub facts: OccupationFacts,
    /// Words in its statements and duties that a reader may want to see.
    /// They prove nothing.
    pub words: Vec<WordEvidence>,
}

/// A statement or duty with words of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WordEvidence {
    /// The group.
    pub group: WordGroup,
    /// The id of the statement or duty.
    pub statement: String,
    /// The words found, as written in the text.
    pub words: Vec<String>,
    /// The whole text.
    pub text: String,
}

/// An estimate of content, compared with two years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ContentEstimate {
    /// The pathways whose programme is new or changed.
    pub programmes: Vec<ProgrammeContent>,
    /// The weight of the content of this map's median programme before
    /// opening; `None` if no programme has content.
    pub median: Option<u32>,
    /// The number of programmes behind the median.
    pub of: usize,
    /// The policy's bounds on the hours of a qualification.
    pub qualification_hours: [u32; 2],
}

/// The content of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProgrammeContent {
    /// The pathway's id.
    pub pathway: String,
    /// Its name.
    pub name: String,
    /// How many occupations count for its core.
    pub counting: usize,
    /// How many specialisms it has.
    pub specialisms: usize,
    /// Different items of knowledge and skill in the core and all
    /// specialisms.
    pub items: usize,
    /// The weight of a learner's content: the core and the mean specialism,
    /// with knowledge 1 and skills 2.
    pub weight: u32,
    /// The weight divided by the median.
    pub share: Option<f64>,
    /// The policy's bounds times the share: the hours that the content
    /// might fill if the median programme fills two years.
    pub hours: Option<[u32; 2]>,
}

/// Occupations without a standard, and with none in development (the black
/// ones).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GapScreening {
    /// These occupations, in the order of the map.
    pub gaps: Vec<Gap>,
    /// How many occupations of the map record no status of their standard.
    pub unknown: usize,
    /// Questions of the consultation that no map can answer.
    pub open_questions: Vec<OpenQuestion>,
    /// Facts that are not recorded on this map.
    pub missing: Vec<MissingFact>,
}

/// An occupation without a standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gap {
    /// The occupation.
    pub occupation: KnownOccupation,
    /// The widest apprenticeship-only branch above it, by the map or the
    /// policy.
    pub closed_by: Option<BranchAt>,
    /// The nearest occupations that have a standard or will have one.
    pub neighbours: Vec<Neighbour>,
    /// Its declared links, both ways.
    pub links: Vec<Link>,
}

/// The source of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkSource {
    /// The map.
    Map,
    /// The policy.
    Policy,
}

/// The subject of a group of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordGroup {
    /// The age of a learner.
    Age,
    /// A licence, or another permission.
    Licence,
    /// Machinery and vehicles.
    Machinery,
}
