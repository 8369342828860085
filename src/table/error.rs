//! Why a file could not be read as a table.

/// The file is not a table with the required columns.
///
/// Every message says where, what was found and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing but white space: `Table::read(b"", ..)`.
    #[error("the file is empty; it needs a header and rows")]
    Empty,
    /// Something other than a table: `Table::read(b"%PDF-1.7", ..)`.
    #[error("this seems to be {seems}; save the table as CSV (UTF-8)")]
    NotATable {
        /// What it appears to be.
        seems: &'static str,
    },
    /// A workbook that cannot be opened.
    #[error("the workbook cannot be read: {message}; open it and save it again as .xlsx, or save the sheet as CSV")]
    Workbook {
        /// The message of the workbook reader.
        message: String,
    },
    /// Bytes that are not text in any known encoding.
    #[error("the file is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV (UTF-8)")]
    Encoding,
    /// More cells than the limit: probably a damaged sheet.
    #[error("the table has more than {limit} cells; split it, or take out what is not needed")]
    TooLarge {
        /// The maximum number of cells.
        limit: usize,
    },
    /// A quote that is never closed: `occupation,label\nA,"x\nB,y\n`.
    #[error("line {line}: the quote that opens here is never closed; close it, or write \"\" for a quote in a text")]
    UnclosedQuote {
        /// The line with the quote.
        line: u64,
    },
    /// A quote that closes on another line in the middle of a cell.
    #[error(
        "line {line}: the quote that opens here closes on line {closes}, in the middle of a cell; close it where the \
         cell ends, or write \"\" for a quote in a text"
    )]
    QuoteAcrossRows {
        /// The line with the quote.
        line: u64,
        /// The line on which it closes.
        closes: u64,
    },
    /// A quoted cell with a delimiter in it continues after its closing quote.
    #[error("line {line}: text follows a closing quote; write \"\" for a quote in a text, or remove the quotes")]
    TextAfterQuote {
        /// The line.
        line: u64,
    },
    /// A row with more cells than the header has columns.
    #[error(
        "{place}: the row has {cells} cells, the header {columns}; put a text that holds the delimiter in quotes, or \
         remove the cells"
    )]
    LongRow {
        /// The place of the row.
        place: String,
        /// The number of cells in the row.
        cells: usize,
        /// The number of columns in the header.
        columns: usize,
    },
    /// A required column is missing.
    #[error("{place}: the column \"{column}\" is missing{}; {needs}{}", meant(.hint.as_deref()), found_columns(.found))]
    MissingColumn {
        /// The row that is most like a header.
        place: String,
        /// The first missing column.
        column: &'static str,
        /// An existing column with a similar name.
        hint: Option<String>,
        /// What the table is and which columns it has.
        needs: String,
        /// The existing columns; empty if cells may be private.
        found: Vec<String>,
    },
    /// An unknown column in a table that refuses those.
    #[error("{place}: the column \"{column}\" is not known{}; {needs}", meant(.hint.as_deref()))]
    UnknownColumn {
        /// The place of the heading.
        place: String,
        /// The column.
        column: String,
        /// The column that was probably meant.
        hint: Option<String>,
        /// What the table is and which columns it has.
        needs: String,
    },
    /// A column that appears twice.
    #[error("{place}: the column \"{column}\" is there twice; keep one of them")]
    ColumnTwice {
        /// The place of the second heading.
        place: String,
        /// The column.
        column: &'static str,
    },
    /// A cell of a workbook that shows something that the file does not
    /// contain.
    #[error("{place}: {message}")]
    Unreadable {
        /// The sheet and cell.
        place: String,
        /// What it contains, and what to do.
        message: String,
    },
}

impl Error {
    /// Whether a header was found but is wrong.
    pub(super) fn is_faulty_header(&self) -> bool {
        matches!(self, Error::UnknownColumn { .. } | Error::ColumnTwice { .. })
    }

    /// The line, if known.
    pub fn line(&self) -> Option<u64> {
        match self {
            Error::UnclosedQuote { line } | Error::QuoteAcrossRows { line, .. } | Error::TextAfterQuote { line } => {
                Some(*line)
            }
            Error::LongRow { place, .. }
            | Error::MissingColumn { place, .. }
            | Error::UnknownColumn { place, .. }
            | Error::ColumnTwice { place, .. } => place.strip_prefix("line ").and_then(|line| line.parse().ok()),
            _ => None,
        }
    }
}

fn meant(hint: Option<&str>) -> String {
    format!("{:#}", crate::text::DidYouMean(hint))
}

/// The maximum number of columns that a message names.
const NAMED: usize = 12;

fn found_columns(found: &[String]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let named: Vec<String> = found.iter().take(NAMED).map(|column| format!("\"{column}\"")).collect();
    let more = if found.len() > NAMED { format!(" and {} more", found.len() - NAMED) } else { String::new() };
    format!("; found: {}{more}", named.join(", "))
}

/// What bytes that are not a table appear to be.
pub(super) fn seems(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |marks: &[&[u8]]| {
        marks.iter().any(|mark| start.get(..mark.len()).is_some_and(|own| own.eq_ignore_ascii_case(mark)))
    };
    match start {
        _ if begins(&[b"%PDF-"]) => Some("a PDF document"),
        _ if begins(&[b"<!doctype html", b"<html", b"<head", b"<body"]) => Some("a web page (HTML)"),
        _ if begins(&[b"<?xml", b"<feed", b"<rss"]) => Some("XML"),
        _ if begins(&[b"version https://git-lfs"]) => {
            Some("a pointer of Git LFS and not the file itself (run: git lfs pull)")
        }
        [b'{', ..] => Some("JSON"),
        [b'[', next @ ..] if matches!(next.trim_ascii_start().first(), Some(b'{' | b'[' | b'"' | b']')) => Some("JSON"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("an old Excel or Word file (.xls, .doc)"),
        [b'P', b'K', 3, 4, ..] => Some("a workbook (.xlsx, .ods) or another zip archive"),
        [0x1f, 0x8b, ..] => Some("a compressed file (gzip)"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => Some("a picture"),
        _ => None,
    }
}
