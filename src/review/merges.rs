//! Turns decisions that two concepts say the same into merges of concepts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::conflicts::{ConflictReason, Fitting};
use super::decisions::{Choice, Decision};
use super::draft::{Draft, Standing};
use crate::concept::{ConceptIndex, Merge};
use crate::derive::Tier;
use crate::map::{Map, PathwayIndex};

/// What is merged, and in which pathways.
#[derive(Default)]
pub(super) struct Merges<'d> {
    /// For [`Concepts::merged`](crate::concept::Concepts::merged).
    pub(super) of_concepts: Vec<Merge>,
    /// The decisions as they were made, with the pathways they apply to.
    pub(super) links: Vec<Link<'d>>,
    /// By pathway, the concept that each merged concept became.
    became: BTreeMap<PathwayIndex, BTreeMap<&'d str, Became<'d>>>,
}

/// Two concepts that say the same, in some pathways.
pub(super) struct Link<'d> {
    pub(super) decision: &'d Decision,
    pub(super) other: &'d str,
    /// Whether it follows from another decision.
    pub(super) follows: bool,
    /// `None` means everywhere.
    within: Option<BTreeSet<PathwayIndex>>,
}

/// The concept into which another was merged.
#[derive(Clone, Copy)]
struct Became<'d> {
    into: &'d str,
    /// The place of the decision.
    place: &'d str,
}

impl Link<'_> {
    fn holds_in(&self, pathway: PathwayIndex) -> bool {
        self.within.as_ref().is_none_or(|within| within.contains(&pathway))
    }
}

/// A tier and a support: the highest comes first. The order of the map does not
/// matter: the kept name is counted together with the same concept in other
/// pathways.
type Rank = (Tier, Reverse<usize>);

fn rank(draft: &Draft<'_>, concept: &str, covers: impl Fn(&str) -> bool) -> Option<Rank> {
    let of = |(at, programme): (usize, &crate::derive::Programme)| {
        let standing = draft.standing(at, concept).filter(|_| covers(&programme.pathway.id))?;
        Some((standing.highest()?, Reverse(standing.item?.support.have)))
    };
    draft.programmes.iter().enumerate().filter_map(of).min()
}

impl<'d> Merges<'d> {
    /// Returns the merges of each pathway. Concepts that are linked there,
    /// perhaps through others, become the one that is highest in the draft of
    /// the pathways to which the links apply. Ties: the one that is not to be
    /// merged with another, then the one that most occupations have, then the
    /// first by id. A decision about the route core applies to the whole route.
    pub(super) fn new(
        map: &Map,
        draft: &Draft<'_>,
        fitting: &mut Fitting<'d>,
        numbers: &HashMap<&str, ConceptIndex>,
    ) -> Self {
        let mut links: Vec<Link<'d>> = Vec::new();
        let routes = draft.routes();
        for (at, decision) in std::mem::take(&mut fitting.merges) {
            let Choice::MergeWith(other) = &decision.choice else { continue };
            let pair = [decision.concept.as_str(), other];
            let absent = pair.into_iter().find(|c| rank(draft, c, |pathway| decision.covers(pathway)).is_none());
            if let Some(absent) = absent {
                let other = (absent != decision.concept).then(|| absent.to_owned());
                fitting.conflict(at, decision, ConflictReason::NotInItsPathways { other });
                continue;
            }
            links.push(Link {
                decision,
                other,
                follows: at.is_none(),
                within: within(map, draft, &routes, decision, pair),
            });
        }
        let mut groups: BTreeMap<Vec<usize>, Vec<PathwayIndex>> = BTreeMap::new();
        for pathway in map.pathways() {
            let active = links.iter().enumerate().filter(|(_, link)| link.holds_in(pathway.index()));
            groups.entry(active.map(|(at, _)| at).collect()).or_default().push(pathway.index());
        }
        groups.remove(&Vec::new());
        let mut merges = Merges { links, ..Merges::default() };
        for (active, pathways) in groups {
            let became = merges.became(draft, &active);
            for (from, into) in &became {
                if let (Some(&from), Some(&into)) = (numbers.get(from), numbers.get(into.into)) {
                    let everywhere = pathways.len() == map.pathways().len();
                    let within = pathways.iter().copied().filter(|_| !everywhere);
                    merges.of_concepts.push(Merge::new(from, into).within(within));
                }
            }
            for pathway in pathways {
                merges.became.insert(pathway, became.clone());
            }
        }
        merges
    }

    /// The concepts that those of some links become.
    fn became(&self, draft: &Draft<'_>, active: &[usize]) -> BTreeMap<&'d str, Became<'d>> {
        // sets of linked concepts, by the number of one link
        let mut set_of: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sets: BTreeMap<usize, (BTreeSet<&'d str>, Vec<usize>)> = BTreeMap::new();
        for &at in active {
            let link = &self.links[at];
            let pair = [link.decision.concept.as_str(), link.other];
            let (mut concepts, mut links) = (BTreeSet::from(pair), vec![at]);
            for joined in pair.iter().filter_map(|c| set_of.get(c).copied()).collect::<BTreeSet<_>>() {
                if let Some((more, of)) = sets.remove(&joined) {
                    concepts.extend(more);
                    links.extend(of);
                }
            }
            concepts.iter().for_each(|concept| {
                set_of.insert(concept, at);
            });
            sets.insert(at, (concepts, links));
        }
        let mut became = BTreeMap::new();
        for (concepts, links) in sets.into_values() {
            let covers = |pathway: &str| links.iter().any(|&at| self.links[at].decision.covers(pathway));
            let is_source = |concept: &str| links.iter().any(|&at| self.links[at].decision.concept == concept);
            let ranked = concepts.iter().filter_map(|concept| {
                let (tier, have) = rank(draft, concept, covers)?;
                Some((tier, is_source(concept), have, *concept))
            });
            let Some((.., into)) = ranked.min() else { continue };
            for &from in concepts.iter().filter(|c| **c != into) {
                let is_about = |link: &Link<'_>| link.decision.concept == from || link.other == from;
                let named = links.iter().copied().filter(|&at| is_about(&self.links[at])).min();
                let place = named.map_or("", |at| self.links[at].decision.place.as_str());
                became.insert(from, Became { into, place });
            }
        }
        became
    }

    /// The current concept in a pathway: itself, or the one it was merged into.
    pub(super) fn now<'c>(&self, pathway: PathwayIndex, concept: &'c str) -> &'c str
    where
        'd: 'c,
    {
        let became = self.became.get(&pathway).and_then(|became| became.get(concept));
        became.map_or(concept, |became| became.into)
    }

    /// Whether any concept was merged into this one, in any pathway.
    pub(super) fn took(&self, concept: &str) -> bool {
        self.became.values().flat_map(BTreeMap::values).any(|became| became.into == concept)
    }

    /// The concept into which a decision's concept was merged in a pathway that
    /// the decision applies to, and where that was decided.
    pub(super) fn taken(&self, map: &Map, decision: &Decision) -> Option<(&'d str, &'d str)> {
        let here = |(pathway, became): (&PathwayIndex, &BTreeMap<&str, Became<'d>>)| {
            let id = map.pathway_at(*pathway)?.id();
            let became = became.get(decision.concept.as_str())?;
            decision.covers(id).then_some((became.into, became.place))
        };
        self.became.iter().find_map(here)
    }

    /// The standing of a concept in the draft of a programme, with everything
    /// that was merged into it there.
    pub(super) fn standing<'s>(
        &self,
        draft: &Draft<'s>,
        (programme, pathway): (usize, PathwayIndex),
        concept: &str,
    ) -> Option<Standing<'s>> {
        let became = self.became.get(&pathway).into_iter().flatten();
        let joined = became.filter(|(_, became)| became.into == concept).map(|(from, _)| *from);
        let mut all = std::iter::once(concept).chain(joined).filter_map(|c| draft.standing(programme, c));
        let mut standing = all.next()?.clone();
        for other in all {
            standing.tiers.extend(&other.tiers);
            standing.item = standing.item.or(other.item);
            standing.near = standing.near.or(other.near);
        }
        Some(standing)
    }
}

/// The pathways to which a decision applies: its own, and all of a route if it
/// is about the route core.
fn within(
    map: &Map,
    draft: &Draft<'_>,
    routes: &[Vec<usize>],
    decision: &Decision,
    pair: [&str; 2],
) -> Option<BTreeSet<PathwayIndex>> {
    if decision.pathways.is_empty() {
        return None;
    }
    let named = decision.pathways.iter().filter_map(|id| Some(map.pathway(id)?.index()));
    let mut within: BTreeSet<PathwayIndex> = named.collect();
    for route in routes {
        let is_core = pair.iter().any(|concept| draft.is_route_core(route, concept));
        let meant = |&&at: &&usize| decision.covers(&draft.programmes[at].pathway.id);
        let of_route =
            route.iter().find(meant).filter(|_| is_core).and_then(|&at| map.route(&draft.programmes[at].route.id));
        within.extend(of_route.into_iter().flat_map(|route| route.pathways()).map(|pathway| pathway.index()));
    }
    Some(within)
}
