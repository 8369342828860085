//! tlevel for browsers and Node: the library and its reports as WebAssembly.
//!
//! Two ways in:
//!
//! * **plain functions**: the bytes of a map in, and out comes the same JSON that the
//!   command line prints (`--format json`), byte for byte;
//! * [`Workspace`]: a map kept open, for a page that asks and changes many things.
//!
//! This crate turns calls into calls of the library and results into JSON. It computes
//! nothing that the library can compute.
//!
//! # Why there is `unsafe` here
//!
//! There is none in this folder. The macros of `wasm-bindgen` write the boundary to
//! JavaScript, which no Rust program can express without it.

mod explained;
mod failure;
mod findings;
mod functions;
mod join;
pub mod js;
mod options;
mod output;
mod workspace;

pub use failure::{Answer, Failure};
pub use functions::{check, derive, diff, explain, harmonise, read, spec, suggest, topics};
pub use workspace::Workspace;
