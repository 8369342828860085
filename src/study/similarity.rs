//! The similarities of all pairs of points.

/// The cosines of all pairs of `n` points: a symmetric matrix with diagonal 1.
///
/// # Examples
///
/// ```
/// use tlevel::study::Similarity;
///
/// // the pairs (0, 1), (0, 2), (1, 2)
/// let similarity = Similarity::new(3, vec![0.5, 0.0, 0.25]).unwrap();
/// assert_eq!(similarity.get(2, 1), 0.25);
/// assert_eq!(similarity.get(1, 1), 1.0);
/// assert_eq!(Similarity::new(3, vec![0.5]), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Similarity {
    points: usize,
    condensed: Vec<f32>,
}

impl Similarity {
    /// Returns the matrix with this upper triangle, without the diagonal, row
    /// by row: (0, 1), (0, 2), ..., (0, n - 1), (1, 2), ...
    ///
    /// Returns `None` if there are not `n (n - 1) / 2` values, or if one is not
    /// a cosine: not finite, or beyond 1 or -1 by more than a ten-thousandth.
    /// Smaller excesses from rounding are clamped.
    ///
    /// `O(n²)` time, no memory.
    pub fn new(n: usize, mut condensed: Vec<f32>) -> Option<Self> {
        const BEYOND: f32 = 1.0001;
        let pairs = n.checked_mul(n.saturating_sub(1))? / 2;
        if condensed.len() != pairs || !condensed.iter().all(|value| value.abs() <= BEYOND) {
            return None;
        }
        condensed.iter_mut().for_each(|value| *value = value.clamp(-1.0, 1.0));
        Some(Similarity { points: n, condensed })
    }

    /// The number of points.
    pub fn len(&self) -> usize {
        self.points
    }

    /// Whether there are no points.
    pub fn is_empty(&self) -> bool {
        self.points == 0
    }

    /// The cosine of two points, in either order: 1 for a point and itself, 0
    /// if there is no such point.
    pub fn get(&self, i: usize, j: usize) -> f64 {
        let (low, high) = (i.min(j), i.max(j));
        if high >= self.points {
            return 0.0;
        }
        if low == high {
            return 1.0;
        }
        self.after(low).get(high - low - 1).copied().map_or(0.0, f64::from)
    }

    /// The values, as passed to [`new`](Self::new).
    pub fn condensed(&self) -> &[f32] {
        &self.condensed
    }

    /// The cosines of a point with all later ones.
    pub(super) fn after(&self, point: usize) -> &[f32] {
        let rest = self.points.saturating_sub(point);
        // the number of pairs among the last `rest` points
        let among = rest * rest.saturating_sub(1) / 2;
        let start = self.condensed.len() - among;
        &self.condensed[start..start + rest.saturating_sub(1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_stands_where_it_belongs() {
        let values: Vec<f32> = (0_u8..10).map(|i| f32::from(i) / 10.0).collect();
        let similarity = Similarity::new(5, values.clone()).unwrap();
        let mut expected = values.iter();
        for i in 0..5 {
            assert_eq!(similarity.after(i).len(), 4 - i);
            for j in i + 1..5 {
                let value = f64::from(*expected.next().unwrap());
                assert_eq!((similarity.get(i, j), similarity.get(j, i)), (value, value));
            }
        }
        assert_eq!((similarity.len(), similarity.is_empty(), similarity.condensed()), (5, false, values.as_slice()));
        assert_eq!((similarity.get(5, 5), similarity.get(0, usize::MAX), similarity.after(9).len()), (0.0, 0.0, 0));
    }

    #[test]
    fn what_is_no_matrix_of_cosines_is_none() {
        for (n, values) in [
            (0, vec![0.5]),
            (2, vec![]),
            (2, vec![0.1, 0.2]),
            (3, vec![0.1, 0.2, f32::NAN]),
            (2, vec![f32::INFINITY]),
            (2, vec![1.01]),
            (usize::MAX, vec![]),
        ] {
            assert_eq!(Similarity::new(n, values), None);
        }
        for n in [0, 1] {
            assert_eq!(Similarity::new(n, vec![]).unwrap().is_empty(), n == 0);
        }
        assert_eq!(Similarity::new(3, vec![1.000_000_1, -1.000_000_1, 0.5]).unwrap().condensed(), [1.0, -1.0, 0.5]);
    }
}
