//! The words of a text, as a table of words reads them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer word is no word.
pub(super) const LONGEST_WORD: usize = 100;

/// Calls `each` for every word: a run of letters and digits, in lower case and
/// without accents. This is how encoders of the BERT family ("uncased") read texts,
/// without their signs of punctuation. A word of over 100 characters is left out.
pub(super) fn for_each_word(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut length = 0;
    let mut end = |word: &mut String, length: &mut usize| {
        if (1..=LONGEST_WORD).contains(length) {
            each(word);
        }
        word.clear();
        *length = 0;
    };
    let mut letter = |c: char| {
        if c.is_alphanumeric() {
            // what is too long is counted, not kept
            if length < LONGEST_WORD {
                word.push(c);
            }
            length += 1;
        } else {
            end(&mut word, &mut length);
        }
    };
    if text.is_ascii() {
        text.bytes().for_each(|b| letter(char::from(b.to_ascii_lowercase())));
    } else {
        text.to_lowercase().nfd().filter(|&c| !is_combining_mark(c)).for_each(&mut letter);
    }
    letter(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lower_case_without_accents_and_signs() {
        let long = "x".repeat(LONGEST_WORD);
        for (text, expected) in [
            ("Nursery-nurse's (Level 3) café", vec!["nursery", "nurse", "s", "level", "3", "cafe"]),
            ("C++/C#; 4.5", vec!["c", "c", "4", "5"]),
            ("\u{c4}rzte \u{130}z ", vec!["arzte", "iz"]),
            (&format!("{long} {long}y z"), vec![&long, "z"]),
            ("", vec![]),
            (" -- ", vec![]),
        ] {
            let mut words = Vec::new();
            for_each_word(text, |word| words.push(word.to_owned()));
            assert_eq!(words, expected, "{text}");
        }
    }
}
