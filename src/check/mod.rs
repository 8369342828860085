//! Checks a [`RawMap`](crate::read::RawMap) against rules; what passes becomes a [`Map`](crate::map::Map).
//!
//! Findings are data. A finding of severity error sets its record aside (the
//! occupation, or the whole branch if its id is unusable); the rest of the map
//! is still used. Only a map without any record is [`Rejected`], and the error
//! returns the input.
//!
//! # The rules
//!
#![doc = include_str!("RULES.md")]

mod checked;
mod dates;
mod finding;
mod names;
mod occupation;
mod report;
mod rules;
mod walk;

pub use checked::{Checked, Rejected, check};
pub(crate) use dates::is_at_or_before;
pub use dates::is_date;
pub use finding::{Finding, Place, Severity, locate_findings};
pub use report::{FindingCounts, FindingsReport};
pub use rules::{RULES, Rule, rules_table};
