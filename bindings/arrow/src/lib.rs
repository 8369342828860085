//! Placing the rows of Arrow tables, for the bindings: [`Occupations`] reads rows as new
//! occupations, and [`Suggestions`] holds what is suggested for them as a record batch.

pub mod cells;
mod occupations;
mod suggestions;

pub use occupations::Occupations;
pub use suggestions::Suggestions;
