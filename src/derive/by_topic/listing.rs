//! The core of a programme by topics: elements, sources and what is left.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::content::Scope;
use super::counts::{UnitTopics, have, options};
use super::plan::{ByTopic, PlannedTopic};
use crate::concept::ConceptIndex;
use crate::derive::item::{Item, Support, Tier};
use crate::derive::outcome::{Counted, Outcome};
use crate::derive::sharing::{Content, Group};
use crate::derive::topic::{CoreTopic, Element, GroupCore, JoinedConcept, ScoredStatement, TopicHolder};
use crate::map::{BranchName, Occupation, Statement};
use crate::order;
use crate::topics::chance;

/// One of a programme's cores.
pub(in crate::derive) struct Part<'p, 'm> {
    outcome: &'p Outcome<'m>,
    by_topic: &'p ByTopic<'m>,
    counted: &'p Counted<'p, 'm>,
    tier: Tier,
    group: Option<Group>,
    scope: Scope<'m>,
    /// How many units count.
    units: usize,
    /// The core's concepts, sorted.
    core: Vec<ConceptIndex>,
    planned: Vec<PlannedTopic>,
    contents: &'p [Content],
    /// What people decided, concept by concept; sorted.
    decided: &'p [ConceptIndex],
    /// How many units have each topic.
    have: &'p [(usize, usize)],
}

/// The cores of a programme: the route's, the pathway's, those of groups. None
/// if statements are shared.
pub(in crate::derive) fn parts<'p, 'm>(outcome: &'p Outcome<'m>, counted: &'p Counted<'p, 'm>) -> Vec<Part<'p, 'm>> {
    let Some(by_topic) = &outcome.by_topic else { return Vec::new() };
    let (route, pathway) = (counted.route, counted.pathway);
    let (Some(plan), Some(counts)) = (by_topic.plan.of_route(route), by_topic.counts.of_route(route)) else {
        return Vec::new();
    };
    let (Some(own_plan), Some(own)) = (by_topic.plan.of_pathway(pathway), by_topic.counts.of_pathway(pathway)) else {
        return Vec::new();
    };
    let (of_route, of_pathway) = (counted.route_sharing, counted.pathway_sharing);
    let listed = |planned: &&PlannedTopic| own_plan.listed.binary_search(&planned.topic).is_ok();
    let mut parts = vec![
        Part {
            outcome,
            by_topic,
            counted,
            tier: Tier::Route,
            group: None,
            scope: Scope::Branch(route.statement_range()),
            units: counts.counting,
            core: counted.route_core().collect(),
            planned: plan.core.iter().filter(listed).copied().collect(),
            contents: &of_route.contents,
            decided: &of_route.decided,
            have: &counts.have,
        },
        Part {
            outcome,
            by_topic,
            counted,
            tier: Tier::Pathway,
            group: None,
            scope: Scope::Branch(pathway.statement_range()),
            units: own.counting.len(),
            core: of_pathway.core.clone(),
            planned: own_plan.core.clone(),
            contents: &of_pathway.contents,
            decided: &of_pathway.decided,
            have: &own.have,
        },
    ];
    for (((group, planned), sharing), own) in own_plan.groups.iter().zip(&of_pathway.groups).zip(&own.groups) {
        parts.push(Part {
            outcome,
            by_topic,
            counted,
            tier: Tier::Group,
            group: Some(*group),
            scope: Scope::of(outcome.map, *group),
            units: own.counting,
            core: sharing.core.clone(),
            planned: planned.clone(),
            contents: &sharing.contents,
            decided: &of_pathway.decided,
            have: &own.shared,
        });
    }
    parts
}

impl<'m> Part<'_, 'm> {
    /// Its topics: the general ones first, then those that most units have.
    pub(in crate::derive) fn topics(&self) -> Vec<CoreTopic> {
        let table = &self.by_topic.table;
        let mut core: BTreeMap<usize, Vec<ConceptIndex>> =
            self.planned.iter().map(|planned| (planned.topic, Vec::new())).collect();
        for &concept in &self.core {
            // people may have put a concept here whose topic is not
            if let Some(topic) = table.of_concept(concept) {
                core.entry(topic).or_default().push(concept);
            }
        }
        let mut topics: Vec<usize> = core.keys().copied().collect();
        order::by_key(&mut topics, |topic| (!table.is_general(*topic), Reverse(have(self.have, *topic))));
        topics.into_iter().map(|topic| self.topic(topic, core.get(&topic).map_or(&[], Vec::as_slice))).collect()
    }

    fn topic(&self, number: usize, core: &[ConceptIndex]) -> CoreTopic {
        let (table, counts) = (&self.by_topic.table, &self.by_topic.counts);
        let topic = table.topic(number);
        let planned = self.planned.iter().find(|planned| planned.topic == number);
        let scores: BTreeMap<[ConceptIndex; 2], f64> = table.overlaps(number).iter().copied().collect();
        let mut elements: Vec<(u32, Element)> = Vec::new();
        let mut single: BTreeSet<ConceptIndex> = core.iter().copied().collect();
        let mut left: Vec<ConceptIndex> = Vec::new();
        for joined in self.contents.iter().filter(|c| c.topic == number).flat_map(|c| &c.joined) {
            let (kept, rest): (Vec<ConceptIndex>, Vec<ConceptIndex>) =
                joined.concepts.iter().partition(|c| core.binary_search(c).is_ok());
            left.extend(rest);
            let units = self.units_of(&kept);
            if units >= 2 || kept.iter().any(|c| self.is_decided(*c)) {
                kept.iter().for_each(|c| {
                    single.remove(c);
                });
                let first = kept.iter().flat_map(|c| self.statements(*c)).map(|s| s.index().0).min();
                elements.push((first.unwrap_or(0), self.element(&kept, units, &scores)));
            }
        }
        order::by_key(&mut elements, |(first, element)| {
            (Reverse(element.item.support.have), element.item.kind, *first)
        });
        let support = Support { have: have(self.have, number), of: self.units };
        let usual = Support { have: counts.usual.get(number).copied().unwrap_or(0), of: counts.counting };
        CoreTopic {
            id: topic.id.clone(),
            heading: topic.heading.clone(),
            source: topic.source,
            tier: self.tier,
            group: self.group.map(|group| self.group_name(group)),
            nature: topic.nature,
            support,
            holders: self.holders(number),
            usual,
            chance: chance::at_least(usual.of, usual.have, support.of, support.have),
            decided: planned.is_none_or(|planned| planned.decided),
            elements: elements.into_iter().map(|(_, element)| element).collect(),
            sources: self.scored(number, single.into_iter().flat_map(|c| self.statements(c)).collect()),
            left: self.left(number, &left),
        }
    }

    /// Whether people decided that a core concept is an element.
    fn is_decided(&self, concept: ConceptIndex) -> bool {
        let elements = &self.counted.pathway_sharing.elements;
        [self.decided, elements].iter().any(|decided| decided.binary_search(&concept).is_ok())
    }

    /// The concepts of an element under the most central one.
    fn element(&self, concepts: &[ConceptIndex], units: usize, scores: &BTreeMap<[ConceptIndex; 2], f64>) -> Element {
        // by their ids: the order of the map decides no tie
        let mut concepts = concepts.to_vec();
        order::by_key(&mut concepts, |c| self.outcome.concepts.get(*c).map(|c| c.id()));
        let score = |a: ConceptIndex, b: ConceptIndex| scores.get(&[a.min(b), a.max(b)]).copied().unwrap_or(0.0);
        let others = |c: ConceptIndex| concepts.iter().copied().filter(move |o| *o != c);
        let sum = |c: ConceptIndex| others(c).map(|other| score(c, other)).sum::<f64>();
        let wording = |c: ConceptIndex| self.outcome.wording(c, self.statements(c).into_iter());
        // ties: what more units have, then the shorter wording, then alphabetically
        let central = concepts[1..].iter().copied().fold(concepts[0], |best, next| {
            let (one, other) = (wording(next), wording(best));
            let better = (sum(next).total_cmp(&sum(best)))
                .then_with(|| self.units_of(&[next]).cmp(&self.units_of(&[best])))
                .then_with(|| (other.chars().count(), other).cmp(&(one.chars().count(), one)));
            if better.is_gt() { next } else { best }
        });
        let mut joined: Vec<JoinedConcept> = (others(central))
            .map(|c| JoinedConcept {
                concept: self.outcome.name(c).0,
                text: wording(c),
                score: others(c).map(|other| score(c, other)).fold(0.0, f64::max),
            })
            .collect();
        order::by(&mut joined, |a, b| b.score.total_cmp(&a.score));
        let mut statements: Vec<Statement<'m>> = concepts.iter().flat_map(|c| self.statements(*c)).collect();
        order::by_key(&mut statements, |s| s.index());
        statements.dedup_by_key(|s| s.index());
        let text = wording(central);
        let support = Support { have: units, of: self.units };
        Element { item: self.outcome.item(central, support, statements.into_iter(), text, Vec::new), joined }
    }

    /// The statements behind a core concept.
    fn statements(&self, concept: ConceptIndex) -> Vec<Statement<'m>> {
        match &self.scope {
            Scope::Branch(range) => self.outcome.core_statements(concept, range.clone()).collect(),
            Scope::Options(occupation, _) => (self.outcome)
                .statements_in(concept, occupation.statement_range())
                .filter(|s| s.says_something())
                .collect(),
        }
    }

    /// How many counting units have any of these concepts.
    fn units_of(&self, concepts: &[ConceptIndex]) -> usize {
        let statements = concepts.iter().flat_map(|c| self.outcome.statements_in(*c, self.scope.range()));
        statements.flat_map(|s| self.scope.units(&self.outcome.eligibility, s)).collect::<BTreeSet<_>>().len()
    }

    /// Statements with the score of a topic, the surest first.
    fn scored(&self, topic: usize, mut statements: Vec<Statement<'m>>) -> Vec<ScoredStatement> {
        let score = |s: &Statement<'_>| self.by_topic.table.score(s.index(), topic);
        order::by(&mut statements, |a, b| score(b).total_cmp(&score(a)).then(a.index().cmp(&b.index())));
        statements.dedup_by_key(|s| s.index());
        let scored = statements.into_iter().map(|s| ScoredStatement {
            occupation: s.occupation().id().into(),
            statement: s.id().into(),
            text: s.text().to_owned(),
            score: score(&s),
        });
        scored.collect()
    }

    /// The counting statements of the pathway behind concepts that are in none
    /// of its cores.
    fn left(&self, topic: usize, concepts: &[ConceptIndex]) -> Vec<ScoredStatement> {
        let is_special = |c: &ConceptIndex, s: &Statement<'m>| {
            !self.counted.is_core_of(*c, s.occupation()) && !self.counted.pathway_sharing.is_dropped(*c)
        };
        let within = self.counted.pathway.statement_range();
        let statements = concepts.iter().flat_map(|c| {
            let of_pathway = self.statements(*c).into_iter().filter(|s| within.contains(&s.index().0));
            of_pathway.filter(|s| is_special(c, s))
        });
        self.scored(topic, statements.collect())
    }

    fn group_name(&self, group: Group) -> BranchName {
        let map = self.outcome.map;
        let (id, name) = match group {
            Group::Cluster(cluster) => map.cluster_at(cluster).map(|c| (c.id(), c.name())),
            Group::Options(occupation) => map.occupation_at(occupation).map(|o| (o.id(), o.title())),
        }
        .unwrap_or_default();
        BranchName { id: id.to_owned(), name: name.to_owned() }
    }

    /// The units with statements on a topic.
    fn holders(&self, topic: usize) -> Vec<TopicHolder> {
        match &self.scope {
            Scope::Branch(_) => {
                let (route, pathway) = (self.counted.route, self.counted.pathway);
                let occupations: Vec<Occupation<'m>> = match self.tier {
                    Tier::Route => route.pathways().flat_map(|p| p.occupations()).collect(),
                    _ => pathway.occupations().filter(|o| self.group.is_none_or(|group| group.has(*o))).collect(),
                };
                holders(self.by_topic, topic, occupations.into_iter())
            }
            Scope::Options(occupation, _) => (options(*occupation).into_iter())
                .filter_map(|(option, own)| {
                    let unit = UnitTopics::new(&self.by_topic.table, own.into_iter());
                    holder(topic, occupation.id(), Some(option), &unit)
                })
                .collect(),
        }
    }

    /// A group's core, concept by concept.
    pub(in crate::derive) fn group_core(&self) -> Option<GroupCore> {
        let group = self.group?;
        if self.planned.is_empty() && self.core.is_empty() {
            return None;
        }
        let served = (self.counted.pathway.occupations())
            .filter(|o| group.has(*o) && self.outcome.eligibility.standing(*o).gets_specialism());
        let options = match &self.scope {
            Scope::Options(occupation, _) => occupation.options().map(|option| option.id().to_owned()).collect(),
            Scope::Branch(_) => Vec::new(),
        };
        let item = |concept: ConceptIndex| -> Item {
            let support = Support { have: self.units_of(&[concept]), of: self.units };
            let statements = self.statements(concept);
            let text = self.outcome.wording(concept, statements.iter().copied());
            self.outcome.item(concept, support, statements.into_iter(), text, || self.counted.also_in(concept))
        };
        Some(GroupCore {
            group: self.group_name(group),
            occupations: served.map(|o| o.id().to_owned()).collect(),
            options,
            content: self.outcome.in_order(&self.core, &self.scope.range()).map(item).collect(),
        })
    }
}

/// The occupations with counting statements on a topic.
pub(in crate::derive) fn holders<'m>(
    by_topic: &ByTopic<'_>,
    topic: usize,
    occupations: impl Iterator<Item = Occupation<'m>>,
) -> Vec<TopicHolder> {
    let holder = |o: Occupation<'_>| {
        by_topic.counts.occupations.get(o.index().index()).and_then(|unit| holder(topic, o.id(), None, unit))
    };
    occupations.filter_map(holder).collect()
}

fn holder(topic: usize, occupation: &str, option: Option<String>, unit: &UnitTopics) -> Option<TopicHolder> {
    let on = unit.on(topic)?;
    Some(TopicHolder { occupation: occupation.to_owned(), option, statements: on.statements, of: unit.of, has: on.has })
}
