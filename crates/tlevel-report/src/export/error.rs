//! Why a document could not be written.

/// Why a document could not be written in an office format.
///
/// No text of a document leads here; only a file too large for its format does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The parts of the file could not be put together.
    #[error("the {format} file could not be put together: {reason}")]
    Package {
        /// Which format: `Word`, `Excel`.
        format: &'static str,
        /// What the format said.
        reason: String,
    },
}
