//! Why a topic is or is not core: who has it, who lacks how much, and what would
//! have to change.

use serde::{Deserialize, Serialize};

use super::explanation::{decision, stays, tier_name, too_few};
use crate::concept::{Concepts, HeadingSource, Nature};
use crate::derive::{Derivation, Holders, Programme, Support, Tier, TopicPlace, TopicUnit};
use crate::map::BranchName;
use crate::order;

/// A topic with all evidence for and against it.
///
/// Serialises (`"format": "tlevel-explained-topic"`, version 1) and reads back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExplainedTopic {
    format: ExplainedTopicFormat,
    version: u32,
    /// The topic's id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Where the heading comes from.
    pub source: HeadingSource,
    /// Whether it is general or occupational.
    pub nature: Nature,
    /// How many counting occupations of the whole map have it, out of how many.
    pub usual: Support,
    /// The pathways in which a counting occupation has a statement on it.
    pub places: Vec<ExplainedTopicPlace>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum ExplainedTopicFormat {
    #[serde(rename = "tlevel-explained-topic")]
    ExplainedTopic,
}

/// A pathway in which occupations have statements on the topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExplainedTopicPlace {
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// Its tier there, or `None` if people dropped it from the programme. In JSON
    /// `route-core`, `pathway-core`, `group-core`, `near-miss`, `specialism` or
    /// `dropped`.
    #[serde(with = "tier_name")]
    pub role: Option<Tier>,
    /// The groups in whose core it is, if it is group core.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<BranchName>,
    /// Whether people decided its tier there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    /// How many counting occupations have it, out of how many.
    pub support: Support,
    /// How many must have it for the pathway's core.
    pub need: usize,
    /// The occupations that have it.
    pub holders: Vec<TopicUnit>,
    /// Those that do not, the nearest first.
    pub missing: Vec<TopicUnit>,
    /// The chance that at least as many of as many occupations of the map have it.
    pub chance: f64,
    /// What would have to change for it to be core, or no longer core. If people
    /// decided its tier: what that is, and what the counts alone would make of it.
    pub change: String,
}

/// Explains why a topic is or is not core, pathway by pathway. Returns `None` if
/// the concepts have no topic of that id.
///
/// For programmes with decisions, take the concepts and the programmes of
/// [`Reviewed`](super::Reviewed), and its tiers for
/// [`Holders::with_decisions`].
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Holders, Policy};
/// use tlevel::review::explain_topic;
/// use tlevel::topics::{Topics, Vocabulary};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, Concepts::exact(&map));
/// let policy = Policy::panel();
/// let derivation = tlevel::derive(&map, &concepts, &policy)?;
/// let holders = Holders::new(&map, &concepts, &policy)?;
/// let why = explain_topic(&concepts, &holders, &derivation, "health-and-safety").unwrap();
/// assert!(why.places.iter().any(|place| place.change.contains("core unless")));
/// assert!(explain_topic(&concepts, &holders, &derivation, "no-such-topic").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`Holders::topic_places`].
pub fn explain_topic(
    concepts: &Concepts,
    holders: &Holders<'_>,
    derivation: &Derivation,
    topic: &str,
) -> Option<ExplainedTopic> {
    let found = concepts.topics().iter().find(|found| found.id == topic)?;
    let places = holders.topic_places(topic).into_iter().map(|place| {
        let programme = derivation.programme(&place.pathway.id);
        let (role, groups) = role(programme, topic, &place);
        let change = change(role, &groups, &place);
        let (holders, mut missing): (Vec<TopicUnit>, Vec<TopicUnit>) =
            place.units.into_iter().partition(|unit| unit.short == 0);
        order::by_key(&mut missing, |unit| unit.short);
        ExplainedTopicPlace {
            route: place.route,
            pathway: place.pathway,
            role,
            groups,
            decided: place.decided,
            support: place.support,
            need: place.need,
            holders,
            missing,
            chance: place.chance,
            change,
        }
    });
    Some(ExplainedTopic {
        format: ExplainedTopicFormat::ExplainedTopic,
        version: 1,
        id: found.id.clone(),
        heading: found.heading.clone(),
        source: found.source,
        nature: found.nature,
        usual: holders.topic_usual(topic)?,
        places: places.collect(),
    })
}

/// The tier of a topic in a programme, and its groups; `None` if people dropped
/// it.
fn role(programme: Option<&Programme>, topic: &str, place: &TopicPlace) -> (Option<Tier>, Vec<BranchName>) {
    let core = || programme.into_iter().flat_map(|p| &p.topics).filter(|core| core.id == topic);
    let is_near = || programme.is_some_and(|p| p.near_topics.iter().any(|near| near.id == topic));
    match core().map(|core| core.tier).min() {
        Some(Tier::Group) => (Some(Tier::Group), core().filter_map(|core| core.group.clone()).collect()),
        Some(tier) => (Some(tier), Vec::new()),
        None if place.dropped => (None, Vec::new()),
        None if is_near() => (Some(Tier::NearMiss), Vec::new()),
        None => (Some(Tier::Specialism), Vec::new()),
    }
}

fn change(role: Option<Tier>, groups: &[BranchName], place: &TopicPlace) -> String {
    let (have, need, of) = (place.support.have, place.need, place.support.of);
    if place.decided {
        return decision(role, have, need, of);
    }
    let holding = place.holding.have;
    match role {
        Some(Tier::Route) if place.holds && holding >= place.route_need => {
            stays("route core", holding + 1 - place.route_need, &format!("{holding} pathways that hold it"))
        }
        Some(Tier::Route) => format!("is route core, because {holding} pathways hold it; this one does not"),
        Some(Tier::Pathway) if have >= need => stays("core", have + 1 - need, &have.to_string()),
        Some(Tier::Group) => {
            let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
            format!("is core of {}; {}", names.join(" and "), missing(place))
        }
        _ => missing(place),
    }
}

/// How many more occupations need it, and which is the nearest.
fn missing(place: &TopicPlace) -> String {
    let (have, need, of) = (place.support.have, place.need, place.support.of);
    if of < need {
        return format!("cannot become core: {}", too_few(need, of));
    }
    let lacking = place.units.iter().filter(|unit| unit.short > 0).min_by_key(|unit| unit.short);
    let nearest = lacking.map_or_else(String::new, |unit| {
        let statements = if unit.short == 1 { "statement" } else { "statements" };
        format!("; the nearest, {}, is {} {statements} short", unit.occupation.title, unit.short)
    });
    format!("would be core if {} more had it{nearest}", need.saturating_sub(have))
}
