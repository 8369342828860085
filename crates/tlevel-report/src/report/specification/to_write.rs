//! The parts of a specification that no map can give: headed places for them.

use super::Draft;
use super::specialism::order;
use super::wording::sentences;
use crate::count::count;
use crate::document::{Block, Cell, Column, Span, Table};
use crate::report::core_topics::Numbered;
use crate::report::shortened::shortened;

/// How many characters of an item stand in the log of decisions.
const ABOUT: usize = 120;

/// A part to be written, and by whom.
const PARTS: [(&str, &str, &str); 9] = [
    ("Purpose, entry and progression", "awarding organisation", "who it is for, entry requirements, where it leads"),
    ("Wording of the core", "panel", "one sentence for each group of statements under a content area"),
    ("Employer set project", "awarding organisation with employers", "the brief, its tasks and its marking"),
    ("Performance outcomes", "panel", "final titles; this draft has proposals"),
    ("Assessment of the core", "awarding organisation", "papers, weighting of content areas, grade boundaries"),
    ("Assessment of the specialisms", "awarding organisation", "assignments, pass and distinction descriptors"),
    ("Mathematics, English and digital skills", "awarding organisation", "how the content develops them"),
    ("Guidance on delivery and resources", "awarding organisation", "equipment, staff and placement"),
    ("Glossary and versions", "awarding organisation", "terms, command words, changes between versions"),
];

/// Topics of general skills that a specification maps in an annex of its own.
const GENERAL: [(&str, &str); 3] = [
    ("mathematics-and-calculation", "Mathematics"),
    ("communication", "English"),
    ("digital-systems-and-technology", "Digital skills"),
];

impl Draft<'_> {
    /// What this draft does not cover, on one page.
    pub(super) fn parts_to_write(&mut self) {
        self.heading(1, "to-be-written", "To be written");
        self.paragraph("An occupational map does not contain these parts of a specification.");
        let columns = vec![Column::new("Part", 3), Column::new("To be written by", 3), Column::new("What", 5)];
        let mut table = Table::new("Parts to be written", columns);
        table.rows = PARTS.iter().map(|(part, by, what)| vec![(*part).into(), (*by).into(), (*what).into()]).collect();
        self.blocks.push(Block::Table(table));
    }

    /// The place of the employer set project, with what it has to draw on.
    pub(super) fn employer_set_project(&mut self) {
        self.heading(1, "employer-set-project", "Employer set project");
        self.paragraph("To be written by the awarding organisation with employers.");
        let areas = Numbered::all(self.programme);
        let core = self.programme.route_core.len() + self.programme.pathway_core.len();
        let mut entries: Vec<Vec<Span>> = Vec::new();
        if let [first, .., last] = areas.as_slice() {
            let (first, last) = (self.area_place(&first.number), self.area_place(&last.number));
            entries.push(vec![Span::text(format!("It draws on the content areas {first} to {last} of the core."))]);
        } else if let [only] = areas.as_slice() {
            let name = self.area_name(only);
            entries.push(vec![Span::text(format!("It draws on the content area {name}."))]);
        } else if core > 0 {
            entries.push(vec![Span::text(format!("It draws on the {} of the core.", count(core, "item")))]);
        }
        if core > 0 {
            entries.push(vec![Span::text("It draws on the core skills listed above.")]);
        }
        if !entries.is_empty() {
            self.blocks.push(Block::List { entries });
        }
    }

    /// The place of assessment, and which items are about general skills.
    pub(super) fn assessment(&mut self) {
        self.heading(1, "assessment", "Assessment");
        self.paragraph(
            "To be written by the awarding organisation: the core examination, the employer set project, and a synoptic \
             assignment for each specialism.",
        );
        self.heading(2, "general-skills", "Mathematics, English and digital skills");
        let columns = vec![Column::new("Skill", 2), Column::new("Items about it", 7)];
        let mut table = Table::new("Items about general skills", columns);
        for (topic, name) in GENERAL {
            let is_on = |item: &&tlevel::derive::Item| item.topic.as_ref().is_some_and(|of| of.id == topic);
            let items = self.programme.items().map(|(item, _)| item).filter(is_on);
            let mut codes: Vec<String> = Vec::new();
            for code in items.filter_map(|item| self.reference(&item.concept)) {
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            codes.sort_by_key(|code| order(code));
            if !codes.is_empty() {
                table.rows.push(vec![Cell::from(name), Cell::from(codes.join(", "))]);
            }
        }
        if table.rows.is_empty() {
            self.paragraph("To be written: no statement in this draft is about them.");
        } else {
            self.blocks.push(Block::Table(table));
        }
    }

    /// What people decided before this draft.
    pub(super) fn decision_log(&mut self) {
        let log = &self.from.decisions;
        if log.is_empty() {
            return;
        }
        self.heading(1, "decisions", "Decisions");
        let applied = log.iter().filter(|entry| entry.is_applied()).count();
        self.paragraph(format!("The review has {}, of which {applied} were applied.", count(log.len(), "row")));
        let columns = [("Place", 2), ("About", 3), ("Decision", 2), ("New wording", 3), ("Comment", 3), ("Outcome", 3)];
        let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
        let mut table = Table::new("Decisions and comments", columns);
        for entry in log {
            let about = match entry.text.as_str() {
                "" => entry.name.clone(),
                text => format!("{}: {}", entry.name, shortened(text, ABOUT)),
            };
            let cells =
                [entry.place.clone(), about, entry.decision.clone(), entry.wording.clone(), entry.comment.clone()];
            let mut row: Vec<Cell> = cells.into_iter().map(Cell::from).collect();
            row.push(Cell::from(entry.outcome.as_str()));
            table.rows.push(row);
        }
        self.blocks.push(Block::Table(table));
        let changed = self.programme.notes.iter().filter(|note| note.code == tlevel::derive::NoteCode::Decided);
        let entries: Vec<Vec<Span>> = changed.map(|note| vec![Span::text(sentences(&note.message))]).collect();
        if !entries.is_empty() {
            self.heading(2, "changes", "What the decisions changed");
            self.blocks.push(Block::List { entries });
        }
    }
}
