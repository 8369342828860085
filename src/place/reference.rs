//! Examines every branch for every term, one by one: the oracle of [`Placer`].

use super::model::Model;
use super::postings::Postings;
use super::profile::Profile;
use super::side::Side;
use super::vector::Vector;
use super::{NewOccupation, Placement, Placer};

/// Returns the result of [`Placer::suggest`], to the bit, without the index.
///
/// # Complexity
///
/// `O(t c log c)` for `t` terms and all `c` clusters.
pub fn suggest(placer: &Placer, occupation: &NewOccupation, k: usize) -> Placement {
    placer.by_every_branch(occupation, k)
}

/// The products with the sums of each side, then the values of words.
pub(super) fn products(model: &Model, profile: &Profile) -> Vec<f64> {
    let sides = model.sides.iter().zip(profile.sides());
    let mut products: Vec<f64> = sides.flat_map(|(side, vector)| of_side(side, vector)).collect();
    products.extend((0..model.clusters.len()).map(|c| with(&model.telling.values, &profile.words, c, 0.0)));
    products
}

fn with(postings: &Postings, vector: &Vector, cluster: usize, mut product: f64) -> f64 {
    for &(term, value) in vector {
        if let Some((_, weight)) = postings.of(term).iter().find(|(other, _)| *other as usize == cluster) {
            product += f64::from(value) * f64::from(*weight);
        }
    }
    product
}

fn of_side(side: &Side, vector: &Vector) -> Vec<f64> {
    let n = side.nodes.len();
    let plain: Vec<f64> = (0..n).map(|c| with(&side.occupations, vector, c, 0.0)).collect();
    let mut products: Vec<f64> = (0..n).map(|c| with(&side.of_names, vector, c, plain[c])).collect();
    let [pathways, routes] = side.branches();
    for clusters in [products.clone(), plain] {
        let sum =
            |is_here: &dyn Fn(usize) -> bool| (0..n).filter(|&c| is_here(c)).fold(0.0, |sum, c| sum + clusters[c]);
        products.extend((0..pathways).map(|p| sum(&|c| side.nodes[c].pathway == p)));
        products.extend((0..routes).map(|r| sum(&|c| side.nodes[c].route == r)));
    }
    products
}
