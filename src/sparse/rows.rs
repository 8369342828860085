//! Sparse vectors, row by row.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Sparse vectors of length 1 (or 0 for a row without a term). Each belongs to
/// a group; neighbours are searched in other groups.
///
/// Made by a [`RowsBuilder`]. Terms are numbered from the rarest to the most
/// frequent, and are in that order in each row.
#[derive(Clone, Debug)]
pub struct Rows {
    pub(super) starts: Vec<u32>,
    pub(super) terms: Vec<u32>,
    pub(super) weights: Vec<f32>,
    pub(super) groups: Vec<u32>,
    /// The number with which each term was pushed.
    names: Vec<u32>,
}

impl Rows {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The terms of a row and their weights, the rarest first.
    ///
    /// # Panics
    ///
    /// If the row is beyond the last.
    pub fn row(&self, row: u32) -> impl ExactSizeIterator<Item = (u32, f32)> + '_ {
        let range = self.range(row);
        self.terms[range.clone()].iter().copied().zip(self.weights[range].iter().copied())
    }

    /// The number with which a term of [`Rows::row`] was pushed.
    ///
    /// # Panics
    ///
    /// If the number is not that of a term.
    pub fn name(&self, term: u32) -> u32 {
        self.names[term as usize]
    }

    /// The number of different terms.
    pub fn terms(&self) -> usize {
        self.names.len()
    }

    /// The group of a row.
    ///
    /// # Panics
    ///
    /// If the row is beyond the last.
    pub fn group(&self, row: u32) -> u32 {
        self.groups[row as usize]
    }

    /// Returns some of the rows, in the order in which they are named. Terms keep their
    /// numbers and weights, so that scores are the same to the bit.
    ///
    /// # Panics
    ///
    /// If a row is beyond the last.
    #[must_use]
    pub fn select(&self, rows: &[u32]) -> Rows {
        let mut starts = vec![0];
        let (mut terms, mut weights) = (Vec::new(), Vec::new());
        for &row in rows {
            let range = self.range(row);
            terms.extend_from_slice(&self.terms[range.clone()]);
            weights.extend_from_slice(&self.weights[range]);
            starts.push(terms.len() as u32);
        }
        let groups = rows.iter().map(|&row| self.group(row)).collect();
        Rows { starts, terms, weights, groups, names: self.names.clone() }
    }

    /// Returns the same rows, each in a group of its own.
    #[must_use]
    pub fn apart(mut self) -> Rows {
        self.groups = (0..self.groups.len() as u32).collect();
        self
    }

    pub(super) fn range(&self, row: u32) -> std::ops::Range<usize> {
        self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize
    }
}

/// Collects rows of numbered terms with their weights.
///
/// # Examples
///
/// ```
/// use tlevel::sparse::{Index, RowsBuilder, Scratch, Wanted};
///
/// let mut builder = RowsBuilder::default();
/// builder.push(0, [(7, 1.0), (8, 2.0)]);
/// builder.push(1, [(8, 1.0), (9, 1.0)]);
/// builder.push(1, [(7, 3.0)]);
/// let rows = builder.finish();
/// let index = Index::new(&rows);
/// let mut found = Vec::new();
/// index.neighbours(0, Wanted { best: 1, at_least: 0.4 }, &mut Scratch::default(), &mut found);
/// assert_eq!(found.iter().map(|n| n.row).collect::<Vec<_>>(), [1, 2]);
/// assert!((found[0].score - 0.632).abs() < 0.001);
/// ```
#[derive(Clone, Debug, Default)]
pub struct RowsBuilder {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
    groups: Vec<u32>,
}

impl RowsBuilder {
    /// Adds a row. Weights of the same term are summed. Terms whose weight is
    /// not a positive number, or is less than a billionth of the largest, are
    /// skipped. The row is scaled to length 1.
    pub fn push(&mut self, group: u32, terms: impl IntoIterator<Item = (u32, f64)>) {
        let mut row: Vec<(u32, f64)> = terms.into_iter().filter(|(_, w)| *w > 0.0 && w.is_finite()).collect();
        row.sort_by_key(|(term, _)| *term);
        row.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
            }
            same
        });
        // divide by the largest, so that no square overflows or vanishes
        let largest = row.iter().map(|(_, w)| *w).fold(0.0, f64::max);
        row.iter_mut().for_each(|(_, w)| *w /= largest);
        row.retain(|(_, w)| *w > 1e-9);
        let length = row.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        self.starts.push(self.entries.len() as u32);
        self.entries.extend(row.iter().map(|&(term, w)| (term, (w / length) as f32)));
        self.groups.push(group);
    }

    /// Returns the rows, with their terms renumbered.
    pub fn finish(self) -> Rows {
        let mut frequency: HashMap<u32, u32, RandomState> = HashMap::default();
        for (term, _) in &self.entries {
            *frequency.entry(*term).or_default() += 1;
        }
        let mut by_frequency: Vec<(u32, u32)> = frequency.into_iter().map(|(term, n)| (n, term)).collect();
        by_frequency.sort_unstable();
        let number: HashMap<u32, u32, RandomState> =
            by_frequency.iter().enumerate().map(|(i, (_, term))| (*term, i as u32)).collect();
        let mut entries: Vec<(u32, f32)> = self.entries.iter().map(|(term, w)| (number[term], *w)).collect();
        let mut starts = self.starts;
        starts.push(entries.len() as u32);
        for range in starts.windows(2) {
            entries[range[0] as usize..range[1] as usize].sort_unstable_by_key(|(term, _)| *term);
        }
        let (terms, weights) = entries.into_iter().unzip();
        let names = by_frequency.into_iter().map(|(_, term)| term).collect();
        Rows { starts, terms, weights, groups: self.groups, names }
    }
}
