//! Which topics are in which core: by the counts, and by people's decisions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::counts::{Counts, PathwayTopics, RouteTopics, have};
use super::table::TopicTable;
use crate::derive::eligibility::Eligibility;
use crate::derive::item::Tier;
use crate::derive::sharing::Group;
use crate::map::{Map, Pathway, PathwayIndex, Route, RouteIndex, StatementIndex};

/// What people decided about topics, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::derive) struct TopicDecisions {
    /// `None` means dropped.
    pub(in crate::derive) placed: BTreeMap<(PathwayIndex, String), Option<Tier>>,
    pub(in crate::derive) not_of_route: BTreeSet<(RouteIndex, String)>,
}

impl TopicDecisions {
    pub(in crate::derive) fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.not_of_route.is_empty()
    }
}

/// Everything known about the topics of a map.
pub(in crate::derive) struct ByTopic<'c> {
    pub(in crate::derive) table: TopicTable<'c>,
    pub(in crate::derive) counts: Counts,
    pub(in crate::derive) plan: Plan,
}

/// Which topics are in which core of a map.
#[derive(Debug, PartialEq)]
pub(in crate::derive) struct Plan {
    /// In the order of the map; without pathways for routes that were not
    /// counted.
    pub(in crate::derive) routes: Vec<RoutePlan>,
}

/// Which topics are in which core of a route. Lists are sorted by topic.
#[derive(Debug, Default, PartialEq)]
pub(in crate::derive) struct RoutePlan {
    /// The route core. A pathway's programme lists some of it.
    pub(in crate::derive) core: Vec<PlannedTopic>,
    /// Whether decisions took anything out of the route core.
    pub(in crate::derive) left_core: bool,
    /// The pathways, in the order of the map.
    pub(in crate::derive) pathways: Vec<PathwayPlan>,
}

/// Which topics are in which core of a pathway. Lists are sorted by topic.
#[derive(Debug, Default, PartialEq)]
pub(in crate::derive) struct PathwayPlan {
    /// The topics of the route core that the programme lists: an occupation of
    /// the pathway has them, or people decided so.
    pub(in crate::derive) listed: Vec<usize>,
    /// The pathway core.
    pub(in crate::derive) core: Vec<PlannedTopic>,
    /// The core of each group.
    pub(in crate::derive) groups: Vec<(Group, Vec<PlannedTopic>)>,
    /// What people decided here.
    pub(in crate::derive) decided: Vec<usize>,
    /// What they took out of the programme.
    pub(in crate::derive) dropped: Vec<usize>,
}

/// A topic of a core.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::derive) struct PlannedTopic {
    pub(in crate::derive) topic: usize,
    /// Whether people decided that it is there.
    pub(in crate::derive) decided: bool,
}

/// The decisions on each topic of a route, pathway by pathway.
type Decided = BTreeMap<usize, BTreeMap<PathwayIndex, Option<Tier>>>;

impl Plan {
    /// Applies the decisions to the counts. Topics and branches that are not
    /// there are ignored, and so are routes that were not counted.
    pub(in crate::derive) fn new(
        map: &Map,
        table: &TopicTable<'_>,
        eligibility: &Eligibility<'_>,
        counts: &Counts,
        decisions: &TopicDecisions,
    ) -> Plan {
        let mut decided: BTreeMap<RouteIndex, Decided> = BTreeMap::new();
        for ((pathway, id), tier) in &decisions.placed {
            if let (Some(pathway), Some(topic)) = (map.pathway_at(*pathway), table.number(id)) {
                let of_route = decided.entry(pathway.route().index()).or_default();
                of_route.entry(topic).or_default().insert(pathway.index(), *tier);
            }
        }
        for (route, id) in &decisions.not_of_route {
            if let Some(topic) = table.number(id) {
                decided.entry(*route).or_default().entry(topic).or_default();
            }
        }
        // whether a served occupation says anything on the topic
        let is_served = |topic: usize, range: Range<u32>| {
            let mut statements = range.filter_map(|s| map.statement_at(StatementIndex(s)));
            statements.any(|s| {
                eligibility.standing(s.occupation()).gets_specialism() && {
                    let on = table.of_statement(s.index());
                    on.binary_search_by_key(&topic, |(of, _)| *of).is_ok()
                }
            })
        };
        let none = Decided::new();
        let routes = map.routes().zip(&counts.routes).map(|(route, counted)| {
            let decided = decided.get(&route.index()).unwrap_or(&none);
            route_plan(route, counted, decided, &is_served)
        });
        Plan { routes: routes.collect() }
    }
}

fn route_plan(
    route: Route<'_>,
    counted: &RouteTopics,
    decided: &Decided,
    is_served: &impl Fn(usize, Range<u32>) -> bool,
) -> RoutePlan {
    let is_route = |topic: usize| {
        let of_route = decided.get(&topic).is_some_and(|tiers| tiers.values().any(|t| *t == Some(Tier::Route)));
        of_route && is_served(topic, route.statement_range())
    };
    let by_count = counted.core.iter().filter(|topic| !decided.contains_key(topic));
    let mut core: Vec<PlannedTopic> = by_count.map(|&topic| PlannedTopic { topic, decided: false }).collect();
    core.extend(decided.keys().filter(|t| is_route(**t)).map(|&topic| PlannedTopic { topic, decided: true }));
    core.sort_unstable();
    let left_core = counted.core.iter().any(|topic| core.iter().all(|planned| planned.topic != *topic));
    let pathways = route.pathways().zip(&counted.pathways);
    let pathways = pathways.map(|(pathway, own)| pathway_plan(pathway, own, &core, decided, is_served)).collect();
    RoutePlan { core, left_core, pathways }
}

fn pathway_plan(
    pathway: Pathway<'_>,
    counted: &PathwayTopics,
    route_core: &[PlannedTopic],
    decided: &Decided,
    is_served: &impl Fn(usize, Range<u32>) -> bool,
) -> PathwayPlan {
    let is_route = |topic: usize| route_core.binary_search_by_key(&topic, |planned| planned.topic).is_ok();
    // what was decided here of topics that are not the route's
    let here = |topic: usize| decided.get(&topic).filter(|_| !is_route(topic))?.get(&pathway.index()).copied();
    let listed: Vec<usize> = (route_core.iter())
        .filter(|planned| planned.decided || have(&counted.have, planned.topic) > 0)
        .map(|planned| planned.topic)
        .collect();
    let of_count = |topic: &usize| listed.binary_search(topic).is_err() && here(*topic).is_none();
    let by_count = counted.shared.iter().copied().filter(of_count);
    let mut core: Vec<PlannedTopic> = by_count.map(|topic| PlannedTopic { topic, decided: false }).collect();
    let is_pathway =
        |topic: &usize| here(*topic) == Some(Some(Tier::Pathway)) && is_served(*topic, pathway.statement_range());
    core.extend(decided.keys().copied().filter(is_pathway).map(|topic| PlannedTopic { topic, decided: true }));
    core.sort_unstable();
    let is_core = |topic: usize| {
        listed.binary_search(&topic).is_ok() || core.binary_search_by_key(&topic, |planned| planned.topic).is_ok()
    };
    let of_group = |topic: usize| match here(topic) {
        None => (!is_core(topic)).then_some(PlannedTopic { topic, decided: false }),
        Some(Some(Tier::Group)) => Some(PlannedTopic { topic, decided: true }),
        Some(_) => None,
    };
    let groups = counted.groups.iter().map(|group| {
        let shared = group.shared.iter().filter_map(|(topic, _)| of_group(*topic));
        (group.group, shared.collect())
    });
    let groups = groups.collect();
    let dropped = decided.keys().copied().filter(|topic| here(*topic) == Some(None)).collect();
    let decided = decided.keys().copied().filter(|topic| here(*topic).is_some() || is_route(*topic)).collect();
    PathwayPlan { listed, core, groups, decided, dropped }
}

impl Plan {
    pub(in crate::derive) fn of_route(&self, route: Route<'_>) -> Option<&RoutePlan> {
        self.routes.get(route.index().index())
    }

    pub(in crate::derive) fn of_pathway(&self, pathway: Pathway<'_>) -> Option<&PathwayPlan> {
        let plans = &self.of_route(pathway.route())?.pathways;
        pathway.route().pathways().zip(plans).find(|(own, _)| *own == pathway).map(|(_, plan)| plan)
    }
}

impl PathwayPlan {
    /// Whether a topic is in the programme's route core or pathway core.
    pub(in crate::derive) fn is_core(&self, topic: usize) -> bool {
        let is_own = || self.core.binary_search_by_key(&topic, |planned| planned.topic).is_ok();
        self.listed.binary_search(&topic).is_ok() || is_own()
    }
}
