//! The neighbours of all rows, one row after another.

use super::{Index, Neighbour, Rows, Scratch, Wanted, keep_wanted};

/// Passes the neighbours of every row to `take`, in the order of the rows:
/// those that [`Index::neighbours`] finds for each.
///
/// With the feature `parallel`, several threads search. The results and their
/// order are the same.
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
/// practice. Memory: the index, and the results for some hundreds of rows.
pub fn search(rows: &Rows, wanted: Wanted, take: impl FnMut(u32, &[Neighbour])) {
    search_from(rows, wanted, 0.0, take);
}

/// Like [`search`], without neighbours that score less than `least`.
///
/// # Complexity
///
/// As [`search`]; the higher `least` is, the less.
pub fn search_from(rows: &Rows, wanted: Wanted, least: f64, take: impl FnMut(u32, &[Neighbour])) {
    let work = |index: &Index<'_>, (row, scratch, found): Turn<'_, ()>| {
        index.neighbours_from(row, wanted, least, &mut scratch.0, found);
    };
    each(rows, work, take);
}

/// Another score of two rows, computed from that of their terms and further
/// data, and bounded by a multiple of it.
pub trait Rescore: Sync {
    /// Memory that is reused from row to row.
    type Scratch: Default;

    /// The maximum of the score as a multiple of that of the terms.
    fn most(&self) -> f64;

    /// Prepares for scoring neighbours of a row.
    fn begin(&self, row: u32, scratch: &mut Self::Scratch);

    /// Scores that neighbours of the prepared row are known to reach, each of a
    /// different row of another group: the more there are and the higher they
    /// are, the less is searched.
    fn reached(&self, row: u32, scratch: &mut Self::Scratch) -> Vec<f64>;

    /// Whether the score of the prepared row with a neighbour may reach `least`, given a
    /// maximum of the score of their terms.
    fn may_reach(&self, row: u32, neighbour: Neighbour, least: f64, scratch: &mut Self::Scratch) -> bool;

    /// The score of the prepared row with a neighbour, given the score of their
    /// terms.
    fn score(&self, row: u32, neighbour: Neighbour, scratch: &mut Self::Scratch) -> f64;

    /// Clears what [`Rescore::begin`] prepared.
    fn end(&self, row: u32, scratch: &mut Self::Scratch);
}

/// Like [`search`], by another score: passes on the best neighbours of every
/// row, and those that score enough, exactly. Rows that score 0 are not
/// neighbours.
///
/// The scores that the best are known to reach limit the search: rows whose
/// terms have too little in common are not examined.
///
/// # Complexity
///
/// As [`search`] with a minimum score divided by [`Rescore::most`].
pub fn search_by<R: Rescore>(rows: &Rows, wanted: Wanted, by: &R, take: impl FnMut(u32, &[Neighbour])) {
    let work = |index: &Index<'_>, (row, (scratch, own), found): Turn<'_, R::Scratch>| {
        let mut best = Best { most: wanted.best, scores: Vec::new() };
        by.begin(row, own);
        if wanted.best > 0 {
            by.reached(row, own).into_iter().for_each(|score| best.add(score));
        }
        if best.bar() <= 0.0 && wanted.best > 0 {
            // too few are known: use the best by terms
            index.neighbours(row, Wanted { at_least: f64::INFINITY, ..wanted }, scratch, found);
            best.scores.clear();
            found.iter().for_each(|near| best.add(by.score(row, *near, own)));
        }
        let reached = best.bar();
        let known = reached.min(wanted.at_least) / by.most() * (1.0 - SAFE);
        let all = Wanted { best: usize::MAX, at_least: f64::INFINITY };
        let sought = if known > 0.0 { Wanted { best: 0, at_least: known } } else { all };
        index.begin(row, scratch);
        index.candidates((row, 0), sought, 0.0, scratch, found);
        best.scores.clear();
        found.retain_mut(|near| {
            let bar = if wanted.best == 0 { wanted.at_least } else { reached.max(best.bar()).min(wanted.at_least) };
            let Some(score) = score(index, by, (row, *near), bar, (scratch, own)) else { return false };
            best.add(score);
            near.score = score;
            true
        });
        keep_wanted(found, wanted);
        index.end(row, scratch);
        by.end(row, own);
    };
    each(rows, work, take);
}

/// Like [`search_by`] for all that score so much or more, but each pair of rows once:
/// passes on the neighbours of every row that come after it, in no order.
///
/// # Complexity
///
/// Half of [`search_by`].
pub fn search_pairs_by<R: Rescore>(rows: &Rows, at_least: f64, by: &R, take: impl FnMut(u32, &[Neighbour])) {
    let sought = Wanted::above(at_least / by.most() * (1.0 - SAFE));
    let work = |index: &Index<'_>, (row, (scratch, own), found): Turn<'_, R::Scratch>| {
        index.begin(row, scratch);
        index.candidates((row, row + 1), sought, 0.0, scratch, found);
        if !found.is_empty() {
            by.begin(row, own);
            found.retain_mut(|near| {
                let Some(score) = score(index, by, (row, *near), at_least, (scratch, own)) else { return false };
                near.score = score;
                true
            });
            by.end(row, own);
        }
        index.end(row, scratch);
    };
    each(rows, work, take);
}

/// The score of a row with a candidate, if it is above 0 and reaches `least`: that of their
/// terms is only computed if its maximum allows it.
fn score<R: Rescore>(
    index: &Index<'_>,
    by: &R,
    (row, near): (u32, Neighbour),
    least: f64,
    (scratch, own): (&Scratch, &mut R::Scratch),
) -> Option<f64> {
    if !by.may_reach(row, near, least, own) {
        return None;
    }
    let near = Neighbour { score: index.score(near.row, scratch), ..near };
    Some(by.score(row, near, own)).filter(|score| *score > 0.0 && *score >= least)
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

    /// The score that another must reach to be among them: infinite if none are
    /// wanted, 0 if there are too few so far (or too many to keep in order).
    fn bar(&self) -> f64 {
        match self.most {
            0 => f64::INFINITY,
            most if self.scores.len() < most => 0.0,
            most => self.scores[most - 1],
        }
    }
}

/// If more of the best are wanted than this, all rows are examined.
const MANY: usize = 256;

/// The maximum rounding error of a bound.
const SAFE: f64 = 1e-6;

/// A row to search, memory for the index and the scorer, and the place for the
/// results.
type Turn<'t, S> = (u32, &'t mut (Scratch, S), &'t mut Vec<Neighbour>);

fn each<S: Default>(
    rows: &Rows,
    work: impl Fn(&Index<'_>, Turn<'_, S>) + Sync,
    mut take: impl FnMut(u32, &[Neighbour]),
) {
    let index = Index::new(rows);
    #[cfg(feature = "parallel")]
    if rows.len() >= 2 * FEW {
        // all threads search a batch, then its results are taken in order
        let batch = BATCH * rayon::current_num_threads();
        let starts: Vec<u32> = (0..rows.len() as u32).step_by(batch).collect();
        for start in starts {
            let end = (start as usize + batch).min(rows.len()) as u32;
            let numbers: Vec<u32> = (start..end).collect();
            let found = crate::each::each(&numbers, FEW, <(Scratch, S)>::default, |scratch, &row| {
                let mut found = Vec::new();
                work(&index, (row, scratch, &mut found));
                found
            });
            (start..end).zip(&found).for_each(|(row, neighbours)| take(row, neighbours));
        }
        return;
    }
    let (mut scratch, mut found) = (<(Scratch, S)>::default(), Vec::new());
    for row in 0..rows.len() as u32 {
        work(&index, (row, &mut scratch, &mut found));
        take(row, &found);
    }
}

/// Fewer rows are not worth a thread of their own.
#[cfg(feature = "parallel")]
const FEW: usize = 16;

/// How many rows a thread searches before the results are taken.
#[cfg(feature = "parallel")]
const BATCH: usize = 1_024;
