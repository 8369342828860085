//! The company of words: the stems that occur in statements that resemble each
//! other.

use super::vocabulary::Vocabulary;
use crate::each::each;
use crate::sparse::{Neighbour, Rows, Wanted, search_from};

/// How many of the nearest statements are considered for each, and their
/// minimum score.
const NEAREST: usize = 20;
const ALIKE: f64 = 0.25;
/// The exponent by which the frequency of a companion is flattened.
const FLAT: f64 = 0.75;
/// The minimum share of a stem's company that a companion must have.
const LEAST: f32 = 0.03;
/// How many words of a statement are considered, the heaviest. Hardly any
/// statement has more; without the limit, whole books in place of statements
/// would need quadratic time.
const WORDS: usize = 64;
/// How many companions of a statement are kept, the heaviest.
const KEPT: usize = 60;
/// How many sums are looked at together.
const BLOCK: usize = 16;

/// A sparse vector over stems for each statement of one kind or of all kinds,
/// of length 1 or empty. Equal wordings share one.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    /// The vector of each statement, by its number in the map.
    of: Vec<u32>,
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
    /// The statements that represent the wordings nearest to each statement's,
    /// with the scores of their words.
    nearest: Vec<Vec<(u32, f32)>>,
    /// By stem: the stems that it is associated with.
    association: Vec<Sparse>,
}

/// The different wordings of one kind: the statements that represent them, and
/// their vectors of words. The group of each is its own occupation.
pub(super) struct Different {
    pub(super) statements: Vec<usize>,
    pub(super) rows: Rows,
}

pub(super) type Sparse = Vec<(u32, f32)>;

impl Contexts {
    /// `same` maps each statement of the map to the one that represents its
    /// wording.
    pub(super) fn new(vocabulary: &Vocabulary, kinds: &[Different], same: &[u32]) -> Self {
        let words: Vec<Vec<Sparse>> =
            kinds.iter().map(|kind| kind.statements.iter().map(|&s| short(vocabulary.words(s))).collect()).collect();
        let alike: Vec<Vec<Vec<Neighbour>>> = kinds.iter().map(|kind| nearest(&kind.rows)).collect();
        let association = association(vocabulary.len(), &alike, &words);
        let nearest = vec![Vec::new(); same.len()];
        let (of, starts) = (vec![0; same.len()], vec![0, 0]);
        let mut contexts = Contexts { of, starts, entries: Vec::new(), nearest, association: Vec::new() };
        for ((kind, words), alike) in kinds.iter().zip(&words).zip(&alike) {
            for (&statement, alike) in kind.statements.iter().zip(alike) {
                let speaker = |n: &Neighbour| (kind.statements[n.row as usize] as u32, n.score as f32);
                contexts.nearest[statement] = alike.iter().map(speaker).collect();
            }
            let vectors =
                each(words, AT_ONCE, || Sums::new(vocabulary.len()), |sums, words| context(words, &association, sums));
            for (&statement, vector) in kind.statements.iter().zip(vectors) {
                if !vector.is_empty() {
                    contexts.of[statement] = contexts.starts.len() as u32 - 1;
                    contexts.entries.extend(vector);
                    contexts.starts.push(contexts.entries.len() as u32);
                }
            }
        }
        for (statement, &speaker) in same.iter().enumerate() {
            if speaker as usize != statement {
                let known = contexts.nearest[speaker as usize].clone();
                contexts.of[statement] = contexts.of[speaker as usize];
                contexts.nearest[statement] = known;
            }
        }
        contexts.association = association;
        contexts
    }

    /// The vector of a statement that the map does not have, by the weights of its words.
    pub(super) fn of_words(&self, mut words: Vec<(u32, f64)>) -> Sparse {
        words.retain(|(stem, _)| (*stem as usize) < self.association.len());
        let vector = context(&short(words), &self.association, &mut Sums::new(self.association.len()));
        if vector.iter().all(|(_, value)| value.is_finite()) { vector } else { Sparse::new() }
    }

    /// The vector of a statement, sorted by stem.
    pub(super) fn of(&self, statement: usize) -> &[(u32, f32)] {
        let vector = self.of[statement] as usize;
        &self.entries[self.starts[vector] as usize..self.starts[vector + 1] as usize]
    }

    /// Statements with other wordings near this one's, with the scores of their
    /// words.
    pub(super) fn nearest(&self, statement: usize) -> &[(u32, f32)] {
        &self.nearest[statement]
    }

    /// The cosine of two vectors, summed by stem; `None` if one is empty.
    pub(super) fn cosine(&self, a: usize, b: usize) -> Option<f64> {
        cosine(self.of(a), self.of(b))
    }
}

/// The cosine of two vectors of length 1, summed by stem; `None` if one is empty.
pub(super) fn cosine(a: &[(u32, f32)], b: &[(u32, f32)]) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let mut sum = 0.0;
    let mut others = b.iter().peekable();
    for (stem, value) in a {
        while others.next_if(|(other, _)| other < stem).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == stem) {
            sum += f64::from(*value) * f64::from(*other);
        }
    }
    Some(sum)
}

/// Sums by stem; clearing resets only those that were used. They have 32 bits,
/// so that they stay in the fastest cache, and are always added in the same
/// order.
struct Sums {
    by_stem: Vec<f32>,
    touched: Vec<u32>,
    /// Sums with their stems, the largest first in the order of numbers.
    keys: Vec<u64>,
}

impl Sums {
    fn new(stems: usize) -> Self {
        Sums { by_stem: vec![0.0; stems], touched: Vec::new(), keys: Vec::new() }
    }

    /// Adds a multiple of a vector of positive values.
    fn add(&mut self, vector: &[(u32, f32)], times: f32) {
        for &(stem, value) in vector {
            let sum = &mut self.by_stem[stem as usize];
            if *sum == 0.0 {
                self.touched.push(stem);
            }
            *sum += value * times;
        }
    }

    /// Adds a multiple of a vector without keeping track of its stems, for
    /// [`Sums::take_all`] and [`Sums::take_largest`].
    fn add_all(&mut self, vector: &[(u32, f32)], times: f32) {
        for &(stem, value) in vector {
            self.by_stem[stem as usize] += value * times;
        }
    }

    /// Returns the sums so far by looking at all, and resets them.
    fn take_all(&mut self) -> Sparse {
        let numbered = (0_u32..).zip(&mut self.by_stem).filter(|(_, sum)| **sum != 0.0);
        numbered.map(|(stem, sum)| (stem, std::mem::take(sum))).collect()
    }

    /// Returns the largest sums of [`Sums::add_all`] (ties: the lowest stems), in the order
    /// of stems, and resets all of them.
    fn take_largest(&mut self, most: usize) -> Sparse {
        // the bits of positive numbers are in the order of the numbers
        let key = |stem: usize, sum: f32| (u64::from(!sum.to_bits()) << 32) | stem as u64;
        let entry = |key: &u64| (*key as u32, f32::from_bits(!((*key >> 32) as u32)));
        self.keys.clear();
        // what a sum must exceed: so many are known to be larger, or as large with a lower stem
        let mut bar = 0.0;
        for (block, sums) in self.by_stem.chunks(BLOCK).enumerate() {
            // without a jump for each, so that a processor compares several at once
            let mut any = false;
            sums.iter().for_each(|sum| any |= *sum > bar);
            if !any {
                continue;
            }
            for (stem, sum) in (block * BLOCK..).zip(sums) {
                if *sum > bar {
                    self.keys.push(key(stem, *sum));
                }
            }
            if self.keys.len() > 2 * most {
                bar = entry(self.keys.select_nth_unstable(most - 1).1).1;
                self.keys.truncate(most);
            }
        }
        self.by_stem.fill(0.0);
        if self.keys.len() > most {
            self.keys.select_nth_unstable(most);
            self.keys.truncate(most);
        }
        let mut largest: Sparse = self.keys.iter().map(entry).collect();
        largest.sort_unstable_by_key(|(stem, _)| *stem);
        largest
    }

    /// Returns the sums so far, in no order, and resets all of them.
    fn take(&mut self) -> Sparse {
        let sums = &mut self.by_stem;
        self.touched.drain(..).map(|stem| (stem, std::mem::take(&mut sums[stem as usize]))).collect()
    }
}

/// How much every two stems keep company: positive pointwise mutual information
/// over pairs of statements that resemble each other, each row of length 1.
fn association(stems: usize, alike: &[Vec<Vec<Neighbour>>], words: &[Vec<Sparse>]) -> Vec<Sparse> {
    // by stem: the statements that have it, each with its resembling statements
    let mut having: Vec<Sparse> = vec![Vec::new(); stems];
    let mut company: Vec<Sparse> = Vec::new();
    let mut sums = Sums::new(stems);
    for (alike, words) in alike.iter().zip(words) {
        for (own, neighbours) in words.iter().zip(resemblance(alike)) {
            if neighbours.is_empty() {
                continue;
            }
            neighbours.iter().for_each(|n| sums.add(&words[n.row as usize], n.score as f32));
            let number = company.len() as u32;
            own.iter().for_each(|&(stem, value)| having[stem as usize].push((number, value)));
            company.push(sums.take());
        }
    }
    let gather = |sums: &mut Sums, having: &Sparse| {
        let many: usize = having.iter().map(|(number, _)| company[*number as usize].len()).sum();
        if many > stems {
            having.iter().for_each(|&(number, value)| sums.add_all(&company[number as usize], value));
            return sums.take_all();
        }
        having.iter().for_each(|&(number, value)| sums.add(&company[number as usize], value));
        sums.take()
    };
    let together: Vec<Sparse> = each(&having, AT_ONCE, || Sums::new(stems), gather);
    let total: Vec<f64> = together.iter().map(|row| row.iter().map(|(_, n)| f64::from(*n)).sum()).collect();
    let flat: Vec<f64> = total.iter().map(|n: &f64| libm::pow(*n, FLAT)).collect();
    let all: f64 = flat.iter().sum();
    let numbered: Vec<(usize, Sparse)> = together.into_iter().enumerate().collect();
    let information = |(): &mut (), (stem, row): &(usize, Sparse)| {
        let expected = |other: u32| total[*stem] * flat[other as usize] / all;
        let times = row.iter().map(|&(other, n)| (other, f64::from(n) / expected(other)));
        // the others have no positive logarithm
        let more = times.filter(|(_, times)| *times > 1.0);
        let bits = more.map(|(other, times)| (other, libm::log(times) as f32));
        let row: Sparse = bits.filter(|(_, bits)| *bits > 0.0).collect();
        let length = length(&row);
        row.iter().map(|&(other, bits)| (other, bits / length)).filter(|(_, part)| *part >= LEAST).collect()
    };
    each(&numbered, AT_ONCE, || (), information)
}

/// Fewer statements or stems are not worth a thread of their own.
const AT_ONCE: usize = 16;

/// The nearest rows of each row with a score above the minimum.
fn nearest(rows: &Rows) -> Vec<Vec<Neighbour>> {
    let mut nearest: Vec<Vec<Neighbour>> = vec![Vec::new(); rows.len()];
    search_from(rows, Wanted::nearest(NEAREST), ALIKE, |row, found| {
        nearest[row as usize] = found.to_vec();
    });
    nearest
}

/// Pairs of rows that resemble each other, and how much: the squares of their
/// scores, halved if only one is among the other's nearest.
fn resemblance(nearest: &[Vec<Neighbour>]) -> Vec<Vec<Neighbour>> {
    let half = |n: &Neighbour, row: u32| Neighbour { row, score: n.score * n.score / 2.0 };
    let mut both: Vec<Vec<Neighbour>> =
        nearest.iter().map(|list| list.iter().map(|n| half(n, n.row)).collect()).collect();
    for (row, found) in (0_u32..).zip(nearest) {
        for neighbour in found {
            both[neighbour.row as usize].push(half(neighbour, row));
        }
    }
    for list in &mut both {
        list.sort_unstable_by(|a, b| a.row.cmp(&b.row).then(a.score.total_cmp(&b.score)));
    }
    both
}

/// The company of a statement's words: the heaviest companions, by stem, of
/// length 1.
fn context(words: &Sparse, association: &[Sparse], sums: &mut Sums) -> Sparse {
    words.iter().for_each(|&(stem, value)| sums.add_all(&association[stem as usize], value));
    let mut vector = sums.take_largest(KEPT);
    let length = length(&vector);
    vector.iter_mut().for_each(|(_, value)| *value /= length);
    vector
}

fn length(vector: &Sparse) -> f32 {
    vector.iter().map(|(_, value)| f64::from(*value) * f64::from(*value)).sum::<f64>().sqrt() as f32
}

/// The heaviest words of a statement, by stem.
fn short(mut words: Vec<(u32, f64)>) -> Sparse {
    if words.len() > WORDS {
        words.select_nth_unstable_by(WORDS, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.truncate(WORDS);
        words.sort_unstable_by_key(|(stem, _)| *stem);
    }
    words.into_iter().map(|(stem, value)| (stem, value as f32)).collect()
}
