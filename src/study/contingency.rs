//! The number of points with each pair of labels: the basis of every measure of
//! agreement.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Two labellings of the same points, counted.
///
/// Labels are numbered in order of occurrence, so names make no difference.
/// Only pairs of labels that some point has are stored: at most as many as
/// points.
#[derive(Debug, PartialEq)]
pub(super) struct Contingency {
    /// How many points there are.
    pub(super) points: usize,
    /// How many points each label of the first labelling has.
    pub(super) classes: Vec<usize>,
    /// How many points each label of the second labelling has.
    pub(super) clusters: Vec<usize>,
    /// The pairs of labels that points have, sorted by class.
    pub(super) cells: Vec<Cell>,
}

/// Points that share both labels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    /// The number of their label in the first labelling.
    pub(super) class: usize,
    /// The number of their label in the second labelling.
    pub(super) cluster: usize,
    /// The number of points: 1 or more.
    pub(super) points: usize,
}

impl Contingency {
    /// Counts two labellings. If one is longer, its extra labels are ignored.
    ///
    /// Linear in the points: they are sorted by class by counting, and the
    /// cells of a class are found with one marker per cluster.
    pub(super) fn new(a: &[u32], b: &[u32]) -> Self {
        let points = a.len().min(b.len());
        let (class_of, classes) = numbered(&a[..points]);
        let (cluster_of, clusters) = numbered(&b[..points]);

        let mut next = 0;
        let mut places: Vec<usize> = (classes.iter())
            .map(|size| {
                next += size;
                next - size
            })
            .collect();
        let mut by_class = vec![0; points];
        for (&class, &cluster) in class_of.iter().zip(&cluster_of) {
            by_class[places[class]] = cluster;
            places[class] += 1;
        }

        let mut cells: Vec<Cell> = Vec::with_capacity(classes.len().max(clusters.len()));
        // the last cell of each cluster, which may belong to an earlier class
        let mut last_of = vec![usize::MAX; clusters.len()];
        let mut rest = by_class.as_slice();
        for (class, &size) in classes.iter().enumerate() {
            let (of_class, others) = rest.split_at(size);
            rest = others;
            for &cluster in of_class {
                match cells.get_mut(last_of[cluster]).filter(|cell| cell.class == class) {
                    Some(cell) => cell.points += 1,
                    None => {
                        last_of[cluster] = cells.len();
                        cells.push(Cell { class, cluster, points: 1 });
                    }
                }
            }
        }
        Contingency { points, classes, clusters, cells }
    }
}

/// The number of each point's label, by first occurrence, and the number of
/// points with each label.
fn numbered(labels: &[u32]) -> (Vec<usize>, Vec<usize>) {
    let mut numbers: HashMap<u32, usize, FixedState> = HashMap::default();
    let mut sizes = Vec::new();
    let of_points = (labels.iter())
        .map(|&label| {
            let number = *numbers.entry(label).or_insert(sizes.len());
            if number == sizes.len() {
                sizes.push(0);
            }
            sizes[number] += 1;
            number
        })
        .collect();
    (of_points, sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_the_pairs_that_points_have() {
        let counted = Contingency::new(&[7, 7, 0, 7, u32::MAX], &[1, 2, 2, 1, 1]);
        assert_eq!((counted.classes, counted.clusters), (vec![3, 1, 1], vec![3, 2]));
        let cells: Vec<_> = counted.cells.iter().map(|c| (c.class, c.cluster, c.points)).collect();
        assert_eq!(cells, [(0, 0, 2), (0, 1, 1), (1, 1, 1), (2, 0, 1)]);
    }

    #[test]
    fn of_unequal_lengths_the_common_part_counts() {
        assert_eq!(Contingency::new(&[1, 2, 3], &[1]), Contingency::new(&[1], &[1, 2]));
        assert_eq!(Contingency::new(&[], &[]).cells, []);
    }
}
