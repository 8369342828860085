//! Facts, coverage, near misses and exclusions.

use super::Draft;
use crate::count::{count, share};
use crate::document::{Block, Cell, Column, ContentItem, Figure, Span, Table, Tone};
use crate::picture;
use tlevel::derive::{Codes, Item, Named, NearMiss, Stem, Tier, ToCode};
use tlevel::map::Reason;

/// How many near misses a draft lists.
const NEAR: usize = 10;

impl<'d> Draft<'d> {
    pub(super) fn front(&mut self) {
        self.note(Tone::Warning, "A draft derived from an occupational map, not an official document.");
        let (from, programme) = (self.from, self.programme);
        let mut table = Table::new("About this draft", vec![Column::new("Fact", 2), Column::new("Value", 5)]);
        let facts = [
            ("Route", Some(programme.route.name.clone())),
            ("Pathway", Some(programme.pathway.name.clone())),
            ("Map", from.map.title.clone()),
            ("Map published", from.map.published.clone()),
            ("Source", from.source.clone()),
            ("Address", from.url.clone()),
            ("Licence", from.map.licence.clone()),
            ("Attribution", from.map.attribution.clone()),
            ("Policy", Some(self.policy.name.clone())),
            (
                "Pathway core",
                Some(format!("shared by {} of the pathway's occupations", share(self.policy.pathway_quorum))),
            ),
            ("Route core", Some(format!("shared by {} of the route's pathways", share(self.policy.route_quorum)))),
            ("Version", Some(from.codes.as_ref().map_or(1, Codes::draft).to_string())),
            ("Date", from.date.clone()),
        ];
        for (fact, value) in facts {
            if let Some(value) = value {
                table.rows.push(vec![Cell::from(fact), Cell::from(value)]);
            }
        }
        self.blocks.push(Block::Table(table));
        self.summary();
        self.blocks.extend([Block::PageBreak, Block::Contents]);
    }

    /// The draft in numbers, and as a picture.
    fn summary(&mut self) {
        let (from, programme) = (self.from, self.programme);
        let mut entries: Vec<String> = Vec::new();
        if programme.topics.is_empty() {
            let (route, pathway) = (programme.route_core.len(), programme.pathway_core.len());
            entries.push(format!(
                "Core component: {} ({route} route core, {pathway} pathway core).",
                count(route + pathway, "item")
            ));
        } else {
            let elements: usize = programme.topics.iter().map(|topic| topic.elements.len()).sum();
            let sources: usize = programme.topics.iter().map(|topic| topic.sources.len()).sum();
            entries.push(format!(
                "Core component: {} with {} and {} for the panel to word.",
                count(programme.topics.len(), "content area"),
                count(elements, "element"),
                count(sources, "statement")
            ));
        }
        let empty = programme.specialisms.iter().filter(|special| special.items().next().is_none()).count();
        let without = if empty > 0 { format!(", {empty} without content of its own") } else { String::new() };
        entries.push(format!("Occupational specialisms: {}{without}.", programme.specialisms.len()));
        entries.push(format!(
            "{} towards the core; {} left out.",
            if programme.counting.len() == 1 {
                "1 occupation counts".to_owned()
            } else {
                format!("{} occupations count", programme.counting.len())
            },
            match programme.excluded.len() {
                1 => "1 is".to_owned(),
                n => format!("{n} are"),
            }
        ));
        let entries = entries.into_iter().map(|entry| vec![Span::text(entry)]).collect();
        self.blocks.push(Block::List { entries });
        let title = |id: &str| from.standard(id).map(|standard| standard.title.as_str());
        let picture = picture::programme(programme, title);
        let caption = format!("The programme {}", programme.pathway.name);
        let description =
            "From top to bottom: route core, pathway core, specialisms. Each square is an item of content.";
        self.blocks.push(Block::Figure(Figure::new(caption, description, picture)));
    }

    /// Which occupation has which core item.
    pub(super) fn coverage(&mut self) {
        self.heading(1, "coverage", "Coverage");
        let programme = self.programme;
        let core: Vec<&Item> = programme.route_core.iter().chain(&programme.pathway_core).collect();
        if !programme.topics.is_empty() {
            return self.topic_coverage();
        }
        if core.is_empty() {
            self.note(Tone::Information, "There is no core to cover.");
            return;
        }
        self.paragraph("Which of the pathway's occupations have each core item, and by which statements.");
        let mut columns = vec![Column::new("Item", 1)];
        columns.extend(programme.counting.iter().map(|occupation| Column::new(self.title(&occupation.id), 2)));
        let mut table = Table::new("Occupations by core items", columns);
        for item in core {
            let number = self.numbers.get(item.concept.as_str()).cloned().unwrap_or_default();
            let mut row = vec![Cell::from(number)];
            for occupation in &programme.counting {
                let own = item.statements.iter().filter(|statement| statement.occupation == occupation.id);
                let codes: Vec<&str> = own.map(|statement| statement.statement.as_str()).collect();
                row.push(Cell::from(codes.join(", ")));
            }
            table.rows.push(row);
        }
        self.blocks.push(Block::Table(table));
    }

    pub(super) fn near_misses(&mut self) {
        self.heading(1, "near-misses", "Near misses");
        let programme = self.programme;
        if !programme.near_topics.is_empty() {
            return self.near_topics();
        }
        if programme.near_misses.is_empty() {
            self.note(Tone::Information, "Nothing fell just short of the core.");
            return;
        }
        // what no occupation of the pathway has is no near miss of its programme
        let own = &programme.pathway.id;
        let mut near: Vec<&NearMiss> =
            programme.near_misses.iter().filter(|near| !near.blockers.contains(own)).collect();
        near.sort_by_key(|near| (near.blockers.len(), std::cmp::Reverse(near.support.have)));
        let listed = near.len().min(NEAR);
        self.paragraph(if near.len() > listed {
            format!(
                "Items just short of the core, for the panel to decide: the nearest {listed} of {}. `tlevel derive \
                 --full` lists all of them.",
                near.len()
            )
        } else {
            "Items just short of the core, for the panel to decide, the nearest first.".to_owned()
        });
        let items = near.into_iter().take(NEAR).map(|near| self.near_miss(near)).collect();
        let caption = "Near misses".to_owned();
        self.blocks.push(Block::Content { caption, items, review: Some(Tier::NearMiss) });
    }

    /// The code of a near miss.
    pub(super) fn near_code(&mut self, id: &str, text: &str) -> String {
        let (ids, text) = (vec![id.to_owned()], text.to_owned());
        let (under, stem) = (String::new(), Stem::Text("N".to_owned()));
        self.code(ToCode { names: Named::NearMiss, ids, tier: Tier::NearMiss, under, text, stem }).code
    }

    fn near_miss(&mut self, near: &NearMiss) -> ContentItem {
        let number = self.near_code(&near.concept, &near.text);
        let tier = near.tier.name();
        let blockers: Vec<String> = near.blockers.iter().map(|id| self.title(id)).collect();
        let mut item = ContentItem::new(number, near.concept.as_str(), near.text.as_str());
        let (kind, blockers) = (near.kind, blockers.join(", "));
        let holders = if near.tier == Tier::Pathway { "occupations" } else { "pathways" };
        let detail =
            format!("{kind}; {tier}: in {} of the {} {holders} needed; not in {blockers}", near.have, near.need);
        item.detail.push(Span::text(detail));
        item
    }

    /// The title of the occupation, or else the name of the pathway, with this id;
    /// followed by the id if another occupation that counts has the same title.
    pub(super) fn title(&self, id: &str) -> String {
        let Some(standard) = self.from.standard(id) else {
            let pathway = self.from.pathways.iter().find(|pathway| pathway.id == id);
            return pathway.map_or(id, |pathway| &pathway.name).to_owned();
        };
        let title = &standard.title;
        let is_shared = self.programme.counting.iter().any(|other| other.id != id && other.title == *title);
        if is_shared { format!("{title} ({id})") } else { title.to_owned() }
    }

    pub(super) fn left_out(&mut self) {
        self.heading(1, "left-out", "Occupations left out");
        let programme = self.programme;
        if programme.excluded.is_empty() {
            self.note(Tone::Information, "Every occupation of the pathway is served.");
            return;
        }
        let has_branch = programme.excluded.iter().any(|out| out.branch.is_some());
        let mut columns = vec![
            Column::new("Occupation", 5),
            Column::new("Code", 2),
            Column::new("Level", 1),
            Column::new("Reason", 4),
        ];
        if has_branch {
            columns.push(Column::new("Branch", 4));
        }
        let levels: Vec<String> = self.policy.levels.iter().map(|level| level.number().to_string()).collect();
        let mut table = Table::new("Occupations left out, with the reason", columns);
        for out in &programme.excluded {
            let reason = match &out.reason {
                Reason::Level => format!("not level {}", levels.join(" or ")),
                reason => reason.name().to_owned(),
            };
            let mut row = vec![
                Cell::from(out.title.as_str()),
                Cell::from(out.occupation.as_str()),
                out.level.map_or_else(|| Cell::from(""), Cell::Number),
                Cell::from(reason),
            ];
            if has_branch {
                row.push(Cell::from(out.branch.as_deref().unwrap_or_default()));
            }
            table.rows.push(row);
        }
        self.blocks.push(Block::Table(table));
    }
}
