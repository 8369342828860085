//! Statements and those most like them, for a terminal.

use super::Layout;
use super::page::{Page, Paint};
use tlevel::harmonise::{Measure, Similar};
use tlevel::map::Statement;
use tlevel::sparse::Wanted;

/// How many of the words that two statements share are named.
const NAMED: usize = 6;

/// Lays out, occupation by occupation, every statement with those most like
/// it: their scores, and the words that count most for them.
///
/// # Examples
///
/// ```
/// use tlevel::{harmonise::Measure, sparse::Wanted};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/england.json"))?)?.map;
/// let wanted = Wanted { best: 1, at_least: f64::INFINITY };
/// let text = write::similar_text(&Measure::new(&map), wanted, &write::Layout::default());
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn similar_text(measure: &Measure<'_>, wanted: Wanted, layout: &Layout) -> String {
    let map = measure.map();
    let mut page = Page::new(layout);
    let title = map.raw().title.as_deref().unwrap_or("an untitled map");
    page.heading(Paint::Strong, &format!("Statements that are most alike, in {title}"), "");
    let mut occupation = None;
    measure.similar(wanted, |statement, found| {
        if occupation.replace(statement.occupation().index()) != Some(statement.occupation().index()) {
            page.blank();
            page.heading(
                Paint::Heading,
                &format!("{} {}", statement.occupation().id(), statement.occupation().title()),
                "",
            );
        }
        page.painted_item(&format!("  {}  ", statement.id()), Some(Paint::Strong), statement.text());
        for similar in found {
            if let Some(other) = map.statement_at(similar.statement) {
                write_similar(&mut page, measure, statement, other, similar);
            }
        }
        if found.is_empty() {
            page.item("      ", "like no statement of another occupation");
        }
    });
    page.finish()
}

fn write_similar(
    page: &mut Page,
    measure: &Measure<'_>,
    statement: Statement<'_>,
    other: Statement<'_>,
    similar: &Similar,
) {
    let first = format!("      {:.2}  ", similar.score);
    let (occupation, text) = (other.occupation(), other.text());
    page.painted_item(&first, Some(Paint::Quiet), &format!("{} {}: {text}", occupation.id(), other.id()));
    let evidence = measure.explain(statement.index(), other.index());
    let words: Vec<&str> =
        evidence.shared.iter().map(|share| share.term.as_str()).filter(|t| !t.starts_with('(')).take(NAMED).collect();
    let words = if words.is_empty() { "only the first word".to_owned() } else { words.join(", ") };
    page.item(&" ".repeat(first.len()), &format!("(shares {words})"));
}
