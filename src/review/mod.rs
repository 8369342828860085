//! People's decisions on a draft, and the programmes that result from them.
//!
//! A panel reads a draft (a specification, its review in Excel) and decides:
//! this is route core, this is not core, these two say the same. [`Decisions`]
//! are its decisions, row by row. [`apply_decisions`] derives the programmes
//! with them. A decision that does not fit the draft or another decision is a
//! [`Conflict`]: it is reported and not applied.
//!
//! Decisions are applied before anything is counted or written. A merge is a
//! merge of concepts ([`Concepts::merged`](crate::concept::Concepts::merged));
//! everything else is a tier ([`Tiers`](crate::derive::Tiers)) of a concept or of
//! a topic that
//! [`derive_with`](crate::derive::derive_with) reads. Supports, near misses,
//! topics and notes are therefore those of any derivation.
//!
//! [`explain`] and [`explain_topic`] answer the question that a panel asks first:
//! why is this core?
//!
//! [`questions`] finds what is worth asking before: the pairs of statements whose answer,
//! same or different, changes the core of a pathway.
//!
//! # Rules
//!
//! A decision leaves some questions open. These rules answer them. Each has a
//! case of the same name in `tests/it/review_rules.rs` (those on topics, in
//! `tests/it/review_topics.rs`), which fails under the alternative.
//!
//! | Rule | The alternative, and why not |
//! |---|---|
//! | **merged concepts are counted**: if both together reach the quorum, they are core | Both stay in specialisms. But merging them says that they are one thing, and one thing that enough occupations have is core. |
//! | **the name to merge with is kept**, unless the other is higher in the draft | The first in the map keeps its name. But a merge may apply to one pathway, where the name decides with which concept of the sibling pathways it is counted: the order of rows would make core. |
//! | **least sharers hold**: what leaves the route core needs `min_sharers` occupations to be the core of a pathway that the review does not name | The quorum is enough. But then a single occupation could have a core item, which no core allows. |
//! | **the named pathway decides**: a pathway that the review names has what was decided, whatever it shares | The quorum overrules the panel. |
//! | **the others keep their count**: a drop or specialism for one pathway takes the concept out of the route core, and the other pathways have it as they count it | It is taken from all of them, although their panels did not ask for that. |
//! | **route core is for the route**: a decision for route core in one pathway contradicts any other decision on the concept in its siblings | The last row wins, so that the order of rows decides. |
//! | **siblings may have it**: a pathway may put into the route core what is only a near miss for it | Nothing happens, and nothing is reported. |
//! | **options do not count**: statements of options do not support decided core, as they support no other core | An option's learners would prove what all learn. If there are no other statements, they are shown, and the support is 0. |
//! | **decided is no near miss**: a concept that was decided on is not a near miss there, even if nobody there has it | It would come up again in the next review. |
//! | **near misses are counted**: those of merged concepts, and of what leaves the core, follow from the counts | They are guessed from the draft's near misses. |
//! | **notes are counted**: they are those of the programmes with the decisions | The draft's notes stay: "the core is empty" above a core. |
//! | **also in is counted**: pathways that drop a concept are not listed with it | The draft's list stays. |
//! | **in the order of the map**: a decided item is placed where its statements are | It is last, and the order depends on the draft. |
//! | **own wording**: a specialism shows its units' own wording, the core the central wording of what counts | The draft's wording stays where it was. |
//! | **a concept wins over its topic**: what is decided on a concept holds, whatever is decided on the topic under which it is taught; what is kept or confirmed stays where it is | The last row wins, so that the order of rows decides. |
//! | **a topic moves whole**: a topic that becomes core by decision brings all statements of counting occupations that are taught under it | Only what two of them share moves, and a core topic that a panel asked for may be empty. |
//! | **an element moves whole**: a decision on the central concept of an element holds for what was joined to it, where nothing else was decided | The rest stays: what a panel dropped is still in the core, under the same code and in other words. |
//! | **what is decided is an element**: what a panel makes core, confirms as core or words itself is an element, whoever has it | One that a single occupation has stays among the statements for the panel to word, although the panel has worded it. |
//! | **grouped after decisions**: a specialism for several units is made from what they have beyond the decided core | The draft's groups stay, although their units may no longer be alike. |
//!
//! What none of these rules affects is as in the draft: only the concepts and topics
//! that the review names move.

mod agreement;
mod apply;
mod conflicts;
mod core_changes;
mod decided_draft;
mod decisions;
mod draft;
mod explained;
mod explained_topic;
mod explanation;
mod following;
mod log;
mod merges;
mod notes;
mod questions;
mod shared_words;

pub use agreement::{Agreement, Alike};
pub use apply::{Reviewed, apply_decisions};
pub use conflicts::{Conflict, ConflictReason};
pub use core_changes::{ChangedTopic, CoreChanges, CoreItem};
pub use decisions::{Choice, Decision, Decisions, Remark, ReviewError, text_mark};
pub use explained::{Explained, ExplainedConcept, NotExplained, explain_named};
pub use explained_topic::{ExplainedTopic, ExplainedTopicPlace, explain_topic};
pub use explanation::{ExplainedPlace, Explanation, Missing, Nearest, StatementText, TopicPart, explain};
pub use log::decision_log;
pub use questions::{Decided, OpenDisagreement, Question, Questions, Side, ToAsk, questions};
pub use shared_words::shared_words;
