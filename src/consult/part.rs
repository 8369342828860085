//! The routes that a proposal affects, as a map of their own.

use std::ops::Range;

use crate::change::{Change, Changes};
use crate::check::Severity;
use crate::concept::{Concepts, Gained, Grown};
use crate::derive::{Derivation, Eligibility, Policy, derive_without_proof};
use crate::map::{Branch, Map, Occupation, RouteIndex, StatementIndex};
use crate::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute};

/// A map, or the affected routes of it, with a proposal applied.
pub(super) struct Proposed {
    pub(super) map: Map,
    pub(super) concepts: Concepts,
    /// The programmes of the map; their proof only where branches open.
    pub(super) derivation: Derivation,
    /// What the affected routes were; `None` if the map is the whole.
    pub(super) before: Option<Part>,
    /// What the statements of a new occupation are to the whole map; `None` if nothing is
    /// new, or if the map is the whole.
    pub(super) gained: Option<Gained>,
}

/// Some routes of a map, with what their statements say. Their programmes are those of
/// the whole map.
pub(super) struct Part {
    pub(super) map: Map,
    pub(super) concepts: Concepts,
    /// The numbers of its statements on the whole map.
    whole_of: Vec<StatementIndex>,
    moved: Vec<Moved>,
}

/// An occupation that moves.
struct Moved {
    /// Its statements on the whole map, and the first one behind its new cluster.
    statements: Range<u32>,
    before: u32,
}

impl Moved {
    fn of(whole: &Map, change: &Change) -> Option<Self> {
        let Change::MoveOccupation { occupation, cluster, .. } = change else { return None };
        let statements = whole.occupation(occupation)?.statement_range();
        Some(Moved { statements, before: whole.statements_before_end_of(whole.cluster(cluster)?) })
    }
}

impl Part {
    /// Returns some routes of a map, given the policies before and after. `None` if they
    /// would not be the same by themselves: a policy names something of theirs that it
    /// means elsewhere, or an occupation that is to change was also set aside.
    pub(super) fn of(
        (whole, concepts): (&Map, &Concepts),
        routes: &[RouteIndex],
        changes: &Changes,
        policies: [&Policy; 2],
    ) -> Option<Self> {
        let is_aside = |id: &str| whole.set_aside().any(|aside| aside.raw().id.as_deref() == Some(id));
        let is_unclear = |change: &Change| match change {
            Change::MoveOccupation { occupation, .. } => is_aside(occupation),
            Change::AddOccupation { occupation, .. } => !can_be_added(whole, occupation),
            Change::Unmark { .. } => false,
            _ => true,
        };
        if changes.changes.iter().any(is_unclear) {
            return None;
        }
        let (map, whole_of) = whole.part(routes);
        if !policies.iter().all(|policy| has_same_standings(whole, &map, policy)) {
            return None;
        }
        let concepts = concepts.part(&map, &whole_of);
        let moved = changes.changes.iter().filter_map(|change| Moved::of(whole, change)).collect();
        Some(Part { map, concepts, whole_of, moved })
    }

    /// Applies a move, or the opening of branches, given the concepts of the whole map as
    /// they are carried over. `None` for other changes, or if the part has not what they
    /// name.
    pub(super) fn with(self, changes: &Changes, policy: &Policy, carried: &Concepts) -> Option<Proposed> {
        let (map, own_of) = self.changed(&changes.changes)?;
        let whole_of: Vec<StatementIndex> = own_of.iter().map(|own| self.whole_of[own.index()]).collect();
        // where a statement is on the whole map after the change: behind the new cluster's
        // others, before the next cluster's
        let place = |StatementIndex(own): StatementIndex| match self.moved.iter().find(|m| m.statements.contains(&own))
        {
            Some(moved) => (moved.before, own),
            None => (own, u32::MAX),
        };
        let concepts = carried.part_moved(&map, &whole_of, place);
        let derive = if self.moved.is_empty() { crate::derive } else { derive_without_proof };
        let derivation = derive(&map, &concepts, policy).ok()?;
        Some(Proposed { map, concepts, derivation, before: Some(self), gained: None })
    }

    fn changed(&self, changes: &[Change]) -> Option<(Map, Vec<StatementIndex>)> {
        if let [Change::MoveOccupation { occupation, cluster, position: None }] = changes {
            return Some(self.map.moved(self.map.occupation(occupation)?, self.map.cluster(cluster)?));
        }
        let opened = |change: &Change| match change {
            Change::Unmark { branch } => self.map.branch(branch).filter(|branch| branch.mark().is_some()),
            _ => None,
        };
        let opened: Vec<Branch<'_>> = changes.iter().map(opened).collect::<Option<_>>()?;
        Some((self.map.opened(&opened), self.map.statements().map(|statement| statement.index()).collect()))
    }

    /// Adds an occupation to a cluster of it, given the concepts of the whole map and what
    /// the new statements are to these.
    pub(super) fn with_new(
        self,
        (new, cluster): (&RawOccupation, &str),
        policy: &Policy,
        (whole, concepts): (&Map, &Concepts),
        gained: impl FnOnce(Occupation<'_>) -> Option<Gained>,
    ) -> Option<Proposed> {
        let map = self.map.with_one_more(new, self.map.cluster(cluster)?)?;
        let new = map.occupation(new.id.as_deref()?)?;
        let first_of_whole = whole.statements_before_end_of(whole.cluster(cluster)?);
        let gained = gained(new)?;
        let first = new.statement_range().start;
        let concepts = concepts.grown(Grown { map: &map, old_of: &self.whole_of, first, first_of_whole }, &gained);
        let derivation = derive_without_proof(&map, &concepts, policy).ok()?;
        Some(Proposed { map, concepts, derivation, before: Some(self), gained: Some(gained) })
    }
}

/// Whether a new occupation has an id of its own, and the check finds no error in it.
fn can_be_added(whole: &Map, new: &RawOccupation) -> bool {
    let is_taken = |id: &str| {
        whole.occupation(id).is_some()
            || whole.branch(id).is_some()
            || whole.set_aside().any(|aside| aside.raw().id.as_deref() == Some(id))
    };
    let clusters = vec![RawCluster { occupations: vec![new.clone()], ..RawCluster::new("cluster", "Cluster") }];
    let pathways = vec![RawPathway { clusters, ..RawPathway::new("pathway", "Pathway") }];
    let routes = vec![RawRoute { pathways, ..RawRoute::new("route", "Route") }];
    let alone = crate::check(RawMap { routes, ..RawMap::default() });
    new.id.as_deref().is_some_and(|id| !is_taken(id))
        && alone.is_ok_and(|alone| alone.findings.iter().all(|finding| finding.severity != Severity::Error))
}

/// Whether a policy treats the occupations and pathways of a part as it treats them on
/// the whole map.
fn has_same_standings(whole: &Map, part: &Map, policy: &Policy) -> bool {
    let [of_whole, of_part] = [whole, part].map(|map| Eligibility::of(map, policy));
    let same = |own: Occupation<'_>| {
        let there = whole.occupation(own.id());
        there.is_some_and(|there| of_part.standing(own) == of_whole.standing(there))
    };
    part.occupations().all(same)
        && part.pathways().all(|own| {
            let there = whole.pathway(own.id());
            there.is_some_and(|there| of_part.closed_by(own) == of_whole.closed_by(there))
        })
}
