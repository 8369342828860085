//! What the parts of a programme are made from: counted concepts and how they
//! become items, near misses and exclusions.

use std::cmp::Reverse;
use std::ops::Range;

use super::by_topic::ByTopic;
use super::eligibility::{Eligibility, Standing};
use super::item::{Item, Support, Tier};
use super::policy::Policy;
use super::programme::{Excluded, NearMiss, NoProgramme, SetAside};
use super::sharing::{Near, PathwaySharing, RouteSharing};
use crate::concept::{ConceptIndex, Concepts};
use crate::map::{
    BranchName, Kind, Map, Occupation, Pathway, Reason, Route, SharedText, Statement, StatementIndex, StatementRef,
};
use crate::order;

/// Everything that the parts of a programme are made from.
pub(super) struct Outcome<'m> {
    pub(super) map: &'m Map,
    pub(super) concepts: &'m Concepts,
    pub(super) policy: &'m Policy,
    pub(super) eligibility: Eligibility<'m>,
    /// The topics, if topics are shared.
    pub(super) by_topic: Option<ByTopic<'m>>,
    /// Whether items cite what is behind them, and programmes have near misses and notes.
    pub(super) with_proof: bool,
    /// What the map set aside, by the pathway that it would belong to.
    pub(super) set_aside: Vec<Vec<Excluded>>,
}

/// A pathway and its route, with what they share.
pub(super) struct Counted<'s, 'm> {
    pub(super) route: Route<'m>,
    pub(super) route_sharing: &'s RouteSharing,
    pub(super) pathway: Pathway<'m>,
    pub(super) pathway_sharing: &'s PathwaySharing,
}

impl<'m> Outcome<'m> {
    /// Concepts in display order: by kind, then by their first statement in
    /// that range of the map.
    pub(super) fn in_order(
        &self,
        concepts: &[ConceptIndex],
        range: &Range<u32>,
    ) -> impl Iterator<Item = ConceptIndex> + use<> {
        let first = |c: ConceptIndex| self.statements_in(c, range.clone()).next().map(|s| s.index());
        let mut ordered: Vec<_> =
            concepts.iter().filter_map(|&c| Some((self.concepts.get(c)?.kind(), first(c), c))).collect();
        ordered.sort_unstable();
        ordered.into_iter().map(|(.., concept)| concept)
    }

    pub(super) fn item(
        &self,
        concept: ConceptIndex,
        support: Support,
        statements: impl Iterator<Item = Statement<'m>> + Clone,
        text: String,
        also_in: impl FnOnce() -> Vec<String>,
    ) -> Item {
        let reference =
            |s: Statement<'_>| StatementRef { occupation: s.occupation().id().into(), statement: s.id().into() };
        let (mut references, mut others) = (Vec::new(), Vec::new());
        if self.with_proof {
            // most items have one statement: allocate exactly as many as there are
            references.reserve_exact(statements.clone().count());
            references.extend(statements.map(reference));
            others = also_in();
        }
        let topic =
            self.by_topic.as_ref().and_then(|by| by.table.of_concept(concept).map(|topic| by.table.name(topic)));
        let (concept, kind, label) = self.name(concept);
        Item { concept, kind, label, topic, text, support, statements: references, also_in: others }
    }

    pub(super) fn name(&self, concept: ConceptIndex) -> (SharedText, Kind, Option<String>) {
        match self.concepts.get(concept) {
            Some(concept) => (concept.id().into(), concept.kind(), concept.label().map(str::to_owned)),
            None => (SharedText::new(), Kind::Knowledge, None),
        }
    }

    /// The wording shown for statements of a concept.
    pub(super) fn wording(
        &self,
        of: ConceptIndex,
        mut statements: impl Iterator<Item = Statement<'m>> + Clone,
    ) -> String {
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
    pub(super) fn statements_in(
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
    pub(super) fn counting_statements(
        &self,
        concept: ConceptIndex,
        range: Range<u32>,
    ) -> impl Iterator<Item = Statement<'m>> + Clone {
        self.statements_in(concept, range).filter(|s| self.counts(*s))
    }

    /// The statements that a core item shows. If none counts (the item is core
    /// by a decision), all statements of served occupations.
    pub(super) fn core_statements(
        &self,
        concept: ConceptIndex,
        range: Range<u32>,
    ) -> impl Iterator<Item = Statement<'m>> + Clone {
        let none_counts = self.counting_statements(concept, range.clone()).next().is_none();
        let is_served = |s: Statement<'m>| self.eligibility.standing(s.occupation()).gets_specialism();
        self.statements_in(concept, range).filter(move |s| self.counts(*s) || (none_counts && is_served(*s)))
    }

    pub(super) fn counts(&self, statement: Statement<'m>) -> bool {
        statement.counts_for_sharing() && *self.eligibility.standing(statement.occupation()) == Standing::Eligible
    }

    pub(super) fn near_misses(&self, counted: &Counted<'_, 'm>) -> Vec<NearMiss> {
        let Counted { route_sharing, pathway_sharing, .. } = *counted;
        if self.by_topic.is_some() {
            return Vec::new();
        }
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
        order::by_key(&mut misses, |miss| {
            (Reverse(miss.tier), miss.need - miss.have, Reverse(miss.support.have), miss.kind)
        });
        misses
    }

    pub(super) fn near_miss<I: Copy>(
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

    pub(super) fn occupation_id(&self, occupation: crate::map::OccupationIndex) -> String {
        self.map.occupation_at(occupation).map_or("", |o| o.id()).to_owned()
    }

    pub(super) fn excluded(&mut self, pathway: Pathway<'m>) -> Vec<Excluded> {
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

    pub(super) fn no_programme(&self, pathway: Pathway<'m>, excluded: Vec<Excluded>) -> NoProgramme {
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
    pub(super) fn support(&self, concept: ConceptIndex) -> Support {
        Support { have: self.pathway_sharing.have(concept), of: self.pathway_sharing.counting.len() }
    }

    /// The route's other pathways that hold the concept.
    pub(super) fn also_in(&self, concept: ConceptIndex) -> Vec<String> {
        (self.route.pathways().zip(&self.route_sharing.pathways))
            .filter(|(pathway, sharing)| {
                *pathway != self.pathway && sharing.holds(concept) && !sharing.is_dropped(concept)
            })
            .map(|(pathway, _)| pathway.id().to_owned())
            .collect()
    }

    /// The route core that the programme lists: all of it, if statements are
    /// shared.
    pub(super) fn route_core(&self) -> impl Iterator<Item = ConceptIndex> {
        let unlisted = &self.pathway_sharing.unlisted;
        self.route_sharing.core.iter().copied().filter(|concept| unlisted.binary_search(concept).is_err())
    }

    /// Whether a concept is route core or pathway core.
    pub(super) fn is_core(&self, concept: ConceptIndex) -> bool {
        let sharing = self.pathway_sharing;
        let is_route = self.route_sharing.core.binary_search(&concept).is_ok();
        (is_route && sharing.unlisted.binary_search(&concept).is_err()) || sharing.core.binary_search(&concept).is_ok()
    }

    /// Whether a concept is core for the units of an occupation: also group core.
    pub(super) fn is_core_of(&self, concept: ConceptIndex, occupation: Occupation<'_>) -> bool {
        let groups = &self.pathway_sharing.groups;
        self.is_core(concept)
            || groups.iter().any(|g| g.group.has(occupation) && g.core.binary_search(&concept).is_ok())
    }
}

pub(super) fn set_aside_by_pathway(map: &Map) -> Vec<Vec<Excluded>> {
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

pub(super) fn set_aside(aside: crate::map::SetAside<'_>) -> SetAside {
    SetAside {
        occupation: aside.raw().id.clone().unwrap_or_default(),
        title: aside.raw().title.clone().unwrap_or_default(),
        level: aside.raw().level,
        reason: aside.reason(),
        route: aside.route_name().map(str::to_owned),
        pathway: aside.pathway_name().map(str::to_owned),
    }
}
