//! Errors of the placer.

/// Why a placer could not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// An occupation that is not in the index.
    #[error("no occupation \"{0}\" in the index")]
    UnknownOccupation(String),
}

/// Why a saved index could not be loaded.
#[cfg(feature = "index")]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The file is not an index.
    #[error("not a saved index; make one with `Placer::save` or `tlevel suggest --save-index`")]
    NotAnIndex,
    /// An index of another version of this program.
    #[error("an index of version {0}, this program reads version {VERSION}; save it again from the map")]
    Version(u32),
    /// An index that was cut off or changed after it was saved.
    #[error("the index is damaged (its checksum does not fit its content); save it again from the map")]
    Damaged,
    /// An index that no placer wrote.
    #[error("the index is inconsistent ({0}); save it again from the map")]
    Broken(&'static str),
}

/// The version of saved indexes. It changes whenever a score may change, so
/// that an old file never gives other answers than the map it was made from.
#[cfg(feature = "index")]
pub(super) const VERSION: u32 = 4;
