//! Decisions on topics, and why a topic is core: named cases, then laws.

#![allow(clippy::type_complexity, reason = "tables of cases")]

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tlevel::concept::{Concepts, Nature, Topic, TopicStatement};
use tlevel::derive::{CoreTopic, Holders, Item, NoteCode, Policy, Programme, Share, Support, Tier};
use tlevel::harmonise::{Ledger, Measure};
use tlevel::map::Map;
use tlevel::review::{Choice, Decisions, ExplainedTopic, Reviewed, TopicPart, apply_decisions, explain, explain_topic};
use tlevel::table::{Sheet, Table};
use tlevel::topics::TopicDecisions;

use crate::review_rules::{concepts, map};
use crate::{generated, generated_topics};

/// The concepts of a small map under topics: `law-a` and `law-b` are on the topic
/// `law`, which is general unless it begins with `w`.
fn by_topic(map: &Map) -> Concepts {
    let concepts = concepts(map);
    let topic_of = |text: &str| text.split_once('-').map(|(topic, _)| topic.trim_start_matches('!').to_owned());
    let names: BTreeSet<String> = map.statements().filter_map(|s| topic_of(s.text())).collect();
    let topics = names.into_iter().map(|name| {
        let on = map.statements().filter(|s| topic_of(s.text()).as_ref() == Some(&name));
        let statements: Vec<TopicStatement> = on.map(|s| TopicStatement::new(s.index(), 0.5)).collect();
        let taught = statements.iter().flat_map(|s| concepts.of(s.statement).to_vec()).collect();
        let nature = if name.starts_with('w') { Nature::Occupational } else { Nature::General };
        let topic = Topic::new(name.as_str(), format!("All about {name}")).with_nature(nature);
        topic.with_statements(statements).with_concepts(taught)
    });
    let topics = topics.collect();
    concepts.with_topics(topics)
}

fn reviewed(lines: &str, rows: &str) -> (Map, Reviewed) {
    let map = map(lines);
    let decisions = Decisions::from_csv(&format!("topic,decision,pathway,tier\n{rows}")).unwrap();
    let reviewed = apply_decisions(&map, &by_topic(&map), &Policy::t_level(), &decisions).unwrap();
    (map, reviewed)
}

/// A programme in a line: core topics with their tiers, then what each
/// specialism has.
fn shown(programme: &Programme) -> String {
    let mut parts: Vec<String> = Vec::new();
    for topic in &programme.topics {
        let group = topic.group.as_ref().map_or_else(String::new, |group| format!(" of {}", group.id));
        let sources: Vec<&str> = topic.sources.iter().map(|s| s.text.as_str()).collect();
        let elements: Vec<&str> = topic.elements.iter().map(|e| e.item.concept.as_str()).collect();
        parts.push(format!("{}{group}: {} [{}]", topic.tier.name(), topic.id, [elements, sources].concat().join(" ")));
    }
    for specialism in &programme.specialisms {
        let items: Vec<&str> = specialism.items().map(|item| item.concept.as_str()).collect();
        if !items.is_empty() {
            parts.push(format!("{} {}", specialism.title, items.join(" ")));
        }
    }
    format!("{}: {}", programme.pathway.id, parts.join("; "))
}

const LAW: &str = "p1 a law-a tax-a\n p1 b law-b\n p2 c law-c\n p2 d tax-d";
const CLUSTERS: &str = "p1/c1 a law-a\n p1/c1 b law-b\n p1/c2 c x\n p1/c2 d y";

/// `law-a` and `law-b` overlap, so a draft has them as one element.
fn with_element(decided: &str) -> Vec<Programme> {
    let map = map("p1 a law-a tax-a\n p1 b law-b tax-b\n p1 c law-c\n p2 d x");
    let concepts = by_topic(&map);
    let index = |id: &str| concepts.iter().find(|c| c.id() == id).unwrap().index();
    let overlap = tlevel::concept::Overlap::new([index("law-a"), index("law-b")], 0.5);
    let concepts = concepts.clone().with_overlaps(vec![overlap]);
    let decisions =
        Decisions::from_csv(&format!("concept id,decision,merge with,pathway,tier,new wording\n{decided}")).unwrap();
    let reviewed = apply_decisions(&map, &concepts, &Policy::t_level(), &decisions).unwrap();
    assert_eq!(reviewed.conflicts, []);
    reviewed.derivation.programmes
}

/// The programmes in lines, and what they note of the decisions.
fn moved(decided: &str) -> (Vec<String>, Vec<String>) {
    let programmes = with_element(decided);
    let notes = programmes.iter().flat_map(|p| &p.notes).filter(|n| n.code == NoteCode::Decided);
    let notes = notes.map(|note| note.message.clone()).collect();
    (programmes.iter().map(shown).collect(), notes)
}

/// What people decided to be core, or worded, is an element, whole, whoever has it.
#[test]
fn what_is_decided_is_an_element() {
    for (decided, elements) in [
        ("", &["pathway core law-a law-b 2/3; to word law-c"][..]),
        ("law-a,route core,,\n", &["route core law-a law-b 2/4", "pathway core to word law-c"]),
        // what one occupation alone has
        ("law-c,route core,,\n", &["route core law-c 1/4", "pathway core law-a law-b 2/3"]),
        ("law-c,pathway core,,\n", &["pathway core law-a law-b 2/3; law-c 1/3"]),
        ("law-c,pathway core,,,pathway core\n", &["pathway core law-a law-b 2/3; law-c 1/3"]),
        ("law-c,keep,,\n", &["pathway core law-a law-b 2/3; to word law-c"]),
        ("law-c,keep,,,,Laws\n", &["pathway core law-a law-b 2/3; law-c 1/3"]),
        ("law-c,,,,,Laws\n", &["pathway core law-a law-b 2/3; law-c 1/3"]),
        // under a topic that is not core
        ("tax-a,pathway core,,\n", &["pathway core law-a law-b 2/3; to word law-c", "pathway core tax-a 1/3"]),
    ] {
        let line = |topic: &CoreTopic| {
            let elements = topic.elements.iter().map(|element| {
                let concepts = element.joined.iter().map(|joined| joined.concept.as_str());
                let concepts: Vec<&str> = [element.item.concept.as_str()].into_iter().chain(concepts).collect();
                let Support { have, of, .. } = element.item.support;
                format!("{} {have}/{of}", concepts.join(" "))
            });
            let to_word = topic.sources.iter().map(|source| format!("to word {}", source.text));
            let parts: Vec<String> = elements.chain(to_word).collect();
            format!("{} {}", topic.tier.name(), parts.join("; "))
        };
        let found: Vec<String> = with_element(decided)[0].topics.iter().map(line).collect();
        assert_eq!(found, elements, "{decided}");
    }
}

#[test]
fn an_element_moves_whole() {
    let before = moved("").0;
    assert_eq!(before[0], "p1: pathway core: law [law-a law-c]; a tax-a; b tax-b");
    for (decided, after, noted) in [
        (
            "law-a,drop,,\n",
            "p1: pathway core: law [law-c]; a tax-a; b tax-b",
            "dropped from pathway core: \"law-a\" (law-a)",
        ),
        (
            "law-a,drop,,p1\n",
            "p1: pathway core: law [law-c]; a tax-a; b tax-b",
            "dropped from pathway core: \"law-a\" (law-a)",
        ),
        (
            "law-a,specialism,,\n",
            "p1: pathway core: law [law-c]; a law-a tax-a; b law-b tax-b",
            "moved from pathway core to 1 of 3 specialisms: \"law-a\" (law-a)",
        ),
        // what people decided on such a concept itself
        (
            "law-a,drop,,\nlaw-b,keep,,\n",
            "p1: pathway core: law [law-b law-c]; a tax-a; b tax-b",
            "dropped from pathway core: \"law-a\" (law-a)",
        ),
        (
            "law-b,drop,,\n",
            "p1: pathway core: law [law-a law-c]; a tax-a; b tax-b",
            "dropped from pathway core: \"law-b\" (law-b)",
        ),
        (
            "law-a,merge with,law-c,\n",
            "p1: pathway core: law [law-c]; a tax-a; b tax-b",
            "merged \"law-a\" (law-a) into \"law-c\" (law-c)",
        ),
        // merged with its own part
        (
            "law-a,merge with,law-b,\n",
            "p1: pathway core: law [law-b law-c]; a tax-a; b tax-b",
            "merged \"law-a\" (law-a) into \"law-b\" (law-b)",
        ),
    ] {
        let (programmes, notes) = moved(decided);
        assert_eq!(programmes[0], after, "{decided}");
        assert_eq!(programmes[1], before[1], "{decided}");
        assert_eq!(notes.len(), 1, "{decided}: {notes:?}");
        assert!(notes[0].starts_with(noted), "{decided}: {notes:?}");
    }
}

/// The map, the review, and the programmes.
const CASES: &[(&str, &str, &[&str])] = &[
    (LAW, "", &["p1: pathway core: law [law-a law-b]; a tax-a", "p2: c law-c; d tax-d"]),
    (LAW, "law,keep,,\n", &["p1: pathway core: law [law-a law-b]; a tax-a", "p2: c law-c; d tax-d"]),
    (LAW, "law,specialism,,\n", &["p1: a law-a tax-a; b law-b", "p2: c law-c; d tax-d"]),
    // by its heading, in any case
    (LAW, "all about LAW,drop,p1,\n", &["p1: a tax-a", "p2: c law-c; d tax-d"]),
    (LAW, "law,drop,,pathway core\n", &["p1: a tax-a", "p2: c law-c; d tax-d"]),
    // what is kept stays, whatever becomes of its topic
    (LAW, "law,drop,p1,\nlaw-a,keep,p1,\n", &["p1: pathway core: law [law-a]; a tax-a", "p2: c law-c; d tax-d"]),
    // so does what is confirmed
    (
        LAW,
        "law,drop,p1,\nlaw-a,pathway core,p1,pathway core\n",
        &["p1: pathway core: law [law-a]; a tax-a", "p2: c law-c; d tax-d"],
    ),
    (
        LAW,
        "law-a,keep,,\nlaw,specialism,,\n",
        &["p1: pathway core: law [law-a]; a tax-a; b law-b", "p2: c law-c; d tax-d"],
    ),
    // a near miss
    (
        LAW,
        "tax,pathway core,p1,\n",
        &["p1: pathway core: law [law-a law-b]; pathway core: tax [tax-a]", "p2: c law-c; d tax-d"],
    ),
    (
        LAW,
        "law,route core,p1,\n",
        &["p1: route core: law [law-a law-b law-c]; a tax-a", "p2: route core: law [law-a law-b law-c]; d tax-d"],
    ),
    // a concept wins over its topic, in any order of rows
    (
        LAW,
        "law,drop,p1,\nlaw-a,pathway core,p1,\n",
        &["p1: pathway core: law [law-a]; a tax-a", "p2: c law-c; d tax-d"],
    ),
    (
        LAW,
        "law-a,specialism,p1,\nlaw,pathway core,p1,\n",
        &["p1: pathway core: law [law-b]; a law-a tax-a", "p2: c law-c; d tax-d"],
    ),
    // the core of a group
    (CLUSTERS, "", &["p1: group core of p1-c1: law [law-a law-b]; c x; d y"]),
    (CLUSTERS, "law,specialism,,group core\n", &["p1: a law-a; b law-b; c x; d y"]),
    (CLUSTERS, "law,drop,,\n", &["p1: c x; d y"]),
    (CLUSTERS, "law,pathway core,,\n", &["p1: pathway core: law [law-a law-b]; c x; d y"]),
];

#[test]
fn decisions_on_topics() {
    for (lines, rows, expected) in CASES {
        let (_, reviewed) = reviewed(lines, rows);
        assert!(reviewed.conflicts.is_empty(), "{rows}: {:?}", reviewed.conflicts);
        let found: Vec<String> = reviewed.derivation.programmes.iter().map(shown).collect();
        assert_eq!(found, *expected, "{rows}");
    }
}

#[test]
fn what_was_decided_on_a_topic_is_noted() {
    for (lines, rows, expected) in [
        (
            LAW,
            "law,specialism,,\n",
            "moved from pathway core to 2 of 2 specialisms: the topic \"All about law\" (law), as decided in line 2",
        ),
        (LAW, "law,drop,p1,\n", "dropped from pathway core: the topic \"All about law\" (law), as decided in line 2"),
        (
            CLUSTERS,
            "law,pathway core,,\n",
            "moved from group core to pathway core: the topic \"All about law\" (law), as decided in line 2",
        ),
    ] {
        let (_, reviewed) = reviewed(lines, rows);
        let notes = &reviewed.derivation.programmes[0].notes;
        let found: Vec<&str> =
            notes.iter().filter(|n| n.code == NoteCode::Decided).map(|n| n.message.as_str()).collect();
        assert_eq!(found, [expected], "{rows}");
    }
}

#[test]
fn decisions_on_topics_that_do_not_fit() {
    for (rows, expected) in [
        (
            "law,drop,,\nAll about law,specialism,,\n",
            &[
                "line 2: law: \"drop\" here, but \"specialism\" in line 3; not applied",
                "line 3: All about law: \"specialism\" here, but \"drop\" in line 2; not applied",
            ][..],
        ),
        (
            "all about lew,drop,,\n",
            &[
                "line 2: all about lew: no programme has such a concept or topic (did you mean \"All about law\"?); not applied",
            ],
        ),
        (
            "law,drop,,route core\n",
            &[
                "line 2: law: the review has it as route core; it is now pathway core and specialism and near miss; not applied",
            ],
        ),
        ("law,drop,p3,\n", &["line 2: law: there is no programme for the pathway \"p3\"; not applied"]),
    ] {
        let found: Vec<String> = reviewed(LAW, rows).1.conflicts.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{rows}");
    }
    let map = map(LAW);
    let merge = Decisions::from_csv("concept id,decision,merge with\nlaw,merge with,tax\n").unwrap();
    let apply = |policy: &Policy, decisions: &Decisions| {
        let reviewed = apply_decisions(&map, &by_topic(&map), policy, decisions).unwrap();
        reviewed.conflicts.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let topics = Policy::t_level();
    assert_eq!(apply(&topics, &merge), ["line 2: law: it is a topic, and only concepts are merged here; not applied"]);
}

#[test]
fn a_column_of_topics_is_not_read_if_there_is_one_of_concepts() {
    let read = |csv: &str| {
        let decisions = Decisions::from_csv(csv).unwrap();
        decisions.decisions().iter().map(|d| d.concept.clone()).collect::<Vec<_>>()
    };
    assert_eq!(read("topic,decision\nlaw,drop\n"), ["law"]);
    assert_eq!(read("topic id,decision\nlaw,drop\n"), ["law"]);
    assert_eq!(read("topic,concept id,decision\nLaw,law-a,drop\n"), ["law-a"]);
    assert_eq!(read("concept id,topic,decision\nlaw-a,Law,drop\n"), ["law-a"]);
}

#[test]
fn each_kind_of_decision_has_its_sheet_of_a_workbook() {
    let sheet = |name: &str, rows: &[&[&str]]| {
        let mut sheet = Sheet::new(name);
        sheet.set(0, 0, name.to_owned()).unwrap();
        for (row, cells) in (1..).zip(rows) {
            cells.iter().enumerate().for_each(|(column, text)| sheet.set(row, column, (*text).to_owned()).unwrap());
        }
        sheet
    };
    let pairs = sheet(
        "Pairs",
        &[
            &["decision", "occupation_a", "statement_a", "occupation_b", "statement_b", "by"],
            &["same", "A", "K1", "B", "K1", "Ada"],
        ],
    );
    let topics = sheet(
        "Topics",
        &[
            &["decision", "topic", "occupation", "statement", "into", "note"],
            &["rename", "planning", "", "", "Planning work", ""],
        ],
    );
    let content = sheet("Content", &[&["concept id", "decision"], &["planning", "drop"]]);
    let by_topic = sheet("By topic", &[&["topic", "decision"], &["safety", "keep"]]);
    let sheets = || vec![pairs.clone(), topics.clone(), content.clone(), by_topic.clone()];

    let table = Table::from_sheets(sheets(), Ledger::COLUMNS).unwrap();
    assert_eq!(Ledger::from_table(&table).unwrap().decisions().len(), 1);
    let table = Table::from_sheets(sheets(), TopicDecisions::COLUMNS).unwrap();
    assert!(table.notes().is_empty(), "a sheet may repeat its name: {:?}", table.notes());
    assert_eq!(TopicDecisions::from_table(&table).unwrap().decisions().len(), 1);
    // "topic" stands for the concept, but not in a list of decisions on topics
    let table = Table::from_sheets(sheets(), Decisions::COLUMNS).unwrap();
    let decisions = Decisions::from_table(&table).unwrap();
    let places: Vec<&str> = decisions.decisions().iter().map(|decision| decision.place.as_str()).collect();
    assert_eq!(places, ["Content!B3", "'By topic'!B3"]);
}

#[test]
fn a_policy_that_shares_statements_takes_no_decision_on_topics() {
    let map = map(LAW);
    let mut policy = Policy::t_level();
    policy.share = Some(Share::Statement);
    let decisions = Decisions::from_csv("topic,decision\nlaw,drop\n").unwrap();
    let reviewed = apply_decisions(&map, &by_topic(&map), &policy, &decisions).unwrap();
    let expected = "line 2: law: it is a topic, and the policy shares statements; decide on its concepts; not applied";
    assert_eq!(reviewed.conflicts[0].to_string(), expected);
    assert!(reviewed.tiers.is_empty());
}

/// The tiers and sentences of a topic's explanation.
fn explained(lines: &str, rows: &str, topic: &str) -> Vec<(Option<Tier>, String)> {
    let (map, reviewed) = reviewed(lines, rows);
    let holders = Holders::new(&map, &reviewed.concepts, &Policy::t_level()).unwrap();
    let holders = holders.with_decisions(reviewed.tiers.clone());
    let found = explain_topic(&reviewed.concepts, &holders, &reviewed.derivation, topic).unwrap();
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<ExplainedTopic>(&json).unwrap(), found, "it reads back");
    for place in &found.places {
        assert_eq!(place.holders.len(), place.support.have);
        assert_eq!(place.holders.len() + place.missing.len(), place.support.of);
    }
    found.places.into_iter().map(|place| (place.role, place.change)).collect()
}

#[test]
fn why_a_topic_is_core() {
    let both = "p1 a law-a\n p1 b law-b\n p2 c law-c\n p2 d law-d";
    let welding = "p1 a weld-a weld-b\n p1 b weld-c\n p1 c weld-d weld-e";
    let cases: &[(&str, &str, &str, &[(Option<Tier>, &str)])] = &[
        (
            LAW,
            "",
            "law",
            &[
                (Some(Tier::Pathway), "stays core unless 1 of the 2 loses it"),
                (Some(Tier::NearMiss), "would be core if 1 more had it; the nearest, d, is 1 statement short"),
            ],
        ),
        (
            both,
            "",
            "law",
            &[(Some(Tier::Route), "stays route core unless 1 of the 2 pathways that hold it loses it"); 2],
        ),
        (
            welding,
            "",
            "weld",
            &[(Some(Tier::NearMiss), "would be core if 1 more had it; the nearest, b, is 1 statement short")],
        ),
        (
            CLUSTERS,
            "",
            "law",
            &[(
                Some(Tier::Group),
                "is core of p1; would be core if 2 more had it; the nearest, c, is 1 statement short",
            )],
        ),
        (
            LAW,
            "law,drop,p1,\n",
            "law",
            &[
                (None, "was dropped by decision; the counts alone would make it core"),
                (Some(Tier::NearMiss), "would be core if 1 more had it; the nearest, d, is 1 statement short"),
            ],
        ),
        (
            LAW,
            "tax,pathway core,p1,\n",
            "tax",
            &[
                (
                    Some(Tier::Pathway),
                    "is pathway core by decision; the counts alone would not make it core: 1 more would need it",
                ),
                (Some(Tier::NearMiss), "would be core if 1 more had it; the nearest, c, is 1 statement short"),
            ],
        ),
    ];
    for (lines, rows, topic, expected) in cases {
        let found = explained(lines, rows, topic);
        let found: Vec<(Option<Tier>, &str)> = found.iter().map(|(role, change)| (*role, change.as_str())).collect();
        assert_eq!(found, *expected, "{lines} {rows}");
    }
}

#[test]
fn why_a_concept_is_core_by_its_topic() {
    let lines = "p1 a law-a weld-a weld-b tax-a x\n p1 b law-a weld-a weld-c\n p1 c law-c weld-d weld-e";
    let (map, reviewed) = reviewed(lines, "");
    let (measure, policy) = (Measure::new(&map), Policy::t_level());
    let holders = Holders::new(&map, &reviewed.concepts, &policy).unwrap();
    for (concept, part, change) in [
        ("law-a", TopicPart::Element, "belongs to an element of the core topic \"All about law\" that 2 of 3 share"),
        (
            "law-c",
            TopicPart::Source,
            "is for the panel to word: \"All about law\" is a core topic, and one occupation alone has this",
        ),
        (
            "weld-c",
            TopicPart::Left,
            "stays in its specialism: \"All about weld\" is a core topic, but one occupation alone has this",
        ),
        (
            "tax-a",
            TopicPart::NotCore,
            "is not core, because its topic \"All about tax\" is not core here: 1 of 3 have the topic, and 3 need to",
        ),
        ("x", TopicPart::NoTopic, "stays in its specialism, because it has no topic"),
    ] {
        let index = reviewed.concepts.iter().find(|c| c.id() == concept).unwrap().index();
        let why = explain(&measure, &reviewed.concepts, &holders, &reviewed.derivation, index).unwrap();
        assert_eq!((why.places[0].part, why.places[0].change.as_str()), (Some(part), change), "{concept}");
    }
}

/// A row of a review: a topic, by its heading or not, a decision, a pathway.
type Row = (Index, bool, usize, Option<Index>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    vec((any::<Index>(), any::<bool>(), 0..5_usize, proptest::option::weighted(0.5, any::<Index>())), 0..5)
}

fn has_topic(item: &Item, topic: &str) -> bool {
    item.topic.as_ref().is_some_and(|of| of.id == topic)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn decisions_on_topics_are_honoured_and_nothing_else_moves(
        raw in generated::map(), policy in generated::policy(), rows in rows()
    ) {
        let map = tlevel::check(raw).unwrap().map;
        let concepts = generated_topics::over(&map, Concepts::exact(&map), 0);
        prop_assume!(!concepts.topics().is_empty());
        let draft = tlevel::derive(&map, &concepts, &policy).unwrap();
        prop_assume!(!draft.programmes.is_empty());
        let row = |(topic, by_heading, choice, pathway): &Row| {
            let topic = &concepts.topics()[topic.index(concepts.topics().len())];
            let name = if *by_heading { &topic.heading } else { &topic.id };
            let choice = ["keep", "route core", "pathway core", "specialism", "drop"][*choice];
            let pathway = pathway.map_or("", |p| &draft.programmes[p.index(draft.programmes.len())].pathway.id);
            format!("{name},{choice},{pathway}\n")
        };
        let csv: String = rows.iter().map(row).collect();
        let decisions = Decisions::from_csv(&format!("topic,decision,pathway\n{csv}")).unwrap();
        let reviewed = apply_decisions(&map, &concepts, &policy, &decisions).unwrap();
        let refused: BTreeSet<&str> = reviewed.conflicts.iter().map(|c| c.place.as_str()).collect();
        let id = |name: &str| concepts.topics().iter().find(|t| t.id == name || t.heading == name).unwrap().id.clone();
        // whether an occupation that the programme serves has a statement on a topic
        let is_said = |programme: &Programme, topic: &str| {
            let on = &concepts.topics().iter().find(|t| t.id == topic).unwrap().statements;
            let served = programme.specialisms.iter().flat_map(|s| &s.occupations).filter_map(|id| map.occupation(id));
            served.flat_map(|o| o.statements()).any(|s| on.iter().any(|on| on.statement == s.index()))
        };
        let mut named: BTreeSet<String> = BTreeSet::new();
        for decision in decisions.decisions().iter().filter(|d| !refused.contains(d.place.as_str())) {
            let topic = id(&decision.concept);
            named.insert(topic.clone());
            for (was, is) in draft.programmes.iter().zip(&reviewed.derivation.programmes) {
                let covers = decision.pathways.is_empty() || decision.pathways.contains(&was.pathway.id);
                let was_there = was.topics.iter().any(|t| t.id == topic)
                    || was.near_topics.iter().any(|t| t.id == topic)
                    || was.specialisms.iter().flat_map(|s| s.items()).any(|item| has_topic(item, &topic));
                if !covers || !was_there {
                    continue;
                }
                let tiers: BTreeSet<Tier> = is.topics.iter().filter(|t| t.id == topic).map(|t| t.tier).collect();
                let of_route = |p: &&Programme| p.route.id == was.route.id && p.topics.iter().any(|t| t.id == topic && t.tier == Tier::Route);
                let was_route_core = draft.programmes.iter().any(|p| of_route(&p));
                match decision.choice {
                    Choice::Keep => {}
                    Choice::RouteCore => prop_assert_eq!(tiers, BTreeSet::from([Tier::Route])),
                    Choice::PathwayCore if was_route_core && decision.pathways.is_empty() => {
                        prop_assert!(!tiers.contains(&Tier::Route));
                    }
                    // a near miss of the route, and nobody here says anything on it
                    Choice::PathwayCore if !is_said(was, &topic) => prop_assert!(tiers.is_empty()),
                    Choice::PathwayCore => prop_assert_eq!(tiers, BTreeSet::from([Tier::Pathway])),
                    Choice::Specialism => prop_assert!(tiers.is_empty()),
                    Choice::Drop => {
                        prop_assert!(tiers.is_empty());
                        prop_assert!(is.items().all(|(item, _)| !has_topic(item, &topic)));
                        prop_assert!(is.near_topics.iter().all(|t| t.id != topic));
                    }
                    _ => prop_assert!(false, "no such row"),
                }
            }
        }
        // topics that no row names stay where they were
        for (was, is) in draft.programmes.iter().zip(&reviewed.derivation.programmes) {
            let others = |programme: &Programme| -> Vec<(String, Tier)> {
                let topics = programme.topics.iter().filter(|t| !named.contains(&t.id));
                topics.map(|t| (t.id.clone(), t.tier)).collect()
            };
            prop_assert_eq!(others(was), others(is));
        }
        if named.is_empty() {
            prop_assert_eq!(&draft, &reviewed.derivation);
        }
    }

    #[test]
    fn every_topic_is_explained_as_it_was_derived(raw in generated::map(), policy in generated::policy()) {
        let map = tlevel::check(raw).unwrap().map;
        let concepts = generated_topics::over(&map, Concepts::exact(&map), 0);
        let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
        let holders = Holders::new(&map, &concepts, &policy).unwrap();
        for topic in concepts.topics() {
            let why = explain_topic(&concepts, &holders, &derivation, &topic.id).unwrap();
            for place in &why.places {
                let programme = derivation.programme(&place.pathway.id).unwrap();
                let core = programme.topics.iter().filter(|t| t.id == topic.id).min_by_key(|t| t.tier);
                match (place.role, core) {
                    (Some(Tier::NearMiss | Tier::Specialism), core) => prop_assert!(core.is_none()),
                    (role, core) => prop_assert_eq!(role, core.map(|t| t.tier)),
                }
                // what is core by its pathway's counts is so for as many as have it
                if let Some(core) = core.filter(|core| core.tier == Tier::Pathway) {
                    prop_assert_eq!(core.support, place.support);
                    prop_assert!(place.support.have >= place.need && place.change.starts_with("stays core unless"));
                }
                prop_assert_eq!(why.usual.of >= place.support.of, true);
                prop_assert!(place.missing.iter().all(|unit| unit.short > 0));
            }
        }
    }
}
