//! An index from terms to the clusters that have them, with weights.

use super::vector::Vector;

/// A cluster, and its weight of a term.
pub(super) type Posting = (u32, f32);

/// Terms that more than one in this many clusters have are kept in rows, too.
const DENSE: usize = 2;

/// The clusters of each term, in ascending order.
#[derive(Clone, Debug, Default, PartialEq)]
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
        Postings { starts, entries, clusters: clusters.len(), ..Postings::default() }.laid_out()
    }

    /// Returns the lists with the vectors of some clusters, in ascending order, replaced:
    /// as [`Postings::new`] with these among the others.
    pub(super) fn with_vectors(&self, clusters: &[usize], vectors: &[Vector]) -> Self {
        let mut is_replaced = vec![false; self.clusters];
        clusters.iter().for_each(|&cluster| is_replaced[cluster] = true);
        let mut replacing: Vec<(u32, Posting)> = Vec::new();
        for (&cluster, vector) in clusters.iter().zip(vectors) {
            replacing.extend(vector.iter().map(|&(term, value)| (term, (cluster as u32, value))));
        }
        replacing.sort_unstable_by_key(|&(term, (cluster, _))| (term, cluster));
        let mut replacing = replacing.into_iter().peekable();
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut entries = Vec::with_capacity(self.entries.len());
        starts.push(0);
        for term in 0..self.terms() {
            let (list, is_new) = (self.of(term), replacing.peek().is_some_and(|(other, _)| *other == term));
            if !is_new && !list.iter().any(|(cluster, _)| is_replaced[*cluster as usize]) {
                entries.extend_from_slice(list);
                starts.push(entries.len() as u32);
                continue;
            }
            for &kept in list.iter().filter(|(cluster, _)| !is_replaced[*cluster as usize]) {
                let is_before = |&(other, (cluster, _)): &(u32, Posting)| other == term && cluster < kept.0;
                while let Some((_, entry)) = replacing.next_if(is_before) {
                    entries.push(entry);
                }
                entries.push(kept);
            }
            while let Some((_, entry)) = replacing.next_if(|(other, _)| *other == term) {
                entries.push(entry);
            }
            starts.push(entries.len() as u32);
        }
        Postings { starts, entries, clusters: self.clusters, ..Postings::default() }.laid_out()
    }

    /// The vectors of some clusters, in ascending order.
    pub(super) fn vectors(&self, clusters: &[usize]) -> Vec<Vector> {
        let mut slots = vec![usize::MAX; self.clusters];
        clusters.iter().enumerate().for_each(|(slot, &cluster)| slots[cluster] = slot);
        let mut vectors = vec![Vector::new(); clusters.len()];
        for term in 0..self.terms() {
            for &(cluster, value) in self.of(term) {
                if let Some(vector) = vectors.get_mut(slots[cluster as usize]) {
                    vector.push((term, value));
                }
            }
        }
        vectors
    }

    /// How many terms there are.
    pub(super) fn terms(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    fn laid_out(mut self) -> Self {
        self.dense = (0..self.terms()).map(|term| self.lay_out(term)).collect();
        self
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vectors() -> impl Strategy<Value = Vec<Vector>> {
        let vector = proptest::collection::btree_map(0_u32..9, 0.5_f32..2.0, 0..6);
        proptest::collection::vec(vector.prop_map(|vector| vector.into_iter().collect()), 6)
    }

    proptest! {
        #[test]
        fn replaced_vectors_are_as_if_they_had_been_there(all in vectors(), other in vectors(), which in 0_u32..64) {
            let clusters: Vec<usize> = (0..6).filter(|c| which >> c & 1 == 1).collect();
            let mut expected = all.clone();
            clusters.iter().for_each(|&c| expected[c].clone_from(&other[c]));
            let replacing: Vec<Vector> = clusters.iter().map(|&c| other[c].clone()).collect();
            let replaced = Postings::new(9, &all).with_vectors(&clusters, &replacing);
            prop_assert_eq!(&replaced, &Postings::new(9, &expected));
            prop_assert_eq!(replaced.vectors(&clusters), replacing);
        }
    }
}
