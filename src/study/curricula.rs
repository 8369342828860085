//! The effect of a grouping on curricula: the programmes that it would give.
//!
//! | Measure | Meaning |
//! |---|---|
//! | `programmes` | how many groups have an occupation to teach |
//! | `alone` | how many of them have one counting occupation: nothing can be shared |
//! | `with_core` | how many have a core item |
//! | `core_items` | mean number of core items of a programme |
//! | `core_share` | the mean share of a programme's content that is core, over programmes that are not `alone` |
//! | `content_in_core` | the share of all content of all programmes that is core: large programmes weigh more |
//! | `specialisms` | mean number of specialisms of a programme |
//!
//! Content is counted in concepts, each once a programme. Every group is
//! treated as a pathway of a route of its own, so that its core is what its
//! occupations share. Eligibility stays as on the map. If topics are shared, the
//! core is all that is taught under core topics; the core of a group counts as
//! content only.

use std::collections::{BTreeMap, HashMap, HashSet};

use itertools::Itertools as _;
use serde::{Deserialize, Serialize};

use super::{Labels, Metric, UnknownOccupation};
use crate::concept::{ConceptIndex, Concepts, Group, Overlap, TopicStatement};
use crate::derive::{Derivation, Exception, Policy, Programme, Role, Tier};
use crate::map::{Map, StatementIndex};
use crate::read::{RawCluster, RawMap, RawPathway, RawRoute};

/// The effect of a grouping on curricula.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CurriculumStudy {
    /// The figures.
    pub measures: Vec<Metric>,
    /// The programmes, by label.
    pub programmes: Vec<ProgrammeSize>,
}

/// The size of a programme, and how much of it is shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProgrammeSize {
    /// The group, or the id of the pathway.
    pub label: String,
    /// The occupations that count for the core.
    pub counting: usize,
    /// Concepts of the core, the route's and the pathway's.
    pub core: usize,
    /// Topics of that core; 0 if statements are shared.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub topics: usize,
    /// All concepts, also those that are core of a group alone.
    pub content: usize,
    /// The share of the content that is core; 0 if there is none.
    pub core_share: f64,
    /// Specialisms.
    pub specialisms: usize,
}

impl ProgrammeSize {
    pub(super) fn of(programme: &Programme, label: &str) -> Self {
        let core = programme.route_core.len() + programme.pathway_core.len();
        let special = programme.specialisms.iter();
        let all = special.flat_map(|s| s.content.iter().chain(s.adds.iter().flat_map(|add| &add.content)));
        let group = programme.group_core.iter().flat_map(|group| &group.content);
        let special: HashSet<&str> = all.chain(group).map(|item| item.concept.as_str()).collect();
        let topics = programme.topics.iter().filter(|topic| topic.tier != Tier::Group);
        let content = core + special.len();
        ProgrammeSize {
            label: label.to_owned(),
            counting: programme.counting.len(),
            core,
            topics: topics.count(),
            content,
            core_share: ratio(core, content),
            specialisms: programme.specialisms.len(),
        }
    }
}

/// Why a grouping cannot be studied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CurriculumError {
    /// The concepts group the statements of another map.
    #[error("the concepts were made for another map; make them again for this one")]
    OtherMap,
    /// The labels put none of the map's occupations in a group.
    #[error("the labels put none of the map's {map} occupations in a group; they label {labels}{}", hint(.unknown.as_ref()))]
    NoOccupation {
        /// How many occupations the map has.
        map: usize,
        /// How many are labelled.
        labels: usize,
        /// The first that is not on the map.
        unknown: Option<UnknownOccupation>,
    },
    /// The map cannot be grouped in this way.
    #[error("the map cannot be grouped by these labels: {0}")]
    Labels(String),
}

fn hint(unknown: Option<&UnknownOccupation>) -> String {
    unknown.map_or_else(String::new, |unknown| format!(", such as {unknown}"))
}

/// Returns the programmes that a grouping would give. Occupations without a
/// label are ignored.
///
/// # Errors
///
/// [`CurriculumError::OtherMap`] if the concepts were made for another map.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::Policy;
/// use tlevel::study::{OfficialGrouping, Labels, curricula};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let by = |grouped| curricula(&map, &concepts, &Policy::t_level(), &Labels::of(&map, grouped));
/// let core = |study: &tlevel::study::CurriculumStudy| {
///     study.measures.iter().find(|m| m.measure == "core_items").unwrap().value
/// };
/// // smaller groups share more
/// assert!(core(&by(OfficialGrouping::Pathway)?) > core(&by(OfficialGrouping::Route)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// The cost of checking and deriving a map of these occupations.
pub fn curricula(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    labels: &Labels,
) -> Result<CurriculumStudy, CurriculumError> {
    let official = crate::derive(map, concepts, policy).map_err(|_| CurriculumError::OtherMap)?;
    let grouped = regrouped(map, labels);
    let wrong = |e: &dyn std::fmt::Display| CurriculumError::Labels(e.to_string());
    let grouped = crate::check(grouped).map_err(|e| wrong(&e))?.map;
    let moved = carried(map, concepts, &grouped).map_err(|e| wrong(&e))?;
    let derivation = crate::derive(&grouped, &moved, &as_eligible(policy, &official)).map_err(|e| wrong(&e))?;
    let programmes: Vec<ProgrammeSize> =
        derivation.programmes.iter().map(|p| ProgrammeSize::of(p, &p.route.name)).collect();
    Ok(CurriculumStudy { measures: measures(&programmes), programmes })
}

/// The figures of some programmes.
pub(super) fn measures(programmes: &[ProgrammeSize]) -> Vec<Metric> {
    let n = programmes.len();
    let shared: Vec<&ProgrammeSize> = programmes.iter().filter(|p| p.counting > 1).collect();
    let sum = |of: fn(&ProgrammeSize) -> usize| programmes.iter().map(of).sum::<usize>();
    let core_share = shared.iter().map(|p| p.core_share).sum::<f64>() / shared.len().max(1) as f64;
    [
        ("programmes", n as f64),
        ("alone", (n - shared.len()) as f64),
        ("with_core", programmes.iter().filter(|p| p.core > 0).count() as f64),
        ("core_items", ratio(sum(|p| p.core), n)),
        ("core_share", core_share),
        ("content_in_core", ratio(sum(|p| p.core), sum(|p| p.content))),
        ("specialisms", ratio(sum(|p| p.specialisms), n)),
    ]
    .into_iter()
    .map(|(measure, value)| Metric::new(measure, value))
    .collect()
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The map's occupations with a route, a pathway and a cluster for each label.
fn regrouped(map: &Map, labels: &Labels) -> RawMap {
    let mut by_label: BTreeMap<&str, RawCluster> = BTreeMap::new();
    for occupation in map.occupations() {
        if let Some(label) = labels.get(occupation.id()) {
            by_label.entry(label).or_default().occupations.push(occupation.raw().clone());
        }
    }
    let mut grouped = RawMap::new("Grouped anew");
    for (number, (label, mut cluster)) in (1..).zip(by_label) {
        // ids that no occupation has
        let id = |tier: &str| Some(format!("group {number} {tier}"));
        let name = Some(label.to_owned());
        (cluster.id, cluster.name) = (id("cluster"), name.clone());
        let pathway =
            RawPathway { id: id("pathway"), name: name.clone(), clusters: vec![cluster], ..RawPathway::default() };
        grouped.routes.push(RawRoute { id: id("route"), name, pathways: vec![pathway], ..RawRoute::default() });
    }
    grouped
}

/// The concepts of one map, for another that has some of its occupations.
fn carried(map: &Map, concepts: &Concepts, to: &Map) -> Result<Concepts, crate::concept::Error> {
    let mut grouped: HashSet<usize> = HashSet::new();
    let mut groups = Vec::new();
    for concept in concepts.iter() {
        let mut group =
            Group { id: concept.id().to_owned(), label: concept.label().map(str::to_owned), ..Group::default() };
        for &index in concept.statements() {
            let Some(statement) = map.statement_at(index) else { continue };
            let occupation = statement.occupation().id();
            if to.occupation(occupation).is_none() {
                continue;
            }
            let key = (occupation.to_owned(), statement.id().to_owned());
            // a bundle is in several: in the first as its own
            if grouped.insert(index.index()) { group.statements.push(key) } else { group.also.push(key) }
        }
        if !group.statements.is_empty() || !group.also.is_empty() {
            groups.push(group);
        }
    }
    Ok(with_topics(map, concepts, to, Concepts::from_groups(to, groups)?))
}

/// The topics and overlaps of one map's concepts, over those of another that has
/// some of its occupations.
fn with_topics(map: &Map, concepts: &Concepts, to: &Map, carried: Concepts) -> Concepts {
    let new_of: HashMap<&str, ConceptIndex> = carried.iter().map(|c| (c.id(), c.index())).collect();
    let moved = |concept: ConceptIndex| new_of.get(concepts.get(concept)?.id()).copied();
    let overlaps: Vec<Overlap> = (concepts.overlaps().iter())
        .filter_map(|overlap| {
            let [a, b] = overlap.concepts;
            let (a, b) = (moved(a)?, moved(b)?);
            Some(Overlap::new([a.min(b), a.max(b)], overlap.score))
        })
        .sorted_by_key(|overlap| overlap.concepts)
        .collect();
    if !concepts.has_topics() {
        return carried.with_overlaps(overlaps);
    }
    let mut numbers: HashMap<StatementIndex, StatementIndex> = HashMap::new();
    for occupation in to.occupations() {
        let was = map.occupation(occupation.id()).into_iter().flat_map(|was| was.statements());
        let was: HashMap<&str, StatementIndex> = was.map(|s| (s.id(), s.index())).collect();
        numbers.extend(occupation.statements().filter_map(|s| Some((*was.get(s.id())?, s.index()))));
    }
    let topics = concepts.topics().iter().map(|topic| {
        let on = topic.statements.iter();
        let on = on.filter_map(|on| Some(TopicStatement::new(*numbers.get(&on.statement)?, on.score))).collect();
        let taught = topic.concepts.iter().filter_map(|concept| moved(*concept)).collect();
        topic.clone().with_statements(on).with_concepts(taught)
    });
    let topics = topics.filter(|topic| !topic.statements.is_empty()).collect();
    carried.with_overlaps(overlaps).with_topics(topics)
}

/// For serde: whether to leave it out.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The policy for the same occupations under other branches: those that it
/// excludes because of their branch stay excluded.
fn as_eligible(policy: &Policy, official: &Derivation) -> Policy {
    let mut policy = policy.clone();
    policy.apprenticeship_only.clear();
    let excluded = official.programmes.iter().flat_map(|p| &p.excluded);
    let excluded = excluded.chain(official.no_programme.iter().flat_map(|none| &none.excluded));
    for out in excluded.filter(|out| out.branch.is_some()) {
        let exception = Exception { occupation: out.occupation.clone(), role: Role::LeftOut, note: String::new() };
        policy.exceptions.push(exception);
    }
    policy
}
