//! Pictures, as SVG: what they show is given by results of the library, or by
//! plain structs that anything may fill.
//!
//! | Function | A picture of |
//! |---|---|
//! | [`dendrogram`](dendrogram()) | what joins what, and how late |
//! | [`heat_map`](heat_map()) | how alike all pairs are |
//! | [`map`](map()) | routes of a map, pathways by bands |
//! | [`programme`](programme()) | a programme, sized by its content |
//! | [`sweep`](sweep()) | what changes along a setting, one panel a series |
//! | [`teaching_plan`](teaching_plan()) | which pathway is taught as a T Level, and from when |
//!
//! Each gives a [`Picture`], which nothing outside [`svg`] can make. The same
//! input gives the same bytes.

mod axis;
mod dendrogram;
mod groups;
mod heat_map;
mod map;
mod programme;
pub mod svg;
mod sweep;
mod teaching_plan;

pub use dendrogram::{Dendrogram, Leaf, Merge, dendrogram, leaf_order};
pub use heat_map::{HeatMap, heat_map};
pub use map::map;
pub(crate) use map::{map_linked, reasons_in_words};
pub use programme::programme;
pub use svg::{NotAPicture, Picture};
pub use sweep::{Series, Sweep, sweep};
pub use teaching_plan::teaching_plan;
pub(crate) use teaching_plan::{capital, summary};
