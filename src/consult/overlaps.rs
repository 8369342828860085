//! What an occupation shares with others: concepts and topics.

use std::collections::{BTreeSet, HashMap};

use super::concepts_of;
use super::model::{KnownOccupation, Overlap, PairedStatement};
use crate::change::likeness;
use crate::concept::{ConceptIndex, Concepts, Gained, Joins, Topic};
use crate::derive::TopicName;
use crate::map::{Map, Occupation, OccupationIndex, Statement};
use crate::order;

/// The number of overlaps listed.
pub(super) const OVERLAPS: usize = 8;

/// What an occupation says, in the concepts and topics of a map that need not have it.
pub(super) struct Said<'a> {
    /// Each statement, with the concepts of the map that it belongs to.
    statements: Vec<(Statement<'a>, Vec<ConceptIndex>)>,
    /// The topics on which it has a statement.
    topics: Vec<&'a Topic>,
    /// How many concepts it has, with those of its own.
    pub(super) concepts: usize,
}

impl<'a> Said<'a> {
    /// What an occupation of the map says.
    pub(super) fn of(concepts: &'a Concepts, own: Occupation<'a>) -> Self {
        Said {
            statements: own.statements().map(|s| (s, concepts.of(s.index()).to_vec())).collect(),
            topics: concepts.topics().iter().filter(|topic| is_on(topic, own)).collect(),
            concepts: concepts_of(concepts, own).len(),
        }
    }

    /// What a new occupation says.
    pub(super) fn of_new(gained: &'a Gained, own: Occupation<'a>) -> Self {
        let known = |joins: Option<Joins>| match joins {
            Some(Joins::Known(concept)) => vec![concept],
            _ => Vec::new(),
        };
        let statements: Vec<_> = own.statements().zip(&gained.statements).map(|(s, own)| (s, known(own.1))).collect();
        let joined: BTreeSet<ConceptIndex> = statements.iter().flat_map(|(_, of)| of.iter().copied()).collect();
        let on: BTreeSet<usize> = gained.on.iter().flatten().map(|(topic, _)| *topic).collect();
        Said {
            statements,
            topics: on.into_iter().filter_map(|topic| gained.topics.as_ref()?.get(topic)).collect(),
            concepts: joined.len() + gained.new.len(),
        }
    }
}

/// Whether a topic has a statement of the occupation.
pub(super) fn is_on(topic: &Topic, occupation: Occupation<'_>) -> bool {
    let own = occupation.statement_range();
    topic.statements.iter().any(|on| own.contains(&on.statement.0))
}

/// What an occupation shares with others: those that share most concepts and topics first,
/// then the most alike; ties: the order of the map.
pub(super) fn overlaps<'m>(
    (map, concepts): (&'m Map, &Concepts),
    own: &Said<'_>,
    others: impl Iterator<Item = Occupation<'m>>,
    alike: &HashMap<&str, f64>,
) -> Vec<Overlap> {
    let holders = |statements: &mut dyn Iterator<Item = Option<Statement<'m>>>| -> BTreeSet<OccupationIndex> {
        statements.flatten().map(|s| s.occupation().index()).collect()
    };
    let mine: BTreeSet<ConceptIndex> = own.statements.iter().flat_map(|(_, of)| of.iter().copied()).collect();
    let mut shared = vec![0_usize; map.occupations().len()];
    for concept in mine.iter().filter_map(|concept| concepts.get(*concept)) {
        let having = holders(&mut concept.statements().iter().map(|s| map.statement_at(*s)));
        having.into_iter().for_each(|other| shared[other.index()] += 1);
    }
    let of_topic = |topic: &&'_ Topic| holders(&mut topic.statements.iter().map(|on| map.statement_at(on.statement)));
    let topics: Vec<(&Topic, BTreeSet<OccupationIndex>)> =
        own.topics.iter().map(|topic| (*topic, of_topic(topic))).collect();
    let mut found: Vec<(usize, usize, f64, Occupation<'m>)> = others
        .map(|other| {
            let score = alike.get(other.id()).copied().unwrap_or(0.0);
            let taught = topics.iter().filter(|(_, holders)| holders.contains(&other.index())).count();
            (shared[other.index().index()], taught, score, other)
        })
        .filter(|(shared, topics, score, _)| shared + topics > 0 || *score > 0.0)
        .collect();
    // stable: ties stay in the order of the map
    order::by(&mut found, |a, b| (b.0 + b.1).cmp(&(a.0 + a.1)).then(b.2.total_cmp(&a.2)));
    found.truncate(OVERLAPS);
    let overlap = |(shared, _, likeness, other): (usize, usize, f64, Occupation<'m>)| Overlap {
        occupation: KnownOccupation::of(other),
        likeness,
        shared,
        of: own.concepts,
        of_other: concepts_of(concepts, other).len(),
        topics: (topics.iter().filter(|(_, holders)| holders.contains(&other.index())))
            .map(|(topic, _)| TopicName::of(topic))
            .collect(),
        statements: paired(concepts, own, other),
    };
    found.into_iter().map(overlap).collect()
}

/// The statements of one occupation that say the same as the other's, each with
/// the first such statement of the other.
fn paired(concepts: &Concepts, own: &Said<'_>, other: Occupation<'_>) -> Vec<PairedStatement> {
    let mut first = HashMap::new();
    for statement in other.statements() {
        for concept in concepts.of(statement.index()) {
            first.entry(*concept).or_insert(statement);
        }
    }
    let pair = |(s, of): &(Statement<'_>, Vec<ConceptIndex>)| {
        let same = of.iter().find_map(|concept| first.get(concept))?;
        Some(PairedStatement {
            kind: s.kind(),
            statement: s.id().to_owned(),
            text: s.text().to_owned(),
            other: same.id().to_owned(),
            other_text: same.text().to_owned(),
            likeness: likeness(s.text(), same.text()),
        })
    };
    own.statements.iter().filter_map(pair).collect()
}
