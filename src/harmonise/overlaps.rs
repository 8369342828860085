//! Concepts that do not say the same but have much in common.

use std::collections::BTreeMap;

use super::Measure;
use crate::concept::{ConceptIndex, Concepts, Overlap};
use crate::sparse::Wanted;

/// The score from which two statements overlap.
const OVERLAP: f64 = 0.2;

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
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let found = overlaps(&Measure::new(&map), &Concepts::exact(&map));
/// assert!(found.iter().all(|pair| pair.score >= 0.2 && pair.concepts[0] < pair.concepts[1]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// A search as in [`Measure::similar`].
pub fn overlaps(measure: &Measure<'_>, concepts: &Concepts) -> Vec<Overlap> {
    let mut best: BTreeMap<[ConceptIndex; 2], f64> = BTreeMap::new();
    measure.similar(Wanted::above(OVERLAP), |statement, found| {
        for &a in concepts.of(statement.index()) {
            for similar in found {
                for &b in concepts.of(similar.statement).iter().filter(|b| **b != a) {
                    let score = best.entry([a.min(b), a.max(b)]).or_default();
                    *score = score.max(similar.score);
                }
            }
        }
    });
    best.into_iter().map(|(concepts, score)| Overlap::new(concepts, score)).collect()
}
