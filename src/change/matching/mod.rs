//! Matches the branches, occupations, options, duties and statements of two
//! maps.

pub(in crate::change) mod likeness;
pub(in crate::change) mod occupations;
pub(in crate::change) mod statements;
