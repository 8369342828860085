//! From an occupation's texts to a sparse vector.

use std::collections::{BTreeMap, HashMap};

use super::NewOccupation;
use crate::text::{Stems, normal_form};

/// The families of terms: their mark, and their weight.
const WORD: char = 'w';
const PAIR: char = 'p';
const LETTERS: char = 'l';
const FAMILIES: [(char, f64); 3] = [(WORD, 1.0), (PAIR, 0.5), (LETTERS, 0.2)];

/// The share of a map's occupations beyond which a word tells nothing, and the
/// number of them below which none is taken to.
const COMMON: f64 = 0.6;
const FEW: u32 = 5;

/// The terms of a map's occupations, with the weight of each.
#[derive(Debug, Default)]
pub(super) struct Terms {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    weights: Vec<f64>,
}

/// A sparse vector by term, in ascending order.
pub(super) type Vector = Vec<(u32, f64)>;

/// The sum of the products of two vectors.
pub(super) fn dot(a: &Vector, b: &Vector) -> f64 {
    let mut sum = 0.0;
    let mut others = b.iter().peekable();
    for (term, value) in a {
        while others.next_if(|(other, _)| other < term).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == term) {
            sum += value * other;
        }
    }
    sum
}

/// How often each term occurs in a field, by its key.
type Counts = BTreeMap<String, u32>;

impl Terms {
    /// The terms of these occupations; the rarer, the more each weighs.
    pub(super) fn new<'o>(occupations: impl Iterator<Item = &'o NewOccupation> + Clone, stems: &mut Stems) -> Self {
        let mut n = 0_u32;
        let mut in_words: HashMap<String, u32> = HashMap::new();
        for occupation in occupations.clone() {
            n += 1;
            let mut own: BTreeMap<String, u32> = BTreeMap::new();
            occupation.fields().iter().for_each(|(_, texts)| words(texts, stems, &|_| false, &mut own));
            own.into_keys().for_each(|key| *in_words.entry(key).or_default() += 1);
        }
        let most = (f64::from(n) * COMMON).max(f64::from(FEW));
        let is_common = |key: &str| in_words.get(key).is_some_and(|df| f64::from(*df) > most);
        let mut frequency: BTreeMap<String, u32> = BTreeMap::new();
        for occupation in occupations {
            let mut own: BTreeMap<String, u32> = BTreeMap::new();
            for (i, (_, texts)) in occupation.fields().iter().enumerate() {
                own.extend(counts(i, texts, stems, &is_common));
            }
            own.into_keys().for_each(|key| *frequency.entry(key).or_default() += 1);
        }
        let mut terms = Terms::default();
        for (key, df) in frequency {
            terms.numbers.insert(key.clone(), terms.names.len() as u32);
            terms.names.push(key);
            terms.weights.push((((f64::from(n) + 1.0) / (f64::from(df) + 1.0)).ln() + 1.0).sqrt());
        }
        // what is too common to tell anything is known, and weighs nothing
        for key in in_words
            .into_keys()
            .filter(|key| !terms.numbers.contains_key(key))
            .collect::<std::collections::BTreeSet<_>>()
        {
            terms.numbers.insert(key.clone(), terms.names.len() as u32);
            terms.names.push(key);
            terms.weights.push(0.0);
        }
        terms
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// A term as people read it: a stem, two stems, or letters of a name.
    pub(super) fn name(&self, term: u32) -> (char, &str) {
        let name = &self.names[term as usize];
        (name.chars().next().unwrap_or(WORD), name.get(1..).unwrap_or_default())
    }

    fn weight(&self, key: &str) -> Option<(u32, f64)> {
        let number = *self.numbers.get(key)?;
        Some((number, self.weights[number as usize])).filter(|(_, weight)| *weight > 0.0)
    }

    /// The vector of an occupation: each field of length 1, weighted and added
    /// up; each family of length 1, weighted; all of length 1 if every family
    /// is there. Empty where no term is known.
    pub(super) fn vector(&self, occupation: &NewOccupation, stems: &mut Stems) -> Vector {
        let is_common = |key: &str| self.numbers.get(key).is_some_and(|n| self.weights[*n as usize] <= 0.0);
        let mut families: [BTreeMap<u32, f64>; 3] = Default::default();
        for (i, (field_weight, texts)) in occupation.fields().iter().enumerate() {
            let mut field: [Vec<(u32, f64)>; 3] = Default::default();
            for (key, count) in counts(i, texts, stems, &is_common) {
                if let Some((term, weight)) = self.weight(&key) {
                    let family = FAMILIES.iter().position(|(mark, _)| key.starts_with(*mark)).unwrap_or(0);
                    field[family].push((term, (1.0 + f64::from(count).ln()) * weight));
                }
            }
            for (family, values) in families.iter_mut().zip(&field) {
                let length = values.iter().map(|(_, v)| v * v).sum::<f64>().sqrt();
                values.iter().for_each(|(term, v)| *family.entry(*term).or_default() += field_weight * v / length);
            }
        }
        let whole: f64 = FAMILIES.iter().map(|(_, weight)| weight).sum();
        let mut vector = Vector::new();
        for (family, (_, weight)) in families.iter().zip(FAMILIES) {
            let length = family.values().map(|v| v * v).sum::<f64>().sqrt();
            let factor = (weight / whole).sqrt() / length;
            vector.extend(family.iter().map(|(term, v)| (*term, v * factor)));
        }
        vector.sort_unstable_by_key(|(term, _)| *term);
        vector
    }
}

/// The terms of a field. Letters are taken of names only: titles and keywords.
fn counts(field: usize, texts: &[&str], stems: &mut Stems, is_common: &dyn Fn(&str) -> bool) -> Counts {
    let mut counts = Counts::new();
    words(texts, stems, is_common, &mut counts);
    if field < NewOccupation::NAMES {
        texts.iter().for_each(|text| letters(text, &mut counts));
    }
    counts
}

/// Stems, and pairs of stems side by side, over those that are too common.
fn words(texts: &[&str], stems: &mut Stems, is_common: &dyn Fn(&str) -> bool, counts: &mut Counts) {
    for text in texts {
        let mut last: Option<u32> = None;
        for term in stems.terms(text) {
            let key = format!("{WORD}{}", stems.stem(term.stem));
            if is_common(&key) {
                continue;
            }
            *counts.entry(key).or_default() += 1;
            if let Some(before) = last.replace(term.stem) {
                let pair = format!("{PAIR}{} {}", stems.stem(before), stems.stem(term.stem));
                *counts.entry(pair).or_default() += 1;
            }
        }
    }
}

/// Runs of three to five letters of each word, with its ends marked.
fn letters(text: &str, counts: &mut Counts) {
    for word in normal_form(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let padded: Vec<char> = std::iter::once('_').chain(word.chars()).chain(['_']).collect();
        for n in 3..=5 {
            for run in padded.windows(n.min(padded.len())) {
                let run: String = run.iter().collect();
                *counts.entry(format!("{LETTERS}{run}")).or_default() += 1;
            }
            if padded.len() <= n {
                break;
            }
        }
    }
}
