//! Agglomerative clustering: the two nearest groups are joined repeatedly.

use serde::{Deserialize, Serialize};

use super::Similarity;

/// A step of a clustering that joins two groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Merge {
    /// One of the two: a point, or (numbered from the number of points on) the
    /// group that an earlier step made.
    pub left: usize,
    /// The other one.
    pub right: usize,
    /// Their distance.
    pub height: f64,
    /// How many points the new group has.
    pub points: usize,
}

/// How the distance of two groups follows from those of their points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Linkage {
    Single,
    Complete,
    Average,
    Weighted,
    Ward,
}

/// The steps that join all points, the nearest first. The distance of two
/// points is 1 minus their cosine. Ward's method uses the Euclidean distance of
/// the unit vectors, the only valid one for it.
pub(super) fn merges(similarity: &Similarity, linkage: Linkage) -> Vec<Merge> {
    let n = similarity.len();
    if n < 2 {
        return Vec::new();
    }
    let far = |cosine: &f32| {
        let distance = (1.0 - f64::from(*cosine)).max(0.0);
        // the square of a chord of the unit circle is twice the distance
        if linkage == Linkage::Ward { (2.0 * distance).sqrt() } else { distance }
    };
    let mut distances: Vec<f64> = similarity.condensed().iter().map(far).collect();
    let method = match linkage {
        Linkage::Single => kodama::Method::Single,
        Linkage::Complete => kodama::Method::Complete,
        Linkage::Average => kodama::Method::Average,
        Linkage::Weighted => kodama::Method::Weighted,
        Linkage::Ward => kodama::Method::Ward,
    };
    let steps = kodama::linkage(&mut distances, n, method);
    let merge = |step: &kodama::Step<f64>| Merge {
        left: step.cluster1,
        right: step.cluster2,
        height: step.dissimilarity,
        points: step.size,
    };
    steps.steps().iter().map(merge).collect()
}

/// The labels after all but the last `clusters - 1` steps, numbered by first
/// occurrence.
pub(super) fn cut(n: usize, merges: &[Merge], clusters: usize) -> Vec<u32> {
    let taken = n.saturating_sub(clusters.max(1)).min(merges.len());
    // the group that each point, and each group, was joined into
    let mut into: Vec<usize> = (0..n + taken).collect();
    for (step, merge) in merges[..taken].iter().enumerate() {
        into[merge.left] = n + step;
        into[merge.right] = n + step;
    }
    // later groups have higher numbers than their parts
    for group in (0..n + taken).rev() {
        into[group] = into[into[group]];
    }
    numbered(&into[..n])
}

/// Groups as labels from 0, numbered by first occurrence.
pub(super) fn numbered(groups: &[usize]) -> Vec<u32> {
    let mut known = std::collections::HashMap::new();
    groups
        .iter()
        .map(|group| {
            let next = known.len() as u32;
            *known.entry(group).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a line, as angles: 0 and 5 degrees, 40 and 50, 85.
    fn fan() -> Similarity {
        let angles = [0.0_f64, 5.0, 40.0, 50.0, 85.0].map(f64::to_radians);
        let pairs = (0..5).flat_map(|i| (i + 1..5).map(move |j| (i, j)));
        Similarity::new(5, pairs.map(|(i, j)| (angles[i] - angles[j]).cos() as f32).collect()).unwrap()
    }

    #[test]
    fn groups_are_joined_by_their_distance() {
        let distance = |degrees: f64| 1.0 - degrees.to_radians().cos();
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        for (linkage, last) in [
            (Linkage::Single, distance(35.0)),
            (Linkage::Complete, distance(85.0)),
            (
                Linkage::Average,
                (distance(40.0) + distance(50.0) + distance(85.0) + distance(35.0) + distance(45.0) + distance(80.0))
                    / 6.0,
            ),
        ] {
            let merges = merges(&fan(), linkage);
            assert_eq!((merges[0].left, merges[0].right), (0, 1), "{linkage:?}");
            assert!(near(merges[0].height, distance(5.0)) && near(merges[1].height, distance(10.0)));
            let all = merges.last().unwrap();
            assert_eq!((all.points, merges.len()), (5, 4));
            assert!(near(all.height, last), "{linkage:?}: {} and {last}", all.height);
            assert_eq!(cut(5, &merges, 3), [0, 0, 1, 1, 2]);
            assert_eq!(cut(5, &merges, 1), [0; 5]);
            assert_eq!(cut(5, &merges, 9), [0, 1, 2, 3, 4]);
        }
        let ward = merges(&fan(), Linkage::Ward);
        // a chord of 5 degrees
        assert!(near(ward[0].height, 2.0 * 2.5_f64.to_radians().sin()));
        assert_eq!(cut(5, &ward, 3), [0, 0, 1, 1, 2]);
        let none = Similarity::new(1, Vec::new()).unwrap();
        assert_eq!(cut(1, &merges(&none, Linkage::Average), 1), [0]);
        assert!(cut(0, &[], 3).is_empty());
    }
}
