//! Routes, pathways, clusters, occupations, and the size of each core.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tlevel::derive::{Derivation, Policy, Programme, Tier};
use tlevel::map::{Branch, Cluster, Map, Occupation, Pathway};

use super::Workspace;
use crate::{Answer, Failure, options, output};

#[derive(Serialize)]
struct Overview<'m> {
    routes: Vec<RouteView<'m>>,
}

#[derive(Serialize)]
struct RouteView<'m> {
    id: &'m str,
    name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<MarkView>,
    pathways: Vec<PathwayView<'m>>,
}

#[derive(Serialize)]
struct PathwayView<'m> {
    id: &'m str,
    name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<MarkView>,
    programme: bool,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    core: CoreSize,
    specialisms: usize,
    counting: usize,
    clusters: Vec<ClusterView<'m>>,
}

/// How many topics, or else items, the core has.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct CoreSize {
    pub(super) route: usize,
    pub(super) pathway: usize,
}

#[derive(Serialize)]
struct ClusterView<'m> {
    id: &'m str,
    name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<MarkView>,
    occupations: Vec<OccupationView<'m>>,
}

#[derive(Serialize)]
struct OccupationView<'m> {
    id: &'m str,
    title: &'m str,
    level: u8,
    status: &'static str,
    /// `counts`, `specialism` (it does not count) or `excluded`.
    standing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<&'m str>,
    statements: usize,
}

/// Why a branch suits apprenticeships only.
#[derive(Serialize)]
struct MarkView {
    reasons: Vec<String>,
    note: String,
    /// Whether the policy marks it, not the map.
    by_policy: bool,
}

#[derive(Serialize)]
struct PolicyView {
    name: &'static str,
    title: String,
    description: &'static str,
    policy: Policy,
}

impl Workspace {
    /// The map, with what each pathway's core holds.
    ///
    /// # Errors
    ///
    /// If nothing can be derived.
    pub fn overview(&mut self) -> Answer<String> {
        let policy = self.policy();
        self.decided()?;
        let derivation = &self.decided()?.derivation.clone();
        let view = View { map: &self.map, policy: &policy, derivation, standings: standings(derivation) };
        let routes = self.map.routes().map(|route| RouteView {
            id: route.id(),
            name: route.name(),
            mark: view.mark(Branch::Route(route)),
            pathways: route.pathways().map(|pathway| view.pathway(pathway)).collect(),
        });
        output::line(&Overview { routes: routes.collect() })
    }

    /// The built-in policies, and the one in force under the name `current`.
    ///
    /// # Errors
    ///
    /// None.
    pub fn policies(&self) -> Answer<String> {
        let built_in = options::built_in().map(|(name, description, policy)| PolicyView {
            name,
            title: policy.name.clone(),
            description,
            policy,
        });
        let policy = self.policy();
        let current = PolicyView {
            name: "current",
            title: policy.name.clone(),
            description: "The policy in force, with its quorums and exceptions.",
            policy,
        };
        output::line(&built_in.into_iter().chain([current]).collect::<Vec<_>>())
    }

    /// All programmes, as `tlevel derive --format json`.
    ///
    /// # Errors
    ///
    /// If nothing can be derived.
    pub fn derivation(&mut self) -> Answer<String> {
        output::json(&self.decided()?.derivation)
    }

    /// The programme of a pathway.
    ///
    /// # Errors
    ///
    /// A pathway that the map does not have, or that has no programme.
    pub fn programme(&mut self, pathway: &str) -> Answer<String> {
        let id = self.pathway_id(pathway)?;
        output::json(programme(self.of_route(&id)?, &id)?)
    }
}

/// The programme of a pathway, or why it has none.
pub(super) fn programme<'d>(derivation: &'d Derivation, id: &str) -> Answer<&'d Programme> {
    derivation.programme(id).ok_or_else(|| {
        let none = derivation.no_programme.iter().find(|none| none.pathway.id == id);
        Failure::new(format!("{id} has no programme ({})", none.map_or("no-programme", |none| none.reason.name())))
    })
}

/// How large the core of a programme is: in topics, or in items if statements are
/// shared.
pub(super) fn core_size(programme: &Programme) -> CoreSize {
    let of = |tier: Tier| {
        let topics = programme.topics.iter().filter(|topic| topic.tier == tier);
        topics.map(|topic| &*topic.id).collect::<BTreeSet<&str>>().len()
    };
    if programme.topics.is_empty() && programme.near_topics.is_empty() {
        return CoreSize { route: programme.route_core.len(), pathway: programme.pathway_core.len() };
    }
    CoreSize { route: of(Tier::Route), pathway: of(Tier::Pathway) }
}

/// What each occupation is for its programme: `counts`, `specialism` or `excluded`, with
/// the reason and the marked branch.
type Standings<'d> = BTreeMap<&'d str, (&'static str, Option<&'d str>, Option<&'d str>)>;

fn standings(derivation: &Derivation) -> Standings<'_> {
    let mut standings = Standings::new();
    let excluded = derivation.programmes.iter().flat_map(|programme| &programme.excluded);
    for excluded in excluded.chain(derivation.no_programme.iter().flat_map(|none| &none.excluded)) {
        let why = ("excluded", Some(excluded.reason.name()), excluded.branch.as_deref());
        standings.insert(&excluded.occupation, why);
    }
    for programme in &derivation.programmes {
        for id in programme.specialisms.iter().flat_map(|specialism| &specialism.occupations) {
            standings.insert(id, ("specialism", None, None));
        }
        for occupation in &programme.counting {
            standings.insert(&occupation.id, ("counts", None, None));
        }
    }
    standings
}

struct View<'m> {
    map: &'m Map,
    policy: &'m Policy,
    derivation: &'m Derivation,
    standings: Standings<'m>,
}

impl<'m> View<'m> {
    fn pathway(&self, pathway: Pathway<'m>) -> PathwayView<'m> {
        let programme = self.derivation.programme(pathway.id());
        let none = self.derivation.no_programme.iter().find(|none| none.pathway.id == pathway.id());
        PathwayView {
            id: pathway.id(),
            name: pathway.name(),
            mark: self.mark(Branch::Pathway(pathway)),
            programme: programme.is_some(),
            why: none.map(|none| none.reason.name().to_owned()),
            core: programme.map(core_size).unwrap_or_default(),
            specialisms: programme.map_or(0, |programme| programme.specialisms.len()),
            counting: programme.map_or(0, |programme| programme.counting.len()),
            clusters: pathway.clusters().map(|cluster| self.cluster(cluster)).collect(),
        }
    }

    fn cluster(&self, cluster: Cluster<'m>) -> ClusterView<'m> {
        ClusterView {
            id: cluster.id(),
            name: cluster.name(),
            mark: self.mark(Branch::Cluster(cluster)),
            occupations: cluster.occupations().map(|occupation| self.occupation(occupation)).collect(),
        }
    }

    fn occupation(&self, occupation: Occupation<'m>) -> OccupationView<'m> {
        let found = self.standings.get(occupation.id()).copied();
        let (standing, reason, branch) = found.unwrap_or(("excluded", None, None));
        let statements = occupation.statements().filter(|statement| statement.says_something()).count();
        OccupationView {
            id: occupation.id(),
            title: occupation.title(),
            level: occupation.level().number(),
            status: occupation.status().name(),
            standing,
            reason: reason.or((standing == "specialism" && statements == 0).then_some("no-statements")),
            branch,
            statements,
        }
    }

    /// The mark of a branch itself, on the map or in the policy.
    fn mark(&self, branch: Branch<'m>) -> Option<MarkView> {
        debug_assert!(self.map.branch(branch.id()).is_some());
        let on_map = branch.mark();
        let reasons = self.policy.reasons_of(branch.id(), branch.name(), on_map)?;
        let note = match on_map {
            Some(mark) => mark.note.clone(),
            None => self.policy.apprenticeship_only.iter().find(|mark| mark.reasons == reasons).map(|m| m.note.clone()),
        };
        Some(MarkView { reasons: reasons.to_vec(), note: note.unwrap_or_default(), by_policy: on_map.is_none() })
    }
}
