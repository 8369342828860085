//! Floor 2: how much two statements say alike.
//!
//! Real standards almost never share a sentence; what they share is worded
//! anew in each. A [`Measure`] scores pairs of statements of one kind by their
//! words, with the evidence for each score ([`Measure::explain`]), and finds
//! for every statement those that say most alike ([`Measure::similar`]),
//! without comparing all pairs ([`sparse`](crate::sparse)).
//!
//! # The measure
//!
//! A score is a weighted sum of two cosines of non-negative vectors, and so lies
//! in `[0, 1]`:
//!
//! ```text
//! score = 0.95 words + 0.05 first
//! ```
//!
//! * *words*: each stem of a statement has the value `z w`. Its weight `w` grows
//!   with its rarity on the map, from 0 for stems that more than a third of all
//!   statements have, so that stop words need no list:
//!   `w = min(max(ln((n + 100) / (df + 1)) - 1, 0), 3)`, where `df` of the `n`
//!   different statements have it; the 100 stands for statements that a small
//!   map does not show. Its part `z` is `1 / (1 + i / 100)` for the `i`-th word,
//!   and 0.7 of that among examples ("such as", "including"). Of a stem that
//!   occurs twice the larger counts.
//! * *first*: 1 where both begin with the same stem (the verb of a skill), else
//!   0.
//!
//! A label that an occupation sets before three or more of its statements
//! ("Core: ...") is passed over.
//!
//! # What it cannot see
//!
//! Two statements that share no stem score nearly 0, however alike they are in
//! meaning; two that differ in one telling word score high. Read the evidence.

mod contradiction;
mod harmony;
mod items;
mod ledger;
mod ledger_csv;
mod linkage;
mod measure;
mod report;
mod review;
mod similar;
mod themes;
mod threshold;
mod vocabulary;

pub use contradiction::Contradiction;
pub use harmony::{Harmony, Join, Pair, decided, harmonise};
pub use ledger::{Decision, Ledger, LedgerError, Stale, Verdict};
pub use measure::{Evidence, Measure, Share};
pub use report::{Link, Report, ReportedConcept, ReportedPair, ReportedTheme, StatementCode};
pub use review::{Uncertain, review_csv, uncertain};
pub use similar::Similar;
pub use themes::themes;
pub use threshold::{NotAThreshold, Threshold};
