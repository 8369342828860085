//! The index of a map, and the suggestions it gives.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::calibration::{Calibration, kind};
use super::known_names::{Known, KnownNames, ListedTitle, share_the_rest};
use super::meaning_of::{ClusterWords, MeaningOf};
use super::member::{Member, band};
use super::model::{Model, PartsWork, ShareWork, WithoutWork};
use super::profile::Profile;
use super::ranking::{LOOKED_AT, best};
use super::reading::{Reading, Said};
use super::telling::background;
use super::terms::{Kind, Terms};
use super::{NewOccupation, Placement, Suggestion, TitleList, reference};
use crate::each::each;
use crate::map::{Map, Occupation};
use crate::meaning::Meaning;

/// Ranks the clusters of a map for occupations.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let placer = Placer::new(&map);
/// let new = NewOccupation::titled("Network technician")
///     .with_level(3)
///     .with_statement("Install and test network cabling and equipment.");
/// let placement = placer.suggest(&new, 3);
/// assert_eq!(placement.suggestions[0].pathway, "digital/digital-support-and-services");
/// assert!(placement.suggestions.len() == 3 && placement.suggestions[0].confidence > 0.2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Placer {
    pub(super) terms: Terms,
    pub(super) model: Model,
    pub(super) clusters: Arc<Vec<Cluster>>,
    pub(super) members: Vec<Arc<Member>>,
    /// The members of each cluster, in their order.
    pub(super) by_cluster: Vec<Vec<usize>>,
    /// Titles and job titles.
    pub(super) names: KnownNames,
    /// The titles of a caller's list, and the list.
    pub(super) listed: Vec<ListedTitle>,
    pub(super) titles: TitleList,
    /// Where the vectors of meaning come from, if any are used.
    pub(super) meaning: Option<MeaningOf>,
    /// What the words of clusters mean, once it was needed.
    pub(super) cluster_words: OnceLock<Vec<ClusterWords>>,
    pub(super) calibration: Calibration,
    /// The similarity with the best cluster that nearly all occupations reach.
    pub(super) least: f64,
}

/// A cluster, by the ids and the names of the map.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Cluster {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) pathway: String,
    pub(super) pathway_name: String,
    pub(super) route: String,
    pub(super) route_name: String,
}

/// An occupation, prepared for questions to one placer.
#[derive(Clone, Debug)]
pub struct Prepared {
    id: String,
    /// What is known of its title.
    pub(super) known: Option<Known>,
    /// How many of its words the map does not have.
    pub(super) unknown_words: usize,
    pub(super) band: Option<usize>,
    pub(super) vector: Profile,
    said: Said,
}

/// Memory that is reused from question to question, for any placers.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) reading: Reading,
    pub(super) products: Vec<f64>,
    pub(super) parts: PartsWork,
    scores: Vec<f64>,
    order: Vec<usize>,
    pub(super) shares: ShareWork,
    pub(super) without: WithoutWork,
}

/// The minimum number of occupations that a thread reads or places with one scratch.
pub(super) const AT_ONCE: usize = 64;

impl Placer {
    /// Builds the index of a map.
    ///
    /// # Complexity
    ///
    /// `O(t)` in the terms of all occupations, and a question for each
    /// occupation (of at most some thousands) to calibrate confidence.
    pub fn new(map: &Map) -> Self {
        Placer::build(map, None)
    }

    /// Builds the index of a map, with what its texts mean: from a table of words,
    /// also of new occupations; from a caller's vectors, of the occupations whose ids
    /// have one, on the map or new. The placer keeps a copy of the table or the vectors.
    ///
    /// # Complexity
    ///
    /// As [`Placer::new`], and `O(d)` for each cluster and question with `d` dimensions.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::meaning::{Meaning, TableAbout, WordTable};
    /// use tlevel::place::{NewOccupation, Placer};
    ///
    /// let rows = [("gadgets", [1.0, 0.1]), ("network", [0.9, 0.1]), ("brick", [0.0, 1.0])];
    /// let table = WordTable::from_rows(TableAbout::default(), rows.map(|(piece, row)| (piece.to_owned(), row.to_vec())))?;
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let placer = Placer::with_meaning(&map, Meaning::Table(&table));
    /// let gadgets = NewOccupation::titled("Gadgets");
    /// // no word of the map, so that only its meaning speaks
    /// let placement = placer.suggest_with_evidence(&gadgets, 1);
    /// assert_eq!(placement.suggestions[0].evidence[0].term, "(meaning)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_meaning(map: &Map, meaning: Meaning<'_>) -> Self {
        Placer::build(map, Some(meaning.into()))
    }

    fn build(map: &Map, meaning: Option<MeaningOf>) -> Self {
        let occupations: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
        let (mut terms, texts) = Terms::new(&occupations);
        terms.usual = (texts.usual_words() as f64).max(USUAL);
        let numbers: Vec<usize> = (0..occupations.len()).collect();
        let profiles = each(&numbers, AT_ONCE, Reading::default, |reading, &o| {
            let profile = reading.profile_of(&terms, &occupations[o], Some((&texts, o)));
            with_meaning(profile, &terms, meaning.as_ref(), &occupations[o])
        });
        drop(texts);
        let of_map = map.occupations().zip(&occupations).zip(profiles);
        let member = |((o, new), profile): ((Occupation<'_>, _), _)| {
            Arc::new(Member::new(new, o.cluster().index().index(), profile))
        };
        let members: Vec<Arc<Member>> = of_map.map(member).collect();
        terms.background = background(members.iter().map(|m| &m.vector.words), terms.len());
        let cluster = |c: crate::map::Cluster<'_>| Cluster {
            id: c.id().to_owned(),
            name: c.name().to_owned(),
            pathway: c.pathway().id().to_owned(),
            pathway_name: c.pathway().name().to_owned(),
            route: c.pathway().route().id().to_owned(),
            route_name: c.pathway().route().name().to_owned(),
        };
        let clusters = Arc::new(map.clusters().map(cluster).collect());
        let mut placer = Placer::of(terms, clusters, members, meaning, &mut Reading::default());
        placer.calibrate(&occupations);
        placer
    }

    /// Returns a placer of these parts, not yet calibrated.
    pub(super) fn of(
        terms: Terms,
        clusters: Arc<Vec<Cluster>>,
        members: Vec<Arc<Member>>,
        meaning: Option<MeaningOf>,
        reading: &mut Reading,
    ) -> Self {
        let name = |c: &Cluster| {
            let plain: String = c.name.chars().filter(|c| !c.is_ascii_digit()).collect();
            profile(reading, &terms, meaning.as_ref(), &NewOccupation::titled(plain))
        };
        let names: Vec<Profile> = clusters.iter().map(name).collect();
        let by_cluster = by_cluster(&members, clusters.len());
        let dimensions = meaning.as_ref().map_or(0, MeaningOf::dimensions);
        let model = Model::new(&places(&clusters), names, &members, &by_cluster, &terms.background, dimensions);
        Placer {
            terms,
            model,
            clusters,
            names: KnownNames::new(&members, &[]),
            listed: Vec::new(),
            titles: TitleList::default(),
            members,
            by_cluster,
            meaning,
            cluster_words: OnceLock::new(),
            calibration: Calibration::default(),
            least: 0.0,
        }
    }

    /// The occupations of the index in insertion order: the id, the title and
    /// the id of the cluster of each.
    pub fn occupations(&self) -> impl ExactSizeIterator<Item = (&str, &str, &str)> {
        self.members.iter().map(|m| (m.id.as_str(), m.title.as_str(), self.clusters[m.cluster].id.as_str()))
    }

    /// The ids of the clusters, in the order of the map.
    pub fn clusters(&self) -> impl ExactSizeIterator<Item = &str> {
        self.clusters.iter().map(|c| c.id.as_str())
    }

    /// How many occupations the index holds.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether it holds no occupations.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Returns the `k` best clusters for an occupation.
    ///
    /// # Complexity
    ///
    /// `O(t c)` for its `t` terms and the clusters that have each; see
    /// `benches/place.rs`.
    pub fn suggest(&self, occupation: &NewOccupation, k: usize) -> Placement {
        self.suggest_with(occupation, k, &mut Scratch::default())
    }

    /// Like [`Placer::suggest`], with the terms that add most to each
    /// suggestion.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::place::{NewOccupation, Placer};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let new = NewOccupation::titled("Network technician").with_level(3).with_statement("Install network cabling.");
    /// let placement = Placer::new(&map).suggest_with_evidence(&new, 1);
    /// let first = &placement.suggestions[0];
    /// assert_eq!(first.route_name, "Digital");
    /// assert!(first.evidence.iter().any(|share| share.term == "cabling"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`] and [`Placer::with_evidence`].
    pub fn suggest_with_evidence(&self, occupation: &NewOccupation, k: usize) -> Placement {
        self.placed_with_evidence(occupation, k, &mut Scratch::default())
    }

    fn placed_with_evidence(&self, occupation: &NewOccupation, k: usize, scratch: &mut Scratch) -> Placement {
        let asked = self.prepare(occupation, scratch);
        let placement = self.suggest_prepared(&asked, k, scratch);
        let Scratch { order, shares, .. } = scratch;
        self.fill_evidence(occupation, &asked, placement, &order[..k.min(order.len())], shares)
    }

    /// Like [`Placer::suggest`], with reusable memory.
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`], without allocating memory again.
    pub fn suggest_with(&self, occupation: &NewOccupation, k: usize, scratch: &mut Scratch) -> Placement {
        self.suggest_prepared(&self.prepare(occupation, scratch), k, scratch)
    }

    /// Prepares an occupation once for several questions.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the length of its texts.
    pub fn prepare(&self, occupation: &NewOccupation, scratch: &mut Scratch) -> Prepared {
        scratch.reading.said = Some(Said::default());
        let vector = self.profile(occupation, &mut scratch.reading);
        Prepared {
            said: scratch.reading.said.take().unwrap_or_default(),
            id: occupation.id.clone(),
            known: self.names.of(&occupation.title),
            unknown_words: scratch.reading.unknown,
            band: occupation.level.and_then(band),
            vector,
        }
    }

    /// Like [`Placer::suggest`], for a prepared occupation.
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`], without reading.
    pub fn suggest_prepared(&self, asked: &Prepared, k: usize, scratch: &mut Scratch) -> Placement {
        self.model.all_parts(&asked.vector, asked.band, &mut scratch.parts);
        self.placement(asked, k, scratch)
    }

    /// Like [`Placer::suggest`], for many occupations, with the terms that add
    /// most to each suggestion. With the feature `parallel` it uses several
    /// threads, with the same result.
    ///
    /// # Complexity
    ///
    /// As [`Placer::suggest`] and [`Placer::with_evidence`] for each.
    pub fn suggest_all(&self, occupations: &[NewOccupation], k: usize) -> Vec<Placement> {
        each(occupations, AT_ONCE, Scratch::default, |scratch, new| self.placed_with_evidence(new, k, scratch))
    }

    /// The vectors of an occupation.
    pub(super) fn profile(&self, new: &NewOccupation, reading: &mut Reading) -> Profile {
        profile(reading, &self.terms, self.meaning.as_ref(), new)
    }

    /// The placement from the parts of all scores, which the scratch holds.
    fn placement(&self, asked: &Prepared, k: usize, scratch: &mut Scratch) -> Placement {
        let Scratch { reading, parts, scores, order, shares, .. } = scratch;
        scores.clear();
        scores.extend(parts.parts.iter().map(|parts| parts.score()));
        let (mut confidence, is_absent) = self.calibration.confidence(scores, &self.model.routes, asked.kind());
        if let Some(known) = &asked.known {
            known.lead(scores, &mut confidence);
        }
        let order = best(scores, k.max(LOOKED_AT), order);
        let leading = asked.known.as_ref().map_or(&order[..order.len().min(1)], |known| &known.clusters);
        share_the_rest(&mut confidence, leading);
        // what nobody knows is nowhere nearer than elsewhere, whatever its level
        let k = if asked.is_known() { k } else { 0 };
        let suggestions = order.iter().take(k).map(|&c| {
            let cluster = &self.clusters[c];
            Suggestion {
                route: cluster.route.clone(),
                route_name: cluster.route_name.clone(),
                pathway: cluster.pathway.clone(),
                pathway_name: cluster.pathway_name.clone(),
                cluster: cluster.id.clone(),
                cluster_name: cluster.name.clone(),
                score: scores[c],
                confidence: confidence[c],
                evidence: Vec::new(),
                near_words: Vec::new(),
            }
        });
        let suggestions = suggestions.collect();
        let sure = order.first().map_or(0.0, |&c| confidence[c]);
        let known = self.listed_by(asked, order);
        let (verdict, because) =
            self.verdict(asked, &known, order, &parts.parts, (sure, is_absent), &mut reading.sums, shares);
        Placement { occupation: asked.id.clone(), verdict, because, known, suggestions }
    }

    /// Like [`Placer::suggest`], by examining every branch for every term.
    pub(super) fn by_every_branch(&self, occupation: &NewOccupation, k: usize) -> Placement {
        let mut scratch = Scratch::default();
        let asked = self.prepare(occupation, &mut scratch);
        scratch.parts.parts = reference::parts(&self.model, &asked.vector, asked.band);
        self.placement(&asked, k, &mut scratch)
    }
}

impl Placer {
    /// A term in readable form: a word as the question has it, or two. `None` for letters,
    /// which mean nothing one by one.
    pub(super) fn said<'a>(&'a self, asked: &'a Prepared, term: u32) -> Option<Cow<'a, str>> {
        match self.terms.kind(term) {
            Kind::Word(shown) => Some(asked.said.word(term).unwrap_or_else(|| self.terms.shown(shown)).into()),
            Kind::Pair(one, other) => Some(format!("{} {}", self.said(asked, one)?, self.said(asked, other)?).into()),
            Kind::Letters => None,
        }
    }
}

impl Prepared {
    /// Whether anything of it is known but its level.
    fn is_known(&self) -> bool {
        self.known.is_some() || !self.vector.is_empty() || !self.vector.meaning.is_empty()
    }

    /// How much it says.
    pub(super) fn kind(&self) -> usize {
        kind(self.vector.length(), self.band.is_some())
    }
}

/// The number of words below which the texts of a map are not usual.
const USUAL: f64 = 20.0;

/// The vectors of an occupation.
fn profile(reading: &mut Reading, terms: &Terms, meaning: Option<&MeaningOf>, new: &NewOccupation) -> Profile {
    with_meaning(reading.profile(terms, new), terms, meaning, new)
}

fn with_meaning(mut profile: Profile, terms: &Terms, meaning: Option<&MeaningOf>, new: &NewOccupation) -> Profile {
    if let Some(meaning) = meaning {
        profile.meaning = meaning.vector(new, terms);
    }
    profile
}

/// The occupations of each cluster, in their order.
pub(super) fn by_cluster(members: &[Arc<Member>], clusters: usize) -> Vec<Vec<usize>> {
    let mut by_cluster = vec![Vec::new(); clusters];
    members.iter().enumerate().for_each(|(m, member)| by_cluster[member.cluster].push(m));
    by_cluster
}

/// The numbers of each cluster's pathway and route, in order of first
/// appearance.
fn places(clusters: &[Cluster]) -> Vec<(usize, usize)> {
    fn number<'c>(numbers: &mut HashMap<&'c str, usize>, id: &'c str) -> usize {
        let next = numbers.len();
        *numbers.entry(id).or_insert(next)
    }
    let (mut pathways, mut routes) = (HashMap::new(), HashMap::new());
    clusters.iter().map(|c| (number(&mut pathways, &c.pathway), number(&mut routes, &c.route))).collect()
}
