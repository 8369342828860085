//! What the rules found in a map: each finding, then the counts.

use std::collections::BTreeMap;

use tlevel::check::{Finding, Severity};

use crate::count::count;
use crate::document::{Block, Cell, Column, Document, Entry, Listing, Table, Tone};

/// How many findings of one rule a brief listing shows, unless they are errors.
const MOST_OF_A_RULE: usize = 10;

/// Reports findings in the order given, each with its place in `source` (the
/// name of a file), then how many findings each rule has.
///
/// A brief listing shows all errors and the first ten findings of each other rule.
/// Workbooks and CSV have a row for each finding.
///
/// # Examples
///
/// ```
/// use tlevel_report::{Layout, export, report};
///
/// let raw = tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?;
/// let checked = tlevel::check(raw)?;
/// let document = report::findings(&checked.findings, "england.json");
/// assert!(export::terminal(&document, &Layout::default()).contains("0 errors"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn findings(findings: &[Finding], source: &str) -> Document {
    let mut document = Document::answer(format!("Findings in {source}"));
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut entries = Vec::with_capacity(findings.len());
    for finding in findings {
        let seen = counts.entry((finding.severity, &finding.rule)).or_default();
        *seen += 1;
        let entry = entry(finding, source);
        let is_more = *seen > MOST_OF_A_RULE && finding.severity != Severity::Error;
        entries.push(if is_more { entry.only(Listing::Full) } else { entry });
    }
    if !findings.is_empty() {
        document.blocks.push(Block::Entries { entries, table: Some(table(findings)) });
    }
    let of = |severity: Severity| findings.iter().filter(|f| f.severity == severity).count();
    let totals = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let totals: Vec<String> = totals.into_iter().map(|(severity, noun)| count(of(severity), noun)).collect();
    document.blocks.push(Block::section(1, totals.join(", "), source));
    let mut rules = Vec::new();
    let mut is_cut = false;
    for ((severity, rule), n) in counts {
        let label = format!("{n:>4} ");
        let line = format!("{severity:<8} {rule}");
        if severity == Severity::Error || n <= MOST_OF_A_RULE {
            rules.push(Entry::labelled(label, line));
            continue;
        }
        is_cut = true;
        let shown = format!("{line}  (first {MOST_OF_A_RULE} shown)");
        rules.push(Entry::labelled(label.clone(), shown).only(Listing::Brief));
        rules.push(Entry::labelled(label, line).only(Listing::Full));
    }
    document.blocks.push(Block::entries(rules));
    if is_cut {
        let more = Block::foot("The full listing and the JSON have every finding.");
        document.blocks.push(Block::only(Listing::Brief, vec![more]));
    }
    document
}

fn entry(finding: &Finding, source: &str) -> Entry {
    let place = match (finding.place.line, finding.place.column) {
        (Some(line), Some(column)) => format!("{source}:{line}:{column}"),
        _ if finding.place.sheet.is_some() || finding.place.file.is_some() => format!("{source} {}", finding.place),
        _ => format!("{source} {}", finding.place.pointer),
    };
    let mut entry = Entry::new(format!("{} [{}]", finding.severity, finding.rule)).beside(place);
    entry.tone = (finding.severity == Severity::Error).then_some(Tone::Warning);
    entry.with(vec![Entry::new(&finding.message)])
}

fn table(findings: &[Finding]) -> Table {
    let columns =
        [("severity", 1), ("rule", 2), ("line", 1), ("column", 1), ("message", 5), ("pointer", 3), ("place", 2)];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new("Findings", columns).whole(["line", "column"]);
    let number = |n: Option<u32>| n.map_or_else(|| Cell::Text(String::new()), |n| Cell::Number(n.into()));
    table.rows = findings
        .iter()
        .map(|f| {
            vec![
                f.severity.to_string().into(),
                f.rule.as_ref().into(),
                number(f.place.line),
                number(f.place.column),
                f.message.as_str().into(),
                f.place.pointer.as_str().into(),
                f.place.to_string().into(),
            ]
        })
        .collect();
    table
}
