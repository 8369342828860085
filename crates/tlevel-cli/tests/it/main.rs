//! All tests of the command line, in one program, which is linked once.

mod change_command;
mod command_line;
mod consult_command;
mod convert_command;
mod formats;
mod help;
mod join_command;
mod maps_in_tables;
mod meaning_command;
mod new_occupations;
mod old_flags;
mod output_safety;
mod program;
mod progression_command;
mod publish_command;
mod readme;
mod review_command;
mod spec_command;
mod study_command;
mod suggest_command;
mod topics_command;
#[cfg(feature = "office")]
mod tracker_workbook;
#[cfg(feature = "parquet")]
mod vector_table;
mod workbench_command;
mod workbench_page;

/// The folder of the whole project, in which commands are run.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
