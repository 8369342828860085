//! What is known of an occupation, as vectors.

use serde::{Deserialize, Serialize};

use super::vector::Vector;

/// The number of words from which texts are not short.
pub(super) const FEW: usize = 12;

/// How much is known of an occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// Its title, job titles or keywords alone.
    Names,
    /// A few words of text with them.
    Few,
    /// Full texts.
    Full,
}

/// The vectors of an occupation, by term; of its meaning, by dimension. Each is of
/// length 1 if all its families are present, and empty if nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Profile {
    /// Of everything.
    pub(super) all: Vector,
    /// Of its title, job titles and keywords.
    pub(super) names: Vector,
    /// Of its overview, statements, duties and qualifications; shorter if they have
    /// more words than is usual on the map.
    pub(super) texts: Vector,
    /// The share of each word in everything; they add up to 1.
    pub(super) words: Vector,
    /// What it means.
    pub(super) meaning: Vector,
    /// How many different words the texts have.
    pub(super) text_words: usize,
}

impl Profile {
    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether its vectors could have been read: in order, without a term that is
    /// not there, and finite.
    #[cfg(feature = "index")]
    pub(super) fn is_sound(&self, terms: usize, dimensions: usize) -> bool {
        let is_sound = |vector: &Vector, most: usize| {
            vector.is_sorted_by(|a, b| a.0 < b.0)
                && vector.iter().all(|(term, v)| (*term as usize) < most && v.is_finite())
        };
        let of_words = [&self.all, &self.names, &self.texts, &self.words];
        of_words.iter().all(|vector| is_sound(vector, terms) && vector.iter().all(|(_, v)| *v > 0.0))
            && is_sound(&self.meaning, dimensions)
    }

    /// How much is known.
    pub(super) fn length(&self) -> Length {
        match self.text_words {
            0 => Length::Names,
            1..FEW => Length::Few,
            _ => Length::Full,
        }
    }

    /// The vectors that clusters have sums of.
    pub(super) fn sides(&self) -> [&Vector; 3] {
        [&self.names, &self.texts, &self.meaning]
    }
}
