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
//! index reads its lists into rough sums of single precision, which only say
//! how much a score can be; a score that is passed on is added anew.
//!
//! # What the index skips
//!
//! Rows have a length of at most 1. The terms of a row are read from the rarest
//! on. What the unread ones can still add to any score is bounded by their own
//! length, and by the largest weight of each anywhere. Once that bound is below
//! the score that a neighbour needs, a row that shares only unread terms cannot
//! be one, and the long lists of frequent terms need not be opened. They are
//! still read if that takes less time than scoring the rows whose sums plus the
//! bound reach the score: those are the candidates.
//!
//! Nothing is kept of which rows have occurred. All sums are looked at instead,
//! several at once, which on lists as long as those of words costs less than a
//! jump for each entry. Lists that are short together are read again instead.
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
