//! The screening of proposals on one map.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::error::ConsultationError;
use super::learnt::Known;
use super::model::KnownOccupation;
use super::part::{Part, Proposed};
use super::screening::{Screening, ScreeningReport};
use crate::change::{
    Change, Changes, Derived, Effect, apply, carry_over_joined, carry_over_same, carry_over_with_topics, effect,
};
use crate::concept::{ConceptIndex, Concepts};
use crate::derive::{Derivation, Error, Policy};
use crate::harmonise::{Measure, Threshold};
use crate::map::{Map, Occupation, RouteIndex};
use crate::place::Placer;
use crate::read::RawOccupation;
use crate::topics::{TopicDecisions, Topics, Vocabulary};

/// The data shared by all screenings of one map: its current programmes, and
/// the index of its occupations.
///
/// # Examples
///
/// ```
/// use tlevel::consult::Consultation;
/// use tlevel::derive::Policy;
/// use tlevel::harmonise::{Ledger, Measure, Threshold};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let harmony = tlevel::harmonise(&Measure::new(&map), Threshold::default(), &Ledger::default())?;
/// let consultation = Consultation::new(&map, harmony.concepts(), &Policy::t_level())?;
/// let consultation = consultation.joining(Some(Threshold::default()));
///
/// // (b) the surveyors' technician, among the builders?
/// let moved = consultation.move_occupation("Surveying technician", "Core Building Tradesperson")?;
/// assert_eq!(moved.occupation.id, "LARS51");
/// assert_eq!(moved.from.name, "Design, surveying and planning");
/// assert!(moved.from.shared > moved.to.shared, "7 of 14 there, 3 here");
///
/// // (c) what speaks against a classroom for firefighters, in the map's own
/// // words
/// let opened = consultation.open_branch("protective-services")?;
/// assert_eq!(opened.marks[0].reasons, ["barred-under-18", "policy"]);
/// assert_eq!(opened.occupations[0].barriers.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Consultation<'m> {
    pub(super) map: &'m Map,
    pub(super) concepts: &'m Concepts,
    pub(super) policy: Policy,
    pub(super) threshold: Option<Threshold>,
    pub(super) topics: Option<(Vocabulary, TopicDecisions)>,
    pub(super) placer: Placer,
    pub(super) derivation: Derivation,
    carried: OnceLock<Option<Concepts>>,
    pub(super) known_words: OnceLock<Known<'m>>,
}

impl<'m> Consultation<'m> {
    /// Prepares the screening of a map with the concepts that were made for it.
    ///
    /// # Errors
    ///
    /// [`Error::OtherMap`] if the concepts were made for another map.
    ///
    /// # Complexity
    ///
    /// As [`derive`](crate::derive()) and [`Placer::new`].
    pub fn new(map: &'m Map, concepts: &'m Concepts, policy: &Policy) -> Result<Self, Error> {
        let derivation = crate::derive(map, concepts, policy)?;
        let placer = Placer::new(map);
        Ok(Consultation {
            map,
            concepts,
            policy: policy.clone(),
            threshold: None,
            topics: None,
            placer,
            derivation,
            carried: OnceLock::new(),
            known_words: OnceLock::new(),
        })
    }

    /// Joins the statements of new occupations to the map's by score, from this
    /// threshold. Without a threshold, only equal wordings join.
    #[must_use]
    pub fn joining(mut self, threshold: Option<Threshold>) -> Self {
        self.threshold = threshold;
        self
    }

    /// Sets the vocabulary and the decisions from which the topics of the concepts
    /// were assigned: new statements get theirs from these. Without them, the
    /// bundled vocabulary is used if the concepts have topics.
    #[must_use]
    pub fn with_topics(mut self, vocabulary: Vocabulary, decisions: TopicDecisions) -> Self {
        self.topics = Some((vocabulary, decisions));
        self.known_words = OnceLock::new();
        self
    }

    /// Sets what reads the statements of new occupations: a measure of the map, and the
    /// topics of its statements, if the concepts have any. Without these, both are made
    /// when the first new occupation has statements.
    #[must_use]
    pub fn knowing(mut self, measure: Measure<'m>, topics: Option<Topics>) -> Self {
        self.known_words = OnceLock::from(Known::new(measure, topics));
        self
    }

    /// Returns a screening as a document, with the map and the policy to which
    /// it applies.
    pub fn report(&self, screening: impl Into<Screening>) -> ScreeningReport {
        ScreeningReport::new(self.derivation.map.clone(), self.policy.name.clone(), screening.into())
    }

    /// Applies changes that add something: returns the map, its concepts, and all
    /// programmes. New statements may be joined with those of any route.
    pub(super) fn proposed(&self, changes: &Changes, policy: &Policy) -> Result<Proposed, ConsultationError> {
        self.proposed_by(changes, policy, |_| None)
    }

    /// Adds an occupation to a cluster. Its statements, if it has any and words are
    /// weighed, are read by what the map has learnt; then its route alone is returned.
    pub(super) fn proposed_new(&self, added: &RawOccupation, cluster: &str) -> Result<Proposed, ConsultationError> {
        let id = added.id.clone().unwrap_or_default();
        let occupation = Box::new(added.clone());
        let change = Change::AddOccupation { cluster: cluster.to_owned(), occupation, position: None };
        let changes = Changes::new(vec![change]);
        let is_weighed = self.threshold.is_some() || self.concepts.has_topics();
        let is_read = is_weighed || added.statements.is_empty();
        let route = self.map.cluster(cluster).map(|cluster| cluster.pathway().route().index());
        let whole = (self.map, self.concepts);
        let part = route.filter(|_| is_read).and_then(|route| Part::of(whole, &[route], &changes, [&self.policy; 2]));
        if let Some(part) = part
            && let Some(proposed) = part.with_new((added, cluster), &self.policy, whole, |new| self.gained(new))
        {
            return Ok(proposed);
        }
        self.proposed_by(&changes, &self.policy, |map| self.grown(map, map.occupation(&id).filter(|_| is_read)?))
    }

    /// As [`Consultation::proposed`]; without concepts, these are carried over.
    fn proposed_by(
        &self,
        changes: &Changes,
        policy: &Policy,
        concepts: impl FnOnce(&Map) -> Option<Concepts>,
    ) -> Result<Proposed, ConsultationError> {
        let raw = apply(self.map, changes).map_err(ConsultationError::Changes)?;
        let map = crate::check(raw).map_err(|_| ConsultationError::NothingLeft)?.map;
        let carried = || match &self.topics {
            Some((vocabulary, decisions)) => {
                carry_over_with_topics(self.map, self.concepts, &map, self.threshold, (vocabulary, decisions))
            }
            None => carry_over_joined(self.map, self.concepts, &map, self.threshold),
        };
        let concepts = concepts(&map).or_else(carried).ok_or(ConsultationError::NothingLeft)?;
        let derivation = crate::derive(&map, &concepts, policy).map_err(|_| ConsultationError::NothingLeft)?;
        Ok(Proposed { map, concepts, derivation, before: None, gained: None })
    }

    /// Applies changes that only touch some routes, in which occupations move or branches
    /// are opened: returns these routes alone, and what they were.
    pub(super) fn proposed_in(
        &self,
        routes: &[RouteIndex],
        changes: &Changes,
        policy: &Policy,
    ) -> Result<Proposed, ConsultationError> {
        let whole = (self.map, self.concepts);
        let part = Part::of(whole, routes, changes, [&self.policy, policy]).zip(self.carried());
        let proposed = part.and_then(|(part, carried)| part.with(changes, policy, carried));
        proposed.map_or_else(|| self.proposed(changes, policy), Ok)
    }

    /// The concepts as they are carried over to a map with the same statements, whatever
    /// their order.
    fn carried(&self) -> Option<&Concepts> {
        self.carried.get_or_init(|| carry_over_same(self.map, self.concepts, self.map)).as_ref()
    }

    /// The effect of what was proposed. No route that is not affected has any.
    pub(super) fn effect(&self, proposed: &Proposed) -> Effect {
        let was = match &proposed.before {
            Some(before) => (&before.map, &before.concepts),
            None => (self.map, self.concepts),
        };
        let was = Derived::new(was.0, was.1, &self.derivation);
        let is = Derived::new(&proposed.map, &proposed.concepts, &proposed.derivation);
        was.zip(is).map_or_else(Effect::default, |(was, is)| effect(was, is))
    }

    /// An occupation of the map, by an id from the placer.
    pub(super) fn known(&self, id: &str) -> Option<KnownOccupation> {
        self.map.occupation(id).map(KnownOccupation::of)
    }
}

/// The concepts of an occupation, each once.
pub(super) fn concepts_of(concepts: &Concepts, occupation: Occupation<'_>) -> BTreeSet<ConceptIndex> {
    occupation.statements().flat_map(|s| concepts.of(s.index()).iter().copied()).collect()
}
