//! Directions of meaning, multiplied with a vector all at once.

use super::vector::Vector;

/// How many directions are multiplied at a time. A processor does several of these
/// in one step, and what they add up to stays in its registers.
const LANES: usize = 16;

/// Vectors that have values for the same dimensions.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Directions {
    dimensions: usize,
    /// By block of [`LANES`] directions, then by dimension.
    values: Vec<[f32; LANES]>,
}

impl Directions {
    /// Returns these sums as directions, vectors of length 1; one that is nothing stays
    /// nothing.
    pub(super) fn new(dimensions: usize, sums: &[Vec<f64>]) -> Self {
        let mut values = vec![[0.0; LANES]; sums.len().div_ceil(LANES) * dimensions];
        for (i, sum) in sums.iter().enumerate() {
            let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
            let block = &mut values[i / LANES * dimensions..][..dimensions];
            for (lanes, value) in block.iter_mut().zip(sum) {
                lanes[i % LANES] = if length > 1e-9 { (value / length) as f32 } else { 0.0 };
            }
        }
        Directions { dimensions, values }
    }

    /// Returns sums, one after the other, each multiplied by its weight.
    pub(super) fn scaled(dimensions: usize, sums: &[f64], weights: &[f64]) -> Self {
        let mut values = vec![[0.0; LANES]; weights.len().div_ceil(LANES) * dimensions];
        for (i, (sum, weight)) in sums.chunks_exact(dimensions.max(1)).zip(weights).enumerate() {
            let block = &mut values[i / LANES * dimensions..][..dimensions];
            for (lanes, value) in block.iter_mut().zip(sum) {
                lanes[i % LANES] = (weight * value) as f32;
            }
        }
        Directions { dimensions, values }
    }

    /// One of the directions, as a vector.
    pub(super) fn one(&self, direction: usize) -> Vector {
        let block = self.values.get(direction / LANES * self.dimensions..).unwrap_or_default();
        let values = block.iter().take(self.dimensions).map(|lanes| lanes[direction % LANES]);
        (0..).zip(values).collect()
    }

    /// Computes the products of a vector with all directions. There may be some more
    /// products than directions; they are 0.
    pub(super) fn products(&self, vector: &Vector, products: &mut Vec<f32>) {
        products.clear();
        for block in self.values.chunks_exact(self.dimensions.max(1)) {
            let mut sums = [0.0; LANES];
            for &(dimension, value) in vector {
                let lanes = &block[dimension as usize];
                sums.iter_mut().zip(lanes).for_each(|(sum, lane)| *sum += value * lane);
            }
            products.extend(sums);
        }
    }

    /// The product of a vector with one direction, the same to the bit.
    pub(super) fn product(&self, vector: &Vector, direction: usize) -> f32 {
        let block = self.values.get(direction / LANES * self.dimensions..).unwrap_or_default();
        let product = |(dimension, value): &(u32, f32)| {
            value * block.get(*dimension as usize).map_or(0.0, |lanes| lanes[direction % LANES])
        };
        vector.iter().fold(0.0, |sum, entry| sum + product(entry))
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the same calculation gives the same bits")]
mod tests {
    use super::*;

    #[test]
    fn all_at_once_or_one_by_one() {
        let sums: Vec<Vec<f64>> =
            (0..37_u32).map(|i| [0, 1, 2, 3, 4].map(|d| f64::from((i * 7 + d * 5) % 11) - 5.0).to_vec()).collect();
        let directions = Directions::new(5, &sums);
        let vector: Vector = vec![(0, 0.5), (2, -0.25), (4, 0.8)];
        let mut all = vec![9.0];
        directions.products(&vector, &mut all);
        for (i, sum) in sums.iter().enumerate() {
            assert_eq!(all[i], directions.product(&vector, i));
            let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
            let cosine = (0.5 * sum[0] - 0.25 * sum[2] + 0.8 * sum[4]) / length;
            assert!((f64::from(all[i]) - cosine).abs() < 1e-6, "{i}: {} and {cosine}", all[i]);
        }
        assert!(all.len() >= 37 && all[37..].iter().all(|product| *product == 0.0));

        // the other way round: one direction with many vectors
        let sums: Vec<f64> = (0..105_u32).map(|i| f64::from(i * 7 % 31) / 4.0 - 3.5).collect();
        let weights: Vec<f64> = (0..21_u32).map(|i| f64::from(i) / 8.0).collect();
        let together = Directions::scaled(5, &sums, &weights);
        for direction in [0, 15, 16, 36] {
            together.products(&directions.one(direction), &mut all);
            let vector = |i: usize| (0..5).map(|d| (d, (weights[i] * sums[i * 5 + d as usize]) as f32)).collect();
            let each: Vec<f32> = (0..21).map(|i| directions.product(&vector(i), direction)).collect();
            assert_eq!(all[..21], each);
        }
    }

    #[test]
    fn no_directions_and_those_of_nothing() {
        let mut all = vec![1.0];
        Directions::default().products(&vec![(0, 1.0)], &mut all);
        assert!(all.is_empty() && Directions::default().product(&vec![(0, 1.0)], 3) == 0.0);
        assert!(Directions::default().one(3).is_empty());
        let nothing = Directions::new(2, &[vec![0.0, 0.0]]);
        assert_eq!(nothing.product(&vec![(1, 1.0)], 0), 0.0);
    }
}
