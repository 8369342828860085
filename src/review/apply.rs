//! Applies decisions: merges and tiers go into the derivation.

use std::collections::HashMap;

use super::conflicts::{Conflict, ConflictReason, Fitting, Move};
use super::decided_draft::Review;
use super::decisions::{Decision, Decisions};
use super::draft::Draft;
use super::following::following;
use super::merges::Merges;
use super::notes;
use crate::concept::{ConceptIndex, Concepts};
use crate::derive::{Derivation, Error, Policy, Tiers, derive, derive_with};
use crate::map::Map;

/// The result of applying a panel's decisions to a draft.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reviewed {
    /// The programmes with the decisions applied. Each programme that a
    /// decision changed has a note (`decided`).
    pub derivation: Derivation,
    /// The concepts, with those merged that say the same.
    pub concepts: Concepts,
    /// All other decisions, by the numbers of those concepts.
    pub tiers: Tiers,
    /// The decisions that could not be applied, in the order of the review.
    pub conflicts: Vec<Conflict>,
}

/// Derives the programmes of a map with a panel's decisions.
///
/// # The meaning
///
/// * `keep` changes nothing, unless there is a new wording. What is kept, or
///   confirmed where it is, stays even if its topic moves or is dropped.
/// * What is decided to be core, concept by concept, or kept with a new wording, is an
///   element of its topic, even if one occupation alone has it: it is no longer for the
///   panel to word.
/// * A decision applies to every programme in which the concept has the tier
///   that the review shows, or to those of its pathways.
/// * The route core belongs to the route. What enters it does so in all its
///   programmes. What a decision for some pathways takes out of it leaves it in
///   all. The other pathways then have it according to their counts: as pathway
///   core if they hold it and enough occupations have it, otherwise in
///   specialisms. If a route core item is decided to be `pathway core` in all
///   pathways, each of them has it in the same way.
/// * A draft shows an element of a core topic as one line, so a decision on its central
///   concept is one on all concepts that were joined to it, apart from those on which
///   there is another decision.
/// * `specialism` leaves a concept to the specialisms of the occupations that
///   have it.
/// * `drop` takes it out of the programme: core, specialisms and near misses.
/// * `merge with` makes one concept of two of the same kind before anything is
///   counted. The one that is higher in the draft (route core, pathway core,
///   specialism) keeps its name and wording and takes the statements of the
///   other. If both are equally high, the one to merge with is kept. If enough
///   occupations have either of them, the merged concept is core. Without
///   pathways, the two become one in the whole map.
/// * A concept that was moved or dropped is no longer a near miss.
/// * If topics are shared, a decision may be about a topic: with everything that
///   is taught under it, it becomes route core, pathway core or specialised
///   content, or leaves the programme. A decision on a concept takes precedence
///   over one on its topic. A topic in the core of a group may be moved in the
///   same ways.
///
/// Everything else is counted as usual: supports, near misses and notes are
/// those of the programmes with the decisions, and items follow the order of
/// the map. With no decisions, or only `keep` without a new wording, the derivation is that of
/// [`derive`](crate::derive()). The order of the decisions affects only the
/// order of notes and conflicts.
///
/// # Errors
///
/// [`Error::OtherMap`] if the concepts were made for another map.
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::Policy;
/// use tlevel::review::{Decisions, apply_decisions};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let law = derivation.programme("construction/onsite-construction").expect("has a programme").route_core[0].clone();
///
/// let review = format!("concept id,decision,comment\n{},drop,taught before\nk-none,drop,\n", law.concept);
/// let reviewed = apply_decisions(&map, &concepts, &Policy::t_level(), &Decisions::from_csv(&review)?)?;
/// let onsite = reviewed.derivation.programme("construction/onsite-construction").expect("has a programme");
/// assert!(onsite.items().all(|(item, _)| item.concept != law.concept));
/// assert!(onsite.notes.iter().any(|note| note.code == tlevel::derive::NoteCode::Decided));
/// assert_eq!(reviewed.conflicts[0].to_string(), "line 3: k-none: no programme has such a concept; not applied");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// Twice that of [`derive`](crate::derive()), plus `O(d (p + e))` for `d`
/// decisions, `p` programmes and the `e` elements of their topics.
pub fn apply_decisions(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    decisions: &Decisions,
) -> Result<Reviewed, Error> {
    let derivation = derive(map, concepts, policy)?;
    let mut fitting = Fitting::new(&derivation, concepts, decisions);
    let worded: Vec<&Decision> = fitting.keeps.iter().copied().filter(|keep| !keep.wording.is_empty()).collect();
    if fitting.merges.is_empty() && fitting.moves.is_empty() && worded.is_empty() {
        let (concepts, tiers, conflicts) = (concepts.clone(), Tiers::default(), fitting.in_order());
        return Ok(Reviewed { derivation, concepts, tiers, conflicts });
    }
    let follow = following(&derivation, &fitting, decisions);
    fitting.add(&follow);
    let draft = Draft::new(&derivation, decisions.decisions().iter().chain(&follow));
    let numbers = |concepts: &Concepts| -> HashMap<String, ConceptIndex> {
        concepts.iter().map(|c| (c.id().to_owned(), c.index())).collect()
    };
    let merges = {
        let numbers: HashMap<&str, ConceptIndex> = concepts.iter().map(|c| (c.id(), c.index())).collect();
        Merges::new(map, &draft, &mut fitting, &numbers)
    };
    let joined = concepts.merged(map, &merges.of_concepts).map_err(|_| Error::OtherMap)?;
    let mut tiers = Tiers::default();
    let numbers = numbers(&joined);
    let review = Review { map, draft: &draft, merges: &merges, routes: draft.routes() };
    let mut applied: Vec<Move<'_>> = Vec::new();
    for decided in std::mem::take(&mut fitting.moves) {
        let Move { at, decision, topic } = &decided;
        let taken = merges.taken(map, decision).filter(|_| topic.is_none());
        let concept = numbers.get(&decision.concept).copied();
        if let Some((into, place)) = taken {
            let (into, place) = (into.to_owned(), place.to_owned());
            fitting.conflict(*at, decision, ConflictReason::Merged { into, place });
        } else if topic.is_some() || concept.is_some() {
            review.decide(&decided, concept, &mut tiers);
            // what follows needs no note of its own
            applied.extend(decided.at.is_some().then_some(decided));
        }
    }
    for keep in worded {
        numbers.get(&keep.concept).into_iter().for_each(|concept| review.word(keep, *concept, &mut tiers));
    }
    let mut reviewed = derive_with(map, &joined, policy, &tiers)?;
    notes::add(&review, &applied, decisions, &mut reviewed);
    Ok(Reviewed { derivation: reviewed, concepts: joined, tiers, conflicts: fitting.in_order() })
}
