//! The topics of statements and concepts, ready to be looked up.

use crate::concept::{ConceptIndex, Concepts, Nature, Topic};
use crate::derive::item::TopicName;
use crate::map::{Map, StatementIndex};
use crate::order;

/// The topics of statements and concepts. Topics are known by their number in
/// [`Concepts::topics`].
pub(in crate::derive) struct TopicTable<'c> {
    topics: &'c [Topic],
    /// Their names, which items share.
    names: Vec<TopicName>,
    /// The topic of each concept.
    of_concept: Vec<Option<usize>>,
    /// The concepts of each topic, sorted.
    taught: Vec<Vec<ConceptIndex>>,
    /// Where the topics of each statement begin.
    starts: Vec<usize>,
    on: Vec<(usize, f64)>,
    /// The concepts of each topic that overlap, with their scores.
    overlaps: Vec<Vec<([ConceptIndex; 2], f64)>>,
}

impl<'c> TopicTable<'c> {
    pub(in crate::derive) fn new(map: &Map, concepts: &'c Concepts) -> Self {
        let topics = concepts.topics();
        let mut of_concept = vec![None; concepts.len()];
        for (number, topic) in topics.iter().enumerate() {
            for concept in &topic.concepts {
                // a concept has one topic: the first that names it
                if let Some(of @ None) = of_concept.get_mut(concept.index()) {
                    *of = Some(number);
                }
            }
        }
        let mut taught = vec![Vec::new(); topics.len()];
        for (concept, of) in concepts.iter().zip(&of_concept) {
            if let Some(topic) = of {
                taught[*topic].push(concept.index());
            }
        }
        let mut on: Vec<(StatementIndex, usize, f64)> = (topics.iter().enumerate())
            .flat_map(|(number, topic)| topic.statements.iter().map(move |s| (s.statement, number, s.score)))
            .collect();
        order::by(&mut on, |a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        on.dedup_by_key(|(statement, topic, _)| (*statement, *topic));
        let starts = (0..=map.statements().len()).map(|s| on.partition_point(|(of, ..)| of.index() < s)).collect();
        let mut overlaps = vec![Vec::new(); topics.len()];
        for overlap in concepts.overlaps() {
            let [a, b] = overlap.concepts.map(|c| of_concept.get(c.index()).copied().flatten());
            if let (Some(topic), true) = (a, a == b) {
                let [a, b] = overlap.concepts;
                overlaps[topic].push(([a.min(b), a.max(b)], overlap.score));
            }
        }
        let on = on.into_iter().map(|(_, topic, score)| (topic, score)).collect();
        let names = topics.iter().map(TopicName::of).collect();
        TopicTable { topics, names, of_concept, taught, starts, on, overlaps }
    }

    /// How many topics there are.
    pub(in crate::derive) fn len(&self) -> usize {
        self.topics.len()
    }

    pub(in crate::derive) fn topic(&self, number: usize) -> &'c Topic {
        &self.topics[number]
    }

    pub(in crate::derive) fn name(&self, number: usize) -> TopicName {
        self.names[number].clone()
    }

    /// The number of the topic with that id.
    pub(in crate::derive) fn number(&self, id: &str) -> Option<usize> {
        self.topics.iter().position(|topic| topic.id == id)
    }

    pub(in crate::derive) fn is_general(&self, number: usize) -> bool {
        self.topic(number).nature == Nature::General
    }

    /// The topic under which a concept is taught.
    pub(in crate::derive) fn of_concept(&self, concept: ConceptIndex) -> Option<usize> {
        self.of_concept.get(concept.index()).copied().flatten()
    }

    /// The concepts that are taught under a topic, sorted.
    pub(in crate::derive) fn taught(&self, topic: usize) -> &[ConceptIndex] {
        &self.taught[topic]
    }

    /// The topics of a statement with their scores, in order.
    pub(in crate::derive) fn of_statement(&self, statement: StatementIndex) -> &[(usize, f64)] {
        match self.starts.get(statement.index()..statement.index() + 2) {
            Some(&[start, end]) => &self.on[start..end],
            _ => &[],
        }
    }

    /// How much speaks for a topic of a statement; 0 if it is not one.
    pub(in crate::derive) fn score(&self, statement: StatementIndex, topic: usize) -> f64 {
        self.of_statement(statement).iter().find(|(of, _)| *of == topic).map_or(0.0, |(_, score)| *score)
    }

    /// The pairs of concepts of a topic that overlap.
    pub(in crate::derive) fn overlaps(&self, topic: usize) -> &[([ConceptIndex; 2], f64)] {
        &self.overlaps[topic]
    }
}
