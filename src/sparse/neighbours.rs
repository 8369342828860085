//! Rows that are near another, and how many of them are wanted.

/// A row that is near another, with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The number of the row.
    pub row: u32,
    /// The sum of the products of their weights.
    pub score: f64,
}

/// What to search for: the `best` rows, and all rows with a score of at least
/// `at_least`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// How many of the best to find, whatever their score (above 0).
    pub best: usize,
    /// The minimum score of all others; infinite to find only the best.
    pub at_least: f64,
}

impl Wanted {
    /// The `k` nearest, however far.
    pub fn nearest(k: usize) -> Self {
        Wanted { best: k, at_least: f64::INFINITY }
    }

    /// All that score so much or more.
    pub fn above(score: f64) -> Self {
        Wanted { best: 0, at_least: score }
    }

    /// The same, and all that score so much or more.
    #[must_use]
    pub fn and_above(self, score: f64) -> Self {
        Wanted { at_least: score, ..self }
    }
}

/// The order of neighbours: the highest score first, then the lowest number.
pub(super) fn order(a: &Neighbour, b: &Neighbour) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.row.cmp(&b.row))
}

/// Sorts neighbours and keeps the wanted ones.
pub(super) fn keep_wanted(found: &mut Vec<Neighbour>, wanted: Wanted) {
    found.sort_unstable_by(order);
    let enough = found.partition_point(|n| n.score >= wanted.at_least);
    found.truncate(enough.max(wanted.best));
}
