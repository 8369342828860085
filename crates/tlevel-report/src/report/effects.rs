//! What differs in a programme: what it gains and loses, and why.

use itertools::Itertools as _;
use tlevel::change::{Fate, ItemEffect, ProgrammeEffect, SpecialismEffect, TopicEffect};

use super::difference_words::{because, branch_fate, in_specialism, why};
use crate::count::count;
use crate::document::{Block, Entry, Mark};

/// How many entries of a list a brief listing shows.
pub(super) const SHOWN: usize = 12;

/// A programme, below a heading of level 2.
pub(super) fn programme(programme: &ProgrammeEffect) -> Vec<Block> {
    let mut blocks = vec![Block::section(2, name(programme), fate(programme))];
    blocks.extend(branch_fate(programme).map(Block::paragraph));
    let mut counting = Vec::new();
    for (label, occupations) in
        [("Now counts:", &programme.counting_gained), ("No longer counts:", &programme.counting_lost)]
    {
        counting.extend(occupations.iter().map(|o| Entry::labelled(label, format!("{} ({})", o.title, o.id))));
    }
    if !counting.is_empty() {
        blocks.push(Block::entries(counting));
    }
    blocks.extend(topics(&programme.topics));
    for (core, tier) in [
        ("Route core", &programme.route_core),
        ("Pathway core", &programme.pathway_core),
        ("Group core", &programme.group_core),
    ] {
        blocks.extend(items(&format!("{core} gains"), &tier.gained, Mark::Plus));
        blocks.extend(items(&format!("{core} loses"), &tier.lost, Mark::Minus));
    }
    blocks.extend(specialisms("New specialisms", &programme.specialisms_gained));
    blocks.extend(specialisms("Specialisms that disappear", &programme.specialisms_lost));
    blocks.extend(specialisms("Specialisms that change", &programme.specialisms_changed));
    blocks
}

/// What happens to a programme, in numbers and on one line.
pub(super) fn in_short(programme: &ProgrammeEffect) -> String {
    let cores = [&programme.route_core, &programme.pathway_core, &programme.group_core];
    let gained = cores.iter().map(|core| core.gained.len()).sum();
    let lost = cores.iter().map(|core| core.lost.len()).sum();
    let counted = [
        (programme.topics.len(), "core topic", "gained, lost or moved"),
        (gained, "core item", "gained"),
        (lost, "core item", "lost"),
        (programme.specialisms_gained.len(), "specialism", "gained"),
        (programme.specialisms_lost.len(), "specialism", "lost"),
        (programme.specialisms_changed.len(), "specialism", "with other content"),
    ];
    let counted = counted.into_iter().filter(|(n, ..)| *n > 0);
    let changes = counted.map(|(n, noun, what)| format!("{} {what}", count(n, noun))).join(", ");
    let colon = if changes.is_empty() { "" } else { ": " };
    format!("{} {}{colon}{changes}", name(programme), fate(programme))
}

pub(super) fn name(programme: &ProgrammeEffect) -> String {
    format!("{} > {}", programme.route.name, programme.pathway.name)
}

pub(super) fn fate(programme: &ProgrammeEffect) -> &'static str {
    match programme.fate {
        Fate::Appears => "appears",
        Fate::Changes => "changes",
        Fate::Disappears => "disappears",
    }
}

/// Core topics that are gained or lost, or that move within the core.
fn topics(topics: &[TopicEffect]) -> Vec<Block> {
    if topics.is_empty() {
        return Vec::new();
    }
    let entry = |topic: &TopicEffect| {
        let (mark, what) = match (topic.was, topic.is) {
            (None, Some(is)) => (Mark::Plus, format!("now {}", is.name())),
            (Some(was), None) => (Mark::Minus, format!("was {}", was.name())),
            (Some(was), Some(is)) if was != is => (Mark::Bullet, format!("{}, was {}", is.name(), was.name())),
            (_, is) => (Mark::Bullet, is.map_or("", |tier| tier.name()).to_owned()),
        };
        let groups: Vec<&str> = topic.groups.iter().map(|group| group.name.as_str()).collect();
        let groups = if groups.is_empty() { String::new() } else { format!(" of {}", groups.join("; ")) };
        let text = format!("{}: {what}{groups} ({} of {})", topic.heading, topic.support.have, topic.support.of);
        (Entry::new(text).marked(mark), because(&topic.causes))
    };
    let mut blocks = vec![Block::section(3, "Core topics", count(topics.len(), "change"))];
    blocks.extend(with_reasons(topics.iter().map(entry).collect()));
    blocks
}

fn items(title: &str, items: &[ItemEffect], mark: Mark) -> Vec<Block> {
    if items.is_empty() {
        return Vec::new();
    }
    let entry = |item: &ItemEffect| {
        let label = item.label.as_ref().map_or_else(String::new, |label| format!("{label}: "));
        let text = format!("{label}{} ({} of {})", item.text, item.support.have, item.support.of);
        (Entry::labelled(item.kind.letter().to_string(), text).marked(mark), why(item, mark == Mark::Plus))
    };
    let mut blocks = vec![Block::section(3, title, count(items.len(), "item"))];
    blocks.extend(with_reasons(items.iter().map(entry).collect()));
    blocks
}

/// Entries, each with its reasons below it; reasons that all have in common stand before
/// them, once.
fn with_reasons(entries: Vec<(Entry, Vec<String>)>) -> Vec<Block> {
    let [(_, first), others @ ..] = &entries[..] else { return Vec::new() };
    let common = !first.is_empty() && !others.is_empty() && others.iter().all(|(_, reasons)| reasons == first);
    let said = common.then(|| Block::paragraph(format!("All of them: {}.", first.join(", "))));
    let below = |reasons: Vec<String>| if common { Vec::new() } else { reasons };
    let entry =
        |(entry, reasons): (Entry, Vec<String>)| entry.with(below(reasons).into_iter().map(Entry::new).collect());
    let listed = Block::entries(Entry::first(SHOWN, entries.into_iter().map(entry).collect()));
    said.into_iter().chain([listed]).collect()
}

fn specialisms(title: &str, specialisms: &[SpecialismEffect]) -> Vec<Block> {
    if specialisms.is_empty() {
        return Vec::new();
    }
    let entry = |specialism: &SpecialismEffect| {
        let texts = |texts: &[String], word, mark| {
            Entry::first(SHOWN, texts.iter().map(|text| Entry::labelled(word, text).marked(mark)).collect())
        };
        let changes = in_specialism(specialism);
        let changes = changes.into_iter().map(|(word, text)| Entry::labelled(format!("{word}:"), text)).collect();
        let mut lines = texts(&specialism.gained, "gains:", Mark::Plus);
        lines.extend(texts(&specialism.lost, "loses:", Mark::Minus));
        lines.extend(Entry::first(SHOWN, changes));
        let text = format!("{} ({})", specialism.title, count(specialism.items, "item"));
        Entry::new(text).marked(Mark::Bullet).with(lines)
    };
    let entries = Entry::first(SHOWN, specialisms.iter().map(entry).collect());
    vec![Block::section(3, title, count(specialisms.len(), "specialism")), Block::entries(entries)]
}
