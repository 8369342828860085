//! What differs between two maps, without what it means for the programmes.

pub(in crate::change) mod details;
pub(in crate::change) mod maps;
pub(in crate::change) mod report;
mod summary;
