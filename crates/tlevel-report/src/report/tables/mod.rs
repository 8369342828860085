//! Results as one flat table, for spreadsheets and programs: names next to ids,
//! a row for each thing.

mod draft;
mod placement;
mod programmes;

use tlevel::derive::Support;

use crate::document::{Block, Cell, Column, Document, Table};

pub use draft::specification_table;
pub(super) use placement::placements;
pub use placement::{left_out_table, placement_table};
pub use programmes::programme_table;

/// A table of columns, each with its heading and its width.
pub(super) fn table(caption: &str, columns: &[(&str, u8)]) -> Table {
    Table::new(caption, columns.iter().map(|(heading, width)| Column::new(*heading, *width)).collect())
}

fn document(table: Table) -> Document {
    let mut document = Document::new(table.caption.clone());
    document.blocks.push(Block::Table(table));
    document
}

fn counts(support: Support) -> [Cell; 2] {
    [support.have, support.of].map(Cell::count)
}
