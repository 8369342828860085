//! Which words make a question near a cluster in meaning.

use super::directions::Directions;
use super::meaning_of::{ClusterWords, MeaningWords};
use super::placer::{Placer, Prepared};
use super::ranking::largest;
use super::terms::Kind;
use super::vector::Vector;
use super::{MeaningShare, NewOccupation};

/// How many words of a cluster are compared, and how many are named.
const COMPARED: usize = 32;
const NAMED: usize = 3;
/// The cosine from which two words are near.
const NEAR: f32 = 0.35;

impl Placer {
    /// The words of a question that have a meaning; none if that is a caller's vector.
    pub(super) fn asked_words(&self, occupation: &NewOccupation) -> MeaningWords {
        self.meaning.as_ref().map(|meaning| meaning.words(occupation, &self.terms)).unwrap_or_default()
    }

    /// What each word of a question adds to a cluster's score by its meaning, the most
    /// first; and the words of the cluster that are near it. Only `k` that have such
    /// words, if `k` is given.
    pub(super) fn near_words(
        &self,
        asked: &Prepared,
        asked_words: &MeaningWords,
        cluster: usize,
        k: Option<usize>,
    ) -> Vec<MeaningShare> {
        let MeaningWords { words, parts } = asked_words;
        let mut shares = self.model.meaning_shares(cluster, &asked.vector, parts);
        shares.resize(words.len(), 0.0);
        let mut all: Vec<(usize, f64)> = shares.into_iter().enumerate().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut products = Vec::new();
        let share = |(i, share): (usize, f64)| {
            let near =
                if share > 0.0 { self.near_in(asked, &parts.one(i), cluster, &mut products) } else { Vec::new() };
            MeaningShare { word: words[i].clone(), near, share }
        };
        let shares = all.into_iter().map(share);
        match k {
            Some(k) => shares.filter(|share| !share.near.is_empty()).take(k).collect(),
            None => shares.collect(),
        }
    }

    /// The words of a cluster that are near a word, those that count most first, but
    /// for those that the question has itself.
    fn near_in(&self, asked: &Prepared, word: &Vector, cluster: usize, products: &mut Vec<f32>) -> Vec<String> {
        let of_cluster = &self.cluster_words()[cluster];
        let length = super::vector::square(word).sqrt() as f32;
        of_cluster.directions.products(word, products);
        let has = |term: u32| asked.vector.words.binary_search_by_key(&term, |(t, _)| *t).is_ok();
        let near =
            of_cluster.words.iter().zip(products.iter()).map(|((term, weight), cosine)| (*term, *cosine, weight));
        let near = near.filter(|(term, cosine, _)| *cosine >= NEAR * length && !has(*term));
        let near: Vec<(u32, f32)> = near.map(|(term, cosine, weight)| (term, cosine * weight)).collect();
        let more = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        let mut near = largest(&near, NAMED, more);
        near.sort_by(more);
        near.into_iter().filter_map(|(term, _)| self.terms.name(term)).collect()
    }

    /// The words of all clusters, found when they are first needed.
    fn cluster_words(&self) -> &[ClusterWords] {
        self.cluster_words.get_or_init(|| {
            let Some(meaning) = &self.meaning else { return Vec::new() };
            let mut sums = vec![0.0_f32; self.terms.len()];
            let of_cluster = |of: &Vec<usize>| {
                let mut terms: Vec<u32> = Vec::new();
                for (term, share) in of.iter().flat_map(|&m| &self.members[m].vector.words) {
                    terms.push(*term);
                    sums[*term as usize] += share;
                }
                terms.sort_unstable();
                terms.dedup();
                let all: Vec<(u32, f32)> =
                    terms.into_iter().map(|term| (term, std::mem::take(&mut sums[term as usize]))).collect();
                let words = all.into_iter().filter(|(term, _)| matches!(self.terms.kind(*term), Kind::Word(_)));
                let known = words.filter_map(|(term, share)| {
                    let sum = meaning.word(&self.terms.name(term)?)?;
                    let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
                    Some(((term, share * length as f32), sum))
                });
                let mut known: Vec<((u32, f32), Vec<f64>)> = known.collect();
                known.sort_by(|a, b| b.0.1.total_cmp(&a.0.1).then(a.0.0.cmp(&b.0.0)));
                known.truncate(COMPARED);
                let (words, sums): (Vec<(u32, f32)>, Vec<Vec<f64>>) = known.into_iter().unzip();
                ClusterWords { words, directions: Directions::new(meaning.dimensions(), &sums) }
            };
            self.by_cluster.iter().map(of_cluster).collect()
        })
    }
}
