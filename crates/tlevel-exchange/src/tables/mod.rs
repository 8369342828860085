//! A map in tables: a workbook, or CSV files.
//!
//! # The form
//!
//! Each sheet (or CSV file) holds one kind of record: `Map`, `Routes`, `Pathways`,
//! `Clusters`, `Occupations`, `Options`, `Statements` and `Duties` ([`form`]). A row
//! names the record that it belongs to by its id. Two columns at the end are for
//! the program: `Row key` names a row whose id is missing or is there twice, and
//! `More (JSON)` holds what no column can: unknown members, and the exact value where
//! the cell shows it differently (white space at the ends, an empty text). The exact
//! value counts only while the cell shows the same; a changed cell always wins.
//!
//! # From tables to a map
//!
//! [`open`] finds the tables in the bytes, [`read`] turns the rows into the native
//! format and notes the place of every record ([`places`]), and the native reader
//! reads that. [`plain`] reads one list of statements without a map around it.
//! [`rows`] is the way back, [`write`] the workbook, [`csv`] the files.

mod csv;
mod dates;
#[cfg_attr(not(feature = "office"), expect(dead_code, reason = "notes and widths are for workbooks"))]
mod form;
mod open;
mod places;
mod plain;
mod read;
mod rows;
mod value;
#[cfg(feature = "office")]
mod write;

pub use csv::write_csv;
#[cfg(feature = "office")]
pub use csv::{pack, write_csv_archive};
pub(crate) use open::read_tables;
pub use places::{Places, TablePlace};
pub(crate) use plain::read_list;
#[cfg(feature = "office")]
pub use write::{write_template, write_workbook};
