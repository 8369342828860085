//! What the bindings of tlevel have in common.
//!
//! Every binding takes the options of the command line as data and returns the JSON
//! that the command line prints (`--format json`), byte for byte. Two ways in:
//!
//! * [`functions`]: the bytes of a map and options as JSON in, JSON out;
//! * [`stages`]: a checked map and [`options::Options`] in, results as data out. Use it
//!   to keep a map in memory.
//!
//! This crate turns calls into calls of the library. It computes nothing that the
//! library can compute.
//!
//! ```
//! use tlevel_bindings::functions;
//!
//! let map = std::fs::read("../../fixtures/maps/england.json")?;
//! let programmes = functions::derive(&map, Some(r#"{"policy": "panel", "pathway": "onsite-construction"}"#))?;
//! assert!(programmes.starts_with("{\n  \"format\": \"tlevel-programmes\""));
//! let failure = functions::derive(&map, Some(r#"{"policy": "pannel"}"#)).unwrap_err();
//! assert_eq!(failure.kind, tlevel_bindings::Kind::Policy);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod failure;
pub mod functions;
pub mod join;
pub mod options;
pub mod output;
pub mod stages;

pub use failure::{Answer, Failure, Kind};
