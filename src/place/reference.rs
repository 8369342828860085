//! Every branch for every term, one by one: the oracle of [`Placer`].

use super::features::Vector;
use super::model::Model;
use super::{NewOccupation, Placement, Placer};

/// What [`Placer::suggest`] gives, to the bit, without its index.
///
/// # Complexity
///
/// `O(t c log c)` for `t` terms and `c` clusters, all of them.
pub fn suggest(placer: &Placer, occupation: &NewOccupation, k: usize) -> Placement {
    placer.by_every_branch(occupation, k)
}

pub(super) fn products(model: &Model, vector: &Vector) -> Vec<f64> {
    let product = |sum: usize| {
        let mut product = 0.0;
        for &(term, value) in vector {
            let list = &model.postings[term as usize];
            if let Some((_, weight)) = list.iter().find(|(other, _)| *other as usize == sum) {
                product += value * f64::from(*weight);
            }
        }
        product
    };
    (0..model.sums()).map(product).collect()
}
