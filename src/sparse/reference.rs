//! Compares every pair, one by one: the oracle of [`Index`](super::Index).

use super::{Neighbour, Rows, Wanted, keep_wanted};

/// Returns the score of two rows: the products of the weights of their common
/// terms, added from the rarest term on.
///
/// # Panics
///
/// If a row is beyond the last.
///
/// # Complexity
///
/// `O(a + b)` in their terms.
pub fn score(rows: &Rows, a: u32, b: u32) -> f64 {
    let mut sum = 0.0;
    let mut others = rows.row(b).peekable();
    for (term, weight) in rows.row(a) {
        while others.next_if(|(other, _)| *other < term).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| *other == term) {
            sum += f64::from(weight) * f64::from(other);
        }
    }
    sum
}

/// Returns the result of [`Index::neighbours`](super::Index::neighbours), by
/// examining every row.
///
/// # Panics
///
/// If the row is beyond the last.
///
/// # Complexity
///
/// `O(n t)` for `n` rows of `t` terms.
pub fn neighbours(rows: &Rows, row: u32, wanted: Wanted) -> Vec<Neighbour> {
    let mut found: Vec<Neighbour> = (0..rows.len() as u32)
        .filter(|&other| rows.groups[other as usize] != rows.groups[row as usize])
        .map(|other| Neighbour { row: other, score: score(rows, row, other) })
        .filter(|n| n.score > 0.0)
        .collect();
    keep_wanted(&mut found, wanted);
    found
}
