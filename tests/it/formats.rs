//! The official files as they really are: `fixtures/official` holds small ones
//! with every kind of dirt that is known.

use tlevel::check::Finding;
use tlevel::concept::Concepts;
use tlevel::derive::Policy;
use tlevel::map::{Map, Occupation, Status};
use tlevel::read::RawMap;

const STANDARDS: &[u8] = include_bytes!("../../fixtures/official/standards.json");
const ROUTE: &[u8] = include_bytes!("../../fixtures/official/maps-api-route.json");
const OCCUPATION: &[u8] = include_bytes!("../../fixtures/official/maps-api-occupation.json");

fn read(bytes: &[u8]) -> RawMap {
    tlevel::read(bytes).unwrap()
}

fn checked(raw: RawMap) -> (Map, Vec<Finding>) {
    let checked = tlevel::check(raw).unwrap();
    (checked.map, checked.findings)
}

fn texts(occupation: Occupation<'_>) -> Vec<(&str, &str, Vec<&str>)> {
    occupation.statements().map(|s| (s.id(), s.text(), s.options().map(|o| o.title()).collect())).collect()
}

#[test]
fn standards_are_known_by_the_first_key_they_have() {
    let (map, _) = checked(read(STANDARDS));
    let ids: Vec<_> = map.occupations().map(|o| (o.id(), o.level().number(), o.status())).collect();
    assert_eq!(
        ids,
        [("ST9001", 3, Status::Approved), ("OCC9003", 3, Status::InDevelopment), ("LARS412", 4, Status::InDevelopment)]
    );
    let aside: Vec<_> = map.set_aside().map(|s| (s.raw().id.clone().unwrap(), s.reason().to_string())).collect();
    assert_eq!(
        aside,
        [
            ("ST9008".to_owned(), "bad-record".to_owned()),
            ("catering-and-hospitality/table-setter/2".to_owned(), "no-pathway".to_owned()),
            ("catering-and-hospitality/table-layer/2".to_owned(), "no-cluster".to_owned()),
            ("ST9002".to_owned(), "retired".to_owned()),
        ]
    );
}

#[test]
fn texts_are_cleaned_and_options_found() {
    let (map, _) = checked(read(STANDARDS));
    let baker = map.occupation("ST9001").unwrap();
    assert_eq!(baker.raw().overview.as_deref(), Some("Runs a shift in a craft bakery."));
    assert_eq!(baker.raw().job_titles, ["Shift baker", "Bakery team leader"]);
    assert_eq!(baker.raw().standard.as_ref().unwrap().version.as_deref(), Some("1.10"));
    assert_eq!(
        texts(baker),
        [
            ("K1", "Food safety law & hygiene", vec![]),
            // cited by a core duty too
            ("K2", "Flours\nYeasts", vec![]),
            ("S1", "Prove and bake doughs to a recipe", vec!["Bread"]),
            ("S2", "Temper chocolate", vec!["Confectionery"]),
            ("S3", "Keep ovens < 250 °C when empty", vec![]),
            ("B1", "Calm under pressure", vec![]),
        ]
    );
    let first = baker.statements().next().unwrap();
    assert_eq!(first.source_text(), "&lt;p&gt;Food safety law &amp;amp; hygiene&lt;/p&gt;");
    assert_eq!(first.raw().source_id.as_deref(), Some("00000001-0000-4000-8000-000000000000"));
    assert_eq!(
        texts(map.occupation("OCC9003").unwrap()),
        [
            ("K1", "Cold service", vec!["Buffets"]),
            ("K2", "Plated service", vec!["Banquets"]),
            ("K3", "Waste", vec!["Buffets", "Banquets"]),
            ("K4", "Food safety law & hygiene", vec![]),
        ]
    );
}

#[test]
fn nothing_is_dropped_silently() {
    let (_, mut findings) = checked(read(STANDARDS));
    tlevel::check::locate_findings(&mut findings, std::str::from_utf8(STANDARDS).unwrap());
    assert!(findings.iter().all(|f| f.place.line.is_some()));
    let lines: Vec<String> =
        findings.iter().map(|f| format!("{} {} {}\n", f.place.pointer, f.rule, f.message)).collect();
    insta::assert_snapshot!(lines.concat());
}

#[test]
fn options_are_specialisms_and_core_statements_are_shared() {
    let (map, _) = checked(read(STANDARDS));
    let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level()).unwrap();
    let programme = &derivation.programmes[0];
    assert_eq!(programme.pathway_core.len(), 1);
    assert_eq!(programme.pathway_core[0].text, "Food safety law & hygiene");
    let titles: Vec<_> = programme.specialisms.iter().map(|s| (s.title.as_str(), s.content.len())).collect();
    assert_eq!(
        titles,
        [
            ("Bakery supervisor: Bread", 4),
            ("Bakery supervisor: Confectionery", 4),
            ("Event cook: Buffets", 2),
            ("Event cook: Banquets", 2)
        ]
    );
    let excluded: Vec<_> = programme.excluded.iter().map(|e| (e.title.as_str(), e.reason.name())).collect();
    assert_eq!(excluded, [("Menu writer", "level"), ("Head waiter", "bad-record")]);
}

#[test]
fn a_standards_file_becomes_a_native_map_without_loss() {
    let raw = read(STANDARDS);
    let text = serde_json::to_string(&raw).unwrap();
    let again = read(text.as_bytes());
    assert_eq!(serde_json::to_string(&again).unwrap(), text);
    let (one, other) = (checked(raw).0, checked(again).0);
    let derive = |map: &Map| tlevel::derive(map, &Concepts::exact(map), &Policy::panel()).unwrap();
    assert_eq!(derive(&one), derive(&other));
}

#[test]
fn the_order_of_records_changes_no_programme() {
    let file: serde_json::Value = serde_json::from_slice(STANDARDS).unwrap();
    let mut turned = file.clone();
    turned["list"].as_array_mut().unwrap().reverse();
    // versions 1.9 and 1.10 still find the later one
    let programmes = |file: &serde_json::Value| {
        let (map, _) = checked(read(file.to_string().as_bytes()));
        let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level()).unwrap();
        let p = &derivation.programmes[0];
        let mut titles: Vec<_> = p.specialisms.iter().map(|s| (s.title.clone(), s.content.len())).collect();
        titles.sort();
        (p.pathway.id.clone(), p.pathway.name.clone(), p.pathway_core[0].concept.clone(), titles)
    };
    assert_eq!(programmes(&file), programmes(&turned));
}

#[test]
fn answers_of_the_maps_api() {
    let (map, findings) = checked(read(ROUTE));
    let places: Vec<_> = map
        .occupations()
        .map(|o| (o.id(), o.pathway().name(), o.cluster().name(), o.level().number(), o.status()))
        .collect();
    assert_eq!(
        places,
        [
            ("OCC9101", "Catering", "Caterer", 3, Status::Approved),
            ("OCC9102", "Catering", "Caterer", 3, Status::InDevelopment),
            ("OCC9104", "Catering", "Catering manager", 4, Status::None),
            ("OCC9103", "Catering", "Catering manager", 5, Status::None),
        ]
    );
    let baker = map.occupation("OCC9101").unwrap();
    assert_eq!(baker.raw().standard.as_ref().unwrap().reference.as_deref(), Some("ST9101"));
    assert_eq!(baker.raw().progresses_to, ["OCC9103"]);
    assert_eq!(baker.raw().overview.as_deref(), Some("An overview"));
    let duty = baker.duties().next().unwrap();
    assert_eq!(duty.statements().map(|s| s.id()).collect::<Vec<_>>(), ["K1", "S1"]);
    assert_eq!(findings.iter().filter(|f| f.rule == "null-record").count(), 1);
    assert!(findings.iter().all(|f| f.rule != "dangling-duty"), "{findings:?}");
}

#[test]
fn what_an_answer_of_the_api_hides_is_told() {
    let answer = r#"{"stdCode": "OCC1", "name": " Baker ", "level": "three", "typicalJobTitles": [["x"]], "odd": 1,
        "mapHierarchy": {"routeName": "R ", "pathwayName": ["P"], "clusterName": "C"}}"#;
    let (_, findings) = checked(read(answer.as_bytes()));
    let told: Vec<_> = findings.iter().map(|f| (&*f.rule, f.place.pointer.as_str())).collect();
    for expected in [
        ("untidy-name", "/name"),
        ("unreadable-value", "/level"),
        ("unreadable-value", "/typicalJobTitles/0"),
        ("unknown-field", "/odd"),
        ("untidy-name", "/mapHierarchy/routeName"),
        ("unreadable-value", "/mapHierarchy/pathwayName"),
        ("missing-pathway", ""),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
}

#[test]
fn one_occupation_or_a_list_of_them() {
    let (one, _) = checked(read(OCCUPATION));
    let listed = format!("[{}]", std::str::from_utf8(OCCUPATION).unwrap());
    let (list, _) = checked(read(listed.as_bytes()));
    for map in [one, list] {
        let only = map.occupations().next().unwrap();
        assert_eq!((only.id(), only.cluster().id()), ("OCC9101", "catering-and-hospitality/catering/caterer"));
        assert_eq!(only.cluster().pathway().route().name(), "Catering and hospitality");
    }
}

#[test]
fn retired_and_unplaced_standards_are_listed_with_their_pathway() {
    let record = |n: u8, status: &str, cluster: &str| {
        format!(
            r#"{{"referenceNumber": "ST{n}", "title": "T{n}", "level": 3, "status": "{status}", "route": "R",
                "pathway": "P &amp; Q", "cluster": {cluster}, "skills": [{{"skillId": "S1", "detail": "Bake"}}]}}"#
        )
    };
    let live = record(1, "Approved for delivery", "\"C\"");
    let file = [live, record(2, "Withdrawn", "\"C\""), record(3, "Approved for delivery", "null")].join(",");
    let (map, _) = checked(read(format!("[{file}]").as_bytes()));
    let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level()).unwrap();
    let programme = &derivation.programmes[0];
    let excluded: Vec<_> = programme.excluded.iter().map(|e| (e.occupation.as_str(), e.reason.name())).collect();
    assert_eq!(excluded, [("ST3", "no-cluster"), ("ST2", "retired")]);
    assert!(derivation.set_aside.is_empty());
    assert_eq!(programme.counting.len(), 1);
}

#[test]
fn unknown_members_are_kept_at_every_tier() {
    let mark = |n: u8| format!(r#""apprenticeship_only":{{"reasons":["policy"],"note":null,"u{n}":[1,{{"x":null}}]}}"#);
    let occupation = |id: &str| {
        format!(
            r#"{{"id":"{id}","title":"{id}","level":3,"status":"unknown","standard":{{"reference":"S","version":null,"url":null,"u6":6}},
               "url":null,"overview":null,"options":[{{"id":"O1","title":"A","u7":7}}],
               "statements":[{{"id":"K1","kind":"knowledge","text":"T","option":null,"u8":8.5}}],
               "duties":[{{"id":"D1","text":"Do","core":true,"statements":["K1"],"options":[],"u9":9}}],"u10":"ten"}}"#
        )
    };
    let text = format!(
        r#"{{"format":"tlevel-map","version":1,"title":"T","published":null,"source":{{"name":null,"url":null,"licence":null,"attribution":null,"u0":0}},
            "routes":[{{"id":"r","name":"R","first_teaching_planned":null,"first_teaching":null,{},"pathways":[
              {{"id":"p","name":"P","first_teaching_planned":null,"first_teaching":null,{},"clusters":[
                {{"id":"c","name":"C",{},"occupations":[{}],"u3":3}}],"u4":4}}],"u5":5}}],
            "set_aside":[{{"reason":"retired","route":null,"pathway":null,"cluster":null,"occupation":{},"u11":11}}],"u12":12}}"#,
        mark(20),
        mark(21),
        mark(22),
        occupation("o"),
        occupation("q")
    );
    let raw = read(text.as_bytes());
    let written: serde_json::Value = serde_json::to_value(&raw).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(&text).unwrap());
    let (_, findings) = checked(raw);
    let unknown: std::collections::BTreeSet<&str> = (findings.iter().filter(|f| f.rule == "unknown-field"))
        .filter_map(|f| f.place.pointer.rsplit('/').next())
        .collect();
    let all = ["u0", "u3", "u4", "u5", "u6", "u7", "u8", "u9", "u10", "u11", "u12", "u20", "u21", "u22"];
    assert_eq!(unknown, all.into_iter().collect());
}

#[test]
fn missing_keys_never_group_records() {
    let file = r#"[{"title": null, "larsCode": 0, "level": 3, "route": "R", "pathway": "P", "cluster": "C"},
                   {"title": null, "larsCode": 0, "level": 3, "route": "R", "pathway": "P", "cluster": "C"}]"#;
    let (map, findings) = checked(read(file.as_bytes()));
    assert_eq!(map.set_aside().len(), 2);
    assert!(findings.iter().all(|f| f.rule != "older-version"));
}
