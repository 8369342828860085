//! The arenas: flat lists over the raw tree, and the code that fills them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{Id, Kind, Level, Map, Status};
use crate::read::{RawMap, RawOccupation};
use crate::text::{fingerprint, name_key, says_something};

#[derive(Clone, Debug)]
pub(super) struct RouteEntry {
    pub(super) raw: u32,
    /// Whether its mark, if it has one, does not count.
    pub(super) is_opened: bool,
    pub(super) pathways: Range<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct PathwayEntry {
    pub(super) route: u32,
    pub(super) raw: u32,
    pub(super) is_opened: bool,
    pub(super) clusters: Range<u32>,
    pub(super) occupations: Range<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct ClusterEntry {
    pub(super) pathway: u32,
    pub(super) raw: u32,
    pub(super) is_opened: bool,
    pub(super) occupations: Range<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct OccupationEntry {
    pub(super) cluster: u32,
    pub(super) raw: Record,
    pub(super) level: Level,
    pub(super) status: Status,
    pub(super) statements: Range<u32>,
}

/// Where the record of an occupation is.
#[derive(Clone, Debug)]
pub(super) enum Record {
    /// In the raw tree, at route, pathway, cluster, occupation.
    Tree([u32; 4]),
    /// Outside it: one that was added to a map that shares its records with another.
    Added(Arc<RawOccupation>),
}

#[derive(Clone, Debug)]
pub(super) struct StatementEntry {
    pub(super) occupation: u32,
    pub(super) raw: u32,
    pub(super) kind: Kind,
    /// Whether it has a letter or digit and is not a placeholder.
    pub(super) says_something: bool,
    /// Indices of the options that it belongs to; empty for the core.
    pub(super) options: Box<[u16]>,
}

/// An occupation outside the arenas, located by its path in the raw tree.
#[derive(Clone, Debug)]
pub(super) struct SetAsideEntry {
    pub(super) at: SetAsideAt,
    pub(super) pathway: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum SetAsideAt {
    /// In the tree, at route, pathway, cluster, occupation: a bad record.
    Tree([u32; 4]),
    /// In the raw map's own list.
    List(u32),
}

/// The verdict of the check on each record, in the order of the raw tree:
/// whether it may become part of the map.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    pub(crate) routes: Vec<bool>,
    pub(crate) pathways: Vec<bool>,
    pub(crate) clusters: Vec<bool>,
    pub(crate) occupations: Vec<bool>,
}

impl Map {
    /// Fills the arenas with the usable records. Only the check calls this.
    pub(crate) fn assemble(raw: RawMap, verdicts: &Verdicts) -> Map {
        let raw = Arc::new(raw);
        let mut map = Map::without_entries(Arc::clone(&raw));
        let (mut pathway_fit, mut cluster_fit, mut occupation_fit) =
            (verdicts.pathways.iter(), verdicts.clusters.iter(), verdicts.occupations.iter());
        for (r, route) in raw.routes.iter().enumerate() {
            let route_fit = verdicts.routes[r];
            let first_pathway = map.pathways.len() as u32;
            for (p, pathway) in route.pathways.iter().enumerate() {
                let fit = *pathway_fit.next().unwrap_or(&false) && route_fit;
                let here = fit.then_some(map.pathways.len() as u32);
                let (first_cluster, first_occupation) = (map.clusters.len() as u32, map.occupations.len() as u32);
                for (c, cluster) in pathway.clusters.iter().enumerate() {
                    let cluster_fit = *cluster_fit.next().unwrap_or(&false) && fit;
                    let first_here = map.occupations.len() as u32;
                    for (o, occupation) in cluster.occupations.iter().enumerate() {
                        let fit = *occupation_fit.next().unwrap_or(&false) && cluster_fit;
                        let level = occupation.level.and_then(|l| Level::try_from(l).ok());
                        match level.filter(|_| fit) {
                            Some(level) => {
                                let at = Record::Tree([r as u32, p as u32, c as u32, o as u32]);
                                map.add_occupation(occupation, at, level);
                            }
                            None => map.set_aside.push(SetAsideEntry {
                                at: SetAsideAt::Tree([r as u32, p as u32, c as u32, o as u32]),
                                pathway: here,
                            }),
                        }
                    }
                    if cluster_fit {
                        map.index(cluster.id.as_ref(), Id::Cluster(map.clusters.len() as u32));
                        map.clusters.push(ClusterEntry {
                            pathway: map.pathways.len() as u32,
                            raw: c as u32,
                            is_opened: false,
                            occupations: first_here..map.occupations.len() as u32,
                        });
                    }
                }
                if fit {
                    map.index(pathway.id.as_ref(), Id::Pathway(map.pathways.len() as u32));
                    map.pathways.push(PathwayEntry {
                        route: map.routes.len() as u32,
                        raw: p as u32,
                        is_opened: false,
                        clusters: first_cluster..map.clusters.len() as u32,
                        occupations: first_occupation..map.occupations.len() as u32,
                    });
                }
            }
            if route_fit {
                map.index(route.id.as_ref(), Id::Route(map.routes.len() as u32));
                let pathways = first_pathway..map.pathways.len() as u32;
                map.routes.push(RouteEntry { raw: r as u32, is_opened: false, pathways });
            }
        }
        map.place_set_aside();
        map.fingerprint = map.codes_fingerprint();
        map
    }

    /// A map of these records with nothing on it yet.
    pub(super) fn without_entries(raw: Arc<RawMap>) -> Map {
        Map {
            raw,
            routes: Vec::new(),
            pathways: Vec::new(),
            clusters: Vec::new(),
            occupations: Vec::new(),
            statements: Vec::new(),
            set_aside: Vec::new(),
            ids: HashMap::new(),
            fingerprint: 0,
            names: OnceLock::new(),
        }
    }

    pub(super) fn index(&mut self, id: Option<&String>, entry: Id) {
        if let Some(id) = id {
            self.ids.entry(id.clone()).or_insert(entry);
        }
    }

    pub(super) fn add_occupation(&mut self, occupation: &RawOccupation, raw: Record, level: Level) {
        let index = self.occupations.len() as u32;
        let first = self.statements.len() as u32;
        let option_codes = option_codes(occupation);
        let by_duties = options_by_duties(occupation, &option_codes);
        for (s, statement) in occupation.statements.iter().enumerate() {
            let Some(kind) = statement.kind.as_deref().and_then(Kind::from_name) else { continue };
            let mut options = option_indices(&option_codes, &statement.option.0);
            if options.is_empty()
                && let Some(found) = statement.id.as_deref().and_then(|id| by_duties.get(id))
            {
                options = found.clone().unwrap_or_default();
            }
            self.statements.push(StatementEntry {
                occupation: index,
                raw: s as u32,
                kind,
                says_something: statement.text.as_deref().is_some_and(says_something),
                options: options.into(),
            });
        }
        self.index(occupation.id.as_ref(), Id::Occupation(index));
        self.occupations.push(OccupationEntry {
            cluster: self.clusters.len() as u32,
            raw,
            level,
            status: occupation.status.as_deref().and_then(Status::from_name).unwrap_or_default(),
            statements: first..self.statements.len() as u32,
        });
    }

    /// Adds the raw map's own list, with the pathway if their names match one.
    fn place_set_aside(&mut self) {
        let mut by_names: HashMap<(String, String), u32> = HashMap::new();
        if !self.raw.set_aside.is_empty() {
            for (i, pathway) in self.pathways().enumerate() {
                by_names.entry((name_key(pathway.route().name()), name_key(pathway.name()))).or_insert(i as u32);
            }
        }
        let entries: Vec<SetAsideEntry> = self
            .raw
            .set_aside
            .iter()
            .enumerate()
            .map(|(i, s)| SetAsideEntry {
                at: SetAsideAt::List(i as u32),
                pathway: s
                    .route
                    .as_deref()
                    .zip(s.pathway.as_deref())
                    .and_then(|(route, pathway)| by_names.get(&(name_key(route), name_key(pathway))).copied()),
            })
            .collect();
        self.set_aside.extend(entries);
    }

    fn codes_fingerprint(&self) -> u64 {
        fingerprint(self.statements().flat_map(|s| [s.occupation().id(), s.id()]))
    }
}

/// The index of each option by its code; the first option with a code counts.
fn option_codes(occupation: &RawOccupation) -> HashMap<&str, u16> {
    let mut codes = HashMap::new();
    for (i, option) in occupation.options.iter().enumerate() {
        if let Some(id) = &option.id {
            codes.entry(id.as_str()).or_insert(i as u16);
        }
    }
    codes
}

fn option_indices(option_codes: &HashMap<&str, u16>, codes: &[String]) -> Vec<u16> {
    let mut indices: Vec<u16> = codes.iter().filter_map(|code| option_codes.get(code.as_str()).copied()).collect();
    indices.sort_unstable();
    indices.dedup();
    indices
}

/// For each statement that duties cite: the union of their options if all these
/// duties are mapped to options, otherwise `None`. Placeholder duties are
/// ignored.
fn options_by_duties<'r>(
    occupation: &'r RawOccupation,
    option_codes: &HashMap<&str, u16>,
) -> HashMap<&'r str, Option<Vec<u16>>> {
    let mut found: HashMap<&str, Option<Vec<u16>>> = HashMap::new();
    if option_codes.is_empty() {
        return found;
    }
    for duty in occupation.duties.iter().filter(|duty| duty.text.as_deref().is_some_and(says_something)) {
        let options = option_indices(option_codes, &duty.options);
        for statement in &duty.statements {
            let entry = found.entry(statement).or_insert_with(|| Some(Vec::new()));
            match entry {
                Some(all) if !options.is_empty() => {
                    all.extend(&options);
                    all.sort_unstable();
                    all.dedup();
                }
                _ => *entry = None,
            }
        }
    }
    found
}
