//! All programmes of a map at a glance: a line for each.

use itertools::Itertools as _;
use tlevel::concept::Nature;
use tlevel::derive::{CoreTopic, Derivation, Programme, Tier};
use tlevel::map::BranchName;
use tlevel::teaching::{TaughtProgrammes, TeachingPlan};

use super::core_topics::has_topics;
use super::programme_parts::first_of;
use super::programmes::{NO_PROGRAMME_BY_THEN, closed, first_teaching, policy, titled};
use crate::count::count;
use crate::document::{Block, Cell, Column, Document, Entry, Table};

/// Reports how large each programme of a derivation is: how many occupations
/// count for it, the items or topics of its route core and pathway core, its
/// specialisms, and how many occupations are left out. Pathways without a programme follow,
/// then how to see a programme in full on the command line.
///
/// [`programmes`](super::programmes()) reports their content.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level())?;
/// let shown = export::terminal(&report::overview(&derivation), &Layout::default());
/// assert!(shown.contains("\n    Onsite construction  "));
/// assert!(shown.lines().count() < 80, "it fits on two screens");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn overview(derivation: &Derivation) -> Document {
    report(derivation, None)
}

/// Reports how large each programme is that is first taught by a date: as
/// [`overview`], with the plan by year.
pub fn taught_overview(taught: &TaughtProgrammes) -> Document {
    report(&taught.derivation, Some(&taught.teaching))
}

fn report(derivation: &Derivation, teaching: Option<&TeachingPlan>) -> Document {
    let mut document = titled(derivation);
    let blocks = &mut document.blocks;
    blocks.push(Block::paragraph(policy(derivation)));
    if let Some(plan) = teaching {
        blocks.extend(first_teaching(plan));
    }
    // without statements there is no figure to show
    let (programmes, silent): (Vec<&Programme>, Vec<&Programme>) =
        derivation.programmes.iter().partition(|programme| programme.has_statements());
    if !programmes.is_empty() {
        let by_topic = programmes.iter().any(|programme| has_topics(programme));
        blocks.push(Block::paragraph(if by_topic { TOPICS } else { ITEMS }));
        blocks.push(Block::section(1, count(programmes.len(), "programme"), ""));
        let entries = if by_topic { topic_lines(&programmes) } else { lines(&programmes) };
        let table = if by_topic { topic_table(&programmes) } else { table(&programmes) };
        blocks.push(Block::Entries { entries, table: Some(table) });
    }
    if !silent.is_empty() {
        let line = |of_route: &[&Programme]| {
            let names = of_route.iter().map(|programme| programme.pathway.name.as_str()).join("; ");
            let route = of_route.first().map_or("", |programme| programme.route.name.as_str());
            Entry::new(format!("{route}: {names}"))
        };
        let lines = silent.chunk_by(|a, b| a.route.id == b.route.id).map(line).collect();
        blocks.push(Block::section(1, "No statements in this map", count(silent.len(), "programme")));
        blocks.push(Block::entries(lines));
    }
    if !derivation.no_programme.is_empty() {
        let line = |none| Entry::new(closed(none));
        blocks.push(Block::section(1, "No programme", count(derivation.no_programme.len(), "pathway")));
        blocks.push(Block::entries(derivation.no_programme.iter().map(line).collect()));
    }
    if !derivation.set_aside.is_empty() {
        let by_reason = derivation.set_aside.iter().map(|aside| aside.reason.name()).counts();
        let by_reason = by_reason.into_iter().sorted().map(|(reason, n)| format!("{n} {reason}")).join(", ");
        blocks.push(Block::section(1, "On no pathway", count(derivation.set_aside.len(), "occupation")));
        blocks.push(Block::entries(vec![Entry::new(by_reason)]));
    }
    blocks.extend(derivation.notes.iter().map(|note| Block::note(&note.message)));
    let all = &derivation.programmes;
    let has_core = |programme: &&Programme| !programme.counting.is_empty();
    blocks.push(Block::foot(match all.iter().find(has_core).or(all.first()) {
        Some(one) => how_to_see_more(all, &one.pathway),
        None if teaching.is_some() => NO_PROGRAMME_BY_THEN.to_owned(),
        None => "No pathway has a programme. Add --full to list every occupation with the reason.".to_owned(),
    }));
    document
}

const ITEMS: &str = "For each programme: how many occupations count towards the core, items of the route core and of the \
     pathway core, specialisms, and occupations left out.";

const TOPICS: &str = "For each programme: how many occupations count towards the core, topics of the route core, of the pathway \
     core and of groups, specialisms, and occupations left out. Below it are the topics of the work itself, those \
     that are rarest elsewhere first.";

/// The columns of the figures, on a terminal.
const FIGURES: &str = "count route pathway special out";

fn figures(programme: &Programme) -> [usize; 5] {
    let Programme { counting, route_core, pathway_core, specialisms, excluded, .. } = programme;
    [counting.len(), route_core.len(), pathway_core.len(), specialisms.len(), excluded.len()]
}

/// Route by route, a line for each programme.
fn lines(programmes: &[&Programme]) -> Vec<Entry> {
    let line = |programme: &&Programme| {
        let [counting, route, pathway, specialisms, out] = figures(programme);
        Entry::new(&programme.pathway.name)
            .beside(format!("{counting:>5} {route:>5} {pathway:>7} {specialisms:>7} {out:>3}"))
    };
    let mut lines = vec![Entry::new("Programme").beside(FIGURES)];
    for of_route in programmes.chunk_by(|a, b| a.route.id == b.route.id) {
        let name = of_route.first().map_or("", |programme| programme.route.name.as_str());
        lines.push(Entry::new(name).with(of_route.iter().map(line).collect()));
    }
    lines
}

/// How many headings of a core a terminal shows.
const HEADINGS: usize = 3;

/// The topics of a tier.
fn topics_of(programme: &Programme, tier: Tier) -> usize {
    programme.topics.iter().filter(|topic| topic.tier == tier).count()
}

fn topic_figures(programme: &Programme) -> [usize; 6] {
    let [route, pathway, group] = [Tier::Route, Tier::Pathway, Tier::Group].map(|tier| topics_of(programme, tier));
    [programme.counting.len(), route, pathway, group, programme.specialisms.len(), programme.excluded.len()]
}

/// The occupational topics of a core, those that are rarest elsewhere first.
fn own_topics(programme: &Programme) -> Vec<String> {
    let own = programme.topics.iter().filter(|topic| topic.nature == Nature::Occupational);
    let mut own: Vec<&CoreTopic> = own.collect();
    // stable: equal ones stay in their order
    own.sort_by(|a, b| a.chance.total_cmp(&b.chance));
    own.into_iter().map(|topic| topic.heading.clone()).collect()
}

/// Route by route, a line of figures for each programme and one of its topics.
fn topic_lines(programmes: &[&Programme]) -> Vec<Entry> {
    let line = |programme: &&Programme| {
        let [counting, route, pathway, group, specialisms, out] = topic_figures(programme);
        let figures = format!("{counting:>5} {route:>5} {pathway:>7} {group:>5} {specialisms:>7} {out:>3}");
        let own = own_topics(programme);
        let own = (!own.is_empty()).then(|| Entry::new(first_of(&own, HEADINGS)));
        Entry::new(&programme.pathway.name).beside(figures).with(own.into_iter().collect())
    };
    let mut lines = vec![Entry::new("Programme").beside("count route pathway group special out")];
    for of_route in programmes.chunk_by(|a, b| a.route.id == b.route.id) {
        let name = of_route.first().map_or("", |programme| programme.route.name.as_str());
        lines.push(Entry::new(name).with(of_route.iter().map(line).collect()));
    }
    lines
}

fn topic_table(programmes: &[&Programme]) -> Table {
    let columns = [
        ("Route", 2),
        ("Pathway", 3),
        ("Occupations that count", 1),
        ("Route core topics", 1),
        ("Pathway core topics", 1),
        ("Group core topics", 1),
        ("Specialisms", 1),
        ("Left out", 1),
        ("Topics of the work itself", 5),
    ];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new("Programmes", columns);
    for programme in programmes {
        let names = [&programme.route.name, &programme.pathway.name].map(|name| Cell::from(name.as_str()));
        let figures = topic_figures(programme).map(Cell::count);
        let own = Cell::from(own_topics(programme).join("; "));
        table.rows.push(names.into_iter().chain(figures).chain([own]).collect());
    }
    table
}

fn table(programmes: &[&Programme]) -> Table {
    let columns = [
        ("Route", 3),
        ("Pathway", 3),
        ("Occupations that count", 1),
        ("Route core", 1),
        ("Pathway core", 1),
        ("Specialisms", 1),
        ("Left out", 1),
    ];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new("Programmes", columns);
    for programme in programmes {
        let names = [&programme.route.name, &programme.pathway.name].map(|name| Cell::from(name.as_str()));
        let figures = figures(programme).map(|n| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX)));
        table.rows.push(names.into_iter().chain(figures).collect());
    }
    table
}

/// How the command line shows one programme, and all of them.
fn how_to_see_more(programmes: &[Programme], one: &BranchName) -> String {
    let last_step = one.id.rsplit('/').next().unwrap_or_default();
    let is_called_so = |p: &&Programme| p.pathway.id.rsplit('/').next() == Some(last_step);
    let name = if programmes.iter().filter(is_called_so).count() == 1 { last_step } else { &one.id };
    // a shell reads it as one word
    let is_word =
        name.starts_with(char::is_alphanumeric) && name.chars().all(|c| c.is_alphanumeric() || "/-_.".contains(c));
    let option = if is_word { format!("--pathway {name}") } else { "--pathway and its name".to_owned() };
    format!(
        "Add {option} to see one programme in full, --full to see all of them, or -o and a file name to save \
         everything."
    )
}
