//! The hours of a draft specification.

use super::Draft;
use crate::document::{Block, Cell, Column, Table, Tone};
use crate::report::core_topics::Numbered;
use tlevel::derive::{HoursProposal, Tier};

impl Draft<'_> {
    pub(super) fn hours(&mut self) {
        let bounds = &self.policy.hours;
        let hours = HoursProposal::of(self.programme, bounds);
        self.heading(1, "hours", "Hours");
        self.paragraph(format!(
            "A starting point. The policy allows {} to {} guided learning hours for the qualification, and this proposal \
             takes the middle. The industry placement of at least {} hours is additional. The core takes half of the \
             hours, or less if the policy gives the specialism more. The employer set project takes a third of the \
             core. The content shares the rest by weight: {}.",
            thousands(bounds.qualification_min),
            thousands(bounds.qualification_max),
            bounds.placement_min,
            if self.programme.topics.is_empty() {
                "an item of knowledge counts 1, a skill 2"
            } else {
                "the average number of statements on a content area, among the occupations that have it"
            }
        ));
        let columns =
            vec![Column::new("Part", 6), Column::new("Weight", 1), Column::new("Hours", 1), Column::new("Share", 1)];
        let mut table = Table::new("Proposed hours", columns);
        let number = |n: u32| Cell::Number(i64::from(n));
        let share = |n: u32| {
            let of = f64::from(hours.qualification.max(1));
            Cell::from(format!("{:.0}%", 100.0 * f64::from(n) / of))
        };
        let mut row = |name: String, weight: Option<u32>, own: u32| {
            table.rows.push(vec![Cell::from(name), weight.map_or_else(|| "".into(), number), number(own), share(own)]);
        };
        if let Some(core) = &hours.core {
            row("Core component".to_owned(), Some(hours.core_weight()), core.hours);
            row("of which the employer set project".to_owned(), None, core.employer_set_project);
            if core.areas.is_empty() {
                row("of which route core".to_owned(), Some(core.route.weight), core.route.hours);
                row("of which pathway core".to_owned(), Some(core.pathway.weight), core.pathway.hours);
            }
            let numbered = Numbered::all(self.programme);
            for area in &core.areas {
                let of = numbered.iter().find(|of| of.topic.id == area.topic && of.topic.tier == area.tier);
                let name = of.map_or_else(
                    || format!("further {}", if area.tier == Tier::Route { "route core" } else { "pathway core" }),
                    |of| format!("area {}", self.area_name(of)),
                );
                row(format!("of which {name}"), Some(area.part.weight), area.part.hours);
            }
        }
        row("Occupational specialism (students take one)".to_owned(), None, hours.specialism);
        row("Qualification".to_owned(), None, hours.qualification);
        self.blocks.push(Block::Table(table));
        if hours.core.is_none() {
            self.note(
                Tone::Warning,
                "No hours can be proposed for the core, because it has no knowledge or skills yet.",
            );
        }
        let specialisms = self.programme.specialisms.iter().zip(&hours.specialisms).zip(1..);
        let without = specialisms.filter(|((_, of), _)| of.hours.is_none());
        let without: Vec<String> = without.map(|((of, _), n)| format!("{n} ({})", of.title)).collect();
        if !without.is_empty() {
            let noun = if without.len() == 1 { "specialism" } else { "specialisms" };
            let names = without.join("; ");
            self.note(
                Tone::Warning,
                format!("No hours can be proposed for {noun} {names}, because there is no content to weigh yet."),
            );
        }
    }
}

/// A number with its thousands apart: `1,400`.
fn thousands(n: u32) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
}
