//! The most similar statements for every statement.

use std::borrow::Cow;

use super::Measure;
use super::rescore::Rescored;
use crate::map::{Statement, StatementIndex};
use crate::sparse::{Neighbour, Wanted, search_by, search_pairs_by};

/// A statement that is like another.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Similar {
    /// The other statement.
    pub statement: StatementIndex,
    /// Their score.
    pub score: f64,
}

impl<'m> Measure<'m> {
    /// Finds the most similar statements of the same kind in other occupations
    /// for every statement, and passes them to `take` in the order of the map:
    /// the `wanted.best` best ones, and all that score at least
    /// `wanted.at_least`. The highest score comes first; ties: by the codes of
    /// occupation and statement. A statement that is like no other gets an
    /// empty list.
    ///
    /// The result is exact: the same as comparing all pairs, score for score.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::harmonise::Measure;
    /// use tlevel::harmonise::Wanted;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let measure = Measure::new(&map);
    /// let mut alike = 0;
    /// measure.similar(Wanted::nearest(1), |statement, found| {
    ///     assert!(found.len() <= 1 && found.iter().all(|s| s.statement != statement.index()));
    ///     alike += usize::from(found.iter().any(|s| s.score > 0.5));
    /// });
    /// assert!(alike > 200);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// See [`sparse`](crate::sparse): far less than all pairs. Memory: the
    /// result, and an index of all words. With the feature `parallel` it uses
    /// several threads, with the same result.
    pub fn similar(&self, wanted: Wanted, mut take: impl FnMut(Statement<'m>, &[Similar])) {
        let mut found: Vec<Vec<Similar>> = vec![Vec::new(); self.map.statements().len()];
        for kind in &self.kinds {
            let by = Rescored::new(self, &kind.rows, &kind.statements);
            search_by(&kind.rows, wanted, &by, |row, neighbours| {
                let similar = |n: &Neighbour| Similar { statement: kind.statements[n.row as usize], score: n.score };
                found[kind.statements[row as usize].index()] = neighbours.iter().map(similar).collect();
            });
        }
        self.map.statements().zip(&found).for_each(|(statement, found)| take(statement, found));
    }

    /// Passes on every pair of statements of one kind in different occupations that
    /// scores so much or more, once, in no particular order: pairs of those that are
    /// wanted.
    pub(super) fn similar_pairs(
        &self,
        at_least: f64,
        is_wanted: impl Fn(StatementIndex) -> bool,
        mut take: impl FnMut([StatementIndex; 2], f64),
    ) {
        for kind in &self.kinds {
            let wanted = |row: &u32| is_wanted(kind.statements[*row as usize]);
            let wanted: Vec<u32> = (0..kind.statements.len() as u32).filter(wanted).collect();
            let statements: Vec<StatementIndex> = wanted.iter().map(|&row| kind.statements[row as usize]).collect();
            let rows = if wanted.len() < kind.rows.len() {
                Cow::Owned(kind.rows.select(&wanted))
            } else {
                Cow::Borrowed(&kind.rows)
            };
            let by = Rescored::new(self, &rows, &statements);
            search_pairs_by(&rows, at_least, &by, |row, found| {
                found.iter().for_each(|n| take([statements[row as usize], statements[n.row as usize]], n.score));
            });
        }
    }
}
