//! Computes T Level programme structures from an occupational map: what every
//! occupation of a route shares (route core), what every occupation of a
//! pathway shares (pathway core), and what is left for the specialisms. Every
//! line comes with its evidence, and everything left out with a reason.
//!
//! # From bytes to programmes
//!
//! ```
//! use tlevel::derive::Policy;
//!
//! let bytes = std::fs::read("fixtures/maps/england.json")?;
//! let derivation = tlevel::programmes(&bytes, &Policy::panel())?;
//! for programme in &derivation.programmes {
//!     println!("{}: {} core items", programme.pathway.name, programme.pathway_core.len());
//! }
//! # assert!(derivation.programme("construction/onsite-construction").is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`programmes()`] runs four stages in one call. Each stage is also a
//! function, and its result is plain data:
//!
//! ```
//! use tlevel::prelude::*;
//!
//! let raw = tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?;
//! let Checked { map, findings, .. } = tlevel::check(raw)?;
//! assert!(findings.iter().all(|finding| finding.severity < Severity::Error));
//! // join statements that say the same in other words; people's decisions take
//! // precedence
//! let ledger = Ledger::from_csv("decision,occupation_a,statement_a,occupation_b,statement_b\n")?;
//! let measure = Measure::new(&map);
//! let harmony = tlevel::harmonise(&measure, Threshold::default(), &ledger)?.with_overlaps(&measure);
//! let derivation = tlevel::derive(&map, harmony.concepts(), &Policy::panel())?;
//! let pathway = map.find_pathway("Digital support and services")?;
//! assert!(derivation.programme(pathway.id()).is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A map without a file
//!
//! ```
//! use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};
//! use tlevel::{concept::Concepts, derive::Policy};
//!
//! let occupation = |id: &str, title: &str, own: &str| {
//!     let mut occupation = RawOccupation::new(id, title, 3);
//!     occupation.statements.push(RawStatement::new("K1", "knowledge", "Safe working at height"));
//!     occupation.statements.push(RawStatement::new("S1", "skill", own));
//!     occupation
//! };
//! let trades = RawCluster::new("trades", "Trades")
//!     .with(occupation("o1", "Plasterer", "Float a wall."))
//!     .with(occupation("o2", "Roofer", "Lay slates."));
//! let onsite = RawPathway::new("onsite", "Onsite construction").with(trades);
//! let map = RawMap::new("A small map").with(RawRoute::new("construction", "Construction").with(onsite));
//!
//! let map = tlevel::check(map)?.map;
//! let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level())?;
//! let programme = &derivation.programmes[0];
//! assert_eq!(programme.pathway_core[0].text, "Safe working at height");
//! assert_eq!(programme.specialisms[1].title, "Roofer");
//! assert_eq!(programme.specialisms[1].content[0].text, "Lay slates.");
//! # Ok::<(), tlevel::Error>(())
//! ```
//!
//! # The rooms
//!
//! ```text
//! bytes ──read──▶ RawMap ──check──▶ Map ──harmonise──▶ Concepts ──derive──▶ Derivation
//! ```
//!
//! | Room | Contents |
//! |---|---|
//! | [`text`] | when two wordings or names are the same, or nearly |
//! | [`table`] | CSV and workbooks: rows under a known header, with the place of every cell |
//! | [`mod@read`] | native maps, the standards file, the maps API; places of values |
//! | [`map`] | the checked model: routes, pathways, clusters, occupations, statements |
//! | [`concept`] | which statements say the same, and the topics over them |
//! | [`mod@check`] | the rules; from a raw map to a checked one |
//! | [`meaning`] | vectors of what texts mean, from a table of words or from a caller |
//! | [`mod@harmonise`] | how alike two statements are, with the evidence; concepts from those scores and people's decisions |
//! | [`topics`] | which topics of a vocabulary statements belong to, with the evidence |
//! | [`mod@derive`] | policies; cores, specialisms, near misses, exclusions, notes |
//! | [`review`] | what people decide about a draft: decisions, conflicts, the resulting programmes; why an item is core |
//! | [`teaching`] | which pathway is taught as a T Level, from when |
//! | [`place`] | where a new occupation belongs: ranked clusters, with evidence and confidence |
//! | [`progression`] | where an occupation leads, and what each step needs |
//! | [`study`] | how well joined statements agree with people's judgement; how often the placer is right; how good and how alike groupings are, what programmes they would give, which occupations fit badly |
//! | [`change`] | how two maps differ, what a proposal would do, and what both mean for the programmes |
//! | [`consult`] | facts on the questions of a consultation: new occupations, moves, branches to open |
//!
//! Each room uses only those above it. The library does no input or output,
//! reads no clock and spawns no thread (except with the feature `parallel`).
//! The same input gives the same bytes. Every result serialises with serde;
//! `Derivation` and `Finding` also deserialise.
//!
//! # Related crates
//!
//! The library returns data. The crate `tlevel-report` turns it into texts,
//! documents, pictures and a site for people, and reads tables from workbooks;
//! `tlevel-cli` is the command line.
//!
//! # Features
//!
//! All are off by default.
//!
//! * `parallel`: uses several threads for what takes long; the results are
//!   the same to the bit.
//! * `study`: the room [`study`], for researchers.
//! * `meaning`: carries a table of words ([`meaning::WordTable`]) of 1.8 MB.
//! * `index`: saves and loads a placer's index as bytes
//!   ([`place::Placer::save`]).

pub mod change;
pub mod check;
pub mod concept;
pub mod consult;
pub mod derive;
mod each;
mod error;
pub mod harmonise;
pub mod map;
pub mod meaning;
mod order;
pub mod place;
pub mod prelude;
mod programmes;
pub mod progression;
pub mod read;
pub mod review;
#[doc(hidden)]
pub mod sparse;
#[cfg(feature = "study")]
pub mod study;
pub mod table;
pub mod teaching;
pub mod text;
pub mod topics;

pub use check::check;
pub use derive::derive;
pub use error::Error;
pub use harmonise::harmonise;
pub use programmes::{ProgrammeBuilder, Programmes, programmes};
pub use read::read;

/// The README's examples run with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[derive(Debug)]
pub struct Readme;
