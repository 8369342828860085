//! The words of a statement or cue, as numbered stems.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::text::Words;

/// Function words, and words that any statement may have ("ensure",
/// "appropriate"): they speak for no topic.
const STOP: &str = "a about above after again against all also am an and any are as at be because been before being \
    below between both but by can cannot could did do does doing down during each etc eg few for from further had has \
    have having he her here hers him his how i ie if in into is it its itself just may me more most must my no nor not \
    of off on once one only or other our ours out over per same shall she should so some such than that the their \
    theirs them themselves then there these they this those through to too under until up upon very was we were what \
    when where whether which while who whom why will with within without would you your s t understand understanding \
    understands include includes including example ensure ensuring ensures appropriate relevant principles need needs \
    knowledge know knows range importance important use used uses using different own required able ability apply \
    applies applied applying way ways";

/// Numbers the stems of a text's [words](Words), without stop words.
pub(super) struct Stemmed {
    words: Words,
    stemmer: Stemmer,
    /// The stem of each word met; none for a stop word.
    of_word: HashMap<String, Option<u32>, RandomState>,
    numbers: HashMap<String, u32, RandomState>,
}

impl Default for Stemmed {
    fn default() -> Self {
        let of_word = STOP.split_ascii_whitespace().map(|word| (word.to_owned(), None)).collect();
        let stemmer = Stemmer::create(Algorithm::English);
        Stemmed { words: Words::default(), stemmer, of_word, numbers: HashMap::default() }
    }
}

impl Stemmed {
    /// The stems of a text, in order, numbered as they are met.
    pub(super) fn read(&mut self, text: &str) -> Vec<u32> {
        let mut words = std::mem::take(&mut self.words);
        words.read(&without_pronoun(text));
        let stems = words.iter().filter_map(|word| self.number(word.text)).collect();
        self.words = words;
        stems
    }

    fn number(&mut self, word: &str) -> Option<u32> {
        if let Some(&number) = self.of_word.get(word) {
            return number;
        }
        let is_letter = word.len() == 1 && !word.starts_with(|c: char| c.is_ascii_digit());
        let number = (!is_letter).then(|| {
            let stem = self.stemmer.stem(word).into_owned();
            let next = self.numbers.len() as u32;
            *self.numbers.entry(stem).or_insert(next)
        });
        self.of_word.insert(word.to_owned(), number);
        number
    }

    /// The stems in alphabetical order, and the place of each number in it: so
    /// numbered, no sum depends on what was read first.
    pub(super) fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut stems: Vec<(String, u32)> = self.numbers.into_iter().collect();
        stems.sort_unstable();
        let mut places = vec![0; stems.len()];
        for (place, (_, number)) in stems.iter().enumerate() {
            places[*number as usize] = place as u32;
        }
        (stems.into_iter().map(|(stem, _)| stem).collect(), places)
    }
}

/// The text with `infotech` for `IT` in capitals, which is not the pronoun.
fn without_pronoun(text: &str) -> Cow<'_, str> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_alone = |at: usize| !text[..at].ends_with(in_word) && !text[at + 2..].starts_with(in_word);
    let (mut changed, mut rest) = (String::new(), 0);
    for (at, it) in text.match_indices("IT").filter(|(at, _)| is_alone(*at)) {
        changed.push_str(&text[rest..at]);
        changed.push_str("infotech");
        rest = at + it.len();
    }
    if rest == 0 {
        return Cow::Borrowed(text);
    }
    changed.push_str(&text[rest..]);
    Cow::Owned(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_stems() {
        for (text, expected) in [
            ("Understand the client\u{2019}s IT needs; it is theirs.", "client infotech"),
            ("Health-and-safety (COSHH), e.g. 5 ladders/steps", "health safeti coshh 5 ladder step"),
            ("Caf\u{e9} \u{1f642} clock's IT_clock or IT", "caf\u{e9} clock clock infotech"),
            ("", ""),
        ] {
            let mut stemmed = Stemmed::default();
            let read = stemmed.read(text);
            let (stems, places) = stemmed.sorted();
            let words: Vec<&str> = read.iter().map(|n| stems[places[*n as usize] as usize].as_str()).collect();
            assert_eq!(words.join(" "), expected, "{text}");
        }
    }
}
