//! Where on the map a new occupation belongs.
//!
//! A [`Placer`] knows the map's clusters by the words of their occupations. It
//! ranks them for a new occupation from whatever is known of it: a title, job
//! titles, keywords, an overview, statements, duties, qualifications, a level.
//!
//! # The score
//!
//! ```text
//! score(c) = cos(x, m) + 0.25 cos(x, p) + 0.25 cos(x, r) + 0.6 P(band | c)
//! ```
//!
//! * *x*: the occupation's vector. Its terms are stems (weight 1), pairs of
//!   adjacent stems (0.5) and, for names only, runs of three to five letters
//!   (0.2); each family is a vector of length 1. In a family each field is a
//!   vector of length 1 (`1 + ln count` times
//!   `sqrt(ln((n + 1) / (df + 1)) + 1)`), weighted: title 0.6, job titles and
//!   keywords 0.5, overview 0.7, statements 1, duties with qualifications 0.5.
//!   Words of more than six in ten of the map's occupations do not discriminate
//!   and are left out.
//! * *m*: the mean of the cluster's occupations and its name (which counts as
//!   1.5 occupations), shrunk towards the mean of its pathway with the weight
//!   of one occupation, and that towards its route's with the weight of two.
//!   *p* and *r* are the sums of the pathway's and the route's occupations.
//! * *P(band | c)*: the share of the cluster's occupations in that band,
//!   smoothed by half an occupation of the map's bands; 0 without a level.
//!
//! The score lies between 0 and 2.1. Ties: the order of the map.
//!
//! # Known names
//!
//! A title that the map knows leads: the clusters that list it come first,
//! whatever the words say. In this order, the first that has the title counts:
//!
//! | Where it is listed | Verdict | Confidence |
//! |---|---|---|
//! | the title of an occupation | [`SameTitle`](Verdict::SameTitle) | 0.99 |
//! | a caller's list ([`Placer::with_titles`]) | [`KnownAs`](Verdict::KnownAs) | 0.95 |
//! | a job title of an occupation | [`KnownAs`](Verdict::KnownAs) | 0.95 |
//!
//! Titles are compared by [`title_key`](crate::text::title_key): blind to
//! capitals, plurals, hyphens and spaces. A title that is not listed is looked
//! up without what is in brackets ("(degree)"), and with its abbreviations in
//! full ("HGV driver"), at 0.95 of the confidence. If several clusters list a
//! title, they share the confidence, half of it in equal parts and half by what
//! the words say, and are ranked by the words. A known name adds 4 to the score.
//! The confidences of all other clusters are scaled down until all together are
//! at most 1; the leading one, which calibration is about, is not.
//!
//! | Asked by its title alone, first | before | now |
//! |---|---|---|
//! | titles of the bundled map (411), of England 2021 (397) | 0.895, 0.884 | 1, 1 |
//! | job titles of one cluster, bundled (156), England 2021 (941) | 0.436, 0.540 | 1, 0.978 |
//!
//! Half of the 21 job titles that remain are the title of an occupation in
//! another cluster; the others are job titles of another cluster when plurals
//! and capitals are ignored.
//!
//! # Words that the map does not have
//!
//! A word that no occupation has is read as one that the map has, if it is a
//! form of it: in the other spelling (colour, color), a relative (plumber,
//! plumbing; `text/relatives.rs` has the rule and its source), a compound
//! (childminder; "hair dresser" as one word) or a word with an ending for people
//! (receptionist). An abbreviation that the map does not have is read with its
//! words (`fixtures/names/abbreviations.json`). Words that the map has stay as
//! they are, so the texts of the map are read as they always were: joining
//! relatives on the map itself made placement worse (left out in turn, first:
//! O*NET 0.524 to 0.505, the UK skills classification 0.522 to 0.517; England
//! and ESCO the same within 0.006). [`harmonise`](mod@crate::harmonise) does not
//! use these forms.
//!
//! A question with no known word, or with fewer than one in four, is
//! [`TooLittle`](Verdict::TooLittle) to tell, and so is one of up to three known
//! words that fit nothing. [`None`](Verdict::None) means that its words are
//! known and nothing fits.
//!
//! # The index
//!
//! A [`Placer`] keeps a vector of each occupation and, by term, the sums of the
//! clusters; those of pathways and routes follow from them.
//! [`without`](Placer::without) removes an occupation from it, and
//! [`save`](Placer::save) and [`load`](Placer::load) keep it between runs.
//! Another vector of each text (of its meaning, say) would be one more family
//! of terms: its dimensions. [`reference`](mod@reference) examines everything
//! for every question; the answers are the same, to the bit.
//!
//! # Confidence
//!
//! When it is built, the placer leaves out each occupation of a cluster of two
//! or more and places it again (exactly: whatever the occupation added to any
//! sum or length is subtracted). From the answers it learns how certain to be:
//! the softmax of scores over a temperature of maximum likelihood, then a line
//! over its log odds, fitted to the first five suggestions. Of suggestions with
//! confidence *c*, a share of about *c* is right; `tlevel study placement`
//! prints how well that holds on a map. The table shows first suggestions on
//! the measured part of England's occupations of 2021 (357 placed) and of ESCO
//! (1,547):
//!
//! | Confidence | England: predicted | actual | ESCO: predicted | actual |
//! |---|---|---|---|---|
//! | 0.0 to 0.1 (17, 22) | 0.08 | 0.18 | 0.08 | 0.36 |
//! | 0.1 to 0.2 (35, 62) | 0.15 | 0.23 | 0.15 | 0.27 |
//! | 0.2 to 0.3 (45, 91) | 0.25 | 0.33 | 0.25 | 0.43 |
//! | 0.3 to 0.4 (43, 96) | 0.35 | 0.40 | 0.35 | 0.35 |
//! | 0.4 to 0.5 (34, 143) | 0.46 | 0.47 | 0.45 | 0.46 |
//! | 0.5 to 0.6 (28, 150) | 0.54 | 0.79 | 0.55 | 0.51 |
//! | 0.6 to 0.7 (26, 132) | 0.65 | 0.50 | 0.65 | 0.60 |
//! | 0.7 to 0.8 (31, 120) | 0.75 | 0.68 | 0.76 | 0.72 |
//! | 0.8 to 0.9 (26, 197) | 0.85 | 0.81 | 0.86 | 0.89 |
//! | 0.9 to 1.0 (72, 534) | 0.97 | 0.97 | 0.97 | 0.97 |
//!
//! # Why it has vectors of its own
//!
//! [`harmonise`](mod@crate::harmonise) looks for the few statements nearest to each
//! statement. Its index keeps lists sorted by weight and stops early. A placer
//! wants the score of every cluster, and there are a few hundred: it reads every
//! list in the order of the clusters and adds up. An index for both would be
//! slower at each. Both share the words and the stemmer of
//! [`text`](crate::text).
//!
//! # Quality
//!
//! | Map | Placed | top 1 | top 3 | MRR | scikit-learn, 5 nearest (top 1 / 3 / MRR) |
//! |---|---|---|---|---|---|
//! | England 2021 | 357 | 0.577 | 0.751 | 0.681 | 0.412 / 0.616 / 0.544 |
//! | ESCO 1.2, a half | 1,547 | 0.711 | 0.883 | 0.806 | 0.661 / 0.827 / 0.758 |
//! | O*NET 29.2, a part | 382 | 0.526 | 0.778 | 0.664 | 0.432 / 0.660 / 0.575 |
//!
//! # Speed
//!
//! Microseconds per suggestion (k = 5) on one core, by `benches/place.rs`:
//!
//! | Map | once read | with reading | and with evidence | reference |
//! |---|---|---|---|---|
//! | England 2021, 397 occupations | 10 | 25 | 38 | 550 |
//! | ESCO 1.2, a half, 1,588 | 10 | 21 | 45 | 650 |
//! | O*NET 29.2, a part, 528 | 15 | 65 | 111 | 1,600 |

mod calibration;
mod error;
mod evidence;
#[cfg(feature = "index")]
mod index_file;
mod known_names;
mod leave_one_out;
mod meaning_of;
mod member;
mod model;
mod new_occupation;
mod new_occupation_read;
mod placement;
mod placer;
mod postings;
mod profile;
mod ranking;
#[doc(hidden)]
pub mod reference;
#[cfg(feature = "index")]
mod saved_terms;
mod side;
#[cfg(feature = "study")]
mod similarity;
mod telling;
mod terms;
mod title_list;
mod vector;
mod verdict;
mod with_titles;

#[cfg(feature = "index")]
pub use error::IndexError;
pub use error::PlaceError;
pub use new_occupation::{Account, NewOccupation};
pub use new_occupation_read::NewError;
pub use placement::{
    KnownName, LeftOut, NearOccupation, Placement, PlacementEvidence, Progression, Suggestion, TermShare, Verdict,
};
pub use placer::{Placer, Prepared, Scratch};
pub use title_list::{TitleList, UnusedTitle};
