//! Tables that people keep in spreadsheets: one reader for every CSV and
//! workbook input.
//!
//! # From bytes to rows
//!
//! [`Table::read`] takes the bytes of a file and the [`Columns`] that a reader
//! knows. It finds the header, and returns rows with cells by the name of their
//! column. Each row knows its line, and each cell its place.
//!
//! ```
//! use tlevel::table::{Columns, Table};
//!
//! const COLUMNS: Columns = Columns::new("a list of levels", &["occupation", "level"]).with_optional(&["note"]);
//!
//! let table = Table::read(b"sep=;\r\nOccupation ;LEVEL\r\nBricklayer;2\r\n", &[COLUMNS])?;
//! let row = table.rows().next().unwrap();
//! assert_eq!((row.cell("occupation"), row.cell("level"), row.cell("note")), ("Bricklayer", "2", ""));
//! assert_eq!(row.place("level"), "line 3");
//!
//! let error = Table::read(b"ocupation,level\n", &[COLUMNS]).unwrap_err().to_string();
//! assert!(error.starts_with("line 1: the column \"occupation\" is missing (did you mean \"ocupation\"?)"), "{error}");
//! # Ok::<(), tlevel::table::Error>(())
//! ```
//!
//! # What is read
//!
//! | Part of a file | What is accepted |
//! |---|---|
//! | encoding | UTF-8 with or without a byte order mark, UTF-16, otherwise Windows-1252, with a note |
//! | line ends | LF, CRLF, CR; blank lines are skipped but count as lines |
//! | delimiter | comma, semicolon, tab or bar: the one under which the header is found, or the one that a line `sep=;` declares |
//! | quotes | as in RFC 4180: a cell in double quotes may hold delimiters, line ends and doubled quotes |
//! | title lines | up to 50 rows above the header are skipped, with a note |
//! | header | in any case, with stray spaces, `_` or `-` for a space |
//! | columns | in any order; unknown ones are noted, or refused if their cells would be silently ignored |
//! | rows | a short row's missing cells are empty; cells beyond the header are an error, unless they are empty |
//! | workbooks | [`Table::from_sheets`] takes the [`Sheet`]s that a workbook reader fills (the crate `tlevel-report` has one): those that have the header |
//!
//! A quote that is never closed is an error with the line where it opened, and
//! so is one that closes on another line in the middle of a cell: both would
//! swallow the rows between. If a quote closes on its own line and text follows
//! (`"They fly 5" drones`), the cell is read literally, with a note.

mod columns;
mod csv;
mod decode;
mod delimited;
mod error;
mod rows;
mod several;
mod sheet;

pub use columns::{Columns, Recognise};
pub use csv::csv;
pub(crate) use csv::no_formula;
pub use error::Error;
pub use rows::{Note, Row, Table};
pub(crate) use several::{listed, unless};
pub use sheet::Sheet;
