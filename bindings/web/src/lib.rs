//! tlevel for browsers and Node: the library and its reports as WebAssembly.
//!
//! Two ways in:
//!
//! * **plain functions**: the bytes of a map in, and out comes the same JSON that the
//!   command line prints (`--format json`), byte for byte;
//! * [`Workspace`]: a map kept open, for a page that asks and changes many things.
//!
//! The functions are those that all bindings have in common (`bindings/shared`). This
//! crate turns calls of JavaScript into calls of them, and computes nothing that the
//! library can compute.
//!
//! # Why there is `unsafe` here
//!
//! There is none in this folder. The macros of `wasm-bindgen` write the boundary to
//! JavaScript, which no Rust program can express without it.

pub mod js;
mod workspace;

use tlevel_bindings::{functions, join, options, output, stages};

pub use functions::{check, derive, diff, explain, harmonise, read, spec, suggest, topics};
pub use tlevel_bindings::{Answer, Failure};
pub use workspace::Workspace;
