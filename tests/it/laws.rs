//! The laws of derivation, over generated maps.

use crate::generated;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tlevel::concept::{Concepts, Group};
use tlevel::derive::{Derivation, Item, Policy, Programme, Quorum, Role, reference};
use tlevel::map::{Map, Occupation, Pathway, Unit};
use tlevel::read::{RawMap, RawStatement};

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).expect("a generated map has a route").map
}

fn derive(map: &Map, policy: &Policy) -> Derivation {
    tlevel::derive(map, &Concepts::exact(map), policy).expect("the concepts are the map's")
}

fn strict() -> Policy {
    Policy::t_level()
}

fn ids(items: &[Item]) -> BTreeSet<&str> {
    items.iter().map(|item| item.concept.as_str()).collect()
}

/// What a programme's learners of any specialism study.
fn core(programme: &Programme) -> BTreeSet<&str> {
    &ids(&programme.route_core) | &ids(&programme.pathway_core)
}

/// The concepts of a statement: several for a bundle.
fn ids_of<'c>(statement: tlevel::map::Statement<'_>, concepts: &'c Concepts) -> impl Iterator<Item = &'c str> {
    concepts.of(statement.index()).iter().filter_map(|&c| Some(concepts.get(c)?.id()))
}

/// The concepts of a unit, straight from the map.
fn concepts_of<'c>(unit: Unit<'_>, concepts: &'c Concepts) -> BTreeSet<&'c str> {
    unit.statements().flat_map(|s| ids_of(s, concepts)).collect()
}

/// Does a statement count for sharing? By the definition, from the raw record:
/// it says something, no option is given with it, and not all of the duties
/// that cite it (if any do) are mapped to options.
pub(crate) fn counts(statement: tlevel::map::Statement<'_>) -> bool {
    let occupation = statement.occupation().raw();
    let mut citing = occupation.duties.iter().filter(|d| d.statements.iter().any(|s| s == statement.id())).peekable();
    let by_duties = citing.peek().is_some() && citing.all(|d| !d.options.is_empty());
    statement.text().contains(char::is_alphanumeric) && statement.raw().option.0.is_empty() && !by_duties
}

/// The concepts that count for sharing, straight from the map.
fn counting_concepts<'c>(occupation: Occupation<'_>, concepts: &'c Concepts) -> BTreeSet<&'c str> {
    occupation.statements().filter(|s| counts(*s)).flat_map(|s| ids_of(s, concepts)).collect()
}

fn is_marked(occupation: Occupation<'_>) -> bool {
    let cluster = occupation.cluster();
    let pathway = cluster.pathway();
    cluster.apprenticeship_only().is_some()
        || pathway.apprenticeship_only().is_some()
        || pathway.route().apprenticeship_only().is_some()
}

/// The occupations that count under the strict policy, by the definition.
fn counting<'m>(pathway: Pathway<'m>) -> Vec<Occupation<'m>> {
    let eligible = pathway.occupations().filter(|o| o.level().number() == 3 && !is_marked(*o));
    eligible.filter(|o| o.statements().any(counts)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_fast_way_equals_the_reference(raw in generated::map(), policy in generated::policy()) {
        let map = checked(raw);
        let concepts = Concepts::exact(&map);
        let fast = tlevel::derive(&map, &concepts, &policy).unwrap();
        prop_assert_eq!(fast, reference::derive(&map, &concepts, &policy).unwrap());
    }

    #[test]
    fn strict_core_is_had_by_all(raw in generated::map()) {
        let map = checked(raw);
        let concepts = Concepts::exact(&map);
        for programme in derive(&map, &strict()).programmes {
            let pathway = map.pathway(&programme.pathway.id).unwrap();
            let here = counting(pathway);
            prop_assert_eq!(here.len(), programme.counting.len());
            for item in &programme.pathway_core {
                prop_assert!(here.len() >= 2);
                prop_assert!(here.iter().all(|o| counting_concepts(*o, &concepts).contains(&*item.concept)));
                prop_assert_eq!((item.support.have, item.support.of), (here.len(), here.len()));
            }
            for item in &programme.pathway_core {
                // the other pathways of the route that hold it, by the definition
                let holds = |p: &Pathway<'_>| {
                    let there = counting(*p);
                    let has = |o: &Occupation<'_>| counting_concepts(*o, &concepts).contains(&*item.concept);
                    !there.is_empty() && there.iter().all(has)
                };
                let others = pathway.route().pathways().filter(|p| *p != pathway && holds(p));
                prop_assert_eq!(&item.also_in, &others.map(|p| p.id().to_owned()).collect::<Vec<_>>());
            }
            let counting_pathways: Vec<_> =
                pathway.route().pathways().map(counting).filter(|c| !c.is_empty()).collect();
            for item in &programme.route_core {
                prop_assert!(counting_pathways.len() >= 2);
                let all = counting_pathways.iter().flatten();
                prop_assert!(all.clone().all(|o| counting_concepts(*o, &concepts).contains(&*item.concept)));
                prop_assert_eq!(item.support.have, all.count());
            }
        }
    }

    #[test]
    fn core_is_all_that_is_shared_and_no_more(raw in generated::map()) {
        // the definition once more, over sets: strict core is an intersection
        let map = checked(raw);
        let concepts = Concepts::exact(&map);
        let shared = |occupations: &[Occupation<'_>]| -> BTreeSet<String> {
            let sets = occupations.iter().map(|o| counting_concepts(*o, &concepts));
            let both = sets.reduce(|a, b| &a & &b).unwrap_or_default();
            both.into_iter().map(str::to_owned).collect()
        };
        for programme in derive(&map, &strict()).programmes {
            let pathway = map.pathway(&programme.pathway.id).unwrap();
            let here = counting(pathway);
            let pathways: Vec<Vec<Occupation<'_>>> =
                pathway.route().pathways().map(counting).filter(|c| !c.is_empty()).collect();
            let route: BTreeSet<String> = if pathways.len() >= 2 {
                pathways.iter().map(|p| shared(p)).reduce(|a, b| &a & &b).unwrap_or_default()
            } else {
                BTreeSet::new()
            };
            let own = if here.len() >= 2 { &shared(&here) - &route } else { BTreeSet::new() };
            prop_assert_eq!(ids(&programme.route_core), route.iter().map(String::as_str).collect());
            prop_assert_eq!(ids(&programme.pathway_core), own.iter().map(String::as_str).collect());
        }
    }

    #[test]
    fn core_and_specialisms_hold_every_concept_of_every_unit_once(
        raw in generated::map(), policy in generated::policy()
    ) {
        let map = checked(raw);
        let concepts = Concepts::exact(&map);
        for programme in derive(&map, &policy).programmes {
            let core = core(&programme);
            prop_assert_eq!(core.len(), programme.route_core.len() + programme.pathway_core.len());
            let served: BTreeSet<&String> = programme.specialisms.iter().flat_map(|s| &s.occupations).collect();
            for id in served {
                for unit in map.occupation(id).unwrap().units() {
                    let option = unit.option().map(|o| o.id());
                    // the specialisms that hold this unit: exactly one
                    let of_unit: Vec<Vec<&str>> = programme
                        .specialisms
                        .iter()
                        .filter(|s| s.occupations.contains(id))
                        .filter_map(|s| {
                            let own: Vec<&str> = s.content.iter().map(|i| i.concept.as_str()).collect();
                            if s.adds.is_empty() {
                                return (s.option.as_deref() == option).then_some(own);
                            }
                            let add = s.adds.iter().find(|a| a.occupation == *id && a.option.as_deref() == option)?;
                            Some(own.into_iter().chain(add.content.iter().map(|i| i.concept.as_str())).collect())
                        })
                        .collect();
                    prop_assert_eq!(of_unit.len(), 1);
                    let special: BTreeSet<&str> = of_unit[0].iter().copied().collect();
                    prop_assert_eq!(special.len(), of_unit[0].len());
                    prop_assert!(special.is_disjoint(&core));
                    let wanted = concepts_of(unit, &concepts);
                    prop_assert_eq!(&wanted - &core, special);
                }
            }
        }
    }

    #[test]
    fn merged_units_overlap_pair_by_pair(raw in generated::map(), overlap in generated::quorum()) {
        let map = checked(raw);
        let mut policy = strict();
        policy.grouping = tlevel::derive::Grouping::Merged { overlap };
        for programme in derive(&map, &policy).programmes {
            for group in programme.specialisms.iter().filter(|s| s.adds.len() > 1) {
                let units: Vec<BTreeSet<&str>> =
                    group.adds.iter().map(|a| &ids(&a.content) | &ids(&group.content)).collect();
                for (i, a) in units.iter().enumerate() {
                    for b in &units[i + 1..] {
                        prop_assert!((a & b).len() >= overlap.need((a | b).len()));
                    }
                }
            }
        }
    }

    #[test]
    fn every_item_is_proved(raw in generated::map(), policy in generated::policy()) {
        let map = checked(raw);
        let concepts = Concepts::exact(&map);
        for programme in derive(&map, &policy).programmes {
            let cores = programme.route_core.iter().chain(&programme.pathway_core);
            for item in cores {
                let proving: BTreeSet<&str> = item.statements.iter().map(|s| s.occupation.as_str()).collect();
                prop_assert_eq!(proving.len(), item.support.have);
                prop_assert!(item.support.have >= policy.min_sharers && item.support.have <= item.support.of);
            }
            for item in &programme.route_core {
                let proving = item.statements.iter().map(|s| map.occupation(&s.occupation).unwrap().pathway().index());
                prop_assert!(proving.collect::<BTreeSet<_>>().len() >= policy.min_pathways);
            }
            let special = programme.specialisms.iter().flat_map(|s| s.content.iter().chain(s.adds.iter().flat_map(|a| &a.content)));
            for item in programme.route_core.iter().chain(&programme.pathway_core).chain(special) {
                prop_assert!(!item.statements.is_empty());
                for proof in &item.statements {
                    let statement = map.occupation(&proof.occupation).unwrap().statements().find(|s| s.id() == proof.statement);
                    let statement = statement.unwrap();
                    prop_assert_eq!(statement.kind(), item.kind);
                    prop_assert!(ids_of(statement, &concepts).any(|id| id == item.concept));
                }
                let behind = item.statements.iter().flat_map(|proof| map.occupation(&proof.occupation).unwrap().statements().filter(|s| s.id() == proof.statement));
                prop_assert!(behind.map(|s| s.text()).any(|text| text == item.text));
            }
            for miss in &programme.near_misses {
                prop_assert!(miss.have >= 1 && miss.have < miss.need && miss.need - miss.have <= policy.near);
                prop_assert!(!miss.blockers.is_empty());
                prop_assert!(!core(&programme).contains(miss.concept.as_str()) || miss.tier == tlevel::derive::Tier::Route);
            }
        }
    }

    #[test]
    fn another_counting_occupation_never_grows_what_a_pathway_holds(
        raw in generated::map(), draft in generated::draft(), pick in any::<prop::sample::Index>()
    ) {
        let before = checked(raw.clone());
        let pathways: Vec<Pathway<'_>> = before.pathways().filter(|p| counting(*p).len() >= 2).collect();
        prop_assume!(!pathways.is_empty());
        let id = pathways[pick.index(pathways.len())].id();
        let mut raw = raw;
        let pathway = raw.routes.iter_mut().flat_map(|r| &mut r.pathways).find(|p| p.id.as_deref() == Some(id)).unwrap();
        let cluster = pathway.clusters.iter_mut().find(|c| c.apprenticeship_only.is_none()).unwrap();
        let mut new = generated::occupation("new", &draft);
        new.level = Some(3);
        new.statements.push(RawStatement::new("Z", "skill", "Something of its own"));
        cluster.occupations.push(new);
        let after = checked(raw);
        let (old, new) = (derive(&before, &strict()), derive(&after, &strict()));
        let (old, new) = (old.programme(id).unwrap(), new.programme(id).unwrap());
        prop_assert_eq!(new.counting.len(), old.counting.len() + 1);
        prop_assert!(core(new).is_subset(&core(old)));
    }

    #[test]
    fn a_lower_quorum_never_shrinks_what_a_pathway_holds(
        raw in generated::map(), policy in generated::policy(), lower in generated::quorum()
    ) {
        let map = checked(raw);
        let least = |a: Quorum, b: Quorum| if a.as_f64() <= b.as_f64() { a } else { b };
        let mut easier = policy.clone();
        easier.pathway_quorum = least(policy.pathway_quorum, lower);
        easier.route_quorum = least(policy.route_quorum, lower);
        let (hard, easy) = (derive(&map, &policy), derive(&map, &easier));
        for programme in &hard.programmes {
            prop_assert!(core(programme).is_subset(&core(easy.programme(&programme.pathway.id).unwrap())));
        }
    }

    #[test]
    fn nothing_apprenticeship_only_or_of_another_level_gets_in(raw in generated::map(), policy in generated::policy()) {
        let map = checked(raw);
        let mut policy = policy;
        policy.apprenticeship_only.clear();
        let named: BTreeMap<&str, Role> = policy.exceptions.iter().map(|e| (e.occupation.as_str(), e.role)).collect();
        let derivation = derive(&map, &policy);
        let mut seen = BTreeSet::new();
        for programme in &derivation.programmes {
            let items = programme.specialisms.iter().flat_map(|s| s.content.iter().chain(s.adds.iter().flat_map(|a| &a.content)));
            let items = items.chain(&programme.route_core).chain(&programme.pathway_core);
            let proving = items.flat_map(|i| &i.statements).map(|s| s.occupation.as_str());
            let served = programme.specialisms.iter().flat_map(|s| &s.occupations).map(String::as_str);
            for id in proving.chain(served) {
                let occupation = map.occupation(id).unwrap();
                let by_rule = occupation.level().number() == 3 && !is_marked(occupation);
                match named.get(id) {
                    None => prop_assert!(by_rule),
                    Some(role) => prop_assert!(*role != Role::LeftOut),
                }
            }
            seen.extend(programme.specialisms.iter().flat_map(|s| &s.occupations));
            seen.extend(programme.excluded.iter().map(|e| &e.occupation));
        }
        seen.extend(derivation.no_programme.iter().flat_map(|n| &n.excluded).map(|e| &e.occupation));
        // and nobody is lost
        prop_assert_eq!(seen.len(), map.occupations().len());
    }

    #[test]
    fn the_order_of_rows_changes_only_the_order(raw in generated::map(), policy in generated::policy()) {
        let mut turned = raw.clone();
        for route in &mut turned.routes {
            for pathway in &mut route.pathways {
                for cluster in &mut pathway.clusters {
                    cluster.occupations.reverse();
                    for occupation in &mut cluster.occupations {
                        occupation.statements.reverse();
                        occupation.duties.reverse();
                    }
                }
                pathway.clusters.reverse();
            }
            route.pathways.reverse();
        }
        turned.routes.reverse();
        let (one, other) = (checked(raw), checked(turned));
        prop_assert_eq!(sorted(&derive(&one, &policy)), sorted(&derive(&other, &policy)));
    }

    #[test]
    fn same_input_same_bytes_and_results_read_back(raw in generated::map(), policy in generated::policy()) {
        let json = || serde_json::to_string(&derive(&checked(raw.clone()), &policy)).unwrap();
        prop_assert_eq!(json(), json());
        let read: Derivation = serde_json::from_str(&json()).unwrap();
        prop_assert_eq!(read, derive(&checked(raw.clone()), &policy));
    }

    #[test]
    fn a_map_gives_back_what_it_was_made_from(raw in generated::map()) {
        prop_assert_eq!(checked(raw.clone()).into_raw(), raw.clone());
        // written and read: the same but for places, which name the file
        let text = serde_json::to_string(&raw).unwrap();
        let again = tlevel::read(text.as_bytes()).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }

    #[test]
    fn judged_concepts_keep_the_laws(raw in generated::map(), policy in generated::policy(), modulus in 1_usize..6) {
        // whatever people judge: here, statements of a kind by their number
        let map = checked(raw);
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (i, s) in map.statements().filter(|s| s.says_something()).enumerate() {
            let id = format!("{}{}", s.kind(), i % modulus);
            let group = groups.entry(id.clone()).or_insert_with(|| Group { id, ..Group::default() });
            let code = (s.occupation().id().to_owned(), s.id().to_owned());
            group.statements.push(code.clone());
            // every third is a bundle; now and then it names its own concept again
            if i % 3 == 0 {
                let id = format!("{}{}", s.kind(), (i + 1) % modulus);
                groups.entry(id.clone()).or_insert_with(|| Group { id, ..Group::default() }).also.push(code);
            }
        }
        let concepts = Concepts::from_groups(&map, groups.clone().into_values()).unwrap();
        let backwards = Concepts::from_groups(&map, groups.into_values().rev()).unwrap();
        for statement in map.statements() {
            let both = [&concepts, &backwards].map(|c| ids_of(statement, c).collect::<Vec<_>>());
            prop_assert_eq!(&both[0], &both[1]);
            let distinct: BTreeSet<_> = both[0].iter().collect();
            prop_assert_eq!((both[0].is_empty(), distinct.len()), (!statement.says_something(), both[0].len()));
        }
        let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
        prop_assert_eq!(&derivation, &reference::derive(&map, &concepts, &policy).unwrap());
        for programme in &derivation.programmes {
            for unit in map.pathway(&programme.pathway.id).unwrap().occupations().flat_map(|o| o.units()) {
                if !programme.specialisms.iter().any(|s| s.occupations.iter().any(|o| o == unit.occupation().id())) {
                    continue;
                }
                let all: BTreeSet<&str> = programme.specialisms.iter()
                    .flat_map(|s| s.content.iter().chain(s.adds.iter().flat_map(|a| &a.content)))
                    .map(|i| i.concept.as_str()).collect();
                prop_assert!(concepts_of(unit, &concepts).is_subset(&(&all | &core(programme))));
            }
        }
    }
}

/// A derivation with every list sorted, as JSON.
pub(crate) fn sorted(derivation: &Derivation) -> serde_json::Value {
    fn sort(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(items) => {
                items.iter_mut().for_each(sort);
                items.sort_by_key(ToString::to_string);
            }
            serde_json::Value::Object(members) => {
                // words made from lists follow their order
                members.remove("notes");
                if let Some(title) = members.get_mut("title") {
                    let mut parts: Vec<String> =
                        title.as_str().unwrap_or_default().split(" / ").map(str::to_owned).collect();
                    parts.sort();
                    *title = parts.join(" / ").into();
                }
                members.values_mut().for_each(sort);
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(derivation).unwrap();
    sort(&mut value);
    value
}

#[test]
fn concepts_of_another_map_are_refused() {
    let one = checked(RawMap::new("one").with(tlevel::read::RawRoute::new("r", "R")));
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    let other = checked(raw);
    let refused = tlevel::derive(&one, &Concepts::exact(&other), &strict()).unwrap_err();
    assert_eq!(refused.to_string(), "the concepts were made for another map; make them again for this one");
}
