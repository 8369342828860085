//! Maps and frameworks in the formats of other systems: reading them as maps,
//! and writing maps, concepts, topics and programmes in them.

mod frameworks;
pub use frameworks::*;
