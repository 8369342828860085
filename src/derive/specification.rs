//! A programme with the standards that it serves: what a draft specification
//! quotes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::codes::{CodeChange, Codes};
use super::general_wording::{GeneralWording, general};
use super::item::Item;
use super::policy::Policy;
use super::programme::{Derivation, Programme};
use super::specialism_parts::{AlikeSpecialisms, SpecialismPart, alike, parts};
use super::standard::Standard;
use crate::concept::Concepts;
use crate::map::{BranchName, Map, MapInfo, StatementRef};

/// A programme with the standards of the occupations that it serves, verbatim.
///
/// Serialises (`"format": "tlevel-specification"`, version 1) and reads back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Specification {
    format: SpecificationFormat,
    version: u32,
    /// The map.
    pub map: MapInfo,
    /// Who published the source of the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The address of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The date of the specification, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The policy that was applied.
    pub policy: Policy,
    /// The programme.
    pub programme: Programme,
    /// The route's pathways, in the order of the map.
    pub pathways: Vec<BranchName>,
    /// The specialised content, each item once, with its performance outcomes.
    #[serde(default)]
    pub parts: Vec<SpecialismPart>,
    /// Specialisms that could be one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<AlikeSpecialisms>,
    /// Wordings of core items that are more general than their own, by concept.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub general: BTreeMap<String, GeneralWording>,
    /// The standards of the occupations that count, then of the others that the
    /// programme serves.
    pub standards: Vec<Standard>,
    /// What people decided before this draft, and what became of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionEntry>,
    /// The statements that the core quotes from the standards of other
    /// occupations of the route.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quoted_elsewhere: Vec<StatementRef>,
    /// The codes of this draft; `None` for those of a first draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<Codes>,
    /// What changed since the draft before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<CodeChange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum SpecificationFormat {
    #[serde(rename = "tlevel-specification")]
    Specification,
}

/// A decision or a comment of a review, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DecisionEntry {
    /// The place in the review.
    pub place: String,
    /// What it is about: the id of a concept or a topic, as the review has it.
    pub about: String,
    /// What the review calls that: its number, or else the same.
    #[serde(default)]
    pub name: String,
    /// The text of it in the review; empty if the review has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The decision in words, with the item to merge with as the review calls it;
    /// empty for a comment alone.
    pub decision: String,
    /// The comment.
    pub comment: String,
    /// The new wording or heading; empty if it stays.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wording: String,
    /// What became of it: `applied`, or why not.
    pub outcome: String,
}

impl DecisionEntry {
    /// The outcome of what was applied.
    pub const APPLIED: &str = "applied";

    /// Whether it was applied; the outcome may go on with who says the same.
    pub fn is_applied(&self) -> bool {
        self.outcome.strip_prefix(Self::APPLIED).is_some_and(|rest| rest.is_empty() || rest.starts_with(';'))
    }
}

impl Specification {
    /// Returns the specification of the pathway with this id, or `None` if it
    /// has no programme.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    /// use tlevel::derive::{Policy, Specification};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
    /// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
    /// let onsite = Specification::of(&map, &concepts, &derivation, "construction/onsite-construction").unwrap();
    /// assert_eq!(onsite.standards[0].statements[0].id, "K1");
    /// assert!(Specification::of(&map, &concepts, &derivation, "no such pathway").is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements of the pathway's occupations, and what their
    /// duties cite.
    pub fn of(map: &Map, concepts: &Concepts, derivation: &Derivation, pathway: &str) -> Option<Self> {
        let programme = derivation.programme(pathway)?.clone();
        let source = map.raw().source.as_ref();
        let route = map.pathway(pathway).map(|pathway| pathway.route());
        let served = programme.specialisms.iter().flat_map(|specialism| &specialism.occupations);
        let mut standards: Vec<Standard> = Vec::new();
        for id in programme.counting.iter().map(|occupation| &occupation.id).chain(served) {
            let is_new = !standards.iter().any(|standard| standard.occupation == *id);
            standards.extend(map.occupation(id).filter(|_| is_new).map(|o| Standard::of(concepts, o)));
        }
        let mut quoted_elsewhere: Vec<StatementRef> = Vec::new();
        let elements = programme.topics.iter().flat_map(|topic| &topic.elements).map(|element| &element.item);
        for item in programme.route_core.iter().chain(elements) {
            let is_quoted = |s: &&StatementRef| {
                let mut own = map.occupation(&s.occupation).into_iter().flat_map(|o| o.statements());
                own.any(|own| own.id() == s.statement && own.text() == item.text)
            };
            let quoted = item.statements.iter().find(is_quoted);
            let is_new = |s: &&StatementRef| {
                !quoted_elsewhere.contains(s) && standards.iter().all(|standard| standard.occupation != s.occupation)
            };
            quoted_elsewhere.extend(quoted.filter(is_new).cloned());
        }
        Some(Specification {
            format: SpecificationFormat::Specification,
            version: 1,
            map: derivation.map.clone(),
            source: source.and_then(|source| source.name.clone()),
            url: source.and_then(|source| source.url.clone()),
            date: None,
            policy: derivation.policy.clone(),
            pathways: (route.into_iter().flat_map(|route| route.pathways()))
                .map(|pathway| BranchName { id: pathway.id().to_owned(), name: pathway.name().to_owned() })
                .collect(),
            alike: alike(&programme),
            general: general(map, core_items(&programme)),
            parts: parts(concepts, &programme, &standards),
            programme,
            standards,
            decisions: Vec::new(),
            quoted_elsewhere,
            codes: None,
            changes: Vec::new(),
        })
    }

    /// Sets the date.
    #[must_use]
    pub fn with_date(mut self, date: Option<String>) -> Self {
        self.date = date;
        self
    }

    /// An item's text as a draft prints it: of a core item the most general of its
    /// wordings.
    pub fn text<'s>(&'s self, item: &'s Item) -> &'s str {
        self.general_of(item).map_or(&*item.text, |general| &*general.text)
    }

    fn general_of(&self, item: &Item) -> Option<&GeneralWording> {
        self.general.get(item.concept.as_str()).filter(|general| item.statements.contains(&general.statement))
    }

    /// The wording that people gave a concept or a topic; the last of several.
    pub fn wording(&self, id: &str) -> Option<&str> {
        let mut own = self.decisions.iter().filter(|entry| entry.about == id && !entry.wording.is_empty());
        own.rfind(|entry| entry.is_applied()).map(|entry| entry.wording.as_str())
    }

    /// Sets the log of decisions.
    #[must_use]
    pub fn with_decisions(mut self, decisions: Vec<DecisionEntry>) -> Self {
        self.decisions = decisions;
        self
    }

    /// Sets the codes of this draft, and what changed since the earlier one.
    #[must_use]
    pub fn with_codes(mut self, codes: Codes, earlier: Option<&Codes>) -> Self {
        self.changes = earlier.map(|earlier| codes.changes_since(earlier)).unwrap_or_default();
        self.codes = Some(codes);
        self
    }

    /// The statement that an item quotes as a draft prints it, if its wording is one of
    /// those behind it.
    pub fn quoted<'i>(&'i self, item: &'i Item) -> Option<&'i StatementRef> {
        if let Some(general) = self.general_of(item) {
            return Some(&general.statement);
        }
        let is_quoted = |s: &&StatementRef| match self.standard(&s.occupation) {
            Some(standard) => standard.statement(&s.statement).is_some_and(|own| own.text == item.text),
            None => self.quoted_elsewhere.contains(s),
        };
        item.statements.iter().find(is_quoted)
    }

    /// The standard of the occupation with this id.
    pub fn standard(&self, occupation: &str) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.occupation == occupation)
    }
}

/// The items of the core as drafts print them.
fn core_items(programme: &Programme) -> impl Iterator<Item = &Item> {
    let groups = programme.group_core.iter().flat_map(|group| &group.content);
    let elements = programme.topics.iter().flat_map(|topic| &topic.elements).map(|element| &element.item);
    // of two with one concept the later holds: the element, with all its statements
    programme.route_core.iter().chain(&programme.pathway_core).chain(groups).chain(elements)
}
