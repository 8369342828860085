//! The result of a derivation: programmes as data that serialise and
//! deserialise.

use serde::{Deserialize, Serialize};

use super::item::{Item, Support, Tier};
use super::policy::Policy;
use super::topic::{CoreTopic, GroupCore, NearTopic};
use crate::map::{BranchName, MapInfo, OccupationName, Reason, SharedText};
use crate::map::{Duty, Kind};

/// All programmes of a map, and everything without one, with the reasons.
///
/// Serialises to the JSON of the command line (`"format": "tlevel-programmes"`,
/// version 1), and deserialises from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Derivation {
    pub(super) format: DerivationFormat,
    pub(super) version: u32,
    /// The map.
    pub map: MapInfo,
    /// The policy that was applied.
    pub policy: Policy,
    /// One programme for each pathway with an eligible occupation, in the
    /// order of the map.
    pub programmes: Vec<Programme>,
    /// The pathways without one.
    pub no_programme: Vec<NoProgramme>,
    /// Occupations that are on no pathway of the map.
    pub set_aside: Vec<SetAside>,
    /// Notes on the derivation as a whole.
    pub notes: Vec<Note>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum DerivationFormat {
    #[serde(rename = "tlevel-programmes")]
    Programmes,
}

/// One pathway's T Level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Programme {
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// The occupations that count for the core.
    pub counting: Vec<OccupationName>,
    /// What the route's pathways share. Support is out of the route's
    /// occupations. If the policy shares topics: what is core of the topics that
    /// the programme lists.
    pub route_core: Vec<Item>,
    /// What the pathway's occupations share beyond the route core.
    pub pathway_core: Vec<Item>,
    /// What groups of the pathway's units share beyond both; empty if the policy
    /// shares statements.
    #[serde(default)]
    pub group_core: Vec<GroupCore>,
    /// The specialised content, to choose from.
    pub specialisms: Vec<Specialism>,
    /// What fell just short of a core: the pathway's, then the route's. In
    /// each, the nearest come first, then those that most occupations have.
    /// Empty if the policy shares topics: see `near_topics`.
    pub near_misses: Vec<NearMiss>,
    /// The pathway's occupations that the programme does not serve.
    pub excluded: Vec<Excluded>,
    /// The core by topics: the route's, the pathway's, then those of groups; in
    /// each tier the general ones first, then those that most occupations have.
    /// Empty if the policy shares statements. What their elements and sources
    /// say is in `route_core`, `pathway_core` and `group_core` too, concept by
    /// concept.
    #[serde(default)]
    pub topics: Vec<CoreTopic>,
    /// The topics just short of a core, at most ten, the most decisive first: the
    /// pathway's, then the route's. In each, those that lack the fewest come
    /// first; then those on which a blocking unit has statements, though too few;
    /// then those that are rarest by chance. A topic just short of both cores
    /// is listed for the pathway.
    #[serde(default)]
    pub near_topics: Vec<NearTopic>,
    /// What a panel should know.
    pub notes: Vec<Note>,
}

/// Specialised content for an occupation, an option, or a group of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Specialism {
    /// Its title: the unit's or cluster's, or the merged titles.
    pub title: String,
    /// The occupations that it serves.
    pub occupations: Vec<String>,
    /// The option, if the specialism is for one.
    pub option: Option<String>,
    /// What all its units have beyond the core.
    pub content: Vec<Item>,
    /// In a group: what each unit adds to that.
    pub adds: Vec<Addition>,
}

impl Specialism {
    /// Everything in it: what its units share, then what each adds.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.content.iter().chain(self.adds.iter().flat_map(|addition| &addition.content))
    }

    /// Whether a duty of one of its occupations is a performance outcome of it.
    /// A specialism for one option has the duties of that option and those of
    /// no option.
    pub fn is_served_by(&self, duty: Duty<'_>) -> bool {
        self.has_duties_of(duty.options())
    }

    /// Whether duties of these options are performance outcomes of it.
    pub(super) fn has_duties_of(&self, options: &[String]) -> bool {
        options.is_empty() || self.option.as_ref().is_none_or(|own| options.contains(own))
    }
}

/// What a unit of a grouped specialism has beyond what the group shares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Addition {
    /// The occupation.
    pub occupation: String,
    /// The option, if the unit is one.
    pub option: Option<String>,
    /// What it adds.
    pub content: Vec<Item>,
}

/// A concept just short of its tier's quorum, with the occupations or pathways
/// that lack it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearMiss {
    /// The concept's id.
    pub concept: SharedText,
    /// Its kind.
    pub kind: Kind,
    /// The label that judges gave the concept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The verbatim wording of the most central statement behind the support.
    pub text: String,
    /// The tier.
    pub tier: Tier,
    /// How many have it: occupations, or pathways that hold it.
    pub have: usize,
    /// How many would need to have it.
    pub need: usize,
    /// How many counting occupations have it, out of how many, in the pathway
    /// or in the whole route.
    pub support: Support,
    /// Those that do not have it: ids of occupations or of pathways.
    pub blockers: Vec<String>,
}

/// An occupation that a programme does not serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Excluded {
    /// Its id.
    pub occupation: String,
    /// Its title.
    pub title: String,
    /// Its level, if it has one.
    pub level: Option<i64>,
    /// Why: its level, an apprenticeship-only branch, an exception in the
    /// policy, or the reason for which the map set it aside.
    pub reason: Reason,
    /// The marked branch, for `apprenticeship-only`.
    pub branch: Option<String>,
}

/// A pathway without a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoProgramme {
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// Why: apprenticeship-only, no occupation, or no eligible occupation.
    pub reason: Reason,
    /// The marked branch that closes it.
    pub branch: Option<String>,
    /// Its occupations, each with its reason.
    pub excluded: Vec<Excluded>,
}

/// An occupation on no pathway of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SetAside {
    /// Its id.
    pub occupation: String,
    /// Its title.
    pub title: String,
    /// Its level, if it has one.
    pub level: Option<i64>,
    /// Why it was set aside.
    pub reason: Reason,
    /// The route's name, if the source gives one.
    pub route: Option<String>,
    /// The pathway's name, if the source gives one.
    pub pathway: Option<String>,
}

/// Something that people should know about a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Note {
    /// What it is about.
    pub code: NoteCode,
    /// The note in words.
    pub message: String,
    /// The two statements, of [`NoteCode::NearDuplicate`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<Box<NearPair>>,
}

/// Two statements of different concepts that are nearly alike, one in the core and one
/// outside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearPair {
    /// How alike they are, from 0 to 1.
    pub score: f64,
    /// The one whose concept is in the core.
    pub core: NearStatement,
    /// The other.
    pub outside: NearStatement,
}

/// A statement of a [`NearPair`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearStatement {
    /// The id of its occupation.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// Its id in the occupation.
    pub statement: String,
    /// Its text.
    pub text: String,
}

/// The subject of a note. Serialises in kebab-case: `empty-core`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoteCode {
    /// An entry of the policy matches nothing on the map.
    PolicyUnmatched,
    /// The map yields no programme.
    NoProgrammes,
    /// Two statements of different concepts are nearly alike.
    NearDuplicate,
    /// No occupation of the pathway counts for the core.
    NoCountingOccupation,
    /// Only one occupation counts.
    SingleOccupation,
    /// Nothing is core.
    EmptyCore,
    /// Nothing is route core.
    EmptyRouteCore,
    /// Nothing is pathway core.
    EmptyPathwayCore,
    /// Occupations without a statement.
    OccupationsWithoutStatements,
    /// The core is too large for the content of the specialisms.
    CoreOutOfBalance,
    /// A panel's decision changed the programme.
    Decided,
    /// The core shares no more topics than occupations drawn at random.
    NoMoreThanChance,
}

impl Note {
    pub(crate) fn new(code: NoteCode, message: String) -> Self {
        Note { code, message, pair: None }
    }
}

impl Programme {
    /// The group core that learners of a specialism study beyond it.
    pub fn group_core_of<'p>(&'p self, specialism: &'p Specialism) -> impl Iterator<Item = &'p Item> {
        let studies = |group: &&GroupCore| specialism.occupations.iter().any(|o| group.occupations.contains(o));
        self.group_core.iter().filter(studies).flat_map(|group| &group.content)
    }

    /// Whether the map has a statement for an occupation that the programme serves.
    /// Without one there is nothing to draft: what the route shares comes from other
    /// pathways.
    pub fn has_statements(&self) -> bool {
        !self.counting.is_empty() || self.specialisms.iter().any(|specialism| specialism.items().next().is_some())
    }

    /// All items with their tiers. An item in several specialisms appears
    /// several times.
    pub fn items(&self) -> impl Iterator<Item = (&Item, Tier)> {
        let route = self.route_core.iter().map(|item| (item, Tier::Route));
        let pathway = self.pathway_core.iter().map(|item| (item, Tier::Pathway));
        let group = self.group_core.iter().flat_map(|group| &group.content).map(|item| (item, Tier::Group));
        let special = self.specialisms.iter().flat_map(Specialism::items).map(|item| (item, Tier::Specialism));
        route.chain(pathway).chain(group).chain(special)
    }
}

impl Derivation {
    /// The programme of the pathway with that id.
    pub fn programme(&self, pathway: &str) -> Option<&Programme> {
        self.programmes.iter().find(|p| p.pathway.id == pathway)
    }
}
