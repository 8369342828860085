//! Examines every branch for every term, one by one: the oracle of [`Placer`].

use super::model::Model;
use super::postings::Postings;
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

pub(super) fn products(model: &Model, vector: &Vector) -> Vec<f64> {
    let n = model.clusters.len();
    let with = |postings: &Postings, cluster: usize, mut product: f64| {
        for &(term, value) in vector {
            if let Some((_, weight)) = postings.of(term).iter().find(|(other, _)| *other as usize == cluster) {
                product += f64::from(value) * f64::from(*weight);
            }
        }
        product
    };
    let plain: Vec<f64> = (0..n).map(|c| with(&model.occupations, c, 0.0)).collect();
    let mut products: Vec<f64> = (0..n).map(|c| with(&model.of_names, c, plain[c])).collect();
    for clusters in [products.clone(), plain] {
        let sums = |place: fn(&super::model::Node) -> usize, branches: usize| {
            let of = move |branch| (0..n).filter(move |&c| place(&model.clusters[c]) == branch);
            (0..branches).map(move |branch| of(branch)).collect::<Vec<_>>()
        };
        for of in sums(|node| node.pathway, model.pathways.len())
            .into_iter()
            .chain(sums(|node| node.route, model.routes.len()))
        {
            products.push(of.map(|c| clusters[c]).sum());
        }
    }
    products
}
