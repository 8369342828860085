//! Errors of progression.

/// Why the steps of an occupation could not be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProgressionError {
    /// An occupation that the map does not have.
    #[error("no occupation \"{0}\" on the map; give the id of one of its occupations")]
    NotOnMap(String),
    /// The concepts group the statements of another map.
    #[error("the concepts were made for another map; make them again for this one")]
    OtherMap,
}
