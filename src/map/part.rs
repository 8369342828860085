//! Some routes of a map as a map of their own, and the same records in other places.

use super::arena::{SetAsideAt, SetAsideEntry, Verdicts};
use super::{Cluster, Map, Pathway, Route, RouteIndex, SetAside, StatementIndex};
use crate::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawSetAside};

impl Map {
    /// Returns some of the routes, in the order of the map, as a map of their own, with
    /// the number here of each of its statements. It has the records that the check let
    /// pass; of those that were set aside in its pathways, it has who they are.
    ///
    /// # Complexity
    ///
    /// Copies the records of these routes; `O(n)` in the occupations that were set aside.
    pub(crate) fn part(&self, routes: &[RouteIndex]) -> (Map, Vec<StatementIndex>) {
        let (mut raw, mut old_of, mut pathways) = (RawMap::default(), Vec::new(), Vec::new());
        let about = &self.raw;
        (raw.title, raw.published, raw.source) = (about.title.clone(), about.published.clone(), about.source.clone());
        for route in self.routes().filter(|route| routes.contains(&route.index())) {
            pathways.extend(route.pathways().map(|pathway| pathway.index().0));
            old_of.extend(route.statement_range().map(StatementIndex));
            raw.routes.push(copy_of_route(route));
        }
        let mut entries = Vec::new();
        for (entry, aside) in self.set_aside.iter().zip(self.set_aside()) {
            let place = entry.pathway.and_then(|own| pathways.iter().position(|pathway| *pathway == own));
            if let Some(place) = place {
                let at = SetAsideAt::List(raw.set_aside.len() as u32);
                entries.push(SetAsideEntry { at, pathway: Some(place as u32) });
                raw.set_aside.push(name_of(aside));
            }
        }
        (Map::of_checked(raw, entries), old_of)
    }

    /// Returns the map of other records of the same branches: those of this map in other
    /// places, or with other marks. They are not checked again.
    pub(crate) fn rearranged(&self, raw: RawMap) -> Map {
        Map::of_checked(raw, self.set_aside.clone())
    }

    /// How many statements the map has up to the end of a cluster.
    pub(crate) fn statements_before_end_of(&self, cluster: Cluster<'_>) -> u32 {
        let next = self.clusters[cluster.index().index()].occupations.end as usize;
        self.occupations.get(next).map_or(self.statements.len() as u32, |next| next.statements.start)
    }

    fn of_checked(raw: RawMap, set_aside: Vec<SetAsideEntry>) -> Map {
        let pathways = || raw.routes.iter().flat_map(|route| &route.pathways);
        let clusters = || pathways().flat_map(|pathway| &pathway.clusters);
        let all = |many: usize| vec![true; many];
        let verdicts = Verdicts {
            routes: all(raw.routes.len()),
            pathways: all(pathways().count()),
            clusters: all(clusters().count()),
            occupations: all(clusters().map(|cluster| cluster.occupations.len()).sum()),
        };
        let mut map = Map::assemble(raw, &verdicts);
        map.set_aside = set_aside;
        map
    }
}

fn copy_of_route(route: Route<'_>) -> RawRoute {
    let raw = route.raw();
    RawRoute {
        id: raw.id.clone(),
        name: raw.name.clone(),
        apprenticeship_only: raw.apprenticeship_only.clone(),
        pathways: route.pathways().map(copy_of_pathway).collect(),
        ..RawRoute::default()
    }
}

fn copy_of_pathway(pathway: Pathway<'_>) -> RawPathway {
    let raw = pathway.raw();
    RawPathway {
        id: raw.id.clone(),
        name: raw.name.clone(),
        apprenticeship_only: raw.apprenticeship_only.clone(),
        clusters: pathway.clusters().map(copy_of_cluster).collect(),
        ..RawPathway::default()
    }
}

fn copy_of_cluster(cluster: Cluster<'_>) -> RawCluster {
    let raw = cluster.raw();
    RawCluster {
        id: raw.id.clone(),
        name: raw.name.clone(),
        apprenticeship_only: raw.apprenticeship_only.clone(),
        occupations: cluster.occupations().map(|occupation| occupation.raw().clone()).collect(),
        ..RawCluster::default()
    }
}

fn name_of(aside: SetAside<'_>) -> RawSetAside {
    let raw = aside.raw();
    let occupation =
        RawOccupation { id: raw.id.clone(), title: raw.title.clone(), level: raw.level, ..RawOccupation::default() };
    RawSetAside { reason: aside.reason().to_string(), occupation, ..RawSetAside::default() }
}
