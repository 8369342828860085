//! What is core of a core topic: which of its concepts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::counts::options;
use super::plan::{PathwayPlan, Plan, PlannedTopic};
use super::table::TopicTable;
use crate::concept::{ConceptIndex, Concepts};
use crate::derive::eligibility::{Eligibility, Standing};
use crate::derive::sharing::{Content, Group, GroupSharing, Joined, PathwaySharing, RouteSharing};
use crate::harmonise::linkage::{self, Link, Missing};
use crate::map::{Map, Occupation, Pathway, Statement};
use crate::order;

/// The mean score from which concepts of a topic make one element. How it was
/// chosen: see the room.
pub(in crate::derive) const ELEMENT: f64 = 0.3;

/// Joins so many nodes into groups by their links.
pub(in crate::derive) type Join = fn(usize, &[Link]) -> Vec<Vec<u32>>;

/// The groups by mean linkage, in which pairs without a link score 0.
pub(in crate::derive) fn joined(nodes: usize, links: &[Link]) -> Vec<Vec<u32>> {
    linkage::groups(nodes, links, ELEMENT, Missing::IsZero)
}

/// The units whose statements make up a core, and which of these count.
#[derive(Clone)]
pub(in crate::derive) enum Scope<'m> {
    /// The counting occupations of a branch, by the numbers of its statements.
    Branch(Range<u32>),
    /// The options of an occupation, by their ids. What the occupation has
    /// beside its options, all of them have.
    Options(Occupation<'m>, Vec<String>),
}

/// A unit of a scope: an occupation or the number of an option.
pub(in crate::derive) type UnitNumber = usize;

impl<'m> Scope<'m> {
    pub(in crate::derive) fn of(map: &'m Map, group: Group) -> Self {
        match group {
            Group::Cluster(cluster) => {
                let range = map.cluster_at(cluster).map_or(0..0, |cluster| {
                    let ranges = cluster.occupations().map(|o| o.statement_range());
                    let ranges: Vec<Range<u32>> = ranges.collect();
                    ranges.first().map_or(0, |r| r.start)..ranges.last().map_or(0, |r| r.end)
                });
                Scope::Branch(range)
            }
            Group::Options(occupation) => map.occupation_at(occupation).map_or(Scope::Branch(0..0), |occupation| {
                Scope::Options(occupation, options(occupation).into_iter().map(|(id, _)| id).collect())
            }),
        }
    }

    /// The numbers of its statements.
    pub(in crate::derive) fn range(&self) -> Range<u32> {
        match self {
            Scope::Branch(range) => range.clone(),
            Scope::Options(occupation, _) => occupation.statement_range(),
        }
    }

    /// The units that have a statement; none if it does not count.
    pub(in crate::derive) fn units(&self, eligibility: &Eligibility<'_>, statement: Statement<'m>) -> Vec<UnitNumber> {
        let occupation = statement.occupation();
        match self {
            Scope::Branch(_) => {
                let counts = statement.counts_for_sharing() && *eligibility.standing(occupation) == Standing::Eligible;
                if counts { vec![occupation.index().index()] } else { Vec::new() }
            }
            Scope::Options(of, options) if occupation == *of && statement.says_something() => {
                let own: Vec<&str> = statement.options().map(|option| option.id()).collect();
                let has = |id: &String| own.is_empty() || own.contains(&id.as_str());
                options.iter().enumerate().filter(|(_, id)| has(id)).map(|(number, _)| number).collect()
            }
            Scope::Options(..) => Vec::new(),
        }
    }
}

/// Decides the content of every core, and adds its concepts to the cores.
pub(in crate::derive) fn fill(
    (map, concepts): (&Map, &Concepts),
    table: &TopicTable<'_>,
    eligibility: &Eligibility<'_>,
    plan: &Plan,
    join: Join,
    sharings: &mut [RouteSharing],
) {
    let filler = Filler { map, concepts, table, eligibility, join };
    for ((route, plan), sharing) in map.routes().zip(&plan.routes).zip(sharings) {
        let scope = Scope::Branch(route.statement_range());
        sharing.contents = filler.contents(&plan.core, &scope, &|_| true);
        sharing.core = filler.core(&plan.core, &sharing.contents);
        sharing.left_core = plan.left_core;
        // what people decided for the whole route is in all its programmes
        let counted = plan.core.iter().zip(&sharing.contents).filter(|(planned, _)| !planned.decided);
        let single = single(counted.map(|(_, content)| content));
        for ((pathway, plan), own) in route.pathways().zip(&plan.pathways).zip(&mut sharing.pathways) {
            let is_listed = |c: ConceptIndex| {
                table.of_concept(c).is_none_or(|topic| plan.listed.binary_search(&topic).is_ok())
                    && (!single.contains(&c) || filler.is_of(pathway, c))
            };
            own.unlisted = sharing.core.iter().copied().filter(|c| !is_listed(*c)).collect();
            filler.pathway(pathway, plan, &sharing.core, own);
        }
    }
}

/// Completes the content of every core with what people put there concept by concept:
/// its topic may be in another core, or in none.
pub(in crate::derive) fn complete(
    (map, concepts): (&Map, &Concepts),
    table: &TopicTable<'_>,
    eligibility: &Eligibility<'_>,
    join: Join,
    sharings: &mut [RouteSharing],
) {
    let filler = Filler { map, concepts, table, eligibility, join };
    for (route, sharing) in map.routes().zip(sharings) {
        filler.complete(&mut sharing.contents, &sharing.core, &Scope::Branch(route.statement_range()));
        for (pathway, own) in route.pathways().zip(&mut sharing.pathways) {
            filler.complete(&mut own.contents, &own.core, &Scope::Branch(pathway.statement_range()));
        }
    }
}

fn concepts_of(contents: &[Content]) -> impl Iterator<Item = ConceptIndex> {
    contents.iter().flat_map(|content| &content.joined).flat_map(|joined| &joined.concepts).copied()
}

/// The concepts that no two units share, nor anything that overlaps them.
fn single<'c>(contents: impl Iterator<Item = &'c Content>) -> BTreeSet<ConceptIndex> {
    let joined = contents.flat_map(|content| &content.joined);
    joined.filter(|joined| joined.units < 2).flat_map(|joined| &joined.concepts).copied().collect()
}

struct Filler<'a> {
    map: &'a Map,
    concepts: &'a Concepts,
    table: &'a TopicTable<'a>,
    eligibility: &'a Eligibility<'a>,
    join: Join,
}

impl<'a> Filler<'a> {
    fn pathway(&self, pathway: Pathway<'a>, plan: &PathwayPlan, route_core: &[ConceptIndex], own: &mut PathwaySharing) {
        let unlisted = &own.unlisted;
        let is_route = |c: ConceptIndex| route_core.binary_search(&c).is_ok() && unlisted.binary_search(&c).is_err();
        let scope = Scope::Branch(pathway.statement_range());
        let contents = self.contents(&plan.core, &scope, &|c| !is_route(c));
        let core = self.core(&plan.core, &contents);
        let mut groups: Vec<GroupSharing> = Vec::new();
        for (group, topics) in &plan.groups {
            // an occupation with options may be in a cluster that is a group too
            let is_free = |c: ConceptIndex| {
                let above = |g: &GroupSharing| self.is_within(*group, g.group) && g.core.binary_search(&c).is_ok();
                !is_route(c) && core.binary_search(&c).is_err() && !groups.iter().any(above)
            };
            let contents = self.contents(topics, &Scope::of(self.map, *group), &is_free);
            groups.push(GroupSharing { group: *group, core: self.core(topics, &contents), contents });
        }
        own.dropped = plan.dropped.iter().flat_map(|topic| self.table.taught(*topic)).copied().collect();
        own.dropped.sort_unstable();
        (own.contents, own.core, own.groups) = (contents, core, groups);
    }

    /// Whether a counting occupation of the pathway has a concept.
    fn is_of(&self, pathway: Pathway<'a>, concept: ConceptIndex) -> bool {
        let scope = Scope::Branch(pathway.statement_range());
        !self.units(concept, &scope).is_empty()
    }

    /// The units of a scope that have a concept.
    fn units(&self, concept: ConceptIndex, scope: &Scope<'a>) -> BTreeSet<UnitNumber> {
        self.statements(concept, &scope.range()).flat_map(|s| scope.units(self.eligibility, s)).collect()
    }

    /// The statements of a concept within a range of the map.
    fn statements(&self, concept: ConceptIndex, range: &Range<u32>) -> impl Iterator<Item = Statement<'a>> {
        let members = self.concepts.get(concept).map_or(&[][..], |c| c.statements());
        let first = members.partition_point(|s| s.0 < range.start);
        let last = members.partition_point(|s| s.0 < range.end);
        members[first..last].iter().filter_map(|s| self.map.statement_at(*s))
    }

    /// Whether a group's units are units of another one.
    fn is_within(&self, group: Group, other: Group) -> bool {
        match group {
            Group::Options(occupation) => self.map.occupation_at(occupation).is_some_and(|o| other.has(o)),
            Group::Cluster(_) => group == other,
        }
    }

    fn contents(
        &self,
        topics: &[PlannedTopic],
        scope: &Scope<'a>,
        is_free: &dyn Fn(ConceptIndex) -> bool,
    ) -> Vec<Content> {
        topics.iter().map(|planned| self.content(*planned, scope, is_free)).collect()
    }

    /// The concepts of a topic that units of the scope have.
    fn content(&self, planned: PlannedTopic, scope: &Scope<'a>, is_free: &dyn Fn(ConceptIndex) -> bool) -> Content {
        let taught = || self.table.taught(planned.topic).iter().copied().filter(|c| is_free(*c));
        let mut had: Vec<(ConceptIndex, BTreeSet<UnitNumber>)> =
            taught().map(|c| (c, self.units(c, scope))).filter(|(_, units)| !units.is_empty()).collect();
        if had.is_empty() && planned.decided {
            // no statement counts: all that the programme serves
            let is_served = |s: Statement<'_>| self.eligibility.standing(s.occupation()).gets_specialism();
            let of_served = taught().filter(|c| self.statements(*c, &scope.range()).any(is_served));
            had = of_served.map(|c| (c, BTreeSet::new())).collect();
        }
        Content { topic: planned.topic, joined: self.joined(planned.topic, had) }
    }

    /// The concepts of a topic, and the units that have them, in groups that say the
    /// same or overlap.
    fn joined(&self, topic: usize, mut had: Vec<(ConceptIndex, BTreeSet<UnitNumber>)>) -> Vec<Joined> {
        // by their ids: the order of the map decides no tie
        order::by_key(&mut had, |(c, _)| self.concepts.get(*c).map(|c| c.id()));
        let places: BTreeMap<ConceptIndex, u32> = had.iter().zip(0..).map(|((c, _), place)| (*c, place)).collect();
        let links: Vec<Link> = (self.table.overlaps(topic).iter())
            .filter_map(|([a, b], score)| {
                let (a, b) = (*places.get(a)?, *places.get(b)?);
                (a != b).then_some(Link { a: a.min(b), b: a.max(b), score: *score })
            })
            .collect();
        let groups = (self.join)(had.len(), &links).into_iter().map(|group| {
            let members = || group.iter().map(|place| &had[*place as usize]);
            let mut concepts: Vec<ConceptIndex> = members().map(|(c, _)| *c).collect();
            concepts.sort_unstable();
            Joined { concepts, units: members().flat_map(|(_, units)| units).collect::<BTreeSet<_>>().len() }
        });
        groups.collect()
    }

    /// Adds to the content of a core what people put there beyond its topics.
    fn complete(&self, contents: &mut Vec<Content>, core: &[ConceptIndex], scope: &Scope<'a>) {
        let known: BTreeSet<ConceptIndex> = concepts_of(contents).collect();
        let mut added: BTreeMap<usize, Vec<(ConceptIndex, BTreeSet<UnitNumber>)>> = BTreeMap::new();
        for concept in core.iter().copied().filter(|c| !known.contains(c)) {
            let Some(topic) = self.table.of_concept(concept) else { continue };
            added.entry(topic).or_default().push((concept, self.units(concept, scope)));
        }
        for (topic, had) in added {
            let joined = self.joined(topic, had);
            match contents.iter_mut().find(|content| content.topic == topic) {
                Some(content) => content.joined.extend(joined),
                None => contents.push(Content { topic, joined }),
            }
        }
    }

    /// The concepts that are core, sorted: what two or more units have, and of
    /// general topics everything, for the panel to word. So of an occupational
    /// topic, too, if no two of its units have anything in common: a core topic
    /// is not empty.
    fn core(&self, topics: &[PlannedTopic], contents: &[Content]) -> Vec<ConceptIndex> {
        let mut core: Vec<ConceptIndex> = Vec::new();
        for (planned, content) in topics.iter().zip(contents) {
            let is_shared = |joined: &&Joined| joined.units >= 2;
            let all = planned.decided
                || self.table.is_general(planned.topic)
                || !content.joined.iter().any(|joined| is_shared(&joined));
            let parts = content.joined.iter().filter(|joined| all || is_shared(joined));
            core.extend(parts.flat_map(|joined| &joined.concepts));
        }
        core.sort_unstable();
        core
    }
}
