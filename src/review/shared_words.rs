//! The words that two statements share, as people read them.

use crate::harmonise::Evidence;
use crate::text::Stems;

/// How many words are named.
const MOST: usize = 8;
/// The least that a word adds to the score to be named: "is" and "when" add less.
const LEAST: f64 = 0.02;

/// Returns the words of a text that the other text of some evidence has, too, those that
/// count most first: as the text has them, not as stems. At most eight, without words such
/// as "is" that hardly count.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::Measure;
/// use tlevel::review::shared_words;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let statements: Vec<_> = map.statements().take(2).collect();
/// let evidence = Measure::new(&map).explain(statements[0].index(), statements[1].index());
/// let shared = shared_words(statements[0].text(), &evidence);
/// assert!(shared.iter().all(|word| statements[0].text().to_lowercase().contains(word)));
/// # Ok::<(), tlevel::Error>(())
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
        shared.extend(word.filter(|word| !shared.contains(word)));
    }
    shared.truncate(MOST);
    shared
}
