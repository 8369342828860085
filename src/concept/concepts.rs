//! The concepts of a map: which statements say the same.

use std::sync::Arc;

use super::builder::Builder;
use super::topics::{Overlap, Topic};
use super::{central, judged};
use crate::map::{Kind, Map, StatementIndex};
use crate::table::{self, Columns, Table};

/// A concept's number among the concepts of its map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptIndex(pub(crate) u32);

impl ConceptIndex {
    /// The number, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A checked grouping of the statements of one map.
#[derive(Clone, Debug)]
pub struct Concepts {
    pub(super) entries: Vec<Entry>,
    /// The concepts of all statements, statement by statement. Those of
    /// statement `i` are `of[starts[i]..starts[i + 1]]`.
    pub(super) of: Vec<ConceptIndex>,
    pub(super) starts: Vec<u32>,
    pub(super) words: central::Words,
    pub(super) map_fingerprint: u64,
    pub(super) wording: Wording,
    pub(super) topics: Option<Vec<Topic>>,
    pub(super) overlaps: Vec<Overlap>,
    pub(super) near: Vec<Near>,
    pub(super) any_preferred: bool,
}

/// Two concepts that were almost joined.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Near {
    /// The two concepts, in their order.
    pub concepts: [ConceptIndex; 2],
    /// A statement of each: the two that are most alike.
    pub statements: [StatementIndex; 2],
    /// Their score.
    pub score: f64,
}

impl Near {
    /// Returns two concepts with the statements that make them alike.
    pub fn new(concepts: [ConceptIndex; 2], statements: [StatementIndex; 2], score: f64) -> Self {
        Near { concepts, statements, score }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Shared with the concepts of a part of the map.
    pub(super) id: Arc<str>,
    pub(super) kind: Kind,
    pub(super) label: Option<Arc<str>>,
    pub(super) members: Vec<StatementIndex>,
    /// The statements that people prefer to show, even if others are more
    /// central.
    pub(super) preferred: Vec<StatementIndex>,
    pub(super) central: StatementIndex,
}

/// How the statements of a [`Concepts`] were joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wording {
    /// Only by equal normal forms, except for those that a review merged.
    Exact,
    /// Some by judgement.
    Judged,
}

/// A group of statements that were judged to say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The concept's id; unique among the groups.
    pub id: String,
    /// Its label.
    pub label: Option<String>,
    /// Its statements: occupation id and statement id. A statement is in the
    /// `statements` of one group.
    pub statements: Vec<(String, String)>,
    /// Bundles that also say this, in addition to what their own group says.
    pub also: Vec<(String, String)>,
    /// The statements among them that people prefer to show.
    pub preferred: Vec<(String, String)>,
}

/// Why a grouping does not fit its map. Places are lines of the CSV file or
/// numbers of groups, both from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No table with the required columns:
    /// `from_csv(&map, "occupation,statement\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// An empty cell in a column of codes.
    #[error("{place}: the {column} is empty; fill it in or remove the row")]
    EmptyCell {
        /// Where.
        place: String,
        /// The column.
        column: &'static str,
    },
    /// The map has no such occupation.
    #[error("{place}: the map has no occupation \"{found}\"{}", did_you_mean(.hint.as_deref()))]
    UnknownOccupation {
        /// Where.
        place: String,
        /// The code given.
        found: String,
        /// A similar code.
        hint: Option<String>,
    },
    /// The occupation has no such statement.
    #[error("{place}: \"{occupation}\" has no statement \"{found}\"{}", did_you_mean(.hint.as_deref()))]
    UnknownStatement {
        /// Where.
        place: String,
        /// The occupation.
        occupation: String,
        /// The code given.
        found: String,
        /// A similar code.
        hint: Option<String>,
    },
    /// A statement in two concepts that is not a bundle.
    #[error(
        "{place}: statement {occupation} {statement} is already in the concept \"{other}\"; keep it in one, and name what else it says under \"also\""
    )]
    TwoConcepts {
        /// Where.
        place: String,
        /// The occupation.
        occupation: String,
        /// The statement.
        statement: String,
        /// The concept that has it.
        other: String,
    },
    /// A group with statements of two kinds.
    #[error("{place}: the concept \"{concept}\" mixes {first} and {second}; give each kind a concept of its own")]
    MixedKinds {
        /// Where.
        place: String,
        /// The concept.
        concept: String,
        /// The kind of its first statement.
        first: Kind,
        /// The other kind.
        second: Kind,
    },
}

pub(super) fn did_you_mean(hint: Option<&str>) -> String {
    crate::text::DidYouMean(hint).to_string()
}

impl Concepts {
    /// Joins only statements of one kind whose normal forms are equal.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// assert!(concepts.iter().count() < map.statements().count());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the length of all texts.
    pub fn exact(map: &Map) -> Concepts {
        Builder::new(map).finish(Wording::Exact)
    }

    /// Joins what the groups list; everything else is grouped by exact wording.
    /// Statements of occupations that the map set aside are skipped. The order
    /// of groups and of their statements does not matter.
    ///
    /// # Errors
    ///
    /// [`Error`] if a group does not fit the map: an unknown occupation or
    /// statement, a statement in two groups, a group of two kinds.
    ///
    /// # Complexity
    ///
    /// As [`Concepts::exact`].
    pub fn from_groups(map: &Map, groups: impl IntoIterator<Item = Group>) -> Result<Concepts, Error> {
        let mut builder = Builder::new(map);
        for (i, group) in groups.into_iter().enumerate() {
            let place = || format!("group {}", i + 1);
            for (occupation, statement) in &group.statements {
                builder.add(&group.id, group.label.as_deref(), occupation, statement, &place)?;
            }
            for (occupation, statement) in &group.also {
                builder.add_also(&group.id, occupation, statement, &place)?;
            }
            for (occupation, statement) in &group.preferred {
                builder.prefer(occupation, statement, &place)?;
            }
        }
        Ok(builder.finish(Wording::Judged))
    }

    /// Like [`Concepts::from_groups`], for sets that are known to be disjoint
    /// and of one kind each: id, kind, statements, and the preferred ones among
    /// them.
    pub(crate) fn from_sets<'s>(
        map: &Map,
        sets: impl IntoIterator<Item = (String, Kind, &'s [StatementIndex], Vec<StatementIndex>)>,
    ) -> Concepts {
        let mut builder = Builder::new(map);
        for (id, kind, statements, preferred) in sets {
            builder.add_set(id, kind, statements, &preferred);
        }
        builder.finish(Wording::Judged)
    }

    /// Like [`Concepts::from_groups`], from a CSV text with the columns
    /// `occupation`, `statement`, `concept` and, optionally, `label` and
    /// `also`, in any order. Rows with the same concept form a group; the first
    /// label counts. A statement has one row. A bundle names the other concepts
    /// that it covers in `also`, separated by semicolons.
    ///
    /// # Errors
    ///
    /// [`Error`], with the line.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::concept::Concepts;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let csv = "occupation,statement,concept,label\n\
    ///            LARS82,K1,digital-1,\n\
    ///            LARS8200,K1,digital-1,\n";
    /// let error = Concepts::from_csv(&map, csv).unwrap_err().to_string();
    /// assert!(error.starts_with("line 3: the map has no occupation \"LARS8200\": did you mean"), "{error}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_csv(map: &Map, text: &str) -> Result<Concepts, Error> {
        Concepts::from_table(map, &Table::read(text.as_bytes(), Concepts::COLUMNS)?)
    }

    /// The columns of a file of concepts.
    pub const COLUMNS: &'static [Columns] = &[judged::COLUMNS];

    /// Like [`Concepts::from_csv`], for a table that was read by
    /// [`Concepts::COLUMNS`]: CSV as spreadsheets save it, or a workbook.
    ///
    /// # Errors
    ///
    /// [`Error`], with the line, or the sheet and cell.
    pub fn from_table(map: &Map, table: &Table) -> Result<Concepts, Error> {
        judged::read(map, table)
    }

    /// The concepts, in the order of their first statements in the map.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Concept<'_>> + Clone {
        (0..self.entries.len() as u32).map(|i| Concept { concepts: self, index: ConceptIndex(i) })
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no concepts, as for a map without statements.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The concepts of a statement, its own first: empty if it says nothing,
    /// several for a bundle.
    pub fn of(&self, statement: StatementIndex) -> &[ConceptIndex] {
        let i = statement.index();
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&start), Some(&end)) => &self.of[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The concept with that number; `None` beyond the last.
    pub fn get(&self, index: ConceptIndex) -> Option<Concept<'_>> {
        (index.index() < self.entries.len()).then_some(Concept { concepts: self, index })
    }

    /// Returns the most central of some statements of a concept: the wording
    /// that represents just these. If some are preferred for the concept, it is
    /// one of those; otherwise, if some are not bundles, one of those. Returns
    /// `None` if there are no statements.
    ///
    /// [`Concept::central`] does this for all of a concept's statements, and
    /// describes how ties are broken.
    ///
    /// # Complexity
    ///
    /// `O(w)` in their words.
    pub fn central(&self, map: &Map, of: ConceptIndex, statements: &[StatementIndex]) -> Option<StatementIndex> {
        let preferred = |s: &StatementIndex| {
            self.entries.get(of.index()).is_some_and(|entry| entry.preferred.binary_search(s).is_ok())
        };
        if self.any_preferred && statements.iter().any(preferred) {
            let preferred: Vec<StatementIndex> = statements.iter().copied().filter(preferred).collect();
            return central::central(map, &self.words, &preferred);
        }
        let is_bundle = |s: &StatementIndex| self.of(*s).len() > 1;
        if !statements.iter().any(is_bundle) {
            return central::central(map, &self.words, statements);
        }
        let plain: Vec<StatementIndex> = statements.iter().copied().filter(|s| !is_bundle(s)).collect();
        central::central(map, &self.words, if plain.is_empty() { statements } else { &plain })
    }

    /// Sets the pairs of concepts that were almost joined, replacing any
    /// earlier ones.
    #[must_use]
    pub fn with_near(mut self, near: Vec<Near>) -> Self {
        self.near = near;
        self
    }

    /// The pairs of concepts that were almost joined, most alike first; empty
    /// unless they were set.
    pub fn near(&self) -> &[Near] {
        &self.near
    }

    /// How statements were joined: by their wording alone, or also by
    /// judgement.
    pub fn wording(&self) -> Wording {
        self.wording
    }

    /// Whether these concepts were made for that map.
    pub fn fits(&self, map: &Map) -> bool {
        self.map_fingerprint == map.fingerprint() && self.starts.len() == map.statements().len() + 1
    }
}

/// A concept.
#[derive(Clone, Copy, Debug)]
pub struct Concept<'c> {
    pub(super) concepts: &'c Concepts,
    pub(super) index: ConceptIndex,
}

impl<'c> Concept<'c> {
    pub(super) fn entry(&self) -> &'c Entry {
        &self.concepts.entries[self.index.index()]
    }

    /// Its number.
    pub fn index(&self) -> ConceptIndex {
        self.index
    }

    /// Its id: the judges' own, or a hash of kind and normal form that stays
    /// the same as long as the wording does.
    pub fn id(&self) -> &'c str {
        &self.entry().id
    }

    /// Knowledge, skill or behaviour.
    pub fn kind(&self) -> Kind {
        self.entry().kind
    }

    /// The label that judges gave it.
    pub fn label(&self) -> Option<&'c str> {
        self.entry().label.as_deref()
    }

    /// Its statements, in the order of the map.
    pub fn statements(&self) -> &'c [StatementIndex] {
        &self.entry().members
    }

    /// The statement whose wording represents the concept: the one that has
    /// most words in common with the others. Ties: the more frequent wording,
    /// then the shorter, then alphabetically. A bundle says more than the
    /// concept, and represents it only if there is nothing else.
    pub fn central(&self) -> StatementIndex {
        self.entry().central
    }
}
