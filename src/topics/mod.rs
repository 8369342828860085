//! Which topics statements belong to.
//!
//! Real standards share few sentences, and many topics: "Health and safety",
//! "Planning", "Cyber security". A [`Vocabulary`] holds topics as data, each
//! with words that speak for it; [`Topics::assign`] gives every statement of a
//! map zero or more of them, with a score and the evidence
//! ([`Topics::explain`]). [`TopicDecisions`] of people come first.
//!
//! ```
//! use tlevel::topics::{Topics, Vocabulary};
//!
//! let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
//! let topics = Topics::assign(&map, &Vocabulary::bundled());
//! let safety = topics.with_topic("health-and-safety");
//! assert!(safety.len() > 20);
//! assert_eq!(topics.topic("health-and-safety").unwrap().heading, "Health and safety");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The vocabulary
//!
//! A topic has an id, a heading, a scope note, cues, a nature and often a
//! broader topic. The bundled one has 45 general topics and 287 occupational
//! ones, over all 15 routes, and 5,681 cues. [`Vocabulary::findings`] is its
//! lint; [`Vocabulary::extended`] adds the topics of a file (JSON, CSV or a
//! workbook).
//!
//! The *content area* of a topic is what it is taught with: the topic at the
//! end of `broader` ([`Vocabulary::area`]). Areas are the headings to count and
//! print; narrower topics are sub-headings. There are 287. Measured (below),
//! areas group cards as people do slightly better than single topics do: .710
//! and .479 against .706 and .447.
//!
//! # The score
//!
//! Words are those of [`text`](crate::text), without stop words and single
//! letters; stems are those of the Snowball English stemmer. The statements of
//! one level are a *run* of their own, so that what is said of them does not
//! depend on what the map has at other levels. With `N` statements in the run,
//! `df` of which have a stem, the stem weighs
//! `idf = max(ln((N + 100) / (df + 1)) - 1, 0.05)`.
//!
//! 1. *Words.* A phrase is a heading or cue. A statement has it where each of
//!    its stems is within `length + 1` words of the first. With `i` the place of
//!    that first stem and `own` the number of topics that have the phrase, each
//!    of its stems is worth `idf / (1 + i / 25) / sqrt(own)`, times 1.15 for a
//!    phrase of several stems; of several phrases the largest counts. `L` is the
//!    sum over a topic's stems, divided by the sum of the statement's 12 largest
//!    `idf`.
//! 2. *Centroids.* A statement is a vector `(1 + ln tf) idf` of length 1. The
//!    statements whose best `L` is 0.25 or more are sure; the centroid of a topic
//!    with 3 of them is their sum, of length 1. `cos` is the cosine of a
//!    statement and a centroid, without the statement itself.
//! 3. *Similar statements.* Two statements are as similar as the product of
//!    their vectors over stems that fewer than 150 statements have. The 20 most
//!    similar at 0.2 or more each give, to their own three best topics, 0.2 of
//!    the similarity times their score `S` of that topic.
//!
//! ```text
//! S = min(L, 0.6) + cos        L and cos count 0.65 for a topic of other routes
//! C = S + sum over similar statements of 0.2 similarity S(similar)
//! ```
//!
//! The first topic is assigned from `C = 0.20`; a second one from 0.50, if it
//! reaches 0.6 of the first. Otherwise the statement has none. A topic is of
//! other routes if it names routes, and that of the statement is known and not
//! among them; a route is known by the words of its id or name, in any order,
//! or by what the vocabulary says it is `also` called.
//!
//! # Which units have a topic
//!
//! A [`TopicMatrix`] counts the statements of each unit by area, and says which
//! areas a unit has by a stated weight ([`is_enough`]). Thirteen general areas
//! are had by half of all occupations, so any few units share many: the matrix
//! gives the exact chance of each ([`TopicMatrix::chance`]) and how many areas
//! random units share ([`TopicMatrix::expected`]).
//!
//! # Statements without a topic
//!
//! They stay without one, unless two or more occupations share them and a noun
//! phrase of theirs covers what they say: then it is the heading of a topic
//! "from this map" ([`Topics::onto`]). That is rare: with the bundled vocabulary,
//! seven maps of 259 to 34,583 statements have 5 such topics between them. Without
//! a vocabulary a real map of 4,091 statements has 33, and one reader accepts 28 of
//! the headings; of labels of clusters, people accepted 15 of 36.
//!
//! # Decisions
//!
//! [`TopicDecisions`] are rows: `belongs`, `not`, `rename`, `merge`, `new`. They come
//! before the first step, so that centroids and similar statements follow them:
//! a statement that people placed is sure of the first topic they named, and
//! speaks for its topics with 1. What no longer fits the map is reported and
//! not applied ([`Topics::stale`]).
//!
//! # Measured
//!
//! 438 real statements of ten pathways, which two readers sorted into topics
//! (B-cubed F1 and pairwise F1; the first topic's area is the group; mean of
//! both readers and all pathways):
//!
//! | Setting | B-cubed | Pairwise |
//! |---|---|---|
//! | each statement alone | .568 | 0 |
//! | words | .661 | .361 |
//! | words and route | .666 | .374 |
//! | words, route and centroids | .689 | .438 |
//! | all, every statement assigned | .710 | .479 |
//! | **all, statements below 0.20 alone** | **.714** | **.482** |
//! | one reader against the other | .887 | .802 |
//!
//! `tlevel study topics` measures it (`study::topics`). Read these figures with
//! care. All constants and many cues were chosen with these cards in view, among
//! some 300 settings; expect less on other statements. Most constants lie on a
//! plateau: differences under .01 and .02 are noise. Other routes were not
//! measured. If statements of all levels are one run, the figures are .699 and
//! .446.
//!
//! Further designs, each looked at on either half of the pathways. None is better
//! than what it changes on both halves, by both figures and beyond noise, so all
//! were left out (change of B-cubed and pairwise, all pathways):
//!
//! | Design | B-cubed | Pairwise |
//! |---|---|---|
//! | score an area by the sum of its topics | -.005 | -.012 |
//! | words and centroids of areas in place of topics | +.004 | +.002 |
//! | stems weighed by how few topics have them | -.014 | -.030 |
//! | the statements before and after it in its standard | -.002 | -.004 |
//! | words of the occupation's title | -.003 | -.010 |
//! | topics frequent in its occupation, or its pathway | -.004 | -.011 |
//! | topics of other pathways of the route count less | -.003 | -.001 |
//! | latent semantic analysis, in centroids or in similar statements | -.007 | -.013 |
//! | centroids of the sure statements of three other maps | -.007 | -.016 |
//! | length normalised as in BM25 | -.007 | -.017 |
//! | pairs of words in centroids | -.001 | -.004 |
//! | similar statements by vectors of length 1 again | -.005 | -.012 |
//! | centroids weighed by how sure their statements are | -.010 | -.021 |
//! | the first clause counts more | +.003 | -.011 |
//! | the title before a colon counts more | +.001 | -.001 |
//! | 43 merges of topics that are often confused, one by one | -.003 to +.002 | -.013 to +.003 |
//!
//! Meaning was tried, too: the vectors of a table of words (128 values, trained on
//! O*NET) and of a sentence transformer of six layers. Neither helps in any of these
//! places, whatever the weight, so topics take no vectors. The vector of a topic is
//! the mean of its phrases', the heading counted twice; the mean of all vectors is
//! taken off (mean of all pathways, either half of them in brackets):
//!
//! | Design | Table: B-cubed | Pairwise | Encoder: B-cubed | Pairwise |
//! |---|---|---|---|---|
//! | without vectors | .714 (.703 .726) | .482 (.445 .518) | | |
//! | nothing but the nearest topic | .655 (.678 .633) | .353 (.396 .311) | .671 (.694 .647) | .378 (.416 .340) |
//! | nothing but the nearest centroid of sure statements | .651 (.670 .632) | .351 (.382 .319) | .656 (.663 .650) | .364 (.366 .363) |
//! | `+ 0.1 cos` with topics in `S` | .699 (.700 .698) | .453 (.433 .474) | .704 (.702 .706) | .463 (.433 .493) |
//! | `+ 0.3 cos` | .701 (.698 .703) | .459 (.432 .485) | .705 (.696 .713) | .464 (.425 .503) |
//! | `+ 0.1 cos` with centroids | .708 (.706 .709) | .470 (.446 .495) | .707 (.700 .713) | .473 (.441 .504) |
//! | `+ 0.3 cos` with centroids | .702 (.702 .702) | .464 (.448 .480) | .702 (.702 .703) | .463 (.447 .479) |
//! | the same, the mean of all vectors left in | .714 (.709 .719) | .483 (.458 .509) | | |
//! | similar statements: `+ 0.1 cos` | .695 (.686 .704) | .442 (.408 .476) | .701 (.691 .712) | .454 (.415 .494) |
//! | `C` times `1 + 0.6 cos` | .701 (.701 .702) | .457 (.435 .478) | .710 (.706 .714) | .476 (.448 .504) |
//! | `C` times `1 + cos` | .700 (.704 .697) | .457 (.443 .472) | .712 (.711 .713) | .480 (.456 .504) |
//! | only for statements below 0.40 | .709 (.704 .713) | .469 (.444 .494) | .708 (.704 .713) | .464 (.448 .481) |
//! | `+ 0.1` of a softmax of `8 cos` | .709 (.699 .719) | .469 (.429 .509) | .709 (.699 .720) | .470 (.429 .512) |
//!
//! The constants above and many cues were chosen with these cards in view, which
//! favours words. On other routes vectors may do better; no one has sorted those.
//!
//! At 0.20 about 96 of 100 real statements have a topic, at 0.25 93, at 0.40 81.
//! The bundled map, whose wording is rarer, has fewer.
//!
//! # Cost
//!
//! On one core of a shared machine, the vocabulary read: 12,113 real statements
//! in 0.4 s, with 85 MB for the whole program; 4,087 in 0.2 s and 34 MB. A run
//! of each level reads the cues again, in 5 ms. Explaining one statement takes
//! microseconds, and the evidence is kept until the topics are dropped
//! (`benches/topics.rs`).
//!
//! # What it cannot see
//!
//! It reads words, not meaning. A statement without a cue and without similar
//! statements has no topic, however plain it is to a reader ("tape the
//! handlebars"). A statement that bundles three things has one or two topics.
//! "In line with organisational policies" draws towards policies. The score
//! is no probability.
//!
//! # Source
//!
//! J. J. Rocchio, "Relevance feedback in information retrieval", in G. Salton
//! (ed.), The SMART Retrieval System, 1971 (centroids); A. Bagga, B. Baldwin,
//! "Entity-based cross-document coreferencing using the vector space model",
//! COLING-ACL 1998 (B-cubed).

mod assign;
pub(crate) mod chance;
mod decision_rows;
mod decisions;
mod error;
mod explain;
mod from_map;
mod holding;
mod lint;
mod model;
mod onto;
mod phrases;
mod prepare;
#[doc(hidden)]
pub mod reference;
#[cfg(test)]
mod schema;

mod unseen;
mod vocabulary;
mod vocabulary_json;
mod vocabulary_rows;
mod words;

pub use assign::{AssignedTopic, StatementTopics, TopicScore, Topics};
pub use decisions::{StaleTopicDecision, TopicDecision, TopicDecisions, TopicVerdict};
pub use error::{TopicDecisionsError, VocabularyError};
pub use explain::{Candidate, PhraseShare, SimilarStatement, TopicExplanation};
pub use holding::{MatrixArea, MatrixCell, MatrixRow, TopicMatrix, is_enough};
pub use lint::{TOPIC_RULES, TopicFinding, TopicRule};

pub use crate::concept::Nature;
pub use vocabulary::{RouteNames, TopicSource, Vocabulary, VocabularyTopic};
