//! Reviews as Excel workbooks.

use calamine::{Data, DataRef, Reader as _, Xlsx};

use super::decisions::{Columns, Decisions, ReviewError, Row};

/// How far down the headings of a sheet are looked for.
const HEADINGS_WITHIN: u32 = 50;

/// How many columns a sheet may have.
const COLUMNS: u32 = 16_384;

/// Reads the decisions of a review workbook: of every sheet with a row of
/// headings that has `concept id`; the columns are those of
/// [`Decisions::from_csv`]. Sheets without a column `decision` lend the numbers
/// of their items. Anything else in the workbook is passed over.
///
/// # Errors
///
/// [`ReviewError`], with the sheet and the cell: not a workbook
/// (`read_review(b"a text")`), no review in it, an unknown decision, a merge
/// with nothing.
///
/// # Examples
///
/// ```
/// use tlevel::derive::read_review;
/// use tlevel::write::document::{Block, ContentItem, Document, ReviewTier, xlsx};
///
/// let mut document = Document::new("Onsite construction");
/// document.blocks.push(Block::Content {
///     caption: "Route core".to_owned(),
///     items: vec![ContentItem::new("K1", "k-law", "Health and safety law")],
///     review: Some(ReviewTier::RouteCore),
/// });
/// let nothing_decided = read_review(&xlsx(&document)?)?;
/// assert!(nothing_decided.decisions().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_review(bytes: &[u8]) -> Result<Decisions, ReviewError> {
    let not_a_workbook = |e: calamine::XlsxError| ReviewError::NotAWorkbook { message: e.to_string() };
    let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).map_err(not_a_workbook)?;
    let (mut rows, mut is_review) = (Vec::new(), false);
    let sheets = workbook.sheet_names();
    for sheet in &sheets {
        // what is no sheet of cells (a chart) holds no review
        let Ok(mut cells) = workbook.worksheet_cells_reader(sheet) else { continue };
        let mut reading = Reading { sheet, columns: None, at: 0, row: Vec::new(), rows: &mut rows };
        while let Some(cell) = cells.next_cell().map_err(not_a_workbook)? {
            let (row, column) = cell.get_position();
            if row != reading.at {
                reading.finish_row();
                reading.at = row;
            }
            let text = shown(cell.get_value());
            if !text.is_empty() && column < COLUMNS {
                reading.row.push((column as usize, text));
            }
        }
        reading.finish_row();
        is_review |= reading.columns.is_some_and(|columns| columns.decision.is_some());
    }
    if !is_review {
        return Err(ReviewError::NoReview { sheets });
    }
    Decisions::from_rows(&rows)
}

/// A sheet being read, row by row; rows are as long as their last cell with a
/// text, however far the sheet says that it goes.
struct Reading<'s> {
    sheet: &'s str,
    columns: Option<Columns>,
    at: u32,
    row: Vec<(usize, String)>,
    rows: &'s mut Vec<Row>,
}

impl Reading<'_> {
    fn finish_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        let find = |column: usize| cells.iter().find(|(c, _)| *c == column).map(|(_, text)| text.as_str());
        match &self.columns {
            None if self.at < HEADINGS_WITHIN => {
                let mut headings = vec![""; cells.iter().map(|(column, _)| column + 1).max().unwrap_or(0)];
                cells.iter().for_each(|(column, text)| headings[*column] = text);
                let columns = Columns::of(headings);
                self.columns = columns.concept.is_some().then_some(columns);
            }
            Some(columns) if !cells.is_empty() => {
                let cell = |column: Option<usize>| column.and_then(find).unwrap_or_default().to_owned();
                self.rows.push(columns.row(cell, |column| place(self.sheet, self.at, column)));
            }
            _ => {}
        }
    }
}

/// `'Route core'!F7`
fn place(sheet: &str, row: u32, column: Option<usize>) -> String {
    let (mut letters, mut rest) = (String::new(), column.unwrap_or(0) + 1);
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let row = row.saturating_add(1);
    if sheet.chars().all(|c| c.is_ascii_alphanumeric()) {
        return format!("{sheet}!{letters}{row}");
    }
    format!("'{}'!{letters}{row}", sheet.replace('\'', "''"))
}

fn shown(value: &DataRef<'_>) -> String {
    let text = Data::from(value.clone()).to_string();
    text.trim().to_owned()
}
