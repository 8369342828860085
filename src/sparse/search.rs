//! The neighbours of all rows, one row after the other.

use super::{Index, Neighbour, Rows, Scratch, Wanted, keep_wanted};

/// Gives the neighbours of every row to `take`, in the order of the rows: what
/// [`Index::neighbours`] finds for each.
///
/// With the feature `parallel` several threads search; what is given, and in
/// which order, is the same.
///
/// # Examples
///
/// ```
/// use tlevel::sparse::{RowsBuilder, Wanted, search};
///
/// let mut builder = RowsBuilder::default();
/// builder.push(0, [(1, 1.0), (2, 1.0)]);
/// builder.push(1, [(2, 1.0)]);
/// builder.push(2, [(3, 1.0)]);
/// let mut found = Vec::new();
/// search(&builder.finish(), Wanted { best: 1, at_least: f64::INFINITY }, |row, neighbours| {
///     found.push((row, neighbours.first().map(|n| n.row)));
/// });
/// assert_eq!(found, [(0, Some(1)), (1, Some(0)), (2, None)]);
/// ```
///
/// # Complexity
///
/// `O(n² t)` at worst for `n` rows of `t` terms; see `benches/sparse.rs` for
/// what it is in practice. Memory: the index, and what is found for some
/// hundreds of rows.
pub fn search(rows: &Rows, wanted: Wanted, take: impl FnMut(u32, &[Neighbour])) {
    search_from(rows, wanted, 0.0, take);
}

/// [`search`] without what scores less than `least`.
///
/// # Complexity
///
/// As [`search`], and less the higher `least` is.
pub fn search_from(rows: &Rows, wanted: Wanted, least: f64, take: impl FnMut(u32, &[Neighbour])) {
    let work = |index: &Index<'_>, (row, scratch, found): Turn<'_, ()>| {
        index.neighbours_from(row, wanted, least, &mut scratch.0, found);
    };
    each(rows, work, take);
}

/// Another score of two rows, made from that of their terms and what else is
/// known of them, and never more than so many times as high.
pub trait Rescore: Sync {
    /// Memory that is used again from row to row.
    type Scratch: Default;

    /// How many times the score of their terms the score may be.
    fn most(&self) -> f64;

    /// Gets ready to score neighbours of a row; gives scores that neighbours
    /// are known to reach, of as many different rows of other groups: the more
    /// and the higher, the less is looked at.
    fn begin(&self, row: u32, scratch: &mut Self::Scratch) -> Vec<f64>;

    /// The score of the row that was begun with a neighbour, of which the score
    /// of the terms is given; None, or any lower number, where it does not
    /// reach `least`.
    fn score(&self, row: u32, neighbour: Neighbour, least: f64, scratch: &mut Self::Scratch) -> Option<f64>;

    /// Clears what [`Rescore::begin`] got ready.
    fn end(&self, row: u32, scratch: &mut Self::Scratch);
}

/// [`search`] by another score: gives the neighbours of every row that score
/// best and well enough by that, exactly. Those that score 0 are none.
///
/// What the best are known to reach tells how little the terms of another must
/// have in common for it not to be looked at.
///
/// # Complexity
///
/// As [`search`] for scores as many times lower as the score may be higher.
pub fn search_by<R: Rescore>(rows: &Rows, wanted: Wanted, by: &R, take: impl FnMut(u32, &[Neighbour])) {
    let work = |index: &Index<'_>, (row, (scratch, own), found): Turn<'_, R::Scratch>| {
        let mut best = Best { most: wanted.best, scores: Vec::new() };
        by.begin(row, own).into_iter().for_each(|score| best.add(score));
        if best.bar() <= 0.0 && wanted.best > 0 {
            // too few are known: what is best by the terms will do
            index.neighbours(row, Wanted { at_least: f64::INFINITY, ..wanted }, scratch, found);
            best.scores.clear();
            found.iter().filter_map(|&n| by.score(row, n, 0.0, own)).for_each(|score| best.add(score));
        }
        let reached = best.bar();
        let known = reached.min(wanted.at_least) / by.most() * (1.0 - SAFE);
        let all = Wanted { best: usize::MAX, at_least: f64::INFINITY };
        let sought = if known > 0.0 { Wanted { best: 0, at_least: known } } else { all };
        index.candidates(row, sought, 0.0, scratch, found);
        best.scores.clear();
        let mut kept = 0;
        for i in 0..found.len() {
            let bar = if wanted.best == 0 { wanted.at_least } else { reached.max(best.bar()).min(wanted.at_least) };
            if let Some(score) = by.score(row, found[i], bar, own).filter(|score| *score > 0.0 && *score >= bar) {
                best.add(score);
                found[kept] = Neighbour { row: found[i].row, score };
                kept += 1;
            }
        }
        found.truncate(kept);
        keep_wanted(found, wanted);
        by.end(row, own);
    };
    each(rows, work, take);
}

/// The highest scores so far, the lowest of them last.
struct Best {
    most: usize,
    scores: Vec<f64>,
}

impl Best {
    fn add(&mut self, score: f64) {
        if self.most == 0 || self.most > MANY || (self.scores.len() == self.most && score <= self.bar()) {
            return;
        }
        let place = self.scores.partition_point(|other| *other >= score);
        self.scores.truncate(self.most - 1);
        self.scores.insert(place, score);
    }

    /// What another must reach to be among them: infinite where none are
    /// wanted, 0 where there are too few so far (or too many to keep in order).
    fn bar(&self) -> f64 {
        match self.most {
            0 => f64::INFINITY,
            most if self.scores.len() < most => 0.0,
            most => self.scores[most - 1],
        }
    }
}

/// Asked for more of the best than this, all are looked at.
const MANY: usize = 256;

/// How far a bound may be off by rounding.
const SAFE: f64 = 1e-6;

/// A row to work on, memory of the index's and one's own, and where to put what
/// is found.
type Turn<'t, S> = (u32, &'t mut (Scratch, S), &'t mut Vec<Neighbour>);

fn each<S: Default>(
    rows: &Rows,
    work: impl Fn(&Index<'_>, Turn<'_, S>) + Sync,
    mut take: impl FnMut(u32, &[Neighbour]),
) {
    let index = Index::new(rows);
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;

        // a batch is searched by all threads, then taken in order
        let batch = BATCH * rayon::current_num_threads();
        let starts: Vec<u32> = (0..rows.len() as u32).step_by(batch).collect();
        for start in starts {
            let end = (start as usize + batch).min(rows.len()) as u32;
            let found: Vec<Vec<Neighbour>> = (start..end)
                .into_par_iter()
                .map_init(<(Scratch, S)>::default, |scratch, row| {
                    let mut found = Vec::new();
                    work(&index, (row, scratch, &mut found));
                    found
                })
                .collect();
            (start..end).zip(&found).for_each(|(row, neighbours)| take(row, neighbours));
        }
    }
    #[cfg(not(feature = "parallel"))]
    {
        let (mut scratch, mut found) = (<(Scratch, S)>::default(), Vec::new());
        for row in 0..rows.len() as u32 {
            work(&index, (row, &mut scratch, &mut found));
            take(row, &found);
        }
    }
}

/// How many rows a thread searches before what was found is taken.
#[cfg(feature = "parallel")]
const BATCH: usize = 1_024;
