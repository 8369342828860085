//! What a placer refuses.

/// Why an occupation could not be added, removed or compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// A cluster that the map does not have.
    #[error("no cluster \"{0}\" on the map; give the id of one of its clusters")]
    UnknownCluster(String),
    /// An occupation that the index does not hold.
    #[error("no occupation \"{0}\" in the index")]
    UnknownOccupation(String),
    /// An id that an occupation of the index has.
    #[error("the index holds an occupation \"{0}\" already; remove it first, or give another id")]
    HasOccupation(String),
    /// An occupation without a level from 2 to 7.
    #[error("occupation \"{0}\" has no level from 2 to 7; give it one")]
    NoLevel(String),
    /// An occupation that the map does not have.
    #[error("no occupation \"{0}\" on the map; give the id of one of its occupations")]
    NotOnMap(String),
    /// The concepts group the statements of another map.
    #[error("the concepts were made for another map; make them anew for this one")]
    OtherMap,
}

/// Why a saved index could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// Some other file.
    #[error("not a saved index; make one with `Placer::save` or `tlevel suggest --save-index`")]
    NotAnIndex,
    /// An index of another version of this program.
    #[error("an index of version {0}, this program reads version {VERSION}; save it anew from the map")]
    Version(u32),
    /// An index that was cut off or changed since it was saved.
    #[error("the index is damaged (its checksum does not fit its content); save it anew from the map")]
    Damaged,
    /// An index that no placer wrote.
    #[error("the index does not hold together ({0}); save it anew from the map")]
    Broken(&'static str),
}

/// The version of saved indexes: a new one when a score may change, so that an
/// old file never gives other answers than the map it was made from.
pub(super) const VERSION: u32 = 1;
