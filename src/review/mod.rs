//! What people decide about a draft, and what becomes of it.
//!
//! A panel reads a draft (a specification, its review in Excel) and decides:
//! this is route core, this is no core at all, these two say the same.
//! [`Decisions`] are what it decided, row by row; [`apply_decisions`] derives the
//! programmes with them. A decision that does not fit the draft, or another
//! decision, is a [`Conflict`]: it is reported and not applied.
//!
//! Decisions go in before anything is counted or written: a merge is a merge of
//! concepts ([`Concepts::merged`](crate::concept::Concepts::merged)), everything
//! else a tier ([`Tiers`](crate::derive::Tiers)) that
//! [`derive_with`](crate::derive::derive_with) reads. So supports, near misses,
//! themes and notes are those of any derivation.

mod apply;
mod conflicts;
mod decided_draft;
mod decisions;
mod draft;
mod merges;
mod notes;

pub use apply::{Reviewed, apply_decisions};
pub use conflicts::Conflict;
pub use decisions::{Choice, Decision, Decisions, ReviewError};
