//! What each function does, from references to a result.

use arrow_array::Array as _;
use arrow_array::{ArrayRef, RecordBatch};
use serde::{Deserialize, Serialize};
use tlevel::map::Map;
use tlevel::place::{Placer, Scratch};
use tlevel_arrow::{Occupations, Suggestions};
use tlevel_bindings::options::Options;
use tlevel_bindings::{Answer, Failure, Kind, functions, join, options, output, stages};

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

/// How the rows of a table are placed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct BatchOptions {
    top: usize,
    min_confidence: f64,
    evidence: bool,
    first_row: i64,
}

impl Default for BatchOptions {
    fn default() -> Self {
        BatchOptions { top: 3, min_confidence: 0.0, evidence: false, first_row: 0 }
    }
}

/// How many rows are placed at a time.
const PART: usize = 1024;

pub(crate) fn suggest_batch(placer: &Placer, rows: &ArrayRef, options: Option<&str>) -> Result<RecordBatch, Fault> {
    let options: BatchOptions = options::read(options).map_err(refused)?;
    let of_table = |failure: Failure| match failure.kind {
        Kind::Internal => Fault::of(TlevelCode::Internal, failure),
        _ => Fault::of(TlevelCode::BadTable, failure),
    };
    let field = arrow_schema::Field::new("rows", rows.data_type().clone(), true);
    let columns = Occupations::new(&field).map_err(of_table)?;
    let mut found = Suggestions::new(options.min_confidence);
    let mut scratch = Scratch::default();
    for from in (0..rows.len()).step_by(PART) {
        let first = options.first_row.saturating_add_unsigned(from as u64);
        let new = columns.rows(rows, from, PART.min(rows.len() - from), first).map_err(of_table)?;
        let placements = if options.evidence {
            placer.suggest_all(&new, options.top)
        } else {
            new.iter().map(|new| placer.suggest_with(new, options.top, &mut scratch)).collect()
        };
        for (at, placement) in placements.iter().enumerate() {
            found.add(first.saturating_add_unsigned(at as u64), placement);
        }
        found.check().map_err(of_table)?;
    }
    found.finish().map_err(of_table)
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
