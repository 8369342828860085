//! The best of many scores.

/// The number of suggestions that a verdict considers.
pub(super) const LOOKED_AT: usize = 8;

/// The numbers of the `k` highest scores, the highest first (ties: the lowest
/// number), in reusable memory.
pub(super) fn best<'o>(scores: &[f64], k: usize, order: &'o mut Vec<usize>) -> &'o [usize] {
    let higher = |a: &usize, b: &usize| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b));
    order.clear();
    if k >= scores.len() {
        order.extend(0..scores.len());
        order.sort_unstable_by(higher);
        return order;
    }
    for (c, score) in scores.iter().enumerate() {
        // what ties comes later
        if order.len() == k && order.last().is_some_and(|&last| score.total_cmp(&scores[last]).is_le()) {
            continue;
        }
        order.truncate(k.saturating_sub(1));
        order.push(c);
        let mut place = order.len() - 1;
        while place > 0 && score.total_cmp(&scores[order[place - 1]]).is_gt() {
            order[place] = order[place - 1];
            place -= 1;
        }
        order[place] = c;
    }
    order.truncate(k);
    order
}

/// The `k` first of a list by an order, without sorting all of it.
pub(super) fn largest<T: Copy>(list: &[T], k: usize, order: impl Fn(&T, &T) -> std::cmp::Ordering) -> Vec<T> {
    if k >= list.len() {
        return list.to_vec();
    }
    let mut found: Vec<T> = Vec::with_capacity(k + 1);
    for item in list {
        if found.len() < k || found.last().is_some_and(|last| order(item, last).is_lt()) {
            let place = found.partition_point(|other| order(other, item).is_le());
            found.insert(place, *item);
            found.truncate(k);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_many_are_those_of_a_sort() {
        let scores: Vec<f64> = (0..60_u32).map(|i| f64::from(i * 37 % 23)).collect();
        let all = best(&scores, 60, &mut Vec::new()).to_vec();
        for k in 1..60 {
            assert_eq!(best(&scores, k, &mut Vec::new()), &all[..k]);
        }
        assert!(all.is_sorted_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)).is_lt()));
    }

    #[test]
    fn the_first_of_many() {
        let order = |a: &u32, b: &u32| a.cmp(b);
        assert_eq!(largest(&[5, 3, 9, 1, 3, 7], 3, order), [1, 3, 3]);
        assert_eq!(largest(&[2, 1], 5, order), [2, 1]);
        assert_eq!(largest(&[2, 1], 0, order), [0; 0]);
    }
}
