//! Differences by topic: what is carried over, and what a change does to the
//! topics of a core.

#![allow(clippy::format_push_string, reason = "a small table")]

use proptest::prelude::*;
use tlevel::change::{CauseKind, Changes, apply, carry_over, carry_over_joined, diff_with_effects};
use tlevel::concept::Concepts;
use tlevel::derive::{Policy, Tier};
use tlevel::harmonise::{Ledger, Measure, Threshold, overlaps};
use tlevel::map::{Map, Occupation, Statement};
use tlevel::topics::{TopicDecisions, Topics, Vocabulary};

use crate::{generated, generated_topics};

/// The bundled map of a consultation, its statements joined by score, under
/// topics.
pub(crate) fn consultation() -> (Map, Concepts) {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let measure = Measure::new(&map);
    let harmony = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap();
    let concepts = harmony.into_concepts();
    let found = overlaps(&measure, &concepts);
    let concepts = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, concepts.with_overlaps(found));
    (map, concepts)
}

fn changed(map: &Map, changes: &str) -> Map {
    tlevel::check(apply(map, &Changes::from_csv(changes).unwrap()).unwrap()).unwrap().map
}

#[test]
fn what_is_new_has_the_topics_of_the_vocabulary() {
    let (map, concepts) = consultation();
    let changes = "change,occupation,statement,text\nreword-statement,LARS82,K1,Health and safety legislation and \
                   risk assessment\n";
    let new = changed(&map, changes);
    let carried = carry_over_joined(&map, &concepts, &new, Some(Threshold::default())).unwrap();
    let topics_of = |map: &Map, concepts: &Concepts, id: &str| -> Vec<String> {
        let statement = map.occupation("LARS82").unwrap().statements().find(|s| s.id() == id).unwrap().index();
        let topics = concepts.topics().iter().filter(|t| t.statements.iter().any(|s| s.statement == statement));
        topics.map(|t| t.id.clone()).collect()
    };
    assert!(topics_of(&new, &carried, "K1").contains(&"health-and-safety".to_owned()));
    assert_ne!(topics_of(&map, &concepts, "K1"), topics_of(&new, &carried, "K1"));
    // all others keep their own
    for statement in map.occupation("LARS82").unwrap().statements().filter(|s| s.id() != "K1") {
        assert_eq!(topics_of(&map, &concepts, statement.id()), topics_of(&new, &carried, statement.id()));
    }
}

#[test]
fn an_occupation_that_comes_to_the_level_gets_topics() {
    let (map, concepts) = consultation();
    let level = |o: Occupation<'_>| i64::from(o.level());
    let at_three = |s: Statement<'_>| level(s.occupation()) == 3;
    let none = TopicDecisions::default();
    let topics = Topics::assign_with(&map, &Vocabulary::bundled(), &none, at_three).unwrap();
    let concepts = topics.onto(&map, concepts);
    let bricklayer = map.occupation("LARS287").unwrap();
    assert_eq!(level(bricklayer), 2);
    let new = changed(&map, "change,occupation,level\nre-level,LARS287,3\n");
    let carried = carry_over_joined(&map, &concepts, &new, Some(Threshold::default())).unwrap();
    let on = |map: &Map, concepts: &Concepts| {
        let own: Vec<_> = map.occupation("LARS287").unwrap().statements().map(|s| s.index()).collect();
        concepts.topics().iter().flat_map(|t| &t.statements).filter(|s| own.contains(&s.statement)).count()
    };
    assert_eq!(on(&map, &concepts), 0);
    assert!(on(&new, &carried) > 0);
    // and it loses them with its level
    let back = carry_over_joined(&new, &carried, &map, Some(Threshold::default())).unwrap();
    assert_eq!(on(&map, &back), 0);
}

#[test]
fn a_topic_is_lost_with_its_cause() {
    let (map, concepts) = consultation();
    let policy = Policy::panel();
    let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
    // every statement of one occupation on a topic that two share
    let (programme, topic) = (derivation.programmes.iter())
        .flat_map(|p| p.topics.iter().map(move |t| (p, t)))
        .find(|(_, t)| t.tier == Tier::Pathway && t.support.have == 2)
        .expect("two occupations share a topic");
    let loser = topic.holders.iter().find(|holder| holder.has).unwrap();
    let on = concepts.topics().iter().find(|t| t.id == topic.id).unwrap();
    let mut changes = "change,occupation,statement\n".to_owned();
    for statement in map.occupation(&loser.occupation).unwrap().statements() {
        if on.statements.iter().any(|s| s.statement == statement.index()) {
            changes += &format!("drop-statement,{},{}\n", loser.occupation, statement.id());
        }
    }
    let new = changed(&map, &changes);
    let carried = carry_over_joined(&map, &concepts, &new, Some(Threshold::default())).unwrap();
    let found = diff_with_effects((&map, &concepts), (&new, &carried), &policy, &policy).unwrap();
    let effect = found.effect.programmes.iter().find(|p| p.pathway == programme.pathway).unwrap();
    let lost = effect.topics.iter().find(|t| t.id == topic.id).expect("is named");
    assert_eq!((lost.was, lost.is), (Some(Tier::Pathway), None));
    assert!(lost.causes.iter().all(|cause| cause.kind == CauseKind::StatementRemoved), "{:?}", lost.causes);
    assert_eq!(lost.causes.len(), loser.statements);
    let json = serde_json::to_value(effect).unwrap();
    let members: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert!(members.contains(&&"topics".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn topics_are_carried_over_whole_where_nothing_changes(raw in generated::map(), shift in 0..9_usize) {
        let map = tlevel::check(raw).unwrap().map;
        let concepts = generated_topics::over(&map, Concepts::exact(&map), shift);
        let carried = carry_over(&map, &concepts, &map, &Concepts::exact(&map)).unwrap();
        prop_assert_eq!(carried.topics(), concepts.topics());
        prop_assert_eq!(carried.overlaps(), concepts.overlaps());
        prop_assert!(carried.has_topics());
        let none = carry_over(&map, &Concepts::exact(&map), &map, &concepts).unwrap();
        prop_assert!(!none.has_topics(), "what had no topics gets none");
    }

    #[test]
    fn every_topic_gained_lost_or_moved_has_a_cause(
        old in generated::map(), new in generated::map(), policy in generated::policy(), shift in 0..2_usize
    ) {
        let [old, new] = [old, new].map(|raw| tlevel::check(raw).unwrap().map);
        let before = generated_topics::over(&old, Concepts::exact(&old), 0);
        let after = generated_topics::over(&new, Concepts::exact(&new), shift);
        let found = diff_with_effects((&old, &before), (&new, &after), &policy, &policy).unwrap();
        let [was, is] = [(&old, &before), (&new, &after)].map(|(map, c)| tlevel::derive(map, c, &policy).unwrap());
        for programme in &found.effect.programmes {
            for topic in &programme.topics {
                prop_assert!(!topic.causes.is_empty() && (topic.was.is_some() || topic.is.is_some()), "{:?}", topic);
                let tier = |of: &tlevel::derive::Derivation| {
                    let topics = of.programme(&programme.pathway.id).into_iter().flat_map(|p| &p.topics);
                    topics.filter(|t| t.id == topic.id).map(|t| t.tier).min()
                };
                prop_assert_eq!((topic.was, topic.is), (tier(&was), tier(&is)));
            }
        }
    }
}
