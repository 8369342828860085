//! The model of clusters, pathways and routes: the sums of their occupations'
//! vectors, and how they score a vector.

use itertools::Itertools as _;

use super::member::Member;
use super::postings::Postings;
use super::vector::{Vector, square};

/// How far a cluster is shrunk towards its pathway, and a pathway towards its
/// route, in occupations; and the weight of the cluster's own name.
const TO_PATHWAY: f64 = 1.0;
const TO_ROUTE: f64 = 2.0;
pub(super) const NAME: f64 = 1.5;
/// The weights in a score of the pathway's and the route's similarity, and of
/// the band; and how many occupations the map's bands count as in a cluster's.
const ABOVE: f64 = 0.25;
const BAND: f64 = 0.6;
const BANDS: f64 = 0.5;

/// A cluster, with its pathway and route.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) pathway: usize,
    pub(super) route: usize,
    /// Its occupations in each band.
    pub(super) bands: [f64; 3],
    /// Products of its sum: with itself, its pathway's and its route's.
    pub(super) products: [f64; 3],
    /// The direction of its shrunken mean.
    pub(super) direction: Direction,
}

/// A pathway or a route.
#[derive(Clone, Debug, Default)]
pub(super) struct Branch {
    /// Its occupations, and its clusters' names by their weight.
    pub(super) count: f64,
    /// The products of its sum with itself and (a pathway's) its route's.
    pub(super) products: [f64; 2],
    /// The square of its occupations' sum, without names.
    pub(super) plain: f64,
}

/// The weights of the pathway's and the route's sums in a cluster's direction,
/// relative to its own; and the direction's length.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Direction {
    to_pathway: f64,
    to_route: f64,
    length: f64,
}

/// Sums of vectors by cluster, and derived values by pathway and route.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) clusters: Vec<Node>,
    pub(super) pathways: Vec<Branch>,
    pub(super) routes: Vec<Branch>,
    /// The sums of the clusters' occupations.
    pub(super) occupations: Postings,
    /// The vectors of the clusters' names, by their weight.
    pub(super) names: Vec<Vector>,
    pub(super) of_names: Postings,
    /// Occupations of each band on the map.
    pub(super) bands: [f64; 3],
}

/// An occupation of the map that is treated as absent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Without<'w> {
    pub(super) cluster: usize,
    pub(super) band: usize,
    /// The square of its length.
    pub(super) square: f64,
    /// Its products with all sums.
    pub(super) products: &'w [f64],
    /// Its product with the scored vector: the square, if it is that vector.
    pub(super) shared: f64,
}

/// The parts of a cluster's score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Parts {
    /// Similarity with the cluster's shrunken mean.
    pub(super) cluster: f64,
    /// Weighted similarity with the pathway.
    pub(super) pathway: f64,
    /// Weighted similarity with the route.
    pub(super) route: f64,
    /// Weighted fit of the band.
    pub(super) band: f64,
}

impl Parts {
    pub(super) fn score(self) -> f64 {
        self.cluster + self.pathway + self.route + self.band
    }
}

impl Model {
    /// Whether no cluster has that term.
    pub(super) fn is_nowhere(&self, term: u32) -> bool {
        self.occupations.of(term).is_empty() && self.of_names.of(term).is_empty()
    }

    /// How many sums there are.
    pub(super) fn sums(&self) -> usize {
        self.clusters.len() + 2 * (self.pathways.len() + self.routes.len())
    }

    /// The numbers of a cluster's sums: its own, its pathway's, its route's,
    /// and those of the last two without names.
    pub(super) fn numbers(&self, cluster: usize) -> [usize; 5] {
        let (c, p, r) = (self.clusters.len(), self.pathways.len(), self.routes.len());
        let node = &self.clusters[cluster];
        [cluster, c + node.pathway, c + p + node.route, c + p + r + node.pathway, c + p + r + p + node.route]
    }

    /// Computes the products of a vector with every sum, through the index.
    pub(super) fn products(&self, vector: &Vector, products: &mut Vec<f64>) {
        products.clear();
        products.resize(self.sums(), 0.0);
        self.occupations.add_products(vector, products);
        let (clusters, above) = products.split_at_mut(self.clusters.len());
        let (named, plain) = above.split_at_mut(self.pathways.len() + self.routes.len());
        self.add_up(clusters, plain);
        self.of_names.add_products(vector, clusters);
        self.add_up(clusters, named);
    }

    /// Computes the products of pathways and routes from those of the clusters:
    /// their sums are the sums of the clusters'.
    fn add_up(&self, clusters: &[f64], above: &mut [f64]) {
        for (node, product) in self.clusters.iter().zip(clusters) {
            above[node.pathway] += product;
            above[self.pathways.len() + node.route] += product;
        }
    }

    /// The direction of a cluster's occupations, with all of them or without
    /// one.
    pub(super) fn direction(&self, cluster: usize, without: Option<Without<'_>>) -> Direction {
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
            let off = |x: (usize, bool), y: (usize, bool)| without.filter(|_| y.1).map_or(0.0, |w| w.products[x.0]);
            all - off(a, b) - off(b, a) + if a.1 && b.1 { square } else { 0.0 }
        };
        let (c, p, r) = ((c, in_c), (p, in_p), (r, in_r));
        let [cc, cp, cr] = node.products;
        let [pp, pr] = self.pathways[node.pathway].products;
        let [rr, _] = self.routes[node.route].products;
        let length = product(cc, c, c)
            + 2.0 * to_pathway * product(cp, c, p)
            + 2.0 * to_route * product(cr, c, r)
            + to_pathway * to_pathway * product(pp, p, p)
            + 2.0 * to_pathway * to_route * product(pr, p, r)
            + to_route * to_route * product(rr, r, r);
        Direction { to_pathway, to_route, length: length.max(0.0).sqrt() }
    }

    /// The score of a vector with these products, by parts. `band` is the
    /// occupation's, if its level is known.
    pub(super) fn parts(
        &self,
        cluster: usize,
        products: &[f64],
        band: Option<usize>,
        without: Option<Without<'_>>,
    ) -> Parts {
        let node = &self.clusters[cluster];
        let own = without.map(|w| &self.clusters[w.cluster]);
        let less = |is_in: bool| without.filter(|_| is_in).map_or(0.0, |w| w.shared);
        let (in_c, in_p, in_r) = (
            without.is_some_and(|w| w.cluster == cluster),
            own.is_some_and(|other| other.pathway == node.pathway),
            own.is_some_and(|other| other.route == node.route),
        );
        let [c, p, r, plain_p, plain_r] = self.numbers(cluster);
        let Direction { to_pathway, to_route, length } = match without {
            None => node.direction,
            Some(_) => self.direction(cluster, without),
        };
        let toward = (products[c] - less(in_c))
            + to_pathway * (products[p] - less(in_p))
            + to_route * (products[r] - less(in_r));
        let ratio = |product: f64, length: f64| if length > 1e-9 { (product / length).max(0.0) } else { 0.0 };
        let above = |sum: usize, is_in: bool, all: f64| {
            let length = without.filter(|_| is_in).map_or(all, |w| all - 2.0 * w.products[sum] + w.square);
            ABOVE * ratio(products[sum] - less(is_in), length.max(0.0).sqrt())
        };
        Parts {
            cluster: ratio(toward, length),
            pathway: above(plain_p, in_p, self.pathways[node.pathway].plain),
            route: above(plain_r, in_r, self.routes[node.route].plain),
            band: band.map_or(0.0, |band| BAND * self.band(cluster, band, without)),
        }
    }

    /// What a band adds to a cluster's score.
    pub(super) fn band_share(&self, cluster: usize, band: usize) -> f64 {
        BAND * self.band(cluster, band, None)
    }

    /// The probability of the band in the cluster.
    fn band(&self, cluster: usize, band: usize, without: Option<Without<'_>>) -> f64 {
        let count = |all: &[f64; 3], is_in: bool| {
            let off = |b: usize| without.filter(|w| is_in && w.band == b).map_or(0.0, |_| 1.0);
            [0, 1, 2].map(|b| all[b] - off(b))
        };
        let own = count(&self.clusters[cluster].bands, without.is_some_and(|w| w.cluster == cluster));
        let all = count(&self.bands, without.is_some());
        let prior = (all[band] + 1.0) / (all.iter().sum::<f64>() + 3.0);
        (own[band] + BANDS * prior) / (own.iter().sum::<f64>() + BANDS)
    }

    /// The share of each wanted term of a vector in the scores of some
    /// clusters, without the band. Cluster by cluster, without terms that add
    /// nothing. The lists are at least as many as the clusters.
    pub(super) fn shares(
        &self,
        clusters: &[usize],
        vector: &Vector,
        is_wanted: impl Fn(u32) -> bool,
        work: &mut ShareWork,
    ) {
        let k = clusters.len();
        let ShareWork { of_occupations, of_names, sums, shares } = work;
        let part = |weight: f64, length: f64| if length > 1e-9 { weight / length } else { 0.0 };
        // what a term of each cluster (of its occupations, of its name) adds to the score of each
        // wanted cluster, by how near the two are
        for factors in [&mut *of_occupations, of_names] {
            factors.clear();
            factors.resize(self.clusters.len() * k, 0.0);
        }
        for (slot, &cluster) in clusters.iter().enumerate() {
            let asked = &self.clusters[cluster];
            let Direction { to_pathway, to_route, length } = asked.direction;
            let [own, pathway, route] = [1.0, to_pathway, to_route].map(|weight| part(weight, length));
            let plain_pathway = part(ABOVE, self.pathways[asked.pathway].plain.sqrt());
            let plain_route = part(ABOVE, self.routes[asked.route].plain.sqrt());
            for (other, node) in self.clusters.iter().enumerate().filter(|(_, node)| node.route == asked.route) {
                let is_pathway = f64::from(u8::from(node.pathway == asked.pathway));
                let name = route + is_pathway * pathway + if other == cluster { own } else { 0.0 };
                of_names[other * k + slot] = name;
                of_occupations[other * k + slot] = name + plain_route + is_pathway * plain_pathway;
            }
        }
        shares.iter_mut().for_each(Vec::clear);
        shares.resize_with(k.max(shares.len()), Vec::new);
        sums.clear();
        sums.resize(k, 0.0);
        for &(term, value) in vector.iter().filter(|(term, _)| is_wanted(*term)) {
            for (postings, factors) in [(&self.occupations, &*of_occupations), (&self.of_names, of_names)] {
                for &(other, weight) in postings.of(term) {
                    let factors = &factors[other as usize * k..][..k];
                    sums.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += factor * f64::from(weight));
                }
            }
            for (shares, sum) in shares.iter_mut().zip(&mut *sums) {
                let share = f64::from(value) * std::mem::take(sum);
                if share > 0.0 {
                    shares.push((term, share));
                }
            }
        }
    }
}

/// Reusable memory for [`Model::shares`], and its results.
#[derive(Debug, Default)]
pub(super) struct ShareWork {
    of_occupations: Vec<f64>,
    of_names: Vec<f64>,
    sums: Vec<f64>,
    pub(super) shares: Vec<Vec<(u32, f64)>>,
}

impl Model {
    /// Returns the model of occupations by cluster, given the pathway and route
    /// of each cluster and the vector of its name.
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

/// The sum of some occupations' vectors, added in their order.
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

/// The product of each vector with the sum of all. `dense` is zero before and
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
