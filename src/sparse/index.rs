//! The inverted index, and the bounds that let it skip candidates.

use super::{Neighbour, Rows, Wanted, keep_wanted};

/// Rows by term: the rows that have it, with its weight.
#[derive(Debug)]
pub struct Index<'r> {
    rows: &'r Rows,
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
    /// The largest weight of each term.
    largest: Vec<f32>,
}

/// Memory that is reused from row to row.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// The sum so far of each row; 0 for rows that have not occurred.
    sums: Vec<f64>,
    met: Vec<u32>,
    /// The weights of the row being compared, by term.
    weights: Vec<f32>,
    /// The maximum that the terms from each one on can add to a score.
    bounds: Vec<f64>,
    best: Vec<(f64, u32)>,
}

/// The maximum rounding error of a bound on a score of this many terms: nothing within
/// it is skipped.
fn slack(terms: usize) -> f64 {
    (terms + 16) as f64 * 4.0 * f64::EPSILON
}

/// The length from which reading a posting list costs more than examining the
/// current scores of the best candidates.
const LONG: usize = 256;

/// The number of best neighbours above which the index reads all lists, because
/// keeping that many in order would cost more.
const MANY: usize = 256;

impl<'r> Index<'r> {
    /// Indexes rows.
    ///
    /// # Complexity
    ///
    /// `O(t)` time and memory for `t` terms in all rows.
    pub fn new(rows: &'r Rows) -> Self {
        let mut starts = vec![0_u32; rows.terms() + 1];
        let mut largest = vec![0_f32; rows.terms()];
        for (&term, &weight) in rows.terms.iter().zip(&rows.weights) {
            starts[term as usize + 1] += 1;
            largest[term as usize] = largest[term as usize].max(weight);
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, 0.0); rows.terms.len()];
        for row in 0..rows.len() as u32 {
            for (term, weight) in rows.row(row) {
                let place = &mut next[term as usize];
                postings[*place as usize] = (row, weight);
                *place += 1;
            }
        }
        Index { rows, starts, postings, largest }
    }

    /// Finds the neighbours of a row in other groups: the `wanted.best` best
    /// ones with a score above 0, and all that score at least
    /// `wanted.at_least`. The highest score comes first; ties: by row number.
    /// `found` is cleared first.
    ///
    /// # Panics
    ///
    /// If the row is beyond the last.
    ///
    /// # Complexity
    ///
    /// `O(n t)` at worst, as [`reference`](super::reference::neighbours()); in
    /// practice the rows that share a rare term.
    pub fn neighbours(&self, row: u32, wanted: Wanted, scratch: &mut Scratch, found: &mut Vec<Neighbour>) {
        self.neighbours_from(row, wanted, 0.0, scratch, found);
    }

    /// Like [`Index::neighbours`], without those that score less than `least`,
    /// which saves searching for them.
    ///
    /// # Panics
    ///
    /// If the row is beyond the last.
    ///
    /// # Complexity
    ///
    /// As [`Index::neighbours`]; the higher `least` is, the less.
    pub fn neighbours_from(
        &self,
        row: u32,
        wanted: Wanted,
        least: f64,
        scratch: &mut Scratch,
        found: &mut Vec<Neighbour>,
    ) {
        self.candidates((row, 0), wanted, least, scratch, found);
        keep_wanted(found, wanted);
    }

    /// Like [`Index::neighbours_from`], among rows from a number on, in no order, and
    /// possibly with some that are not wanted.
    pub(super) fn candidates(
        &self,
        (row, from): (u32, u32),
        wanted: Wanted,
        least: f64,
        scratch: &mut Scratch,
        found: &mut Vec<Neighbour>,
    ) {
        found.clear();
        let Rows { terms, weights, groups, .. } = self.rows;
        let range = self.rows.range(row);
        let (terms, weights) = (&terms[range.clone()], &weights[range]);
        scratch.sums.resize(self.rows.len(), 0.0);
        scratch.weights.resize(self.rows.terms(), 0.0);
        for (&term, &weight) in terms.iter().zip(weights) {
            scratch.weights[term as usize] = weight;
        }
        self.bound(terms, weights, scratch);
        let slack = slack(terms.len());
        let group = groups[row as usize];

        // the score that a neighbour needs: known from the start only if no best ones are wanted
        let mut bar = if wanted.best == 0 { wanted.at_least.max(least) } else { least };
        let mut read = 0;
        while read < terms.len() && scratch.bounds[read] + slack >= bar {
            let list = self.postings(terms[read], from);
            if list.len() > LONG.max(scratch.met.len() / 4) && wanted.best > 0 {
                bar = bar.max(self.kth_best(group, wanted.best, terms[read], scratch).min(wanted.at_least));
                if scratch.bounds[read] + slack < bar {
                    break;
                }
            }
            let weight = f64::from(weights[read]);
            for &(other, others) in list {
                let sum = &mut scratch.sums[other as usize];
                if *sum == 0.0 {
                    scratch.met.push(other);
                }
                *sum += weight * f64::from(others);
            }
            read += 1;
        }
        // no new candidates from here on; the lists are read as long as that is cheaper than
        // examining the candidates one by one
        while read < terms.len() && self.postings(terms[read], from).len() < scratch.met.len() {
            let weight = f64::from(weights[read]);
            for &(other, others) in self.postings(terms[read], from) {
                let sum = &mut scratch.sums[other as usize];
                if *sum != 0.0 {
                    *sum += weight * f64::from(others);
                }
            }
            read += 1;
        }
        let rest = scratch.bounds[read];
        let unread = terms.get(read).copied().unwrap_or(u32::MAX);
        if wanted.best > 0 {
            bar = bar.max(self.kth_best(group, wanted.best, unread, scratch).min(wanted.at_least));
        }
        for i in 0..scratch.met.len() {
            let other = scratch.met[i];
            let sum = std::mem::take(&mut scratch.sums[other as usize]);
            if sum + rest + slack >= bar && groups[other as usize] != group {
                let score = self.completed(sum, other, unread, &scratch.weights);
                if score >= bar - slack && score >= least {
                    found.push(Neighbour { row: other, score });
                }
            }
        }
        scratch.met.clear();
        terms.iter().for_each(|&term| scratch.weights[term as usize] = 0.0);
    }

    /// The rows that have a term, from a number on.
    fn postings(&self, term: u32, from: u32) -> &[(u32, f32)] {
        let all = &self.postings[self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize];
        if from == 0 { all } else { &all[all.partition_point(|(row, _)| *row < from)..] }
    }

    /// The maximum that the terms from each one on can add: at most their own
    /// length, and at most what the largest weights allow.
    fn bound(&self, terms: &[u32], weights: &[f32], scratch: &mut Scratch) {
        scratch.bounds.clear();
        scratch.bounds.resize(terms.len() + 1, 0.0);
        let (mut square, mut most) = (0.0, 0.0);
        for i in (0..terms.len()).rev() {
            let weight = f64::from(weights[i]);
            square += weight * weight;
            most += weight * f64::from(self.largest[terms[i] as usize]);
            scratch.bounds[i] = f64::min(f64::sqrt(square), most);
        }
    }

    /// A score that `k` rows of other groups are known to reach: the lowest
    /// score of the `k` rows with the highest sums so far, of the terms before
    /// `unread`. 0 if fewer have occurred, or if `k` is too large.
    fn kth_best(&self, group: u32, k: usize, unread: u32, scratch: &mut Scratch) -> f64 {
        let Scratch { sums, met, weights, best, .. } = scratch;
        if k > MANY {
            return 0.0;
        }
        // the `k` highest sums so far, the lowest of them last
        best.clear();
        let mut least = 0.0;
        for &row in met.iter() {
            let sum = sums[row as usize];
            if (best.len() < k || sum > least) && self.rows.groups[row as usize] != group {
                let place = best.partition_point(|(other, _)| *other >= sum);
                best.truncate(k - 1);
                best.insert(place, (sum, row));
                least = best[best.len() - 1].0;
            }
        }
        if best.len() < k {
            return 0.0;
        }
        best.iter().map(|(sum, row)| self.completed(*sum, *row, unread, weights)).fold(f64::INFINITY, f64::min)
    }

    /// The score of a row and the one being compared, given the sum of the terms before
    /// `unread`: added in the same order as in [`reference`](super::reference::score()), in
    /// which a term that only one of them has adds nothing.
    fn completed(&self, sum: f64, row: u32, unread: u32, weights: &[f32]) -> f64 {
        let range = self.rows.range(row);
        let terms = &self.rows.terms[range.clone()];
        // the most frequent terms come last, and few are unread
        let first = terms.iter().rposition(|&term| term < unread).map_or(0, |last| last + 1);
        let rest = terms[first..].iter().zip(&self.rows.weights[range][first..]);
        rest.fold(sum, |sum, (&term, &weight)| sum + f64::from(weights[term as usize]) * f64::from(weight))
    }
}
