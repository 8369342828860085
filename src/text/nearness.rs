//! Names that are nearly the same, and what was probably meant.

use super::name_key;

/// Whether two names are so similar that one is probably a misspelling of the
/// other.
///
/// This holds if their name keys are equal except for spaces. It also holds if
/// they have the same number of words, and every word that differs does so by
/// one edit (two from nine characters on; Damerau-Levenshtein, optimal string
/// alignment, a swap counts as one) after the same first character. Words of up
/// to four characters, and words with digits, are never misspellings: "Level 2
/// cook" and "Level 3 cook" are different.
///
/// # Examples
///
/// ```
/// use tlevel::text::nearly_same;
///
/// assert!(nearly_same("Procurement  Manager", "Procurement Manager"));
/// assert!(nearly_same("Procurment manager", "Procurement manager"));
/// assert!(!nearly_same("Plate welder", "Pipe welder"));
/// ```
///
/// # Complexity
///
/// `O(n * m)` in the lengths of the names; constant if the lengths alone
/// decide.
pub fn nearly_same(a: &str, b: &str) -> bool {
    keys_nearly_same(&name_key(a), &name_key(b))
}

/// Like [`nearly_same`], for names whose keys are already known.
pub(crate) fn keys_nearly_same(a: &str, b: &str) -> bool {
    let joined = |key: &str| key.replace(' ', "");
    if a == b || (a.len().abs_diff(b.len()) <= 2 && joined(a) == joined(b)) {
        return true;
    }
    let (mut left, mut right) = (a.split(' '), b.split(' '));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y || is_slip(x, y) => {}
            _ => return false,
        }
    }
}

/// Whether one word is a misspelling of the other.
fn is_slip(a: &str, b: &str) -> bool {
    let (n, m) = (a.chars().count(), b.chars().count());
    let allowed = if n.max(m) >= 9 { 2 } else { 1 };
    n.min(m) > 4
        && n.abs_diff(m) <= allowed
        && a.chars().next() == b.chars().next()
        && !a.contains(|c: char| c.is_numeric())
        && strsim::osa_distance(a, b) <= allowed
}

/// Returns the candidate that a mistyped name most probably meant, if any is
/// close enough (Jaro-Winkler of the name keys at least 0.85).
///
/// Ties: the first candidate.
///
/// # Examples
///
/// ```
/// use tlevel::text::closest;
///
/// let known = ["digital/digital-support", "construction/onsite"];
/// assert_eq!(closest("digital/digital-suport", known), Some("digital/digital-support"));
/// assert_eq!(closest("zoology", known), None);
/// ```
///
/// # Complexity
///
/// One string comparison for each candidate.
pub fn closest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name_key(wanted);
    let mut best = (0.85, None);
    for candidate in candidates {
        let score = strsim::jaro_winkler(&wanted, &name_key(candidate));
        if score > best.0 || (best.1.is_none() && score >= best.0) {
            best = (score, Some(candidate));
        }
    }
    best.1
}

/// What was probably meant, as the end of a message: `: did you mean "digital"?`,
/// or nothing. With `{:#}` in brackets, for the middle of a sentence.
///
/// # Examples
///
/// ```
/// use tlevel::text::DidYouMean;
///
/// assert_eq!(DidYouMean(Some("digital")).to_string(), ": did you mean \"digital\"?");
/// assert_eq!(format!("{:#}", DidYouMean(Some("digital"))), " (did you mean \"digital\"?)");
/// assert_eq!(DidYouMean(None).to_string(), "");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DidYouMean<'h>(pub Option<&'h str>);

impl std::fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(hint) if f.alternate() => write!(f, " (did you mean \"{hint}\"?)"),
            Some(hint) => write!(f, ": did you mean \"{hint}\"?"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_different_names() {
        for (a, b, same) in [
            ("Marketing Assistant", "Marketing assistant", true),
            ("Healthcare science assistant", "Healthcare sciences assistant", true),
            ("Health Assistant", "Health assistants", true),
            ("Design technician", "Deisgn technician", true),
            ("On-site construction", "Onsite construction", true),
            ("Children and families worker", "Children and families manager", false),
            ("Cook level 2", "Cook level 3", false),
            ("Retail manager", "Retail assistant", false),
            ("Legal", "Regal", false),
            ("", "", true),
            ("Health practitioner", "Health professional", false),
        ] {
            assert_eq!(nearly_same(a, b), same, "{a:?} and {b:?}");
        }
    }

    #[test]
    fn closest_prefers_the_nearest_then_the_first() {
        assert_eq!(closest("onsite", ["on-site", "onsite"]), Some("onsite"));
        assert_eq!(closest("abcdef", ["abcdeg", "abcdeh"]), Some("abcdeg"));
        assert_eq!(closest("x", []), None);
    }
}
