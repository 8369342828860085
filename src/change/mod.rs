//! The differences between two maps, the effect of a proposal, and what both
//! mean for the programmes.
//!
//! | Function | Result |
//! |---|---|
//! | [`diff`] | the differences between two maps |
//! | [`effect`] | their effect on the programmes, and why |
//! | [`diff_with_effects`] | both |
//! | [`apply`] | the map with proposed [`Changes`] applied |
//! | [`to_changes`] | the changes that turn one map into another |
//! | [`carry_over`], [`carry_over_joined`], [`carry_over_with_topics`] | one map's concepts for another that has most of its statements |
//!
//! # How things are matched
//!
//! Branches match by their ids. Those that remain match by name if no other
//! remaining branch in the same place has that name. Occupations match one to
//! one in this order, each step among those that remain, and never if two would
//! match:
//!
//! 1. the same id;
//! 2. the id of one is the occupation code of the other, or both have one code;
//! 3. the same with the references of standards;
//! 4. the numbers of a standard and of an occupation code (`ST0499`,
//!    `OCC0499`), if each record has only one of the two and the titles are
//!    alike;
//! 5. the same title and level.
//!
//! An occupation that is matched under two ids is *recoded*: it counts
//! everywhere as one occupation, under its new id. Options match by title,
//! those that remain by id.
//!
//! The statements of an occupation on both maps match one to one within their
//! kind, and its duties likewise, in this order, each step among those that
//! remain:
//!
//! 1. the same id and the same normal form;
//! 2. the same normal form under another id ("renumbered"), in the order of the
//!    old map;
//! 3. the same id, and a [`likeness`] of at least [`ALIKE`];
//! 4. any ids, and a likeness of at least [`ALIKE`]: the most alike first;
//!    ties: the order of the old map, then of the new;
//! 5. the same id.
//!
//! Concepts match by the statements that they share. Of all pairs of an old and
//! a new concept, the one with most matched statements comes first; ties: the
//! order of the old concepts, then of the new. Ids of concepts are ignored,
//! because a concept that gains a statement may get another id.
//!
//! # What is derived
//!
//! A difference affects a route if one of its occupations is added, removed or
//! moved, or gets another standing under the policy, another title, other
//! duties or other options, or has a statement whose concept (or topic, if topics
//! are shared) does not match the other map's. The pathways of a route depend only on each other, so
//! [`diff_with_effects`] derives only the affected routes; another policy
//! affects all. The result is the same as by deriving everything, to the byte.
//!
//! # What the tests do not prove
//!
//! The tests do not prove that a cause is *the* cause: all changes that explain
//! an effect are listed, whether or not one of them would have been enough.

mod affected_routes;
mod affected_topics;
mod between;
mod carry_over;
mod carry_topics;
mod changes;
mod changes_json;
mod changes_rows;
mod compare;
mod derived;
mod difference;
mod drafts;
mod edit;
mod effects;
mod error;
mod matching;
mod named;
#[cfg(test)]
mod schema;
mod scope;

pub use between::{Proposal, to_changes};
pub use carry_over::{carry_over, carry_over_joined, carry_over_with_topics};
pub(crate) use carry_over::{carry_over_same, with_topics};
pub use changes::{Change, Changes};
pub use compare::maps::diff;
pub(crate) use compare::maps::place;
pub use compare::report::{
    BranchAt, BranchMark, BranchMoved, BranchRecoded, BranchRenamed, DetailsChanged, DutyAt, DutyReworded, MapDiff,
    MapSide, MarkChanged, MatchedBy, NotCovered, OccupationAt, OccupationMoved, OccupationPlace, OptionAt,
    OptionRenamed, OptionsChanged, ReLevelled, ReTitled, Recoded, Renumbered, Reworded, StatementAt, StatusChanged,
    Summary, TeachingChanged, TeachingDate,
};
pub use derived::Derived;
pub use difference::{Difference, Files, diff_with_effects, diff_with_effects_within};
pub use drafts::DraftDifference;
pub use edit::apply;
pub use effects::programmes::effect;
pub use effects::report::{
    Cause, CauseKind, Effect, Fate, ItemEffect, OutcomeReworded, PolicyDiff, ProgrammeEffect, SpecialismEffect,
    Standing, TierEffect, TopicEffect,
};
pub use error::{ChangeErrors, ChangesError, Problem};
pub use matching::likeness::{ALIKE, likeness};
pub use matching::occupations::RecodedBy;
pub use scope::Scope;
