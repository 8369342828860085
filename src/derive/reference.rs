//! The obvious way to count, exactly as in the definitions: sets of
//! occupations, compared one by one. The oracle of `sharing.rs`.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{self, Engine};
use super::eligibility::Eligibility;
use super::error::Error;
use super::policy::Policy;
use super::programme::Derivation;
use super::sharing::{Near, PathwaySharing, RouteSharing};
use super::tiers::Tiers;
use crate::concept::{ConceptIndex, Concepts};
use crate::map::{Map, OccupationIndex, Pathway, PathwayIndex};

/// [`derive`](super::derive()) by slow, obvious counting. The result is the
/// same; use it only to check.
///
/// # Errors
///
/// As [`derive`](super::derive()).
pub fn derive(map: &Map, concepts: &Concepts, policy: &Policy) -> Result<Derivation, Error> {
    derive_with(map, concepts, policy, &Tiers::default())
}

/// [`derive_with`](super::derive_with()) by slow, obvious counting.
///
/// # Errors
///
/// As [`derive`](super::derive()).
pub fn derive_with(map: &Map, concepts: &Concepts, policy: &Policy, tiers: &Tiers) -> Result<Derivation, Error> {
    let engine = Engine {
        concepts: sharing,
        topics: super::by_topic::count_slowly,
        join: super::by_topic::join_slowly,
        with_proof: true,
    };
    assemble::derive_by(map, concepts, (policy, tiers), engine, &vec![true; map.routes().len()])
}

fn sharing(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    eligibility: &Eligibility<'_>,
    _: &[bool],
) -> Vec<RouteSharing> {
    let who = |pathway: Pathway<'_>| -> BTreeMap<ConceptIndex, BTreeSet<OccupationIndex>> {
        let mut who: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for occupation in pathway.occupations().filter(|o| eligibility.counts(*o)) {
            for statement in occupation.statements().filter(|s| s.counts_for_sharing()) {
                for &concept in concepts.of(statement.index()) {
                    who.entry(concept).or_default().insert(occupation.index());
                }
            }
        }
        who
    };
    map.routes()
        .map(|route| {
            let pathways: Vec<_> = route.pathways().map(|p| (p, who(p))).collect();
            let counting = |p: Pathway<'_>| -> BTreeSet<OccupationIndex> {
                p.occupations().filter(|o| eligibility.counts(*o)).map(|o| o.index()).collect()
            };
            let need = |p: Pathway<'_>| policy.pathway_quorum.need(counting(p).len());
            let holds = |p: Pathway<'_>, who: &BTreeMap<_, BTreeSet<_>>, c| {
                who.get(&c).is_some_and(|have| have.len() >= need(p))
            };
            let counting_pathways: BTreeSet<PathwayIndex> =
                pathways.iter().filter(|(p, _)| !counting(*p).is_empty()).map(|(p, _)| p.index()).collect();
            let all: BTreeSet<ConceptIndex> = pathways.iter().flat_map(|(_, who)| who.keys().copied()).collect();
            let route_need = policy.route_quorum.need(counting_pathways.len()).max(policy.min_pathways);
            let sharers = |c| pathways.iter().filter_map(|(_, who)| who.get(&c)).map(BTreeSet::len).sum::<usize>();
            let mut core = Vec::new();
            let mut near = Vec::new();
            for &concept in all.iter().filter(|_| counting_pathways.len() >= policy.min_pathways.max(2)) {
                let holding: BTreeSet<PathwayIndex> =
                    pathways.iter().filter(|(p, who)| holds(*p, who, concept)).map(|(p, _)| p.index()).collect();
                if holding.len() >= route_need && sharers(concept) >= policy.min_sharers {
                    core.push(concept);
                }
                let short = route_need.saturating_sub(holding.len());
                if !holding.is_empty() && short >= 1 && short <= policy.near {
                    let blockers = counting_pathways.difference(&holding).copied().collect();
                    near.push(Near { concept, have: holding.len(), need: route_need, blockers });
                }
            }
            let sharings = pathways
                .iter()
                .map(|(p, who)| {
                    let counting = counting(*p);
                    let held: Vec<_> = who.keys().copied().filter(|&c| holds(*p, who, c)).collect();
                    let is_core = |c: &ConceptIndex| who[c].len() >= policy.min_sharers && !core.contains(c);
                    let mut near = Vec::new();
                    for (&concept, have) in who {
                        let short = need(*p).saturating_sub(have.len());
                        if short >= 1 && short <= policy.near {
                            let blockers = counting.difference(have).copied().collect();
                            near.push(Near { concept, have: have.len(), need: need(*p), blockers });
                        }
                    }
                    PathwaySharing {
                        have: who.iter().map(|(&c, have)| (c, have.len() as u32)).collect(),
                        core: held.iter().copied().filter(is_core).collect(),
                        counting: counting.into_iter().collect(),
                        held,
                        near,
                        ..PathwaySharing::default()
                    }
                })
                .collect();
            RouteSharing {
                have: all.iter().map(|&c| (c, sharers(c) as u32)).collect(),
                counting: pathways.iter().map(|(p, _)| counting(*p).len()).sum(),
                core,
                near,
                pathways: sharings,
                ..RouteSharing::default()
            }
        })
        .collect()
}
