//! Which branch, occupation, option, duty and statement of one map is which of
//! another.

pub(in crate::change) mod likeness;
pub(in crate::change) mod occupations;
pub(in crate::change) mod statements;
