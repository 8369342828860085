//! Topics just short of a core, and how many any occupations would share.

use std::cmp::Reverse;

use super::counts::have;
use super::listing::holders;
use super::plan::ByTopic;
use crate::derive::item::{Support, Tier};
use crate::derive::outcome::{Counted, Outcome};
use crate::derive::topic::{NearTopic, TopicHolder};
use crate::map::{Occupation, Pathway};
use crate::order;
use crate::topics::chance;

/// How many near misses are listed.
const MOST: usize = 10;

/// The topics just short of a core, in the order that
/// [`Programme::near_topics`](crate::derive::Programme::near_topics) documents.
pub(in crate::derive) fn near_topics(outcome: &Outcome<'_>, counted: &Counted<'_, '_>) -> Vec<NearTopic> {
    let Some(by_topic) = &outcome.by_topic else { return Vec::new() };
    let (route, pathway) = (counted.route, counted.pathway);
    let (Some(plan), Some(own), Some(counts)) =
        (by_topic.plan.of_pathway(pathway), by_topic.counts.of_pathway(pathway), by_topic.counts.of_route(route))
    else {
        return Vec::new();
    };
    let is_core = |topic: usize| plan.is_core(topic);
    let is_open =
        |topic: usize| plan.listed.binary_search(&topic).is_err() && plan.decided.binary_search(&topic).is_err();
    let mut found: Vec<(bool, usize, NearTopic)> = Vec::new();
    for &topic in own.near.iter().filter(|topic| is_open(**topic) && !is_core(**topic)) {
        let on = holders(by_topic, topic, pathway.occupations());
        let has = |id: &str| on.iter().any(|holder| holder.occupation == id && holder.has);
        let lacking = own.counting.iter().map(|o| outcome.occupation_id(*o)).filter(|id| !has(id));
        let blockers: Vec<String> = lacking.collect();
        let is_partly_there = on.iter().any(|holder| !holder.has);
        let support = Support { have: have(&own.have, topic), of: own.counting.len() };
        let miss = near_topic(by_topic, topic, (Tier::Pathway, support.have, own.need), support, on, blockers);
        found.push((is_partly_there, topic, miss));
    }
    for (topic, holding) in counts.near.iter().filter(|(topic, _)| is_open(*topic)) {
        if found.iter().any(|(_, other, _)| other == topic) {
            continue;
        }
        let on = holders(by_topic, *topic, route.pathways().flat_map(|p| p.occupations()));
        let lacks = |p: &Pathway<'_>| {
            !holding.contains(&p.index()) && by_topic.counts.of_pathway(*p).is_some_and(|own| !own.counting.is_empty())
        };
        let blocking: Vec<Pathway<'_>> = route.pathways().filter(lacks).collect();
        let is_there = |o: Occupation<'_>| on.iter().any(|holder| holder.occupation == o.id());
        let is_partly_there = blocking.iter().any(|p| p.occupations().any(is_there));
        let blockers = blocking.iter().map(|p| p.id().to_owned()).collect();
        let support = Support { have: have(&counts.have, *topic), of: counts.counting };
        let miss = near_topic(by_topic, *topic, (Tier::Route, holding.len(), counts.need), support, on, blockers);
        found.push((is_partly_there, *topic, miss));
    }
    order::by(&mut found, |(a_partly, a_topic, a), (b_partly, b_topic, b)| {
        (Reverse(a.tier), a.need - a.have, !a_partly)
            .cmp(&(Reverse(b.tier), b.need - b.have, !b_partly))
            .then(a.chance.total_cmp(&b.chance))
            .then(b.support.have.cmp(&a.support.have))
            .then(a_topic.cmp(b_topic))
    });
    found.truncate(MOST);
    found.into_iter().map(|(.., miss)| miss).collect()
}

fn near_topic(
    by_topic: &ByTopic<'_>,
    number: usize,
    (tier, have, need): (Tier, usize, usize),
    support: Support,
    holders: Vec<TopicHolder>,
    blockers: Vec<String>,
) -> NearTopic {
    let topic = by_topic.table.topic(number);
    let counts = &by_topic.counts;
    let usual = counts.usual.get(number).copied().unwrap_or(0);
    NearTopic {
        id: topic.id.clone(),
        heading: topic.heading.clone(),
        nature: topic.nature,
        tier,
        have,
        need,
        support,
        chance: chance::at_least(counts.counting, usual, support.of, support.have),
        holders,
        blockers,
    }
}

/// How many topics at least `need` of as many occupations of the map have, on
/// average.
pub(in crate::derive) fn expected(by_topic: &ByTopic<'_>, occupations: usize, need: usize) -> f64 {
    let counts = &by_topic.counts;
    counts.usual.iter().map(|usual| chance::at_least(counts.counting, *usual, occupations, need)).sum()
}
