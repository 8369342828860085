//! From scores to confidence.

use serde::{Deserialize, Serialize};

use super::profile::Length;
use super::ranking::best;

/// The certainty of a suggestion, learnt from leaving out known occupations and
/// placing them again, by how much is known.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Calibration {
    by_length: [Curve; 3],
}

/// The certainty of a suggestion for accounts of one length.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Curve {
    temperature: f64,
    /// The line over the log odds.
    line: (f64, f64),
}

/// The number of suggestions of each question to learn from.
const FIRST: usize = 5;

impl Default for Curve {
    fn default() -> Self {
        Curve { temperature: 0.08, line: (0.0, 1.0) }
    }
}

/// The number of questions from which a length has a curve of its own.
const ENOUGH: usize = 30;

impl Calibration {
    /// Learns from questions by length: the scores of all clusters, and the index of
    /// the right one. A length with few questions has the curve of the length with
    /// most.
    pub(super) fn learn(questions: &[Vec<(Vec<f64>, usize)>; 3]) -> Self {
        let most = questions.iter().rev().max_by_key(|of| of.len()).map_or_else(Curve::default, |of| Curve::learn(of));
        Calibration {
            by_length: questions.each_ref().map(|of| if of.len() < ENOUGH { most } else { Curve::learn(of) }),
        }
    }

    /// Whether its numbers are valid.
    #[cfg(feature = "index")]
    pub(super) fn is_sound(&self) -> bool {
        self.by_length.iter().all(Curve::is_sound)
    }

    /// The confidence in the clusters `of`, from 0 to 1, given the scores of all for
    /// an account of that length.
    pub(super) fn confidence(&self, scores: &[f64], of: &[usize], length: Length) -> Vec<f64> {
        self.by_length[length as usize].confidence(scores, of)
    }
}

impl Curve {
    fn learn(questions: &[(Vec<f64>, usize)]) -> Self {
        if questions.is_empty() {
            return Curve::default();
        }
        let loss = |temperature: f64| -> f64 {
            questions.iter().map(|(scores, right)| softmax(scores, temperature).loss(scores[*right])).sum()
        };
        let temperature = lowest(loss);
        let mut answers: Vec<(f64, bool)> = Vec::new();
        let mut order = Vec::new();
        for (scores, right) in questions {
            let softmax = softmax(scores, temperature);
            let first = best(scores, FIRST, &mut order);
            answers.extend(first.iter().map(|&c| (log_odds(softmax.share(scores[c])), c == *right)));
        }
        Curve { temperature, line: line(&answers) }
    }

    #[cfg(feature = "index")]
    fn is_sound(&self) -> bool {
        self.temperature > 0.0 && self.temperature.is_finite() && self.line.0.is_finite() && self.line.1.is_finite()
    }

    fn confidence(&self, scores: &[f64], of: &[usize]) -> Vec<f64> {
        let (a, b) = self.line;
        let softmax = softmax(scores, self.temperature);
        of.iter().map(|&c| sigmoid(a + b * log_odds(softmax.share(scores[c])))).collect()
    }
}

/// The temperature with the lowest loss, among forty. The loss is convex in the
/// inverse of the temperature, so bisection finds it.
fn lowest(loss: impl Fn(f64) -> f64) -> f64 {
    let temperature = |i: i32| 0.015 * 1.1_f64.powi(i);
    let (mut from, mut to) = (0, 39);
    while from < to {
        let middle = i32::midpoint(from, to);
        if loss(temperature(middle)) <= loss(temperature(middle + 1)) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    temperature(from)
}

struct Softmax {
    temperature: f64,
    most: f64,
    sum: f64,
}

fn softmax(scores: &[f64], temperature: f64) -> Softmax {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum = scores.iter().map(|score| ((score - most) / temperature).exp()).sum();
    Softmax { temperature, most, sum }
}

impl Softmax {
    fn share(&self, score: f64) -> f64 {
        ((score - self.most) / self.temperature).exp() / self.sum
    }

    fn loss(&self, right: f64) -> f64 {
        self.sum.ln() - (right - self.most) / self.temperature
    }
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    (share / (1.0 - share)).ln()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The logistic line through the answers, by Newton's method, regularised
/// towards (0, 1).
fn line(answers: &[(f64, bool)]) -> (f64, f64) {
    let pull = 0.001 * answers.len() as f64;
    let (mut a, mut b) = (0.0, 1.0);
    for _ in 0..25 {
        let (mut ga, mut gb) = (pull * a, pull * (b - 1.0));
        let (mut haa, mut hab, mut hbb) = (pull, 0.0, pull);
        for &(x, right) in answers {
            let p = sigmoid(a + b * x);
            let (miss, slope) = (p - f64::from(u8::from(right)), p * (1.0 - p));
            ga += miss;
            gb += miss * x;
            haa += slope;
            hab += slope * x;
            hbb += slope * x * x;
        }
        let determinant = haa * hbb - hab * hab;
        if determinant <= 1e-12 {
            break;
        }
        a -= (hbb * ga - hab * gb) / determinant;
        b -= (haa * gb - hab * ga) / determinant;
    }
    // a higher score must never be less certain
    (a, b.max(0.05))
}
