//! From a checked map, concepts and a policy to programmes.
//!
//! # The meaning, in short
//!
//! * An occupation is **eligible** if its level is one of the policy's and no
//!   branch above it is apprenticeship-only (the policy may name exceptions).
//! * It **counts** if it is eligible and has a statement that counts for
//!   sharing: one that says something and belongs to no option.
//! * A pathway **holds** a concept when at least
//!   `need = max(ceil(quorum * n), 1)` of its `n` counting occupations have it.
//! * **Route core**: at least the route quorum of the counting pathways hold
//!   it, at least `min_pathways` of them do (two: half of two pathways is one,
//!   and what one holds is not shared), and at least `min_sharers` occupations
//!   have it. **Pathway core**: the pathway holds it, at least `min_sharers` of
//!   its occupations have it, and it is not route core.
//! * **Specialism**: what a unit (an occupation or one of its options) has
//!   beyond both.
//! * **Near miss**: at most `near` short of its tier's need, had by at least
//!   one, and not already core.
//!
//! Items are sorted by kind (knowledge, skills, behaviours), then by the order
//! in which the route, the pathway or the specialism's first occupation has
//! them in the map.
//!
//! This is formal concept analysis under the field's names: with strict
//! quorums, core is the intent of the pathway's occupations.
//!
//! # What the tests do not prove
//!
//! The tests do not prove that two statements in one concept say the same: that
//! depends on the concepts. Nor do they prove that a core is teachable: a panel
//! decides that.

mod eligibility;
mod holders;
mod hours;
mod notes;
mod policy;
mod programme;
mod quorum;
#[doc(hidden)]
pub mod reference;
mod sharing;
mod specialism;
mod themes;
mod tiers;

pub(crate) use eligibility::marked_by;
pub use holders::{Holder, Holders, Place};
pub use hours::{HoursProposal, Part};
pub use policy::{Exception, Grouping, Hours, Policy, PolicyBranch, PolicyError, Role};
pub use programme::{
    Addition, Derivation, Excluded, Item, NearMiss, NoProgramme, Note, NoteCode, Programme, SetAside, Specialism,
    Support, Theme, Tier,
};
pub use quorum::{NotAQuorum, Quorum};
pub use tiers::Tiers;

use std::cmp::Reverse;
use std::ops::Range;

use crate::concept::{ConceptIndex, Concepts};
use crate::map::{
    BranchName, Kind, Map, MapInfo, OccupationName, Pathway, Reason, Route, RouteIndex, Statement, StatementIndex,
    StatementRef,
};
pub(crate) use eligibility::Eligibility;
use eligibility::Standing;
use sharing::{Near, PathwaySharing, RouteSharing};

/// Why nothing could be derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The concepts group the statements of another map.
    #[error("the concepts were made for another map; make them anew for this one")]
    OtherMap,
}

/// Derives the programme of every pathway.
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
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
/// let concepts = Concepts::from_csv(&map, include_str!("../../fixtures/maps/england-concepts.csv"))?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let onsite = derivation.programme("construction/onsite-construction").expect("has a programme");
/// assert_eq!(onsite.route_core.len(), 6);
/// assert_eq!(onsite.route_core[0].label.as_deref(), Some("Health and safety law in construction"));
/// assert!(onsite.route_core.iter().all(|item| item.support.have == item.support.of));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(s log s)` in the `s` statements of eligible occupations, plus the size of
/// the result. Deterministic.
pub fn derive(map: &Map, concepts: &Concepts, policy: &Policy) -> Result<Derivation, Error> {
    derive_with(map, concepts, policy, &Tiers::default())
}

/// Like [`derive`](derive()), with tiers that people decided. A decided tier
/// replaces the counted one before items, near misses, specialisms, themes and
/// notes are made. Without decisions the result is that of
/// [`derive`](derive()).
///
/// # Errors
///
/// As [`derive`](derive()).
///
/// # Complexity
///
/// As [`derive`](derive()), plus `O(d p)` for `d` decisions and the `p`
/// pathways of a route.
pub fn derive_with(map: &Map, concepts: &Concepts, policy: &Policy, tiers: &Tiers) -> Result<Derivation, Error> {
    derive_by(map, concepts, (policy, tiers), sharing::of, &vec![true; map.routes().len()])
}

/// Like [`derive`](derive()), for the pathways of some routes only. The
/// programmes, and the pathways without one, are the same as those of
/// [`derive`](derive()) for these routes; other routes are left out. The
/// pathways of a route depend only on each other.
///
/// Routes that the map does not have are ignored, and their order does not
/// matter.
///
/// # Errors
///
/// As [`derive`](derive()).
///
/// # Examples
///
/// ```
/// use tlevel::concept::Concepts;
/// use tlevel::derive::{Policy, derive_routes};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json"))?)?.map;
/// let concepts = Concepts::exact(&map);
/// let construction = map.route("construction").expect("is on the map").index();
/// let some = derive_routes(&map, &concepts, &Policy::t_level(), &[construction])?;
/// let mut all = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// all.programmes.retain(|programme| programme.route.id == "construction");
/// assert_eq!(some.programmes, all.programmes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// As [`derive`](derive()) in the statements of those routes, plus `O(n)` in the
/// occupations and concepts of the map.
pub fn derive_routes(
    map: &Map,
    concepts: &Concepts,
    policy: &Policy,
    routes: &[RouteIndex],
) -> Result<Derivation, Error> {
    let mut wanted = vec![false; map.routes().len()];
    for route in routes {
        if let Some(wanted) = wanted.get_mut(route.index()) {
            *wanted = true;
        }
    }
    derive_by(map, concepts, (policy, &Tiers::default()), sharing::of, &wanted)
}

/// Counts for the wanted routes (by number) and returns nothing for others.
type Count = fn(&Map, &Concepts, &Policy, &Eligibility<'_>, &[bool]) -> Vec<RouteSharing>;

fn derive_by(
    map: &Map,
    concepts: &Concepts,
    (policy, tiers): (&Policy, &Tiers),
    count: Count,
    wanted: &[bool],
) -> Result<Derivation, Error> {
    if !concepts.fits(map) {
        return Err(Error::OtherMap);
    }
    let eligibility = Eligibility::of(map, policy);
    let mut sharing = count(map, concepts, policy, &eligibility, wanted);
    tiers.decide((map, concepts), policy, &eligibility, &mut sharing);
    let mut out = Outcome { map, concepts, policy, eligibility, set_aside: set_aside_by_pathway(map) };
    let spoken = themes::ThemeCounts::new(&out, wanted, &sharing);
    let mut programmes = Vec::new();
    let mut no_programme = Vec::new();
    for (route, route_sharing) in map.routes().zip(&sharing) {
        for (pathway, pathway_sharing) in route.pathways().zip(&route_sharing.pathways) {
            let excluded = out.excluded(pathway);
            if pathway.occupations().any(|o| out.eligibility.standing(o).gets_specialism()) {
                let counted = Counted { route, route_sharing, pathway, pathway_sharing };
                programmes.push(out.programme(&counted, excluded, &spoken));
            } else {
                no_programme.push(out.no_programme(pathway, excluded));
            }
        }
    }
    let raw = map.raw();
    let source = raw.source.as_ref();
    Ok(Derivation {
        format: programme::DerivationFormat::Programmes,
        version: 1,
        map: MapInfo {
            title: raw.title.clone(),
            published: raw.published.clone(),
            licence: source.and_then(|s| s.licence.clone()),
            attribution: source.and_then(|s| s.attribution.clone()),
        },
        policy: policy.clone(),
        notes: notes::of_derivation(&out.eligibility),
        programmes,
        no_programme,
        set_aside: map.set_aside().filter(|s| s.pathway().is_none()).map(set_aside).collect(),
    })
}

/// Everything that the parts of a programme are made from.
struct Outcome<'m> {
    map: &'m Map,
    concepts: &'m Concepts,
    policy: &'m Policy,
    eligibility: Eligibility<'m>,
    /// What the map set aside, by the pathway that it would belong to.
    set_aside: Vec<Vec<Excluded>>,
}

/// A pathway and its route, with what they share.
struct Counted<'s, 'm> {
    route: Route<'m>,
    route_sharing: &'s RouteSharing,
    pathway: Pathway<'m>,
    pathway_sharing: &'s PathwaySharing,
}

impl<'m> Outcome<'m> {
    fn programme(&self, counted: &Counted<'_, 'm>, excluded: Vec<Excluded>, spoken: &themes::ThemeCounts) -> Programme {
        let Counted { route, route_sharing, pathway, pathway_sharing } = *counted;
        let (of_route, of_pathway) = (route.statement_range(), pathway.statement_range());
        let route_core = self.in_order(&route_sharing.core, &of_route).map(|concept| {
            let support = Support { have: route_sharing.have(concept), of: route_sharing.counting };
            let statements = self.core_statements(concept, of_route.clone());
            let text = self.wording(concept, statements.clone());
            self.item(concept, support, statements, text, Vec::new())
        });
        let pathway_core = self.in_order(&pathway_sharing.core, &of_pathway).map(|concept| {
            let statements = self.core_statements(concept, of_pathway.clone());
            let text = self.wording(concept, statements.clone());
            self.item(concept, counted.support(concept), statements, text, counted.also_in(concept))
        });
        let mut programme = Programme {
            route: BranchName { id: route.id().to_owned(), name: route.name().to_owned() },
            pathway: BranchName { id: pathway.id().to_owned(), name: pathway.name().to_owned() },
            counting: (pathway.occupations())
                .filter(|o| pathway_sharing.counting.binary_search(&o.index()).is_ok())
                .map(|o| OccupationName { id: o.id().to_owned(), title: o.title().to_owned() })
                .collect(),
            route_core: route_core.collect(),
            pathway_core: pathway_core.collect(),
            specialisms: specialism::of(self, counted),
            near_misses: self.near_misses(counted),
            excluded,
            themes: themes::of(self, counted, spoken),
            notes: Vec::new(),
        };
        programme.notes = notes::of_programme(self, counted, &programme);
        programme
    }

    /// Concepts in display order: by kind, then by their first statement in
    /// that range of the map.
    fn in_order(&self, concepts: &[ConceptIndex], range: &Range<u32>) -> impl Iterator<Item = ConceptIndex> + use<> {
        let first = |c: ConceptIndex| self.statements_in(c, range.clone()).next().map(|s| s.index());
        let mut ordered: Vec<_> =
            concepts.iter().filter_map(|&c| Some((self.concepts.get(c)?.kind(), first(c), c))).collect();
        ordered.sort_unstable();
        ordered.into_iter().map(|(.., concept)| concept)
    }

    fn item(
        &self,
        concept: ConceptIndex,
        support: Support,
        statements: impl Iterator<Item = Statement<'m>> + Clone,
        text: String,
        also_in: Vec<String>,
    ) -> Item {
        let reference = |s: Statement<'_>| StatementRef {
            occupation: s.occupation().id().to_owned(),
            statement: s.id().to_owned(),
        };
        // most items have one statement: allocate exactly as many as there are
        let mut references = Vec::with_capacity(statements.clone().count());
        references.extend(statements.map(reference));
        let (concept, kind, label) = self.name(concept);
        Item { concept, kind, label, text, support, statements: references, also_in }
    }

    fn name(&self, concept: ConceptIndex) -> (String, Kind, Option<String>) {
        match self.concepts.get(concept) {
            Some(concept) => (concept.id().to_owned(), concept.kind(), concept.label().map(str::to_owned)),
            None => (String::new(), Kind::Knowledge, None),
        }
    }

    /// The wording shown for statements of a concept.
    fn wording(&self, of: ConceptIndex, mut statements: impl Iterator<Item = Statement<'m>> + Clone) -> String {
        let all = statements.clone();
        let (first, second) = (statements.next(), statements.next());
        // most items have one statement
        let central = if second.is_none() {
            first
        } else {
            let all: Vec<StatementIndex> = all.map(|s| s.index()).collect();
            self.concepts.central(self.map, of, &all).and_then(|s| self.map.statement_at(s))
        };
        central.map_or_else(String::new, |s| s.text().to_owned())
    }

    /// The statements of a concept within a range of the map.
    fn statements_in(
        &self,
        concept: ConceptIndex,
        range: Range<u32>,
    ) -> impl Iterator<Item = Statement<'m>> + Clone + use<'m> {
        let members = self.concepts.get(concept).map_or(&[][..], |c| c.statements());
        let first = members.partition_point(|s| s.0 < range.start);
        let last = members.partition_point(|s| s.0 < range.end);
        let map = self.map;
        members[first..last].iter().filter_map(move |&s| map.statement_at(s))
    }

    /// The statements among them that support an item: they count, and so does
    /// their occupation.
    fn counting_statements(
        &self,
        concept: ConceptIndex,
        range: Range<u32>,
    ) -> impl Iterator<Item = Statement<'m>> + Clone {
        self.statements_in(concept, range).filter(|s| self.counts(*s))
    }

    /// The statements that a core item shows. If none counts (the item is core
    /// by a decision), all statements of served occupations.
    fn core_statements(&self, concept: ConceptIndex, range: Range<u32>) -> impl Iterator<Item = Statement<'m>> + Clone {
        let none_counts = self.counting_statements(concept, range.clone()).next().is_none();
        let is_served = |s: Statement<'m>| self.eligibility.standing(s.occupation()).gets_specialism();
        self.statements_in(concept, range).filter(move |s| self.counts(*s) || (none_counts && is_served(*s)))
    }

    fn counts(&self, statement: Statement<'m>) -> bool {
        statement.counts_for_sharing() && *self.eligibility.standing(statement.occupation()) == Standing::Eligible
    }

    fn near_misses(&self, counted: &Counted<'_, 'm>) -> Vec<NearMiss> {
        let Counted { route_sharing, pathway_sharing, .. } = *counted;
        let of_pathway = (pathway_sharing.near.iter())
            .filter(|near| route_sharing.core.binary_search(&near.concept).is_err())
            .map(|near| {
                let counting = self.counting_statements(near.concept, counted.pathway.statement_range());
                let text = self.wording(near.concept, counting);
                self.near_miss(near, Tier::Pathway, counted.support(near.concept), text, |o| self.occupation_id(o))
            });
        let is_decided = |near: &&Near<_>| pathway_sharing.decided.binary_search(&near.concept).is_ok();
        let of_route = route_sharing.near.iter().filter(|near| !is_decided(near)).map(|near| {
            let support = Support { have: route_sharing.have(near.concept), of: route_sharing.counting };
            let counting = self.counting_statements(near.concept, counted.route.statement_range());
            let text = self.wording(near.concept, counting);
            self.near_miss(near, Tier::Route, support, text, |p| {
                self.map.pathway_at(p).map_or("", |p| p.id()).to_owned()
            })
        });
        let mut misses: Vec<NearMiss> = of_pathway.chain(of_route).collect();
        misses.sort_by_key(|miss| (Reverse(miss.tier), miss.need - miss.have, Reverse(miss.support.have), miss.kind));
        misses
    }

    fn near_miss<I: Copy>(
        &self,
        near: &Near<I>,
        tier: Tier,
        support: Support,
        text: String,
        id: impl Fn(I) -> String,
    ) -> NearMiss {
        let (concept, kind, label) = self.name(near.concept);
        NearMiss {
            concept,
            kind,
            label,
            text,
            tier,
            have: near.have,
            need: near.need,
            support,
            blockers: near.blockers.iter().map(|&blocker| id(blocker)).collect(),
        }
    }

    fn occupation_id(&self, occupation: crate::map::OccupationIndex) -> String {
        self.map.occupation_at(occupation).map_or("", |o| o.id()).to_owned()
    }

    fn excluded(&mut self, pathway: Pathway<'m>) -> Vec<Excluded> {
        let mut excluded: Vec<Excluded> = pathway
            .occupations()
            .filter_map(|o| match self.eligibility.standing(o) {
                Standing::Excluded { reason, branch } => Some(Excluded {
                    occupation: o.id().to_owned(),
                    title: o.title().to_owned(),
                    level: Some(o.level().into()),
                    reason: reason.clone(),
                    branch: branch.map(str::to_owned),
                }),
                Standing::Eligible | Standing::SpecialismOnly => None,
            })
            .collect();
        excluded.append(&mut self.set_aside[pathway.index().index()]);
        excluded
    }

    fn no_programme(&self, pathway: Pathway<'m>, excluded: Vec<Excluded>) -> NoProgramme {
        let branch = self.eligibility.closed_by(pathway);
        let reason = match branch {
            Some(_) => Reason::ApprenticeshipOnly,
            None if excluded.is_empty() => Reason::NoOccupation,
            None => Reason::NoEligibleOccupation,
        };
        NoProgramme {
            route: BranchName { id: pathway.route().id().to_owned(), name: pathway.route().name().to_owned() },
            pathway: BranchName { id: pathway.id().to_owned(), name: pathway.name().to_owned() },
            reason,
            branch: branch.map(str::to_owned),
            excluded,
        }
    }
}

impl<'m> Counted<'_, 'm> {
    fn support(&self, concept: ConceptIndex) -> Support {
        Support { have: self.pathway_sharing.have(concept), of: self.pathway_sharing.counting.len() }
    }

    /// The route's other pathways that hold the concept.
    fn also_in(&self, concept: ConceptIndex) -> Vec<String> {
        (self.route.pathways().zip(&self.route_sharing.pathways))
            .filter(|(pathway, sharing)| {
                *pathway != self.pathway && sharing.holds(concept) && !sharing.is_dropped(concept)
            })
            .map(|(pathway, _)| pathway.id().to_owned())
            .collect()
    }

    fn is_core(&self, concept: ConceptIndex) -> bool {
        self.route_sharing.core.binary_search(&concept).is_ok()
            || self.pathway_sharing.core.binary_search(&concept).is_ok()
    }
}

fn set_aside_by_pathway(map: &Map) -> Vec<Vec<Excluded>> {
    let mut by_pathway = vec![Vec::new(); map.pathways().len()];
    for aside in map.set_aside() {
        if let Some(pathway) = aside.pathway() {
            by_pathway[pathway.index().index()].push(Excluded {
                occupation: aside.raw().id.clone().unwrap_or_default(),
                title: aside.raw().title.clone().unwrap_or_default(),
                level: aside.raw().level,
                reason: aside.reason(),
                branch: None,
            });
        }
    }
    by_pathway
}

fn set_aside(aside: crate::map::SetAside<'_>) -> SetAside {
    SetAside {
        occupation: aside.raw().id.clone().unwrap_or_default(),
        title: aside.raw().title.clone().unwrap_or_default(),
        level: aside.raw().level,
        reason: aside.reason(),
        route: aside.route_name().map(str::to_owned),
        pathway: aside.pathway_name().map(str::to_owned),
    }
}
