//! Programmes: the core, how many occupations share each item of it, the
//! specialisms, and what was left out and why.

use indexmap::IndexMap;
use itertools::Itertools as _;
use tlevel::derive::{Derivation, NoProgramme, Programme, Quorum};
use tlevel::teaching::{TaughtProgrammes, TeachingPlan};

use super::core_topics;
use super::programme_parts::{self as parts, NAMES, list};
use crate::count::{count, share};
use crate::document::{Block, Column, Document, Entry, Listing, Table};

/// Reports a derivation: each programme with its core, its specialisms and near
/// misses and what was left out, then pathways without a programme and
/// occupations on no pathway.
///
/// A core of topics is a table of the topics, general ones apart, then the
/// elements of each; any other core is a list of items. A brief listing cuts long
/// lists and the wordings of elements. Files also name the statements behind each
/// item.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level())?;
/// let document = report::programmes(&derivation);
/// assert!(export::markdown(&document).starts_with("# T Level programmes"));
/// assert!(export::terminal(&document, &Layout::default()).lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn programmes(derivation: &Derivation) -> Document {
    report(derivation, None)
}

/// Reports the programmes that are first taught by a date: as [`programmes`], with
/// the plan by year.
pub fn taught_programmes(taught: &TaughtProgrammes) -> Document {
    report(&taught.derivation, Some(&taught.teaching))
}

fn report(derivation: &Derivation, teaching: Option<&TeachingPlan>) -> Document {
    let mut document = titled(derivation);
    let by_topic = derivation.programmes.iter().any(core_topics::has_topics);
    let blocks = &mut document.blocks;
    let columns = if by_topic { core_topics::COLUMNS } else { COLUMNS };
    blocks.push(Block::paragraph(format!("{} {columns}", policy(derivation))));
    if let Some(plan) = teaching {
        blocks.extend(first_teaching(plan));
        if derivation.programmes.is_empty() {
            blocks.push(Block::foot(NO_PROGRAMME_BY_THEN));
        }
    }
    let mut silent = Vec::new();
    for of in &derivation.programmes {
        if of.counting.is_empty() {
            silent.push(of);
            blocks.push(Block::only(Listing::Full, programme(of)));
        } else {
            blocks.extend(programme(of));
        }
    }
    if !silent.is_empty() {
        blocks.push(Block::only(Listing::Brief, without_statements(&silent)));
    }
    blocks.extend(no_programme(derivation));
    blocks.extend(set_aside(derivation));
    blocks.extend(derivation.notes.iter().map(|note| Block::note(&note.message)));
    document
}

/// Returns an empty report on the programmes of a map.
pub(super) fn titled(derivation: &Derivation) -> Document {
    let title = derivation.map.title.as_deref().unwrap_or("an untitled map");
    let mut document = Document::report(format!("T Level programmes from {title}"));
    document.rights.clone_from(&derivation.map.attribution);
    document
}

/// How many names of occupations left out a brief listing shows below a core of
/// topics.
const FEW_NAMES: usize = 2;

/// What the signs of a list of items mean.
const COLUMNS: &str = "K is knowledge, S a skill, B a behaviour. 4/5 means that 4 of the 5 occupations that count have the \
     item; opt means that only an option has it.";

/// The remark on a listing by date that holds no programme.
pub(super) const NO_PROGRAMME_BY_THEN: &str = "No programme is first taught by the date given.";

/// What the policy counts as core, in words.
pub(super) fn policy(derivation: &Derivation) -> String {
    let policy = &derivation.policy;
    // a route quorum may give fewer pathways than the policy's minimum
    let least = if policy.route_quorum == Quorum::ALL || policy.min_pathways < 2 {
        String::new()
    } else {
        format!(" ({} or more)", policy.min_pathways)
    };
    format!(
        "Policy \"{}\": level {}. Pathway core is what {} of a pathway's occupations share; route core is what {} of a \
         route's pathways{least} share.",
        policy.name,
        policy.levels.iter().join(" and "),
        share(policy.pathway_quorum),
        share(policy.route_quorum),
    )
}

/// The plan of first teaching by year.
pub(super) fn first_teaching(plan: &TeachingPlan) -> Vec<Block> {
    let last = plan.years.iter().any(|year| !year.last.is_empty()).then_some(("Last taught", 4));
    let columns = [("Year", 1), ("Wave", 1), ("Planned", 4), ("First taught", 4)].into_iter().chain(last);
    let columns = columns.map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new("First teaching by year", columns);
    let mut entries = Vec::new();
    for year in &plan.years {
        let wave = year.wave.map_or_else(|| "      ".to_owned(), |wave| format!("wave {wave}"));
        let mut label = format!("{}  {wave} ", year.year);
        for (what, ids) in [("planned", &year.planned), ("taught", &year.actual), ("last taught", &year.last)] {
            if !ids.is_empty() {
                entries.push(Entry::labelled(&label, format!("{what} {}: {}", ids.len(), plan.names(ids))));
                label = " ".repeat(label.len());
            }
        }
        let named = |ids: &[String]| match ids.len() {
            0 => String::new(),
            n => format!("{n}: {}", plan.names(ids)),
        };
        let wave = year.wave.map_or_else(String::new, |wave| wave.to_string());
        let mut row =
            vec![year.year.as_str().into(), wave.into(), named(&year.planned).into(), named(&year.actual).into()];
        row.extend(last.map(|_| named(&year.last).into()));
        table.rows.push(row);
    }
    vec![Block::section(1, "First teaching by year", ""), Block::Entries { entries, table: Some(table) }]
}

fn programme(programme: &Programme) -> Vec<Block> {
    let name = format!("{} > {}", programme.route.name, programme.pathway.name);
    let counting = programme.counting.iter().map(|o| o.title.as_str()).join("; ");
    let who = match programme.counting.len() {
        0 => "No occupation counts towards the core.".to_owned(),
        1 => format!("1 occupation counts towards the core: {counting}."),
        n => format!("{n} occupations count towards the core: {counting}."),
    };
    let mut blocks = vec![Block::section(1, name, ""), Block::paragraph(who)];
    let by_topic = core_topics::has_topics(programme);
    if by_topic {
        blocks.extend(core_topics::core(programme));
    } else {
        blocks.extend(core(programme));
    }
    blocks.push(Block::section(2, "Specialisms", count(programme.specialisms.len(), "specialism")));
    let specialism = if by_topic { parts::specialism_by_topic } else { parts::specialism };
    blocks.push(Block::entries(programme.specialisms.iter().map(specialism).collect()));
    blocks.extend(core_topics::near(programme));
    blocks.extend(parts::near_misses(programme));
    if !programme.excluded.is_empty() {
        blocks.push(Block::section(2, "Left out", count(programme.excluded.len(), "occupation")));
        blocks.push(Block::Entries {
            entries: parts::excluded(&programme.excluded, if by_topic { FEW_NAMES } else { NAMES }),
            table: Some(parts::excluded_table(programme)),
        });
    }
    blocks.extend(parts::notes(programme));
    blocks
}

/// The core item by item.
fn core(programme: &Programme) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (title, whose, items) in
        [("Route core", "route", &programme.route_core), ("Pathway core", "pathway", &programme.pathway_core)]
    {
        let aside = items.first().map_or_else(
            || "empty".to_owned(),
            |item| {
                let of = count(item.support.of, "occupation");
                format!("{}; {of} of the {whose} count", count(items.len(), "item"))
            },
        );
        blocks.push(Block::section(2, title, aside));
        blocks.push(Block::entries(parts::items(items)));
    }
    blocks
}

/// Programmes without an occupation that counts, a line each.
fn without_statements(programmes: &[&Programme]) -> Vec<Block> {
    let line = |programme: &&Programme| {
        let titles: Vec<String> = programme.specialisms.iter().map(|s| s.title.clone()).collect();
        let name = format!("{} > {}", programme.route.name, programme.pathway.name);
        Entry::new(format!("{name}: {}", parts::first_of(&titles, NAMES)))
    };
    vec![
        Block::section(1, "Programmes without statements to compare", count(programmes.len(), "pathway")),
        Block::entries(programmes.iter().map(line).collect()),
    ]
}

/// A pathway without a programme, and the reason.
pub(super) fn closed(pathway: &NoProgramme) -> String {
    let reason = match (pathway.reason.name(), &pathway.branch) {
        ("apprenticeship-only", Some(branch)) if *branch == pathway.route.id => "the route is apprenticeship-only",
        ("apprenticeship-only", _) => "apprenticeship-only",
        ("no-occupation", _) => "no occupation",
        _ => "no eligible occupation",
    };
    format!("{} > {}: {reason}", pathway.route.name, pathway.pathway.name)
}

fn no_programme(derivation: &Derivation) -> Vec<Block> {
    if derivation.no_programme.is_empty() {
        return Vec::new();
    }
    let mut entries = Vec::new();
    for pathway in &derivation.no_programme {
        let excluded = parts::excluded(&pathway.excluded, NAMES);
        let excluded = excluded.into_iter().filter(|entry| entry.only != Some(Listing::Brief));
        let excluded = excluded.map(|entry| entry.only(Listing::Full)).collect();
        entries.push(Entry::new(closed(pathway)).with(excluded));
    }
    let aside = count(derivation.no_programme.len(), "pathway");
    vec![Block::section(1, "No programme", aside), Block::entries(entries)]
}

fn set_aside(derivation: &Derivation) -> Vec<Block> {
    if derivation.set_aside.is_empty() {
        return Vec::new();
    }
    let mut by_reason: IndexMap<&str, Vec<String>> = IndexMap::new();
    for aside in &derivation.set_aside {
        let level = aside.level.map_or_else(String::new, |level| format!(" (level {level})"));
        by_reason.entry(aside.reason.name()).or_default().push(format!("{}{level}", aside.title));
    }
    by_reason.sort_keys();
    let entries = by_reason.iter().flat_map(|(reason, titles)| list(&format!("{reason}:"), titles, NAMES)).collect();
    let aside = count(derivation.set_aside.len(), "occupation");
    vec![Block::section(1, "On no pathway", aside), Block::entries(entries)]
}
