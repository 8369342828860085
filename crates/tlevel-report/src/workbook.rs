//! Tables from workbooks: `.xlsx` and `.ods`.

use std::borrow::Cow;
use std::io::{Cursor, Read as _, Write as _};

use calamine::{Data, Ods, Reader as _, Xlsx};

use tlevel::table::{Columns, Error, Sheet, Table};

/// How many columns and rows a sheet may have, as in Excel.
const COLUMNS: u32 = 16_384;
const ROWS: u32 = 1_048_576;

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Workbook { message: error.to_string() }
}

/// Reads a table from a workbook (`.xlsx`, `.ods`), or from CSV like
/// [`Table::read`]; the content decides which it is.
///
/// # Errors
///
/// The errors of [`Table::read`] and [`Table::from_sheets`], and
/// [`Error::Workbook`] for a damaged workbook:
/// `read_table(b"PK\x03\x04 and no more", ..)`.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Tier;
/// use tlevel::review::Decisions;
/// use tlevel_report::{document::{Block, ContentItem, Document}, export::xlsx};
/// use tlevel_report::read_table;
///
/// let mut document = Document::new("Onsite construction");
/// document.blocks.push(Block::Content {
///     caption: "Route core".to_owned(),
///     items: vec![ContentItem::new("K1", "k-law", "Health and safety law")],
///     review: Some(Tier::Route),
/// });
/// let table = read_table(&xlsx(&document)?, Decisions::COLUMNS)?;
/// assert!(Decisions::from_table(&table)?.decisions().is_empty(), "nothing is decided yet");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` time and memory.
pub fn read_table(bytes: &[u8], forms: &[Columns]) -> Result<Table, Error> {
    if !bytes.starts_with(b"PK") {
        return Table::read(bytes, forms);
    }
    Table::from_sheets(read_sheets(bytes)?, forms)
}

/// Reads every sheet of a workbook (`.xlsx`, `.ods`), in the order of the file.
///
/// # Errors
///
/// [`Error::Workbook`] for a damaged workbook, or one with a part beyond 256 MB:
/// `read_sheets(b"PK\x03\x04 and no more")`; [`Error::TooLarge`].
///
/// # Complexity
///
/// `O(n)` time and memory.
pub fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    let is_open_document = is_open_document(bytes);
    bounded(bytes, is_open_document)?;
    if is_open_document { ods(bytes) } else { xlsx(bytes) }
}

/// Refuses a part that unpacks to more than the limit, whatever size it declares.
/// The sheets of Excel are measured where they are searched.
fn bounded(bytes: &[u8], is_open_document: bool) -> Result<(), Error> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(broken)?;
        let name = part.name().to_owned();
        if (name.contains("worksheets/") && !is_open_document) || part.compressed_size() < MOST / 1_100 {
            continue;
        }
        let size = std::io::copy(&mut part.take(MOST + 1), &mut std::io::sink()).map_err(broken)?;
        if size > MOST {
            return Err(Error::Workbook { message: format!("the part {name} has more than {} MB", MOST >> 20) });
        }
    }
    Ok(())
}

/// Whether it is an `OpenDocument` file, which begins with a part that names its
/// kind.
fn is_open_document(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(200)];
    head.windows(8).any(|window| window == b"mimetype")
}

fn ods(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let Ok(range) = workbook.worksheet_range(&name) else { continue };
        let (top, left) = range.start().unwrap_or_default();
        let mut sheet = Sheet::new(name);
        for (row, column, value) in range.used_cells() {
            let text = shown(value);
            if !text.is_empty() {
                sheet.set(top as usize + row, left as usize + column, text)?;
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    let bytes = looked_through(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&*bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        // a sheet without cells, such as a chart, holds no table
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else { continue };
        let mut sheet = Sheet::new(&name);
        while let Some(cell) = cells.next_cell_with_formula().map_err(broken)? {
            let (row, column) = cell.pos;
            if row >= ROWS || column >= COLUMNS {
                continue;
            }
            let (row, column) = (row as usize, column as usize);
            let text = shown(&Data::from(cell.value));
            if !text.is_empty() {
                sheet.set(row, column, text)?;
            } else if cell.formula.is_some_and(|formula| !formula.is_empty()) {
                let message = "the cell holds a formula without a stored result; open the file in a spreadsheet and \
                               save it, or type the value";
                sheet.mark_unreadable(row, column, message);
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The days since 1900 that a workbook means as a date: from 1927 to 9999. A small number
/// in a cell that shows dates is a number that someone typed.
const DATES: std::ops::Range<f64> = 10_000.0..2_958_466.0;

/// What a cell says; a date as `2027-09-01`, with the time if it has one.
fn shown(value: &Data) -> String {
    match value {
        Data::DateTime(date) if date.is_datetime() && DATES.contains(&date.as_f64()) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let time = match (hour, minute, second) {
                (0, 0, 0) => String::new(),
                (hour, minute, second) => format!(" {hour:02}:{minute:02}:{second:02}"),
            };
            format!("{year:04}-{month:02}-{day:02}{time}")
        }
        Data::DateTimeIso(date) => date.strip_suffix("T00:00:00").unwrap_or(date).replace('T', " "),
        _ => value.to_string().replace("\r\n", "\n").trim().to_owned(),
    }
}

/// The marks of a cell with inline text, and of one whose text is a result.
const INLINE: &[u8] = b"t=\"inlineStr\"";
const RESULT: &[u8] = b"t=\"str\"";

/// Marks such cells as results: some programs mark a cell's text as "inline" but
/// write it where a result goes (`<c t="inlineStr"><v>drop</v></c>`), which
/// spreadsheets show and the reader of workbooks does not. The name of an impossible
/// cell (`A99999999999`) is an error, because the reader would calculate with it.
fn looked_through(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).map_err(broken)?;
        if !part.name().contains("worksheets/") {
            continue;
        }
        if part.size() > MOST {
            return Err(Error::Workbook { message: format!("a sheet has more than {} MB", MOST >> 20) });
        }
        let (name, mut xml) = (part.name().to_owned(), Vec::new());
        part.by_ref().take(MOST).read_to_end(&mut xml).map_err(broken)?;
        if let Some(cell) = impossible_cell(&xml) {
            return Err(Error::Workbook { message: format!("there is no cell {cell}") });
        }
        if let Some(xml) = marked_as_results(&xml) {
            parts.push((name, xml));
        }
    }
    if parts.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).map_err(broken)?;
        if !parts.iter().any(|(name, _)| name == part.name()) {
            out.raw_copy_file(part).map_err(broken)?;
        }
    }
    for (name, xml) in parts {
        out.start_file(name, plain).map_err(broken)?;
        out.write_all(&xml).map_err(broken)?;
    }
    Ok(Cow::Owned(out.finish().map_err(broken)?.into_inner()))
}

/// The first name of a cell or range in a sheet that is too long to be one.
fn impossible_cell(xml: &[u8]) -> Option<String> {
    let mut rest = xml;
    while let Some(at) = find(rest, b"r").filter(|at| *at < rest.len()) {
        let before = at.checked_sub(1).and_then(|before| rest.get(before)).copied();
        let (attribute, behind) = (&rest[at..], &rest[at + 1..]);
        rest = behind;
        let value = [&b"r="[..], b"ref="].iter().find_map(|name| attribute.strip_prefix(*name));
        let Some(value) = value.filter(|_| before.is_some_and(|byte| byte.is_ascii_whitespace())) else { continue };
        let Some((quote @ (b'"' | b'\''), value)) = value.split_first() else { continue };
        let end = value.iter().position(|byte| byte == quote).unwrap_or(value.len());
        let is_possible = |cell: &[u8]| {
            let letters = cell.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
            let digits = cell.iter().filter(|byte| byte.is_ascii_digit()).count();
            letters <= 3 && digits <= 7
        };
        if !value[..end].split(|byte| *byte == b':').all(is_possible) {
            return Some(String::from_utf8_lossy(&value[..end.min(30)]).into_owned());
        }
    }
    None
}

/// The largest sheet that is searched, in bytes.
const MOST: u64 = 256 << 20;

/// The sheet with such cells marked as results; `None` if there are none.
fn marked_as_results(xml: &[u8]) -> Option<Vec<u8>> {
    let mut out: Option<Vec<u8>> = None;
    let mut rest = xml;
    while let Some(at) = find(rest, INLINE) {
        let (before, from) = rest.split_at(at);
        let behind = &from[INLINE.len()..];
        let end = behind.iter().position(|byte| *byte == b'>').map_or(behind.len(), |end| end + 1);
        let is_result = behind[end..].trim_ascii_start().starts_with(b"<v>");
        if is_result && out.is_none() {
            out = Some(xml[..xml.len() - rest.len()].to_vec());
        }
        if let Some(out) = &mut out {
            out.extend_from_slice(before);
            out.extend_from_slice(if is_result { RESULT } else { INLINE });
        }
        rest = behind;
    }
    if let Some(out) = &mut out {
        out.extend_from_slice(rest);
    }
    out
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_cells_with_a_result_are_marked_as_results() {
        let marked = |xml: &str| marked_as_results(xml.as_bytes()).map(|xml| String::from_utf8(xml).unwrap());
        let inline = "<c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c>";
        assert_eq!(marked(inline), None);
        let result = "<c r=\"B1\" t=\"inlineStr\" s=\"1\"><v>drop</v></c>";
        let expected = "<c r=\"B1\" t=\"str\" s=\"1\"><v>drop</v></c>";
        assert_eq!(marked(result).as_deref(), Some(expected));
        let both = format!("{inline}{result}{inline}");
        assert_eq!(marked(&both), Some(format!("{inline}{expected}{inline}")));
    }
}
