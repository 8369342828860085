//! An index from terms to the clusters that have them, with weights.

use super::vector::Vector;

/// A cluster, and its weight of a term.
pub(super) type Posting = (u32, f32);

/// Terms that more than one in this many clusters have are kept in rows, too.
const DENSE: usize = 2;

/// The clusters of each term, in ascending order.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// The start of each term's list, and the end of the last.
    starts: Vec<u32>,
    entries: Vec<Posting>,
    /// Where terms that many clusters have begin in `rows`; [`NONE`] for the others.
    dense: Vec<u32>,
    /// Their weights by cluster, with zeros: faster to add up than long lists.
    rows: Vec<f32>,
    clusters: usize,
}

const NONE: u32 = u32::MAX;

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
        let mut postings = Postings { starts, entries, clusters: clusters.len(), ..Postings::default() };
        postings.dense = (0..terms as u32).map(|term| postings.lay_out(term)).collect();
        postings
    }

    /// Keeps the weights of a term in a row, if many clusters have it. Returns where it
    /// begins.
    fn lay_out(&mut self, term: u32) -> u32 {
        let place = u32::try_from(self.rows.len()).ok();
        let Some(place) = place.filter(|_| self.of(term).len() * DENSE > self.clusters) else { return NONE };
        let mut row = vec![0.0; self.clusters];
        self.of(term).iter().for_each(|&(cluster, weight)| row[cluster as usize] = weight);
        self.rows.extend(row);
        place
    }

    /// The clusters that have a term.
    pub(super) fn of(&self, term: u32) -> &[Posting] {
        let bound = |i: usize| self.starts.get(i).map_or(self.entries.len(), |start| *start as usize);
        &self.entries[bound(term as usize)..bound(term as usize + 1)]
    }

    /// Adds the products of a vector with each cluster's.
    pub(super) fn add_products(&self, vector: &Vector, products: &mut [f64]) {
        for &(term, value) in vector {
            let value = f64::from(value);
            if let Some(&place) = self.dense.get(term as usize).filter(|place| **place != NONE) {
                let row = &self.rows[place as usize..][..self.clusters];
                products.iter_mut().zip(row).for_each(|(product, weight)| *product += value * f64::from(*weight));
                continue;
            }
            for &(cluster, weight) in self.of(term) {
                products[cluster as usize] += value * f64::from(weight);
            }
        }
    }
}
