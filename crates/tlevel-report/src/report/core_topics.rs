//! The core by topics: one table of them, then what each consists of.

use itertools::Itertools as _;
use tlevel::concept::Nature;
use tlevel::derive::{CoreTopic, Element, Item, NearTopic, Programme, ScoredStatement, Support, Tier};
use tlevel::map::Kind;

use super::programme_parts as parts;
use super::shortened;
use crate::count::count;
use crate::document::{Block, Cell, Column, Entry, Listing, Mark, Table};

/// A topic is usual if as many occupations drawn at random have it as often as
/// this.
const USUAL: f64 = 0.05;
/// How many characters of a wording a brief listing shows.
const CUT: usize = 64;
/// How many elements of an occupational topic a brief listing shows if there are
/// few such topics, and if there are many.
const ELEMENTS: [usize; 2] = [2, 1];
/// From how many occupational topics on there are many.
const MANY: usize = 9;
/// Up to how many topics a brief listing shows elements of the general ones too.
const FEW: usize = 9;
/// How many near misses a brief listing shows.
const NEAR: usize = 5;

/// A topic of a core with its number: R1, P1 or G1.
pub(super) struct Numbered<'p> {
    pub(super) number: String,
    pub(super) topic: &'p CoreTopic,
    /// Its content, concept by concept.
    pub(super) items: Vec<&'p Item>,
}

/// The letter of a tier of the core.
pub(super) const fn letter(tier: Tier) -> char {
    match tier {
        Tier::Route => 'R',
        Tier::Group => 'G',
        _ => 'P',
    }
}

impl<'p> Numbered<'p> {
    /// The topics of a programme, numbered by tier.
    pub(super) fn all(programme: &'p Programme) -> Vec<Numbered<'p>> {
        let mut counts = [0_usize; Tier::ALL.len()];
        let number = |topic: &'p CoreTopic| {
            let n = &mut counts[topic.tier as usize];
            *n += 1;
            let number = format!("{}{n}", letter(topic.tier));
            Numbered { number, topic, items: content(programme, topic) }
        };
        programme.topics.iter().map(number).collect()
    }

    /// How many items of each kind it has.
    fn kinds(&self) -> [usize; 3] {
        Kind::ALL.map(|kind| self.items.iter().filter(|item| item.kind == kind).count())
    }

    /// The items that are no element's: what one unit alone has.
    pub(super) fn to_word(&self) -> Vec<&'p Item> {
        let is_of = |element: &Element, item: &Item| {
            element.item.concept == item.concept || element.joined.iter().any(|joined| joined.concept == item.concept)
        };
        let is_loose = |item: &&Item| !self.topic.elements.iter().any(|element| is_of(element, item));
        self.items.iter().copied().filter(is_loose).collect()
    }
}

/// The content of a topic, concept by concept.
fn content<'p>(programme: &'p Programme, topic: &CoreTopic) -> Vec<&'p Item> {
    let is_of_topic = |item: &&Item| item.topic.as_ref().is_some_and(|name| name.id == topic.id);
    match topic.tier {
        Tier::Route => programme.route_core.iter().filter(is_of_topic).collect(),
        Tier::Group => {
            let groups = programme.group_core.iter().filter(|of| topic.group.as_ref() == Some(&of.group));
            groups.flat_map(|of| &of.content).filter(is_of_topic).collect()
        }
        _ => programme.pathway_core.iter().filter(is_of_topic).collect(),
    }
}

/// Whether a programme's core is one of topics.
pub(super) fn has_topics(programme: &Programme) -> bool {
    !programme.topics.is_empty() || !programme.near_topics.is_empty()
}

/// How usual a topic is in the whole map: "usual" if as many occupations drawn at
/// random have it as often, or else the share that has it.
fn in_the_map(topic: &CoreTopic) -> String {
    if topic.chance >= USUAL { "usual".to_owned() } else { percent(topic.usual) }
}

fn percent(support: Support) -> String {
    if support.of == 0 {
        return "0%".to_owned();
    }
    format!("{}%", (200 * support.have + support.of) / (2 * support.of))
}

/// How usual a topic is, in a sentence.
pub(super) fn usual(topic: &CoreTopic) -> String {
    let Support { have, of } = topic.usual;
    let whole =
        format!("Across the map, {have} of {} {} it", count(of, "occupation"), if have == 1 { "has" } else { "have" });
    if topic.chance >= USUAL {
        format!("{whole}, so it is no more common here than elsewhere")
    } else {
        format!("{whole}. If occupations were drawn at random, the chance of this would be {}", chance(topic.chance))
    }
}

/// A small chance in words.
pub(super) fn chance(chance: f64) -> String {
    if chance < 0.001 { "less than 1 in 1,000".to_owned() } else { format!("{:.1}%", 100.0 * chance) }
}

/// What the columns of the table mean.
pub(super) const COLUMNS: &str = "R is route core, P pathway core, G the core of a group; 4/5 means that 4 of the 5 \
     occupations that count have the topic. An element is what two or more of them say. In map: the share of all \
     occupations of the map that have the topic, or \"usual\" if as many drawn at random have it as often (in 1 draw \
     of 20 or more).";

/// The core: a table of its topics, then the elements of each.
pub(super) fn core(programme: &Programme) -> Vec<Block> {
    let topics = Numbered::all(programme);
    let tiers = [(Tier::Route, "route"), (Tier::Pathway, "pathway"), (Tier::Group, "group")].into_iter();
    let tiers = tiers.map(|(tier, name)| (topics.iter().filter(|of| of.topic.tier == tier).count(), name));
    let tiers = tiers.filter(|(n, _)| *n > 0).map(|(n, name)| format!("{n} {name}")).join(", ");
    let aside = match topics.as_slice() {
        [] => "empty".to_owned(),
        _ => format!("{}: {tiers}", count(topics.len(), "topic")),
    };
    let mut blocks = vec![Block::section(2, "Core", aside)];
    if topics.is_empty() {
        blocks.extend(loose(programme, &topics));
        return blocks;
    }
    blocks.push(Block::Entries { entries: lines(&topics), table: Some(table(programme, &topics)) });
    let elements = topics.iter().map(|of| of.topic.elements.len()).sum();
    blocks.push(Block::section(2, "Elements of the core", count(elements, "element")));
    blocks.push(Block::entries(element_lists(&topics)));
    blocks.extend(loose(programme, &topics));
    blocks
}

/// The table for a terminal: general topics apart from the pathway's own.
fn lines(topics: &[Numbered<'_>]) -> Vec<Entry> {
    let line = |of: &Numbered<'_>| {
        let [k, s, b] = of.kinds();
        let (shared, elements, usual) =
            (parts::support(of.topic.support), of.topic.elements.len(), in_the_map(of.topic));
        Entry::labelled(format!("{:<3}", of.number), &of.topic.heading)
            .beside(format!("{shared:>6} {k:>2} {s:>2} {b:>2} {elements:>4} {usual:>6}"))
    };
    let mut entries: Vec<Entry> = Vec::new();
    let part = |title: &str, of: Vec<&Numbered<'_>>| {
        let head = (!of.is_empty()).then(|| Entry::new(title).beside("shared  K  S  B elem in map"));
        head.into_iter().chain(of.into_iter().map(line)).collect::<Vec<_>>()
    };
    let is_group = |of: &&Numbered<'_>| of.topic.tier == Tier::Group;
    let of_nature = |nature| topics.iter().filter(|of| !is_group(of) && of.topic.nature == nature).collect::<Vec<_>>();
    entries.extend(part("General topics", of_nature(Nature::General)));
    entries.extend(part("Topics of the work itself", of_nature(Nature::Occupational)));
    for group in
        topics.iter().filter(is_group).filter_map(|of| of.topic.group.as_ref()).unique_by(|group| group.id.as_str())
    {
        let of_group = topics.iter().filter(|of| of.topic.group.as_ref() == Some(group)).collect();
        entries.extend(part(&format!("Group core: {}", group.name), of_group));
    }
    entries
}

/// The same for files.
fn table(programme: &Programme, topics: &[Numbered<'_>]) -> Table {
    let columns = [
        ("No.", 3),
        ("Topic", 12),
        ("Tier", 5),
        ("Nature", 6),
        ("Shared", 3),
        ("K", 2),
        ("S", 2),
        ("B", 2),
        ("Elements", 3),
        ("To word", 2),
        ("In map", 3),
    ];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new(format!("Core topics: {}", programme.pathway.name), columns);
    for of in topics {
        let topic = of.topic;
        let tier = match (topic.tier, &topic.group) {
            (Tier::Route, _) => "route",
            (_, Some(group)) => group.name.as_str(),
            _ => "pathway",
        };
        let mut row: Vec<Cell> =
            [of.number.as_str(), topic.heading.as_str(), tier, topic.nature.name()].map(Cell::from).into();
        row.push(parts::support(topic.support).into());
        row.extend(of.kinds().map(Cell::count));
        row.extend([topic.elements.len(), topic.sources.len()].map(Cell::count));
        row.push(in_the_map(topic).into());
        table.rows.push(row);
    }
    table
}

/// The elements of each topic. A brief listing leaves those of the general topics
/// out if there are many topics.
fn element_lists(topics: &[Numbered<'_>]) -> Vec<Entry> {
    let is_own = |of: &&Numbered<'_>| of.topic.nature == Nature::Occupational;
    let own = topics.iter().filter(is_own).count();
    let (most, is_long) = (ELEMENTS[usize::from(own >= MANY)], topics.len() > FEW);
    let mut entries = Vec::new();
    let (mut cut, mut elements, mut to_word) = (0, 0, 0);
    for of in topics {
        let is_own = is_own(&of);
        let entry = elements_of(of, if is_own { most } else { 1 });
        if is_long && !is_own && own > 0 {
            (cut, elements, to_word) = (cut + 1, elements + of.topic.elements.len(), to_word + of.topic.sources.len());
            entries.push(entry.only(Listing::Full));
        } else {
            entries.push(entry);
        }
    }
    if cut > 0 {
        let to_word = if to_word == 0 { String::new() } else { format!(", {to_word} to word") };
        let all = format!("{}{to_word}", count(elements, "element"));
        let of = format!("{} (the full listing has them)", count(cut, "general topic"));
        entries.push(Entry::new(of).beside(all).only(Listing::Brief));
    }
    entries
}

/// A topic with its elements; a brief listing has the most shared ones, each on a
/// line, and a full one also what one unit has.
fn elements_of(of: &Numbered<'_>, most: usize) -> Entry {
    let topic = of.topic;
    let mut elements: Vec<&Element> = topic.elements.iter().collect();
    // stable: equal ones stay in their order
    elements.sort_by_key(|element| std::cmp::Reverse(element.item.support.have));
    let widest = elements.iter().map(|element| parts::support(element.item.support).len()).max().unwrap_or(0);
    let label = |item: &Item| format!("{} {:>widest$} ", item.kind.letter(), parts::support(item.support));
    let mut below = Vec::new();
    for (i, element) in elements.iter().enumerate() {
        let item = &element.item;
        if i < most {
            let text = item.label.as_deref().unwrap_or(&item.text);
            below.push(Entry::labelled(label(item), shortened(text, CUT)).only(Listing::Brief));
        }
        let mut entry = parts::items(std::slice::from_ref(item)).pop().unwrap_or_default();
        entry.label = label(item);
        let joined = |joined: &tlevel::derive::JoinedConcept| {
            Entry::new(format!("{} ({:.2})", joined.text, joined.score)).marked(Mark::Plus)
        };
        entry.entries.extend(element.joined.iter().map(joined));
        below.push(entry.only(Listing::Full));
    }
    for (title, statements) in [("For the panel to word:", &topic.sources), ("Left to the specialisms:", &topic.left)] {
        if !statements.is_empty() {
            let statement = |s: &ScoredStatement| {
                Entry::labelled(format!("{} {}:", s.occupation, s.statement), &s.text).marked(Mark::Bullet)
            };
            let statements = statements.iter().map(statement).collect();
            below.push(Entry::new(title).with(statements).only(Listing::Full));
        }
    }
    let sizes = [
        (topic.elements.len(), count(topic.elements.len(), "element")),
        (topic.sources.len(), format!("{} to word", topic.sources.len())),
        (topic.left.len(), format!("{} specialised", topic.left.len())),
    ];
    let aside = sizes.into_iter().filter(|(n, _)| *n > 0).map(|(_, size)| size).join(", ");
    Entry::labelled(format!("{:<3}", of.number), &topic.heading).beside(aside).with(below)
}

/// Core items under no core topic, such as those that people decided.
fn loose(programme: &Programme, topics: &[Numbered<'_>]) -> Vec<Block> {
    let is_under = |item: &Item| topics.iter().any(|of| of.items.iter().any(|own| std::ptr::eq(*own, item)));
    let groups = programme.group_core.iter().flat_map(|group| &group.content);
    let core = programme.route_core.iter().chain(&programme.pathway_core).chain(groups);
    let loose: Vec<Item> = core.filter(|item| !is_under(item)).cloned().collect();
    if loose.is_empty() {
        return Vec::new();
    }
    vec![Block::section(2, "Core under no topic", count(loose.len(), "item")), Block::entries(parts::items(&loose))]
}

/// The topics just short of a core.
pub(super) fn near(programme: &Programme) -> Vec<Block> {
    let near = &programme.near_topics;
    if near.is_empty() {
        return Vec::new();
    }
    let title = |id: &String| programme.counting.iter().find(|o| o.id == *id).map_or(id, |o| &o.title).clone();
    let widest = near.iter().map(|of| parts::support(of.support).len()).max().unwrap_or(0);
    let entry = |of: &NearTopic| {
        let shared = parts::support(of.support);
        let needed = match of.tier {
            Tier::Route => format!("{shared:>widest$}, in {} of the {} pathways needed", of.have, of.need),
            _ => format!("{shared:>widest$}, {} needed", of.need),
        };
        let line = Entry::new(format!("not in {}", of.blockers.iter().map(title).join("; "))).only(Listing::Full);
        Entry::labelled(letter(of.tier).to_string(), &of.heading).beside(needed).with(vec![line])
    };
    let entries = Entry::first(NEAR, near.iter().map(entry).collect());
    let columns = [
        ("Topic", 4),
        ("Tier", 2),
        ("Nature", 2),
        ("Occupations", 2),
        ("Have", 1),
        ("Need", 1),
        ("Not in", 4),
        ("Chance", 1),
    ];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new(format!("Near misses: {}", programme.pathway.name), columns);
    for of in near {
        let mut row: Vec<Cell> = [of.heading.as_str(), of.tier.name(), of.nature.name()].map(Cell::from).into();
        row.push(format!("{} of {}", of.support.have, of.support.of).into());
        row.extend([of.have, of.need].map(Cell::count));
        row.push(of.blockers.iter().map(title).join("; ").into());
        row.push(Cell::decimal(of.chance));
        table.rows.push(row);
    }
    vec![
        Block::section(2, "Topics just short of the core", count(near.len(), "topic")),
        Block::Entries { entries, table: Some(table) },
    ]
}

/// Items by topic: the headings in the order in which they first occur, then the
/// items under none.
pub(super) fn by_heading<'i>(items: impl IntoIterator<Item = &'i Item>) -> Vec<(Option<&'i str>, Vec<&'i Item>)> {
    let mut headings: Vec<(Option<&str>, Vec<&Item>)> = Vec::new();
    for item in items {
        let heading = item.topic.as_ref().map(|topic| topic.heading.as_str());
        match headings.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, of)) => of.push(item),
            None => headings.push((heading, vec![item])),
        }
    }
    headings.sort_by_key(|(heading, _)| heading.is_none());
    headings
}
