//! Which units have which topics, and what clusters, pathways and routes share.

use super::table::TopicTable;
use crate::derive::eligibility::{Eligibility, Standing};
use crate::derive::policy::Policy;
use crate::derive::sharing::Group;
use crate::map::{Map, Occupation, OccupationIndex, Pathway, PathwayIndex, Route, Statement};
use crate::topics::is_enough;

/// The topics of all counting occupations of a map, and what is shared.
#[derive(Debug, PartialEq)]
pub(in crate::derive) struct Counts {
    /// By occupation; of none if it does not count.
    pub(in crate::derive) occupations: Vec<UnitTopics>,
    /// How many occupations of the map count.
    pub(in crate::derive) counting: usize,
    /// How many of them have each topic.
    pub(in crate::derive) usual: Vec<usize>,
    /// By route; empty for those that are not wanted.
    pub(in crate::derive) routes: Vec<RouteTopics>,
}

/// The topics of a unit's statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::derive) struct UnitTopics {
    /// How many counting statements it has.
    pub(in crate::derive) of: usize,
    /// Its topics, sorted.
    pub(in crate::derive) on: Vec<OnTopic>,
}

/// A topic of a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::derive) struct OnTopic {
    pub(in crate::derive) topic: usize,
    /// How many of the unit's counting statements are on it.
    pub(in crate::derive) statements: usize,
    /// Whether that is enough.
    pub(in crate::derive) has: bool,
}

/// What a route's counting occupations share by topic. Lists are sorted.
#[derive(Debug, Default, PartialEq)]
pub(in crate::derive) struct RouteTopics {
    /// How many occupations count.
    pub(in crate::derive) counting: usize,
    /// How many of them have each topic that one has.
    pub(in crate::derive) have: Vec<(usize, usize)>,
    /// How many pathways must hold a topic.
    pub(in crate::derive) need: usize,
    /// The route core.
    pub(in crate::derive) core: Vec<usize>,
    /// The topics just short of it, with the pathways that hold them.
    pub(in crate::derive) near: Vec<(usize, Vec<PathwayIndex>)>,
    /// The pathways, in the order of the map.
    pub(in crate::derive) pathways: Vec<PathwayTopics>,
}

/// What a pathway's counting occupations share by topic. Lists are sorted.
#[derive(Debug, Default, PartialEq)]
pub(in crate::derive) struct PathwayTopics {
    /// The occupations that count.
    pub(in crate::derive) counting: Vec<OccupationIndex>,
    /// How many of them have each topic that one has.
    pub(in crate::derive) have: Vec<(usize, usize)>,
    /// How many must have a topic for the pathway's core.
    pub(in crate::derive) need: usize,
    /// What as many have.
    pub(in crate::derive) shared: Vec<usize>,
    /// The topics just short of that.
    pub(in crate::derive) near: Vec<usize>,
    /// What groups of its units share.
    pub(in crate::derive) groups: Vec<GroupTopics>,
}

/// What a group shares by topic.
#[derive(Debug, PartialEq)]
pub(in crate::derive) struct GroupTopics {
    pub(in crate::derive) group: Group,
    /// How many of its units count.
    pub(in crate::derive) counting: usize,
    /// The topics that enough of them have, with how many. They are group core
    /// where the pathway's core does not have them.
    pub(in crate::derive) shared: Vec<(usize, usize)>,
}

impl Counts {
    pub(in crate::derive) fn of_route(&self, route: Route<'_>) -> Option<&RouteTopics> {
        self.routes.get(route.index().index())
    }

    pub(in crate::derive) fn of_pathway(&self, pathway: Pathway<'_>) -> Option<&PathwayTopics> {
        let own = &self.of_route(pathway.route())?.pathways;
        pathway.route().pathways().zip(own).find(|(other, _)| *other == pathway).map(|(_, own)| own)
    }
}

impl UnitTopics {
    /// Counts the statements on each topic.
    pub(in crate::derive) fn new<'m>(table: &TopicTable<'_>, statements: impl Iterator<Item = Statement<'m>>) -> Self {
        let mut of = 0;
        let mut topics: Vec<usize> = Vec::new();
        for statement in statements {
            of += 1;
            topics.extend(table.of_statement(statement.index()).iter().map(|(topic, _)| *topic));
        }
        topics.sort_unstable();
        let on = topics.chunk_by(|a, b| a == b).map(|same| OnTopic {
            topic: same[0],
            statements: same.len(),
            has: is_enough(table.topic(same[0]).nature, same.len(), of),
        });
        UnitTopics { of, on: on.collect() }
    }

    /// The topic, if any of the unit's statements is on it.
    pub(in crate::derive) fn on(&self, topic: usize) -> Option<&OnTopic> {
        self.on.binary_search_by_key(&topic, |on| on.topic).ok().map(|i| &self.on[i])
    }

    fn had(&self) -> impl Iterator<Item = usize> {
        self.on.iter().filter(|on| on.has).map(|on| on.topic)
    }
}

/// The statements of an occupation's options, option by option: only those of
/// options with statements, and none unless there are two or more.
pub(in crate::derive) fn options<'m>(occupation: Occupation<'m>) -> Vec<(String, Vec<Statement<'m>>)> {
    let own = |option: &str| -> Vec<Statement<'m>> {
        let own = occupation.statements().filter(|s| s.says_something() && s.options().any(|of| of.id() == option));
        own.collect()
    };
    let mut options: Vec<_> = occupation.options().map(|o| (o.id().to_owned(), own(o.id()))).collect();
    options.retain(|(_, statements)| !statements.is_empty());
    if options.len() < 2 { Vec::new() } else { options }
}

pub(in crate::derive) fn have(counted: &[(usize, usize)], topic: usize) -> usize {
    counted.binary_search_by_key(&topic, |(of, _)| *of).map_or(0, |i| counted[i].1)
}

/// How many units must have a topic for a group's core.
pub(in crate::derive) fn group_need(policy: &Policy, units: usize) -> usize {
    policy.pathway_quorum.need(units).max(policy.min_sharers).max(2)
}

/// Counts, for every wanted route of the map.
pub(in crate::derive) fn count(
    map: &Map,
    table: &TopicTable<'_>,
    policy: &Policy,
    eligibility: &Eligibility<'_>,
    wanted: &[bool],
) -> Counts {
    let of = |occupation: Occupation<'_>| {
        let counts = eligibility.counts(occupation);
        UnitTopics::new(table, occupation.statements().filter(|s| counts && s.counts_for_sharing()))
    };
    let occupations: Vec<UnitTopics> = map.occupations().map(of).collect();
    let mut usual = vec![0; table.len()];
    occupations.iter().flat_map(UnitTopics::had).for_each(|topic| usual[topic] += 1);
    let counting = occupations.iter().filter(|unit| unit.of > 0).count();
    let counter = Counter { table, policy, eligibility, occupations: &occupations };
    let route = |(route, wanted): (Route<'_>, &bool)| match wanted {
        true => counter.route(route),
        false => RouteTopics::default(),
    };
    let routes = map.routes().zip(wanted).map(route).collect();
    Counts { occupations, counting, usual, routes }
}

struct Counter<'a> {
    table: &'a TopicTable<'a>,
    policy: &'a Policy,
    eligibility: &'a Eligibility<'a>,
    occupations: &'a [UnitTopics],
}

impl Counter<'_> {
    fn route(&self, route: Route<'_>) -> RouteTopics {
        let pathways: Vec<PathwayTopics> = route.pathways().map(|pathway| self.pathway(pathway)).collect();
        let have = tally(pathways.iter().flat_map(|p| p.have.iter().copied()));
        let counting = pathways.iter().map(|p| p.counting.len()).sum();
        let counting_pathways = pathways.iter().filter(|p| !p.counting.is_empty()).count();
        let need = self.policy.route_need(counting_pathways);
        let mut topics = RouteTopics { counting, have, need, pathways, ..RouteTopics::default() };
        if counting_pathways < self.policy.min_pathways.max(2) {
            return topics;
        }
        for &(topic, sharers) in &topics.have {
            let holding = (route.pathways().zip(&topics.pathways))
                .filter(|(_, p)| self::have(&p.have, topic) >= self.policy.pathway_quorum.need(p.counting.len()));
            let holding: Vec<PathwayIndex> = holding.map(|(pathway, _)| pathway.index()).collect();
            if holding.len() >= need {
                if sharers >= self.policy.min_sharers {
                    topics.core.push(topic);
                }
            } else if !holding.is_empty() && need - holding.len() <= self.policy.near && need <= counting_pathways {
                topics.near.push((topic, holding));
            }
        }
        topics
    }

    fn pathway(&self, pathway: Pathway<'_>) -> PathwayTopics {
        let of = |o: &OccupationIndex| &self.occupations[o.index()];
        let counting: Vec<OccupationIndex> =
            pathway.occupations().map(|o| o.index()).filter(|o| of(o).of > 0).collect();
        let have = tally(counting.iter().flat_map(|o| of(o).had()).map(|topic| (topic, 1)));
        let need = self.policy.pathway_quorum.need(counting.len()).max(self.policy.min_sharers);
        let (mut shared, mut near) = (Vec::new(), Vec::new());
        for &(topic, have) in &have {
            if have >= need {
                shared.push(topic);
            } else if need - have <= self.policy.near && need <= counting.len() {
                near.push(topic);
            }
        }
        let mut groups = Vec::new();
        for cluster in pathway.clusters() {
            let units: Vec<&UnitTopics> = cluster.occupations().map(|o| of(&o.index())).filter(|u| u.of > 0).collect();
            if units.len() >= 2 && units.len() < counting.len() {
                groups.push(self.group(Group::Cluster(cluster.index()), &units));
            }
        }
        for occupation in pathway.occupations() {
            if *self.eligibility.standing(occupation) == Standing::Eligible {
                let options = options(occupation);
                let units: Vec<UnitTopics> =
                    options.into_iter().map(|(_, own)| UnitTopics::new(self.table, own.into_iter())).collect();
                if !units.is_empty() {
                    groups.push(self.group(Group::Options(occupation.index()), &units.iter().collect::<Vec<_>>()));
                }
            }
        }
        PathwayTopics { counting, have, need, shared, near, groups }
    }

    fn group(&self, group: Group, units: &[&UnitTopics]) -> GroupTopics {
        let need = group_need(self.policy, units.len());
        let mut shared = tally(units.iter().flat_map(|unit| unit.had()).map(|topic| (topic, 1)));
        shared.retain(|(_, have)| *have >= need);
        GroupTopics { group, counting: units.len(), shared }
    }
}

/// Sums by topic, sorted.
fn tally(counted: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = counted.collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().map(|(_, have)| have).sum())).collect()
}
