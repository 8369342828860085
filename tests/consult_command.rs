//! `tlevel consult` as a program.
