//! Reads occupations as sparse vectors.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use itertools::Itertools as _;
use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::NewOccupation;
use super::new_occupation::Field;
use super::profile::Profile;
use super::terms::{FAMILIES, Kind, Terms};
use super::texts::{Step, TextTerms, UNKNOWN, text_words};
use super::vector::Vector;
use crate::text::{Words, with_words};

/// Reusable memory for reading occupations, independent of any index.
pub(super) struct Reading {
    words: Words,
    stemmer: Stemmer,
    /// The stems of words that are not in the index.
    foreign: HashMap<String, String, RandomState>,
    /// By term, for the field being read; zero between fields.
    counts: Vec<u32>,
    field: Vec<(u32, f64)>,
    /// By term, over the fields; zero between occupations.
    pub(super) sums: Vec<f64>,
    all: Vec<u32>,
    /// For two words as one.
    joined: String,
    /// How many words of the last occupation are not in the index.
    pub(super) unknown: usize,
    /// The words of the last occupation, if they are to be kept.
    pub(super) said: Option<Said>,
}

/// The words of an occupation by the terms that they are read as.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    text: String,
    /// Each term with the place of its first word, in the order of the terms once all are
    /// read.
    words: Vec<(u32, u32, u32)>,
}

impl Said {
    fn push(&mut self, term: u32, words: [&str; 2]) {
        let start = self.text.len() as u32;
        let [one, other] = words;
        self.text.push_str(one);
        if !other.is_empty() {
            self.text.extend([" ", other]);
        }
        self.words.push((term, start, self.text.len() as u32));
    }

    /// Puts the words in order: of several that are one term, the first counts.
    fn finish(&mut self) {
        self.words.sort_unstable();
        self.words.dedup_by_key(|(term, ..)| *term);
    }

    /// The first word that is read as a term.
    pub(super) fn word(&self, term: u32) -> Option<&str> {
        let at = self.words.binary_search_by_key(&term, |(own, ..)| *own).ok()?;
        let (_, start, end) = self.words[at];
        self.text.get(start as usize..end as usize)
    }
}

/// How many of the runs of letters of a word that the map does not have its names must
/// have, as a share, if they are to count: those of a misspelt word mostly are there.
const SPELT: f64 = 0.5;
/// The number of words that are cached before the cache is cleared.
const WORDS: usize = 50_000;

impl Default for Reading {
    fn default() -> Self {
        Reading {
            words: Words::default(),
            stemmer: Stemmer::create(Algorithm::English),
            foreign: HashMap::default(),
            counts: Vec::new(),
            field: Vec::new(),
            sums: Vec::new(),
            all: Vec::new(),
            joined: String::new(),
            unknown: 0,
            said: None,
        }
    }
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading").finish_non_exhaustive()
    }
}

impl Reading {
    /// Returns the vectors of an occupation, without its meaning. In each, every
    /// field is of length 1, weighted and summed; each family of length 1, weighted.
    pub(super) fn profile(&mut self, terms: &Terms, occupation: &NewOccupation) -> Profile {
        self.profile_of(terms, occupation, None)
    }

    /// Like [`profile`](Self::profile), for an occupation of the map, whose texts are
    /// terms already: given these and its number.
    pub(super) fn profile_of(
        &mut self,
        terms: &Terms,
        occupation: &NewOccupation,
        of_map: Option<(&TextTerms, usize)>,
    ) -> Profile {
        self.counts.resize(terms.len().max(self.counts.len()), 0);
        self.sums.resize(terms.len().max(self.sums.len()), 0.0);
        self.unknown = 0;
        let mut sides = [Vec::new(), Vec::new()];
        for (side, is_names) in [(0, true), (1, false)] {
            let fields = occupation.fields().into_iter().enumerate().filter(|(_, field)| field.is_name == is_names);
            for (number, Field { weight, is_name, texts }) in fields {
                match of_map.filter(|_| !is_name) {
                    Some((of_map, o)) => self.count_steps(of_map.steps(o, number)),
                    None => texts.into_iter().flatten().for_each(|text| self.read_text(terms, text, is_name)),
                }
                self.add_field(terms, weight);
            }
            self.all.sort_unstable();
            let Reading { sums, all, .. } = self;
            sides[side].extend(all.drain(..).map(|term| (term, std::mem::take(&mut sums[term as usize]))));
        }
        if let Some(said) = &mut self.said {
            said.finish();
        }
        // long texts among short ones say no more about where an occupation belongs
        let text_words = of_map.map_or_else(|| text_words(occupation), |(of_map, o)| of_map.words(o));
        let less = texts_count(terms.usual, text_words);
        sides[1].iter_mut().for_each(|(_, sum)| *sum *= less);
        let words = shares(terms, &sides);
        sides[1].iter_mut().for_each(|(_, sum)| *sum /= less);
        let names = balanced(terms, &sides[0]);
        let mut texts = balanced(terms, &sides[1]);
        texts.iter_mut().for_each(|(_, value)| *value = (f64::from(*value) * less) as f32);
        let all = if sides[1].is_empty() {
            names.clone()
        } else {
            let both = sides[0].iter().copied().merge_join_by(sides[1].iter().copied(), |x, y| x.0.cmp(&y.0));
            let all: Vec<(u32, f64)> = both.map(|entry| entry.reduce(|x, y| (x.0, x.1 + y.1))).collect();
            balanced(terms, &all)
        };
        Profile {
            words,
            names,
            texts,
            all,
            meaning: Vector::new(),
            text_words: sides[1].iter().filter(|(term, _)| matches!(terms.kind(*term), Kind::Word(_))).count(),
        }
    }

    fn read_text(&mut self, terms: &Terms, text: &str, is_name: bool) {
        if is_name {
            self.words.read(&with_words(text, |word| terms.has(word)));
        } else {
            self.words.read(text);
        }
        self.count(terms, is_name);
    }

    /// Counts the terms of texts of the map, as [`count`](Self::count) does.
    fn count_steps(&mut self, steps: &[Step]) {
        for term in steps.iter().flat_map(|step| [step.stem, step.pair]).filter(|&term| term != UNKNOWN) {
            let count = &mut self.counts[term as usize];
            if *count == 0 {
                self.field.push((term, 0.0));
            }
            *count += 1;
        }
    }

    /// Counts the terms of the text that was read: words, pairs of words that
    /// are adjacent when too common words are skipped and, for names, letters.
    /// Words that the map does not have are read as others that it has, if they
    /// are forms of these.
    fn count(&mut self, terms: &Terms, is_name: bool) {
        let Reading { words, stemmer, foreign, counts, field, unknown, joined, said, .. } = self;
        // whether it is the first time in the field
        let mut met = |term: u32| {
            let is_first = counts[term as usize] == 0;
            if is_first {
                field.push((term, 0.0));
            }
            counts[term as usize] += 1;
            is_first
        };
        let mut last = UNKNOWN;
        let mut rest = words.iter().peekable();
        while let Some(word) = rest.next() {
            let next = rest.peek().filter(|next| is_name && next.follows);
            let as_one = next.map_or(UNKNOWN, |next| terms.joined(word.text, next.text, joined));
            let mut stems = [as_one, UNKNOWN];
            let mut second = None;
            let mut letter = |term: u32| {
                met(term);
            };
            if as_one != UNKNOWN {
                second = rest.next();
                [Some(word), second].into_iter().flatten().for_each(|word| terms.letters_of(word.text, &mut letter));
            } else if let Some((stem, letters)) = terms.form(word.text) {
                if is_name {
                    letters.iter().copied().for_each(&mut letter);
                }
                stems[0] = stem;
            } else {
                if is_name && terms.share_of_letters(word.text) >= SPELT {
                    terms.letters_of(word.text, &mut letter);
                }
                if foreign.len() > WORDS {
                    foreign.clear();
                }
                stems[0] = match foreign.get(word.text) {
                    Some(stem) => terms.stem(stem),
                    None => {
                        let stem = stemmer.stem(word.text).into_owned();
                        let number = terms.stem(&stem);
                        foreign.insert(word.text.to_owned(), stem);
                        number
                    }
                };
                if stems[0] == UNKNOWN {
                    stems = terms.read_as(word.text);
                }
            }
            if stems[0] == UNKNOWN {
                *unknown += 1;
                last = UNKNOWN;
            }
            for stem in stems.into_iter().filter(|&stem| stem != UNKNOWN && terms.tells(stem)) {
                let is_first = met(stem);
                // a word of two has none of its own for each
                if let (true, UNKNOWN, Some(said)) = (is_first, stems[1], said.as_mut()) {
                    said.push(stem, [word.text, second.map_or("", |second| second.text)]);
                }
                let before = std::mem::replace(&mut last, stem);
                if before != UNKNOWN
                    && let Some(pair) = terms.pair(before, stem)
                {
                    met(pair);
                }
            }
        }
    }

    /// Adds the field that was read, each family of length 1.
    fn add_field(&mut self, terms: &Terms, weight: f64) {
        let mut squares = [0.0; FAMILIES.len()];
        for (term, value) in &mut self.field {
            let count = std::mem::take(&mut self.counts[*term as usize]);
            let often = if count == 1 { 1.0 } else { 1.0 + libm::log(f64::from(count)) };
            *value = often * terms.weight(*term);
            squares[terms.kind(*term).family()] += *value * *value;
        }
        let factors = squares.map(|square: f64| if square > 0.0 { weight / square.sqrt() } else { 0.0 });
        for (term, value) in self.field.drain(..) {
            let sum = &mut self.sums[term as usize];
            if *sum <= 0.0 {
                self.all.push(term);
            }
            *sum += value * factors[terms.kind(term).family()];
        }
    }
}

/// What texts of this many words count, where occupations usually have so many.
pub(super) fn texts_count(usual: f64, words: usize) -> f64 {
    if words == 0 { 1.0 } else { (usual / words as f64).sqrt().min(1.0) }
}

/// The share of each word in the sums of names and texts.
fn shares(terms: &Terms, sides: &[Vec<(u32, f64)>; 2]) -> Vector {
    let is_word = |(term, _): &(u32, f64)| matches!(terms.kind(*term), Kind::Word(_));
    let [names, texts] = sides.each_ref().map(|side| side.iter().copied().filter(is_word));
    let both = names.merge_join_by(texts, |x, y| x.0.cmp(&y.0));
    let words: Vec<(u32, f64)> = both.map(|entry| entry.reduce(|x, y| (x.0, x.1 + y.1))).collect();
    let whole: f64 = words.iter().map(|(_, value)| value).sum();
    words.into_iter().map(|(term, value)| (term, (value / whole) as f32)).collect()
}

/// A vector with each family of length 1, weighted.
fn balanced(terms: &Terms, sums: &[(u32, f64)]) -> Vector {
    let mut squares = [0.0; FAMILIES.len()];
    for &(term, sum) in sums {
        squares[terms.kind(term).family()] += sum * sum;
    }
    let whole: f64 = FAMILIES.iter().sum();
    let mut factors = [0.0; FAMILIES.len()];
    for (factor, (square, weight)) in factors.iter_mut().zip(squares.into_iter().zip(FAMILIES)) {
        *factor = if square > 0.0 { (weight / whole / square).sqrt() } else { 0.0 };
    }
    sums.iter().map(|&(term, sum)| (term, (sum * factors[terms.kind(term).family()]) as f32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_once_give_the_profiles_of_texts_read_again() {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(raw).unwrap().map;
        let mut occupations: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
        // texts without words, and fields without texts between others
        occupations[0].overview = " . ".to_owned();
        occupations[1].statements.clear();
        occupations[2] = NewOccupation::default();
        let (mut terms, texts) = Terms::new(&occupations);
        terms.usual = 100.0;
        let mut reading = Reading::default();
        for (o, occupation) in occupations.iter().enumerate() {
            let once = reading.profile_of(&terms, occupation, Some((&texts, o)));
            assert_eq!(once, reading.profile(&terms, occupation), "{}", occupation.id);
        }
    }
}
