//! Where an occupation leads: the next occupations, and what each step
//! requires.
//!
//! [`steps`] returns the steps from and to an occupation of the map. They
//! follow the links that the map declares. If it declares none, they follow the
//! placer's similarity with occupations of the next band, and are marked as
//! inferred. [`step`] looks at one step in full. Both list, word for word, what
//! the next occupation has that this one lacks.

mod error;
mod steps;

pub use error::ProgressionError;
pub use steps::{Needed, NeededStatement, Step, StepEnd, StepLink, Steps, step, steps};
