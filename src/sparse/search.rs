//! The neighbours of all rows, one row after the other.

use super::{Index, Neighbour, Rows, Scratch, Wanted};

/// Gives the neighbours of every row to `take`, in the order of the rows: what
/// [`Index::neighbours`] finds for each.
///
/// With the feature `parallel` several threads search; what is given, and in
/// which order, is the same.
///
/// # Examples
///
/// ```
/// use tlevel::sparse::{RowsBuilder, Wanted, search};
///
/// let mut builder = RowsBuilder::default();
/// builder.push(0, [(1, 1.0), (2, 1.0)]);
/// builder.push(1, [(2, 1.0)]);
/// builder.push(2, [(3, 1.0)]);
/// let mut found = Vec::new();
/// search(&builder.finish(), Wanted { best: 1, at_least: f64::INFINITY }, |row, neighbours| {
///     found.push((row, neighbours.first().map(|n| n.row)));
/// });
/// assert_eq!(found, [(0, Some(1)), (1, Some(0)), (2, None)]);
/// ```
///
/// # Complexity
///
/// `O(n² t)` at worst for `n` rows of `t` terms; see `benches/sparse.rs` for
/// what it is in practice. Memory: the index, and what is found for some
/// hundreds of rows.
pub fn search(rows: &Rows, wanted: Wanted, mut take: impl FnMut(u32, &[Neighbour])) {
    let index = Index::new(rows);
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;

        // a batch is searched by all threads, then taken in order
        let batch = BATCH * rayon::current_num_threads();
        let starts: Vec<u32> = (0..rows.len() as u32).step_by(batch).collect();
        for start in starts {
            let end = (start as usize + batch).min(rows.len()) as u32;
            let found: Vec<Vec<Neighbour>> = (start..end)
                .into_par_iter()
                .map_init(Scratch::default, |scratch, row| {
                    let mut found = Vec::new();
                    index.neighbours(row, wanted, scratch, &mut found);
                    found
                })
                .collect();
            (start..end).zip(&found).for_each(|(row, neighbours)| take(row, neighbours));
        }
    }
    #[cfg(not(feature = "parallel"))]
    {
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        for row in 0..rows.len() as u32 {
            index.neighbours(row, wanted, &mut scratch, &mut found);
            take(row, &found);
        }
    }
}

/// How many rows a thread searches before what was found is taken.
#[cfg(feature = "parallel")]
const BATCH: usize = 1_024;
