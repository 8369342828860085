//! From occupations to the sums of their clusters, and from those to the
//! lengths that scores are made with.

use itertools::Itertools as _;
use serde::{Deserialize, Serialize};

use super::model::{Branch, Model, NAME, Node};
use super::postings::Postings;
use super::vector::{Vector, square};

/// An occupation of the map.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) cluster: usize,
    pub(super) band: usize,
    /// The length of its vector.
    pub(super) length: f64,
    pub(super) vector: Vector,
}

impl Model {
    /// The model of occupations by cluster, with the pathway and route of each
    /// cluster and the vector of its name.
    pub(super) fn new(
        places: &[(usize, usize)],
        names: Vec<Vector>,
        members: &[Member],
        by_cluster: &[Vec<usize>],
        terms: usize,
    ) -> Self {
        let branches = |of: fn(&(usize, usize)) -> usize| {
            vec![Branch::default(); places.iter().map(of).max().map_or(0, |most| most + 1)]
        };
        let weighted = |name: Vector| name.into_iter().map(|(term, v)| (term, v * NAME as f32)).collect();
        let mut model = Model {
            clusters: places.iter().map(|&(pathway, route)| Node { pathway, route, ..Node::default() }).collect(),
            pathways: branches(|place| place.0),
            routes: branches(|place| place.1),
            names: names.into_iter().map(weighted).collect(),
            ..Model::default()
        };
        let mut dense = vec![0.0; terms];
        let sums: Vec<Vector> = by_cluster.iter().map(|of| sum(members, of, &mut dense)).collect();
        model.occupations = Postings::new(terms, &sums);
        model.of_names = Postings::new(terms, &model.names);
        model.count_bands(members);
        for route in 0..model.routes.len() {
            let own = model.of_route(route);
            model.measure(&own, &own.iter().map(|&c| &sums[c]).collect::<Vec<_>>(), &mut dense);
        }
        model
    }

    /// Takes in that an occupation with these terms came to a cluster or left
    /// it: sums and lengths of its route anew, exactly as if built so.
    pub(super) fn update(
        &mut self,
        cluster: usize,
        changed: &Vector,
        members: &[Member],
        by_cluster: &[Vec<usize>],
        terms: usize,
    ) {
        let mut dense = vec![0.0; terms];
        let own = self.of_route(self.clusters[cluster].route);
        let sums: Vec<Vector> = own.iter().map(|&c| sum(members, &by_cluster[c], &mut dense)).collect();
        if let Some(place) = own.iter().position(|&c| c == cluster) {
            for (term, _) in changed {
                let value = sums[place].binary_search_by_key(term, |(t, _)| *t).ok().map(|i| sums[place][i].1);
                self.occupations.set(*term, cluster as u32, value);
            }
        }
        self.count_bands(members);
        self.measure(&own, &sums.iter().collect::<Vec<_>>(), &mut dense);
    }

    /// The clusters of a route.
    fn of_route(&self, route: usize) -> Vec<usize> {
        (0..self.clusters.len()).filter(|&c| self.clusters[c].route == route).collect()
    }

    /// Measures the clusters of a route, given the sums of their occupations.
    fn measure(&mut self, own: &[usize], sums: &[&Vector], dense: &mut [f64]) {
        let whole: Vec<Vector> = own.iter().zip(sums).map(|(&c, sum)| added(sum, &self.names[c])).collect();
        let whole: Vec<&Vector> = whole.iter().collect();
        let counts: Vec<f64> = own.iter().map(|&c| self.clusters[c].bands.iter().sum::<f64>() + NAME).collect();
        let with_route = products_with_sum(&whole, dense);
        let plain = products_with_sum(sums, dense);
        let mut pathways: Vec<usize> = own.iter().map(|&c| self.clusters[c].pathway).collect();
        if let Some(&first) = own.first() {
            self.routes[self.clusters[first].route] = Branch {
                count: counts.iter().sum(),
                products: [with_route.iter().sum(), 0.0],
                plain: plain.iter().sum(),
            };
        }
        pathways.sort_unstable();
        pathways.dedup();
        for pathway in pathways {
            let of: Vec<usize> = (0..own.len()).filter(|&i| self.clusters[own[i]].pathway == pathway).collect();
            let with_pathway = products_with_sum(&of.iter().map(|&i| whole[i]).collect::<Vec<_>>(), dense);
            let plain = products_with_sum(&of.iter().map(|&i| sums[i]).collect::<Vec<_>>(), dense);
            self.pathways[pathway] = Branch {
                count: of.iter().map(|&i| counts[i]).sum(),
                products: [with_pathway.iter().sum(), of.iter().map(|&i| with_route[i]).sum()],
                plain: plain.iter().sum(),
            };
            for (&i, with_pathway) in of.iter().zip(with_pathway) {
                let node = &mut self.clusters[own[i]];
                node.products = [square(whole[i]), with_pathway, with_route[i]];
            }
        }
        for &c in own {
            self.clusters[c].direction = self.direction(c, None);
        }
    }

    fn count_bands(&mut self, members: &[Member]) {
        self.clusters.iter_mut().for_each(|node| node.bands = [0.0; 3]);
        self.bands = [0.0; 3];
        for member in members {
            self.clusters[member.cluster].bands[member.band] += 1.0;
            self.bands[member.band] += 1.0;
        }
    }
}

/// The sum of some occupations' vectors, added up in their order.
fn sum(members: &[Member], some: &[usize], dense: &mut [f64]) -> Vector {
    let mut terms: Vec<u32> = Vec::new();
    for (term, value) in some.iter().flat_map(|&m| &members[m].vector) {
        if dense[*term as usize] <= 0.0 {
            terms.push(*term);
        }
        dense[*term as usize] += f64::from(*value);
    }
    terms.sort_unstable();
    terms.into_iter().map(|term| (term, std::mem::take(&mut dense[term as usize]) as f32)).collect()
}

/// The sum of two vectors.
fn added(a: &Vector, b: &Vector) -> Vector {
    let both = a.iter().copied().merge_join_by(b.iter().copied(), |x, y| x.0.cmp(&y.0));
    both.map(|entry| entry.reduce(|x, y| (x.0, x.1 + y.1))).collect()
}

/// The product of each vector with the sum of all; `dense` is zero before and
/// after.
fn products_with_sum(vectors: &[&Vector], dense: &mut [f64]) -> Vec<f64> {
    for (term, value) in vectors.iter().copied().flatten() {
        dense[*term as usize] += f64::from(*value);
    }
    let product = |vector: &&Vector| vector.iter().map(|(term, v)| f64::from(*v) * dense[*term as usize]).sum();
    let products = vectors.iter().map(product).collect();
    vectors.iter().copied().flatten().for_each(|(term, _)| dense[*term as usize] = 0.0);
    products
}
