//! Occupations and branches by what people call them.

use super::{Consultation, ConsultationError, Target};
use crate::change::place;
use crate::change::{BranchAt, BranchTier, OccupationPlace};
use crate::derive::{BranchNames, PolicyBranch};
use crate::map::{Cluster, Map, Occupation, Pathway, Route};
use crate::place::{NewOccupation, Placement};
use crate::read::RawApprenticeshipOnly;
use crate::text::{closest, name_key};

/// A route, pathway or cluster.
#[derive(Clone, Copy, Debug)]
pub(super) enum Branch<'m> {
    Route(Route<'m>),
    Pathway(Pathway<'m>),
    Cluster(Cluster<'m>),
}

impl<'m> Branch<'m> {
    pub(super) fn id(self) -> &'m str {
        match self {
            Branch::Route(route) => route.id(),
            Branch::Pathway(pathway) => pathway.id(),
            Branch::Cluster(cluster) => cluster.id(),
        }
    }

    pub(super) fn name(self) -> &'m str {
        match self {
            Branch::Route(route) => route.name(),
            Branch::Pathway(pathway) => pathway.name(),
            Branch::Cluster(cluster) => cluster.name(),
        }
    }

    pub(super) fn at(self) -> BranchAt {
        let tier = match self {
            Branch::Route(_) => BranchTier::Route,
            Branch::Pathway(_) => BranchTier::Pathway,
            Branch::Cluster(_) => BranchTier::Cluster,
        };
        BranchAt { tier, id: self.id().to_owned(), name: self.name().to_owned(), parent: None }
    }

    /// Its route.
    pub(super) fn route(self) -> Route<'m> {
        match self {
            Branch::Route(route) => route,
            Branch::Pathway(pathway) => pathway.route(),
            Branch::Cluster(cluster) => cluster.pathway().route(),
        }
    }

    /// The branch and those above it, the route first.
    pub(super) fn path(self) -> Vec<Branch<'m>> {
        let mut path = vec![Branch::Route(self.route())];
        match self {
            Branch::Route(_) => {}
            Branch::Pathway(_) => path.push(self),
            Branch::Cluster(cluster) => path.extend([Branch::Pathway(cluster.pathway()), self]),
        }
        path
    }

    /// Does it hold the other, or is it that?
    pub(super) fn is_above(self, other: Branch<'m>) -> bool {
        other.path().iter().any(|b| b.id() == self.id())
    }

    /// The branches right below it.
    pub(super) fn children(self) -> Vec<Branch<'m>> {
        match self {
            Branch::Route(route) => route.pathways().map(Branch::Pathway).collect(),
            Branch::Pathway(pathway) => pathway.clusters().map(Branch::Cluster).collect(),
            Branch::Cluster(_) => Vec::new(),
        }
    }

    /// Its own mark.
    pub(super) fn mark(self) -> Option<&'m RawApprenticeshipOnly> {
        match self {
            Branch::Route(route) => route.apprenticeship_only(),
            Branch::Pathway(pathway) => pathway.apprenticeship_only(),
            Branch::Cluster(cluster) => cluster.apprenticeship_only(),
        }
    }

    /// Does it hold the cluster, or is it that?
    pub(super) fn holds(self, cluster: Cluster<'m>) -> bool {
        match self {
            Branch::Route(route) => cluster.pathway().route() == route,
            Branch::Pathway(pathway) => cluster.pathway() == pathway,
            Branch::Cluster(own) => own == cluster,
        }
    }
}

/// All branches of a map: routes, pathways, clusters.
pub(super) fn branches(map: &Map) -> impl Iterator<Item = Branch<'_>> {
    let (routes, pathways) = (map.routes().map(Branch::Route), map.pathways().map(Branch::Pathway));
    routes.chain(pathways).chain(map.clusters().map(Branch::Cluster))
}

/// The occupation of that id or title; `route`, where it is told, decides
/// between several.
pub(super) fn occupation<'m>(
    map: &'m Map,
    wanted: &str,
    route: Option<Route<'m>>,
) -> Result<Occupation<'m>, ConsultationError> {
    if let Some(found) = map.occupation(wanted.trim()) {
        return Ok(found);
    }
    let key = name_key(wanted);
    let named: Vec<Occupation<'m>> = map.occupations().filter(|o| name_key(o.title()) == key).collect();
    let found = narrowed(named, |o| route.is_some_and(|route| o.pathway().route() == route));
    one(&found, wanted, |o| o.id()).ok_or_else(|| {
        let known = map.occupations().map(|o| o.title()).chain(map.occupations().map(|o| o.id()));
        unknown("occupation", wanted, known)
    })?
}

/// The branch of that id, last step of an id, or name. Of several, those that
/// are preferred, if any are; of these the one that holds all the others.
pub(super) fn branch<'m>(
    map: &'m Map,
    wanted: &str,
    prefers: impl Fn(Branch<'m>) -> bool,
) -> Result<Branch<'m>, ConsultationError> {
    let id = wanted.trim();
    let by_id = (map.route(id).map(Branch::Route))
        .or_else(|| map.pathway(id).map(Branch::Pathway))
        .or_else(|| map.cluster(id).map(Branch::Cluster));
    if let Some(found) = by_id {
        return Ok(found);
    }
    let key = name_key(wanted);
    let is_step = |b: &Branch<'m>| b.id().rsplit('/').next() == Some(id);
    let named: Vec<Branch<'m>> = branches(map).filter(|b| name_key(b.name()) == key || is_step(b)).collect();
    let named = narrowed(named, prefers);
    let widest = named.iter().copied().find(|b| named.iter().all(|other| b.is_above(*other)));
    one(&widest.map_or(named, |widest| vec![widest]), wanted, |b| b.id()).ok_or_else(|| {
        let known = branches(map).flat_map(|b| [b.name(), b.id()]);
        unknown("route, pathway or cluster", wanted, known)
    })?
}

fn narrowed<T: Copy>(named: Vec<T>, prefers: impl Fn(T) -> bool) -> Vec<T> {
    if named.len() < 2 {
        return named;
    }
    let preferred: Vec<T> = named.iter().copied().filter(|t| prefers(*t)).collect();
    if preferred.is_empty() { named } else { preferred }
}

/// None for none, an error for several.
fn one<'m, T: Copy>(found: &[T], wanted: &str, id: impl Fn(T) -> &'m str) -> Option<Result<T, ConsultationError>> {
    match found {
        [] => None,
        [one] => Some(Ok(*one)),
        several => {
            let ids = several.iter().map(|t| id(*t).to_owned()).collect();
            Some(Err(ConsultationError::Several { found: wanted.to_owned(), ids }))
        }
    }
}

fn unknown<'a>(what: &'static str, wanted: &str, known: impl IntoIterator<Item = &'a str>) -> ConsultationError {
    let hint = closest(wanted, known).map(str::to_owned);
    ConsultationError::Unknown { what, found: crate::read::excerpt(wanted, 60), hint }
}

impl<'m> Consultation<'m> {
    /// The place that a branch gives an occupation: itself, or the first of its
    /// clusters that the placer suggests.
    pub(super) fn target(&self, branch: Branch<'m>, new: &NewOccupation) -> Result<Target, ConsultationError> {
        let map = self.map;
        let of = |cluster: Cluster<'m>, is_suggested| {
            let closed_by = self.closed_by(cluster);
            Target { named: branch.at(), cluster: place(cluster), is_suggested, closed_by }
        };
        if let Branch::Cluster(cluster) = branch {
            return Ok(of(cluster, false));
        }
        let ranked = self.placer.suggest(new, map.clusters().len()).suggestions;
        let first = (ranked.iter()).filter_map(|s| map.cluster(&s.cluster)).find(|cluster| branch.holds(*cluster));
        let cluster = first.ok_or_else(|| ConsultationError::NoCluster(branch.id().to_owned()))?;
        Ok(of(cluster, true))
    }

    /// The policy's marks that hold, each with the branches that it marks.
    pub(super) fn policy_marks(&self) -> Vec<(&PolicyBranch, Vec<&'m str>)> {
        let entries = &self.policy.apprenticeship_only;
        if entries.is_empty() {
            return Vec::new();
        }
        let names = BranchNames::new(self.map);
        let holding = entries.iter().filter(|entry| entry.holds_on(self.policy.on.as_deref()));
        holding.map(|entry| (entry, names.marked(entry))).collect()
    }

    /// The widest marked branch above a cluster, or itself.
    pub(super) fn closed_by(&self, cluster: Cluster<'m>) -> Option<BranchAt> {
        let by_policy = self.policy_marks();
        let is_marked = |b: &Branch<'m>| b.mark().is_some() || by_policy.iter().any(|(_, ids)| ids.contains(&b.id()));
        Branch::Cluster(cluster).path().into_iter().find(is_marked).map(Branch::at)
    }

    /// The places of suggested clusters.
    pub(super) fn places(&self, placement: &Placement) -> Vec<OccupationPlace> {
        placement.suggestions.iter().filter_map(|s| self.map.cluster(&s.cluster)).map(place).collect()
    }
}
