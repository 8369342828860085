//! The items of programmes as one table.

use std::collections::BTreeMap;

use tlevel::derive::{Derivation, Item, Programme, Tier};

use super::{counts, document, table};
use crate::document::{Cell, Document};

/// Returns the content of all programmes as one table: a row for each item of a
/// route core, a pathway core, a group core, a specialism and the near misses.
///
/// A core of topics also has a row for each topic, and one for each topic just
/// short of it. The column `part` tells them apart: `topic`, `element`, `joined`
/// (to an element), `source` (for the panel to word), or empty for an item outside
/// such a core. The last columns say how many occupations of the whole map have a
/// topic, and the chance that as many drawn at random have it as often.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level())?;
/// let csv = export::csv(&report::programme_table(&derivation));
/// assert!(csv.starts_with("route,route_name,pathway,pathway_name,tier,specialism,concept,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn programme_table(derivation: &Derivation) -> Document {
    let titles = titles(derivation);
    let mut table = table(
        "Items of the programmes",
        &[
            ("route", 2),
            ("route_name", 2),
            ("pathway", 2),
            ("pathway_name", 2),
            ("tier", 1),
            ("specialism", 2),
            ("concept", 1),
            ("kind", 1),
            ("label", 2),
            ("text", 5),
            ("have", 1),
            ("of", 1),
            ("statements", 3),
            ("occupations", 3),
            ("topic", 2),
            ("heading", 2),
            ("part", 1),
            ("group", 2),
            ("nature", 1),
            ("elements", 1),
            ("map_have", 1),
            ("map_of", 1),
            ("chance", 1),
        ],
    )
    .whole(["have", "of", "elements", "map_have", "map_of"])
    .decimal(["chance"]);
    for programme in &derivation.programmes {
        let parts = parts(programme);
        let mut add = |tier: Tier, specialism: &str, item: &Item, group: &str| {
            let statements = item.statements.iter().map(|s| format!("{} {}", s.occupation, s.statement));
            let mut names: Vec<&str> = item.statements.iter().map(|s| title(&titles, &s.occupation)).collect();
            names.dedup();
            let mut row = branch(programme);
            row.extend([tier.name(), specialism, &item.concept].map(Cell::from));
            row.extend(
                [item.kind.to_string(), item.label.clone().unwrap_or_default(), item.text.clone()].map(Cell::from),
            );
            row.extend(counts(item.support));
            row.extend([statements.collect::<Vec<_>>().join("; "), names.join("; ")].map(Cell::from));
            let (topic, heading) = item.topic.as_ref().map_or(("", ""), |topic| (&topic.id, &topic.heading));
            let is_core_topic = tier != Tier::Specialism && programme.topics.iter().any(|own| own.id == topic);
            let part = match parts.get(item.concept.as_str()) {
                Some(part) if is_core_topic => part,
                None if is_core_topic => "source",
                _ => "",
            };
            row.extend([topic, heading, part, group, "", "", "", "", ""].map(Cell::from));
            table.rows.push(row);
        };
        programme.route_core.iter().for_each(|item| add(Tier::Route, "", item, ""));
        programme.pathway_core.iter().for_each(|item| add(Tier::Pathway, "", item, ""));
        for group in &programme.group_core {
            group.content.iter().for_each(|item| add(Tier::Group, "", item, &group.group.name));
        }
        for specialism in &programme.specialisms {
            specialism.items().for_each(|item| add(Tier::Specialism, &specialism.title, item, ""));
        }
        for miss in &programme.near_misses {
            let mut row = branch(programme);
            row.extend([format!("near miss of the {}", miss.tier.name()).as_str(), "", &miss.concept].map(Cell::from));
            row.extend(
                [miss.kind.to_string(), miss.label.clone().unwrap_or_default(), miss.text.clone()].map(Cell::from),
            );
            row.extend(counts(miss.support));
            row.extend([""; 11].map(Cell::from));
            table.rows.push(row);
        }
        for topic in &programme.topics {
            let holders = topic.holders.iter().filter(|holder| holder.has);
            let mut names: Vec<&str> = holders.map(|holder| title(&titles, &holder.occupation)).collect();
            names.dedup();
            let mut row = branch(programme);
            row.extend([topic.tier.name(), "", "", "", "", &topic.heading].map(Cell::from));
            row.extend(counts(topic.support));
            row.extend(["", &names.join("; "), &topic.id, &topic.heading, "topic"].map(Cell::from));
            let group = topic.group.as_ref().map_or("", |group| group.name.as_str());
            row.extend([group, topic.nature.name()].map(Cell::from));
            row.push(Cell::count(topic.elements.len()));
            row.extend(counts(topic.usual));
            row.push(Cell::decimal(topic.chance));
            table.rows.push(row);
        }
        for near in &programme.near_topics {
            let mut row = branch(programme);
            let tier = format!("near miss of the {}", near.tier.name());
            row.extend([tier.as_str(), "", "", "", "", &near.heading].map(Cell::from));
            row.extend(counts(near.support));
            row.extend(["", "", &near.id, &near.heading, "topic", "", near.nature.name(), "", "", ""].map(Cell::from));
            row.push(Cell::decimal(near.chance));
            table.rows.push(row);
        }
    }
    document(table)
}

/// The concepts of elements: the central ones, and those joined to them.
fn parts(programme: &Programme) -> BTreeMap<&str, &'static str> {
    let mut parts = BTreeMap::new();
    for element in programme.topics.iter().flat_map(|topic| &topic.elements) {
        parts.insert(element.item.concept.as_str(), "element");
        parts.extend(element.joined.iter().map(|joined| (joined.concept.as_str(), "joined")));
    }
    parts
}

/// The ids and names of a programme's route and pathway.
fn branch(programme: &Programme) -> Vec<Cell> {
    let Programme { route, pathway, .. } = programme;
    [&route.id, &route.name, &pathway.id, &pathway.name].map(|text| Cell::from(text.as_str())).into()
}

/// The titles of the occupations that the programmes name, by id.
fn titles(derivation: &Derivation) -> BTreeMap<&str, &str> {
    let counting = derivation.programmes.iter().flat_map(|programme| &programme.counting);
    counting.map(|occupation| (occupation.id.as_str(), occupation.title.as_str())).collect()
}

/// The title of an occupation, or its id if no programme names it.
fn title<'t>(titles: &BTreeMap<&'t str, &'t str>, id: &'t str) -> &'t str {
    titles.get(id).copied().unwrap_or(id)
}
