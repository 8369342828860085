//! The index of a map, and what it suggests.

use std::collections::HashMap;

use super::build::{Member, build};
use super::calibration::Calibration;
use super::features::{Terms, Vector, dot};
use super::model::{Model, Parts, Without};
use super::placement::{
    LeftOut, NearOccupation, Placement, PlacementEvidence, Progression, Suggestion, TermShare, Verdict,
};
use super::{NewOccupation, reference};
use crate::map::{Band, Level, Map};
use crate::text::{Stems, name_key};

/// Ranks the clusters of a map for occupations.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let placer = Placer::new(&map);
/// let mut new = NewOccupation::titled("Network technician");
/// new.level = Some(3);
/// new.statements.push("Install and test network cabling and equipment.".to_owned());
/// let placement = placer.suggest(&new, 3);
/// assert_eq!(placement.suggestions[0].pathway, "digital/digital-support-and-services");
/// assert!(placement.suggestions.len() == 3 && placement.suggestions[0].confidence > 0.2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Placer {
    terms: Terms,
    pub(super) model: Model,
    clusters: Vec<Cluster>,
    members: Vec<Member>,
    /// Occupations by title; of equal titles the first.
    by_title: HashMap<String, usize>,
    calibration: Calibration,
    /// What the likeness of the best cluster is for nearly all occupations.
    least: f64,
}

#[derive(Debug)]
struct Cluster {
    id: String,
    name: String,
    pathway: String,
    route: String,
    members: Vec<usize>,
}

/// Memory that is used again from question to question.
#[derive(Debug, Default)]
pub struct Scratch {
    stems: Stems,
    products: Vec<f64>,
}

/// A cosine from which on two occupations may be the same.
const SAME: f64 = 0.75;
/// One in so many of those left out has nothing near.
const FAR: usize = 100;
/// The share of evidence that is shown of each suggestion.
const SHOWN: usize = 8;

impl Placer {
    /// Builds the index of a map.
    ///
    /// # Complexity
    ///
    /// `O(t)` in the terms of all occupations, and a question for each
    /// occupation to learn how sure to be.
    pub fn new(map: &Map) -> Self {
        let mut stems = Stems::default();
        let occupations: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
        let terms = Terms::new(occupations.iter(), &mut stems);
        let band = |level: Level| band(i64::from(level)).unwrap_or(0);
        let members: Vec<Member> = (map.occupations().zip(&occupations))
            .map(|(o, new)| Member {
                id: o.id().to_owned(),
                title: o.title().to_owned(),
                cluster: o.cluster().index().index(),
                band: band(o.level()),
                vector: terms.vector(new, &mut stems),
            })
            .collect();
        let clusters = map.clusters().map(|c| Cluster {
            id: c.id().to_owned(),
            name: c.name().to_owned(),
            pathway: c.pathway().id().to_owned(),
            route: c.pathway().route().id().to_owned(),
            members: c.occupations().map(|o| o.index().index()).collect(),
        });
        let clusters: Vec<Cluster> = clusters.collect();
        let names: Vec<Vector> = clusters
            .iter()
            .map(|c| {
                let plain: String = c.name.chars().filter(|c| !c.is_ascii_digit()).collect();
                terms.vector(&NewOccupation::titled(plain), &mut stems)
            })
            .collect();
        let model = build(map, &terms, members.iter(), &names);
        let mut by_title: HashMap<String, usize> = HashMap::new();
        for (m, member) in members.iter().enumerate() {
            by_title.entry(name_key(&member.title)).or_insert(m);
        }
        let calibration = Calibration::default();
        let mut placer = Placer { terms, model, clusters, members, by_title, calibration, least: 0.0 };
        placer.calibrate();
        placer
    }

    /// How many occupations the index holds.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Does it hold none?
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The `k` best clusters for an occupation.
    ///
    /// # Complexity
    ///
    /// `O(t c)` for its `t` terms and the clusters that have each; see
    /// `benches/place.rs`.
    pub fn suggest(&self, occupation: &NewOccupation, k: usize) -> Placement {
        self.suggest_with(occupation, k, &mut Scratch::default())
    }

    /// [`Placer::suggest`] with memory that is used again.
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`], without making memory anew.
    pub fn suggest_with(&self, occupation: &NewOccupation, k: usize, scratch: &mut Scratch) -> Placement {
        let vector = self.vector(occupation, scratch);
        self.model.products(&vector, &mut scratch.products);
        self.placement(occupation, &vector, &scratch.products, k)
    }

    /// [`Placer::suggest`] for many, with the terms that add most to each
    /// suggestion. With the feature `parallel` on several threads, with the same
    /// result.
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`] and [`Placer::explain`] for each.
    pub fn suggest_all(&self, occupations: &[NewOccupation], k: usize) -> Vec<Placement> {
        let one =
            |scratch: &mut Scratch, new: &NewOccupation| self.with_evidence(new, self.suggest_with(new, k, scratch));
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            occupations.par_iter().map_init(Scratch::default, one).collect()
        }
        #[cfg(not(feature = "parallel"))]
        {
            let mut scratch = Scratch::default();
            occupations.iter().map(|new| one(&mut scratch, new)).collect()
        }
    }

    pub(super) fn vector(&self, occupation: &NewOccupation, scratch: &mut Scratch) -> Vector {
        if scratch.stems.len() > WORDS {
            scratch.stems = Stems::default();
        }
        self.terms.vector(occupation, &mut scratch.stems)
    }

    pub(super) fn placement(
        &self,
        occupation: &NewOccupation,
        vector: &Vector,
        products: &[f64],
        k: usize,
    ) -> Placement {
        let band = occupation.level.and_then(band);
        let parts: Vec<Parts> = (0..self.clusters.len()).map(|c| self.model.parts(c, products, band, None)).collect();
        let scores: Vec<f64> = parts.iter().map(|p| p.score()).collect();
        let confidence = self.calibration.confidence(&scores);
        let order = ranked(&scores);
        let suggestions = order.iter().take(k).map(|&c| {
            let cluster = &self.clusters[c];
            Suggestion {
                route: cluster.route.clone(),
                pathway: cluster.pathway.clone(),
                cluster: cluster.id.clone(),
                score: scores[c],
                confidence: confidence[c],
                evidence: Vec::new(),
            }
        });
        let same_title = self.by_title.get(&name_key(&occupation.title)).map(|&m| &self.members[m]);
        let (verdict, because) = match same_title {
            Some(same) => (Verdict::Overlaps, Some(format!("{} {}", same.id, same.title))),
            None => self.verdict(vector, products, &order, &parts, &confidence, band),
        };
        Placement { occupation: occupation.id.clone(), verdict, because, suggestions: suggestions.collect() }
    }

    fn verdict(
        &self,
        vector: &Vector,
        products: &[f64],
        order: &[usize],
        parts: &[Parts],
        confidence: &[f64],
        band: Option<usize>,
    ) -> (Verdict, Option<String>) {
        let Some(&first) = order.first() else { return (Verdict::None, None) };
        let likeness = order.iter().take(SHOWN).map(|&c| parts[c].cluster).fold(0.0, f64::max);
        if vector.is_empty() || likeness < self.least {
            return (Verdict::None, None);
        }
        let near = self.nearest_of(first, vector);
        if let Some(near) = near.first().filter(|near| near.score >= SAME) {
            return (Verdict::Overlaps, Some(format!("{} {}", near.occupation, near.title)));
        }
        match order.get(1) {
            Some(&second) if confidence[first] < 0.5 => {
                (Verdict::Ambiguous, Some(self.what_decides(vector, products, first, second, band)))
            }
            _ => (Verdict::Place, None),
        }
    }

    /// What would tell two clusters apart.
    fn what_decides(
        &self,
        vector: &Vector,
        products: &[f64],
        first: usize,
        second: usize,
        band: Option<usize>,
    ) -> String {
        let mostly = |c: usize| {
            (0..3).max_by(|&a, &b| {
                let bands = &self.model.clusters[c].bands;
                bands[a].total_cmp(&bands[b]).then(b.cmp(&a))
            })
        };
        let (one, other) = (&self.clusters[first].name, &self.clusters[second].name);
        if band.is_none() && mostly(first) != mostly(second) {
            let name = |c| BAND_NAMES[mostly(c).unwrap_or(0)];
            return format!("its level: \"{one}\" is {}, \"{other}\" {}", name(first), name(second));
        }
        // the word that speaks most for the one and not for the other
        let (a, b) = (self.model.shares(first, vector, products), self.model.shares(second, vector, products));
        let of = |list: &[(u32, f64)], term: u32| list.iter().find(|(t, _)| *t == term).map_or(0.0, |(_, s)| *s);
        let telling = |own: &[(u32, f64)], others: &[(u32, f64)]| {
            let words = own.iter().filter(|(term, _)| self.terms.name(*term).0 == 'w');
            let most =
                words.max_by(|x, y| (x.1 - of(others, x.0)).total_cmp(&(y.1 - of(others, y.0))).then(y.0.cmp(&x.0)));
            most.map(|(term, _)| self.terms.name(*term).1)
        };
        match (telling(&a, &b), telling(&b, &a)) {
            (Some(this), Some(that)) => format!("whether it is about {this} (\"{one}\") or {that} (\"{other}\")"),
            (Some(word), None) => format!("whether it is about {word}, as \"{one}\" is and \"{other}\" is not"),
            (None, Some(word)) => format!("whether it is about {word}, as \"{other}\" is and \"{one}\" is not"),
            (None, None) => "what it is about: no word that it has is known to either".to_owned(),
        }
    }

    /// The parts of a cluster's score for an occupation, all of them; None for
    /// a cluster that the map does not have.
    ///
    /// # Complexity
    ///
    /// `O(t log c)` in its terms, and `O(t)` for each of the cluster's
    /// occupations.
    pub fn explain(&self, occupation: &NewOccupation, cluster: &str) -> Option<PlacementEvidence> {
        let c = self.clusters.iter().position(|known| known.id == cluster)?;
        let mut scratch = Scratch::default();
        let vector = self.vector(occupation, &mut scratch);
        self.model.products(&vector, &mut scratch.products);
        let band = occupation.level.and_then(band);
        let parts = self.model.parts(c, &scratch.products, band, None);
        let by_term = self.model.shares(c, &vector, &scratch.products);
        let mut shares: Vec<TermShare> = Vec::new();
        let mut letters = 0.0;
        for &(term, share) in &by_term {
            match self.terms.name(term) {
                // one by one they say nothing to people
                ('l', _) => letters += share,
                (_, name) => shares.push(TermShare { term: name.to_owned(), share }),
            }
        }
        if letters > 0.0 {
            shares.push(TermShare { term: "(letters of names)".to_owned(), share: letters });
        }
        shares.extend(band.map(|_| TermShare { term: "(band)".to_owned(), share: parts.band }));
        shares.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.term.cmp(&b.term)));
        let mut against = Vec::new();
        let bands = &self.model.clusters[c].bands;
        if let Some(band) = band.filter(|band| bands[*band] <= 0.0 && bands.iter().sum::<f64>() > 0.0) {
            against.push(format!("none of its occupations is {}", BAND_NAMES[band]));
        }
        let foreign = vector
            .iter()
            .filter(|(term, _)| self.terms.name(*term).0 == 'w' && by_term.iter().all(|(known, _)| known != term));
        let mut foreign: Vec<(f64, &str)> = foreign.map(|(term, v)| (*v, self.terms.name(*term).1)).collect();
        foreign.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        if !foreign.is_empty() {
            let words: Vec<&str> = foreign.iter().take(6).map(|(_, word)| *word).collect();
            against.push(format!("nothing there speaks of {}", words.join(", ")));
        }
        Some(PlacementEvidence {
            cluster: cluster.to_owned(),
            name: self.clusters[c].name.clone(),
            score: parts.score(),
            shares,
            nearest: self.nearest_of(c, &vector),
            against,
        })
    }

    /// The most similar occupations anywhere on the map, the nearest first; ties
    /// by the order of the map.
    ///
    /// # Complexity
    ///
    /// `O(n t)` for the map's `n` occupations of `t` terms.
    pub fn neighbours(&self, occupation: &NewOccupation, k: usize) -> Vec<NearOccupation> {
        let vector = self.vector(occupation, &mut Scratch::default());
        let mut near: Vec<NearOccupation> = self.members.iter().map(|m| self.near(m, &vector)).collect();
        near.retain(|near| near.score > 0.0);
        near.sort_by(|a, b| b.score.total_cmp(&a.score));
        near.truncate(k);
        near
    }

    /// The occupations that it may lead to and those that may lead to it: the
    /// `k` most similar of its pathway one band above, and one below. Empty for
    /// a band that does not exist, a pathway that the map does not have, or an
    /// occupation without a level.
    ///
    /// # Complexity
    ///
    /// `O(n t)` for the pathway's `n` occupations of `t` terms.
    pub fn progression(&self, occupation: &NewOccupation, pathway: &str, k: usize) -> Progression {
        let vector = self.vector(occupation, &mut Scratch::default());
        let of_band = |wanted: Option<usize>| {
            let is_in = |m: &&Member| Some(m.band) == wanted && self.clusters[m.cluster].pathway == pathway;
            let mut near: Vec<NearOccupation> =
                self.members.iter().filter(is_in).map(|m| self.near(m, &vector)).collect();
            near.sort_by(|a, b| b.score.total_cmp(&a.score));
            near.truncate(k);
            near
        };
        let own = occupation.level.and_then(band);
        Progression {
            above: of_band(own.map(|band| band + 1)),
            below: of_band(own.and_then(|band| band.checked_sub(1))),
        }
    }

    fn near(&self, member: &Member, vector: &Vector) -> NearOccupation {
        let lengths = (dot(vector, vector) * dot(&member.vector, &member.vector)).sqrt();
        let score = if lengths > 0.0 { (dot(vector, &member.vector) / lengths).min(1.0) } else { 0.0 };
        let cluster = self.clusters[member.cluster].id.clone();
        NearOccupation { occupation: member.id.clone(), title: member.title.clone(), cluster, score }
    }

    fn nearest_of(&self, cluster: usize, vector: &Vector) -> Vec<NearOccupation> {
        let members = self.clusters[cluster].members.iter();
        let mut near: Vec<NearOccupation> = members.map(|&m| self.near(&self.members[m], vector)).collect();
        near.sort_by(|a, b| b.score.total_cmp(&a.score));
        near
    }

    /// The terms that add most to each suggestion, filled in.
    #[must_use]
    pub fn with_evidence(&self, occupation: &NewOccupation, mut placement: Placement) -> Placement {
        for suggestion in &mut placement.suggestions {
            if let Some(evidence) = self.explain(occupation, &suggestion.cluster) {
                suggestion.evidence = evidence.shares.into_iter().take(SHOWN).collect();
            }
        }
        placement
    }

    /// Asks for every occupation of a cluster of two or more as if it were not
    /// on the map, in the order of the map. The rarity of terms stays that of
    /// the whole map.
    ///
    /// # Complexity
    ///
    /// A suggestion each.
    pub fn leave_one_out(&self) -> Vec<LeftOut> {
        let asked = self.questions();
        asked
            .into_iter()
            .map(|(m, scores)| {
                let member = &self.members[m];
                let order = ranked(&scores);
                let own = &self.clusters[member.cluster];
                let rank = |same: &dyn Fn(&Cluster) -> &str| {
                    let mut seen: Vec<&str> = Vec::new();
                    for &c in &order {
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
                LeftOut {
                    occupation: member.id.clone(),
                    cluster: own.id.clone(),
                    suggested: self.clusters[order[0]].id.clone(),
                    ranks: [rank(&|c| &c.id), rank(&|c| &c.pathway), rank(&|c| &c.route)],
                    confidence: self.calibration.confidence(&scores)[order[0]],
                }
            })
            .collect()
    }

    /// Each occupation that can be asked for, with the scores of all clusters.
    fn questions(&self) -> Vec<(usize, Vec<f64>)> {
        let mut products = Vec::new();
        let asked = (0..self.members.len()).filter(|&m| self.clusters[self.members[m].cluster].members.len() > 1);
        asked
            .map(|m| {
                let member = &self.members[m];
                self.model.products(&member.vector, &mut products);
                let square = dot(&member.vector, &member.vector);
                let without = Some(Without { cluster: member.cluster, band: member.band, square });
                let score = |c| self.model.parts(c, &products, Some(member.band), without).score();
                (m, (0..self.clusters.len()).map(score).collect())
            })
            .collect()
    }

    fn calibrate(&mut self) {
        let questions: Vec<(Vec<f64>, usize)> =
            self.questions().into_iter().map(|(m, scores)| (scores, self.members[m].cluster)).collect();
        self.calibration = Calibration::learn(&questions);
        // the likeness that all but one in a hundred reach
        let mut products = Vec::new();
        let mut likeness: Vec<f64> = Vec::new();
        for member in &self.members {
            self.model.products(&member.vector, &mut products);
            let square = dot(&member.vector, &member.vector);
            let without = Some(Without { cluster: member.cluster, band: member.band, square });
            let of = |c| self.model.parts(c, &products, None, without).cluster;
            likeness.push((0..self.clusters.len()).map(of).fold(0.0, f64::max));
        }
        likeness.sort_by(|a, b| b.total_cmp(a));
        self.least = likeness.get(likeness.len() - likeness.len() / FAR).copied().unwrap_or(0.0);
    }

    /// [`Placer::suggest`] by looking at every branch for every term.
    pub(super) fn by_every_branch(&self, occupation: &NewOccupation, k: usize) -> Placement {
        let vector = self.vector(occupation, &mut Scratch::default());
        let products = reference::products(&self.model, &vector);
        self.placement(occupation, &vector, &products, k)
    }
}

/// Words that are remembered until they are forgotten again.
const WORDS: usize = 100_000;

const BAND_NAMES: [&str; 3] = ["technical", "higher technical", "professional"];

/// The band of a level; None outside 2 to 7.
fn band(level: i64) -> Option<usize> {
    let level = Level::try_from(level).ok()?;
    Some(match level.band() {
        Band::Technical => 0,
        Band::HigherTechnical => 1,
        Band::Professional => 2,
    })
}

/// Numbers by score, the highest first, ties the lowest first.
fn ranked(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_out_is_the_same_as_not_being_there() {
        let raw = crate::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = crate::check(raw).unwrap().map;
        let placer = Placer::new(&map);
        let mut stems = Stems::default();
        let title = |c: &Cluster| NewOccupation::titled(c.name.replace(|c: char| c.is_ascii_digit(), ""));
        let names: Vec<Vector> = placer.clusters.iter().map(|c| placer.terms.vector(&title(c), &mut stems)).collect();
        let mut products = Vec::new();
        for (m, scores) in placer.questions().into_iter().step_by(7) {
            let others = placer.members.iter().enumerate().filter(|(i, _)| *i != m).map(|(_, member)| member);
            let without = build(&map, &placer.terms, others, &names);
            let member = &placer.members[m];
            without.products(&member.vector, &mut products);
            for (c, score) in scores.into_iter().enumerate() {
                let anew = without.parts(c, &products, Some(member.band), None).score();
                assert!((anew - score).abs() < 1e-5, "{} in {}: {anew} and {score}", member.id, placer.clusters[c].id);
            }
        }
    }
}
