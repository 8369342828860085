//! Occupations by what people call them.

use tlevel::map::Map;
use tlevel::text::{closest, name_key};

use super::Stop;

/// The id of the occupation of that id or title.
pub(crate) fn one(map: &Map, wanted: &str) -> Result<String, Stop> {
    if let Some(occupation) = map.occupation(wanted) {
        return Ok(occupation.id().to_owned());
    }
    let key = name_key(wanted);
    let found: Vec<String> =
        map.occupations().filter(|o| name_key(o.title()) == key).map(|o| o.id().to_owned()).collect();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => {
            let aside = map.set_aside().find(|s| s.raw().id.as_deref() == Some(wanted));
            if let Some(aside) = aside {
                let reason = aside.reason();
                let message = format!("occupation \"{wanted}\" is not placed on the map ({reason}); run: tlevel check");
                return Err(Stop::new(message));
            }
            let names = map.occupations().flat_map(|o| [o.id(), o.title()]);
            let hint = closest(wanted, names).map_or_else(
                || "; give the id or the title of one of its occupations".to_owned(),
                |near| format!("; did you mean \"{near}\"?"),
            );
            Err(Stop::new(format!("the map has no occupation \"{wanted}\"{hint}")))
        }
        several => Err(Stop::new(format!(
            "\"{wanted}\": {} occupations are called so; give the id of one: {}",
            several.len(),
            several.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(", ")
        ))),
    }
}
