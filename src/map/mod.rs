//! The checked model. Routes hold pathways, pathways hold clusters,
//! clusters hold occupations, occupations hold statements and duties.
//!
//! A [`Map`] comes only from [`check`](crate::check()) and holds only what
//! passed; everything else is in [`Map::set_aside`], with its reason. Inside
//! are arenas over the [`RawMap`](crate::read::RawMap) that was checked. Outside are small handles
//! ([`Route`], [`Pathway`], [`Cluster`], [`Occupation`], [`Unit`],
//! [`Statement`]) that walk up and down and use the file's own codes.
//!
//! ```
//! let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
//! let digital = map.route("digital").expect("a route of that id");
//! let level_3: usize = digital
//!     .pathways()
//!     .flat_map(|pathway| pathway.occupations())
//!     .filter(|occupation| occupation.level().number() == 3)
//!     .count();
//! assert_eq!(level_3, 11);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod arena;
mod branch;
mod decided_statement;
mod find;
mod handles;
mod model;
mod names;
mod part;
mod reason;
mod words;

pub use branch::Branch;
pub use find::FindError;
pub use handles::{Cluster, Duty, Occupation, OptionOf, Pathway, Route, SetAside, Statement, Unit};
pub use model::{ClusterIndex, Map, OccupationIndex, PathwayIndex, RouteIndex, StatementIndex};
pub use names::{BranchName, MapInfo, OccupationName, SharedText, StatementRef};
pub use reason::Reason;
pub use words::{APPRENTICESHIP_ONLY_REASONS, Band, BranchTier, Kind, Level, NotALevel, Status};

pub(crate) use arena::Verdicts;
use model::Id;
