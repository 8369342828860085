//! The laws of decisions, over generated maps, policies and reviews.

use crate::generated;

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tlevel::concept::{ConceptIndex, Concepts, Group, Merge};
use tlevel::derive::{Derivation, Item, Policy, Programme, Quorum, Tier, Tiers, derive_with, reference};
use tlevel::map::{Map, SharedText, Statement};
use tlevel::review::{Choice, Decision, Decisions, Reviewed, apply_decisions};

/// A row of a review, before it names anything of a draft.
pub(crate) type Row = (Index, usize, Index, usize, Option<Index>);

pub(crate) fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let row = (any::<Index>(), 0..8_usize, any::<Index>(), 0..9_usize, proptest::option::weighted(0.4, any::<Index>()));
    vec(row, 0..=most)
}

/// The rows as CSV, about concepts of a draft: most of them fit it.
fn csv(rows: &[Row], draft: &Derivation) -> Vec<String> {
    let mut concepts: BTreeMap<&str, (String, &str)> = BTreeMap::new();
    for programme in &draft.programmes {
        for (item, tier) in programme.items() {
            concepts.entry(&item.concept).or_insert((item.kind.to_string(), tier.name()));
        }
        for near in &programme.near_misses {
            concepts.entry(&near.concept).or_insert((near.kind.to_string(), "near miss"));
        }
    }
    let concepts: Vec<(&str, (String, &str))> = concepts.into_iter().collect();
    if concepts.is_empty() {
        return Vec::new();
    }
    let row = |(concept, choice, other, tier, pathway): &Row| {
        let (concept, (kind, found)) = &concepts[concept.index(concepts.len())];
        let choice =
            ["keep", "route core", "pathway core", "specialism", "drop", "merge with", "merge with", "merge with"]
                [*choice];
        let of_kind: Vec<&str> = concepts.iter().filter(|(_, (k, _))| k == kind).map(|(c, _)| *c).collect();
        let other = if choice == "merge with" { of_kind[other.index(of_kind.len())] } else { "" };
        let tier = ["", "", "", "", "", "", found, found, "specialism"][*tier];
        let pathway = pathway.map_or("", |p| &draft.programmes[p.index(draft.programmes.len())].pathway.id);
        format!("{concept},{tier},{choice},{other},,{pathway}\n")
    };
    rows.iter().map(row).collect()
}

pub(crate) fn read(rows: &[String]) -> Decisions {
    Decisions::from_csv(&format!("concept id,tier,decision,merge with,comment,pathway\n{}", rows.concat())).unwrap()
}

/// A map, a policy, the draft, and a review of it.
pub(crate) struct Case {
    pub(crate) map: Map,
    pub(crate) concepts: Concepts,
    pub(crate) policy: Policy,
    pub(crate) draft: Derivation,
    pub(crate) rows: Vec<String>,
}

impl Case {
    fn new(raw: tlevel::read::RawMap, policy: Policy, rows: &[Row]) -> Case {
        Case::judged(raw, policy, 0, rows)
    }

    /// With concepts of statements by their number, some of them bundles; of
    /// equal wordings for 0.
    pub(crate) fn judged(raw: tlevel::read::RawMap, policy: Policy, modulus: usize, rows: &[Row]) -> Case {
        let map = tlevel::check(raw).expect("a generated map has a route").map;
        let concepts = if modulus == 0 { Concepts::exact(&map) } else { by_number(&map, modulus) };
        let draft = tlevel::derive(&map, &concepts, &policy).unwrap();
        let rows = csv(rows, &draft);
        Case { map, concepts, policy, draft, rows }
    }

    pub(crate) fn reviewed(&self, decisions: &Decisions) -> Reviewed {
        apply_decisions(&self.map, &self.concepts, &self.policy, decisions).unwrap()
    }
}

fn by_number(map: &Map, modulus: usize) -> Concepts {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (i, s) in map.statements().filter(|s| s.says_something()).enumerate() {
        let code = (s.occupation().id().to_owned(), s.id().to_owned());
        let id = |n: usize| format!("{}{}", s.kind(), n % modulus);
        let group = |id: String| Group { id, ..Group::default() };
        groups.entry(id(i)).or_insert_with(|| group(id(i))).statements.push(code.clone());
        if i % 5 == 0 {
            groups.entry(id(i + 1)).or_insert_with(|| group(id(i + 1))).also.push(code);
        }
    }
    Concepts::from_groups(map, groups.into_values()).unwrap()
}

pub(crate) fn applied<'d>(decisions: &'d Decisions, reviewed: &Reviewed) -> Vec<&'d Decision> {
    let refused: BTreeSet<&str> = reviewed.conflicts.iter().map(|c| c.place.as_str()).collect();
    decisions.decisions().iter().filter(|d| !refused.contains(d.place.as_str())).collect()
}

pub(crate) fn is_for(decision: &Decision, programme: &Programme) -> bool {
    decision.pathways.is_empty() || decision.pathways.contains(&programme.pathway.id)
}

/// Whether a review merges another concept with this one in a programme.
fn is_merged_with(decisions: &Decisions, programme: &Programme, concept: &str) -> bool {
    let merges = |decision: &&Decision| matches!(&decision.choice, Choice::MergeWith(other) if other == concept);
    decisions.decisions().iter().filter(merges).any(|decision| is_for(decision, programme))
}

/// Where a concept is in a programme; near misses apart.
pub(crate) fn tiers(programme: &Programme, concept: &str) -> BTreeSet<Tier> {
    programme.items().filter(|(item, _)| item.concept == concept).map(|(_, tier)| tier).collect()
}

fn is_near(programme: &Programme, concept: &str) -> bool {
    programme.near_misses.iter().any(|near| near.concept == concept)
}

fn ids(items: &[Item]) -> BTreeSet<&str> {
    items.iter().map(|item| item.concept.as_str()).collect()
}

fn ids_of<'c>(statement: Statement<'_>, concepts: &'c Concepts) -> impl Iterator<Item = &'c str> {
    concepts.of(statement.index()).iter().filter_map(|&c| Some(concepts.get(c)?.id()))
}

fn without_notes(derivation: &Derivation) -> Derivation {
    let mut derivation = derivation.clone();
    derivation.programmes.iter_mut().for_each(|programme| programme.notes.clear());
    derivation
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_decision_changes_nothing(raw in generated::map(), policy in generated::policy(), rows in rows(6)) {
        let case = Case::new(raw, policy, &rows);
        let kept: Vec<String> = case.rows.iter().filter(|row| row.contains(",keep,")).cloned().collect();
        let reviewed = case.reviewed(&read(&kept));
        prop_assert_eq!(
            serde_json::to_string(&reviewed.derivation).unwrap(), serde_json::to_string(&case.draft).unwrap()
        );
        prop_assert!(reviewed.tiers.is_empty());
    }

    #[test]
    fn the_fast_way_equals_the_reference(raw in generated::map(), policy in generated::policy(), rows in rows(6)) {
        let case = Case::new(raw, policy, &rows);
        let Reviewed { derivation, concepts, tiers, .. } = case.reviewed(&read(&case.rows));
        let fast = derive_with(&case.map, &concepts, &case.policy, &tiers).unwrap();
        prop_assert_eq!(&fast, &reference::derive_with(&case.map, &concepts, &case.policy, &tiers).unwrap());
        // and the notes are all that a review adds
        prop_assert_eq!(without_notes(&fast), without_notes(&derivation));
    }

    #[test]
    fn core_and_specialisms_hold_every_concept_of_every_unit_once(
        raw in generated::map(), policy in generated::policy(), rows in rows(6)
    ) {
        let case = Case::new(raw, policy, &rows);
        let decisions = read(&case.rows);
        let reviewed = case.reviewed(&decisions);
        let applied = applied(&decisions, &reviewed);
        for programme in &reviewed.derivation.programmes {
            let core = &ids(&programme.route_core) | &ids(&programme.pathway_core);
            prop_assert_eq!(core.len(), programme.route_core.len() + programme.pathway_core.len());
            let drops = applied.iter().filter(|d| d.choice == Choice::Drop && is_for(d, programme));
            let dropped: BTreeSet<&str> = drops.map(|d| d.concept.as_str()).collect();
            let served: BTreeSet<&String> = programme.specialisms.iter().flat_map(|s| &s.occupations).collect();
            for id in served {
                for unit in case.map.occupation(id).unwrap().units() {
                    let option = unit.option().map(|o| o.id());
                    let own = |s: &&tlevel::derive::Specialism| {
                        s.occupations.contains(id)
                            && if s.adds.is_empty() { s.option.as_deref() == option } else { s.adds.iter().any(|a| a.occupation == *id && a.option.as_deref() == option) }
                    };
                    let [specialism] = programme.specialisms.iter().filter(own).collect::<Vec<_>>()[..] else {
                        return Err(TestCaseError::fail("one specialism holds the unit"));
                    };
                    let add = specialism.adds.iter().find(|a| a.occupation == *id && a.option.as_deref() == option);
                    let items: Vec<&Item> =
                        specialism.content.iter().chain(add.into_iter().flat_map(|a| &a.content)).collect();
                    let special: BTreeSet<&str> = items.iter().map(|i| i.concept.as_str()).collect();
                    prop_assert_eq!(special.len(), items.len());
                    let all: BTreeSet<&str> =
                        unit.statements().flat_map(|s| ids_of(s, &reviewed.concepts)).collect();
                    let left: BTreeSet<&str> = &all - &core;
                    let missing: BTreeSet<&str> = &left - &special;
                    prop_assert!(special.is_subset(&left));
                    // a drop with a tier is for programmes that have it there
                    prop_assert!(missing.is_subset(&dropped), "{:?}", missing);
                }
            }
        }
    }

    #[test]
    fn every_item_is_proved(raw in generated::map(), policy in generated::policy(), rows in rows(6)) {
        let case = Case::new(raw, policy, &rows);
        let reviewed = case.reviewed(&read(&case.rows));
        for programme in &reviewed.derivation.programmes {
            for (item, tier) in programme.items() {
                let behind = |p: &tlevel::map::StatementRef| {
                    case.map.occupation(&p.occupation).unwrap().statements().find(|s| s.id() == p.statement).unwrap()
                };
                let behind: Vec<Statement<'_>> = item.statements.iter().map(behind).collect();
                prop_assert!(!behind.is_empty());
                for statement in &behind {
                    prop_assert_eq!(statement.kind(), item.kind);
                    prop_assert!(ids_of(*statement, &reviewed.concepts).any(|id| id == item.concept));
                }
                prop_assert!(behind.iter().any(|s| s.text() == item.text));
                let counting: BTreeSet<&str> = behind.iter().map(|s| s.occupation().id()).collect();
                if tier != Tier::Specialism && item.support.have > 0 {
                    prop_assert_eq!(counting.len(), item.support.have);
                }
                prop_assert!(item.support.have <= item.support.of);
            }
            for miss in &programme.near_misses {
                prop_assert!(miss.have >= 1 && miss.have < miss.need && miss.need - miss.have <= case.policy.near);
                prop_assert!(!miss.blockers.is_empty());
            }
        }
    }

    #[test]
    fn decisions_are_honoured(raw in generated::map(), policy in generated::policy(), rows in rows(6)) {
        let case = Case::new(raw, policy, &rows);
        let decisions = read(&case.rows);
        let reviewed = case.reviewed(&decisions);
        for decision in applied(&decisions, &reviewed) {
            for (was, is) in case.draft.programmes.iter().zip(&reviewed.derivation.programmes) {
                let concept = decision.concept.as_str();
                let (before, after) = (tiers(was, concept), tiers(is, concept));
                let is_there = match decision.tier {
                    None => !before.is_empty() || is_near(was, concept),
                    Some(Tier::NearMiss) => is_near(was, concept),
                    Some(tier) => before.contains(&tier),
                };
                if !is_for(decision, was) || !is_there {
                    continue;
                }
                let of_route = |p: &&Programme| p.route.id == was.route.id && tiers(p, concept).contains(&Tier::Route);
                let was_route_core = case.draft.programmes.iter().any(|p| of_route(&p));
                match &decision.choice {
                    Choice::Keep => {}
                    Choice::RouteCore => prop_assert_eq!(after, BTreeSet::from([Tier::Route])),
                    // people may say that something of this pathway is the same
                    Choice::PathwayCore if before.is_empty() && is_merged_with(&decisions, was, concept) => {
                        prop_assert!(after.is_empty() || after == BTreeSet::from([Tier::Pathway]));
                    }
                    Choice::PathwayCore if before.is_empty() => prop_assert!(after.is_empty()),
                    // left to each pathway
                    Choice::PathwayCore if was_route_core && decision.pathways.is_empty() => {
                        prop_assert!(!after.contains(&Tier::Route));
                    }
                    // route core, and nobody here has it
                    Choice::PathwayCore if was_route_core && after.is_empty() => {}
                    Choice::PathwayCore => prop_assert_eq!(after, BTreeSet::from([Tier::Pathway])),
                    Choice::Specialism => prop_assert!(after.iter().all(|tier| *tier == Tier::Specialism)),
                    Choice::Drop => {
                        prop_assert!(after.is_empty() && !is_near(is, concept));
                    }
                    Choice::MergeWith(other) => {
                        // one of the two is left, at most
                        prop_assert!(after.is_empty() || tiers(is, other).is_empty());
                    }
                    other => return Err(TestCaseError::fail(format!("{other}"))),
                }
            }
        }
    }

    #[test]
    fn nothing_is_core_that_nobody_served_has(
        raw in generated::map(),
        policy in generated::policy(),
        set in vec((any::<Index>(), any::<Index>(), 0..4_usize), 0..6),
    ) {
        // tiers by hand: a review names only what is in a programme
        let map = tlevel::check(raw).unwrap().map;
        let concepts = Concepts::exact(&map);
        let all: Vec<ConceptIndex> = concepts.iter().map(|c| c.index()).collect();
        let pathways: Vec<_> = map.pathways().map(|p| p.index()).collect();
        prop_assume!(!all.is_empty() && !pathways.is_empty());
        let mut tiers = Tiers::default();
        for (pathway, concept, tier) in &set {
            let (pathway, concept) = (pathways[pathway.index(pathways.len())], all[concept.index(all.len())]);
            match [Some(Tier::Route), Some(Tier::Pathway), Some(Tier::Specialism), None][*tier] {
                Some(tier) => tiers.set(pathway, concept, tier),
                None => tiers.remove(pathway, concept),
            }
        }
        let derivation = derive_with(&map, &concepts, &policy, &tiers).unwrap();
        let served = |p: &Programme| -> BTreeSet<String> {
            p.specialisms.iter().flat_map(|s| s.occupations.iter().cloned()).collect()
        };
        for programme in &derivation.programmes {
            let of_route = derivation.programmes.iter().filter(|p| p.route.id == programme.route.id);
            let of_route: BTreeSet<String> = of_route.flat_map(served).collect();
            for (item, tier) in programme.items() {
                let by = if tier == Tier::Route { of_route.clone() } else { served(programme) };
                prop_assert!(item.statements.iter().any(|s| by.contains(s.occupation.as_str())), "{:?} {:?}", tier, item);
            }
        }
    }

    #[test]
    fn nothing_else_moves(raw in generated::map(), policy in generated::policy(), rows in rows(4)) {
        let mut policy = policy;
        policy.grouping = tlevel::derive::Grouping::Unit;
        let case = Case::new(raw, policy, &rows);
        let decisions = read(&case.rows);
        let reviewed = case.reviewed(&decisions);
        let mut named: BTreeSet<String> = BTreeSet::new();
        for decision in applied(&decisions, &reviewed) {
            named.insert(decision.concept.clone());
            if let Choice::MergeWith(other) = &decision.choice {
                named.insert(other.clone());
            }
        }
        prop_assert_eq!(case.draft.programmes.len(), reviewed.derivation.programmes.len());
        for (was, is) in case.draft.programmes.iter().zip(&reviewed.derivation.programmes) {
            prop_assert_eq!(unnamed(was, &named), unnamed(is, &named));
            // where nothing has moved, nothing is noted
            let same = |a: &Programme, b: &Programme| {
                a.items().eq(b.items()) && a.near_misses == b.near_misses
            };
            if same(was, is) {
                prop_assert_eq!(&is.notes, &was.notes);
            }
        }
        prop_assert_eq!(&case.draft.no_programme, &reviewed.derivation.no_programme);
    }

    #[test]
    fn the_order_of_decisions_changes_only_notes(
        raw in generated::map(), policy in generated::policy(), rows in rows(7)
    ) {
        let case = Case::new(raw, policy, &rows);
        let backwards: Vec<String> = case.rows.iter().rev().cloned().collect();
        let (one, other) = (case.reviewed(&read(&case.rows)), case.reviewed(&read(&backwards)));
        prop_assert_eq!(without_notes(&one.derivation), without_notes(&other.derivation));
        prop_assert_eq!(&one.tiers, &other.tiers);
        let refused = |reviewed: &Reviewed| {
            let mut concepts: Vec<String> = reviewed.conflicts.iter().map(|c| c.concept.clone()).collect();
            concepts.sort();
            concepts
        };
        prop_assert_eq!(refused(&one), refused(&other));
    }

    #[test]
    fn a_lower_quorum_never_shrinks_core(
        raw in generated::map(), policy in generated::policy(), lower in generated::quorum(), rows in rows(6)
    ) {
        let case = Case::new(raw, policy, &rows);
        let Reviewed { derivation: hard, concepts, tiers, .. } = case.reviewed(&read(&case.rows));
        let least = |a: Quorum, b: Quorum| if a.as_f64() <= b.as_f64() { a } else { b };
        let mut easier = case.policy.clone();
        easier.pathway_quorum = least(easier.pathway_quorum, lower);
        easier.route_quorum = least(easier.route_quorum, lower);
        let easy = derive_with(&case.map, &concepts, &easier, &tiers).unwrap();
        let core = |p: &Programme| -> BTreeSet<SharedText> {
            p.route_core.iter().chain(&p.pathway_core).map(|item| item.concept.clone()).collect()
        };
        for (hard, easy) in hard.programmes.iter().zip(&easy.programmes) {
            prop_assert!(core(hard).is_subset(&core(easy)));
        }
    }

    #[test]
    fn the_order_of_rows_changes_only_the_order(
        raw in generated::map(), policy in generated::policy(), rows in rows(6)
    ) {
        let turned = generated::turned(raw.clone());
        let case = Case::new(raw, policy, &rows);
        let other = Case::new(turned, case.policy.clone(), &[]);
        let [one, other] = [&case, &other].map(|other| other.reviewed(&read(&case.rows)));
        prop_assert_eq!(&one.conflicts, &other.conflicts);
        for programme in &one.derivation.programmes {
            let turned = other.derivation.programme(&programme.pathway.id).unwrap();
            prop_assert_eq!(by_statements(programme), by_statements(turned));
        }
    }

    #[test]
    fn merged_concepts_are_a_grouping_of_the_same_statements(
        raw in generated::map(), picks in vec((any::<Index>(), any::<Index>(), proptest::option::of(any::<Index>())), 0..5)
    ) {
        let map = tlevel::check(raw).unwrap().map;
        let concepts = Concepts::exact(&map);
        let all: Vec<ConceptIndex> = concepts.iter().map(|c| c.index()).collect();
        prop_assume!(!all.is_empty());
        let pathways: Vec<_> = map.pathways().map(|p| p.index()).collect();
        let kind = |c: ConceptIndex| concepts.get(c).unwrap().kind();
        let merges: Vec<Merge> = picks
            .iter()
            .map(|(from, into, pathway)| {
                let (from, into) = (all[from.index(all.len())], all[into.index(all.len())]);
                Merge::new(from, into).within(pathway.map(|p| pathways[p.index(pathways.len())]))
            })
            .filter(|merge| kind(merge.from) == kind(merge.into))
            .collect();
        let merged = concepts.merged(&map, &merges).unwrap();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for statement in map.statements() {
            // one merge after the other, by the definition
            let mut expected: BTreeSet<ConceptIndex> = concepts.of(statement.index()).iter().copied().collect();
            for merge in &merges {
                let here = merge.pathways.is_empty() || merge.pathways.contains(&statement.occupation().pathway().index());
                if here && expected.remove(&merge.from) {
                    expected.insert(merge.into);
                }
            }
            let expected: BTreeSet<&str> = expected.iter().map(|c| concepts.get(*c).unwrap().id()).collect();
            let found: BTreeSet<&str> = ids_of(statement, &merged).collect();
            prop_assert_eq!(&found, &expected);
            found.iter().for_each(|id| *seen.entry(id).or_default() += 1);
        }
        let lengths: BTreeMap<&str, usize> = merged.iter().map(|c| (c.id(), c.statements().len())).collect();
        prop_assert_eq!(seen, lengths);
        let firsts: Vec<_> = merged.iter().map(|c| c.statements()[0]).collect();
        prop_assert!(firsts.is_sorted());
        prop_assert!(merged.iter().all(|c| c.statements().contains(&c.central()) && c.statements().is_sorted()));
    }
}

/// The items of a programme by their statements, and its near misses.
fn by_statements(programme: &Programme) -> Vec<String> {
    let item = |(item, tier): (&Item, Tier)| {
        let mut statements: Vec<String> =
            item.statements.iter().map(|s| format!("{} {}", s.occupation, s.statement)).collect();
        statements.sort();
        let also: BTreeSet<&String> = item.also_in.iter().collect();
        format!("{tier:?} {} {statements:?} {:?} {also:?}", item.concept, item.support)
    };
    let near = |near: &tlevel::derive::NearMiss| {
        let blockers: BTreeSet<&String> = near.blockers.iter().collect();
        format!("near {:?} {} {} {} {blockers:?}", near.tier, near.concept, near.have, near.need)
    };
    let mut all: Vec<String> = programme.items().map(item).collect();
    all.extend(programme.near_misses.iter().map(near));
    all.sort();
    all
}

/// A programme without the concepts that a review names, as JSON.
fn unnamed(programme: &Programme, named: &BTreeSet<String>) -> serde_json::Value {
    let mut programme = programme.clone();
    programme.notes.clear();
    let is_other = |item: &Item| !named.contains(item.concept.as_str());
    programme.route_core.retain(is_other);
    programme.pathway_core.retain(is_other);
    programme.specialisms.iter_mut().for_each(|s| s.content.retain(is_other));
    programme.near_misses.retain(|near| !named.contains(near.concept.as_str()));
    serde_json::to_value(programme).unwrap()
}
