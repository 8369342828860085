//! Which occupations a programme serves, and why the others do not.

use std::collections::{HashMap, HashSet};

use super::policy::{Policy, PolicyBranch, Role};
use crate::map::{Cluster, Map, Occupation, OccupationIndex};
use crate::text::name_key;

/// How an occupation stands to its pathway's programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing<'m> {
    /// Eligible, and counts for the core if it has a statement that does.
    Eligible,
    /// Gets a specialism, and does not count.
    SpecialismOnly,
    /// Left out: the reason, and the marked branch if there is one.
    Excluded { reason: &'static str, branch: Option<&'m str> },
}

impl Standing<'_> {
    pub(super) fn gets_specialism(self) -> bool {
        matches!(self, Standing::Eligible | Standing::SpecialismOnly)
    }
}

/// The standing of every occupation, by its index, and the policy's entries
/// that match nothing on the map.
pub(crate) struct Eligibility<'m> {
    standings: Vec<Standing<'m>>,
    pub(super) unmatched: Vec<String>,
    /// Marked branches by id.
    marks: Marks<'m>,
}

/// Marked branches: those of the map and those of the policy.
struct Marks<'m> {
    by_policy: HashSet<&'m str>,
}

impl<'m> Marks<'m> {
    /// The topmost marked branch above (or at) a cluster.
    fn above(&self, cluster: Cluster<'m>) -> Option<&'m str> {
        let pathway = cluster.pathway();
        self.of_pathway(pathway).or_else(|| {
            let marked = cluster.apprenticeship_only().is_some() || self.by_policy.contains(cluster.id());
            marked.then(|| cluster.id())
        })
    }

    fn of_pathway(&self, pathway: crate::map::Pathway<'m>) -> Option<&'m str> {
        let route = pathway.route();
        if route.apprenticeship_only().is_some() || self.by_policy.contains(route.id()) {
            Some(route.id())
        } else if pathway.apprenticeship_only().is_some() || self.by_policy.contains(pathway.id()) {
            Some(pathway.id())
        } else {
            None
        }
    }
}

impl<'m> Eligibility<'m> {
    pub(crate) fn of(map: &'m Map, policy: &Policy) -> Self {
        let mut unmatched = Vec::new();
        let marks = marks(map, policy, &mut unmatched);
        let roles = roles(map, policy, &mut unmatched);
        let mut above: Vec<Option<&str>> = Vec::with_capacity(map.clusters().len());
        above.extend(map.clusters().map(|cluster| marks.above(cluster)));
        let standings = map
            .occupations()
            .map(|o| match roles.get(&o.index()) {
                Some(Role::Counts) => Standing::Eligible,
                Some(Role::SpecialismOnly) => Standing::SpecialismOnly,
                Some(Role::LeftOut) => Standing::Excluded { reason: "policy-exception", branch: None },
                None => match above[o.cluster().index().index()] {
                    Some(branch) => Standing::Excluded { reason: "apprenticeship-only", branch: Some(branch) },
                    None if policy.levels.contains(&o.level()) => Standing::Eligible,
                    None => Standing::Excluded { reason: "level", branch: None },
                },
            })
            .collect();
        Eligibility { standings, unmatched, marks }
    }

    pub(crate) fn standing(&self, occupation: Occupation<'m>) -> Standing<'m> {
        self.standings[occupation.index().index()]
    }

    /// Does any occupation of the map get a specialism?
    pub(super) fn any_specialism(&self) -> bool {
        self.standings.iter().any(|standing| standing.gets_specialism())
    }

    /// Does the occupation count for the core of its pathway?
    pub(super) fn counts(&self, occupation: Occupation<'m>) -> bool {
        self.standing(occupation) == Standing::Eligible && occupation.statements().any(|s| s.counts_for_sharing())
    }

    /// The marked branch that closes a whole pathway.
    pub(super) fn closed_by(&self, pathway: crate::map::Pathway<'m>) -> Option<&'m str> {
        self.marks.of_pathway(pathway)
    }
}

/// The branches of a map, by the names that a policy may give them.
pub(crate) struct BranchNames<'m> {
    map: &'m Map,
    by_name: HashMap<String, Vec<&'m str>>,
}

impl<'m> BranchNames<'m> {
    pub(crate) fn new(map: &'m Map) -> Self {
        let mut by_name: HashMap<String, Vec<&'m str>> = HashMap::new();
        let names = (map.routes().map(|r| (r.name(), r.id())))
            .chain(map.pathways().map(|p| (p.name(), p.id())))
            .chain(map.clusters().map(|c| (c.name(), c.id())));
        for (name, id) in names {
            by_name.entry(name_key(name)).or_default().push(id);
        }
        BranchNames { map, by_name }
    }

    /// The ids of the branches that an entry marks: those of its ids, else those
    /// of its names.
    pub(crate) fn marked(&self, entry: &PolicyBranch) -> Vec<&'m str> {
        let map = self.map;
        let by_id = |id: &str| {
            (map.route(id).map(|r| r.id()))
                .or_else(|| map.pathway(id).map(|p| p.id()))
                .or_else(|| map.cluster(id).map(|c| c.id()))
        };
        let names = || std::iter::once(&entry.branch).chain(&entry.also_known_as);
        let found: Vec<&'m str> = names().filter_map(|n| by_id(n)).collect();
        if !found.is_empty() {
            return found;
        }
        names().filter_map(|n| self.by_name.get(&name_key(n))).flatten().copied().collect()
    }
}

fn marks<'m>(map: &'m Map, policy: &Policy, unmatched: &mut Vec<String>) -> Marks<'m> {
    let mut by_policy = HashSet::new();
    if policy.apprenticeship_only.is_empty() {
        return Marks { by_policy };
    }
    let names = BranchNames::new(map);
    for entry in policy.apprenticeship_only.iter().filter(|entry| entry.holds_on(policy.on.as_deref())) {
        let found = names.marked(entry);
        if found.is_empty() {
            unmatched.push(entry.branch.clone());
        }
        by_policy.extend(found);
    }
    Marks { by_policy }
}

fn roles(map: &Map, policy: &Policy, unmatched: &mut Vec<String>) -> HashMap<OccupationIndex, Role> {
    let mut roles = HashMap::new();
    for exception in &policy.exceptions {
        let key = name_key(&exception.occupation);
        let named: Vec<OccupationIndex> = match map.occupation(&exception.occupation) {
            Some(occupation) => vec![occupation.index()],
            None => map.occupations().filter(|o| name_key(o.title()) == key).map(|o| o.index()).collect(),
        };
        if named.is_empty() {
            unmatched.push(exception.occupation.clone());
        }
        // of two exceptions for one occupation the later counts
        roles.extend(named.into_iter().map(|occupation| (occupation, exception.role)));
    }
    roles
}
