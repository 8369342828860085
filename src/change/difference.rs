//! A difference between two maps, with its effect on the programmes.

use serde::{Deserialize, Serialize};

use super::affected_routes::AffectedRoutes;
use super::compare::maps::diff_by;
use super::compare::report::MapDiff;
use super::derived::Derived;
use super::effects::programmes::{Matched, effect_by};
use super::effects::report::{Effect, Fate};
use super::matching::statements::Pairs;
use super::scope::{Scope, Within};
use crate::concept::Concepts;
use crate::derive::{Error, Policy, derive_routes};
use crate::map::Map;

/// The differences between two maps, and their effect on the programmes.
///
/// Serialises to the JSON of the command line (`"format": "tlevel-difference"`,
/// version 1), and deserialises from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Difference {
    format: DifferenceFormat,
    version: u32,
    /// The files from which the two maps were read, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<Files>,
    /// The differences.
    pub changes: MapDiff,
    /// Their effect on the programmes.
    pub effect: Effect,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum DifferenceFormat {
    #[serde(rename = "tlevel-difference")]
    Difference,
}

/// The names of the files of two maps, for messages and pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Files {
    /// The old map's.
    pub old: String,
    /// The new map's.
    pub new: String,
}

impl Difference {
    /// Bundles differences with their effect.
    pub fn new(changes: MapDiff, effect: Effect) -> Self {
        Difference { format: DifferenceFormat::Difference, version: 1, files: None, changes, effect }
    }

    /// Adds the names of the files from which the two maps were read.
    #[must_use]
    pub fn of_files(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.files = Some(Files { old: old.into(), new: new.into() });
        self
    }

    /// Whether there is neither a difference nor an effect.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.effect.is_empty()
    }
}

/// Runs [`diff`](super::diff()) and [`effect`](super::effect()) on two maps,
/// each with the concepts that were made for it, under two policies (often the
/// same).
///
/// Concepts that were joined separately for each map may differ where nothing
/// else changed: such effects have the cause `statement-regrouped`. Use
/// [`carry_over`](super::carry_over()) if the new map comes from the old.
///
/// # Errors
///
/// [`Error::OtherMap`] if the concepts were made for another map.
///
/// # Examples
///
/// ```
/// use tlevel::change::{CauseKind, Changes, apply, diff_with_effects};
/// use tlevel::concept::Concepts;
/// use tlevel::derive::Policy;
///
/// let old = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// // one of the two surveyors no longer works out quantities
/// let changes = Changes::from_csv("change,occupation,statement\ndrop-statement,LARS51,K1\n")?;
/// let new = tlevel::check(apply(&old, &changes)?)?.map;
/// let (before, after) = (Concepts::exact(&old), Concepts::exact(&new));
/// let policy = Policy::t_level();
/// let difference = diff_with_effects((&old, &before), (&new, &after), &policy, &policy)?;
/// assert_eq!(difference.changes.statements_removed.len(), 1);
/// let programme = &difference.effect.programmes[0];
/// assert_eq!(programme.pathway.name, "Design, surveying and planning");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Only the routes that the difference may affect are derived; the effect is
/// the same as if all were.
///
/// # Complexity
///
/// The cost of deriving those routes of both maps, of [`diff`](super::diff())
/// and of [`effect`](super::effect()).
pub fn diff_with_effects(
    old: (&Map, &Concepts),
    new: (&Map, &Concepts),
    policy_old: &Policy,
    policy_new: &Policy,
) -> Result<Difference, Error> {
    diff_with_effects_within(old, new, policy_old, policy_new, &Scope::default())
}

/// Like [`diff_with_effects`], for some pathways only: the differences in them,
/// on either map, and the effect on their programmes. An occupation that moved
/// into or out of them is included.
///
/// # Errors
///
/// As [`diff_with_effects`].
///
/// # Complexity
///
/// As [`diff_with_effects`]; only the routes of these pathways are derived.
pub fn diff_with_effects_within(
    (old, old_concepts): (&Map, &Concepts),
    (new, new_concepts): (&Map, &Concepts),
    policy_old: &Policy,
    policy_new: &Policy,
    scope: &Scope,
) -> Result<Difference, Error> {
    if !old_concepts.fits(old) || !new_concepts.fits(new) {
        return Err(Error::OtherMap);
    }
    let pairs = Pairs::of(old, new);
    let within = scope.within(old, new, &pairs.records);
    let matched = Matched::of(old_concepts, new_concepts, &pairs);
    let touched = AffectedRoutes {
        old: (old, old_concepts),
        new: (new, new_concepts),
        policies: [policy_old, policy_new],
        matched: &matched,
        records: &pairs.records,
        within: &within,
    };
    let [routes_old, routes_new] = touched.routes();
    let before = derive_routes(old, old_concepts, policy_old, &routes_old)?;
    let after = derive_routes(new, new_concepts, policy_new, &routes_new)?;
    let was = Derived { map: old, concepts: old_concepts, derivation: &before };
    let is = Derived { map: new, concepts: new_concepts, derivation: &after };
    let mut effect = effect_by(was, is, &pairs, &matched);
    keep(&mut effect, old, new, &within);
    Ok(Difference::new(diff_by(old, new, &pairs, &within), effect))
}

/// Keeps only the programmes of the compared pathways.
fn keep(effect: &mut Effect, old: &Map, new: &Map, within: &Within) {
    effect.programmes.retain(|programme| {
        let is = new.pathway(&programme.pathway.id).filter(|_| programme.fate != Fate::Disappears);
        is.map_or_else(
            || old.pathway(&programme.pathway.id).is_none_or(|was| within.pathway(was, 0)),
            |is| within.pathway(is, 1),
        )
    });
}
