//! Derivation by topic: small maps with known answers.
//!
//! A statement names its topics before a colon ("safety+tools: Wear gloves"):
//! the first is the one under which it is taught. Topics in capitals are
//! occupational, the others general.

use std::collections::BTreeMap;

use tlevel::change::{Derived, effect};
use tlevel::concept::{Concepts, Nature, Overlap, Topic, TopicStatement};
use tlevel::derive::{
    Derivation, Hours, HoursProposal, Item, NoteCode, Policy, Programme, Role, ScoredStatement, Share, Tier, Tiers,
    TopicName, derive_with,
};
use tlevel::map::Map;
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement};

/// An occupation whose statements are S1, S2, ...; " @O1" at the end puts one
/// into an option.
fn occupation(id: &str, statements: &[&str]) -> RawOccupation {
    let mut occupation = RawOccupation::new(id, format!("Occupation {id}"), 3);
    for (i, text) in statements.iter().enumerate() {
        let (text, option) = text.split_once(" @").map_or((*text, None), |(text, option)| (text, Some(option)));
        let mut statement = RawStatement::new(format!("S{}", i + 1), "skill", text);
        if let Some(option) = option {
            statement = statement.of_option(option);
            if occupation.options.iter().all(|o| o.id.as_deref() != Some(option)) {
                occupation.options.push(RawOption::new(option, format!("Option {option}")));
            }
        }
        occupation.statements.push(statement);
    }
    occupation
}

fn pathway(id: &str, clusters: Vec<Vec<RawOccupation>>) -> RawPathway {
    let mut pathway = RawPathway::new(id, format!("Pathway {id}"));
    for (i, occupations) in clusters.into_iter().enumerate() {
        let mut cluster = RawCluster::new(format!("{id}c{i}"), format!("Cluster {i} of {id}"));
        cluster.occupations = occupations;
        pathway.clusters.push(cluster);
    }
    pathway
}

fn route(id: &str, pathways: Vec<RawPathway>) -> RawRoute {
    let mut route = RawRoute::new(id, format!("Route {id}"));
    route.pathways = pathways;
    route
}

fn map(routes: Vec<RawRoute>) -> Map {
    let mut raw = RawMap::new("Topics");
    raw.routes = routes;
    tlevel::check(raw).unwrap().map
}

/// Exact concepts under the topics that the statements name. Two statements
/// overlap if they end with the same word: by 0.5.
fn concepts(map: &Map) -> Concepts {
    let concepts = Concepts::exact(map);
    let named = |text: &str| -> Vec<String> {
        let (topics, _) = text.split_once(':').unwrap_or_default();
        topics.split('+').filter(|topic| !topic.is_empty()).map(str::to_owned).collect()
    };
    let mut topics: BTreeMap<String, (Vec<TopicStatement>, Vec<_>)> = BTreeMap::new();
    for statement in map.statements() {
        for (i, topic) in named(statement.text()).into_iter().enumerate() {
            let (statements, taught) = topics.entry(topic).or_default();
            statements.push(TopicStatement::new(statement.index(), if i == 0 { 0.75 } else { 0.5 }));
            if i == 0 {
                taught.extend(concepts.of(statement.index()));
            }
        }
    }
    let topics = topics.into_iter().map(|(id, (statements, taught))| {
        let nature = if id.chars().all(char::is_uppercase) { Nature::Occupational } else { Nature::General };
        let heading = format!("The {id}");
        Topic::new(id, heading).with_nature(nature).with_statements(statements).with_concepts(taught)
    });
    let topics = topics.collect();
    let last = |c: tlevel::concept::Concept<'_>| {
        let text = map.statement_at(c.central()).map_or("", |s| s.text());
        text.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    let mut overlaps = Vec::new();
    for a in concepts.iter() {
        for b in concepts.iter().filter(|b| b.index() > a.index() && last(*b) == last(a)) {
            overlaps.push(Overlap::new([a.index(), b.index()], 0.5));
        }
    }
    concepts.with_topics(topics).with_overlaps(overlaps)
}

fn derived(map: &Map) -> Derivation {
    tlevel::derive(map, &concepts(map), &Policy::panel()).unwrap()
}

/// The topics of a programme: "route safety 4/4 elements 0 sources 4 left 0".
fn shown(programme: &Programme) -> Vec<String> {
    let of = |topic: &tlevel::derive::CoreTopic| {
        format!(
            "{}{} {} {}/{} elements {} sources {} left {}{}",
            topic.tier.name(),
            topic.group.as_ref().map_or_else(String::new, |group| format!(" of {}", group.id)),
            topic.id,
            topic.support.have,
            topic.support.of,
            topic.elements.len(),
            topic.sources.len(),
            topic.left.len(),
            if topic.decided { " decided" } else { "" },
        )
    };
    programme.topics.iter().map(of).collect()
}

fn texts(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.text.as_str()).collect()
}

fn codes(statements: &[ScoredStatement]) -> Vec<String> {
    statements.iter().map(|s| format!("{} {} {}", s.occupation, s.statement, s.score)).collect()
}

fn message(programme: &Programme, code: NoteCode) -> &str {
    programme.notes.iter().find(|note| note.code == code).map_or("", |note| note.message.as_str())
}

/// Two pathways that share safety; the first also welds.
fn workshop() -> Map {
    let a = occupation("a", &["safety: Wear gloves", "WELD: Weld steel plates", "WELD: Cut a seam", "Alone in a"]);
    let b = occupation("b", &["safety: Mind the step", "WELD: Join thin plates", "WELD: Grind"]);
    let c = occupation("c", &["safety: Lock the door", "Alone in c"]);
    let d = occupation("d", &["safety: Test the alarm"]);
    map(vec![route("r", vec![pathway("p", vec![vec![a, b]]), pathway("q", vec![vec![c, d]])])])
}

#[test]
fn route_and_pathway_core() {
    let map = workshop();
    let derivation = derived(&map);
    let [p, q] = &derivation.programmes[..] else { panic!("two programmes") };
    assert_eq!(
        shown(p),
        ["route core safety 4/4 elements 0 sources 2 left 0", "pathway core WELD 2/2 elements 1 sources 0 left 2"]
    );
    assert_eq!(shown(q), ["route core safety 4/4 elements 0 sources 2 left 0"]);
    // the general part is core, for the panel to word: each pathway's own
    assert_eq!(texts(&p.route_core), ["safety: Wear gloves", "safety: Mind the step"]);
    assert_eq!(texts(&q.route_core), ["safety: Lock the door", "safety: Test the alarm"]);
    // two units weld plates; the rest of welding is left to each, under its heading
    assert_eq!(texts(&p.pathway_core), ["WELD: Weld steel plates", "WELD: Join thin plates"]);
    // of two that are as central, the shorter wording is shown
    let plates = &p.topics[1].elements[0];
    assert_eq!((plates.item.support.have, plates.item.support.of, plates.item.statements.len()), (2, 2, 2));
    assert_eq!(
        (&*plates.item.text, &*plates.joined[0].text, plates.joined[0].score),
        ("WELD: Join thin plates", "WELD: Weld steel plates", 0.5)
    );
    assert_eq!(codes(&p.topics[1].left), ["a S3 0.75", "b S3 0.75"]);
    let special = &p.specialisms[0].content;
    assert_eq!(texts(special), ["WELD: Cut a seam", "Alone in a"]);
    let heading = TopicName { id: "WELD".into(), heading: "The WELD".into() };
    assert_eq!((special[0].topic.as_ref(), special[1].topic.as_ref()), (Some(&heading), None));
    // two of the map's four weld: by chance, both of two do once in six times
    assert_eq!((p.topics[1].usual.have, p.topics[1].usual.of), (2, 4));
    assert!((p.topics[1].chance - 1.0 / 6.0).abs() < 1e-12 && p.topics[0].chance >= 1.0);
    // the other pathway does not hold welding
    let near = &q.near_topics[0];
    assert_eq!(
        (&*near.id, near.tier, near.have, near.need, &near.blockers),
        ("WELD", Tier::Route, 1, 2, &vec!["q".to_owned()])
    );
}

#[test]
fn strict_and_by_half() {
    let of = |id: &str, statements: &[&str]| occupation(id, statements);
    let units = vec![of("a", &["x: One", "y: Two"]), of("b", &["x: Three", "y: Four"]), of("c", &["x: Five"])];
    let map = map(vec![route("r", vec![pathway("p", vec![units])])]);
    let concepts = concepts(&map);
    let topics = |policy: &Policy| -> Vec<String> {
        let derivation = tlevel::derive(&map, &concepts, policy).unwrap();
        derivation.programmes[0]
            .topics
            .iter()
            .map(|t| format!("{} {}/{}", t.id, t.support.have, t.support.of))
            .collect()
    };
    assert_eq!(topics(&Policy::t_level()), ["x 3/3"]);
    assert_eq!(topics(&Policy::panel()), ["x 3/3", "y 2/3"]);
}

#[test]
fn a_unit_with_many_statements_does_not_have_every_topic() {
    let mut many: Vec<String> = (0..99).map(|i| format!("Measure part {i}")).collect();
    many.push("safety: Wear gloves".into());
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let units = vec![occupation("a", &many), occupation("b", &["safety: Mind the step"])];
    let map = map(vec![route("r", vec![pathway("p", vec![units])])]);
    let derivation = derived(&map);
    assert_eq!(shown(&derivation.programmes[0]), Vec::<String>::new());
    let near = &derivation.programmes[0].near_topics[0];
    let holders: Vec<_> = near.holders.iter().map(|h| (&*h.occupation, h.statements, h.of, h.has)).collect();
    assert_eq!(holders, [("a", 1, 100, false), ("b", 1, 1, true)]);
    assert_eq!(near.blockers, ["a"]);
}

#[test]
fn a_programme_lists_the_route_core_that_its_occupations_have() {
    let welder = |id: &str| occupation(id, &["WELD: Weld plates", "WELD: Cut a seam"]);
    // one statement is not enough to have the topic
    let near = occupation("c", &["WELD: Weld plates", "Alone in c"]);
    let pathways = vec![
        pathway("p", vec![vec![welder("a")]]),
        pathway("q", vec![vec![welder("b")]]),
        pathway("s", vec![vec![near]]),
        pathway("t", vec![vec![occupation("d", &["Alone in d"])]]),
    ];
    let derivation = derived(&map(vec![route("r", pathways)]));
    let [p, q, s, t] = &derivation.programmes[..] else { panic!("four programmes") };
    assert_eq!(shown(p), ["route core WELD 2/4 elements 2 sources 0 left 0"]);
    assert_eq!(p.topics, q.topics);
    assert!(s.topics.is_empty() && s.route_core.is_empty() && t.route_core.is_empty());
    assert_eq!(texts(&s.specialisms[0].content), ["WELD: Weld plates", "Alone in c"]);
}

#[test]
fn a_second_topic_counts_for_having_but_is_taught_once() {
    let units = vec![occupation("a", &["x+y: One"]), occupation("b", &["x: Two", "y: Three"])];
    let derivation = derived(&map(vec![route("r", vec![pathway("p", vec![units])])]));
    assert_eq!(
        shown(&derivation.programmes[0]),
        ["pathway core x 2/2 elements 0 sources 2 left 0", "pathway core y 2/2 elements 0 sources 1 left 0"]
    );
}

#[test]
fn a_core_topic_is_not_empty() {
    let units = vec![occupation("a", &["W: One", "W: Two"]), occupation("b", &["W: Three", "W: Four"])];
    let derivation = derived(&map(vec![route("r", vec![pathway("p", vec![units])])]));
    assert_eq!(shown(&derivation.programmes[0]), ["pathway core W 2/2 elements 0 sources 4 left 0"]);
}

#[test]
fn the_core_of_a_cluster() {
    let horses = |more: &str| vec!["H: Feed a horse".to_owned(), format!("H: Ride {more}")];
    let of =
        |id: &str, statements: &[String]| occupation(id, &statements.iter().map(String::as_str).collect::<Vec<_>>());
    let inside = vec![of("a", &horses("slowly")), of("b", &horses("quickly"))];
    // one statement is not enough to have the topic
    let outside = vec![occupation("c", &["H: Feed a horse"]), occupation("d", &["Alone"]), occupation("e", &["Also"])];
    let map = map(vec![route("r", vec![pathway("p", vec![inside, outside])])]);
    let p = &derived(&map).programmes[0];
    assert_eq!(shown(p), ["group core of pc0 H 2/2 elements 1 sources 0 left 2"]);
    let [group] = &p.group_core[..] else { panic!("one group") };
    assert_eq!(
        (&*group.group.name, &group.occupations[..], group.options.len()),
        ("Cluster 0 of p", &["a".to_owned(), "b".into()][..], 0)
    );
    assert_eq!(texts(&group.content), ["H: Feed a horse"]);
    // the same statement outside the group is in its own specialism
    assert_eq!(texts(&p.specialisms[0].content), ["H: Ride slowly"]);
    assert_eq!(texts(&p.specialisms[2].content), ["H: Feed a horse"]);
    // each learner of the group studies both: two skills, the others one
    let hours = HoursProposal::of(p, &Hours::default());
    assert_eq!(hours.specialisms.iter().map(|of| of.weight).collect::<Vec<_>>(), [4, 4, 2, 2, 2]);
    assert!(p.items().any(|(item, tier)| tier == Tier::Group && item.text == "H: Feed a horse"));
}

#[test]
fn the_core_of_a_cluster_under_another_id_is_the_same() {
    let recoded = |id: &str| {
        let inside = vec![occupation("a", &["H: One", "H: Two"]), occupation("b", &["H: One", "H: Two"])];
        let outside = vec![occupation("c", &["One"]), occupation("d", &["Two"]), occupation("e", &["Three"])];
        let mut pathway = pathway("p", vec![inside, outside]);
        pathway.clusters[0].id = Some(id.to_owned());
        map(vec![route("r", vec![pathway])])
    };
    let (old, new) = (recoded("horses"), recoded("horse-care"));
    let (before, after) = (concepts(&old), concepts(&new));
    let (was, is) = (derived(&old), derived(&new));
    assert_eq!(shown(&was.programmes[0]), ["group core of horses H 2/2 elements 2 sources 0 left 0"]);
    assert_eq!(shown(&is.programmes[0]), ["group core of horse-care H 2/2 elements 2 sources 0 left 0"]);
    let found = effect(Derived::new(&old, &before, &was).unwrap(), Derived::new(&new, &after, &is).unwrap());
    assert!(found.programmes.is_empty(), "{found:?}");
}

#[test]
fn a_cluster_that_is_the_whole_pathway_has_no_core_of_its_own() {
    let units = vec![
        occupation("a", &["x: One"]),
        occupation("b", &["x: Two"]),
        occupation("c", &["Three"]),
        occupation("d", &["Four"]),
        occupation("e", &["Five"]),
    ];
    let derivation = derived(&map(vec![route("r", vec![pathway("p", vec![units])])]));
    assert!(derivation.programmes[0].group_core.is_empty() && derivation.programmes[0].topics.is_empty());
}

#[test]
fn the_core_of_an_occupations_options() {
    let nurse = occupation(
        "n",
        &[
            "x: Greet",
            "W: Wash hands",
            "W: Dress wounds @O1",
            "W: Clean wounds @O1",
            "W: Bind wounds @O2",
            "W: Sew @O2",
            "Alone @O2",
        ],
    );
    let map = map(vec![route("r", vec![pathway("p", vec![vec![nurse, occupation("o", &["x: Wave"])]])])]);
    let p = &derived(&map).programmes[0];
    assert_eq!(
        shown(p),
        ["pathway core x 2/2 elements 0 sources 2 left 0", "group core of n W 2/2 elements 2 sources 0 left 1"]
    );
    let [group] = &p.group_core[..] else { panic!("one group") };
    assert_eq!(
        (&group.occupations[..], &group.options[..]),
        (&["n".to_owned()][..], &["O1".to_owned(), "O2".into()][..])
    );
    // what the occupation says for all its options, all of them have
    assert_eq!(texts(&group.content), ["W: Wash hands", "W: Dress wounds", "W: Clean wounds", "W: Bind wounds"]);
    assert!(group.content[0].support.have == 2 && group.content[1].support.have == 1);
    let special = |option: &str| p.specialisms.iter().find(|s| s.option.as_deref() == Some(option)).unwrap();
    assert_eq!(texts(&special("O1").content), Vec::<&str>::new());
    assert_eq!(texts(&special("O2").content), ["W: Sew", "Alone"]);
    let holders = &p.topics[1].holders;
    assert_eq!(
        holders.iter().map(|h| (h.option.as_deref(), h.statements, h.of)).collect::<Vec<_>>(),
        [(Some("O1"), 2, 2), (Some("O2"), 2, 3)]
    );
}

#[test]
fn near_topics_come_most_decisive_first() {
    let a = occupation("a", &["R: One", "R: Two", "S: Three", "S: Four", "U: Five", "U: Six"]);
    // b has one statement on S: not enough, but something
    let b = occupation("b", &["S: Seven"]);
    let others = (0..4).map(|i| occupation(&format!("o{i}"), &["U: Eight", "U: Nine"])).collect();
    let p = pathway("p", vec![vec![a, b, occupation("c", &["Ten"])]]);
    let derivation = derived(&map(vec![route("r", vec![p]), route("other", vec![pathway("o", vec![others])])]));
    let near: Vec<_> = derivation.programmes[0]
        .near_topics
        .iter()
        .map(|n| (&*n.id, n.have, n.need, n.support.of, n.blockers.len()))
        .collect();
    // first what someone says something on; then the rarer on the map
    assert_eq!(near, [("S", 1, 2, 3, 2), ("R", 1, 2, 3, 2), ("U", 1, 2, 3, 2)]);
}

#[test]
fn at_most_ten_near_topics() {
    let all: Vec<String> = (0..12).map(|i| format!("t{i}: Statement {i}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let units = vec![occupation("a", &all), occupation("b", &["Alone"])];
    let derivation = derived(&map(vec![route("r", vec![pathway("p", vec![units])])]));
    assert_eq!(derivation.programmes[0].near_topics.len(), 10);
}

#[test]
fn a_core_no_larger_than_chance_says_so() {
    let usual = |id: &str| occupation(id, &["x: One", "y: Two", "z: Three"]);
    let others = (0..6).map(|i| usual(&format!("o{i}"))).collect();
    let p = pathway("p", vec![vec![occupation("a", &["x: One"]), occupation("b", &["x: Four", "z: Five"])]]);
    let derivation = derived(&map(vec![route("r", vec![p]), route("other", vec![pathway("o", vec![others])])]));
    let p = &derivation.programmes[0];
    // x: 1; y: 6 of 8, so 15/28; z: 7 of 8, so 3/4
    assert_eq!(
        message(p, NoteCode::NoMoreThanChance),
        "the core has 1 topic; any 2 occupations of this map share 2.3 on average, so the core is no larger than \
         chance would make it"
    );
    // a map without other occupations has nothing to compare with
    assert_eq!(message(&derived(&workshop()).programmes[0], NoteCode::NoMoreThanChance), "");
    let alone = vec![occupation("a", &["x: One"]), occupation("b", &["x: Two"])];
    let derivation = derived(&map(vec![route("r", vec![pathway("p", vec![alone])])]));
    assert_eq!(message(&derivation.programmes[0], NoteCode::NoMoreThanChance), "");
}

#[test]
fn chance_and_the_route() {
    let usual = |id: &str| occupation(id, &["x: One", "y: Two", "z: Three"]);
    let others = (0..6).map(|i| usual(&format!("o{i}"))).collect();
    let p = pathway("p", vec![vec![occupation("a", &["x: One", "y: Two"]), occupation("b", &["x: Four"])]]);
    let derivation = derived(&map(vec![
        route("r", vec![p, pathway("q", vec![vec![usual("c")]]), pathway("s", vec![vec![usual("d")]])]),
        route("other", vec![pathway("o", vec![others])]),
    ]));
    // y is route core and b does not have it
    assert_eq!(derivation.programmes[0].topics.len(), 2);
    assert!(message(&derivation.programmes[0], NoteCode::NoMoreThanChance).starts_with(
        "both of its occupations have 1 of the core's 2 topics; any 2 occupations of this map share 2.4 on"
    ));
}

#[test]
fn notes_speak_of_topics() {
    let p = pathway("p", vec![vec![occupation("a", &["x: One", "y: Two"]), occupation("b", &["z: Three"])]]);
    let q = pathway("q", vec![vec![occupation("c", &["v: One"]), occupation("d", &["v: Three"])]]);
    let derivation = derived(&map(vec![route("r", vec![p, q])]));
    let [p, q] = &derivation.programmes[..] else { panic!("two programmes") };
    assert_eq!(
        message(p, NoteCode::EmptyCore),
        "the core is empty: no topic is shared in both occupations; no two of them share a single topic. Ask for \
         fewer sharers, or look at the near misses."
    );
    assert_eq!(
        message(q, NoteCode::EmptyRouteCore),
        "there is no route core: the 2 pathways that count hold no topic in common at this quorum"
    );
    assert_eq!(message(q, NoteCode::EmptyCore), "");
}

#[test]
fn decisions_on_topics() {
    let map = workshop();
    let concepts = concepts(&map);
    let [p, q] = [map.pathway("p").unwrap().index(), map.pathway("q").unwrap().index()];
    let with = |decide: &dyn Fn(&mut Tiers)| {
        let mut tiers = Tiers::default();
        decide(&mut tiers);
        assert!(!tiers.is_empty());
        derive_with(&map, &concepts, &Policy::panel(), &tiers).unwrap().programmes
    };
    // route core for the whole route, and all that is said of it
    let programmes = with(&|tiers| tiers.set_topic(p, "WELD", Tier::Route));
    assert_eq!(
        shown(&programmes[1]),
        [
            "route core safety 4/4 elements 0 sources 2 left 0",
            "route core WELD 2/4 elements 1 sources 2 left 0 decided"
        ]
    );
    assert_eq!(texts(&programmes[0].specialisms[0].content), ["Alone in a"]);
    // left to specialisms in one pathway: no longer the route's, but the other holds it
    let programmes = with(&|tiers| tiers.set_topic(p, "safety", Tier::Specialism));
    assert_eq!(shown(&programmes[0]), ["pathway core WELD 2/2 elements 1 sources 0 left 2"]);
    assert_eq!(shown(&programmes[1]), ["pathway core safety 2/2 elements 0 sources 2 left 0"]);
    assert_eq!(texts(&programmes[0].specialisms[1].content), ["safety: Mind the step", "WELD: Grind"]);
    assert_eq!(
        message(&programmes[0], NoteCode::EmptyRouteCore),
        "there is no route core: decisions left out what the pathways hold in common"
    );
    // left to the pathways of the route
    let r = map.route("r").unwrap().index();
    let programmes = with(&|tiers| tiers.leave_topic_to_pathways(r, "safety"));
    assert_eq!(shown(&programmes[0])[0], "pathway core safety 2/2 elements 0 sources 2 left 0");
    // in no part of one programme
    let programmes = with(&|tiers| tiers.remove_topic(p, "safety"));
    assert!(!programmes[0].items().any(|(item, _)| item.text.starts_with("safety")));
    assert!(programmes[1].items().any(|(item, _)| item.text.starts_with("safety")));
    // pathway core, though no other occupation of the pathway speaks of it
    let programmes = with(&|tiers| tiers.set_topic(q, "safety", Tier::Pathway));
    assert_eq!(shown(&programmes[1]), ["pathway core safety 2/2 elements 0 sources 2 left 0 decided"]);
    // what nobody there speaks of becomes no core
    let programmes = with(&|tiers| tiers.set_topic(q, "WELD", Tier::Pathway));
    assert_eq!(shown(&programmes[1]), ["route core safety 4/4 elements 0 sources 2 left 0"]);
    assert!(programmes[1].near_topics.is_empty());
}

#[test]
fn a_decision_on_a_concept_moves_it_alone() {
    let map = workshop();
    let concepts = concepts(&map);
    let p = map.pathway("p").unwrap().index();
    let concept = |text: &str| {
        let statement = map.statements().find(|s| s.text() == text).unwrap();
        concepts.of(statement.index())[0]
    };
    let mut tiers = Tiers::default();
    tiers.set_topic(p, "WELD", Tier::Specialism);
    tiers.set(p, concept("WELD: Grind"), Tier::Pathway);
    tiers.set(p, concept("safety: Wear gloves"), Tier::Specialism);
    let programmes = derive_with(&map, &concepts, &Policy::panel(), &tiers).unwrap().programmes;
    assert_eq!(
        shown(&programmes[0]),
        [
            "route core safety 4/4 elements 0 sources 1 left 1",
            "pathway core WELD 2/2 elements 1 sources 0 left 0 decided"
        ]
    );
    assert_eq!(texts(&programmes[0].pathway_core), ["WELD: Grind"]);
    assert_eq!(codes(&programmes[0].topics[0].left), ["a S1 0.75"]);
    assert!(texts(&programmes[0].specialisms[0].content).contains(&"safety: Wear gloves"));
}

#[test]
fn an_occupation_that_only_gets_a_specialism_does_not_count() {
    let units = vec![occupation("a", &["x: One"]), occupation("b", &["x: Two"])];
    let map = map(vec![route("r", vec![pathway("p", vec![units])])]);
    let mut policy = Policy::panel();
    policy.exceptions = serde_json::from_str(r#"[{"occupation": "b", "role": "specialism-only"}]"#).unwrap();
    assert_eq!(policy.exceptions[0].role, Role::SpecialismOnly);
    let derivation = tlevel::derive(&map, &concepts(&map), &policy).unwrap();
    assert!(derivation.programmes[0].topics.is_empty());
    assert_eq!(texts(&derivation.programmes[0].specialisms[1].content), ["x: Two"]);
}

#[test]
fn topics_are_needed_to_share_them() {
    let map = workshop();
    let mut policy = Policy::panel();
    policy.share = Some(Share::Topic);
    assert_eq!(
        tlevel::derive(&map, &Concepts::exact(&map), &policy).unwrap_err().to_string(),
        "the policy shares topics, and the concepts have none; assign topics first, or share statements"
    );
}
