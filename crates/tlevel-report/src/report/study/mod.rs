//! Reports of studies: figures for people, and as data for programs.

mod clusters;
mod comparison;
mod figures;
mod harmonise;
mod misfits;
mod placement;
mod sweep;
mod topics;

pub use clusters::study_clusters;
pub use comparison::study_comparison;
pub use harmonise::study_harmonise;
pub use misfits::study_misfits;
pub use placement::study_placement;
pub use sweep::study_sweep;
pub use topics::study_topics;
