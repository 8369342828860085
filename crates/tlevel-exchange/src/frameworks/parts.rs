//! The files of a set: a folder or an archive, by names and content.

use tlevel::read::RawMap;
use tlevel::table::{Columns, Table};

use super::error::FrameworkError;

/// A file of a set: its name, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Part<'b> {
    /// Its name, for messages.
    pub name: &'b str,
    /// Its bytes.
    pub bytes: &'b [u8],
}

impl<'b> Part<'b> {
    /// Returns a file with that name.
    pub fn new(name: &'b str, bytes: &'b [u8]) -> Self {
        Part { name, bytes }
    }

    /// The columns of its first line that is not blank, as tables compare them.
    fn header(&self) -> Vec<String> {
        let start = &self.bytes[..self.bytes.len().min(4096)];
        let text = String::from_utf8_lossy(start);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let line = text.lines().next().unwrap_or_default();
        line.split([',', ';', '\t', '|']).map(|cell| plain(cell.trim().trim_matches('"'))).collect()
    }
}

/// A name as tables compare it.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', '-'], " ")
}

/// A map that was read from a set of files, and what else they held.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Import {
    /// The format, in words: `O*NET`.
    pub format: &'static str,
    /// The map.
    pub map: RawMap,
    /// Concepts that people judged, as CSV for `--concepts`: `occupation`,
    /// `statement`, `concept`, `label`, `also`.
    pub concepts: Option<String>,
    /// What was assumed or not used, in sentences.
    pub notes: Vec<String>,
}

/// The parts of a set, each used at most once.
pub(crate) struct Parts<'p> {
    files: &'p [Part<'p>],
    headers: Vec<Vec<String>>,
    is_used: Vec<bool>,
}

/// A table of a set, with the name of its file.
pub(crate) struct Named {
    pub(crate) file: String,
    pub(crate) table: Table,
}

impl<'p> Parts<'p> {
    pub(crate) fn new(parts: &'p [Part<'p>]) -> Self {
        let headers = parts.iter().map(Part::header).collect();
        Parts { files: parts, headers, is_used: vec![false; parts.len()] }
    }

    /// Whether a part has these columns; alternatives are separated by `|`, and columns
    /// that it must not have begin with `!`.
    pub(crate) fn has(&self, columns: &[&str]) -> bool {
        self.find(columns).is_some()
    }

    fn find(&self, columns: &[&str]) -> Option<usize> {
        let any = |header: &[String], names: &str| names.split('|').any(|name| header.contains(&plain(name)));
        let has = |header: &Vec<String>| {
            columns.iter().all(|column| match column.strip_prefix('!') {
                Some(names) => !any(header, names),
                None => any(header, column),
            })
        };
        self.headers.iter().position(has)
    }

    /// The first part with these columns, read as a table.
    pub(crate) fn table(&mut self, columns: &[&str], form: Columns) -> Result<Option<Named>, FrameworkError> {
        let at = self.find(columns);
        at.map(|at| self.read(at, form)).transpose()
    }

    fn read(&mut self, at: usize, form: Columns) -> Result<Named, FrameworkError> {
        self.is_used[at] = true;
        let file = self.files[at].name.to_owned();
        match Table::read(self.files[at].bytes, &[form]) {
            Ok(table) => Ok(Named { file, table }),
            Err(source) => Err(FrameworkError::Table { file, source: Box::new(source) }),
        }
    }

    /// The first part whose header is recognised, read as a table.
    pub(crate) fn recognised(
        &mut self,
        is_it: impl Fn(&[String]) -> bool,
        form: Columns,
    ) -> Result<Option<Named>, FrameworkError> {
        let at = self.headers.iter().position(|header| is_it(header));
        at.map(|at| self.read(at, form)).transpose()
    }

    /// The headers of all parts.
    pub(crate) fn headers(&self) -> &[Vec<String>] {
        &self.headers
    }

    /// A note for each part that was not used.
    pub(crate) fn unused(&self) -> impl Iterator<Item = String> {
        let unused = self.files.iter().zip(&self.is_used).filter(|(_, is_used)| !**is_used);
        unused.map(|(part, _)| format!("not read: the file {}", part.name))
    }
}

/// The note on levels that a source does not have.
pub(crate) fn level_note(what: &str) -> String {
    format!("{what} has no levels as in England; level 3 is assumed for every occupation")
}
