//! How much more often a cluster, its pathway and its route have a word than the
//! map has it.
//!
//! A word that is spread evenly over routes ("worker", "engineer") says nothing; one
//! that a single pathway has says much, even if only one of its occupations does.

use std::sync::Arc;

use super::postings::Postings;
use super::side::{NAME, added, sum};
use super::vector::Vector;

/// How many occupations what is above counts as: a pathway in a cluster's share of a
/// word, a route in a pathway's, the map in a route's.
const ABOVE: f64 = 2.0;
/// A share of a word that is less than that of any on a map.
const LEAST: f64 = 1e-9;

/// The logarithms of how much more often clusters have words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Telling {
    /// By term, for all clusters of a route that has it: the logarithm.
    pub(super) values: Postings,
    /// By term: the sums of the occupations' shares, with the name's.
    sums: Postings,
    /// By cluster: the name's words, by their weight.
    names: Arc<Vec<Vector>>,
    /// By cluster: how many occupations, with the name.
    counts: Vec<f64>,
    /// The clusters of each route, and their pathways.
    routes: Vec<Vec<(usize, usize)>>,
    /// The route of each cluster.
    route: Vec<usize>,
    /// By term: the mean share on the map.
    background: Arc<Vec<f64>>,
}

/// The mean share of each term in the vectors of these words.
pub(super) fn background<'v>(words: impl ExactSizeIterator<Item = &'v Vector>, terms: usize) -> Vec<f64> {
    let mut mean = vec![0.0; terms];
    let n = words.len().max(1) as f64;
    words.flatten().for_each(|(term, share)| mean[*term as usize] += f64::from(*share) / n);
    mean
}

/// The sums of a route's clusters for one term, and what follows from them.
#[derive(Debug, Default)]
struct RouteWork {
    sums: Vec<f64>,
    counts: Vec<f64>,
    values: Vec<f64>,
}

impl Telling {
    /// Learns from the shares of words of each occupation and of each cluster's name.
    pub(super) fn new(
        places: &[(usize, usize)],
        names: &[Vector],
        words: &[&Vector],
        by_cluster: &[Vec<usize>],
        background: &[f64],
    ) -> Self {
        let terms = background.len();
        let mut dense = vec![0.0; terms];
        let weighted = |name: &Vector| name.iter().map(|(term, v)| (*term, v * NAME as f32)).collect::<Vector>();
        let by_weight: Vec<Vector> = names.iter().map(weighted).collect();
        let of = |(name, of): (&Vector, &Vec<usize>)| added(&sum(words, of, &mut dense), name);
        let sums: Vec<Vector> = by_weight.iter().zip(by_cluster).map(of).collect();
        let count = |(name, of): (&Vector, &Vec<usize>)| {
            let many = of.iter().filter(|&&m| !words[m].is_empty()).count() as f64;
            if name.is_empty() { many } else { many + NAME }
        };
        let mut routes = vec![Vec::new(); places.iter().map(|place| place.1 + 1).max().unwrap_or(0)];
        places.iter().enumerate().for_each(|(c, &(pathway, route))| routes[route].push((c, pathway)));
        let mut telling = Telling {
            sums: Postings::new(terms, &sums),
            names: Arc::new(by_weight),
            counts: names.iter().zip(by_cluster).map(count).collect(),
            route: places.iter().map(|place| place.1).collect(),
            routes,
            background: Arc::new(background.to_vec()),
            ..Telling::default()
        };
        telling.values = Postings::new(terms, &telling.weighed(|_| true));
        telling
    }

    /// Returns what is left without an occupation of a cluster that has these words,
    /// given the words of the cluster's others: as [`Telling::new`] of what is left.
    pub(super) fn without_member(&self, words: &Vector, cluster: usize, others: &[&Vector]) -> Self {
        let terms = self.background.len();
        let of: Vec<usize> = (0..others.len()).collect();
        let left = added(&sum(others, &of, &mut vec![0.0; terms]), &self.names[cluster]);
        let mut telling = Telling {
            values: Postings::default(),
            sums: self.sums.with_vectors(&[cluster], &[left]),
            names: Arc::clone(&self.names),
            counts: self.counts.clone(),
            routes: self.routes.clone(),
            route: self.route.clone(),
            background: Arc::clone(&self.background),
        };
        if !words.is_empty() {
            telling.counts[cluster] -= 1.0;
        }
        let route = telling.route[cluster];
        let mut by_cluster = telling.weighed(|other| other == route);
        let own: Vec<usize> = telling.routes[route].iter().map(|&(c, _)| c).collect();
        let weighed: Vec<Vector> = own.iter().map(|&c| std::mem::take(&mut by_cluster[c])).collect();
        telling.values = self.values.with_vectors(&own, &weighed);
        telling
    }

    /// The values of words for the clusters of some routes.
    fn weighed(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<Vector> {
        let mut by_cluster: Vec<Vector> = vec![Vector::new(); self.route.len()];
        let mut dense = vec![0.0; self.route.len()];
        let (mut work, mut routes) = (RouteWork::default(), Vec::new());
        for term in 0..self.sums.terms() {
            let list = self.sums.of(term);
            routes.clear();
            routes.extend(list.iter().map(|&(c, _)| self.route[c as usize]).filter(|&route| is_wanted(route)));
            if routes.is_empty() {
                continue;
            }
            routes.sort_unstable();
            routes.dedup();
            list.iter().for_each(|&(c, sum)| dense[c as usize] = f64::from(sum));
            for &route in &routes {
                let own = &self.routes[route];
                work.sums.clear();
                work.sums.extend(own.iter().map(|&(c, _)| dense[c]));
                work.counts.clear();
                work.counts.extend(own.iter().map(|&(c, _)| self.counts[c]));
                self.values_of(route, term, &mut work);
                own.iter().zip(&work.values).for_each(|(&(c, _), &value)| by_cluster[c].push((term, value as f32)));
            }
            list.iter().for_each(|&(c, _)| dense[c as usize] = 0.0);
        }
        by_cluster
    }

    /// The values of a term for the clusters of a route, from their sums.
    fn values_of(&self, route: usize, term: u32, work: &mut RouteWork) {
        let RouteWork { sums, counts, values } = work;
        let own = &self.routes[route];
        values.clear();
        let everywhere = self.background[term as usize].max(LEAST);
        let more = |sum: f64, expected: f64| libm::log1p(sum / (ABOVE * expected));
        let share = |sum: f64, count: f64, above: f64| (sum + ABOVE * above) / (count + ABOVE);
        let (sum, count): (f64, f64) = (sums.iter().sum(), counts.iter().sum());
        let of_route = more(sum, everywhere);
        let in_route = share(sum, count, everywhere);
        for &(_, pathway) in own {
            let here = || own.iter().enumerate().filter(|(_, other)| other.1 == pathway).map(|(i, _)| i);
            let (sum, count): (f64, f64) = (here().map(|i| sums[i]).sum(), here().map(|i| counts[i]).sum());
            let i = values.len();
            let in_pathway = share(sum, count, in_route);
            values.push(of_route + more(sum, in_route) + more(sums[i], in_pathway));
        }
    }

    /// What the values of words add to the clusters' scores less without an
    /// occupation of a cluster: zero outside its route.
    pub(super) fn without(&self, asked: &Vector, member: &Vector, cluster: usize, less: &mut Vec<f64>) {
        less.clear();
        less.resize(self.route.len(), 0.0);
        let route = self.route[cluster];
        let own = &self.routes[route];
        let mut work = RouteWork::default();
        let mut members = member.iter().peekable();
        for &(term, value) in asked {
            while members.next_if(|(other, _)| *other < term).is_some() {}
            let shared = members.next_if(|(other, _)| *other == term).map(|(_, share)| f64::from(*share));
            let list = self.sums.of(term);
            // without the occupation's share, if it has the term; one occupation less in any case
            work.sums.clear();
            work.counts.clear();
            let mut any = false;
            for &(c, _) in own {
                let is_own = c == cluster;
                let all =
                    list.binary_search_by_key(&(c as u32), |(other, _)| *other).map_or(0.0, |i| f64::from(list[i].1));
                any |= all > 0.0;
                let without = if is_own { (all - shared.unwrap_or(0.0)).max(0.0) } else { all };
                work.sums.push(if without < 1e-7 { 0.0 } else { without });
                work.counts.push(self.counts[c] - if is_own && !member.is_empty() { 1.0 } else { 0.0 });
            }
            if !any {
                continue;
            }
            self.values_of(route, term, &mut work);
            let values = self.values.of(term);
            for (&(c, _), now) in own.iter().zip(&work.values) {
                let before = values.binary_search_by_key(&(c as u32), |(other, _)| *other);
                let before = before.map_or(0.0, |i| f64::from(values[i].1));
                less[c] += f64::from(value) * (before - now);
            }
        }
    }
}
