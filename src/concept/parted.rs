//! Concepts with one of them split, or two together, to see what that would change:
//! without the cost of finding central wordings for all of them again.

use std::collections::BTreeMap;

use super::topics::Overlap;
use super::{ConceptIndex, Concepts};
use crate::map::{Map, StatementIndex};
use crate::order;

impl Concepts {
    /// Returns the concepts with the statements of one as statements of another, as
    /// [`Concepts::merged`] does it, but without renumbering: the first is then empty.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements and overlaps.
    pub(crate) fn together(&self, map: &Map, from: ConceptIndex, into: ConceptIndex) -> Concepts {
        let mut together = self.clone();
        let (Some(giver), Some(taker)) = (self.entries.get(from.index()), self.entries.get(into.index())) else {
            return together;
        };
        for statement in &giver.members {
            together.of_statement(*statement).iter_mut().filter(|of| **of == from).for_each(|of| *of = into);
        }
        let mut members: Vec<StatementIndex> = giver.members.iter().chain(&taker.members).copied().collect();
        members.sort_unstable();
        members.dedup();
        let is_taught = self.topics.iter().flatten().any(|topic| topic.concepts.contains(&into));
        for topic in together.topics.iter_mut().flatten() {
            if let Ok(at) = topic.concepts.binary_search(&from) {
                topic.concepts.remove(at);
                // one without a topic takes that of the other
                if !is_taught && let Err(at) = topic.concepts.binary_search(&into) {
                    topic.concepts.insert(at, into);
                }
            }
        }
        let mut overlaps: BTreeMap<[ConceptIndex; 2], f64> = BTreeMap::new();
        for Overlap { concepts, score } in &self.overlaps {
            let [a, b] = concepts.map(|concept| if concept == from { into } else { concept });
            if a != b {
                let best = overlaps.entry([a.min(b), a.max(b)]).or_insert(*score);
                *best = best.max(*score);
            }
        }
        together.overlaps = overlaps.into_iter().map(|(concepts, score)| Overlap::new(concepts, score)).collect();
        let central = self.central(map, into, &members);
        if let Some(entry) = together.entries.get_mut(into.index()) {
            entry.central = central.unwrap_or(entry.central);
            entry.members = members;
        }
        if let Some(entry) = together.entries.get_mut(from.index()) {
            entry.members.clear();
            entry.preferred.clear();
        }
        together
    }

    /// The concepts of a statement.
    fn of_statement(&mut self, statement: StatementIndex) -> &mut [ConceptIndex] {
        let ends = [0, 1].map(|next| self.starts.get(statement.index() + next).map_or(0, |at| *at as usize));
        self.of.get_mut(ends[0]..ends[1]).unwrap_or_default()
    }

    /// Returns the concepts with one of them split: each of the parts becomes a concept
    /// of its own, and what is in none stays. The new ones have numbers after all others,
    /// are taught under the topic of the old one, and overlap with it and with all that
    /// it overlaps.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements and overlaps.
    pub(crate) fn parted(&self, map: &Map, concept: ConceptIndex, parts: &[Vec<StatementIndex>]) -> Concepts {
        let mut parted = self.clone();
        let Some(old) = self.entries.get(concept.index()) else { return parted };
        for (part, number) in parts.iter().zip(1..) {
            let new = ConceptIndex(parted.entries.len() as u32);
            for statement in part {
                let of = parted.of_statement(*statement).iter_mut();
                of.filter(|of| **of == concept).for_each(|of| *of = new);
            }
            let mut entry = old.clone();
            let is_taken = |id: &str| self.entries.iter().any(|other| *other.id == *id);
            entry.id = crate::text::unused(format!("{}-{number}", old.id), is_taken).into();
            entry.members.clone_from(part);
            entry.members.sort_unstable();
            entry.preferred.retain(|statement| part.contains(statement));
            entry.central = self.central(map, concept, &entry.members).unwrap_or(entry.central);
            parted.entries.push(entry);
            for topic in parted.topics.iter_mut().flatten().filter(|topic| topic.concepts.contains(&concept)) {
                topic.concepts.push(new);
            }
            let mut overlaps = vec![Overlap::new([concept, new], 1.0)];
            for Overlap { concepts: [a, b], score } in &self.overlaps {
                let other = if *a == concept { *b } else { *a };
                if *a == concept || *b == concept {
                    overlaps.push(Overlap::new([other, new], *score));
                }
            }
            parted.overlaps.extend(overlaps);
        }
        let left = |statement: &StatementIndex| !parts.iter().any(|part| part.contains(statement));
        if let Some(entry) = parted.entries.get_mut(concept.index()) {
            entry.members.retain(left);
            entry.preferred.retain(left);
            let central = self.central(map, concept, &entry.members);
            entry.central = central.unwrap_or(entry.central);
        }
        order::by_key(&mut parted.overlaps, |overlap| overlap.concepts);
        parted
    }
}
