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
    /// The rough sum so far of each row, in whole blocks; 0 for rows that have not occurred.
    sums: Vec<f32>,
    /// The rows whose sums suffice: the first so many.
    enough: Vec<u32>,
    many: usize,
    /// The weights of the row being compared, by term.
    weights: Vec<f32>,
    /// The maximum that the terms from each one on can add to a score.
    bounds: Vec<f64>,
    best: Vec<(f32, u32)>,
}

/// The maximum error of a rough sum and of a bound on a score of this many terms: nothing
/// within it is skipped.
fn slack(terms: usize) -> f64 {
    (terms + 16) as f64 * 4.0 * f64::from(f32::EPSILON)
}

/// How many sums are looked at together.
const BLOCK: usize = 8;

/// The length from which reading a posting list costs more than looking at all sums, and
/// as a share of the rows.
const LONG: usize = 256;
const LONG_SHARE: usize = 8;

/// If all posting lists of a row are shorter than this share of the rows, they are read
/// again rather than all sums looked at.
const FEW_SHARE: usize = 16;

/// How many entries of a posting list are read in the time that one score takes.
const WORTH: usize = 64;

/// The number of best neighbours above which the index reads all lists, because
/// keeping that many in order would cost more.
const MANY: usize = 256;

impl Scratch {
    /// Collects the rows from a number on whose sums are so much or more, and above 0.
    fn collect(&mut self, from: u32, sum: f64) {
        let Scratch { sums, enough, many, .. } = self;
        let least = (sum as f32).max(f32::MIN_POSITIVE);
        *many = 0;
        for (block, sums) in sums.as_chunks::<BLOCK>().0.iter().enumerate().skip(from as usize / BLOCK) {
            // without a jump for each, so that a processor compares several at once
            let mut any = false;
            sums.iter().for_each(|sum| any |= *sum >= least);
            if any {
                let places = &mut enough[*many..*many + BLOCK];
                let mut next = 0;
                for (row, sum) in (block * BLOCK..).zip(sums) {
                    places[next] = row as u32;
                    next += usize::from(*sum >= least);
                }
                *many += next;
            }
        }
    }
}

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
        self.begin(row, scratch);
        self.candidates((row, 0), wanted, least, scratch, found);
        found.iter_mut().for_each(|near| near.score = self.score(near.row, scratch));
        found.retain(|near| near.score >= least);
        keep_wanted(found, wanted);
        self.end(row, scratch);
    }

    /// Prepares for a row.
    pub(super) fn begin(&self, row: u32, scratch: &mut Scratch) {
        scratch.sums.resize(self.rows.len().next_multiple_of(BLOCK), 0.0);
        scratch.enough.resize(scratch.sums.len() + BLOCK, 0);
        scratch.weights.resize(self.rows.terms(), 0.0);
        self.rows.row(row).for_each(|(term, weight)| scratch.weights[term as usize] = weight);
    }

    /// Clears what [`Index::begin`] prepared.
    pub(super) fn end(&self, row: u32, scratch: &mut Scratch) {
        self.rows.row(row).for_each(|(term, _)| scratch.weights[term as usize] = 0.0);
    }

    /// The neighbours of a prepared row that [`Index::neighbours_from`] would find, among
    /// rows from a number on, and possibly some that are not wanted: in no order, each with
    /// a maximum of its score.
    pub(super) fn candidates(
        &self,
        (row, from): (u32, u32),
        wanted: Wanted,
        least: f64,
        scratch: &mut Scratch,
        found: &mut Vec<Neighbour>,
    ) {
        found.clear();
        let range = self.rows.range(row);
        let (terms, weights) = (&self.rows.terms[range.clone()], &self.rows.weights[range]);
        let group = self.rows.groups[row as usize];
        self.bound(terms, weights, scratch);
        let slack = slack(terms.len());
        let long = LONG.max((self.rows.len() - from as usize) / LONG_SHARE);

        // the score that a neighbour needs: known from the start only if no best ones are wanted
        let mut bar = if wanted.best == 0 { wanted.at_least.max(least) } else { least };
        let lists = || terms.iter().map(|term| self.postings(*term, from));
        if lists().map(<[_]>::len).sum::<usize>() * FEW_SHARE < self.rows.len() - from as usize {
            // so few rows occur that looking at the sums of all would take longer
            for (list, weight) in lists().zip(weights) {
                list.iter().for_each(|(other, others)| scratch.sums[*other as usize] += weight * others);
            }
            for (other, _) in lists().flatten() {
                let sum = std::mem::take(&mut scratch.sums[*other as usize]);
                let most = f64::from(sum) + slack;
                if sum > 0.0 && most >= bar && self.rows.groups[*other as usize] != group {
                    found.push(Neighbour { row: *other, score: most });
                }
            }
            return;
        }
        let mut read = 0;
        while read < terms.len() {
            let list = self.postings(terms[read], from);
            let rest = scratch.bounds[read] + slack;
            // the best so far are looked for when they may be good enough to stop at
            let sought = (1..=MANY).contains(&wanted.best) && (bar <= 0.0 || rest < 2.0 * bar);
            if list.len() > long && (sought || rest < bar) {
                scratch.collect(from, bar - rest);
                bar = bar.max(self.reached(group, wanted, scratch));
                if rest < bar && scratch.many * WORTH < list.len() {
                    break;
                }
            }
            for &(other, others) in list {
                scratch.sums[other as usize] += weights[read] * others;
            }
            read += 1;
        }
        let rest = scratch.bounds[read] + slack;
        scratch.collect(from, bar - rest);
        bar = bar.max(self.reached(group, wanted, scratch));
        let most = |row: u32| Neighbour { row, score: f64::from(scratch.sums[row as usize]) + rest };
        let others = scratch.enough[..scratch.many].iter().filter(|row| self.rows.groups[**row as usize] != group);
        found.extend(others.map(|row| most(*row)).filter(|near| near.score >= bar));
        scratch.sums[from as usize..].fill(0.0);
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

    /// A score that the wanted best neighbours, in other groups, are known to reach, but at
    /// most the one from which all are wanted: the lowest score of those with the highest
    /// sums. 0 if none are wanted, too few have enough, or too many are wanted.
    fn reached(&self, group: u32, wanted: Wanted, scratch: &mut Scratch) -> f64 {
        let Scratch { sums, enough, many, best, .. } = scratch;
        let k = wanted.best;
        if k == 0 || k > MANY || *many < k {
            return 0.0;
        }
        // the `k` highest sums so far, the lowest of them last
        best.clear();
        let mut least = 0.0;
        for &row in &enough[..*many] {
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
        let lowest = scratch.best.iter().map(|(_, row)| self.score(*row, scratch)).fold(f64::INFINITY, f64::min);
        lowest.min(wanted.at_least)
    }

    /// The score of a row and the prepared one: added in the same order as in
    /// [`reference`](super::reference::score()), in which a term that only one of them has
    /// adds nothing.
    pub(super) fn score(&self, row: u32, scratch: &Scratch) -> f64 {
        let product = |(term, weight): (u32, f32)| f64::from(scratch.weights[term as usize]) * f64::from(weight);
        self.rows.row(row).map(product).fold(0.0, |sum, product| sum + product)
    }
}
