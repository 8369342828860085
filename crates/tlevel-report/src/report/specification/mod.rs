//! The draft of a pathway's specification, as a document.

mod core;
mod draft;
mod specialism;
mod tables;
mod topics;
use draft::Draft;
pub use draft::specification;
