//! Steps from one occupation to the next: the links that the map declares, or
//! else the most similar occupations of the next band; and what each step
//! requires.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::error::ProgressionError;
use crate::concept::{ConceptIndex, Concepts, Topic};
use crate::derive::TopicName;
use crate::map::{Kind, Level, Map, Occupation};
use crate::order;
use crate::place::{NearOccupation, NewOccupation, Placer};

/// Where an occupation leads, and from where it is reached.
///
/// Serialises to the JSON of the command line
/// (`"format": "tlevel-progression"`, version 1), and deserialises from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Steps {
    format: StepsFormat,
    version: u32,
    /// The occupation.
    pub occupation: StepEnd,
    /// The id of its pathway.
    pub pathway: String,
    /// The steps that start from it.
    pub leads_to: Vec<Step>,
    /// The steps that end at it.
    pub comes_from: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum StepsFormat {
    #[serde(rename = "tlevel-progression")]
    Progression,
}

/// The occupation at one end of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StepEnd {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: Level,
}

/// A step from one occupation to the next, and what it requires.
///
/// Only the concepts of statements that belong to no option count, as for a
/// core: `shared` and `lacks` together are all of the next occupation's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// The occupation at the start.
    pub from: StepEnd,
    /// The next occupation.
    pub to: StepEnd,
    /// The source of the link.
    pub link: StepLink,
    /// For `inferred`: the similarity of the two, the cosine of their vectors,
    /// above 0 and up to 1.
    pub similarity: Option<f64>,
    /// How many concepts the first occupation has.
    pub has: usize,
    /// How many concepts of the next one it already has.
    pub shared: usize,
    /// The topics of what it lacks on which it has no statement: in the order of
    /// the concepts' topics. Empty without topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new_topics: Vec<TopicName>,
    /// The concepts of the next one that it lacks: by kind, then in the order
    /// in which the next one has them.
    pub lacks: Vec<Needed>,
    /// How many concepts only options of the next one have. Which of them are
    /// needed depends on the option.
    pub in_options: usize,
}

/// The source of a link between two occupations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum StepLink {
    /// The map declares it.
    Declared,
    /// No source: they are in one pathway and neighbouring bands, and similar.
    Inferred,
    /// No source: the caller asked for this step.
    Asked,
}

/// A concept that the next occupation has and the first one lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Needed {
    /// The concept's id.
    pub concept: String,
    /// Knowledge, skill or behaviour.
    pub kind: Kind,
    /// Its label.
    pub label: Option<String>,
    /// The topic under which it is taught.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicName>,
    /// The next occupation's statements of the concept, in the order of the
    /// map.
    pub statements: Vec<NeededStatement>,
}

/// A statement of the next occupation, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NeededStatement {
    /// Its id, unique in its occupation.
    pub statement: String,
    /// Its text.
    pub text: String,
}

/// Returns where an occupation leads, from where it is reached, and what each
/// step requires.
///
/// Each direction uses the links that the map declares (`progresses_to`), in
/// its order, wherever they lead. If it declares none in that direction, the
/// `k` most similar occupations of [`Placer::progression`] are used and marked
/// as inferred. Links to occupations that are not on the map are skipped; the
/// check reports them.
///
/// # Errors
///
/// [`ProgressionError::NotOnMap`]: `"no such occupation"`;
/// [`ProgressionError::OtherMap`] if the concepts were made for another map.
///
/// # Examples
///
/// The bricklayer of the consultation of 2017: no link is declared, so the next
/// occupation of the pathway is inferred.
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::place::Placer;
/// use tlevel::progression::{StepLink, steps};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let (concepts, placer) = (Concepts::exact(&map), Placer::new(&map));
/// let bricklayer = steps(&map, &concepts, &placer, "LARS287", 1)?;
/// assert_eq!(bricklayer.leads_to[0].link, StepLink::Inferred);
///
/// let technician = steps(&map, &concepts, &placer, "LARS82", 1)?;
/// let step = &technician.leads_to[0];
/// assert_eq!((step.to.title.as_str(), step.link), ("Network engineer", StepLink::Declared));
/// assert_eq!((step.shared, step.lacks.len()), (0, 7));
/// assert_eq!(step.lacks[0].statements[0].statement, "K1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(l)` in the map's links, [`Placer::progression`] if they are inferred, and
/// `O(s log s)` in the statements of each two occupations.
pub fn steps(
    map: &Map,
    concepts: &Concepts,
    placer: &Placer,
    occupation: &str,
    k: usize,
) -> Result<Steps, ProgressionError> {
    let own = on_map(map, concepts, occupation)?;
    let near = placer.progression(&NewOccupation::from(own), own.pathway().id(), k);
    let (above, next) = either(map, declared_from(map, own), &near.above);
    let (below, before) = either(map, declared_to(map, own), &near.below);
    let leads_to = next.into_iter().map(|(to, alike)| compare(concepts, own, to, above, alike));
    let comes_from = before.into_iter().map(|(from, alike)| compare(concepts, from, own, below, alike));
    Ok(Steps::new(own, leads_to.collect(), comes_from.collect()))
}

/// Returns the step between any two occupations, as the only step from the
/// first: declared if the map has that link, otherwise just asked for.
///
/// # Errors
///
/// As [`steps`], for both occupations.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::progression::{StepLink, step};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let bricklayer = step(&map, &Concepts::exact(&map), "LARS287", "LARS240")?;
/// let step = &bricklayer.leads_to[0];
/// assert_eq!((step.link, step.shared + step.lacks.len()), (StepLink::Asked, 14));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(s log s)` in the statements of the two.
pub fn step(map: &Map, concepts: &Concepts, from: &str, to: &str) -> Result<Steps, ProgressionError> {
    let (own, to) = (on_map(map, concepts, from)?, on_map(map, concepts, to)?);
    let declared = declared_from(map, own).contains(&to);
    let link = if declared { StepLink::Declared } else { StepLink::Asked };
    Ok(Steps::new(own, vec![compare(concepts, own, to, link, None)], Vec::new()))
}

fn on_map<'m>(map: &'m Map, concepts: &Concepts, id: &str) -> Result<Occupation<'m>, ProgressionError> {
    if !concepts.fits(map) {
        return Err(ProgressionError::OtherMap);
    }
    map.occupation(id).ok_or_else(|| ProgressionError::NotOnMap(id.to_owned()))
}

/// The declared links or, if there are none, the inferred ones with their
/// similarities.
fn either<'m>(
    map: &'m Map,
    declared: Vec<Occupation<'m>>,
    near: &[NearOccupation],
) -> (StepLink, Vec<(Occupation<'m>, Option<f64>)>) {
    if declared.is_empty() {
        let inferred = near.iter().filter_map(|n| Some((map.occupation(&n.occupation)?, Some(n.score))));
        return (StepLink::Inferred, inferred.collect());
    }
    (StepLink::Declared, declared.into_iter().map(|occupation| (occupation, None)).collect())
}

/// The occupations to which it leads by the map, each once.
fn declared_from<'m>(map: &'m Map, own: Occupation<'m>) -> Vec<Occupation<'m>> {
    let mut met = HashSet::from([own.id()]);
    let links = own.raw().progresses_to.iter().filter_map(|id| map.occupation(id));
    links.filter(|other| met.insert(other.id())).collect()
}

/// The occupations that lead to it by the map, in the map's order.
fn declared_to<'m>(map: &'m Map, own: Occupation<'m>) -> Vec<Occupation<'m>> {
    let leads_here = |o: &Occupation<'_>| o.raw().progresses_to.iter().any(|id| id == own.id());
    map.occupations().filter(|o| *o != own && leads_here(o)).collect()
}

impl Steps {
    fn new(own: Occupation<'_>, leads_to: Vec<Step>, comes_from: Vec<Step>) -> Self {
        Steps {
            format: StepsFormat::Progression,
            version: 1,
            occupation: StepEnd::of(own),
            pathway: own.pathway().id().to_owned(),
            leads_to,
            comes_from,
        }
    }
}

impl StepEnd {
    fn of(occupation: Occupation<'_>) -> Self {
        let (id, title) = (occupation.id().to_owned(), occupation.title().to_owned());
        StepEnd { id, title, level: occupation.level() }
    }
}

/// The concepts of its statements that belong to no option, and of those that
/// do.
fn concepts_of(concepts: &Concepts, occupation: Occupation<'_>) -> [BTreeSet<ConceptIndex>; 2] {
    let of = |counts: bool| {
        let statements = occupation.statements().filter(|s| s.counts_for_sharing() == counts);
        statements.flat_map(|s| concepts.of(s.index())).copied().collect()
    };
    [of(true), of(false)]
}

fn compare(
    concepts: &Concepts,
    from: Occupation<'_>,
    to: Occupation<'_>,
    link: StepLink,
    similarity: Option<f64>,
) -> Step {
    let [has, _] = concepts_of(concepts, from);
    let [needs, in_options] = concepts_of(concepts, to);
    let topic_of: HashMap<ConceptIndex, &Topic> =
        concepts.topics().iter().flat_map(|topic| topic.concepts.iter().map(move |c| (*c, topic))).collect();
    let mut lacks: Vec<Needed> = Vec::new();
    let mut listed: HashMap<ConceptIndex, usize> = HashMap::new();
    for statement in to.statements().filter(|s| s.counts_for_sharing()) {
        for index in concepts.of(statement.index()).iter().filter(|c| !has.contains(c)) {
            let shown = NeededStatement { statement: statement.id().to_owned(), text: statement.text().to_owned() };
            if let Some(&at) = listed.get(index) {
                lacks[at].statements.push(shown);
            } else if let Some(concept) = concepts.get(*index) {
                listed.insert(*index, lacks.len());
                lacks.push(Needed {
                    concept: concept.id().to_owned(),
                    kind: concept.kind(),
                    label: concept.label().map(str::to_owned),
                    topic: topic_of.get(index).copied().map(TopicName::of),
                    statements: vec![shown],
                });
            }
        }
    }
    // stable: within a kind they stay in the order of the next occupation
    order::by_key(&mut lacks, |needed| needed.kind);
    let own = from.statement_range();
    let is_new = |topic: &&Topic| {
        let is_needed = topic.concepts.iter().any(|concept| listed.contains_key(concept));
        is_needed && !topic.statements.iter().any(|on| own.contains(&on.statement.0))
    };
    Step {
        from: StepEnd::of(from),
        to: StepEnd::of(to),
        link,
        similarity,
        has: has.len(),
        shared: needs.intersection(&has).count(),
        new_topics: concepts.topics().iter().filter(is_new).map(TopicName::of).collect(),
        lacks,
        in_options: in_options.difference(&needs).count(),
    }
}
