//! The occupations that have each concept, and what a decision about statements
//! would do to a core.

use super::eligibility::Eligibility;
use super::error::Error;
use super::policy::Policy;
use super::quorum::Quorum;
use super::tiers::Tiers;
use crate::concept::{ConceptIndex, Concepts};
use crate::map::{BranchName, Map, OccupationIndex, OccupationName, Pathway, StatementIndex, StatementRef};

/// The counting occupations that have each concept.
///
/// Answers questions that a [`Derivation`](super::Derivation) does not: why is
/// this core, who lacks how much of a topic, and what would change if these two
/// concepts were one?
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Holders, Policy};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
/// let holders = Holders::new(&map, &concepts, &Policy::t_level())?;
/// let law = concepts.iter().find(|c| c.label() == Some("Health and safety law in construction")).unwrap();
/// let places = holders.places(law.index());
/// assert!(places.iter().all(|place| place.is_held && place.missing.is_empty()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Holders<'m> {
    pub(super) map: &'m Map,
    pub(super) concepts: &'m Concepts,
    pub(super) policy: Policy,
    quorum: Quorum,
    min_sharers: usize,
    /// By concept, sorted.
    have: Vec<Vec<OccupationIndex>>,
    /// By pathway, in the order of the map.
    counting: Vec<Vec<OccupationIndex>>,
    /// What people decided.
    pub(super) tiers: Tiers,
}

/// A concept in a pathway: the occupations that have it, and how many must.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// The route.
    pub route: BranchName,
    /// The pathway.
    pub pathway: BranchName,
    /// Whether enough of the pathway's occupations have it to make it core here,
    /// of the pathway or the route, unless people decide otherwise.
    pub is_held: bool,
    /// Whether people decided its tier here.
    pub decided: bool,
    /// How many of the pathway's counting occupations must have it.
    pub need: usize,
    /// Those that have it, each with its statements.
    pub holders: Vec<Holder>,
    /// Those that do not.
    pub missing: Vec<OccupationName>,
}

/// An occupation with the statements by which it has a concept.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Holder {
    /// The occupation.
    pub occupation: OccupationName,
    /// Its statements.
    pub statements: Vec<StatementRef>,
}

impl<'m> Holders<'m> {
    /// Looks up the counting occupations that have each concept.
    ///
    /// # Errors
    ///
    /// [`Error::OtherMap`] if the concepts were made for another map.
    ///
    /// # Complexity
    ///
    /// `O(s log s)` in the statements of eligible occupations.
    pub fn new(map: &'m Map, concepts: &'m Concepts, policy: &Policy) -> Result<Self, Error> {
        if !concepts.fits(map) {
            return Err(Error::OtherMap);
        }
        let eligibility = Eligibility::of(map, policy);
        let mut have = vec![Vec::new(); concepts.len()];
        let mut counting = Vec::new();
        for pathway in map.pathways() {
            let occupations: Vec<_> = pathway.occupations().filter(|o| eligibility.counts(*o)).collect();
            for occupation in &occupations {
                for statement in occupation.statements().filter(|s| s.counts_for_sharing()) {
                    for concept in concepts.of(statement.index()) {
                        have[concept.index()].push(occupation.index());
                    }
                }
            }
            counting.push(occupations.into_iter().map(|o| o.index()).collect());
        }
        have.iter_mut().for_each(|list| {
            list.sort_unstable();
            list.dedup();
        });
        let (quorum, min_sharers) = (policy.pathway_quorum, policy.min_sharers);
        let policy = policy.clone();
        Ok(Holders { map, concepts, policy, quorum, min_sharers, have, counting, tiers: Tiers::default() })
    }

    /// Sets what people decided, which [`Holders::places`] and
    /// [`Holders::topic_places`] report.
    #[must_use]
    pub fn with_decisions(mut self, tiers: Tiers) -> Self {
        self.tiers = tiers;
        self
    }

    /// The counting occupations that have a concept, in the order of the map.
    pub fn of(&self, concept: ConceptIndex) -> &[OccupationIndex] {
        self.have.get(concept.index()).map_or(&[], Vec::as_slice)
    }

    /// The pathways that would hold the two concepts if they were one, and hold
    /// neither now.
    pub fn gained_by_joining(&self, a: ConceptIndex, b: ConceptIndex) -> Vec<Pathway<'m>> {
        let mut both: Vec<OccupationIndex> = self.of(a).iter().chain(self.of(b)).copied().collect();
        both.sort_unstable();
        both.dedup();
        let holds = |pathway: Pathway<'m>, have: &[OccupationIndex]| self.is_held(pathway, have);
        (self.map.pathways()).filter(|p| holds(*p, &both) && !holds(*p, self.of(a)) && !holds(*p, self.of(b))).collect()
    }

    /// The pathways that hold a concept but would not if these statements did
    /// not belong to it.
    pub fn lost_without(&self, concept: ConceptIndex, statements: &[StatementIndex]) -> Vec<Pathway<'m>> {
        let rest = self.concepts.get(concept).map_or(&[][..], |c| c.statements());
        let kept = rest.iter().filter(|s| !statements.contains(s)).filter_map(|s| self.map.statement_at(*s));
        let mut left: Vec<OccupationIndex> =
            kept.filter(|s| s.counts_for_sharing()).map(|s| s.occupation().index()).collect();
        left.retain(|o| self.of(concept).binary_search(o).is_ok());
        left.sort_unstable();
        left.dedup();
        self.map.pathways().filter(|p| self.is_held(*p, self.of(concept)) && !self.is_held(*p, &left)).collect()
    }

    fn is_held(&self, pathway: Pathway<'m>, have: &[OccupationIndex]) -> bool {
        let counting = &self.counting[pathway.index().index()];
        let n = counting.iter().filter(|o| have.binary_search(o).is_ok()).count();
        n >= self.quorum.need(counting.len()).max(self.min_sharers)
    }

    /// Every pathway in which an occupation has the concept, in the order of
    /// the map.
    pub fn places(&self, concept: ConceptIndex) -> Vec<Place> {
        let have = self.of(concept);
        let name = |o: &OccupationIndex| self.map.occupation_at(*o).map(|o| (o.id().to_owned(), o.title().to_owned()));
        let named = |o: &OccupationIndex| name(o).map(|(id, title)| OccupationName { id, title });
        let statements = self.concepts.get(concept).map_or(&[][..], |c| c.statements());
        let of = |o: &OccupationIndex| -> Vec<StatementRef> {
            let own = statements.iter().filter_map(|s| self.map.statement_at(*s)).filter(|s| s.counts_for_sharing());
            own.filter(|s| s.occupation().index() == *o)
                .map(|s| StatementRef { occupation: s.occupation().id().into(), statement: s.id().into() })
                .collect()
        };
        let mut places = Vec::new();
        for pathway in self.map.pathways() {
            let counting = &self.counting[pathway.index().index()];
            let (with, without): (Vec<_>, Vec<_>) = counting.iter().partition(|o| have.binary_search(o).is_ok());
            if with.is_empty() {
                continue;
            }
            let holder = |o: &OccupationIndex| Some(Holder { occupation: named(o)?, statements: of(o) });
            places.push(Place {
                route: BranchName { id: pathway.route().id().to_owned(), name: pathway.route().name().to_owned() },
                pathway: BranchName { id: pathway.id().to_owned(), name: pathway.name().to_owned() },
                is_held: self.is_held(pathway, have),
                decided: self.tiers.is_decided(pathway, concept),
                need: self.quorum.need(counting.len()).max(self.min_sharers),
                holders: with.into_iter().filter_map(holder).collect(),
                missing: without.into_iter().filter_map(named).collect(),
            });
        }
        places
    }
}
