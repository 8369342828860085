//! What occupations mean, as vectors.

use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::NewOccupation;
use super::directions::Directions;
use super::reading::texts_count;
use super::terms::Terms;
use super::texts::text_words;
use super::vector::Vector;
use crate::meaning::{Meaning, Vectors, WordTable};

/// Where the vectors of occupations come from; shared by clones of a placer.
#[derive(Clone, Debug)]
pub(super) enum MeaningOf {
    /// From their texts.
    Table(Arc<WordTable>),
    /// By their ids.
    Own(Arc<Vectors>),
}

/// The words that most make up what a cluster's occupations say, and what they mean.
#[derive(Clone, Debug, Default)]
pub(super) struct ClusterWords {
    /// The terms, with what each counts.
    pub(super) words: Vec<(u32, f32)>,
    pub(super) directions: Directions,
}

impl From<Meaning<'_>> for MeaningOf {
    fn from(meaning: Meaning<'_>) -> Self {
        match meaning {
            Meaning::Table(table) => MeaningOf::Table(Arc::new(table.clone())),
            Meaning::Own(vectors) => MeaningOf::Own(Arc::new(vectors.clone())),
        }
    }
}

impl MeaningOf {
    /// How many values a vector has.
    pub(super) fn dimensions(&self) -> usize {
        match self {
            MeaningOf::Table(table) => table.dimensions(),
            MeaningOf::Own(vectors) => vectors.dimensions(),
        }
    }

    /// The vector of an occupation: of a field, the mean of its texts', and of all,
    /// the weighted sum of its fields', each of length 1; texts of more words than is
    /// usual count less. Empty if nothing is known. Words that a table can only spell
    /// mean something only if the map has them.
    pub(super) fn vector(&self, occupation: &NewOccupation, terms: &Terms) -> Vector {
        let table = match self {
            MeaningOf::Own(vectors) => {
                let own = vectors.get(&occupation.id).map(|vector| vector.values().iter().copied());
                return own.map_or_else(Vector::new, |values| sparse(values.map(f64::from)));
            }
            MeaningOf::Table(table) => table,
        };
        let fields = occupation.fields();
        let mut texts = fields.iter().flat_map(|field| field.texts).flatten().filter(|text| !text.is_empty());
        if let (Some(only), None) = (texts.next(), texts.next()) {
            let vector = table.vector_of(only, |word| terms.has(word));
            return vector.map_or_else(Vector::new, |vector| (0..).zip(vector.values().iter().copied()).collect());
        }
        let mut sum = vec![0.0; table.dimensions()];
        let (mut of_field, mut of_text) = (sum.clone(), sum.clone());
        let less = texts_count(terms.usual, text_words(occupation));
        for field in &fields {
            let weight = field.weight * if field.is_name { 1.0 } else { less };
            let mut any = false;
            for text in field.texts.into_iter().flatten() {
                of_text.fill(0.0);
                table.each_word(text, |word| terms.has(word), |_, rows| table.add_rows(rows, &mut of_text));
                let length = length(&of_text);
                if length > 0.0 && length.is_finite() {
                    // as a vector holds it
                    of_field.iter_mut().zip(&of_text).for_each(|(sum, v)| *sum += f64::from((v / length) as f32));
                    any = true;
                }
            }
            if any {
                let length = length(&of_field);
                let factor = if length > 0.0 { weight / length } else { 0.0 };
                let of_field = of_field.iter_mut().map(std::mem::take);
                sum.iter_mut().zip(of_field).for_each(|(sum, v)| *sum += factor * v);
            }
        }
        let length = length(&sum);
        if length > 0.0 { sparse(sum.into_iter().map(|v| v / length)) } else { Vector::new() }
    }
}

/// The words of an occupation that have a meaning, in the order in which they first come.
#[derive(Debug, Default)]
pub(super) struct MeaningWords {
    pub(super) words: Vec<String>,
    /// What part of the occupation's vector each makes, to be multiplied with a direction
    /// all at once.
    pub(super) parts: Directions,
}

/// A word of an occupation: the rows of its pieces, and what it counts.
struct MeaningWord {
    rows: Vec<usize>,
    weight: f64,
}

/// How many new words of a text have parts of their own.
const MOST_WORDS: usize = 500;

impl MeaningOf {
    /// The words of an occupation with the parts of its vector that they make; none for a
    /// caller's vector.
    pub(super) fn words(&self, occupation: &NewOccupation, terms: &Terms) -> MeaningWords {
        let MeaningOf::Table(table) = self else { return MeaningWords::default() };
        let less = texts_count(terms.usual, text_words(occupation));
        let mut words: IndexMap<String, MeaningWord, RandomState> = IndexMap::default();
        let mut of_text = vec![0.0; table.dimensions()];
        let mut of_field = of_text.clone();
        for field in &occupation.fields() {
            let weight = field.weight * if field.is_name { 1.0 } else { less };
            // the words of all texts, and where those of each end, with its length
            let (mut numbers, mut texts): (Vec<usize>, Vec<(usize, f64)>) = (Vec::new(), Vec::new());
            of_field.fill(0.0);
            for text in field.texts.into_iter().flatten() {
                of_text.fill(0.0);
                let most = words.len() + MOST_WORDS;
                table.each_word(
                    text,
                    |word| terms.has(word),
                    |word, rows| {
                        table.add_rows(rows, &mut of_text);
                        let known = words.get_index_of(word);
                        let new = || MeaningWord { rows: rows.to_vec(), weight: 0.0 };
                        let known =
                            known.or_else(|| (words.len() < most).then(|| words.insert_full(word.to_owned(), new()).0));
                        numbers.extend(known);
                    },
                );
                let length = length(&of_text);
                texts.push((numbers.len(), length));
                if length > 0.0 {
                    add(&mut of_field, &of_text, 1.0 / length);
                }
            }
            let whole = length(&of_field);
            let mut start = 0;
            for (end, length) in texts {
                if whole > 0.0 && length > 0.0 {
                    numbers[start..end].iter().for_each(|&word| words[word].weight += weight / whole / length);
                }
                start = end;
            }
        }
        words.retain(|_, word| word.weight > 0.0);
        let mut sum = vec![0.0; table.dimensions()];
        let mut sums = vec![0.0; words.len() * table.dimensions()];
        for (word, own) in words.values().zip(sums.chunks_exact_mut(table.dimensions())) {
            table.add_rows(&word.rows, own);
            add(&mut sum, own, word.weight);
        }
        let whole = length(&sum);
        let scale = |weight: f64| if whole > 0.0 { weight / whole } else { 0.0 };
        let weights: Vec<f64> = words.values().map(|word| scale(word.weight)).collect();
        let parts = Directions::scaled(table.dimensions(), &sums, &weights);
        MeaningWords { words: words.into_keys().collect(), parts }
    }

    /// The sum of the rows of a word; `None` if a table does not have it.
    pub(super) fn word(&self, word: &str) -> Option<Vec<f64>> {
        let MeaningOf::Table(table) = self else { return None };
        table.words(word).0.into_iter().next().map(|(_, sum)| sum)
    }
}

/// Adds some values, multiplied.
fn add(sum: &mut [f64], values: &[f64], factor: f64) {
    sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += factor * value);
}

fn length(values: &[f64]) -> f64 {
    values.iter().map(|v| v * v).sum::<f64>().sqrt()
}

/// Values by dimension, without zeros.
fn sparse(values: impl ExactSizeIterator<Item = f64>) -> Vector {
    // nearly none is zero
    let mut vector = Vector::with_capacity(values.len());
    vector.extend((0..).zip(values.map(|v| v as f32)).filter(|(_, v)| *v != 0.0));
    vector
}
