//! Pictures, as SVG, of results of the library or of plain structs that any
//! caller can fill.
//!
//! | Function | A picture of |
//! |---|---|
//! | [`dendrogram`](dendrogram()) | which points join, and at what height |
//! | [`heat_map`](heat_map()) | how similar all pairs are |
//! | [`map`](map()) | routes of a map, pathways by bands |
//! | [`programme`](programme()) | a programme, sized by its content |
//! | [`sweep`](sweep()) | how values change with a setting, one panel for each series |
//! | [`teaching_plan`](teaching_plan()) | which pathway is taught as a T Level, and from when |
//! | [`topic_matrix`](topic_matrix()) | which occupation has which topic |
//!
//! Each returns a [`Picture`], which only [`svg`] can make. The same input gives
//! the same bytes.

mod at_a_glance;
mod axis;
mod dendrogram;
mod groups;
mod heat_map;
mod map;
mod past;
mod programme;
pub mod svg;
mod sweep;
mod teaching_plan;
mod topic_matrix;

pub(crate) use at_a_glance::at_a_glance;
pub use dendrogram::{Dendrogram, Leaf, Merge, dendrogram, leaf_order};
pub use heat_map::{HeatMap, heat_map};
pub use map::map;
pub(crate) use map::{map_linked, reasons_in_words};
pub use programme::programme;
pub use svg::{NotAPicture, Picture};
pub use sweep::{Series, Sweep, sweep};
pub use teaching_plan::teaching_plan;
pub(crate) use teaching_plan::{capital, summary};
pub use topic_matrix::{TopicGrid, TopicGridPart, TopicGridRow, topic_matrix};
