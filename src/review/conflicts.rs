//! Does a decision fit the programmes, and the other decisions?

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Choice, Decision, Decisions};
use crate::derive::{Derivation, Tier};
use crate::map::Kind;
use crate::text::closest;

/// A decision that does not fit the programmes, or another decision; what was
/// done with it stands in the reason's end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Conflict {
    /// The place of the decision in the review.
    pub place: String,
    /// The concept that was decided on.
    pub concept: String,
    /// What is wrong with it.
    pub reason: String,
    /// What was done.
    pub done: String,
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}; {}", self.place, self.concept, self.reason, self.done)
    }
}

/// The decisions of a review, each with its number in it, without those that
/// do not fit.
pub(super) struct Fitting<'d> {
    pub(super) merges: Vec<(usize, &'d Decision)>,
    pub(super) moves: Vec<(usize, &'d Decision)>,
    pub(super) conflicts: Vec<(usize, Conflict)>,
}

impl<'d> Fitting<'d> {
    pub(super) fn new(derivation: &Derivation, decisions: &'d Decisions) -> Self {
        let all = decisions.decisions();
        let mut review = Fitting { merges: Vec::new(), moves: Vec::new(), conflicts: Vec::new() };
        if all.is_empty() {
            return review;
        }
        let known = Known::of(derivation);
        let mut by_concept: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
        all.iter().for_each(|d| by_concept.entry(&d.concept).or_default().push(d));
        for (at, decision) in all.iter().enumerate() {
            let rivals = &by_concept[decision.concept.as_str()];
            if let Some(reason) = known
                .unfit(decision)
                .or_else(|| known.contradicted(decision, rivals))
                .or_else(|| dropped(decision, &by_concept))
            {
                review.conflict(at, decision, reason);
            } else {
                match decision.choice {
                    Choice::MergeWith(_) => review.merges.push((at, decision)),
                    Choice::Keep => {}
                    _ => review.moves.push((at, decision)),
                }
            }
        }
        review
    }

    /// The conflicts, in the order of the review.
    pub(super) fn in_order(mut self) -> Vec<Conflict> {
        self.conflicts.sort_by_key(|(at, _)| *at);
        self.conflicts.into_iter().map(|(_, conflict)| conflict).collect()
    }

    pub(super) fn conflict(&mut self, at: usize, decision: &Decision, reason: String) {
        let (place, concept) = (decision.place.clone(), decision.concept.clone());
        self.conflicts.push((at, Conflict { place, concept, reason, done: "not applied".to_owned() }));
    }
}

/// What is dropped cannot be merged with.
fn dropped(decision: &Decision, by_concept: &BTreeMap<&str, Vec<&Decision>>) -> Option<String> {
    let Choice::MergeWith(other) = &decision.choice else { return None };
    let drop = by_concept.get(other.as_str())?.iter().find(|d| d.choice == Choice::Drop)?;
    Some(format!("{other} is dropped ({}), so there is nothing to merge with", drop.place))
}

/// Where a concept is: a pathway, and a part of its programme.
type Standing<'m> = (&'m str, Tier);

/// The concepts of some programmes: what kind they are, and where they stand.
struct Known<'m> {
    concepts: BTreeMap<&'m str, (Kind, Vec<Standing<'m>>)>,
    /// The pathways with a programme, and their routes.
    routes: BTreeMap<&'m str, &'m str>,
}

impl<'m> Known<'m> {
    fn of(derivation: &'m Derivation) -> Self {
        let mut known = Known { concepts: BTreeMap::new(), routes: BTreeMap::new() };
        for programme in &derivation.programmes {
            let pathway = programme.pathway.id.as_str();
            known.routes.insert(pathway, &programme.route.id);
            let near = programme.near_misses.iter().map(|near| (&near.concept, near.kind, Tier::NearMiss));
            let items = programme.items().map(|(item, tier)| (&item.concept, item.kind, tier));
            for (concept, kind, tier) in items.chain(near) {
                known.concepts.entry(concept).or_insert((kind, Vec::new())).1.push((pathway, tier));
            }
        }
        known
    }

    /// Another decision about the same concept, for the same pathways. The
    /// route core is the route's: what goes into it for one pathway goes into it
    /// for all.
    fn contradicted(&self, decision: &Decision, of_concept: &[&Decision]) -> Option<String> {
        let route = |pathway: &String| self.routes.get(pathway.as_str());
        let meet = |other: &Decision| {
            let of_route = decision.choice == Choice::RouteCore || other.choice == Choice::RouteCore;
            let same = |a: &String, b: &String| a == b || (of_route && route(a) == route(b));
            other.pathways.is_empty()
                || decision.pathways.is_empty()
                || other.pathways.iter().any(|p| decision.pathways.iter().any(|own| same(own, p)))
        };
        let other = of_concept.iter().find(|other| other.choice != decision.choice && meet(other))?;
        Some(format!("\"{}\" here, but \"{}\" in {}", decision.choice, other.choice, other.place))
    }

    /// Why a decision cannot be applied to them.
    fn unfit(&self, decision: &Decision) -> Option<String> {
        let hint = |close: Option<&str>| close.map_or_else(String::new, |c| format!(" (did you mean \"{c}\"?)"));
        if let Some(pathway) = decision.pathways.iter().find(|p| !self.routes.contains_key(p.as_str())) {
            let hint = hint(closest(pathway, self.routes.keys().copied()));
            return Some(format!("there is no programme of the pathway \"{pathway}\"{hint}"));
        }
        let Some((kind, stands)) = self.concepts.get(decision.concept.as_str()) else {
            let hint = hint(closest(&decision.concept, self.concepts.keys().copied()));
            return Some(format!("no programme has such a concept{hint}"));
        };
        let here: BTreeSet<Tier> =
            stands.iter().filter(|(pathway, _)| decision.covers(pathway)).map(|(_, tier)| *tier).collect();
        if here.is_empty() {
            return Some("it is in none of the pathways that it was decided for".to_owned());
        }
        if let Some(tier) = decision.tier.filter(|tier| !here.contains(tier)) {
            let now: Vec<&str> = here.iter().map(|tier| tier.name()).collect();
            return Some(format!("the review has it as {}; it is now {}", tier.name(), now.join(" and ")));
        }
        let Choice::MergeWith(other) = &decision.choice else { return None };
        if *other == decision.concept {
            return Some("it cannot be merged with itself".to_owned());
        }
        match self.concepts.get(other.as_str()) {
            None => {
                let hint = hint(closest(other, self.concepts.keys().copied()));
                Some(format!("\"{other}\" is neither a number of the review nor a concept of a programme{hint}"))
            }
            Some((other_kind, _)) if other_kind != kind => {
                Some(format!("it is {}, {other} is {}, and kinds are never joined", kind.name(), other_kind.name()))
            }
            Some(_) => None,
        }
    }
}
