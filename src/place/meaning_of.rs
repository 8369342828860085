//! What occupations mean, as vectors.

use std::sync::Arc;

use super::NewOccupation;
use super::reading::{text_words, texts_count};
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
    /// usual count less. Empty if nothing is known.
    pub(super) fn vector(&self, occupation: &NewOccupation, usual: f64) -> Vector {
        let table = match self {
            MeaningOf::Own(vectors) => {
                let own = vectors.get(&occupation.id).map(|vector| vector.values().iter().copied());
                return own.map_or_else(Vector::new, |values| sparse(values.map(f64::from)));
            }
            MeaningOf::Table(table) => table,
        };
        let mut sum = vec![0.0; table.dimensions()];
        let less = texts_count(usual, text_words(occupation));
        for field in occupation.fields() {
            let weight = field.weight * if field.is_name { 1.0 } else { less };
            let mut of_field = vec![0.0; sum.len()];
            for vector in field.texts.into_iter().flatten().filter_map(|text| table.vector(text)) {
                of_field.iter_mut().zip(vector.values()).for_each(|(sum, &v)| *sum += f64::from(v));
            }
            let length = length(&of_field);
            if length > 0.0 {
                sum.iter_mut().zip(of_field).for_each(|(sum, v)| *sum += weight * v / length);
            }
        }
        let length = length(&sum);
        if length > 0.0 { sparse(sum.into_iter().map(|v| v / length)) } else { Vector::new() }
    }
}

fn length(values: &[f64]) -> f64 {
    values.iter().map(|v| v * v).sum::<f64>().sqrt()
}

/// Values by dimension, without zeros.
fn sparse(values: impl Iterator<Item = f64>) -> Vector {
    (0..).zip(values.map(|v| v as f32)).filter(|(_, v)| *v != 0.0).collect()
}
