//! Where vectors come from.

use super::coverage::statement_id;
use super::{Vector, Vectors, WordPair, WordTable};
use crate::map::Statement;

/// Where vectors come from: a table of words, or a caller's own.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Meaning<'v> {
    /// A table of words: every text with a known word has a vector.
    Table(&'v WordTable),
    /// A caller's vectors: what has an id among them has a vector.
    Own(&'v Vectors),
}

impl Meaning<'_> {
    /// The vector of a statement.
    pub fn statement(&self, statement: Statement<'_>) -> Option<Vector> {
        match self {
            Meaning::Table(table) => table.vector(statement.text()),
            Meaning::Own(vectors) => vectors.get(&statement_id(statement.occupation().id(), statement.id())).cloned(),
        }
    }

    /// The vector of anything else with an id and a text: an occupation, or a topic
    /// (its id with `"topic:"` before it).
    pub fn vector(&self, id: &str, text: &str) -> Option<Vector> {
        match self {
            Meaning::Table(table) => table.vector(text),
            Meaning::Own(vectors) => vectors.get(id).cloned(),
        }
    }

    /// The words that make two texts alike, the largest share first; none for a
    /// caller's vectors, whose words are not known.
    pub fn pairs(&self, first: &str, second: &str, most: usize) -> Vec<WordPair> {
        match self {
            Meaning::Table(table) => table.pairs(first, second, most),
            Meaning::Own(_) => Vec::new(),
        }
    }
}
