//! From a raw map to a checked one.

use super::finding::{self, Finding};
use super::{rules, walk};
use crate::map::Map;
use crate::order;
use crate::read::RawMap;

/// A map that passed, and all findings of the rules.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The usable part, and what was set aside.
    pub map: Map,
    /// All findings, in the order of the file. Until [`locate_findings`](super::locate_findings) knows
    /// the lines, list items are sorted by number, and findings of one record
    /// by the order of its rules.
    pub findings: Vec<Finding>,
}

/// A map with nothing usable in it.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the map cannot be used: {}", why(.findings))]
#[non_exhaustive]
pub struct Rejected {
    /// The input, as it was given.
    pub raw: Box<RawMap>,
    /// The reasons.
    pub findings: Vec<Finding>,
}

/// The first finding, and what was lost while reading, if anything.
fn why(findings: &[Finding]) -> String {
    let first = findings.first().map_or("it is empty", |f| &f.message);
    let lost = findings.iter().skip(1).filter(|f| f.rule == rules::MISPLACED_OCCUPATIONS.id);
    [first].into_iter().chain(lost.map(|f| f.message.as_str()).take(3)).collect::<Vec<_>>().join("; ")
}

/// Checks a map against all rules in one pass.
///
/// # Errors
///
/// [`Rejected`] if the map has neither a route nor an occupation, as in
/// `RawMap::new("empty")`.
///
/// # Examples
///
/// ```
/// use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute};
///
/// let cluster = RawCluster::new("c", "Trades").with(RawOccupation::new("o", "Astronaut", 9));
/// let route = RawRoute::new("r", "Space").with(RawPathway::new("p", "Orbit").with(cluster));
/// let checked = tlevel::check(RawMap::new("Up").with(route))?;
///
/// let error = &checked.findings[0];
/// assert_eq!(error.message, "the occupation \"o\" has level 9; levels are 2 to 7");
/// assert_eq!(error.place.pointer, "/routes/0/pathways/0/clusters/0/occupations/0/level");
/// assert_eq!(checked.map.set_aside().next().map(|s| s.reason()), Some(tlevel::map::Reason::BadRecord));
/// # Ok::<(), tlevel::check::Rejected>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the size of the map, and `O(s²)` name comparisons among the `s`
/// siblings of a branch up to 2,000; among more, only equal name keys are
/// found.
pub fn check(raw: RawMap) -> Result<Checked, Rejected> {
    let (mut findings, verdicts) = walk::walk(&raw);
    order::by(&mut findings, |a, b| finding::pointer_order(&a.place.pointer, &b.place.pointer));
    if raw.routes.is_empty() && raw.set_aside.is_empty() {
        return Err(Rejected { raw: Box::new(raw), findings });
    }
    Ok(Checked { map: Map::assemble(raw, &verdicts), findings })
}
