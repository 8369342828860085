//! The concepts of some routes of a map.

use super::{ConceptIndex, Concepts, Entry, Overlap, Topic, TopicStatement};
use crate::map::{Map, StatementIndex};
use crate::order;

impl Concepts {
    /// Returns the concepts of a part of the map, in their order: of `old_of`, the numbers
    /// here of its statements. What concepts and topics have elsewhere is left out, and
    /// near misses are.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements, topics and overlaps of the whole map, plus the central
    /// wordings of the part.
    pub(crate) fn part(&self, map: &Map, old_of: &[StatementIndex]) -> Concepts {
        self.part_by(map, old_of, |concept| concept)
    }

    /// Like [`Concepts::part`], of a part in which statements come to other places: the
    /// concepts are in the order that [`Concepts::reordered`] gives them on the whole map,
    /// if `place` is where a statement comes there.
    pub(crate) fn part_moved<P: Ord>(
        &self,
        map: &Map,
        old_of: &[StatementIndex],
        place: impl Fn(StatementIndex) -> P,
    ) -> Concepts {
        self.part_by(map, old_of, |concept| {
            let Entry { id, members, .. } = &self.entries[concept.index()];
            let first = members.iter().copied().min_by_key(|s| place(*s));
            // a bundle's own concept comes first, the others by id
            first.map(|first| (place(first), self.of(first).first() != Some(&concept), id))
        })
    }

    fn part_by<K: Ord>(&self, map: &Map, old_of: &[StatementIndex], key: impl Fn(ConceptIndex) -> K) -> Concepts {
        let (mut part, mut new_of) = self.in_order(map, old_of);
        let mut keys: Vec<(ConceptIndex, K)> = new_of.iter().map(|(old, new)| (*new, key(*old))).collect();
        keys.sort_unstable_by_key(|(new, _)| *new);
        let keys: Vec<K> = keys.into_iter().map(|(_, key)| key).collect();
        let number = part.put_in_order(&keys);
        new_of.values_mut().for_each(|new| *new = number[new.index()]);
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
        order::by_key(&mut overlaps, |overlap| overlap.concepts);
        Concepts { topics, overlaps, wording: self.wording, ..part }
    }

    /// Puts the concepts into the order of such keys, one for each: returns their new
    /// numbers.
    pub(super) fn put_in_order<P: Ord>(&mut self, keys: &[P]) -> Vec<ConceptIndex> {
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_unstable_by_key(|was| (&keys[*was], *was));
        let mut number = vec![ConceptIndex(0); order.len()];
        for (was, is) in order.into_iter().zip(0..) {
            number[was] = ConceptIndex(is);
        }
        let mut entries: Vec<(ConceptIndex, Entry)> =
            number.iter().copied().zip(std::mem::take(&mut self.entries)).collect();
        entries.sort_unstable_by_key(|(is, _)| *is);
        self.entries = entries.into_iter().map(|(_, entry)| entry).collect();
        self.of.iter_mut().for_each(|of| *of = number[of.index()]);
        number
    }
}

fn without_statements(topic: &Topic) -> Topic {
    Topic::new(topic.id.clone(), topic.heading.clone()).with_source(topic.source).with_nature(topic.nature)
}
