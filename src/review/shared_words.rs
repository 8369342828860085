//! The words that two statements share, as people read them.

use crate::harmonise::Evidence;
use crate::text::Stems;

/// How many words are named.
const MOST: usize = 8;
/// The least that a word adds to the score to be named: "is" and "when" add less.
const LEAST: f64 = 0.02;

/// The words of a text that the other text has, too, those that count most first; as the
/// text has them, not as stems.
pub(super) fn shared_words(text: &str, evidence: &Evidence) -> Vec<String> {
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
        shared.extend(word.filter(|word| !shared.contains(word)));
    }
    shared.truncate(MOST);
    shared
}
