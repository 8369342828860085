//! Places every occupation of the map as if it were new.

use std::collections::HashMap;

use super::calibration::{Calibration, KINDS, Question, kind};
use super::placer::{AT_ONCE, Cluster, Placer, Scratch};
use super::profile::Profile;
use super::ranking::best;
use super::{Account, LeftOut, NewOccupation};
use crate::each::each;
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
            self.left_out(m, &scores, kind(member.vector.length(), true))
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
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
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
            Some(self.left_out(m, &scores, asked.kind()))
        });
        asked.collect()
    }

    /// The answer for an occupation of the map from the scores of all clusters.
    fn left_out(&self, m: usize, scores: &[f64], kind: usize) -> LeftOut {
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
            confidence: self.calibration.confidence(scores, &self.model.routes, kind).0[order[0]],
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
        self.model.leave_out(&self.members[m], &mut scratch.without);
        self.model.products(asked, &mut scratch.products);
        self.prepared_scores(m, asked, band, scratch)
    }

    /// The same, when the occupation is left out already and the scratch has the
    /// account's products.
    fn prepared_scores(
        &self,
        m: usize,
        asked: &Profile,
        band: Option<usize>,
        scratch: &mut Scratch,
    ) -> (Vec<f64>, f64) {
        let Scratch { products, without, .. } = scratch;
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
        let members: Vec<usize> = (0..self.members.len()).step_by(step).collect();
        let found = each(&members, AT_ONCE, Scratch::default, |scratch, &m| {
            self.questions_about(m, &occupations[m], asked.binary_search(&m).is_ok(), scratch)
        });
        let mut questions: [Vec<Question>; KINDS] = Default::default();
        let mut likeness: Vec<f64> = Vec::new();
        for (most, of_member) in found {
            likeness.push(most);
            of_member.into_iter().for_each(|(kind, question)| questions[kind].push(question));
        }
        self.calibration = Calibration::learn(&questions, &self.model.routes);
        // the similarity that all but one in a hundred reach
        likeness.sort_by(|a, b| b.total_cmp(a));
        self.least = likeness.get(likeness.len() - likeness.len() / FAR).copied().unwrap_or(0.0);
    }

    /// How like the most similar cluster an occupation of the map is, and the questions
    /// that it gives by their kinds, if it is to be asked about.
    fn questions_about(
        &self,
        m: usize,
        occupation: &NewOccupation,
        is_asked: bool,
        scratch: &mut Scratch,
    ) -> (f64, Vec<(usize, Question)>) {
        let member = &self.members[m];
        let right = member.cluster;
        let mut questions = Vec::new();
        let mut ask = |profile: &Profile, scratch: &mut Scratch| {
            let (scores, most) = self.prepared_scores(m, profile, Some(member.band), scratch);
            if is_asked {
                let no_level = scores.iter().enumerate();
                let no_level = no_level.map(|(c, score)| score - self.model.band_without(c, member)).collect();
                questions.push((kind(profile.length(), false), Question { scores: no_level, right }));
                questions.push((kind(profile.length(), true), Question { scores, right }));
            }
            most
        };
        self.model.leave_out(member, &mut scratch.without);
        scratch.products.clone_from(&scratch.without.products);
        let most = ask(&member.vector, scratch);
        for less in [Account::Title, Account::Short].into_iter().filter(|_| is_asked) {
            let less = self.profile(&occupation.only(less), &mut scratch.reading);
            if less.length() != member.vector.length() {
                self.model.products(&less, &mut scratch.products);
                ask(&less, scratch);
            }
        }
        (most, questions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::reading::Reading;
    use crate::place::vector::Vector;

    fn england() -> Placer {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        Placer::new(&crate::check(raw).unwrap().map)
    }

    #[test]
    fn leaving_out_is_the_same_as_not_being_there() {
        let placer = england();
        let mut scratch = Scratch::default();
        for m in placer.asked().into_iter().step_by(7) {
            let own = &placer.members[m];
            let mut others = placer.members.clone();
            let member = others.remove(m);
            let clusters = placer.clusters.clone();
            let without = Placer::of(placer.terms.clone(), clusters, others, None, &mut Reading::default());
            let short = placer.prepare(&NewOccupation::titled(&own.title), &mut scratch).vector;
            for asked in [&member.vector, &short] {
                let (scores, _) = placer.left_out_scores(m, asked, Some(own.band), &mut scratch);
                let mut products = Vec::new();
                without.model.products(asked, &mut products);
                for (c, score) in scores.into_iter().enumerate() {
                    let again = without.model.parts(c, &products, Some(member.band), None).score();
                    let name = &placer.clusters[c].id;
                    assert!((again - score).abs() < 1e-5, "{} in {name}: {again} and {score}", member.id);
                }
            }
        }
    }

    /// The formula of the module's documentation, computed with whole vectors.
    #[test]
    fn scores_are_those_of_the_formula() {
        let placer = england();
        let n = placer.terms.len();
        let sides: [fn(&Profile) -> &Vector; 2] = [|profile| &profile.names, |profile| &profile.texts];
        let weights = [[0.5, 0.33, 0.2], [0.95, 0.3, 0.2]];
        let mut products = Vec::new();
        for asked in placer.members.iter().step_by(83) {
            placer.model.products(&asked.vector, &mut products);
            for (c, cluster) in placer.clusters.iter().enumerate().step_by(5) {
                let mut score = 0.0;
                for (side, (of, weights)) in sides.iter().zip(weights).enumerate() {
                    let whole = Sums::of(&placer, c, n, of, &placer.model.sides[side].names);
                    let cosine = |sum: &[f64]| {
                        let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
                        let product: f64 =
                            of(&asked.vector).iter().map(|(t, v)| f64::from(*v) * sum[*t as usize]).sum();
                        if length > 0.0 { product / length } else { 0.0 }
                    };
                    let means = [&whole.drawn, &whole.pathway, &whole.route];
                    score += means.into_iter().zip(weights).map(|(sum, weight)| weight * cosine(sum)).sum::<f64>();
                }
                score += 0.042 * telling(&placer, cluster, &asked.vector.words);
                let of_cluster = || placer.members.iter().filter(|m| m.cluster == c);
                let in_band = placer.members.iter().filter(|m| m.band == asked.band).count() as f64;
                let own_band = of_cluster().filter(|m| m.band == asked.band).count() as f64;
                let prior = (in_band + 1.0) / (placer.members.len() as f64 + 3.0);
                let band = (own_band + 0.5 * prior) / (of_cluster().count() as f64 + 0.5);
                score += 0.21 * libm::log(band / prior);
                let found = placer.model.parts(c, &products, Some(asked.band), None).score();
                assert!((score - found).abs() < 1e-5, "{} in {}: {score} and {found}", asked.id, cluster.id);
            }
        }
    }

    /// A cluster's shrunken mean, and the sums of its pathway and route.
    struct Sums {
        drawn: Vec<f64>,
        pathway: Vec<f64>,
        route: Vec<f64>,
    }

    impl Sums {
        fn of(placer: &Placer, c: usize, n: usize, of: &dyn Fn(&Profile) -> &Vector, names: &[Vector]) -> Sums {
            let cluster = &placer.clusters[c];
            let add = |sum: &mut Vec<f64>, vector: &Vector| {
                vector.iter().for_each(|(term, v)| sum[*term as usize] += f64::from(*v));
            };
            let mut sums = [vec![0.0; n], vec![0.0; n], vec![0.0; n], vec![0.0; n], vec![0.0; n]];
            let mut counts = [0.0; 3];
            for (o, other) in placer.clusters.iter().enumerate() {
                let is = [o == c, other.pathway == cluster.pathway, other.route == cluster.route];
                let members: Vec<_> = placer.members.iter().filter(|m| m.cluster == o).collect();
                for i in (0..3).filter(|&i| is[i]) {
                    counts[i] += members.len() as f64 + 1.5;
                    members.iter().for_each(|m| add(&mut sums[i], of(&m.vector)));
                    // names have their weight in the model
                    add(&mut sums[i], &names[o]);
                }
                for i in (1..3).filter(|&i| is[i]) {
                    members.iter().for_each(|m| add(&mut sums[i + 2], of(&m.vector)));
                }
            }
            let [own, in_pathway, in_route, pathway, route] = sums;
            // a mean of the cluster with one of its pathway, and of that with two of its route
            let drawn = |t: usize| own[t] + (in_pathway[t] + 2.0 * in_route[t] / counts[2]) / (counts[1] + 2.0);
            Sums { drawn: (0..n).map(drawn).collect(), pathway, route }
        }
    }

    /// How telling some words are of a cluster.
    fn telling(placer: &Placer, cluster: &Cluster, words: &Vector) -> f64 {
        let share = |vector: &Vector, term: u32| {
            vector.iter().find(|(other, _)| *other == term).map_or(0.0, |(_, share)| f64::from(*share))
        };
        let name = |c: &Cluster| {
            let plain: String = c.name.chars().filter(|c| !c.is_ascii_digit()).collect();
            placer.prepare(&NewOccupation::titled(plain), &mut Scratch::default()).vector.words
        };
        let names: Vec<Vector> = placer.clusters.iter().map(name).collect();
        let mut sum = 0.0;
        for &(term, value) in words {
            // what there is, and how many, among the clusters that pass
            let here = |passes: &dyn Fn(&Cluster) -> bool| {
                let (mut sum, mut count) = (0.0, 0.0);
                for (c, _) in placer.clusters.iter().enumerate().filter(|(_, other)| passes(other)) {
                    for member in placer.members.iter().filter(|m| m.cluster == c) {
                        sum += share(&member.vector.words, term);
                        count += f64::from(u8::from(!member.vector.words.is_empty()));
                    }
                    sum += 1.5 * share(&names[c], term);
                    count += if names[c].is_empty() { 0.0 } else { 1.5 };
                }
                (sum, count)
            };
            let mut expected = placer.terms.background[term as usize].max(1e-9);
            let tiers: [&dyn Fn(&Cluster) -> bool; 3] =
                [&|other| other.route == cluster.route, &|other| other.pathway == cluster.pathway, &|other| {
                    other.id == cluster.id
                }];
            for passes in tiers {
                let (all, count) = here(passes);
                sum += f64::from(value) * libm::log(1.0 + all / (2.0 * expected));
                expected = (all + 2.0 * expected) / (count + 2.0);
            }
        }
        sum
    }
}
