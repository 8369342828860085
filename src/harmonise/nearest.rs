//! Statements and those most like them, as data that serialise and read back.

use serde::{Deserialize, Serialize};

use super::{Measure, Share, Similar};
use crate::map::Statement;
use crate::sparse::Wanted;

/// How many of the words that two statements share are kept.
const WORDS: usize = 6;

/// For every statement of a map the most similar ones of other occupations, with
/// their texts and the words that they share (`"format": "tlevel-similar"`,
/// version 1).
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

/// A statement and those most like it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearestStatements {
    /// The id of its occupation.
    pub occupation: String,
    /// The title of its occupation.
    pub title: String,
    /// Its id.
    pub statement: String,
    /// What it says.
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
    /// What it says.
    pub text: String,
    /// How much the two say alike, from 0 to 1.
    pub score: f64,
    /// The stems that both have and that count most, at most six. Empty where
    /// they share only the first word, or the company of their words.
    pub shared: Vec<Share>,
}

impl Measure<'_> {
    /// What [`Measure::similar`] finds, as data, with texts and shared words.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::harmonise::Measure;
    /// use tlevel::harmonise::Wanted;
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
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
        // what is in brackets is no word: "(company)", "(first word)"
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
