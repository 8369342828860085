//! Why a document could not be written.

/// Why a document could not be written as Word, Excel or Parquet.
///
/// No text of a document causes this, only a file that is too large for its format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The parts of the file could not be put together.
    #[error("the {format} file could not be put together: {reason}")]
    Package {
        /// The format: `Word`, `Excel` or `Parquet`.
        format: &'static str,
        /// The reason from the writer of the format.
        reason: String,
    },
}
