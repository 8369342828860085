//! Pathways by what people call them.

use tlevel::derive::{Derivation, Programme};
use tlevel::map::{FindError, Map, Route};

use super::Stop;

/// The ids of the pathways that a name means, given with an option.
pub(crate) fn named(map: &Map, option: &str, name: &str) -> Result<Vec<String>, Stop> {
    let found: Vec<String> = map.pathways_called(name).iter().map(|pathway| pathway.id().to_owned()).collect();
    match map.find_pathway(name) {
        Err(error) if found.is_empty() => Err(unknown(option, &error, "pathways")),
        _ => Ok(found),
    }
}

/// The ids of the pathways of the route that a name means, given with an option.
pub(crate) fn of_route(map: &Map, option: &str, name: &str) -> Result<Vec<String>, Stop> {
    let route = map.find_route(name).map_err(|error| unknown(option, &error, "routes"))?;
    Ok(route.pathways().map(|p| p.id().to_owned()).collect())
}

/// The id of the one pathway that a name means, given with an option.
pub(crate) fn one(map: &Map, option: &str, name: &str) -> Result<String, Stop> {
    let pathway = map.find_pathway(name).map_err(|error| unknown(option, &error, "pathways"))?;
    Ok(pathway.id().to_owned())
}

/// The routes that these names mean, given with an option, in the order of the map;
/// all if none is named.
pub(crate) fn routes<'m>(map: &'m Map, option: &str, names: &[String]) -> Result<Vec<Route<'m>>, Stop> {
    let mut wanted: Vec<Route<'m>> = Vec::new();
    for name in names {
        wanted.push(map.find_route(name).map_err(|error| unknown(option, &error, "routes"))?);
    }
    Ok(map.routes().filter(|route| names.is_empty() || wanted.contains(route)).collect())
}

/// Why a name means nothing, and where to look where nothing is near.
pub(crate) fn unknown(option: &str, error: &FindError, what: &str) -> Stop {
    let next = match error {
        FindError::Unknown { hint: None, .. } => format!("; tlevel derive, on the same map, shows the {what}"),
        _ => String::new(),
    };
    Stop::new(format!("{option}: {error}{next}"))
}

/// Why a pathway has no programme.
pub(crate) fn no_programme(derivation: &Derivation, pathway: &str) -> Stop {
    let none = derivation.no_programme.iter().find(|none| none.pathway.id == pathway);
    let reason = none.map_or("no-programme", |none| none.reason.name());
    Stop::new(format!(
        "{pathway} has no programme ({reason}); tlevel derive, with --pathway {pathway} on the same map, shows why"
    ))
}

/// Why there is no draft: none of the programme's occupations has statements. `None`
/// if one has.
pub(crate) fn without_statements(programme: &Programme) -> Option<Stop> {
    if programme.has_statements() {
        return None;
    }
    let titles: Vec<&str> = programme.specialisms.iter().map(|specialism| &*specialism.title).collect();
    let why = match titles[..] {
        [title] => format!("its only occupation, {title}, has no statements on this map"),
        _ => format!("none of its {} occupations has statements on this map", titles.len()),
    };
    Some(Stop::new(format!("{}: there is no draft, because {why}", programme.pathway.id)))
}
