//! Results as one flat table, for spreadsheets and programs: names next to ids,
//! a row for each thing.

use std::collections::BTreeMap;

use tlevel::derive::{Derivation, Item, Programme, Support, Tier};
use tlevel::place::{LeftOut, NewOccupation, Placement, PlacementEvidence};

use crate::document::{Block, Cell, Column, Document, Table};

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
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level())?;
/// let csv = export::csv(&report::programme_table(&derivation)).unwrap();
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
    );
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
            row.push(number(topic.elements.len()));
            row.extend(counts(topic.usual));
            row.push(topic.chance.to_string().into());
            table.rows.push(row);
        }
        for near in &programme.near_topics {
            let mut row = branch(programme);
            let tier = format!("near miss of the {}", near.tier.name());
            row.extend([tier.as_str(), "", "", "", "", &near.heading].map(Cell::from));
            row.extend(counts(near.support));
            row.extend(["", "", &near.id, &near.heading, "topic", "", near.nature.name(), "", "", ""].map(Cell::from));
            row.push(near.chance.to_string().into());
            table.rows.push(row);
        }
    }
    document(table)
}

/// Returns the clusters suggested for occupations as one table: a row for each
/// suggestion, the best first, and one for an occupation without suggestions.
///
/// The evidence of an occupation is about its suggested clusters, in any order.
/// For suggestions without evidence, names and words are empty.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer};
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let placer = Placer::new(&map);
/// let new = NewOccupation::titled("Plumbing technician");
/// let placement = placer.suggest(&new, 3);
/// let csv = export::csv(&report::placement_table([(&new, &placement, &[][..])])).unwrap();
/// assert_eq!(csv.lines().count(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn placement_table<'p>(
    placed: impl IntoIterator<Item = (&'p NewOccupation, &'p Placement, &'p [PlacementEvidence])>,
) -> Document {
    let mut table = table(
        "Suggested clusters",
        &[
            ("occupation", 1),
            ("title", 3),
            ("verdict", 1),
            ("because", 3),
            ("place", 1),
            ("route", 2),
            ("pathway", 2),
            ("cluster", 2),
            ("cluster_name", 3),
            ("score", 1),
            ("confidence", 1),
            ("words", 3),
        ],
    );
    for (new, placement, _) in placed {
        let own = || {
            let because = placement.because.clone().unwrap_or_default();
            [placement.occupation.clone(), new.title.clone(), placement.verdict.code().to_owned(), because]
                .map(Cell::from)
        };
        for (place, suggestion) in (1_i64..).zip(&placement.suggestions) {
            let words: Vec<&str> = suggestion.evidence.iter().map(|share| share.term.as_str()).collect();
            let mut row: Vec<Cell> = own().into();
            row.push(Cell::Number(place));
            row.extend([&suggestion.route, &suggestion.pathway, &suggestion.cluster].map(|id| Cell::from(id.as_str())));
            row.push(suggestion.cluster_name.as_str().into());
            row.extend([suggestion.score, suggestion.confidence].map(|number| Cell::from(number.to_string())));
            row.push(words.join(", ").into());
            table.rows.push(row);
        }
        if placement.suggestions.is_empty() {
            let blank = std::iter::repeat_with(|| Cell::from("")).take(table.columns.len() - 4);
            table.rows.push(own().into_iter().chain(blank).collect());
        }
    }
    document(table)
}

/// Returns the test placements of a map's own occupations, each placed as if it
/// were new, as one table: a row for each, with its cluster and the suggested one.
///
/// # Examples
///
/// ```
/// use tlevel::place::Placer;
/// use tlevel_report::{export, report};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let asked = Placer::new(&map).leave_one_out();
/// let csv = export::csv(&report::left_out_table(&asked)).unwrap();
/// assert_eq!(csv.lines().count(), 1 + asked.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn left_out_table(asked: &[LeftOut]) -> Document {
    let mut table = table(
        "Occupations, each placed as if it were new",
        &[
            ("occupation", 1),
            ("title", 3),
            ("cluster", 2),
            ("cluster_name", 3),
            ("suggested", 2),
            ("suggested_name", 3),
            ("right", 1),
            ("cluster_place", 1),
            ("pathway_place", 1),
            ("route_place", 1),
            ("confidence", 1),
        ],
    );
    for one in asked {
        let right = if one.suggested == one.cluster { "yes" } else { "no" };
        let names = [&one.occupation, &one.title, &one.cluster, &one.cluster_name, &one.suggested, &one.suggested_name];
        let mut row: Vec<Cell> = names.map(|name| Cell::from(name.as_str())).into();
        row.push(right.into());
        row.extend(one.ranks.map(number));
        row.push(one.confidence.to_string().into());
        table.rows.push(row);
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

fn table(caption: &str, columns: &[(&str, u8)]) -> Table {
    Table::new(caption, columns.iter().map(|(heading, width)| Column::new(*heading, *width)).collect())
}

fn document(table: Table) -> Document {
    let mut document = Document::new(table.caption.clone());
    document.blocks.push(Block::Table(table));
    document
}

fn number(n: usize) -> Cell {
    Cell::Number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn counts(support: Support) -> [Cell; 2] {
    [support.have, support.of].map(number)
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
