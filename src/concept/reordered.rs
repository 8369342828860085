//! The same concepts for a map that has the same statements in another order.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{ConceptIndex, Concepts, Entry, Wording};
use crate::map::{Map, StatementIndex};
use crate::order;

/// The new numbers of concepts, by their old ones.
pub(super) type NewNumbers = HashMap<ConceptIndex, ConceptIndex, RandomState>;

impl Concepts {
    /// Returns these concepts for a map with the same statements, in the same wordings,
    /// in another order: `old_of` is the number here of each of its statements. The same
    /// as [`Concepts::from_groups`] of the same sets, without reading any text. Topics,
    /// overlaps, near misses and preferred statements are not carried.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements and their concepts, plus the central wordings.
    pub(crate) fn reordered(&self, map: &Map, old_of: &[StatementIndex]) -> Concepts {
        self.in_order(map, old_of).0
    }

    /// Like [`Concepts::reordered`], of some statements or all; also returns the new
    /// numbers of the concepts that they have.
    pub(super) fn in_order(&self, map: &Map, old_of: &[StatementIndex]) -> (Concepts, NewNumbers) {
        let most = self.entries.len().min(old_of.len());
        let mut number_of = NewNumbers::with_capacity_and_hasher(most, RandomState::default());
        let mut entries: Vec<Entry> = Vec::with_capacity(most);
        let (mut of, mut starts) = (Vec::with_capacity(self.of.len()), Vec::with_capacity(old_of.len() + 1));
        starts.push(0);
        let mut own: Vec<ConceptIndex> = Vec::new();
        for (statement, old) in (0..).map(StatementIndex).zip(old_of) {
            own.clear();
            own.extend(self.of(*old));
            // a bundle's own concept comes first, the others by id
            if let Some((_, others)) = own.split_first_mut() {
                order::by_key(others, |concept| &self.entries[concept.index()].id);
            }
            for concept in &own {
                let next = ConceptIndex(entries.len() as u32);
                let number = *number_of.entry(*concept).or_insert_with(|| {
                    let Entry { id, kind, label, .. } = &self.entries[concept.index()];
                    let (id, label) = (id.clone(), label.clone());
                    let (members, preferred) = (Vec::new(), Vec::new());
                    entries.push(Entry { id, kind: *kind, label, members, preferred, central: statement });
                    next
                });
                entries[number.index()].members.push(statement);
                of.push(number);
            }
            starts.push(of.len() as u32);
        }
        let mut concepts = Concepts {
            entries,
            of,
            starts,
            words: self.words.reordered(old_of),
            map_fingerprint: map.fingerprint(),
            wording: Wording::Judged,
            topics: None,
            overlaps: Vec::new(),
            near: Vec::new(),
            any_preferred: false,
        };
        concepts.find_central(map);
        (concepts, number_of)
    }

    /// Finds the central statement of each concept.
    pub(super) fn find_central(&mut self, map: &Map) {
        let central: Vec<_> = self.iter().map(|c| self.central(map, c.index(), c.statements())).collect();
        for (entry, central) in self.entries.iter_mut().zip(central) {
            entry.central = central.unwrap_or(entry.central);
        }
    }
}
