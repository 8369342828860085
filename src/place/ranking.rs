//! The best of many scores.

/// The number of suggestions that a verdict considers.
pub(super) const LOOKED_AT: usize = 8;

/// The numbers of the `k` highest scores, the highest first (ties: the lowest
/// number), in reusable memory.
pub(super) fn best<'o>(scores: &[f64], k: usize, order: &'o mut Vec<usize>) -> &'o [usize] {
    let higher = |a: &usize, b: &usize| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b));
    order.clear();
    order.extend(0..scores.len());
    if k < order.len() {
        order.select_nth_unstable_by(k, higher);
        order.truncate(k);
    }
    order.sort_unstable_by(higher);
    order
}
