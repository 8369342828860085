//! One function for each result: from the result to a
//! [`Document`](crate::document::Document), which every exporter writes.
//!
//! | Function | Of |
//! |---|---|
//! | [`findings`] | what the rules say about a map |
//! | [`consultation`] | what a map can tell on a consultation's questions |
//! | [`difference`](difference()) | what differs between two maps, and what that does |
//! | [`drafts`] | what the drafts of an official file would change |
//! | [`explanation`] | why a concept is core, or is not |
//! | [`placement`] | the clusters that suit a new occupation |
//! | [`programmes`] | the programmes of a map |
//! | [`progression`] | where an occupation leads, and what that needs |
//!
//! A report takes a result that serialises, never what computes it: what a
//! report says, the JSON holds.

mod consultation;
mod consultation_facts;
mod difference;
mod difference_words;
mod drafts;
mod effects;
mod explanation;
mod findings;
mod placement;
mod programme_parts;
mod programmes;
mod progression;
mod sheet;

pub use consultation::consultation;
pub use difference::difference;
pub use drafts::drafts;
pub use explanation::explanation;
pub use findings::findings;
pub use placement::placement;
pub(crate) use placement::verdict;
pub use programmes::programmes;
pub use progression::progression;
