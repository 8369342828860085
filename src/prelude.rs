//! What most programs need, in one `use tlevel::prelude::*`.
//!
//! ```
//! use tlevel::prelude::*;
//!
//! let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
//! let placement = Placer::new(&map).suggest(&NewOccupation::titled("Cable jointer").with_level(3), 1);
//! assert_eq!(placement.suggestions.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use crate::check::{Checked, Finding, Severity};
pub use crate::concept::Concepts;
pub use crate::derive::{Derivation, Policy, Programme, Quorum};
pub use crate::harmonise::{Ledger, Measure, Threshold};
pub use crate::map::{Branch, Kind, Level, Map};
pub use crate::place::{NewOccupation, Placement, Placer};
pub use crate::programmes::{ProgrammeBuilder, Programmes};
pub use crate::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};
pub use crate::review::Decisions;
