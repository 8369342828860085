//! The draft of a pathway's specification, as a document.

mod core;
mod draft;
mod hours;
mod sources;
mod specialism;
mod tables;
mod to_write;
mod topics;
mod wording;
use draft::Draft;
pub use draft::specification;
