//! The items of a programme, and the tiers that they are in.

use serde::{Deserialize, Serialize};

use crate::concept::Topic;
use crate::map::{Kind, SharedText, StatementRef};

/// A concept in a programme, with the evidence that it belongs there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Item {
    /// The concept's id.
    pub concept: SharedText,
    /// Its kind.
    pub kind: Kind,
    /// The label that judges gave the concept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The topic under which it is taught, if the policy shares topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicName>,
    /// The verbatim wording of the most central statement: among those behind
    /// the support for a core item, among the unit's own for a specialism's
    /// item.
    pub text: String,
    /// How many counting occupations have it, out of how many: of the route for
    /// route core, of the group for group core, otherwise of the pathway.
    pub support: Support,
    /// The statements behind the support. In a specialism, also the unit's own
    /// statements that do not count (those of its option).
    pub statements: Vec<StatementRef>,
    /// The route's other pathways that hold it, unless it is route core.
    pub also_in: Vec<String>,
}

/// A number out of a whole, such as 4 of 5 occupations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// How many have it.
    pub have: usize,
    /// Out of how many.
    pub of: usize,
}

/// The position of a concept in a programme, the highest tier first. A near
/// miss belongs to one of the first two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// The route core. A near miss of it is short of pathways that hold it.
    Route,
    /// The pathway core. A near miss of it is short of occupations that have
    /// it.
    Pathway,
    /// The core of a group of units.
    Group,
    /// The specialisms of the occupations that have it.
    Specialism,
    /// The near misses. The concept may also be in a specialism or the pathway
    /// core.
    NearMiss,
}

impl Tier {
    /// All tiers, the highest first.
    pub const ALL: [Tier; 5] = [Tier::Route, Tier::Pathway, Tier::Group, Tier::Specialism, Tier::NearMiss];

    /// The tier in words: `route core`, `pathway core`, `group core`, `specialism`,
    /// `near miss`.
    pub const fn name(self) -> &'static str {
        match self {
            Tier::Route => "route core",
            Tier::Pathway => "pathway core",
            Tier::Group => "group core",
            Tier::Specialism => "specialism",
            Tier::NearMiss => "near miss",
        }
    }
}

/// A topic by its id and heading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TopicName {
    /// Its id.
    pub id: SharedText,
    /// Its heading.
    pub heading: SharedText,
}

impl TopicName {
    /// The name of a topic.
    pub(crate) fn of(topic: &Topic) -> Self {
        TopicName { id: (&topic.id).into(), heading: (&topic.heading).into() }
    }
}
