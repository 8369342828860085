//! Why a map could not be read or written.

use std::collections::HashMap;

/// The file could not be read as a map, or the map not be written in a format.
///
/// Every message says where, what was found and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not a map in JSON: `read(b"{}", "map.json")`.
    #[error(transparent)]
    Map(#[from] tlevel::read::Error),
    /// A framework of another system that cannot be read.
    #[error(transparent)]
    Framework(#[from] crate::FrameworkError),
    /// A table that cannot be read.
    #[error("{}{error}", .file.as_ref().map_or_else(String::new, |file| format!("{file}: ")))]
    Table {
        /// The file inside an archive.
        file: Option<String>,
        /// What is wrong, and where.
        error: Box<tlevel::table::Error>,
    },
    /// A workbook or an archive that holds no map.
    #[error("no map is in the file: {found}; write an empty one to fill in: tlevel template -o map.xlsx")]
    NoMap {
        /// What it holds instead.
        found: String,
    },
    /// Cells that cannot be used; all of them.
    #[error("{}", listed(.0))]
    Cells(Vec<WrongCell>),
    /// An archive that cannot be opened, or that is too large.
    #[error("the archive cannot be read: {0}")]
    Archive(String),
    /// What a workbook or a table has no place for.
    #[error("{record}: the table cannot hold {what}; write the native format (.json)")]
    CannotHold {
        /// The record.
        record: String,
        /// What it holds.
        what: String,
    },
    /// A text that is longer than a cell of a workbook: 32,767 characters.
    #[error(
        "{place}: the text has {found} characters, a cell of a workbook at most 32767; write a folder of CSV files or \
         the native format (.json)"
    )]
    TooLong {
        /// The sheet and cell.
        place: String,
        /// The number of characters, as Excel counts them.
        found: usize,
    },
    /// The workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(String),
}

/// A cell that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrongCell {
    /// The sheet and cell, or the file and line.
    pub place: String,
    /// What was found, what was expected, and what to do.
    pub message: String,
}

impl std::fmt::Display for WrongCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// How many faults of cells a message lists.
const LISTED: usize = 10;

/// The wrong cells, each fault once.
fn listed(cells: &[WrongCell]) -> String {
    let mut faults: Vec<(&WrongCell, usize)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for cell in cells {
        let at = *known.entry(&cell.message).or_insert(faults.len());
        match faults.get_mut(at) {
            Some((_, others)) => *others += 1,
            None => faults.push((cell, 0)),
        }
    }
    let of = |(cell, others): &(&WrongCell, usize)| match others {
        0 => cell.to_string(),
        1 => format!("{} and another cell: {}", cell.place, cell.message),
        n => format!("{} and {n} other cells: {}", cell.place, cell.message),
    };
    let mut lines: Vec<String> = faults.iter().take(LISTED).map(of).collect();
    let more: usize = faults.iter().skip(LISTED).map(|(_, others)| others + 1).sum();
    if more > 0 {
        lines.push(format!("and {more} more cells"));
    }
    lines.join("\n  ")
}
