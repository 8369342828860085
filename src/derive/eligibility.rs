//! Which occupations a programme serves, and why the others do not.

use std::collections::{HashMap, HashSet};

use super::policy::{Policy, PolicyBranch, Role};
use crate::map::{Cluster, Map, Occupation, OccupationIndex, Reason};

/// The role of an occupation in its pathway's programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing<'m> {
    /// Eligible. It counts for the core if it has a statement that does.
    Eligible,
    /// Gets a specialism but does not count.
    SpecialismOnly,
    /// Left out: the reason, and the marked branch if there is one.
    Excluded { reason: Reason, branch: Option<&'m str> },
}

impl Standing<'_> {
    pub(crate) fn gets_specialism(&self) -> bool {
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
                Some(Role::LeftOut) => Standing::Excluded { reason: Reason::PolicyException, branch: None },
                None => match above[o.cluster().index().index()] {
                    Some(branch) => Standing::Excluded { reason: Reason::ApprenticeshipOnly, branch: Some(branch) },
                    None if policy.levels.contains(&o.level()) => Standing::Eligible,
                    None => Standing::Excluded { reason: Reason::Level, branch: None },
                },
            })
            .collect();
        Eligibility { standings, unmatched, marks }
    }

    pub(crate) fn standing(&self, occupation: Occupation<'m>) -> &Standing<'m> {
        &self.standings[occupation.index().index()]
    }

    /// Whether any occupation of the map gets a specialism.
    pub(super) fn any_specialism(&self) -> bool {
        self.standings.iter().any(|standing| standing.gets_specialism())
    }

    /// Whether the occupation counts for the core of its pathway.
    pub(super) fn counts(&self, occupation: Occupation<'m>) -> bool {
        *self.standing(occupation) == Standing::Eligible && occupation.statements().any(|s| s.counts_for_sharing())
    }

    /// The marked branch that closes a whole pathway.
    pub(crate) fn closed_by(&self, pathway: crate::map::Pathway<'m>) -> Option<&'m str> {
        self.marks.of_pathway(pathway)
    }
}

impl Policy {
    /// Returns the occupations that T Levels cover under this policy: those with a
    /// specialism, in the order of the map.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::derive::Policy;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let policy = Policy::t_level();
    /// let covered = policy.covered(&map);
    /// assert!(covered.iter().all(|occupation| policy.levels.contains(&occupation.level())));
    /// assert!(covered.iter().any(|occupation| occupation.title() == "Craft plasterer"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the occupations.
    pub fn covered<'m>(&self, map: &'m Map) -> Vec<Occupation<'m>> {
        let eligibility = Eligibility::of(map, self);
        map.occupations().filter(|occupation| eligibility.standing(*occupation).gets_specialism()).collect()
    }
}

/// The ids of the branches that a policy entry marks: those matched by its ids,
/// otherwise those matched by its names.
pub(crate) fn marked_by<'m>(map: &'m Map, entry: &PolicyBranch) -> Vec<&'m str> {
    let names = || std::iter::once(&entry.branch).chain(&entry.also_known_as);
    let found: Vec<&'m str> = names().filter_map(|name| map.branch(name)).map(|b| b.id()).collect();
    if !found.is_empty() {
        return found;
    }
    names().flat_map(|name| map.branches_called(name)).map(|b| b.id()).collect()
}

fn marks<'m>(map: &'m Map, policy: &Policy, unmatched: &mut Vec<String>) -> Marks<'m> {
    let mut by_policy = HashSet::new();
    if policy.apprenticeship_only.is_empty() {
        return Marks { by_policy };
    }
    for entry in policy.apprenticeship_only.iter().filter(|entry| entry.holds_on(policy.on.as_deref())) {
        let found = marked_by(map, entry);
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
        let named = map.occupations_called(&exception.occupation);
        if named.is_empty() {
            unmatched.push(exception.occupation.clone());
        }
        // if two exceptions name one occupation, the later one applies
        roles.extend(named.into_iter().map(|occupation| (occupation.index(), exception.role)));
    }
    roles
}
