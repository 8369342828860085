//! Floor 3: how good is what the program does, in figures.
//!
//! Returns data and draws nothing. [`harmonise`](mod@harmonise): how well joined
//! statements agree with people's judgement ([`Gold`]), and what another
//! threshold would give. [`placement`]: how often the placer is right.
//! [`explain`]: why an item is core.

mod explanation;
mod gold;
pub mod harmonise;
pub mod placement;

pub use explanation::{ExplainedPlace, Explanation, Missing, Nearest, Worded, explain};
pub use gold::{Gold, GoldError};
pub use harmonise::{AtThreshold, HarmoniseStudy};
pub use placement::{Calibrated, Confused, PlacementStudy};

use serde::{Deserialize, Serialize};

/// A figure with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measured {
    /// What was measured.
    pub measure: String,
    /// How much it is.
    pub value: f64,
}

impl Measured {
    fn new(measure: &str, value: f64) -> Self {
        Measured { measure: measure.to_owned(), value }
    }
}
