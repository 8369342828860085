//! A table: rows under a known header, with the place of every cell.

use super::columns::{self, Header};
use super::sheet::SheetRow;
use super::{Columns, Error, Sheet, decode, delimited, error};

/// A remark on how a table was read, for the person who sent it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Note {
    /// The place: `line 1`, a sheet and a cell, or nothing for the whole file.
    pub place: Option<String>,
    /// The line, or the row in its sheet; 1 for the whole file.
    pub line: u64,
    /// What was found and what was done about it.
    pub message: String,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Note {
    pub(super) fn of_file(message: impl Into<String>) -> Note {
        Note { place: None, line: 1, message: message.into() }
    }

    pub(super) fn at(place: String, line: u64, message: impl Into<String>) -> Note {
        Note { place: Some(place), line, message: message.into() }
    }
}

/// The rows of a table under a known header.
#[derive(Clone, Debug)]
pub struct Table {
    pub(super) form: usize,
    pub(super) headers: Vec<Header>,
    pub(super) rows: Vec<(usize, SheetRow)>,
    pub(super) notes: Vec<Note>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    pub(super) header: &'t Header,
    pub(super) row: &'t SheetRow,
}

impl Table {
    /// Reads a table in the first of several forms whose columns it has.
    ///
    /// # Errors
    ///
    /// [`Error`], with the line, or the sheet and cell: not a table
    /// (`Table::read(b"{}", ..)`), a missing required column, a column that
    /// appears twice, an open quote, a row with cells beyond the header.
    ///
    /// # Complexity
    ///
    /// `O(n)` time and memory.
    pub fn read(bytes: &[u8], forms: &[Columns]) -> Result<Table, Error> {
        if let Some(seems) = error::seems(bytes) {
            return Err(Error::NotATable { seems });
        }
        let mut notes = Vec::new();
        let text = decode::text(bytes, &mut notes)?;
        if text.trim().is_empty() {
            return Err(Error::Empty);
        }
        let sheet = delimited::sheet(&text, forms, &mut notes)?;
        Table::of(vec![sheet], forms, notes)
    }

    /// Finds the table in the sheets of a workbook.
    ///
    /// # Errors
    ///
    /// As [`Table::read`], with the sheet and cell; also [`Error::Unreadable`].
    ///
    /// # Complexity
    ///
    /// `O(n)` time and memory.
    pub fn from_sheets(sheets: Vec<Sheet>, forms: &[Columns]) -> Result<Table, Error> {
        Table::of(sheets, forms, Vec::new())
    }

    pub(super) fn of(sheets: Vec<Sheet>, forms: &[Columns], notes: Vec<Note>) -> Result<Table, Error> {
        let form = columns::choose(&sheets, forms);
        let mut table = Table { form, headers: Vec::new(), rows: Vec::new(), notes };
        let Some(columns) = forms.get(form) else { return Err(Error::Empty) };
        let found: Vec<Result<Header, Error>> =
            sheets.iter().map(|sheet| columns.header(sheet, &mut table.notes)).collect();
        if !found.iter().any(Result::is_ok) {
            return Err(columns::nearest(found, &sheets));
        }
        for (sheet, header) in sheets.into_iter().zip(found) {
            // a sheet without the header holds something else; one with a faulty header does not
            let header = match header {
                Ok(header) => header,
                Err(error) if error.is_faulty_header() => return Err(error),
                Err(_) => continue,
            };
            table.add(sheet, header, columns)?;
            if !columns.every_sheet {
                break;
            }
        }
        Header::missing_somewhere(&table.headers).map_or(Ok(table), Err)
    }

    pub(super) fn add(&mut self, sheet: Sheet, header: Header, columns: &Columns) -> Result<(), Error> {
        let at = self.headers.len();
        if let Some(error) = sheet.unreadable(header.row, |column| header.holds(column)) {
            return Err(error);
        }
        let mut is_noted = columns.takes_long_rows;
        for mut row in sheet.rows.into_iter().filter(|row| row.number > header.row && !row.is_blank()) {
            let is_long = row.excess(header.width) > 0;
            if is_long && sheet.name.is_some() && !is_noted {
                // people write next to a table in a spreadsheet
                is_noted = true;
                let message = "cells to the right of the header's last column are not used";
                self.notes.push(Note::at(header.row_place(&row), row.line, message));
            } else if is_long && sheet.name.is_none() && !columns.takes_long_rows {
                let (cells, columns) = (row.cells.len(), header.width);
                return Err(Error::LongRow { place: header.row_place(&row), cells, columns });
            }
            header.join(&mut row);
            self.rows.push((at, row));
        }
        self.headers.push(header);
        Ok(())
    }

    /// The rows below the header that are not blank, in the order of the file.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|(header, row)| Row { header: &self.headers[*header], row })
    }

    /// The number of the given form that the table has.
    pub fn form(&self) -> usize {
        self.form
    }

    /// Notes on what was repaired or skipped.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

impl<'t> Row<'t> {
    /// The text of a cell, trimmed, with line feeds for line ends; empty if the
    /// cell or the column is missing.
    pub fn cell(self, column: &str) -> &'t str {
        let at = self.header.place_of(column);
        at.and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }

    /// Like [`Row::cell`]; `None` if it is empty.
    pub fn get(self, column: &str) -> Option<&'t str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    /// Whether the header has that column.
    pub fn has(self, column: &str) -> bool {
        self.header.place_of(column).is_some()
    }

    /// The columns of the header, each with its cell.
    pub fn cells(self) -> impl Iterator<Item = (&'static str, &'t str)> {
        self.header.columns().map(move |(column, at)| (column, self.row.cells.get(at).map_or("", String::as_str)))
    }

    /// The line on which the row begins, or the row's number in its sheet; from 1.
    pub fn line(self) -> u64 {
        self.row.line
    }

    /// The place of a cell: `line 3`, or `'Route core'!F7`.
    pub fn place(self, column: &str) -> String {
        self.header.cell_place(self.row, column)
    }

    /// How many cells the row has beyond the header; see
    /// [`Columns::taking_long_rows`].
    pub fn excess(self) -> usize {
        self.row.excess(self.header.width)
    }

    /// How many columns the header has.
    pub fn width(self) -> usize {
        self.header.width
    }
}
