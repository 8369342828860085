//! A draft together with its merges: where a decision applies.

use super::conflicts::Move;
use super::decisions::{Choice, Decision};
use super::draft::{Draft, Standing};
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

    /// The standing in the draft of what a decision is about: of a concept with
    /// everything that was merged into it.
    pub(super) fn standing(&self, of: &Move<'_>, at: (usize, PathwayIndex)) -> Option<Standing<'_>> {
        match &of.topic {
            Some(topic) => self.draft.topic(at.0, topic).cloned(),
            None => self.merges.standing(self.draft, at, &of.decision.concept),
        }
    }

    /// Makes what is kept in another wording an element.
    pub(super) fn word(&self, keep: &Decision, concept: ConceptIndex, tiers: &mut Tiers) {
        let kept = Move { at: None, decision: keep, topic: None };
        for (_, pathway) in self.routes.iter().flat_map(|route| self.meant(&kept, route)) {
            tiers.make_element(pathway, concept);
        }
    }

    /// The programmes of a route to which a decision applies.
    pub(super) fn meant(&self, decided: &Move<'_>, route: &[usize]) -> Vec<(usize, PathwayIndex)> {
        let decision = decided.decision;
        let of = route.iter().filter_map(|&programme| {
            let pathway = self.pathway(programme)?;
            let standing = self.standing(decided, (programme, pathway))?;
            let is_there = decision.tier.is_none_or(|tier| standing.tiers.contains(&tier));
            let covered = decision.covers(&self.draft.programmes[programme].pathway.id);
            (covered && is_there).then_some((programme, pathway))
        });
        of.collect()
    }

    /// Whether what a decision is about, or anything merged into it, was in the
    /// core of a route.
    pub(super) fn was_route_core(&self, decided: &Move<'_>, route: &[usize]) -> bool {
        let standing = |&p: &usize| self.standing(decided, (p, self.pathway(p)?));
        route.iter().filter_map(standing).any(|standing| standing.tiers.contains(&Tier::Route))
    }

    /// Adds a decision to the tiers: on a topic, or on the concept of this
    /// number.
    pub(super) fn decide(&self, decided: &Move<'_>, concept: Option<ConceptIndex>, tiers: &mut Tiers) {
        let decision = decided.decision;
        for route in &self.routes {
            let meant = self.meant(decided, route);
            let was_route_core = self.was_route_core(decided, route);
            let of_route = meant.first().and_then(|(_, pathway)| self.map.pathway_at(*pathway));
            let Some(of_route) = of_route.map(|pathway| pathway.route().index()) else { continue };
            if decision.choice == Choice::PathwayCore && was_route_core && decision.pathways.is_empty() {
                match (&decided.topic, concept) {
                    (Some(topic), _) => tiers.leave_topic_to_pathways(of_route, topic),
                    (None, Some(concept)) => tiers.leave_to_pathways(of_route, concept),
                    (None, None) => {}
                }
                continue;
            }
            for (programme, pathway) in meant {
                let was = self.standing(decided, (programme, pathway));
                // the tier it already has; near misses stay unless the decision is about them, and
                // a merge may lift what was decided to stay
                let tier = match decision.choice {
                    Choice::RouteCore => Some(Tier::Route),
                    Choice::PathwayCore => Some(Tier::Pathway),
                    Choice::Specialism => Some(Tier::Specialism),
                    Choice::Drop => None,
                    Choice::Keep | Choice::MergeWith(_) => continue,
                };
                let stays = tier.is_some() && was.and_then(|was| was.highest()) == tier;
                let is_lifted = decided.topic.is_none() && self.merges.took(&decision.concept);
                if stays && !is_lifted && decision.tier.is_some_and(|of| of != Tier::NearMiss) {
                    // confirmed, if it was a statement for the panel to word
                    concept.into_iter().for_each(|concept| tiers.make_element(pathway, concept));
                    continue;
                }
                match (&decided.topic, concept, tier) {
                    (Some(topic), _, Some(tier)) => tiers.set_topic(pathway, topic, tier),
                    (Some(topic), _, None) => tiers.remove_topic(pathway, topic),
                    (None, Some(concept), Some(tier)) => tiers.set(pathway, concept, tier),
                    (None, Some(concept), None) => tiers.remove(pathway, concept),
                    (None, None, _) => {}
                }
            }
        }
    }
}
