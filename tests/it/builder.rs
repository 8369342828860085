//! The one call from bytes to programmes: what makes a core by default, and what
//! a builder changes.

use tlevel::Error;
use tlevel::concept::{HeadingSource, Topic};
use tlevel::derive::{Policy, Share, Tier};
use tlevel::topics::{TopicDecisions, Vocabulary};
use tlevel::{ProgrammeBuilder, Programmes};

const MAP: &[u8] = include_bytes!("../../fixtures/maps/england.json");
const JUDGED: &str = include_str!("../../fixtures/maps/england-concepts.csv");

fn policy(share: Option<Share>) -> Policy {
    let mut policy = Policy::panel();
    policy.share = share;
    policy
}

fn made(builder: &ProgrammeBuilder<'_>) -> Programmes {
    builder.of_bytes(MAP).unwrap()
}

/// Whether programmes share topics; all must agree.
fn share(made: &Programmes) -> Share {
    let topics = made.derivation.programmes.iter().any(|programme| !programme.topics.is_empty());
    let near_misses = made.derivation.programmes.iter().any(|programme| !programme.near_misses.is_empty());
    assert_eq!(topics, made.concepts.has_topics());
    assert_ne!(topics, near_misses, "near misses are topics or statements");
    if topics { Share::Topic } else { Share::Statement }
}

#[test]
fn what_is_joined_by_score_shares_topics_unless_the_policy_says_otherwise() {
    let usual = ProgrammeBuilder::new(policy(None));
    assert_eq!(share(&made(&usual)), Share::Topic);
    assert_eq!(made(&usual).derivation, tlevel::programmes(MAP, &policy(None)).unwrap());
    assert_eq!(share(&made(&usual.clone().exact())), Share::Statement);
    assert_eq!(share(&made(&usual.judged(JUDGED))), Share::Statement);
    // the policy decides, so that no way of joining lacks topics
    for share_of in [Share::Topic, Share::Statement] {
        let builder = ProgrammeBuilder::new(policy(Some(share_of)));
        assert_eq!(share(&made(&builder)), share_of);
        assert_eq!(share(&made(&builder.clone().exact())), share_of);
        assert_eq!(share(&made(&builder.judged(JUDGED))), share_of);
    }
}

#[test]
fn topics_are_those_of_the_vocabulary_and_of_decisions() {
    let vocabulary =
        Vocabulary::from_csv("id,heading,nature,cues\nsafe,Safe working,general,health and safety\n").unwrap();
    let builder = ProgrammeBuilder::new(policy(None)).vocabulary(vocabulary);
    let found = made(&builder);
    // the map's own words may give topics where the vocabulary has none
    let named = |topic: &&Topic| topic.source != HeadingSource::Map;
    let topics = found.concepts.topics().iter().filter(named);
    let headings: Vec<&str> = topics.map(|topic| topic.heading.as_str()).collect();
    assert_eq!(headings, ["Safe working"]);
    assert!(found.stale_topics.is_empty());

    let statement = found.concepts.topics()[0].statements[0].statement;
    let statement = found.map.statement_at(statement).unwrap();
    let (occupation, id) = (statement.occupation().id(), statement.id());
    let csv =
        format!("decision,occupation,statement,topic\nnot,{occupation},{id},safe\nnot,no-such-occupation,K1,safe\n");
    let decided = made(&builder.topic_decisions(TopicDecisions::from_csv(&csv).unwrap()));
    let on = &decided.concepts.topics()[0].statements;
    assert_eq!(on.len() + 1, found.concepts.topics()[0].statements.len());
    assert_eq!(decided.stale_topics.len(), 1);
}

#[test]
fn topics_are_assigned_at_the_levels_of_the_policy() {
    let found = made(&ProgrammeBuilder::new(policy(None)));
    for topic in found.concepts.topics() {
        for on in &topic.statements {
            let level = found.map.statement_at(on.statement).unwrap().occupation().level();
            assert!(policy(None).levels.contains(&level));
        }
    }
    assert!(found.derivation.programmes.iter().flat_map(|p| &p.topics).any(|topic| topic.tier == Tier::Pathway));
}

#[test]
fn decisions_on_topics_that_contradict_each_other_are_an_error() {
    let csv = "decision,occupation,statement,topic\nbelongs,LARS82,K1,communication\nnot,LARS82,K1,communication\n";
    let decisions = TopicDecisions::from_csv(csv).unwrap();
    let builder = ProgrammeBuilder::new(policy(None)).topic_decisions(decisions);
    let found = builder.of_bytes(include_bytes!("../../fixtures/maps/consultation.json"));
    assert!(matches!(found, Err(Error::TopicDecisions(_))), "{found:?}");
}

#[test]
fn what_an_exception_lets_in_has_topics() {
    let usual = made(&ProgrammeBuilder::new(policy(None)));
    let other = |o: &&tlevel::derive::Excluded| {
        let occupation = usual.map.occupation(&o.occupation);
        occupation.is_some_and(|o| o.statements().any(|s| s.counts_for_sharing()))
    };
    let excluded = usual.derivation.programmes.iter().flat_map(|programme| &programme.excluded);
    let out = excluded.filter(|o| o.level != Some(3)).find(other).expect("an occupation of another level");
    let mut policy = policy(None);
    let exception = format!(
        r#"{{"format": "tlevel-policy", "exceptions": [{{"occupation": "{}", "role": "counts"}}]}}"#,
        out.title
    );
    policy.exceptions = Policy::from_json(&exception).unwrap().exceptions;
    let let_in = made(&ProgrammeBuilder::new(policy));
    let is_own = |s: &tlevel::concept::TopicStatement| {
        let statement = let_in.map.statement_at(s.statement);
        statement.is_some_and(|s| s.occupation().id() == out.occupation)
    };
    assert!(let_in.concepts.topics().iter().flat_map(|topic| &topic.statements).any(is_own), "{}", out.title);
}
