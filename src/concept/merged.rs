//! Merges concepts that people found to say the same.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::central::Words;
use super::topics::{Overlap, Topic};
use super::{ConceptIndex, Concepts, Near};
use crate::map::{Kind, Map, PathwayIndex, StatementIndex};

/// A merge of one concept into another: everywhere, or in some pathways.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Merge {
    /// The concept that gives its statements.
    pub from: ConceptIndex,
    /// The concept that takes them, and keeps its id, label and wording.
    pub into: ConceptIndex,
    /// The pathways whose statements it takes; empty for all.
    pub pathways: Vec<PathwayIndex>,
}

impl Merge {
    /// Returns a merge in the whole map.
    pub fn new(from: ConceptIndex, into: ConceptIndex) -> Self {
        Merge { from, into, pathways: Vec::new() }
    }

    /// Restricts the merge to some pathways.
    #[must_use]
    pub fn within(mut self, pathways: impl IntoIterator<Item = PathwayIndex>) -> Self {
        self.pathways.extend(pathways);
        self
    }
}

/// Why concepts cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// The concepts group the statements of another map.
    #[error("the concepts were made for another map; make them for this one before you merge them")]
    OtherMap,
    /// A number beyond the last concept, such as one from a larger map.
    #[error("there is no concept number {number}; the {len} concepts are numbered from 0")]
    NoSuchConcept {
        /// The number.
        number: usize,
        /// How many concepts there are.
        len: usize,
    },
    /// Two kinds: knowledge and a skill.
    #[error("\"{from}\" is {from_kind}, \"{into}\" is {into_kind}, and kinds are never joined")]
    MixedKinds {
        /// The id of one concept.
        from: String,
        /// Its kind.
        from_kind: Kind,
        /// The id of the other.
        into: String,
        /// Its kind.
        into_kind: Kind,
    },
}

impl Concepts {
    /// Returns the concepts with some of them merged, one merge after another:
    /// the statements of `from` become statements of `into`, in the pathways of
    /// the merge. A concept without any statement left is removed.
    ///
    /// The concept that takes the statements keeps its id, label, topic and
    /// wording: if it has statements of its own, one of those is shown. A pair
    /// of concepts that were almost joined and are now one is no longer listed
    /// as such. Concepts are renumbered; ids stay, and so does
    /// [`Concepts::wording`], because nearly all concepts are unchanged.
    ///
    /// # Errors
    ///
    /// [`MergeError`] if the concepts belong to another map or are of two
    /// kinds, or if a number belongs to no concept (`Merge::new` with two
    /// concepts of a larger map).
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::{Concepts, Merge};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let kind = concepts.iter().next().expect("has concepts").kind();
    /// let [a, b] = concepts.iter().filter(|c| c.kind() == kind).take(2).collect::<Vec<_>>()[..] else { panic!() };
    ///
    /// let merged = concepts.merged(&map, &[Merge::new(b.index(), a.index())])?;
    /// let one = merged.iter().find(|c| c.id() == a.id()).expect("is still there");
    /// assert_eq!(one.statements().len(), a.statements().len() + b.statements().len());
    /// assert!(merged.iter().all(|c| c.id() != b.id()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n + m p)` in the length of all texts, for `m` merges in `p` pathways.
    pub fn merged(&self, map: &Map, merges: &[Merge]) -> Result<Concepts, MergeError> {
        if !self.fits(map) {
            return Err(MergeError::OtherMap);
        }
        for merge in merges {
            let get = |index: ConceptIndex| {
                let unknown = MergeError::NoSuchConcept { number: index.index(), len: self.len() };
                self.entries.get(index.index()).ok_or(unknown)
            };
            let (from, into) = (get(merge.from)?, get(merge.into)?);
            if from.kind != into.kind {
                return Err(MergeError::MixedKinds {
                    from: from.id.to_string(),
                    from_kind: from.kind,
                    into: into.id.to_string(),
                    into_kind: into.kind,
                });
            }
        }
        if merges.is_empty() {
            return Ok(self.clone());
        }
        Ok(self.renumbered(map, &by_pathway(map, merges), merges))
    }

    fn renumbered(&self, map: &Map, target: &[BTreeMap<ConceptIndex, ConceptIndex>], merges: &[Merge]) -> Concepts {
        // by the old numbers, in the order of first statements
        let mut drafts: IndexMap<ConceptIndex, Vec<StatementIndex>> = IndexMap::new();
        let mut of: Vec<ConceptIndex> = Vec::with_capacity(self.of.len());
        let mut starts: Vec<u32> = vec![0];
        for occupation in map.occupations() {
            let target = &target[occupation.pathway().index().index()];
            for statement in occupation.statements() {
                let start = of.len();
                for old in self.of(statement.index()) {
                    let entry = drafts.entry(*target.get(old).unwrap_or(old));
                    let new = ConceptIndex(entry.index() as u32);
                    if !of[start..].contains(&new) {
                        entry.or_default().push(statement.index());
                        of.push(new);
                    }
                }
                starts.push(of.len() as u32);
            }
        }
        let words = Words::new(map, drafts.values());
        let takers: BTreeSet<ConceptIndex> = target.iter().flat_map(|target| target.values().copied()).collect();
        let new_of = |old: ConceptIndex| drafts.get_index_of(&old).map(|i| ConceptIndex(i as u32));
        // where a merged concept is found now: its own number, or that of the concept that took it
        let moved = |old: ConceptIndex| {
            let taken = || target.iter().find_map(|target| target.get(&old)).and_then(|into| new_of(*into));
            new_of(old).or_else(taken)
        };
        let mut topics = self.topics_with(merges);
        // a concept that took another keeps its own topic
        let mut taught: BTreeSet<ConceptIndex> =
            topics.iter().flatten().flat_map(|topic| &topic.concepts).filter_map(|c| new_of(*c)).collect();
        for topic in topics.iter_mut().flatten() {
            let mut own = |c: &ConceptIndex| new_of(*c).or_else(|| moved(*c).filter(|into| taught.insert(*into)));
            topic.concepts = topic.concepts.iter().filter_map(&mut own).collect::<BTreeSet<_>>().into_iter().collect();
        }
        let mut overlapping: BTreeMap<[ConceptIndex; 2], f64> = BTreeMap::new();
        for Overlap { concepts: [a, b], score } in &self.overlaps {
            if let (Some(a), Some(b)) = (moved(*a), moved(*b))
                && a != b
            {
                let best = overlapping.entry([a.min(b), a.max(b)]).or_insert(*score);
                *best = best.max(*score);
            }
        }
        let overlaps = overlapping.into_iter().map(|(concepts, score)| Overlap { concepts, score }).collect();
        let near = self.near.iter().filter_map(|near| {
            let ([a, b], [first, second]) = (near.concepts, near.statements);
            match (moved(a)?, moved(b)?) {
                (a, b) if a < b => Some(Near { concepts: [a, b], ..*near }),
                (a, b) if a > b => Some(Near { concepts: [b, a], statements: [second, first], ..*near }),
                _ => None,
            }
        });
        let near = near.collect();
        let entries = drafts.iter().map(|(old, members)| {
            let mut entry = self.entries[old.index()].clone();
            if takers.contains(old) && entry.preferred.is_empty() {
                entry.preferred = self.shown_first(&entry.members);
            }
            entry.preferred.retain(|s| members.binary_search(s).is_ok());
            entry.members.clone_from(members);
            entry
        });
        let entries: Vec<_> = entries.collect();
        let any_preferred = entries.iter().any(|entry| !entry.preferred.is_empty());
        let (map_fingerprint, wording) = (self.map_fingerprint, self.wording);
        let mut concepts =
            Concepts { entries, of, starts, words, map_fingerprint, wording, topics, overlaps, near, any_preferred };
        let central: Vec<_> = concepts.iter().map(|c| concepts.central(map, c.index(), c.statements())).collect();
        for (entry, central) in concepts.entries.iter_mut().zip(central) {
            entry.central = central.unwrap_or(entry.central);
        }
        concepts
    }

    /// The statements of a concept that are not bundles; all, if all are
    /// bundles.
    fn shown_first(&self, members: &[StatementIndex]) -> Vec<StatementIndex> {
        let plain: Vec<StatementIndex> = members.iter().copied().filter(|s| self.of(*s).len() == 1).collect();
        if plain.is_empty() { members.to_vec() } else { plain }
    }

    /// The topics, with concepts by old numbers. A concept that takes statements
    /// and has no topic joins that of the concept that gave them.
    fn topics_with(&self, merges: &[Merge]) -> Option<Vec<Topic>> {
        let mut topics = self.topics.clone()?;
        let mut topic_of: BTreeMap<ConceptIndex, usize> = BTreeMap::new();
        for (i, topic) in topics.iter().enumerate() {
            topic_of.extend(topic.concepts.iter().map(|c| (*c, i)));
        }
        for merge in merges {
            if let (Some(&topic), false) = (topic_of.get(&merge.from), topic_of.contains_key(&merge.into)) {
                topic_of.insert(merge.into, topic);
                topics[topic].concepts.push(merge.into);
            }
        }
        Some(topics)
    }
}

/// The concept that each becomes, pathway by pathway.
fn by_pathway(map: &Map, merges: &[Merge]) -> Vec<BTreeMap<ConceptIndex, ConceptIndex>> {
    let mut target: Vec<BTreeMap<ConceptIndex, ConceptIndex>> = vec![BTreeMap::new(); map.pathways().len()];
    // the last merge first: the later ones have already placed what a merge passes on
    for merge in merges.iter().rev() {
        let place = |target: &mut BTreeMap<ConceptIndex, ConceptIndex>| {
            let last = *target.get(&merge.into).unwrap_or(&merge.into);
            target.insert(merge.from, last);
        };
        if merge.pathways.is_empty() {
            target.iter_mut().for_each(place);
        } else {
            let within = merge.pathways.iter().collect::<BTreeSet<_>>();
            target
                .iter_mut()
                .enumerate()
                .filter(|(i, _)| within.contains(&PathwayIndex(*i as u32)))
                .for_each(|(_, t)| place(t));
        }
    }
    for target in &mut target {
        target.retain(|from, into| from != into);
    }
    target
}
