//! Any bytes, and any JSON near a map: an error, findings, or a derivation;
//! never a panic.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use tlevel::check::{Rejected, locate_findings};
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, Screening};
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel_report as write;

/// All stages, as far as they go.
fn run(bytes: &[u8]) {
    if let Err(error) = tlevel::read::occupations(bytes) {
        assert!(!error.to_string().is_empty());
    }
    let Ok(raw) = tlevel::read(bytes) else { return };
    let text = tlevel::read::map_text(bytes).unwrap();
    let native = serde_json::to_string(&raw).unwrap();
    assert!(tlevel::read(native.as_bytes()).is_ok(), "what was read can be written and read again: {native}");
    let (map, mut findings) = match tlevel::check(raw) {
        Ok(checked) => (Some(checked.map), checked.findings),
        Err(Rejected { findings, .. }) => (None, findings),
    };
    locate_findings(&mut findings, &text);
    assert!(findings.iter().all(|f| f.place.line.is_some()), "every finding has a place: {findings:?}");
    let _ = write::export::terminal(&write::report::findings(&findings, "file"), &write::Layout::default());
    let Some(map) = map else { return };
    for policy in [Policy::t_level(), Policy::panel()] {
        let derivation = tlevel::derive(&map, &Concepts::exact(&map), &policy).unwrap();
        let layout = write::Layout::default().full(true).colour(true);
        let document = write::report::programmes(&derivation);
        let _ = (write::export::terminal(&document, &layout), write::export::markdown(&document));
    }
    let placer = tlevel::place::Placer::new(&map);
    for occupation in map.occupations().take(3) {
        let steps = tlevel::progression::steps(&map, &Concepts::exact(&map), &placer, occupation.id(), 3).unwrap();
        let _ = write::export::terminal(&write::report::progression(&steps), &write::Layout::default());
    }
    screen(&map);
}

/// All questions of a consultation, about the first and last things on the map.
fn screen(map: &Map) {
    let concepts = Concepts::exact(map);
    let consultation = Consultation::new(map, &concepts, &Policy::panel()).unwrap();
    let mut screenings: Vec<Screening> = vec![consultation.gaps().into()];
    let route = map.routes().next().map_or("", |route| route.id());
    screenings.extend(consultation.open_branch(route).map(Screening::from));
    if let (Some(occupation), Some(cluster)) = (map.occupations().next(), map.clusters().last()) {
        screenings.extend(consultation.move_occupation(occupation.title(), cluster.name()).map(Screening::from));
        screenings.extend(consultation.move_occupation(occupation.id(), cluster.id()).map(Screening::from));
        let mut new = occupation.raw().clone();
        new.id = None;
        screenings.extend(consultation.new_occupation(&new, None).map(Screening::from));
    }
    for screening in screenings {
        let report = consultation.report(screening);
        let document = write::report::consultation(&report);
        let _ = (write::export::terminal(&document, &write::Layout::default()), write::export::markdown(&document));
    }
}

/// Values for any place.
fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![
            Just(json!(0)),
            Just(json!(3)),
            Just(json!(-1)),
            Just(json!(1e300)),
            any::<i64>().prop_map(Value::from)
        ],
        "[ -~é\u{a0}\u{200b}\u{1b}<>&;]{0,12}".prop_map(Value::from),
        prop_oneof![
            Just("Option 1: A: text"),
            Just("Options 1, 2 and 3: x"),
            Just("Option 0: x"),
            Just("Options 1-999999999: x"),
            Just("[Option A] x"),
            Just("Skills: what is required"),
            Just("<p>x</p>"),
            Just("Core: c"),
            Just("K1"),
            Just("O1"),
            Just("Approved for delivery"),
            Just("Retired"),
            Just("&amp;lt;p&amp;gt;x"),
            Just("3"),
            Just("Health")
        ]
        .prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, "x", 3, {"id": "K1", "detail": "d", "name": "n"}])),
    ]
}

fn record(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    vec((prop::sample::select(names), anything()), 0..9)
        .prop_map(|members| Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

fn standard() -> impl Strategy<Value = Value> {
    let item = record(&["knowledgeId", "detail", "id", "optionId", "options", "skillId"]);
    let duty = record(&["dutyID", "dutyDetail", "mappedKnowledge", "mappedOptions", "isThisACoreDuty", "mappedSkills"]);
    let members = record(&[
        "referenceNumber",
        "occupationCode",
        "larsCode",
        "title",
        "level",
        "status",
        "version",
        "route",
        "pathway",
        "cluster",
        "options",
        "typicalJobTitles",
        "keywords",
        "overviewOfRole",
        "duties",
        "knowledges",
        "technicalSkills",
        "ksbs",
        "optionsUnstructuredTemplate",
        "coreAndOptions",
        "apprenticeshipType",
        "relatedOccupations",
        "regulated",
        "regulatedBody",
        "integratedDegree",
        "typicalDuration",
        "maxFunding",
        "stdCode",
    ]);
    (members, vec(item, 0..4), vec(duty, 0..3), any::<bool>()).prop_map(|(mut members, items, duties, whole)| {
        members["knowledges"] = Value::from(items);
        members["duties"] = Value::from(duties);
        members["title"] = json!("A title");
        if whole {
            for (name, value) in
                [("level", json!(3)), ("route", json!("R")), ("pathway", json!("P")), ("cluster", json!("C"))]
            {
                members[name] = value;
            }
        }
        members
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        run(&bytes);
    }

    #[test]
    fn any_text(text in "[\\[\\]{}\",:0-9a-z \\\\é\n-]{0,80}") {
        run(text.as_bytes());
    }

    #[test]
    fn standards_with_anything_in_them(records in vec(prop_oneof![9 => standard().boxed(), 1 => anything().boxed()], 0..6)) {
        run(Value::from(records).to_string().as_bytes());
    }

    #[test]
    fn api_answers_with_anything_in_them(mut record in standard(), hierarchy in record(&["routeName", "pathwayName", "clusterName"]), progress in anything()) {
        record["stdCode"] = json!("OCC1");
        record["mapHierarchy"] = hierarchy;
        record["progressions"] = progress;
        run(json!({"routeId": 1, "name": "R", "pathways": [{"pathwayId": 2, "name": "P", "clusters": [record]}]}).to_string().as_bytes());
    }

    #[test]
    fn bundled_map_with_bytes_changed(changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = include_bytes!("../../../../fixtures/official/standards.json").to_vec();
        for (at, byte) in changes {
            let i = at.index(bytes.len());
            bytes[i] = byte;
        }
        run(&bytes);
    }

    #[test]
    fn a_map_cut_off_anywhere(at in any::<prop::sample::Index>()) {
        let bytes = include_bytes!("../../../../fixtures/maps/england.json");
        run(&bytes[..at.index(bytes.len())]);
    }
}

#[test]
fn large_and_repetitive_inputs_end_soon() {
    // each of these is quadratic or worse in a careless program
    let many = |item: &str, n: usize| format!("[{}]", vec![item; n].join(","));
    let text = |detail: &str| {
        format!(
            r#"[{{"title":"T","level":3,"larsCode":1,"route":"R","pathway":"P","cluster":"C","knowledges":[{{"knowledgeId":"K1","detail":"{detail}"}}]}}]"#
        )
    };
    run(many("{\"title\":\"x\",\"larsCode\":1}", 20_000).as_bytes());
    run(many("{\"stdCode\":\"x\"}", 20_000).as_bytes());
    run(text(&";".repeat(200_000)).as_bytes());
    run(text(&"&amp;".repeat(50_000)).as_bytes());
    run(text(&format!("&{}", "amp;".repeat(50_000))).as_bytes());
    run(text(&"<".repeat(200_000)).as_bytes());
    run(text(&"<p".repeat(100_000)).as_bytes());
    run(text(&format!("Options {}1: x", "1, ".repeat(50_000))).as_bytes());
    for unit in ["<!--", "<script>", "<td> ", "<a b='", "&lt;br&gt;", "[Option ", "Option 1, ", " \u{a0}<li>"] {
        run(text(&unit.repeat(40_000)).as_bytes());
    }
    for members in [
        format!(r#""ksbs":{}"#, many("\"K1: same text\"", 20_000)),
        format!(r#""ksbs":{}"#, many("{\"type\":1,\"detail\":\"same text\"}", 20_000)),
        format!(r#""knowledges":{}"#, many("\"Skills\",\"x\"", 10_000)),
        format!(r#""options":{}"#, many("{\"title\":\"x\",\"ksbs\":[{\"key\":\"K1\",\"detail\":\"y\"}]}", 20_000)),
        format!(r#""technicalSkills":["x"],"relatedOccupations":{}"#, many("\"x\"", 20_000)),
        format!(r#""regulatedBody":{}"#, many("\"x\"", 20_000)),
    ] {
        run(format!(r#"[{{"title":"T","level":3,"larsCode":1,"route":"R","pathway":"P","cluster":"C",{members}}}]"#)
            .as_bytes());
    }
    let statements = many("{\"knowledgeId\":\"K1\",\"detail\":\"same\"}", 20_000);
    run(format!(r#"[{{"title":"T","level":3,"larsCode":1,"knowledges":{statements}}}]"#).as_bytes());
    let distinct: Vec<String> = (0..20_000).map(|i| format!("{{\"mappedOptions\":[\"x{i}\"]}}")).collect();
    run(format!(r#"[{{"title":"T","level":3,"larsCode":1,"duties":[{}]}}]"#, distinct.join(",")).as_bytes());
    let duties = many("{\"mappedKnowledge\":[\"nobody\"],\"mappedOptions\":[\"x\"]}", 20_000);
    run(format!(r#"[{{"title":"T","level":3,"larsCode":1,"duties":{duties}}}]"#).as_bytes());
}
