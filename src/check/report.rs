//! The findings of a map with their counts, as data that serialise.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{Finding, Severity};
use crate::map::Map;

/// The findings of a map, and how many there are
/// (`"format": "tlevel-findings"`, version 1).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FindingsReport {
    format: &'static str,
    version: u32,
    /// All findings, in the order of the file.
    pub findings: Vec<Finding>,
    /// How many findings there are, and how much was read.
    pub counts: FindingCounts,
}

/// How many findings there are by severity and rule, and how many records the
/// usable part of the map has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FindingCounts {
    /// Findings that set a record aside.
    pub error: usize,
    /// Findings that should be mended.
    pub warning: usize,
    /// Findings that are good to know.
    pub note: usize,
    /// Findings by the id of their rule.
    pub rules: BTreeMap<String, usize>,
    /// Routes.
    pub routes: usize,
    /// Pathways.
    pub pathways: usize,
    /// Clusters.
    pub clusters: usize,
    /// Occupations.
    pub occupations: usize,
    /// Statements.
    pub statements: usize,
    /// Records that were set aside.
    pub set_aside: usize,
}

impl FindingsReport {
    /// Counts findings. Without a map, as for one that was
    /// [`Rejected`](super::Rejected), no records are counted.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::check::FindingsReport;
    ///
    /// let checked = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?;
    /// let report = FindingsReport::new(Some(&checked.map), checked.findings);
    /// assert_eq!((report.counts.error, report.counts.routes), (0, 15));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the number of findings.
    pub fn new(map: Option<&Map>, findings: Vec<Finding>) -> Self {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let of_map = |many: fn(&Map) -> usize| map.map_or(0, many);
        let mut rules = BTreeMap::new();
        findings.iter().for_each(|finding| *rules.entry(finding.rule.to_string()).or_default() += 1);
        let counts = FindingCounts {
            error: of(Severity::Error),
            warning: of(Severity::Warning),
            note: of(Severity::Note),
            rules,
            routes: of_map(|m| m.routes().len()),
            pathways: of_map(|m| m.pathways().len()),
            clusters: of_map(|m| m.clusters().len()),
            occupations: of_map(|m| m.occupations().len()),
            statements: of_map(|m| m.statements().len()),
            set_aside: of_map(|m| m.set_aside().len()),
        };
        FindingsReport { format: "tlevel-findings", version: 1, findings, counts }
    }
}
