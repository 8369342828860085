//! Whether statements have the same topics in two maps.

use std::collections::BTreeMap;

use super::effects::programmes::Matched;
use crate::concept::{ConceptIndex, Concepts, Nature};
use crate::map::StatementIndex;

/// The topics and overlaps of two maps' concepts, ready to be compared. If
/// neither side has topics, everything is the same.
pub(super) struct SameTopics<'a> {
    sides: Option<[Side<'a>; 2]>,
    concepts: [&'a Concepts; 2],
    matched: &'a Matched,
}

/// The topics of one map, by their ids.
#[derive(Default)]
struct Side<'a> {
    natures: BTreeMap<&'a str, (Nature, usize)>,
    of_statement: BTreeMap<StatementIndex, Vec<&'a str>>,
    taught: BTreeMap<ConceptIndex, &'a str>,
    /// By concept, the others that it overlaps, with the bits of their scores.
    overlaps: BTreeMap<ConceptIndex, Vec<(ConceptIndex, u64)>>,
}

impl<'a> Side<'a> {
    fn new(concepts: &'a Concepts) -> Self {
        let mut side = Side::default();
        for (place, topic) in concepts.topics().iter().enumerate() {
            side.natures.insert(&topic.id, (topic.nature, place));
            for on in &topic.statements {
                side.of_statement.entry(on.statement).or_default().push(&topic.id);
            }
            for concept in &topic.concepts {
                side.taught.entry(*concept).or_insert(&topic.id);
            }
        }
        for overlap in concepts.overlaps() {
            let [a, b] = overlap.concepts;
            let score = overlap.score.to_bits();
            side.overlaps.entry(a).or_default().push((b, score));
            side.overlaps.entry(b).or_default().push((a, score));
        }
        side
    }

    fn on(&self, statement: StatementIndex) -> &[&'a str] {
        self.of_statement.get(&statement).map_or(&[], Vec::as_slice)
    }

    fn overlaps(&self, concept: ConceptIndex) -> &[(ConceptIndex, u64)] {
        self.overlaps.get(&concept).map_or(&[], Vec::as_slice)
    }
}

impl<'a> SameTopics<'a> {
    pub(super) fn new(old: &'a Concepts, new: &'a Concepts, matched: &'a Matched) -> Self {
        let is_needed = old.has_topics() || new.has_topics();
        let sides = is_needed.then(|| [old, new].map(Side::new));
        SameTopics { sides, concepts: [old, new], matched }
    }

    /// Whether a topic that both maps have is of another nature, or in another
    /// place among the others, or only one map has topics.
    pub(super) fn is_other_vocabulary(&self) -> bool {
        let Some([was, is]) = &self.sides else { return false };
        let [old, new] = self.concepts;
        let common = |a: &Side<'a>, b: &Side<'a>| -> Vec<(&'a str, Nature)> {
            let mut common: Vec<(usize, &str, Nature)> = (a.natures.iter())
                .filter(|(id, _)| b.natures.contains_key(*id))
                .map(|(id, (nature, place))| (*place, *id, *nature))
                .collect();
            common.sort_unstable();
            common.into_iter().map(|(_, id, nature)| (id, nature)).collect()
        };
        old.has_topics() != new.has_topics() || common(was, is) != common(is, was)
    }

    /// Whether a statement has the same topics in both maps, and its concepts are
    /// taught under the same topics and overlap the same others.
    pub(super) fn same(&self, was: StatementIndex, is: StatementIndex) -> bool {
        let Some([old, new]) = &self.sides else { return true };
        let same_concept = |was: &ConceptIndex| {
            let Some(is) = self.matched.new_of(*was) else { return false };
            let (overlapped, overlaps) = (old.overlaps(*was), new.overlaps(is));
            let same_overlap = |(other, score): &(ConceptIndex, u64)| {
                self.matched.new_of(*other).is_some_and(|other| overlaps.contains(&(other, *score)))
            };
            old.taught.get(was) == new.taught.get(&is)
                && overlapped.len() == overlaps.len()
                && overlapped.iter().all(same_overlap)
        };
        old.on(was) == new.on(is) && self.concepts[0].of(was).iter().all(same_concept)
    }
}
