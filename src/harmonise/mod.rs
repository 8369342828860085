//! Floor 2: how much two statements say alike.
//!
//! Real standards almost never share a sentence; what they share is worded
//! anew in each. A [`Measure`] scores pairs of statements of one kind by their
//! words, with the evidence for each score ([`Measure::explain`]), and finds
//! for every statement those that say most alike ([`Measure::similar`]),
//! without comparing all pairs ([`sparse`](crate::sparse)). From the scores and
//! people's decisions [`harmonise`](harmonise()) makes the concepts that
//! [`derive`](mod@crate::derive) counts.
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
//! ("Core: ...") is passed over. Two words are read as one where a statement of
//! the map writes them so ("life cycle", "lifecycle"), and a slip of the pen as
//! what is meant ("saftey").
//!
//! # From scores to concepts
//!
//! Equal wordings are one, and what people decided is followed ([`Ledger`]).
//! Then [`harmonise`](harmonise()) joins the two groups with the highest mean
//! score again and again, down to a threshold (group averages), but only groups
//! between which every pair scores at least 0.2 less than that: no chain of
//! likenesses joins two unlike ends. Never joined are statements of two kinds,
//! of one occupation (its authors wrote two), and pairs that contradict each
//! other ([`Contradiction`]): other numbers, other levels, a negation, another
//! responsibility. People may join even those, but for two kinds.
//!
//! A concept's id is that of one of its wordings, the one whose hash is the
//! lowest: it stays when statements join or leave, as long as that wording does.
//!
//! [`themes`] groups concepts more coarsely, across kinds, under what their
//! statements are mostly about.
//!
//! # The threshold
//!
//! 0.45, by measurement: the lowest at which four of five joins are right on
//! pairs of real statements that were judged hard on purpose (292 pairs of
//! level 3 statements of 2026, drawn evenly over how alike they look, on which
//! two readings agree; 60 say the same). Beside it all pairs of the bundled map,
//! whose statements are clearer than real ones, and of O*NET's tasks (10,268
//! with activity codes, which miss many true pairs). P precision, R recall.
//!
//! | Threshold | Real pairs: P | R | Bundled map: P | R | O*NET: P | pairs |
//! |---|---|---|---|---|---|---|
//! | 0.30 | 0.553 | 0.783 | 0.983 | 0.386 | 0.247 | 15,835 |
//! | 0.35 | 0.634 | 0.750 | 0.999 | 0.322 | 0.290 | 10,376 |
//! | 0.40 | 0.678 | 0.667 | 1.000 | 0.268 | 0.354 | 6,354 |
//! | **0.45** | **0.804** | **0.617** | **1.000** | **0.211** | **0.413** | **4,067** |
//! | 0.50 | 0.821 | 0.533 | 1.000 | 0.151 | 0.458 | 2,638 |
//! | 0.60 | 0.933 | 0.467 | 1.000 | 0.072 | 0.586 | 1,196 |
//! | 0.70 | 1.000 | 0.300 | 1.000 | 0.037 | 0.693 | 613 |
//! | 0.85 | 1.000 | 0.150 | 1.000 | 0.004 | 0.741 | 274 |
//!
//! `tlevel study harmonise MAP --gold FILE` prints such a table for any
//! judgement ([`study`](crate::study)). Ranking the real pairs by the score has
//! an average precision of 0.807 (cosine of words weighted by rarity: 0.757; of
//! character 3- to 5-grams: 0.795; a sentence transformer of six layers:
//! 0.725). The nearest task of another occupation has the same activity code
//! for 27.7% of O*NET's (words: 24.8%).
//!
//! # What it cannot see
//!
//! Two statements that share no stem score nearly 0, however alike they are in
//! meaning; two that differ in one telling word score high: the score tells
//! what says the same or overlaps from what differs, better than what says the
//! same from what overlaps. Read the evidence, and put what you decide into a
//! ledger.

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
