//! The terms of an index in their saved form.

use std::sync::Arc;

use itertools::Itertools as _;
use serde::{Deserialize, Serialize};

use super::terms::{Form, Kind, Terms};

/// [`Terms`] in their saved form: sorted tables, without anything that can be
/// computed from the others.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedTerms {
    words: Vec<(String, u32)>,
    stems: Vec<(String, u32)>,
    runs: Vec<(u128, u32)>,
    kinds: Vec<Kind>,
    weights: Vec<f64>,
    shown: Vec<String>,
    usual: f64,
    background: Vec<f64>,
}

impl Terms {
    pub(super) fn saved(&self) -> SavedTerms {
        SavedTerms {
            words: self.words.iter().map(|(word, form)| (word.to_string(), form.stem)).sorted().collect(),
            stems: self.stems.iter().map(|(stem, term)| (stem.to_string(), *term)).sorted().collect(),
            runs: self.runs.iter().map(|(run, term)| (*run, *term)).sorted().collect(),
            kinds: self.kinds.clone(),
            weights: self.weights.clone(),
            shown: self.shown.to_vec(),
            usual: self.usual,
            background: self.background.clone(),
        }
    }

    /// Returns `None` if they are inconsistent.
    pub(super) fn load(saved: SavedTerms) -> Option<Terms> {
        let SavedTerms { words, stems, runs, kinds, weights, shown, usual, background } = saved;
        let is_word = |term: &u32| matches!(kinds.get(*term as usize), Some(Kind::Word(_)));
        let is_run = |term: &u32| matches!(kinds.get(*term as usize), Some(Kind::Letters));
        let is_sound = |kind: &Kind| match kind {
            Kind::Word(form) => (*form as usize) < shown.len(),
            Kind::Pair(one, other) => is_word(one) && is_word(other),
            Kind::Letters => true,
        };
        let sound = kinds.iter().all(is_sound)
            && weights.len() == kinds.len()
            && weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0)
            && usual.is_finite()
            && usual >= 0.0
            && background.len() == kinds.len()
            && background.iter().all(|share| share.is_finite() && *share >= 0.0)
            && words.iter().chain(&stems).all(|(_, term)| is_word(term))
            && runs.iter().all(|(_, term)| is_run(term));
        if !sound {
            return None;
        }
        let pair = |(term, kind): (u32, &Kind)| match kind {
            Kind::Pair(one, other) => Some(((*one, *other), term)),
            _ => None,
        };
        let mut terms = Terms {
            words: words.into_iter().map(|(word, stem)| (word.into(), Form::of(stem))).collect(),
            letters: Vec::new(),
            stems: stems.into_iter().map(|(stem, term)| (stem.into(), term)).collect(),
            pairs: (0..).zip(&kinds).filter_map(pair).collect(),
            runs: runs.into_iter().collect(),
            kinds,
            weights,
            shown: Arc::new(shown),
            usual,
            background,
            ..Terms::default()
        };
        terms.spell();
        Some(terms)
    }
}
