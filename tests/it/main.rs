//! All integration tests of the library: one program, so that it is linked once.

#[cfg(feature = "study")]
mod agreement;
mod builder;
mod bundled_map;
mod change;
mod change_laws;
mod change_recoded;
mod change_topics;
mod codes;
mod concepts;
mod consult_exports;
#[cfg(feature = "spelling")]
mod consult_forms;
mod consult_moves;
mod decision_laws;
mod decision_oracle;
mod decisions;
mod explanations;
mod floors;
mod formats;
mod generated;
mod generated_topics;
mod harmonise;
mod harmony;
#[cfg(feature = "study")]
mod internal;
mod known_names;
mod laws;
mod meaning;
mod messages;
mod names;
mod not_a_map;
mod official_content;
mod official_shapes;
mod own_vectors;
mod pair_meaning;
mod place;
#[cfg(feature = "index")]
mod place_meaning;
#[cfg(feature = "study")]
mod place_study;
mod public_names;
mod review_rules;
mod review_topics;
mod rules;
#[cfg(feature = "index")]
mod saved_index;
mod sparse;
mod specialism_parts;
#[cfg(feature = "study")]
mod study;
#[cfg(feature = "study")]
mod table_kinds;
#[cfg(feature = "study")]
mod tables;
mod topic_cores;
mod topic_laws;
mod topics;
mod upper_topics;
mod versions;
mod word_forms;
