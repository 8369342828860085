//! The C ABI, called as C calls it.

mod arrow;
mod caller;
mod conformance;
mod header;
mod hostile;
mod readme;
