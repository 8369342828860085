//! Occupations to place, from files.

use super::NewOccupation;
use crate::read::{self, Occupations};

/// Why occupations could not be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NewError {
    /// The file holds neither a map nor occupations, or one of them is invalid:
    /// `{"title": 1}`.
    #[error("{0}")]
    Map(#[from] read::Error),
    /// Nothing to place: a map without any occupation.
    #[error("no occupation in it; give a map, one occupation, a list, or one occupation a line")]
    Nothing,
}

impl NewOccupation {
    /// Reads the occupations of a file: of a map in any format that
    /// [`read`](crate::read()) knows, or occupations of the native format (one,
    /// a list, or one a line). Their places on the map are ignored. An
    /// occupation without an id is named after its line, or its number in the
    /// list.
    ///
    /// [`read::occupations`] also reports which members were not used.
    ///
    /// # Errors
    ///
    /// [`NewError`], with the line if there are many.
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
        let new = NewOccupation::from_read(read::occupations(bytes)?);
        if new.is_empty() { Err(NewError::Nothing) } else { Ok(new) }
    }

    /// Whether it is a whole JSON object, as the first line of JSON lines is.
    pub fn is_line(line: &str) -> bool {
        line.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
    }

    /// The occupations that were read. Those without an id are named after
    /// their place.
    pub fn from_read(found: Occupations) -> Vec<NewOccupation> {
        let named = |(raw, name)| {
            let mut new = NewOccupation::from(raw);
            if new.id.is_empty() {
                new.id = name;
            }
            new
        };
        found.occupations.into_iter().zip(found.names).map(named).collect()
    }
}
