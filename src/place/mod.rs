//! Floor 3: where on the map a new occupation belongs.
//!
//! A [`Placer`] knows the map's clusters by the words of their occupations and
//! ranks them for a new one, whatever is known of it: a title, job titles,
//! keywords, an overview, statements, duties, qualifications, a level.
//!
//! # The score
//!
//! ```text
//! score(c) = cos(x, m) + 0.25 cos(x, p) + 0.25 cos(x, r) + 0.6 P(band | c)
//! ```
//!
//! * *x*: the occupation's vector. Its terms are stems (weight 1), pairs of
//!   stems side by side (0.5) and, of names only, runs of three to five letters
//!   (0.2), each family a vector of length 1. In a family each field is a vector
//!   of length 1 (`1 + ln count` times `sqrt(ln((n + 1) / (df + 1)) + 1)`),
//!   weighted: title 0.6, job titles and keywords 0.5, overview 0.7, statements
//!   1, duties with qualifications 0.5. Words of more than six in ten of the
//!   map's occupations tell nothing and are left out.
//! * *m*: the mean of the cluster's occupations and its name (which counts as
//!   1.5 occupations), drawn towards the mean of its pathway as by one more
//!   occupation, and that towards its route's as by two. *p* and *r* are the sums
//!   of the pathway's and the route's occupations.
//! * *P(band | c)*: how many of the cluster's occupations are of that band,
//!   smoothed by half an occupation of the map's bands; nothing without a level.
//!
//! It lies between 0 and 2.1. Ties go by the order of the map.
//!
//! # Confidence
//!
//! When it is built, the placer leaves out each occupation of a cluster of two
//! or more and asks where it belongs (exactly: what the occupation added to any
//! sum or length is taken off). From the answers it learns how sure to be: the
//! softmax of scores over a temperature of the highest likelihood, then a line
//! over its log odds, fitted to the first five suggestions. Of suggestions with
//! confidence *c* about *c* are right; `tlevel study placement` prints how well
//! that holds on a map.

mod build;
mod calibration;
mod features;
mod model;
mod newcomer;
mod placer;
mod read;
pub mod reference;

pub use newcomer::NewOccupation;
pub use placer::{
    LeftOut, NearOccupation, Placement, PlacementEvidence, Placer, Scratch, Suggestion, TermShare, Verdict,
};
pub use read::NewError;
