//! Levels as people write them.

/// The number that a text such as "3", "Level 3", "L3" or "three" means, whether or not
/// there is such a level; `None` for anything else. Capitals and spaces do not matter.
///
/// # Examples
///
/// ```
/// use tlevel::text::level_number;
///
/// assert_eq!(["3", "Level 3", "l3", " level three "].map(level_number), [Some(3); 4]);
/// assert_eq!(["9", "-1"].map(level_number), [Some(9), Some(-1)]);
/// assert_eq!(["", "level", "tow", "3 or 4"].map(level_number), [None; 4]);
/// ```
pub fn level_number(text: &str) -> Option<i64> {
    let lower = text.trim().to_lowercase();
    let number = lower.strip_prefix("level").or_else(|| lower.strip_prefix('l')).unwrap_or(&lower).trim_start();
    let spelt = ["two", "three", "four", "five", "six", "seven"].iter().zip(2..).find(|(word, _)| **word == number);
    spelt.map(|(_, level)| level).or_else(|| number.parse().ok())
}
