//! What pathways and routes share: the counting behind the cores, for a whole
//! map.
//!
//! [`of`] is the fast way: one pass over the statements, with counters reused
//! from pathway to pathway. `reference.rs` is the obvious way with sets. A
//! property test in `tests/laws.rs` checks that both agree.

use super::eligibility::Eligibility;
use super::policy::Policy;
use crate::concept::{ConceptIndex, Concepts};
use crate::map::{ClusterIndex, Map, Occupation, OccupationIndex, Pathway, PathwayIndex, Route};

/// What a route's pathways share. All lists of concepts are sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RouteSharing {
    /// The route core.
    pub(super) core: Vec<ConceptIndex>,
    /// Concepts just short of route core. Blockers are counting pathways that
    /// do not hold them.
    pub(super) near: Vec<Near<PathwayIndex>>,
    /// How many of the route's counting occupations have each concept, for
    /// concepts that at least one has.
    pub(super) have: Vec<(ConceptIndex, u32)>,
    /// How many occupations of the route count.
    pub(super) counting: usize,
    /// The route's pathways, in the order of the map.
    pub(super) pathways: Vec<PathwaySharing>,
    /// What people decided to be route core, through [`Tiers`](super::Tiers).
    pub(super) decided: Vec<ConceptIndex>,
    /// Whether decisions took anything out of the route core.
    pub(super) left_core: bool,
    /// What there is to the topics of the route core; empty if statements are
    /// shared.
    pub(super) contents: Vec<Content>,
}

/// What a pathway's counting occupations share.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PathwaySharing {
    /// The occupations that count.
    pub(super) counting: Vec<OccupationIndex>,
    /// How many of them have each concept, for concepts that at least one has.
    pub(super) have: Vec<(ConceptIndex, u32)>,
    /// What the pathway holds: had by the quorum.
    pub(super) held: Vec<ConceptIndex>,
    /// The pathway core.
    pub(super) core: Vec<ConceptIndex>,
    /// Concepts just short of being held. Blockers are counting occupations
    /// that do not have them.
    pub(super) near: Vec<Near<OccupationIndex>>,
    /// What people decided here, through [`Tiers`](super::Tiers).
    pub(super) decided: Vec<ConceptIndex>,
    /// What of its cores they made an element.
    pub(super) elements: Vec<ConceptIndex>,
    /// What they took out of the programme.
    pub(super) dropped: Vec<ConceptIndex>,
    /// What is route core elsewhere and not in this programme: under topics that it
    /// does not list, and what only one unit of another pathway has.
    pub(super) unlisted: Vec<ConceptIndex>,
    /// What there is to the topics of the pathway core.
    pub(super) contents: Vec<Content>,
    /// What groups of its units share beyond the core.
    pub(super) groups: Vec<GroupSharing>,
}

/// What a group of a pathway's units shares beyond the core, by topic.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GroupSharing {
    pub(super) group: Group,
    /// The group core.
    pub(super) core: Vec<ConceptIndex>,
    /// What there is to its topics.
    pub(super) contents: Vec<Content>,
}

/// A group of a pathway's units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// The occupations of a cluster.
    Cluster(ClusterIndex),
    /// The options of an occupation.
    Options(OccupationIndex),
}

impl Group {
    pub(super) fn has(self, occupation: Occupation<'_>) -> bool {
        match self {
            Group::Cluster(cluster) => occupation.cluster().index() == cluster,
            Group::Options(of) => occupation.index() == of,
        }
    }
}

/// The concepts of a core topic that counting units have, in groups that say
/// the same or overlap.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// The number of the topic.
    pub(super) topic: usize,
    pub(super) joined: Vec<Joined>,
}

/// Concepts that say the same or overlap.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Joined {
    /// Sorted.
    pub(super) concepts: Vec<ConceptIndex>,
    /// How many units have any of them.
    pub(super) units: usize,
}

/// A near miss, with its blockers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Near<I> {
    pub(super) concept: ConceptIndex,
    pub(super) have: usize,
    pub(super) need: usize,
    pub(super) blockers: Vec<I>,
}

impl PathwaySharing {
    pub(super) fn have(&self, concept: ConceptIndex) -> usize {
        lookup(&self.have, concept)
    }

    pub(super) fn holds(&self, concept: ConceptIndex) -> bool {
        self.held.binary_search(&concept).is_ok()
    }

    pub(super) fn is_dropped(&self, concept: ConceptIndex) -> bool {
        self.dropped.binary_search(&concept).is_ok()
    }
}

impl RouteSharing {
    pub(super) fn have(&self, concept: ConceptIndex) -> usize {
        lookup(&self.have, concept)
    }
}

fn lookup(have: &[(ConceptIndex, u32)], concept: ConceptIndex) -> usize {
    have.binary_search_by_key(&concept, |(c, _)| *c).map_or(0, |i| have[i].1 as usize)
}

/// Counts, for every wanted route of the map.
pub(super) fn of(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    eligibility: &Eligibility<'_>,
    wanted: &[bool],
) -> Vec<RouteSharing> {
    let mut counters = Counters { counts: vec![0; concepts.len()], touched: Vec::new() };
    let sets = ConceptSets::new(map, concepts, eligibility, wanted);
    let route = |(route, wanted): (Route<'_>, &bool)| match wanted {
        true => of_route(route, policy, &sets, &mut counters),
        false => RouteSharing::default(),
    };
    map.routes().zip(wanted).map(route).collect()
}

fn of_route(route: Route<'_>, policy: &Policy, sets: &ConceptSets, counters: &mut Counters) -> RouteSharing {
    let mut pathways: Vec<PathwaySharing> =
        route.pathways().map(|pathway| of_pathway(pathway, policy, sets, counters)).collect();
    let counting_pathways = pathways.iter().filter(|p| !p.counting.is_empty()).count();
    for pathway in &pathways {
        pathway.have.iter().for_each(|&(concept, have)| counters.add(concept, have));
    }
    let have = counters.take();
    if counting_pathways < policy.min_pathways.max(2) {
        for pathway in &mut pathways {
            pathway.core = pathway_core(pathway, policy, &[]);
        }
        let counting = pathways.iter().map(|p| p.counting.len()).sum();
        return RouteSharing { have, counting, pathways, ..RouteSharing::default() };
    }
    for pathway in &pathways {
        pathway.held.iter().for_each(|&concept| counters.add(concept, 1));
    }
    let need = policy.route_need(counting_pathways);
    let mut core = Vec::new();
    let mut near = Vec::new();
    for (concept, holding) in counters.take() {
        let holding = holding as usize;
        if holding >= need {
            if lookup(&have, concept) >= policy.min_sharers {
                core.push(concept);
            }
        } else if need - holding <= policy.near {
            let blockers = (route.pathways().zip(&pathways))
                .filter(|(_, sharing)| !sharing.counting.is_empty() && !sharing.holds(concept))
                .map(|(pathway, _)| pathway.index())
                .collect();
            near.push(Near { concept, have: holding, need, blockers });
        }
    }
    for pathway in &mut pathways {
        pathway.core = pathway_core(pathway, policy, &core);
    }
    let counting = pathways.iter().map(|p| p.counting.len()).sum();
    RouteSharing { core, near, have, counting, pathways, ..RouteSharing::default() }
}

fn of_pathway(pathway: Pathway<'_>, policy: &Policy, sets: &ConceptSets, counters: &mut Counters) -> PathwaySharing {
    let counting: Vec<OccupationIndex> =
        pathway.occupations().map(|o| o.index()).filter(|&o| !sets.of(o).is_empty()).collect();
    for &occupation in &counting {
        sets.of(occupation).iter().for_each(|&concept| counters.add(concept, 1));
    }
    let have = counters.take();
    let need = policy.pathway_quorum.need(counting.len());
    let mut held = Vec::new();
    let mut near = Vec::new();
    for &(concept, count) in &have {
        let count = count as usize;
        if count >= need {
            held.push(concept);
        } else if need - count <= policy.near {
            let blockers = counting.iter().copied().filter(|&o| sets.of(o).binary_search(&concept).is_err()).collect();
            near.push(Near { concept, have: count, need, blockers });
        }
    }
    PathwaySharing { counting, have, held, near, ..PathwaySharing::default() }
}

fn pathway_core(pathway: &PathwaySharing, policy: &Policy, route_core: &[ConceptIndex]) -> Vec<ConceptIndex> {
    let shared = |concept: &ConceptIndex| {
        pathway.have(*concept) >= policy.min_sharers && route_core.binary_search(concept).is_err()
    };
    pathway.held.iter().copied().filter(shared).collect()
}

/// The concepts of each counting occupation, from its statements that count for
/// sharing, sorted. Empty for occupations that do not count or whose route is
/// not wanted.
struct ConceptSets {
    starts: Vec<u32>,
    concepts: Vec<ConceptIndex>,
}

impl ConceptSets {
    fn new(map: &Map, concepts: &Concepts, eligibility: &Eligibility<'_>, wanted: &[bool]) -> Self {
        let mut sets = ConceptSets { starts: vec![0], concepts: Vec::new() };
        let mut set = Vec::new();
        for occupation in map.occupations() {
            if wanted[occupation.pathway().route().index().index()] && eligibility.counts(occupation) {
                let counting = occupation.statements().filter(|s| s.counts_for_sharing());
                set.extend(counting.flat_map(|s| concepts.of(s.index())));
                set.sort_unstable();
                set.dedup();
                sets.concepts.append(&mut set);
            }
            sets.starts.push(sets.concepts.len() as u32);
        }
        sets
    }

    fn of(&self, occupation: OccupationIndex) -> &[ConceptIndex] {
        let i = occupation.index();
        &self.concepts[self.starts[i] as usize..self.starts[i + 1] as usize]
    }
}

/// A counter for each concept. Clearing resets only the counters that were
/// used.
struct Counters {
    counts: Vec<u32>,
    touched: Vec<ConceptIndex>,
}

impl Counters {
    fn add(&mut self, concept: ConceptIndex, by: u32) {
        let count = &mut self.counts[concept.index()];
        if *count == 0 {
            self.touched.push(concept);
        }
        *count += by;
    }

    /// Returns the counts so far, sorted by concept, and resets all counters.
    fn take(&mut self) -> Vec<(ConceptIndex, u32)> {
        self.touched.sort_unstable();
        let counts = &mut self.counts;
        self.touched.drain(..).map(|concept| (concept, std::mem::take(&mut counts[concept.index()]))).collect()
    }
}
