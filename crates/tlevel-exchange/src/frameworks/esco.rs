//! ESCO as CSV, of the European Commission and of Tabiya: in as a map or as topics,
//! out as concepts.

mod read;
mod topics;
mod write;

pub use write::write;

pub(crate) use read::{read, recognise};
pub(crate) use topics::{read as read_topics, recognise as recognise_topics};
