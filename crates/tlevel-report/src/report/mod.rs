//! One function for each result: from the result to a
//! [`Document`](crate::document::Document), which every exporter writes.
//!
//! | Function | Of |
//! |---|---|
//! | [`concepts`](concepts()) | statements that say the same, under topics |
//! | [`explained`] | why what a person named is core or not |
//! | [`explained_topic`] | why a topic is core or not, who has it and who lacks it |
//! | [`findings`] | what the rules found in a map |
//! | [`consultation`] | what a map records on a consultation's questions |
//! | [`panel`] | what responses propose for a route, for its panel |
//! | [`published`] | the published response: what was heard and decided |
//! | [`tracker`](tracker()) | a row for each proposal, with columns for what panels decide |
//! | [`template`] | an empty file of responses, to fill in |
//! | [`difference`](difference()) | what differs between two maps, and the effect on programmes |
//! | [`drafts`] | what the drafts of an official file would change |
//! | [`explanation`] | why a concept is core or not |
//! | [`overview`], [`taught_overview`] | how large each programme of a map is |
//! | [`left_out_table`] | the test placements of a map's own occupations, as one table |
//! | [`placement`] | the clusters that suit a new occupation |
//! | [`placement_table`] | the same as one table |
//! | [`programmes`], [`taught_programmes`] | the programmes of a map, all or by a date |
//! | [`programme_table`] | their items as one table |
//! | [`progression`] | where an occupation leads, and what that needs |
//! | [`questions`](questions()) | the pairs that a panel should decide for a pathway; [`questions_table`] as a ledger |
//! | [`similar`](similar()) | statements and the most similar ones |
//! | [`specification`](specification()) | a draft specification of a pathway; [`numbered`] gives it the codes of an earlier draft |
//! | [`specification_table`] | its items as one table |
//! | [`study_clusters`] | how good a grouping is, compared with the official one |
//! | [`study_comparison`] | how similar two groupings are |
//! | [`study_harmonise`] | joined statements against people's judgement |
//! | [`study_misfits`] | occupations that are closer to another cluster |
//! | [`study_placement`] | how often suggested clusters are right |
//! | [`study_sweep`] | core sizes over quorums and thresholds |
//! | [`study_topics`] | topics and cores against people's card sort |
//! | [`teaching_plan`](teaching_plan()) | which pathway is taught as a T Level, and from when |
//! | [`topic_explanation`](topic_explanation()) | why a statement has a topic, or none |
//! | [`topic_matrix`](topic_matrix()) | which occupation has which topic |
//!
//! A report takes a result that serialises, never the engine that computes it,
//! so the JSON holds everything that a report says.

mod concepts;
mod consultation;
mod core_topics;
mod difference;
mod difference_words;
mod drafts;
mod effects;
mod explanation;
mod findings;
mod overview;
mod placement;
mod programme_parts;
mod programmes;
mod progression;
mod questions;
mod sheet;
mod shortened;
mod similar;
mod specification;
mod spoken;
mod study;
mod tables;
mod teaching_plan;
mod topic_explanation;
mod topic_matrix;

pub use concepts::concepts;
pub use consultation::{consultation, panel, published, routes_concerned, template, tracker};
pub use difference::difference;
pub use drafts::drafts;
pub use explanation::explanation;
pub use findings::findings;
pub use overview::{overview, taught_overview};
pub use placement::placement;
pub(crate) use placement::{ITS_TITLE, reason, sure, verdict};
pub use programmes::{programmes, taught_programmes};
pub use progression::progression;
pub use questions::{questions, questions_table};
use shortened::shortened;
pub use similar::similar;
pub use specification::{numbered, specification};
pub use study::{
    study_clusters, study_comparison, study_harmonise, study_misfits, study_placement, study_sweep, study_topics,
};
pub use tables::{left_out_table, placement_table, programme_table, specification_table};
pub use teaching_plan::teaching_plan;
pub use topic_explanation::{explained, explained_topic, topic_explanation};
pub use topic_matrix::topic_matrix;
