//! Examines every branch for every term, one by one: the oracle of [`Placer`].

use super::model::{MEANING, Model, Parts};
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

/// The parts of every cluster's score.
pub(super) fn parts(model: &Model, profile: &Profile, band: Option<usize>) -> Vec<Parts> {
    let products = [0, 1].map(|i| of_side(&model.sides[i], profile.sides()[i]));
    let one = |c: usize| {
        let telling = Model::telling_share(with(&model.telling.values, &profile.words, c, 0.0));
        let mut parts = Parts { telling, ..Parts::default() };
        for (side, products) in model.sides.iter().zip(&products) {
            let likeness = side.likeness(c, products, None);
            parts.cluster += likeness.cluster;
            parts.above += likeness.pathway + likeness.route;
        }
        let meaning = model.sides[MEANING].likeness_by_direction(c, &profile.meaning);
        parts.cluster += meaning.cluster;
        parts.above += meaning.pathway + meaning.route;
        parts.band = band.map_or(0.0, |band| model.band_share(c, band));
        parts
    };
    (0..model.clusters.len()).map(one).collect()
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
