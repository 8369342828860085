//! Cells in rows, before anything is known of a header.

/// The most cells of one file, empty ones before a filled one included.
pub(super) const MOST_CELLS: usize = 20_000_000;

/// The cells of a file or of one sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The sheet's name; none for CSV.
    pub(super) sheet: Option<String>,
    pub(super) rows: Vec<GridRow>,
    /// Cells that show something which the file does not hold.
    pub(super) unreadable: Vec<UnreadableCell>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct GridRow {
    /// The row's number in its grid, from 0; blank rows count.
    pub(super) number: usize,
    /// The line on which it begins, from 1; in a workbook the row's number from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
    /// Whether text follows the closing quote of a cell.
    pub(super) has_odd_quote: bool,
}

#[derive(Clone, Debug)]
pub(super) struct UnreadableCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) message: String,
}

impl GridRow {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// How many cells there are beyond a width, up to the last that is filled.
    pub(super) fn excess(&self, width: usize) -> usize {
        let filled = self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        filled.saturating_sub(width)
    }
}

impl UnreadableCell {
    pub(super) fn place(&self, sheet: Option<&str>) -> String {
        cell_name(sheet.unwrap_or_default(), self.row as u64 + 1, self.column)
    }
}

/// A cell as spreadsheets name it: `'Route core'!F7`.
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
