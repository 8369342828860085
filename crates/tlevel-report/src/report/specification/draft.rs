//! A draft specification as a document.

use std::collections::HashMap;

use super::codes::{self, Coder, Placed};
use crate::document::{Block, Document, Span, Tone};
use crate::report::core_topics::has_topics;
use tlevel::derive::{Policy, Programme, Specification};

/// Returns the draft specification of a pathway.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Policy, Specification};
/// use tlevel_report::report;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../../fixtures/maps/england.json"))?)?.map;
/// let concepts = Concepts::from_csv(&map, include_str!("../../../../../fixtures/maps/england-concepts.csv"))?;
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
    document.codes = Some(codes);
    document
}

/// A programme being drafted.
pub(super) struct Draft<'d> {
    pub(super) from: &'d Specification,
    pub(super) programme: &'d Programme,
    pub(super) policy: &'d Policy,
    /// The numbers of the core's concepts.
    pub(super) numbers: HashMap<&'d str, String>,
    /// The codes of core topics, by the numbers that they have in a first draft.
    pub(super) areas: HashMap<String, Placed>,
    /// Gives codes.
    pub(super) coder: Coder<'d>,
    pub(super) blocks: Vec<Block>,
}

/// Parts of a few lines, which follow on the page of the part before them.
const SHORT: [&str; 4] = ["to-be-written", "employer-set-project", "assessment", "left-out"];

impl<'d> Draft<'d> {
    pub(super) fn new(from: &'d Specification, coder: Coder<'d>) -> Self {
        let (programme, policy) = (&from.programme, &from.policy);
        let (numbers, areas) = (HashMap::new(), HashMap::new());
        Draft { from, programme, policy, numbers, areas, coder, blocks: Vec::new() }
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

    pub(super) fn how_to_read(&mut self) {
        self.heading(1, "how-to-read", "How to read this draft");
        let core = if has_topics(self.programme) {
            "Every item has a number and quotes a standard word for word. R is route core, P is pathway core and G is \
             the core of a group. R1 is a topic and R1.1 an element of it. In specialism 1, 1.K is knowledge, 1.S is a \
             skill and 1.B is a behaviour. What one occupation alone has on a core topic is for the panel to word."
        } else {
            "Every item has a number and quotes a standard word for word. R is route core and P is pathway core. In \
             specialism 1, 1.K is knowledge, 1.S is a skill and 1.B is a behaviour."
        };
        let entries = [
            core,
            "A number stays with its item from draft to draft, also where the item moves within the core.",
            "Each item says how many occupations share it, such as 4 of 5, and which statement it quotes: the code of \
             the occupation, then the code of the statement. What only an option has does not count for a core.",
            "Core is what the occupations share by the rule named above. Near misses fell just short of it: the panel \
             decides on them.",
            "Performance outcomes are the duties of the standards, or proposals made from skills where there are no \
             duties, each with its content. They are drafts to be reworded.",
            "The last part lists every statement of every occupation, so each line can be traced to its standard.",
        ];
        let entries = entries.map(|entry| vec![Span::text(entry)]).to_vec();
        self.blocks.push(Block::List { entries });
    }
}
