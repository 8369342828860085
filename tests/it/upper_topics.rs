//! Topics in the rooms above the derivation: progression, studies, consultations.

use std::collections::BTreeSet;

use tlevel::concept::Concepts;
use tlevel::consult::Consultation;
use tlevel::derive::{Policy, Tier};
use tlevel::harmonise::Threshold;
use tlevel::map::{Map, Occupation};
use tlevel::place::Placer;
use tlevel::progression::steps;
use tlevel::topics::{TopicDecisions, Topics, Vocabulary};

use crate::change_topics::consultation;

/// The ids of the topics on which an occupation has a statement.
fn topics_of(concepts: &Concepts, occupation: Occupation<'_>) -> BTreeSet<String> {
    let own: BTreeSet<_> = occupation.statements().map(|s| s.index()).collect();
    let has = |topic: &&tlevel::concept::Topic| topic.statements.iter().any(|on| own.contains(&on.statement));
    concepts.topics().iter().filter(has).map(|topic| topic.id.clone()).collect()
}

#[test]
fn what_a_step_needs_is_under_topics() {
    let (map, concepts) = consultation();
    let placer = Placer::new(&map);
    let mut new = 0;
    for occupation in map.occupations() {
        let found = steps(&map, &concepts, &placer, occupation.id(), 2).unwrap();
        for step in found.leads_to.iter().chain(&found.comes_from) {
            let has = topics_of(&concepts, map.occupation(&step.from.id).unwrap());
            let needed: BTreeSet<String> =
                step.lacks.iter().filter_map(|needed| Some(needed.topic.as_ref()?.id.to_string())).collect();
            let expected: BTreeSet<String> = needed.difference(&has).cloned().collect();
            let found: BTreeSet<String> = step.new_topics.iter().map(|topic| topic.id.to_string()).collect();
            assert_eq!(found, expected, "{} to {}", step.from.id, step.to.id);
            new += found.len();
        }
    }
    assert!(new > 5);
    // without topics, nothing is said about them
    let exact = steps(&map, &Concepts::exact(&map), &placer, "LARS287", 1).unwrap();
    assert!(exact.leads_to[0].new_topics.is_empty() && !serde_json::to_string(&exact).unwrap().contains("topic"));
}

#[test]
fn a_proposal_changes_topics() {
    let (map, concepts) = consultation();
    let asked = Consultation::new(&map, &concepts, &Policy::panel()).unwrap();
    let asked = asked.joining(Some(Threshold::default())).with_topics(Vocabulary::bundled(), TopicDecisions::default());
    let opened = asked.open_branch("protective-services").unwrap();
    let core = |topic: &tlevel::change::TopicEffect| topic.was.is_none() && topic.is.is_some();
    let programmes = &opened.outcome.effect.programmes;
    assert!(programmes.iter().flat_map(|p| &p.topics).any(core), "{programmes:?}");

    let moved = asked.move_occupation("Surveying technician", "Core Building Tradesperson").unwrap();
    let own = topics_of(&concepts, map.occupation(&moved.occupation.id).unwrap());
    for side in [&moved.from, &moved.to] {
        let both = side.topics.iter().chain(&side.only_own_topics).map(|topic| topic.id.to_string());
        assert_eq!(both.collect::<BTreeSet<_>>(), own, "{}", side.name);
        assert!(!side.topics.is_empty() || !side.only_own_topics.is_empty());
    }
    let exact = Concepts::exact(&map);
    let by_statement = Consultation::new(&map, &exact, &Policy::panel()).unwrap();
    let moved = by_statement.move_occupation("Surveying technician", "Core Building Tradesperson").unwrap();
    assert!(moved.from.topics.is_empty() && moved.from.only_own_topics.is_empty());
}

#[cfg(feature = "study")]
fn england() -> (Map, Concepts) {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let concepts = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, Concepts::exact(&map));
    (map, concepts)
}

#[cfg(feature = "study")]
#[test]
fn a_grouping_by_pathways_gives_the_topics_of_the_pathways() {
    use tlevel::study::{Labels, OfficialGrouping, curricula};

    let (map, concepts) = england();
    let mut policy = Policy::panel();
    // without route core, a pathway shares what it would share alone
    policy.min_pathways = usize::MAX;
    let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
    let study = curricula(&map, &concepts, &policy, &Labels::of(&map, OfficialGrouping::Pathway)).unwrap();
    let mut all = 0;
    for programme in &derivation.programmes {
        let topics = programme.topics.iter().filter(|topic| topic.tier == Tier::Pathway).count();
        let size = study.programmes.iter().find(|size| size.label == programme.pathway.id).unwrap();
        assert_eq!((size.topics, size.core), (topics, programme.pathway_core.len()), "{}", size.label);
        all += topics;
    }
    assert!(all > 20);
}

#[cfg(feature = "study")]
#[test]
fn a_sweep_shares_topics_if_the_policy_does() {
    use tlevel::derive::{Quorum, Share};
    use tlevel::harmonise::{Ledger, Measure};
    use tlevel::study::sweep;

    let (map, _) = england();
    let measure = Measure::new(&map);
    let swept = |share: Option<Share>| {
        let mut policy = Policy::panel();
        policy.share = share;
        let quorums = [Quorum::ALL, Quorum::HALF];
        let rows = sweep(&measure, Some(Threshold::default()), &quorums, &policy, &Ledger::default()).unwrap();
        [Quorum::ALL, Quorum::HALF]
            .map(|quorum| rows.iter().filter(|row| row.quorum == quorum).map(|row| row.size.topics).sum::<usize>())
    };
    assert_eq!(swept(None), [0, 0]);
    let [strict, half] = swept(Some(Share::Topic));
    assert!(strict > 0 && half > strict, "{strict} {half}");
}
