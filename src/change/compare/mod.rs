//! The differences between two maps, without their effects on the programmes.

pub(in crate::change) mod details;
pub(in crate::change) mod maps;
pub(in crate::change) mod report;
mod summary;
