//! A core of topics: each with its numbered elements, then what one occupation
//! alone has, for the panel to word.

use super::Draft;
use super::codes::{self, Placed};
use super::core::content_item;
use crate::count::count;
use crate::document::{Block, Cell, Column, ContentItem, Span, Table, Tone};
use crate::report::core_topics::{Numbered, by_heading, chance, holder, letter, usual};
use tlevel::concept::Nature;
use tlevel::derive::{CoreTopic, Item, JoinedConcept, Named, NearTopic, Stem, Tier, ToCode};
use tlevel::map::Kind;

const TIERS: [(&str, &str, Tier); 3] = [
    ("route-core", "Route core", Tier::Route),
    ("pathway-core", "Pathway core", Tier::Pathway),
    ("group-core", "Group core", Tier::Group),
];

/// An item of the core, and the concepts that were joined to it.
type Numberable<'d> = (&'d Item, &'d [JoinedConcept]);

/// The heading of content under no topic.
const NONE: &str = "Further content";

impl<'d> Draft<'d> {
    pub(super) fn core_topics(&mut self) {
        let programme = self.programme;
        let topics = Numbered::all(programme);
        for (anchor, title, tier) in TIERS {
            let of_tier: Vec<&Numbered<'d>> = topics.iter().filter(|of| of.topic.tier == tier).collect();
            let loose = self.loose(tier, &topics);
            if of_tier.is_empty() && loose.is_empty() {
                if tier != Tier::Group {
                    self.heading(2, anchor, title);
                    let nothing = format!("Nothing is {}; the notes say why.", title.to_lowercase());
                    self.note(Tone::Information, nothing);
                }
                continue;
            }
            self.heading(2, anchor, title);
            for of in &of_tier {
                let group = of.topic.group.as_ref().map(|group| group.id.clone()).unwrap_or_default();
                let heading = self.heading_of(of.topic);
                let placed = self.area_code(tier, &of.topic.id, group, heading);
                self.areas.insert(of.number.clone(), placed);
            }
            self.content_areas(title, tier, &of_tier);
            for (i, of) in (1..).zip(&of_tier) {
                self.topic(&format!("{anchor}-{i}"), title, of);
            }
            if !loose.is_empty() {
                let id = format!("{anchor}-further");
                let area = self.area_code(tier, &id, String::new(), NONE);
                let number = &area.code;
                self.heading(3, &id, &format!("{number} {NONE}"));
                let content: Vec<Numberable<'d>> = loose.into_iter().map(|item| (item, &[][..])).collect();
                self.numbered((&area, &id), &format!("{title}: {number} {NONE}"), &content, tier);
            }
        }
    }

    fn area_code(&mut self, tier: Tier, id: &str, under: String, heading: &str) -> Placed {
        let (ids, text, stem) = (vec![id.to_owned()], heading.to_owned(), Stem::Text(letter(tier).to_string()));
        self.code(ToCode { names: Named::Area, ids, tier, under, text, stem })
    }

    /// The code of a core topic, by the number that it has in a first draft.
    pub(super) fn area(&self, number: &str) -> Placed {
        let given = || Placed { code: number.to_owned(), place: 0 };
        self.areas.get(number).cloned().unwrap_or_else(given)
    }

    /// The topics of a tier, to decide on as wholes.
    fn content_areas(&mut self, title: &str, tier: Tier, topics: &[&Numbered<'d>]) {
        let item = |of: &&Numbered<'d>| {
            let (topic, to_word) = (of.topic, of.to_word().len());
            let mut item = ContentItem::new(self.area(&of.number).code, topic.id.as_str(), self.heading_of(topic));
            let to_word = if to_word > 0 { format!("; {} to word", count(to_word, "source")) } else { String::new() };
            let detail = format!(
                "{}; {} of {}; {}{to_word}",
                topic.nature.name(),
                topic.support.have,
                count(topic.support.of, "occupation"),
                count(topic.elements.len(), "element")
            );
            item.detail.push(Span::text(detail));
            item
        };
        let items: Vec<ContentItem> = topics.iter().map(item).collect();
        if !items.is_empty() {
            let caption = format!("{title}: Content areas");
            self.blocks.push(Block::Content { caption, items, review: Some(tier) });
        }
    }

    /// The heading of a topic: what people called it, or its own.
    fn heading_of(&self, topic: &'d CoreTopic) -> &'d str {
        self.from.wording(&topic.id).unwrap_or(&topic.heading)
    }

    fn topic(&mut self, anchor: &str, title: &str, of: &Numbered<'d>) {
        let (topic, tier, area) = (of.topic, of.topic.tier, self.area(&of.number));
        self.heading(3, anchor, &format!("{} {}", area.code, self.heading_of(topic)));
        let nature = if topic.nature == Nature::General { "General" } else { "Occupational" };
        let shared = format!("{} of {}", topic.support.have, count(topic.support.of, "occupation"));
        let of_whom = match (tier, &topic.group) {
            (Tier::Route, _) => "of the route".to_owned(),
            (_, Some(group)) => format!("of the group {}", group.name),
            _ => "of the pathway".to_owned(),
        };
        self.paragraph(format!("{nature}. Shared by {shared} {of_whom}. {}.", usual(topic)));
        let caption = format!("{title}: {} {}", area.code, self.heading_of(topic));
        let elements: Vec<Numberable<'d>> =
            topic.elements.iter().map(|element| (&element.item, &element.joined[..])).collect();
        self.numbered((&area, &topic.id), &caption, &elements, tier);
        let to_word = of.to_word();
        if !to_word.is_empty() {
            self.paragraph(format!(
                "For the panel to word: {} that one occupation alone has.",
                count(to_word.len(), "statement")
            ));
            let to_word: Vec<Numberable<'d>> = to_word.iter().map(|item| (*item, &[][..])).collect();
            self.numbered((&area, &topic.id), &format!("{caption}, to word"), &to_word, tier);
        }
        if topic.elements.is_empty() && to_word.is_empty() {
            self.note(Tone::Information, "No two occupations say the same here; their specialisms have it.");
        }
    }

    /// Adds content of an area, with its codes.
    fn numbered(&mut self, area: (&Placed, &str), caption: &str, items: &[Numberable<'d>], tier: Tier) {
        let mut content: Vec<ContentItem> = Vec::with_capacity(items.len());
        for (item, joined) in items {
            let mut printed = content_item(self.from, "", item);
            let ids = [&item.concept].into_iter().chain(joined.iter().map(|joined| &joined.concept));
            let (text, under) = (printed.text.clone(), area.1.to_owned());
            let (ids, stem) = (ids.cloned().collect(), codes::under(area.0.place, "."));
            let code = self.code(ToCode { names: Named::Item, ids, tier, under, text, stem }).code;
            for concept in [&item.concept].into_iter().chain(joined.iter().map(|joined| &joined.concept)) {
                self.numbers.entry(concept).or_insert_with(|| code.clone());
            }
            printed.number = code;
            content.push(printed);
        }
        if !content.is_empty() {
            let caption = caption.to_owned();
            self.blocks.push(Block::Content { caption, items: content, review: Some(tier) });
        }
    }

    /// Core items of a tier under none of its topics.
    fn loose(&self, tier: Tier, topics: &[Numbered<'d>]) -> Vec<&'d Item> {
        let programme = self.programme;
        let is_under = |item: &Item| topics.iter().any(|of| of.items.iter().any(|own| std::ptr::eq(*own, item)));
        let of_tier: Vec<&'d Item> = match tier {
            Tier::Route => programme.route_core.iter().collect(),
            Tier::Group => programme.group_core.iter().flat_map(|group| &group.content).collect(),
            _ => programme.pathway_core.iter().collect(),
        };
        of_tier.into_iter().filter(|item| !is_under(item)).collect()
    }

    /// The skills among the elements: what only one occupation has is yet to be
    /// worded.
    pub(super) fn skills_of_topics(&self) -> Vec<&'d Item> {
        let elements = self.programme.topics.iter().flat_map(|topic| &topic.elements);
        elements.map(|element| &element.item).filter(|item| item.kind == Kind::Skill).collect()
    }

    /// Which occupation has how much of each core topic.
    pub(super) fn topic_coverage(&mut self) {
        let programme = self.programme;
        self.paragraph(
            "How many statements each of the pathway's occupations has on each core topic. In brackets: too few for \
             the occupation to have the topic.",
        );
        let mut columns = vec![Column::new("Topic", 1), Column::new("Heading", 3)];
        columns.extend(programme.counting.iter().map(|occupation| Column::new(self.title(&occupation.id), 2)));
        let mut table = Table::new("Occupations by core topics", columns);
        for of in Numbered::all(programme) {
            let mut row = vec![Cell::from(self.area(&of.number).code), Cell::from(of.topic.heading.as_str())];
            row.extend(programme.counting.iter().map(|occupation| statements_of(of.topic, &occupation.id)));
            table.rows.push(row);
        }
        self.blocks.push(Block::Table(table));
    }

    pub(super) fn near_topics(&mut self) {
        let programme = self.programme;
        self.paragraph("Topics just short of the core, for the panel to decide; the most decisive first.");
        let mut items = Vec::new();
        for near in &programme.near_topics {
            let number = self.near_code(&near.id, &near.heading);
            let mut item = ContentItem::new(number, near.id.as_str(), near.heading.as_str());
            item.detail.push(Span::text(self.near_topic(near)));
            items.push(item);
        }
        let caption = "Near misses".to_owned();
        self.blocks.push(Block::Content { caption, items, review: Some(Tier::NearMiss) });
    }

    fn near_topic(&self, near: &NearTopic) -> String {
        let holders = if near.tier == Tier::Route { "pathways" } else { "occupations" };
        let blockers: Vec<String> = near.blockers.iter().map(|id| self.title(id)).collect();
        let has: Vec<String> = near.holders.iter().map(|of| holder(of, &self.title(&of.occupation))).collect();
        let has = if has.is_empty() { String::new() } else { format!("; on it: {}", has.join(", ")) };
        format!(
            "{}; {}: in {} of the {} {holders} needed; not in {}{has}; by chance alone in {}",
            near.nature.name(),
            near.tier.name(),
            near.have,
            near.need,
            blockers.join(", "),
            chance(near.chance)
        )
    }

    /// The content of a specialism under the headings of topics.
    pub(super) fn under_headings(items: &[&'d Item]) -> Vec<(&'d str, Vec<&'d Item>)> {
        let headings = by_heading(items.iter().copied());
        headings.into_iter().map(|(heading, of)| (heading.unwrap_or(NONE), of)).collect()
    }
}

fn statements_of(topic: &CoreTopic, occupation: &str) -> Cell {
    let own = topic.holders.iter().filter(|holder| holder.occupation == occupation);
    let (statements, has) = own.fold((0, false), |(n, has), holder| (n + holder.statements, has || holder.has));
    match (statements, has) {
        (0, _) => Cell::from(""),
        (n, true) => Cell::count(n),
        (n, false) => Cell::from(format!("({n})")),
    }
}
