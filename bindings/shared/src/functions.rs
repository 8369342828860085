//! The plain functions: bytes in, and the JSON of the command line out.

use tlevel::place::{NewOccupation, Placer};

use crate::failure::{Answer, Failure, Kind};
use crate::options::Options;
use crate::stages;
use crate::{join, output};

/// The native form of a map: `tlevel convert`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn read(bytes: &[u8]) -> Answer<String> {
    output::json(join::checked(bytes)?.map.raw())
}

/// Every finding: `tlevel check`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn check(bytes: &[u8]) -> Answer<String> {
    output::json(&stages::check(bytes)?)
}

/// Concepts and topics: `tlevel harmonise`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn harmonise(bytes: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    output::json(&stages::harmonise(&join::checked(bytes)?.map, &options)?)
}

/// Which occupation has which topic: `tlevel derive --matrix`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn topics(bytes: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    output::json(&stages::topics(&join::checked(bytes)?.map, &options)?)
}

/// Programmes: `tlevel derive`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn derive(bytes: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    output::json(&stages::derive(&join::checked(bytes)?.map, &options)?)
}

/// Where new occupations belong: `tlevel suggest --new`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn suggest(bytes: &[u8], new: &str, options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let map = join::checked(bytes)?.map;
    suggestions(&stages::placer(&map, options.words_only), new, options.top.unwrap_or(5), options.explain)
}

/// Suggestions for the occupations in a text.
///
/// # Errors
///
/// What is not an occupation as JSON: `{"title": 1}`.
pub fn suggestions(placer: &Placer, new: &str, top: usize, explain: bool) -> Answer<String> {
    let new = NewOccupation::read(new.as_bytes()).map_err(|e| Failure::of("new occupations", e).with(Kind::Read))?;
    let placements = placer.suggest_all(&new, top);
    if !explain {
        return output::list(&placements);
    }
    let explained = new.iter().zip(placements).map(|(new, placement)| placer.explained(new, placement));
    output::list(&explained.collect::<Vec<_>>())
}

/// Why something is core or not: `tlevel derive --explain`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn explain(bytes: &[u8], about: &str, options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    output::json(&stages::explain(&join::checked(bytes)?.map, about, &options)?)
}

/// What differs between two maps: `tlevel diff`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn diff(old: &[u8], new: &[u8], options: Option<&str>) -> Answer<String> {
    let options = Options::read(options)?;
    let [old_name, new_name] = options.names.clone().unwrap_or(["old".to_owned(), "new".to_owned()]);
    let old = join::checked(old).map_err(|e| e.within(&old_name))?.map;
    let new = join::checked(new).map_err(|e| e.within(&new_name))?.map;
    output::json(&stages::diff(&old, &new, &options)?)
}

/// A draft specification: `tlevel spec`.
///
/// # Errors
///
/// What the command line refuses: bytes that are no map (`b"no map"`), options that there
/// are not.
pub fn spec(bytes: &[u8], pathway: &str, options: Option<&str>) -> Answer<Vec<u8>> {
    let options = Options::read(options)?;
    let specification = stages::spec(&join::checked(bytes)?.map, pathway, &options)?;
    let format = options.format.as_deref().unwrap_or("docx");
    output::result(format, &specification, || stages::draft(&specification, format))
}
