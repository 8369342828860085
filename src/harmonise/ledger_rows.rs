//! The rows of a ledger.

use super::ledger::{Decision, Ledger, LedgerError, Verdict};
use crate::table::{Columns, Table};
use crate::text::closest;

const VERDICTS: [(&str, Verdict); 3] =
    [("same", Verdict::Same), ("different", Verdict::Different), ("preferred", Verdict::Preferred)];

const COLUMNS: Columns =
    Columns::new("a ledger", &["decision", "occupation_a", "statement_a", "occupation_b", "statement_b"])
        .with_optional(&["note", "hash_a", "hash_b"]);

const CODES: [&str; 4] = ["occupation_a", "statement_a", "occupation_b", "statement_b"];

impl Ledger {
    /// Reads decisions from a CSV text with the columns `decision` (`same`,
    /// `different`, `preferred`), `occupation_a`, `statement_a`, `occupation_b`
    /// and `statement_b`. Optional columns are `note`, `hash_a` and `hash_b`.
    /// Columns may come in any order, and others are ignored. Rows without a
    /// decision are skipped, so that a half-filled review can be read.
    ///
    /// # Errors
    ///
    /// [`LedgerError`], with the line. Whether the decisions agree with each
    /// other is checked when they are applied to a map.
    pub fn from_csv(text: &str) -> Result<Ledger, LedgerError> {
        Ledger::from_table(&Table::read(text.as_bytes(), Ledger::COLUMNS)?)
    }

    /// The columns of a ledger.
    pub const COLUMNS: &'static [Columns] = &[COLUMNS];

    /// Like [`Ledger::from_csv`], for a table that was read by
    /// [`Ledger::COLUMNS`]: CSV as spreadsheets save it, or a workbook.
    ///
    /// # Errors
    ///
    /// [`LedgerError`], with the line, or the sheet and cell.
    pub fn from_table(table: &Table) -> Result<Ledger, LedgerError> {
        read(table)
    }
}

fn read(table: &Table) -> Result<Ledger, LedgerError> {
    let mut decisions = Vec::new();
    for row in table.rows() {
        let word = row.cell("decision").to_lowercase();
        if word.is_empty() {
            continue;
        }
        let Some((_, verdict)) = VERDICTS.into_iter().find(|(name, _)| *name == word) else {
            let hint = closest(&word, VERDICTS.map(|(name, _)| name));
            let hint = crate::text::DidYouMean(hint).to_string();
            let (place, found) = (row.place("decision"), row.cell("decision").to_owned());
            return Err(LedgerError::UnknownDecision { place, found, hint });
        };
        let is_empty = |column: &&str| row.cell(column).is_empty();
        let alone = verdict == Verdict::Preferred && CODES[2..].iter().all(&is_empty);
        if let Some(&column) = CODES.iter().take(if alone { 2 } else { 4 }).find(|column| is_empty(column)) {
            return Err(LedgerError::EmptyCell { place: row.place(column), column });
        }
        let pair =
            |occupation: &str, statement: &str| (row.cell(occupation).to_owned(), row.cell(statement).to_owned());
        let (a, b) = (pair(CODES[0], CODES[1]), (!alone).then(|| pair(CODES[2], CODES[3])));
        if b.as_ref() == Some(&a) {
            let place = row.place(CODES[0]);
            return Err(LedgerError::Itself { place, occupation: a.0, statement: a.1 });
        }
        let hashes = ["hash_a", "hash_b"].map(|column| row.get(column).map(str::to_owned));
        let note = row.cell("note").to_owned();
        decisions.push(Decision { line: row.line(), verdict, a, b, hashes, note });
    }
    Ok(Ledger { decisions })
}
