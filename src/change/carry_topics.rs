//! The topics and overlaps of concepts that were carried over to another map.

use std::collections::BTreeMap;

use super::matching::statements::Pairs;
use crate::concept::{ConceptIndex, Concepts, Overlap, Topic, TopicStatement};
use crate::map::{Map, Statement, StatementIndex};

/// The concepts of both maps, and those that were carried over.
pub(super) struct Carried<'a> {
    pub(super) old: (&'a Map, &'a Concepts),
    pub(super) new: &'a Map,
    /// What new and reworded statements have, if there are any.
    pub(super) fresh: Option<&'a Concepts>,
    pub(super) pairs: &'a Pairs,
    pub(super) concepts: Concepts,
}

impl Carried<'_> {
    /// The concepts with their topics, if those of the old map have topics, and
    /// with the pairs that overlap.
    pub(super) fn with_topics(self) -> Concepts {
        let overlaps = self.overlaps();
        let topics = self.old.1.has_topics().then(|| self.topics());
        let concepts = self.concepts.with_overlaps(overlaps);
        match topics {
            Some(topics) => concepts.with_topics(topics),
            None => concepts,
        }
    }

    /// The statement of the old map whose topics a statement keeps: one in the
    /// same wording, at the same level.
    fn kept(&self, statement: Statement<'_>) -> Option<StatementIndex> {
        let was = self.pairs.old_of(statement.index()).and_then(|was| self.old.0.statement_at(was))?;
        let same = was.text() == statement.text() && was.occupation().level() == statement.occupation().level();
        same.then_some(was.index())
    }

    /// The topics of the old map, each followed by the new ones that follow it
    /// in the fresh concepts.
    fn topics(&self) -> Vec<Topic> {
        let mut all: Vec<Topic> = self.old.1.topics().to_vec();
        let mut place = 0;
        for topic in self.fresh.map_or(&[][..], Concepts::topics) {
            match all.iter().position(|known| known.id == topic.id) {
                Some(at) => place = at + 1,
                None => {
                    all.insert(place, topic.clone());
                    place += 1;
                }
            }
        }
        let numbers: BTreeMap<String, usize> = all.iter().enumerate().map(|(i, t)| (t.id.clone(), i)).collect();
        let of = |topics: &[Topic]| -> BTreeMap<StatementIndex, Vec<(usize, f64)>> {
            let mut of: BTreeMap<StatementIndex, Vec<(usize, f64)>> = BTreeMap::new();
            for topic in topics {
                if let Some(&number) = numbers.get(&topic.id) {
                    topic.statements.iter().for_each(|s| of.entry(s.statement).or_default().push((number, s.score)));
                }
            }
            of
        };
        let (was, fresh) = (of(self.old.1.topics()), of(self.fresh.map_or(&[][..], Concepts::topics)));
        let mut statements: Vec<Vec<TopicStatement>> = vec![Vec::new(); all.len()];
        let mut weights: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); self.concepts.len()];
        for statement in self.new.statements() {
            let index = statement.index();
            let own = match self.kept(statement) {
                Some(kept) => was.get(&kept),
                None => fresh.get(&index),
            };
            for &(topic, score) in own.into_iter().flatten() {
                statements[topic].push(TopicStatement::new(index, score));
                for concept in self.concepts.of(index) {
                    if let Some(weights) = weights.get_mut(concept.index()) {
                        *weights.entry(topic).or_default() += score;
                    }
                }
            }
        }
        let taught_by = |concepts: &Concepts| -> BTreeMap<String, usize> {
            let mut by = BTreeMap::new();
            for topic in concepts.topics() {
                let Some(&number) = numbers.get(&topic.id) else { continue };
                for concept in topic.concepts.iter().filter_map(|c| concepts.get(*c)) {
                    by.entry(concept.id().to_owned()).or_insert(number);
                }
            }
            by
        };
        let was_taught = taught_by(self.old.1);
        let mut taught: Vec<Vec<ConceptIndex>> = vec![Vec::new(); all.len()];
        for (concept, weights) in self.concepts.iter().zip(&weights) {
            // its own topic, unless none of its statements has it any longer
            let own = was_taught.get(concept.id()).filter(|own| weights.contains_key(own)).copied();
            // of equal sums the earlier topic wins
            let most = || weights.iter().rev().max_by(|a, b| a.1.total_cmp(b.1)).map(|(topic, _)| *topic);
            if let Some(topic) = own.or_else(most) {
                taught[topic].push(concept.index());
            }
        }
        let parts = statements.into_iter().zip(taught);
        (all.into_iter().zip(parts))
            .filter(|(_, (statements, _))| !statements.is_empty())
            .map(|(topic, (statements, taught))| topic.with_statements(statements).with_concepts(taught))
            .collect()
    }

    /// The pairs of the old map that are still there, and the fresh ones of new
    /// or reworded statements.
    fn overlaps(&self) -> Vec<Overlap> {
        let ids: BTreeMap<&str, ConceptIndex> = self.concepts.iter().map(|c| (c.id(), c.index())).collect();
        let kept = |old: ConceptIndex| self.old.1.get(old).and_then(|concept| ids.get(concept.id())).copied();
        let mut best: BTreeMap<[ConceptIndex; 2], f64> = BTreeMap::new();
        let mut add = |a: ConceptIndex, b: ConceptIndex, score: f64| {
            if a != b {
                let most = best.entry([a.min(b), a.max(b)]).or_insert(score);
                *most = most.max(score);
            }
        };
        for overlap in self.old.1.overlaps() {
            if let [Some(a), Some(b)] = overlap.concepts.map(kept) {
                add(a, b, overlap.score);
            }
        }
        let all = |best: BTreeMap<[ConceptIndex; 2], f64>| {
            best.into_iter().map(|(concepts, score)| Overlap::new(concepts, score)).collect()
        };
        let Some(all_fresh) = self.fresh else { return all(best) };
        let is_new = |s: &StatementIndex| {
            let same = |s: Statement<'_>| {
                let was = self.pairs.old_of(s.index()).and_then(|was| self.old.0.statement_at(was));
                was.is_some_and(|was| was.text() == s.text())
            };
            !self.new.statement_at(*s).is_some_and(same)
        };
        // the concepts of a fresh concept's statements, and whether any of these is new
        let of = |fresh: ConceptIndex| -> (Vec<ConceptIndex>, bool) {
            let statements = all_fresh.get(fresh).map_or(&[][..], |concept| concept.statements());
            let mut of: Vec<ConceptIndex> =
                statements.iter().filter_map(|s| self.concepts.of(*s).first().copied()).collect();
            of.sort_unstable();
            of.dedup();
            (of, statements.iter().any(is_new))
        };
        for overlap in all_fresh.overlaps() {
            let [(of_a, new_a), (of_b, new_b)] = overlap.concepts.map(of);
            if new_a || new_b {
                for a in &of_a {
                    of_b.iter().for_each(|b| add(*a, *b, overlap.score));
                }
            }
        }
        all(best)
    }
}
