//! The table of a document as CSV.

use crate::document::{Block, Cell, Document, Listing, Table};

/// Writes the data of a document, or else its only table, as CSV with a row of
/// headings. Returns `None` if it has neither. Numbers keep all their digits.
///
/// A text that a spreadsheet would read as a formula gets an apostrophe in front, as
/// in [`review_csv`](tlevel::harmonise::review_csv). Excel files of this crate hold
/// it as text.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Column, Document, Table};
/// use tlevel_report::export::csv;
///
/// let mut document = Document::new("Occupations");
/// assert_eq!(csv(&document), None);
/// let mut table = Table::new("Occupations", vec![Column::new("id", 1), Column::new("title", 3)]);
/// table.rows.push(vec!["OCC1".into(), "Fitter, welder".into()]);
/// document.blocks.push(Block::Table(table));
/// assert_eq!(csv(&document).as_deref(), Some("id,title\nOCC1,\"Fitter, welder\"\n"));
/// ```
pub fn csv(document: &Document) -> Option<String> {
    if let Some(data) = &document.data {
        return Some(of_table(data));
    }
    let mut tables = document.listed(Listing::File).into_iter().filter_map(|block| match block {
        Block::Table(table) | Block::Entries { table: Some(table), .. } => Some(table),
        _ => None,
    });
    match (tables.next(), tables.next()) {
        (Some(table), None) => Some(of_table(table)),
        _ => None,
    }
}

fn of_table(table: &Table) -> String {
    let mut out = String::new();
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.columns.len());
    let mut write = |cells: Vec<String>| {
        let blank = width.saturating_sub(cells.len());
        let cells: Vec<String> =
            cells.iter().map(|text| quoted(text)).chain((0..blank).map(|_| String::new())).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    };
    write(table.columns.iter().map(|column| column.heading.clone()).collect());
    table.rows.iter().for_each(|row| write(row.iter().map(Cell::exact).collect()));
    out
}

/// A cell, in quotation marks if necessary, and never a formula.
fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = &if is_formula { format!("'{text}") } else { text.to_owned() };
    let is_plain = !text.contains([',', '"', '\n', '\r']) && text.trim() == text;
    if is_plain { text.clone() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
