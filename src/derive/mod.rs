//! From a checked map, concepts and a policy to programmes.
//!
//! # The meaning, in short
//!
//! * An occupation is **eligible** if its level is one of the policy's and no
//!   branch above it is apprenticeship-only (the policy may name exceptions).
//! * It **counts** if it is eligible and has a statement that counts for
//!   sharing: one that says something and belongs to no option.
//! * A pathway **holds** a concept when at least
//!   `need = max(ceil(quorum * n), 1)` of its `n` counting occupations have it.
//! * **Route core**: at least the route quorum of the counting pathways hold
//!   it, at least `min_pathways` of them do (two: half of two pathways is one,
//!   and what one holds is not shared), and at least `min_sharers` occupations
//!   have it. **Pathway core**: the pathway holds it, at least `min_sharers` of
//!   its occupations have it, and it is not route core.
//! * **Specialism**: what a unit (an occupation or one of its options) has
//!   beyond both.
//! * **Near miss**: at most `near` short of its tier's need, had by at least
//!   one, and not already core.
//!
//! Items are sorted by kind (knowledge, skills, behaviours), then by the order
//! in which the route, the pathway or the specialism's first occupation has
//! them in the map.
//!
//! This is formal concept analysis under the field's names: with strict
//! quorums, core is the intent of the pathway's occupations.
//!
//! # What the tests do not prove
//!
//! The tests do not prove that two statements in one concept say the same: that
//! depends on the concepts. Nor do they prove that a core is teachable: a panel
//! decides that.

mod assemble;
mod by_topic;
mod eligibility;
mod error;
mod holders;
mod hours;
mod item;
mod notes;
mod outcome;
mod policy;
mod programme;
mod quorum;
#[doc(hidden)]
pub mod reference;
mod sharing;
mod specialism;
mod specification;
mod tiers;
mod topic;
mod topic_places;

pub use assemble::{derive, derive_routes, derive_with};
pub(crate) use eligibility::{Eligibility, marked_by};
pub use error::Error;
pub use holders::{Holder, Holders, Place};
pub use hours::{HoursProposal, Part};
pub use item::{Item, Support, Tier, TopicName};
pub use policy::{Exception, Grouping, Hours, Policy, PolicyBranch, PolicyError, Role, Share};
pub use programme::{
    Addition, Derivation, Excluded, NearMiss, NoProgramme, Note, NoteCode, Programme, SetAside, Specialism,
};
pub use quorum::{NotAQuorum, Quorum};
pub use specification::{Specification, Standard, StandardDuty, StandardStatement};
pub use tiers::Tiers;
pub use topic::{CoreTopic, Element, GroupCore, JoinedConcept, NearTopic, ScoredStatement, TopicHolder};
pub use topic_places::{TopicPlace, TopicUnit};
