//! The index of a map, and what it suggests.

use std::collections::HashMap;

use super::build::Member;
use super::calibration::Calibration;
use super::model::{Model, ShareWork};
use super::ranking::{LOOKED_AT, best};
use super::terms::Terms;
use super::vector::{Reading, Vector, square};
use super::{NewOccupation, PlaceError, Placement, Suggestion, reference};
use crate::map::{Band, Level, Map};
use crate::text::name_key;

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
#[derive(Clone, Debug)]
pub struct Placer {
    pub(super) terms: Terms,
    pub(super) model: Model,
    pub(super) clusters: Vec<Cluster>,
    pub(super) members: Vec<Member>,
    /// The members of each cluster, in their order.
    pub(super) by_cluster: Vec<Vec<usize>>,
    /// Occupations by title; of equal titles the first.
    pub(super) by_title: HashMap<String, usize>,
    pub(super) calibration: Calibration,
    /// What the likeness of the best cluster is for nearly all occupations.
    pub(super) least: f64,
}

/// A cluster, by the ids and the names of the map.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Cluster {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) pathway: String,
    pub(super) route: String,
}

/// An occupation, read for questions to one placer, or to others made of it by
/// adding and removing.
#[derive(Clone, Debug)]
pub struct Prepared {
    id: String,
    pub(super) title_key: String,
    pub(super) band: Option<usize>,
    pub(super) vector: Vector,
}

/// Memory that is used again from question to question, to any placers.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) reading: Reading,
    pub(super) products: Vec<f64>,
    scores: Vec<f64>,
    order: Vec<usize>,
    pub(super) shares: ShareWork,
}

/// How many occupations are placed by one thread at a time, at least.
#[cfg(feature = "parallel")]
const SHARE: usize = 64;

impl Placer {
    /// Builds the index of a map.
    ///
    /// # Complexity
    ///
    /// `O(t)` in the terms of all occupations, and a question for each
    /// occupation (of at most some thousands) to learn how sure to be.
    pub fn new(map: &Map) -> Self {
        let occupations: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
        let terms = Terms::new(&occupations);
        let mut reading = Reading::default();
        let members: Vec<Member> = (map.occupations().zip(&occupations))
            .map(|(o, new)| Member::new(new, o.cluster().index().index(), reading.vector(&terms, new)))
            .collect();
        let cluster = |c: crate::map::Cluster<'_>| Cluster {
            id: c.id().to_owned(),
            name: c.name().to_owned(),
            pathway: c.pathway().id().to_owned(),
            route: c.pathway().route().id().to_owned(),
        };
        let mut placer = Placer::of(terms, map.clusters().map(cluster).collect(), members, &mut reading);
        placer.calibrate();
        placer
    }

    /// A placer of these parts, not yet calibrated.
    pub(super) fn of(terms: Terms, clusters: Vec<Cluster>, members: Vec<Member>, reading: &mut Reading) -> Self {
        let name = |c: &Cluster| {
            let plain: String = c.name.chars().filter(|c| !c.is_ascii_digit()).collect();
            reading.vector(&terms, &NewOccupation::titled(plain))
        };
        let names: Vec<Vector> = clusters.iter().map(name).collect();
        let by_cluster = by_cluster(&members, clusters.len());
        let model = Model::new(&places(&clusters), names, &members, &by_cluster, terms.len());
        let mut by_title: HashMap<String, usize> = HashMap::new();
        for (m, member) in members.iter().enumerate() {
            by_title.entry(name_key(&member.title)).or_insert(m);
        }
        Placer {
            terms,
            model,
            clusters,
            members,
            by_cluster,
            by_title,
            calibration: Calibration::default(),
            least: 0.0,
        }
    }

    /// How many occupations the index holds.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Does it hold none?
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Takes an occupation into a cluster, at its end. What it says that no
    /// other does weighs as the rarest; the weights of all else, and how sure
    /// the placer is, stay as they were built: build anew when much has changed.
    ///
    /// # Errors
    ///
    /// [`PlaceError::UnknownCluster`]: `"no such cluster"`;
    /// [`PlaceError::HasOccupation`] for an id that it holds;
    /// [`PlaceError::NoLevel`] for an occupation without a level from 2 to 7.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::{NewOccupation, Placer};
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
    /// let mut placer = Placer::new(&map);
    /// let mut diver = NewOccupation::titled("Hyperbaric welder");
    /// (diver.id, diver.level) = ("NEW1".to_owned(), Some(3));
    /// let cluster = map.clusters().next().unwrap().id();
    /// placer.add(&diver, cluster)?;
    /// assert_eq!(placer.suggest(&diver, 1).because.as_deref(), Some("NEW1 Hyperbaric welder"));
    /// placer.remove("NEW1")?;
    /// assert!(placer.add(&diver, "no such cluster").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(t)` in the terms of the occupations of its route, and `O(w)` in the
    /// words of the map.
    pub fn add(&mut self, occupation: &NewOccupation, cluster: &str) -> Result<(), PlaceError> {
        let place = self.clusters.iter().position(|known| known.id == cluster);
        let place = place.ok_or_else(|| PlaceError::UnknownCluster(cluster.to_owned()))?;
        if self.members.iter().any(|member| member.id == occupation.id) {
            return Err(PlaceError::HasOccupation(occupation.id.clone()));
        }
        if occupation.level.and_then(band).is_none() {
            return Err(PlaceError::NoLevel(occupation.id.clone()));
        }
        self.terms.learn(occupation);
        let vector = Reading::default().vector(&self.terms, occupation);
        self.by_title.entry(name_key(&occupation.title)).or_insert(self.members.len());
        self.members.push(Member::new(occupation, place, vector.clone()));
        self.by_cluster = by_cluster(&self.members, self.clusters.len());
        self.model.update(place, &vector, &self.members, &self.by_cluster, self.terms.len());
        Ok(())
    }

    /// Takes an occupation out. Whatever was added and removed again leaves no
    /// trace in any answer.
    ///
    /// # Errors
    ///
    /// [`PlaceError::UnknownOccupation`]: `"no such occupation"`.
    ///
    /// # Complexity
    ///
    /// As [`Placer::add`].
    pub fn remove(&mut self, occupation: &str) -> Result<(), PlaceError> {
        let place = self.members.iter().position(|member| member.id == occupation);
        let place = place.ok_or_else(|| PlaceError::UnknownOccupation(occupation.to_owned()))?;
        let member = self.members.remove(place);
        let key = name_key(&member.title);
        self.by_title.retain(|_, m| *m != place);
        self.by_title.values_mut().filter(|m| **m > place).for_each(|m| *m -= 1);
        if let Some(next) = self.members.iter().position(|other| name_key(&other.title) == key) {
            self.by_title.entry(key).or_insert(next);
        }
        self.by_cluster = by_cluster(&self.members, self.clusters.len());
        self.model.update(member.cluster, &member.vector, &self.members, &self.by_cluster, self.terms.len());
        let is_gone =
            |term: u32| member.vector.binary_search_by_key(&term, |(t, _)| *t).is_ok() && self.model.is_nowhere(term);
        self.terms.forget(is_gone);
        Ok(())
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
        self.suggest_prepared(&self.prepare(occupation, scratch), k, scratch)
    }

    /// Reads an occupation once for several questions.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the length of its texts.
    pub fn prepare(&self, occupation: &NewOccupation, scratch: &mut Scratch) -> Prepared {
        Prepared {
            id: occupation.id.clone(),
            title_key: name_key(&occupation.title),
            band: occupation.level.and_then(band),
            vector: scratch.reading.vector(&self.terms, occupation),
        }
    }

    /// [`Placer::suggest`] for an occupation that is read.
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`], without reading.
    pub fn suggest_prepared(&self, asked: &Prepared, k: usize, scratch: &mut Scratch) -> Placement {
        self.model.products(&asked.vector, &mut scratch.products);
        self.placement(asked, k, scratch)
    }

    /// [`Placer::suggest`] for many, with the terms that add most to each
    /// suggestion. With the feature `parallel` on several threads, with the same
    /// result.
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`] and [`Placer::with_evidence`] for each.
    pub fn suggest_all(&self, occupations: &[NewOccupation], k: usize) -> Vec<Placement> {
        let one = |scratch: &mut Scratch, new: &NewOccupation| {
            let asked = self.prepare(new, scratch);
            let placement = self.suggest_prepared(&asked, k, scratch);
            let Scratch { order, shares, .. } = scratch;
            self.fill_evidence(&asked, placement, &order[..k.min(order.len())], shares)
        };
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            // a scratch is made for each share of the work: small shares would cost more than they save
            occupations.par_iter().with_min_len(SHARE).map_init(Scratch::default, one).collect()
        }
        #[cfg(not(feature = "parallel"))]
        {
            let mut scratch = Scratch::default();
            occupations.iter().map(|new| one(&mut scratch, new)).collect()
        }
    }

    /// The placement by the products with all sums, which the scratch holds.
    fn placement(&self, asked: &Prepared, k: usize, scratch: &mut Scratch) -> Placement {
        let Scratch { reading, products, scores, order, shares } = scratch;
        scores.clear();
        scores.extend((0..self.clusters.len()).map(|c| self.model.parts(c, products, asked.band, None).score()));
        let order = best(scores, k.max(LOOKED_AT), order);
        let confidence = self.calibration.confidence(scores, order);
        let suggestions = order.iter().zip(&confidence).take(k).map(|(&c, &confidence)| {
            let cluster = &self.clusters[c];
            Suggestion {
                route: cluster.route.clone(),
                pathway: cluster.pathway.clone(),
                cluster: cluster.id.clone(),
                score: scores[c],
                confidence,
                evidence: Vec::new(),
            }
        });
        let suggestions = suggestions.collect();
        let sure = confidence.first().copied().unwrap_or(0.0);
        let (verdict, because) = self.verdict(asked, order, products, sure, &mut reading.sums, shares);
        Placement { occupation: asked.id.clone(), verdict, because, suggestions }
    }

    /// [`Placer::suggest`] by looking at every branch for every term.
    pub(super) fn by_every_branch(&self, occupation: &NewOccupation, k: usize) -> Placement {
        let mut scratch = Scratch::default();
        let asked = self.prepare(occupation, &mut scratch);
        scratch.products = reference::products(&self.model, &asked.vector);
        self.placement(&asked, k, &mut scratch)
    }
}

impl Member {
    fn new(occupation: &NewOccupation, cluster: usize, vector: Vector) -> Self {
        Member {
            id: occupation.id.clone(),
            title: occupation.title.clone(),
            cluster,
            band: occupation.level.and_then(band).unwrap_or(0),
            length: square(&vector).sqrt(),
            vector,
        }
    }
}

/// The occupations of each cluster, in their order.
fn by_cluster(members: &[Member], clusters: usize) -> Vec<Vec<usize>> {
    let mut by_cluster = vec![Vec::new(); clusters];
    members.iter().enumerate().for_each(|(m, member)| by_cluster[member.cluster].push(m));
    by_cluster
}

/// The numbers of each cluster's pathway and route, in the order in which they
/// come.
fn places(clusters: &[Cluster]) -> Vec<(usize, usize)> {
    fn number<'c>(numbers: &mut HashMap<&'c str, usize>, id: &'c str) -> usize {
        let next = numbers.len();
        *numbers.entry(id).or_insert(next)
    }
    let (mut pathways, mut routes) = (HashMap::new(), HashMap::new());
    clusters.iter().map(|c| (number(&mut pathways, &c.pathway), number(&mut routes, &c.route))).collect()
}

/// The band of a level; None outside 2 to 7.
pub(super) fn band(level: i64) -> Option<usize> {
    let level = Level::try_from(level).ok()?;
    Some(match level.band() {
        Band::Technical => 0,
        Band::HigherTechnical => 1,
        Band::Professional => 2,
    })
}
