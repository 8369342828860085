//! Scores of pairs, and what they are made of.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::contradiction::{Claims, Contradiction};
use super::vocabulary::{Feature, Vocabulary};
use crate::map::{Kind, Map, StatementIndex};
use crate::sparse::{Rows, RowsBuilder, reference};
use crate::text::normal_form;

/// Scores pairs of a map's statements. The module says how.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::Measure;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let measure = Measure::new(&map);
/// let statement = |occupation: &str, id: &str| {
///     map.occupation(occupation).and_then(|o| o.statements().find(|s| s.id() == id)).map(|s| s.index()).unwrap()
/// };
/// // both are about service level agreements
/// let (a, b) = (statement("LARS82", "K4"), statement("OCC0682", "K10"));
/// assert!(measure.score(a, b) > 0.4);
/// let evidence = measure.explain(a, b);
/// assert!(evidence.shared.iter().any(|share| share.term == "agreement"));
/// // kinds never meet
/// assert_eq!(measure.score(a, statement("OCC0682", "S1")), 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Measure<'m> {
    pub(super) map: &'m Map,
    vocabulary: Vocabulary,
    pub(super) kinds: Vec<OfKind>,
    /// The kind and row of each statement.
    places: Vec<(usize, u32)>,
}

/// The statements of one kind, in the order of their codes, with their vectors.
#[derive(Debug)]
pub(super) struct OfKind {
    pub(super) kind: Kind,
    pub(super) statements: Vec<StatementIndex>,
    pub(super) rows: Rows,
}

/// What a score is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The score.
    pub score: f64,
    /// What both have, the largest share first (ties by the alphabet); the
    /// shares add up to the score, but for rounding.
    pub shared: Vec<Share>,
    /// The stems that only the first has, the weightiest first.
    pub only_first: Vec<String>,
    /// The stems that only the second has, the weightiest first.
    pub only_second: Vec<String>,
    /// What speaks against their saying the same, whatever the score: the
    /// harmoniser never joins such a pair by itself.
    pub contradictions: Vec<Contradiction>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Share {
    /// A stem that both have; or `"(first word)"`, where they begin alike.
    pub term: String,
    /// How much it adds.
    pub share: f64,
}

impl<'m> Measure<'m> {
    /// Weighs the words of a map.
    ///
    /// # Complexity
    ///
    /// `O(t)` in the length of all texts, and as much memory.
    pub fn new(map: &'m Map) -> Self {
        let vocabulary = Vocabulary::new(map);
        let mut by_code: Vec<_> = map.statements().collect();
        // ties go by the file's own codes, whatever the order of its rows
        by_code.sort_by_key(|s| (s.occupation().id(), s.id()));
        let mut places = vec![(0, 0); by_code.len()];
        let kinds = [Kind::Knowledge, Kind::Skill, Kind::Behaviour]
            .into_iter()
            .enumerate()
            .map(|(number, kind)| {
                let mut builder = RowsBuilder::default();
                let mut statements = Vec::new();
                for statement in by_code.iter().filter(|s| s.kind() == kind) {
                    places[statement.index().index()] = (number, statements.len() as u32);
                    let group = statement.occupation().index().index() as u32;
                    builder.push(group, vocabulary.features(statement.index().index()));
                    statements.push(statement.index());
                }
                OfKind { kind, statements, rows: builder.finish() }
            })
            .collect();
        Measure { map, vocabulary, kinds, places }
    }

    /// The map whose statements are measured.
    pub fn map(&self) -> &'m Map {
        self.map
    }

    /// Of some statements one for each different wording, in the order of
    /// their codes.
    ///
    /// # Panics
    ///
    /// For a number that is no statement's.
    pub fn wordings(&self, statements: &[StatementIndex]) -> Vec<StatementIndex> {
        let mut by_code = statements.to_vec();
        by_code.sort_by_key(|s| self.place(*s));
        let mut seen = HashSet::new();
        let normal = |s: &StatementIndex| normal_form(self.map.statement_at(*s).map_or("", |s| s.text()));
        by_code.retain(|s| seen.insert(normal(s)));
        by_code
    }

    /// The weighted terms of a statement.
    pub(super) fn features(&self, statement: StatementIndex) -> Vec<(u32, f64)> {
        self.vocabulary.features(statement.index())
    }

    /// The stems of a statement that weigh anything, in its order, with their
    /// values.
    pub(super) fn telling(&self, statement: StatementIndex) -> Vec<(u32, f64)> {
        self.vocabulary.telling(statement.index())
    }

    /// The place of a statement in the order of codes, kind by kind.
    pub(super) fn place(&self, statement: StatementIndex) -> (usize, u32) {
        self.places[statement.index()]
    }

    /// The stem of that number.
    pub(super) fn stem(&self, number: u32) -> &str {
        self.vocabulary.stem(number)
    }

    /// The score of two statements: from 0, for those that share nothing or are
    /// of different kinds, to 1, for the same words in the same order. Scores
    /// are symmetric. A statement without a telling word scores 0 with all.
    ///
    /// # Panics
    ///
    /// For a number that is no statement's.
    ///
    /// # Complexity
    ///
    /// `O(t)` in the words of both.
    pub fn score(&self, a: StatementIndex, b: StatementIndex) -> f64 {
        let ((kind, a), (other, b)) = (self.places[a.index()], self.places[b.index()]);
        if kind == other { reference::score(&self.kinds[kind].rows, a, b).min(1.0) } else { 0.0 }
    }

    /// What the score of two statements is made of, and what only one of them
    /// has.
    ///
    /// # Panics
    ///
    /// For a number that is no statement's.
    ///
    /// # Complexity
    ///
    /// `O(t log t)` in the words of both.
    pub fn explain(&self, a: StatementIndex, b: StatementIndex) -> Evidence {
        let of = |statement: StatementIndex| -> BTreeMap<u32, f32> {
            let (kind, row) = self.places[statement.index()];
            let rows = &self.kinds[kind].rows;
            rows.row(row).map(|(term, weight)| (rows.name(term), weight)).collect()
        };
        let (first, second) = (of(a), of(b));
        let score = self.score(a, b);
        let mut by_term: BTreeMap<String, f64> = BTreeMap::new();
        if self.places[a.index()].0 == self.places[b.index()].0 {
            for (number, weight) in &first {
                if let Some(other) = second.get(number) {
                    let term = match Feature::from_number(*number) {
                        Feature::Word(stem) => self.vocabulary.stem(stem),
                        Feature::First(_) => "(first word)",
                    };
                    *by_term.entry(term.to_owned()).or_default() += f64::from(*weight) * f64::from(*other);
                }
            }
        }
        let mut shared: Vec<Share> = by_term.into_iter().map(|(term, share)| Share { term, share }).collect();
        shared.sort_by(|a, b| b.share.total_cmp(&a.share));
        let only = |of: &BTreeMap<u32, f32>, other: &BTreeMap<u32, f32>| {
            let mut words: Vec<(f32, &str)> = (of.iter().filter(|(number, _)| !other.contains_key(number)))
                .filter_map(|(number, weight)| match Feature::from_number(*number) {
                    Feature::Word(stem) => Some((*weight, self.vocabulary.stem(stem))),
                    Feature::First(_) => None,
                })
                .collect();
            words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            words.into_iter().map(|(_, stem)| stem.to_owned()).collect()
        };
        let claims =
            |s: StatementIndex| self.map.statement_at(s).map_or_else(Claims::default, |s| Claims::of(s.text()));
        Evidence {
            score,
            shared,
            only_first: only(&first, &second),
            only_second: only(&second, &first),
            contradictions: claims(a).against(&claims(b)),
        }
    }
}
