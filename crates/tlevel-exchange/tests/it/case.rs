//! CASE: what is written, held to the published schemas' rules, and what is read.

use std::collections::HashSet;

use serde_json::Value;
use tlevel::concept::Concepts;
use tlevel::derive::Policy;
use tlevel::read::{RawCluster, RawDuty, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement};
use tlevel_exchange::{Framework, Naming, Part, case, framework_format, read_framework};

/// A map with an option, a duty, a progression and a record that is set aside.
pub(crate) fn small() -> RawMap {
    let mut roofer = RawOccupation::new("OCC1", "Roofer", 3);
    roofer.overview = Some("Covers buildings.".to_owned());
    roofer.keywords = vec!["roof".to_owned(), "slate".to_owned()];
    roofer.progresses_to = vec!["OCC2".to_owned()];
    roofer.options = vec![RawOption::new("O1", "Slating")];
    let mut statement = RawStatement::new("K1", "knowledge", "Safe working at height");
    statement.source_text = Some("<p>Safe working at height</p>".to_owned());
    roofer.statements.push(statement);
    roofer.statements.push(RawStatement::new("S1", "skill", "Lay slates.").of_option("O1"));
    roofer.duties.push(RawDuty::new("D1", "Cover a roof", ["K1", "S1"]));
    let mut surveyor = RawOccupation::new("OCC2", "Surveyor", 4);
    surveyor.status = Some("approved".to_owned());
    surveyor.statements.push(RawStatement::new("K1", "knowledge", "Safe working at height"));
    let cluster = RawCluster::new("trades", "Trades").with(roofer).with(surveyor);
    let route = RawRoute::new("construction", "Construction").with(RawPathway::new("onsite", "Onsite").with(cluster));
    let mut map = RawMap::new("A small map").with(route);
    map.published = Some("2026-07".to_owned());
    map
}

fn written(map: &RawMap, version: case::Version) -> (String, Vec<String>) {
    let naming = Naming::default();
    let (text, losses) = case::write(&Framework::of_map(map, &naming), version, &naming);
    (text, losses.iter().map(ToString::to_string).collect())
}

fn native(map: &RawMap) -> String {
    serde_json::to_string_pretty(map).expect("a map is JSON")
}

pub(crate) fn read(text: &str) -> (RawMap, Vec<String>) {
    let import = read_framework(&[Part::new("a.json", text.as_bytes())]).expect("a framework").expect("is read");
    (import.map, import.notes)
}

#[test]
fn a_map_in_case_is_as_recorded() {
    insta::assert_snapshot!(written(&small(), case::Version::V1_1).0);
}

#[test]
fn version_1_1_loses_nothing() {
    let (text, losses) = written(&small(), case::Version::V1_1);
    assert_eq!(losses, Vec::<String>::new());
    let (again, notes) = read(&text);
    assert_eq!(native(&again), native(&small()));
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(written(&again, case::Version::V1_1).0, text, "a rerun keeps every identifier");
}

#[test]
fn version_1_0_counts_what_it_loses() {
    let (text, losses) = written(&small(), case::Version::V1_0);
    assert_eq!(losses, ["\"status\" of occupation: 1"]);
    assert!(!text.contains("extensions") && !text.contains("caseVersion"));
    let (again, _) = read(&text);
    let mut expected = small();
    expected.routes[0].pathways[0].clusters[0].occupations[1].status = None;
    assert_eq!(native(&again), native(&expected));
}

/// Whether a text is a date and a time with an offset: `1970-01-01T00:00:00+00:00`.
fn is_date_time(text: &str) -> bool {
    let shape = |c: char| if c.is_ascii_digit() { '0' } else { c };
    text.chars().map(shape).collect::<String>() == "0000-00-00T00:00:00+00:00"
}

/// The rules of the published schemas of 1.0 and 1.1 for the classes that are written:
/// required members, members that exist and their types, UUIDs, association types.
fn check(text: &str, version: case::Version) {
    let package: Value = serde_json::from_str(text).expect("JSON");
    let new = version == case::Version::V1_1;
    let class = |value: &Value, required: &[&str], optional: &[&str], of_new: &[&str]| {
        let members = value.as_object().expect("an object");
        for name in required {
            assert!(members.get(*name).is_some_and(|value| !value.is_null()), "{name} is missing: {value}");
        }
        for name in members.keys() {
            let is_known = required.contains(&name.as_str())
                || optional.contains(&name.as_str())
                || (new && of_new.contains(&name.as_str()));
            assert!(is_known, "{name} is no member: {value}");
        }
        for (name, value) in members {
            let is_of_its_type = match name.as_str() {
                "educationLevel" | "conceptKeywords" => {
                    value.as_array().is_some_and(|texts| texts.iter().all(Value::is_string))
                }
                "sequenceNumber" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
                "caseVersion" => value == "1.1",
                "lastChangeDateTime" => value.as_str().is_some_and(is_date_time),
                "CFDocument" | "CFDefinitions" | "extensions" => value.is_object(),
                "CFItems" | "CFAssociations" => value.is_array(),
                name if name.ends_with("URI") => value.is_object(),
                _ => value.is_string(),
            };
            assert!(is_of_its_type, "{name} is of another type: {value}");
        }
        if let Some(id) = value["identifier"].as_str() {
            let lengths: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(id.as_bytes()[14], b'5', "{id}");
            assert!(b"89ab".contains(&id.as_bytes()[19]) && id == id.to_lowercase(), "{id}");
        }
    };
    let link = |value: &Value| class(value, &["title", "identifier", "uri"], &[], &["targetType"]);
    class(&package, &["CFDocument"], &["CFItems", "CFAssociations", "CFDefinitions"], &[]);
    class(
        &package["CFDocument"],
        &["identifier", "uri", "creator", "title", "lastChangeDateTime"],
        &["officialSourceURL", "publisher", "description", "language", "version", "licenseURI", "notes"],
        &["frameworkType", "caseVersion", "extensions"],
    );
    let mut ids = HashSet::new();
    for item in package["CFItems"].as_array().expect("items") {
        class(
            item,
            &["identifier", "fullStatement", "uri", "lastChangeDateTime"],
            &[
                "CFItemType",
                "humanCodingScheme",
                "abbreviatedStatement",
                "conceptKeywords",
                "notes",
                "language",
                "educationLevel",
                "CFItemTypeURI",
            ],
            &["extensions"],
        );
        link(&item["CFItemTypeURI"]);
        assert!(ids.insert(item["identifier"].as_str().expect("an id")), "given twice: {item}");
    }
    let document = package["CFDocument"]["identifier"].as_str().expect("an id");
    let kinds = ["isChildOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo"];
    let mut parents = HashSet::new();
    for association in package["CFAssociations"].as_array().expect("associations") {
        class(
            association,
            &["identifier", "associationType", "uri", "originNodeURI", "destinationNodeURI", "lastChangeDateTime"],
            &["sequenceNumber"],
            &["notes", "extensions"],
        );
        ["originNodeURI", "destinationNodeURI"].iter().for_each(|end| link(&association[*end]));
        let kind = association["associationType"].as_str().expect("a type");
        assert!(kinds.contains(&kind), "{kind}");
        if kind == "isChildOf" {
            let id = |end: &str| association[end]["identifier"].as_str().expect("an id");
            assert!(parents.insert(id("originNodeURI")), "two parents: {association}");
            let above = id("destinationNodeURI");
            assert!(ids.contains(above) || above == document, "{association}");
        }
    }
    assert_eq!(parents, ids, "every item has a parent");
    for item_type in package["CFDefinitions"]["CFItemTypes"].as_array().expect("types") {
        let required = ["identifier", "uri", "title", "description", "hierarchyCode", "lastChangeDateTime"];
        class(item_type, &required, &[], &[]);
    }
}

#[test]
fn what_is_written_follows_the_schemas() {
    let naming = Naming::new("https://example.org/");
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).expect("a map");
    let map = tlevel::check(raw.clone()).expect("a map").map;
    let concepts = Concepts::exact(&map);
    let derivation = tlevel::derive(&map, &concepts, &Policy::panel()).expect("programmes");
    let frameworks = [
        Framework::of_map(&small(), &naming),
        Framework::of_map(&raw, &naming),
        Framework::of_concepts(&map, &concepts, &naming),
        Framework::of_topics(&tlevel::topics::Vocabulary::bundled(), &naming),
        Framework::of_programmes(&map, &derivation, &naming),
    ];
    for framework in &frameworks {
        for version in [case::Version::V1_0, case::Version::V1_1] {
            let (text, _) = case::write(framework, version, &naming);
            check(&text, version);
            assert!(text.contains("https://example.org/ims/case/"), "{}", framework.title);
        }
    }
}

/// A package as other systems write them: items in no order, a sequence number for each
/// child, null where there is nothing, types of its own, and a level as a list.
const OTHER: &str = r#"{
  "CFDocument": {
    "uri": "https://example.org/uri/d1", "identifier": "d1", "lastChangeDateTime": "2020-01-01T00:00:00+00:00",
    "creator": "A state", "title": "Health science", "officialSourceURL": null, "adoptionStatus": "Adopted",
    "CFPackageURI": {"title": "x", "identifier": "d1", "uri": "https://example.org/p"}
  },
  "CFItems": [
    {"identifier": "i3", "uri": "u3", "fullStatement": "Second", "CFItemType": "Skill", "humanCodingScheme": "1.2",
     "lastChangeDateTime": "2020-01-01T00:00:00+00:00", "listEnumeration": "2"},
    {"identifier": "i1", "uri": "u1", "fullStatement": "Therapeutic services", "humanCodingScheme": "1",
     "educationLevel": ["09", "10"], "lastChangeDateTime": "2020-01-01T00:00:00+00:00"},
    {"identifier": "i2", "uri": "u2", "fullStatement": "First", "CFItemType": "Knowledge", "humanCodingScheme": "1.1",
     "conceptKeywords": null, "lastChangeDateTime": "2020-01-01T00:00:00+00:00"}
  ],
  "CFAssociations": [
    {"identifier": "a1", "uri": "a1", "associationType": "isChildOf", "sequenceNumber": 2,
     "originNodeURI": {"title": "1.2", "identifier": "i3", "uri": "u3"},
     "destinationNodeURI": {"title": "1", "identifier": "i1", "uri": "u1"}},
    {"identifier": "a2", "uri": "a2", "associationType": "isChildOf", "sequenceNumber": 1,
     "originNodeURI": {"title": "1.1", "identifier": "i2", "uri": "u2"},
     "destinationNodeURI": {"title": "1", "identifier": "i1", "uri": "u1"}},
    {"identifier": "a3", "uri": "a3", "associationType": "isChildOf", "sequenceNumber": 1,
     "originNodeURI": {"title": "1", "identifier": "i1", "uri": "u1"},
     "destinationNodeURI": {"title": "Health science", "identifier": "d1", "uri": "https://example.org/uri/d1"}}
  ],
  "CFDefinitions": {"CFConcepts": [], "CFSubjects": [], "CFLicenses": [], "CFItemTypes": []},
  "CFRubrics": [{"identifier": "r1"}]
}"#;

#[test]
fn the_packages_of_others_keep_their_order_and_levels() {
    assert_eq!(framework_format(&[Part::new("a", OTHER.as_bytes())]), Some("CASE"));
    let (map, notes) = read(OTHER);
    let occupation = &map.routes[0].pathways[0].clusters[0].occupations[0];
    assert_eq!(map.routes[0].name.as_deref(), Some("Health science"));
    assert_eq!((occupation.id.as_deref(), occupation.title.as_deref()), (Some("1"), Some("Therapeutic services")));
    let statements: Vec<_> =
        occupation.statements.iter().map(|s| (s.id.as_deref().unwrap(), s.kind.as_deref().unwrap())).collect();
    assert_eq!(statements, [("1.1", "knowledge"), ("1.2", "skill")]);
    assert_eq!(
        notes,
        [
            "not read: \"adoptionStatus\" of the document (1)",
            "not read: \"listEnumeration\" of items (1)",
            "not read: rubrics (1)",
            "1 of 1 occupations have no level from 2 to 7; level 3 is assumed",
        ]
    );
    tlevel::check(map).expect("a map");
}

/// A package of items with their parents, all without codes.
fn tree(items: &[(&str, &str)]) -> String {
    let item = |(id, _): &(&str, &str)| format!("{{\"identifier\": \"{id}\", \"fullStatement\": \"{id}\"}}");
    let link = |(id, above): &(&str, &str)| {
        format!(
            "{{\"associationType\": \"isChildOf\", \"originNodeURI\": {{\"identifier\": \"{id}\"}}, \
             \"destinationNodeURI\": {{\"identifier\": \"{above}\"}}}}"
        )
    };
    let items_text: Vec<String> = items.iter().map(item).collect();
    let links: Vec<String> = items.iter().map(link).collect();
    format!(
        "{{\"CFDocument\": {{\"title\": \"T\"}}, \"CFItems\": [{}], \"CFAssociations\": [{}]}}",
        items_text.join(","),
        links.join(",")
    )
}

#[test]
fn trees_of_any_depth_are_maps_without_errors() {
    for items in [
        // statements right under the document
        &[("a", "d"), ("b", "d")][..],
        // an item with statements of its own, above another with statements
        &[("a", "d"), ("b", "a"), ("c", "a"), ("e", "c")],
        // six steps
        &[("a", "d"), ("b", "a"), ("c", "b"), ("e", "c"), ("f", "e"), ("g", "f")],
        // a statement beside a tree
        &[("a", "d"), ("b", "a"), ("c", "d")],
    ] {
        let (map, _) = read(&tree(items));
        let branches = items.iter().filter(|(id, _)| items.iter().any(|(_, above)| above == id)).count();
        let statements: usize = map.occupations().map(|occupation| occupation.statements.len()).sum();
        assert_eq!(statements, items.len() - branches, "{items:?}");
        let checked = tlevel::check(map).expect("a map");
        let errors: Vec<String> = (checked.findings.iter())
            .filter(|finding| finding.severity == tlevel::check::Severity::Error)
            .map(|finding| finding.message.clone())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{items:?}");
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let said = |text: &str| {
        let read = read_framework(&[Part::new("a.json", text.as_bytes())]).expect("a framework");
        read.expect_err("is refused").to_string()
    };
    assert_eq!(
        said("{\"CFDocument\": {\n  \"title\": 3}}"),
        "a.json: line 2, column 12: invalid type: integer `3`, expected a string; the file should be a CFPackage with \
         CFDocument, CFItems and CFAssociations"
    );
    assert_eq!(
        said("{\"CFDocument\": {\"creator\": \"x\"}}"),
        "a.json: it holds no items; give a framework that has items"
    );
    let circle =
        OTHER.replace("\"identifier\": \"d1\", \"uri\": \"https://example.org/uri/d1\"}}", "\"identifier\": \"i2\"}}");
    assert_eq!(said(&circle), "a.json: the item \"1.2\" is above itself; break the circle of its parents");
}
