//! Where an occupation leads: the next occupations, and what each step needs.
//!
//! [`steps`] returns where an occupation of the map leads and where it is
//! reached from: by the links that the map declares, or else by the likeness
//! that the placer sees between it and the occupations of the next band, which
//! are marked as inferred. [`step`] looks at one step in full. Both say, word
//! for word, what the next occupation has that this one lacks.

mod error;
mod steps;

pub use error::ProgressionError;
pub use steps::{Needed, NeededStatement, Step, StepEnd, StepLink, Steps, step, steps};
