//! Which version of a standard counts, whatever the order of rows, and what is
//! said of the others.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use tlevel::check::{Finding, Severity};
use tlevel::concept::Concepts;
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel::read::{Limits, read_drafts};

const APPROVED: &str = "Approved for delivery";

/// A record of the standards file with those knowledge statements.
fn standard(version: &str, status: &str, knowledge: &[&str]) -> Value {
    let knowledges: Vec<Value> = knowledge.iter().map(|text| json!({"detail": text})).collect();
    json!({"referenceNumber": "ST9001", "occupationCode": "OCC9001", "title": "Glazier", "level": 3, "status": status,
        "version": version, "route": "Construction", "pathway": "Onsite", "cluster": "Trades",
        "knowledges": knowledges})
}

fn with(mut record: Value, member: &str, value: Value) -> Value {
    record[member] = value;
    record
}

fn checked(file: &str) -> (Map, Vec<Finding>) {
    let checked = tlevel::check(tlevel::read(file.as_bytes()).unwrap()).unwrap();
    (checked.map, checked.findings)
}

/// The version that counts and its statements, in every order of the rows.
fn in_force(rows: &[Value]) -> (String, Vec<String>) {
    let mut turned = rows.to_vec();
    turned.reverse();
    let [one, other] = [rows, &turned].map(|rows| {
        let (map, _) = checked(&json!(rows).to_string());
        let only = map.occupations().map(|o| o.raw().clone()).chain(map.set_aside().map(|s| s.raw().clone()));
        let only: Vec<_> = only.collect();
        assert_eq!(only.len(), 1, "{rows:?}");
        let version = only[0].standard.as_ref().and_then(|s| s.version.clone()).unwrap_or_default();
        (version, only[0].statements.iter().filter_map(|s| s.text.clone()).collect::<Vec<_>>())
    });
    assert_eq!(one, other, "the order of rows makes no difference");
    one
}

fn findings_of(rows: &[Value], rule: &str) -> Vec<String> {
    let (_, findings) = checked(&json!(rows).to_string());
    findings.into_iter().filter(|f| f.rule == rule).map(|f| f.message).collect()
}

#[test]
fn the_version_in_force_counts() {
    let a = |version: &str, status: &str| standard(version, status, &[&format!("{version} {status}")]);
    for (rows, expected) in [
        // a newer version that is no more than a draft, or withdrawn, hides nothing
        (vec![a("1.1", APPROVED), a("1.2", "In development")], "1.1"),
        (vec![a("1.1", APPROVED), a("2.0", "Proposal in development")], "1.1"),
        (vec![a("1.1", APPROVED), a("1.2", "Standard approved, assessment plan in development")], "1.1"),
        (vec![a("1.1", APPROVED), a("1.2", "Withdrawn")], "1.1"),
        (vec![a("1.1", APPROVED), a("1.2", "Retired")], "1.1"),
        (vec![a("1.1", APPROVED), a("1.2", "Withdrawn"), a("1.3", "In development")], "1.1"),
        (vec![a("1.1", "approved  for delivery"), a("9", "Paused")], "1.1"),
        // of several approved ones the newest
        (vec![a("1.1", APPROVED), a("1.2", APPROVED)], "1.2"),
        (vec![a("1.9", APPROVED), a("1.10", APPROVED), a("1.2", APPROVED)], "1.10"),
        (vec![a("v1.2", APPROVED), a("Version 1.3", APPROVED), a("1.1", APPROVED)], "Version 1.3"),
        (vec![a("", APPROVED), a("1", APPROVED)], "1"),
        (vec![a("1", APPROVED), a("1.1", APPROVED)], "1.1"),
        // without an approved one: the draft, before what is withdrawn
        (vec![a("1.1", "In development"), a("1.2", "Retired")], "1.1"),
        (vec![a("1.1", "In development"), a("1.2", "Proposal in development")], "1.2"),
        (vec![a("1.0", "Retired"), a("1.1", "Withdrawn")], "1.1"),
        // without a status: the one that may be in force
        (vec![a("1.0", ""), a("1.1", "In development")], "1.0"),
        (vec![a("1.0", APPROVED), a("1.1", "")], "1.0"),
        (vec![a("1.1 (draft)", ""), a("1.0", "")], "1.0"),
    ] {
        assert_eq!(in_force(&rows).0, expected, "{rows:?}");
    }
}

#[test]
fn numbers_keep_the_zero_that_json_drops() {
    let file = |versions: &[&str]| {
        let rows: Vec<String> =
            versions.iter().map(|v| standard("@", APPROVED, &[v]).to_string().replace("\"@\"", v)).collect();
        format!("[{}]", rows.join(", "))
    };
    for (versions, expected) in [
        (&["1.9", "1.10"][..], "1.10"),
        (&["1.10", "1.9"], "1.10"),
        (&["1.1", "1.10", "1.2"], "1.10"),
        (&["1.10", "1.1"], "1.10"),
        (&["2", "1.10"], "2"),
        (&["1.10", "\"1.9\""], "1.10"),
        (&["1.10"], "1.10"),
    ] {
        let (map, _) = checked(&file(versions));
        let only = map.occupations().next().unwrap();
        assert_eq!(only.raw().standard.as_ref().unwrap().version.as_deref(), Some(expected), "{versions:?}");
        assert_eq!(only.statements().next().unwrap().text(), expected);
    }
    // a text beside the number says it exactly
    let record = standard("@", APPROVED, &["a"]).to_string().replace("\"@\"", "1.1, \"versionNumber\": \"1.10\"");
    let (map, _) = checked(&format!("[{record}]"));
    assert_eq!(map.occupations().next().unwrap().raw().standard.as_ref().unwrap().version.as_deref(), Some("1.10"));
}

#[test]
fn of_equal_versions_a_fixed_order_decides() {
    let a = |text: &str| standard("1.1", APPROVED, &[text]);
    let date = |record: Value, date: &str| with(record, "approvedForDelivery", json!(date));
    for (rows, expected) in [
        (vec![a("approved"), standard("1.1", "In development", &["draft"])], vec!["approved"]),
        (vec![a("b"), a("a")], vec!["a"]),
        (vec![a("one"), standard("1.1", APPROVED, &["two", "three"])], vec!["two", "three"]),
        (
            vec![date(a("later"), "2024-05-01T00:00:00"), date(standard("1.1", APPROVED, &["x", "y"]), "2021-01-01")],
            vec!["later"],
        ),
        (vec![a("same"), a("same")], vec!["same"]),
        (vec![standard("1", APPROVED, &["x"]), standard("1.0", APPROVED, &["x"])], vec!["x"]),
    ] {
        assert_eq!(in_force(&rows).1, expected, "{rows:?}");
    }
    assert_eq!(
        findings_of(&[a("same"), a("same")], "repeated-record"),
        ["ST9001: this record is given twice; it counts once"]
    );
    assert_eq!(
        findings_of(
            &[a("same"), with(with(a("same"), "level", json!(4)), "title", json!("Window fitter"))],
            "same-version-twice"
        ),
        ["ST9001: version 1.1 is given twice, and this record is not used; compared with the one that is, it has the \
             same statements; it changes the level from 3 to 4 and the title from \"Glazier\" to \"Window fitter\""]
    );
}

#[test]
fn the_others_are_reported_with_what_differs() {
    let first = standard("1.1", APPROVED, &["Glass types and uses", "Putty", "Glazing bars"]);
    let draft = with(
        standard("2.0", "In development", &["Glass types and their uses", "Glazing bars", "Vacuum units"]),
        "level",
        json!(4),
    );
    let draft = with(draft, "cluster", json!("Building envelope"));
    let rows = [first.clone(), draft, standard("1.0", APPROVED, &["Glass"]), standard("0.9", "In development", &[])];
    assert_eq!(
        findings_of(&rows, "draft-version"),
        ["ST9001: version 1.1 is in force; version 2.0 in development adds 1 statement, removes 1 and rewords 1; it \
             changes the level from 3 to 4 and the cluster from \"Trades\" to \"Building envelope\""]
    );
    assert_eq!(
        findings_of(&rows, "older-version"),
        [
            "ST9001: version 1.0 is not used; version 1.1 is",
            "ST9001: version 0.9 (in development) is not used; version 1.1 is"
        ]
    );
    let empty = standard("1.2", "Proposal in development", &[]);
    assert_eq!(
        findings_of(&[empty, first.clone()], "draft-version"),
        ["ST9001: version 1.1 is in force; version 1.2 proposed has no statements yet"]
    );
    let plan = standard(
        "1.2",
        "Standard approved, assessment plan in development",
        &["Glazing bars.", "putty", "Glass types and uses"],
    );
    assert_eq!(
        findings_of(&[plan, first.clone()], "draft-version"),
        ["ST9001: version 1.1 is in force; version 1.2 with its plan in development has the same statements"]
    );
    assert_eq!(
        findings_of(&[standard("1.2", "Withdrawn", &[]), first], "newer-version-withdrawn"),
        ["ST9001: version 1.1 is used; the newer version 1.2 is withdrawn, which may mean that the whole standard is"]
    );
}

#[test]
fn the_maps_api_has_versions_too() {
    let answer = |version: &str, status: u8, text: &str| {
        json!({"stdCode": "OCC9001", "name": "Glazier", "level": 3, "versionNo": version, "status": status,
            "mapHierarchy": {"routeName": "R", "pathwayName": "P", "clusterName": "C"},
            "knowledges": [{"knowledgeId": "K1", "detail": text}]})
    };
    for (rows, expected) in [
        ([answer("1.0", 1, "approved"), answer("2.0", 2, "in development")], "approved"),
        ([answer("1.0", 1, "approved"), answer("2.0", 3, "potential")], "approved"),
        ([answer("1.9", 1, "older"), answer("1.10", 1, "newer")], "newer"),
        ([answer("1.0", 4, "none"), answer("0.1", 2, "in development")], "in development"),
        ([with(answer("2.0", 1, "gone"), "statusName", json!("Withdrawn")), answer("1.0", 1, "approved")], "approved"),
    ] {
        assert_eq!(in_force(&rows).1, [expected], "{rows:?}");
    }
    let rows = [answer("1.0", 1, "a"), answer("2.0", 2, "b")];
    assert_eq!(
        findings_of(&rows, "draft-version"),
        ["OCC9001: version 1.0 is in force; version 2.0 in development adds 1 statement and removes 1"]
    );
}

#[test]
fn drafts_can_be_read_as_if_in_force() {
    let text = |rows: &[Value]| json!(rows).to_string();
    let first = standard("1.1", APPROVED, &["Glass", "Putty"]);
    let draft = with(standard("1.2", "In development", &["Vacuum units"]), "pathway", Value::Null);
    let other = with(standard("1.0", APPROVED, &["Slate"]), "referenceNumber", json!("ST9002"));
    let other = with(other, "occupationCode", json!("OCC9002"));
    let old_draft = with(standard("0.9", "In development", &["Thatch"]), "referenceNumber", json!("ST9002"));
    let read = |rows: &[Value]| read_drafts(text(rows).as_bytes(), &Limits::default()).unwrap();
    let found = read(&[draft, first.clone(), other, old_draft]);
    assert!(found.source_has_versions);
    let listed: Vec<_> = found
        .drafts
        .iter()
        .map(|d| (d.occupation.as_str(), d.in_force.as_deref(), d.version.as_deref(), d.added, d.removed, d.reworded))
        .collect();
    assert_eq!(listed, [("ST9001", Some("1.1"), Some("1.2"), 1, 2, 0)]);
    // a draft without a place keeps that of the version in force
    let map = tlevel::check(found.map).unwrap().map;
    let glazier = map.occupation("ST9001").unwrap();
    assert_eq!(glazier.statements().map(|s| s.text()).collect::<Vec<_>>(), ["Vacuum units"]);
    assert_eq!(glazier.pathway().name(), "Onsite");
    // the first of a draft's list is not the first of the version in force
    assert_eq!(glazier.statements().map(|s| s.id()).collect::<Vec<_>>(), ["K1 (1.2)"]);
    // what a draft without statements would change is not known
    let found = read(&[standard("2.0", "In development", &[]), first]);
    assert!(!found.drafts[0].has_statements);
    assert_eq!(found.map.occupations().next().unwrap().statements.len(), 2);
    let native = read_drafts(br#"{"format": "tlevel-map", "version": 1, "routes": []}"#, &Limits::default()).unwrap();
    assert!(!native.source_has_versions);
}

/// A row of a file, before it is written.
#[derive(Clone, Debug)]
struct Row {
    occupation: usize,
    version: usize,
    status: usize,
    /// Whether the version is a number, the record one of the maps API.
    numeric: bool,
    answer: bool,
    knowledge: Vec<usize>,
    place: usize,
    level: i64,
}

fn row() -> impl Strategy<Value = Row> {
    let flags = (any::<bool>(), proptest::bool::weighted(0.2));
    (0..4_usize, 0..6_usize, 0..7_usize, flags, vec(0..5_usize, 0..3), 0..5_usize, 2..4_i64).prop_map(
        |(occupation, version, status, (numeric, answer), knowledge, place, level)| Row {
            occupation,
            version,
            status,
            numeric,
            // the fourth has no codes
            answer: answer && occupation < 3,
            knowledge,
            place,
            level,
        },
    )
}

fn written(row: &Row) -> String {
    const VERSIONS: [&str; 6] = ["1.0", "1.1", "1.9", "1.10", "2.0", ""];
    const STATUSES: [&str; 7] =
        [APPROVED, APPROVED, "In development", "Proposal in development", "Retired", "Withdrawn", "Odd"];
    const TEXTS: [&str; 5] = ["Glass", "Putty", "Safe working at height", "safe working at height.", "Glazing bars"];
    const PLACES: [[&str; 3]; 5] = [
        ["Construction", "Onsite", "Trades"],
        ["Construction", "onsite", "Trades & crafts"],
        ["construction", "Onsite", "Trades and crafts"],
        ["Creative", "Craft", "Glass"],
        ["Creative", "Craft", ""],
    ];
    let knowledge: Vec<&str> = row.knowledge.iter().map(|t| TEXTS[*t]).collect();
    let (reference, code) = (format!("ST{}", row.occupation), format!("OCC{}", row.occupation));
    let [route, pathway, cluster] = PLACES[row.place];
    let mut record = standard("@", STATUSES[row.status], &knowledge);
    if row.answer {
        record = json!({"stdCode": code, "name": "Glazier", "level": row.level, "versionNo": "@",
            "statusName": STATUSES[row.status], "knowledges": record["knowledges"],
            "products": [{"productCode": reference, "typeName": "Apprenticeship"}],
            "mapHierarchy": {"routeName": route, "pathwayName": pathway, "clusterName": cluster}});
    } else {
        record["referenceNumber"] = json!(reference);
        record["occupationCode"] = json!(code);
        record["level"] = json!(row.level);
        record["route"] = json!(route);
        record["pathway"] = json!(pathway);
        record["cluster"] = json!(cluster);
        if row.occupation == 3 {
            record["referenceNumber"] = Value::Null;
            record["occupationCode"] = Value::Null;
        }
    }
    let version = VERSIONS[row.version];
    let shown = if row.numeric && !version.is_empty() { version.to_owned() } else { format!("\"{version}\"") };
    record.to_string().replace("\"@\"", &shown)
}

/// What the results of a file are, in bytes, and its findings without places.
fn results(rows: &[String]) -> (String, String, Vec<(String, String)>) {
    let file = format!("[{}]", rows.join(","));
    let raw = tlevel::read(file.as_bytes()).unwrap();
    let converted = serde_json::to_string(&raw).unwrap();
    let checked = tlevel::check(raw).unwrap();
    let concepts = Concepts::exact(&checked.map);
    let derivation = tlevel::derive(&checked.map, &concepts, &Policy::panel()).unwrap();
    let drafts = read_drafts(file.as_bytes(), &Limits::default()).unwrap();
    let drafts = serde_json::to_string(&(&drafts.drafts, &drafts.map)).unwrap();
    let mut findings: Vec<_> = checked.findings.into_iter().map(|f| (f.rule.into_owned(), f.message)).collect();
    findings.sort();
    (converted + &drafts, serde_json::to_string(&derivation).unwrap(), findings)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_changes_nothing(
        (rows, turned) in vec(row(), 1..9).prop_flat_map(|rows| {
            (Just(rows.clone()), Just(rows).prop_shuffle())
        })
    ) {
        let [one, other] = [rows, turned].map(|rows| results(&rows.iter().map(written).collect::<Vec<_>>()));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn no_draft_and_nothing_withdrawn_hides_an_approved_version(rows in vec(row(), 1..9)) {
        let file = format!("[{}]", rows.iter().map(written).collect::<Vec<_>>().join(","));
        let raw = tlevel::read(file.as_bytes()).unwrap();
        for occupation in 0..3_usize {
            let approved = rows.iter().any(|row| row.occupation == occupation && row.status < 2);
            let code = format!("OCC{occupation}");
            let found = raw.occupations().find(|o| o.occupation_code.as_deref() == Some(&code));
            let status = found.and_then(|o| o.status.clone());
            prop_assert_eq!(approved, status.as_deref() == Some("approved"));
        }
    }
}

#[test]
fn severities_follow_what_is_at_stake() {
    let rows = [
        standard("1.1", APPROVED, &["a"]),
        standard("1.1", APPROVED, &["b"]),
        standard("1.2", "Withdrawn", &[]),
        standard("2.0", "In development", &[]),
        standard("1.0", APPROVED, &[]),
    ];
    let (_, findings) = checked(&json!(rows).to_string());
    let mut severities: Vec<_> =
        findings.iter().filter(|f| f.rule.contains("version")).map(|f| (f.rule.as_ref(), f.severity)).collect();
    severities.sort_by_key(|(rule, _)| rule.to_owned());
    assert_eq!(
        severities,
        [
            ("draft-version", Severity::Note),
            ("newer-version-withdrawn", Severity::Warning),
            ("older-version", Severity::Note),
            ("same-version-twice", Severity::Warning),
        ]
    );
}
