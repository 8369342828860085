//! The checked map, and its handles by id and by number.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::arena::{ClusterEntry, OccupationEntry, PathwayEntry, RouteEntry, SetAsideEntry, StatementEntry};
use super::handles::{Cluster, Occupation, Pathway, Route, SetAside, Statement};
use crate::read::RawMap;

macro_rules! index_types {
    ($($(#[$doc:meta])* $name:ident),*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// The number, from 0, in the order of the map.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )* };
}

index_types! {
    /// A route's number in its map.
    RouteIndex,
    /// A pathway's number in its map.
    PathwayIndex,
    /// A cluster's number in its map.
    ClusterIndex,
    /// An occupation's number in its map.
    OccupationIndex,
    /// A statement's number in its map.
    StatementIndex
}

/// A checked occupational map.
///
/// # Complexity
///
/// Handles are two words and cheap to copy; look-ups by id are `O(1)`.
#[derive(Clone, Debug)]
pub struct Map {
    /// A part of a map shares the records of the whole.
    pub(super) raw: Arc<RawMap>,
    pub(super) routes: Vec<RouteEntry>,
    pub(super) pathways: Vec<PathwayEntry>,
    pub(super) clusters: Vec<ClusterEntry>,
    pub(super) occupations: Vec<OccupationEntry>,
    pub(super) statements: Vec<StatementEntry>,
    pub(super) set_aside: Vec<SetAsideEntry>,
    pub(super) ids: HashMap<String, Id>,
    pub(super) fingerprint: u64,
    /// The names of branches and occupations, built on first use.
    pub(super) names: OnceLock<super::find::Names>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Id {
    Route(u32),
    Pathway(u32),
    Cluster(u32),
    Occupation(u32),
}

impl Map {
    /// The title of the map.
    pub fn title(&self) -> Option<&str> {
        self.raw.title.as_deref()
    }

    /// The map as it was read or built, including everything that the check set
    /// aside.
    pub fn raw(&self) -> &RawMap {
        &self.raw
    }

    /// Returns the map as it was read or built, without loss.
    pub fn into_raw(self) -> RawMap {
        Arc::unwrap_or_clone(self.raw)
    }

    /// The routes, in the order of the file.
    pub fn routes(&self) -> impl ExactSizeIterator<Item = Route<'_>> + Clone {
        (0..self.routes.len() as u32).map(|i| Route::new(self, RouteIndex(i)))
    }

    /// The pathways of all routes, in the order of the file.
    pub fn pathways(&self) -> impl ExactSizeIterator<Item = Pathway<'_>> + Clone {
        (0..self.pathways.len() as u32).map(|i| Pathway::new(self, PathwayIndex(i)))
    }

    /// The clusters of all pathways, in the order of the file.
    pub fn clusters(&self) -> impl ExactSizeIterator<Item = Cluster<'_>> + Clone {
        (0..self.clusters.len() as u32).map(|i| Cluster::new(self, ClusterIndex(i)))
    }

    /// The occupations of all clusters, in the order of the file.
    pub fn occupations(&self) -> impl ExactSizeIterator<Item = Occupation<'_>> + Clone {
        (0..self.occupations.len() as u32).map(|i| Occupation::new(self, OccupationIndex(i)))
    }

    /// The statements of all occupations, in the order of the file.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = Statement<'_>> + Clone {
        (0..self.statements.len() as u32).map(|i| Statement::new(self, StatementIndex(i)))
    }

    /// The occupations that are known but not placed: retired ones, those
    /// without a pathway or cluster, and those with errors.
    pub fn set_aside(&self) -> impl ExactSizeIterator<Item = SetAside<'_>> + Clone {
        self.set_aside.iter().map(|entry| SetAside::new(self, entry))
    }

    /// The route with that id.
    pub fn route(&self, id: &str) -> Option<Route<'_>> {
        match self.ids.get(id) {
            Some(Id::Route(i)) => Some(Route::new(self, RouteIndex(*i))),
            _ => None,
        }
    }

    /// The pathway with that id.
    pub fn pathway(&self, id: &str) -> Option<Pathway<'_>> {
        match self.ids.get(id) {
            Some(Id::Pathway(i)) => Some(Pathway::new(self, PathwayIndex(*i))),
            _ => None,
        }
    }

    /// The cluster with that id.
    pub fn cluster(&self, id: &str) -> Option<Cluster<'_>> {
        match self.ids.get(id) {
            Some(Id::Cluster(i)) => Some(Cluster::new(self, ClusterIndex(*i))),
            _ => None,
        }
    }

    /// The occupation with that id.
    pub fn occupation(&self, id: &str) -> Option<Occupation<'_>> {
        match self.ids.get(id) {
            Some(Id::Occupation(i)) => Some(Occupation::new(self, OccupationIndex(*i))),
            _ => None,
        }
    }

    /// The route with that number; `None` if the number belongs to a larger
    /// map.
    pub fn route_at(&self, index: RouteIndex) -> Option<Route<'_>> {
        (index.index() < self.routes.len()).then(|| Route::new(self, index))
    }

    /// The cluster with that number; `None` if the number belongs to a larger
    /// map.
    pub fn cluster_at(&self, index: ClusterIndex) -> Option<Cluster<'_>> {
        (index.index() < self.clusters.len()).then(|| Cluster::new(self, index))
    }

    /// The pathway with that number; `None` if the number belongs to a larger
    /// map.
    pub fn pathway_at(&self, index: PathwayIndex) -> Option<Pathway<'_>> {
        (index.index() < self.pathways.len()).then(|| Pathway::new(self, index))
    }

    /// The occupation with that number; `None` if the number belongs to a
    /// larger map.
    pub fn occupation_at(&self, index: OccupationIndex) -> Option<Occupation<'_>> {
        (index.index() < self.occupations.len()).then(|| Occupation::new(self, index))
    }

    /// The statement with that number; `None` if the number belongs to a larger
    /// map.
    pub fn statement_at(&self, index: StatementIndex) -> Option<Statement<'_>> {
        (index.index() < self.statements.len()).then(|| Statement::new(self, index))
    }

    /// A hash over the map's codes, by which concepts recognise their map.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}
