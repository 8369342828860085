//! tlevel for C, C# and every language that can call C.
//!
//! A few functions over UTF-8 JSON: a map is read once into a handle, and every result
//! is the JSON that the command line prints, byte for byte. Many occupations go in and out
//! as Arrow tables, too. `include/tlevel.h` is the
//! header, and `README.md` the manual for its callers.
//!
//! | File | What it holds |
//! |---|---|
//! | `abi.rs` | the exported functions and all `unsafe`: pointers in, pointers out |
//! | `calls.rs` | what each function does, from references to a text |
//! | `fault.rs` | why a call failed: a code, a message, a place |
//!
//! # Why there is `unsafe` here
//!
//! Whoever calls from C hands over pointers, and only they can know that these are
//! valid. `abi.rs` is the one file of the product in which `unsafe` is allowed; each
//! block says which promise of the header it relies on. It checks what can be checked:
//! null pointers, lengths that no object can have, and UTF-8.

mod abi;
mod calls;
mod fault;

pub use abi::{
    TlevelError, TlevelMap, TlevelPlacer, tlevel_check, tlevel_derive, tlevel_diff, tlevel_explain, tlevel_free_bytes,
    tlevel_free_error, tlevel_free_map, tlevel_free_placer, tlevel_free_text, tlevel_harmonise, tlevel_load_placer,
    tlevel_native, tlevel_placer, tlevel_read, tlevel_save_placer, tlevel_suggest, tlevel_suggest_batch, tlevel_topics,
    tlevel_version,
};
pub use fault::TlevelCode;
