//! A map as CSV files.

use tlevel::read::RawMap;

use super::form::FORMS;
use super::rows::rows;
use crate::Error;

/// Writes a map as CSV files, one for each kind of record: name and content.
///
/// The files have the columns of the workbook. A text that begins with `=`, `+`, `-`
/// or `@` has an apostrophe before it, so that no spreadsheet reads it as a formula;
/// the reader takes it away.
///
/// # Errors
///
/// [`Error::CannotHold`] for an occupation with an unknown member `set_aside`.
///
/// # Examples
///
/// ```
/// let map = tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?;
/// let files = tlevel_exchange::write_csv(&map)?;
/// let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names[..3], ["map.csv", "routes.csv", "pathways.csv"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the size of the map.
pub fn write_csv(map: &RawMap) -> Result<Vec<(String, String)>, Error> {
    let files = FORMS.iter().zip(rows(map)?).map(|(form, rows)| {
        let header = form.columns.iter().map(|column| column.heading.to_owned()).collect();
        let rows = rows.into_iter().map(|row| row.into_iter().map(guarded).collect());
        let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        (form.file(), tlevel::table::csv(lines))
    });
    Ok(files.collect())
}

/// Writes the files of [`write_csv`] as one zip archive.
///
/// # Errors
///
/// As [`write_csv`].
///
/// # Complexity
///
/// `O(n)` in the size of the map.
#[cfg(feature = "office")]
pub fn write_csv_archive(map: &RawMap) -> Result<Vec<u8>, Error> {
    let files = write_csv(map)?;
    pack(files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))
}

/// Packs files into one archive for [`read`](crate::read()), so that the files of a
/// folder are read as one input.
///
/// # Errors
///
/// [`Error::Archive`] for two files of one name.
///
/// # Complexity
///
/// `O(n)` in the size of the files.
#[cfg(feature = "office")]
pub fn pack<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<Vec<u8>, Error> {
    use std::io::Write as _;
    let broken = |error: &dyn std::fmt::Display| Error::Archive(error.to_string());
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    // a fixed date: the same map gives the same bytes
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        archive.start_file(name, options).map_err(|e| broken(&e))?;
        archive.write_all(bytes).map_err(|e| broken(&e))?;
    }
    Ok(archive.finish().map_err(|e| broken(&e))?.into_inner())
}

/// Whether a text begins like a formula, after any apostrophes.
fn is_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

fn guarded(text: String) -> String {
    if is_like_formula(&text) { format!("'{text}") } else { text }
}

/// The text without the apostrophe that guards it.
pub(super) fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_like_formula(rest)).unwrap_or(text)
}
