//! What differs between two maps, what a proposal would do, and what
//! both mean for the programmes.
//!
//! | Function | What it answers |
//! |---|---|
//! | [`diff`] | what differs between two maps |
//! | [`effect`] | what the difference does to the programmes, and why |
//! | [`diff_with_effects`] | both |
//! | [`apply`] | the map that proposed [`Changes`] would give |
//! | [`to_changes`] | the changes that turn one map into another |
//! | [`carry_over`], [`carry_over_joined`] | one map's concepts for another that has most of its statements |
//!
//! # How things are matched
//!
//! Branches match by their ids; what is left by its name, if no other that is
//! left in the same place has it. Occupations match one to one in this order,
//! each step among what is left, and never where two would do:
//!
//! 1. the same id;
//! 2. the id of one is the occupation code of the other, or both have one code;
//! 3. the same with the references of standards;
//! 4. the numbers of a standard and of an occupation code (`ST0499`, `OCC0499`),
//!    where the records know one of the two alone, and the titles are alike;
//! 5. the same title and level.
//!
//! An occupation that is matched under two ids is *recoded*: everywhere it
//! counts as one occupation, under its new id. Options match by title, what is
//! left by id.
//!
//! The statements of an occupation that is on both maps match one to one and
//! within their kind, and its duties among themselves, in this order, each step
//! among what is left:
//!
//! 1. the same id and the same normal form;
//! 2. the same normal form under another id ("renumbered"), in the order of
//!    the old map;
//! 3. the same id, and a [`likeness`] of at least [`ALIKE`];
//! 4. any ids, and a likeness of at least [`ALIKE`]: the most alike first, ties
//!    in the order of the old map, then of the new;
//! 5. the same id.
//!
//! Concepts match by the statements that they share: of all pairs of an old and
//! a new concept, the one with most matched statements first, ties in the order
//! of the old concepts, then of the new. Ids of concepts play no part, because
//! a concept that gains a statement may get another.
//!
//! # What is derived
//!
//! A difference touches a route if an occupation of it comes, goes, moves, gets
//! another standing under the policy, another title, other duties or other
//! options, or has a statement whose concept is not the other map's for it. The pathways of a route depend on each
//! other and on no other route, so that [`diff_with_effects`] derives the
//! touched routes alone; another policy touches all. What comes out is the same
//! as by deriving everything, to the byte.
//!
//! # What the tests do not prove
//!
//! That a cause is *the* cause: all changes are listed that speak for the
//! effect, whether or not one of them would have been enough.

mod affected_routes;
mod between;
mod carry_over;
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
#[cfg(test)]
mod schema;
mod scope;

pub use between::{Proposal, to_changes};
pub use carry_over::{carry_over, carry_over_joined};
pub use changes::{Change, Changes};
pub use compare::maps::diff;
pub(crate) use compare::maps::place;
pub(crate) use compare::report::records;
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
    Standing, TierEffect,
};
pub use error::{ChangeErrors, ChangesError, Problem};
pub use matching::likeness::{ALIKE, likeness};
pub use matching::occupations::RecodedBy;
pub use scope::Scope;
