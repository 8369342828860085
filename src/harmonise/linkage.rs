//! Groups from links, in which no two members are unlike.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Two nodes that may be in one group, the lower number first, and how alike
/// they are. Nodes without a link are never in the same group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) score: f64,
}

/// A score as a key: finite, and ordered as numbers are.
#[derive(Clone, Copy, PartialEq)]
struct Key(f64);

impl Eq for Key {}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Two groups that may be joined: their mean score, their numbers, and how
/// often each had been joined when the score was computed.
type Candidate = (Key, Reverse<(u32, u32)>, (u32, u32));

/// The meaning of a pair without a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The two are never in one group: no chain joins unlike ends.
    Forbids,
    /// Their score is 0.
    IsZero,
}

/// Joins `n` nodes into groups. The two groups with the highest mean score over
/// all pairs between them are joined first (ties: the lowest numbers), as long
/// as that is `threshold` or more. Returns the groups, each sorted; a node that
/// was not joined is a group of one.
///
/// # Complexity
///
/// `O(m d log m)` for `m` links and at most `d` links per group; memory `O(m)`.
///
/// # Source
///
/// R. R. Sokal, C. D. Michener, "A statistical method for evaluating systematic
/// relationships", Univ. Kansas Sci. Bull. 38 (1958) (group averages). That a
/// forbidden pair keeps groups apart is complete linkage.
pub(crate) fn groups(n: usize, links: &[Link], threshold: f64, missing: Missing) -> Vec<Vec<u32>> {
    // the sum of the scores between two groups, identified by their lowest nodes
    let mut sums: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); n];
    for link in links {
        sums[link.a as usize].insert(link.b, link.score);
        sums[link.b as usize].insert(link.a, link.score);
    }
    let mut members: Vec<Vec<u32>> = (0..n as u32).map(|node| vec![node]).collect();
    let mut version = vec![0_u32; n];
    let mut queue: BinaryHeap<Candidate> = (links.iter())
        .filter(|link| link.score >= threshold)
        .map(|link| (Key(link.score), Reverse((link.a, link.b)), (0, 0)))
        .collect();
    while let Some((_, Reverse((a, b)), versions)) = queue.pop() {
        let (into, from) = (a as usize, b as usize);
        if versions != (version[into], version[from]) {
            continue;
        }
        let joined = std::mem::take(&mut members[from]);
        members[into].extend(joined);
        version[into] += 1;
        version[from] += 1;
        let (mut ones, mut others) = (std::mem::take(&mut sums[into]), std::mem::take(&mut sums[from]));
        ones.remove(&b);
        others.remove(&a);
        for &other in ones.keys().chain(others.keys()) {
            let sums = &mut sums[other as usize];
            sums.remove(&a);
            sums.remove(&b);
        }
        match missing {
            Missing::Forbids => ones.retain(|other, sum| others.get(other).inspect(|more| *sum += **more).is_some()),
            Missing::IsZero => others.into_iter().for_each(|(other, sum)| *ones.entry(other).or_default() += sum),
        }
        for (&other, &sum) in &ones {
            sums[other as usize].insert(a, sum);
            let mean = sum / (members[into].len() * members[other as usize].len()) as f64;
            if mean >= threshold {
                let (low, high) = (a.min(other), a.max(other));
                queue.push((Key(mean), Reverse((low, high)), (version[low as usize], version[high as usize])));
            }
        }
        sums[into] = ones;
    }
    members.retain(|group| !group.is_empty());
    members.iter_mut().for_each(|group| group.sort_unstable());
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same result by examining every pair of groups before every step.
    fn reference(n: usize, links: &[Link], threshold: f64, missing: Missing) -> Vec<Vec<u32>> {
        let absent = if missing == Missing::Forbids { None } else { Some(0.0) };
        let mut sums = vec![vec![absent; n]; n];
        for link in links {
            sums[link.a as usize][link.b as usize] = Some(link.score);
            sums[link.b as usize][link.a as usize] = Some(link.score);
        }
        let mut members: Vec<Vec<u32>> = (0..n as u32).map(|node| vec![node]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for a in 0..n {
                for b in a + 1..n {
                    let Some(sum) = sums[a][b].filter(|sum| *sum > 0.0) else { continue };
                    let mean: f64 = sum / (members[a].len() * members[b].len()) as f64;
                    if mean >= threshold && best.is_none_or(|(most, ..)| mean > most) {
                        best = Some((mean, a, b));
                    }
                }
            }
            let Some((_, a, b)) = best else { break };
            let joined = std::mem::take(&mut members[b]);
            members[a].extend(joined);
            (sums[a][b], sums[b][a]) = (None, None);
            for other in (0..n).filter(|other| ![a, b].contains(other)) {
                let sum = sums[a][other].zip(sums[b][other]).map(|(one, two): (f64, f64)| one + two);
                (sums[a][other], sums[other][a]) = (sum, sum);
                (sums[b][other], sums[other][b]) = (None, None);
            }
        }
        members.retain(|group| !group.is_empty());
        members.iter_mut().for_each(|group| group.sort_unstable());
        members
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn equals_the_reference_and_every_pair_is_linked(
            n in 1_usize..14,
            scores in prop::collection::vec(0_u8..12, 91),
            threshold in 3_u8..10,
        ) {
            let mut links = Vec::new();
            let mut scores = scores.into_iter();
            for a in 0..n as u32 {
                for b in a + 1..n as u32 {
                    let score = scores.next().unwrap_or(0);
                    if score > 4 {
                        links.push(Link { a, b, score: f64::from(score) / 12.0 });
                    }
                }
            }
            let threshold = f64::from(threshold) / 12.0;
            let loose = groups(n, &links, threshold / 2.0, Missing::IsZero);
            prop_assert_eq!(&loose, &reference(n, &links, threshold / 2.0, Missing::IsZero));
            let found = groups(n, &links, threshold, Missing::Forbids);
            prop_assert_eq!(&found, &reference(n, &links, threshold, Missing::Forbids));
            for group in &found {
                for (i, a) in group.iter().enumerate() {
                    for b in &group[i + 1..] {
                        prop_assert!(links.iter().any(|l| (l.a, l.b) == (*a, *b)));
                    }
                }
            }
        }
    }

    #[test]
    fn a_chain_is_not_a_group() {
        let link = |a, b, score| Link { a, b, score };
        let groups = |n, links: &[Link], threshold| groups(n, links, threshold, Missing::Forbids);
        // 0-1-2-3 in a row: the two ends have no link
        let chain = [link(0, 1, 0.8), link(1, 2, 0.9), link(2, 3, 0.8)];
        assert_eq!(groups(4, &chain, 0.5), [vec![0], vec![1, 2], vec![3]]);
        // the mean allows a pair under the threshold, but not a missing one
        let carried = [link(0, 1, 0.9), link(0, 2, 0.45), link(1, 2, 0.6)];
        assert_eq!(groups(3, &carried, 0.5), [vec![0, 1, 2]]);
        assert_eq!(groups(3, &carried[..2], 0.4), [vec![0, 1], vec![2]]);
        // ties: the lowest numbers first
        assert_eq!(groups(3, &[link(1, 2, 0.7), link(0, 1, 0.7)], 0.5), [vec![0, 1], vec![2]]);
    }
}
