//! (a) Is an occupation missing?

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::model::{KnownOccupation, LevelSuggestion, Neighbour, NewScreening, OccupationFacts, Outcome, Overlap};
use super::names;
use super::overlaps::{OVERLAPS, Said, overlaps};
use super::{Consultation, ConsultationError, Proposed, concepts_of, questions};
use crate::change::Effect;
use crate::concept::ConceptIndex;
use crate::map::{Branch, Kind, Level, Map, Occupation, OccupationName};
use crate::place::{NewOccupation, Placement};
use crate::read::RawOccupation;
use crate::text::unused;

/// The number of suggested clusters.
pub(super) const SUGGESTED: usize = 5;
/// The number of most alike occupations that suggest a level.
const NEIGHBOURS: usize = 5;
/// The number of occupations listed that it may lead to, and may come from.
const LINKED: usize = 3;

impl<'m> Consultation<'m> {
    /// (a) Screens an occupation that may be missing from the map: what it
    /// overlaps, its level, its place, its links and its effect on the
    /// programmes.
    ///
    /// `to` names a branch to put it in. Without one, it goes to the first
    /// suggested cluster, whatever the verdict. Without a level, it gets the
    /// suggested one. Statements without an id get one, and so does an
    /// occupation without one.
    ///
    /// Its statements are read by what the map has learnt: no word of the map weighs more
    /// or less because of them, and no concept of the map changes but for what joins it.
    /// Only programmes of its own route can change.
    /// [`whatif`](mod@crate::change) weighs the changed map anew, which may join a little
    /// more or less, and may change other routes.
    ///
    /// # Errors
    ///
    /// [`ConsultationError`]: no title, a branch that the map does not have, an
    /// id that is taken, an invalid level.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::consult::Consultation;
    /// use tlevel::read::{RawOccupation, RawStatement};
    /// use tlevel::{concept::Concepts, derive::Policy, place::Verdict};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
    ///
    /// let known = map.occupation("LARS51").expect("the surveying technician");
    /// let mut drone = RawOccupation::new("", "Drone surveyor", 3);
    /// drone.statements.extend(known.raw().statements.iter().take(7).cloned());
    /// let screening = consultation.new_occupation(&drone, None)?;
    /// let overlap = &screening.overlaps[0];
    /// assert_eq!((overlap.occupation.id.as_str(), overlap.shared, overlap.of), ("LARS51", 7, 7));
    /// assert_eq!(screening.level.suggested.map(|level| level.number()), Some(3));
    /// assert!(consultation.new_occupation(&RawOccupation::default(), None).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// Copies, derives and compares its route; `O(n)` in the map's occupations, and in the
    /// statements that have a word of it. The first time as
    /// [`Measure::new`](crate::harmonise::Measure::new)
    /// and [`Topics::assign`](crate::topics::Topics::assign), too. If only equal wordings
    /// join, or if the check finds an error in the occupation, the whole map is derived.
    pub fn new_occupation(
        &self,
        occupation: &RawOccupation,
        to: Option<&str>,
    ) -> Result<NewScreening, ConsultationError> {
        let to = to.map(|to| names::branch(self.map, to, |_| false)).transpose()?;
        self.screen_new(occupation, to, true)
    }

    /// Screens a title alone. An occupation without statements changes no programme, so
    /// its effect is empty, and no changed map is made.
    pub(super) fn screen_title(
        &self,
        title: String,
        level: Option<i64>,
        to: Option<Branch<'m>>,
    ) -> Result<NewScreening, ConsultationError> {
        let mut new = RawOccupation::default();
        (new.title, new.level) = (Some(title), level);
        self.screen_new(&new, to, false)
    }

    fn screen_new(
        &self,
        occupation: &RawOccupation,
        to: Option<Branch<'m>>,
        has_content: bool,
    ) -> Result<NewScreening, ConsultationError> {
        let title = occupation.title.clone().unwrap_or_default().trim().to_owned();
        if title.is_empty() {
            return Err(ConsultationError::NoTitle);
        }
        let mut added = with_ids(occupation, self.map);
        let id = added.id.clone().unwrap_or_default();
        let mut new = NewOccupation::from(occupation);
        new.id.clone_from(&id);
        let near = self.placer.neighbours(&new, usize::MAX);
        let level = self.level(occupation, &near);
        let placement = self.placer.with_evidence(&new, self.placer.suggest(&new, SUGGESTED));
        let target = match to {
            Some(branch) => Some(self.target(branch, &new)?),
            None => self.first(&placement).map(|branch| self.target(branch, &new)).transpose()?,
        };
        added.level = added.level.or(level.suggested.map(i64::from));
        new.level = added.level;
        let pathway = target.as_ref().map_or("", |t| t.cluster.pathway.id.as_str());
        let progression = self.placer.progression(&new, pathway, LINKED);
        let links = questions::links(self.map, &id, &occupation.progresses_to);
        let can_be_put = target.as_ref().filter(|_| added.level.is_some());
        let has_place = can_be_put.is_some();
        let can_be_put = can_be_put.filter(|_| has_content);
        let proposed = can_be_put.map(|target| self.proposed_new(&added, &target.cluster.cluster.id)).transpose()?;
        let likeness: HashMap<&str, f64> = near.iter().map(|n| (n.occupation.as_str(), n.score)).collect();
        let own = proposed.as_ref().and_then(|p| Some((p.map.occupation(&id)?, p)));
        let (overlaps, concepts, only_own) = match own {
            Some((own, Proposed { gained: Some(gained), .. })) => {
                let said = Said::of_new(gained, own);
                let overlaps = overlaps((self.map, self.concepts), &said, self.map.occupations(), &likeness);
                (overlaps, said.concepts, gained.new.len())
            }
            Some((own, Proposed { map, concepts, .. })) => {
                let said = Said::of(concepts, own);
                let others = || map.occupations().filter(|o| o.id() != id);
                let theirs: BTreeSet<ConceptIndex> = others().flat_map(|o| concepts_of(concepts, o)).collect();
                let only_own = concepts_of(concepts, own).difference(&theirs).count();
                (overlaps((map, concepts), &said, others(), &likeness), said.concepts, only_own)
            }
            None if !has_content => (self.alike(&near), 0, 0),
            None => (Vec::new(), 0, 0),
        };
        let outcome = proposed.as_ref().filter(|p| p.map.occupation(&id).is_some()).map(|p| self.outcome(p));
        let without = (has_place && !has_content).then(|| Outcome { size: 0, effect: Effect::default() });
        let outcome = outcome.or(without);
        let named =
            |lacks: bool| if lacks { vec![OccupationName { id: id.clone(), title: title.clone() }] } else { vec![] };
        let missing = questions::missing([
            ("no-statements", named(concepts == 0)),
            ("no-level", named(level.given.is_none())),
            ("no-progression", named(links.is_empty())),
            ("no-mandatory-qualifications", named(occupation.mandatory_qualifications.is_empty())),
        ]);
        Ok(NewScreening {
            title: title.clone(),
            level,
            places: self.places(&placement),
            placement,
            overlaps,
            concepts,
            only_own,
            target,
            above: progression.above,
            below: progression.below,
            links,
            facts: OccupationFacts::of(occupation),
            mandatory_qualifications: occupation.mandatory_qualifications.clone(),
            barriers: occupation.barriers.clone(),
            outcome,
            open_questions: questions::open(questions::NEW),
            missing,
            id: id.clone(),
        })
    }

    /// The occupations that are most alike by their words, as overlaps without statements.
    fn alike(&self, near: &[crate::place::NearOccupation]) -> Vec<Overlap> {
        let near = near.iter().filter(|near| near.score > 0.0);
        let near = near.filter_map(|near| Some((self.map.occupation(&near.occupation)?, near.score)));
        let overlap = |(other, likeness): (Occupation<'m>, f64)| Overlap {
            occupation: KnownOccupation::of(other),
            likeness,
            shared: 0,
            of: 0,
            of_other: concepts_of(self.concepts, other).len(),
            topics: Vec::new(),
            statements: Vec::new(),
        };
        near.take(OVERLAPS).map(overlap).collect()
    }

    fn first(&self, placement: &Placement) -> Option<Branch<'m>> {
        let map = self.map;
        placement.suggestions.first().and_then(|s| map.cluster(&s.cluster)).map(Branch::Cluster)
    }

    pub(super) fn outcome(&self, proposed: &Proposed) -> Outcome {
        let effect = self.effect(proposed);
        Outcome { size: effect.size(), effect }
    }

    /// The level that the nearest occupations suggest.
    fn level(&self, occupation: &RawOccupation, near: &[crate::place::NearOccupation]) -> LevelSuggestion {
        let known = |n: &crate::place::NearOccupation| {
            self.known(&n.occupation).map(|occupation| Neighbour { occupation, likeness: n.score })
        };
        let neighbours: Vec<Neighbour> = near.iter().take(NEIGHBOURS).filter_map(known).collect();
        let mut weights: BTreeMap<Level, f64> = BTreeMap::new();
        neighbours.iter().for_each(|n| *weights.entry(n.occupation.level).or_default() += n.likeness);
        let most = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        LevelSuggestion {
            given: occupation.level.and_then(|level| Level::try_from(level).ok()),
            suggested: most.map(|(level, _)| level),
            neighbours,
        }
    }
}

/// The occupation with ids for itself and for all its statements.
fn with_ids(occupation: &RawOccupation, map: &Map) -> RawOccupation {
    let mut added = occupation.clone();
    let is_blank = |id: &Option<String>| id.as_deref().is_none_or(|id| id.trim().is_empty());
    if is_blank(&added.id) {
        let has = |id: &str| {
            map.occupation(id).is_some()
                || map.branches().any(|b| b.id() == id)
                || map.set_aside().any(|aside| aside.raw().id.as_deref() == Some(id))
        };
        added.id = Some(unused("NEW".to_owned(), has));
    }
    let mut known: BTreeSet<String> = added.statements.iter().filter_map(|s| s.id.clone()).collect();
    for (number, statement) in added.statements.iter_mut().enumerate() {
        if is_blank(&statement.id) {
            let kind = statement.kind.as_deref().and_then(Kind::from_name);
            let base = format!("{}{}", kind.map_or('X', Kind::letter), number + 1);
            let id = unused(base, |id| known.contains(id));
            known.insert(id.clone());
            statement.id = Some(id);
        }
    }
    added
}
