//! Weighted terms of statements: what the measure compares.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::map::Map;
use crate::order;
use crate::text::{Stems, Term, meant, name_key};

/// How many statements with none of its stems a small map is assumed to hide.
const UNSEEN: f64 = 100.0;
/// The part of a word among examples.
const EXAMPLE: f64 = 0.7;
/// How fast the part of a word decreases with its position.
const DECAY: f64 = 0.01;
/// The rarity below which a stem counts nothing, and the maximum weight.
const COMMON: f64 = 1.0;
const MOST: f64 = 3.0;
/// The shares of the words and of the first word in a score.
pub(super) const WORDS: f64 = 0.95;
const FIRST: f64 = 0.05;

/// A term of the measure's vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Feature {
    Word(u32),
    First(u32),
}

impl Feature {
    /// Its number: even for words, odd for first words.
    pub(super) fn number(self) -> u32 {
        match self {
            Feature::Word(stem) => stem * 2,
            Feature::First(stem) => stem * 2 + 1,
        }
    }

    pub(super) fn from_number(number: u32) -> Feature {
        if number.is_multiple_of(2) { Feature::Word(number / 2) } else { Feature::First(number / 2) }
    }
}

/// The stems of a map's statements, with their weights.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// In alphabetical order: the numbers of stems, and so the order of every
    /// sum, do not depend on the order of the map's rows.
    stems: Vec<String>,
    /// The terms of each statement.
    terms: Vec<Vec<Term>>,
    /// The weight of each stem.
    weights: Vec<f64>,
    /// The weight of a stem that one statement beyond these has.
    unseen: f64,
    /// What has read the statements, and what its stems are numbered here.
    reader: Stems,
    numbers: Vec<u32>,
}

impl Vocabulary {
    pub(super) fn new(map: &Map) -> Self {
        let mut stems = Stems::default();
        let mut texts: Vec<&str> = Vec::with_capacity(map.statements().len());
        for occupation in map.occupations() {
            let of_occupation: Vec<&str> = occupation.statements().map(|statement| statement.text()).collect();
            texts.extend(without_labels(&of_occupation));
        }
        // twice: to know which words are written as one anywhere
        texts.iter().for_each(|text| drop(stems.terms(text)));
        let mut terms: Vec<Vec<Term>> = texts.iter().map(|text| stems.joined_terms(text)).collect();
        let reader = stems;
        let (stems, rank) = alphabetical(&reader);
        terms.iter_mut().flatten().for_each(|term| term.stem = rank[term.stem as usize]);
        let (_, frequency) = frequencies(&terms, stems.len());
        let meant = meant(&stems, &frequency);
        terms.iter_mut().flatten().for_each(|term| term.stem = meant[term.stem as usize]);
        let (different, frequency) = frequencies(&terms, stems.len());
        let n = different as f64 + UNSEEN;
        let weight = |df: u32| (libm::log(n / (f64::from(df) + 1.0)) - COMMON).clamp(0.0, MOST);
        let weights = frequency.into_iter().map(weight).collect();
        let numbers = rank.into_iter().map(|stem| meant[stem as usize]).collect();
        Vocabulary { stems, terms, weights, unseen: weight(1), reader, numbers }
    }

    /// The terms of the statements of an occupation that the map does not have. The
    /// numbers of stems that it does not have follow those that it has.
    pub(super) fn read(&self, texts: &[&str]) -> Vec<Vec<Term>> {
        let mut reader = self.reader.copied();
        let texts = without_labels(texts);
        texts.iter().for_each(|text| drop(reader.terms(text)));
        let mut terms: Vec<Vec<Term>> = texts.iter().map(|text| reader.joined_terms(text)).collect();
        for term in terms.iter_mut().flatten() {
            let further = term.stem as usize - self.numbers.len().min(term.stem as usize);
            let number = self.numbers.get(term.stem as usize).copied();
            term.stem = number.unwrap_or((self.stems.len() + further) as u32);
        }
        terms
    }

    fn weight(&self, stem: u32) -> f64 {
        self.weights.get(stem as usize).copied().unwrap_or(self.unseen)
    }

    /// The stem with that number.
    pub(super) fn stem(&self, number: u32) -> &str {
        &self.stems[number as usize]
    }

    /// The stems of some terms with a weight above 0, in their order, with their
    /// values.
    fn telling(&self, terms: &[Term]) -> Vec<(u32, f64)> {
        let mut words = Vec::with_capacity(terms.len());
        for (i, term) in terms.iter().enumerate() {
            let part = if term.example { EXAMPLE } else { 1.0 } / (1.0 + DECAY * i as f64);
            let value = part * self.weight(term.stem);
            if value > 0.0 {
                words.push((term.stem, value));
            }
        }
        words
    }

    /// How many stems there are.
    pub(super) fn len(&self) -> usize {
        self.stems.len()
    }

    /// The stems of a statement with a weight above 0, each once, by number. If
    /// a stem occurs twice, the larger value is kept.
    pub(super) fn words(&self, statement: usize) -> Vec<(u32, f64)> {
        self.words_of(&self.terms[statement])
    }

    /// Like [`Vocabulary::words`], of terms.
    pub(super) fn words_of(&self, terms: &[Term]) -> Vec<(u32, f64)> {
        let mut words = self.telling(terms);
        order::by(&mut words, |a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        words.dedup_by_key(|(stem, _)| *stem);
        words
    }

    /// The features of a statement with their values: two vectors in one, each
    /// as long as the square root of its share, so that the products of two
    /// statements' values add up to their score. Empty for a statement without
    /// a distinctive word.
    pub(super) fn features(&self, statement: usize) -> Vec<(u32, f64)> {
        self.features_of(&self.terms[statement])
    }

    /// Like [`Vocabulary::features`], of terms.
    pub(super) fn features_of(&self, terms: &[Term]) -> Vec<(u32, f64)> {
        let words = self.words_of(terms);
        let Some(first) = terms.first().filter(|_| !words.is_empty()) else { return Vec::new() };
        let length = words.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
        let factor = WORDS.sqrt() / length;
        let mut features: Vec<(u32, f64)> =
            words.into_iter().map(|(stem, value)| (Feature::Word(stem).number(), value * factor)).collect();
        features.push((Feature::First(first.stem).number(), FIRST.sqrt()));
        features
    }
}

/// How many different statements there are, and how many of them have each
/// stem.
fn frequencies(terms: &[Vec<Term>], stems: usize) -> (usize, Vec<u32>) {
    let mut different: HashSet<Vec<u32>, RandomState> = HashSet::default();
    let mut frequency = vec![0_u32; stems];
    for terms in terms {
        let mut set: Vec<u32> = terms.iter().map(|term| term.stem).collect();
        if different.insert(set.clone()) {
            set.sort_unstable();
            set.dedup();
            set.iter().for_each(|&stem| frequency[stem as usize] += 1);
        }
    }
    (different.len(), frequency)
}

/// The stems in alphabetical order, and the place of each in it.
fn alphabetical(stems: &Stems) -> (Vec<String>, Vec<u32>) {
    let mut numbers: Vec<u32> = (0..stems.len() as u32).collect();
    order::by_key(&mut numbers, |&number| stems.stem(number));
    let mut rank = vec![0; numbers.len()];
    numbers.iter().enumerate().for_each(|(place, &number)| rank[number as usize] = place as u32);
    (numbers.iter().map(|&number| stems.stem(number).to_owned()).collect(), rank)
}

/// The text before a colon near the start of a text, and the text after it.
fn label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once(':')?;
    let short = label.chars().count() <= 40 && !label.contains(['.', ';']);
    (short && !label.trim().is_empty() && !rest.trim().is_empty()).then_some((label, rest))
}

/// The texts of an occupation without the labels that several of them have.
fn without_labels<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    let labels = labels(texts);
    let bare = |text: &&'t str| match label(text) {
        Some((label, rest)) if labels.contains(&name_key(label)) => rest,
        _ => *text,
    };
    texts.iter().map(bare).collect()
}

/// The labels that appear before three or more texts.
fn labels(texts: &[&str]) -> HashSet<String> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for (label, _) in texts.iter().filter_map(|text| label(text)) {
        *counts.entry(name_key(label)).or_default() += 1;
    }
    counts.into_iter().filter(|(_, n)| *n >= 3).map(|(label, _)| label).collect()
}
