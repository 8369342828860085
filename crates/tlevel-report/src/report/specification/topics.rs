//! A core of topics: each with its numbered elements, then what one occupation
//! alone has, for the panel to word.

use super::Draft;
use super::codes::{self, Placed};
use super::core::content_item;
use crate::count::count;
use crate::document::{Block, Cell, Column, ContentItem, Span, Table, Tone};
use crate::report::core_topics::{Numbered, by_heading, chance, letter, usual};
use tlevel::concept::Nature;
use tlevel::derive::{CoreTopic, Item, JoinedConcept, Named, NearTopic, Stem, Tier, ToCode, TopicHolder};
use tlevel::map::Kind;

const TIERS: [(&str, &str, Tier); 3] = [
    ("route-core", "Route core", Tier::Route),
    ("pathway-core", "Pathway core", Tier::Pathway),
    ("group-core", "Group core", Tier::Group),
];

/// An item of the core, and the concepts that were joined to it.
type Numberable<'d> = (&'d Item, &'d [JoinedConcept]);

/// A content area that is being printed.
struct Area<'a> {
    placed: &'a Placed,
    id: &'a str,
    /// Its number in this draft.
    place: &'a str,
    /// How many of its items are printed.
    before: usize,
}

/// The heading of content under no topic.
pub(super) const NONE: &str = "Further content";

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
                let place = self.next_area();
                self.area_places.insert(of.number.clone(), place);
            }
            self.content_areas(title, tier, &of_tier);
            for (i, of) in (1..).zip(&of_tier) {
                self.topic(&format!("{anchor}-{i}"), title, of);
            }
            if !loose.is_empty() {
                let id = format!("{anchor}-further");
                let area = self.area_code(tier, &id, String::new(), NONE);
                let (number, place) = (&area.code, self.next_area());
                self.heading(3, &id, &format!("{place} {NONE}"));
                let content: Vec<Numberable<'d>> = loose.into_iter().map(|item| (item, &[][..])).collect();
                let caption = format!("{title}: {number} {NONE}");
                self.numbered(&Area { placed: &area, id: &id, place: &place, before: 0 }, &caption, &content, tier);
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
            let to_word =
                if to_word > 0 { format!("; {} to word", count(to_word, "statement")) } else { String::new() };
            self.area_place(&of.number).clone_into(&mut item.place);
            let detail = format!(
                "{} topic; {} of {}; {}{to_word}",
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

    /// The number of a core topic in this draft, by the number that it has in a first one.
    pub(super) fn area_place(&self, number: &str) -> &str {
        self.area_places.get(number).map_or("", String::as_str)
    }

    /// The number and the heading of a core topic.
    pub(super) fn area_name(&self, of: &Numbered<'d>) -> String {
        format!("{} {}", self.area_place(&of.number), self.heading_of(of.topic))
    }

    /// The heading of a topic: what people called it, or its own.
    fn heading_of(&self, topic: &'d CoreTopic) -> &'d str {
        self.from.wording(&topic.id).unwrap_or(&topic.heading)
    }

    fn topic(&mut self, anchor: &str, title: &str, of: &Numbered<'d>) {
        let (topic, tier, area) = (of.topic, of.topic.tier, self.area(&of.number));
        let place = self.area_place(&of.number).to_owned();
        self.heading(3, anchor, &format!("{place} {}", self.heading_of(topic)));
        let nature = if topic.nature == Nature::General { "A general topic" } else { "An occupational topic" };
        let support = topic.support;
        let shared = match (support.have == support.of, support.of) {
            (true, 1) => "The only occupation".to_owned(),
            (true, 2) => "Both occupations".to_owned(),
            (true, of) => format!("All {of} occupations"),
            (false, of) => format!("{} of the {of} occupations", support.have),
        };
        let of_whom = match (tier, &topic.group) {
            (Tier::Route, _) => "of the route".to_owned(),
            (_, Some(group)) => format!("of the group {}", group.name),
            _ => "of the pathway".to_owned(),
        };
        let has = if support.have == 1 { "has" } else { "have" };
        let about = format!("{nature} (code {}). {shared} {of_whom} {has} it. {}.", area.code, usual(topic));
        self.paragraph(about);
        let caption = format!("{title}: {} {}", area.code, self.heading_of(topic));
        let elements: Vec<Numberable<'d>> =
            topic.elements.iter().map(|element| (&element.item, &element.joined[..])).collect();
        let mut under = Area { placed: &area, id: &topic.id, place: &place, before: 0 };
        self.numbered(&under, &caption, &elements, tier);
        let to_word = of.to_word();
        if !to_word.is_empty() {
            self.paragraph(format!(
                "For the panel to word: {} that only one occupation has.",
                count(to_word.len(), "statement")
            ));
            let to_word: Vec<Numberable<'d>> = to_word.iter().map(|item| (*item, &[][..])).collect();
            under.before = elements.len();
            self.numbered(&under, &format!("{caption}, to word"), &to_word, tier);
        }
        if topic.elements.is_empty() && to_word.is_empty() {
            self.note(Tone::Information, "No two occupations say the same here; the content is in their specialisms.");
        }
    }

    /// Adds content of an area, with its places and codes.
    fn numbered(&mut self, area: &Area<'_>, caption: &str, items: &[Numberable<'d>], tier: Tier) {
        let mut content: Vec<ContentItem> = Vec::with_capacity(items.len());
        for (n, (item, joined)) in (area.before + 1..).zip(items) {
            let mut printed = content_item(self.from, "", item);
            let concepts = || [&item.concept].into_iter().chain(joined.iter().map(|joined| &joined.concept));
            let (text, under) = (printed.whole().into_owned(), area.id.to_owned());
            let (ids, stem) = (concepts().map(ToString::to_string).collect(), codes::under(area.placed.place, "."));
            let code = self.code(ToCode { names: Named::Item, ids, tier, under, text, stem }).code;
            printed.place = format!("{}.{n}", area.place);
            for concept in concepts() {
                self.numbers.entry(concept).or_insert_with(|| code.clone());
                self.places.entry(concept).or_insert_with(|| printed.place.clone());
            }
            printed.number = code;
            self.once(&mut printed);
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
            "How many statements each of the pathway's occupations has on each content area. A number in brackets is \
             too few for the occupation to count as having the topic.",
        );
        let mut columns = vec![Column::new("Area", 1), Column::new("Heading", 3)];
        columns.extend(programme.counting.iter().map(|occupation| Column::new(self.title(&occupation.id), 2)));
        let mut table = Table::new("Occupations by content areas", columns);
        for of in Numbered::all(programme) {
            let mut row = vec![Cell::from(self.area_place(&of.number)), Cell::from(self.heading_of(of.topic))];
            row.extend(programme.counting.iter().map(|occupation| statements_of(of.topic, &occupation.id)));
            table.rows.push(row);
        }
        self.blocks.push(Block::Table(table));
    }

    pub(super) fn near_topics(&mut self) {
        let programme = self.programme;
        self.paragraph(
            "Topics just short of the core, for the panel to decide; the most decisive come first. The last figure of each \
             is how often as many occupations, drawn at random from the whole map, would have the topic.",
        );
        let mut items = Vec::new();
        for near in &programme.near_topics {
            let number = self.near_code(&near.id, &near.heading);
            let heading = self.from.wording(&near.id).unwrap_or(&near.heading);
            let mut item = ContentItem::new(number, near.id.as_str(), heading);
            item.detail.push(Span::text(self.near_topic(near)));
            items.push(item);
        }
        let caption = "Near misses".to_owned();
        self.blocks.push(Block::Content { caption, items, review: Some(Tier::NearMiss) });
    }

    fn near_topic(&self, near: &NearTopic) -> String {
        let holders = if near.tier == Tier::Route { "pathways" } else { "occupations" };
        let has = if near.have == 1 { "has" } else { "have" };
        let of = |holder: &TopicHolder| {
            let option = holder.option.as_ref().map_or_else(String::new, |option| format!(" ({option})"));
            format!("{}{option} {} of {}", self.title(&holder.occupation), holder.statements, holder.of)
        };
        let own: Vec<String> = near.holders.iter().map(of).collect();
        let own = if own.is_empty() { String::new() } else { format!("; statements on it: {}", own.join(", ")) };
        let blockers: Vec<String> = near.blockers.iter().map(|id| self.title(id)).collect();
        format!(
            "{} topic; {}: {} of the {} {holders} needed {has} it{own}; too few or none: {}; by chance: {}",
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
