//! What people decided about concepts, as an input of the derivation.

use std::collections::{BTreeMap, BTreeSet};

use super::by_topic::TopicDecisions;
use super::eligibility::Eligibility;
use super::item::Tier;
use super::policy::{Policy, Share};
use super::sharing::{PathwaySharing, RouteSharing};
use crate::concept::{ConceptIndex, Concepts};
use crate::map::{Map, Pathway, PathwayIndex, RouteIndex};

/// The tiers that people decided, pathway by pathway. Everything else is
/// counted.
///
/// # The meaning
///
/// * The route core belongs to the route: what a decision for one pathway makes
///   route core is route core for all pathways of the route, whatever else is
///   decided of it there.
/// * What is decided otherwise in one pathway is not route core. The route's
///   other pathways have it according to their counts: as pathway core if they
///   hold it (and enough occupations have it), otherwise in specialisms.
/// * What is dropped from a pathway is in no part of its programme.
/// * A concept becomes core only if an occupation that the programme serves has
///   it.
/// * A concept with a decision is no near miss in that pathway.
///
/// Decisions on topics ([`Tiers::set_topic`]) mean the same, where topics are
/// shared; otherwise they change nothing. Further:
///
/// * A topic that is decided to be core takes all its concepts along: what one
///   unit alone has is a source, whatever the nature of the topic. Route core by
///   decision is listed in every programme of the route.
/// * A topic that is decided to be group core is the core of the groups that
///   share it, even if the pathway holds it. One that is decided to be a
///   specialism is not.
/// * A decision on a concept wins over the one on its topic. A concept that is
///   decided to be core is an element of its topic, even if the topic is not core
///   and one unit alone has the concept.
/// * Where a concept of a route core topic is decided otherwise in one pathway,
///   the route's other pathways that list the topic have the concept as pathway
///   core, if one of their counting occupations has it.
/// * Topics that the concepts do not have are ignored.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Policy, Tier, Tiers, derive_with};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let onsite = map.pathway("construction/onsite-construction").expect("is on the map");
/// let law = concepts.iter().find(|c| c.label() == Some("Health and safety law in construction")).unwrap();
///
/// let mut tiers = Tiers::default();
/// tiers.set(onsite.index(), law.index(), Tier::Specialism);
/// let derivation = derive_with(&map, &concepts, &Policy::t_level(), &tiers)?;
/// let programme = derivation.programme(onsite.id()).unwrap();
/// assert!(programme.route_core.iter().chain(&programme.pathway_core).all(|item| item.concept != law.id()));
/// assert!(programme.specialisms[0].content.iter().any(|item| item.concept == law.id()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiers {
    /// `None` means dropped.
    placed: BTreeMap<(PathwayIndex, ConceptIndex), Option<Tier>>,
    not_of_route: BTreeSet<(RouteIndex, ConceptIndex)>,
    elements: BTreeSet<(PathwayIndex, ConceptIndex)>,
    topics: TopicDecisions,
}

impl Tiers {
    /// Puts a concept into a tier of a pathway's programme, replacing any
    /// earlier decision on it there.
    pub fn set(&mut self, pathway: PathwayIndex, concept: ConceptIndex, tier: Tier) {
        self.placed.insert((pathway, concept), Some(tier));
    }

    /// Takes a concept out of a pathway's programme.
    pub fn remove(&mut self, pathway: PathwayIndex, concept: ConceptIndex) {
        self.placed.insert((pathway, concept), None);
    }

    /// Leaves a concept to the pathways of a route: it is not route core, and
    /// counts in each of them.
    pub fn leave_to_pathways(&mut self, route: RouteIndex, concept: ConceptIndex) {
        self.not_of_route.insert((route, concept));
    }

    /// Makes a concept an element wherever it is in the core of a pathway's programme,
    /// even if one unit alone has it: people have worded it, or confirmed that it is
    /// core. Its tier stays.
    pub fn make_element(&mut self, pathway: PathwayIndex, concept: ConceptIndex) {
        self.elements.insert((pathway, concept));
    }

    /// Puts a topic, by its id, into a tier of a pathway's programme, replacing
    /// any earlier decision on it there.
    pub fn set_topic(&mut self, pathway: PathwayIndex, topic: impl Into<String>, tier: Tier) {
        self.topics.placed.insert((pathway, topic.into()), Some(tier));
    }

    /// Takes a topic, with the concepts that are taught under it, out of a
    /// pathway's programme.
    pub fn remove_topic(&mut self, pathway: PathwayIndex, topic: impl Into<String>) {
        self.topics.placed.insert((pathway, topic.into()), None);
    }

    /// Leaves a topic to the pathways of a route: it is not route core, and
    /// counts in each of them.
    pub fn leave_topic_to_pathways(&mut self, route: RouteIndex, topic: impl Into<String>) {
        self.topics.not_of_route.insert((route, topic.into()));
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        let no_places = self.placed.is_empty() && self.not_of_route.is_empty();
        no_places && self.elements.is_empty() && self.topics.is_empty()
    }

    pub(super) fn of_topics(&self) -> &TopicDecisions {
        &self.topics
    }

    /// Applies the decisions to the counts. Concepts and branches that the map
    /// does not have are ignored, and so are routes that were not counted.
    pub(super) fn decide(
        &self,
        (map, concepts): (&Map, &Concepts),
        policy: &Policy,
        eligibility: &Eligibility<'_>,
        share: Share,
        sharings: &mut [RouteSharing],
    ) {
        let mut of_route: BTreeMap<(RouteIndex, ConceptIndex), BTreeMap<PathwayIndex, Option<Tier>>> = BTreeMap::new();
        for (&(pathway, concept), &tier) in &self.placed {
            if let Some(pathway) = map.pathway_at(pathway) {
                of_route.entry((pathway.route().index(), concept)).or_default().insert(pathway.index(), tier);
            }
        }
        for &at in &self.not_of_route {
            of_route.entry(at).or_default();
        }
        for ((route, concept), decided) in of_route {
            let (Some(route), Some(concept)) = (map.route_at(route), concepts.get(concept)) else { continue };
            let Some(sharing) = sharings.get_mut(route.index().index()) else { continue };
            let is_served = |range: std::ops::Range<u32>| {
                let members = concept.statements();
                let within =
                    members.partition_point(|s| s.0 < range.start)..members.partition_point(|s| s.0 < range.end);
                let mut statements = members[within].iter().filter_map(|s| map.statement_at(*s));
                statements.any(|s| eligibility.standing(s.occupation()).gets_specialism())
            };
            let concept = concept.index();
            if decided.values().any(|tier| *tier == Some(Tier::Route)) {
                if is_served(route.statement_range()) {
                    insert(&mut sharing.core, concept);
                    insert(&mut sharing.decided, concept);
                    sharing.near.retain(|near| near.concept != concept);
                    for pathway in &mut sharing.pathways {
                        remove(&mut pathway.unlisted, concept);
                        remove(&mut pathway.dropped, concept);
                        take_out(pathway, concept);
                    }
                }
                continue;
            }
            let was_core = sharing.core.binary_search(&concept).is_ok();
            sharing.left_core |= was_core;
            remove(&mut sharing.core, concept);
            for (pathway, sharing) in route.pathways().zip(&mut sharing.pathways) {
                let Some(tier) = decided.get(&pathway.index()) else {
                    let was_listed = was_core && sharing.unlisted.binary_search(&concept).is_err();
                    let has_it = match share {
                        Share::Topic => sharing.have(concept) > 0,
                        Share::Statement => sharing.holds(concept) && sharing.have(concept) >= policy.min_sharers,
                    };
                    if was_listed && has_it && !sharing.is_dropped(concept) {
                        insert(&mut sharing.core, concept);
                    }
                    continue;
                };
                insert(&mut sharing.decided, concept);
                sharing.near.retain(|near| near.concept != concept);
                remove(&mut sharing.dropped, concept);
                take_out(sharing, concept);
                match tier {
                    Some(Tier::Pathway) if is_served(pathway.statement_range()) => insert(&mut sharing.core, concept),
                    Some(_) => {}
                    None => insert(&mut sharing.dropped, concept),
                }
            }
        }
        for (route, sharing) in map.routes().zip(sharings) {
            for (pathway, sharing) in route.pathways().zip(&mut sharing.pathways) {
                let of_pathway = self.elements.range((pathway.index(), ConceptIndex(0))..);
                let of_pathway = of_pathway.take_while(|(of, _)| *of == pathway.index());
                sharing.elements = of_pathway.map(|(_, concept)| *concept).collect();
            }
        }
    }
}

impl Tiers {
    /// Whether people decided on a concept in a pathway, or made it route core in
    /// another pathway of the route.
    pub(super) fn is_decided(&self, pathway: Pathway<'_>, concept: ConceptIndex) -> bool {
        let is_route_core = |p: Pathway<'_>| self.placed.get(&(p.index(), concept)) == Some(&Some(Tier::Route));
        self.placed.contains_key(&(pathway.index(), concept)) || pathway.route().pathways().any(is_route_core)
    }

    /// Whether people decided on a topic in a pathway, or made it route core in
    /// another pathway of the route, and whether they took it out of the programme.
    pub(super) fn topic_decision(&self, pathway: Pathway<'_>, topic: &str) -> (bool, bool) {
        let placed = |p: Pathway<'_>| self.topics.placed.get(&(p.index(), topic.to_owned())).copied();
        let is_route_core = pathway.route().pathways().any(|p| placed(p) == Some(Some(Tier::Route)));
        (is_route_core || placed(pathway).is_some(), !is_route_core && placed(pathway) == Some(None))
    }
}

/// Inserts a concept into a sorted list unless it is already there.
fn insert(concepts: &mut Vec<ConceptIndex>, concept: ConceptIndex) {
    if let Err(at) = concepts.binary_search(&concept) {
        concepts.insert(at, concept);
    }
}

/// Takes a concept out of the pathway core and out of the cores of groups.
fn take_out(sharing: &mut PathwaySharing, concept: ConceptIndex) {
    remove(&mut sharing.core, concept);
    sharing.groups.iter_mut().for_each(|group| remove(&mut group.core, concept));
}

fn remove(concepts: &mut Vec<ConceptIndex>, concept: ConceptIndex) {
    if let Ok(at) = concepts.binary_search(&concept) {
        concepts.remove(at);
    }
}
