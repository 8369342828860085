//! One error for all rooms.

use crate::{
    check, concept, consult, derive, harmonise, map, meaning, place, progression, read, review, table, teaching, topics,
};

/// Any error of the library. Each room has its own error type; `?` converts all
/// of them into this one.
///
/// # Examples
///
/// ```
/// fn core(bytes: &[u8], pathway: &str) -> Result<usize, tlevel::Error> {
///     let map = tlevel::check(tlevel::read(bytes)?)?.map;
///     let pathway = map.find_pathway(pathway)?;
///     let concepts = tlevel::concept::Concepts::exact(&map);
///     let derivation = tlevel::derive(&map, &concepts, &tlevel::derive::Policy::panel())?;
///     Ok(derivation.programme(pathway.id()).map_or(0, |programme| programme.pathway_core.len()))
/// }
///
/// let england = std::fs::read("fixtures/maps/england.json")?;
/// assert!(core(&england, "Onsite construction").is_ok());
/// let message = core(&england, "Onsite constuction").unwrap_err().to_string();
/// assert!(message.ends_with(": did you mean \"Onsite construction\"?"), "{message}");
/// assert!(core(b"no map", "").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a map.
    #[error(transparent)]
    Read(#[from] read::Error),
    /// The map holds nothing usable.
    #[error(transparent)]
    Check(#[from] check::Rejected),
    /// A name matches nothing on the map, or several things.
    #[error(transparent)]
    Find(#[from] map::FindError),
    /// A number is not a level.
    #[error(transparent)]
    Level(#[from] map::NotALevel),
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// Judged concepts cannot be read.
    #[error(transparent)]
    Concepts(#[from] concept::Error),
    /// Concepts cannot be merged.
    #[error(transparent)]
    Merge(#[from] concept::MergeError),
    /// A table of words or vectors cannot be used.
    #[error(transparent)]
    Meaning(#[from] meaning::MeaningError),
    /// A number is not a threshold.
    #[error(transparent)]
    Threshold(#[from] harmonise::NotAThreshold),
    /// A ledger cannot be read or applied.
    #[error(transparent)]
    Ledger(#[from] harmonise::LedgerError),
    /// A vocabulary of topics cannot be read.
    #[error(transparent)]
    Vocabulary(#[from] topics::VocabularyError),
    /// Decisions on topics cannot be read or applied.
    #[error(transparent)]
    TopicDecisions(#[from] topics::TopicDecisionsError),
    /// A policy cannot be read.
    #[error(transparent)]
    Policy(#[from] derive::PolicyError),
    /// A number is not a quorum.
    #[error(transparent)]
    Quorum(#[from] derive::NotAQuorum),
    /// Nothing can be derived.
    #[error(transparent)]
    Derive(#[from] derive::Error),
    /// A review cannot be read.
    #[error(transparent)]
    Review(#[from] review::ReviewError),
    /// The map holds no date of first teaching.
    #[error(transparent)]
    NoDates(#[from] teaching::NoDates),
    /// A placer cannot answer.
    #[error(transparent)]
    Place(#[from] place::PlaceError),
    /// A new occupation cannot be read.
    #[error(transparent)]
    NewOccupation(#[from] place::NewError),
    /// A saved index cannot be loaded.
    #[cfg(feature = "index")]
    #[error(transparent)]
    Index(#[from] place::IndexError),
    /// The steps of a progression cannot be computed.
    #[error(transparent)]
    Progression(#[from] progression::ProgressionError),
    /// Changes cannot be read.
    #[error(transparent)]
    ReadChanges(#[from] crate::change::ChangesError),
    /// Changes cannot be applied.
    #[error(transparent)]
    Changes(#[from] crate::change::ChangeErrors),
    /// A proposal cannot be screened.
    #[error(transparent)]
    Consultation(#[from] consult::ConsultationError),
}
