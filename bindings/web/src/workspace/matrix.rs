//! Topics by occupations, and the size of the core for each quorum.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tlevel::concept::Concepts;
use tlevel::derive::{Item, Programme, Quorum, Tier, derive_routes};
use tlevel::map::{Map, Occupation};
use tlevel::topics::is_enough;

use super::Workspace;
use super::overview::{core_size, programme};
use crate::{Answer, Failure, join, output};

/// Who has what in a pathway.
#[derive(Serialize)]
struct Matrix<'m> {
    /// `topic`, or `statement` if the policy shares statements.
    share: &'static str,
    /// How many occupations must have something for it to be the pathway's.
    need: usize,
    occupations: Vec<ColumnView<'m>>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct ColumnView<'m> {
    id: &'m str,
    title: &'m str,
    level: u8,
    /// How many statements it has that count.
    statements: usize,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    heading: String,
    /// `general` or `occupational`; the kind of a statement.
    nature: &'static str,
    /// `route`, `pathway`, `group`, `specialism` or `near`.
    tier: &'static str,
    /// How many of the pathway's occupations have it, of how many.
    holders: usize,
    of: usize,
    /// How strongly each occupation has it, from 0 (it does not) to 1.
    cells: Vec<f64>,
    /// How many statements of each are on it.
    count: Vec<usize>,
}

/// The size of the core if so many occupations must have a topic.
#[derive(Serialize)]
struct Point {
    needed: usize,
    of: usize,
    route: usize,
    pathway: usize,
}

impl Workspace {
    /// Which counting occupation of a pathway has which topic: the core in the order of
    /// the specification, then what is left to specialisms, then what is near a core. If
    /// the policy shares statements, the rows are items.
    ///
    /// A cell is 0 if the occupation does not have the topic. Otherwise it is the share of
    /// its statements that are on it, as a part of the largest share in the matrix.
    ///
    /// # Errors
    ///
    /// A pathway that the map does not have, or that has no programme.
    pub fn matrix(&mut self, pathway: &str) -> Answer<String> {
        let (id, policy) = (self.pathway_id(pathway)?, self.policy());
        let programme = programme(self.of_route(&id)?, &id)?.clone();
        let counting = programme.counting.iter().filter_map(|occupation| self.map.occupation(&occupation.id));
        let counting: Vec<Occupation<'_>> = counting.collect();
        let by_topic = policy.share_of(self.concepts()) == tlevel::derive::Share::Topic;
        let rows = if by_topic {
            topics(&self.map, self.concepts(), &counting, &programme)
        } else {
            statements(&counting, &programme)
        };
        let column = |occupation: &Occupation<'_>| occupation.statements().filter(|s| s.counts_for_sharing()).count();
        output::line(&Matrix {
            share: if by_topic { "topic" } else { "statement" },
            need: policy.pathway_quorum.need(counting.len()).max(policy.min_sharers),
            occupations: (counting.iter())
                .map(|occupation| ColumnView {
                    id: occupation.id(),
                    title: occupation.title(),
                    level: occupation.level().number(),
                    statements: column(occupation),
                })
                .collect(),
            rows,
        })
    }

    /// The size of a pathway's core for each number of its occupations that may be
    /// required, with the route's quorum and the decisions as they are.
    ///
    /// # Errors
    ///
    /// A pathway that the map does not have, or that has no programme.
    pub fn curve(&mut self, pathway: &str) -> Answer<String> {
        let id = self.pathway_id(pathway)?;
        let of = programme(self.of_route(&id)?, &id)?.counting.len();
        let route = self.map.find_pathway(&id).map_err(Failure::new)?.route().index();
        let mut policy = self.policy();
        let mut points = Vec::with_capacity(of);
        for needed in 1..=of {
            policy.pathway_quorum = Quorum::new(needed as u64, of as u64).map_err(Failure::new)?;
            let derivation = match self.decisions() {
                // what people decide about one programme may change any
                Some(decisions) => join::decided(&self.map, self.concepts(), &policy, Some(decisions), &[])?.derivation,
                None => derive_routes(&self.map, self.concepts(), &policy, &[route]).map_err(Failure::new)?,
            };
            let size = core_size(programme(&derivation, &id)?);
            points.push(Point { needed, of, route: size.route, pathway: size.pathway });
        }
        output::line(&points)
    }
}

/// How many counting statements of each occupation are on each topic, by the topic's
/// number.
fn counted(map: &Map, concepts: &Concepts, counting: &[Occupation<'_>]) -> BTreeMap<usize, Vec<usize>> {
    let columns: BTreeMap<usize, usize> =
        counting.iter().enumerate().map(|(column, occupation)| (occupation.index().index(), column)).collect();
    let mut counted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, topic) in concepts.topics().iter().enumerate() {
        let mut last = None;
        for of in &topic.statements {
            let is_new = last.replace(of.statement) != Some(of.statement);
            let Some(statement) = map.statement_at(of.statement).filter(|s| is_new && s.counts_for_sharing()) else {
                continue;
            };
            if let Some(column) = columns.get(&statement.occupation().index().index()) {
                counted.entry(number).or_insert_with(|| vec![0; counting.len()])[*column] += 1;
            }
        }
    }
    counted
}

/// A row for each topic.
fn topics(map: &Map, concepts: &Concepts, counting: &[Occupation<'_>], programme: &Programme) -> Vec<RowView> {
    let counted = counted(map, concepts, counting);
    let of: Vec<usize> = counting.iter().map(|o| o.statements().filter(|s| s.counts_for_sharing()).count()).collect();
    let row = |number: usize, tier: &'static str| -> Option<RowView> {
        let topic = concepts.topics().get(number)?;
        let count = counted.get(&number).cloned().unwrap_or_else(|| vec![0; counting.len()]);
        let has = |(n, of): (&usize, &usize)| *n > 0 && is_enough(topic.nature, *n, *of);
        let shares = count.iter().zip(&of).map(|(n, of)| if has((n, of)) { *n as f64 / *of as f64 } else { 0.0 });
        Some(RowView {
            id: topic.id.clone(),
            heading: topic.heading.clone(),
            nature: topic.nature.name(),
            tier,
            holders: count.iter().zip(&of).filter(|of| has(*of)).count(),
            of: counting.len(),
            cells: shares.collect(),
            count,
        })
    };
    let number = |id: &str| concepts.topics().iter().position(|topic| topic.id == id);
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut rows: Vec<RowView> = Vec::new();
    for topic in &programme.topics {
        let tier = match topic.tier {
            Tier::Route => "route",
            Tier::Pathway => "pathway",
            _ => "group",
        };
        rows.extend(number(&topic.id).filter(|number| seen.insert(*number)).and_then(|number| row(number, tier)));
    }
    let mut near: Vec<RowView> = Vec::new();
    for topic in &programme.near_topics {
        near.extend(number(&topic.id).filter(|number| seen.insert(*number)).and_then(|number| row(number, "near")));
    }
    let mut rest: Vec<RowView> = counted
        .keys()
        .filter(|number| !seen.contains(number))
        .filter_map(|number| row(*number, "specialism"))
        .collect();
    rest.retain(|row| row.holders > 0);
    // stable: then in the order of the vocabulary
    rest.sort_by_key(|row| (row.nature != "general", std::cmp::Reverse(row.holders)));
    rows.extend(rest);
    rows.extend(near);
    let most = rows.iter().flat_map(|row| &row.cells).copied().fold(0.0, f64::max);
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        // three digits are more than a shade shows
        *cell = if most > 0.0 { (*cell / most * 1_000.0).ceil() / 1_000.0 } else { 0.0 };
    }
    rows
}

/// A row for each item.
fn statements(counting: &[Occupation<'_>], programme: &Programme) -> Vec<RowView> {
    let row = |item: &Item, tier: &'static str| {
        let own = |id: &str| item.statements.iter().filter(|statement| statement.occupation == id).count();
        let count: Vec<usize> = counting.iter().map(|occupation| own(occupation.id())).collect();
        RowView {
            id: item.concept.to_string(),
            heading: item.label.clone().unwrap_or_else(|| item.text.clone()),
            nature: item.kind.name(),
            tier,
            holders: count.iter().filter(|n| **n > 0).count(),
            of: counting.len(),
            cells: count.iter().map(|n| if *n > 0 { 1.0 } else { 0.0 }).collect(),
            count,
        }
    };
    let near: BTreeSet<&str> = programme.near_misses.iter().map(|miss| &*miss.concept).collect();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows: Vec<RowView> = Vec::new();
    for (item, tier) in programme.items() {
        let tier = match tier {
            Tier::Route => "route",
            Tier::Pathway => "pathway",
            Tier::Group => "group",
            _ if near.contains(&*item.concept) => "near",
            _ => "specialism",
        };
        let row = row(item, tier);
        // what several specialisms have is one row
        match at.get(&row.id) {
            Some(i) => {
                let known: &mut RowView = &mut rows[*i];
                for (column, n) in row.count.iter().enumerate() {
                    if known.count[column] == 0 && *n > 0 {
                        (known.count[column], known.cells[column]) = (*n, 1.0);
                        known.holders += 1;
                    }
                }
            }
            None => {
                at.insert(row.id.clone(), rows.len());
                rows.push(row);
            }
        }
    }
    rows.sort_by_key(|row| row.tier == "near");
    rows
}
