//! What screenings say, as data that serialise and read back.

use serde::{Deserialize, Serialize};

use crate::change::place;
use crate::change::records;
use crate::change::{BranchAt, Effect, OccupationPlace};
use crate::map::{BranchTier, Kind, Level, MapInfo, Occupation, OccupationName, Status};
use crate::place::{NearOccupation, Placement};
use crate::read::RawOccupation;

/// A screening, with the map and the policy that it is for.
///
/// Serialises to the JSON of the command line (`"format":
/// "tlevel-consultation"`, version 1) and reads back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScreeningReport {
    format: ReportFormat,
    version: u32,
    /// The map.
    pub map: MapInfo,
    /// The name of the policy.
    pub policy: String,
    /// What was screened.
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
    /// (a) of an occupation that may be missing.
    NewOccupation(Box<NewScreening>),
    /// (b) of an occupation that may move.
    MoveOccupation(Box<MoveScreening>),
    /// (c) of a branch that may be opened.
    OpenBranch(Box<OpenScreening>),
    /// Of many responses.
    Responses(Box<ResponseScreening>),
    /// Of the occupations without a standard.
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
    /// (a) An occupation that the map may lack.
    NewScreening {
        /// Its id: its own, or one that is not taken.
        id: String,
        /// Its title.
        title: String,
        /// The level.
        level: LevelSuggestion,
        /// The clusters that suit it, the best first, with a verdict.
        placement: Placement,
        /// The places of those clusters, in their order.
        places: Vec<OccupationPlace>,
        /// Occupations that it overlaps: the largest share of its statements
        /// first, then the most alike; ties in the order of the map.
        overlaps: Vec<Overlap>,
        /// How many different things its statements say.
        concepts: usize,
        /// How many of them no occupation of the map says.
        only_own: usize,
        /// Where it is put to see what it would do; none on a map without
        /// clusters.
        target: Option<Target>,
        /// Occupations of that pathway one band up that it may lead to, the most
        /// alike first.
        above: Vec<NearOccupation>,
        /// Those one band down that may lead to it.
        below: Vec<NearOccupation>,
        /// Links that the proposal declares.
        links: Vec<Link>,
        /// Who regulates it, its degree, duration and funding, as proposed.
        facts: OccupationFacts,
        /// What it would do to the programmes; none where it cannot be put
        /// anywhere.
        outcome: Option<Outcome>,
        /// What the consultation asks and no map holds.
        open_questions: Vec<OpenQuestion>,
        /// What is not recorded here.
        missing: Vec<MissingFact>,
    }
    /// A level, and what its nearest neighbours speak for.
    LevelSuggestion {
        /// As proposed.
        given: Option<Level>,
        /// The level of most of the nearest neighbours, each weighed by its
        /// likeness; of equals the lower. None without a neighbour.
        suggested: Option<Level>,
        /// The nearest occupations of the map, up to five.
        neighbours: Vec<Neighbour>,
    }
    /// An occupation of the map, and how alike it is.
    Neighbour {
        /// The occupation.
        occupation: KnownOccupation,
        /// The cosine of their words, from 0 to 1, as [`Placer`](crate::place::Placer) weighs them.
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
        /// How far its standard has come.
        status: Status,
        /// Where it stands.
        place: OccupationPlace,
    }
    /// What an occupation shares with another.
    Overlap {
        /// The other.
        occupation: KnownOccupation,
        /// How alike their words are, from 0 to 1.
        likeness: f64,
        /// How many concepts both have.
        shared: usize,
        /// How many the occupation has.
        of: usize,
        /// How many the other has.
        of_other: usize,
        /// The statements that say the same, in the occupation's order.
        statements: Vec<PairedStatement>,
    }
    /// Two statements of one concept.
    PairedStatement {
        /// Their kind.
        kind: Kind,
        /// The statement's id.
        statement: String,
        /// Its wording.
        text: String,
        /// The id of the other occupation's.
        other: String,
        /// Its wording.
        other_text: String,
        /// How much they say in the same words, as [`likeness`](fn@crate::change::likeness)
        /// has it.
        likeness: f64,
    }
    /// A place that was named, and the cluster that it comes to.
    Target {
        /// The branch that was named.
        named: BranchAt,
        /// The cluster.
        cluster: OccupationPlace,
        /// Is it the first suggestion within that branch? Else the cluster
        /// itself was named.
        is_suggested: bool,
        /// The widest branch above it, or itself, that is apprenticeship-only, by
        /// the map or the policy.
        closed_by: Option<BranchAt>,
    }
    /// What a proposal would do to the programmes.
    Outcome {
        /// How much changes: [`Effect::size`].
        size: usize,
        /// What changes.
        effect: Effect,
    }
    /// A declared link to a higher or lower occupation.
    Link {
        /// Which way it leads.
        direction: LinkDirection,
        /// The other's id.
        id: String,
        /// The other; none if it is not on the map.
        occupation: Option<KnownOccupation>,
    }
    /// Something that the consultation asks and that no map holds.
    OpenQuestion {
        /// A fixed code.
        code: String,
        /// The question.
        asks: String,
    }
    /// Something that a map can hold, and this one does not.
    MissingFact {
        /// `no-statements`, `no-level`, `no-progression`,
        /// `no-mandatory-qualifications`, `no-barriers`, `no-reasons`.
        code: String,
        /// The occupations (or the branch) without it.
        of: Vec<OccupationName>,
    }
    /// (b) An occupation that may move.
    MoveScreening {
        /// The occupation.
        occupation: KnownOccupation,
        /// Where it would stand.
        target: Target,
        /// How far it would move: the highest tier that is another. Pathways are
        /// compared where it leaves its own, else clusters.
        across: BranchTier,
        /// The neighbours that it would leave.
        from: Side,
        /// Those that it would join.
        to: Side,
        /// Statement by statement: who else says the same, there and here.
        comparison: Vec<Comparison>,
        /// Qualifications that it requires, and who else does.
        ties: Vec<Tie>,
        /// That it is regulated, and who else is by the same body; none where it
        /// is not, or nothing is recorded.
        regulation: Option<Regulation>,
        /// Who regulates it, its degree, duration and funding, as recorded.
        facts: OccupationFacts,
        /// What bars learners, as recorded.
        barriers: Vec<String>,
        /// Its declared links, both ways.
        links: Vec<Link>,
        /// Where it would be put if it were new; its own record left out.
        placement: Placement,
        /// The places of those clusters, in their order.
        places: Vec<OccupationPlace>,
        /// The place of its own cluster among all, from 1.
        rank_from: Option<usize>,
        /// The place of the new one.
        rank_to: Option<usize>,
        /// What the move would do to the programmes.
        outcome: Outcome,
        /// What the consultation asks and no map holds.
        open_questions: Vec<OpenQuestion>,
        /// What is not recorded here.
        missing: Vec<MissingFact>,
    }
    /// One side of a move: the neighbours in a pathway or a cluster.
    Side {
        /// The pathway's or the cluster's id.
        id: String,
        /// Its name.
        name: String,
        /// How many of the occupation's concepts a neighbour has.
        shared: usize,
        /// How many it has.
        of: usize,
        /// The neighbours: those that share most first; ties in the order of the
        /// map.
        neighbours: Vec<Overlap>,
    }
    /// Who says what a statement says.
    Comparison {
        /// Its kind.
        kind: Kind,
        /// The statement's id.
        statement: String,
        /// Its wording.
        text: String,
        /// The old neighbours that say it too.
        from: Vec<OccupationName>,
        /// The new ones.
        to: Vec<OccupationName>,
    }
    /// A qualification that is required.
    Tie {
        /// In the map's words.
        qualification: String,
        /// Old neighbours of the same words.
        from: Vec<OccupationName>,
        /// New ones.
        to: Vec<OccupationName>,
    }
    /// That an occupation is regulated.
    Regulation {
        /// The body, where one is recorded.
        by: Option<String>,
        /// Old neighbours that are regulated by the same body; where none is
        /// recorded, by any.
        from: Vec<OccupationName>,
        /// New ones.
        to: Vec<OccupationName>,
    }
    /// (c) A branch that may be opened.
    OpenScreening {
        /// The branch.
        branch: BranchAt,
        /// The marks on it, above it and within it, with the recorded reasons.
        marks: Vec<Mark>,
        /// What is done to see the programme that would result.
        lifted: Lifted,
        /// Its occupations, in the order of the map.
        occupations: Vec<BranchOccupation>,
        /// How much content there is beside two years, roughly.
        content: ContentEstimate,
        /// What opening would do to the programmes.
        outcome: Outcome,
        /// What the consultation asks and no map holds.
        open_questions: Vec<OpenQuestion>,
        /// What is not recorded here.
        missing: Vec<MissingFact>,
    }
    /// A mark as apprenticeship-only.
    Mark {
        /// Who marks it.
        source: MarkSource,
        /// The branch that is marked.
        branch: BranchAt,
        /// `heavy-machinery`, `barred-under-18`, `too-little-content`, `policy`.
        reasons: Vec<String>,
        /// In words.
        note: Option<String>,
    }
    /// How a branch is opened: it and all within it, and nothing else.
    Lifted {
        /// Ids of the branches whose mark is taken away.
        unmarked: Vec<String>,
        /// Ids of those beside it that a mark above closed: they get it in its
        /// place, and stay closed.
        kept_closed: Vec<String>,
    }
    /// An occupation of a branch that may be opened.
    BranchOccupation {
        /// The occupation.
        occupation: KnownOccupation,
        /// Is it at one of the policy's levels?
        at_level: bool,
        /// What bars learners, as recorded.
        barriers: Vec<String>,
        /// Qualifications that it requires.
        mandatory_qualifications: Vec<String>,
        /// Who regulates it, its degree, duration and funding, as recorded.
        facts: OccupationFacts,
        /// Words in its statements and duties that a reader may want to see;
        /// they prove nothing.
        words: Vec<WordEvidence>,
    }
    /// A statement or duty with words of a group.
    WordEvidence {
        /// Which group.
        group: WordGroup,
        /// The id of the statement or duty.
        statement: String,
        /// The words that were found, as the text has them.
        words: Vec<String>,
        /// The whole text.
        text: String,
    }
    /// How much content there is, beside two years.
    ContentEstimate {
        /// The pathways with a programme that is new or changed.
        programmes: Vec<ProgrammeContent>,
        /// What the content of the median programme of this map weighs, before
        /// opening; none without a programme that has content.
        median: Option<u32>,
        /// Of how many programmes that is.
        of: usize,
        /// The policy's bounds on the hours of a qualification.
        qualification_hours: [u32; 2],
    }
    /// How much content a programme has.
    ProgrammeContent {
        /// The pathway's id.
        pathway: String,
        /// Its name.
        name: String,
        /// How many occupations count for its core.
        counting: usize,
        /// How many specialisms it has.
        specialisms: usize,
        /// Different items of knowledge and skill, core and all specialisms.
        items: usize,
        /// What a learner's content weighs: the core and the mean specialism,
        /// knowledge 1 and skills 2.
        weight: u32,
        /// That over the median.
        share: Option<f64>,
        /// The policy's bounds times the share: hours that the content might
        /// fill, if the median programme fills two years.
        hours: Option<[u32; 2]>,
    }
    /// Occupations without a standard, none in development (the black ones).
    GapScreening {
        /// In the order of the map.
        gaps: Vec<Gap>,
        /// How many occupations of the map say nothing of their standard.
        unknown: usize,
        /// What the consultation asks and no map holds.
        open_questions: Vec<OpenQuestion>,
        /// What is not recorded here.
        missing: Vec<MissingFact>,
    }
    /// An occupation without a standard.
    Gap {
        /// The occupation.
        occupation: KnownOccupation,
        /// The widest branch above it that is apprenticeship-only, by the map or
        /// the policy.
        closed_by: Option<BranchAt>,
        /// The nearest occupations that have a standard, or are to have one.
        neighbours: Vec<Neighbour>,
        /// Its declared links, both ways.
        links: Vec<Link>,
    }
    /// Many responses, as proposals.
    ResponseScreening {
        /// How many rows there are.
        responses: usize,
        /// Different proposals: those that change most first; ties in the order
        /// of the file.
        proposals: Vec<Proposal>,
        /// Rows that could not be screened.
        not_screened: Vec<ResponseNote>,
        /// What else is to be said, row by row and of the header.
        notes: Vec<ResponseNote>,
    }
    /// A proposal that one or more responses make.
    Proposal {
        /// Which question it answers.
        question: Question,
        /// In words.
        title: String,
        /// How many responses make it.
        responses: usize,
        /// Their lines in the file.
        lines: Vec<u64>,
        /// What they give as reasons, in the order of the file, each once.
        rationales: Vec<String>,
        /// Who made it; empty unless asked for.
        respondents: Vec<Respondent>,
        /// How much it would change: [`Effect::size`].
        size: usize,
        /// What the map tells.
        screening: Screening,
    }
    /// Who answered.
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
    /// A row, and what is to be said of it.
    ResponseNote {
        /// The line of the file, from 1.
        line: u64,
        /// What.
        message: String,
    }
}

/// What is recorded of an occupation beside its statements; each none where
/// nothing is.
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
    /// The most public funding for an apprentice, in pounds.
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

/// Which way a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkDirection {
    /// The occupation leads to the other.
    LeadsTo,
    /// The other leads to it.
    ComesFrom,
}

/// Who marks a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkSource {
    /// The map.
    Map,
    /// The policy.
    Policy,
}

/// What words speak of.
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
