//! Which pathway is taught as a T Level, from when, and until when.
//!
//! A map may hold the dates of first teaching, planned and actual, and of a T Level
//! that was withdrawn, when learners last began.
//! [`TeachingPlan::of`] lays them out by pathway and by year, with how each pathway
//! is delivered. [`taught_by`] keeps the programmes that are taught by a date.

mod plan;
mod taught;

pub use plan::{Delivery, PathwayTeaching, TeachingPlan, TeachingYear};
pub use taught::{NoDates, TaughtProgrammes, taught_by};
