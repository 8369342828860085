//! Results of screenings, as data that serialise and deserialise.

use serde::{Deserialize, Serialize};

use crate::change::place;
use crate::change::{BranchAt, Effect, OccupationPlace};
use crate::derive::TopicName;
use crate::map::{BranchTier, Kind, Level, Occupation, OccupationName, Status};
use crate::place::{NearOccupation, Placement};
use crate::read::RawOccupation;

/// (a) An occupation that may be missing from the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewScreening {
    /// Its id: its own, or a free one.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The level.
    pub level: LevelSuggestion,
    /// The suggested clusters, the best first, with a verdict.
    pub placement: Placement,
    /// The places of those clusters, in their order.
    pub places: Vec<OccupationPlace>,
    /// Occupations that it overlaps: the largest share of its statements
    /// first, then the most alike; ties: the order of the map.
    pub overlaps: Vec<Overlap>,
    /// How many different concepts its statements have.
    pub concepts: usize,
    /// How many of them no occupation of the map has.
    pub only_own: usize,
    /// Where it is placed to estimate its effect; `None` if no cluster is
    /// suggested and no place was named.
    pub target: Option<Target>,
    /// Occupations of that pathway one band up that it may lead to, most
    /// alike first.
    pub above: Vec<NearOccupation>,
    /// Occupations one band down that may lead to it.
    pub below: Vec<NearOccupation>,
    /// Links that the proposal declares.
    pub links: Vec<Link>,
    /// Its regulator, degree, duration and funding, as proposed.
    pub facts: OccupationFacts,
    /// Qualifications that it requires, as proposed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mandatory_qualifications: Vec<String>,
    /// What bars learners, as proposed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barriers: Vec<String>,
    /// Its effect on the programmes; `None` if it cannot be placed
    /// anywhere.
    pub outcome: Option<Outcome>,
    /// Questions of the consultation that no map can answer.
    pub open_questions: Vec<OpenQuestion>,
    /// Facts that are not recorded on this map.
    pub missing: Vec<MissingFact>,
}

/// A level, and the level that its nearest neighbours suggest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LevelSuggestion {
    /// The proposed level.
    pub given: Option<Level>,
    /// The level of most of the nearest neighbours, weighted by likeness;
    /// ties: the lower. `None` if there is no neighbour.
    pub suggested: Option<Level>,
    /// The nearest occupations of the map, up to five.
    pub neighbours: Vec<Neighbour>,
}

/// An occupation of the map, with its likeness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Neighbour {
    /// The occupation.
    pub occupation: KnownOccupation,
    /// The cosine of their words, from 0 to 1, with the weights of
    /// [`Placer`](crate::place::Placer).
    pub likeness: f64,
}

/// An occupation of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KnownOccupation {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// The status of its standard.
    pub status: Status,
    /// Its place.
    pub place: OccupationPlace,
}

/// What an occupation shares with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Overlap {
    /// The other occupation.
    pub occupation: KnownOccupation,
    /// How alike their words are, from 0 to 1.
    pub likeness: f64,
    /// How many concepts both have.
    pub shared: usize,
    /// How many concepts the occupation has.
    pub of: usize,
    /// How many the other one has.
    pub of_other: usize,
    /// The topics of which both have statements. Empty without topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicName>,
    /// The statements that say the same, in the occupation's order.
    pub statements: Vec<PairedStatement>,
}

/// Two statements of one concept, of two occupations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PairedStatement {
    /// Their kind.
    pub kind: Kind,
    /// The statement's id.
    pub statement: String,
    /// Its wording.
    pub text: String,
    /// The id of the other occupation's statement.
    pub other: String,
    /// Its wording.
    pub other_text: String,
    /// The share of words that the two have in common; see
    /// [`likeness`](fn@crate::change::likeness).
    pub likeness: f64,
}

/// A named place, and the cluster that it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Target {
    /// The named branch.
    pub named: BranchAt,
    /// The cluster.
    pub cluster: OccupationPlace,
    /// Whether it is the first suggestion within that branch. Otherwise the
    /// cluster itself was named.
    pub is_suggested: bool,
    /// The widest branch above or at the cluster that is
    /// apprenticeship-only, by the map or the policy.
    pub closed_by: Option<BranchAt>,
}

/// The effect of a proposal on the programmes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// The size of the effect: [`Effect::size`].
    pub size: usize,
    /// The effect.
    pub effect: Effect,
}

/// A declared link to a higher or lower occupation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Link {
    /// The direction of the link.
    pub direction: LinkDirection,
    /// The other occupation's id.
    pub id: String,
    /// The other occupation; `None` if it is not on the map.
    pub occupation: Option<KnownOccupation>,
}

/// A question of the consultation that no map can answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OpenQuestion {
    /// A fixed code.
    pub code: String,
    /// The question.
    pub asks: String,
}

/// A fact that a map can hold but this one does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MissingFact {
    /// `no-statements`, `no-level`, `no-progression`,
    /// `no-mandatory-qualifications`, `no-barriers`, `no-reasons`.
    pub code: String,
    /// The occupations (or the branch) that lack it.
    pub of: Vec<OccupationName>,
}

/// (b) An occupation that may move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MoveScreening {
    /// The occupation.
    pub occupation: KnownOccupation,
    /// The proposed place.
    pub target: Target,
    /// How far it would move: the highest tier that changes. Pathways are
    /// compared if it leaves its own, otherwise clusters.
    pub across: BranchTier,
    /// The neighbours that it would leave.
    pub from: Side,
    /// The neighbours that it would join.
    pub to: Side,
    /// The nearest occupations anywhere on the map, up to five: those that share most
    /// concepts and topics first, then the most alike; ties: the order of the map.
    pub nearest: Vec<Overlap>,
    /// For each statement, the old and the new neighbours that say the
    /// same.
    pub comparison: Vec<Comparison>,
    /// Qualifications that it requires, and neighbours that require them
    /// too.
    pub ties: Vec<Tie>,
    /// Its regulation, and neighbours regulated by the same body; `None` if
    /// it is not regulated or nothing is recorded.
    pub regulation: Option<Regulation>,
    /// Its regulator, degree, duration and funding, as recorded.
    pub facts: OccupationFacts,
    /// What bars learners, as recorded.
    pub barriers: Vec<String>,
    /// Its declared links, both ways.
    pub links: Vec<Link>,
    /// Where it would be placed if it were new, without its own record.
    pub placement: Placement,
    /// The places of those clusters, in their order.
    pub places: Vec<OccupationPlace>,
    /// The rank of its own cluster among all, from 1.
    pub rank_from: Option<usize>,
    /// The rank of the new cluster.
    pub rank_to: Option<usize>,
    /// The effect of the move on the programmes.
    pub outcome: Outcome,
    /// Questions of the consultation that no map can answer.
    pub open_questions: Vec<OpenQuestion>,
    /// Facts that are not recorded on this map.
    pub missing: Vec<MissingFact>,
}

/// One side of a move: the neighbours in a pathway or a cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Side {
    /// The pathway's or the cluster's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many of the occupation's concepts at least one neighbour has.
    pub shared: usize,
    /// How many concepts the occupation has.
    pub of: usize,
    /// The topics of the occupation's statements on which a neighbour has a
    /// statement too. Empty without topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicName>,
    /// The topics of the occupation's statements on which no neighbour has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_own_topics: Vec<TopicName>,
    /// The neighbours, those that share most first; ties: the order of the
    /// map.
    pub neighbours: Vec<Overlap>,
}

/// The occupations that say the same as a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    /// Its kind.
    pub kind: Kind,
    /// The statement's id.
    pub statement: String,
    /// Its wording.
    pub text: String,
    /// Old neighbours with the same statement.
    pub from: Vec<OccupationName>,
    /// New neighbours with the same statement.
    pub to: Vec<OccupationName>,
}

/// A required qualification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tie {
    /// Its wording on the map.
    pub qualification: String,
    /// Old neighbours with the same wording.
    pub from: Vec<OccupationName>,
    /// New neighbours with the same wording.
    pub to: Vec<OccupationName>,
    /// All other occupations of the map with the same wording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<KnownOccupation>,
}

/// The regulation of an occupation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Regulation {
    /// The body, if recorded.
    pub by: Option<String>,
    /// Old neighbours regulated by the same body; by any body if none is
    /// recorded.
    pub from: Vec<OccupationName>,
    /// New neighbours regulated likewise.
    pub to: Vec<OccupationName>,
    /// All other occupations of the map regulated likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<KnownOccupation>,
}

/// Facts recorded of an occupation in addition to its statements; each is
/// `None` if nothing is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct OccupationFacts {
    /// Whether it is regulated.
    pub regulated: Option<bool>,
    /// The body that regulates it.
    pub regulated_by: Option<String>,
    /// `integrated-degree`, `non-integrated-degree` or
    /// `non-degree-qualification`.
    pub degree: Option<String>,
    /// How long its apprenticeship typically takes, in months.
    pub duration_months: Option<i64>,
    /// The maximum public funding for an apprentice, in pounds.
    pub max_funding: Option<i64>,
}

impl OccupationFacts {
    pub(super) fn of(raw: &RawOccupation) -> Self {
        let regulated_by = raw.regulated_by.clone().filter(|body| !body.trim().is_empty());
        OccupationFacts {
            regulated: raw.regulated.or_else(|| regulated_by.as_ref().map(|_| true)),
            regulated_by,
            degree: raw.degree.clone(),
            duration_months: raw.duration_months,
            max_funding: raw.max_funding,
        }
    }
}

/// The direction of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkDirection {
    /// The occupation leads to the other.
    LeadsTo,
    /// The other leads to it.
    ComesFrom,
}

impl KnownOccupation {
    pub(super) fn of(occupation: Occupation<'_>) -> Self {
        KnownOccupation {
            id: occupation.id().to_owned(),
            title: occupation.title().to_owned(),
            level: occupation.level(),
            status: occupation.status(),
            place: place(occupation.cluster()),
        }
    }
}

pub(super) fn name_of(occupation: Occupation<'_>) -> OccupationName {
    OccupationName { id: occupation.id().to_owned(), title: occupation.title().to_owned() }
}
