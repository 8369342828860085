//! A draft specification as a document.

use std::collections::HashMap;

use super::codes::{self, Coder, Placed};
use super::wording::sentence;
use crate::document::{Block, ContentItem, Document, Span, Table, Tone};
use crate::report::core_topics::has_topics;
use tlevel::derive::{Policy, Programme, Specification};
use tlevel::text::short_title;

/// Returns the draft specification of a pathway.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Policy, Specification};
/// use tlevel_report::report;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("../../fixtures/maps/england-concepts.csv")?)?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let onsite = Specification::of(&map, &concepts, &derivation, "construction/onsite-construction").unwrap();
/// let document = report::specification(&onsite.with_date(Some("2026-11-24".to_owned())));
/// assert!(document.texts().any(|text| text == "Core component"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the size of the document.
pub fn specification(specification: &Specification) -> Document {
    let programme = &specification.programme;
    let mut document = Document::new(format!("{}: draft outline content", programme.pathway.name));
    document.subject = Some(programme.pathway.id.clone());
    document.basis = Some(specification.policy.basis(specification.map.title.as_deref()));
    document.date.clone_from(&specification.date);
    document.rights = specification.map.attribution.clone().or_else(|| specification.map.licence.clone());
    let codes = codes::of(specification);
    let mut draft = Draft::new(specification, Coder::Given(&codes, 0));
    draft.front();
    draft.how_to_read();
    draft.changes();
    draft.parts_to_write();
    draft.core();
    draft.core_skills();
    draft.employer_set_project();
    draft.specialisms();
    draft.hours();
    draft.assessment();
    draft.coverage();
    draft.near_misses();
    draft.pairs_to_decide();
    draft.left_out();
    draft.decision_log();
    draft.sources();
    document.blocks = draft.blocks;
    named_above(&mut document.blocks);
    document.codes = Some(codes);
    document
}

/// Marks the tables that their headings name: the only ones of their sections.
fn named_above(blocks: &mut [Block]) {
    for section in blocks.chunk_by_mut(|_, next| !matches!(next, Block::Heading { .. })) {
        let mut tables: Vec<&mut Table> = Vec::new();
        for block in section {
            if let Block::Table(table) = block {
                tables.push(table);
            }
        }
        if let [table] = tables.as_mut_slice() {
            table.is_named_above = true;
        }
    }
}

/// A programme being drafted.
pub(super) struct Draft<'d> {
    pub(super) from: &'d Specification,
    pub(super) programme: &'d Programme,
    pub(super) policy: &'d Policy,
    /// The numbers of the core's concepts.
    pub(super) numbers: HashMap<&'d str, String>,
    /// The places of the core's concepts in this draft: `1.2`.
    pub(super) places: HashMap<&'d str, String>,
    /// The numbers of core topics in this draft, by those that they have in a first one.
    pub(super) area_places: HashMap<String, String>,
    /// How many content areas have a number.
    numbered_areas: usize,
    /// The number of the first item with each text.
    printed: HashMap<String, String>,
    /// The codes of core topics, by the numbers that they have in a first draft.
    pub(super) areas: HashMap<String, Placed>,
    /// Gives codes.
    pub(super) coder: Coder<'d>,
    pub(super) blocks: Vec<Block>,
}

/// Parts of a few lines or with one table, which follow on the page of the part before
/// them.
const SHORT: [&str; 6] =
    ["to-be-written", "core-skills", "employer-set-project", "specialisms", "assessment", "left-out"];
/// The most characters of a text that is referred to.
const REFERRED: usize = 60;

impl<'d> Draft<'d> {
    pub(super) fn new(from: &'d Specification, coder: Coder<'d>) -> Self {
        let (programme, policy) = (&from.programme, &from.policy);
        Draft {
            from,
            programme,
            policy,
            numbers: HashMap::new(),
            places: HashMap::new(),
            area_places: HashMap::new(),
            numbered_areas: 0,
            printed: HashMap::new(),
            areas: HashMap::new(),
            coder,
            blocks: Vec::new(),
        }
    }

    /// A heading; the main parts start a page, but for short ones.
    pub(super) fn heading(&mut self, level: u8, anchor: &str, text: &str) {
        if level == 1 && !SHORT.contains(&anchor) {
            self.blocks.push(Block::PageBreak);
        }
        self.blocks.push(Block::heading(level, anchor, text));
    }

    pub(super) fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::paragraph(text));
    }

    pub(super) fn note(&mut self, tone: Tone, text: impl Into<String>) {
        self.blocks.push(Block::Note { tone, spans: vec![Span::text(text)] });
    }

    /// The number of the next content area.
    pub(super) fn next_area(&mut self) -> String {
        self.numbered_areas += 1;
        self.numbered_areas.to_string()
    }

    /// How other parts of the draft refer to a concept: by its place in the core, or
    /// else by its code.
    pub(super) fn reference(&self, concept: &str) -> Option<String> {
        self.places.get(concept).or_else(|| self.numbers.get(concept)).cloned()
    }

    /// Prints a text once: a later item with the same text refers to the first.
    pub(super) fn once(&mut self, item: &mut ContentItem) {
        let whole = item.whole().into_owned();
        let letters: String = whole.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let own = if item.place.is_empty() { &item.number } else { &item.place };
        match self.printed.get(&letters).filter(|first| *first != own) {
            Some(first) => {
                let title = short_title(&whole, REFERRED);
                let is_cut = title.chars().count() + 1 < whole.chars().count() && !title.ends_with('\u{2026}');
                let rest = if is_cut { "\u{2026}" } else { "" };
                item.text = sentence(&format!("Same as {first}: {title}{rest}"));
                item.points.clear();
            }
            None => {
                self.printed.insert(letters, own.clone());
            }
        }
    }

    pub(super) fn how_to_read(&mut self) {
        self.heading(1, "how-to-read", "How to read this draft");
        let core = if has_topics(self.programme) {
            "The content areas of the core are numbered 1, 2, 3 and their elements 1.1, 1.2, in the order of this draft. \
             The small print below each has its code, such as R1 or R1.2: R is route core, P is pathway core and G is \
             the core of a group. Statements that only one occupation has on a content area come last in it, for the \
             panel to word."
        } else {
            "The content areas of the core are numbered 1, 2, 3 and their elements 1.1, 1.2, in the order of this draft. \
             The small print below each element has its code, such as R2 or P5: R is route core and P is pathway core."
        };
        let entries = [
            core,
            "In specialism 1, 1.K1 is knowledge, 1.S1 is a skill and 1.B1 is a behaviour; these numbers are also their \
             codes.",
            "Numbers may change from draft to draft. Codes do not, even where an item moves within the core, so minutes \
             should quote the codes.",
            "The small print also says how many occupations share the item, such as 4 of 5 occupations, and which \
             statement it quotes: the code of the occupation, then the code of the statement. What only one option of an \
             occupation has does not count towards the core.",
            "Core is what the occupations share, by the rule on the first page. Near misses fell just short of it. The \
             panel decides on them.",
            "Performance outcomes are the duties of the standards. Where a standard has no duties, they are proposals \
             made from its skills, for the panel to reword.",
            "The wording is that of the standards, with a capital and a full stop; lists within a statement are set as \
             points. The last part has every statement word for word, so that each line can be traced.",
        ];
        let entries = entries.map(|entry| vec![Span::text(entry)]).to_vec();
        self.blocks.push(Block::List { entries });
    }
}
