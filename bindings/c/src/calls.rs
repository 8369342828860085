//! What each function does, from references to a result.

use serde::Serialize;
use tlevel::map::Map;
use tlevel::place::Placer;
use tlevel_bindings::options::Options;
use tlevel_bindings::{Answer, Failure, Kind, functions, join, output, stages};

use crate::fault::{Fault, TlevelCode};

pub(crate) fn read(bytes: &[u8]) -> Result<Map, Fault> {
    let raw = join::opened(bytes, "").map_err(|failure| no_map(bytes, failure))?.map;
    Ok(tlevel::check(raw).map_err(|e| Fault::new(TlevelCode::BadMap, e))?.map)
}

pub(crate) fn check(bytes: &[u8]) -> Result<String, Fault> {
    stages::check(bytes).and_then(|findings| output::json(&findings)).map_err(|failure| no_map(bytes, failure))
}

/// Bytes that are no map. The error itself knows more of its place than the sentence.
fn no_map(bytes: &[u8], failure: Failure) -> Fault {
    match tlevel::read(bytes) {
        Err(error) if error.to_string() == failure.message => Fault::read(&error),
        _ => Fault::of(TlevelCode::BadMap, failure),
    }
}

pub(crate) fn native(map: &Map) -> Result<String, Fault> {
    output::json(map.raw()).map_err(refused)
}

pub(crate) fn derive(map: &Map, options: Option<&str>) -> Result<String, Fault> {
    asked(options, |options| stages::derive(map, options))
}

pub(crate) fn explain(map: &Map, about: &str, options: Option<&str>) -> Result<String, Fault> {
    asked(options, |options| stages::explain(map, about, options))
}

pub(crate) fn harmonise(map: &Map, options: Option<&str>) -> Result<String, Fault> {
    asked(options, |options| stages::harmonise(map, options))
}

pub(crate) fn topics(map: &Map, options: Option<&str>) -> Result<String, Fault> {
    asked(options, |options| stages::topics(map, options))
}

pub(crate) fn diff(old: &Map, new: &Map, options: Option<&str>) -> Result<String, Fault> {
    asked(options, |options| stages::diff(old, new, options))
}

pub(crate) fn placer(map: &Map, options: Option<&str>) -> Result<Placer, Fault> {
    let options = Options::read(options).map_err(refused)?;
    Ok(stages::placer(map, options.words_only))
}

pub(crate) fn suggest(placer: &Placer, occupations: &str, options: Option<&str>) -> Result<String, Fault> {
    let options = Options::read(options).map_err(refused)?;
    functions::suggestions(placer, occupations, options.top.unwrap_or(5), options.explain)
        .map_err(|failure| Fault::of(TlevelCode::BadOccupations, failure))
}

pub(crate) fn save(placer: &Placer) -> Vec<u8> {
    placer.save()
}

pub(crate) fn load(bytes: &[u8]) -> Result<Placer, Fault> {
    Placer::load(bytes).map_err(|e| Fault::new(TlevelCode::BadPlacer, e))
}

/// The result of a call with options, as the command line prints it.
fn asked<T: Serialize>(options: Option<&str>, call: impl FnOnce(&Options) -> Answer<T>) -> Result<String, Fault> {
    Options::read(options).and_then(|options| output::json(&call(&options)?)).map_err(refused)
}

/// Why a call with options was refused.
fn refused(failure: Failure) -> Fault {
    let code = match failure.kind {
        Kind::Find => TlevelCode::NotFound,
        _ => TlevelCode::BadOptions,
    };
    Fault::of(code, failure)
}
