//! The model of clusters, pathways and routes, and how they score an occupation: the
//! sum of what its names, its texts, its meaning, its words and its band say.

use std::sync::Arc;

use super::directions::Directions;
use super::member::Member;
use super::profile::Profile;
use super::side::{Likeness, Side, Weights, WithoutOne};
use super::telling::Telling;
use super::vector::Vector;

/// What similarities with a cluster, its pathway and its route count: those of names,
/// of texts, and of meaning.
const SIDES: [Weights; 3] = [
    Weights { cluster: 0.5, pathway: 0.33, route: 0.2 },
    Weights { cluster: 0.95, pathway: 0.3, route: 0.2 },
    Weights { cluster: 0.9, pathway: 0.65, route: 0.0 },
];
/// The number of the side of meaning.
pub(super) const MEANING: usize = 2;
/// What the telling words count, and the band; and how many occupations the map's
/// bands count as in a cluster's.
const TELLING: f64 = 0.042;
const BAND: f64 = 0.21;
const BANDS: f64 = 0.5;

/// A cluster's occupations in each band.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ClusterBands {
    pub(super) bands: [f64; 3],
    /// How much more often it has each than the map, as logarithms.
    logs: [f64; 3],
    /// The same if an occupation of another cluster is left out, by its band.
    without: [[f64; 3]; 3],
}

/// Sums of vectors by cluster, for each side, and the telling words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Model {
    pub(super) clusters: Vec<ClusterBands>,
    /// The route of each cluster.
    pub(super) routes: Vec<usize>,
    pub(super) sides: [Side; 3],
    pub(super) telling: Telling,
    /// Occupations of each band on the map.
    pub(super) bands: [f64; 3],
}

/// An occupation of the map that is treated as absent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Without<'w> {
    pub(super) cluster: usize,
    pub(super) band: usize,
    /// On which sides the account says anything.
    sides: [bool; 3],
    work: &'w WithoutWork,
}

/// What an absent occupation takes away from the scores of an account.
#[derive(Debug, Default)]
pub(super) struct WithoutWork {
    squares: [f64; 3],
    /// Its products with all sums.
    pub(super) products: Vec<f64>,
    /// Its products with the account's vectors.
    shared: [f64; 3],
    /// What the words say less, by cluster.
    less: Vec<f64>,
}

/// The parts of a cluster's score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Parts {
    /// Weighted similarity with the cluster's shrunken means.
    pub(super) cluster: f64,
    /// Weighted similarity with the pathway and the route.
    pub(super) above: f64,
    /// What the telling words say.
    pub(super) telling: f64,
    /// Weighted fit of the band; below 0 if the cluster has fewer of it than the map.
    pub(super) band: f64,
}

impl Parts {
    pub(super) fn score(self) -> f64 {
        self.cluster + self.above + self.telling + self.band
    }
}

impl Model {
    /// Returns the model of occupations by cluster, given the pathway and route
    /// of each cluster and the vectors of its name. `terms` and `dimensions` are how
    /// many terms words and meaning have.
    pub(super) fn new(
        places: &[(usize, usize)],
        names: Vec<Profile>,
        members: &[Arc<Member>],
        by_cluster: &[Vec<usize>],
        background: &[f64],
        dimensions: usize,
    ) -> Self {
        let terms = background.len();
        let words: Vec<Vector> = names.iter().map(|name| name.words.clone()).collect();
        let of = |of: fn(&Profile) -> &Vector| members.iter().map(|m| of(&m.vector)).collect::<Vec<&Vector>>();
        let telling = Telling::new(places, &words, &of(|p| &p.words), by_cluster, background);
        let (mut of_names, mut of_meaning) = (Vec::new(), Vec::new());
        names.into_iter().for_each(|name| {
            of_names.push(name.names);
            of_meaning.push(name.meaning);
        });
        let none = vec![Vector::new(); places.len()];
        let side = |i: usize, names, vectors: &[&Vector], terms| {
            Side::new(SIDES[i], places, names, vectors, by_cluster, terms)
        };
        let mut model = Model {
            clusters: vec![ClusterBands::default(); places.len()],
            routes: places.iter().map(|place| place.1).collect(),
            sides: [
                side(0, of_names, &of(|p| &p.names), terms),
                side(1, none, &of(|p| &p.texts), terms),
                side(2, of_meaning, &of(|p| &p.meaning), dimensions),
            ],
            telling,
            bands: [0.0; 3],
        };
        model.sides[MEANING].point(dimensions);
        for member in members {
            model.clusters[member.cluster].bands[member.band] += 1.0;
            model.bands[member.band] += 1.0;
        }
        model.weigh_bands();
        model
    }

    /// Returns the model without an occupation, given the others of its cluster: as
    /// [`Model::new`] of what is left, without reading the other routes again.
    /// `dimensions` is how many meaning has.
    pub(super) fn without_member(&self, left: &Member, others: &[&Member], dimensions: usize) -> Self {
        let of = |of: fn(&Profile) -> &Vector| others.iter().map(|m| of(&m.vector)).collect::<Vec<&Vector>>();
        let side = |i: usize, vectors: &[&Vector]| self.sides[i].without(left.cluster, vectors);
        let mut model = Model {
            clusters: self.clusters.clone(),
            routes: self.routes.clone(),
            sides: [side(0, &of(|p| &p.names)), side(1, &of(|p| &p.texts)), side(2, &of(|p| &p.meaning))],
            telling: self.telling.without_member(&left.vector.words, left.cluster, &of(|p| &p.words)),
            bands: self.bands,
        };
        model.sides[MEANING].point(dimensions);
        model.clusters[left.cluster].bands[left.band] -= 1.0;
        model.bands[left.band] -= 1.0;
        model.weigh_bands();
        model
    }

    fn weigh_bands(&mut self) {
        for cluster in 0..self.clusters.len() {
            self.clusters[cluster].logs = [0, 1, 2].map(|band| self.band(cluster, band, None));
            let without = |left| [0, 1, 2].map(|band| self.band(cluster, band, Some((usize::MAX, left))));
            self.clusters[cluster].without = [0, 1, 2].map(without);
        }
    }

    /// Whether no cluster has that word, pair of words or run of letters.
    pub(super) fn is_nowhere(&self, term: u32) -> bool {
        self.sides[..MEANING]
            .iter()
            .all(|side| side.occupations.of(term).is_empty() && side.of_names.of(term).is_empty())
    }

    /// The ranges of the products with each side's sums, and of the values of words.
    pub(super) fn ranges(&self) -> [std::ops::Range<usize>; 4] {
        let [a, b, c] = [0, 1, 2].map(|i| self.sides[i].sums());
        [0..a, a..a + b, a + b..a + b + c, a + b + c..a + b + c + self.clusters.len()]
    }

    /// Computes the products of an occupation's vectors with every sum, through the
    /// index.
    pub(super) fn products(&self, profile: &Profile, products: &mut Vec<f64>) {
        let ranges = self.ranges();
        products.clear();
        products.resize(ranges[3].end, 0.0);
        for (side, (range, vector)) in self.sides.iter().zip(ranges.iter().zip(profile.sides())) {
            if !vector.is_empty() {
                side.products(vector, &mut products[range.clone()]);
            }
        }
        self.telling.values.add_products(&profile.words, &mut products[ranges[3].clone()]);
    }

    /// Computes the parts of every cluster's score. `band` is the occupation's, if its
    /// level is known.
    pub(super) fn all_parts(&self, profile: &Profile, band: Option<usize>, work: &mut PartsWork) {
        let PartsWork { products, above, of_meaning, parts } = work;
        parts.clear();
        parts.resize(self.clusters.len(), Parts::default());
        let mut add = |c: usize, likeness: Likeness| {
            parts[c].cluster += likeness.cluster;
            parts[c].above += likeness.pathway + likeness.route;
        };
        for (side, vector) in self.sides.iter().zip(profile.sides()).take(MEANING) {
            // what says nothing adds nothing
            if !vector.is_empty() {
                products.clear();
                products.resize(side.sums(), 0.0);
                side.products(vector, products);
                side.likenesses(products, above, &mut add);
            }
        }
        if !profile.meaning.is_empty() {
            self.sides[MEANING].likenesses_by_direction(&profile.meaning, of_meaning, &mut add);
        }
        products.clear();
        products.resize(self.clusters.len(), 0.0);
        self.telling.values.add_products(&profile.words, products);
        for (c, (parts, telling)) in parts.iter_mut().zip(products).enumerate() {
            parts.telling = Model::telling_share(*telling);
            parts.band = band.map_or(0.0, |band| self.band_share(c, band));
        }
    }

    /// Prepares to treat an occupation of the map as absent.
    pub(super) fn leave_out(&self, member: &Member, work: &mut WithoutWork) {
        self.products(&member.vector, &mut work.products);
        work.squares = member.vector.sides().map(super::vector::square);
    }

    /// What the absence of the occupation that was [left out](Self::leave_out) takes away
    /// from the scores of an account.
    pub(super) fn without<'w>(&self, member: &Member, asked: &Profile, work: &'w mut WithoutWork) -> Without<'w> {
        let (own, others) = (member.vector.sides(), asked.sides());
        work.shared = [0, 1, 2].map(|i| super::vector::dot(others[i], own[i]));
        self.telling.without(&asked.words, &member.vector.words, member.cluster, &mut work.less);
        let sides = others.map(|side| !side.is_empty());
        Without { cluster: member.cluster, band: member.band, sides, work }
    }

    /// The score of an occupation with these products, by parts. `band` is the
    /// occupation's, if its level is known.
    pub(super) fn parts(
        &self,
        cluster: usize,
        products: &[f64],
        band: Option<usize>,
        without: Option<Without<'_>>,
    ) -> Parts {
        let ranges = self.ranges();
        let mut parts = Parts::default();
        // a side on which the account says nothing adds nothing
        for i in (0..self.sides.len()).filter(|&i| without.is_none_or(|w| w.sides[i])) {
            let likeness = self.likeness(i, cluster, &products[ranges[i].clone()], without);
            parts.cluster += likeness.cluster;
            parts.above += likeness.pathway + likeness.route;
        }
        let less = without.map_or(0.0, |w| w.work.less[cluster]);
        parts.telling = TELLING * (products[ranges[3].start + cluster] - less);
        parts.band = match (band, without) {
            (None, _) => 0.0,
            (Some(band), None) => self.band_share(cluster, band),
            (Some(band), Some(w)) => BAND * self.band_without_one(cluster, band, (w.cluster, w.band)),
        };
        parts
    }

    fn likeness(&self, side: usize, cluster: usize, products: &[f64], without: Option<Without<'_>>) -> Likeness {
        let without = without.map(|w| WithoutOne {
            cluster: w.cluster,
            square: w.work.squares[side],
            products: &w.work.products[self.ranges()[side].clone()],
            shared: w.work.shared[side],
        });
        self.sides[side].likeness(cluster, products, without)
    }

    /// What meaning adds to a cluster's score.
    pub(super) fn meaning_share(&self, cluster: usize, profile: &Profile) -> f64 {
        let likeness = self.sides[MEANING].likeness_by_direction(cluster, &profile.meaning);
        likeness.sum()
    }

    /// What parts of an occupation's vector of meaning add to a cluster's score; none if
    /// no direction speaks for it, and some more, which are 0, after those of the parts.
    /// The parts of all of it add up to [`meaning_share`](Self::meaning_share), but for
    /// rounding.
    pub(super) fn meaning_shares(&self, cluster: usize, profile: &Profile, parts: &Directions) -> Vec<f64> {
        let side = &self.sides[MEANING];
        let (mut shares, mut products) = (Vec::new(), Vec::new());
        for (weight, direction) in side.weights_by_direction(cluster, &profile.meaning) {
            parts.products(&side.directions.one(direction), &mut products);
            shares.resize(products.len(), 0.0);
            shares.iter_mut().zip(&products).for_each(|(share, product)| *share += weight * f64::from(*product));
        }
        shares
    }

    /// What words of these values add to a cluster's score.
    pub(super) fn telling_share(values: f64) -> f64 {
        TELLING * values
    }

    /// What a band adds to a cluster's score.
    pub(super) fn band_share(&self, cluster: usize, band: usize) -> f64 {
        BAND * self.clusters[cluster].logs[band]
    }

    /// What the band of an occupation of the map adds to a cluster's score without it.
    pub(super) fn band_without(&self, cluster: usize, member: &Member) -> f64 {
        BAND * self.band_without_one(cluster, member.band, (member.cluster, member.band))
    }

    fn band_without_one(&self, cluster: usize, band: usize, left: (usize, usize)) -> f64 {
        if left.0 == cluster {
            self.band(cluster, band, Some(left))
        } else {
            self.clusters[cluster].without[left.1][band]
        }
    }

    /// The logarithm of how much more often the cluster has the band than the map.
    fn band(&self, cluster: usize, band: usize, without: Option<(usize, usize)>) -> f64 {
        let count = |all: &[f64; 3], is_in: bool| {
            let off = |b: usize| without.filter(|w| is_in && w.1 == b).map_or(0.0, |_| 1.0);
            [0, 1, 2].map(|b| all[b] - off(b))
        };
        let own = count(&self.clusters[cluster].bands, without.is_some_and(|w| w.0 == cluster));
        let all = count(&self.bands, without.is_some());
        let prior = (all[band] + 1.0) / (all.iter().sum::<f64>() + 3.0);
        libm::log((own[band] + BANDS * prior) / (own.iter().sum::<f64>() + BANDS) / prior)
    }

    /// The share of each wanted term of an occupation in the scores of some
    /// clusters, without the band and meaning. Cluster by cluster, without terms that
    /// add nothing. The lists are at least as many as the clusters.
    pub(super) fn shares(
        &self,
        clusters: &[usize],
        profile: &Profile,
        is_wanted: impl Fn(u32) -> bool,
        work: &mut ShareWork,
    ) {
        let k = clusters.len();
        let ShareWork { factors, sums, shares } = work;
        for (factors, side) in factors.iter_mut().zip(&self.sides) {
            let [of_occupations, of_names] = factors;
            side.factors(clusters, of_occupations, of_names);
        }
        shares.iter_mut().for_each(Vec::clear);
        shares.resize_with(k.max(shares.len()), Vec::new);
        sums.clear();
        sums.resize(k, 0.0);
        let mut vectors = [&profile.names, &profile.texts, &profile.words].map(|vector| vector.iter().peekable());
        for &(term, _) in &profile.all {
            let values = vectors.each_mut().map(|vector| {
                while vector.next_if(|(other, _)| *other < term).is_some() {}
                vector.next_if(|(other, _)| *other == term).map_or(0.0, |(_, value)| f64::from(*value))
            });
            if !is_wanted(term) {
                continue;
            }
            for (side, (factors, value)) in self.sides.iter().zip(factors.iter().zip(&values[..MEANING])) {
                for (postings, factors) in [(&side.occupations, &factors[0]), (&side.of_names, &factors[1])] {
                    for &(other, weight) in postings.of(term) {
                        let factors = &factors[other as usize * k..][..k];
                        let weight = value * f64::from(weight);
                        sums.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += factor * weight);
                    }
                }
            }
            let telling = self.telling.values.of(term);
            for (slot, &cluster) in clusters.iter().enumerate() {
                let value = telling.binary_search_by_key(&(cluster as u32), |(other, _)| *other);
                let value = value.map_or(0.0, |i| f64::from(telling[i].1));
                let share = std::mem::take(&mut sums[slot]) + TELLING * values[2] * value;
                if share > 0.0 {
                    shares[slot].push((term, share));
                }
            }
        }
    }
}

/// Reusable memory for [`Model::all_parts`], and its results.
#[derive(Debug, Default)]
pub(super) struct PartsWork {
    products: Vec<f64>,
    above: Vec<f64>,
    of_meaning: Vec<f32>,
    /// By cluster.
    pub(super) parts: Vec<Parts>,
}

/// Reusable memory for [`Model::shares`], and its results.
#[derive(Debug, Default)]
pub(super) struct ShareWork {
    factors: [[Vec<f64>; 2]; 2],
    sums: Vec<f64>,
    pub(super) shares: Vec<Vec<(u32, f64)>>,
}
