//! One small map, its concepts, topics and programmes in every format, as recorded.

use tlevel::concept::{Concepts, Topic, TopicStatement};
use tlevel::derive::{Derivation, Policy};
use tlevel::map::Map;
use tlevel_exchange::{Framework, Losses, Naming, case, cxt, esco, skos, tidy};
use tlevel_report::export::csv;

use crate::case::small;

/// The small map with both occupations at level 3, so that they share a core.
fn map() -> Map {
    let mut raw = small();
    raw.routes[0].pathways[0].clusters[0].occupations[1].level = Some(3);
    tlevel::check(raw).expect("a map").map
}

/// Its concepts: the one that both occupations have is taught under a topic.
fn concepts(map: &Map) -> Concepts {
    let concepts = Concepts::exact(map);
    let shared = concepts.iter().find(|concept| concept.statements().len() == 2).expect("is shared");
    let statements = shared.statements().iter().map(|s| TopicStatement::new(*s, 0.75)).collect();
    let topic =
        Topic::new("safety", "Health and safety").with_statements(statements).with_concepts(vec![shared.index()]);
    concepts.with_topics(vec![topic])
}

fn derivation(map: &Map) -> Derivation {
    tlevel::derive(map, &Concepts::exact(map), &Policy::t_level()).expect("programmes")
}

/// A file and what it cannot hold.
fn shown((text, losses): (String, Losses)) -> String {
    let losses: Vec<String> = losses.iter().map(ToString::to_string).collect();
    format!("{text}---\n{}", losses.join("\n"))
}

#[test]
fn concepts_in_case() {
    let (map, naming) = (map(), Naming::default());
    let framework = Framework::of_concepts(&map, &concepts(&map), &naming);
    insta::assert_snapshot!(shown(case::write(&framework, case::Version::V1_1, &naming)));
}

#[test]
fn concepts_in_skos() {
    let (map, naming) = (map(), Naming::default());
    let framework = Framework::of_concepts(&map, &concepts(&map), &naming);
    let text = shown(skos::write(&framework, &naming));
    // the context is in the golden file of topics
    let (_, graph) = text.split_once("\"@graph\"").expect("a graph");
    insta::assert_snapshot!(graph);
}

#[test]
fn programmes_in_case() {
    let (map, naming) = (map(), Naming::default());
    let framework = Framework::of_programmes(&map, &derivation(&map), &naming);
    insta::assert_snapshot!(shown(case::write(&framework, case::Version::V1_0, &naming)));
}

#[test]
fn concepts_in_esco() {
    let map = map();
    let (tables, losses) = esco::write(&map, &concepts(&map), &Naming::new("https://example.org"));
    let tables: Vec<String> = tables.iter().map(|(name, text)| format!("{name}\n{text}")).collect();
    insta::assert_snapshot!(shown((tables.join("\n"), losses)));
}

#[test]
fn contexts() {
    let map = map();
    let by_concepts = shown(cxt::write(&map, &concepts(&map), cxt::Attributes::Concepts));
    let by_topics = shown(cxt::write(&map, &concepts(&map), cxt::Attributes::Topics));
    insta::assert_snapshot!(format!("{by_concepts}\n\n{by_topics}"));
}

#[test]
fn tidy_tables() {
    let map = map();
    let tables = [
        tidy::statements(&map),
        tidy::concepts(&map, &concepts(&map)),
        tidy::topics(&map, &concepts(&map)),
        tidy::programmes(&derivation(&map)),
    ];
    insta::assert_snapshot!(tables.map(|table| csv(&table)).join("\n"));
}
