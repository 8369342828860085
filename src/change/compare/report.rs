//! The differences between two maps, as data that serialise and deserialise.

use serde::{Deserialize, Serialize};

use crate::change::matching::occupations::RecodedBy;
use crate::map::{BranchName, BranchTier, Kind, Level, MapInfo, Reason, Status};

/// The differences between two maps. Empty lists are left out of the JSON.
///
/// Lists follow the order of the map that has the items: the old map for what
/// was removed, otherwise the new one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct MapDiff {
    /// The old map.
    pub old: MapInfo,
    /// The new one.
    pub new: MapInfo,
    /// How many occupations were kept, recoded, added and so on.
    pub summary: Summary,
    /// Routes and pathways of one map that the other does not cover at all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_covered: Vec<NotCovered>,
    /// Routes, pathways and clusters that only the new map has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches_added: Vec<BranchAt>,
    /// Branches that only the old map has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches_removed: Vec<BranchAt>,
    /// Branches with another name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches_renamed: Vec<BranchRenamed>,
    /// Branches with the same name in the same place under another id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches_recoded: Vec<BranchRecoded>,
    /// Pathways in another route, clusters in another pathway.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches_moved: Vec<BranchMoved>,
    /// Branches that were apprenticeship-only, with their former reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<BranchMark>,
    /// Branches that are now apprenticeship-only, with the reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<BranchMark>,
    /// Branches that remain apprenticeship-only, but for other reasons or with
    /// another note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks_changed: Vec<MarkChanged>,
    /// Changed dates of first teaching.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teaching: Vec<TeachingChanged>,
    /// Occupations under another id. All other lists name them by the new id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recoded: Vec<Recoded>,
    /// Occupations that only the new map has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub occupations_added: Vec<OccupationAt>,
    /// Occupations that only the old map has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub occupations_removed: Vec<OccupationAt>,
    /// Occupations in another cluster.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<OccupationMoved>,
    /// Occupations at another level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relevelled: Vec<ReLevelled>,
    /// Occupations with another title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub retitled: Vec<ReTitled>,
    /// Occupations whose standard has another status.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<StatusChanged>,
    /// New statements of occupations that both maps have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements_added: Vec<StatementAt>,
    /// Statements that such occupations no longer have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements_removed: Vec<StatementAt>,
    /// Statements with another wording, old and new side by side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reworded: Vec<Reworded>,
    /// Statements with the same wording under another id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renumbered: Vec<Renumbered>,
    /// Statements that belong to other options.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options_changed: Vec<OptionsChanged>,
    /// New options of occupations that both maps have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options_added: Vec<OptionAt>,
    /// Options that such occupations no longer have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options_removed: Vec<OptionAt>,
    /// Options with another title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options_renamed: Vec<OptionRenamed>,
    /// New duties of occupations that both maps have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duties_added: Vec<DutyAt>,
    /// Duties that such occupations no longer have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duties_removed: Vec<DutyAt>,
    /// Duties with another wording, old and new side by side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duties_reworded: Vec<DutyReworded>,
    /// Occupations that differ in something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<DetailsChanged>,
}

/// A branch that one of the maps has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BranchAt {
    /// Its tier.
    pub tier: BranchTier,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of the branch above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// A branch with another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BranchRenamed {
    /// Its tier.
    pub tier: BranchTier,
    /// Its id.
    pub id: String,
    /// The old name.
    pub from: String,
    /// The new one.
    pub to: String,
}

/// A branch under another id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BranchRecoded {
    /// Its tier.
    pub tier: BranchTier,
    /// Its name, in the new map.
    pub name: String,
    /// The old id.
    pub from: String,
    /// The new one.
    pub to: String,
}

/// Routes or pathways of one map that the other does not cover at all: it
/// has neither the branch nor any of its occupations elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotCovered {
    /// Which of the maps lacks them.
    pub missing_in: MapSide,
    /// Their tier. Pathways of a route that is listed are not listed again.
    pub tier: BranchTier,
    /// The branches, as in the map that has them.
    pub branches: Vec<BranchName>,
    /// How many branches of that tier have occupations in that map.
    pub of: usize,
    /// How many occupations they hold.
    pub occupations: usize,
}

/// An occupation under another id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Recoded {
    /// The old id.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Its title, in the new map.
    pub title: String,
    /// Its level, in the new map.
    pub level: Level,
    /// How the two were matched.
    pub by: RecodedBy,
}

/// An option that one of the maps has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OptionAt {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The option's id.
    pub option: String,
    /// The option's title.
    pub name: String,
}

/// An option with another title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OptionRenamed {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The option's id, in the new map.
    pub option: String,
    /// The old title.
    pub from: String,
    /// The new one.
    pub to: String,
}

/// A duty that one of the maps has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DutyAt {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The duty's id.
    pub duty: String,
    /// Its wording.
    pub text: String,
}

/// A duty with another wording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DutyReworded {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The duty's id, in the new map.
    pub duty: String,
    /// Its id in the old map.
    pub was: String,
    /// The old wording.
    pub from: String,
    /// The new one.
    pub to: String,
    /// The share of words that the two have in common, from 0 to 1.
    pub likeness: f64,
}

/// A branch with another parent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BranchMoved {
    /// Its tier.
    pub tier: BranchTier,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The old parent.
    pub from: BranchName,
    /// The new one.
    pub to: BranchName,
}

/// A branch that was opened or closed to T Levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BranchMark {
    /// Its tier.
    pub tier: BranchTier,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The reasons for the mark.
    pub reasons: Vec<String>,
    /// The note of the mark.
    pub note: Option<String>,
}

/// A branch whose mark changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MarkChanged {
    /// Its tier.
    pub tier: BranchTier,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The old reasons.
    pub from: Vec<String>,
    /// The new ones.
    pub to: Vec<String>,
    /// The new note.
    pub note: Option<String>,
}

/// A branch that is first taught at another date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TeachingChanged {
    /// Its tier.
    pub tier: BranchTier,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The date that changed.
    pub date: TeachingDate,
    /// The old date.
    pub from: Option<String>,
    /// The new one.
    pub to: Option<String>,
}

/// The place of an occupation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OccupationPlace {
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// The cluster.
    pub cluster: BranchName,
}

/// An occupation that one of the maps has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OccupationAt {
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
    /// Why the other map has set it aside, if that map contains it.
    pub set_aside: Option<Reason>,
}

/// An occupation in another cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OccupationMoved {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How far it moved: the highest tier that changed.
    pub across: BranchTier,
    /// Its old place.
    pub from: OccupationPlace,
    /// Its new place.
    pub to: OccupationPlace,
}

/// An occupation at another level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReLevelled {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The old level.
    pub from: Level,
    /// The new one.
    pub to: Level,
}

/// An occupation with another title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReTitled {
    /// Its id.
    pub id: String,
    /// The old title.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Whether its standard was approved. The title was then fixed, and the
    /// change needs an explanation.
    pub was_approved: bool,
}

/// An occupation whose standard has another status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusChanged {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The old status.
    pub from: Status,
    /// The new one.
    pub to: Status,
}

/// A statement that one of the maps has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatementAt {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The statement's id.
    pub statement: String,
    /// Its kind.
    pub kind: Kind,
    /// Its wording.
    pub text: String,
}

/// A statement with another wording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reworded {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The statement's id, in the new map.
    pub statement: String,
    /// Its id in the old map.
    pub was: String,
    /// Its kind.
    pub kind: Kind,
    /// The old wording.
    pub from: String,
    /// The new one.
    pub to: String,
    /// The share of words that the two have in common, from 0 to 1.
    pub likeness: f64,
    /// How the two were matched.
    pub matched_by: MatchedBy,
}

/// A statement under another id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Renumbered {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The old id.
    pub from: String,
    /// The new one.
    pub to: String,
}

/// A statement with other options: only one without options counts for
/// sharing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OptionsChanged {
    /// The occupation's id.
    pub occupation: String,
    /// The occupation's title.
    pub title: String,
    /// The statement's id, in the new map.
    pub statement: String,
    /// The old options, given with it or implied by duties.
    pub from: Vec<String>,
    /// The new ones.
    pub to: Vec<String>,
}

/// An occupation that differs in something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DetailsChanged {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What differs: members of the native format.
    pub members: Vec<String>,
}

/// The dates of teaching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TeachingDate {
    /// The planned date.
    Planned,
    /// The actual or expected date.
    First,
    /// When learners last began.
    Last,
}

/// How many occupations were kept, recoded, added and so on. Without a
/// [`Scope`](crate::change::Scope) these are all occupations of the two maps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Summary {
    /// Occupations of the old map.
    pub old_occupations: usize,
    /// Occupations of the new map.
    pub new_occupations: usize,
    /// Occupations on both maps under one id.
    pub kept: usize,
    /// Occupations on both maps under two ids.
    pub recoded: usize,
    /// Occupations that only the new map has.
    pub added: usize,
    /// Occupations that only the old map has.
    pub removed: usize,
    /// Of those on both maps: in another cluster.
    pub moved: usize,
    /// Of those on both maps: at another level.
    pub relevelled: usize,
    /// Of those on both maps: with another title.
    pub retitled: usize,
}

/// One of two maps that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MapSide {
    /// The old map.
    Old,
    /// The new one.
    New,
}

/// How two wordings were matched as one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchedBy {
    /// By the statement's id.
    Id,
    /// By their likeness; the ids differ.
    Likeness,
}

impl MapDiff {
    /// Whether there is no difference. Titles and sources of the maps are
    /// ignored.
    ///
    /// ```
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// assert!(tlevel::change::diff(&map, &map).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        let none = MapDiff {
            old: self.old.clone(),
            new: self.new.clone(),
            summary: self.summary,
            not_covered: self.not_covered.clone(),
            ..MapDiff::default()
        };
        *self == none
    }
}
