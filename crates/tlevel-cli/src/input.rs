//! Maps and other files, from disk, standard input or the program itself.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::io::Read as _;
use std::path::Path;

use tlevel::table::{Columns, Table};

use super::{Stop, say};

const BUNDLED: &str = include_str!("../../../fixtures/maps/england.json");
const BUNDLED_CONCEPTS: &str = include_str!("../../../fixtures/maps/england-concepts.csv");

/// The bytes of an input, with the name that messages use.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// The text of bytes that are not UTF-8, once it is needed.
    decoded: OnceCell<String>,
}

impl Input {
    pub(crate) fn new(name: impl Into<String>, bytes: Vec<u8>) -> Input {
        Input { name: name.into(), bytes, decoded: OnceCell::new() }
    }

    /// The map at a path: `-` for standard input, `None` for the bundled map.
    pub(crate) fn map(path: Option<&Path>) -> Result<Input, Stop> {
        match path {
            None => Ok(Input::new("(bundled map)", BUNDLED.as_bytes().to_vec())),
            Some(path) if path == Path::new("-") => {
                let mut bytes = Vec::new();
                std::io::stdin()
                    .read_to_end(&mut bytes)
                    .map_err(|e| Stop::new(format!("standard input: cannot be read: {e}")))?;
                Ok(Input::new("(standard input)", bytes))
            }
            Some(path) if path.is_dir() => Input::folder(path),
            Some(path) => Input::file(path),
        }
    }

    /// The tables in a folder, by the names of their files: the order of a folder means
    /// nothing.
    pub(crate) fn tables(folder: &Path) -> Result<Vec<Input>, Stop> {
        let unreadable = |e: std::io::Error| Stop::new(format!("{}: cannot be read: {e}", folder.display()));
        let mut tables = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let is = |ending: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
            let is_table = is("csv") || is("tsv") || is("txt");
            if let Some(file) = path.file_name().filter(|_| is_table && path.is_file()) {
                tables.push(Input::new(file.to_string_lossy().into_owned(), Input::file(&path)?.bytes));
            }
        }
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(tables)
    }

    /// The tables in a folder, as one archive.
    #[cfg(feature = "office")]
    fn folder(path: &Path) -> Result<Input, Stop> {
        let (name, tables) = (path.display().to_string(), Input::tables(path)?);
        if tables.is_empty() {
            return Err(Stop::new(format!(
                "{name}: is a directory; give the file inside that you mean, or a folder with tables (csv, txt, tsv)"
            )));
        }
        let packed = tlevel_exchange::pack(tables.iter().map(|table| (table.name.as_str(), table.bytes.as_slice())));
        Ok(Input::new(name.clone(), packed.map_err(|e| Stop::new(format!("{name}: {e}")))?))
    }

    /// This build reads no archives.
    #[cfg(not(feature = "office"))]
    fn folder(path: &Path) -> Result<Input, Stop> {
        Input::file(path)
    }

    /// The concepts that people judged for the bundled map.
    pub(crate) fn bundled_concepts() -> Input {
        Input::new("(bundled concepts)", BUNDLED_CONCEPTS.as_bytes().to_vec())
    }

    /// A file.
    pub(crate) fn file(path: &Path) -> Result<Input, Stop> {
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(Stop::new(format!("{name}: is a directory; give the file inside that you mean")));
        }
        let bytes = std::fs::read(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Stop::new(format!("{name}: no such file{}", nearby(path))),
            std::io::ErrorKind::PermissionDenied => {
                Stop::new(format!("{name}: may not be read; ask for access or copy the file"))
            }
            _ => Stop::new(format!("{name}: cannot be read: {e}")),
        })?;
        Ok(Input::new(name, bytes))
    }

    /// The text of the input.
    pub(crate) fn text(&self) -> Result<&str, Stop> {
        match tlevel::read::decoded(&self.bytes).map_err(|e| self.stop(e))? {
            Cow::Borrowed(text) => Ok(text),
            Cow::Owned(text) => Ok(self.decoded.get_or_init(|| text)),
        }
    }

    /// The rows of a table, from CSV or a workbook; notes on what was repaired or
    /// skipped go to standard error.
    pub(crate) fn table(&self, forms: &[Columns]) -> Result<Table, Stop> {
        let table = read_table(&self.bytes, forms).map_err(|e| self.stop(e))?;
        table.notes().iter().for_each(|note| say(&format!("{}: note: {note}", self.name)));
        Ok(table)
    }

    /// A message about this input.
    pub(crate) fn stop(&self, message: impl std::fmt::Display) -> Stop {
        Stop::new(format!("{}: {message}", self.name))
    }
}

#[cfg(feature = "office")]
pub(crate) use tlevel_report::read_table;

/// Reads a table; this build reads no workbooks.
#[cfg(not(feature = "office"))]
pub(crate) fn read_table(bytes: &[u8], forms: &[Columns]) -> Result<Table, tlevel::table::Error> {
    Table::read(bytes, forms)
}

/// A file beside the missing one with nearly its name.
fn nearby(path: &Path) -> String {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return format!("; there is no folder {} either", folder.display());
    };
    let mut names: Vec<String> = entries.take(1_000).filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    match tlevel::text::closest(&wanted, names.iter().map(String::as_str)) {
        Some(name) => format!("; did you mean {}?", folder.join(name).display()),
        None => "; check the path".to_owned(),
    }
}
