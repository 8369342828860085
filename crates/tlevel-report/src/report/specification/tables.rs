//! Facts, hours, coverage, near misses, exclusions and sources.

use super::Draft;
use super::specialism::name;
use crate::count::share;
use crate::document::{Block, Cell, Column, ContentItem, Span, Table, Tone};
use tlevel::derive::{HoursProposal, Item, NearMiss, Part, Tier};

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
            ("Route core", Some(format!("held by {} of the route's pathways", share(self.policy.route_quorum)))),
            ("Date", from.date.clone()),
        ];
        for (fact, value) in facts {
            if let Some(value) = value {
                table.rows.push(vec![Cell::from(fact), Cell::from(value)]);
            }
        }
        self.blocks.push(Block::Table(table));
        self.blocks.push(Block::Contents);
    }

    pub(super) fn hours(&mut self) {
        let bounds = &self.policy.hours;
        let hours = HoursProposal::of(self.programme, bounds);
        self.heading(1, "hours", "Hours");
        self.paragraph(format!(
            "A starting point within the policy's bounds: {} to {} hours for the qualification (the middle is used), \
             at least {:.0}% of them for the specialism, and an industry placement of at least {} hours on top. An \
             item of knowledge weighs 1, a skill 2 and a behaviour 0.",
            bounds.qualification_min,
            bounds.qualification_max,
            bounds.specialism_min_share * 100.0,
            bounds.placement_min
        ));
        if hours.is_bounded {
            let text = "By weight alone the core would take more hours; the specialism's minimum share limits it.";
            self.note(Tone::Information, text);
        }
        let columns = vec![Column::new("Part", 4), Column::new("Weight", 1), Column::new("Hours", 1)];
        let mut table = Table::new("Proposed hours", columns);
        let number = |n: u32| Cell::Number(i64::from(n));
        let row = |name: String, part: Part| vec![Cell::from(name), number(part.weight), number(part.hours)];
        table.rows.push(row("Route core".to_owned(), hours.route_core));
        table.rows.push(row("Pathway core".to_owned(), hours.pathway_core));
        for ((i, specialism), weight) in (1..).zip(&self.programme.specialisms).zip(&hours.specialisms) {
            let name = format!("Specialism {i}: {} (students take one)", specialism.title);
            table.rows.push(vec![Cell::from(name), number(*weight), number(hours.specialism)]);
        }
        let nothing = || Cell::from("");
        table.rows.push(vec![Cell::from("Qualification"), nothing(), number(hours.qualification)]);
        table.rows.push(vec![Cell::from("Industry placement, at least"), nothing(), number(hours.placement)]);
        self.blocks.push(Block::Table(table));
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
        self.paragraph("Items just short of the core, for the panel to decide.");
        // if a small share makes core, everything falls just short: keep it apart from what is shared
        let (shared, single): (Vec<_>, Vec<_>) = programme.near_misses.iter().partition(|near| near.support.have >= 2);
        let mut number = 0;
        for (caption, misses) in [("Near misses", shared), ("Near misses that a single occupation has", single)] {
            let items: Vec<ContentItem> = misses
                .into_iter()
                .map(|near| {
                    number += 1;
                    self.near_miss(&format!("N{number}"), near)
                })
                .collect();
            if !items.is_empty() {
                let caption = caption.to_owned();
                self.blocks.push(Block::Content { caption, items, review: Some(Tier::NearMiss) });
            }
        }
    }

    fn near_miss(&self, number: &str, near: &NearMiss) -> ContentItem {
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
        let columns = vec![
            Column::new("Occupation", 4),
            Column::new("Id", 1),
            Column::new("Level", 1),
            Column::new("Reason", 2),
            Column::new("Branch", 3),
        ];
        let mut table = Table::new("Occupations left out, with the reason", columns);
        for out in &programme.excluded {
            table.rows.push(vec![
                Cell::from(out.title.as_str()),
                Cell::from(out.occupation.as_str()),
                out.level.map_or_else(|| Cell::from(""), Cell::Number),
                Cell::from(out.reason.name()),
                Cell::from(out.branch.as_deref().unwrap_or_default()),
            ]);
        }
        self.blocks.push(Block::Table(table));
    }

    /// Every statement of every occupation that the programme serves.
    pub(super) fn sources(&mut self) {
        self.heading(1, "sources", "Source statements");
        let from = self.from;
        for (i, standard) in (1..).zip(&from.standards) {
            self.heading(2, &format!("source-{i}"), &standard.title);
            let mut about = name(standard);
            if let Some(version) = &standard.version {
                about.push(Span::text(format!(", version {version} of the standard")));
            }
            self.blocks.push(Block::Paragraph { spans: about });
            if standard.statements.is_empty() {
                self.note(Tone::Warning, "The source gives no statements for this occupation.");
                continue;
            }
            let columns = vec![
                Column::new("Statement", 1),
                Column::new("Kind", 1),
                Column::new("Text", 8),
                Column::new("Option", 1),
            ];
            let mut table = Table::new(format!("Statements of {}", standard.occupation), columns);
            for statement in &standard.statements {
                table.rows.push(vec![
                    Cell::from(statement.id.as_str()),
                    Cell::from(statement.kind.name()),
                    Cell::from(statement.text.as_str()),
                    Cell::from(statement.options.join(", ")),
                ]);
            }
            self.blocks.push(Block::Table(table));
        }
    }
}
