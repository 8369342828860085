//! Rules over a [`RawMap`]; what passes becomes a [`Map`].
//!
//! Findings are data. A finding of severity error sets its record aside (the
//! occupation, or the whole branch whose id is unusable); the rest of the map
//! works on. Only a map without any record is [`Rejected`], and gives the
//! input back.
//!
//! # The rules
//!
#![doc = include_str!("RULES.md")]

mod finding;
mod names;
mod occupation;
mod rules;
mod walk;

pub use finding::{Finding, Place, Severity, locate_findings};
pub use rules::{RULES, Rule, rules_table};
pub use walk::is_date;

use crate::map::Map;
use crate::read::RawMap;

/// A map that passed, and everything that the rules had to say about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// What is fit for use, and what was set aside.
    pub map: Map,
    /// All findings, in the order of the file (list items by number; of one
    /// record in the order of its rules, until
    /// [`locate_findings`] knows the lines).
    pub findings: Vec<Finding>,
}

/// A map in which there is nothing to use.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the map cannot be used: {}", why(.findings))]
#[non_exhaustive]
pub struct Rejected {
    /// The input, as it was given.
    pub raw: Box<RawMap>,
    /// Why.
    pub findings: Vec<Finding>,
}

/// The first finding, and what was lost on the way, if anything.
fn why(findings: &[Finding]) -> String {
    let first = findings.first().map_or("it is empty", |f| &f.message);
    let lost = findings.iter().skip(1).filter(|f| f.rule == rules::MISPLACED_OCCUPATIONS.id);
    [first].into_iter().chain(lost.map(|f| f.message.as_str()).take(3)).collect::<Vec<_>>().join("; ")
}

/// Checks a map against all rules in one run.
///
/// # Errors
///
/// [`Rejected`] when the map has neither a route nor an occupation, as
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
/// siblings of a branch while these are at most 2,000; among more, only equal
/// name keys are found.
pub fn check(raw: RawMap) -> Result<Checked, Rejected> {
    let (mut findings, verdicts) = walk::walk(&raw);
    findings.sort_by(|a, b| finding::pointer_order(&a.place.pointer, &b.place.pointer));
    if raw.routes.is_empty() && raw.set_aside.is_empty() {
        return Err(Rejected { raw: Box::new(raw), findings });
    }
    Ok(Checked { map: Map::assemble(raw, &verdicts), findings })
}
