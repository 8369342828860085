//! Concepts: groups of statements that say the same.
//!
//! A [`Concepts`] is a checked grouping of a map's statements. Every statement
//! that says something is in a concept, and a concept contains one kind. A
//! bundle (one statement that says what others say one by one) may be in
//! several. There are three ways to make one:
//!
//! * [`Concepts::exact`]: statements with equal normal forms;
//! * [`Concepts::from_csv`]: judged by people, in a file;
//! * [`Concepts::from_groups`]: judged by a program.
//!
//! Statements that the last two do not list stay in exact concepts. `derive`
//! takes concepts and makes none.
//!
//! Concepts are the finest level. [`Topic`]s lie over them: statements that are
//! taught together under one heading ([`mod@crate::topics`] finds them).

mod builder;
mod central;
mod concepts;
mod grown;
mod judged;
mod merged;
mod part;
mod parted;
mod reordered;
mod topics;
pub(crate) use builder::wording_id;
use concepts::Entry;
pub use concepts::{Concept, ConceptIndex, Concepts, Error, Group, Near, Wording};
pub(crate) use grown::{Gained, Grown, Joins};
pub use merged::{Merge, MergeError};
pub use topics::{HeadingSource, Nature, Overlap, Topic, TopicStatement};
