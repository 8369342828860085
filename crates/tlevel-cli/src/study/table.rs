//! Figures as text and as tidy CSV: one row a measure.

use std::fmt::Write as _;
pub(super) use tlevel::table::csv;

use tlevel::study::Metric;

/// A figure as people read it: counts whole, the rest to three places.
pub(super) fn figure(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() > 1.0 { format!("{value}") } else { format!("{value:.3}") }
}

/// A line for each measure.
pub(super) fn measures(measures: &[Metric]) -> String {
    let mut text = String::new();
    for m in measures {
        let _ = writeln!(text, "  {:<36}{:>10}", m.measure, figure(m.value));
    }
    text
}

/// CSV of measures.
pub(super) fn measures_csv(measures: &[Metric]) -> String {
    let head = vec!["measure".to_owned(), "value".to_owned()];
    csv([head].into_iter().chain(measures.iter().map(|m| vec![m.measure.clone(), m.value.to_string()])))
}

/// The first of some things, and how many more there are.
pub(super) fn first<T: std::fmt::Display>(things: &[T]) -> String {
    const FIRST: usize = 4;
    let shown: Vec<String> = things.iter().take(FIRST).map(ToString::to_string).collect();
    let more = things.len().saturating_sub(FIRST);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// A paragraph at the width of a page, its further lines indented.
pub(super) fn paragraph(first: &str, text: &str) -> String {
    let indent = " ".repeat(first.len() + 2);
    let width = textwrap::Options::new(80).initial_indent(first).subsequent_indent(&indent);
    format!("{}\n", textwrap::fill(text, width))
}
