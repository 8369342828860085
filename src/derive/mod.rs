//! From a checked map, concepts and a policy to programmes.
//!
//! # The meaning, in short
//!
//! * An occupation is **eligible** if its level is one of the policy's and no
//!   branch above it is apprenticeship-only (the policy may name exceptions).
//! * It **counts** if it is eligible and has a statement that counts for
//!   sharing: one that says something and belongs to no option.
//! * A pathway **holds** something when at least
//!   `need = max(ceil(quorum * n), 1)` of its `n` counting occupations have it.
//! * **Route core**: at least the route quorum of the counting pathways hold
//!   it, at least `min_pathways` of them do (two: half of two pathways is one,
//!   and what one holds is not shared), and at least `min_sharers` occupations
//!   have it. **Pathway core**: the pathway holds it, at least `min_sharers` of
//!   its occupations have it, and it is not route core.
//! * **Specialism**: what a unit (an occupation or one of its options) has
//!   beyond the core.
//! * **Near miss**: at most `near` short of its tier's need, had by at least
//!   one, and not already core.
//!
//! Items are sorted by kind (knowledge, skills, behaviours), then by the order
//! in which the route, the pathway or the specialism's first occupation has
//! them in the map.
//!
//! With strict quorums, this is formal concept analysis under the field's
//! names: core is the intent of the pathway's occupations.
//!
//! # What is shared: statements or topics
//!
//! A policy says what occupations share ([`Share`]). By default it is topics if
//! the concepts have topics ([`Concepts::topics`](crate::concept::Concepts::topics)),
//! otherwise statements.
//!
//! **Statements.** An occupation has a concept if one of its counting statements
//! belongs to it. Core is what the occupations say in the same words, or in
//! words that were joined. Between real standards that is very little, because
//! each was worded by other people.
//!
//! **Topics.** A published core is a list of content areas, and occupations have
//! those in common far more often than sentences. By topic:
//!
//! * A unit **has** a topic if enough of its counting statements are on it
//!   ([`is_enough`](crate::topics::is_enough)). A statement counts for both its
//!   topics. Thus an occupation with 180 statements does not have every topic,
//!   and [`TopicHolder`] shows how many of how many statements it has.
//! * Route core and pathway core are counted as above, topic by topic. A
//!   programme lists a topic of the route core only if one of its counting
//!   occupations has it.
//! * **Group core**: a topic in neither that enough units of a group have (the
//!   pathway quorum, and at least two). A group is a cluster, if the pathway has
//!   other counting occupations too, or the options of one occupation; an option
//!   has a topic by its own statements.
//! * Each concept is taught under one topic at most. Under a core topic,
//!   concepts that say the same or overlap make one **element**: mean linkage of
//!   their scores ([`Concepts::overlaps`](crate::concept::Concepts::overlaps)),
//!   down to 0.3, within the units of the tier. An element that two units or
//!   more have is core.
//! * What one unit alone has of a **general** topic is core as well, as a
//!   **source** for the panel to word: everyone needs the topic, and each
//!   standard says a part of it. A programme lists the sources of its own
//!   pathway's units. What one unit alone has of an
//!   **occupational** topic is **left** to its specialism, under the same
//!   heading. An occupational topic without any element would be a heading
//!   without content, so what its units say are sources too.
//! * Everything else stays in the specialisms. Every statement of a unit is in
//!   one part of its programme: route core, pathway core, group core or its
//!   specialism.
//!
//! The threshold of 0.3 was chosen by reading 90 joins on real standards of
//! level 3: from 0.3 on, about four of five put together what one lesson could
//! cover; between 0.25 and 0.3, half do.
//!
//! **Chance.** Any occupations share some topics: nearly every standard asks for
//! communication. So each core topic shows how many of all counting occupations
//! of the map have it, and the exact chance that as many of as many, drawn at
//! random, do ([`CoreTopic::chance`]). A programme whose occupations share no
//! more topics than such a draw does on average has a note
//! ([`NoteCode::NoMoreThanChance`]).
//!
//! ```
//! use tlevel::derive::{Policy, Tier};
//!
//! let bytes = std::fs::read("fixtures/maps/england.json")?;
//! let derivation = tlevel::programmes(&bytes, &Policy::panel())?;
//! let onsite = derivation.programme("construction/onsite-construction").expect("has a programme");
//! let safety = onsite.topics.iter().find(|topic| topic.id == "health-and-safety").expect("is core");
//! assert_eq!((&*safety.heading, safety.tier), ("Health and safety", Tier::Route));
//! assert!(safety.support.have > 1 && safety.chance <= 1.0);
//! assert!(safety.elements.iter().all(|element| element.item.support.have >= 2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What the tests do not prove
//!
//! The tests do not prove that two statements in one concept say the same, or
//! that a statement is on its topic: that depends on the concepts. Nor do they
//! prove that a core is teachable: a panel decides that.

mod assemble;
mod by_topic;
mod codes;
mod eligibility;
mod error;
mod general_wording;
mod holders;
mod hours;
mod item;
mod notes;
mod outcome;
mod performance_outcomes;
mod policy;
mod programme;
mod quorum;
#[doc(hidden)]
pub mod reference;
mod sharing;
mod specialism;
mod specialism_parts;
mod specification;
mod standard;
mod tiers;
mod topic;
mod topic_places;

pub(crate) use assemble::derive_without_proof;
pub use assemble::{derive, derive_routes, derive_with};
pub use codes::{Change, Code, CodeChange, Codes, Named, Stem, ToCode};
pub(crate) use eligibility::{Eligibility, marked_by};
pub use error::Error;
pub use general_wording::GeneralWording;
pub use holders::{Holder, Holders, Place};
pub use hours::{AreaHours, CoreHours, HoursProposal, Part, SpecialismHours};
pub use item::{Item, Support, Tier, TopicName};
pub use performance_outcomes::{PerformanceOutcome, QuotedDuty};
pub use policy::{Exception, Grouping, Hours, Policy, PolicyBranch, PolicyError, Role, Share};
pub use programme::{
    Addition, Derivation, Excluded, NearMiss, NearPair, NearStatement, NoProgramme, Note, NoteCode, Programme,
    SetAside, Specialism,
};
pub use quorum::{NotAQuorum, Quorum};
pub use specialism_parts::{AlikeSpecialisms, SpecialismPart};
pub use specification::{DecisionEntry, Specification};
pub use standard::{Standard, StandardDuty, StandardStatement};
pub use tiers::Tiers;
pub use topic::{CoreTopic, Element, GroupCore, JoinedConcept, NearTopic, ScoredStatement, TopicHolder};
pub use topic_places::{TopicPlace, TopicUnit};
