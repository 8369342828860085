//! A table of words.

use super::{MeaningError, Vector};

/// Rows of numbers for pieces of words, and a function from text to a vector.
#[derive(Clone, Debug)]
pub struct WordTable {
    dimensions: usize,
}

/// A word of one text and one of another, and what the two add to their cosine.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WordPair {
    /// The word of the first.
    pub first: String,
    /// The word of the second.
    pub second: String,
    /// What they add to the cosine.
    pub share: f64,
}

impl WordTable {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// [`MeaningError::NotATable`]: `b"no table"`.
    pub fn from_bytes(_bytes: &[u8]) -> Result<WordTable, MeaningError> {
        Err(MeaningError::NotATable("it does not begin as one".to_owned()))
    }

    /// How many values a vector has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The vector of a text; `None` if no word of it is known.
    pub fn vector(&self, _text: &str) -> Option<Vector> {
        None
    }

    /// The pairs of words that add most to the cosine of two texts, the largest
    /// first (ties: in the order of the texts).
    pub fn pairs(&self, _first: &str, _second: &str, _most: usize) -> Vec<WordPair> {
        Vec::new()
    }
}
