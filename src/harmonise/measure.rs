//! Scores of pairs, and how they are composed.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use super::company::{Contexts, Different};
use super::contradiction::{Claims, Contradiction};
use super::sense::{LIFT, Lift, Sense};
use super::vocabulary::{Feature, Vocabulary, WORDS};
use crate::map::{Kind, Map, Statement, StatementIndex};
use crate::meaning::Meaning;
use crate::sparse::{Rows, RowsBuilder, reference};
use crate::text::normal_form;

/// Scores pairs of a map's statements. See the module for the formula.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::Measure;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let measure = Measure::new(&map);
/// let statement = |occupation: &str, id: &str| {
///     map.occupation(occupation).and_then(|o| o.statements().find(|s| s.id() == id)).map(|s| s.index()).unwrap()
/// };
/// // both are about service level agreements
/// let (a, b) = (statement("LARS82", "K4"), statement("OCC0682", "K10"));
/// assert!(measure.score(a, b) > 0.4);
/// let evidence = measure.explain(a, b);
/// assert!(evidence.shared.iter().any(|share| share.term == "agreement"));
/// // kinds are never compared
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
    /// The statement that represents each one's wording: the first by code
    /// among those with the same kind and normal form.
    speakers: Vec<u32>,
    contexts: Contexts,
    /// Vectors and topics; empty unless they were given.
    sense: Sense<'m>,
}

/// The statements of one kind, in the order of their codes, with their vectors.
#[derive(Debug)]
pub(super) struct OfKind {
    pub(super) kind: Kind,
    pub(super) statements: Vec<StatementIndex>,
    pub(super) rows: Rows,
}

/// How a score is composed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The score.
    pub score: f64,
    /// What both have, the largest share first (ties: alphabetically). The
    /// shares minus that of `unmatched` add up to the score, except for
    /// rounding.
    pub shared: Vec<Share>,
    /// The company that the words of both keep: the stems associated with both,
    /// with what each adds to the `"(company)"` in `shared`, the largest first.
    /// If company is capped at three times what the words score, these are the
    /// values before the cap.
    pub company: Vec<Share>,
    /// The words that are nearest by a table of words, the largest share of the
    /// cosine first; none without a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_words: Vec<NearWords>,
    /// What is subtracted if each has a distinctive word that the other lacks.
    pub unmatched: Option<Unmatched>,
    /// The stems that only the first has, the heaviest first.
    pub only_first: Vec<String>,
    /// The stems that only the second has, the heaviest first.
    pub only_second: Vec<String>,
    /// The contradictions between them, whatever the score. The harmoniser
    /// never joins such a pair by itself.
    pub contradictions: Vec<Contradiction>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Share {
    /// A stem that both have; `"(first word)"` if they begin alike; `"(company)"`
    /// for words that keep the same company; `"(meaning)"` for the vectors of a
    /// table of words, `"(vectors)"` for a caller's own, `"(topics)"` for their
    /// topics.
    pub term: String,
    /// How much it adds. The last three can be below 0.
    pub share: f64,
}

impl Share {
    fn of((term, share): (&str, f64)) -> Self {
        Share { term: term.to_owned(), share }
    }
}

/// A word of each of two statements that a table of words knows as near.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearWords {
    /// The first statement's.
    pub first: String,
    /// The second's.
    pub second: String,
    /// What they add to the cosine of the vectors.
    pub share: f64,
}

/// A distinctive word of each of two statements that the other lacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Unmatched {
    /// The first statement's.
    pub first: String,
    /// The second's.
    pub second: String,
    /// How much it subtracts.
    pub share: f64,
}

const COMPANY: &str = "(company)";
/// The share of company in a score.
pub(super) const CONTEXT: f64 = 0.4;
/// The maximum of company, as a multiple of what the words score.
pub(super) const CAP: f64 = 3.0;
/// The weight of a distinctive word missing on each side.
pub(super) const UNMATCHED: f64 = 0.3;
/// The maximum of a score, as a multiple of that of its words.
pub(super) const MOST: f64 = 1.0 - CONTEXT + CONTEXT * CAP;
/// How many near words are shown.
const NEAR_WORDS: usize = 5;

/// The score of two statements' words and of the company they keep, if both keep any.
pub(super) fn with_context(words: f64, context: Option<f64>) -> f64 {
    context.map_or(words, |context| (1.0 - CONTEXT) * words + CONTEXT * context.min(CAP * words))
}

impl<'m> Measure<'m> {
    /// Weighs the words of a map and learns which keep company.
    ///
    /// # Complexity
    ///
    /// A search for the 20 nearest of each different statement, then `O(t c)`
    /// for the `t` words of all statements and the `c` companions of each; 0.5
    /// s for 10,500 statements.
    pub fn new(map: &'m Map) -> Self {
        let vocabulary = Vocabulary::new(map);
        let mut by_code: Vec<_> = map.statements().collect();
        // ties: by the file's own codes, whatever the order of its rows
        by_code.sort_by_key(|s| (s.occupation().id(), s.id()));
        let mut places = vec![(0, 0); by_code.len()];
        let kinds: Vec<OfKind> = [Kind::Knowledge, Kind::Skill, Kind::Behaviour]
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
        let mut speakers: Vec<u32> = (0..by_code.len() as u32).collect();
        let different: Vec<Different> =
            kinds.iter().map(|kind| different(map, &vocabulary, &kind.statements, &mut speakers)).collect();
        let contexts = Contexts::new(&vocabulary, &different, &speakers);
        Measure { map, vocabulary, kinds, places, speakers, contexts, sense: Sense::default() }
    }

    /// As [`Measure::new`], with vectors of what statements mean: see
    /// [the formula](super#meaning). A statement without a vector scores as without
    /// any.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::harmonise::Measure;
    /// use tlevel::meaning::{Meaning, Vectors};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let rows = [("LARS82/K4", [1.0, 0.2]), ("OCC0682/K10", [0.9, 0.3])];
    /// let vectors = Vectors::new(rows.map(|(id, row)| (id.to_owned(), row.to_vec())))?;
    /// let (plain, measure) = (Measure::new(&map), Measure::with_vectors(&map, Meaning::Own(&vectors)));
    /// let statement = |occupation: &str, id: &str| {
    ///     map.occupation(occupation).and_then(|o| o.statements().find(|s| s.id() == id)).map(|s| s.index()).unwrap()
    /// };
    /// let (a, b) = (statement("LARS82", "K4"), statement("OCC0682", "K10"));
    /// assert!(measure.score(a, b) > plain.score(a, b));
    /// assert!(measure.explain(a, b).shared.iter().any(|share| share.term == "(vectors)"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Measure::new`], and one vector a wording, which is kept: 4 bytes a value.
    pub fn with_vectors(map: &'m Map, meaning: Meaning<'m>) -> Self {
        let mut measure = Measure::new(map);
        let mut by_code: Vec<Statement<'_>> = map.statements().collect();
        by_code.sort_by_key(|s| measure.places[s.index().index()]);
        measure.sense.learn_vectors(meaning, &by_code, &measure.speakers);
        measure
    }

    /// Counts how much the topics of two statements agree, too. `scores` holds, for
    /// each statement in the order of the map, the numbers of topics and how much
    /// speaks for each: what [`Topics::profiles`](crate::topics::Topics::profiles)
    /// returns. A statement without any scores as without topics; values that are not
    /// finite are ignored.
    ///
    /// # Complexity
    ///
    /// `O(n t log t)` for `n` statements of `t` topics.
    #[must_use]
    pub fn with_topics(mut self, scores: &[Vec<(u32, f64)>]) -> Self {
        self.sense.learn_topics(scores, &self.speakers);
        self
    }

    /// The maximum of a score, as a multiple of that of its words.
    pub(super) fn most(&self) -> f64 {
        if self.has_sense() { MOST + LIFT } else { MOST }
    }

    /// Whether vectors or topics were given.
    pub(super) fn has_sense(&self) -> bool {
        !self.sense.is_empty()
    }

    /// The score of two statements with what vectors and topics add to it, given the
    /// score of their words and the one without these.
    pub(super) fn lifted(&self, a: StatementIndex, b: StatementIndex, words: f64, score: f64) -> f64 {
        self.with_lift(score, self.sense.lift(a, b, words, score))
    }

    fn with_lift(&self, score: f64, lift: Lift) -> f64 {
        if self.has_sense() { (score + lift.sum()).clamp(0.0, 1.0) } else { score }
    }

    /// The map whose statements are measured.
    pub fn map(&self) -> &'m Map {
        self.map
    }

    /// Returns one statement for each different wording of some statements, in
    /// the order of their codes.
    ///
    /// # Panics
    ///
    /// If a number is not that of a statement.
    pub fn wordings(&self, statements: &[StatementIndex]) -> Vec<StatementIndex> {
        let mut by_code = statements.to_vec();
        by_code.sort_by_key(|s| self.place(*s));
        let mut seen = HashSet::new();
        by_code.retain(|s| seen.insert(self.speaker(*s)));
        by_code
    }

    /// The number of the statement that represents this one's wording.
    pub(super) fn speaker(&self, statement: StatementIndex) -> u32 {
        self.speakers[statement.index()]
    }

    /// The company that a statement's words keep, by stem.
    pub(super) fn context(&self, statement: StatementIndex) -> &[(u32, f32)] {
        self.contexts.of(statement.index())
    }

    /// Statements with other wordings nearby, with the scores of their words.
    pub(super) fn nearest(&self, statement: StatementIndex) -> &[(u32, f32)] {
        self.contexts.nearest(statement.index())
    }

    /// What it has learnt of words.
    pub(super) fn learnt(&self) -> (&Vocabulary, &Contexts) {
        (&self.vocabulary, &self.contexts)
    }

    /// How many stems there are.
    pub(super) fn stems(&self) -> usize {
        self.vocabulary.len()
    }

    /// The place of a statement in the order of codes, kind by kind.
    pub(super) fn place(&self, statement: StatementIndex) -> (usize, u32) {
        self.places[statement.index()]
    }

    /// Returns the score of two statements: from 0, for those that share
    /// nothing or are of different kinds, to 1, for the same words in the same
    /// order. Scores are symmetric. A statement without a distinctive word
    /// scores 0 with all.
    ///
    /// # Panics
    ///
    /// If a number is not that of a statement.
    ///
    /// # Complexity
    ///
    /// `O(t)` in the words of both.
    pub fn score(&self, a: StatementIndex, b: StatementIndex) -> f64 {
        let ((kind, one), (other, two)) = (self.places[a.index()], self.places[b.index()]);
        if kind != other {
            return 0.0;
        }
        self.score_by(a, b, reference::score(&self.kinds[kind].rows, one, two))
    }

    /// The score of two statements of one kind, given the score of their words.
    pub(super) fn score_by(&self, a: StatementIndex, b: StatementIndex, words: f64) -> f64 {
        let words = words.min(1.0);
        let unmatched = self.unmatched(a, b).map_or(0.0, |(share, ..)| share);
        self.lifted(a, b, words, (self.with_context(a, b, words) - unmatched).clamp(0.0, 1.0))
    }

    /// The score of two statements' words and the company they keep: at most
    /// [`MOST`] times that of the words alone.
    fn with_context(&self, a: StatementIndex, b: StatementIndex, words: f64) -> f64 {
        with_context(words, self.contexts.cosine(a.index(), b.index()))
    }

    /// The stems associated with the words of both, and what each adds.
    fn company(&self, a: StatementIndex, b: StatementIndex) -> Vec<Share> {
        let other: BTreeMap<u32, f32> = self.context(b).iter().copied().collect();
        let both = self.context(a).iter().filter_map(|(stem, value)| Some((*stem, *value, *other.get(stem)?)));
        let mut shares: Vec<Share> = both
            .map(|(stem, one, other)| Share {
                term: self.vocabulary.stem(stem).to_owned(),
                share: CONTEXT * f64::from(one) * f64::from(other),
            })
            .collect();
        // stable: ties are sorted alphabetically
        shares.sort_by(|a, b| b.share.total_cmp(&a.share));
        shares
    }

    /// The words of two statements that are nearest by the table.
    fn near_words(&self, a: StatementIndex, b: StatementIndex) -> Vec<NearWords> {
        let text = |s: StatementIndex| self.map.statement_at(s).map_or("", |s| s.text());
        let pairs = self.sense.meaning.map(|meaning| meaning.pairs(text(a), text(b), NEAR_WORDS));
        let near =
            |pair: crate::meaning::WordPair| NearWords { first: pair.first, second: pair.second, share: pair.share };
        pairs.unwrap_or_default().into_iter().map(near).collect()
    }

    /// What is subtracted because each has a distinctive word that the other
    /// lacks: how much, and the stem of each.
    fn unmatched(&self, a: StatementIndex, b: StatementIndex) -> Option<(f64, u32, u32)> {
        let ((kind, one), (_, two)) = (self.places[a.index()], self.places[b.index()]);
        let rows = &self.kinds[kind].rows;
        let first = heaviest_without(rows, one, two)?;
        let second = heaviest_without(rows, two, one)?;
        // the vectors of words are shorter than 1, scaled by their share
        let share = UNMATCHED * f64::from(first.1.min(second.1)) / WORDS.sqrt();
        Some((share, first.0, second.0))
    }

    /// Explains the score of two statements: how it is composed, and what only
    /// one of them has.
    ///
    /// # Panics
    ///
    /// If a number is not that of a statement.
    ///
    /// # Complexity
    ///
    /// `O(t log t)` in the words of both.
    pub fn explain(&self, a: StatementIndex, b: StatementIndex) -> Evidence {
        let of = |statement: StatementIndex| -> Vec<(u32, f32)> {
            let (kind, row) = self.places[statement.index()];
            let rows = &self.kinds[kind].rows;
            let mut terms: Vec<(u32, f32)> = rows.row(row).map(|(term, weight)| (rows.name(term), weight)).collect();
            terms.sort_unstable_by_key(|(number, _)| *number);
            terms
        };
        let (first, second) = (of(a), of(b));
        let claims =
            |s: StatementIndex| self.map.statement_at(s).map_or_else(Claims::default, |s| Claims::of(s.text()));
        let only = |of: &[(u32, f32)], other: &[(u32, f32)]| {
            let mut words: Vec<(f32, &str)> = (of.iter().filter(|(number, _)| weight_of(other, *number).is_none()))
                .filter_map(|(number, weight)| match Feature::from_number(*number) {
                    Feature::Word(stem) => Some((*weight, self.vocabulary.stem(stem))),
                    Feature::First(_) => None,
                })
                .collect();
            words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            words.into_iter().map(|(_, stem)| stem.to_owned()).collect()
        };
        let mut evidence = Evidence {
            score: 0.0,
            shared: Vec::new(),
            company: Vec::new(),
            near_words: Vec::new(),
            unmatched: None,
            only_first: only(&first, &second),
            only_second: only(&second, &first),
            contradictions: claims(a).against(&claims(b)),
        };
        let ((kind, one), (other, two)) = (self.places[a.index()], self.places[b.index()]);
        if kind != other {
            return evidence;
        }
        let words = reference::score(&self.kinds[kind].rows, one, two).min(1.0);
        let cosine = self.contexts.cosine(a.index(), b.index());
        let context = with_context(words, cosine);
        let part = if cosine.is_some() { 1.0 - CONTEXT } else { 1.0 };
        let mut by_term: BTreeMap<&str, f64> = BTreeMap::new();
        for &(number, weight) in &first {
            let Some(other) = weight_of(&second, number) else { continue };
            let term = match Feature::from_number(number) {
                Feature::Word(stem) => self.vocabulary.stem(stem),
                Feature::First(_) => "(first word)",
            };
            *by_term.entry(term).or_default() += part * f64::from(weight) * f64::from(other);
        }
        if cosine.is_some() && context > part * words {
            by_term.insert(COMPANY, context - part * words);
        }
        let unmatched = self.unmatched(a, b);
        let less = unmatched.map_or(0.0, |(share, ..)| share);
        let without = (context - less).clamp(0.0, 1.0);
        let lift = self.sense.lift(a, b, words, without);
        evidence.shared = by_term.into_iter().map(Share::of).collect();
        evidence.shared.extend(lift.parts(self.sense.is_of_table()).map(Share::of));
        evidence.shared.sort_by(|a, b| b.share.total_cmp(&a.share));
        evidence.score = self.with_lift(without, lift);
        evidence.company = self.company(a, b);
        evidence.near_words = self.near_words(a, b);
        evidence.unmatched = unmatched.map(|(share, first, second)| Unmatched {
            first: self.vocabulary.stem(first).to_owned(),
            second: self.vocabulary.stem(second).to_owned(),
            share: share.min(context),
        });
        evidence
    }
}

/// The weight of a term among terms in the order of their numbers.
fn weight_of(terms: &[(u32, f32)], number: u32) -> Option<f32> {
    terms.binary_search_by_key(&number, |(number, _)| *number).ok().map(|at| terms[at].1)
}

/// The stem of the heaviest word of a row that the other lacks (ties: the
/// lowest number), and its weight.
fn heaviest_without(rows: &Rows, row: u32, other: u32) -> Option<(u32, f32)> {
    let mut others = rows.row(other).peekable();
    let mut heaviest: Option<(u32, f32)> = None;
    for (term, weight) in rows.row(row) {
        while others.next_if(|(other, _)| *other < term).is_some() {}
        if others.peek().is_some_and(|(other, _)| *other == term) {
            continue;
        }
        if let Feature::Word(stem) = Feature::from_number(rows.name(term)) {
            let heavier = |(known, most): (u32, f32)| weight.total_cmp(&most).then(known.cmp(&stem)).is_gt();
            if heaviest.is_none_or(heavier) {
                heaviest = Some((stem, weight));
            }
        }
    }
    heaviest
}

/// One statement for each different wording of a kind, in the order of codes.
/// Records in `same` which statement represents each.
fn different(map: &Map, vocabulary: &Vocabulary, statements: &[StatementIndex], same: &mut [u32]) -> Different {
    let mut speaker: HashMap<String, u32, RandomState> = HashMap::default();
    let mut builder = RowsBuilder::default();
    let mut found = Vec::new();
    for statement in statements.iter().filter_map(|s| map.statement_at(*s)) {
        let number = statement.index().index() as u32;
        let speaker = *speaker.entry(normal_form(statement.text())).or_insert(number);
        same[number as usize] = speaker;
        if speaker == number {
            builder.push(statement.occupation().index().index() as u32, vocabulary.features(number as usize));
            found.push(number as usize);
        }
    }
    Different { statements: found, rows: builder.finish() }
}
