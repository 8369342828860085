//! The first words of a text.

use itertools::Itertools as _;

/// The text on one line, cut between words to at most `most` characters, with an
/// ellipsis where something is cut.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    let kept = kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words);
    format!("{}\u{2026}", kept.trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_text_is_cut_between_words() {
        assert_eq!(shortened("safe  work\nat height", 19), "safe work at height");
        assert_eq!(shortened("safe work, at height", 13), "safe work\u{2026}");
        assert_eq!(shortened("unbroken", 4), "unb\u{2026}");
        assert_eq!(shortened("", 0), "");
    }
}
