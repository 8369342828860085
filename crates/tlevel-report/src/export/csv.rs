//! The table of a document as CSV.

use crate::document::{Cell, Document, Table};

/// Writes a document as CSV with a row of headings: its data, or else its only table, or
/// else a row for each of its lines, with the headings above it. Numbers keep all their
/// digits.
///
/// | Column of lines | Holds |
/// |---|---|
/// | `part`, `section` | the main heading above, and those below that |
/// | `sign` | `+` for what is there or gained, `-` for what is missing or lost |
/// | `label` | the code or word before the text; the first cell of a table's row |
/// | `text` | the text; the other cells of a table's row, each after its heading |
/// | `aside` | the text at the edge of the line, or the facts about an item |
/// | `of` | the entry that this one is a line of |
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
/// document.blocks.push(Block::section(1, "Fitters", ""));
/// document.blocks.push(Block::paragraph("One is on the map."));
/// assert_eq!(csv(&document), "part,section,sign,label,text,aside,of\nFitters,,,,One is on the map.,,\n");
/// let mut table = Table::new("Occupations", vec![Column::new("id", 1), Column::new("title", 3)]);
/// table.rows.push(vec!["OCC1".into(), "Fitter, welder".into()]);
/// document.blocks.push(Block::Table(table));
/// assert_eq!(csv(&document), "id,title\nOCC1,\"Fitter, welder\"\n");
/// ```
///
/// # Complexity
///
/// `O(n)` in the size of the document.
pub fn csv(document: &Document) -> String {
    of_table(&document.flat_table())
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
