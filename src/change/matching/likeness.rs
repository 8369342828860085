//! How alike two wordings are.

use crate::text::WordBag;

/// From which likeness two wordings are taken for one statement, reworded.
pub const ALIKE: f64 = 0.5;

/// How much two wordings say in the same words: twice the words that they
/// share over the words of both, each as often as it stands there (Dice's
/// measure of the words of the normal forms). 1 for the same words in any
/// order, 0 for none in common.
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
