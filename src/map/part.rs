//! Some routes of a map as a map of their own, and such a map with a proposal: an
//! occupation in another cluster, one more, or branches without their marks. All share the
//! records of the whole map.

use std::sync::Arc;

use super::arena::{ClusterEntry, OccupationEntry, PathwayEntry, Record, RouteEntry, SetAsideEntry, StatementEntry};
use super::{Branch, Cluster, Id, Level, Map, Occupation, Route, RouteIndex, StatementIndex};
use crate::read::RawOccupation;
use crate::text::fingerprint;

/// An occupation of a cluster of the map to be made.
enum Member<'m> {
    Shared(Occupation<'m>),
    New(&'m RawOccupation, Level),
}

impl Map {
    /// Returns some of the routes, in the order of the map, as a map of their own, with
    /// the number here of each of its statements. [`Map::raw`] of it has the records of
    /// all routes.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the statements of these routes and in the occupations that were set
    /// aside; copies no record.
    pub(crate) fn part(&self, routes: &[RouteIndex]) -> (Map, Vec<StatementIndex>) {
        let routes = self.routes().filter(|route| routes.contains(&route.index()));
        self.rearranged(routes, |cluster| cluster.occupations().map(Member::Shared).collect())
    }

    /// Returns the map with an occupation at the end of another cluster, with the number
    /// here of each of its statements.
    ///
    /// # Complexity
    ///
    /// As [`Map::part`] of all its routes.
    pub(crate) fn moved(&self, moved: Occupation<'_>, to: Cluster<'_>) -> (Map, Vec<StatementIndex>) {
        self.rearranged(self.routes(), |cluster| {
            let others = cluster.occupations().filter(|other| other.index() != moved.index());
            let here = (cluster.index() == to.index()).then(|| Occupation::new(self, moved.index()));
            others.chain(here).map(Member::Shared).collect()
        })
    }

    /// Returns the map with one more occupation at the end of a cluster: one that the check
    /// lets pass, with an id of its own. `None` if it has no level.
    ///
    /// # Complexity
    ///
    /// As [`Map::part`] of all its routes; copies the new record.
    pub(crate) fn with_one_more(&self, new: &RawOccupation, to: Cluster<'_>) -> Option<Map> {
        let level = new.level.and_then(|level| Level::try_from(level).ok())?;
        let (map, _) = self.rearranged(self.routes(), |cluster| {
            let here = (cluster.index() == to.index()).then_some(Member::New(new, level));
            cluster.occupations().map(Member::Shared).chain(here).collect()
        });
        Some(map)
    }

    /// Returns the map without the marks of these branches of it.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the records; copies none.
    pub(crate) fn opened(&self, branches: &[Branch<'_>]) -> Map {
        let mut map = self.clone();
        for branch in branches {
            match branch {
                Branch::Route(route) => map.routes[route.index().index()].is_opened = true,
                Branch::Pathway(pathway) => map.pathways[pathway.index().index()].is_opened = true,
                Branch::Cluster(cluster) => map.clusters[cluster.index().index()].is_opened = true,
            }
        }
        map
    }

    /// How many statements the map has up to the end of a cluster.
    pub(crate) fn statements_before_end_of(&self, cluster: Cluster<'_>) -> u32 {
        let next = self.clusters[cluster.index().index()].occupations.end as usize;
        self.occupations.get(next).map_or(self.statements.len() as u32, |next| next.statements.start)
    }

    /// The map of these routes, with these occupations in their clusters, and the numbers
    /// here of the statements that it shares.
    fn rearranged<'m>(
        &'m self,
        routes: impl Iterator<Item = Route<'m>>,
        members: impl Fn(Cluster<'m>) -> Vec<Member<'m>>,
    ) -> (Map, Vec<StatementIndex>) {
        let mut map = Map::without_entries(Arc::clone(&self.raw));
        let (mut old_of, mut old_pathways) = (Vec::new(), Vec::new());
        for route in routes {
            let first_pathway = map.pathways.len() as u32;
            for pathway in route.pathways() {
                let (first_cluster, first_occupation) = (map.clusters.len() as u32, map.occupations.len() as u32);
                for cluster in pathway.clusters() {
                    let first_here = map.occupations.len() as u32;
                    for member in members(cluster) {
                        match member {
                            Member::Shared(occupation) => {
                                map.share_occupation(self, occupation);
                                old_of.extend(occupation.statement_range().map(StatementIndex));
                            }
                            Member::New(raw, level) => {
                                map.add_occupation(raw, Record::Added(Arc::new(raw.clone())), level);
                            }
                        }
                    }
                    map.index(cluster.raw().id.as_ref(), Id::Cluster(map.clusters.len() as u32));
                    map.clusters.push(ClusterEntry {
                        pathway: map.pathways.len() as u32,
                        occupations: first_here..map.occupations.len() as u32,
                        ..self.clusters[cluster.index().index()]
                    });
                }
                map.index(pathway.raw().id.as_ref(), Id::Pathway(map.pathways.len() as u32));
                map.pathways.push(PathwayEntry {
                    route: map.routes.len() as u32,
                    clusters: first_cluster..map.clusters.len() as u32,
                    occupations: first_occupation..map.occupations.len() as u32,
                    ..self.pathways[pathway.index().index()]
                });
                old_pathways.push(pathway.index().0);
            }
            map.index(route.raw().id.as_ref(), Id::Route(map.routes.len() as u32));
            let pathways = first_pathway..map.pathways.len() as u32;
            map.routes.push(RouteEntry { pathways, ..self.routes[route.index().index()] });
        }
        for entry in &self.set_aside {
            let place = entry.pathway.and_then(|own| old_pathways.iter().position(|pathway| *pathway == own));
            let entry = place.map(|place| SetAsideEntry { at: entry.at, pathway: Some(place as u32) });
            map.set_aside.extend(entry);
        }
        // whose occupation is shared, its statements are too
        let is_new =
            |occupation: &Occupation<'_>| matches!(map.occupations[occupation.index().index()].raw, Record::Added(_));
        map.fingerprint = fingerprint(map.occupations().flat_map(|occupation| {
            let of_new = Some(occupation).filter(is_new).into_iter().flat_map(|o| o.statements());
            std::iter::once(occupation.id()).chain(of_new.map(|statement| statement.id()))
        }));
        (map, old_of)
    }

    /// Adds an occupation of a map with the same records.
    fn share_occupation(&mut self, of: &Map, occupation: Occupation<'_>) {
        let entry = &of.occupations[occupation.index().index()];
        let (index, first) = (self.occupations.len() as u32, self.statements.len() as u32);
        let own = &of.statements[entry.statements.start as usize..entry.statements.end as usize];
        self.statements.extend(own.iter().map(|entry| StatementEntry { occupation: index, ..entry.clone() }));
        self.index(occupation.raw().id.as_ref(), Id::Occupation(index));
        let statements = first..self.statements.len() as u32;
        let cluster = self.clusters.len() as u32;
        self.occupations.push(OccupationEntry { cluster, statements, raw: entry.raw.clone(), ..*entry });
    }
}
