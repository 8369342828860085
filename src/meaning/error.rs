//! Why a table of words or vectors cannot be used.

/// A table of words, or vectors, that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeaningError {
    /// The bytes are not a table of words: `b"no table"`.
    #[error("not a table of words (at byte {byte}): {why}")]
    NotATable {
        /// Where reading ended.
        byte: usize,
        /// What is wrong there.
        why: String,
    },
    /// The bytes are not a matrix in a `.npy` file that can be read: `b"no matrix"`.
    #[error("not a .npy file of vectors: {0}")]
    NotNpy(String),
    /// The ids do not fit the rows: one id for two rows.
    #[error("the ids do not fit the vectors: {0}")]
    BadIds(String),
    /// A vector cannot be used: a row of another length, or a value that is no
    /// number.
    #[error("the vector of \"{id}\" cannot be used: {why}")]
    BadVector {
        /// Whose vector it is.
        id: String,
        /// What is wrong with it.
        why: String,
    },
}
