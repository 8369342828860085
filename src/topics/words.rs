//! The words of a statement or cue, as numbered stems.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use snowball_stemmers_rs::{Algorithm, Stemmer};

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

/// Splits texts into words and numbers their stems.
pub(super) struct Stemmed {
    stemmer: Stemmer,
    /// The stem of each word met; none for a stop word.
    of_word: HashMap<String, Option<u32>, RandomState>,
    numbers: HashMap<String, u32, RandomState>,
}

impl Default for Stemmed {
    fn default() -> Self {
        let of_word = STOP.split_ascii_whitespace().map(|word| (word.to_owned(), None)).collect();
        Stemmed { stemmer: Stemmer::create(Algorithm::English), of_word, numbers: HashMap::default() }
    }
}

impl Stemmed {
    /// The stems of a text, in order, numbered as they are met.
    pub(super) fn read(&mut self, text: &str) -> Vec<u32> {
        let mut stems = Vec::new();
        each_word(text, |word| stems.extend(self.number(word)));
        stems
    }

    fn number(&mut self, word: &str) -> Option<u32> {
        if let Some(&number) = self.of_word.get(word) {
            return number;
        }
        let is_letter = word.len() == 1 && !word.bytes().all(|b| b.is_ascii_digit());
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

/// Calls `take` with each word: a run of the letters a to z and digits, in
/// lower case, without what follows an apostrophe. `IT` in capitals is
/// `infotech`, so that it is not the pronoun.
fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut lower = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = |c: char| c.is_alphanumeric() || c == '_';
        let begins_word = in_word(first);
        let end = rest.find(|c: char| in_word(c) != begins_word).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        rest = behind;
        match part {
            "IT" => lower.push_str(" infotech "),
            _ if begins_word => lower.push_str(&part.to_lowercase()),
            _ => lower.extend(part.chars().map(|c| if matches!(c, '\u{2018}' | '\u{2019}') { '\'' } else { c })),
        }
    }
    let bytes = lower.as_bytes();
    let run = |from: usize, is_in: fn(&u8) -> bool| from + bytes[from..].iter().take_while(|b| is_in(b)).count();
    let mut at = 0;
    while at < bytes.len() {
        let end = run(at, |b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if end == at {
            at += 1;
            continue;
        }
        take(&lower[at..end]);
        at = if bytes.get(end) == Some(&b'\'') { run(end + 1, u8::is_ascii_lowercase) } else { end };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_stems() {
        for (text, expected) in [
            ("Understand the client\u{2019}s IT needs; it is theirs.", "client infotech"),
            ("Health-and-safety (COSHH), e.g. 5 ladders/steps", "health safeti coshh 5 ladder step"),
            ("Caf\u{e9} \u{1f642} o'clock clock_IT", "caf clock"),
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
