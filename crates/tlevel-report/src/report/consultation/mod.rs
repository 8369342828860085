//! Reports on a consultation: each proposal under the consultation's own points, facts
//! first and what no map can tell last; lists of responses, the tracker, reports for
//! route panels, and the published response.

mod facts;
mod gaps;
mod moved;
mod new;
mod one;
mod open;
mod page;
mod panels;
mod responses;
mod screening;
mod template;
mod tracker;
mod words;

pub use panels::{panel, published, routes_concerned};
pub use screening::consultation;
pub use template::template;
pub use tracker::tracker;
