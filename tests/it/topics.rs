//! Topics: named cases of assignment, people's decisions, laws, and the fast
//! way against the obvious one.

use proptest::collection::vec;
use proptest::prelude::*;
use tlevel::concept::{ConceptIndex, Concepts, HeadingSource, Overlap};
use tlevel::harmonise::{Measure, overlaps, overlaps_among};
use tlevel::map::Map;
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};
use tlevel::topics::{
    Nature, TopicDecisions, TopicExplanation, TopicMatrix, TopicScore, Topics, Vocabulary, VocabularyTopic, is_enough,
    reference,
};

use crate::generated::turned;

fn bundled_map() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap()).unwrap().map
}

/// One occupation in a route, with these statements as S1, S2, ...
fn map_of(route: &str, statements: &[&str]) -> Map {
    let mut occupation = RawOccupation::new("o", "Occupation", 3);
    let numbered = statements.iter().enumerate();
    occupation.statements.extend(numbered.map(|(i, text)| RawStatement::new(format!("S{}", i + 1), "skill", *text)));
    let pathway = RawPathway::new("p", "Pathway").with(RawCluster::new("c", "Cluster").with(occupation));
    tlevel::check(RawMap::new("A map").with(RawRoute::new(route, route).with(pathway))).unwrap().map
}

fn ids(scores: &[TopicScore]) -> Vec<&str> {
    scores.iter().map(|score| score.topic.as_str()).collect()
}

/// The topics of each statement, by their ids.
fn assigned(map: &Map, topics: &Topics) -> Vec<Vec<String>> {
    map.statements().map(|s| ids(topics.of_statement(s)).into_iter().map(str::to_owned).collect()).collect()
}

#[test]
fn named_cases() {
    let cases = [
        ("health-and-science", "Report hazards and near misses on the ward.", "health-and-safety"),
        ("digital", "Watch for malware and phishing attacks.", "cyber-security-controls"),
        ("agriculture-environmental-and-animal-care", "Drill seed and look after arable crops.", "crop-production"),
        ("digital", "Keep personal data private, as the GDPR asks.", "data-protection-and-confidentiality"),
        ("construction", "Challenge discrimination and stereotyping on site.", "equality-diversity-inclusion"),
        (
            "creative-and-design",
            "Give first aid until the emergency services come.",
            "emergency-procedures-and-first-aid",
        ),
        ("digital", "Hum a tune.", ""),
        ("digital", "Tape the handlebars.", ""),
    ];
    let vocabulary = Vocabulary::bundled();
    for (route, text, expected) in cases {
        let map = map_of(route, &[text]);
        let topics = Topics::assign(&map, &vocabulary);
        let first = map.statements().next().map(|s| topics.of_statement(s).first().map_or("", |t| &t.topic)).unwrap();
        assert_eq!(first, expected, "{text}");
    }
}

#[test]
fn a_topic_of_other_routes_counts_less() {
    let text = "Drill seed, then walk home slowly while rain falls over hills, rivers, roofs, towers, bridges.";
    let vocabulary = Vocabulary::bundled();
    let score = |route: &str| {
        let map = map_of(route, &[text]);
        let topics = Topics::assign(&map, &vocabulary);
        let explanation = topics.explain(map.statements().next().unwrap()).unwrap();
        (explanation.candidates[0].score, explanation.candidates[0].other_route)
    };
    let (own, is_other) = score("agriculture-environmental-and-animal-care");
    assert!(!is_other);
    // by the words of its name, in any order
    assert_eq!(score("Animal care, environmental & agriculture"), (own, false));
    // a route that the vocabulary does not know
    assert_eq!(score("r1"), (own, false));
    let (other, is_other) = score("digital");
    assert!(is_other);
    assert!((other - 0.65 * own).abs() < 1e-12, "{other} {own}");
    // other names of a route are data
    let care = Vocabulary::bundled().topics().iter().find(|t| t.routes == ["social-care"]).unwrap().clone();
    for (route, is_other) in [("care-services", false), ("social-care", false), ("digital", true)] {
        let map = map_of(route, &[care.heading.as_str()]);
        let topics = Topics::assign(&map, &vocabulary);
        let explanation = topics.explain(map.statements().next().unwrap()).unwrap();
        let candidate = explanation.candidates.iter().find(|c| c.topic == care.id).unwrap();
        assert_eq!(candidate.other_route, is_other, "{route}");
    }
}

const BEES: &str = "heading,cues\nBeekeeping,bees; hives; swarms\nHoney,honey; jars; labels\nQueens,queen; mating\n";

const STATEMENTS: [&str; 9] = [
    "Open hives and look at the bees.",
    "Keep bees calm and catch swarms.",
    "Build hives.",
    "Fill jars with honey.",
    "Print labels for jars.",
    "Raise a queen and watch her mating flight.",
    "Look at honey in the hives.",
    "Catch calm swarms with a box.",
    "Sing.",
];

fn with(decisions: &str) -> (Map, Topics) {
    let map = map_of("animals", &STATEMENTS);
    let decisions = TopicDecisions::from_csv(decisions).unwrap();
    let topics = Topics::assign_with(&map, &Vocabulary::from_csv(BEES).unwrap(), &decisions, |_| true).unwrap();
    (map, topics)
}

fn first_topics(decisions: &str) -> String {
    let (map, topics) = with(decisions);
    assigned(&map, &topics)
        .iter()
        .map(|t| if t.is_empty() { "-".to_owned() } else { t.join("+") })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn decisions_come_first() {
    let header = "decision,occupation,statement,topic,into,cues\n";
    let of = |rows: &str| first_topics(&format!("{header}{rows}"));
    let plain = "beekeeping beekeeping beekeeping honey honey queens beekeeping+honey beekeeping -";
    assert_eq!(of(""), plain);
    // a topic may be named by its heading
    assert_eq!(of("belongs,o,S9,Queens,,\n"), plain.replace('-', "queens"));
    // and an occupation by its title
    assert_eq!(of("belongs,occupation,s9,Queens,,\n"), plain.replace('-', "queens"));
    assert_eq!(of("belongs,o,S7,beekeeping,,\n").split(' ').nth(6), Some("beekeeping"));
    assert_eq!(of("belongs,o,S9,queens,,\nbelongs,o,S9,honey,,\n").split(' ').nth(8), Some("honey+queens"));
    assert_eq!(of("not,o,S6,queens,,\n").split(' ').nth(5), Some("-"));
    assert_eq!(of("merge,,,queens,honey,\n"), plain.replace("queens", "honey"));
    assert_eq!(of("merge,,,queens,honey,\nmerge,,,honey,beekeeping,\n"), "beekeeping ".repeat(8) + "-");
    assert_eq!(of("merge,,,honey,beekeeping,\nmerge,,,queens,honey,\n"), "beekeeping ".repeat(8) + "-");
    assert_eq!(of("new,,,,Singing,sing; songs\n"), plain.replace('-', "singing"));
    // what is new and has one name has it as its heading
    assert_eq!(of("new,,,Singing,,sing; songs\n"), plain.replace('-', "singing"));
    // a new topic can be decided on at once, whatever the order of the rows
    assert_eq!(of("belongs,o,S9,tunes,,\nnew,,,tunes,Singing,\n"), plain.replace('-', "tunes"));
    let (_, topics) = with(&format!("{header}rename,,,queens,Queen rearing,\nbelongs,o,S9,Queen rearing,,\n"));
    assert_eq!(topics.topic("queens").unwrap().heading, "Queen rearing");
    assert_eq!(topics.topic("queens").unwrap().source, HeadingSource::Decision);
    assert_eq!(topics.topic("honey").unwrap().source, HeadingSource::Vocabulary);
    let (_, added) = with(&format!("{header}new,,,tunes,Singing,sing\n"));
    assert_eq!(added.topic("tunes").unwrap().source, HeadingSource::Decision);
    assert_eq!(topics.with_topic("queens").len(), 2);
    assert!(topics.with_topic("queens")[0].1.decided);
    assert!(topics.stale().is_empty());
}

#[test]
fn what_no_topic_fits_may_have_a_topic_of_the_map() {
    let mut cluster = RawCluster::new("c", "Cluster");
    for (id, text) in [("o1", "Tune the glass harp."), ("o2", "Store a glass harp in its box."), ("o3", "Fill jars.")] {
        let mut occupation = RawOccupation::new(id, id, 3);
        occupation.statements.push(RawStatement::new("S1", "skill", text));
        cluster = cluster.with(occupation);
    }
    let pathway = RawPathway::new("p", "Pathway").with(cluster);
    let map = tlevel::check(RawMap::new("A map").with(RawRoute::new("r", "Route").with(pathway))).unwrap().map;
    let topics = Topics::assign(&map, &Vocabulary::from_csv(BEES).unwrap());
    let exact = Concepts::exact(&map);
    let [a, b]: [ConceptIndex; 2] = [0, 1].map(|i| exact.of(map.statements().nth(i).unwrap().index())[0]);
    let named = |concepts: Concepts| -> Vec<String> {
        topics.onto(&map, concepts).topics().iter().map(|topic| topic.id.clone()).collect()
    };
    assert_eq!(named(exact.clone()), ["honey"]);
    let overlapping = exact.with_overlaps(vec![Overlap::new([a, b], 0.3)]);
    assert_eq!(named(overlapping.clone()), ["honey", "map-glass-harp"]);
    let concepts = topics.onto(&map, overlapping);
    let topic = &concepts.topics()[1];
    assert_eq!((topic.heading.as_str(), topic.source), ("Glass harp", HeadingSource::Map));
    assert_eq!((topic.nature, &topic.concepts[..]), (Nature::Occupational, &[a, b][..]));
    assert_eq!(topic.statements.iter().map(|s| s.score).collect::<Vec<_>>(), [0.5, 2.0 / 7.0]);
}

#[test]
fn the_overlaps_of_what_has_no_topic_are_enough_for_topics_of_the_map() {
    let map = bundled_map();
    let measure = Measure::new(&map);
    let concepts = Concepts::exact(&map);
    let (mut of_map, mut fewer, mut by_overlaps) = (0, 0, 0);
    // the fewer topics, the more statements are without one
    for every in [1, 4, 50] {
        let bundled = Vocabulary::bundled();
        let mut kept: Vec<VocabularyTopic> = bundled.topics().iter().step_by(every).cloned().collect();
        kept.iter_mut().filter(|_| every > 1).for_each(|topic| topic.broader = None);
        let topics = Topics::assign(&map, &Vocabulary::new(kept).unwrap());
        let free = topics.without_topic(&map, &concepts);
        let all = overlaps(&measure, &concepts);
        let some = overlaps_among(&measure, &concepts, |concept| free.contains(&concept));
        fewer += usize::from(some.len() < all.len() && !some.is_empty());
        let [all, some, none] =
            [all, some, Vec::new()].map(|overlaps| topics.onto(&map, concepts.clone().with_overlaps(overlaps)));
        assert_eq!(some.topics(), all.topics());
        by_overlaps += usize::from(none.topics() != all.topics());
        of_map += all.topics().iter().filter(|topic| topic.source == HeadingSource::Map).count();
    }
    assert!(of_map > 2 && fewer > 1 && by_overlaps > 0, "{of_map}, {fewer}, {by_overlaps}");
}

#[test]
fn decisions_speak_for_similar_statements() {
    // three statements that no cue speaks for, and a fourth like them
    let texts = ["Sing loud at the river.", "Sing loud in the river.", "Sing loud by that river.", "Sing loud, river."];
    let map = map_of("animals", &texts);
    let vocabulary = Vocabulary::from_csv(BEES).unwrap();
    let rows = "decision,occupation,statement,topic\nbelongs,o,S1,honey\nbelongs,o,S2,honey\nbelongs,o,S3,honey\n";
    let assign = |rows: &str| {
        let topics =
            Topics::assign_with(&map, &vocabulary, &TopicDecisions::from_csv(rows).unwrap(), |_| true).unwrap();
        assigned(&map, &topics).concat()
    };
    assert_eq!(assign("decision,topic\n"), Vec::<String>::new());
    assert_eq!(assign(rows), ["honey"; 4]);
}

#[test]
fn stale_decisions_and_contradictions() {
    let (_, topics) = with(
        "decision,occupation,statement,topic,into,hash\n\
         belongs,O1,S1,honey,,\n\
         belongs,o,S99,honey,,\n\
         not,o,S1,honny,,\n\
         not,o,S1,honey,,h0000000000000000\n\
         merge,,,drones,honey,\n\
         rename,,,drones,Drones,\n\
         new,,,honey,Honey again,\n",
    );
    let stale: Vec<String> = topics.stale().iter().map(ToString::to_string).collect();
    let map = map_of("animals", &STATEMENTS);
    let error = |rows: &str| {
        let decisions = TopicDecisions::from_csv(&format!("decision,occupation,statement,topic,into\n{rows}")).unwrap();
        let vocabulary = Vocabulary::from_csv(BEES).unwrap();
        Topics::assign_with(&map, &vocabulary, &decisions, |_| true).unwrap_err().to_string()
    };
    let errors = [
        error("belongs,o,S1,honey,\nnot,o,S1,Honey,\n"),
        error("belongs,o,S1,honey,\nnot,o,S1,queens,\nmerge,,,queens,honey\n"),
        error("rename,,,honey,Honeys\nrename,,,honey,Nectar\n"),
        error("merge,,,honey,queens\nmerge,,,honey,beekeeping\n"),
        error("merge,,,honey,queens\nmerge,,,queens,beekeeping\nmerge,,,beekeeping,honey\n"),
        error("merge,,,honey,honey\n"),
        error("new,,,tunes,Singing\nnew,,,tunes,Songs\n"),
    ];
    insta::assert_snapshot!([&stale[..], &errors[..]].concat().join("\n"));
}

#[test]
fn messages_of_decisions() {
    let error = |text: &str| TopicDecisions::from_csv(text).unwrap_err().to_string();
    let errors = [
        error("decision\nnot\n"),
        error("decision,topic\nbelong,honey\n"),
        error("decision,topic\nbelongs,honey\n"),
        error("decision,topic,into\nrename,honey,\nmerge,,honey\n"),
        error("decision,topic,into,statement\nrename,honey,Nectar,S1\n"),
        error("decision,topic,into,cues\nnew,,,sing\n"),
    ];
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn messages_of_vocabularies() {
    let json = |inner: &str| {
        let text = format!("{{\"format\": \"tlevel-topics\", \"version\": 1,\n{inner}}}");
        Vocabulary::from_json(text.as_bytes()).unwrap_err().to_string()
    };
    let topic = r#"{"id": "a", "heading": "A", "cues": ["b"], "nature": "general"}"#;
    let changed = |from: &str, to: &str| json(&format!("\"topics\": [\n{}]", topic.replace(from, to)));
    let csv = |text: &str| Vocabulary::from_csv(text).unwrap_err().to_string();
    let errors = [
        Vocabulary::from_json(b"{\"topics\": [").unwrap_err().to_string(),
        Vocabulary::from_json(b"{\"topics\": []}").unwrap_err().to_string(),
        Vocabulary::from_json(b"{\"format\": \"tlevel-map\", \"version\": 1}").unwrap_err().to_string(),
        Vocabulary::from_json(b"{\"format\": \"tlevel-topics\", \"version\": 2}").unwrap_err().to_string(),
        json("\"topic\": []"),
        json("\"title\": \"T\""),
        json("\"topics\": 1"),
        changed("\"a\"", "7"),
        changed("\"A\"", "\" \""),
        changed("[\"b\"]", "\"b\""),
        changed("[\"b\"]", "[\"b\", 1]"),
        changed("\"cues\"", "\"cue\""),
        changed("general", "occupation"),
        changed(", \"nature\": \"general\"", ""),
        json(&format!("\"topics\": [\n{topic},\n{topic}]")),
        json(&format!(
            "\"routes\": [{{\"id\": \"digital\"}}],\n\"topics\": [{}]",
            topic.replace("\"general\"", "\"occupational\", \"routes\": [\"digitel\"]")
        )),
        json("\"topics\": [\n{\"id\": 1},\n{\"id\": \"a\"}], \"source\": []"),
        csv("heading,cue\nA,b\n"),
        csv("heading,cues,colour\nA,b,red\n"),
        csv("heading,cues\n,b\n"),
        csv("heading,cues,nature\nA,b,generel\nB,,\n...,c,\nC,c,\nc,d,\n"),
        Vocabulary::new(vec![
            VocabularyTopic::new("a", "A"),
            VocabularyTopic::new("", "B"),
            VocabularyTopic::new("a", "C"),
        ])
        .unwrap_err()
        .to_string(),
    ];
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn the_bundled_vocabulary_is_well_formed() {
    let vocabulary = Vocabulary::bundled();
    assert_eq!(vocabulary.topics().len(), 332);
    let findings: Vec<String> = vocabulary.findings().iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    assert_eq!(Vocabulary::from_json(vocabulary.to_json().as_bytes()).unwrap(), vocabulary);
    // every route and pathway of the bundled map
    let map = bundled_map();
    let routes: Vec<&str> = vocabulary.routes().iter().map(|route| route.id.as_str()).collect();
    assert_eq!(routes, map.routes().map(|route| route.id()).collect::<Vec<_>>());
    for pathway in map.pathways() {
        let n = vocabulary.topics().iter().filter(|topic| topic.pathways.iter().any(|id| id == pathway.id())).count();
        assert!(n >= 8, "{}: {n}", pathway.id());
    }
    let pathways = vocabulary.topics().iter().flat_map(|topic| &topic.pathways);
    pathways.for_each(|id| assert!(map.pathway(id).is_some(), "{id}"));
}

#[test]
fn each_rule_of_the_lint_finds_its_breach() {
    let text = r#"{"format": "tlevel-topics", "version": 1, "sources": [{"id": "own"}], "routes": [{"id": "digital"}], "topics": [
        {"id": "Bees", "heading": "bees Of The meadow", "cues": ["bees", "the", "a bee", "b c d e f g"], "nature": "general", "routes": ["digital"]},
        {"id": "honey", "heading": "A heading of far too many words, really.", "cues": ["honey", "jar", "bee", "x y", "z0"], "nature": "occupational", "broader": "nectar", "source": "web"},
        {"id": "wax", "heading": "Wax", "cues": ["wax", "jars", "candle", "comb", "melt"], "nature": "general", "broader": "honey"},
        {"id": "loop", "heading": "Wax", "cues": ["loop", "ring", "circle", "hoop", "jar"], "nature": "general", "broader": "loop"}]}"#;
    let mut vocabulary = Vocabulary::from_json(text.as_bytes()).unwrap();
    let more = "heading,cues,routes\nComb,comb one;comb two;comb three;comb four;comb five,digitel\n";
    vocabulary = vocabulary.extended(Vocabulary::from_csv(more).unwrap());
    let findings: Vec<String> = vocabulary.findings().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(findings.join("\n"));
    let found: std::collections::BTreeSet<&str> = vocabulary.findings().iter().map(|finding| finding.rule).collect();
    let rules: std::collections::BTreeSet<&str> = tlevel::topics::TOPIC_RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(found, rules);
}

#[test]
fn a_vocabulary_is_replaced_and_extended_by_id() {
    let own = Vocabulary::from_csv("id,heading,cues\nhealth-and-safety,Safe work,hazards\n,Beekeeping,bees\n").unwrap();
    let extended = Vocabulary::bundled().extended(own);
    assert_eq!(extended.topics().len(), 333);
    assert_eq!(extended.topics()[0].heading, "Safe work");
    assert_eq!(extended.topics().last().unwrap().id, "beekeeping");
    assert_eq!(extended.area("emergency-procedures-and-first-aid").unwrap().heading, "Safe work");
    assert_eq!(extended.area("nothing"), None);
}

/// The parts of a score add up to it, and phrases to the score by words.
fn adds_up(explanation: &TopicExplanation) {
    for candidate in explanation.candidates.iter().filter(|c| !c.decided) {
        let given: f64 = candidate.similar.iter().map(|s| s.gives).sum();
        let sum = candidate.words.min(0.6) + candidate.centroid + given;
        assert!((sum - candidate.score).abs() < 1e-9, "{candidate:?}");
        let shares: f64 = candidate.phrases.iter().map(|p| p.share).sum();
        assert!((shares - candidate.words).abs() < 1e-9, "{candidate:?}");
    }
}

#[test]
fn explanations_on_the_bundled_map() {
    let map = bundled_map();
    let topics = Topics::assign(&map, &Vocabulary::bundled());
    let mut shown = String::new();
    for statement in map.statements().filter(|s| s.says_something()) {
        let explanation = topics.explain(statement).unwrap();
        adds_up(&explanation);
        let assigned: Vec<&str> =
            explanation.candidates.iter().filter(|c| c.assigned).map(|c| c.topic.as_str()).collect();
        assert_eq!(assigned, ids(topics.of_statement(statement)));
        let scores = topics.scores(statement).unwrap();
        assert!(scores.windows(2).all(|pair| pair[0].score >= pair[1].score));
        if shown.is_empty() && assigned.len() == 2 {
            shown = format!("{}\n{}", statement.text(), serde_json::to_string_pretty(&explanation).unwrap());
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn results_read_back() {
    let map = bundled_map();
    let topics = Topics::assign(&map, &Vocabulary::bundled());
    let json = serde_json::to_string(&topics).unwrap();
    let back: Topics = serde_json::from_str(&json).unwrap();
    assert_eq!(back, topics);
    assert_eq!(serde_json::to_string(&back).unwrap(), json);
    assert!(back.explain(map.statements().next().unwrap()).is_none());
    assert!(serde_json::from_str::<Topics>(&json.replacen("\"version\":1", "\"version\":2", 1)).is_err());
    // most statements have a topic, and every area is there
    let n = topics.statements().iter().filter(|s| !s.topics.is_empty()).count();
    assert!(n * 10 > topics.statements().len() * 6, "{n} of {}", topics.statements().len());
    topics.topics().iter().for_each(|topic| assert!(topics.topic(&topic.area).is_some()));
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    let vocabulary = Vocabulary::bundled();
    let plain = Topics::assign(&tlevel::check(raw.clone()).unwrap().map, &vocabulary);
    let other = Topics::assign(&tlevel::check(turned(raw)).unwrap().map, &vocabulary);
    assert_eq!(serde_json::to_string(&plain).unwrap(), serde_json::to_string(&other).unwrap());
}

fn equals_reference(map: &Map, vocabulary: &Vocabulary, decisions: &TopicDecisions) {
    let topics = Topics::assign_with(map, vocabulary, decisions, |_| true);
    let reference = reference::assign(map, vocabulary, decisions, |_| true);
    let (topics, scores) = match (topics, reference) {
        (Ok(topics), Ok((reference, scores))) => {
            assert_eq!(topics, reference);
            (topics, scores)
        }
        (topics, reference) => {
            assert_eq!(topics.err(), reference.err());
            return;
        }
    };
    let mut said: Vec<_> = map.statements().filter(|s| s.says_something()).collect();
    said.sort_by_key(|s| (s.occupation().id(), s.id()));
    assert_eq!(said.len(), scores.len());
    for (statement, scores) in said.into_iter().zip(scores) {
        let own = topics.scores(statement).unwrap();
        assert_eq!(own, scores, "{}", statement.text());
        adds_up(&topics.explain(statement).unwrap());
    }
}

#[test]
fn the_fast_way_equals_the_obvious_one_on_the_bundled_map() {
    equals_reference(&bundled_map(), &Vocabulary::bundled(), &TopicDecisions::default());
}

#[test]
fn a_level_is_the_same_whatever_else_is_on_the_map() {
    let map = bundled_map();
    let (vocabulary, none) = (Vocabulary::bundled(), TopicDecisions::default());
    let level = |s: tlevel::map::Statement<'_>| s.occupation().level().number();
    let all = Topics::assign(&map, &vocabulary);
    for wanted in 2..=3 {
        let alone = Topics::assign_with(&map, &vocabulary, &none, |s| level(s) == wanted).unwrap();
        let mut compared = 0;
        for statement in map.statements().filter(|s| level(*s) == wanted) {
            assert_eq!(alone.of_statement(statement), all.of_statement(statement));
            assert_eq!(alone.explain(statement), all.explain(statement));
            compared += 1;
        }
        assert!(compared > 20, "{compared} of level {wanted}");
    }
}

/// Words of which cues and statements are made, the first far more often.
const WORDS: [&str; 14] =
    ["bees", "hives", "the", "queen", "swarm", "honey", "jars", "labels", "calm", "IT", "plan", "plans", "wax", "comb"];

fn words(most: usize) -> impl Strategy<Value = String> {
    let word = (0..WORDS.len(), 0..WORDS.len()).prop_map(|(a, b)| WORDS[a.min(b)]);
    vec(word, 1..=most).prop_map(|words| words.join(" "))
}

prop_compose! {
    fn vocabulary()(topics in vec((vec(words(3), 1..5), 0..4_usize, 0..6_usize), 1..7)) -> Vocabulary {
        let topics = topics.into_iter().enumerate().map(|(i, (cues, route, broader))| {
            let mut topic = VocabularyTopic::new(format!("t{i}"), cues[0].clone());
            topic.cues = cues;
            topic.routes.extend((route < 2).then(|| format!("r{route}")));
            topic.broader = (broader < 5).then(|| format!("t{broader}"));
            topic
        });
        Vocabulary::new(topics.collect()).unwrap()
    }
}

prop_compose! {
    fn worded_map()(routes in vec(vec(vec(words(9), 0..8), 1..4), 1..4)) -> RawMap {
        let mut map = RawMap::new("Generated");
        for (r, occupations) in routes.into_iter().enumerate() {
            let mut cluster = RawCluster::new(format!("r{r}c"), "Cluster");
            for (o, statements) in occupations.into_iter().enumerate() {
                let mut occupation = RawOccupation::new(format!("r{r}o{o}"), format!("Occupation {r} {o}"), if o % 2 == 0 { 3 } else { 4 });
                let numbered = statements.into_iter().enumerate();
                occupation.statements.extend(numbered.map(|(i, text)| RawStatement::new(format!("S{i}"), "skill", text)));
                cluster = cluster.with(occupation);
            }
            let pathway = RawPathway::new(format!("r{r}p"), "Pathway").with(cluster);
            map = map.with(RawRoute::new(format!("r{r}"), format!("Route {r}")).with(pathway));
        }
        map
    }
}

fn decisions() -> impl Strategy<Value = TopicDecisions> {
    let on_statement = (prop_oneof![Just("belongs"), Just("not")], 0..3, 0..3, 0..6, 0..7)
        .prop_map(|(verdict, r, o, s, t)| format!("{verdict},r{r}o{o},S{s},t{t},\n"));
    let on_topic = prop_oneof![
        (0..7, 0..7).prop_map(|(from, into)| format!("merge,,,t{from},t{into}\n")),
        (0..7).prop_map(|t| format!("rename,,,t{t},Wax and comb\n")),
        (5..8).prop_map(|t| format!("new,,,t{t},honey wax\n")),
    ];
    (vec(on_statement, 0..6), vec(on_topic, 0..3)).prop_map(|(a, b)| {
        let text = ["decision,occupation,statement,topic,into\n".to_owned(), a.concat(), b.concat()].concat();
        TopicDecisions::from_csv(&text).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_fast_way_equals_the_obvious_one(map in worded_map(), vocabulary in vocabulary(), decisions in decisions()) {
        equals_reference(&tlevel::check(map).unwrap().map, &vocabulary, &decisions);
    }

    #[test]
    fn odd_maps_are_the_same_in_any_order(map in crate::generated::map(), vocabulary in vocabulary()) {
        let Ok(checked) = tlevel::check(map.clone()) else { return Ok(()) };
        let plain = Topics::assign(&checked.map, &vocabulary);
        let other = Topics::assign(&tlevel::check(turned(map)).unwrap().map, &vocabulary);
        prop_assert_eq!(serde_json::to_string(&plain).unwrap(), serde_json::to_string(&other).unwrap());
        let read: Topics = serde_json::from_str(&serde_json::to_string(&plain).unwrap()).unwrap();
        prop_assert_eq!(read, plain);
    }
}

#[test]
fn a_unit_has_what_weighs_enough() {
    for (nature, of, least) in [
        (Nature::General, 1, 1),
        (Nature::General, 50, 1),
        (Nature::General, 51, 2),
        (Nature::General, 100, 2),
        (Nature::General, 101, 3),
        (Nature::General, 1_000, 3),
        (Nature::Occupational, 1, 2),
        (Nature::Occupational, 80, 2),
        (Nature::Occupational, 81, 3),
        (Nature::Occupational, 1_000, 3),
    ] {
        assert!(is_enough(nature, least, of) && !is_enough(nature, least - 1, of), "{nature:?} {of}");
    }
}

/// The matrix of the occupations of a generated map.
fn matrix_of(map: &Map, vocabulary: &Vocabulary) -> (Topics, TopicMatrix) {
    let topics = Topics::assign(map, vocabulary);
    let units: Vec<_> = map.occupations().flat_map(|occupation| occupation.units()).collect();
    let matrix = TopicMatrix::new(&topics, &units);
    (topics, matrix)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_matrix_counts_every_statement(map in worded_map(), vocabulary in vocabulary()) {
        let map = tlevel::check(map).unwrap().map;
        let (topics, matrix) = matrix_of(&map, &vocabulary);
        prop_assert_eq!(matrix.rows.iter().map(|row| row.statements).sum::<usize>(), topics.statements().len());
        for (number, area) in matrix.areas.iter().enumerate() {
            let on = |s: &&tlevel::topics::StatementTopics| {
                s.topics.iter().any(|t| topics.topic(&t.topic).is_some_and(|t| t.area == area.id))
            };
            let cells = || matrix.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.area == number);
            prop_assert_eq!(cells().map(|cell| cell.statements).sum::<usize>(), topics.statements().iter().filter(on).count());
            prop_assert_eq!(cells().filter(|cell| cell.has).count(), area.units);
            let all: Vec<usize> = (0..matrix.rows.len()).collect();
            prop_assert_eq!(matrix.shared_by(number, &all), area.units);
            // every set of two or three rows is as likely as any other
            let n = matrix.rows.len();
            for least in 0..4 {
                let pairs: Vec<[usize; 2]> = (0..n).flat_map(|a| (a + 1..n).map(move |b| [a, b])).collect();
                let hits = pairs.iter().filter(|pair| matrix.shared_by(number, &pair[..]) >= least).count();
                if !pairs.is_empty() {
                    let share = hits as f64 / pairs.len() as f64;
                    prop_assert!((matrix.chance(number, 2, least) - share).abs() < 1e-9);
                }
                prop_assert!(matrix.chance(number, 3, least + 1) <= matrix.chance(number, 3, least));
            }
            let drawn_all = f64::from(u8::from(area.units >= 2));
            prop_assert!((matrix.chance(number, n, 2) - drawn_all).abs() < 1e-9);
        }
        let sum: f64 = (0..matrix.areas.len()).map(|area| matrix.chance(area, 2, 2)).sum();
        prop_assert!((matrix.expected(2, 2) - sum).abs() < 1e-12);
    }
}
