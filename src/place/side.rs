//! One side of what occupations say (their names, their texts, their meaning): the
//! sums of their vectors by cluster, pathway and route, and how alike a vector is.

use std::sync::Arc;

use itertools::Itertools as _;

use super::directions::Directions;
use super::postings::Postings;
use super::vector::{Vector, square};

/// How far a cluster is shrunk towards its pathway, and a pathway towards its
/// route, in occupations; and the weight of the cluster's own name.
const TO_PATHWAY: f64 = 1.0;
const TO_ROUTE: f64 = 2.0;
pub(super) const NAME: f64 = 1.5;

/// What a side's similarities with a cluster, its pathway and its route count in a
/// score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weights {
    pub(super) cluster: f64,
    pub(super) pathway: f64,
    pub(super) route: f64,
}

/// A cluster's place, with the products of its sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Node {
    pub(super) pathway: usize,
    pub(super) route: usize,
    /// Its occupations.
    count: f64,
    /// Products of its sum: with itself, its pathway's and its route's.
    products: [f64; 3],
    /// The direction of its shrunken mean.
    direction: Direction,
}

/// A pathway or a route.
#[derive(Clone, Debug, Default, PartialEq)]
struct Branch {
    /// Its occupations, and its clusters' names by their weight.
    count: f64,
    /// The products of its sum with itself and (a pathway's) its route's.
    products: [f64; 2],
    /// The square of its occupations' sum, without names, and its length.
    plain: f64,
    length: f64,
}

/// The weights of the pathway's and the route's sums in a cluster's direction,
/// relative to its own; and the direction's length.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Direction {
    to_pathway: f64,
    to_route: f64,
    length: f64,
}

/// Sums of vectors by cluster, and derived values by pathway and route.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Side {
    pub(super) weights: Weights,
    pub(super) nodes: Vec<Node>,
    /// The pathway and the route of each cluster.
    places: Vec<(u32, u32)>,
    pathways: Vec<Branch>,
    routes: Vec<Branch>,
    /// The sums of the clusters' occupations.
    pub(super) occupations: Postings,
    /// The vectors of the clusters' names, by their weight.
    pub(super) names: Arc<Vec<Vector>>,
    pub(super) of_names: Arc<Postings>,
    /// Where they are made, the directions of the clusters' shrunken means, of the
    /// pathways' and of the routes' occupations.
    pub(super) directions: Directions,
}

/// An occupation of the map that is treated as absent.
#[derive(Clone, Copy, Debug)]
pub(super) struct WithoutOne<'w> {
    pub(super) cluster: usize,
    /// The square of its length.
    pub(super) square: f64,
    /// Its products with all sums.
    pub(super) products: &'w [f64],
    /// Its product with the scored vector: the square, if it is that vector.
    pub(super) shared: f64,
}

/// How alike a vector and a cluster, its pathway and its route are, weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    pub(super) cluster: f64,
    pub(super) pathway: f64,
    pub(super) route: f64,
}

impl Likeness {
    pub(super) fn sum(self) -> f64 {
        self.cluster + self.pathway + self.route
    }
}

impl Side {
    /// How many sums there are.
    pub(super) fn sums(&self) -> usize {
        self.nodes.len() + 2 * (self.pathways.len() + self.routes.len())
    }

    /// How many pathways and routes there are.
    pub(super) fn branches(&self) -> [usize; 2] {
        [self.pathways.len(), self.routes.len()]
    }

    /// The numbers of a cluster's sums: its own, its pathway's, its route's,
    /// and those of the last two without names.
    fn numbers(&self, cluster: usize) -> [usize; 5] {
        let (c, p, r) = (self.nodes.len(), self.pathways.len(), self.routes.len());
        let node = &self.nodes[cluster];
        [cluster, c + node.pathway, c + p + node.route, c + p + r + node.pathway, c + p + r + p + node.route]
    }

    /// Computes the products of a vector with every sum, through the index.
    pub(super) fn products(&self, vector: &Vector, products: &mut [f64]) {
        let (clusters, above) = products.split_at_mut(self.nodes.len());
        let (named, plain) = above.split_at_mut(self.pathways.len() + self.routes.len());
        self.occupations.add_products(vector, clusters);
        self.add_up(clusters, plain);
        self.of_names.add_products(vector, clusters);
        self.add_up(clusters, named);
    }

    /// Computes the products of pathways and routes from those of the clusters:
    /// their sums are the sums of the clusters'.
    fn add_up(&self, clusters: &[f64], above: &mut [f64]) {
        let (pathways, routes) = above.split_at_mut(self.pathways.len());
        for ((pathway, route), product) in self.places.iter().zip(clusters) {
            pathways[*pathway as usize] += product;
            routes[*route as usize] += product;
        }
    }

    /// The direction of a cluster's occupations, with all of them or without
    /// one.
    fn direction(&self, cluster: usize, without: Option<WithoutOne<'_>>) -> Direction {
        let node = &self.nodes[cluster];
        let own = without.map(|w| (w, &self.nodes[w.cluster]));
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
        Direction { to_pathway, to_route, length: root(length) }
    }

    /// How alike a vector with these products and a cluster are.
    pub(super) fn likeness(&self, cluster: usize, products: &[f64], without: Option<WithoutOne<'_>>) -> Likeness {
        let node = &self.nodes[cluster];
        let own = without.map(|w| &self.nodes[w.cluster]);
        let less = |is_in: bool| without.filter(|_| is_in).map_or(0.0, |w| w.shared);
        let (in_c, in_p, in_r) = (
            without.is_some_and(|w| w.cluster == cluster),
            own.is_some_and(|other| other.pathway == node.pathway),
            own.is_some_and(|other| other.route == node.route),
        );
        let [c, p, r, plain_p, plain_r] = self.numbers(cluster);
        // what is left out of another route changes nothing here
        let Direction { to_pathway, to_route, length } =
            if in_r { self.direction(cluster, without) } else { node.direction };
        let toward = (products[c] - less(in_c))
            + to_pathway * (products[p] - less(in_p))
            + to_route * (products[r] - less(in_r));
        let above = |weight: f64, sum: usize, is_in: bool, all: f64| {
            let length = without.filter(|_| is_in).map_or(all, |w| all - 2.0 * w.products[sum] + w.square);
            weight * ratio(products[sum] - less(is_in), root(length))
        };
        Likeness {
            cluster: self.weights.cluster * ratio(toward, length),
            pathway: above(self.weights.pathway, plain_p, in_p, self.pathways[node.pathway].plain),
            route: above(self.weights.route, plain_r, in_r, self.routes[node.route].plain),
        }
    }

    /// Calls `each` with how alike a vector with these products and every cluster are:
    /// as [`likeness`](Self::likeness) without anything left out, to the bit.
    pub(super) fn likenesses(&self, products: &[f64], above: &mut Vec<f64>, mut each: impl FnMut(usize, Likeness)) {
        let (n, branches) = (self.nodes.len(), self.pathways.len() + self.routes.len());
        let (clusters, rest) = products.split_at(n);
        let (named, plain) = rest.split_at(branches);
        let lengths = self.pathways.iter().chain(&self.routes).map(|branch| branch.length);
        let weights = |i| if i < self.pathways.len() { self.weights.pathway } else { self.weights.route };
        above.clear();
        above.extend(plain.iter().zip(lengths).enumerate().map(|(i, (p, length))| weights(i) * ratio(*p, length)));
        for (c, (node, product)) in self.nodes.iter().zip(clusters).enumerate() {
            let Direction { to_pathway, to_route, length } = node.direction;
            let (pathway, route) = (node.pathway, self.pathways.len() + node.route);
            let toward = product + to_pathway * named[pathway] + to_route * named[route];
            let cluster = self.weights.cluster * ratio(toward, length);
            each(c, Likeness { cluster, pathway: above[pathway], route: above[route] });
        }
    }

    /// Calls `each` with how alike a vector and every cluster are, by their
    /// directions.
    pub(super) fn likenesses_by_direction(
        &self,
        vector: &Vector,
        products: &mut Vec<f32>,
        mut each: impl FnMut(usize, Likeness),
    ) {
        self.directions.products(vector, products);
        for c in 0..self.nodes.len() {
            each(c, self.of_directions(c, |direction| products[direction]));
        }
    }

    /// How alike a vector and one cluster are, by their directions: the same to the
    /// bit.
    pub(super) fn likeness_by_direction(&self, cluster: usize, vector: &Vector) -> Likeness {
        self.of_directions(cluster, |direction| self.directions.product(vector, direction))
    }

    /// How alike a vector and a cluster are, given its product with a direction.
    fn of_directions(&self, cluster: usize, product: impl Fn(usize) -> f32) -> Likeness {
        let of = |(weight, direction): (f64, usize)| {
            if weight > 0.0 { weight * f64::from(product(direction)).max(0.0) } else { 0.0 }
        };
        let [cluster, pathway, route] = self.weighted(cluster).map(of);
        Likeness { cluster, pathway, route }
    }

    /// The weights and the numbers of the directions of a cluster, its pathway and its
    /// route.
    fn weighted(&self, cluster: usize) -> [(f64, usize); 3] {
        let (node, above) = (&self.nodes[cluster], self.nodes.len());
        [
            (self.weights.cluster, cluster),
            (self.weights.pathway, above + node.pathway),
            (self.weights.route, above + self.pathways.len() + node.route),
        ]
    }

    /// The weights and the numbers of those directions that speak for a cluster.
    pub(super) fn weights_by_direction(&self, cluster: usize, vector: &Vector) -> Vec<(f64, usize)> {
        let speaks = |(_, direction): &(f64, usize)| self.directions.product(vector, *direction) > 0.0;
        self.weighted(cluster).into_iter().filter(speaks).collect()
    }

    /// Makes the directions, for vectors that have values for most dimensions.
    pub(super) fn point(&mut self, dimensions: usize) {
        let n = self.nodes.len();
        let numbers: Vec<[usize; 5]> = (0..n).map(|c| self.numbers(c)).collect();
        let mut sums = vec![vec![0.0; dimensions]; self.sums()];
        for term in 0..dimensions as u32 {
            let mut add = |number: usize, value: f32| sums[number][term as usize] += f64::from(value);
            for &(c, value) in self.occupations.of(term) {
                numbers[c as usize].iter().for_each(|&number| add(number, value));
            }
            for &(c, value) in self.of_names.of(term) {
                numbers[c as usize][..3].iter().for_each(|&number| add(number, value));
            }
        }
        for (node, [c, p, r, ..]) in self.nodes.iter().zip(numbers) {
            let Direction { to_pathway, to_route, .. } = node.direction;
            let above = sums[p].iter().zip(&sums[r]);
            let above: Vec<f64> = above.map(|(p, r)| to_pathway * p + to_route * r).collect();
            sums[c].iter_mut().zip(above).for_each(|(sum, above)| *sum += above);
        }
        // the clusters', then those without names
        sums.drain(n..n + self.pathways.len() + self.routes.len());
        self.directions = Directions::new(dimensions, &sums);
    }

    /// What a term of each cluster (of its occupations, of its name) adds to the
    /// likeness of some clusters, by how near the two are.
    pub(super) fn factors(&self, clusters: &[usize], of_occupations: &mut Vec<f64>, of_names: &mut Vec<f64>) {
        let k = clusters.len();
        let part = |weight: f64, length: f64| if length > 1e-9 { weight / length } else { 0.0 };
        for factors in [&mut *of_occupations, of_names] {
            factors.clear();
            factors.resize(self.nodes.len() * k, 0.0);
        }
        for (slot, &cluster) in clusters.iter().enumerate() {
            let asked = &self.nodes[cluster];
            let Direction { to_pathway, to_route, length } = asked.direction;
            let weighted = [1.0, to_pathway, to_route].map(|weight| part(self.weights.cluster * weight, length));
            let [own, pathway, route] = weighted;
            let plain_pathway = part(self.weights.pathway, self.pathways[asked.pathway].length);
            let plain_route = part(self.weights.route, self.routes[asked.route].length);
            for (other, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.route == asked.route) {
                let is_pathway = f64::from(u8::from(node.pathway == asked.pathway));
                let name = route + is_pathway * pathway + if other == cluster { own } else { 0.0 };
                of_names[other * k + slot] = name;
                of_occupations[other * k + slot] = name + plain_route + is_pathway * plain_pathway;
            }
        }
    }
}

/// How far a product goes in a direction of this length; 0 if it goes against it.
fn ratio(product: f64, length: f64) -> f64 {
    if length > 1e-9 { (product / length).max(0.0) } else { 0.0 }
}

/// The root of a square that rounding may have made less than nothing: what is left
/// of a sum without its only occupation is nothing.
fn root(square: f64) -> f64 {
    if square > 1e-10 { square.sqrt() } else { 0.0 }
}

impl Side {
    /// Returns the sums of vectors by cluster, given the pathway and route of each
    /// cluster, the vector of its name, and the numbers of its occupations.
    pub(super) fn new(
        weights: Weights,
        places: &[(usize, usize)],
        names: Vec<Vector>,
        vectors: &[&Vector],
        by_cluster: &[Vec<usize>],
        terms: usize,
    ) -> Self {
        let branches = |of: fn(&(usize, usize)) -> usize| {
            vec![Branch::default(); places.iter().map(of).max().map_or(0, |most| most + 1)]
        };
        let weighted = |name: Vector| name.into_iter().map(|(term, v)| (term, v * NAME as f32)).collect();
        let node = |(&(pathway, route), of): (&(usize, usize), &Vec<usize>)| Node {
            pathway,
            route,
            count: of.len() as f64,
            ..Node::default()
        };
        let mut side = Side {
            weights,
            nodes: places.iter().zip(by_cluster).map(node).collect(),
            places: places.iter().map(|&(pathway, route)| (pathway as u32, route as u32)).collect(),
            pathways: branches(|place| place.0),
            routes: branches(|place| place.1),
            names: Arc::new(names.into_iter().map(weighted).collect()),
            ..Side::default()
        };
        let mut dense = vec![0.0; terms];
        let sums: Vec<Vector> = by_cluster.iter().map(|of| sum(vectors, of, &mut dense)).collect();
        side.occupations = Postings::new(terms, &sums);
        side.of_names = Arc::new(Postings::new(terms, &side.names));
        for route in 0..side.routes.len() {
            let own: Vec<usize> = (0..side.nodes.len()).filter(|&c| side.nodes[c].route == route).collect();
            side.measure(&own, &own.iter().map(|&c| &sums[c]).collect::<Vec<_>>(), &mut dense);
        }
        side
    }

    /// Returns the side without an occupation of a cluster, given the vectors of the
    /// cluster's others: as [`Side::new`] of what is left. It has no directions yet.
    pub(super) fn without(&self, cluster: usize, others: &[&Vector]) -> Self {
        let mut dense = vec![0.0; self.occupations.terms() as usize];
        let of: Vec<usize> = (0..others.len()).collect();
        let left = sum(others, &of, &mut dense);
        let mut side = Side {
            weights: self.weights,
            nodes: self.nodes.clone(),
            places: self.places.clone(),
            pathways: self.pathways.clone(),
            routes: self.routes.clone(),
            occupations: self.occupations.with_vectors(&[cluster], &[left]),
            names: Arc::clone(&self.names),
            of_names: Arc::clone(&self.of_names),
            directions: Directions::default(),
        };
        side.nodes[cluster].count -= 1.0;
        let route = side.nodes[cluster].route;
        let own: Vec<usize> = (0..side.nodes.len()).filter(|&c| side.nodes[c].route == route).collect();
        let sums = side.occupations.vectors(&own);
        side.measure(&own, &sums.iter().collect::<Vec<_>>(), &mut dense);
        side
    }

    /// Measures the clusters of a route, given the sums of their occupations.
    fn measure(&mut self, own: &[usize], sums: &[&Vector], dense: &mut [f64]) {
        let whole: Vec<Vector> = own.iter().zip(sums).map(|(&c, sum)| added(sum, &self.names[c])).collect();
        let whole: Vec<&Vector> = whole.iter().collect();
        let counts: Vec<f64> = own.iter().map(|&c| self.nodes[c].count + NAME).collect();
        let with_route = products_with_sum(&whole, dense);
        let plain = products_with_sum(sums, dense);
        let mut pathways: Vec<usize> = own.iter().map(|&c| self.nodes[c].pathway).collect();
        if let Some(&first) = own.first() {
            self.routes[self.nodes[first].route] = Branch {
                count: counts.iter().sum(),
                products: [with_route.iter().sum(), 0.0],
                plain: plain.iter().sum(),
                length: root(plain.iter().sum()),
            };
        }
        pathways.sort_unstable();
        pathways.dedup();
        for pathway in pathways {
            let of: Vec<usize> = (0..own.len()).filter(|&i| self.nodes[own[i]].pathway == pathway).collect();
            let with_pathway = products_with_sum(&of.iter().map(|&i| whole[i]).collect::<Vec<_>>(), dense);
            let plain = products_with_sum(&of.iter().map(|&i| sums[i]).collect::<Vec<_>>(), dense);
            self.pathways[pathway] = Branch {
                count: of.iter().map(|&i| counts[i]).sum(),
                products: [with_pathway.iter().sum(), of.iter().map(|&i| with_route[i]).sum()],
                plain: plain.iter().sum(),
                length: root(plain.iter().sum()),
            };
            for (&i, with_pathway) in of.iter().zip(with_pathway) {
                let node = &mut self.nodes[own[i]];
                node.products = [square(whole[i]), with_pathway, with_route[i]];
            }
        }
        for &c in own {
            self.nodes[c].direction = self.direction(c, None);
        }
    }
}

/// The sum of some vectors, added in their order.
pub(super) fn sum(vectors: &[&Vector], some: &[usize], dense: &mut [f64]) -> Vector {
    let mut terms: Vec<u32> = Vec::new();
    for (term, value) in some.iter().flat_map(|&m| vectors[m]) {
        terms.push(*term);
        dense[*term as usize] += f64::from(*value);
    }
    terms.sort_unstable();
    terms.dedup();
    let take = |term: u32| (term, std::mem::take(&mut dense[term as usize]) as f32);
    terms.into_iter().map(take).filter(|(_, value)| *value != 0.0).collect()
}

/// The sum of two vectors.
pub(super) fn added(a: &Vector, b: &Vector) -> Vector {
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
