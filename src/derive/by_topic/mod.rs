//! The core by topics.
//!
//! `table` looks up the topics of statements and concepts. `counts` says which
//! units have which topics, and what pathways, routes and groups share; `plan`
//! adds people's decisions: which topics are in which core. `content` decides
//! which concepts of a core topic are core, and hands them to the engine that
//! makes items and specialisms; after people's decisions on concepts it completes the
//! cores with what they put there. `listing` shows the core by topics, and `near`
//! what fell just short.

mod content;
mod counts;
mod listing;
mod near;
mod plan;
mod reference;
mod table;

pub(in crate::derive) use content::{Join, complete, fill, joined};
pub(in crate::derive) use counts::{Counts, count, have};
pub(in crate::derive) use listing::{Part, parts};
pub(in crate::derive) use near::{expected, near_topics};
pub(in crate::derive) use plan::{ByTopic, Plan, TopicDecisions};
pub(in crate::derive) use reference::{count as count_slowly, joined as join_slowly};
pub(in crate::derive) use table::TopicTable;
