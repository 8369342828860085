//! The wording that represents the statements of one concept.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::map::{Map, StatementIndex};
use crate::text::name_key;

/// The words of each statement whose concept has several wordings, as sorted
/// numbers. Empty for the others, which need no comparison.
#[derive(Clone, Debug)]
pub(super) struct Words {
    starts: Vec<u32>,
    ids: Vec<u32>,
}

impl Words {
    pub(super) fn new<'a>(map: &Map, concepts: impl Iterator<Item = &'a Vec<StatementIndex>>) -> Self {
        let text = |s: StatementIndex| map.statement_at(s).map_or("", |s| s.text());
        let mut needed = vec![false; map.statements().len()];
        for members in concepts.filter(|m| m.iter().any(|&s| text(s) != text(m[0]))) {
            members.iter().for_each(|s| needed[s.index()] = true);
        }
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut words = Words { starts: vec![0], ids: Vec::new() };
        for (statement, needed) in map.statements().zip(needed) {
            if needed {
                let key = name_key(statement.text());
                let set: BTreeSet<u32> = key
                    .split(' ')
                    .map(|word| {
                        let next = numbers.len() as u32;
                        *numbers.entry(word.to_owned()).or_insert(next)
                    })
                    .collect();
                words.ids.extend(set);
            }
            words.starts.push(words.ids.len() as u32);
        }
        words
    }

    /// The words of the same statements in another order.
    pub(super) fn reordered(&self, old_of: &[StatementIndex]) -> Self {
        let mut words = Words { starts: Vec::with_capacity(old_of.len() + 1), ids: Vec::with_capacity(self.ids.len()) };
        words.starts.push(0);
        for old in old_of {
            words.ids.extend(self.of(*old));
            words.starts.push(words.ids.len() as u32);
        }
        words
    }

    /// The words of the same statements, with so many more from one on, of which no words
    /// are known: the wordings that were there stay the central ones.
    pub(super) fn with_unread(&self, first: u32, many: u32) -> Self {
        let mut words = self.clone();
        let at = first as usize + 1;
        let start = words.starts[first as usize];
        words.starts.splice(at..at, std::iter::repeat_n(start, many as usize));
        words
    }

    fn of(&self, statement: StatementIndex) -> &[u32] {
        let i = statement.index();
        &self.ids[self.starts[i] as usize..self.starts[i + 1] as usize]
    }
}

/// A wording that is compared with others.
struct Candidate<'m> {
    /// The first statement with this wording.
    statement: StatementIndex,
    text: &'m str,
    /// The number of statements with this wording.
    frequency: u32,
    /// The sum of how often each of its words occurs among all, squared.
    common: u128,
    /// The number of its words.
    length: u128,
}

/// The most central of some statements of one concept: the one with the largest
/// cosine between its set of words and the sum of all their sets. Compared
/// without rounding: `(Σ df)² / |words|` by cross-multiplication. Ties: the
/// more frequent verbatim wording, then the shorter, then alphabetically, then
/// the map's order.
pub(super) fn central(map: &Map, words: &Words, members: &[StatementIndex]) -> Option<StatementIndex> {
    let first = *members.first()?;
    // a concept with one wording has no words here, nor has a statement that was added
    let mut read = members.iter().copied().filter(|s| !words.of(*s).is_empty()).peekable();
    if members.len() == 1 || read.peek().is_none() {
        return Some(first);
    }
    let mut wordings: IndexMap<&str, (StatementIndex, u32), RandomState> = IndexMap::default();
    for member in read {
        let text = map.statement_at(member).map_or("", |s| s.text());
        wordings.entry(text).or_insert((member, 0)).1 += 1;
    }
    let mut occurrences: HashMap<u32, u64, RandomState> = HashMap::default();
    for &(statement, frequency) in wordings.values() {
        for &word in words.of(statement) {
            *occurrences.entry(word).or_default() += u64::from(frequency);
        }
    }
    let candidates = wordings.into_iter().map(|(text, (statement, frequency))| {
        let set = words.of(statement);
        let sum: u64 = set.iter().map(|word| occurrences[word]).sum();
        let common = u128::from(sum) * u128::from(sum);
        Candidate { statement, text, frequency, common, length: set.len().max(1) as u128 }
    });
    candidates.reduce(|best, next| if next.is_better_than(&best) { next } else { best }).map(|c| c.statement)
}

impl Candidate<'_> {
    fn is_better_than(&self, other: &Self) -> bool {
        (self.common * other.length)
            .cmp(&(other.common * self.length))
            .then(self.frequency.cmp(&other.frequency))
            .then(other.text.len().cmp(&self.text.len()))
            .then_with(|| other.text.cmp(self.text))
            .is_gt()
    }
}
