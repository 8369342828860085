//! Resolves the names in proposals: occupations, branches, and their places.

use std::collections::HashMap;

use super::{Consultation, ConsultationError, Target};
use crate::change::place;
use crate::change::{BranchAt, OccupationPlace};
use crate::derive::{PolicyBranch, marked_by};
use crate::map::{Branch, Cluster, FindError, Map, Occupation, Route, RouteIndex};
use crate::place::{NewOccupation, Placement};
use crate::text::{nearly_same, title_key};

/// The names of one map that were looked up: many responses name the same.
pub(super) struct LookedUp<'m> {
    map: &'m Map,
    occupations: HashMap<Asked, Result<(Occupation<'m>, bool), FindError>>,
    branches: HashMap<Asked, Result<(Branch<'m>, bool), FindError>>,
}

/// A name, and the route that a response is about.
type Asked = (String, Option<RouteIndex>);

impl<'m> LookedUp<'m> {
    pub(super) fn new(map: &'m Map) -> Self {
        LookedUp { map, occupations: HashMap::new(), branches: HashMap::new() }
    }

    /// Like [`near_occupation`].
    pub(super) fn occupation(
        &mut self,
        name: &str,
        route: Option<Route<'m>>,
    ) -> Result<(Occupation<'m>, bool), FindError> {
        let found = self.occupations.entry((name.to_owned(), route.map(|route| route.index())));
        found.or_insert_with(|| near_occupation(self.map, name, route)).clone()
    }

    /// Like [`near_branch`], preferring those of a route.
    pub(super) fn branch(&mut self, name: &str, route: Option<Route<'m>>) -> Result<(Branch<'m>, bool), FindError> {
        let found = self.branches.entry((name.to_owned(), route.map(|route| route.index())));
        let prefers = |b: Branch<'m>| route.is_some_and(|route| b.route() == route);
        found.or_insert_with(|| near_branch(self.map, name, prefers)).clone()
    }
}

/// The occupation that a name means. If there are several, `route` decides if
/// given.
pub(super) fn occupation<'m>(map: &'m Map, name: &str, route: Option<Route<'m>>) -> Result<Occupation<'m>, FindError> {
    let found = preferred(map.occupations_called(name), |o| route.is_some_and(|route| o.pathway().route() == route));
    map.find_occupation_of(name, &found)
}

/// The branch that a name means. If there are several, preferred ones come
/// first; among these, the one that contains all the others.
pub(super) fn branch<'m>(
    map: &'m Map,
    name: &str,
    prefers: impl Fn(Branch<'m>) -> bool,
) -> Result<Branch<'m>, FindError> {
    map.find_branch_of(name, preferred(map.branches_called(name), prefers))
}

/// Like [`occupation`], or the only occupation whose title differs by a plural, a
/// hyphen or a slip; and whether it was found so.
fn near_occupation<'m>(
    map: &'m Map,
    name: &str,
    route: Option<Route<'m>>,
) -> Result<(Occupation<'m>, bool), FindError> {
    let error = match occupation(map, name, route) {
        Ok(found) => return Ok((found, false)),
        Err(error @ FindError::Unknown { .. }) => error,
        Err(error) => return Err(error),
    };
    let near = nearest(name, map.occupations(), |o| o.title());
    let near = preferred(near, |o| route.is_some_and(|route| o.pathway().route() == route));
    map.find_occupation_of(name, &near).map(|found| (found, true)).map_err(|_| error)
}

/// Like [`branch`], or the only branch whose name differs by a plural, a hyphen or a
/// slip; and whether it was found so.
fn near_branch<'m>(
    map: &'m Map,
    name: &str,
    prefers: impl Fn(Branch<'m>) -> bool,
) -> Result<(Branch<'m>, bool), FindError> {
    let error = match branch(map, name, &prefers) {
        Ok(found) => return Ok((found, false)),
        Err(error @ FindError::Unknown { .. }) => error,
        Err(error) => return Err(error),
    };
    let near = preferred(nearest(name, map.branches(), |b| b.name()), prefers);
    map.find_branch_of(name, near).map(|found| (found, true)).map_err(|_| error)
}

/// Those whose name is the same but for plurals and hyphens; otherwise those whose
/// name is a slip away.
fn nearest<'m, T: Copy>(name: &str, all: impl Iterator<Item = T>, called: impl Fn(T) -> &'m str) -> Vec<T> {
    let (key, all) = (title_key(name), all.collect::<Vec<T>>());
    if key.is_empty() {
        return Vec::new();
    }
    let same: Vec<T> = all.iter().copied().filter(|one| title_key(called(*one)) == key).collect();
    if !same.is_empty() {
        return same;
    }
    all.into_iter().filter(|one| nearly_same(name, called(*one))).collect()
}

fn preferred<T: Copy>(found: Vec<T>, prefers: impl Fn(T) -> bool) -> Vec<T> {
    let some: Vec<T> = found.iter().copied().filter(|t| prefers(*t)).collect();
    if some.is_empty() { found } else { some }
}

/// The branch in the form that results use.
pub(super) fn at(branch: Branch<'_>) -> BranchAt {
    BranchAt { tier: branch.tier(), id: branch.id().to_owned(), name: branch.name().to_owned(), parent: None }
}

impl<'m> Consultation<'m> {
    /// The cluster that a branch gives an occupation: the branch itself, or the
    /// placer's first suggestion among its clusters, otherwise the first of these.
    pub(super) fn target(&self, branch: Branch<'m>, new: &NewOccupation) -> Result<Target, ConsultationError> {
        let map = self.map;
        let of = |cluster: Cluster<'m>, is_suggested| {
            let closed_by = self.closed_by(cluster);
            Target { named: at(branch), cluster: place(cluster), is_suggested, closed_by }
        };
        if let Branch::Cluster(cluster) = branch {
            return Ok(of(cluster, false));
        }
        let ranked = self.placer.suggest(new, map.clusters().len()).suggestions;
        let first = (ranked.iter()).filter_map(|s| map.cluster(&s.cluster)).find(|cluster| branch.holds(*cluster));
        // nothing is ranked where nothing is known of it
        let cluster = first.or_else(|| map.clusters().find(|cluster| branch.holds(*cluster)));
        let cluster = cluster.ok_or_else(|| ConsultationError::NoCluster(branch.id().to_owned()))?;
        Ok(of(cluster, true))
    }

    /// The policy's marks that apply, each with the branches that it marks.
    pub(super) fn policy_marks(&self) -> Vec<(&PolicyBranch, Vec<&'m str>)> {
        let entries = &self.policy.apprenticeship_only;
        if entries.is_empty() {
            return Vec::new();
        }
        let holding = entries.iter().filter(|entry| entry.holds_on(self.policy.on.as_deref()));
        holding.map(|entry| (entry, marked_by(self.map, entry))).collect()
    }

    /// The widest marked branch at or above a cluster.
    pub(super) fn closed_by(&self, cluster: Cluster<'m>) -> Option<BranchAt> {
        let by_policy = self.policy_marks();
        let is_marked = |b: &Branch<'m>| b.mark().is_some() || by_policy.iter().any(|(_, ids)| ids.contains(&b.id()));
        Branch::Cluster(cluster).path().into_iter().find(is_marked).map(at)
    }

    /// The places of suggested clusters.
    pub(super) fn places(&self, placement: &Placement) -> Vec<OccupationPlace> {
        placement.suggestions.iter().filter_map(|s| self.map.cluster(&s.cluster)).map(place).collect()
    }
}
