//! The statements nearest to each statement, as data that serialise and
//! deserialise.

use serde::{Deserialize, Serialize};

use super::{Measure, Share, Similar};
use crate::map::Statement;
use crate::sparse::Wanted;

/// How many of the words shared by two statements are kept.
const WORDS: usize = 6;

/// The most similar statements of other occupations for every statement of a
/// map, with their texts and the words they share
/// (`"format": "tlevel-similar"`, version 1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SimilarReport {
    format: SimilarFormat,
    version: u32,
    /// The title of the map.
    pub map: Option<String>,
    /// Every statement, in the order of the map.
    pub statements: Vec<NearestStatements>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum SimilarFormat {
    #[serde(rename = "tlevel-similar")]
    Similar,
}

/// A statement and the statements most like it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearestStatements {
    /// The id of its occupation.
    pub occupation: String,
    /// The title of its occupation.
    pub title: String,
    /// Its id.
    pub statement: String,
    /// Its text.
    pub text: String,
    /// The others, the most similar first.
    pub neighbours: Vec<NearStatement>,
}

/// A statement that is like another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearStatement {
    /// The id of its occupation.
    pub occupation: String,
    /// The title of its occupation.
    pub title: String,
    /// Its id.
    pub statement: String,
    /// Its text.
    pub text: String,
    /// How alike the two are, from 0 to 1.
    pub score: f64,
    /// The shared stems that count most, at most six. Empty if they share only
    /// the first word or the company of their words.
    pub shared: Vec<Share>,
}

impl Measure<'_> {
    /// Returns what [`Measure::similar`] finds, as data with texts and shared
    /// words.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::harmonise::Measure;
    /// use tlevel::harmonise::Wanted;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let report = Measure::new(&map).nearest_statements(Wanted::nearest(1));
    /// assert_eq!(report.statements.len(), map.statements().len());
    /// let near = report.statements.iter().flat_map(|s| &s.neighbours);
    /// assert!(near.filter(|near| near.score > 0.5).all(|near| !near.shared.is_empty()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Measure::similar`], and `O(w)` in the words of each pair found.
    pub fn nearest_statements(&self, wanted: Wanted) -> SimilarReport {
        let mut statements = Vec::with_capacity(self.map().statements().len());
        self.similar(wanted, |statement, found| {
            let neighbours = found.iter().filter_map(|similar| self.near(statement, similar));
            statements.push(NearestStatements {
                occupation: statement.occupation().id().to_owned(),
                title: statement.occupation().title().to_owned(),
                statement: statement.id().to_owned(),
                text: statement.text().to_owned(),
                neighbours: neighbours.collect(),
            });
        });
        let map = self.map().title().map(str::to_owned);
        SimilarReport { format: SimilarFormat::Similar, version: 1, map, statements }
    }

    fn near(&self, statement: Statement<'_>, similar: &Similar) -> Option<NearStatement> {
        let other = self.map().statement_at(similar.statement)?;
        let evidence = self.explain(statement.index(), other.index());
        // terms in brackets are not words: "(company)", "(first word)"
        let words = evidence.shared.into_iter().filter(|share| !share.term.starts_with('('));
        Some(NearStatement {
            occupation: other.occupation().id().to_owned(),
            title: other.occupation().title().to_owned(),
            statement: other.id().to_owned(),
            text: other.text().to_owned(),
            score: similar.score,
            shared: words.take(WORDS).collect(),
        })
    }
}
