//! Occupations to place, from files.

use serde_json::Value;

use super::NewOccupation;
use crate::read::{self, RawMap};

/// Why occupations could not be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NewError {
    /// The file is neither a map nor an occupation nor JSON lines, or a line is
    /// no occupation: `{"title": 1}`.
    #[error("{0}")]
    Map(#[from] read::Error),
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
            Ok(one) if is_occupation(&one) => vec![NewOccupation::read_line(text, 1)?],
            Err(_) if NewOccupation::is_line(text.trim_start().lines().next().unwrap_or_default()) => {
                let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
                lines.map(|(number, line)| NewOccupation::read_line(line, number)).collect::<Result<Vec<_>, _>>()?
            }
            _ => of_map(&read::read(bytes)?),
        };
        if found.is_empty() { Err(NewError::Nothing) } else { Ok(found) }
    }

    /// Is it a whole JSON object, as the first line of JSON lines is?
    pub fn is_line(line: &str) -> bool {
        line.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
    }

    /// Reads one occupation of the native format, for files that are too long to
    /// be read whole. One without an id is named after its line.
    ///
    /// # Errors
    ///
    /// [`NewError::Map`], with the place in a file whose line this is.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::NewOccupation;
    ///
    /// assert_eq!(NewOccupation::read_line("{\"title\": \"Roofer\"}", 7)?.id, "line 7");
    /// let error = NewOccupation::read_line("{\"title\": 1}", 7).unwrap_err();
    /// assert!(error.to_string().starts_with("line 7, column 11: /title: expected a text"), "{error}");
    /// # Ok::<(), tlevel::place::NewError>(())
    /// ```
    pub fn read_line(line: &str, number: usize) -> Result<NewOccupation, NewError> {
        let raw = read::occupation(line).map_err(|error| error.at_line(number as u32))?;
        let mut new = NewOccupation::from(raw);
        if new.id.is_empty() {
            new.id = format!("line {number}");
        }
        Ok(new)
    }
}

/// Is it an occupation of the native format, by its members?
fn is_occupation(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    has("title") && !["format", "routes", "referenceNumber", "stdCode", "list"].iter().any(|name| has(name))
}

fn of_map(map: &RawMap) -> Vec<NewOccupation> {
    let clusters = map.routes.iter().flat_map(|r| &r.pathways).flat_map(|p| &p.clusters);
    let placed = clusters.flat_map(|c| &c.occupations);
    let aside = map.set_aside.iter().map(|aside| &aside.occupation);
    placed.chain(aside).map(NewOccupation::from).collect()
}
