//! Axes: the position of a value, and the values at ticks.

/// The largest value; larger ones are drawn here.
const FARTHEST: f64 = 1e100;

/// A scale whose ends are round numbers.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    /// The power of ten of the step between ticks.
    exponent: i32,
    pub(super) ticks: Vec<f64>,
}

impl Axis {
    /// The scale that holds both values, with about `most` steps.
    pub(super) fn over(low: f64, high: f64, most: usize) -> Self {
        let (low, high) = (tamed(low), tamed(high));
        let (mut low, mut high) = (low.min(high), low.max(high));
        // a span too small to be divided is widened
        if high - low <= low.abs().max(high.abs()) * 1e-9 {
            let pad = if low == 0.0 { 0.5 } else { low.abs() * 0.1 };
            (low, high) = (low - pad, high + pad);
        }
        let raw = (high - low) / most.max(1) as f64;
        // by way of text: the same on every machine
        let exponent: i32 = format!("{raw:e}").split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
        let power: f64 = format!("1e{exponent}").parse().unwrap_or(1.0);
        let step = [1.0, 2.0, 5.0].into_iter().find(|unit| unit * power >= raw * 0.999).unwrap_or(10.0) * power;
        let first = (low / step + 1e-9).floor();
        let steps = ((high / step - 1e-9).ceil() - first).clamp(1.0, 50.0);
        let counted = (0..=50).map(f64::from).take_while(|&k| k <= steps);
        let ticks: Vec<f64> = counted.map(|k| (first + k) * step).collect();
        let exponent = if step >= power * 9.9 { exponent + 1 } else { exponent };
        Axis { low: ticks[0], high: ticks[ticks.len() - 1], exponent, ticks }
    }

    /// The scale of the finite values; 0 to 1 if there are none.
    pub(super) fn of(values: impl Iterator<Item = f64>, most: usize) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low <= high { Axis::over(low, high, most) } else { Axis::over(0.0, 1.0, most) }
    }

    /// The position of a finite value between two positions.
    pub(super) fn at(&self, value: f64, from: f64, to: f64) -> f64 {
        let share = ((tamed(value) - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        from + share * (to - from)
    }

    /// The figure at a tick.
    pub(super) fn label(&self, tick: f64) -> String {
        if tick == 0.0 {
            return "0".to_owned();
        }
        if self.exponent < -4 || tick.abs() >= 1e7 {
            let text = format!("{tick:.2e}");
            let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            return format!("{}e{exponent}", digits.trim_end_matches('0').trim_end_matches('.'));
        }
        let decimals = usize::try_from(-self.exponent).unwrap_or(0);
        format!("{tick:.decimals$}").replace('-', "\u{2212}")
    }
}

fn tamed(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(-FARTHEST, FARTHEST) }
}

#[cfg(test)]
mod tests {
    use super::Axis;

    fn labels(low: f64, high: f64) -> Vec<String> {
        let axis = Axis::over(low, high, 4);
        axis.ticks.iter().map(|&tick| axis.label(tick)).collect()
    }

    #[test]
    fn figures_are_round() {
        assert_eq!(labels(0.0, 1.0), ["0", "0.5", "1.0"]);
        assert_eq!(labels(0.0, 0.8), ["0", "0.2", "0.4", "0.6", "0.8"]);
        assert_eq!(labels(3.0, 97.0), ["0", "50", "100"]);
        assert_eq!(labels(-1.0, 1.0), ["\u{2212}1.0", "\u{2212}0.5", "0", "0.5", "1.0"]);
        assert_eq!(labels(0.0, 2e-7), ["0", "5e-8", "1e-7", "1.5e-7", "2e-7"]);
    }

    #[test]
    fn any_two_values_make_a_scale() {
        let values = [0.0, 1.0, -1.0, 1e-300, 1e300, f64::MAX, f64::MIN, f64::NAN, f64::INFINITY, 1e15, 1e15 + 0.25];
        for low in values {
            for high in values {
                let axis = Axis::over(low, high, 5);
                assert!(axis.ticks.len() >= 2 && axis.ticks.len() <= 20, "{low} {high} {:?}", axis.ticks);
                assert!(axis.ticks.windows(2).all(|pair| pair[0] < pair[1]), "{low} {high} {:?}", axis.ticks);
                for value in [low, high] {
                    assert!((10.0..=20.0).contains(&axis.at(value, 10.0, 20.0)), "{low} {high}");
                }
            }
        }
    }
}
