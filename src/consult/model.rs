//! Results of screenings, as data that serialise and deserialise.

use serde::{Deserialize, Serialize};

use crate::change::place;
use crate::change::records;
use crate::change::{BranchAt, Effect, OccupationPlace};
use crate::map::{BranchTier, Kind, Level, MapInfo, Occupation, OccupationName, Status};
use crate::place::{NearOccupation, Placement};
use crate::read::RawOccupation;

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

records! {
    /// (a) An occupation that may be missing from the map.
    NewScreening {
        /// Its id: its own, or a free one.
        id: String,
        /// Its title.
        title: String,
        /// The level.
        level: LevelSuggestion,
        /// The suggested clusters, the best first, with a verdict.
        placement: Placement,
        /// The places of those clusters, in their order.
        places: Vec<OccupationPlace>,
        /// Occupations that it overlaps: the largest share of its statements
        /// first, then the most alike; ties: the order of the map.
        overlaps: Vec<Overlap>,
        /// How many different concepts its statements have.
        concepts: usize,
        /// How many of them no occupation of the map has.
        only_own: usize,
        /// Where it is placed to estimate its effect; `None` on a map without
        /// clusters.
        target: Option<Target>,
        /// Occupations of that pathway one band up that it may lead to, most
        /// alike first.
        above: Vec<NearOccupation>,
        /// Occupations one band down that may lead to it.
        below: Vec<NearOccupation>,
        /// Links that the proposal declares.
        links: Vec<Link>,
        /// Its regulator, degree, duration and funding, as proposed.
        facts: OccupationFacts,
        /// Its effect on the programmes; `None` if it cannot be placed
        /// anywhere.
        outcome: Option<Outcome>,
        /// Questions of the consultation that no map can answer.
        open_questions: Vec<OpenQuestion>,
        /// Facts that are not recorded on this map.
        missing: Vec<MissingFact>,
    }
    /// A level, and the level that its nearest neighbours suggest.
    LevelSuggestion {
        /// The proposed level.
        given: Option<Level>,
        /// The level of most of the nearest neighbours, weighted by likeness;
        /// ties: the lower. `None` if there is no neighbour.
        suggested: Option<Level>,
        /// The nearest occupations of the map, up to five.
        neighbours: Vec<Neighbour>,
    }
    /// An occupation of the map, with its likeness.
    Neighbour {
        /// The occupation.
        occupation: KnownOccupation,
        /// The cosine of their words, from 0 to 1, with the weights of
        /// [`Placer`](crate::place::Placer).
        likeness: f64,
    }
    /// An occupation of the map.
    KnownOccupation {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// Its level.
        level: Level,
        /// The status of its standard.
        status: Status,
        /// Its place.
        place: OccupationPlace,
    }
    /// What an occupation shares with another.
    Overlap {
        /// The other occupation.
        occupation: KnownOccupation,
        /// How alike their words are, from 0 to 1.
        likeness: f64,
        /// How many concepts both have.
        shared: usize,
        /// How many concepts the occupation has.
        of: usize,
        /// How many the other one has.
        of_other: usize,
        /// The statements that say the same, in the occupation's order.
        statements: Vec<PairedStatement>,
    }
    /// Two statements of one concept, of two occupations.
    PairedStatement {
        /// Their kind.
        kind: Kind,
        /// The statement's id.
        statement: String,
        /// Its wording.
        text: String,
        /// The id of the other occupation's statement.
        other: String,
        /// Its wording.
        other_text: String,
        /// The share of words that the two have in common; see
        /// [`likeness`](fn@crate::change::likeness).
        likeness: f64,
    }
    /// A named place, and the cluster that it stands for.
    Target {
        /// The named branch.
        named: BranchAt,
        /// The cluster.
        cluster: OccupationPlace,
        /// Whether it is the first suggestion within that branch. Otherwise the
        /// cluster itself was named.
        is_suggested: bool,
        /// The widest branch above or at the cluster that is
        /// apprenticeship-only, by the map or the policy.
        closed_by: Option<BranchAt>,
    }
    /// The effect of a proposal on the programmes.
    Outcome {
        /// The size of the effect: [`Effect::size`].
        size: usize,
        /// The effect.
        effect: Effect,
    }
    /// A declared link to a higher or lower occupation.
    Link {
        /// The direction of the link.
        direction: LinkDirection,
        /// The other occupation's id.
        id: String,
        /// The other occupation; `None` if it is not on the map.
        occupation: Option<KnownOccupation>,
    }
    /// A question of the consultation that no map can answer.
    OpenQuestion {
        /// A fixed code.
        code: String,
        /// The question.
        asks: String,
    }
    /// A fact that a map can hold but this one does not.
    MissingFact {
        /// `no-statements`, `no-level`, `no-progression`,
        /// `no-mandatory-qualifications`, `no-barriers`, `no-reasons`.
        code: String,
        /// The occupations (or the branch) that lack it.
        of: Vec<OccupationName>,
    }
    /// (b) An occupation that may move.
    MoveScreening {
        /// The occupation.
        occupation: KnownOccupation,
        /// The proposed place.
        target: Target,
        /// How far it would move: the highest tier that changes. Pathways are
        /// compared if it leaves its own, otherwise clusters.
        across: BranchTier,
        /// The neighbours that it would leave.
        from: Side,
        /// The neighbours that it would join.
        to: Side,
        /// For each statement, the old and the new neighbours that say the
        /// same.
        comparison: Vec<Comparison>,
        /// Qualifications that it requires, and neighbours that require them
        /// too.
        ties: Vec<Tie>,
        /// Its regulation, and neighbours regulated by the same body; `None` if
        /// it is not regulated or nothing is recorded.
        regulation: Option<Regulation>,
        /// Its regulator, degree, duration and funding, as recorded.
        facts: OccupationFacts,
        /// What bars learners, as recorded.
        barriers: Vec<String>,
        /// Its declared links, both ways.
        links: Vec<Link>,
        /// Where it would be placed if it were new, without its own record.
        placement: Placement,
        /// The places of those clusters, in their order.
        places: Vec<OccupationPlace>,
        /// The rank of its own cluster among all, from 1.
        rank_from: Option<usize>,
        /// The rank of the new cluster.
        rank_to: Option<usize>,
        /// The effect of the move on the programmes.
        outcome: Outcome,
        /// Questions of the consultation that no map can answer.
        open_questions: Vec<OpenQuestion>,
        /// Facts that are not recorded on this map.
        missing: Vec<MissingFact>,
    }
    /// One side of a move: the neighbours in a pathway or a cluster.
    Side {
        /// The pathway's or the cluster's id.
        id: String,
        /// Its name.
        name: String,
        /// How many of the occupation's concepts at least one neighbour has.
        shared: usize,
        /// How many concepts the occupation has.
        of: usize,
        /// The neighbours, those that share most first; ties: the order of the
        /// map.
        neighbours: Vec<Overlap>,
    }
    /// The occupations that say the same as a statement.
    Comparison {
        /// Its kind.
        kind: Kind,
        /// The statement's id.
        statement: String,
        /// Its wording.
        text: String,
        /// Old neighbours with the same statement.
        from: Vec<OccupationName>,
        /// New neighbours with the same statement.
        to: Vec<OccupationName>,
    }
    /// A required qualification.
    Tie {
        /// Its wording on the map.
        qualification: String,
        /// Old neighbours with the same wording.
        from: Vec<OccupationName>,
        /// New neighbours with the same wording.
        to: Vec<OccupationName>,
    }
    /// The regulation of an occupation.
    Regulation {
        /// The body, if recorded.
        by: Option<String>,
        /// Old neighbours regulated by the same body; by any body if none is
        /// recorded.
        from: Vec<OccupationName>,
        /// New neighbours regulated likewise.
        to: Vec<OccupationName>,
    }
    /// (c) A branch that may be opened.
    OpenScreening {
        /// The branch.
        branch: BranchAt,
        /// The marks on it, above it and within it, with their recorded
        /// reasons.
        marks: Vec<Mark>,
        /// The marks lifted to compute the resulting programme.
        lifted: Lifted,
        /// Its occupations, in the order of the map.
        occupations: Vec<BranchOccupation>,
        /// A rough estimate of its content, compared with two years.
        content: ContentEstimate,
        /// The effect of opening it on the programmes.
        outcome: Outcome,
        /// Questions of the consultation that no map can answer.
        open_questions: Vec<OpenQuestion>,
        /// Facts that are not recorded on this map.
        missing: Vec<MissingFact>,
    }
    /// A mark as apprenticeship-only.
    Mark {
        /// The source of the mark.
        source: MarkSource,
        /// The marked branch.
        branch: BranchAt,
        /// `heavy-machinery`, `barred-under-18`, `too-little-content`, `policy`.
        reasons: Vec<String>,
        /// The note.
        note: Option<String>,
    }
    /// How a branch is opened: it and everything within it, and nothing else.
    Lifted {
        /// Ids of the branches whose marks are removed.
        unmarked: Vec<String>,
        /// Ids of neighbouring branches that a mark above closed. They are
        /// marked instead and stay closed.
        kept_closed: Vec<String>,
    }
    /// An occupation of a branch that may be opened.
    BranchOccupation {
        /// The occupation.
        occupation: KnownOccupation,
        /// Whether it is at one of the policy's levels.
        at_level: bool,
        /// What bars learners, as recorded.
        barriers: Vec<String>,
        /// Qualifications that it requires.
        mandatory_qualifications: Vec<String>,
        /// Its regulator, degree, duration and funding, as recorded.
        facts: OccupationFacts,
        /// Words in its statements and duties that a reader may want to see.
        /// They prove nothing.
        words: Vec<WordEvidence>,
    }
    /// A statement or duty with words of a group.
    WordEvidence {
        /// The group.
        group: WordGroup,
        /// The id of the statement or duty.
        statement: String,
        /// The words found, as written in the text.
        words: Vec<String>,
        /// The whole text.
        text: String,
    }
    /// An estimate of content, compared with two years.
    ContentEstimate {
        /// The pathways whose programme is new or changed.
        programmes: Vec<ProgrammeContent>,
        /// The weight of the content of this map's median programme before
        /// opening; `None` if no programme has content.
        median: Option<u32>,
        /// The number of programmes behind the median.
        of: usize,
        /// The policy's bounds on the hours of a qualification.
        qualification_hours: [u32; 2],
    }
    /// The content of a programme.
    ProgrammeContent {
        /// The pathway's id.
        pathway: String,
        /// Its name.
        name: String,
        /// How many occupations count for its core.
        counting: usize,
        /// How many specialisms it has.
        specialisms: usize,
        /// Different items of knowledge and skill in the core and all
        /// specialisms.
        items: usize,
        /// The weight of a learner's content: the core and the mean specialism,
        /// with knowledge 1 and skills 2.
        weight: u32,
        /// The weight divided by the median.
        share: Option<f64>,
        /// The policy's bounds times the share: the hours that the content
        /// might fill if the median programme fills two years.
        hours: Option<[u32; 2]>,
    }
    /// Occupations without a standard, and with none in development (the black
    /// ones).
    GapScreening {
        /// These occupations, in the order of the map.
        gaps: Vec<Gap>,
        /// How many occupations of the map record no status of their standard.
        unknown: usize,
        /// Questions of the consultation that no map can answer.
        open_questions: Vec<OpenQuestion>,
        /// Facts that are not recorded on this map.
        missing: Vec<MissingFact>,
    }
    /// An occupation without a standard.
    Gap {
        /// The occupation.
        occupation: KnownOccupation,
        /// The widest apprenticeship-only branch above it, by the map or the
        /// policy.
        closed_by: Option<BranchAt>,
        /// The nearest occupations that have a standard or will have one.
        neighbours: Vec<Neighbour>,
        /// Its declared links, both ways.
        links: Vec<Link>,
    }
    /// Many responses, grouped into proposals.
    ResponseScreening {
        /// How many rows there are.
        responses: usize,
        /// Different proposals, those that change most first; ties: the order
        /// of the file.
        proposals: Vec<Proposal>,
        /// Rows that could not be screened.
        not_screened: Vec<ResponseNote>,
        /// Notes on rows and on the header.
        notes: Vec<ResponseNote>,
    }
    /// A proposal that one or more responses make.
    Proposal {
        /// The question that it answers.
        question: Question,
        /// The proposal in words.
        title: String,
        /// How many responses make it.
        responses: usize,
        /// Their lines in the file.
        lines: Vec<u64>,
        /// Their reasons, in the order of the file, each once.
        rationales: Vec<String>,
        /// The people who made it; empty unless requested.
        respondents: Vec<Respondent>,
        /// The size of its effect: [`Effect::size`].
        size: usize,
        /// The screening of the proposal.
        screening: Screening,
    }
    /// A person who responded.
    Respondent {
        /// The line of the file.
        line: u64,
        /// The person.
        respondent: Option<String>,
        /// Their organisation.
        organisation: Option<String>,
        /// Their address.
        email: Option<String>,
    }
    /// A note on a row.
    ResponseNote {
        /// The line of the file, from 1.
        line: u64,
        /// The note.
        message: String,
    }
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
