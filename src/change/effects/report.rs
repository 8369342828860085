//! The effects of a difference on the programmes, as data that serialise and
//! deserialise.

use serde::{Deserialize, Serialize};

use crate::derive::{Quorum, Support, Tier};
use crate::map::{BranchName, Kind, OccupationName, Reason};

/// What changes in the programmes. Empty lists are left out of the JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Effect {
    /// The differences of the policies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyDiff>,
    /// The programmes that change: those of the new map in its order, then
    /// those that only the old map has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<ProgrammeEffect>,
}

impl Effect {
    /// Whether nothing changes. A policy that differs but changes no programme
    /// is not an effect.
    pub fn is_empty(&self) -> bool {
        self.programmes.is_empty()
    }

    /// The size of the effect, a count for ranking: core topics gained, lost and
    /// moved, core items gained and lost, specialisms with content gained and lost, and
    /// programmes that appear or disappear. An item or a topic of a route core
    /// counts in each of the route's programmes. Changes
    /// inside a specialism that remains do not count.
    ///
    /// ```
    /// assert_eq!(tlevel::change::Effect::default().size(), 0);
    /// ```
    pub fn size(&self) -> usize {
        let of_tier = |tier: &TierEffect| tier.gained.len() + tier.lost.len();
        let of_programme = |p: &ProgrammeEffect| {
            let specialisms = p.specialisms_gained.iter().chain(&p.specialisms_lost).filter(|s| s.items > 0).count();
            let items = of_tier(&p.route_core) + of_tier(&p.pathway_core) + of_tier(&p.group_core);
            p.topics.len() + items + specialisms + usize::from(p.fate != Fate::Changes)
        };
        self.programmes.iter().map(of_programme).sum()
    }
}

/// The differences of two policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PolicyDiff {
    /// The quorum of the pathways, old and new.
    pub quorum: [Quorum; 2],
    /// The quorum of the routes, old and new.
    pub route_quorum: [Quorum; 2],
    /// The other members of the policy format that differ.
    pub others: Vec<String>,
}

/// The effect on one pathway's programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProgrammeEffect {
    /// The route: of the new map if that has the pathway.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// Whether the programme appears, changes or disappears.
    pub fate: Fate,
    /// Why there was no programme, or there is none any longer: the reason of
    /// `no_programme`, or `not-on-the-map`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The marked branch behind that reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Occupations that now count for the core and did not before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counting_gained: Vec<OccupationName>,
    /// Occupations that no longer count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counting_lost: Vec<OccupationName>,
    /// The topics that the core gains or loses, or that move within it: in the
    /// order of the new programme, then the lost ones in that of the old. Empty if
    /// statements are shared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicEffect>,
    /// The route core, item by item.
    #[serde(default, skip_serializing_if = "TierEffect::is_empty")]
    pub route_core: TierEffect,
    /// The pathway core.
    #[serde(default, skip_serializing_if = "TierEffect::is_empty")]
    pub pathway_core: TierEffect,
    /// The cores of groups.
    #[serde(default, skip_serializing_if = "TierEffect::is_empty")]
    pub group_core: TierEffect,
    /// New specialisms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialisms_gained: Vec<SpecialismEffect>,
    /// Specialisms that no longer exist.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialisms_lost: Vec<SpecialismEffect>,
    /// Specialisms that remain, with another title, other content or other
    /// performance outcomes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialisms_changed: Vec<SpecialismEffect>,
}

/// What happens to a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// Only the new map has the programme.
    Appears,
    /// Both maps have the programme.
    Changes,
    /// Only the old map has the programme.
    Disappears,
}

/// Items that a core gains and loses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct TierEffect {
    /// In the order of the new core.
    pub gained: Vec<ItemEffect>,
    /// In the order of the old one.
    pub lost: Vec<ItemEffect>,
}

impl TierEffect {
    /// Whether there is neither gain nor loss.
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty()
    }
}

/// A topic that the core of a programme gains or loses, or that moves within it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopicEffect {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its old tier; `None` if it was not core.
    pub was: Option<Tier>,
    /// Its new tier; `None` if it is no longer core.
    pub is: Option<Tier>,
    /// The groups that have it as group core, where the tier is that of groups:
    /// the new ones, or the old ones if it is not group core any longer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<BranchName>,
    /// How many have it, out of how many: in the new core, or in the old one if it
    /// is lost.
    pub support: Support,
    /// The changes that caused it.
    pub causes: Vec<Cause>,
}

/// An item that a core gains or loses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ItemEffect {
    /// The concept's id: the new one of a gained item, the old one of a lost
    /// item.
    pub concept: String,
    /// Its kind.
    pub kind: Kind,
    /// The label that judges gave the concept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The wording shown for it.
    pub text: String,
    /// How many have it, out of how many, in the core that it is in.
    pub support: Support,
    /// Its standing in the same pathway of the other map.
    pub other: Standing,
    /// The changes that caused it.
    pub causes: Vec<Cause>,
}

/// The standing of an item in the other map's programme of the pathway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// In the route core.
    RouteCore,
    /// In the pathway core.
    PathwayCore,
    /// In the core of a group.
    GroupCore,
    /// In a specialism.
    Specialism,
    /// Nowhere.
    None,
}

/// A change that explains an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cause {
    /// The kind of change.
    pub kind: CauseKind,
    /// The occupation that changed, or whose statement did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<String>,
    /// The statement: of the old map if it was removed, otherwise of the new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The branch that was opened or closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
}

/// The kinds of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CauseKind {
    /// The occupation is new.
    OccupationAdded,
    /// The occupation no longer exists.
    OccupationRemoved,
    /// The occupation has another place.
    OccupationMoved,
    /// The occupation has another level.
    OccupationReLevelled,
    /// The occupation has its first counting statement, or lost its last.
    OccupationStatements,
    /// A branch above it was opened to T Levels.
    BranchOpened,
    /// A branch above it was closed.
    BranchClosed,
    /// The statement is new.
    StatementAdded,
    /// The statement no longer exists.
    StatementRemoved,
    /// The statement has another wording.
    StatementReworded,
    /// The statement belongs to other options.
    StatementOptions,
    /// The statement is unchanged, but joined with other statements than
    /// before.
    StatementRegrouped,
    /// The policy differs.
    Policy,
    /// Something else, such as a branch that moved.
    Other,
}

/// A specialism that is added, removed or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpecialismEffect {
    /// Its title.
    pub title: String,
    /// The occupations that it serves.
    pub occupations: Vec<String>,
    /// The option, if the specialism is for one.
    pub option: Option<String>,
    /// How many items it has; in the old map if it no longer exists.
    pub items: usize,
    /// Wordings that it gains; empty if it is added or removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<String>,
    /// Wordings that it loses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<String>,
    /// Its old title, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Performance outcomes (duties) that it gains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes_gained: Vec<String>,
    /// Performance outcomes that it loses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes_lost: Vec<String>,
    /// Performance outcomes with another wording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes_reworded: Vec<OutcomeReworded>,
}

/// A performance outcome with another wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OutcomeReworded {
    /// The old wording.
    pub from: String,
    /// The new one.
    pub to: String,
}

impl SpecialismEffect {
    /// Whether its name, content and outcomes are unchanged.
    pub(in crate::change) fn is_same(&self) -> bool {
        self.was.is_none()
            && self.gained.is_empty()
            && self.lost.is_empty()
            && self.outcomes_gained.is_empty()
            && self.outcomes_lost.is_empty()
            && self.outcomes_reworded.is_empty()
    }
}
