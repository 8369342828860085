//! Communities of the neighbour graph: groups that are connected more closely
//! than by chance. Their number results from the graph.
//!
//! Each occupation is connected to the [`NEIGHBOURS`] most similar ones,
//! weighted by similarity. Points move to the neighbouring community that
//! raises the modularity most. When no move does, each community becomes a
//! point, and the steps repeat.
//!
//! # Source
//!
//! V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of
//! communities in large networks", J. Stat. Mech. (2008) P10008.

use std::collections::BTreeMap;

use super::Similarity;
use super::linkage::numbered;

/// The number of nearest points to which each is connected.
const NEIGHBOURS: usize = 10;
/// A gain too small for a move: rounding.
const NOTHING: f64 = 1e-12;

/// The label of each point, numbered by first occurrence. The seed determines
/// the order of moves.
pub(super) fn louvain(similarity: &Similarity, seed: u64) -> Vec<u32> {
    let mut graph = Graph::neighbours(similarity);
    let mut labels: Vec<usize> = (0..similarity.len()).collect();
    let mut random = Random(seed);
    loop {
        let communities = graph.communities(&mut random);
        let communities: Vec<usize> = numbered(&communities).into_iter().map(|c| c as usize).collect();
        let many = communities.iter().max().map_or(0, |most| most + 1);
        labels.iter_mut().for_each(|label| *label = communities[*label]);
        if many == graph.ties.len() {
            return numbered(&labels);
        }
        graph = graph.joined(&communities, many);
    }
}

/// A graph with weighted edges, stored at both ends.
struct Graph {
    ties: Vec<Vec<(usize, f64)>>,
    /// Twice the weight inside each point that represents several.
    inside: Vec<f64>,
}

impl Graph {
    fn neighbours(similarity: &Similarity) -> Self {
        let n = similarity.len();
        let mut ties: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); n];
        for point in 0..n {
            let mut near: Vec<usize> = (0..n).filter(|&p| p != point && similarity.get(point, p) > 0.0).collect();
            near.sort_by(|&a, &b| similarity.get(point, b).total_cmp(&similarity.get(point, a)).then(a.cmp(&b)));
            for &other in near.iter().take(NEIGHBOURS) {
                ties[point].insert(other, similarity.get(point, other));
                ties[other].insert(point, similarity.get(point, other));
            }
        }
        Graph { ties: ties.into_iter().map(|of| of.into_iter().collect()).collect(), inside: vec![0.0; n] }
    }

    fn degree(&self, point: usize) -> f64 {
        self.inside[point] + self.ties[point].iter().map(|(_, weight)| weight).sum::<f64>()
    }

    /// The community of each point when no further move raises the modularity.
    fn communities(&self, random: &mut Random) -> Vec<usize> {
        let n = self.ties.len();
        let degrees: Vec<f64> = (0..n).map(|point| self.degree(point)).collect();
        let whole: f64 = degrees.iter().sum();
        let mut community: Vec<usize> = (0..n).collect();
        let mut totals = degrees.clone();
        if whole <= 0.0 {
            return community;
        }
        let order = random.order(n);
        let mut moved = true;
        while moved {
            moved = false;
            for &point in &order {
                let mut to: BTreeMap<usize, f64> = BTreeMap::new();
                for (other, weight) in &self.ties[point] {
                    *to.entry(community[*other]).or_default() += weight;
                }
                let own = community[point];
                totals[own] -= degrees[point];
                let gain = |c: usize, weight: f64| weight - totals[c] * degrees[point] / whole;
                let mut best = (own, gain(own, to.get(&own).copied().unwrap_or(0.0)));
                for (&c, &weight) in &to {
                    let gain = gain(c, weight);
                    if gain > best.1 + NOTHING {
                        best = (c, gain);
                    }
                }
                totals[best.0] += degrees[point];
                moved |= best.0 != own;
                community[point] = best.0;
            }
        }
        community
    }

    /// The graph of communities.
    fn joined(&self, communities: &[usize], many: usize) -> Graph {
        let mut ties: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); many];
        let mut inside = vec![0.0; many];
        for (point, &community) in communities.iter().enumerate() {
            inside[community] += self.inside[point];
            for (other, weight) in &self.ties[point] {
                match communities[*other] {
                    own if own == community => inside[community] += weight,
                    other => *ties[community].entry(other).or_default() += weight,
                }
            }
        }
        Graph { ties: ties.into_iter().map(|of| of.into_iter().collect()).collect(), inside }
    }
}

/// Pseudorandom numbers from a seed.
///
/// # Source
///
/// G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014 (its `SplitMix64`).
#[derive(Clone, Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`; `n` must be above 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        // the high part of a product is uniform except for one in 2^64 / n
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// The numbers below `n` in random order.
    fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_of_the_generator() {
        let mut random = Random(0);
        assert_eq!([random.next(), random.next()], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
        assert!((0..1_000).all(|_| random.below(7) < 7));
        let mut order = random.order(50);
        assert_ne!(order, (0..50).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn communities_that_hang_together() {
        // three cliques of five, connected by weak edges
        let pairs = (0..15_usize).flat_map(|i| (i + 1..15).map(move |j| (i, j)));
        let alike = |(i, j): (usize, usize)| if i / 5 == j / 5 { 0.9 } else { 0.02 };
        let similarity = Similarity::new(15, pairs.map(alike).collect()).unwrap();
        for seed in 0..5 {
            let labels = louvain(&similarity, seed);
            assert_eq!(labels, (0..15).map(|i| i / 5).collect::<Vec<u32>>());
        }
        // no points are connected
        let none = Similarity::new(3, vec![0.0; 3]).unwrap();
        assert_eq!(louvain(&none, 1), [0, 1, 2]);
        assert!(louvain(&Similarity::new(0, Vec::new()).unwrap(), 1).is_empty());
    }
}
