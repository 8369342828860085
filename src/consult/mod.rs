//! Screening for a consultation on the map: what the map can and cannot say on
//! each of its questions.
//!
//! | Method of [`Consultation`] | The question |
//! |---|---|
//! | [`new_occupation`](Consultation::new_occupation) | (a) is an occupation missing? |
//! | [`move_occupation`](Consultation::move_occupation) | (b) should an occupation move to another route, pathway or cluster? |
//! | [`open_branch`](Consultation::open_branch) | (c) should an apprenticeship-only branch be opened to T Levels? |
//! | [`responses`](Consultation::responses), [`take_in`](Consultation::take_in) | what do many responses propose, combined and ranked? |
//! | [`agreed`](Consultation::agreed) | which changes to the map did the panels agree on? |
//! | [`gaps`](Consultation::gaps) | which occupations have no standard, and what is near them? |
//!
//! A screening presents facts side by side and judges nothing. It ends with the
//! facts that the map lacks: those that no map holds ([`OpenQuestion`]), and
//! those that this one could hold ([`MissingFact`]).
//!
//! # Names
//!
//! Occupations are named by id or title, branches by id, by the last step of
//! their id or by name; spelling is compared as in
//! [`name_key`](crate::text::name_key). If a route or pathway is named but a
//! cluster is needed, the [`Placer`](crate::place::Placer)'s first suggestion among its clusters is
//! used.
//!
//! # How much a proposal changes
//!
//! [`Effect::size`](crate::change::Effect::size) is a count for ranking
//! proposals; it says nothing about their merit.

mod alike;
mod branch_model;
mod consultation;
mod error;
mod evidence;
mod form;
mod gaps;
mod intake;
mod learnt;
mod mentions;
mod model;
mod move_occupation;
mod names;
mod new_occupation;
mod open_branch;
mod overlaps;
mod part;
mod people;
mod phrases;
mod questions;
mod redact;
mod requests;
mod responses;
mod screening;
mod sentence;
mod spelling;
mod titles;
mod tracked;
mod tracker;

pub use branch_model::{
    BranchOccupation, ContentEstimate, Gap, GapScreening, Lifted, Mark, MarkSource, OpenScreening, ProgrammeContent,
    WordEvidence, WordGroup,
};
pub use consultation::Consultation;
use consultation::concepts_of;
pub use error::ConsultationError;
pub use evidence::{AGE_WORDS, LICENCE_WORDS, MACHINERY_WORDS};
pub use intake::Intake;
pub use model::{
    Comparison, KnownOccupation, LevelSuggestion, Link, LinkDirection, MissingFact, MoveScreening, Neighbour,
    NewScreening, OccupationFacts, OpenQuestion, Outcome, Overlap, PairedStatement, Regulation, Side, Target, Tie,
};
use part::Proposed;
pub use people::People;
pub use screening::{
    NamedPlace, Proposal, ProposalName, Question, Respondent, ResponseNote, ResponseScreening, Screening,
    ScreeningReport,
};
pub use tracked::{Corrected, PanelDecision, Tracked, TrackedProposal};
pub use tracker::Tracker;
