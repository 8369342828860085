//! The same concepts for a map that has one more occupation.

use std::collections::{BTreeMap, HashSet};

use super::{ConceptIndex, Concepts, Entry, Overlap, Topic, TopicStatement};
use crate::map::{Kind, Map, StatementIndex};
use crate::text::unused;

/// What a new statement joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joins {
    /// A concept that there is.
    Known(ConceptIndex),
    /// A new concept, by its number among these.
    New(u32),
}

/// What the statements of a new occupation are, in its order.
#[derive(Debug, Default)]
pub(crate) struct Gained {
    /// The kind of each statement, and what it joins; `None` for one that says nothing.
    pub(crate) statements: Vec<(Kind, Option<Joins>)>,
    /// The ids of the new concepts.
    pub(crate) new: Vec<String>,
    /// The statements that overlap a concept, by their numbers, and how much.
    pub(crate) overlaps: Vec<(usize, ConceptIndex, f64)>,
    /// The topics of each statement by their numbers among `topics`, with their scores,
    /// the best first.
    pub(crate) on: Vec<Vec<(usize, f64)>>,
    /// All topics, those of the concepts among them; `None` if these have none.
    pub(crate) topics: Option<Vec<Topic>>,
}

/// A map that has one more occupation, or a part of it.
#[derive(Clone, Copy)]
pub(crate) struct Grown<'a> {
    /// The map or the part.
    pub(crate) map: &'a Map,
    /// The numbers, on the map as it was, of the statements that are not new.
    pub(crate) old_of: &'a [StatementIndex],
    /// The number of the first new statement.
    pub(crate) first: u32,
    /// Its number on the whole map.
    pub(crate) first_of_whole: u32,
}

/// What a concept comes after on the whole map: where its first statement is, and which
/// one it is of that statement's.
type Place = (u32, usize);

impl Concepts {
    /// Returns these concepts for a map that has one more occupation, or for a part of it:
    /// what they have elsewhere is left out then, and they stay in the order of the whole.
    /// Near misses and preferred statements are not carried.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements, topics and overlaps.
    pub(crate) fn grown(&self, to: Grown<'_>, gained: &Gained) -> Concepts {
        let many = gained.statements.len() as u32;
        let Grown { map, old_of, first, first_of_whole } = to;
        // the number here of what was known, and of what is new
        let mut known: Vec<Option<ConceptIndex>> = vec![None; self.entries.len()];
        let mut fresh: Vec<Option<ConceptIndex>> = vec![None; gained.new.len()];
        let most = self.entries.len().min(old_of.len()) + gained.new.len();
        let mut entries: Vec<Entry> = Vec::with_capacity(most);
        let mut places: Vec<Place> = Vec::with_capacity(most);
        let (mut of, mut starts) = (Vec::with_capacity(old_of.len() + many as usize), vec![0_u32]);
        let ids = self.unused_ids(&gained.new);
        let mut old = old_of.iter();
        for new in 0..map.statements().len() as u32 {
            let own: Vec<(Joins, Kind)> = match new.checked_sub(first).filter(|i| *i < many) {
                Some(i) => {
                    let (kind, joins) = gained.statements[i as usize];
                    joins.into_iter().map(|joins| (joins, kind)).collect()
                }
                None => {
                    let own = old.next().map_or(&[][..], |old| self.of(*old)).iter();
                    own.map(|c| (Joins::Known(*c), self.entries[c.index()].kind)).collect()
                }
            };
            for (joins, kind) in own {
                let next = ConceptIndex(entries.len() as u32);
                let number = match joins {
                    Joins::Known(concept) => &mut known[concept.index()],
                    Joins::New(new) => &mut fresh[new as usize],
                };
                let number = *number.get_or_insert_with(|| {
                    let (id, kind, label) = match joins {
                        Joins::Known(concept) => {
                            let Entry { id, kind, label, .. } = &self.entries[concept.index()];
                            (id.clone(), *kind, label.clone())
                        }
                        Joins::New(new) => (ids[new as usize].as_str().into(), kind, None),
                    };
                    let (members, preferred, central) = (Vec::new(), Vec::new(), StatementIndex(new));
                    entries.push(Entry { id, kind, label, members, preferred, central });
                    places.push(self.place(joins, gained, first_of_whole));
                    next
                });
                entries[number.index()].members.push(StatementIndex(new));
                of.push(number);
            }
            starts.push(of.len() as u32);
        }
        let words =
            if old_of.len() + 1 == self.starts.len() { self.words.clone() } else { self.words.reordered(old_of) };
        let mut concepts = Concepts {
            entries,
            of,
            starts,
            words: words.with_unread(first, many),
            map_fingerprint: map.fingerprint(),
            wording: self.wording,
            topics: None,
            overlaps: Vec::new(),
            near: Vec::new(),
            any_preferred: false,
        };
        let number = concepts.put_in_order(&places);
        known.iter_mut().flatten().for_each(|of| *of = number[of.index()]);
        concepts.find_central(map);
        let number = |concept: ConceptIndex| known[concept.index()];
        concepts.overlaps = self.overlaps_grown(gained, first, &concepts, number);
        if let Some(topics) = &gained.topics {
            let mut new_of: Vec<Option<StatementIndex>> = vec![None; self.starts.len()];
            for (old, new) in old_of.iter().zip(0..) {
                new_of[old.index()] = Some(StatementIndex(if new < first { new } else { new + many }));
            }
            let moved = |old: StatementIndex| new_of.get(old.index()).copied().flatten();
            concepts.topics = Some(topics_grown(topics, gained, first, &concepts, (moved, number)));
        }
        concepts
    }

    /// Where a concept comes on the whole map that has the new statements.
    fn place(&self, joins: Joins, gained: &Gained, first: u32) -> Place {
        let many = gained.statements.len() as u32;
        let new = gained.statements.iter().position(|(_, own)| *own == Some(joins));
        let new = new.map(|i| (first + i as u32, 0));
        let Joins::Known(concept) = joins else { return new.unwrap_or_default() };
        let old = self.entries[concept.index()].members.first().map(|old| {
            let at = if old.0 < first { old.0 } else { old.0 + many };
            (at, self.of(*old).iter().position(|own| *own == concept).unwrap_or_default())
        });
        old.into_iter().chain(new).min().unwrap_or_default()
    }

    /// The ids of new concepts, each changed if a concept has it.
    fn unused_ids(&self, new: &[String]) -> Vec<String> {
        let wanted: HashSet<&str> = new.iter().map(String::as_str).collect();
        let has = |id: &str| self.entries.iter().any(|entry| *entry.id == *id);
        let any = !wanted.is_empty() && self.entries.iter().any(|entry| wanted.contains(&*entry.id));
        new.iter().map(|id| if any { unused(id.clone(), has) } else { id.clone() }).collect()
    }

    fn overlaps_grown(
        &self,
        gained: &Gained,
        first: u32,
        grown: &Concepts,
        number: impl Fn(ConceptIndex) -> Option<ConceptIndex>,
    ) -> Vec<Overlap> {
        let known = self.overlaps.iter().filter_map(|overlap| {
            let [a, b] = overlap.concepts;
            Some((number(a)?, number(b)?, overlap.score))
        });
        let new = gained.overlaps.iter().filter_map(|(i, with, score)| {
            let own = grown.of(StatementIndex(first + *i as u32)).first()?;
            Some((*own, number(*with)?, *score))
        });
        let mut all: Vec<([ConceptIndex; 2], f64)> =
            known.chain(new).filter(|(a, b, _)| a != b).map(|(a, b, score)| ([a.min(b), a.max(b)], score)).collect();
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        all.dedup_by_key(|(concepts, _)| *concepts);
        all.into_iter().map(|(concepts, score)| Overlap::new(concepts, score)).collect()
    }
}

/// The topics with the new statements. A concept that there was stays under its topic.
fn topics_grown(
    topics: &[Topic],
    gained: &Gained,
    first: u32,
    grown: &Concepts,
    (moved, number): (impl Fn(StatementIndex) -> Option<StatementIndex>, impl Fn(ConceptIndex) -> Option<ConceptIndex>),
) -> Vec<Topic> {
    let mut is_taught = vec![false; grown.entries.len()];
    let mut taught: Vec<Vec<ConceptIndex>> = Vec::with_capacity(topics.len());
    for topic in topics {
        let own: Vec<ConceptIndex> = topic.concepts.iter().filter_map(|c| number(*c)).collect();
        own.iter().for_each(|concept| is_taught[concept.index()] = true);
        taught.push(own);
    }
    let mut weights: BTreeMap<ConceptIndex, BTreeMap<usize, f64>> = BTreeMap::new();
    let mut on: Vec<Vec<TopicStatement>> = vec![Vec::new(); topics.len()];
    for (i, own) in gained.on.iter().enumerate() {
        let statement = StatementIndex(first + i as u32);
        for &(topic, score) in own {
            on[topic].push(TopicStatement::new(statement, score));
            for concept in grown.of(statement).iter().filter(|concept| !is_taught[concept.index()]) {
                *weights.entry(*concept).or_default().entry(topic).or_default() += score;
            }
        }
    }
    for (concept, weights) in weights {
        // of equal sums the earlier topic wins
        let most = weights.iter().rev().max_by(|a, b| a.1.total_cmp(b.1));
        taught[*most.map_or(&0, |(topic, _)| topic)].push(concept);
    }
    let with = topics.iter().zip(on).zip(taught).map(|((topic, new), mut taught)| {
        let mut statements: Vec<TopicStatement> = topic
            .statements
            .iter()
            .filter_map(|on| Some(TopicStatement::new(moved(on.statement)?, on.score)))
            .collect();
        let at = statements.partition_point(|on| on.statement.0 < first);
        statements.splice(at..at, new);
        taught.sort_unstable();
        let Topic { id, heading, source, nature, .. } = topic;
        let (statements, concepts) = (statements, taught);
        Topic { id: id.clone(), heading: heading.clone(), source: *source, nature: *nature, statements, concepts }
    });
    with.filter(|topic| !topic.statements.is_empty()).collect()
}
