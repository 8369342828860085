//! The obvious way to count topics and to join concepts, exactly as in the
//! definitions: sets, compared one by one. The oracle of `counts.rs` and of the
//! linkage.

use std::collections::{BTreeMap, BTreeSet};

use super::content::ELEMENT;
use super::counts::{Counts, GroupTopics, OnTopic, PathwayTopics, RouteTopics, UnitTopics};
use super::table::TopicTable;
use crate::concept::Topic;
use crate::derive::eligibility::{Eligibility, Standing};
use crate::derive::policy::Policy;
use crate::derive::sharing::Group;
use crate::harmonise::linkage::Link;
use crate::map::{Map, Occupation, Pathway, PathwayIndex, Statement};
use crate::topics::is_enough;

/// Counts as [`count`](super::counts::count).
pub(in crate::derive) fn count(
    map: &Map,
    table: &TopicTable<'_>,
    policy: &Policy,
    eligibility: &Eligibility<'_>,
    _: &[bool],
) -> Counts {
    let all: Vec<&Topic> = (0..table.len()).map(|number| table.topic(number)).collect();
    let on = |statements: &[Statement<'_>]| unit(&all, statements);
    let of = |o: Occupation<'_>| {
        let counts = *eligibility.standing(o) == Standing::Eligible;
        on(&o.statements().filter(|s| counts && s.counts_for_sharing()).collect::<Vec<_>>())
    };
    let occupations: Vec<UnitTopics> = map.occupations().map(of).collect();
    let group = |group: Group, units: &[(usize, &UnitTopics)]| {
        let need = policy.pathway_quorum.need(units.len()).max(policy.min_sharers).max(2);
        let shared = who(units).into_iter().map(|(topic, who)| (topic, who.len())).filter(|(_, have)| *have >= need);
        GroupTopics { group, counting: units.len(), shared: shared.collect() }
    };
    let of_pathway = |pathway: Pathway<'_>| {
        let counting = pathway.occupations().filter(|o| occupations[o.index().index()].of > 0);
        let counting: Vec<Occupation<'_>> = counting.collect();
        let named = |os: &[Occupation<'_>]| -> Vec<(usize, &UnitTopics)> {
            os.iter().map(|o| (o.index().index(), &occupations[o.index().index()])).collect()
        };
        let have: Vec<(usize, usize)> =
            who(&named(&counting)).into_iter().map(|(topic, who)| (topic, who.len())).collect();
        let need = policy.pathway_quorum.need(counting.len()).max(policy.min_sharers);
        let mut groups = Vec::new();
        for cluster in pathway.clusters() {
            let inside: Vec<_> = counting.iter().copied().filter(|o| o.cluster() == cluster).collect();
            if inside.len() >= 2 && counting.iter().any(|o| o.cluster() != cluster) {
                groups.push(group(Group::Cluster(cluster.index()), &named(&inside)));
            }
        }
        for occupation in pathway.occupations().filter(|o| *eligibility.standing(*o) == Standing::Eligible) {
            let options = occupation.options().map(|option| {
                let own = occupation.statements().filter(|s| s.says_something() && s.options().any(|o| o == option));
                on(&own.collect::<Vec<_>>())
            });
            let options: Vec<UnitTopics> = options.filter(|unit| unit.of > 0).collect();
            if options.len() >= 2 {
                groups.push(group(Group::Options(occupation.index()), &options.iter().enumerate().collect::<Vec<_>>()));
            }
        }
        PathwayTopics {
            counting: counting.iter().map(|o| o.index()).collect(),
            need,
            shared: have.iter().filter(|(_, have)| *have >= need).map(|(topic, _)| *topic).collect(),
            near: (have.iter())
                .filter(|(_, have)| *have < need && need <= counting.len() && need <= have + policy.near)
                .map(|(topic, _)| *topic)
                .collect(),
            have,
            groups,
        }
    };
    let routes = map.routes().map(|route| {
        let pathways: Vec<PathwayTopics> = route.pathways().map(of_pathway).collect();
        let counting_pathways = pathways.iter().filter(|p| !p.counting.is_empty()).count();
        let need = policy.route_quorum.need(counting_pathways).max(policy.min_pathways);
        let (mut have, mut core, mut near) = (Vec::new(), Vec::new(), Vec::new());
        for topic in 0..table.len() {
            let of = |p: &PathwayTopics| p.have.iter().find(|(t, _)| *t == topic).map_or(0, |(_, have)| *have);
            let sharers: usize = pathways.iter().map(of).sum();
            if sharers == 0 {
                continue;
            }
            have.push((topic, sharers));
            let holds = |p: &PathwayTopics| of(p) >= policy.pathway_quorum.need(p.counting.len());
            let holding: Vec<PathwayIndex> =
                route.pathways().zip(&pathways).filter(|(_, p)| holds(p)).map(|(p, _)| p.index()).collect();
            if counting_pathways < 2 || counting_pathways < policy.min_pathways {
                continue;
            }
            if holding.len() >= need && sharers >= policy.min_sharers {
                core.push(topic);
            }
            let is_near = holding.len() < need && need <= counting_pathways && need <= holding.len() + policy.near;
            if is_near && !holding.is_empty() {
                near.push((topic, holding));
            }
        }
        RouteTopics { counting: pathways.iter().map(|p| p.counting.len()).sum(), have, need, core, near, pathways }
    });
    let routes = routes.collect();
    let has = |unit: &UnitTopics, topic: usize| unit.on.iter().any(|on| on.topic == topic && on.has);
    Counts {
        counting: occupations.iter().filter(|unit| unit.of > 0).count(),
        usual: (0..table.len()).map(|topic| occupations.iter().filter(|unit| has(unit, topic)).count()).collect(),
        routes,
        occupations,
    }
}

/// The topics of some statements.
fn unit(all: &[&Topic], statements: &[Statement<'_>]) -> UnitTopics {
    let mut unit = UnitTopics { of: statements.len(), on: Vec::new() };
    for (number, topic) in all.iter().enumerate() {
        let is_on = |s: &&Statement<'_>| topic.statements.iter().any(|of| of.statement == s.index());
        let many = statements.iter().filter(is_on).count();
        let has = is_enough(topic.nature, many, statements.len());
        if many > 0 {
            unit.on.push(OnTopic { topic: number, statements: many, has });
        }
    }
    unit
}

/// Who has each topic, of units by their numbers.
fn who(units: &[(usize, &UnitTopics)]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut who: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (number, unit) in units {
        for on in unit.on.iter().filter(|on| on.has) {
            who.entry(on.topic).or_default().insert(*number);
        }
    }
    who
}

/// Joins as [`joined`](super::content::joined), by comparing all groups before
/// every step.
pub(in crate::derive) fn joined(nodes: usize, links: &[Link]) -> Vec<Vec<u32>> {
    let score = |a: u32, b: u32| {
        let link = links.iter().find(|link| (link.a, link.b) == (a.min(b), a.max(b)));
        link.map_or(0.0, |link| link.score)
    };
    let mut groups: Vec<Vec<u32>> = (0..nodes as u32).map(|node| vec![node]).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let pairs = groups[a].iter().flat_map(|x| groups[b].iter().map(move |y| (*x, *y)));
                let sum: f64 = pairs.map(|(x, y)| score(x, y)).sum();
                let mean = sum / (groups[a].len() * groups[b].len()) as f64;
                if mean >= ELEMENT && best.is_none_or(|(most, ..)| mean > most) {
                    best = Some((mean, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { break };
        let joined = groups.remove(b);
        groups[a].extend(joined);
        groups[a].sort_unstable();
    }
    groups
}
