//! The score at which groups are joined.

use std::fmt;
use std::str::FromStr;

/// A score from 0 to 1: groups whose mean score reaches it are joined.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::Threshold;
///
/// let threshold: Threshold = "0.5".parse()?;
/// assert_eq!(threshold.get(), 0.5);
/// assert!(threshold.floor() < 0.5);
/// assert!(Threshold::new(f64::NAN).is_err() && "1.1".parse::<Threshold>().is_err());
/// # Ok::<(), tlevel::harmonise::NotAThreshold>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold(f64);

/// A text or number that is not a threshold: `Threshold::new(2.0)`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a threshold; expected a number from 0 to 1, such as 0.45")]
pub struct NotAThreshold(String);

/// How far below the threshold a pair inside a concept may score.
const FLOOR: f64 = 0.2;
/// How far below it a pair is recorded as almost joined.
const ALMOST: f64 = 0.1;

impl Threshold {
    /// Returns the threshold with that score.
    ///
    /// # Errors
    ///
    /// [`NotAThreshold`] if the score is not from 0 to 1.
    pub fn new(score: f64) -> Result<Threshold, NotAThreshold> {
        if (0.0..=1.0).contains(&score) { Ok(Threshold(score)) } else { Err(NotAThreshold(score.to_string())) }
    }

    /// The score.
    pub fn get(self) -> f64 {
        self.0
    }

    /// The minimum score of every pair inside a concept: the threshold minus
    /// 0.2, and more than 0.
    pub fn floor(self) -> f64 {
        (self.0 - FLOOR).max(0.05)
    }

    /// Pairs scoring at least this, 0.1 below the threshold, are recorded as
    /// almost joined.
    pub fn almost(self) -> f64 {
        (self.0 - ALMOST).max(0.05)
    }
}

impl Default for Threshold {
    /// 0.45: see the table in the module's documentation.
    fn default() -> Self {
        Threshold(0.45)
    }
}

impl FromStr for Threshold {
    type Err = NotAThreshold;

    fn from_str(text: &str) -> Result<Self, NotAThreshold> {
        let wrong = || NotAThreshold(text.chars().take(40).collect());
        text.trim().parse().ok().and_then(|score| Threshold::new(score).ok()).ok_or_else(wrong)
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
