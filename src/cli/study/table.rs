//! Figures as text and as tidy CSV: one row a measure.

use std::fmt::Write as _;

use tlevel::study::Measured;

/// A figure as people read it: counts whole, the rest to three places.
pub(super) fn figure(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() > 1.0 { format!("{value}") } else { format!("{value:.3}") }
}

/// A line for each measure.
pub(super) fn measures(measures: &[Measured]) -> String {
    let mut text = String::new();
    for m in measures {
        let _ = writeln!(text, "  {:<36}{:>10}", m.measure, figure(m.value));
    }
    text
}

/// CSV of some rows, the first of which names the columns.
pub(super) fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // writing to memory does not fail
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// CSV of measures.
pub(super) fn measures_csv(measures: &[Measured]) -> String {
    let head = vec!["measure".to_owned(), "value".to_owned()];
    csv([head].into_iter().chain(measures.iter().map(|m| vec![m.measure.clone(), m.value.to_string()])))
}
