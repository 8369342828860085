//! Conflicts: decisions that do not fit the programmes or other decisions.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Choice, Decision, Decisions};
use crate::derive::{Derivation, Tier};
use crate::map::Kind;
use crate::text::closest;

/// A decision that does not fit the programmes or another decision. It is not
/// applied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Conflict {
    /// The place of the decision in the review.
    pub place: String,
    /// The concept that was decided on.
    pub concept: String,
    /// What is wrong with it.
    pub reason: ConflictReason,
}

/// What is wrong with a decision.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConflictReason {
    /// It names a pathway without a programme.
    NoSuchPathway {
        /// The id that it names.
        pathway: String,
        /// The nearest id of a pathway with a programme.
        closest: Option<String>,
    },
    /// No programme has the concept, not even as a near miss.
    NoSuchConcept {
        /// The nearest id of a concept.
        closest: Option<String>,
    },
    /// None of the decision's pathways has this concept.
    NotInItsPathways {
        /// The concept to merge with; `None` if it is the one decided on.
        other: Option<String>,
    },
    /// The concept is no longer in the tier that the review shows.
    OtherTier {
        /// The tier in the review.
        reviewed: Tier,
        /// Its tiers in these programmes.
        now: Vec<Tier>,
    },
    /// A concept is to be merged with itself.
    MergeWithItself,
    /// No programme has the concept to merge with.
    NothingToMergeWith {
        /// What the review names.
        other: String,
        /// The nearest id of a concept.
        closest: Option<String>,
    },
    /// Concepts of two kinds are to be merged.
    MixedKinds {
        /// The kind of the concept.
        kind: Kind,
        /// The other concept.
        other: String,
        /// Its kind.
        other_kind: Kind,
    },
    /// The review makes two different decisions on one concept in the same
    /// pathways.
    Contradiction {
        /// This decision.
        decided: Choice,
        /// The other decision.
        other: Choice,
        /// The place of the other.
        place: String,
    },
    /// The concept to merge with is dropped.
    MergeWithDropped {
        /// The concept.
        other: String,
        /// The place of the decision to drop it.
        place: String,
    },
    /// The concept was merged into another, and the decision would apply to
    /// that.
    Merged {
        /// The other concept.
        into: String,
        /// The place of the decision to merge them.
        place: String,
    },
}

impl std::fmt::Display for ConflictReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hint = |close: &Option<String>| format!("{:#}", crate::text::DidYouMean(close.as_deref()));
        match self {
            ConflictReason::NoSuchPathway { pathway, closest } => {
                write!(f, "there is no programme for the pathway \"{pathway}\"{}", hint(closest))
            }
            ConflictReason::NoSuchConcept { closest } => write!(f, "no programme has such a concept{}", hint(closest)),
            ConflictReason::NotInItsPathways { other } => {
                write!(f, "{} is in none of the pathways that it was decided for", other.as_deref().unwrap_or("it"))
            }
            ConflictReason::OtherTier { reviewed, now } => {
                let now: Vec<&str> = now.iter().map(|tier| tier.name()).collect();
                write!(f, "the review has it as {}; it is now {}", reviewed.name(), now.join(" and "))
            }
            ConflictReason::MergeWithItself => f.write_str("it cannot be merged with itself"),
            ConflictReason::NothingToMergeWith { other, closest } => {
                write!(f, "\"{other}\" is neither a number of the review nor a concept of a programme{}", hint(closest))
            }
            ConflictReason::MixedKinds { kind, other, other_kind } => {
                let (kind, other_kind) = (kind.name(), other_kind.name());
                write!(f, "it is {kind}, {other} is {other_kind}, and kinds are never joined")
            }
            ConflictReason::Contradiction { decided, other, place } => {
                write!(f, "\"{decided}\" here, but \"{other}\" in {place}")
            }
            ConflictReason::MergeWithDropped { other, place } => {
                write!(f, "{other} is dropped ({place}), so there is nothing to merge with")
            }
            ConflictReason::Merged { into, place } => write!(f, "it was merged into {into} ({place})"),
        }
    }
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}; not applied", self.place, self.concept, self.reason)
    }
}

/// The decisions of a review that fit, each with its number in the review.
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

    pub(super) fn conflict(&mut self, at: usize, decision: &Decision, reason: ConflictReason) {
        let (place, concept) = (decision.place.clone(), decision.concept.clone());
        self.conflicts.push((at, Conflict { place, concept, reason }));
    }
}

/// A decision to merge with a concept that is dropped.
fn dropped(decision: &Decision, by_concept: &BTreeMap<&str, Vec<&Decision>>) -> Option<ConflictReason> {
    let Choice::MergeWith(other) = &decision.choice else { return None };
    let drop = by_concept.get(other.as_str())?.iter().find(|d| d.choice == Choice::Drop)?;
    Some(ConflictReason::MergeWithDropped { other: other.clone(), place: drop.place.clone() })
}

/// A pathway, and a tier of its programme.
type Place<'m> = (&'m str, Tier);

/// The concepts of some programmes: their kinds, and the pathways and tiers in
/// which they appear.
struct Known<'m> {
    concepts: BTreeMap<&'m str, (Kind, Vec<Place<'m>>)>,
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

    /// Another decision on the same concept for the same pathways. The route
    /// core belongs to the route: what enters it for one pathway enters it for
    /// all.
    fn contradicted(&self, decision: &Decision, of_concept: &[&Decision]) -> Option<ConflictReason> {
        let route = |pathway: &String| self.routes.get(pathway.as_str());
        let meet = |other: &Decision| {
            let of_route = decision.choice == Choice::RouteCore || other.choice == Choice::RouteCore;
            let same = |a: &String, b: &String| a == b || (of_route && route(a) == route(b));
            other.pathways.is_empty()
                || decision.pathways.is_empty()
                || other.pathways.iter().any(|p| decision.pathways.iter().any(|own| same(own, p)))
        };
        let other = of_concept.iter().find(|other| other.choice != decision.choice && meet(other))?;
        let (decided, other, place) = (decision.choice.clone(), other.choice.clone(), other.place.clone());
        Some(ConflictReason::Contradiction { decided, other, place })
    }

    /// The reason why a decision cannot be applied to these programmes, if any.
    fn unfit(&self, decision: &Decision) -> Option<ConflictReason> {
        let concept_like = |id: &str| closest(id, self.concepts.keys().copied()).map(str::to_owned);
        if let Some(pathway) = decision.pathways.iter().find(|p| !self.routes.contains_key(p.as_str())) {
            let closest = closest(pathway, self.routes.keys().copied()).map(str::to_owned);
            return Some(ConflictReason::NoSuchPathway { pathway: pathway.clone(), closest });
        }
        let Some((kind, places)) = self.concepts.get(decision.concept.as_str()) else {
            return Some(ConflictReason::NoSuchConcept { closest: concept_like(&decision.concept) });
        };
        let here: BTreeSet<Tier> =
            places.iter().filter(|(pathway, _)| decision.covers(pathway)).map(|(_, tier)| *tier).collect();
        if here.is_empty() {
            return Some(ConflictReason::NotInItsPathways { other: None });
        }
        if let Some(reviewed) = decision.tier.filter(|tier| !here.contains(tier)) {
            return Some(ConflictReason::OtherTier { reviewed, now: here.into_iter().collect() });
        }
        let Choice::MergeWith(other) = &decision.choice else { return None };
        if *other == decision.concept {
            return Some(ConflictReason::MergeWithItself);
        }
        match self.concepts.get(other.as_str()) {
            None => Some(ConflictReason::NothingToMergeWith { other: other.clone(), closest: concept_like(other) }),
            Some((other_kind, _)) if other_kind != kind => {
                Some(ConflictReason::MixedKinds { kind: *kind, other: other.clone(), other_kind: *other_kind })
            }
            Some(_) => None,
        }
    }
}
