//! From scores to confidence.

/// How sure to be of a suggestion, learnt from what was left out and asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calibration {
    temperature: f64,
    /// The line over the log odds.
    line: (f64, f64),
}

/// The suggestions of each question that are learnt from.
const FIRST: usize = 5;

impl Default for Calibration {
    fn default() -> Self {
        Calibration { temperature: 0.08, line: (0.0, 1.0) }
    }
}

impl Calibration {
    /// Learns from questions: the scores of all clusters, and the right one.
    pub(super) fn learn(questions: &[(Vec<f64>, usize)]) -> Self {
        if questions.is_empty() {
            return Calibration::default();
        }
        let loss = |temperature: f64| -> f64 {
            questions.iter().map(|(scores, right)| -shares(scores, temperature)[*right].max(1e-12).ln()).sum()
        };
        let temperatures = (0..40).map(|i| 0.015 * 1.1_f64.powi(i));
        let losses = temperatures.map(|t| (t, loss(t)));
        let temperature = losses.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0.08, |(t, _)| t);
        let mut answers: Vec<(f64, bool)> = Vec::new();
        for (scores, right) in questions {
            let shares = shares(scores, temperature);
            let mut order: Vec<usize> = (0..scores.len()).collect();
            order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
            answers.extend(order.iter().take(FIRST).map(|&c| (log_odds(shares[c]), c == *right)));
        }
        Calibration { temperature, line: line(&answers) }
    }

    /// The confidence in each cluster, from 0 to 1.
    pub(super) fn confidence(&self, scores: &[f64]) -> Vec<f64> {
        let (a, b) = self.line;
        shares(scores, self.temperature).into_iter().map(|share| sigmoid(a + b * log_odds(share))).collect()
    }
}

fn shares(scores: &[f64], temperature: f64) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.iter().map(|score| ((score - most) / temperature).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    (share / (1.0 - share)).ln()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The logistic line through answers, by Newton's steps, drawn towards (0, 1).
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
    // more must never be less sure
    (a, b.max(0.05))
}
