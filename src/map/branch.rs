//! A route, pathway or cluster, for code that accepts any of them.

use super::{BranchName, BranchTier, Cluster, Map, Pathway, Route};
use crate::read::RawApprenticeshipOnly;

/// A branch of the map: a route, a pathway or a cluster.
///
/// # Examples
///
/// ```
/// use tlevel::map::BranchTier;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let branch = map.find_branch("Digital")?;
/// assert_eq!((branch.tier(), branch.id()), (BranchTier::Route, "digital"));
/// let path: Vec<&str> = map.find_branch("onsite-construction")?.path().iter().map(|b| b.name()).collect();
/// assert_eq!(path, ["Construction", "Onsite construction"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Branch<'m> {
    /// A route.
    Route(Route<'m>),
    /// A pathway.
    Pathway(Pathway<'m>),
    /// A cluster.
    Cluster(Cluster<'m>),
}

impl<'m> Branch<'m> {
    /// Returns whether it is a route, a pathway or a cluster.
    pub fn tier(self) -> BranchTier {
        match self {
            Branch::Route(_) => BranchTier::Route,
            Branch::Pathway(_) => BranchTier::Pathway,
            Branch::Cluster(_) => BranchTier::Cluster,
        }
    }

    /// Returns its id.
    pub fn id(self) -> &'m str {
        match self {
            Branch::Route(route) => route.id(),
            Branch::Pathway(pathway) => pathway.id(),
            Branch::Cluster(cluster) => cluster.id(),
        }
    }

    /// Returns its name.
    pub fn name(self) -> &'m str {
        match self {
            Branch::Route(route) => route.name(),
            Branch::Pathway(pathway) => pathway.name(),
            Branch::Cluster(cluster) => cluster.name(),
        }
    }

    /// Returns its id and name, in the form that results use.
    pub fn to_name(self) -> BranchName {
        BranchName { id: self.id().to_owned(), name: self.name().to_owned() }
    }

    /// Returns the branch itself if it is a route, otherwise the route above
    /// it.
    pub fn route(self) -> Route<'m> {
        match self {
            Branch::Route(route) => route,
            Branch::Pathway(pathway) => pathway.route(),
            Branch::Cluster(cluster) => cluster.pathway().route(),
        }
    }

    /// Returns the branches above it and the branch itself, the route first.
    pub fn path(self) -> Vec<Branch<'m>> {
        let mut path = vec![Branch::Route(self.route())];
        match self {
            Branch::Route(_) => {}
            Branch::Pathway(_) => path.push(self),
            Branch::Cluster(cluster) => path.extend([Branch::Pathway(cluster.pathway()), self]),
        }
        path
    }

    /// Returns the branches directly below it; a cluster has none.
    pub fn children(self) -> Vec<Branch<'m>> {
        match self {
            Branch::Route(route) => route.pathways().map(Branch::Pathway).collect(),
            Branch::Pathway(pathway) => pathway.clusters().map(Branch::Cluster).collect(),
            Branch::Cluster(_) => Vec::new(),
        }
    }

    /// Returns the map's own mark of the branch as apprenticeship-only, if
    /// there is one. A branch above it may also be marked.
    pub fn mark(self) -> Option<&'m RawApprenticeshipOnly> {
        match self {
            Branch::Route(route) => route.apprenticeship_only(),
            Branch::Pathway(pathway) => pathway.apprenticeship_only(),
            Branch::Cluster(cluster) => cluster.apprenticeship_only(),
        }
    }

    /// Whether a cluster is this branch or lies inside it.
    pub fn holds(self, cluster: Cluster<'m>) -> bool {
        match self {
            Branch::Route(route) => cluster.pathway().route() == route,
            Branch::Pathway(pathway) => cluster.pathway() == pathway,
            Branch::Cluster(own) => own == cluster,
        }
    }

    /// Whether another branch is this one or lies inside it.
    pub fn is_above(self, other: Branch<'m>) -> bool {
        other.path().iter().any(|b| b.id() == self.id())
    }
}

impl Map {
    /// Returns all branches: the routes, then the pathways, then the clusters.
    pub fn branches(&self) -> impl Iterator<Item = Branch<'_>> + Clone {
        let (routes, pathways) = (self.routes().map(Branch::Route), self.pathways().map(Branch::Pathway));
        routes.chain(pathways).chain(self.clusters().map(Branch::Cluster))
    }

    /// Returns the branch with that id.
    pub fn branch(&self, id: &str) -> Option<Branch<'_>> {
        (self.route(id).map(Branch::Route))
            .or_else(|| self.pathway(id).map(Branch::Pathway))
            .or_else(|| self.cluster(id).map(Branch::Cluster))
    }
}
