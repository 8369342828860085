//! What a difference does to the programmes, as data that serialise and read
//! back.

use serde::{Deserialize, Serialize};

use crate::derive::{Quorum, Support};
use crate::map::{BranchName, Kind, OccupationName, Reason};

/// What changes in the programmes. Empty lists are left out of the JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Effect {
    /// How the policy differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyDiff>,
    /// The programmes that change: those of the new map in its order, then
    /// those that only the old map has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<ProgrammeEffect>,
}

impl Effect {
    /// Does nothing change? A policy that differs and changes no programme is
    /// no effect.
    pub fn is_empty(&self) -> bool {
        self.programmes.is_empty()
    }

    /// How much changes, as a count to rank by: core items gained and lost,
    /// specialisms gained and lost, and programmes that appear or disappear. An
    /// item of a route core counts in each of the route's programmes; what
    /// changes inside a specialism that stays does not count.
    ///
    /// ```
    /// assert_eq!(tlevel::change::Effect::default().size(), 0);
    /// ```
    pub fn size(&self) -> usize {
        let of_tier = |tier: &TierEffect| tier.gained.len() + tier.lost.len();
        let of_programme = |p: &ProgrammeEffect| {
            let specialisms = p.specialisms_gained.len() + p.specialisms_lost.len();
            of_tier(&p.route_core) + of_tier(&p.pathway_core) + specialisms + usize::from(p.fate != Fate::Changes)
        };
        self.programmes.iter().map(of_programme).sum()
    }
}

/// How two policies differ.
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

/// What becomes of one pathway's programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProgrammeEffect {
    /// The route: of the new map, where that has the pathway.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// Does the programme appear, stay or disappear?
    pub fate: Fate,
    /// Why there was none, or is none any more: the reason of `no_programme`,
    /// or `not-on-the-map`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The marked branch behind that reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Occupations that newly count for the core.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counting_gained: Vec<OccupationName>,
    /// Those that no longer do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counting_lost: Vec<OccupationName>,
    /// The route core.
    #[serde(default, skip_serializing_if = "TierEffect::is_empty")]
    pub route_core: TierEffect,
    /// The pathway core.
    #[serde(default, skip_serializing_if = "TierEffect::is_empty")]
    pub pathway_core: TierEffect,
    /// New specialisms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialisms_gained: Vec<SpecialismEffect>,
    /// Specialisms that are no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialisms_lost: Vec<SpecialismEffect>,
    /// Specialisms that stay, with another title, other content or other
    /// performance outcomes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialisms_changed: Vec<SpecialismEffect>,
}

/// What becomes of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// Only the new map has it.
    Appears,
    /// Both have it.
    Changes,
    /// Only the old map has it.
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
    /// Is there neither gain nor loss?
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty()
    }
}

/// An item that a core gains or loses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ItemEffect {
    /// The concept's id: the new one of what is gained, the old one of what is
    /// lost.
    pub concept: String,
    /// Its kind.
    pub kind: Kind,
    /// What the judges of the concept call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The wording that stands for it.
    pub text: String,
    /// How many of how many have it, in the core that it is in.
    pub support: Support,
    /// Where it stands in the same pathway in the other map.
    pub other: Standing,
    /// What changes brought it about.
    pub causes: Vec<Cause>,
}

/// Where an item stands in the other map's programme of the pathway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// In the route core.
    RouteCore,
    /// In the pathway core.
    PathwayCore,
    /// In a specialism.
    Specialism,
    /// Nowhere.
    None,
}

/// A change that speaks for an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cause {
    /// What sort of change.
    pub kind: CauseKind,
    /// The occupation that changed, or whose statement did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<String>,
    /// The statement: of the old map if it was removed, else of the new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The branch that was opened or closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
}

/// The sorts of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CauseKind {
    /// The occupation is new.
    OccupationAdded,
    /// It is no more.
    OccupationRemoved,
    /// It stands elsewhere.
    OccupationMoved,
    /// It has another level.
    OccupationReLevelled,
    /// It has its first statement that counts, or lost its last.
    OccupationStatements,
    /// A branch above it was opened to T Levels.
    BranchOpened,
    /// A branch above it was closed.
    BranchClosed,
    /// The statement is new.
    StatementAdded,
    /// It is no more.
    StatementRemoved,
    /// It has another wording.
    StatementReworded,
    /// It belongs to other options.
    StatementOptions,
    /// It is as it was, and joined with others than before.
    StatementRegrouped,
    /// The policy differs.
    Policy,
    /// Something else: a branch that moved, for one.
    Other,
}

/// A specialism that comes, goes or changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpecialismEffect {
    /// What it is called.
    pub title: String,
    /// The occupations that it serves.
    pub occupations: Vec<String>,
    /// The option, for a specialism of one.
    pub option: Option<String>,
    /// How many items it has: in the old map, if it is no more.
    pub items: usize,
    /// Wordings that it gains; none for one that comes or goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<String>,
    /// Wordings that it loses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<String>,
    /// What it was called, if it is called otherwise now.
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
    /// Does it stay as it was, by name, content and outcomes?
    pub(in crate::change) fn is_same(&self) -> bool {
        self.was.is_none()
            && self.gained.is_empty()
            && self.lost.is_empty()
            && self.outcomes_gained.is_empty()
            && self.outcomes_lost.is_empty()
            && self.outcomes_reworded.is_empty()
    }
}
