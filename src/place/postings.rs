//! An index from terms to the clusters that have them, with weights.

use super::vector::Vector;

/// A cluster, and its weight of a term.
pub(super) type Posting = (u32, f32);

/// The clusters of each term, in ascending order.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// The start of each term's list, and the end of the last.
    starts: Vec<u32>,
    entries: Vec<Posting>,
}

impl Postings {
    /// Builds the lists of `terms` terms from a vector of each cluster.
    pub(super) fn new(terms: usize, clusters: &[Vector]) -> Self {
        let mut starts = vec![0_u32; terms + 1];
        clusters.iter().flatten().for_each(|(term, _)| starts[*term as usize + 1] += 1);
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); starts[terms] as usize];
        for (cluster, vector) in (0..).zip(clusters) {
            for &(term, value) in vector {
                entries[next[term as usize] as usize] = (cluster, value);
                next[term as usize] += 1;
            }
        }
        Postings { starts, entries }
    }

    /// The clusters that have a term.
    pub(super) fn of(&self, term: u32) -> &[Posting] {
        let bound = |i: usize| self.starts.get(i).map_or(self.entries.len(), |start| *start as usize);
        &self.entries[bound(term as usize)..bound(term as usize + 1)]
    }

    /// Adds the products of a vector with each cluster's.
    pub(super) fn add_products(&self, vector: &Vector, products: &mut [f64]) {
        for &(term, value) in vector {
            for &(cluster, weight) in self.of(term) {
                products[cluster as usize] += f64::from(value) * f64::from(weight);
            }
        }
    }
}
