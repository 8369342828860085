//! Occupations by what people call them.

use std::path::Path;

use tlevel::map::{FindError, Map};

use super::Stop;

/// The id of the occupation that a name means.
pub(crate) fn one(map: &Map, name: &str) -> Result<String, Stop> {
    map.find_occupation(name).map(|occupation| occupation.id().to_owned()).map_err(|error| match &error {
        FindError::Unknown { .. } if Path::new(name).is_file() => Stop::new(format!(
            "\"{name}\" is a file, and the occupation is missing; give its id or title after the map"
        )),
        FindError::Unknown { hint: None, .. } => {
            Stop::new(format!("{error}; give the id or the title of one of its occupations"))
        }
        _ => Stop::new(error),
    })
}
