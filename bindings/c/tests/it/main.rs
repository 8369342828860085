//! The C ABI, called as C calls it.

mod caller;
mod conformance;
mod header;
mod hostile;
mod readme;
