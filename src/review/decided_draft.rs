//! A draft together with its merges: where a decision applies.

use super::decisions::{Choice, Decision};
use super::draft::Draft;
use super::merges::Merges;
use crate::concept::ConceptIndex;
use crate::derive::{Tier, Tiers};
use crate::map::{Map, PathwayIndex};

/// A draft together with its merges.
pub(super) struct Review<'r, 'd> {
    pub(super) map: &'r Map,
    pub(super) draft: &'r Draft<'r>,
    pub(super) merges: &'r Merges<'d>,
    /// The numbers of the programmes, route by route.
    pub(super) routes: Vec<Vec<usize>>,
}

impl Review<'_, '_> {
    pub(super) fn pathway(&self, programme: usize) -> Option<PathwayIndex> {
        Some(self.map.pathway(&self.draft.programmes[programme].pathway.id)?.index())
    }

    /// The programmes of a route to which a decision applies.
    pub(super) fn meant(&self, decision: &Decision, route: &[usize]) -> Vec<(usize, PathwayIndex)> {
        let of = route.iter().filter_map(|&programme| {
            let pathway = self.pathway(programme)?;
            let standing = self.merges.standing(self.draft, (programme, pathway), &decision.concept)?;
            let is_there = decision.tier.is_none_or(|tier| standing.tiers.contains(&tier));
            let covered = decision.covers(&self.draft.programmes[programme].pathway.id);
            (covered && is_there).then_some((programme, pathway))
        });
        of.collect()
    }

    /// Whether the concept of a decision, or anything merged into it, was in
    /// the core of a route.
    pub(super) fn was_route_core(&self, decision: &Decision, route: &[usize]) -> bool {
        let standing = |&p: &usize| self.merges.standing(self.draft, (p, self.pathway(p)?), &decision.concept);
        route.iter().filter_map(standing).any(|standing| standing.tiers.contains(&Tier::Route))
    }

    /// Adds a decision to the tiers.
    pub(super) fn decide(&self, decision: &Decision, concept: ConceptIndex, tiers: &mut Tiers) {
        for route in &self.routes {
            let meant = self.meant(decision, route);
            let was_route_core = self.was_route_core(decision, route);
            let of_route = meant.first().and_then(|(_, pathway)| self.map.pathway_at(*pathway));
            let Some(of_route) = of_route.map(|pathway| pathway.route().index()) else { continue };
            if decision.choice == Choice::PathwayCore && was_route_core && decision.pathways.is_empty() {
                tiers.leave_to_pathways(of_route, concept);
                continue;
            }
            for (programme, pathway) in meant {
                let was = self.merges.standing(self.draft, (programme, pathway), &decision.concept);
                // the tier it already has; near misses stay unless the decision is about them
                let tier = match decision.choice {
                    Choice::RouteCore => Some(Tier::Route),
                    Choice::PathwayCore => Some(Tier::Pathway),
                    Choice::Specialism => Some(Tier::Specialism),
                    Choice::Drop => None,
                    Choice::Keep | Choice::MergeWith(_) => continue,
                };
                let stays = tier.is_some() && was.and_then(|was| was.highest()) == tier;
                if stays && decision.tier.is_some_and(|of| of != Tier::NearMiss) {
                    continue;
                }
                match tier {
                    Some(tier) => tiers.set(pathway, concept, tier),
                    None => tiers.remove(pathway, concept),
                }
            }
        }
    }
}
