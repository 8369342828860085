//! Occupations to place, from files.

use serde_json::Value;

use super::NewOccupation;
use crate::read::{self, RawMap, RawOccupation};

/// Why occupations could not be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NewError {
    /// The file is neither a map nor an occupation nor JSON lines.
    #[error("{0}")]
    Map(#[from] read::Error),
    /// A line that is no occupation: `{"title": 1}` among JSON lines.
    #[error("line {line}: {error}")]
    Line {
        /// The line.
        line: usize,
        /// What is wrong with it.
        error: String,
    },
    /// Nothing to place: an empty list.
    #[error("no occupation in it; give a map, one occupation, or one occupation a line")]
    Nothing,
}

impl NewOccupation {
    /// Reads the occupations of a file: of a map in any format that
    /// [`read`](crate::read()) knows, one occupation of the native format, or one
    /// such a line. Where they stand in the file is ignored.
    ///
    /// # Errors
    ///
    /// [`NewError`], with the line where there are many.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::NewOccupation;
    ///
    /// let lines = "{\"id\": \"n1\", \"title\": \"Roofer\", \"level\": 2}\n{\"title\": \"Baker\"}\n";
    /// let new = NewOccupation::read(lines.as_bytes())?;
    /// assert_eq!((new[0].level, new[1].title.as_str()), (Some(2), "Baker"));
    /// assert!(NewOccupation::read(b"{\"title\": 1}\n{\"title\": \"Baker\"}").is_err());
    /// # Ok::<(), tlevel::place::NewError>(())
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Vec<NewOccupation>, NewError> {
        let text = read::utf8(bytes)?;
        let found = match serde_json::from_str::<Value>(text) {
            Ok(one) if is_occupation(&one) => vec![line(&one, 1)?],
            Ok(_) => of_map(&read::read(bytes)?),
            // several values: a line each
            Err(_) if text.trim_start().starts_with('{') && text.trim().contains('\n') && is_lines(text) => {
                let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
                let read = lines.map(|(i, text)| {
                    let value = serde_json::from_str(text);
                    let value = value.map_err(|e| NewError::Line { line: i + 1, error: format!("not JSON: {e}") })?;
                    line(&value, i + 1)
                });
                read.collect::<Result<Vec<_>, _>>()?
            }
            Err(_) => of_map(&read::read(bytes)?),
        };
        if found.is_empty() { Err(NewError::Nothing) } else { Ok(found) }
    }
}

/// Does the first line hold a whole value?
fn is_lines(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default();
    serde_json::from_str::<Value>(first).is_ok()
}

/// Is it an occupation of the native format, by its members?
fn is_occupation(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    has("title") && !["format", "routes", "referenceNumber", "stdCode", "list"].iter().any(|name| has(name))
}

/// One occupation, read as the native format reads it.
fn line(value: &Value, number: usize) -> Result<NewOccupation, NewError> {
    let cluster = serde_json::json!({ "id": "c", "name": "c", "occupations": [value] });
    let pathway = serde_json::json!({ "id": "p", "name": "p", "clusters": [cluster] });
    let route = serde_json::json!({ "id": "r", "name": "r", "pathways": [pathway] });
    let map = serde_json::json!({ "format": "tlevel-map", "version": 1, "routes": [route] });
    let wrong = |error: read::Error| NewError::Line { line: number, error: error.to_string() };
    let map = read::read(map.to_string().as_bytes()).map_err(wrong)?;
    let found = of_map(&map).into_iter().next();
    let nothing = || NewError::Line { line: number, error: "not an occupation".to_owned() };
    let mut new = found.ok_or_else(nothing)?;
    if new.id.is_empty() {
        new.id = format!("line {number}");
    }
    Ok(new)
}

fn of_map(map: &RawMap) -> Vec<NewOccupation> {
    let clusters = map.routes.iter().flat_map(|r| &r.pathways).flat_map(|p| &p.clusters);
    let placed = clusters.flat_map(|c| &c.occupations);
    let aside = map.set_aside.iter().map(|aside| &aside.occupation);
    placed.chain(aside).map(|raw: &RawOccupation| NewOccupation::from(raw)).collect()
}
