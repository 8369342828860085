//! Concepts that do not say the same but have much in common.

use super::Measure;
use crate::concept::{ConceptIndex, Concepts, Overlap};
use crate::map::StatementIndex;

/// The score from which two statements overlap.
pub(crate) const OVERLAP: f64 = 0.2;

/// Finds the pairs of concepts that overlap: two of their statements, of one
/// kind and different occupations, score 0.2 or more. The score of a pair is
/// that of its two most similar statements. The pairs are in the order of the
/// concepts.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::harmonise::{Measure, overlaps};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let found = overlaps(&Measure::new(&map), &Concepts::exact(&map));
/// assert!(found.iter().all(|pair| pair.score >= 0.2 && pair.concepts[0] < pair.concepts[1]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// A search as in [`Measure::similar`], and `O(p log p)` for the `p` pairs of
/// statements that are found, of which at most a million and the pairs of concepts are
/// kept at a time.
pub fn overlaps(measure: &Measure<'_>, concepts: &Concepts) -> Vec<Overlap> {
    overlaps_among(measure, concepts, |_| true)
}

/// As [`overlaps`], only of the concepts that are wanted: the pairs of which both are.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::harmonise::{Measure, overlaps, overlaps_among};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let (measure, concepts) = (Measure::new(&map), Concepts::exact(&map));
/// let is_wanted = |concept| concepts.of(map.statements().next().unwrap().index()).contains(&concept);
/// // one concept has nothing to overlap with
/// assert!(overlaps_among(&measure, &concepts, is_wanted).is_empty());
/// assert_eq!(overlaps_among(&measure, &concepts, |_| true), overlaps(&measure, &concepts));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`overlaps`], in the statements of the concepts that are wanted.
pub fn overlaps_among(
    measure: &Measure<'_>,
    concepts: &Concepts,
    is_wanted: impl Fn(ConceptIndex) -> bool,
) -> Vec<Overlap> {
    let mut found: Vec<([ConceptIndex; 2], f64)> = Vec::new();
    let mut most = COMPACT;
    let is_searched = |s: StatementIndex| concepts.of(s).iter().any(|concept| is_wanted(*concept));
    measure.similar_pairs(OVERLAP, is_searched, |[one, other], score| {
        for &a in concepts.of(one).iter().filter(|a| is_wanted(**a)) {
            let others = concepts.of(other).iter().filter(|b| **b != a && is_wanted(**b));
            found.extend(others.map(|&b| ([a.min(b), a.max(b)], score)));
        }
        if found.len() > most {
            keep_best(&mut found);
            most = COMPACT.max(2 * found.len());
        }
    });
    keep_best(&mut found);
    found.into_iter().map(|(concepts, score)| Overlap::new(concepts, score)).collect()
}

/// How many pairs of statements are collected before those of the same two concepts
/// become one.
const COMPACT: usize = 1 << 20;

/// Keeps the best score of every two concepts, in their order.
fn keep_best(found: &mut Vec<([ConceptIndex; 2], f64)>) {
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    found.dedup_by_key(|(concepts, _)| *concepts);
}
