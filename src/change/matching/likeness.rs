//! The likeness of two wordings.

use crate::text::WordBag;

/// The likeness from which two wordings are matched as one statement, reworded.
pub const ALIKE: f64 = 0.5;

/// Returns the share of words that two wordings have in common: twice the
/// shared words over the words of both, with repetitions (Dice's coefficient of
/// the words of the normal forms). 1 for the same words in any order, 0 for
/// none in common.
///
/// # Examples
///
/// ```
/// use tlevel::change::likeness;
///
/// assert_eq!(likeness("Lay bricks to line and level.", "Lay bricks to line, level and gauge"), 12.0 / 13.0);
/// assert_eq!(likeness("Lay bricks", "Carry out an aerial rescue"), 0.0);
/// ```
///
/// # Complexity
///
/// `O(n log n)` in the words.
pub fn likeness(a: &str, b: &str) -> f64 {
    WordBag::of(a).likeness(&WordBag::of(b))
}
