//! Sparse vectors, and the search for near ones.
//!
//! [`Rows`] holds the vectors. For one of them, [`Index`] finds all others with
//! at least a given score, and the `k` best, without examining most of them.
//! [`mod@reference`] examines every pair in the obvious way and gives the same
//! rows and the same scores, to the last bit.
//!
//! # Why the scores are equal to the bit
//!
//! A score is a sum of products, and a sum of floating-point numbers depends on
//! its order. Both ways add in the same order: terms are numbered from the
//! rarest to the most frequent, and a row holds its terms in that order. The
//! index reads its lists in that order too, and adds to a sum what is left of a
//! row where it stopped reading them.
//!
//! # What the index skips
//!
//! Rows have a length of at most 1. The terms of a row are read from the rarest
//! on. What the unread ones can still add to any score is bounded by their own
//! length, and by the largest weight of each anywhere. Once that bound is below
//! the score that a neighbour needs, a row that shares only unread terms cannot
//! be one: the long lists of frequent terms are not opened for new rows. The
//! rows found by then are candidates; lists that are shorter than the number of
//! candidates are still added to their sums. A candidate is examined if its sum
//! plus the bound on the remaining terms reaches that score.
//!
//! R. J. Bayardo, Y. Ma, R. Srikant, "Scaling Up All Pairs Similarity Search",
//! WWW 2007 (bounds by the largest weights); H. Turtle, J. Flood, "Query
//! evaluation: strategies and optimizations", Inf. Process. Manag. 31 (1995)
//! (the best `k` by bounds).

mod index;
mod neighbours;
#[doc(hidden)]
pub mod reference;
mod rows;
mod search;

pub use index::{Index, Scratch};
use neighbours::keep_wanted;
pub use neighbours::{Neighbour, Wanted};
pub use rows::{Rows, RowsBuilder};
pub use search::{Rescore, search, search_by, search_from, search_pairs_by};
