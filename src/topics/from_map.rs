//! Topics in the map's own words, for statements that no topic of the
//! vocabulary fits.
//!
//! Statements without a topic are a *group* where they share a concept or
//! overlap. A group becomes a topic if a noun phrase covers statements of two or
//! more occupations in two or more wordings: two to four words in a row, whatever
//! their endings, that name something and are 0.15 of the statements' words on
//! average. In half of these statements or more it must be seen to be a noun
//! phrase: after an article or a preposition, or at the beginning of a knowledge
//! statement, and before something that ends it. Statements of the group without
//! the phrase are not in the topic. What is in doubt has no heading.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::Topics;
use super::phrases::{Text, best_phrase};
use crate::concept::{ConceptIndex, Concepts, HeadingSource, Topic, TopicStatement};
use crate::map::{Kind, Map, Statement};
use crate::text::{Stems, slug};

/// The most topics of a group: each is searched in what those before it left.
const MOST: usize = 20;

/// A statement that no topic fits, and its concept.
struct Free<'m> {
    statement: Statement<'m>,
    concept: ConceptIndex,
    text: Text<'m>,
}

/// Topics of statements without one, by their headings. None has an id that is
/// taken.
pub(super) fn topics(map: &Map, assigned: &Topics, concepts: &Concepts) -> Vec<Topic> {
    let mut found: BTreeMap<String, Topic> = BTreeMap::new();
    for mut group in groups(concepts, free(map, assigned, concepts)) {
        for _ in 0..MOST {
            let texts: Vec<&Text<'_>> = group.iter().map(|free| &free.text).collect();
            let Some(phrase) = best_phrase(&texts) else { break };
            let covered: BTreeMap<ConceptIndex, f64> =
                phrase.covers.iter().filter_map(|&(i, part)| Some((group.get(i)?.concept, part))).collect();
            let (own, others) = group.into_iter().partition::<Vec<_>, _>(|free| covered.contains_key(&free.concept));
            let new = || Topic::new(format!("map-{}", slug(&phrase.heading)), phrase.heading.as_str());
            let topic = found.remove(&phrase.heading).unwrap_or_else(|| new().with_source(HeadingSource::Map));
            // statements that say the same have one score
            let scored = own.iter().filter_map(|free| Some((free.statement.index(), *covered.get(&free.concept)?)));
            let statements = topic.statements.iter().copied();
            let statements = statements.chain(scored.map(|(s, part)| TopicStatement::new(s, part))).collect();
            let taught = topic.concepts.iter().copied().chain(covered.keys().copied()).collect();
            found.insert(phrase.heading, topic.with_statements(statements).with_concepts(taught));
            group = others;
        }
    }
    let mut taken: BTreeSet<String> = assigned.topics().iter().map(|topic| topic.id.clone()).collect();
    found.into_values().filter(|topic| taken.insert(topic.id.clone())).collect()
}

/// The statements of the run without a topic, if nothing that says the same has
/// one.
fn free<'m>(map: &'m Map, assigned: &Topics, concepts: &Concepts) -> Vec<Free<'m>> {
    let mut stems = Stems::default();
    free_statements(map, assigned, concepts)
        .map(|(statement, concept)| {
            let occupation = statement.occupation().id();
            let text = Text::new(occupation, statement.kind() == Kind::Knowledge, statement.text(), &mut stems);
            Free { statement, concept, text }
        })
        .collect()
}

/// The same without their texts.
pub(super) fn free_statements<'m>(
    map: &'m Map,
    assigned: &Topics,
    concepts: &Concepts,
) -> impl Iterator<Item = (Statement<'m>, ConceptIndex)> {
    let has_none = |s: Statement<'_>| assigned.number(s).is_some() && assigned.of_statement(s).is_empty();
    let is_free = |concept: ConceptIndex| {
        let statements = concepts.get(concept).map_or(&[][..], |concept| concept.statements());
        statements.iter().filter_map(|s| map.statement_at(*s)).all(|s| assigned.of_statement(s).is_empty())
    };
    map.statements().filter(move |s| has_none(*s)).filter_map(move |statement| {
        // a bundle, of several concepts, is no part of one topic
        let [concept] = *concepts.of(statement.index()) else { return None };
        is_free(concept).then_some((statement, concept))
    })
}

/// Statements that share a concept or overlap with one another.
fn groups<'m>(concepts: &Concepts, free: Vec<Free<'m>>) -> Vec<Vec<Free<'m>>> {
    let mut leads_to: BTreeMap<ConceptIndex, ConceptIndex> =
        free.iter().map(|free| (free.concept, free.concept)).collect();
    for overlap in concepts.overlaps() {
        let [Some(a), Some(b)] = overlap.concepts.map(|concept| first(&leads_to, concept)) else { continue };
        leads_to.insert(a.max(b), a.min(b));
    }
    let mut groups: BTreeMap<ConceptIndex, Vec<Free<'m>>> = BTreeMap::new();
    for free in free {
        groups.entry(first(&leads_to, free.concept).unwrap_or(free.concept)).or_default().push(free);
    }
    groups.into_values().collect()
}

/// The concept at which a chain ends; none for one that is not free.
fn first(leads_to: &BTreeMap<ConceptIndex, ConceptIndex>, mut concept: ConceptIndex) -> Option<ConceptIndex> {
    loop {
        let next = *leads_to.get(&concept)?;
        if next == concept {
            return Some(concept);
        }
        concept = next;
    }
}
