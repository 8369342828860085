//! Occupations by what people call them.

use tlevel::map::{FindError, Map};

use super::Stop;

/// The id of the occupation that a name means.
pub(crate) fn one(map: &Map, name: &str) -> Result<String, Stop> {
    map.find_occupation(name).map(|occupation| occupation.id().to_owned()).map_err(|error| match &error {
        FindError::Unknown { hint: None, .. } => {
            Stop::new(format!("{error}; give the id or the title of one of its occupations"))
        }
        _ => Stop::new(error),
    })
}
