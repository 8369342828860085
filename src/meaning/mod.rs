//! Vectors of what texts mean, from a table of words or from a caller.
//!
//! Words alone do not see that a plumber does plumbing work and that "keep records"
//! is near "maintain documentation". A [`Meaning`] gives each text a [`Vector`];
//! [`harmonise`](mod@crate::harmonise) and [`place`](crate::place) use it if they are
//! given one. Nothing needs it. Topics are assigned without: it did not help there.
//!
//! * A [`WordTable`] has rows of numbers for words and pieces of words.
//!   A text's vector is the sum of its pieces' rows. The crate carries a table with the
//!   feature `meaning`.
//! * [`Vectors`] are a caller's own, by id, from any encoder.
//!
//! # The carried table
//!
//! It is data: no model runs. `tools/word-table` makes it from a sentence encoder and
//! the texts of O*NET and ESCO, without any text of England's, and describes how;
//! [`WordTable::about`] names sources, licences and attributions. What was measured
//! when it was chosen, by the cosine alone: how often the nearest O*NET task of another
//! occupation has the same activity, for the half of activities whose tasks were not
//! used, and the average precision of *same* on England's judged pairs, which were looked
//! at only to compare tables:
//!
//! | Table | O*NET | England's pairs |
//! |---|---|---|
//! | the encoder's vectors of single pieces, 64 dimensions | 0.266 | 0.670 |
//! | the same, trained on pairs of tasks with one activity | 0.294 | 0.688 |
//! | trained on the encoder's cosines, 1,200 steps | 0.303 | 0.697 |
//! | the same and on pairs of tasks | 0.305 | 0.685 |
//! | trained on the encoder's cosines, 2,400 steps, 20,000 pieces | 0.303 | 0.724 |
//! | the same, 128 dimensions | 0.323 | 0.744 |
//! | **the same on all texts, 13,000 pieces, which is carried** | | 0.732 |
//! | the encoder itself, 384 dimensions, 91 MB | 0.374 | |
//!
//! Pairs of tasks help O*NET's tasks a little and England's pairs not at all, so the
//! table is trained on cosines only.

mod about;
mod coverage;
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
pub use coverage::VectorsCoverage;
pub use error::MeaningError;
pub use source::Meaning;
pub use vector::Vector;
pub use vectors::Vectors;
pub use word_table::{WordPair, WordTable};
