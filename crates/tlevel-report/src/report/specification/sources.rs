//! The annex of sources: every statement and duty, verbatim.

use super::Draft;
use super::specialism::name;
use crate::document::{Block, Cell, Column, Span, Table, Tone};
use tlevel::derive::Standard;

impl Draft<'_> {
    /// Every statement and duty of every occupation that the programme serves.
    pub(super) fn sources(&mut self) {
        self.heading(1, "sources", "Source statements");
        let from = self.from;
        for (i, standard) in (1..).zip(&from.standards) {
            self.heading(2, &format!("source-{i}"), &standard.title);
            let mut about = name(standard);
            if let Some(version) = &standard.version {
                about.push(Span::text(format!(", version {version} of the standard")));
            }
            self.blocks.push(Block::Paragraph { spans: about });
            if standard.statements.is_empty() {
                self.note(Tone::Warning, "The source has no statements for this occupation.");
            }
            self.blocks.extend(statements(standard));
            self.blocks.extend(duties(standard));
        }
    }
}

fn statements(standard: &Standard) -> Option<Block> {
    let rows = standard.statements.iter().map(|s| (s.id.as_str(), s.text.as_str(), s.options.join(", ")));
    table(format!("Statements of {}", standard.occupation), rows.collect())
}

fn duties(standard: &Standard) -> Option<Block> {
    let rows = standard.duties.iter().map(|d| (d.id.as_str(), d.text.as_str(), d.options.join(", ")));
    table(format!("Duties of {}", standard.occupation), rows.collect())
}

/// Codes, texts and options; without the last column if it would be empty.
fn table(caption: String, rows: Vec<(&str, &str, String)>) -> Option<Block> {
    let has_options = rows.iter().any(|(.., options)| !options.is_empty());
    let mut columns = vec![Column::new("Code", 2), Column::new("Text", 20)];
    if has_options {
        columns.push(Column::new("Options", 5));
    }
    let mut table = Table::new(caption, columns);
    for (id, text, options) in rows {
        let mut row = vec![Cell::from(id), Cell::from(text)];
        if has_options {
            row.push(Cell::from(options));
        }
        table.rows.push(row);
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}
