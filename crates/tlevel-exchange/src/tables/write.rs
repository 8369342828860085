//! A map as a workbook, to read, to fill in and to read back.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};
use tlevel::read::RawMap;

use super::form::{Column, FORMS, Form, KEY, Kind, LEVELS, MORE, TRUTHS};
use super::rows::rows;
use crate::Error;

/// The rows above the records of a sheet: title, what to write, notes, an example and
/// the header.
const TITLE: u32 = 0;
const ABOUT: u32 = 1;
const NOTES: u32 = 2;
const EXAMPLE: u32 = 3;
const HEADER: u32 = 4;
const FIRST: u32 = 5;
/// How many characters a cell holds.
const CELL: usize = 32_767;
/// How many rows below the records have drop-downs.
const SPARE: u32 = 5_000;

/// Writes a map as a workbook (`.xlsx`) to read, to change and to read back with
/// [`read`](crate::read()).
///
/// There is a sheet for each kind of record. Each has its title in A1, what to write
/// in A2, a note and an example for each column, and the header in row 5. Level,
/// status, kind and reasons have lists to choose from. The ids of the records are
/// locked, because other rows refer to them; there is no password. Texts are texts,
/// even those that begin with `=`.
///
/// Reading an unchanged workbook gives the same map, to the byte in the native
/// format: what no column can hold is in the last column, as JSON.
///
/// # Errors
///
/// * [`Error::TooLong`]: a text of more than 32,767 characters.
/// * [`Error::CannotHold`]: an occupation with an unknown member `set_aside`.
/// * [`Error::Workbook`]: more than 1,048,571 records of one kind.
///
/// # Examples
///
/// ```
/// let map = tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?;
/// let bytes = tlevel_exchange::write_workbook(&map)?;
/// let back = tlevel_exchange::read(&bytes, "map.xlsx")?;
/// assert_eq!(serde_json::to_string(&back)?, serde_json::to_string(&map)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` time and memory in the size of the map.
pub fn write_workbook(map: &RawMap) -> Result<Vec<u8>, Error> {
    let title = map.title.as_deref().unwrap_or("Occupational map");
    written(title, rows(map)?)
}

/// Writes the workbook of [`write_workbook`] without records, to fill in.
///
/// # Errors
///
/// [`Error::Workbook`], which no input causes.
///
/// # Examples
///
/// ```
/// let bytes = tlevel_exchange::write_template()?;
/// assert!(bytes.starts_with(b"PK"));
/// assert_eq!(tlevel_exchange::read(&bytes, "map.xlsx")?.occupations().count(), 0);
/// # Ok::<(), tlevel_exchange::Error>(())
/// ```
///
/// # Complexity
///
/// Constant.
pub fn write_template() -> Result<Vec<u8>, Error> {
    written("Occupational map", vec![Vec::new(); FORMS.len()])
}

fn written(title: &str, rows: Vec<Vec<Vec<String>>>) -> Result<Vec<u8>, Error> {
    let failed = |error: XlsxError| Error::Workbook(error.to_string());
    let mut workbook = Workbook::new();
    let looks = Looks::new();
    // a fixed day: the same map gives the same bytes
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    let title: String = super::value::tidy(title).chars().take(200).collect();
    workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&day));
    let referred: Vec<u32> = rows.iter().map(|rows| rows.len() as u32).collect();
    for (form, rows) in FORMS.iter().zip(rows) {
        too_long(form, &rows)?;
        let sheet = workbook.add_worksheet();
        write(sheet, form, &rows, &title, &looks, &referred).map_err(failed)?;
    }
    workbook.save_to_buffer().map_err(failed)
}

fn too_long(form: &Form, rows: &[Vec<String>]) -> Result<(), Error> {
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.len() > CELL) {
            let found = cell.encode_utf16().count();
            if found > CELL {
                let letters = rust_xlsxwriter::utility::column_number_to_name(column as u16);
                let place = format!("{}!{letters}{}", form.name, row + FIRST as usize + 1);
                return Err(Error::TooLong { place, found });
            }
        }
    }
    Ok(())
}

/// The looks of cells.
struct Looks {
    title: Format,
    about: Format,
    note: Format,
    example: Format,
    header: Format,
    open: Format,
    open_number: Format,
    locked: Format,
    quiet: Format,
}

impl Looks {
    fn new() -> Looks {
        let ink = Format::new().set_font_color(Color::RGB(0x000B_0C0C)).set_align(FormatAlign::Top);
        let wrapped = ink.clone().set_text_wrap();
        let line = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00B1_B4B6));
        Looks {
            title: ink.clone().set_bold().set_font_size(16.0),
            about: ink.clone(),
            note: wrapped.clone().set_font_color(Color::RGB(0x0050_5A5F)).set_background_color(Color::RGB(0x00F3_F2F1)),
            example: wrapped.clone().set_italic().set_font_color(Color::RGB(0x0050_5A5F)),
            header: line(wrapped.clone())
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x001D_509E)),
            open: wrapped.clone().set_unlocked().set_num_format("@"),
            open_number: ink.clone().set_unlocked(),
            locked: wrapped.clone().set_num_format("@").set_background_color(Color::RGB(0x00F3_F2F1)),
            quiet: ink.set_unlocked().set_num_format("@").set_font_color(Color::RGB(0x0050_5A5F)),
        }
    }
}

fn write(
    sheet: &mut Worksheet,
    form: &Form,
    rows: &[Vec<String>],
    title: &str,
    looks: &Looks,
    referred: &[u32],
) -> Result<(), XlsxError> {
    sheet.set_name(form.name)?;
    sheet.write_string_with_format(TITLE, 0, format!("{title}: {}", form.name.to_lowercase()), &looks.title)?;
    sheet.set_row_height(TITLE, 22)?;
    sheet.write_string_with_format(ABOUT, 0, form.about, &looks.about)?;
    let seen = form.columns.iter().filter(|column| !matches!(column.kind, Kind::Key | Kind::More));
    let tallest = seen.map(|column| column.note.len().div_ceil(usize::from(column.width).max(8))).max();
    sheet.set_row_height(NOTES, 15.0 * (tallest.unwrap_or(1) as f64 + 0.5))?;
    sheet.set_row_height(HEADER, 30)?;
    for (row, cells) in (FIRST..).zip(rows) {
        let shown = form.columns.iter().zip(cells).filter(|(column, _)| !matches!(column.kind, Kind::Key | Kind::More));
        let tall = shown.map(|(column, cell)| lines(cell, usize::from(column.width))).max().unwrap_or(1);
        if tall > 1 {
            sheet.set_row_height(row, (15.0 * tall as f64).min(405.0))?;
        }
    }
    let last = (FIRST + rows.len() as u32 + SPARE).min(1_048_575);
    for (at, column) in (0..).zip(form.columns) {
        let is_rest = matches!(column.kind, Kind::Key | Kind::More);
        let is_used = rows.iter().any(|row| !row[usize::from(at)].is_empty());
        sheet.set_column_width(at, f64::from(column.width.max(8)))?;
        let open = match column.kind {
            Kind::Number | Kind::Level => &looks.open_number,
            Kind::Key | Kind::More => &looks.quiet,
            _ => &looks.open,
        };
        sheet.set_column_format(at, open)?;
        if is_rest && !is_used {
            sheet.set_column_hidden(at)?;
        }
        sheet.write_string_with_format(NOTES, at, column.note, &looks.note)?;
        sheet.write_string_with_format(EXAMPLE, at, column.example, &looks.example)?;
        sheet.write_string_with_format(HEADER, at, column.heading, &looks.header)?;
        if let Some(validation) = validation(column, referred)? {
            sheet.add_data_validation(FIRST, at, last, at, &validation)?;
        }
        for (row, cells) in (FIRST..).zip(rows) {
            let cell = &cells[usize::from(at)];
            let number = matches!(column.kind, Kind::Number | Kind::Level).then(|| cell.parse::<i32>().ok()).flatten();
            // an id is what other rows refer to
            let is_locked = column.member == "id" && column.heading == "Id";
            match number {
                _ if cell.is_empty() => {}
                Some(number) if number.to_string() == *cell => {
                    sheet.write_number_with_format(row, at, f64::from(number), open)?;
                }
                _ => {
                    sheet.write_string_with_format(row, at, cell, if is_locked { &looks.locked } else { open })?;
                }
            }
        }
    }
    let columns = form.columns.len() as u16;
    let end = FIRST + (rows.len() as u32).max(1) - 1;
    sheet.autofilter(HEADER, 0, end, columns.saturating_sub(1))?;
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(HEADER, HEADER)?;
    let may = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        format_cells: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    };
    sheet.protect_with_options(&may);
    Ok(())
}

/// How many lines a text takes in a column of so many characters: a little more than
/// letter by letter, because words are not broken.
fn lines(text: &str, width: usize) -> usize {
    text.split('\n').map(|line| (line.chars().count() * 11).div_ceil(width.max(8) * 10).max(1)).sum()
}

/// The note of a column, and the words or ids to choose from.
fn validation(column: &Column, referred: &[u32]) -> Result<Option<DataValidation>, XlsxError> {
    let prompt = |validation: DataValidation| {
        let title: String = column.heading.chars().take(32).collect();
        validation.set_input_title(title)?.set_input_message(column.note.chars().take(255).collect::<String>())
    };
    let words = match column.kind {
        Kind::Choice(words) | Kind::Choices(words) => words,
        Kind::Level => LEVELS,
        Kind::Truth => TRUTHS,
        Kind::Parent => {
            // the ids of the sheet of parents
            let Some(at) = FORMS.iter().position(|form| form.name.strip_suffix('s') == Some(column.heading)) else {
                return Ok(None);
            };
            let ids = FORMS[at].columns.iter().position(|column| column.heading == "Id").unwrap_or_default();
            let letter = rust_xlsxwriter::utility::column_number_to_name(ids as u16);
            let last = FIRST + referred[at] + SPARE;
            let range = format!("={}!${letter}${}:${letter}${last}", FORMS[at].name, FIRST + 1);
            let parents = DataValidation::new().allow_list_formula(range.as_str().into()).ignore_blank(true);
            // a row key or a name is right, too
            return Ok(Some(prompt(parents.show_error_message(false))?));
        }
        _ => return Ok(None),
    };
    let list = DataValidation::new().allow_list_strings(words)?;
    // several reasons are written with commas
    let list = if matches!(column.kind, Kind::Choices(_)) {
        list.show_error_message(false)
    } else {
        list.set_error_title("Not in the list")?
            .set_error_message("Choose one from the list, or leave the cell empty.")?
    };
    debug_assert!(column.heading != KEY && column.heading != MORE);
    Ok(Some(prompt(list)?))
}
