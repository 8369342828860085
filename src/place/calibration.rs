//! From scores to confidence, and to whether an occupation is on the map at all.

use serde::{Deserialize, Serialize};

use super::profile::Length;
use crate::each::each;

/// How certain the first suggestion is, by how much an account says and whether it
/// has a level: learnt from leaving out known occupations and placing them again.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Calibration {
    curves: [Curve; KINDS],
}

/// Accounts of three lengths, with a level and without.
pub(super) const KINDS: usize = 6;

/// The kind of an account.
pub(super) fn kind(length: Length, has_level: bool) -> usize {
    2 * length as usize + usize::from(has_level)
}

/// What the scores of one question look like.
type Looks = [f64; 4];

/// What is learnt for accounts of one kind.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Curve {
    /// The weights of what the scores look like in the log odds that the first is
    /// right.
    right: Looks,
    /// The same for the log odds that a right cluster exists.
    on_map: Looks,
    /// The log odds below which an occupation counts as not on the map.
    least: f64,
}

/// A question whose answer is known.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// The scores of all clusters.
    pub(super) scores: Vec<f64>,
    /// The right cluster.
    pub(super) right: usize,
}

/// The difference between scores at which one cluster is `e` times as likely as
/// another. It was the likeliest (0.11 to 0.14) on every map and for every length.
const TEMPERATURE: f64 = 0.12;
/// How much a question without a right answer counts beside one that has one.
const ABSENT: f64 = 0.15;
/// One in this many of the map's own occupations counts as not on it.
const REFUSED: usize = 10;
/// The number of questions from which a kind has a curve of its own.
const ENOUGH: usize = 30;

impl Default for Curve {
    fn default() -> Self {
        Curve { right: START, on_map: [0.0; 4], least: f64::MIN }
    }
}

/// The log odds of the share itself.
const START: Looks = [0.0, 1.0, 0.0, 0.0];

impl Calibration {
    /// Learns from questions by kind, given the route of each cluster. A kind with few
    /// questions has the curve of the kind with most.
    pub(super) fn learn(questions: &[Vec<Question>; KINDS], routes: &[usize]) -> Self {
        let most = (0..KINDS).rev().max_by_key(|kind| questions[*kind].len()).unwrap_or(0);
        let is_enough = |kind: usize| questions[kind].len() >= ENOUGH || kind == most;
        let kinds: Vec<usize> = (0..KINDS).collect();
        let learnt =
            each(&kinds, 1, || (), |(), kind| is_enough(*kind).then(|| Curve::learn(&questions[*kind], routes)));
        let most = learnt[most].unwrap_or_default();
        Calibration { curves: std::array::from_fn(|kind| learnt[kind].unwrap_or(most)) }
    }

    /// Whether its numbers are valid.
    #[cfg(feature = "index")]
    pub(super) fn is_sound(&self) -> bool {
        let is_sound = |looks: &Looks| looks.iter().all(|weight| weight.is_finite());
        self.curves.iter().all(|curve| is_sound(&curve.right) && is_sound(&curve.on_map) && !curve.least.is_nan())
    }

    /// The confidence in every cluster, from 0 to 1, given the scores and routes of
    /// all; and whether they look as if the map had no right cluster. What the first
    /// leaves goes to the others by their shares; none has more than the first.
    pub(super) fn confidence(&self, scores: &[f64], routes: &[usize], kind: usize) -> (Vec<f64>, bool) {
        let Some(look) = Look::at(scores, routes, |_| true) else { return (vec![0.0; scores.len()], true) };
        let curve = &self.curves[kind];
        let first = sigmoid(weigh(&curve.right, &look.looks));
        let others = (1.0 - look.share).max(1e-12);
        let mut confidence = look.parts;
        confidence.iter_mut().for_each(|part| *part = ((1.0 - first) * (*part / look.sum) / others).min(first));
        confidence[look.first] = first;
        (confidence, weigh(&curve.on_map, &look.looks) < curve.least)
    }
}

impl Curve {
    fn learn(questions: &[Question], routes: &[usize]) -> Self {
        let looks = |question: &Question, is_in: &dyn Fn(usize) -> bool| Look::at(&question.scores, routes, is_in);
        let mut right: Vec<(Looks, bool, f64)> = Vec::new();
        let mut on_map: Vec<(Looks, bool, f64)> = Vec::new();
        for question in questions {
            let Some(look) = looks(question, &|_| true) else { continue };
            right.push((look.looks, look.first == question.right, 1.0));
            on_map.push((look.looks, true, 1.0));
            // the same, as if its route were not on the map
            let own = routes[question.right];
            if let Some(look) = looks(question, &|c| routes[c] != own) {
                right.push((look.looks, false, ABSENT));
                on_map.push((look.looks, false, 1.0));
            }
        }
        let mut curve = Curve { right: logistic(&right, START), on_map: logistic(&on_map, [0.0; 4]), least: f64::MIN };
        // a higher score must never be less certain
        curve.right[1] = curve.right[1].max(0.05);
        let here = on_map.iter().filter(|(_, is_here, _)| *is_here);
        let mut here: Vec<f64> = here.map(|(looks, ..)| weigh(&curve.on_map, looks)).collect();
        here.sort_by(f64::total_cmp);
        if here.len() < on_map.len() {
            curve.least = here.get(here.len() / REFUSED).copied().unwrap_or(f64::MIN);
        }
        curve
    }
}

/// The scores of one question, looked at.
struct Look {
    first: usize,
    /// The softmax of the scores at the first.
    share: f64,
    /// By cluster, what the softmax divides by its sum: 0 for one that is not in.
    parts: Vec<f64>,
    sum: f64,
    /// 1, the log odds of the first's share, those of its route's share, and how far
    /// it is above the mean of all, in standard deviations.
    looks: Looks,
}

impl Look {
    /// Returns `None` if no cluster is in.
    fn at(scores: &[f64], routes: &[usize], is_in: impl Fn(usize) -> bool) -> Option<Look> {
        let all = || scores.iter().copied().enumerate().filter(|(c, _)| is_in(*c));
        let (first, most) = all().reduce(|best, other| if other.1 > best.1 { other } else { best })?;
        let (mut sum, mut of_route) = (0.0, 0.0);
        let (mut n, mut total, mut squares) = (0.0, 0.0, 0.0);
        let mut parts = vec![0.0; scores.len()];
        for (c, score) in all() {
            let part = libm::exp((score - most) / TEMPERATURE);
            parts[c] = part;
            sum += part;
            of_route += if routes[c] == routes[first] { part } else { 0.0 };
            n += 1.0;
            total += score;
            squares += score * score;
        }
        let mean = total / n;
        let deviation = (squares / n - mean * mean).max(0.0).sqrt();
        let above = if deviation > 1e-9 { (most - mean) / deviation } else { 0.0 };
        let share = 1.0 / sum;
        let looks = [1.0, log_odds(share), log_odds(of_route / sum), above];
        Some(Look { first, share, parts, sum, looks })
    }
}

fn weigh(weights: &Looks, looks: &Looks) -> f64 {
    weights.iter().zip(looks).map(|(weight, look)| weight * look).sum()
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    libm::log(share / (1.0 - share))
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// The logistic regression of weighted answers, by Newton's method with steps that are
/// halved until they help, regularised towards the start.
fn logistic(answers: &[(Looks, bool, f64)], start: Looks) -> Looks {
    const STEPS: usize = 25;
    const HALVED: u32 = 20;
    let pull = 0.002 * answers.len() as f64;
    let loss = |weights: &Looks| -> f64 {
        let away: f64 = weights.iter().zip(start).map(|(own, start)| (own - start) * (own - start)).sum();
        let missed = |(looks, right, weight): &(Looks, bool, f64)| {
            let sum = weigh(weights, looks);
            let against = if *right { -sum } else { sum };
            // log(1 + e^x) without overflow
            weight * (against.max(0.0) + libm::log1p(libm::exp(-against.abs())))
        };
        pull * away / 2.0 + answers.iter().map(missed).sum::<f64>()
    };
    let mut weights = start;
    let mut best = loss(&weights);
    for _ in 0..STEPS {
        let mut slope: Looks = [0, 1, 2, 3].map(|i| pull * (weights[i] - start[i]));
        let mut bend = [[0.0; 4]; 4];
        for (i, row) in bend.iter_mut().enumerate() {
            row[i] = pull;
        }
        for (looks, right, weight) in answers {
            let p = sigmoid(weigh(&weights, looks));
            let (miss, curve) = (weight * (p - f64::from(u8::from(*right))), weight * p * (1.0 - p));
            for i in 0..4 {
                slope[i] += miss * looks[i];
                for j in 0..4 {
                    bend[i][j] += curve * looks[i] * looks[j];
                }
            }
        }
        let Some(step) = solve(bend, slope) else { break };
        // a whole step may lead away from answers that are nearly certain
        let shorter = (0..HALVED).map(|times| [0, 1, 2, 3].map(|i| weights[i] - step[i] / f64::from(1_u32 << times)));
        let mut shorter = shorter.map(|tried| (loss(&tried), tried));
        let Some((found, tried)) = shorter.find(|(tried, _)| *tried < best) else { break };
        (best, weights) = (found, tried);
        if step.iter().all(|step| step.abs() < 1e-9) {
            break;
        }
    }
    if weights.iter().all(|weight| weight.is_finite()) { weights } else { start }
}

/// Solves equations of a symmetric, positive matrix by elimination.
fn solve(mut matrix: [[f64; 4]; 4], mut right: Looks) -> Option<Looks> {
    for i in 0..4 {
        let pivot = matrix[i][i];
        if pivot <= 1e-12 || !pivot.is_finite() {
            return None;
        }
        for j in i + 1..4 {
            let factor = matrix[j][i] / pivot;
            let row = matrix[i];
            matrix[j].iter_mut().zip(row).for_each(|(other, own)| *other -= factor * own);
            right[j] -= factor * right[i];
        }
    }
    let mut found = [0.0; 4];
    for i in (0..4).rev() {
        let known: f64 = (i + 1..4).map(|j| matrix[i][j] * found[j]).sum();
        found[i] = (right[i] - known) / matrix[i][i];
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let matrix = [[4.0, 1.0, 0.0, 0.5], [1.0, 3.0, 0.2, 0.0], [0.0, 0.2, 2.0, 0.1], [0.5, 0.0, 0.1, 1.0]];
        let expected = [1.0, -2.0, 0.5, 3.0];
        let right = matrix.map(|row| row.iter().zip(expected).map(|(a, b)| a * b).sum());
        let found = solve(matrix, right).unwrap();
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        assert!(solve([[0.0; 4]; 4], [1.0; 4]).is_none());
    }

    /// Answers whose odds follow known weights give those weights back.
    #[test]
    fn weights_are_learnt() {
        let truth = [-1.0, 0.8, 0.0, 0.0];
        let answers = (-40..=40).flat_map(|x| {
            let looks = [1.0, f64::from(x) / 10.0, 0.0, 0.0];
            let p = sigmoid(weigh(&truth, &looks));
            [(looks, true, p * 10.0), (looks, false, (1.0 - p) * 10.0)]
        });
        let found = logistic(&answers.collect::<Vec<_>>(), START);
        assert!((found[0] + 1.0).abs() < 0.02 && (found[1] - 0.8).abs() < 0.02, "{found:?}");
    }

    /// Whole steps would lead ever farther away from these.
    #[test]
    fn steps_that_do_not_help_are_halved() {
        let groups =
            [([1.0, 6.0, -6.0, 3.0], false, 30), ([1.0, 6.0, 0.0, 4.0], true, 5), ([1.0, -2.0, 0.0, 2.0], false, 10)];
        let answers = groups.iter().flat_map(|(looks, right, times)| vec![(*looks, *right, 1.0); *times]);
        let found = logistic(&answers.collect::<Vec<_>>(), START);
        for (looks, right, _) in groups {
            assert_eq!(weigh(&found, &looks) > 0.0, right, "{found:?}");
        }
    }

    #[test]
    fn confidences_add_up_to_no_more_than_one() {
        let calibration = Calibration::default();
        let scores = [0.3, 0.9, 0.85, 0.1, 0.9];
        let (found, is_absent) = calibration.confidence(&scores, &[0, 0, 1, 1, 2], 0);
        assert!(found.iter().sum::<f64>() <= 1.0 + 1e-12 && found[1] >= found[4], "{found:?}");
        assert!(found[4] > found[2] && found[2] > found[0] && found[0] > found[3]);
        assert!(!is_absent);
        assert_eq!(calibration.confidence(&[], &[], 0), (Vec::new(), true));
    }
}
