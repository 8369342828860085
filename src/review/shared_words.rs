//! The words that two statements share, as people read them.

use crate::harmonise::Evidence;
use crate::text::{Stems, is_function_word};

/// How many words are named.
const MOST: usize = 8;
/// The least that a word adds to the score to be named.
const LEAST: f64 = 0.02;

/// Returns the words of a text that the other text of some evidence has, too, those that
/// count most first: as the text has them, not as stems. At most eight, without those that
/// hardly count and those that only hold a sentence together, such as "is" and "when".
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::Measure;
/// use tlevel::review::shared_words;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let statements: Vec<_> = map.statements().take(2).collect();
/// let evidence = Measure::new(&map).explain(statements[0].index(), statements[1].index());
/// let shared = shared_words(statements[0].text(), &evidence);
/// assert!(shared.iter().all(|word| statements[0].text().to_lowercase().contains(word)));
/// assert!(!shared.iter().any(|word| word == "the"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(w)` in the words of the text.
pub fn shared_words(text: &str, evidence: &Evidence) -> Vec<String> {
    let mut stems = Stems::default();
    let words: Vec<(&str, Vec<String>)> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let numbers: Vec<u32> = stems.terms(word).iter().map(|term| term.stem).collect();
            (word, numbers.into_iter().map(|number| stems.stem(number).to_owned()).collect())
        })
        .collect();
    let mut shared: Vec<String> = Vec::new();
    for share in evidence.shared.iter().filter(|share| share.share >= LEAST) {
        let word = words.iter().find(|(_, own)| own.contains(&share.term)).map(|(word, _)| word.to_lowercase());
        shared.extend(word.filter(|word| !shared.contains(word) && !is_function_word(word)));
    }
    shared.truncate(MOST);
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_hold_a_sentence_together_are_not_named() {
        let map = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(map).unwrap().map;
        let measure = crate::harmonise::Measure::new(&map);
        let statements: Vec<_> = map.statements().take(120).collect();
        let mut named = 0;
        for (at, one) in statements.iter().enumerate() {
            for other in &statements[at + 1..] {
                let evidence = measure.explain(one.index(), other.index());
                let words = shared_words(one.text(), &evidence);
                named += words.len();
                assert_eq!(words.iter().find(|word| is_function_word(word)), None, "{}", one.text());
            }
        }
        assert!(named > 1000, "{named}");
    }
}
