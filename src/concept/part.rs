//! The concepts of some routes of a map.

use super::{ConceptIndex, Concepts, Overlap, Topic, TopicStatement};
use crate::map::{Map, StatementIndex};

impl Concepts {
    /// Returns the concepts of a part of the map: of `old_of`, the numbers here of its
    /// statements. What concepts and topics have elsewhere is left out, and near misses
    /// are.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements, topics and overlaps of the whole map, plus the central
    /// wordings of the part.
    pub(crate) fn part(&self, map: &Map, old_of: &[StatementIndex]) -> Concepts {
        let (mut part, new_of) = self.in_order(map, old_of);
        let mut statements: Vec<Option<StatementIndex>> = vec![None; self.starts.len().saturating_sub(1)];
        for (new, old) in (0..).map(StatementIndex).zip(old_of) {
            statements[old.index()] = Some(new);
        }
        let new_statement = |old: StatementIndex| statements.get(old.index()).copied().flatten();
        if self.any_preferred {
            for (old, new) in &new_of {
                let preferred = self.entries[old.index()].preferred.iter();
                part.entries[new.index()].preferred = preferred.filter_map(|s| new_statement(*s)).collect();
            }
            part.any_preferred = true;
            part.find_central(map);
        }
        let own = |concept: &ConceptIndex| new_of.get(concept).copied();
        let topics = self.topics.as_ref().map(|topics| {
            let topics = topics.iter().filter_map(|topic| {
                let on = topic.statements.iter();
                let on: Vec<TopicStatement> =
                    on.filter_map(|on| Some(TopicStatement::new(new_statement(on.statement)?, on.score))).collect();
                let taught = topic.concepts.iter().filter_map(own).collect();
                (!on.is_empty()).then(|| without_statements(topic).with_statements(on).with_concepts(taught))
            });
            topics.collect()
        });
        let both = |overlap: &Overlap| {
            let [a, b] = overlap.concepts;
            let (a, b) = (own(&a)?, own(&b)?);
            Some(Overlap::new([a.min(b), a.max(b)], overlap.score))
        };
        let mut overlaps: Vec<Overlap> = self.overlaps.iter().filter_map(both).collect();
        overlaps.sort_by_key(|overlap| overlap.concepts);
        Concepts { topics, overlaps, wording: self.wording, ..part }
    }
}

fn without_statements(topic: &Topic) -> Topic {
    Topic::new(topic.id.clone(), topic.heading.clone()).with_source(topic.source).with_nature(topic.nature)
}
