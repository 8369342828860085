//! Scores of many pairs, one statement after another.

use super::Measure;
use super::measure::{CAP, CONTEXT, UNMATCHED};
use super::sense::LIFT;
use super::vocabulary::{Feature, WORDS};
use crate::map::StatementIndex;
use crate::sparse::{Neighbour, Rescore, Rows};

/// Scores rows of words as the measure does, to the bit for the measure's own
/// rows.
pub(super) struct Rescored<'r> {
    measure: &'r Measure<'r>,
    rows: &'r Rows,
    /// The statement of each row.
    statements: &'r [StatementIndex],
    /// The row of each statement that the measure knows as near; `None` if the
    /// rows do not have it.
    row_of: Vec<Option<u32>>,
    /// The words of each row, the heaviest first.
    heaviest: Heaviest,
}

/// The maximum error of a score that was added in another order.
const ROUNDING: f64 = 1e-5;
/// The maximum error of a cosine that was added roughly.
const ROUGH: f64 = 1e-5;

struct Heaviest {
    starts: Vec<u32>,
    words: Vec<(u32, f32)>,
}

impl Heaviest {
    fn new(rows: &Rows) -> Self {
        let mut heaviest = Heaviest { starts: vec![0], words: Vec::new() };
        for row in 0..rows.len() as u32 {
            let start = heaviest.words.len();
            let is_word = |term: u32| matches!(Feature::from_number(rows.name(term)), Feature::Word(_));
            heaviest.words.extend(rows.row(row).filter(|(term, _)| is_word(*term)));
            heaviest.words[start..].sort_by(|a, b| b.1.total_cmp(&a.1));
            heaviest.starts.push(heaviest.words.len() as u32);
        }
        heaviest
    }

    fn of(&self, row: u32) -> &[(u32, f32)] {
        &self.words[self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize]
    }
}

/// The data of the statement being compared.
#[derive(Default)]
pub(super) struct Known {
    /// Its context, by stem.
    context: Vec<f32>,
    /// Whether it has each term.
    has: Vec<bool>,
}

impl<'r> Rescored<'r> {
    pub(super) fn new(measure: &'r Measure<'r>, rows: &'r Rows, statements: &'r [StatementIndex]) -> Self {
        let mut row_of = vec![None; measure.map().statements().len()];
        for (row, statement) in (0..).zip(statements) {
            row_of[statement.index()] = Some(row);
        }
        Rescored { measure, rows, statements, row_of, heaviest: Heaviest::new(rows) }
    }

    /// What is subtracted for words without a match.
    fn unmatched(&self, row: u32, other: u32, known: &Known) -> f64 {
        let second = self.heaviest.of(other).iter().find(|(term, _)| !known.has[*term as usize]);
        let Some((_, second)) = second else { return 0.0 };
        let lacks = |term: u32| self.rows.row(other).all(|(has, _)| has != term);
        let first = self.heaviest.of(row).iter().find(|(term, _)| lacks(*term));
        first.map_or(0.0, |(_, first)| UNMATCHED * f64::from(first.min(*second)) / WORDS.sqrt())
    }
}

/// The cosine of two contexts, added in an order that a processor adds fast.
fn rough(context: &[f32], other: &[(u32, f32)]) -> f64 {
    let product = |(stem, value): &(u32, f32)| context[*stem as usize] * value;
    let mut sums = [0.0_f32; 4];
    let mut fours = other.chunks_exact(4);
    for four in &mut fours {
        sums.iter_mut().zip(four).for_each(|(sum, entry)| *sum += product(entry));
    }
    let rest: f32 = fours.remainder().iter().map(product).sum();
    f64::from(sums.iter().sum::<f32>() + rest)
}

impl Rescore for Rescored<'_> {
    type Scratch = Known;

    fn most(&self) -> f64 {
        self.measure.most()
    }

    fn begin(&self, row: u32, known: &mut Known) {
        let statement = self.statements[row as usize];
        known.context.resize(self.measure.stems(), 0.0);
        known.has.resize(self.rows.terms(), false);
        for &(stem, value) in self.measure.context(statement) {
            known.context[stem as usize] = value;
        }
        self.rows.row(row).for_each(|(term, _)| known.has[term as usize] = true);
    }

    fn reached(&self, row: u32, known: &mut Known) -> Vec<f64> {
        let statement = self.statements[row as usize];
        let group = self.rows.group(row);
        let mut reached = Vec::new();
        for &(near, words) in self.measure.nearest(statement) {
            if let Some(other) = self.row_of[near as usize].filter(|&other| self.rows.group(other) != group) {
                // the score of the words may differ by rounding
                let neighbour = Neighbour { row: other, score: f64::from(words) * (1.0 - ROUNDING) };
                reached.extend(self.score(row, neighbour, 0.0, known).map(|score| score * (1.0 - ROUNDING)));
            }
        }
        reached
    }

    fn score(&self, row: u32, neighbour: Neighbour, least: f64, known: &mut Known) -> Option<f64> {
        let words = neighbour.score.min(1.0);
        let other = self.measure.context(self.statements[neighbour.row as usize]);
        let has_context = !other.is_empty() && !self.measure.context(self.statements[row as usize]).is_empty();
        let (own, most) = if has_context { (1.0 - CONTEXT, CONTEXT * (CAP * words).min(1.0)) } else { (1.0, 0.0) };
        let lift = if self.measure.has_sense() { LIFT * words } else { 0.0 };
        let least = least * (1.0 - 1e-6);
        if own * words + most + lift < least {
            return None;
        }
        // roughly at first: most neighbours fail
        let company =
            if has_context { CONTEXT * (rough(&known.context, other) + ROUGH).min(CAP * words) } else { most };
        if own * words + company + lift < least {
            return None;
        }
        let unmatched = self.unmatched(row, neighbour.row, known);
        if (own * words + company - unmatched).max(0.0) + lift < least {
            return None;
        }
        let mut with_context = words;
        if has_context {
            let product = |(stem, value): &(u32, f32)| f64::from(known.context[*stem as usize]) * f64::from(*value);
            let cosine = other.iter().map(product).fold(0.0, |sum, product| sum + product);
            with_context = (1.0 - CONTEXT) * words + CONTEXT * cosine.min(CAP * words);
        }
        let (one, two) = (self.statements[row as usize], self.statements[neighbour.row as usize]);
        Some(self.measure.lifted(one, two, words, (with_context - unmatched).clamp(0.0, 1.0)))
    }

    fn end(&self, row: u32, known: &mut Known) {
        for (stem, _) in self.measure.context(self.statements[row as usize]) {
            known.context[*stem as usize] = 0.0;
        }
        self.rows.row(row).for_each(|(term, _)| known.has[term as usize] = false);
    }
}
