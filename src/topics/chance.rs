//! The chance that units drawn at random share a topic.

/// Returns the chance that `least` or more of `drawn` are among the `marked` of
/// `all` (hypergeometric). Numbers above `all` count as `all`.
///
/// The terms are multiples of the largest one, each made from its neighbour by
/// multiplication and division alone. So nothing overflows, and every platform
/// computes the same bits.
///
/// # Complexity
///
/// `O(min(marked, drawn))`.
pub(crate) fn at_least(all: usize, marked: usize, drawn: usize, least: usize) -> f64 {
    let (marked, drawn) = (marked.min(all), drawn.min(all));
    let others = all - marked;
    let (lowest, highest) = (drawn.saturating_sub(others), marked.min(drawn));
    if least <= lowest {
        return 1.0;
    }
    if least > highest {
        return 0.0;
    }
    // the term of i + 1 as a multiple of that of i:
    // C(K, i + 1) C(M - K, n - i - 1) / (C(K, i) C(M - K, n - i))
    let ratio = |i: usize| {
        let up = (marked - i) as f64 * (drawn - i) as f64;
        up / ((i + 1) as f64 * (others + i + 1 - drawn) as f64)
    };
    let mode = (drawn as u128 + 1) * (marked as u128 + 1) / (all as u128 + 2);
    let mode = usize::try_from(mode).unwrap_or(highest).clamp(lowest, highest);
    let (mut below, mut tail) = (0.0, 0.0);
    let mut add = |i: usize, term: f64| if i < least { below += term } else { tail += term };
    let mut term = 1.0;
    add(mode, term);
    for i in mode..highest {
        term *= ratio(i);
        add(i + 1, term);
    }
    term = 1.0;
    for i in (lowest..mode).rev() {
        term /= ratio(i);
        add(i, term);
    }
    tail / (below + tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, in whole numbers.
    fn exact(all: u32, marked: u32, drawn: u32, least: u32) -> f64 {
        let choose = |n: u32, k: u32| (0..k).fold(1_u128, |c, i| c * u128::from(n - i) / u128::from(i + 1));
        let ways =
            |i: u32| if drawn - i > all - marked { 0 } else { choose(marked, i) * choose(all - marked, drawn - i) };
        let good: u128 = (least..=drawn.min(marked)).map(ways).sum();
        good as f64 / choose(all, drawn) as f64
    }

    proptest! {
        #[test]
        fn equals_the_definition(all in 1_u32..60, marked in 0_u32..60, drawn in 0_u32..20, least in 0_u32..20) {
            let (marked, drawn) = (marked.min(all), drawn.min(all));
            let (fast, slow) =
                (at_least(all as usize, marked as usize, drawn as usize, least as usize), exact(all, marked, drawn, least));
            prop_assert!((fast - slow).abs() < 1e-12, "{fast} {slow}");
        }
    }

    #[test]
    fn large_numbers_neither_overflow_nor_vanish() {
        let half = at_least(1_000_001, 500_000, 1_001, 501);
        assert!((half - 0.5).abs() < 1e-4, "{half}");
        let sure = [at_least(39, 39, 4, 4), at_least(39, 3, 4, 4), at_least(0, 0, 4, 1)];
        assert_eq!(sure.map(f64::to_bits), [1.0_f64, 0.0, 0.0].map(f64::to_bits));
    }
}
