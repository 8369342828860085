//! The lines of a document as one table.

use super::model::plain;
use super::{Block, Cell, Column, ContentItem, Document, Entry, Listing, Mark, Table};

/// A row for each line of a document as listed in a file, in its order:
///
/// | Column | Holds |
/// |---|---|
/// | `part` | the main heading above |
/// | `section` | the headings below that, with ` > ` |
/// | `sign` | `+` for what is there or gained, `-` for what is missing or lost |
/// | `label` | the code or word before the text; the first cell of a table's row |
/// | `text` | the text; the other cells of a table's row, each after its heading |
/// | `aside` | the text at the edge of the line, or the facts about an item |
/// | `of` | the entry that this one is a line of |
pub(super) fn lines(document: &Document) -> Table {
    let columns = [("part", 2), ("section", 3), ("sign", 1), ("label", 1), ("text", 5), ("aside", 2), ("of", 3)];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut lines = Lines { table: Table::new(&document.title, columns), headings: Vec::new() };
    for block in document.listed(Listing::File) {
        match block {
            Block::Heading { level, text, aside, .. } => lines.heading(*level, text, aside),
            Block::Paragraph { spans } | Block::Note { spans, .. } | Block::Foot { spans } => lines.text(&plain(spans)),
            Block::List { entries } | Block::KeyFigures { entries } => {
                entries.iter().for_each(|spans| lines.text(&plain(spans)));
            }
            Block::Entries { entries, .. } => lines.entries(entries, ""),
            Block::Content { items, .. } => items.iter().for_each(|item| lines.item(item)),
            Block::Table(table) => table.rows.iter().for_each(|row| lines.row(&table.columns, row)),
            Block::Figure(figure) => lines.add(["", &figure.caption, &figure.description, "", ""]),
            Block::Only { .. } | Block::Contents | Block::PageBreak => {}
        }
    }
    lines.table
}

struct Lines {
    table: Table,
    /// The headings above, the main one first.
    headings: Vec<String>,
}

impl Lines {
    /// Sign, label, text, aside and the entry that it is a line of.
    fn add(&mut self, line: [&str; 5]) {
        let part = self.headings.first().cloned().unwrap_or_default();
        let section = self.headings.get(1..).unwrap_or_default().join(" > ");
        self.table.rows.push([part.into(), section.into()].into_iter().chain(line.map(Cell::from)).collect());
    }

    fn text(&mut self, text: &str) {
        self.add(["", "", text, "", ""]);
    }

    /// A heading stands beside the lines below it; one that says more has its own line.
    fn heading(&mut self, level: u8, text: &str, aside: &str) {
        self.headings.truncate(usize::from(level.saturating_sub(1)));
        self.headings.push(text.to_owned());
        if !aside.is_empty() {
            self.add(["", "", text, aside, ""]);
        }
    }

    fn entries(&mut self, entries: &[Entry], of: &str) {
        for entry in Entry::listed(entries, Listing::File) {
            let sign = match entry.mark {
                Mark::Plus => "+",
                Mark::Minus => "-",
                Mark::None | Mark::Bullet => "",
            };
            self.add([sign, entry.label.trim(), &entry.text, &entry.aside, of]);
            self.entries(&entry.entries, &entry.text);
        }
    }

    fn item(&mut self, item: &ContentItem) {
        self.add(["", item.shown_number(), &item.whole(), &plain(&item.facts()), ""]);
    }

    fn row(&mut self, columns: &[Column], row: &[Cell]) {
        let label = row.first().map(Cell::exact).unwrap_or_default();
        let others = columns.iter().zip(row).skip(1).filter(|(_, cell)| !cell.exact().is_empty());
        let text: Vec<String> = others.map(|(column, cell)| format!("{}: {}", column.heading, cell.exact())).collect();
        self.add(["", &label, &text.join("; "), "", ""]);
    }
}
