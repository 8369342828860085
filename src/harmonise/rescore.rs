//! Scores of many pairs, one statement after another.

use super::Measure;
use super::measure::{CAP, CONTEXT, UNMATCHED, with_context};
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
    companies: Companies,
}

/// The maximum error of a score that was added in another order.
const ROUNDING: f64 = 1e-5;

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

/// The company of each row's words in half the memory: most of the time goes into fetching
/// it. Each entry holds a stem, and in its lowest bits the value, rounded up.
struct Companies {
    starts: Vec<u32>,
    entries: Vec<u32>,
    /// Whether the numbers of all stems have room.
    fits: bool,
}

/// How many bits of an entry are the value's.
const VALUE_BITS: u32 = 12;
const VALUES: f32 = ((1 << VALUE_BITS) - 1) as f32;

impl Companies {
    fn new(measure: &Measure<'_>, statements: &[StatementIndex]) -> Self {
        let fits = measure.stems() <= 1 << (u32::BITS - VALUE_BITS);
        let (mut starts, mut entries) = (vec![0], Vec::new());
        for statement in statements {
            let context = measure.context(*statement).iter();
            entries.extend(context.map(|(stem, value)| (stem << VALUE_BITS) | (value.min(1.0) * VALUES).ceil() as u32));
            starts.push(entries.len() as u32);
        }
        Companies { starts, entries, fits }
    }

    fn is_some(&self, row: u32) -> bool {
        self.starts[row as usize] < self.starts[row as usize + 1]
    }

    /// The maximum of the cosine of a row's context with another, by stem.
    fn most(&self, row: u32, context: &[f32]) -> f64 {
        if !self.fits {
            return 1.0;
        }
        let product = |entry: &u32| context[(entry >> VALUE_BITS) as usize] * (entry & ((1 << VALUE_BITS) - 1)) as f32;
        let entries = &self.entries[self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize];
        let (fours, rest) = entries.as_chunks::<4>();
        // four sums, which a processor adds at the same time
        let [mut a, mut b, mut c, mut d] = [0.0_f32; 4];
        for [first, second, third, fourth] in fours {
            a += product(first);
            b += product(second);
            c += product(third);
            d += product(fourth);
        }
        let rest: f32 = rest.iter().map(product).sum();
        f64::from((a + b + c + d + rest) / VALUES) + ROUNDING
    }
}

/// The data of the statement being compared.
#[derive(Default)]
pub(super) struct Known {
    /// Its context, by stem.
    context: Vec<f32>,
    has_context: bool,
    /// Whether it has each term.
    has: Vec<bool>,
}

impl<'r> Rescored<'r> {
    pub(super) fn new(measure: &'r Measure<'r>, rows: &'r Rows, statements: &'r [StatementIndex]) -> Self {
        let mut row_of = vec![None; measure.map().statements().len()];
        for (row, statement) in (0..).zip(statements) {
            row_of[statement.index()] = Some(row);
        }
        Rescored {
            measure,
            rows,
            statements,
            row_of,
            heaviest: Heaviest::new(rows),
            companies: Companies::new(measure, statements),
        }
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

impl Rescore for Rescored<'_> {
    type Scratch = Known;

    fn most(&self) -> f64 {
        self.measure.most()
    }

    fn begin(&self, row: u32, known: &mut Known) {
        let statement = self.statements[row as usize];
        known.context.resize(self.measure.stems(), 0.0);
        known.has.resize(self.rows.terms(), false);
        let context = self.measure.context(statement);
        context.iter().for_each(|(stem, value)| known.context[*stem as usize] = *value);
        known.has_context = !context.is_empty();
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
                reached.push(self.score(row, neighbour, known) * (1.0 - ROUNDING));
            }
        }
        reached
    }

    fn may_reach(&self, row: u32, neighbour: Neighbour, least: f64, known: &mut Known) -> bool {
        let words = neighbour.score.min(1.0);
        let least = least * (1.0 - 1e-6);
        let has_context = known.has_context && self.companies.is_some(neighbour.row);
        let (own, most) = if has_context { (1.0 - CONTEXT, CONTEXT * (CAP * words).min(1.0)) } else { (1.0, 0.0) };
        let lift = if self.measure.has_sense() { LIFT * words } else { 0.0 };
        if own * words + most + lift < least {
            return false;
        }
        // most neighbours fail here
        let company = if has_context {
            CONTEXT * self.companies.most(neighbour.row, &known.context).min(CAP * words)
        } else {
            most
        };
        own * words + company + lift >= least
            && (own * words + company - self.unmatched(row, neighbour.row, known)).max(0.0) + lift >= least
    }

    fn score(&self, row: u32, neighbour: Neighbour, known: &mut Known) -> f64 {
        let words = neighbour.score.min(1.0);
        let (one, two) = (self.statements[row as usize], self.statements[neighbour.row as usize]);
        let other = self.measure.context(two);
        let cosine = (known.has_context && !other.is_empty()).then(|| {
            let product = |(stem, value): &(u32, f32)| f64::from(known.context[*stem as usize]) * f64::from(*value);
            other.iter().map(product).fold(0.0, |sum, product| sum + product)
        });
        let unmatched = self.unmatched(row, neighbour.row, known);
        self.measure.lifted(one, two, words, (with_context(words, cosine) - unmatched).clamp(0.0, 1.0))
    }

    fn end(&self, row: u32, known: &mut Known) {
        for (stem, _) in self.measure.context(self.statements[row as usize]) {
            known.context[*stem as usize] = 0.0;
        }
        self.rows.row(row).for_each(|(term, _)| known.has[term as usize] = false);
    }
}
