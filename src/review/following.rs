//! What follows from decisions for concepts on which there is none: those that were
//! joined to an element, and those that are kept although their topic moves.

use std::collections::{BTreeMap, BTreeSet};

use super::conflicts::Fitting;
use super::decisions::{Choice, Decision, Decisions};
use crate::derive::{Derivation, Programme, Tier};
use crate::order;

/// The pathways in which a concept is part of an element, by its id.
type Parts<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

/// The decisions that follow from those that fit, by their concepts: a draft shows an
/// element as one line, so a decision on it is one on all its concepts, in the
/// pathways where they were joined. What people decided on such a concept itself takes
/// precedence.
pub(super) fn following(derivation: &Derivation, fitting: &Fitting<'_>, decisions: &Decisions) -> Vec<Decision> {
    let places = Places::of(derivation);
    let merges = fitting.merges.iter().map(|(_, decision)| *decision);
    let moves = fitting.moves.iter().filter(|decided| decided.topic.is_none()).map(|decided| decided.decision);
    let kept = kept(derivation, fitting);
    let mut following: Vec<Decision> = kept.clone();
    let mut taken: BTreeSet<(String, String)> = BTreeSet::new();
    let mut own: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
    decisions.decisions().iter().for_each(|decision| own.entry(&decision.concept).or_default().push(decision));
    // the order of the review does not matter
    let mut all: Vec<&Decision> = merges.chain(moves).chain(&kept).collect();
    order::by(&mut all, |a, b| (&a.concept, a.tier, &a.pathways).cmp(&(&b.concept, b.tier, &b.pathways)));
    for decision in all {
        let is_target = |concept: &str| matches!(&decision.choice, Choice::MergeWith(other) if other == concept);
        for (concept, mut pathways) in parts(derivation, decision) {
            if is_target(concept) {
                continue;
            }
            let own = own.get(concept).map_or(&[][..], Vec::as_slice);
            pathways.retain(|pathway| own.iter().all(|own| !own.covers(pathway)));
            pathways.retain(|pathway| taken.insert((concept.to_owned(), (*pathway).to_owned())));
            if pathways.is_empty() {
                continue;
            }
            let is_everywhere = decision.pathways.is_empty() && places.are(concept, &pathways);
            let pathways = pathways.into_iter().filter(|_| !is_everywhere).map(str::to_owned).collect();
            following.push(Decision { concept: concept.to_owned(), pathways, ..decision.clone() });
        }
    }
    following
}

/// Whether a decision confirms the tier that the review shows.
fn is_confirmed(decision: &Decision) -> bool {
    let tier = match decision.choice {
        Choice::RouteCore => Some(Tier::Route),
        Choice::PathwayCore => Some(Tier::Pathway),
        Choice::Specialism => Some(Tier::Specialism),
        Choice::Keep | Choice::Drop | Choice::MergeWith(_) => None,
    };
    tier.is_some() && decision.tier == tier
}

/// What is kept or confirmed, and whose topic is not: each as a decision for where it is.
fn kept(derivation: &Derivation, fitting: &Fitting<'_>) -> Vec<Decision> {
    let mut kept = Vec::new();
    if fitting.moves.iter().all(|decided| decided.topic.is_none()) {
        return kept;
    }
    let of_concepts = fitting.moves.iter().filter(|decided| decided.topic.is_none()).map(|decided| decided.decision);
    let confirmed = of_concepts.filter(|decision| is_confirmed(decision));
    for keep in fitting.keeps.iter().copied().chain(confirmed) {
        for programme in derivation.programmes.iter().filter(|p| keep.covers(&p.pathway.id)) {
            let own = programme.items().find(|(item, tier)| {
                item.concept == keep.concept && keep.tier.is_none_or(|reviewed| reviewed == *tier)
            });
            let Some((topic, tier)) = own.and_then(|(item, tier)| Some((item.topic.as_ref()?, tier))) else { continue };
            let choice = match tier {
                Tier::Route => Choice::RouteCore,
                Tier::Pathway => Choice::PathwayCore,
                Tier::Specialism => Choice::Specialism,
                Tier::Group | Tier::NearMiss => continue,
            };
            let is_moved = fitting.moves.iter().any(|decided| {
                decided.topic.as_deref() == Some(topic.id.as_str()) && decided.decision.covers(&programme.pathway.id)
            });
            if is_moved {
                // without a tier it is decided anew, even for the same one
                let pathways = vec![programme.pathway.id.clone()];
                kept.push(Decision { choice, tier: None, pathways, ..keep.clone() });
            }
        }
    }
    kept
}

/// The concepts that were joined to the element on which a decision is.
fn parts<'d>(derivation: &'d Derivation, decision: &Decision) -> Parts<'d> {
    let mut parts = Parts::new();
    for programme in derivation.programmes.iter().filter(|p| decision.covers(&p.pathway.id)) {
        let topics = programme.topics.iter().filter(|topic| decision.tier.is_none_or(|tier| tier == topic.tier));
        let elements = topics.flat_map(|topic| &topic.elements);
        let of_it = elements.filter(|element| element.item.concept == decision.concept);
        for joined in of_it.flat_map(|element| &element.joined) {
            parts.entry(joined.concept.as_str()).or_default().insert(&programme.pathway.id);
        }
    }
    parts
}

/// The pathways of the programmes that have each concept.
struct Places<'d>(BTreeMap<&'d str, BTreeSet<&'d str>>);

impl<'d> Places<'d> {
    fn of(derivation: &'d Derivation) -> Self {
        let mut places: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let has_parts = |p: &&Programme| p.topics.iter().any(|t| t.elements.iter().any(|e| !e.joined.is_empty()));
        if derivation.programmes.iter().any(|programme| has_parts(&programme)) {
            for programme in &derivation.programmes {
                let near = programme.near_misses.iter().map(|near| near.concept.as_str());
                for concept in programme.items().map(|(item, _)| item.concept.as_str()).chain(near) {
                    places.entry(concept).or_default().insert(&programme.pathway.id);
                }
            }
        }
        Places(places)
    }

    /// Whether these are all pathways with a concept.
    fn are(&self, concept: &str, pathways: &BTreeSet<&str>) -> bool {
        self.0.get(concept).is_some_and(|all| all == pathways)
    }
}
