//! What changed since the draft before.

use super::Draft;
use crate::count::count;
use crate::document::{Block, Cell, Column, Table};
use tlevel::derive::Change;

impl Draft<'_> {
    /// The changes since the earlier draft, if there is one.
    pub(super) fn changes(&mut self) {
        let Some(before) =
            self.from.codes.as_ref().map(|codes| codes.draft().saturating_sub(1)).filter(|before| *before > 0)
        else {
            return;
        };
        self.heading(1, "changes-since", &format!("What changed since version {before}"));
        let changes = &self.from.changes;
        if changes.is_empty() {
            self.paragraph("Nothing changed: every item has the same code, place and wording as before.");
            return;
        }
        let of = |change: Change| changes.iter().filter(|of| of.change == change).count();
        let counts: Vec<String> = [Change::Entered, Change::Left, Change::Moved, Change::Reworded]
            .into_iter()
            .filter(|change| of(*change) > 0)
            .map(|change| format!("{} {}", of(change), change.name()))
            .collect();
        self.paragraph(format!(
            "{}: {}. An item that is still here keeps its code, even if it moved within the core. The code of an item \
             that left is not used again.",
            count(changes.len(), "change"),
            counts.join(", ")
        ));
        let columns =
            vec![Column::new("Code", 2), Column::new("Change", 2), Column::new("Text", 6), Column::new("Before", 5)];
        let mut table = Table::new(format!("Changes since version {before}"), columns);
        table.rows = (changes.iter())
            .map(|of| [&*of.code, of.change.name(), &*of.text, &*of.before].map(Cell::from).to_vec())
            .collect();
        self.blocks.push(Block::Table(table));
    }
}
