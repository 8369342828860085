//! Finds branches and occupations by id, name or title.
//!
//! All commands and callers follow one rule. A name that is an id means that
//! branch or occupation. Otherwise it means all with that name or title (case,
//! punctuation, and `and` for `&` make no difference) or, for branches, with
//! that last step of their id: `digital`, `onsite-construction`.

use std::collections::HashMap;

use super::{Branch, BranchTier, Cluster, Map, Occupation, OccupationIndex, Pathway, Reason, Route};
use crate::text::{DidYouMean, closest, name_key};

/// Why a name matches no branch or occupation of the map, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FindError {
    /// Nothing on the map has the name.
    #[error("the map has no {what} \"{name}\"{}", DidYouMean(.hint.as_deref()))]
    Unknown {
        /// What was looked up: `route`, `pathway`, `cluster`,
        /// `route, pathway or cluster` or `occupation`.
        what: &'static str,
        /// The given name, cut to 60 characters.
        name: String,
        /// The id or name that was probably meant.
        hint: Option<String>,
    },
    /// Several have the name, so an id is needed.
    #[error("several are called \"{name}\"; give the id of one: {}", first(.ids))]
    Several {
        /// The given name.
        name: String,
        /// The ids of all that have it, in the order of the map.
        ids: Vec<String>,
    },
    /// The occupation is known but not placed on the map.
    #[error("occupation \"{id}\" is not placed on the map ({reason}); run: tlevel check")]
    SetAside {
        /// Its id.
        id: String,
        /// Why it was set aside.
        reason: Reason,
    },
}

/// The maximum number of candidates that a message lists.
const NAMED: usize = 8;

fn first(ids: &[String]) -> String {
    let more = if ids.len() > NAMED { format!(" and {} more", ids.len() - NAMED) } else { String::new() };
    format!("{}{more}", ids[..ids.len().min(NAMED)].join(", "))
}

/// The names of the map's branches and occupations, built on first use.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Branches by name and by last step, as numbers in [`Map::branches`].
    branches: HashMap<String, Vec<usize>>,
    steps: HashMap<String, Vec<usize>>,
    /// Occupations by title.
    occupations: HashMap<String, Vec<usize>>,
}

impl Names {
    fn of(map: &Map) -> Self {
        let mut names = Names::default();
        for (number, branch) in map.branches().enumerate() {
            names.branches.entry(name_key(branch.name())).or_default().push(number);
            names.steps.entry(last_step(branch.id())).or_default().push(number);
        }
        for (number, occupation) in map.occupations().enumerate() {
            names.occupations.entry(name_key(occupation.title())).or_default().push(number);
        }
        names
    }
}

fn last_step(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).to_lowercase()
}

impl Map {
    /// Returns the branches that a name means, in the order of
    /// [`Map::branches`]: the one with that id, otherwise all with that name or
    /// last step of an id.
    ///
    /// # Examples
    ///
    /// ```
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let ids = |name: &str| map.branches_called(name).iter().map(|b| b.id().to_owned()).collect::<Vec<_>>();
    /// assert_eq!(ids("Onsite Construction"), ["construction/onsite-construction"]);
    /// assert_eq!(ids("onsite-construction"), ["construction/onsite-construction"]);
    /// assert!(ids("offshore construction").is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(1)`; the first call reads the names of the map.
    pub fn branches_called(&self, name: &str) -> Vec<Branch<'_>> {
        self.called(name, None)
    }

    /// [`Map::branches_called`], for the branches of one tier alone.
    fn called(&self, name: &str, tier: Option<BranchTier>) -> Vec<Branch<'_>> {
        let is_wanted = |branch: &Branch<'_>| tier.is_none_or(|tier| branch.tier() == tier);
        let id = name.trim();
        if let Some(branch) = self.branch(id).filter(is_wanted) {
            return vec![branch];
        }
        let names = self.names.get_or_init(|| Names::of(self));
        let of = |numbers: Option<&Vec<usize>>| numbers.cloned().unwrap_or_default();
        let mut numbers = of(names.branches.get(&name_key(name)));
        numbers.extend(of(names.steps.get(&id.to_lowercase())));
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.branches().nth(number)).filter(is_wanted).collect()
    }

    /// Returns the pathways that a name means, in the order of the map: as
    /// [`Map::branches_called`], where a route or cluster of that id does not
    /// count.
    ///
    /// # Complexity
    ///
    /// As [`Map::branches_called`].
    pub fn pathways_called(&self, name: &str) -> Vec<Pathway<'_>> {
        let pathways = self.called(name, Some(BranchTier::Pathway)).into_iter().filter_map(|branch| match branch {
            Branch::Pathway(pathway) => Some(pathway),
            _ => None,
        });
        pathways.collect()
    }

    /// Returns the occupations that a name means, in the order of the map: the
    /// one with that id, otherwise all with that title.
    ///
    /// # Complexity
    ///
    /// As [`Map::branches_called`].
    pub fn occupations_called(&self, name: &str) -> Vec<Occupation<'_>> {
        if let Some(occupation) = self.occupation(name.trim()) {
            return vec![occupation];
        }
        let names = self.names.get_or_init(|| Names::of(self));
        let numbers = names.occupations.get(&name_key(name)).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|&number| self.occupation_at(OccupationIndex(number as u32))).collect()
    }

    /// Returns the route that a name means.
    ///
    /// # Errors
    ///
    /// As [`Map::find_pathway`].
    pub fn find_route(&self, name: &str) -> Result<Route<'_>, FindError> {
        let routes = self.called(name, Some(BranchTier::Route)).into_iter().filter_map(|branch| match branch {
            Branch::Route(route) => Some(route),
            _ => None,
        });
        one("route", name, &routes.collect::<Vec<_>>(), |r| r.id(), || self.known(Some(BranchTier::Route)))
    }

    /// Returns the pathway that a name means.
    ///
    /// # Errors
    ///
    /// * [`FindError::Unknown`]: `"digital support"`, with the name that was
    ///   probably meant if one is close;
    /// * [`FindError::Several`]: a name that two pathways have.
    ///
    /// # Examples
    ///
    /// ```
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// for name in ["digital/digital-support-and-services", "digital-support-and-services", "Digital support & services"] {
    ///     assert_eq!(map.find_pathway(name)?.id(), "digital/digital-support-and-services");
    /// }
    /// let error = map.find_pathway("Digital suport and services").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the map has no pathway \"Digital suport and services\": did you mean \"Digital support and services\"?"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Map::branches_called`]; an error compares the name with all others.
    pub fn find_pathway(&self, name: &str) -> Result<Pathway<'_>, FindError> {
        one("pathway", name, &self.pathways_called(name), |p| p.id(), || self.known(Some(BranchTier::Pathway)))
    }

    /// Returns the cluster that a name means.
    ///
    /// # Errors
    ///
    /// As [`Map::find_pathway`].
    pub fn find_cluster(&self, name: &str) -> Result<Cluster<'_>, FindError> {
        let clusters = self.called(name, Some(BranchTier::Cluster)).into_iter().filter_map(|branch| match branch {
            Branch::Cluster(cluster) => Some(cluster),
            _ => None,
        });
        one("cluster", name, &clusters.collect::<Vec<_>>(), |c| c.id(), || self.known(Some(BranchTier::Cluster)))
    }

    /// Returns the branch that a name means. If there are several, returns the
    /// one that contains all the others, such as a pathway with a cluster of
    /// the same name.
    ///
    /// # Errors
    ///
    /// As [`Map::find_pathway`].
    pub fn find_branch(&self, name: &str) -> Result<Branch<'_>, FindError> {
        self.find_branch_of(name, self.branches_called(name))
    }

    /// Like [`Map::find_branch`], among some of the branches with that name.
    pub(crate) fn find_branch_of<'m>(&'m self, name: &str, found: Vec<Branch<'m>>) -> Result<Branch<'m>, FindError> {
        let widest = found.iter().copied().find(|b| found.iter().all(|other| b.is_above(*other)));
        let found = widest.map_or(found, |widest| vec![widest]);
        one("route, pathway or cluster", name, &found, Branch::id, || self.known(None))
    }

    /// Returns the occupation that a name means.
    ///
    /// # Errors
    ///
    /// As [`Map::find_pathway`], and [`FindError::SetAside`] for the id of an
    /// occupation that the check set aside.
    pub fn find_occupation(&self, name: &str) -> Result<Occupation<'_>, FindError> {
        self.find_occupation_of(name, &self.occupations_called(name))
    }

    /// Like [`Map::find_occupation`], among some of the occupations with that
    /// title.
    pub(crate) fn find_occupation_of<'m>(
        &'m self,
        name: &str,
        found: &[Occupation<'m>],
    ) -> Result<Occupation<'m>, FindError> {
        let id = name.trim();
        if found.is_empty()
            && let Some(aside) = self.set_aside().find(|aside| aside.raw().id.as_deref() == Some(id))
        {
            return Err(FindError::SetAside { id: id.to_owned(), reason: aside.reason() });
        }
        let known = || self.occupations().flat_map(|o| [o.title(), o.id()]).collect();
        one("occupation", name, found, |o| o.id(), known)
    }

    /// The names, ids and last steps of the branches of a tier, or of all.
    fn known(&self, tier: Option<BranchTier>) -> Vec<&str> {
        let branches = || self.branches().filter(|b| tier.is_none_or(|tier| b.tier() == tier));
        let steps = branches().filter_map(|b| b.id().rsplit('/').next());
        branches().flat_map(|b| [b.name(), b.id()]).chain(steps).collect()
    }
}

fn one<'m, T: Copy>(
    what: &'static str,
    name: &str,
    found: &[T],
    id: impl Fn(T) -> &'m str,
    known: impl FnOnce() -> Vec<&'m str>,
) -> Result<T, FindError> {
    let name = crate::read::excerpt(name, 60);
    match found {
        [one] => Ok(*one),
        [] => {
            let hint = closest(&name, known()).map(str::to_owned);
            Err(FindError::Unknown { what, name, hint })
        }
        several => {
            let ids = several.iter().map(|t| id(*t).to_owned()).collect();
            Err(FindError::Several { name, ids })
        }
    }
}
