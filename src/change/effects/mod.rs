//! What a difference does to the programmes, and why.

mod causes;
pub(in crate::change) mod programmes;
pub(in crate::change) mod report;
mod specialisms;
