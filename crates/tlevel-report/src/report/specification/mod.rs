//! The draft of a pathway's specification, as a document.

mod draft;
mod core;
mod specialism;
mod tables;
pub use draft::Specification;
use draft::Draft;
