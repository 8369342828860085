//! Sheets with a table: its caption in A1, the headings frozen below.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, FormatBorder, FormatUnderline, ProtectionOptions, Table, TableColumn,
    TableStyle, Url, Worksheet, XlsxError,
};
use tlevel::derive::Tier;
use tlevel::review::{Choice, text_mark};

use super::limits::{MAX_LINKS, clean, height, lines, pieces, web_address};
use crate::document::{self, Cell, ContentItem, FillInColumn, Span, plain};

/// The most rows of one sheet, with room for the caption; Excel's own limit is
/// 1,048,576.
pub(super) const ROWS: usize = 1_000_000;

/// The rows that a form without rows has for people to fill in.
const ROOM: u32 = 200;

const TOPIC: &str = "Topic";

/// The footer of every sheet: its name, and the page.
pub(super) const FOOTER: &str = "&L&A&RPage &P of &N";

/// The columns that a review fills in: heading, width and instruction.
const REVIEW: [(&str, u8, &str); 4] = [
    ("Decision", 14, "Choose from the list. Leave it empty to change nothing."),
    ("New wording", 30, "A better text or heading, whatever the decision. The text at the left stays as it is."),
    ("Merge with", 10, "For \"merge with\" alone: the number of the item that says the same, such as P3."),
    ("Comment", 26, "Why, in your own words. A comment alone is kept, too."),
];

/// The widest that the visible columns of a sheet are together, in characters: printed
/// on A4 landscape they are then at least at 70 per cent of their size.
const PAGE: usize = 195;
/// The narrowest that a column becomes so that a sheet fits.
const NARROWEST: usize = 8;

/// The place of content to review: its tier, pathway and topic, and what it was made
/// with.
#[derive(Clone, Copy)]
pub(super) struct Reviewed<'r> {
    pub(super) tier: Tier,
    pub(super) pathway: Option<&'r str>,
    pub(super) topic: Option<&'r str>,
    /// What the draft was made with.
    pub(super) basis: Option<&'r str>,
}

/// A sheet with a table.
pub(super) struct Grid {
    pub(super) caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
    /// The columns to fill in, and what is filled in already, row by row.
    open: Vec<FillInColumn>,
    filled: Vec<Vec<String>>,
    /// The columns for the program alone, hidden after those to fill in. Their cells are
    /// the last of a row; a row whose first is empty has nothing to fill in.
    hidden: Vec<Column>,
}

#[derive(Clone)]
struct Column {
    heading: String,
    /// The most that it may be wide, in characters.
    most: usize,
    /// What a person is told who fills it in.
    prompt: Option<document::Prompt>,
    is_hidden: bool,
}

enum Value {
    Number(i64),
    Decimal(f64),
    Text { text: String, target: Option<String> },
}

impl Value {
    fn text(text: &str) -> Value {
        Value::Text { text: clean(text), target: None }
    }

    fn spans(spans: &[Span]) -> Value {
        let target = spans.iter().find_map(|span| match span {
            Span::Link { target, .. } => web_address(target),
            _ => None,
        });
        Value::Text { text: clean(&plain(spans)), target }
    }
}

fn column(heading: &str, most: usize) -> Column {
    Column { heading: clean(heading), most, prompt: None, is_hidden: false }
}

impl Grid {
    /// Makes a table of content.
    pub(super) fn of_content(caption: &str, items: &[ContentItem], review: Option<Reviewed<'_>>) -> Grid {
        let has_keys = review.is_none() && items.iter().any(|item| !item.key.is_empty());
        let mut columns = vec![column("Number", 9)];
        columns.extend(has_keys.then(|| column("Concept id", 28)));
        columns.extend(review.and_then(|review| review.topic).map(|_| column(TOPIC, 20)));
        columns.extend([column("Text", 56), column("Detail", 30)]);
        let mut hidden = Vec::new();
        if let Some(review) = review {
            hidden.extend([column("Concept id", 28), column("Tier", 14)]);
            hidden.extend(review.pathway.map(|_| column("Pathway", 24)));
            hidden.extend(review.basis.map(|_| column("Made with", 24)));
            hidden.push(column("Text mark", 20));
        }
        let open = if review.is_some() { review_columns() } else { Vec::new() };
        let mut grid = Grid { caption: clean(caption), columns, rows: Vec::new(), open, filled: Vec::new(), hidden };
        grid.add(items, review, has_keys);
        grid
    }

    /// Adds further content of the same review; returns `false` if it does not fit.
    pub(super) fn add_reviewed(&mut self, items: &[ContentItem], review: Reviewed<'_>) -> bool {
        let has_topic = self.columns.iter().any(|column| column.heading == TOPIC);
        let fits = self.rows.len().saturating_add(items.len()) <= ROWS && has_topic == review.topic.is_some();
        if fits {
            self.add(items, Some(review), false);
        }
        fits
    }

    fn add(&mut self, items: &[ContentItem], review: Option<Reviewed<'_>>, has_keys: bool) {
        let row = |item: &ContentItem| {
            let mut row = vec![Value::text(&item.number)];
            row.extend(has_keys.then(|| Value::text(&item.key)));
            row.extend(review.and_then(|review| review.topic).map(Value::text));
            row.extend([Value::text(&item.whole()), Value::spans(&item.facts())]);
            if let Some(review) = review {
                row.extend([item.key.as_str(), review.tier.name()].map(Value::text));
                row.extend([review.pathway, review.basis].into_iter().flatten().map(Value::text));
                // a text of several cells has no mark
                let text = item.whole();
                let is_whole = pieces(&text).len() == 1;
                row.push(Value::text(&if is_whole { text_mark(&clean(&text)) } else { String::new() }));
            }
            row
        };
        self.rows.extend(items.iter().map(row));
    }

    pub(super) fn of_table(table: &document::Table) -> Grid {
        let of_column = |c: &document::Column| Column {
            prompt: c.prompt.clone(),
            is_hidden: c.is_hidden,
            ..column(&c.heading, 12 + 16 * usize::from(c.width.clamp(1, 8)))
        };
        let mut columns: Vec<Column> = table.columns.iter().map(of_column).collect();
        // a row that is longer than the headings loses nothing
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        columns.extend((columns.len()..width).map(|_| column("", 30)));
        let value = |cell: &Cell| match cell {
            Cell::Number(number) => Value::Number(*number),
            // Excel has no number that is not finite
            Cell::Decimal(number) if !number.is_finite() => Value::text(""),
            Cell::Decimal(number) => Value::Decimal(*number),
            Cell::Text(text) => Value::text(text),
        };
        let mut rows: Vec<Vec<Value>> = table.rows.iter().map(|row| row.iter().map(value).collect()).collect();
        let (mut open, mut filled, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(fill_in) = &table.fill_in {
            hidden = fill_in.hidden.iter().map(|heading| column(heading, 20)).collect();
            open.clone_from(&fill_in.columns);
            for (row, cells) in rows.iter_mut().zip(&fill_in.rows) {
                row.resize_with(width.max(table.columns.len()), || Value::text(""));
                row.extend(cells.hidden.iter().map(|text| Value::text(text)));
                filled.push(cells.filled.clone());
            }
        }
        Grid { caption: clean(&table.caption), columns, rows, open, filled, hidden }
    }

    /// Splits this grid into grids of at most so many rows.
    pub(super) fn pages(mut self, most: usize) -> Vec<Grid> {
        let mut pages = Vec::new();
        while self.rows.len() > most {
            let rest = self.rows.split_off(most);
            let filled = self.filled.split_off(self.filled.len().min(most));
            let caption = format!("{} (part {})", self.caption, pages.len() + 2);
            let (columns, open, hidden) = (self.columns.clone(), self.open.clone(), self.hidden.clone());
            let next = Grid { caption, columns, rows: rest, open, filled, hidden };
            pages.push(std::mem::replace(&mut self, next));
            // parts are parts of the first
            let of_first = pages[0].caption.clone();
            self.caption = format!("{of_first} (part {})", pages.len() + 1);
        }
        pages.push(self);
        pages
    }

    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let title = Format::new().set_bold().set_font_size(16);
        let mut top = 0;
        for piece in pieces(&self.caption) {
            sheet.write_string_with_format(top, 0, piece, &title)?;
            sheet.set_row_height(top, height(1, 16.0))?;
            top += 1;
        }
        let spread = self.spread();
        if spread.is_empty() {
            return Ok(());
        }
        // an Excel table has at least one row
        let last = top + u32::try_from(self.rows.len().max(1)).unwrap_or(u32::MAX);
        self.headings(sheet, &spread, (top, last))?;
        self.cells(sheet, &spread, top + 1)?;
        if !self.open.is_empty() {
            self.review(sheet, spread.len(), (top + 1, last))?;
        }
        self.to_fill(sheet, &spread, (top + 1, last))?;
        sheet.set_freeze_panes(top + 1, 0)?.set_repeat_rows(top, top)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer(FOOTER);
        Ok(())
    }

    /// The columns of the sheet: for each, the column of the table and the piece of
    /// its texts.
    fn spread(&self) -> Vec<(usize, usize)> {
        let most = |at: usize| {
            let texts = self.rows.iter().filter_map(|row| match row.get(at) {
                Some(Value::Text { text, .. }) if text.len() > 32_000 => Some(pieces(text).len()),
                _ => None,
            });
            texts.max().unwrap_or(1).max(pieces(&self.columns[at].heading).len())
        };
        (0..self.columns.len()).flat_map(|at| (0..most(at)).map(move |piece| (at, piece))).collect()
    }

    fn headings(&self, sheet: &mut Worksheet, spread: &[(usize, usize)], rows: (u32, u32)) -> Result<(), XlsxError> {
        let heading = |&(at, piece): &(usize, usize)| {
            let mut heading = pieces(&self.columns[at].heading);
            match piece {
                piece if piece < heading.len() => heading.swap_remove(piece),
                1 if heading.len() == 1 => format!("{} (continued)", self.columns[at].heading),
                n if heading.len() == 1 => format!("{} (continued {n})", self.columns[at].heading),
                _ => String::new(),
            }
        };
        let mut headings: Vec<String> = spread.iter().map(heading).collect();
        headings.extend(self.open.iter().map(|column| column.heading.clone()));
        headings.extend(self.hidden.iter().map(|column| column.heading.clone()));
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for heading in headings.iter_mut().filter(|heading| !heading.is_empty()) {
            let name = heading.clone();
            for number in 2.. {
                if taken.insert(heading.to_lowercase()) {
                    break;
                }
                *heading = format!("{name} ({number})");
            }
        }
        let format = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(0x001F_3864));
        let fits = |h: &String| !h.trim().is_empty() && !h.contains(['\n', '\t']) && h.encode_utf16().count() <= 255;
        let last_column = column_number(headings.len() - 1);
        if headings.iter().all(fits) {
            let columns: Vec<TableColumn> =
                headings.iter().map(|h| TableColumn::new().set_header(h).set_header_format(&format)).collect();
            let told: String = self.caption.chars().take(250).collect();
            let table =
                Table::new().set_columns(&columns).set_style(TableStyle::Light1).set_alt_text_title(told.clone());
            sheet.add_table(rows.0, 0, rows.1, last_column, &table)?;
        } else {
            for (heading, at) in headings.iter().zip(0..) {
                sheet.write_string_with_format(rows.0, at, heading, &format)?;
            }
        }
        Ok(())
    }

    fn cells(&self, sheet: &mut Worksheet, spread: &[(usize, usize)], first: u32) -> Result<(), XlsxError> {
        let mut plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        if !self.open.is_empty() {
            // rows of several lines are told apart
            plain = plain.set_border_bottom(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF));
        }
        let figure = Format::new().set_align(FormatAlign::Top);
        let measured = figure.clone().set_num_format("0.000");
        let linked = plain.clone().set_font_color(Color::RGB(0x001D_509E)).set_underline(FormatUnderline::Single);
        let widths = self.widths(spread);
        let mut links = 0;
        for (at_row, (row, number)) in self.rows.iter().zip(first..).enumerate() {
            let tall = spread.iter().zip(&widths).map(|(&(at, piece), width)| match row.get(at) {
                Some(Value::Text { text, .. }) => piece_of(text, piece).map_or(1, |text| lines(&text, *width)),
                _ => 1,
            });
            let filled = self.filled.get(at_row).into_iter().flatten().zip(&self.open);
            let tall = tall.chain(filled.map(|(text, column)| lines(text, usize::from(column.width))));
            if let Some(tall @ 2..) = tall.max() {
                sheet.set_row_height(number, height(tall, 11.0))?;
            }
            for (&(at, piece), column) in spread.iter().zip(0..) {
                match row.get(at) {
                    Some(Value::Number(n)) if piece == 0 && n.unsigned_abs() < 1_000_000_000_000_000 => {
                        sheet.write_number_with_format(number, column, *n as f64, &figure)?;
                    }
                    Some(Value::Number(n)) if piece == 0 => {
                        sheet.write_string_with_format(number, column, n.to_string(), &plain)?;
                    }
                    Some(Value::Decimal(n)) if piece == 0 => {
                        let is_count = n.fract() == 0.0 && n.abs() > 1.0;
                        sheet.write_number_with_format(
                            number,
                            column,
                            *n,
                            if is_count { &figure } else { &measured },
                        )?;
                    }
                    Some(Value::Text { text, target }) => {
                        let Some(text) = piece_of(text, piece).filter(|text| !text.is_empty()) else { continue };
                        match target {
                            Some(target) if piece == 0 && links < MAX_LINKS => {
                                links += 1;
                                let url = Url::new(target).set_text(text);
                                sheet.write_url_with_format(number, column, url, &linked)?;
                            }
                            _ => {
                                sheet.write_string_with_format(number, column, text, &plain)?;
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        for (width, column) in widths.into_iter().zip(0..) {
            sheet.set_column_width(column, width as f64)?;
        }
        Ok(())
    }

    /// The widths of the visible columns, the widest made narrower so that a page of A4
    /// holds all.
    fn widths(&self, spread: &[(usize, usize)]) -> Vec<usize> {
        let mut widths: Vec<usize> = spread.iter().map(|&(at, piece)| self.width(at, piece)).collect();
        let open: usize = self.open.iter().map(|column| usize::from(column.width)).sum();
        let room = PAGE.saturating_sub(open);
        let widest = widths.iter().copied().max().unwrap_or(0);
        let fits = |most: usize| widths.iter().map(|width| (*width).min(most)).sum::<usize>() <= room;
        let most = (NARROWEST..=widest).rev().find(|most| fits(*most)).unwrap_or(NARROWEST);
        widths.iter_mut().for_each(|width| *width = (*width).min(most));
        widths
    }

    /// The width of the longest line, within bounds; the heading has a button.
    fn width(&self, at: usize, piece: usize) -> usize {
        let column = &self.columns[at];
        let heading = column.heading.chars().count().min(20) + 4;
        if piece > 0 {
            return column.most;
        }
        let line = |value: &Value| match value {
            Value::Number(n) => n.to_string().len(),
            Value::Decimal(n) => format!("{n:.3}").len(),
            Value::Text { text, .. } => text.lines().map(|line| line.chars().take(200).count()).max().unwrap_or(0),
        };
        let longest = self.rows.iter().filter_map(|row| row.get(at)).map(line).max().unwrap_or(0);
        (longest + 2).clamp(heading.min(column.most), column.most)
    }

    /// Marks the columns that people fill in, and hides those for programs.
    fn to_fill(&self, sheet: &mut Worksheet, spread: &[(usize, usize)], rows: (u32, u32)) -> Result<(), XlsxError> {
        let open = open_cell();
        // a form without rows has room for some
        let rows = if self.rows.is_empty() { (rows.0, rows.0 + ROOM - 1) } else { rows };
        for (&(at, piece), column) in spread.iter().zip(0..) {
            if self.columns[at].is_hidden {
                sheet.set_column_hidden(column)?;
            }
            let Some(prompt) = self.columns[at].prompt.as_ref().filter(|_| piece == 0) else { continue };
            for (row, number) in self.rows.iter().zip(rows.0..) {
                match row.get(at) {
                    Some(Value::Number(n)) if n.unsigned_abs() < 1_000_000_000_000_000 => {
                        sheet.write_number_with_format(number, column, *n as f64, &open)?;
                    }
                    Some(Value::Number(n)) => {
                        sheet.write_string_with_format(number, column, n.to_string(), &open)?;
                    }
                    Some(Value::Text { text, .. }) if !text.is_empty() => {
                        let text = piece_of(text, 0).unwrap_or_default();
                        sheet.write_string_with_format(number, column, text, &open)?;
                    }
                    _ => {
                        sheet.write_blank(number, column, &open)?;
                    }
                }
            }
            if self.rows.is_empty() {
                for number in rows.0..=rows.1 {
                    sheet.write_blank(number, column, &open)?;
                }
            }
            let validation = validation(&self.columns[at].heading, &prompt.hint, &prompt.choices)?;
            sheet.add_data_validation(rows.0, column, rows.1, column, &validation)?;
        }
        Ok(())
    }

    /// Adds the columns for decisions, the only ones that are not locked, and hides
    /// those for the program after them.
    fn review(&self, sheet: &mut Worksheet, at: usize, rows: (u32, u32)) -> Result<(), XlsxError> {
        let concept = self.columns.len();
        let open = open_cell();
        for (of, offset) in self.open.iter().zip(0..) {
            let column = column_number(at + offset);
            sheet.set_column_width(column, f64::from(of.width))?;
            for ((row, number), at_row) in self.rows.iter().zip(rows.0..).zip(0..) {
                // a row without an id cannot be decided on
                if matches!(row.get(concept), Some(Value::Text { text, .. }) if !text.is_empty()) {
                    let filled: Option<&String> =
                        self.filled.get(at_row).and_then(|filled: &Vec<String>| filled.get(offset));
                    match filled.map(|text| clean(text)).filter(|text| !text.is_empty()) {
                        Some(text) => {
                            sheet.write_string_with_format(number, column, beginning(&text, 32_000), &open)?
                        }
                        None => sheet.write_blank(number, column, &open)?,
                    };
                }
            }
            let validation = validation(&of.heading, &of.hint, &of.choices)?;
            sheet.add_data_validation(rows.0, column, rows.1, column, &validation)?;
        }
        for (number, column) in (0..self.hidden.len()).zip(at + self.open.len()..) {
            for (row, place) in self.rows.iter().zip(rows.0..) {
                if let Some(Value::Text { text, .. }) = row.get(concept + number) {
                    let text = piece_of(text, 0).unwrap_or_default();
                    sheet.write_string(place, column_number(column), text)?;
                }
            }
            sheet.set_column_hidden(column_number(column))?;
        }
        let may = ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        };
        sheet.protect_with_options(&may);
        Ok(())
    }
}

/// The prompt of a cell that a person fills in, and the words to choose from, if any.
fn validation(heading: &str, hint: &str, choices: &[String]) -> Result<DataValidation, XlsxError> {
    let prompt =
        DataValidation::new().set_input_title(beginning(heading, 32))?.set_input_message(beginning(hint, 255))?;
    if choices.is_empty() {
        return Ok(prompt);
    }
    prompt
        .allow_list_strings(choices)?
        .set_error_title("Not in the list")?
        .set_error_message("Choose one from the list, or leave the cell empty.")
}

/// The look of a cell that a person fills in.
fn open_cell() -> Format {
    Format::new()
        .set_unlocked()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x0080_8080))
        .set_background_color(Color::RGB(0x00FF_FAE5))
}

/// The columns that decide on content.
fn review_columns() -> Vec<FillInColumn> {
    let columns = REVIEW.map(|(heading, width, hint)| FillInColumn::new(heading, width, hint));
    columns
        .into_iter()
        .map(|column| if column.heading == "Decision" { column.of(Choice::words()) } else { column })
        .collect()
}

/// The first characters of a text.
fn beginning(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

fn piece_of(text: &str, piece: usize) -> Option<String> {
    if piece == 0 && text.len() <= 32_000 {
        return Some(text.to_owned());
    }
    pieces(text).into_iter().nth(piece)
}

/// The number of a column; the writer reports an error if it is too large.
fn column_number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_on_in_further_sheets() {
        let mut table = document::Table::new("Counts", vec![document::Column::new("n", 1)]);
        table.rows = (0..7).map(|n| vec![Cell::Number(n)]).collect();
        let pages = Grid::of_table(&table).pages(3);
        let captions: Vec<&str> = pages.iter().map(|page| page.caption.as_str()).collect();
        assert_eq!(captions, ["Counts", "Counts (part 2)", "Counts (part 3)"]);
        assert_eq!(pages.iter().map(|page| page.rows.len()).collect::<Vec<_>>(), [3, 3, 1]);
    }
}
