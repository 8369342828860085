//! Ledgers as CSV: read, and written for review.

use super::ledger::{Decision, Ledger, LedgerError, Verdict};
use crate::text::closest;

const VERDICTS: [(&str, Verdict); 3] =
    [("same", Verdict::Same), ("different", Verdict::Different), ("preferred", Verdict::Preferred)];

pub(super) fn read(text: &str) -> Result<Ledger, LedgerError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ::csv::ReaderBuilder::new().trim(::csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| csv_error(text, &e))?.clone();
    let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
    let required = |name: &'static str| column(name).ok_or(LedgerError::MissingColumn { column: name });
    let decision = required("decision")?;
    let codes = [
        ("occupation_a", required("occupation_a")?),
        ("statement_a", required("statement_a")?),
        ("occupation_b", required("occupation_b")?),
        ("statement_b", required("statement_b")?),
    ];
    let (note, hashes) = (column("note"), [column("hash_a"), column("hash_b")]);
    let mut decisions = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| csv_error(text, &e))?;
        let line = crate::concept::csv_line(text, row.position());
        let cell = |i: usize| row.get(i).unwrap_or_default();
        let word = cell(decision).to_lowercase();
        if word.is_empty() {
            continue;
        }
        let Some((_, verdict)) = VERDICTS.into_iter().find(|(name, _)| *name == word) else {
            let hint = closest(&word, VERDICTS.map(|(name, _)| name));
            let hint = hint.map_or_else(String::new, |h| format!("; did you mean {h}?"));
            return Err(LedgerError::UnknownDecision { line, found: cell(decision).to_owned(), hint });
        };
        let alone = verdict == Verdict::Preferred && cell(codes[2].1).is_empty() && cell(codes[3].1).is_empty();
        if let Some((column, _)) =
            codes.iter().take(if alone { 2 } else { 4 }).find(|(_, column)| cell(*column).is_empty())
        {
            return Err(LedgerError::EmptyCell { line, column });
        }
        let pair = |i: usize| (cell(codes[i].1).to_owned(), cell(codes[i + 1].1).to_owned());
        let (a, b) = (pair(0), (!alone).then(|| pair(2)));
        if b.as_ref() == Some(&a) {
            return Err(LedgerError::Itself { line, occupation: a.0, statement: a.1 });
        }
        let text = |column: Option<usize>| column.map(cell).filter(|text| !text.is_empty()).map(str::to_owned);
        let note = text(note).unwrap_or_default();
        decisions.push(Decision { line, verdict, a, b, hashes: hashes.map(text), note });
    }
    Ok(Ledger { decisions })
}

fn csv_error(text: &str, error: &::csv::Error) -> LedgerError {
    let line = crate::concept::csv_line(text, error.position());
    LedgerError::Csv { line, message: crate::concept::csv_message(error) }
}
