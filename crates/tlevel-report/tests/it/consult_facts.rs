//! What screenings say about regulation, degree, duration and funding.

#![allow(clippy::needless_pass_by_value, reason = "values are written where they are passed")]

use serde_json::{Value, json};
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, ScreeningReport};
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel_report as write;

fn occupation(id: &str, level: u8, facts: Value) -> Value {
    let mut all = json!({"id": id, "title": format!("Title {id}"), "level": level,
        "statements": [{"id": "K1", "kind": "knowledge", "text": format!("Law of {id}")}]});
    all.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    all
}

/// A legal route with two regulated occupations, and a digital one, closed,
/// with one.
fn map() -> Map {
    let sra = json!({"regulated": true, "regulated_by": "Law Authority", "degree": "integrated-degree", "duration_months": 72,
        "max_funding": 27_000});
    let branch = |id: &str, occupations: Value| {
        json!({"id": id, "name": id, "pathways": [{"id": format!("{id}-p"), "name": format!("{id} pathway"),
            "clusters": [{"id": format!("{id}-c"), "name": format!("{id} cluster"), "occupations": occupations}]}]})
    };
    let mut digital = branch(
        "digital",
        json!([
            occupation("d1", 3, json!({"regulated_by": "law authority", "duration_months": 18})),
            occupation("d2", 3, json!({"regulated": false, "duration_months": 24})),
            occupation("d3", 4, json!({"regulated": true, "duration_months": 60}))
        ]),
    );
    digital["apprenticeship_only"] = json!({"reasons": ["policy"]});
    let legal = branch(
        "legal",
        json!([
            occupation("l1", 3, sra.clone()),
            occupation("l2", 3, json!({"regulated": true, "regulated_by": "Law Authority"})),
            occupation("l3", 3, json!({}))
        ]),
    );
    let file = json!({"format": "tlevel-map", "version": 1, "routes": [legal, digital]});
    tlevel::check(tlevel::read(file.to_string().as_bytes()).unwrap()).unwrap().map
}

/// A report, read back from its JSON, and as text.
fn shown(report: &ScreeningReport) -> String {
    let text = serde_json::to_string(report).unwrap();
    assert_eq!(serde_json::from_str::<ScreeningReport>(&text).unwrap(), *report);
    write::export::markdown(&write::report::consultation(report))
}

#[test]
fn a_move_says_who_regulates_it_there_and_here() {
    let map = map();
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap();
    let moved = consultation.move_occupation("l1", "digital").unwrap();
    let regulation = moved.regulation.clone().unwrap();
    let ids = |list: &[tlevel::map::OccupationName]| list.iter().map(|o| o.id.clone()).collect::<Vec<_>>();
    assert_eq!(regulation.by.as_deref(), Some("Law Authority"));
    assert_eq!((ids(&regulation.from), ids(&regulation.to)), (vec!["l2".to_owned()], vec!["d1".to_owned()]));
    let text = shown(&consultation.report(moved));
    for line in [
        "It is regulated by Law Authority.",
        "Its apprenticeship is an integrated degree, typically takes 72 months and is funded up to £27,000.",
        "regulated by the same body: Title l2 (l2)",
        "regulated by the same body: Title d1 (d1)",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("Nothing is recorded."), "{text}");
}

#[test]
fn a_move_without_a_body_or_without_regulation() {
    let map = map();
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap();
    let moved = consultation.move_occupation("d3", "legal").unwrap();
    assert_eq!(moved.regulation.as_ref().map(|r| (r.by.clone(), r.to.len())), Some((None, 2)));
    assert!(shown(&consultation.report(moved)).contains("regulated; the regulator is not recorded"));
    let free = consultation.move_occupation("d2", "legal").unwrap();
    assert_eq!((free.regulation.is_none(), free.facts.regulated), (true, Some(false)));
    assert!(shown(&consultation.report(free)).contains("It is recorded as not regulated."));
    let unknown = consultation.move_occupation("l3", "digital").unwrap();
    assert!(shown(&consultation.report(unknown)).contains("Nothing is recorded."));
}

#[test]
fn opening_a_branch_counts_regulation_and_duration() {
    let map = map();
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap();
    let text = shown(&consultation.report(consultation.open_branch("digital").unwrap()));
    for line in [
        "Regulated: 2 of 3 occupations. Check whether the regulator admits 16 and 17 year olds.",
        "At the level of a T Level, apprenticeships typically take 18 to 24 months (2 of 2 recorded).",
        "regulated: by law authority",
        "apprenticeship: typically takes 24 months",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_new_occupation_may_be_regulated() {
    let map = map();
    let concepts = Concepts::exact(&map);
    let consultation = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap();
    let new = tlevel::read::occupation(r#"{"title": "Notary", "level": 3, "regulated_by": "Faculty"}"#).unwrap();
    let screening = consultation.new_occupation(&new, None).unwrap();
    assert_eq!(screening.facts.regulated, Some(true));
    assert!(shown(&consultation.report(screening)).contains("It is regulated by Faculty."));
}
