//! The rows of a ledger.

use super::ledger::{Decision, Ledger, LedgerError, Verdict};
use crate::table::{Columns, Row, Table};
use crate::text::closest;

const COLUMNS: Columns =
    Columns::new("a ledger", &["decision", "occupation_a", "statement_a", "occupation_b", "statement_b"])
        .with_optional(&["note", "hash_a", "hash_b"])
        .with_aliases(&[("comment", "note")])
        .in_every_sheet();

const CODES: [&str; 4] = ["occupation_a", "statement_a", "occupation_b", "statement_b"];

impl Ledger {
    /// Reads decisions from a CSV text with the columns `decision` (`same`,
    /// `different`, `preferred`, `unsure`), `occupation_a`, `statement_a`, `occupation_b`
    /// and `statement_b`. Optional columns are `note`, `hash_a` and `hash_b`.
    /// (`note` may be called `comment`). Columns may come in any order, and others are
    /// ignored. Rows without a decision and without a note are skipped, so that a
    /// half-filled review can be read.
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
    /// [`Ledger::COLUMNS`]: CSV as spreadsheets save it, or a workbook, of which every
    /// sheet with these columns is read.
    ///
    /// # Errors
    ///
    /// [`LedgerError`], with the line, or the sheet and cell.
    pub fn from_table(table: &Table) -> Result<Ledger, LedgerError> {
        let (ledger, problems) = Ledger::readable(table);
        problems.into_iter().next().map_or(Ok(ledger), Err)
    }

    /// Like [`Ledger::from_table`], with everything that can be read, and the problem of
    /// each row that cannot.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::harmonise::Ledger;
    /// use tlevel::table::Table;
    ///
    /// let saved = b"decision,occupation_a,statement_a,occupation_b,statement_b\n\
    ///     same,LARS82,K4,OCC0682,K10\nsane,LARS82,K5,OCC0682,K11\nsame,LARS82,K6,,\n";
    /// let (ledger, problems) = Ledger::readable(&Table::read(saved, Ledger::COLUMNS)?);
    /// assert_eq!((ledger.decisions().len(), problems.len()), (1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn readable(table: &Table) -> (Ledger, Vec<LedgerError>) {
        let (mut decisions, mut problems) = (Vec::new(), Vec::new());
        for row in table.rows() {
            match decision(row) {
                Ok(Some(decision)) => decisions.push(decision),
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
        (Ledger { decisions }, problems)
    }
}

/// The decision in a row; `None` if it has neither a decision nor a note.
fn decision(row: Row<'_>) -> Result<Option<Decision>, LedgerError> {
    let word = row.cell("decision").to_lowercase();
    let is_empty = |column: &&str| row.cell(column).is_empty();
    let verdict = match Verdict::ALL.into_iter().find(|verdict| verdict.word() == word) {
        Some(verdict) => verdict,
        // a note is kept if it says what it is about
        None if word.is_empty() && !is_empty(&"note") && !CODES.iter().any(&is_empty) => Verdict::Unsure,
        None if word.is_empty() => return Ok(None),
        None => {
            let hint = closest(&word, Verdict::ALL.map(Verdict::word));
            let hint = crate::text::DidYouMean(hint).to_string();
            let (place, found) = (row.place("decision"), row.cell("decision").to_owned());
            return Err(LedgerError::UnknownDecision { place, found, hint });
        }
    };
    let alone = verdict == Verdict::Preferred && CODES[2..].iter().all(&is_empty);
    if let Some(&column) = CODES.iter().take(if alone { 2 } else { 4 }).find(|column| is_empty(column)) {
        return Err(LedgerError::EmptyCell { place: row.place(column), column });
    }
    let pair = |occupation: &str, statement: &str| (row.cell(occupation).to_owned(), row.cell(statement).to_owned());
    let (a, b) = (pair(CODES[0], CODES[1]), (!alone).then(|| pair(CODES[2], CODES[3])));
    if b.as_ref() == Some(&a) {
        let place = row.place(CODES[0]);
        return Err(LedgerError::Itself { place, occupation: a.0, statement: a.1 });
    }
    let hashes = ["hash_a", "hash_b"].map(|column| row.get(column).map(str::to_owned));
    let (place, note) = (row.place("decision"), row.cell("note").to_owned());
    Ok(Some(Decision { line: row.line(), place, verdict, a, b, hashes, note }))
}
