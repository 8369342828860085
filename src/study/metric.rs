//! A figure with its name.

use serde::{Deserialize, Serialize};

/// A figure with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Metric {
    /// The name of the measure.
    pub measure: String,
    /// The value.
    pub value: f64,
}

impl Metric {
    pub(super) fn new(measure: &str, value: f64) -> Self {
        Metric { measure: measure.to_owned(), value }
    }
}
