//! The shapes in which records of the official files arrive: alone, wrapped,
//! keyed, in lists of lists, and both sources in one file.

use serde_json::{Value, json};
use tlevel::check::Finding;
use tlevel::map::Map;

fn standard(n: u16) -> Value {
    json!({"referenceNumber": format!("ST{n}"), "occupationCode": format!("OCC{n}"), "title": format!("Miller {n}"),
        "level": 3, "status": "Approved for delivery", "version": "1.0", "route": "Food", "pathway": "Milling",
        "cluster": "Mills", "knowledges": [{"knowledgeId": "K1", "detail": "Grain"}]})
}

fn answer(n: u16) -> Value {
    json!({"stdCode": format!("OCC{n}"), "name": format!("Miller {n}"), "level": 3, "versionNo": "1.0", "status": 1,
        "products": [{"productCode": format!("ST{n}"), "typeName": "Apprenticeship"}],
        "mapHierarchy": {"routeName": "Food", "pathwayName": "Milling", "clusterName": "Mills"}})
}

fn checked(file: &str) -> (Map, Vec<Finding>) {
    let checked = tlevel::check(tlevel::read(file.as_bytes()).unwrap_or_else(|e| panic!("{file}: {e}"))).unwrap();
    (checked.map, checked.findings)
}

fn ids(map: &Map) -> Vec<(&str, usize)> {
    map.occupations().map(|o| (o.id(), o.statements().len())).collect()
}

#[test]
fn one_standard_in_any_wrapping_is_a_list_of_one() {
    let one = standard(1);
    let minimal = json!({"referenceNumber": "ST1", "title": "Miller", "level": 3, "route": "Food",
        "pathway": "Milling", "cluster": "Mills", "knowledges": [{"detail": "Grain"}]});
    for file in [
        one.clone(),
        minimal.clone(),
        json!([minimal]),
        json!([one]),
        json!([[one]]),
        json!([[[one]], []]),
        json!({"standard": one}),
        json!({"data": one}),
        json!({"data": [one]}),
        json!({"data": {"standards": [one]}}),
        json!({"response": {"page": 1, "items": [one]}}),
        json!({"ST1": one}),
        json!({"ST1": [one]}),
        json!({"st1 ": {"title": "Miller", "level": 3, "route": "Food", "pathway": "Milling", "cluster": "Mills",
            "knowledges": [{"detail": "Grain"}]}}),
    ] {
        let (map, findings) = checked(&file.to_string());
        assert_eq!(ids(&map), [("ST1", 1)], "{file}");
        let bad: Vec<_> = findings.iter().filter(|f| f.rule != "unknown-field").collect();
        assert!(bad.is_empty(), "{file}: {bad:?}");
    }
}

#[test]
fn lists_of_lists_pages_and_objects_keyed_by_code() {
    let (one, two) = (standard(1), standard(2));
    for file in [
        json!([one, two]),
        json!([[one], [two]]),
        json!([one, [two]]),
        json!([{"page": 1, "list": [one]}, {"page": 2, "list": [two]}]),
        json!({"ST1": one, "ST2": two}),
        json!({"approved": [one], "others": [two]}),
        json!([null, one, 7, two]),
    ] {
        let (map, _) = checked(&file.to_string());
        assert_eq!(ids(&map), [("ST1", 1), ("ST2", 1)], "{file}");
    }
}

#[test]
fn members_beside_the_records_are_reported() {
    let file = json!({"data": [standard(1)], "count": 1, "links": {"next": null}});
    let (_, findings) = checked(&file.to_string());
    let reported: Vec<_> = findings.iter().map(|f| (f.rule.as_ref(), f.place.pointer.as_str())).collect();
    assert_eq!(reported, [("unknown-field", "/count"), ("unknown-field", "/links")]);
}

#[test]
fn what_only_looks_like_records_is_refused() {
    for file in [
        json!({"title": "Miller", "level": 3}),
        json!({"data": []}),
        json!([[]]),
        json!({"list": [{"title": "A book", "level": 3}]}),
        json!([{"knowledges": []}]),
    ] {
        let error = tlevel::read(file.to_string().as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("not an occupational map: "), "{file}: {error}");
    }
}

#[test]
fn both_sources_in_one_list_are_one_occupation() {
    let mut unplaced = standard(1);
    unplaced["route"] = Value::Null;
    unplaced["pathway"] = Value::Null;
    for rows in [[unplaced.clone(), answer(1)], [answer(1), unplaced]] {
        let (map, findings) = checked(&json!(rows).to_string());
        // the statements of one, the place of the other, the codes of both
        assert_eq!(ids(&map), [("ST1", 1)]);
        let miller = map.occupation("ST1").unwrap();
        assert_eq!(miller.cluster().name(), "Mills");
        assert_eq!(miller.occupation_code(), Some("OCC1"));
        let told: Vec<_> = findings.iter().map(|f| (f.rule.as_ref(), f.message.as_str())).collect();
        assert_eq!(
            told,
            [(
                "both-sources",
                "ST1: both official sources describe this occupation; the record of the standards file is used (version \
                 1.0, this one is version 1.0); taken from this one: place"
            )]
        );
    }
}

#[test]
fn both_sources_of_different_occupations_stay_apart() {
    // one standard, two occupations of the maps API with codes of their own
    let mut second = answer(3);
    second["products"][0]["productCode"] = json!("ST1");
    let (map, _) = checked(&json!([standard(1), answer(1), second, answer(2)]).to_string());
    let mut codes: Vec<_> = map.occupations().map(|o| o.id().to_owned()).collect();
    codes.sort();
    assert_eq!(codes, ["OCC2", "OCC3", "ST1"]);
}

#[test]
fn a_draft_in_the_other_source_hides_nothing() {
    let mut draft = answer(1);
    draft["status"] = json!(2);
    draft["versionNo"] = json!("2.0");
    draft["knowledges"] = json!([{"knowledgeId": "K1", "detail": "Flour"}]);
    let (map, findings) = checked(&json!([draft, standard(1)]).to_string());
    assert_eq!(map.statements().map(|s| s.text()).collect::<Vec<_>>(), ["Grain"]);
    assert!(findings.iter().any(|f| f.rule == "draft-version"), "{findings:?}");
}

#[test]
fn progressions_lead_to_the_codes_that_are_used() {
    let progression = json!({"progressions": [{"stdCodeFrom": "OCC1", "stdCodeTo": "OCC2"},
        {"stdCodeFrom": "OCC1", "stdCodeTo": "OCC3"}]});
    let (map, findings) = checked(&json!([standard(1), answer(1), standard(2), answer(3), progression]).to_string());
    assert_eq!(map.occupation("ST1").unwrap().raw().progresses_to, ["OCC3", "ST2"]);
    assert!(findings.iter().all(|f| f.rule != "dangling-progression"), "{findings:?}");
}

#[test]
fn records_of_one_source_keep_both_codes() {
    let (map, _) = checked(&json!([standard(1)]).to_string());
    let one = map.occupation("ST1").unwrap();
    assert_eq!(one.occupation_code(), Some("OCC1"));
    let (map, _) = checked(&json!([answer(1)]).to_string());
    let one = map.occupation("OCC1").unwrap();
    assert_eq!(one.occupation_code(), Some("OCC1"));
    assert_eq!(one.raw().standard.as_ref().unwrap().reference.as_deref(), Some("ST1"));
}

#[test]
fn references_by_the_names_of_the_courses_api() {
    let named = |members: Value| {
        let mut record = json!({"title": "Assistant baker", "level": 3, "route": "R", "pathway": "P", "cluster": "C"});
        record.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        checked(&record.to_string()).0.occupations().next().unwrap().id().to_owned()
    };
    assert_eq!(named(json!({"ifateReferenceNumber": "st9391", "larsCode": 9391})), "ST9391");
    assert_eq!(named(json!({"standardUId": "ST9391_1.2", "larsCode": 9391})), "ST9391");
    assert_eq!(named(json!({"standardUId": "x_1.2", "larsCode": 9391})), "LARS9391");
    let both = json!({"referenceNumber": "ST1", "ifateReferenceNumber": "ST2", "standardUId": "ST3_1.0"});
    assert_eq!(named(both), "ST1");
}

#[test]
fn of_several_places_one_is_read_and_the_others_reported() {
    let place = |cluster: Value| json!({"routeName": "Food", "pathwayName": "Milling", "clusterName": cluster});
    let mut several = answer(1);
    several["mapHierarchy"] = json!([place(Value::Null), place(json!("Mills")), place(json!("Bakeries"))]);
    let (map, findings) = checked(&several.to_string());
    assert_eq!(map.occupations().next().unwrap().cluster().name(), "Mills");
    let told: Vec<_> = findings.iter().filter(|f| f.rule == "several-places").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].message,
        "\"Miller 1\" is given several places; it is read in Food > Milling > Mills, and not in Food > Milling, nor in \
         Food > Milling > Bakeries"
    );
    // one place twice is one place
    several["mapHierarchy"] = json!([place(json!("Mills")), place(json!("mills"))]);
    assert!(checked(&several.to_string()).1.iter().all(|f| f.rule != "several-places"));
    // an answer that has the occupation in two clusters
    let mut plain = answer(1);
    plain.as_object_mut().unwrap().remove("mapHierarchy");
    let cluster = |name: &str| json!({"clusterName": name, "occupations": [plain]});
    let clusters = |names: [&str; 2]| json!({"routeName": "Food", "pathways": [{"pathwayName": "Milling", "clusters": names.map(cluster)}]});
    for names in [["Mills", "Bakeries"], ["Bakeries", "Mills"]] {
        let (map, findings) = checked(&clusters(names).to_string());
        assert_eq!(map.occupations().map(|o| o.cluster().name()).collect::<Vec<_>>(), ["Bakeries"]);
        assert_eq!(
            findings.iter().filter(|f| f.rule == "several-places").map(|f| f.message.as_str()).collect::<Vec<_>>(),
            ["OCC1: \"Miller 1\" is placed here too (Food > Milling > Mills); it is read in one place only"]
        );
    }
}

#[test]
fn of_members_given_twice_the_last_one_counts() {
    let text = standard(1).to_string();
    for (from, to, pointer) in [
        ("\"level\":3", "\"level\":4,\"level\":3", "/level"),
        ("\"cluster\":\"Mills\"", "\"cluster\":\"Odd\",\"cluster\":\"Mills\"", "/cluster"),
        ("\"knowledges\":[", "\"knowledges\":[{\"detail\":\"a\"},{\"detail\":\"b\"}],\"knowledges\":[", "/knowledges"),
        ("\"detail\":\"Grain\"", "\"detail\":\"Odd\",\"detail\":\"Grain\"", "/knowledges/0/detail"),
        ("\"referenceNumber\":\"ST1\"", "\"referenceNumber\":\"ST2\",\"referenceNumber\":\"ST1\"", "/referenceNumber"),
    ] {
        let file = text.replace(from, to);
        assert_ne!(file, text, "{from}");
        let (map, findings) = checked(&file);
        let only = map.occupations().next().unwrap();
        assert_eq!((only.id(), only.level().number(), only.cluster().name()), ("ST1", 3, "Mills"), "{to}");
        assert_eq!(map.statements().map(|s| s.text()).collect::<Vec<_>>(), ["Grain"], "{to}");
        let told: Vec<_> =
            findings.iter().filter(|f| f.rule == "member-given-twice").map(|f| f.place.pointer.as_str()).collect();
        assert_eq!(told, [pointer], "{findings:?}");
    }
    // the wrapping too
    let (map, findings) = checked(&format!("{{\"list\": [{}], \"list\": [{}]}}", standard(1), standard(2)));
    assert_eq!(ids(&map), [("ST2", 1)]);
    assert!(findings.iter().any(|f| f.rule == "member-given-twice"));
    let many = format!("[{text}, {text}]").replace("\"level\":3", "\"level\":4,\"level\":3");
    let (_, findings) = checked(&many);
    let told: Vec<_> = findings.iter().filter(|f| f.rule == "member-given-twice").collect();
    assert_eq!(told[0].message, "the member \"level\" is given twice in one object (2 objects); the last one counts");
}
