//! A map kept open: what the workbench asks and changes, without reading again.
//!
//! | File | What it answers |
//! |---|---|
//! | `open` | reading a map, the findings, what the file is |
//! | `state` | the policy, the ledger, and what follows from them |
//! | `overview` | routes, pathways, clusters, occupations, the size of each core |
//! | `matrix` | topics by occupations, and the size of the core for each quorum |
//! | `inside` | the statements behind a topic or an element |
//! | `changes` | what to ask, suggestions, effects, responses |
//! | `decision_file` | all decisions in one workbook |
//! | `files` | specifications, pictures and reports to take away |
//!
//! Statements are joined and topics assigned once. A quorum changes neither, so
//! [`Workspace::matrix`] after [`Workspace::set_quorum`] derives the pathway's route and
//! nothing else.

mod changes;
mod decision_file;
mod files;
mod inside;
mod matrix;
mod open;
mod overview;
mod state;

pub use state::Workspace;
