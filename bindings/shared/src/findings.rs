//! What the rules find in a map, as `tlevel check` reports it.

use std::collections::BTreeMap;

use serde::Serialize;
use tlevel::check::{Finding, Severity};
use tlevel::map::Map;
use tlevel_exchange::Places;

/// The findings of a map, with their lines and columns, and how many there are.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_field_names, reason = "so is the member called in JSON")]
pub struct Findings {
    format: &'static str,
    version: u32,
    /// What the rules found.
    pub findings: Vec<Finding>,
    counts: Counts,
}

#[derive(Debug, Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    note: usize,
    rules: BTreeMap<String, usize>,
    routes: usize,
    pathways: usize,
    clusters: usize,
    occupations: usize,
    statements: usize,
    set_aside: usize,
}

impl Findings {
    /// The findings, located in the bytes of the map.
    pub fn new(map: Option<&Map>, mut findings: Vec<Finding>, places: &Places, bytes: &[u8]) -> Self {
        places.locate(&mut findings, bytes);
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let of_map = |many: fn(&Map) -> usize| map.map_or(0, many);
        let mut rules = BTreeMap::new();
        findings.iter().for_each(|finding| *rules.entry(finding.rule.to_string()).or_default() += 1);
        let counts = Counts {
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
        Findings { format: "tlevel-findings", version: 1, findings, counts }
    }
}
