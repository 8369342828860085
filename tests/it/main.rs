//! All integration tests of the library: one program, so that it is linked once.

mod agreement;
mod bundled_map;
mod change;
mod change_laws;
mod change_recoded;
mod concepts;
mod decision_laws;
mod decisions;
mod floors;
mod formats;
mod generated;
mod harmonise;
mod harmony;
mod internal;
mod laws;
mod messages;
mod not_a_map;
mod official_content;
mod official_shapes;
mod place;
mod rules;
mod sparse;
mod study;
mod table_kinds;
mod tables;
mod versions;
