//! What becomes of a concept if two of its statements are kept apart.

use std::collections::BTreeMap;

use super::linkage::{self, Link, Missing};
use super::{Measure, Threshold};
use crate::map::StatementIndex;
use crate::order;

/// The groups into which statements of one concept fall if two of them say different
/// things: joined by the same rule as all concepts, with the pair forbidden. What people
/// said is the same stays together. The group of the first of the pair comes first.
///
/// Neighbouring concepts, which the parts might join instead, are not looked at.
pub(crate) fn parts(
    measure: &Measure<'_>,
    threshold: Threshold,
    statements: &[StatementIndex],
    same: &[(StatementIndex, StatementIndex)],
    [a, b]: [StatementIndex; 2],
) -> Vec<Vec<StatementIndex>> {
    // the node of each wording; what people joined is one node
    let mut node_of: BTreeMap<u32, u32> = BTreeMap::new();
    for statement in statements {
        let next = node_of.len() as u32;
        node_of.entry(measure.speaker(*statement)).or_insert(next);
    }
    for (one, other) in same {
        let nodes = [*one, *other].map(|statement| node_of.get(&measure.speaker(statement)).copied());
        if let [Some(one), Some(other)] = nodes {
            node_of.values_mut().filter(|node| **node == other).for_each(|node| *node = one);
        }
    }
    let node = |statement: StatementIndex| node_of.get(&measure.speaker(statement)).copied().unwrap_or_default();
    let mut members: BTreeMap<u32, Vec<StatementIndex>> = BTreeMap::new();
    statements.iter().for_each(|statement| members.entry(node(*statement)).or_default().push(*statement));
    let nodes: Vec<u32> = members.keys().copied().collect();
    let speakers: Vec<Vec<StatementIndex>> = members
        .values()
        .map(|members| {
            let mut seen: Vec<StatementIndex> = Vec::new();
            for statement in members {
                if !seen.iter().any(|other| measure.speaker(*other) == measure.speaker(*statement)) {
                    seen.push(*statement);
                }
            }
            seen
        })
        .collect();
    let forbidden = [node(a), node(b)];
    let mut links: Vec<Link> = Vec::new();
    for (i, of_one) in speakers.iter().enumerate() {
        for (j, of_other) in speakers.iter().enumerate().skip(i + 1) {
            let pair = [nodes.get(i), nodes.get(j)].map(|node| node.copied().unwrap_or_default());
            if pair == forbidden || [pair[1], pair[0]] == forbidden {
                continue;
            }
            let scores = of_one.iter().flat_map(|one| of_other.iter().map(|other| measure.score(*one, *other)));
            let score = scores.fold(0.0, f64::max);
            if score >= threshold.floor() {
                links.push(Link { a: i as u32, b: j as u32, score });
            }
        }
    }
    let groups = linkage::groups(nodes.len(), &links, threshold.get(), Missing::Forbids);
    let members: Vec<Vec<StatementIndex>> = members.into_values().collect();
    let mut parts: Vec<Vec<StatementIndex>> = groups
        .into_iter()
        .map(|group| {
            let mut part: Vec<StatementIndex> =
                group.iter().filter_map(|node| members.get(*node as usize)).flatten().copied().collect();
            part.sort_unstable();
            part
        })
        .collect();
    // stable: the others stay in order
    order::by_key(&mut parts, |part| !part.contains(&a));
    parts
}
