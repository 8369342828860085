//! Decisions, applied: merges and tiers go into the derivation.

use std::collections::HashMap;

use super::conflicts::{Conflict, Fitting};
use super::decisions::{Choice, Decision, Decisions};
use super::draft::Draft;
use super::merges::Merges;
use super::notes;
use crate::concept::{ConceptIndex, Concepts};
use crate::derive::{Derivation, Error, Policy, Tier, Tiers, derive, derive_with};
use crate::map::{Map, PathwayIndex};

/// What a panel's decisions make of a draft.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reviewed {
    /// The programmes as the panel wants them, with a note (`decided`) in each
    /// that a decision changed.
    pub derivation: Derivation,
    /// The concepts with those merged that say the same.
    pub concepts: Concepts,
    /// Everything else that was decided, by the numbers of those concepts.
    pub tiers: Tiers,
    /// The decisions that could not be applied, in the order of the review.
    pub conflicts: Vec<Conflict>,
}

/// Derives the programmes of a map as a panel wants them.
///
/// # The meaning
///
/// * `keep` changes nothing.
/// * A decision is for every programme in which the concept is where the
///   review says, or for those of its pathways.
/// * The route core is the route's. What goes into it does so in all its
///   programmes. What leaves it by a decision for some pathways leaves it in
///   all; the other pathways have it where it counts for them: as pathway core
///   if they hold it and enough occupations have it, else in specialisms.
///   `pathway core` for a route core item, for all pathways, leaves it to
///   each of them in the same way.
/// * `specialism` leaves a concept to the specialisms of those that have it.
/// * `drop` takes it out of the programme: core, specialisms, near misses and
///   themes.
/// * `merge with` makes one concept of two of a kind, before anything is
///   counted: the one that is higher in the draft (route core, pathway core,
///   specialism; else the one that comes first) keeps its name and wording, and
///   takes the statements of the other. If both together are held widely
///   enough, they are core. Without pathways, the two are one in the whole map.
/// * A concept that was moved or dropped is no near miss any more.
///
/// Everything else is counted as always: supports, near misses and notes are
/// those of the programmes with the decisions, and items come in the order of
/// the map. No decisions, or `keep` alone, give the same derivation as
/// [`derive`](crate::derive()). The order of the decisions changes only the order
/// of notes and conflicts.
///
/// # Errors
///
/// [`Error::OtherMap`] when the concepts were made for another map.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::Policy;
/// use tlevel::review::{Decisions, apply_decisions};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let concepts = Concepts::from_csv(&map, include_str!("../../fixtures/maps/england-concepts.csv"))?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let law = derivation.programme("construction/onsite-construction").expect("has a programme").route_core[0].clone();
///
/// let review = format!("concept id,decision,comment\n{},drop,taught before\nk-none,drop,\n", law.concept);
/// let reviewed = apply_decisions(&map, &concepts, &Policy::t_level(), &Decisions::from_csv(&review)?)?;
/// let onsite = reviewed.derivation.programme("construction/onsite-construction").expect("has a programme");
/// assert!(onsite.items().all(|(item, _)| item.concept != law.concept));
/// assert!(onsite.notes.iter().any(|note| note.code == "decided"));
/// assert_eq!(reviewed.conflicts[0].to_string(), "line 3: k-none: no programme has such a concept; not applied");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// Twice that of [`derive`](crate::derive()), plus `O(d p)` for `d` decisions
/// and `p` programmes.
pub fn apply_decisions(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    decisions: &Decisions,
) -> Result<Reviewed, Error> {
    let derivation = derive(map, concepts, policy)?;
    let mut fitting = Fitting::new(&derivation, decisions);
    if fitting.merges.is_empty() && fitting.moves.is_empty() {
        let (concepts, tiers, conflicts) = (concepts.clone(), Tiers::default(), fitting.in_order());
        return Ok(Reviewed { derivation, concepts, tiers, conflicts });
    }
    let draft = Draft::new(&derivation, decisions);
    let numbers = |concepts: &Concepts| -> HashMap<String, ConceptIndex> {
        concepts.iter().map(|c| (c.id().to_owned(), c.index())).collect()
    };
    let merges = {
        let numbers: HashMap<&str, ConceptIndex> = concepts.iter().map(|c| (c.id(), c.index())).collect();
        Merges::new(map, &draft, &mut fitting, &numbers)
    };
    let merged = concepts.merged(map, &merges.merges).map_err(|_| Error::OtherMap)?;
    let mut tiers = Tiers::default();
    let numbers = numbers(&merged);
    let review = Review { map, draft: &draft, merges: &merges, routes: draft.routes() };
    let mut applied: Vec<&Decision> = Vec::new();
    for (at, decision) in std::mem::take(&mut fitting.moves) {
        if let Some((into, place)) = merges.taken(map, decision) {
            fitting.conflict(at, decision, format!("it was merged into {into} ({place})"));
        } else if let Some(&concept) = numbers.get(&decision.concept) {
            review.decide(decision, concept, &mut tiers);
            applied.push(decision);
        }
    }
    let mut reviewed = derive_with(map, &merged, policy, &tiers)?;
    notes::add(&review, &applied, decisions, &mut reviewed);
    Ok(Reviewed { derivation: reviewed, concepts: merged, tiers, conflicts: fitting.in_order() })
}

/// A draft, with what is merged in it.
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

    /// The programmes of a route that a decision is for.
    fn meant(&self, decision: &Decision, route: &[usize]) -> Vec<(usize, PathwayIndex)> {
        let of = route.iter().filter_map(|&programme| {
            let pathway = self.pathway(programme)?;
            let standing = self.merges.standing(self.draft, (programme, pathway), &decision.concept)?;
            let is_there = decision.tier.is_none_or(|tier| standing.tiers.contains(&tier));
            let covered = decision.covers(&self.draft.programmes[programme].pathway.id);
            (covered && is_there).then_some((programme, pathway))
        });
        of.collect()
    }

    /// Whether the concept of a decision was in the core of a route, or what
    /// was merged into it there.
    pub(super) fn was_route_core(&self, decision: &Decision, route: &[usize]) -> bool {
        let standing = |&p: &usize| self.merges.standing(self.draft, (p, self.pathway(p)?), &decision.concept);
        route.iter().filter_map(standing).any(|standing| standing.tiers.contains(&Tier::Route))
    }

    /// Puts a decision into tiers.
    fn decide(&self, decision: &Decision, concept: ConceptIndex, tiers: &mut Tiers) {
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
                // where it is already; near misses stay, unless the decision is about them
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
