//! The effects of a difference on the programmes, with their causes.

mod causes;
pub(in crate::change) mod programmes;
pub(in crate::change) mod report;
mod specialisms;
mod topics;
