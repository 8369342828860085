//! The terms of a text: its words as stems.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::words::Words;

/// A word of a text, as a numbered stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The number of the stem.
    pub stem: u32,
    /// Whether it is among examples: after "such as", "for example",
    /// "including" and the like, up to the end of the sentence.
    pub example: bool,
}

/// Numbers the stems of words in the order in which they first occur.
///
/// A word is a run of letters and digits of the text's [normal
/// form](super::normal_form). An apostrophe inside it is ignored ("client's" is
/// one word). Its stem is that of the Snowball project's English stemmer.
///
/// # Examples
///
/// ```
/// use tlevel::text::Stems;
///
/// let mut stems = Stems::default();
/// let a = stems.terms("Communicating with customers, such as patients.");
/// let b = stems.terms("communicates with the customer");
/// assert_eq!(a[0].stem, b[0].stem);
/// assert_eq!(a[2].stem, b[3].stem);
/// assert!(a[3].example && !a[2].example);
/// assert_eq!(stems.stem(a[2].stem), "custom");
/// ```
///
/// # Source
///
/// M. F. Porter, "Snowball: A language for stemming algorithms", 2001; the
/// English stemmer (Porter2).
pub struct Stems {
    stemmer: Stemmer,
    of_word: HashMap<String, u32, RandomState>,
    numbers: HashMap<String, u32, RandomState>,
    known: Vec<String>,
    words: Words,
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stems").field("known", &self.known).finish_non_exhaustive()
    }
}

impl Default for Stems {
    fn default() -> Self {
        Stems {
            stemmer: Stemmer::create(Algorithm::English),
            of_word: HashMap::default(),
            numbers: HashMap::default(),
            known: Vec::new(),
            words: Words::default(),
        }
    }
}

/// The minimum length of a word that may be part of another.
const PART: usize = 4;

impl Stems {
    /// The same stems, with memory of their own.
    pub(crate) fn copied(&self) -> Stems {
        let (of_word, numbers, known) = (self.of_word.clone(), self.numbers.clone(), self.known.clone());
        Stems { of_word, numbers, known, ..Stems::default() }
    }

    /// The number of different stems so far.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there are no stems so far.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The stem with that number; empty beyond the last.
    pub fn stem(&self, number: u32) -> &str {
        self.known.get(number as usize).map_or("", String::as_str)
    }

    /// The terms of a text, in order.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the length of the text. A word that has occurred before is not
    /// stemmed again.
    pub fn terms(&mut self, text: &str) -> Vec<Term> {
        self.terms_by(text, false)
    }

    /// Like [`Stems::terms`], but two adjacent words are read as one if an
    /// earlier text wrote them as one ("life cycle" after "lifecycle"). Each of
    /// the two must have four letters or more, so that "for ward" does not
    /// become "forward".
    pub fn joined_terms(&mut self, text: &str) -> Vec<Term> {
        self.terms_by(text, true)
    }

    fn terms_by(&mut self, text: &str, join: bool) -> Vec<Term> {
        let mut words = std::mem::take(&mut self.words);
        words.read(text);
        let mut terms = Vec::new();
        let mut rest = words.iter().peekable();
        while let Some(word) = rest.next() {
            let next = rest.peek().filter(|next| join && next.follows).map(|next| next.text);
            let stem = match next.and_then(|next| self.joined(word.text, next)) {
                Some(stem) => {
                    rest.next();
                    stem
                }
                None => self.number(word.text),
            };
            terms.push(Term { stem, example: word.example });
        }
        drop(rest);
        self.words = words;
        terms
    }

    /// The stem of two words as one, if they have occurred as one.
    fn joined(&self, first: &str, second: &str) -> Option<u32> {
        let long = |word: &str| word.len() >= PART && word.bytes().all(|b| b.is_ascii_lowercase());
        if !long(first) || !long(second) {
            return None;
        }
        self.of_word.get([first, second].concat().as_str()).copied()
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.of_word.get(word) {
            return number;
        }
        let stem = self.stemmer.stem(word).into_owned();
        let number = *self.numbers.entry(stem).or_insert_with_key(|stem| {
            self.known.push(stem.clone());
            self.known.len() as u32 - 1
        });
        self.of_word.insert(word.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut stems = Stems::default();
        let terms = stems.terms(text);
        terms.iter().map(|t| format!("{}{}", stems.stem(t.stem), if t.example { "*" } else { "" })).collect()
    }

    #[test]
    fn words_become_stems() {
        for (text, expected) in [
            ("Maintains the client\u{2019}s records.", "maintain the client record"),
            ("non-technical, IT & 230 V", "non technic it 230 v"),
            ("Tools (e.g. saws); gauges", "tool saw* gaug"),
            ("Risks, for example falls. Report them", "risk fall* report them"),
            ("", ""),
            ("\u{1f642} \u{2026}", ""),
            ("Stra\u{df}e \u{43c}\u{438}\u{440}", "strass \u{43c}\u{438}\u{440}"),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
