//! Sparse vectors, and the search for those that are near.
//!
//! [`Rows`] holds the vectors; [`Index`] finds, for one of them, all others at
//! or above a score and the `k` best, without looking at most of them; and
//! [`mod@reference`] looks at every pair, the obvious way, and gives the same: the
//! same rows and the same scores, to the last bit.
//!
//! # Why the scores are equal to the bit
//!
//! A score is a sum of products, and a sum of floating-point numbers depends on
//! its order. Both ways add in one order: terms are numbered from the rarest to
//! the most frequent, and a row holds its terms in that order. What the index
//! adds up on its way only decides what it may leave out; every score that it
//! gives is added anew, in that order.
//!
//! # What the index leaves out
//!
//! Rows have at most length 1. While the terms of a row are read from the
//! rarest on, what the unread ones can still add to any score is bounded by
//! their own length, and by the largest weight that each has anywhere. Once
//! that bound is below the score that a neighbour needs, no row that shares
//! only unread terms can be one: the long lists of frequent terms are not
//! opened for new rows. What was met by then is a candidate; lists that are
//! shorter than the candidates are many still add to their sums. A candidate is
//! looked at when its sum and the bound on the rest reach that score.
//!
//! R. J. Bayardo, Y. Ma, R. Srikant, "Scaling Up All Pairs Similarity Search",
//! WWW 2007 (bounds by the largest weights); H. Turtle, J. Flood, "Query
//! evaluation: strategies and optimizations", Inf. Process. Manag. 31 (1995)
//! (the best `k` by bounds).

mod index;
#[doc(hidden)]
pub mod reference;
mod rows;
mod search;

pub use index::{Index, Scratch};
pub use rows::{Rows, RowsBuilder};
pub use search::{Rescore, search, search_by, search_from};

/// A row that is near another, and how near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The number of the row.
    pub row: u32,
    /// The sum of the products of their weights.
    pub score: f64,
}

/// What is sought for a row: the `best` rows, and besides all those whose score
/// is `at_least` so much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// How many of the best, whatever their score (above 0).
    pub best: usize,
    /// All with this score or more; infinite for none but the best.
    pub at_least: f64,
}

impl Wanted {
    /// The `k` nearest, however far.
    pub fn nearest(k: usize) -> Self {
        Wanted { best: k, at_least: f64::INFINITY }
    }

    /// All that score so much or more.
    pub fn above(score: f64) -> Self {
        Wanted { best: 0, at_least: score }
    }

    /// The same, and all that score so much or more.
    #[must_use]
    pub fn and_above(self, score: f64) -> Self {
        Wanted { at_least: score, ..self }
    }
}

/// The order of neighbours: the highest score first, then the lowest number.
fn order(a: &Neighbour, b: &Neighbour) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.row.cmp(&b.row))
}

/// Sorts neighbours and keeps what is wanted.
fn keep_wanted(found: &mut Vec<Neighbour>, wanted: Wanted) {
    found.sort_unstable_by(order);
    let enough = found.partition_point(|n| n.score >= wanted.at_least);
    found.truncate(enough.max(wanted.best));
}
