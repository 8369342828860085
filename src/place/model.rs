//! What clusters, pathways and routes are about: the sums of their
//! occupations' vectors, and how a vector is scored by them.

use super::features::Vector;

/// How much a cluster is drawn towards its pathway, and a pathway towards its
/// route, in occupations; and how much the cluster's own name counts.
const TO_PATHWAY: f64 = 1.0;
const TO_ROUTE: f64 = 2.0;
pub(super) const NAME: f64 = 1.5;
/// The share of the pathway's and the route's likeness in a score, and of the
/// band; and how many occupations the map's bands count in a cluster's.
const ABOVE: f64 = 0.25;
const BAND: f64 = 0.6;
const BANDS: f64 = 0.5;

/// A branch of the map: where its clusters' sums are drawn to.
#[derive(Clone, Debug, Default)]
pub(super) struct Branch {
    /// Its occupations, and its clusters' names by their weight.
    pub(super) count: f64,
}

/// A cluster, with its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) pathway: usize,
    pub(super) route: usize,
    /// Its occupations in each band.
    pub(super) bands: [f64; 3],
}

/// Sums of vectors by branch. With names: every cluster, pathway and route;
/// without: every pathway and route.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) clusters: Vec<Node>,
    pub(super) pathways: Vec<Branch>,
    pub(super) routes: Vec<Branch>,
    /// By term: the sums in which it stands. Sums are numbered: clusters,
    /// pathways, routes, then pathways and routes without names.
    pub(super) postings: Vec<Vec<(u32, f32)>>,
    /// Products of sums, for the lengths of what is made from them: a cluster's
    /// own, with its pathway's, with its route's.
    pub(super) of_clusters: Vec<[f64; 3]>,
    /// A pathway's own, with its route's, and its own without names.
    pub(super) of_pathways: Vec<[f64; 3]>,
    /// A route's own, and without names.
    pub(super) of_routes: Vec<[f64; 2]>,
    /// Occupations of each band on the map.
    pub(super) bands: [f64; 3],
}

/// An occupation of the map that is to be scored as if it were not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Without {
    pub(super) cluster: usize,
    pub(super) band: usize,
    /// The square of its length.
    pub(super) square: f64,
}

/// What a score of a cluster is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Parts {
    /// Likeness with the cluster, drawn towards its branches.
    pub(super) cluster: f64,
    /// Likeness with the pathway, as far as it counts.
    pub(super) pathway: f64,
    /// Likeness with the route, as far as it counts.
    pub(super) route: f64,
    /// The fit of the band, as far as it counts.
    pub(super) band: f64,
}

impl Parts {
    pub(super) fn score(self) -> f64 {
        self.cluster + self.pathway + self.route + self.band
    }
}

impl Model {
    /// How many sums there are.
    pub(super) fn sums(&self) -> usize {
        self.clusters.len() + 2 * (self.pathways.len() + self.routes.len())
    }

    /// The numbers of a cluster's sums: its own, its pathway's, its route's,
    /// and theirs without names.
    pub(super) fn numbers(&self, cluster: usize) -> [usize; 5] {
        let (c, p, r) = (self.clusters.len(), self.pathways.len(), self.routes.len());
        let node = &self.clusters[cluster];
        [cluster, c + node.pathway, c + p + node.route, c + p + r + node.pathway, c + p + r + p + node.route]
    }

    /// The products of a vector with every sum, by the index.
    pub(super) fn products(&self, vector: &Vector, products: &mut Vec<f64>) {
        products.clear();
        products.resize(self.sums(), 0.0);
        for &(term, value) in vector {
            for &(sum, weight) in &self.postings[term as usize] {
                products[sum as usize] += value * f64::from(weight);
            }
        }
    }

    /// What the sums weigh in a cluster's direction: those with names of its
    /// pathway and route beside its own; and the direction's length.
    fn direction(&self, cluster: usize, products: &[f64], without: Option<Without>) -> (f64, f64, f64) {
        let node = &self.clusters[cluster];
        let own = without.map(|w| (w, &self.clusters[w.cluster]));
        let (in_c, in_p, in_r) = (
            own.is_some_and(|(w, _)| w.cluster == cluster),
            own.is_some_and(|(_, other)| other.pathway == node.pathway),
            own.is_some_and(|(_, other)| other.route == node.route),
        );
        let one = |is_in: bool| f64::from(u8::from(is_in));
        let square = without.map_or(0.0, |w| w.square);
        let count_p = self.pathways[node.pathway].count - one(in_p);
        let count_r = self.routes[node.route].count - one(in_r);
        let to_pathway = TO_PATHWAY / (count_p + TO_ROUTE);
        let to_route = if count_r > 0.0 { to_pathway * TO_ROUTE / count_r } else { 0.0 };
        let [c, p, r, ..] = self.numbers(cluster);
        // a product of two sums without the occupation that is in one or both
        let product = |all: f64, a: (usize, bool), b: (usize, bool)| {
            let off = |x: (usize, bool), y: (usize, bool)| if y.1 { products[x.0] } else { 0.0 };
            all - off(a, b) - off(b, a) + if a.1 && b.1 { square } else { 0.0 }
        };
        let (c, p, r) = ((c, in_c), (p, in_p), (r, in_r));
        let [cc, cp, cr] = self.of_clusters[cluster];
        let [pp, pr, _] = self.of_pathways[node.pathway];
        let [rr, _] = self.of_routes[node.route];
        let length = product(cc, c, c)
            + 2.0 * to_pathway * product(cp, c, p)
            + 2.0 * to_route * product(cr, c, r)
            + to_pathway * to_pathway * product(pp, p, p)
            + 2.0 * to_pathway * to_route * product(pr, p, r)
            + to_route * to_route * product(rr, r, r);
        (to_pathway, to_route, length.max(0.0).sqrt())
    }

    /// The score of a vector with these products, by parts. `band` is the
    /// occupation's, where its level is known.
    pub(super) fn parts(
        &self,
        cluster: usize,
        products: &[f64],
        band: Option<usize>,
        without: Option<Without>,
    ) -> Parts {
        let node = &self.clusters[cluster];
        let own = without.map(|w| &self.clusters[w.cluster]);
        let square = without.map_or(0.0, |w| w.square);
        let less = |is_in: bool| if is_in { square } else { 0.0 };
        let (in_c, in_p, in_r) = (
            without.is_some_and(|w| w.cluster == cluster),
            own.is_some_and(|other| other.pathway == node.pathway),
            own.is_some_and(|other| other.route == node.route),
        );
        let [c, p, r, plain_p, plain_r] = self.numbers(cluster);
        let (to_pathway, to_route, length) = self.direction(cluster, products, without);
        let toward = (products[c] - less(in_c))
            + to_pathway * (products[p] - less(in_p))
            + to_route * (products[r] - less(in_r));
        let ratio = |product: f64, length: f64| if length > 1e-9 { (product / length).max(0.0) } else { 0.0 };
        let above = |sum: usize, is_in: bool, all: f64| {
            let length = if is_in { all - 2.0 * products[sum] + square } else { all };
            ABOVE * ratio(products[sum] - less(is_in), length.max(0.0).sqrt())
        };
        Parts {
            cluster: ratio(toward, length),
            pathway: above(plain_p, in_p, self.of_pathways[node.pathway][2]),
            route: above(plain_r, in_r, self.of_routes[node.route][1]),
            band: band.map_or(0.0, |band| BAND * self.band(cluster, band, without)),
        }
    }

    /// How likely the band is in the cluster.
    fn band(&self, cluster: usize, band: usize, without: Option<Without>) -> f64 {
        let count = |all: &[f64; 3], is_in: bool| {
            let off = |b: usize| without.filter(|w| is_in && w.band == b).map_or(0.0, |_| 1.0);
            [0, 1, 2].map(|b| all[b] - off(b))
        };
        let own = count(&self.clusters[cluster].bands, without.is_some_and(|w| w.cluster == cluster));
        let all = count(&self.bands, without.is_some());
        let prior = (all[band] + 1.0) / (all.iter().sum::<f64>() + 3.0);
        (own[band] + BANDS * prior) / (own.iter().sum::<f64>() + BANDS)
    }

    /// What each term of a vector adds to a cluster's score, without the band.
    pub(super) fn shares(&self, cluster: usize, vector: &Vector, products: &[f64]) -> Vec<(u32, f64)> {
        let node = &self.clusters[cluster];
        let (to_pathway, to_route, length) = self.direction(cluster, products, None);
        let lengths = [self.of_pathways[node.pathway][2].sqrt(), self.of_routes[node.route][1].sqrt()];
        let [c, p, r, plain_p, plain_r] = self.numbers(cluster);
        let part = |weight: f64, length: f64| if length > 1e-9 { weight / length } else { 0.0 };
        let factors = [
            (c, part(1.0, length)),
            (p, part(to_pathway, length)),
            (r, part(to_route, length)),
            (plain_p, part(ABOVE, lengths[0])),
            (plain_r, part(ABOVE, lengths[1])),
        ];
        let share = |&(term, value): &(u32, f64)| {
            let list = &self.postings[term as usize];
            let of = |(sum, factor): (usize, f64)| {
                let found = list.binary_search_by_key(&(sum as u32), |(s, _)| *s);
                found.map_or(0.0, |i| factor * f64::from(list[i].1))
            };
            (term, value * factors.map(of).iter().sum::<f64>())
        };
        vector.iter().map(share).filter(|(_, share)| *share > 0.0).collect()
    }
}
