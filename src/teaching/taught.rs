//! The programmes that are taught by a date.

use serde::{Deserialize, Serialize};

use super::TeachingPlan;
use crate::derive::Derivation;
use crate::map::{BranchName, Map};

/// The programmes that are first taught by a date, with the plan that says so.
///
/// Serialises as the derivation does, with one more member: `teaching`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TaughtProgrammes {
    /// The programmes.
    #[serde(flatten)]
    pub derivation: Derivation,
    /// The plan of all pathways.
    pub teaching: TeachingPlan,
    /// The pathways with a programme for which the map gives no date; they are
    /// left out.
    #[serde(skip)]
    pub undated: Vec<BranchName>,
}

/// The map holds no date of first teaching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the map has no dates of first teaching; in a native map, give a pathway or route \"first_teaching_planned\" and \
     \"first_teaching\""
)]
pub struct NoDates;

/// Returns the programmes that are first taught by a date (`2022-09`, or `2022`
/// for any time of that year): by the actual date, else by the planned one. A
/// T Level in which learners last began before the date is not among them.
///
/// # Errors
///
/// [`NoDates`] for a map without any date.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
/// use tlevel::teaching::taught_by;
///
/// let bytes = std::fs::read("fixtures/maps/england.json")?;
/// let map = tlevel::check(tlevel::read(&bytes)?)?.map;
/// let all = tlevel::programmes(&bytes, &Policy::t_level())?;
/// let first = taught_by(&map, all, "2020-09")?;
/// assert_eq!(first.derivation.programmes.len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the occupations of the map.
pub fn taught_by(map: &Map, mut derivation: Derivation, date: &str) -> Result<TaughtProgrammes, NoDates> {
    let teaching = TeachingPlan::of(map, &derivation.policy);
    if !teaching.has_dates() {
        return Err(NoDates);
    }
    let is_undated = |pathway: &&BranchName| teaching.first_taught(&pathway.id).is_none();
    let undated = derivation.programmes.iter().map(|p| &p.pathway).filter(is_undated).cloned().collect();
    let by_then: Vec<&str> = teaching.taught_by(date).map(|p| p.pathway.id.as_str()).collect();
    let is_taught = |pathway: &BranchName| by_then.contains(&pathway.id.as_str());
    derivation.programmes.retain(|p| is_taught(&p.pathway));
    derivation.no_programme.retain(|p| is_taught(&p.pathway));
    derivation.set_aside.clear();
    Ok(TaughtProgrammes { derivation, teaching, undated })
}
