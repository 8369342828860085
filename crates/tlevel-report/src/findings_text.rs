//! Findings for a terminal: one paragraph each, then the counts.

use std::collections::BTreeMap;

use super::Layout;
use super::page::{Page, Paint, count};
use tlevel::check::{Finding, Severity};

/// How many findings of one rule are printed, unless all are wanted or they
/// are errors.
const MOST_OF_A_RULE: usize = 10;

/// Lays out findings for a terminal, in the order given, each with its place
/// in `source` (a file's name).
///
/// Errors are printed all; of each other rule the first ten, unless the
/// layout is full.
pub fn findings_text(findings: &[Finding], source: &str, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for finding in findings {
        let seen = counts.entry((finding.severity, &finding.rule)).or_default();
        *seen += 1;
        if *seen > MOST_OF_A_RULE && finding.severity != Severity::Error && !layout.full {
            continue;
        }
        let place = match (finding.place.line, finding.place.column) {
            (Some(line), Some(column)) => format!("{source}:{line}:{column}"),
            _ => format!("{source} {}", finding.place.pointer),
        };
        let paint = if finding.severity == Severity::Error { Paint::Alarm } else { Paint::Strong };
        page.heading(paint, &format!("{} [{}]", finding.severity, finding.rule), &place);
        page.item("  ", &finding.message);
    }
    if !findings.is_empty() {
        page.blank();
    }
    let of = |severity: Severity| findings.iter().filter(|f| f.severity == severity).count();
    let totals = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let totals: Vec<String> = totals.into_iter().map(|(severity, noun)| count(of(severity), noun)).collect();
    page.heading(Paint::Heading, &totals.join(", "), source);
    let mut cut = false;
    for ((severity, rule), n) in counts {
        let hidden = severity != Severity::Error && n > MOST_OF_A_RULE && !layout.full;
        cut |= hidden;
        let shown = if hidden { format!("  (first {MOST_OF_A_RULE} shown)") } else { String::new() };
        page.item("", &format!("{n:>6}  {severity:<8} {rule}{shown}"));
    }
    if cut {
        page.item("", "The full listing and the JSON have all of them.");
    }
    page.finish()
}
