//! Concepts judged by people, from a CSV file.

use super::{Builder, Concepts, Error, Wording};
use crate::map::Map;

pub(super) fn read(map: &Map, text: &str) -> Result<Concepts, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ::csv::ReaderBuilder::new().trim(::csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| csv_error(text, &e))?.clone();
    let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
    let required = |name: &'static str| column(name).ok_or(Error::MissingColumn { column: name });
    let columns = [required("occupation")?, required("statement")?, required("concept")?];
    let label = column("label");
    let also = column("also");
    let mut builder = Builder::new(map);
    for row in reader.records() {
        let row = row.map_err(|e| csv_error(text, &e))?;
        let line = line_of(text, row.position());
        let place = || format!("line {line}");
        let cell = |i: usize| row.get(columns[i]).unwrap_or_default();
        for (i, column) in ["occupation", "statement", "concept"].into_iter().enumerate() {
            if cell(i).is_empty() {
                return Err(Error::EmptyCell { place: place(), column });
            }
        }
        let label = label.and_then(|i| row.get(i));
        builder.add(cell(2), label, cell(0), cell(1), &place)?;
        let also = also.and_then(|i| row.get(i)).unwrap_or_default();
        for concept in also.split(';').map(str::trim).filter(|id| !id.is_empty()) {
            builder.add_also(concept, cell(0), cell(1), &place)?;
        }
    }
    Ok(builder.finish(Wording::Judged))
}

fn csv_error(text: &str, error: &::csv::Error) -> Error {
    Error::Csv { line: line_of(text, error.position()), message: message(error) }
}

/// The line on which a row begins. The reader tells where the row before it
/// ended: before the second half of a line end of Windows, and before lines
/// that are empty.
pub(crate) fn line_of(text: &str, position: Option<&::csv::Position>) -> u64 {
    let Some(position) = position else { return 1 };
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}

/// What parts the cells: of comma, semicolon and tab (as spreadsheets save
/// them) the one that the header has most of; ties in that order.
pub(crate) fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: u8| header.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// What is wrong with a CSV file, in words.
pub(crate) fn message(error: &::csv::Error) -> String {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells, the header {expected_len}")
        }
        ::csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => "the text cannot be taken apart into rows".to_owned(),
    }
}
