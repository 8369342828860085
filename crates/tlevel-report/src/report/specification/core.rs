//! The core component: by tier, then by topic, with knowledge and skills together.

use super::Draft;
use super::topics::NONE;
use super::wording::{sentences, shown};
use crate::document::{Block, Cell, Column, ContentItem, Span, Table, Tone};
use crate::report::core_topics::has_topics;
use tlevel::derive::{
    Item, Named, NearPair, NearStatement, Note, NoteCode, Programme, Specification, Stem, Tier, ToCode,
};
use tlevel::map::{Kind, StatementRef};
use tlevel::text::short_title;

/// How many notes a draft has, at most.
const NOTES: usize = 5;
/// The longest short form of a skill, in characters.
const SHORT: usize = 100;

/// The order of notes, the most urgent first; the last are shown elsewhere.
const fn rank(code: NoteCode) -> usize {
    match code {
        NoteCode::NoProgrammes | NoteCode::NoCountingOccupation => 0,
        NoteCode::EmptyCore | NoteCode::EmptyPathwayCore | NoteCode::EmptyRouteCore => 1,
        NoteCode::SingleOccupation => 2,
        NoteCode::OccupationsWithoutStatements => 3,
        NoteCode::NoMoreThanChance => 4,
        NoteCode::CoreOutOfBalance => 5,
        NoteCode::NearDuplicate | NoteCode::Decided => usize::MAX,
        _ => 6,
    }
}

impl<'d> Draft<'d> {
    pub(super) fn core(&mut self) {
        self.heading(1, "core", "Core component");
        self.notes();
        if has_topics(self.programme) {
            self.core_topics();
        } else {
            self.core_items();
        }
    }

    /// What to know before reading the core.
    fn notes(&mut self) {
        let notes = self.programme.notes.iter().filter(|note| rank(note.code) < usize::MAX);
        let mut notes: Vec<&Note> = notes.collect();
        notes.sort_by_key(|note| rank(note.code));
        notes.truncate(NOTES);
        if !notes.is_empty() {
            self.heading(2, "notes", "Notes on this programme");
            let entries = notes.into_iter().map(|note| vec![Span::text(sentences(&note.message))]).collect();
            self.blocks.push(Block::List { entries });
        }
    }

    /// Statements that nearly say the same: whoever joins them may change the core.
    pub(super) fn pairs_to_decide(&mut self) {
        let pairs = self.programme.notes.iter().filter_map(|note| note.pair.as_deref());
        let in_words = |s: &NearStatement| {
            Cell::from(format!("{} ({}) {}: {}", s.title, s.occupation, s.statement, sentences(&s.text)))
        };
        let row = |pair: &NearPair| {
            vec![Cell::decimal((pair.score * 100.0).round() / 100.0), in_words(&pair.core), in_words(&pair.outside)]
        };
        let rows: Vec<Vec<Cell>> = pairs.map(row).collect();
        if rows.is_empty() {
            return;
        }
        self.heading(1, "pairs", "Pairs to decide");
        self.paragraph(
            "Do these say the same? Each row has a statement of the core and one like it that is not in the core; the \
             most alike come first. `tlevel review` asks about those whose answer changes the core, and keeps the \
             answers.",
        );
        let columns = [("Likeness", 1), ("In the core", 4), ("Not in the core", 4)];
        let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
        let mut table = Table::new("Pairs to decide", columns).decimal(["Likeness"]);
        table.rows = rows;
        self.blocks.push(Block::Table(table));
    }

    fn core_items(&mut self) {
        let programme = self.programme;
        let tiers = [
            ("route-core", "Route core", 'R', &programme.route_core, Tier::Route),
            ("pathway-core", "Pathway core", 'P', &programme.pathway_core, Tier::Pathway),
        ];
        for (anchor, title, mark, items, tier) in tiers {
            self.heading(2, anchor, title);
            if items.is_empty() {
                self.note(Tone::Information, format!("Nothing is {}; the notes say why.", title.to_lowercase()));
                continue;
            }
            let all: Vec<&Item> = items.iter().collect();
            let groups = Self::under_headings(&all);
            let is_one = groups.len() == 1;
            for (i, (topic, mut of_topic)) in groups.into_iter().enumerate() {
                let area = self.next_area();
                let heading = if is_one && topic == NONE {
                    format!("Content of the {}", title.to_lowercase())
                } else {
                    topic.to_owned()
                };
                self.heading(3, &format!("{anchor}-{}", i + 1), &format!("{area} {heading}"));
                of_topic.sort_by_key(|item| item.kind);
                let mut content = Vec::new();
                for item in of_topic {
                    let mut printed = content_item(self.from, "", item);
                    let (ids, stem) = (vec![item.concept.to_string()], Stem::Text(mark.to_string()));
                    let (under, text) = (String::new(), printed.whole().into_owned());
                    let code = self.code(ToCode { names: Named::Item, ids, tier, under, text, stem }).code;
                    printed.place = format!("{area}.{}", content.len() + 1);
                    printed.number.clone_from(&code);
                    self.places.insert(&item.concept, printed.place.clone());
                    self.once(&mut printed);
                    content.push(printed);
                    self.numbers.insert(&item.concept, code);
                }
                self.blocks.push(Block::Content {
                    caption: format!("{title}: {topic}"),
                    items: content,
                    review: Some(tier),
                });
            }
        }
    }

    /// The skills of the core again, as a separate list: they run through all
    /// specialisms.
    pub(super) fn core_skills(&mut self) {
        self.heading(1, "core-skills", "Core skills");
        let programme = self.programme;
        let skills: Vec<&Item> = if has_topics(programme) {
            self.skills_of_topics()
        } else {
            let core = programme.route_core.iter().chain(&programme.pathway_core);
            core.filter(|item| item.kind == Kind::Skill).collect()
        };
        if skills.is_empty() {
            self.note(Tone::Information, "To be written: the core has no skill to start from.");
            return;
        }
        self.paragraph("These are the skills of the core. They run through all specialisms.");
        let columns = [("Item", 1), ("Code", 1), ("Skill, in short", 6), ("Shared by", 2)];
        let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
        let mut table = Table::new("Core skills", columns);
        for item in skills {
            let number = self.numbers.get(item.concept.as_str()).cloned().unwrap_or_default();
            table.rows.push(vec![
                Cell::from(self.reference(&item.concept).unwrap_or_default()),
                Cell::from(number),
                Cell::from(short_title(self.from.text(item), SHORT)),
                Cell::from(support(programme, item)),
            ]);
        }
        self.blocks.push(Block::Table(table));
    }
}

/// An item with its number, its support and its source.
pub(super) fn content_item(from: &Specification, number: &str, item: &Item) -> ContentItem {
    let mut content = ContentItem::new(number, item.concept.as_str(), String::new());
    let shown = shown(from.wording(&item.concept).unwrap_or_else(|| from.text(item)));
    (content.text, content.points) = (shown.text, shown.points);
    content.label = item.label.clone().unwrap_or_default();
    let mut detail = format!("{}; {}", item.kind, support(&from.programme, item));
    if from.wording(&item.concept).is_some() {
        detail.push_str("; the panel's wording of ");
        detail.push_str(&item.statements.first().map(code).unwrap_or_default());
    } else if let Some(quoted) = from.quoted(item) {
        detail.push_str("; ");
        detail.push_str(&code(quoted));
    }
    content.detail.push(Span::text(detail));
    content
}

fn code(statement: &StatementRef) -> String {
    format!("{} {}", statement.occupation, statement.statement)
}

/// How many of the occupations share an item; if none that counts has it, the
/// reason.
fn support(programme: &Programme, item: &Item) -> String {
    if item.support.have == 0 {
        let counts = |s: &StatementRef| programme.counting.iter().any(|o| o.id == s.occupation);
        let option = item.statements.iter().any(counts);
        return if option { "in an option only" } else { "in no occupation that counts towards the core" }.to_owned();
    }
    let noun = if item.support.of == 1 { "occupation" } else { "occupations" };
    format!("{} of {} {noun}", item.support.have, item.support.of)
}
