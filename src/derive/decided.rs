//! A panel's decisions, applied to programmes.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Choice, Decision, Decisions, Stands};
use super::moves::{self, Route};
use super::programme::Derivation;
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

/// Applies decisions to programmes: the derivation as the panel wants it, with
/// a note (`decided`) in each programme that a decision changed, and the
/// decisions that could not be applied.
///
/// # The meaning
///
/// * `keep` changes nothing.
/// * A decision is for every programme in which the concept stands where the
///   review says, or for those of its pathways.
/// * The route core is the route's: what goes in or out of it does so in all
///   its programmes. What leaves it for the pathway core becomes the pathway
///   core of the pathways that hold it (and of those that the decision names),
///   and is left to specialisms in the others.
/// * `specialism` leaves a concept to those specialisms whose occupations have
///   a statement of it that counts, in the wording that it had.
/// * `drop` takes it out of the programme: core, specialisms and near misses.
/// * `merge with` makes one concept of two of a kind: the one that stands
///   higher (route core, pathway core, specialism; else the one that stands
///   first) keeps its name, wording and place, and takes the statements of the
///   other. The support becomes that of both together. Nothing rises on its
///   own; that takes another decision.
/// * What is moved stands last among the items of its kind. A concept that was
///   moved or dropped is no near miss any more.
///
/// No decisions, or `keep` alone, give the same derivation.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Decisions, Policy, decided};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let concepts = Concepts::from_csv(&map, include_str!("../../fixtures/maps/england-concepts.csv"))?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let law = derivation.programme("construction/onsite-construction").expect("has a programme").route_core[0].clone();
///
/// let review = format!("concept id,decision,comment\n{},drop,taught before\nk-none,drop,\n", law.concept);
/// let (derivation, conflicts) = decided(derivation, &Decisions::from_csv(&review)?);
/// let onsite = derivation.programme("construction/onsite-construction").expect("has a programme");
/// assert!(!onsite.route_core.contains(&law));
/// assert!(onsite.notes.iter().any(|note| note.code == "decided"));
/// assert_eq!(conflicts[0].to_string(), "line 3: k-none: no programme has such a concept; not applied");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(d s)` for `d` decisions that change something and programmes of size `s`.
pub fn decided(mut derivation: Derivation, decisions: &Decisions) -> (Derivation, Vec<Conflict>) {
    let mut review = Review::new(&derivation, decisions);
    let quorum = derivation.policy.pathway_quorum;
    // merges first: what is decided of a concept is decided of the merged one
    let mut merged: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (at, decision) in std::mem::take(&mut review.merges) {
        let Choice::MergeWith(other) = &decision.choice else { continue };
        let (a, b) = (followed(&merged, &decision.concept), followed(&merged, other));
        if a == b {
            continue;
        }
        let ranks = |concept: &str| {
            let ranks = derivation.programmes.iter().enumerate().filter(|(_, p)| in_scope(decision, &p.pathway.id));
            ranks.filter_map(|(of, p)| moves::rank(p, concept).map(|(tier, position)| (tier, of, position))).min()
        };
        let (first, second) = match (ranks(&a), ranks(&b)) {
            (Some(of_a), Some(of_b)) if of_b < of_a => (b, a),
            (Some(_), Some(_)) => (a, b),
            (_, none) => {
                let which = if none.is_none() { &b } else { &a };
                review.conflict(at, decision, format!("{which} is in none of the pathways that it was decided for"));
                continue;
            }
        };
        for mut route in Route::all(&mut derivation.programmes, quorum) {
            route.merge(&first, &second, decision);
        }
        merged.insert(second, (first, decision.place.clone()));
    }
    for (at, decision) in std::mem::take(&mut review.moves) {
        if let Some((into, place)) = merged.get(&decision.concept) {
            review.conflict(at, decision, format!("it was merged into {into} ({place})"));
            continue;
        }
        for mut route in Route::all(&mut derivation.programmes, quorum) {
            route.apply(decision);
        }
    }
    let mut conflicts = review.conflicts;
    conflicts.sort_by_key(|(at, _)| *at);
    (derivation, conflicts.into_iter().map(|(_, conflict)| conflict).collect())
}

/// The concept that one was merged into, perhaps through others.
fn followed(merged: &BTreeMap<String, (String, String)>, concept: &str) -> String {
    let mut at = concept;
    while let Some((into, _)) = merged.get(at) {
        at = into;
    }
    at.to_owned()
}

pub(super) fn in_scope(decision: &Decision, pathway: &str) -> bool {
    decision.pathways.is_empty() || decision.pathways.iter().any(|p| p == pathway)
}

/// The decisions of a review, each with its number in it, without those that
/// do not fit.
struct Review<'d> {
    merges: Vec<(usize, &'d Decision)>,
    moves: Vec<(usize, &'d Decision)>,
    conflicts: Vec<(usize, Conflict)>,
}

impl<'d> Review<'d> {
    fn new(derivation: &Derivation, decisions: &'d Decisions) -> Self {
        let all = decisions.decisions();
        let mut review = Review { merges: Vec::new(), moves: Vec::new(), conflicts: Vec::new() };
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
                .or_else(|| contradicted(decision, rivals))
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

    fn conflict(&mut self, at: usize, decision: &Decision, reason: String) {
        let (place, concept) = (decision.place.clone(), decision.concept.clone());
        self.conflicts.push((at, Conflict { place, concept, reason, done: "not applied".to_owned() }));
    }
}

/// Another decision about the same concept, for the same pathways.
fn contradicted(decision: &Decision, of_concept: &[&Decision]) -> Option<String> {
    let meet = |other: &Decision| {
        other.pathways.is_empty()
            || decision.pathways.is_empty()
            || other.pathways.iter().any(|p| in_scope(decision, p))
    };
    let other = of_concept.iter().find(|other| other.choice != decision.choice && meet(other))?;
    Some(format!("\"{}\" here, but \"{}\" in {}", decision.choice, other.choice, other.place))
}

/// What is dropped cannot be merged with.
fn dropped(decision: &Decision, by_concept: &BTreeMap<&str, Vec<&Decision>>) -> Option<String> {
    let Choice::MergeWith(other) = &decision.choice else { return None };
    let drop = by_concept.get(other.as_str())?.iter().find(|d| d.choice == Choice::Drop)?;
    Some(format!("{other} is dropped ({}), so there is nothing to merge with", drop.place))
}

/// Where a concept stands: a pathway, and a part of its programme.
type Standing<'m> = (&'m str, Stands);

/// The concepts of some programmes: what kind they are, and where they stand.
struct Known<'m> {
    concepts: BTreeMap<&'m str, (Kind, Vec<Standing<'m>>)>,
    pathways: BTreeSet<&'m str>,
}

impl<'m> Known<'m> {
    fn of(derivation: &'m Derivation) -> Self {
        let mut known = Known { concepts: BTreeMap::new(), pathways: BTreeSet::new() };
        for programme in &derivation.programmes {
            let pathway = programme.pathway.id.as_str();
            known.pathways.insert(pathway);
            let near = programme.near_misses.iter().map(|near| (&near.concept, near.kind, Stands::NearMiss));
            let items = moves::all_items(programme).map(|(item, tier)| (&item.concept, item.kind, tier));
            for (concept, kind, tier) in items.chain(near) {
                known.concepts.entry(concept).or_insert((kind, Vec::new())).1.push((pathway, tier));
            }
        }
        known
    }

    /// Why a decision cannot be applied to them.
    fn unfit(&self, decision: &Decision) -> Option<String> {
        let hint = |close: Option<&str>| close.map_or_else(String::new, |c| format!(" (did you mean \"{c}\"?)"));
        if let Some(pathway) = decision.pathways.iter().find(|p| !self.pathways.contains(p.as_str())) {
            let hint = hint(closest(pathway, self.pathways.iter().copied()));
            return Some(format!("there is no programme of the pathway \"{pathway}\"{hint}"));
        }
        let Some((kind, stands)) = self.concepts.get(decision.concept.as_str()) else {
            let hint = hint(closest(&decision.concept, self.concepts.keys().copied()));
            return Some(format!("no programme has such a concept{hint}"));
        };
        let here: BTreeSet<Stands> =
            stands.iter().filter(|(pathway, _)| in_scope(decision, pathway)).map(|(_, tier)| *tier).collect();
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
