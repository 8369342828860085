//! Partitioning around medoids: each cluster is represented by one occupation,
//! and each occupation belongs to the nearest of these.
//!
//! The start is greedy (BUILD): repeatedly the point that lowers the sum of
//! distances most. Then the best swap of a medoid and another point is made as
//! long as it lowers the sum (SWAP). All medoids are considered at once for
//! each point (FastPAM1): a step takes `O(n^2)`.
//!
//! # Source
//!
//! L. Kaufman, P. J. Rousseeuw, "Partitioning around medoids", 1990;
//! E. Schubert, P. J. Rousseeuw, "Fast and eager k-medoids clustering",
//! Information Systems 101 (2021).

use super::Similarity;
use super::linkage::numbered;

/// The maximum number of swaps, per medoid.
const SWAPS: usize = 20;

/// The label of each point, numbered by first occurrence; ties: the first.
pub(super) fn k_medoids(similarity: &Similarity, clusters: usize) -> Vec<u32> {
    let n = similarity.len();
    let mut medoids = build(similarity, clusters.clamp(1, n.max(1)));
    for _ in 0..SWAPS * medoids.len() {
        let Some((place, point)) = best_swap(similarity, &medoids) else { break };
        medoids[place] = point;
    }
    let near: Vec<Near> = (0..n).map(|point| Near::of(similarity, point, &medoids)).collect();
    numbered(&near.iter().map(|near| near.first).collect::<Vec<_>>())
}

fn distance(similarity: &Similarity, a: usize, b: usize) -> f64 {
    1.0 - similarity.get(a, b)
}

fn build(similarity: &Similarity, clusters: usize) -> Vec<usize> {
    let n = similarity.len();
    let mut medoids: Vec<usize> = Vec::new();
    // as if the first medoid were farther than any
    let mut nearest = vec![2.0_f64; n];
    while medoids.len() < clusters.min(n) {
        let mut best: Option<(f64, usize)> = None;
        for candidate in (0..n).filter(|point| !medoids.contains(point)) {
            let gain = (0..n).map(|p| (nearest[p] - distance(similarity, p, candidate)).max(0.0)).sum();
            if best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, candidate));
            }
        }
        let Some((_, medoid)) = best else { break };
        (0..n).for_each(|p| nearest[p] = nearest[p].min(distance(similarity, p, medoid)));
        medoids.push(medoid);
    }
    medoids
}

/// The nearest medoid of a point, by position, and the distance of the next
/// one.
struct Near {
    first: usize,
    to_first: f64,
    to_second: f64,
}

impl Near {
    fn of(similarity: &Similarity, point: usize, medoids: &[usize]) -> Self {
        let mut near = Near { first: 0, to_first: f64::INFINITY, to_second: f64::INFINITY };
        for (place, &medoid) in medoids.iter().enumerate() {
            let far = distance(similarity, point, medoid);
            if far < near.to_first {
                near = Near { first: place, to_first: far, to_second: near.to_first };
            } else if far < near.to_second {
                near.to_second = far;
            }
        }
        near
    }
}

/// The swap that lowers the sum of distances most: the position of a medoid,
/// and its replacement. `None` if no swap lowers it.
fn best_swap(similarity: &Similarity, medoids: &[usize]) -> Option<(usize, usize)> {
    let n = similarity.len();
    let near: Vec<Near> = (0..n).map(|point| Near::of(similarity, point, medoids)).collect();
    // the cost of losing each medoid without a replacement
    let mut loss = vec![0.0; medoids.len()];
    near.iter().for_each(|near| loss[near.first] += near.to_second.min(2.0) - near.to_first);
    let mut best: Option<(f64, usize, usize)> = None;
    for candidate in (0..n).filter(|point| !medoids.contains(point)) {
        let mut change = loss.clone();
        let mut shared = 0.0;
        for (point, near) in near.iter().enumerate() {
            let far = distance(similarity, point, candidate);
            if far < near.to_first {
                shared += far - near.to_first;
                change[near.first] += near.to_first - near.to_second.min(2.0);
            } else if far < near.to_second {
                change[near.first] += far - near.to_second.min(2.0);
            }
        }
        for (place, change) in change.iter().enumerate() {
            let total = change + shared;
            if total < -1e-9 && best.is_none_or(|(least, ..)| total < least) {
                best = Some((total, place, candidate));
            }
        }
    }
    best.map(|(_, place, point)| (place, point))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cost(similarity: &Similarity, medoids: &[usize]) -> f64 {
        let near = |p: usize| medoids.iter().map(|&m| distance(similarity, p, m)).fold(2.0, f64::min);
        (0..similarity.len()).map(near).sum()
    }

    proptest! {
        #[test]
        fn no_swap_is_left_that_lowers_the_sum(values in prop::collection::vec(0.0_f32..1.0, 45), k in 1_usize..6) {
            let similarity = Similarity::new(10, values).unwrap();
            let labels = k_medoids(&similarity, k);
            prop_assert_eq!(labels.iter().max().unwrap() + 1, k as u32);
            // the same steps with every swap tried one by one
            let mut medoids = build(&similarity, k);
            loop {
                let now = cost(&similarity, &medoids);
                let mut best = (now - 1e-9, None);
                for place in 0..k {
                    for point in (0..10).filter(|p| !medoids.contains(p)) {
                        let mut swapped = medoids.clone();
                        swapped[place] = point;
                        let then = cost(&similarity, &swapped);
                        if then < best.0 {
                            best = (then, Some(swapped));
                        }
                    }
                }
                match best.1 {
                    Some(swapped) => {
                        let found = best_swap(&similarity, &medoids).unwrap();
                        let mut fast = medoids.clone();
                        fast[found.0] = found.1;
                        prop_assert!((cost(&similarity, &fast) - cost(&similarity, &swapped)).abs() < 1e-6);
                        medoids = fast;
                    }
                    None => break,
                }
            }
            prop_assert!(best_swap(&similarity, &medoids).is_none());
        }
    }

    #[test]
    fn few_points() {
        assert!(k_medoids(&Similarity::new(0, Vec::new()).unwrap(), 3).is_empty());
        assert_eq!(k_medoids(&Similarity::new(2, vec![0.5]).unwrap(), 9), [0, 1]);
        assert_eq!(k_medoids(&Similarity::new(2, vec![0.5]).unwrap(), 1), [0, 0]);
    }
}
