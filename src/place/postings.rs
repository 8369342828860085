//! By term: which clusters have it, and how much of it.

use std::collections::HashMap;

use super::vector::Vector;

/// A cluster, and how much of a term it has.
pub(super) type Posting = (u32, f32);

/// The clusters of each term, in ascending order. Lists that changed since all
/// were laid out stand beside them.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// Where the list of each term begins, and of the one after the last.
    starts: Vec<u32>,
    entries: Vec<Posting>,
    changed: HashMap<u32, Vec<Posting>, foldhash::fast::RandomState>,
}

impl Postings {
    /// Lays out the lists of `terms` terms, from a vector of each cluster.
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
        Postings { starts, entries, changed: HashMap::default() }
    }

    /// The clusters that have a term.
    pub(super) fn of(&self, term: u32) -> &[Posting] {
        if !self.changed.is_empty()
            && let Some(list) = self.changed.get(&term)
        {
            return list;
        }
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

    /// How much of a term a cluster has from now on; nothing for None.
    pub(super) fn set(&mut self, term: u32, cluster: u32, value: Option<f32>) {
        let mut list = self.of(term).to_vec();
        match (list.binary_search_by_key(&cluster, |(c, _)| *c), value) {
            (Ok(i), Some(value)) => list[i].1 = value,
            (Ok(i), None) => drop(list.remove(i)),
            (Err(i), Some(value)) => list.insert(i, (cluster, value)),
            (Err(_), None) => return,
        }
        self.changed.insert(term, list);
    }
}
