//! Tables of figures, and what was left out of them.

use tlevel::study::Metric;

use crate::document::{Block, Cell, Column, Table};

/// How many things left out are named.
const NAMED: usize = 4;

/// A table with columns of these names; the first is the widest.
pub(super) fn table<const N: usize>(caption: &str, columns: [&str; N]) -> Table {
    let width = |at: usize| if at == 0 { 3 } else { 1 };
    let columns = columns.iter().enumerate().map(|(at, name)| Column::new(*name, width(at))).collect();
    Table::new(caption, columns)
}

/// A row for each measure.
pub(super) fn measures(measures: &[Metric]) -> Table {
    let mut table = table("Measures", ["measure", "value"]).decimal(["value"]);
    table.rows = measures.iter().map(|m| vec![m.measure.as_str().into(), Cell::decimal(m.value)]).collect();
    table
}

/// The value of a measure.
pub(super) fn value(measures: &[Metric], name: &str) -> Option<f64> {
    measures.iter().find(|m| m.measure == name).map(|m| m.value)
}

/// A note on things that the figures leave out; `None` if there are none.
pub(super) fn left_out<T: std::fmt::Display>(things: &[T], what: &str) -> Option<Block> {
    let shown: Vec<String> = things.iter().take(NAMED).map(ToString::to_string).collect();
    let more = things.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    (!things.is_empty()).then(|| Block::note(format!("{} {what}: {}{more}", things.len(), shown.join(", "))))
}
