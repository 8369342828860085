//! Why a table of words or vectors cannot be used.

/// A table of words, or vectors, that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeaningError {
    /// The bytes are not a table of words: `b"no table"`.
    #[error("not a table of words: {0}")]
    NotATable(String),
    /// A vector cannot be used: a row of another length, or a value that is no
    /// number.
    #[error("{id}: {why}")]
    BadVector {
        /// Whose vector it is.
        id: String,
        /// What is wrong with it.
        why: String,
    },
}
