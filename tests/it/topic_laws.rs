//! The laws of derivation by topic, over generated maps with generated topics.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tlevel::concept::{Concept, Concepts, Nature, Overlap, Topic, TopicStatement};
use tlevel::derive::{
    CoreTopic, Derivation, Item, Programme, Quorum, ScoredStatement, Share, Tier, Tiers, derive_routes, derive_with,
    reference,
};
use tlevel::map::{Map, Occupation, PathwayIndex, SharedText, Statement, StatementRef, Unit};
use tlevel::read::RawMap;
use tlevel::topics::is_enough;

use crate::generated::{self, turned};
use crate::laws::counts;

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).expect("a generated map has a route").map
}

/// Topics that do not depend on the order of rows: a statement's topics follow
/// from its code, a concept's topic and its overlaps from its id.
#[derive(Clone, Debug)]
struct Topics {
    natures: Vec<Nature>,
    /// The topics of a statement, by the number of its code.
    of_statement: Vec<Vec<usize>>,
    /// The topic of a concept, by the number of its id.
    of_concept: Vec<Option<usize>>,
    /// The score of two concepts in sixteenths, by the number of both ids.
    overlaps: Vec<u8>,
}

fn topics() -> impl Strategy<Value = Topics> {
    let nature = prop_oneof![Just(Nature::General), Just(Nature::Occupational)];
    vec(nature, 1..5).prop_flat_map(|natures| {
        let n = natures.len();
        (
            Just(natures),
            vec(vec(0..n, 0..3), 1..8),
            vec(prop_oneof![4 => (0..n).prop_map(Some), 1 => Just(None)], 1..8),
            vec(0_u8..12, 1..20),
        )
            .prop_map(|(natures, of_statement, of_concept, overlaps)| Topics {
                natures,
                of_statement,
                of_concept,
                overlaps,
            })
    })
}

/// A number that depends on the letters alone.
fn number(text: &str) -> usize {
    text.bytes().fold(7, |sum, byte| (sum * 31 + usize::from(byte)) % 1_000_003)
}

impl Topics {
    fn onto(&self, map: &Map) -> Concepts {
        let concepts = Concepts::exact(map);
        let mut topics: Vec<Topic> = Vec::new();
        for (i, nature) in self.natures.iter().enumerate() {
            let is_on = |s: &Statement<'_>| {
                let code = number(&format!("{} {}", s.occupation().id(), s.id()));
                self.of_statement[code % self.of_statement.len()].contains(&i)
            };
            let statements = map.statements().filter(is_on).map(|s| TopicStatement::new(s.index(), 0.5));
            let is_taught = |c: &Concept<'_>| self.of_concept[number(c.id()) % self.of_concept.len()] == Some(i);
            let taught = concepts.iter().filter(is_taught).map(|c| c.index());
            let topic = Topic::new(format!("t{i}"), format!("Topic {i}")).with_nature(*nature);
            topics.push(topic.with_statements(statements.collect()).with_concepts(taught.collect()));
        }
        let mut overlaps = Vec::new();
        for a in concepts.iter() {
            for b in concepts.iter().filter(|b| b.index() > a.index() && b.kind() == a.kind()) {
                let sixteenths = self.overlaps[(number(a.id()) + number(b.id())) % self.overlaps.len()];
                if sixteenths > 3 {
                    overlaps.push(Overlap::new([a.index(), b.index()], f64::from(sixteenths) / 16.0));
                }
            }
        }
        concepts.with_topics(topics).with_overlaps(overlaps)
    }
}

/// A decision: the pathway and topic by their numbers, and the tier; `None`
/// means dropped.
type Decided = (usize, usize, Option<Tier>);

fn decisions() -> impl Strategy<Value = Vec<Decided>> {
    let tier = prop_oneof![
        2 => Just(Some(Tier::Route)),
        2 => Just(Some(Tier::Pathway)),
        1 => Just(Some(Tier::Group)),
        2 => Just(Some(Tier::Specialism)),
        2 => Just(None),
    ];
    vec((0..6_usize, 0..5_usize, tier), 0..4)
}

fn pathway_at(map: &Map, number: usize) -> Option<PathwayIndex> {
    map.pathways().nth(number % map.pathways().len().max(1)).map(|p| p.index())
}

fn tiers(map: &Map, decided: &[Decided]) -> Tiers {
    let mut tiers = Tiers::default();
    for (pathway, topic, tier) in decided {
        if let Some(pathway) = pathway_at(map, *pathway) {
            match tier {
                Some(tier) => tiers.set_topic(pathway, format!("t{topic}"), *tier),
                None => tiers.remove_topic(pathway, format!("t{topic}")),
            }
        }
    }
    tiers
}

type Code = (SharedText, SharedText);

fn codes(statements: &[StatementRef]) -> impl Iterator<Item = Code> + '_ {
    statements.iter().map(|s| (s.occupation.clone(), s.statement.clone()))
}

fn scored(statements: &[ScoredStatement]) -> impl Iterator<Item = Code> + '_ {
    statements.iter().map(|s| (s.occupation.clone(), s.statement.clone()))
}

fn is_in(items: &[Item], concept: &str) -> bool {
    items.iter().any(|item| item.concept == concept)
}

/// The only concept of a statement; `None` if it says nothing.
fn concept_of<'c>(statement: Statement<'_>, concepts: &'c Concepts) -> Option<Concept<'c>> {
    concepts.of(statement.index()).first().and_then(|c| concepts.get(*c))
}

/// Where a unit finds a concept: the names of the parts of its programme.
fn places(programme: &Programme, unit: Unit<'_>, concept: &str) -> Vec<String> {
    let mut places = Vec::new();
    if is_in(&programme.route_core, concept) {
        places.push("route core".to_owned());
    }
    if is_in(&programme.pathway_core, concept) {
        places.push("pathway core".to_owned());
    }
    let occupation = unit.occupation().id().to_owned();
    for group in programme.group_core.iter().filter(|g| g.occupations.contains(&occupation)) {
        if is_in(&group.content, concept) {
            places.push(format!("core of {}", group.group.id));
        }
    }
    let option = unit.option().map(|o| o.id());
    for special in programme.specialisms.iter().filter(|s| s.occupations.contains(&occupation)) {
        let is_of_unit = |of: Option<&str>| of == option;
        let add = special.adds.iter().find(|a| a.occupation == occupation && is_of_unit(a.option.as_deref()));
        let is_own = add.is_some() || (special.adds.is_empty() && is_of_unit(special.option.as_deref()));
        if is_own && (is_in(&special.content, concept) || add.is_some_and(|add| is_in(&add.content, concept))) {
            places.push(format!("specialism {}", special.title));
        }
    }
    places
}

fn core_ids(programme: &Programme) -> BTreeSet<&str> {
    let in_core = |topic: &&CoreTopic| topic.tier != Tier::Group;
    programme.topics.iter().filter(in_core).map(|topic| topic.id.as_str()).collect()
}

/// The topics that occupations have, straight from the map and the policy.
fn had<'m>(occupation: Occupation<'m>, concepts: &Concepts) -> BTreeSet<String> {
    let own: Vec<Statement<'m>> = occupation.statements().filter(|s| counts(*s)).collect();
    let has = |topic: &&Topic| {
        let on = own.iter().filter(|s| topic.statements.iter().any(|t| t.statement == s.index())).count();
        on > 0 && is_enough(topic.nature, on, own.len())
    };
    concepts.topics().iter().filter(has).map(|topic| topic.id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_fast_way_equals_the_reference(
        raw in generated::map(), topics in topics(), policy in generated::policy(), decided in decisions()
    ) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let tiers = tiers(&map, &decided);
        let fast = derive_with(&map, &concepts, &policy, &tiers).unwrap();
        prop_assert_eq!(fast, reference::derive_with(&map, &concepts, &policy, &tiers).unwrap());
    }

    #[test]
    fn every_statement_of_a_unit_is_in_one_part(
        raw in generated::map(), topics in topics(), policy in generated::policy(), decided in decisions()
    ) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let derivation = derive_with(&map, &concepts, &policy, &tiers(&map, &decided)).unwrap();
        for programme in &derivation.programmes {
            let pathway = map.pathway(&programme.pathway.id).unwrap();
            let dropped: BTreeSet<String> = (decided.iter())
                .filter(|(p, _, _)| pathway_at(&map, *p) == Some(pathway.index()))
                .map(|(_, topic, _)| format!("t{topic}"))
                .collect();
            let served: BTreeSet<&String> = programme.specialisms.iter().flat_map(|s| &s.occupations).collect();
            for unit in pathway.occupations().filter(|o| served.contains(&o.id().to_owned())).flat_map(|o| o.units()) {
                for statement in unit.statements() {
                    let Some(concept) = concept_of(statement, &concepts) else { continue };
                    let places = places(programme, unit, concept.id());
                    let topic = concepts.topics().iter().find(|t| t.concepts.contains(&concept.index()));
                    // what was dropped is nowhere; what was not is somewhere
                    let may_be_dropped = topic.is_some_and(|topic| dropped.contains(&topic.id));
                    prop_assert!(places.len() == 1 || (places.is_empty() && may_be_dropped), "{:?}", places);
                }
            }
        }
    }

    #[test]
    fn topics_show_what_the_core_holds(raw in generated::map(), topics in topics(), policy in generated::policy()) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
        for programme in &derivation.programmes {
            prop_assert!(programme.near_misses.is_empty());
            let pathway = map.pathways().find(|p| p.id() == programme.pathway.id).unwrap();
            let own: BTreeSet<&str> = pathway.occupations().map(|o| o.id()).collect();
            let mut parts: Vec<(Tier, Option<&str>, &[Item])> = vec![
                (Tier::Route, None, &programme.route_core),
                (Tier::Pathway, None, &programme.pathway_core),
            ];
            parts.extend(programme.group_core.iter().map(|g| (Tier::Group, Some(&*g.group.id), &*g.content)));
            for (tier, group, items) in parts {
                let flat: BTreeSet<Code> = items.iter().flat_map(|item| codes(&item.statements)).collect();
                let of_part = |t: &&CoreTopic| t.tier == tier && t.group.as_ref().map(|g| &*g.id) == group;
                let mut listed: Vec<Code> = Vec::new();
                for topic in programme.topics.iter().filter(of_part) {
                    listed.extend(topic.elements.iter().flat_map(|e| codes(&e.item.statements)));
                    listed.extend(scored(&topic.sources));
                    // no programme asks its panel to word what only another pathway has
                    prop_assert!(topic.sources.iter().all(|source| own.contains(&*source.occupation)));
                    for element in &topic.elements {
                        let occupations: BTreeSet<&SharedText> =
                            element.item.statements.iter().map(|s| &s.occupation).collect();
                        prop_assert!(element.item.support.have >= 2 && element.item.support.have <= topic.support.of);
                        prop_assert!(group.is_some() || occupations.len() == element.item.support.have);
                        prop_assert!(element.joined.iter().all(|joined| is_in(items, &joined.concept)));
                        prop_assert_eq!(element.item.topic.as_ref().map(|t| t.id.as_str()), Some(topic.id.as_str()));
                    }
                    // what one unit has is for the panel, or left: by the nature of the topic
                    prop_assert!(topic.sources.is_empty() || topic.left.is_empty());
                    let may_have_sources = topic.nature == Nature::General || topic.elements.is_empty();
                    prop_assert!(topic.sources.is_empty() || may_have_sources);
                    prop_assert!(topic.left.is_empty() || !may_have_sources);
                }
                let listed_once: BTreeSet<Code> = listed.iter().cloned().collect();
                prop_assert_eq!(listed_once.len(), listed.len());
                prop_assert_eq!(listed_once, flat);
            }
            // what is left is in a specialism, under this heading
            for topic in &programme.topics {
                for left in &topic.left {
                    let special = programme.specialisms.iter().filter(|s| s.occupations.iter().any(|o| *o == left.occupation));
                    let mut items = special.flat_map(|s| s.items());
                    let has = |item: &Item| codes(&item.statements).any(|c| c == (left.occupation.clone(), left.statement.clone()));
                    prop_assert!(items.any(|item| has(item) && item.topic.as_ref().is_some_and(|t| t.id == topic.id)));
                }
            }
        }
    }

    #[test]
    fn cores_are_those_of_the_definition(raw in generated::map(), topics in topics(), policy in generated::policy()) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
        let counting: BTreeMap<&str, BTreeSet<&str>> = (derivation.programmes.iter())
            .map(|p| (&*p.pathway.id, p.counting.iter().map(|o| &*o.id).collect()))
            .collect();
        let all: Vec<BTreeSet<String>> = (counting.values().flatten())
            .map(|id| had(map.occupation(id).unwrap(), &concepts))
            .collect();
        for programme in &derivation.programmes {
            let route = map.route(&programme.route.id).unwrap();
            let of = |pathway: &str| -> Vec<BTreeSet<String>> {
                let ids = counting.get(pathway).into_iter().flatten();
                ids.map(|id| had(map.occupation(id).unwrap(), &concepts)).collect()
            };
            let have = |units: &[BTreeSet<String>], topic: &str| units.iter().filter(|u| u.contains(topic)).count();
            let siblings: Vec<Vec<BTreeSet<String>>> =
                route.pathways().map(|p| of(p.id())).filter(|units| !units.is_empty()).collect();
            let here = of(&programme.pathway.id);
            let holds = |units: &[BTreeSet<String>], topic: &str| {
                have(units, topic) >= policy.pathway_quorum.need(units.len())
            };
            for topic in concepts.topics() {
                let id = &*topic.id;
                let holding = siblings.iter().filter(|units| holds(units, id)).count();
                let in_route: usize = siblings.iter().map(|units| have(units, id)).sum();
                let is_route = siblings.len() >= 2
                    && holding >= policy.route_quorum.need(siblings.len()).max(policy.min_pathways)
                    && in_route >= policy.min_sharers;
                let listed = is_route && have(&here, id) > 0;
                let is_pathway = !listed && !here.is_empty() && holds(&here, id) && have(&here, id) >= policy.min_sharers;
                let found = |tier: Tier| programme.topics.iter().find(|t| t.id == id && t.tier == tier);
                prop_assert_eq!((found(Tier::Route).is_some(), found(Tier::Pathway).is_some()), (listed, is_pathway));
                for (tier, units) in [(Tier::Route, siblings.concat()), (Tier::Pathway, here.clone())] {
                    let Some(topic) = found(tier) else { continue };
                    prop_assert_eq!((topic.support.have, topic.support.of), (have(&units, id), units.len()));
                    prop_assert_eq!(topic.holders.iter().filter(|h| h.has).count(), topic.support.have);
                    prop_assert_eq!((topic.usual.have, topic.usual.of), (have(&all, id), all.len()));
                    prop_assert!((0.0..=1.0).contains(&topic.chance));
                    prop_assert!(topic.usual.have < topic.usual.of || topic.chance >= 1.0);
                    prop_assert!(topic.chance > 0.0, "it has happened");
                }
                for group in programme.topics.iter().filter(|t| t.id == id && t.tier == Tier::Group) {
                    prop_assert!(!listed && !is_pathway && group.group.is_some());
                    prop_assert!(group.support.have >= policy.pathway_quorum.need(group.support.of).max(2));
                }
            }
            for near in &programme.near_topics {
                prop_assert!(near.have >= 1 && near.have < near.need && near.need - near.have <= policy.near);
                prop_assert!(!near.blockers.is_empty() && !near.holders.is_empty());
                let is_route_core = |t: &CoreTopic| t.id == near.id && t.tier == Tier::Route;
                prop_assert!(!programme.topics.iter().any(is_route_core));
                prop_assert!(near.tier == Tier::Route || !core_ids(programme).contains(&*near.id));
            }
            prop_assert!(programme.near_topics.len() <= 10);
        }
    }

    #[test]
    fn a_lower_quorum_never_loses_a_core_topic(
        raw in generated::map(), topics in topics(), policy in generated::policy(), lower in generated::quorum()
    ) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let least = |a: Quorum, b: Quorum| if a.as_f64() <= b.as_f64() { a } else { b };
        let mut easier = policy.clone();
        easier.pathway_quorum = least(policy.pathway_quorum, lower);
        easier.route_quorum = least(policy.route_quorum, lower);
        let hard = tlevel::derive(&map, &concepts, &policy).unwrap();
        let easy = tlevel::derive(&map, &concepts, &easier).unwrap();
        for programme in &hard.programmes {
            let there = easy.programme(&programme.pathway.id).unwrap();
            prop_assert!(core_ids(programme).is_subset(&core_ids(there)));
        }
    }

    #[test]
    fn the_order_of_rows_changes_only_the_order(
        raw in generated::map(), topics in topics(), policy in generated::policy()
    ) {
        let (one, other) = (checked(raw.clone()), checked(turned(raw)));
        let derive = |map: &Map| crate::laws::sorted(&tlevel::derive(map, &topics.onto(map), &policy).unwrap());
        prop_assert_eq!(derive(&one), derive(&other));
    }

    #[test]
    fn some_routes_are_derived_as_all_are(raw in generated::map(), topics in topics(), policy in generated::policy()) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let all = tlevel::derive(&map, &concepts, &policy).unwrap();
        for route in map.routes() {
            let some = derive_routes(&map, &concepts, &policy, &[route.index()]).unwrap();
            let here = all.programmes.iter().filter(|p| p.route.id == route.id()).cloned().collect::<Vec<_>>();
            prop_assert_eq!(some.programmes, here);
        }
    }

    #[test]
    fn a_policy_that_shares_statements_ignores_topics(
        raw in generated::map(), topics in topics(), policy in generated::policy()
    ) {
        let map = checked(raw);
        let mut policy = policy;
        policy.share = Some(Share::Statement);
        let with = tlevel::derive(&map, &topics.onto(&map), &policy).unwrap();
        prop_assert_eq!(with, tlevel::derive(&map, &Concepts::exact(&map), &policy).unwrap());
    }

    #[test]
    fn results_read_back(raw in generated::map(), topics in topics(), policy in generated::policy()) {
        let map = checked(raw);
        let derivation = tlevel::derive(&map, &topics.onto(&map), &policy).unwrap();
        let json = serde_json::to_string(&derivation).unwrap();
        prop_assert_eq!(serde_json::from_str::<Derivation>(&json).unwrap(), derivation);
    }

    #[test]
    fn decisions_are_applied_and_nothing_else_moves(
        raw in generated::map(), topics in topics(), policy in generated::policy(),
        decided in (0..6_usize, 0..5_usize, prop_oneof![
            Just(Some(Tier::Route)), Just(Some(Tier::Pathway)), Just(Some(Tier::Specialism)), Just(None)
        ])
    ) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let drafted = tlevel::derive(&map, &concepts, &policy).unwrap();
        let derivation = derive_with(&map, &concepts, &policy, &tiers(&map, &[decided])).unwrap();
        let Some(pathway) = pathway_at(&map, decided.0).and_then(|p| map.pathway_at(p)) else { return Ok(()) };
        let id = format!("t{}", decided.1);
        for (before, after) in drafted.programmes.iter().zip(&derivation.programmes) {
            if before.route.id != pathway.route().id() {
                prop_assert_eq!(before, after);
            }
            let others = |p: &Programme| -> Vec<CoreTopic> { p.topics.iter().filter(|t| t.id != id).cloned().collect() };
            prop_assert_eq!(others(before), others(after));
        }
        let Some(topic) = concepts.topics().iter().find(|t| t.id == id) else { return Ok(()) };
        let Some(programme) = derivation.programme(pathway.id()) else { return Ok(()) };
        prop_assert!(programme.near_topics.iter().all(|near| near.id != id));
        let says = |p: &Programme| {
            p.specialisms.iter().flat_map(|s| &s.occupations).any(|o| {
                let mut own = map.occupation(o).unwrap().statements();
                own.any(|s| topic.statements.iter().any(|t| t.statement == s.index()))
            })
        };
        let entries: Vec<&CoreTopic> = programme.topics.iter().filter(|t| t.id == id).collect();
        let taught = |item: &Item| item.topic.as_ref().is_some_and(|t| t.id == id);
        match decided.2 {
            Some(Tier::Route) => {
                let of_route = derivation.programmes.iter().filter(|p| p.route.id == pathway.route().id());
                let siblings: Vec<&Programme> = of_route.collect();
                if siblings.iter().any(|p| says(p)) {
                    let is_there = |p: &&&Programme| p.topics.iter().any(|t| t.id == id && t.tier == Tier::Route && t.decided);
                    prop_assert_eq!(siblings.iter().filter(is_there).count(), siblings.len());
                }
            }
            Some(Tier::Pathway) if says(programme) => {
                prop_assert_eq!(entries.len(), 1);
                prop_assert!(entries[0].tier == Tier::Pathway && entries[0].decided && entries[0].left.is_empty());
            }
            Some(_) => prop_assert!(entries.is_empty() && !programme.items().any(|(i, tier)| taught(i) && tier != Tier::Specialism)),
            None => prop_assert!(entries.is_empty() && !programme.items().any(|(item, _)| taught(item))),
        }
    }

    #[test]
    fn a_decision_on_a_concept_wins_over_that_on_its_topic(
        raw in generated::map(), topics in topics(), policy in generated::policy(),
        (of_pathway, of_topic) in (0..6_usize, 0..5_usize),
        on_topic in prop_oneof![Just(Some(Tier::Pathway)), Just(Some(Tier::Specialism)), Just(None)],
        on_concept in prop_oneof![Just(Some(Tier::Pathway)), Just(Some(Tier::Specialism)), Just(None)],
    ) {
        let map = checked(raw);
        let concepts = topics.onto(&map);
        let mut tiers = tiers(&map, &[(of_pathway, of_topic, on_topic)]);
        let Some(pathway) = pathway_at(&map, of_pathway).and_then(|p| map.pathway_at(p)) else { return Ok(()) };
        let topic = concepts.topics().iter().find(|t| t.id == format!("t{of_topic}"));
        let Some(&concept) = topic.and_then(|topic| topic.concepts.first()) else { return Ok(()) };
        match on_concept {
            Some(tier) => tiers.set(pathway.index(), concept, tier),
            None => tiers.remove(pathway.index(), concept),
        }
        let derivation = derive_with(&map, &concepts, &policy, &tiers).unwrap();
        let Some(programme) = derivation.programme(pathway.id()) else { return Ok(()) };
        let id = concepts.get(concept).unwrap().id();
        let served: BTreeSet<&String> = programme.specialisms.iter().flat_map(|s| &s.occupations).collect();
        let is_said = (pathway.occupations().filter(|o| served.contains(&o.id().to_owned())))
            .any(|o| o.statements().any(|s| concepts.of(s.index()).contains(&concept)));
        let tiers: BTreeSet<Tier> = programme.items().filter(|(item, _)| item.concept == id).map(|(_, tier)| tier).collect();
        let expected: BTreeSet<Tier> = on_concept.into_iter().filter(|_| is_said).collect();
        prop_assert_eq!(&tiers, &expected);
        // what is core is listed under its topic
        if tiers.contains(&Tier::Pathway) {
            let holds = |t: &CoreTopic| {
                let sources = t.sources.iter().map(|s| (&s.occupation, &s.statement));
                let all = t.elements.iter().flat_map(|e| &e.item.statements).map(|s| (&s.occupation, &s.statement));
                let shown: BTreeSet<_> = sources.chain(all).collect();
                let item = programme.pathway_core.iter().find(|item| item.concept == id).unwrap();
                item.statements.iter().all(|s| shown.contains(&(&s.occupation, &s.statement)))
            };
            prop_assert!(programme.topics.iter().any(|t| t.tier == Tier::Pathway && holds(t)));
        }
    }
}
