//! The specialised content of a programme as parts to print: each once, with its
//! performance outcomes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::item::Item;
use super::performance_outcomes::{Outcomes, PerformanceOutcome, of_duties, proposed};
use super::programme::{Programme, Specialism};
use super::standard::{Standard, StandardDuty};
use crate::concept::Concepts;
use crate::map::Kind;

/// Specialised content with its performance outcomes: of one specialism, or what
/// the options of one standard have in common. Every item of a specialism is in one
/// part, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpecialismPart {
    /// Its title: the specialism's, or that of the occupation whose options share
    /// it.
    pub title: String,
    /// The specialisms that it is part of, by their places in the programme: several
    /// for what options share.
    pub specialisms: Vec<usize>,
    /// Its performance outcomes.
    pub outcomes: Vec<PerformanceOutcome>,
    /// Whether the outcomes are proposals made from skills, as no duty is for this
    /// part.
    pub is_proposed: bool,
    /// The concepts of knowledge and skills under no outcome, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<String>,
    /// The concepts of behaviours, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub behaviours: Vec<String>,
}

impl SpecialismPart {
    /// All its concepts, in the order of printing.
    pub fn concepts(&self) -> impl Iterator<Item = &String> {
        let outcomes = self.outcomes.iter().flat_map(|outcome| outcome.knowledge.iter().chain(&outcome.skills));
        outcomes.chain(&self.further).chain(&self.behaviours)
    }
}

/// The parts of a programme, in the order of its specialisms; what options share
/// comes before the first of them.
pub(super) fn parts(concepts: &Concepts, programme: &Programme, standards: &[Standard]) -> Vec<SpecialismPart> {
    let mut parts = Vec::new();
    let mut next = 0;
    while let Some(specialism) = programme.specialisms.get(next) {
        let family = &programme.specialisms[next..next + family(&programme.specialisms[next..])];
        let common = common(family);
        if !common.is_empty() {
            let items: Vec<&Item> = specialism.content.iter().filter(|i| common.contains(&*i.concept)).collect();
            let standard = standards.iter().find(|s| specialism.occupations.first() == Some(&s.occupation));
            let title = standard.map_or_else(|| specialism.title.clone(), |standard| standard.title.clone());
            let duties = duties(standards, specialism, |duty| duty.options.is_empty());
            parts.push(part(concepts, title, (next..next + family.len()).collect(), &items, &duties));
        }
        for (place, specialism) in (next..).zip(family) {
            let mut seen: BTreeSet<&str> = common.clone();
            let items: Vec<&Item> = specialism.items().filter(|item| seen.insert(&*item.concept)).collect();
            let duties = duties(standards, specialism, |duty| common.is_empty() || !duty.options.is_empty());
            parts.push(part(concepts, specialism.title.clone(), vec![place], &items, &duties));
        }
        next += family.len();
    }
    parts
}

/// Two specialisms of different standards that are nearly the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AlikeSpecialisms {
    /// Their places in the programme.
    pub specialisms: [usize; 2],
    /// How many items both have.
    pub both: usize,
    /// How many items either has.
    pub either: usize,
}

/// The ids of the concepts of a specialism.
fn ids(specialism: &Specialism) -> BTreeSet<&str> {
    specialism.items().map(|item| item.concept.as_str()).collect()
}

/// The specialisms of different standards that have at least four of five items in
/// common, by their places.
pub(super) fn alike(programme: &Programme) -> Vec<AlikeSpecialisms> {
    let sets: Vec<BTreeSet<&str>> = programme.specialisms.iter().map(ids).collect();
    let mut found = Vec::new();
    for (a, one) in sets.iter().enumerate() {
        for (b, other) in sets.iter().enumerate().skip(a + 1) {
            let is_one_standard = programme.specialisms[a].occupations == programme.specialisms[b].occupations;
            let both = one.intersection(other).count();
            let either = one.len() + other.len() - both;
            if !is_one_standard && both > 0 && 5 * both >= 4 * either {
                found.push(AlikeSpecialisms { specialisms: [a, b], both, either });
            }
        }
    }
    found
}

/// How many of the first specialisms are those of options of one standard, at least
/// 1.
fn family(specialisms: &[Specialism]) -> usize {
    let Some(first) = specialisms.first() else { return 0 };
    let is_of = |s: &&Specialism| s.option.is_some() && s.occupations == first.occupations;
    specialisms.iter().take_while(is_of).count().max(1)
}

/// The concepts that all of several specialisms have.
fn common(family: &[Specialism]) -> BTreeSet<&str> {
    let [first, others @ ..] = family else { return BTreeSet::new() };
    if others.is_empty() {
        return BTreeSet::new();
    }
    let others: Vec<BTreeSet<&str>> = others.iter().map(ids).collect();
    let is_common = |concept: &&str| others.iter().all(|of| of.contains(*concept));
    first.items().map(|item| &*item.concept).filter(is_common).collect()
}

/// The duties of a specialism, with their standards.
fn duties<'s>(
    standards: &'s [Standard],
    specialism: &Specialism,
    is_wanted: impl Fn(&StandardDuty) -> bool,
) -> Vec<(&'s Standard, &'s StandardDuty)> {
    let own = specialism.occupations.iter().filter_map(|id| standards.iter().find(|s| s.occupation == *id));
    let duties = own.flat_map(|standard| standard.duties.iter().map(move |duty| (standard, duty)));
    duties.filter(|(_, duty)| duty.serves(specialism) && is_wanted(duty)).collect()
}

fn part(
    concepts: &Concepts,
    title: String,
    specialisms: Vec<usize>,
    items: &[&Item],
    duties: &[(&Standard, &StandardDuty)],
) -> SpecialismPart {
    let by_duty = of_duties(items, duties);
    let is_proposed = by_duty.outcomes.is_empty();
    let Outcomes { outcomes, further } = if is_proposed { proposed(concepts, items) } else { by_duty };
    let behaviours = items.iter().filter(|item| item.kind == Kind::Behaviour);
    // behaviours that a duty cites are cited there and printed once, here
    let behaviours = behaviours.map(|item| item.concept.to_string()).collect();
    SpecialismPart { title, specialisms, outcomes, is_proposed, further, behaviours }
}
