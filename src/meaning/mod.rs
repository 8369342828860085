//! Vectors of what texts mean, from a table of words or from a caller.
//!
//! Words alone do not see that a plumber does plumbing work and that "keep records"
//! is near "maintain documentation". A [`Meaning`] gives each text a [`Vector`];
//! [`harmonise`](mod@crate::harmonise), [`topics`](crate::topics) and
//! [`place`](crate::place) use it if they are given one. Nothing needs it.
//!
//! * A [`WordTable`] has a row for each of some ten thousand pieces of words. A
//!   text's vector is the sum of its pieces' rows. The crate carries one with the
//!   feature `meaning`.
//! * [`Vectors`] are a caller's own, by id, from any encoder.

mod about;
mod error;
mod npy;
mod pieces;
mod source;
mod table_bytes;
mod vector;
mod vectors;
mod word_table;
mod words;

pub use about::{TableAbout, TableSource};
pub use error::MeaningError;
pub use source::Meaning;
pub use vector::Vector;
pub use vectors::Vectors;
pub use word_table::{WordPair, WordTable};
