//! Finds the tables of a map in a workbook or an archive.

use tlevel::table::{Sheet, Table};

use super::form::{FORMS, Form, OCCUPATIONS, OPTIONS};
use super::read::{Source, read};
#[cfg(feature = "office")]
use crate::Part;
use crate::{Error, Read};

/// The most files of an archive, and their most bytes.
#[cfg(feature = "office")]
const MOST_FILES: usize = 1_000;
#[cfg(feature = "office")]
const MOST_BYTES: u64 = 256 << 20;

/// Whether the bytes are a zip archive, as workbooks are.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Reads a map from a workbook, or from an archive of CSV files; `None` for bytes
/// that are neither.
#[cfg(not(feature = "office"))]
pub(crate) fn read_tables(bytes: &[u8], _name: &str) -> Option<Result<Read, Error>> {
    let _: fn(Vec<Sheet>) -> Result<Read, Error> = of_sheets;
    let _: fn(Vec<(String, Vec<u8>)>) -> Result<Read, Error> = of_files;
    let found = "this build of the program reads no workbooks or archives".to_owned();
    is_archive(bytes).then_some(Err(Error::NoMap { found }))
}

/// Reads a map from a workbook, or from an archive of CSV files; `None` for bytes
/// that are neither.
#[cfg(feature = "office")]
pub(crate) fn read_tables(bytes: &[u8], name: &str) -> Option<Result<Read, Error>> {
    if !is_archive(bytes) {
        return None;
    }
    let files = match names(bytes) {
        Ok(files) => files,
        Err(error) => return Some(Err(error)),
    };
    let is_workbook = files.iter().any(|file| file == "xl/workbook.xml" || file == "content.xml");
    if is_workbook {
        let sheets =
            tlevel_report::read_sheets(bytes).map_err(|error| Error::Table { file: None, error: Box::new(error) });
        return Some(sheets.and_then(of_sheets));
    }
    if files.iter().any(|file| is_table(file)) {
        return Some(unpacked(bytes).and_then(of_files_or_framework));
    }
    // `tlevel` names what it is: a Word document, an archive of something else
    let _ = name;
    None
}

#[cfg(feature = "office")]
fn names(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes));
    let archive = archive.map_err(|e| Error::Archive(format!("{e}; pack it again")))?;
    Ok(archive.file_names().map(str::to_owned).collect())
}

/// Whether a file of an archive is a table: not the hidden copies that some systems
/// add.
#[cfg(feature = "office")]
fn is_table(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["csv", "tsv", "txt"].iter().any(|table| ending.eq_ignore_ascii_case(table))
        && !name.starts_with('.')
        && !file.starts_with("__MACOSX/")
}

#[cfg(feature = "office")]
fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    use std::io::Read as _;
    let broken = |error: &dyn std::fmt::Display| Error::Archive(format!("{error}; pack it again"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|e| broken(&e))?;
    if archive.len() > MOST_FILES {
        return Err(Error::Archive(format!("it has {} files, the limit is {MOST_FILES}", archive.len())));
    }
    let (mut files, mut left) = (Vec::new(), MOST_BYTES);
    for i in 0..archive.len() {
        let file = archive.by_index(i).map_err(|e| broken(&e))?;
        if !is_table(file.name()) {
            continue;
        }
        let (name, mut content) = (file.name().to_owned(), Vec::new());
        file.take(left + 1).read_to_end(&mut content).map_err(|e| broken(&e))?;
        left = left.checked_sub(content.len() as u64).ok_or_else(|| {
            Error::Archive(format!("its files have more than {} MB; split the map", MOST_BYTES >> 20))
        })?;
        files.push((name.rsplit('/').next().unwrap_or(&name).to_owned(), content));
    }
    // the order of an archive means nothing
    files.sort();
    Ok(files)
}

/// The form of a sheet or file of that name.
fn form(name: &str) -> Option<usize> {
    FORMS.iter().position(|form| form.name.eq_ignore_ascii_case(name.trim()))
}

/// Whether the names are those of a map, rather than of lists.
fn is_map<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|name| form(name).is_some_and(|form| form < OPTIONS))
}

fn of_sheets(sheets: Vec<Sheet>) -> Result<Read, Error> {
    let name = |sheet: &Sheet| sheet.name().unwrap_or_default().to_owned();
    let names: Vec<String> = sheets.iter().map(name).collect();
    if !is_map(names.iter().map(String::as_str)) {
        return super::plain::of_sheets(sheets);
    }
    let mut source = Source::new(false);
    missing(&names, "sheet")?;
    for sheet in sheets {
        let name = name(&sheet);
        let Some(form) = form(&name) else {
            source.passed_over(&name, &names);
            continue;
        };
        match Table::from_sheets(vec![sheet], &[FORMS[form].table]) {
            Ok(table) => source.add(form, &name, table)?,
            Err(tlevel::table::Error::Empty) => {}
            Err(error) => return Err(Error::Table { file: None, error: Box::new(error) }),
        }
    }
    read(source)
}

/// Reads the files of a framework of another system, or the tables of a map.
#[cfg(feature = "office")]
fn of_files_or_framework(files: Vec<(String, Vec<u8>)>) -> Result<Read, Error> {
    let parts: Vec<Part<'_>> = files.iter().map(|(name, bytes)| Part::new(name, bytes)).collect();
    match crate::frameworks::read_parts(&parts) {
        Some(read) => read,
        None => of_files(files),
    }
}

fn of_files(files: Vec<(String, Vec<u8>)>) -> Result<Read, Error> {
    let stem = |file: &str| file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
    let names: Vec<String> = files.iter().map(|(file, _)| stem(file)).collect();
    if !is_map(names.iter().map(String::as_str)) {
        if let [(file, bytes)] = files.as_slice() {
            return super::plain::read_list(bytes, file);
        }
        let shown: Vec<&str> = files.iter().map(|(file, _)| file.as_str()).take(5).collect();
        return Err(Error::NoMap { found: format!("it has the files {}, and none of a map", shown.join(", ")) });
    }
    let mut source = Source::new(true);
    missing(&names, "file")?;
    for (file, bytes) in files {
        let Some(form) = form(&stem(&file)) else {
            source.passed_over(&file, &names);
            continue;
        };
        match Table::read(&bytes, &[FORMS[form].table]) {
            Ok(table) => source.add(form, &file, table)?,
            Err(tlevel::table::Error::Empty) => {}
            Err(error) => return Err(Error::Table { file: Some(file), error: Box::new(error) }),
        }
    }
    read(source)
}

/// The error for a map without occupations, with the sheet or file that was probably
/// meant.
fn missing(names: &[String], noun: &str) -> Result<(), Error> {
    let Form { name: needed, .. } = FORMS[OCCUPATIONS];
    if names.iter().any(|name| form(name) == Some(OCCUPATIONS)) {
        return Ok(());
    }
    let others = names.iter().map(String::as_str).filter(|name| form(name).is_none());
    let meant = tlevel::text::closest(needed, others);
    let hint = meant.map_or_else(String::new, |meant| format!(" (\"{meant}\" is nearly that name)"));
    Err(Error::NoMap { found: format!("there is no {noun} {needed}{hint}") })
}
