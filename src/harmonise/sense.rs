//! What vectors of meaning and topics say of two statements.

use crate::map::{Statement, StatementIndex};
use crate::meaning::Meaning;

/// The weight of the topics of two statements, and the agreement of topics that
/// changes no score.
const TOPICS: f64 = 0.1;
const USUAL_TOPICS: f64 = 0.9;
/// The weight of a caller's vectors, and the cosine that changes no score: about that
/// of pairs at the threshold.
const VECTORS: f64 = 0.2;
const USUAL_COSINE: f64 = 0.65;
/// The same for those of a table of words.
const TABLE: f64 = 0.1;
const USUAL_OF_TABLE: f64 = 0.6;
/// The most that both add to a score, as a multiple of that of the words.
pub(super) const LIFT: f64 = 0.5;
/// The most that both take off a score, as a part of it.
const FALL: f64 = 0.5;
/// How fast a topic counts less than the best one of its statement.
const SHARP: f64 = 12.0;
/// The least part of a profile, and how many are kept.
const LEAST: f64 = 0.01;
const KEPT: usize = 16;
/// How many vectors of length 0 are added before their mean is taken, so that a
/// small map has almost none.
const UNSEEN: f64 = 100.0;

/// Vectors and profiles of topics, one for each wording that has any.
#[derive(Debug, Default)]
pub(super) struct Sense<'m> {
    pub(super) meaning: Option<Meaning<'m>>,
    dimensions: usize,
    /// One after the other, each of length 1.
    values: Vec<f32>,
    /// The number of each statement's vector.
    vector_of: Vec<Option<u32>>,
    /// By topic, each of length 1 or empty; none if there are no topics.
    profiles: Vec<Vec<(u32, f64)>>,
}

/// What vectors and topics add to a score; below 0 if they are less alike than
/// usual.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lift {
    pub(super) vectors: f64,
    pub(super) topics: f64,
}

impl Lift {
    pub(super) fn sum(self) -> f64 {
        self.vectors + self.topics
    }

    /// Both in proportion, so that they add up to at most `most`.
    fn at_most(self, most: f64) -> Lift {
        let sum = self.sum();
        if sum <= most { self } else { self.scaled(most / sum) }
    }

    /// Both in proportion, so that they add up to at least `least`, which is not above
    /// 0.
    fn at_least(self, least: f64) -> Lift {
        let sum = self.sum();
        if sum >= least { self } else { self.scaled(least / sum) }
    }

    fn scaled(self, by: f64) -> Lift {
        Lift { vectors: self.vectors * by, topics: self.topics * by }
    }

    /// Its parts that are not 0, each with the term of its share.
    pub(super) fn parts(self, of_table: bool) -> impl Iterator<Item = (&'static str, f64)> {
        let vectors = if of_table { "(meaning)" } else { "(vectors)" };
        [(vectors, self.vectors), ("(topics)", self.topics)].into_iter().filter(|(_, share)| *share != 0.0)
    }
}

impl<'m> Sense<'m> {
    /// Vectors of statements in the order of their codes. `speakers` maps each
    /// statement of the map to the one that represents its wording: all of a wording
    /// have the first vector that one of them has. The mean of all is taken off.
    pub(super) fn learn_vectors(&mut self, meaning: Meaning<'m>, by_code: &[Statement<'_>], speakers: &[u32]) {
        self.meaning = Some(meaning);
        self.values = Vec::new();
        self.vector_of = vec![None; speakers.len()];
        let mut sums: Vec<f64> = Vec::new();
        let mut known = 0_u32;
        for statement in by_code {
            let speaker = speakers[statement.index().index()] as usize;
            if self.vector_of[speaker].is_some() {
                continue;
            }
            let Some(vector) = meaning.statement(*statement) else { continue };
            if sums.is_empty() {
                sums = vec![0.0; vector.values().len()];
            }
            if vector.values().len() == sums.len() {
                sums.iter_mut().zip(vector.values()).for_each(|(sum, &value)| *sum += f64::from(value));
                self.values.extend(vector.values());
                self.vector_of[speaker] = Some(known);
                known += 1;
            }
        }
        self.dimensions = sums.len();
        sums.iter_mut().for_each(|sum| *sum /= f64::from(known) + UNSEEN);
        for vector in self.values.chunks_exact_mut(sums.len().max(1)) {
            let rest: Vec<f64> = vector.iter().zip(&sums).map(|(&value, mean)| f64::from(value) - mean).collect();
            let length = rest.iter().map(|value| value * value).sum::<f64>().sqrt();
            // one that is the mean itself is like none
            let scale = if length > 1e-6 { 1.0 / length } else { 0.0 };
            vector.iter_mut().zip(rest).for_each(|(value, rest)| *value = (rest * scale) as f32);
        }
        for (statement, &speaker) in speakers.iter().enumerate() {
            self.vector_of[statement] = self.vector_of[speaker as usize];
        }
    }

    /// Profiles from how much speaks for each topic of each statement. All of a wording
    /// have that of the statement that represents it, if it has one.
    pub(super) fn learn_topics(&mut self, scores: &[Vec<(u32, f64)>], speakers: &[u32]) {
        let of = |speaker: &u32| scores.get(*speaker as usize).map_or_else(Vec::new, |list| profile(list));
        self.profiles = speakers.iter().map(of).collect();
    }

    /// Whether no score depends on it.
    pub(super) fn is_empty(&self) -> bool {
        self.vector_of.is_empty() && self.profiles.is_empty()
    }

    fn vector(&self, statement: StatementIndex) -> Option<&[f32]> {
        let row = self.vector_of.get(statement.index()).copied().flatten()? as usize;
        self.values.get(row * self.dimensions..(row + 1) * self.dimensions)
    }

    fn cosine(&self, a: StatementIndex, b: StatementIndex) -> Option<f64> {
        let (a, b) = (self.vector(a)?, self.vector(b)?);
        Some(a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum())
    }

    /// How much the topics of two statements agree, from 0 to 1; `None` if one has
    /// none.
    fn agreement(&self, a: StatementIndex, b: StatementIndex) -> Option<f64> {
        let of = |s: StatementIndex| self.profiles.get(s.index()).filter(|profile| !profile.is_empty());
        let (one, other) = (of(a)?, of(b)?);
        let mut others = other.iter().peekable();
        let mut sum = 0.0;
        for (topic, value) in one {
            while others.next_if(|(other, _)| other < topic).is_some() {}
            if let Some((_, its)) = others.next_if(|(other, _)| other == topic) {
                sum += value * its;
            }
        }
        Some(sum)
    }

    /// What they add to the score of two statements, given that of their words and the
    /// score without them; 0 where nothing is known of one of them.
    pub(super) fn lift(&self, a: StatementIndex, b: StatementIndex, words: f64, score: f64) -> Lift {
        if self.is_empty() {
            return Lift::default();
        }
        let (weight, usual) = if self.is_of_table() { (TABLE, USUAL_OF_TABLE) } else { (VECTORS, USUAL_COSINE) };
        let vectors = self.cosine(a, b).map_or(0.0, |cosine| weight * (cosine - usual));
        let topics = self.agreement(a, b).map_or(0.0, |agreement| TOPICS * (agreement - USUAL_TOPICS));
        Lift { vectors, topics }.at_most((LIFT * words).min(1.0 - score)).at_least(-FALL * score)
    }

    /// Whether the vectors are those of a table of words.
    pub(super) fn is_of_table(&self) -> bool {
        matches!(self.meaning, Some(Meaning::Table(_)))
    }
}

/// The topics of a statement, weighed by how near each is to the best, of length 1.
fn profile(scores: &[(u32, f64)]) -> Vec<(u32, f64)> {
    let mut scores: Vec<(u32, f64)> = scores.iter().copied().filter(|(_, score)| score.is_finite()).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let Some(&(_, best)) = scores.first() else { return Vec::new() };
    let near = |&(topic, score): &(u32, f64)| (topic, libm::exp(SHARP * (score - best)));
    let mut parts: Vec<(u32, f64)> = scores.iter().take(KEPT).map(near).filter(|(_, part)| *part >= LEAST).collect();
    parts.sort_unstable_by_key(|(topic, _)| *topic);
    // of a topic that was given twice, the first
    parts.dedup_by_key(|(topic, _)| *topic);
    let length = parts.iter().map(|(_, part)| part * part).sum::<f64>().sqrt();
    parts.iter_mut().for_each(|(_, part)| *part /= length);
    parts
}
