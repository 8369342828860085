//! The draft of a pathway's specification, as a document.

mod changes;
mod codes;
mod core;
mod draft;
mod hours;
mod sources;
mod specialism;
mod tables;
mod to_write;
mod topics;
mod wording;
pub use codes::numbered;
use draft::Draft;
pub use draft::specification;
