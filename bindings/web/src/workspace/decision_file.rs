//! All decisions in one workbook, with a sheet for each kind.

use tlevel::table::{Columns, Error, Row, Sheet, Table, csv};
use tlevel_report::document::{Block, Cell, Column, Document, Table as Shown};
use tlevel_report::read_sheets;

use super::Workspace;
use super::state::Given;
use crate::{Answer, Failure, output};

/// The sheet of a kind, and its columns with their widths.
struct Kind {
    sheet: &'static str,
    forms: [Columns; 1],
    columns: &'static [(&'static str, u8)],
}

const PAIRS: Kind = Kind {
    sheet: "Pairs",
    forms: [Columns::new("pairs", &["decision", "occupation_a", "statement_a", "occupation_b", "statement_b"])
        .with_optional(&["note", "by", "at"])
        .with_aliases(&[("comment", "note")])],
    columns: &[
        ("decision", 2),
        ("occupation_a", 2),
        ("statement_a", 2),
        ("occupation_b", 2),
        ("statement_b", 2),
        ("note", 4),
        ("by", 2),
        ("at", 2),
    ],
};

const TOPICS: Kind = Kind {
    sheet: "Topics",
    forms: [Columns::new("topics", &["decision", "topic"])
        .with_optional(&["occupation", "statement", "into", "note", "by", "at"])
        .with_aliases(&[("comment", "note")])],
    columns: &[
        ("decision", 2),
        ("topic", 3),
        ("occupation", 2),
        ("statement", 2),
        ("into", 3),
        ("note", 4),
        ("by", 2),
        ("at", 2),
    ],
};

const CONTENT: Kind = Kind {
    sheet: "Content",
    forms: [Columns::new("content", &["concept id"]).needing_somewhere(&["decision"]).with_optional(&[
        "new wording",
        "comment",
        "pathway",
        "by",
        "at",
        "about",
    ])],
    columns: &[
        ("concept id", 3),
        ("decision", 2),
        ("new wording", 4),
        ("comment", 4),
        ("pathway", 3),
        ("by", 2),
        ("at", 2),
        ("about", 4),
    ],
};

impl Kind {
    /// The rows of a table that decide something: a new wording alone does, too.
    fn rows(&self, table: &Table) -> Vec<Vec<String>> {
        let decides = |row: &Row<'_>| row.get("decision").or(row.get("new wording")).is_some();
        let cells = |row: Row<'_>| self.columns.iter().map(|(heading, _)| row.cell(heading).to_owned()).collect();
        table.rows().filter(decides).map(cells).collect()
    }

    /// The decisions of a CSV text, as a table to show.
    fn shown(&self, text: &str) -> Result<Shown, Error> {
        let columns = self.columns.iter().map(|(heading, width)| Column::new(*heading, *width)).collect();
        let mut shown = Shown::new(self.sheet, columns);
        let table = Table::read(text.as_bytes(), &self.forms)?;
        shown.rows = self.rows(&table).into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect();
        Ok(shown)
    }

    /// A sheet as a table of this kind; `None` if it has other columns.
    fn table(&self, sheet: &Sheet) -> Result<Option<Table>, Error> {
        match Table::from_sheets(vec![sheet.clone()], &self.forms) {
            Err(Error::MissingColumn { .. } | Error::Empty) => Ok(None),
            table => table.map(Some),
        }
    }

    /// Rows as a CSV text; empty without rows.
    fn text(&self, rows: Vec<Vec<String>>) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let head = self.columns.iter().map(|(heading, _)| (*heading).to_owned()).collect();
        csv(std::iter::once(head).chain(rows))
    }
}

impl Workspace {
    /// Decisions as a workbook: `{"pairs": CSV, "topics": CSV, "content": CSV}`, a sheet
    /// for each that has some. `--ledger`, `--topic-decisions` and `--decisions` of the
    /// command line each take their sheet of it.
    ///
    /// # Errors
    ///
    /// A JSON object with other members, or a text that is no table of its kind.
    pub fn decision_workbook(&self, given: &str) -> Answer<Vec<u8>> {
        let given: Given = serde_json::from_str(given).map_err(|e| Failure::of("decisions", e))?;
        let mut document = Document::new(format!("Decisions on {}", self.map.title().unwrap_or("the map")));
        let how = "The workbench opens this file, and the command line reads it: tlevel derive MAP --ledger FILE \
                   --topic-decisions FILE --decisions FILE, each option if there is a sheet of its kind (pairs, \
                   topics, content).";
        document.blocks.push(Block::paragraph(how));
        for (kind, text) in [(&PAIRS, &given.pairs), (&TOPICS, &given.topics), (&CONTENT, &given.content)] {
            if !text.trim().is_empty() {
                document.blocks.push(Block::Table(kind.shown(text).map_err(Failure::new)?));
            }
        }
        output::written("xlsx", &document)
    }

    /// The decisions of a workbook (`.xlsx`, `.ods`): one that the workbench saved, a review
    /// of pairs, or a specification that a panel filled in. The answer has the members of
    /// [`set_ledger`](Self::set_ledger).
    ///
    /// # Errors
    ///
    /// A damaged workbook, and one without a sheet of decisions.
    pub fn decisions_of_workbook(&self, bytes: &[u8]) -> Answer<String> {
        // a sheet is of the first kind whose columns it has: items may name their topic
        let kinds = [&PAIRS, &CONTENT, &TOPICS];
        let mut found: [Option<Vec<Vec<String>>>; 3] = Default::default();
        for sheet in read_sheets(bytes).map_err(Failure::new)? {
            for (kind, rows) in kinds.iter().zip(&mut found) {
                if let Some(table) = kind.table(&sheet).map_err(Failure::new)? {
                    rows.get_or_insert_default().extend(kind.rows(&table));
                    break;
                }
            }
        }
        if found.iter().all(Option::is_none) {
            return Err(Failure::new(
                "no sheet has decisions: a column \"decision\" beside \"occupation_a\" (pairs), \"topic\" or \"concept id\"",
            ));
        }
        let [pairs, content, topics] = found.map(Option::unwrap_or_default);
        output::line(&Given { pairs: PAIRS.text(pairs), topics: TOPICS.text(topics), content: CONTENT.text(content) })
    }
}
