//! The parts of a programme's report: items, specialisms, near misses and the
//! occupations left out.

use indexmap::IndexMap;
use itertools::Itertools as _;
use tlevel::derive::{Excluded, Item, Programme, Specialism, Support, Tier};
use tlevel::map::Kind;

use super::core_topics::{by_heading, has_topics};
use crate::count::count;
use crate::document::{Block, Cell, Column, Entry, Listing, Mark, Table};

/// How many names of a list a brief listing shows.
pub(super) const NAMES: usize = 6;
/// How many characters of the headings of a specialism a brief listing shows.
const LINE: usize = 74;
/// How many near-duplicates a brief listing shows.
const NEAR_DUPLICATES: usize = 3;

pub(super) fn support(support: Support) -> String {
    if support.have == 0 {
        // only the option of this specialism has it, and options do not count
        return "opt".to_owned();
    }
    format!("{}/{}", support.have, support.of)
}

/// Names after a label. A brief listing shows the first ones and how many more
/// there are.
pub(super) fn list(label: &str, names: &[String], most: usize) -> Vec<Entry> {
    let (all, first) = (names.join("; "), first_of(names, most));
    if all == first {
        return vec![Entry::labelled(label, all)];
    }
    vec![Entry::labelled(label, first).only(Listing::Brief), Entry::labelled(label, all).only(Listing::Full)]
}

/// The first names of a list, and how many more there are.
pub(super) fn first_of(names: &[String], most: usize) -> String {
    match names.get(..most) {
        Some(first) if names.len() > most + 1 => format!("{}; and {} more", first.join("; "), names.len() - most),
        _ => names.join("; "),
    }
}

/// Items; files also name the statements behind each.
pub(super) fn items(items: &[Item]) -> Vec<Entry> {
    let widest = items.iter().map(|item| support(item.support).len()).max().unwrap_or(0);
    let entry = |item: &Item| {
        let label = format!("{} {:>widest$} ", item.kind.letter(), support(item.support));
        let mut entry = wording(label, item.label.as_deref(), &item.text);
        let mut proof = item.statements.iter().map(|s| format!("{} {}", s.occupation, s.statement)).join(", ");
        if !item.also_in.is_empty() {
            proof = format!("{proof}; also in {}", item.also_in.join(", "));
        }
        entry.entries.push(Entry::new(proof).only(Listing::File));
        entry
    };
    items.iter().map(entry).collect()
}

/// The verbatim wording, under the label that the judges gave it.
fn wording(label: String, name: Option<&str>, text: &str) -> Entry {
    match name {
        None => Entry::labelled(label, text),
        // the space indents it below the name
        Some(name) => Entry::labelled(label, name).with(vec![Entry::labelled(" ", text)]),
    }
}

pub(super) fn specialism(specialism: &Specialism) -> Entry {
    let kinds = |items: &[Item]| {
        let of = |kind: Kind| items.iter().filter(|item| item.kind == kind).count();
        format!("{:>3} K {:>3} S {:>3} B", of(Kind::Knowledge), of(Kind::Skill), of(Kind::Behaviour))
    };
    let only_full = |of: &[Item]| items(of).into_iter().map(|entry| entry.only(Listing::Full)).collect::<Vec<_>>();
    let nothing = specialism.content.is_empty() && specialism.adds.is_empty();
    let aside = if nothing { "no content".to_owned() } else { kinds(&specialism.content) };
    let mut below = only_full(&specialism.content);
    for addition in &specialism.adds {
        let option = addition.option.as_ref().map_or_else(String::new, |option| format!(" ({option})"));
        let adds = Entry::new(format!("{}{option} adds", addition.occupation)).beside(kinds(&addition.content));
        below.push(adds.with(only_full(&addition.content)));
    }
    Entry::new(&specialism.title).beside(aside).with(below)
}

/// As many names as fit on a line, and how many more there are.
fn in_a_line(names: &[String]) -> String {
    let shown = |n: usize| match names.len() - n {
        0 => names.join("; "),
        more => format!("{}; and {more} more", names[..n].join("; ")),
    };
    (2..=names.len())
        .map(shown)
        .take_while(|line| line.chars().count() <= LINE)
        .last()
        .unwrap_or_else(|| shown(1.min(names.len())))
}

/// A specialism with its content under the headings of topics. A brief listing
/// names the largest of them.
pub(super) fn specialism_by_topic(of: &Specialism) -> Entry {
    let mut entry = specialism(of);
    let mut headings = by_heading(of.items());
    if headings.iter().all(|(heading, _)| heading.is_none()) {
        return entry;
    }
    let rest = headings.pop_if(|(heading, _)| heading.is_none());
    let mut largest: Vec<_> = headings.iter().map(|(heading, of)| (heading.unwrap_or_default(), of.len())).collect();
    // stable: equal ones stay in their order
    largest.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let named: Vec<String> = largest.iter().map(|(heading, n)| format!("{heading} {n}")).collect();
    let mut below = vec![Entry::new(in_a_line(&named)).only(Listing::Brief)];
    if of.adds.is_empty() {
        for (heading, of_heading) in headings.into_iter().chain(rest) {
            let items = items(&of_heading.into_iter().cloned().collect::<Vec<_>>());
            below.push(Entry::new(heading.unwrap_or("Under no topic")).with(items).only(Listing::Full));
        }
    } else {
        // what all units share and what each adds stay apart
        below.append(&mut entry.entries);
    }
    entry.with(below)
}

pub(super) fn near_misses(programme: &Programme) -> Vec<Block> {
    let misses = &programme.near_misses;
    if misses.is_empty() {
        return Vec::new();
    }
    // a pathway by the last step of its id, in words
    let in_words = |id: &str| id.rsplit('/').next().unwrap_or(id).replace('-', " ");
    let title = |id: &String| {
        let occupation = programme.counting.iter().find(|o| o.id == *id);
        occupation.map_or_else(|| in_words(id), |o| o.title.clone())
    };
    let widest = misses.iter().map(|miss| support(miss.support).len()).max().unwrap_or(0);
    let mut entries = Vec::new();
    for (tier, most) in [(Tier::Pathway, 5), (Tier::Route, 2)] {
        let (mut shown, mut hidden) = (0, 0);
        for miss in misses.iter().filter(|miss| miss.tier == tier) {
            let label = format!("{} {:>widest$} ", miss.kind.letter(), support(miss.support));
            let (need, have, blockers) = (miss.need, miss.have, miss.blockers.iter().map(title).join("; "));
            let why = match tier {
                Tier::Pathway => format!("(needs {need}; missing from {blockers})"),
                _ if have == 1 => format!("(needs {need} pathways and 1 has it; missing from {blockers})"),
                _ => format!("(needs {need} pathways and {have} have it; missing from {blockers})"),
            };
            let mut entry = wording(label, miss.label.as_deref(), &miss.text);
            entry.entries.push(Entry::new(why));
            // what a single occupation has is not near the core
            if shown < most && miss.support.have >= 2 {
                shown += 1;
                entries.push(entry);
            } else {
                hidden += 1;
                entries.push(entry.only(Listing::Full));
            }
        }
        if hidden > 0 {
            let which = if tier == Tier::Pathway { "pathway" } else { "route" };
            let more = count(hidden, if shown == 0 { "item" } else { "more item" });
            let more = format!("{more} just short of {which} core (the full listing has them)");
            entries.push(Entry::new(more).only(Listing::Brief));
        }
    }
    let table = Some(near_miss_table(programme));
    vec![Block::section(2, "Near misses", count(misses.len(), "item")), Block::Entries { entries, table }]
}

fn near_miss_table(programme: &Programme) -> Table {
    let columns = [("Tier", 1), ("Kind", 1), ("Text", 5), ("Occupations", 1), ("Have", 1), ("Need", 1), ("Not in", 2)];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new(format!("Near misses: {}", programme.pathway.name), columns);
    let number = |n: usize| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX));
    for miss in &programme.near_misses {
        let tier = if miss.tier == Tier::Pathway { "pathway" } else { "route" };
        let name = miss.label.as_ref().map_or_else(String::new, |label| format!("{label}: "));
        table.rows.push(vec![
            tier.into(),
            miss.kind.to_string().into(),
            format!("{name}{}", miss.text).into(),
            format!("{} of {}", miss.support.have, miss.support.of).into(),
            number(miss.have),
            number(miss.need),
            miss.blockers.join(", ").into(),
        ]);
    }
    table
}

/// The occupations left out, by reason.
pub(super) fn excluded(excluded: &[Excluded], most: usize) -> Vec<Entry> {
    let mut by_reason: IndexMap<String, Vec<String>> = IndexMap::new();
    for occupation in excluded {
        let reason = match (occupation.reason.name(), occupation.level, &occupation.branch) {
            ("level", Some(level), _) => format!("level {level}"),
            (reason, _, Some(branch)) => format!("{reason} ({branch})"),
            (reason, ..) => reason.to_owned(),
        };
        by_reason.entry(reason).or_default().push(occupation.title.clone());
    }
    by_reason.sort_keys();
    by_reason.iter().flat_map(|(reason, titles)| list(&format!("{reason}:"), titles, most)).collect()
}

pub(super) fn excluded_table(programme: &Programme) -> Table {
    let columns = [("Occupation", 3), ("Level", 1), ("Reason", 2), ("Branch", 2)];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new(format!("Left out: {}", programme.pathway.name), columns);
    for occupation in &programme.excluded {
        let level = occupation.level.map_or_else(String::new, |level| level.to_string());
        let branch = occupation.branch.clone().unwrap_or_default();
        let (title, reason) = (occupation.title.as_str(), occupation.reason.name());
        table.rows.push(vec![title.into(), level.into(), reason.into(), branch.into()]);
    }
    table
}

pub(super) fn notes(programme: &Programme) -> Vec<Block> {
    if programme.notes.is_empty() {
        return Vec::new();
    }
    let (near, others): (Vec<_>, Vec<_>) =
        programme.notes.iter().partition(|note| note.code == tlevel::derive::NoteCode::NearDuplicate);
    let entry = |note: &tlevel::derive::Note| Entry::new(&note.message).marked(Mark::Bullet);
    let mut entries: Vec<Entry> = others.into_iter().map(entry).collect();
    let most = if has_topics(programme) { 0 } else { NEAR_DUPLICATES };
    let noun = if most == 0 { "statement" } else { "more statement" };
    entries.extend(Entry::first_saying(most, near.into_iter().map(entry).collect(), |more| {
        format!("{} almost joined to the core (the full listing has them)", count(more, noun))
    }));
    vec![Block::section(2, "Notes", ""), Block::entries(entries)]
}
