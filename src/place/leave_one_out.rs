//! Places every occupation of the map as if it were new.

use std::collections::HashMap;

use super::calibration::Calibration;
use super::placer::{Cluster, Placer, Scratch};
use super::profile::{Length, Profile};
use super::ranking::best;
use super::{Account, LeftOut, NewOccupation};
use crate::map::{Map, Occupation};

/// One in this many of those left out has nothing near it.
const FAR: usize = 100;
/// The maximum number of scores to learn from. On larger maps only every
/// second, every third occupation and so on is used.
const SCORES: usize = 4_000_000;

impl Placer {
    /// Places every occupation of a cluster of two or more as if it were not on
    /// the map, in the order of the map. The rarity of terms remains that of
    /// the whole map.
    ///
    /// # Complexity
    ///
    /// One suggestion for each occupation.
    pub fn leave_one_out(&self) -> Vec<LeftOut> {
        let mut scratch = Scratch::default();
        let asked = self.asked().into_iter().map(|m| {
            let member = &self.members[m];
            let scores = self.left_out_scores(m, &member.vector, Some(member.band), &mut scratch).0;
            self.left_out(m, &scores, member.vector.length())
        });
        asked.collect()
    }

    /// Like [`Placer::leave_one_out`], from another account of each occupation: from
    /// its title alone, say. `map` is the map of the index.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::{Account, Placer};
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
    /// let placer = Placer::new(&map);
    /// let right = |found: &[tlevel::place::LeftOut]| found.iter().filter(|o| o.ranks[0] == 1).count();
    /// let from_titles = placer.leave_one_out_by(&map, |occupation| occupation.only(Account::Title));
    /// assert!(right(&from_titles) <= right(&placer.leave_one_out()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// One suggestion for each occupation.
    pub fn leave_one_out_by(&self, map: &Map, account: impl Fn(&NewOccupation) -> NewOccupation) -> Vec<LeftOut> {
        let mut scratch = Scratch::default();
        let of_map: HashMap<&str, Occupation<'_>> = map.occupations().map(|o| (o.id(), o)).collect();
        let asked = self.asked().into_iter().filter_map(|m| {
            let occupation = of_map.get(self.members[m].id.as_str())?;
            let asked = self.prepare(&account(&NewOccupation::from(*occupation)), &mut scratch);
            let scores = self.left_out_scores(m, &asked.vector, asked.band, &mut scratch).0;
            Some(self.left_out(m, &scores, asked.vector.length()))
        });
        asked.collect()
    }

    /// The answer for an occupation of the map from the scores of all clusters.
    fn left_out(&self, m: usize, scores: &[f64], length: Length) -> LeftOut {
        let member = &self.members[m];
        let mut all = Vec::new();
        let order = best(scores, scores.len(), &mut all);
        let own = &self.clusters[member.cluster];
        let rank = |same: &dyn Fn(&Cluster) -> &str| {
            let mut seen: Vec<&str> = Vec::new();
            for &c in order {
                let name = same(&self.clusters[c]);
                if !seen.contains(&name) {
                    seen.push(name);
                }
                if name == same(own) {
                    break;
                }
            }
            seen.len()
        };
        let first = &self.clusters[order[0]];
        LeftOut {
            occupation: member.id.clone(),
            title: member.title.clone(),
            cluster: own.id.clone(),
            cluster_name: own.name.clone(),
            suggested: first.id.clone(),
            suggested_name: first.name.clone(),
            ranks: [rank(&|c| &c.id), rank(&|c| &c.pathway), rank(&|c| &c.route)],
            confidence: self.calibration.confidence(scores, &order[..1], length)[0],
        }
    }

    /// The occupations that are not alone in their cluster.
    fn asked(&self) -> Vec<usize> {
        let alone = |m: &usize| {
            let bands = &self.model.clusters[self.members[*m].cluster].bands;
            bands.iter().sum::<f64>() < 1.5
        };
        (0..self.members.len()).filter(|m| !alone(m)).collect()
    }

    /// The scores of all clusters for an account of an occupation of the map as if
    /// that were not there, and the largest similarity with a cluster.
    pub(super) fn left_out_scores(
        &self,
        m: usize,
        asked: &Profile,
        band: Option<usize>,
        scratch: &mut Scratch,
    ) -> (Vec<f64>, f64) {
        let Scratch { products, without, .. } = scratch;
        self.model.products(asked, products);
        let without = self.model.without(&self.members[m], asked, without);
        let mut likeness = 0.0_f64;
        let score = |c| {
            let parts = self.model.parts(c, products, band, Some(without));
            likeness = likeness.max(parts.cluster);
            parts.score()
        };
        ((0..self.clusters.len()).map(score).collect(), likeness)
    }

    /// Learns how certain suggestions are, and what counts as near, from accounts of
    /// the occupations of each length.
    pub(super) fn calibrate(&mut self, occupations: &[NewOccupation]) {
        let step = (self.members.len().saturating_mul(self.clusters.len())).div_ceil(SCORES).max(1);
        let asked = self.asked();
        let mut scratch = Scratch::default();
        let mut questions: [Vec<(Vec<f64>, usize)>; 3] = Default::default();
        let mut likeness: Vec<f64> = Vec::new();
        for m in (0..self.members.len()).step_by(step) {
            let member = &self.members[m];
            let is_asked = asked.binary_search(&m).is_ok();
            let (scores, most) = self.left_out_scores(m, &member.vector, Some(member.band), &mut scratch);
            likeness.push(most);
            if !is_asked {
                continue;
            }
            questions[member.vector.length() as usize].push((scores, member.cluster));
            for cut in [Account::Title, Account::Short] {
                let account = self.prepare(&occupations[m].only(cut), &mut scratch);
                let length = account.vector.length();
                if length != member.vector.length() {
                    let scores = self.left_out_scores(m, &account.vector, Some(member.band), &mut scratch).0;
                    questions[length as usize].push((scores, member.cluster));
                }
            }
        }
        self.calibration = Calibration::learn(&questions);
        // the similarity that all but one in a hundred reach
        likeness.sort_by(|a, b| b.total_cmp(a));
        self.least = likeness.get(likeness.len() - likeness.len() / FAR).copied().unwrap_or(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::vector::{Reading, Vector};

    fn england() -> Placer {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        Placer::new(&crate::check(raw).unwrap().map)
    }

    fn product(a: &Vector, b: &[f64]) -> f64 {
        a.iter().map(|(term, v)| f64::from(*v) * b[*term as usize]).sum()
    }

    #[test]
    fn leaving_out_is_the_same_as_not_being_there() {
        let placer = england();
        let mut products = Vec::new();
        for m in placer.asked().into_iter().step_by(7) {
            let (scores, _) = placer.left_out_scores(m, &mut products);
            let mut others = placer.members.clone();
            let member = others.remove(m);
            let clusters = placer.clusters.clone();
            let without = Placer::of(placer.terms.clone(), clusters, others, &mut Reading::default());
            without.model.products(&member.vector, &mut products);
            for (c, score) in scores.into_iter().enumerate() {
                let anew = without.model.parts(c, &products, Some(member.band), None).score();
                assert!((anew - score).abs() < 1e-5, "{} in {}: {anew} and {score}", member.id, placer.clusters[c].id);
            }
        }
    }

    /// The formula of the module's documentation, computed with whole vectors.
    #[test]
    fn scores_are_those_of_the_formula() {
        let placer = england();
        let n = placer.terms.len();
        let zero = || vec![0.0_f64; n];
        let add = |sum: &mut Vec<f64>, vector: &Vector, weight: f64| {
            vector.iter().for_each(|(term, v)| sum[*term as usize] += weight * f64::from(*v));
        };
        let mut products = Vec::new();
        for asked in placer.members.iter().step_by(59) {
            placer.model.products(&asked.vector, &mut products);
            for (c, cluster) in placer.clusters.iter().enumerate() {
                let mut sums = [zero(), zero(), zero(), zero(), zero()];
                let [mut in_pathway, mut in_route] = [0.0, 0.0];
                for (o, other) in placer.clusters.iter().enumerate() {
                    let is = [o == c, other.pathway == cluster.pathway, other.route == cluster.route];
                    let members = || placer.members.iter().filter(|m| m.cluster == o);
                    let many = members().count() as f64 + 1.5;
                    in_pathway += if is[1] { many } else { 0.0 };
                    in_route += if is[2] { many } else { 0.0 };
                    for (sum, _) in sums.iter_mut().zip(is).filter(|(_, is)| *is) {
                        members().for_each(|m| add(sum, &m.vector, 1.0));
                        // names have their weight in the model
                        add(sum, &placer.model.names[o], 1.0);
                    }
                    for (sum, _) in sums[3..].iter_mut().zip(&is[1..]).filter(|(_, is)| **is) {
                        members().for_each(|m| add(sum, &m.vector, 1.0));
                    }
                }
                let [own, pathway, route, plain_pathway, plain_route] = sums;
                // a mean of the cluster with one of its pathway, and of that with two of its route
                let drawn: Vec<f64> =
                    (0..n).map(|t| own[t] + (pathway[t] + 2.0 * route[t] / in_route) / (in_pathway + 2.0)).collect();
                let cosine = |sum: &[f64]| {
                    let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
                    if length > 0.0 { product(&asked.vector, sum) / length } else { 0.0 }
                };
                let in_band = placer.members.iter().filter(|m| m.band == asked.band).count() as f64;
                let of_cluster = || placer.members.iter().filter(|m| m.cluster == c);
                let own_band = of_cluster().filter(|m| m.band == asked.band).count() as f64;
                let prior = (in_band + 1.0) / (placer.members.len() as f64 + 3.0);
                let band = (own_band + 0.5 * prior) / (of_cluster().count() as f64 + 0.5);
                let score = cosine(&drawn) + 0.25 * (cosine(&plain_pathway) + cosine(&plain_route)) + 0.6 * band;
                let found = placer.model.parts(c, &products, Some(asked.band), None).score();
                assert!((score - found).abs() < 1e-5, "{} in {}: {score} and {found}", asked.id, cluster.id);
            }
        }
    }
}
