//! Reading and writing the formats of other systems.

mod case;
mod framework_laws;
#[path = "../../../../tests/it/generated.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod generated;
mod goldens;
mod linked_data;
#[cfg(feature = "office")]
mod lists;
#[cfg(feature = "office")]
mod map_strategy;
#[cfg(feature = "office")]
mod tables;
mod tables_of_others;
#[cfg(feature = "office")]
mod template;
