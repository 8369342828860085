//! A map as a workbook or as CSV tables, written by the ending of the output.

use std::path::Path;

use super::run::Run;
use super::{Outcome, Stop};

/// Whether an output is for tables: a workbook, an archive or a folder.
pub(crate) fn is_for(path: &Path) -> bool {
    let is = |ending: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    is("xlsx") || is("zip") || is_folder(path)
}

fn is_folder(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// Writes the map of a command as tables, and ends.
#[cfg(feature = "office")]
pub(crate) fn write(mut run: Run<'_>, path: &Path) -> Result<Outcome, Stop> {
    if is_folder(path) {
        let mut folder = run.folder(path)?;
        let input = run.input()?;
        let map = run.read(&input)?;
        let files = run.step("write", "writing the tables", || tlevel_exchange::write_csv(&map));
        for (name, text) in files.map_err(Stop::new)? {
            folder.write(&name, text.as_bytes())?;
        }
        folder.finish()?;
        return Ok(run.finish());
    }
    let output = run.output(Some(path))?;
    let input = run.input()?;
    let map = run.read(&input)?;
    let is_archive = path.extension().is_some_and(|own| own.eq_ignore_ascii_case("zip"));
    let bytes = run.step("write", "writing the tables", || {
        if is_archive { tlevel_exchange::write_csv_archive(&map) } else { tlevel_exchange::write_workbook(&map) }
    });
    output.write_bytes(&bytes.map_err(Stop::new)?)?;
    Ok(run.finish())
}

/// This build writes no workbooks.
#[cfg(not(feature = "office"))]
pub(crate) fn write(_: Run<'_>, path: &Path) -> Result<Outcome, Stop> {
    Err(Stop::new(format!("{}: this build writes no workbooks or archives", path.display())))
}
