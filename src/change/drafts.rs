//! The changes that the drafts of an official file would make.

use serde::{Deserialize, Serialize};

use super::compare::report::MapDiff;
use super::difference::Difference;
use super::effects::report::Effect;
use crate::read::Draft;

/// The drafts of a map's source, and what they would change if they came into
/// force: the difference between the map and the one that
/// [`read_drafts`](crate::read::read_drafts) gives.
///
/// Serialises to the JSON of `tlevel derive --drafts`
/// (`"format": "tlevel-drafts"`, version 1), and deserialises from it.
///
/// # Examples
///
/// ```
/// use tlevel::change::{DraftDifference, diff_with_effects};
/// use tlevel::read::{Limits, read_drafts};
/// use tlevel::{concept::Concepts, derive::Policy};
///
/// let file = std::fs::read("fixtures/official/standards.json")?;
/// let drafts = read_drafts(&file, &Limits::default())?;
/// let (old, new) = (tlevel::check(tlevel::read(&file)?)?.map, tlevel::check(drafts.map)?.map);
/// let (before, after, policy) = (Concepts::exact(&old), Concepts::exact(&new), Policy::t_level());
/// let difference = diff_with_effects((&old, &before), (&new, &after), &policy, &policy)?;
/// let difference = DraftDifference::new(drafts.drafts, difference);
/// assert!(difference.drafts.is_empty() && difference.effect.programmes.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DraftDifference {
    format: DraftFormat,
    version: u32,
    /// The drafts that follow a version in force, by the ids of the
    /// occupations.
    pub drafts: Vec<Draft>,
    /// The differences on the map if they come into force.
    pub changes: MapDiff,
    /// Their effect on the programmes.
    pub effect: Effect,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum DraftFormat {
    #[serde(rename = "tlevel-drafts")]
    Drafts,
}

impl DraftDifference {
    /// Bundles drafts with the difference that they make.
    pub fn new(drafts: Vec<Draft>, difference: Difference) -> Self {
        let Difference { changes, effect, .. } = difference;
        DraftDifference { format: DraftFormat::Drafts, version: 1, drafts, changes, effect }
    }

    /// The difference alone.
    pub fn difference(&self) -> Difference {
        Difference::new(self.changes.clone(), self.effect.clone())
    }
}
