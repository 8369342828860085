//! Bytes of any kind to every function: a result or an error, and never a fault.

use proptest::prelude::*;
use tlevel_c::TlevelCode;

use crate::caller::{self, Failed, Map, Placer, c};

/// Two pathways of one route, with statements that they share.
const SMALL: &str = r#"{"format": "tlevel-map", "version": 1, "title": "Small", "routes": [
 {"id": "construction", "name": "Construction", "pathways": [
  {"id": "onsite", "name": "Onsite construction", "clusters": [{"id": "trades", "name": "Trades", "occupations": [
   {"id": "OCC1", "title": "Plasterer", "level": 3, "statements": [
    {"id": "K1", "kind": "knowledge", "text": "Safe working at height"}, {"id": "S1", "kind": "skill", "text": "Float a wall."}]},
   {"id": "OCC2", "title": "Roofer", "level": 3, "statements": [
    {"id": "K1", "kind": "knowledge", "text": "Working at height safely"}, {"id": "S1", "kind": "skill", "text": "Lay slates."}]}]}]},
  {"id": "services", "name": "Building services", "clusters": [{"id": "pipes", "name": "Pipes", "occupations": [
   {"id": "OCC3", "title": "Plumber", "level": 3, "statements": [
    {"id": "K1", "kind": "knowledge", "text": "Safe working at height"}, {"id": "S1", "kind": "skill", "text": "Join pipes."}]}]}]}]}]}"#;

thread_local! {
    static MAP: Map = caller::read(SMALL.as_bytes()).unwrap();
    static PLACER: Placer = MAP.with(|map| caller::placer(map, Some(c"{\"wordsOnly\": true}")).unwrap());
}

/// A result, or an error that blames the input; what is returned is freed.
#[allow(clippy::needless_pass_by_value, reason = "what is returned ends here")]
fn survives<T>(answer: Result<T, Failed>) -> bool {
    if let Err(Failed { code, message }) = &answer {
        assert!(
            !matches!(code, TlevelCode::Ok | TlevelCode::Internal | TlevelCode::BadArgument),
            "{code:?}: {message}"
        );
    }
    answer.is_ok()
}

/// Every function that takes bytes.
fn bytes_to_all(bytes: &[u8]) {
    survives(caller::check(bytes));
    survives(caller::load(bytes));
    if let Ok(map) = caller::read(bytes) {
        survives(caller::native(&map));
        survives(caller::derive(&map, None));
        survives(caller::harmonise(&map, None));
        survives(caller::topics(&map, None));
        MAP.with(|old| survives(caller::diff(old, &map, None)));
        survives(caller::placer(&map, Some(c"{\"wordsOnly\": true}")));
    }
}

/// Every function that takes a text, as options and otherwise. Returns whether the
/// options were good.
fn text_to_all(bytes: &[u8]) -> bool {
    let text = c(bytes);
    PLACER.with(|placer| {
        survives(caller::suggest(placer, &text, None));
        survives(caller::suggest(placer, c"{\"title\": \"Baker\"}", Some(&text)));
    });
    MAP.with(|map| {
        survives(caller::explain(map, &text, None));
        survives(caller::explain(map, c"OCC1 K1", Some(&text)));
        survives(caller::harmonise(map, Some(&text)));
        survives(caller::topics(map, Some(&text)));
        survives(caller::diff(map, map, Some(&text)));
        survives(caller::placer(map, Some(&text)));
        survives(caller::derive(map, Some(&text)))
    })
}

/// A text with some bytes changed, a part missing, or its end.
fn damaged(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    (changes, any::<[prop::sample::Index; 2]>(), 0..3).prop_map(move |(changes, cut, how)| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte) in &changes {
            *at.get_mut(&mut bytes[..]) = *byte;
        }
        let [a, b] = cut.map(|at| at.index(text.len()));
        match how {
            0 => drop(bytes.drain(a.min(b)..a.max(b))),
            1 => bytes.truncate(a),
            _ => {}
        }
        bytes
    })
}

/// A value that an option may have, and some that it may not.
fn value() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::json;
    prop_oneof![
        prop::sample::select(vec![
            json!("panel"),
            json!("t-level"),
            json!("topic"),
            json!("statement"),
            json!("60 %"),
            json!("merged=0.5"),
            json!("onsite"),
            json!("Building services"),
            json!("2026-09"),
            json!(0.5),
            json!(0),
            json!(1),
            json!(-1),
            json!(u64::MAX),
            json!(1e300),
            json!(true),
            json!(null),
            json!([]),
            json!({}),
            json!(["onsite", "services"]),
            json!("topic,decision\nhealth-and-safety,drop\n"),
            json!("decision,topic\nrename,x\n"),
            json!("decision,occupation_a,statement_a,occupation_b,statement_b\nsame,OCC1,K1,OCC2,K1\n"),
        ]),
        ".{0,40}".prop_map(serde_json::Value::from),
    ]
}

/// Options with names that there are.
fn options() -> impl Strategy<Value = Vec<u8>> {
    let names = prop::sample::select(vec![
        "policy",
        "newPolicy",
        "quorum",
        "routeQuorum",
        "near",
        "specialisms",
        "on",
        "threshold",
        "exact",
        "concepts",
        "share",
        "ledger",
        "decisions",
        "topics",
        "onlyTopics",
        "topicDecisions",
        "pathway",
        "top",
        "explain",
        "wordsOnly",
        "names",
    ]);
    prop::collection::vec((names, value()), 1..4)
        .prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()))
        .prop_map(|options| options.to_string().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        bytes_to_all(&bytes);
        text_to_all(&bytes);
    }

    #[test]
    fn damaged_maps(bytes in damaged(SMALL)) {
        bytes_to_all(&bytes);
        text_to_all(&bytes);
    }

    #[test]
    fn options_of_any_value(options in options()) {
        text_to_all(&options);
    }

    #[test]
    fn damaged_placers(at in any::<prop::sample::Index>(), byte in 1_u8..) {
        PLACER.with(|placer| {
            let mut bytes = caller::save(placer).unwrap();
            prop_assert!(survives(caller::load(&bytes)));
            *at.get_mut(&mut bytes[..]) ^= byte;
            prop_assert!(!survives(caller::load(&bytes)));
            Ok(())
        })?;
    }
}

#[test]
fn good_options_are_among_those_that_are_tried() {
    assert!(text_to_all(b"{\"policy\": \"panel\", \"pathway\": [\"onsite\"]}"));
    assert!(!text_to_all(b"{\"policy\": \"\xff\"}"));
}
