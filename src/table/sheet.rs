//! Cells in rows, before a header is known.

use super::Error;

/// The maximum number of cells of one file, including empty ones before a
/// filled one.
pub(super) const MOST_CELLS: usize = 20_000_000;

/// The cells of a CSV file, or of one sheet of a workbook. A workbook reader
/// fills it, and [`Table::from_sheets`](super::Table::from_sheets) takes it.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The sheet's name; `None` for CSV.
    pub(super) name: Option<String>,
    pub(super) rows: Vec<SheetRow>,
    /// Cells that show something that the file does not contain.
    unreadable: Vec<UnreadableCell>,
    cells: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct SheetRow {
    /// The row's number in its sheet, from 0; blank rows count.
    pub(super) number: usize,
    /// The line on which it begins, from 1; in a workbook the row's number from
    /// 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
    /// Whether text follows the closing quote of a cell.
    pub(super) has_odd_quote: bool,
}

#[derive(Clone, Debug)]
struct UnreadableCell {
    row: usize,
    column: usize,
    message: String,
}

impl Sheet {
    /// Returns an empty sheet with that name.
    pub fn new(name: impl Into<String>) -> Self {
        Sheet { name: Some(name.into()), ..Sheet::default() }
    }

    /// The sheet's name; `None` for CSV.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub(super) fn of_lines(rows: Vec<SheetRow>) -> Self {
        Sheet { rows, ..Sheet::default() }
    }

    /// Sets the text of a cell. Rows and columns count from 0, and rows must
    /// come in order.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`]: more than 20 million cells, including those before
    /// a filled one.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::study::Labels;
    /// use tlevel::table::{Sheet, Table};
    ///
    /// let mut sheet = Sheet::new("Groups");
    /// for (column, text) in ["occupation", "label"].into_iter().enumerate() {
    ///     sheet.set(0, column, text.to_owned())?;
    /// }
    /// sheet.set(1, 0, "OCC0001".to_owned())?;
    /// let table = Table::from_sheets(vec![sheet], Labels::COLUMNS)?;
    /// let error = Labels::from_table(&table).unwrap_err();
    /// assert_eq!(error.to_string(), "Groups!B2: the label is empty; fill it in or delete the row");
    /// # Ok::<(), tlevel::table::Error>(())
    /// ```
    pub fn set(&mut self, row: usize, column: usize, text: String) -> Result<(), Error> {
        // an earlier row (in a damaged file) is opened again
        if self.rows.last().is_none_or(|last| last.number != row) {
            self.rows.push(SheetRow { number: row, line: row as u64 + 1, ..SheetRow::default() });
        }
        if let Some(last) = self.rows.last_mut() {
            let more = column.saturating_add(1).saturating_sub(last.cells.len());
            self.cells = self.cells.saturating_add(more);
            if self.cells > MOST_CELLS {
                return Err(Error::TooLarge { limit: MOST_CELLS });
            }
            last.cells.resize(last.cells.len() + more, String::new());
            last.cells[column] = text;
        }
        Ok(())
    }

    /// Marks a cell that shows something that the file does not contain, such
    /// as the result of a formula. It is an error in a column that is used.
    pub fn mark_unreadable(&mut self, row: usize, column: usize, message: impl Into<String>) {
        self.unreadable.push(UnreadableCell { row, column, message: message.into() });
    }

    /// The first unreadable cell below a row, in a column that is used.
    pub(super) fn unreadable(&self, below: usize, counts: impl Fn(usize) -> bool) -> Option<Error> {
        let cell = self.unreadable.iter().find(|cell| cell.row > below && counts(cell.column))?;
        let place = cell_name(self.name.as_deref().unwrap_or_default(), cell.row as u64 + 1, cell.column);
        Some(Error::Unreadable { place, message: cell.message.clone() })
    }
}

impl SheetRow {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// How many cells there are beyond a width, up to the last filled one.
    pub(super) fn excess(&self, width: usize) -> usize {
        let filled = self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        filled.saturating_sub(width)
    }
}

/// A cell in spreadsheet notation: `'Route core'!F7`.
pub(super) fn cell_name(sheet: &str, row: u64, column: usize) -> String {
    let (mut letters, mut rest) = (String::new(), column.saturating_add(1));
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    if !sheet.is_empty() && sheet.chars().all(|c| c.is_ascii_alphanumeric()) {
        return format!("{sheet}!{letters}{row}");
    }
    format!("'{}'!{letters}{row}", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_spreadsheets() {
        for (sheet, row, column, name) in [
            ("Core", 7, 5, "Core!F7"),
            ("Route core", 1, 0, "'Route core'!A1"),
            ("It's", 2, 25, "'It''s'!Z2"),
            ("S", 3, 26, "S!AA3"),
            ("S", 3, 16_383, "S!XFD3"),
        ] {
            assert_eq!(cell_name(sheet, row, column), name);
        }
    }
}
