//! The core by topics, as data that serialise and deserialise.

use serde::{Deserialize, Serialize};

use super::item::{Item, Support, Tier};
use crate::concept::{HeadingSource, Nature};
use crate::map::{BranchName, SharedText};

/// A topic of the core, with the evidence that it belongs there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CoreTopic {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Where the heading comes from.
    #[serde(default)]
    pub source: HeadingSource,
    /// Its tier: route core, pathway core or group core.
    pub tier: Tier,
    /// The group, for group core: its id and title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<BranchName>,
    /// Whether it is general or occupational.
    pub nature: Nature,
    /// How many counting occupations have it, out of how many: of the route, of
    /// the pathway, or (options too) of the group.
    pub support: Support,
    /// What each of the units with a statement on it has, in the order of the
    /// map.
    pub holders: Vec<TopicHolder>,
    /// How usual it is: how many counting occupations of the whole map have it.
    pub usual: Support,
    /// The chance that at least as many of as many occupations have it, if they
    /// are drawn from all counting occupations of the map at random. It is exact,
    /// and not corrected for how many topics are looked at.
    pub chance: f64,
    /// Whether people decided its tier.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    /// What at least two units share: statements that say the same or overlap. What
    /// people decided to be core, concept by concept, is an element whoever has it.
    /// What most units have comes first, then by kind and the order of the map.
    pub elements: Vec<Element>,
    /// Statements that one unit has, for the panel to word into the core: the
    /// surest first. Those of the programme's own pathway, unless people decided that
    /// the whole route has the topic.
    pub sources: Vec<ScoredStatement>,
    /// Statements that one unit has, left to its specialism under this heading:
    /// those of the programme's own units, the surest first.
    pub left: Vec<ScoredStatement>,
}

/// A unit with statements on a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopicHolder {
    /// The occupation.
    pub occupation: String,
    /// The option, if the unit is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// How many of its counting statements are on the topic.
    pub statements: usize,
    /// How many counting statements it has.
    pub of: usize,
    /// Whether that is enough for it to have the topic.
    pub has: bool,
}

/// An element of a topic: concepts that say the same or overlap, shown in their
/// most central wording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Element {
    /// The central concept, with the statements of all of them behind it.
    #[serde(flatten)]
    pub item: Item,
    /// The other concepts, the most similar first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<JoinedConcept>,
}

/// A concept that was joined to an element.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JoinedConcept {
    /// Its id.
    pub concept: SharedText,
    /// Its wording.
    pub text: String,
    /// The score with the most similar other concept of the element.
    pub score: f64,
}

/// A statement, and how much speaks for its topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredStatement {
    /// The occupation.
    pub occupation: SharedText,
    /// The statement.
    pub statement: SharedText,
    /// Its text.
    pub text: String,
    /// The score of the topic; 1 for what people decided, 0 for a statement that
    /// is taught under the topic only because others of its concept are.
    pub score: f64,
}

/// Content that a group of a pathway's units shares beyond the route core and
/// the pathway core: the occupations of a cluster, or the options of one
/// standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupCore {
    /// The cluster, or the occupation whose options share it.
    pub group: BranchName,
    /// The occupations that study it: those of the group that the programme
    /// serves.
    pub occupations: Vec<String>,
    /// The options, if the units are options of one occupation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The content, by kind, then in the order of the map.
    pub content: Vec<Item>,
}

/// A topic just short of a core.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearTopic {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Whether it is general or occupational.
    pub nature: Nature,
    /// The tier that it misses.
    pub tier: Tier,
    /// How many have it: occupations, or pathways that hold it.
    pub have: usize,
    /// How many would need to.
    pub need: usize,
    /// How many counting occupations have it, out of how many, in the pathway
    /// or in the whole route.
    pub support: Support,
    /// The chance that at least as many of as many occupations of the map have
    /// it.
    pub chance: f64,
    /// The units with statements on it, whether or not these are enough.
    pub holders: Vec<TopicHolder>,
    /// Those that do not have it: ids of occupations or of pathways.
    pub blockers: Vec<String>,
}
