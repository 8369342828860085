//! How alike two statements are, and which say the same.
//!
//! Real standards almost never share a sentence; each words what it shares
//! differently. A [`Measure`] scores pairs of statements of one kind by their
//! words, with the evidence for each score ([`Measure::explain`]). For every
//! statement it finds the most similar ones ([`Measure::similar`]) without
//! comparing all pairs ([`sparse`](crate::sparse)). From the scores and
//! people's decisions, [`harmonise`](harmonise()) makes the concepts that
//! [`derive`](mod@crate::derive) counts.
//!
//! # The measure
//!
//! ```text
//! score = max(0, 0.6 plain + 0.4 min(company, 3 plain) - 0.3 unmatched)
//! plain = 0.95 words + 0.05 first
//! ```
//!
//! If one of two statements has no known company, as on a small map, the score
//! is `max(0, plain - 0.3 unmatched)`. It lies in `[0, 1]`: *words* and
//! *company* are cosines of non-negative vectors.
//!
//! * *words*: each stem of a statement has the value `z w`. Its weight `w`
//!   grows with its rarity on the map, from 0 for stems that more than a third
//!   of all statements have, so that no list of stop words is needed:
//!   `w = min(max(ln((n + 100) / (df + 1)) - 1, 0), 3)`, where `df` of the `n`
//!   different statements have it. The 100 represents statements that a small
//!   map does not show. Its part `z` is `1 / (1 + i / 100)` for the `i`-th
//!   word, and 0.7 of that among examples ("such as", "including"). If a stem
//!   occurs twice, the larger value counts.
//! * *first*: 1 if both begin with the same stem (the verb of a skill),
//!   otherwise 0.
//!
//! * *company*: which words occur together is learnt from the map. For each
//!   different statement, the 20 nearest of its kind in other occupations are
//!   taken (by *plain*, over 0.25). Every two stems on either side of such a
//!   pair are counted, `M = R' W R`, where `R` holds the values `z w` and `W`
//!   the squares of the scores (half if only one is among the other's nearest).
//!   Stems are associated by positive pointwise mutual information,
//!   `max(0, ln(M_xy T / (M_x. M_.y^0.75)))` with `T = sum_y M_.y^0.75`. Each
//!   stem has a row of length 1, with parts under 0.03 left out. A statement's
//!   company is the sum of its stems' rows, weighted by `z w`: the 60 largest,
//!   of length 1. So "safeguarding" and "abuse" are alike although they share
//!   no stem. Company counts at most three times what the words score, so that
//!   nothing is joined by company alone (and the search may skip most pairs).
//! * *unmatched*: the largest value of a stem that only one statement has, and
//!   the same for the other; the smaller of the two, with vectors of words of
//!   length 1. A distinctive word on one side only does not matter; one on each
//!   side does.
//!
//! A label that an occupation puts before three or more of its statements
//! ("Core: ...") is ignored. Two words are read as one if a statement of the
//! map writes them as one ("life cycle", "lifecycle"), and a misspelling is
//! read as the word that was meant ("saftey").
//!
//! # From scores to concepts
//!
//! Equal wordings are one, and people's decisions are followed ([`Ledger`]).
//! Then [`harmonise`](harmonise()) repeatedly joins the two groups with the
//! highest mean score, down to a threshold (group averages). It joins only
//! groups between which every pair scores at least the threshold minus 0.2, so
//! that no chain of similar statements joins two unlike ends. It never joins
//! statements of two kinds, statements of one occupation (its authors wrote
//! two), or pairs that contradict each other ([`Contradiction`]): other
//! numbers, other levels, a negation, another responsibility, opposites. People
//! may join all of these except two kinds.
//!
//! Opposites are the 165 pairs of `fixtures/opposites/opposites.csv`: limits
//! ("above", "up to" and others before a number), times, places, people, money,
//! directions and other words that real statements use. They contradict where
//! each statement names one that the other does not. Words that are often merely
//! different ("local" and "national", "groups" and "individuals") are left out,
//! because they kept apart what is the same. Of the real pairs that are judged,
//! none that say the same have opposites, and of 4,065 pairs of the bundled map
//! two. Of O*NET's pairs with one activity 69 of 44,980 have, all scoring under
//! the threshold.
//!
//! A concept's id is that of the wording with the lowest hash. It stays the
//! same when statements join or leave, as long as that wording remains.
//!
//! [`overlaps`] lists the concepts that do not say the same but have much in
//! common.
//!
//! # The threshold
//!
//! The threshold is 0.45, by measurement: the lowest at which four of five
//! joins are right on deliberately difficult pairs of real statements (292
//! pairs of level 3 statements of 2026, drawn evenly over how alike they look,
//! on which two readings agree; 60 say the same). The table also shows all
//! pairs of the bundled map, whose statements are clearer than real ones, and
//! of O*NET's tasks (10,268 with activity codes, which miss many true pairs). P
//! is precision, R is recall.
//!
//! | Threshold | Real pairs: P | R | Bundled map: P | R | O*NET: P | pairs |
//! |---|---|---|---|---|---|---|
//! | 0.30 | 0.571 | 0.800 | 0.917 | 0.473 | 0.278 | 16,976 |
//! | 0.35 | 0.608 | 0.750 | 0.972 | 0.438 | 0.317 | 11,355 |
//! | 0.40 | 0.712 | 0.700 | 0.985 | 0.417 | 0.363 | 7,253 |
//! | **0.45** | **0.824** | **0.700** | **0.996** | **0.344** | **0.426** | **4,467** |
//! | 0.50 | 0.878 | 0.600 | 1.000 | 0.284 | 0.494 | 2,783 |
//! | 0.60 | 0.933 | 0.467 | 1.000 | 0.153 | 0.608 | 1,147 |
//! | 0.70 | 1.000 | 0.267 | 1.000 | 0.043 | 0.685 | 578 |
//! | 0.85 | 1.000 | 0.150 | 1.000 | 0.004 | 0.735 | 268 |
//!
//! `tlevel study harmonise MAP --gold FILE` prints such a table for any
//! judgement ([`study`](crate::study)). The next table shows how well a score
//! ranks the real pairs (average precision; a bootstrap's standard deviation is
//! 0.04) and the pairs of the bundled map, and how often the nearest task of
//! another occupation has the same activity code in O*NET:
//!
//! | Score | Real pairs | Bundled map | O*NET |
//! |---|---|---|---|
//! | cosine of words weighted by rarity (scikit-learn) | 0.757 | 0.726 | 0.248 |
//! | of character 3- to 5-grams (scikit-learn) | 0.795 | 0.749 | 0.245 |
//! | a sentence transformer of six layers | 0.725 | | |
//! | *plain* | 0.807 | 0.764 | 0.277 |
//! | *plain*, less *unmatched* | 0.815 | 0.767 | 0.278 |
//! | all of it | 0.829 | 0.798 | 0.286 |
//!
//! # Meaning
//!
//! [`Measure::with_vectors`] takes vectors of what statements mean, from a table of
//! words or a caller's own ([`meaning`](crate::meaning)), and
//! [`Measure::with_topics`] how much speaks for each topic:
//!
//! ```text
//! score with meaning = score + lift
//! lift = 0.2 (cos - 0.65) + 0.1 (topics - 0.9)      own vectors
//!        0.1 (cos - 0.60) + 0.1 (topics - 0.9)      a table of words
//! ```
//!
//! *cos* is the cosine of two vectors from which the mean of the map's is taken
//! off (their sum over `n + 100` for `n` wordings). *topics* is the cosine of the
//! vectors `exp(12 (S - best S))` over the scores `S` of each statement's topics.
//! Where one of the two has no vector, or no topic, that part is 0. The lift is
//! at most half of what the words score, so that nothing is joined by meaning
//! alone and the search stays exact; it takes off at most half of the score. What
//! changes no score, 0.65, 0.60 and 0.9, is about what pairs at the threshold have,
//! so that four of five joins at 0.45 remain right. Of the real pairs, precision and
//! recall there are .79 and .70 without meaning, .82 and .70 with the table, .82 and
//! .67 with own vectors, .80 and .67 with the table and topics, .81 and .65 with own
//! vectors and topics: differences of one to three pairs. Words with their shares of
//! a table's cosine are in [`Evidence::near_words`].
//!
//! Measured on the same data, and on either half of the real pairs and of O*NET's
//! occupations (by a hash of their codes). Another script counted than above, so
//! compare within this table. The own vectors are those of a general sentence
//! transformer of six layers, not trained on any of these texts; the table is
//! trained on O*NET's.
//!
//! | Score | Real pairs: all | halves | also overlap | Bundled map | O*NET: all | halves |
//! |---|---|---|---|---|---|---|
//! | without meaning | .828 | .798 .859 | .916 | .788 | .301 | .298 .303 |
//! | own vectors alone | .744 | .746 .742 | .904 | .714 | .329 | .320 .337 |
//! | the table alone | .754 | .729 .795 | .866 | .679 | .301 | .288 .313 |
//! | topics, weight 0.1 | .829 | .801 .863 | .925 | .819 | .301 | .301 .300 |
//! | own vectors 0.1 | .835 | .813 .860 | .926 | .818 | .308 | .303 .313 |
//! | **own vectors 0.2** | **.838** | **.814 .866** | **.930** | **.821** | **.317** | **.311 .323** |
//! | own vectors 0.3 | .839 | .817 .866 | .933 | .823 | .323 | .317 .330 |
//! | **own vectors 0.2 and topics 0.1** | **.839** | **.813 .869** | **.932** | **.835** | **.315** | **.313 .318** |
//! | own vectors 0.3 and topics 0.15 | .838 | .814 .866 | .933 | .838 | .317 | .313 .322 |
//! | **the table 0.1** | **.830** | **.804 .862** | **.923** | **.810** | **.306** | **.302 .309** |
//! | the table 0.2 | .829 | .801 .862 | .924 | .809 | .309 | .303 .314 |
//! | the table 0.3 | .826 | .798 .860 | .923 | .808 | .312 | .308 .315 |
//! | **the table 0.1 and topics 0.1** | **.831** | **.802 .867** | **.927** | **.827** | **.306** | **.305 .307** |
//!
//! Real pairs and the bundled map: average precision, of what says the same and
//! (*also overlap*) of what says the same or overlaps. O*NET: how often the nearest
//! task has the same activity. A table that is not trained on pairs of texts helps
//! nowhere (.823 on real pairs). Further designs with the table gave nothing on the
//! real pairs, and were left out: its words weighed by their rarity on the map
//! (.825), each word aligned with the nearest of the other statement (.828 with
//! weights of 0.1 and 0.2), and *unmatched* words that count less where the other
//! statement has a near one (.824 to .827).
//!
//! # Cost
//!
//! On one core of a shared machine, including reading the map and weighing its
//! words, for the nearest five of each statement and all pairs over the
//! threshold: 0.03 s for 1,000 statements, 0.8 s and 67 MB for 10,500 of one
//! kind, 12 s and 270 MB for 60,000 recombined from them
//! (`benches/harmonise.rs`). Most of it is company, which brings in six times as
//! many candidates as *plain* alone. The feature `parallel` makes it 0.5 s and 6.3 s
//! on two cores, to the same bits.
//!
//! # What it cannot see
//!
//! Two statements that share no stem score 0, however alike they are in
//! meaning. Two that differ in one distinctive word score high: the score
//! separates what says the same or overlaps from what differs better than it
//! separates what says the same from what overlaps. Read the evidence, and
//! record your decisions in a ledger.
//!
//! # Sources
//!
//! K. W. Church, P. Hanks, "Word association norms, mutual information, and
//! lexicography", Comput. Linguist. 16 (1990), 22-29; O. Levy, Y. Goldberg, I.
//! Dagan, "Improving distributional similarity with lessons learned from word
//! embeddings", TACL 3 (2015), 211-225 (the power 0.75); C. D. Manning et al.,
//! "Introduction to Information Retrieval", 2008, ch. 6 (rarity).

mod company;
mod contradiction;
mod harmony;
mod learnt;
mod ledger;
mod ledger_rows;
pub(crate) mod linkage;
mod measure;
mod nearest;
mod opposites;
mod overlaps;
mod parts;
mod report;
mod rescore;
mod review;
mod sense;
mod several_ledgers;
mod similar;
mod threshold;
mod units;
mod vocabulary;

pub use crate::sparse::Wanted;
pub use contradiction::Contradiction;
pub use harmony::{Cohesion, Harmony, Pair, harmonise, harmonise_exact};
pub(crate) use learnt::Learnt;
pub use ledger::{Decision, Ledger, LedgerError, Stale, Verdict};
pub use measure::{Evidence, Measure, NearWords, Share, Unmatched};
pub use nearest::{NearStatement, NearestStatements, SimilarReport};
pub(crate) use overlaps::OVERLAP;
pub use overlaps::{overlaps, overlaps_among};
pub(crate) use parts::parts;
pub use report::{
    Link, Report, ReportedConcept, ReportedPair, ReportedStatement, ReportedTopic, ScoredStatement, StatementCode,
};
pub use review::{Uncertain, review_csv, uncertain};
pub use several_ledgers::{Answer, Disagreement};
pub use similar::Similar;
pub use threshold::{NotAThreshold, Threshold};
