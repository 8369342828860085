//! The texts of a map's occupations, read once: as numbered words, and then as terms.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::NewOccupation;
use crate::each::each;
use crate::text::Words;

/// Not a term: a word whose stem no occupation has, or no pair.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// The number of occupations that a thread reads with words of its own.
const CHUNK: usize = 64;

/// The content of occupations as read: their words, numbered, and their texts.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) words: Vec<String>,
    list: Vec<Text>,
    /// The words of all texts, one text after the other.
    all: Vec<u32>,
    /// How many words stand between white space in each occupation's texts.
    counts: Vec<usize>,
}

/// A text of an occupation.
pub(super) struct Text {
    pub(super) occupation: u32,
    /// The number of its field.
    pub(super) field: usize,
    pub(super) is_name: bool,
    /// Where its words end in the words of all.
    end: usize,
}

/// The numbers of words.
#[derive(Default)]
struct Numbers(HashMap<String, u32, RandomState>);

impl Numbers {
    fn of(&mut self, word: &str, words: &mut Vec<String>) -> u32 {
        if let Some(&number) = self.0.get(word) {
            return number;
        }
        let number = words.len() as u32;
        words.push(word.to_owned());
        self.0.insert(word.to_owned(), number);
        number
    }
}

impl Texts {
    /// The words have numbers in the order in which they come.
    pub(super) fn read(occupations: &[NewOccupation]) -> Self {
        let chunks: Vec<(usize, &[NewOccupation])> = occupations.chunks(CHUNK).enumerate().collect();
        let read = each(&chunks, 2, Words::default, |words, (chunk, occupations)| {
            Texts::of_chunk(chunk * CHUNK, occupations, words)
        });
        let mut numbers = Numbers::default();
        let mut found = Texts::default();
        for chunk in read {
            let number = |word: &String| numbers.of(word, &mut found.words);
            let number: Vec<u32> = chunk.words.iter().map(number).collect();
            let start = found.all.len();
            found.all.extend(chunk.all.iter().map(|&word| number[word as usize]));
            found.counts.extend(chunk.counts);
            found.list.extend(chunk.list.into_iter().map(|text| Text { end: start + text.end, ..text }));
        }
        found
    }

    /// The texts of some occupations, of which the first has that number.
    fn of_chunk(first: usize, occupations: &[NewOccupation], words: &mut Words) -> Self {
        let mut numbers = Numbers::default();
        let mut found = Texts::default();
        for (occupation, new) in (first as u32..).zip(occupations) {
            found.counts.push(text_words(new));
            for (number, field) in new.fields().into_iter().enumerate() {
                for text in field.texts.into_iter().flatten() {
                    words.read(text);
                    found.all.extend(words.iter().map(|word| numbers.of(word.text, &mut found.words)));
                    let end = found.all.len();
                    found.list.push(Text { occupation, field: number, is_name: field.is_name, end });
                }
            }
        }
        found
    }

    /// The texts with their words.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Text, &[u32])> {
        let starts = std::iter::once(0).chain(self.list.iter().map(|text| text.end));
        self.list.iter().zip(starts).map(|(text, start)| (text, &self.all[start..text.end]))
    }
}

/// A word in a text that tells where an occupation belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) stem: u32,
    /// The term of the pair with the word before, if there is one, or [`UNKNOWN`].
    pub(super) pair: u32,
}

/// The texts of occupations that are not names, as terms.
pub(super) struct TextTerms {
    steps: Vec<Step>,
    /// By occupation and field: where the steps end.
    ends: Vec<usize>,
    fields: usize,
    /// How many words stand between white space in each occupation's texts.
    counts: Vec<usize>,
}

impl TextTerms {
    pub(super) fn of(texts: &Texts) -> Self {
        let (fields, counts) = (NewOccupation::default().fields().len(), texts.counts.clone());
        TextTerms { steps: Vec::new(), ends: vec![0; counts.len() * fields], fields, counts }
    }

    /// Adds a word of a text; texts come in order.
    pub(super) fn push(&mut self, text: &Text, step: Step) {
        self.steps.push(step);
        self.ends[text.occupation as usize * self.fields + text.field] = self.steps.len();
    }

    /// Replaces the numbers of pairs by their terms, once all texts are there.
    pub(super) fn finish(&mut self, term_of_pair: &[u32]) {
        let mut end = 0;
        for own in &mut self.ends {
            end = end.max(*own);
            *own = end;
        }
        for step in self.steps.iter_mut().filter(|step| step.pair != UNKNOWN) {
            step.pair = term_of_pair[step.pair as usize];
        }
    }

    /// The median of how many words the texts of an occupation have; 0 if there are none.
    pub(super) fn usual_words(&self) -> usize {
        let mut counts = self.counts.clone();
        counts.sort_unstable();
        counts.get(counts.len() / 2).copied().unwrap_or(0)
    }

    /// How many words the texts of an occupation have.
    pub(super) fn words(&self, occupation: usize) -> usize {
        self.counts[occupation]
    }

    /// The words of an occupation's field that tell.
    pub(super) fn steps(&self, occupation: usize, field: usize) -> &[Step] {
        let at = occupation * self.fields + field;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.steps[start..self.ends[at]]
    }
}

/// How many words the texts of an occupation have.
pub(super) fn text_words(occupation: &NewOccupation) -> usize {
    let fields = occupation.fields();
    let texts = fields.iter().filter(|field| !field.is_name).flat_map(|field| field.texts).flatten();
    texts.map(|text| words_of(text)).sum()
}

/// How many words stand between white space; without the tables of Unicode where they do
/// not matter.
fn words_of(text: &str) -> usize {
    /// As many as have fewer than 256 words, whose number is summed up in a byte.
    const AT_ONCE: usize = 256;
    let mut rest = text;
    while let Some(i) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let mut chars = rest[i..].chars();
        if chars.next().is_some_and(char::is_whitespace) {
            return text.split_whitespace().count();
        }
        rest = chars.as_str();
    }
    let in_word = |byte: &u8| u8::from(!matches!(byte, b' ' | b'\t'..=b'\r'));
    let (bytes, after) = (text.as_bytes(), text.as_bytes().get(1..).unwrap_or_default());
    let begin = |(before, own): (&[u8], &[u8])| -> u8 {
        before.iter().zip(own).map(|(before, own)| in_word(own) & !in_word(before)).sum()
    };
    // without branches: many bytes at once
    let later: usize = bytes.chunks(AT_ONCE).zip(after.chunks(AT_ONCE)).map(begin).map(usize::from).sum();
    later + bytes.first().map_or(0, |first| usize::from(in_word(first)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_counted_as_by_the_standard_library(
            text in "[a\\x00-\\x20]{0,30}|[a \u{85}\u{a0}\u{e9}\u{2019}]{0,9}|(a{0,3} {1,2}\u{2019}?){0,400}",
        ) {
            prop_assert_eq!(words_of(&text), text.split_whitespace().count());
        }
    }

    #[test]
    fn chunks_number_words_as_one_list_does() {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(raw).unwrap().map;
        let occupations: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
        let one = Texts::of_chunk(0, &occupations, &mut Words::default());
        let chunks = Texts::read(&occupations);
        assert!(occupations.len() > 2 * CHUNK);
        assert_eq!((chunks.words, chunks.all, chunks.counts), (one.words, one.all, one.counts));
        let lists = chunks.list.iter().zip(&one.list);
        assert_eq!(chunks.list.len(), one.list.len());
        for (a, b) in lists {
            assert_eq!((a.occupation, a.field, a.is_name, a.end), (b.occupation, b.field, b.is_name, b.end));
        }
    }
}
