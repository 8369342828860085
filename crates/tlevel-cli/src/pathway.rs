//! Pathways by what people call them.

use tlevel::derive::Derivation;
use tlevel::map::Map;
use tlevel::text::{closest, name_key};

use super::Stop;

/// The ids of the pathways of that id, that end of an id, or that name, given
/// with an option.
pub(crate) fn named(map: &Map, option: &str, wanted: &str) -> Result<Vec<String>, Stop> {
    let key = name_key(wanted);
    let found: Vec<String> = match map.pathway(wanted) {
        Some(pathway) => vec![pathway.id().to_owned()],
        None => map
            .pathways()
            .filter(|p| name_key(p.name()) == key || p.id().ends_with(&format!("/{wanted}")))
            .map(|p| p.id().to_owned())
            .collect(),
    };
    if found.is_empty() {
        let names = map.pathways().flat_map(|p| [p.id(), p.name()]);
        let last_steps = map.pathways().filter_map(|p| p.id().rsplit('/').next());
        let hint = closest(wanted, names.chain(last_steps));
        let hint = hint.map_or_else(
            || "; tlevel derive, on the same map, shows the pathways".to_owned(),
            |p| format!("; did you mean \"{p}\"?"),
        );
        return Err(Stop::new(format!("{option} \"{wanted}\": the map has no such pathway{hint}")));
    }
    Ok(found)
}

/// The ids of the pathways of the routes of that id or name, given with an
/// option.
pub(crate) fn of_route(map: &Map, option: &str, wanted: &str) -> Result<Vec<String>, Stop> {
    let key = name_key(wanted);
    let found: Vec<_> = match map.route(wanted) {
        Some(route) => vec![route],
        None => map.routes().filter(|r| name_key(r.name()) == key).collect(),
    };
    if found.is_empty() {
        let hint = closest(wanted, map.routes().flat_map(|r| [r.id(), r.name()]));
        let hint = hint.map_or_else(
            || "; tlevel derive, on the same map, shows the routes".to_owned(),
            |r| format!("; did you mean \"{r}\"?"),
        );
        return Err(Stop::new(format!("{option} \"{wanted}\": the map has no such route{hint}")));
    }
    Ok(found.into_iter().flat_map(|r| r.pathways()).map(|p| p.id().to_owned()).collect())
}

/// [`named`], where one is meant.
pub(crate) fn one(map: &Map, option: &str, wanted: &str) -> Result<String, Stop> {
    match named(map, option, wanted)?.as_slice() {
        [one] => Ok(one.clone()),
        several => Err(Stop::new(format!(
            "{option} \"{wanted}\": {} pathways are called so; give the id of one: {}",
            several.len(),
            several.join(", ")
        ))),
    }
}

/// Why a pathway has no programme.
pub(crate) fn no_programme(derivation: &Derivation, pathway: &str) -> Stop {
    let none = derivation.no_programme.iter().find(|none| none.pathway.id == pathway);
    let reason = none.map_or("no-programme", |none| none.reason.name());
    Stop::new(format!(
        "{pathway} has no programme ({reason}); tlevel derive, with --pathway {pathway} on the same map, shows why"
    ))
}
