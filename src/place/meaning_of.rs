//! What occupations mean, as vectors.

use std::sync::Arc;

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
        let mut of_field = sum.clone();
        let less = texts_count(terms.usual, text_words(occupation));
        for field in &fields {
            let weight = field.weight * if field.is_name { 1.0 } else { less };
            let mut any = false;
            let vector = |text: &String| table.vector_of(text, |word| terms.has(word));
            for vector in field.texts.into_iter().flatten().filter_map(vector) {
                of_field.iter_mut().zip(vector.values()).for_each(|(sum, &v)| *sum += f64::from(v));
                any = true;
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

impl MeaningOf {
    /// The words of an occupation with the parts of its vector that they make, in the
    /// order in which they first come; none for a caller's vector.
    pub(super) fn words(&self, occupation: &NewOccupation, terms: &Terms) -> Vec<(String, Vector)> {
        let MeaningOf::Table(table) = self else { return Vec::new() };
        let less = texts_count(terms.usual, text_words(occupation));
        let mut words: IndexMap<String, Vec<f64>> = IndexMap::new();
        for field in &occupation.fields() {
            let weight = field.weight * if field.is_name { 1.0 } else { less };
            let words_of = |text: &String| table.words(text, |word| terms.has(word));
            let texts = field.texts.into_iter().flatten().map(words_of);
            let texts: Vec<_> = texts.filter(|(_, length)| *length > 0.0).collect();
            let mut of_field = vec![0.0; table.dimensions()];
            for (words, length) in &texts {
                words.iter().for_each(|(_, own)| add(&mut of_field, own, 1.0 / length));
            }
            let whole = length(&of_field);
            if whole <= 0.0 {
                continue;
            }
            for (own, length) in texts {
                for (word, own) in own {
                    let sum = words.entry(word).or_insert_with(|| vec![0.0; table.dimensions()]);
                    add(sum, &own, weight / whole / length);
                }
            }
        }
        let mut sum = vec![0.0; table.dimensions()];
        words.values().for_each(|own| add(&mut sum, own, 1.0));
        let whole = length(&sum);
        let part = |own: Vec<f64>| sparse(own.into_iter().map(|v| if whole > 0.0 { v / whole } else { 0.0 }));
        words.into_iter().map(|(word, own)| (word, part(own))).collect()
    }

    /// The sum of the rows of a word; `None` if a table does not have it.
    pub(super) fn word(&self, word: &str) -> Option<Vec<f64>> {
        let MeaningOf::Table(table) = self else { return None };
        table.words(word, |_| true).0.into_iter().next().map(|(_, sum)| sum)
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
