//! How statements are joined: `harmonise`, `similar`, ledgers, judged concepts.

use serde_json::Value;

use crate::program::{folder, json, stops, text, tlevel};

#[test]
fn judged_concepts_from_a_file() {
    let file = "fixtures/maps/england-concepts.csv";
    let map = "fixtures/maps/england.json";
    let derive = |arguments: &[&str]| {
        let output = tlevel(&[&["derive", "--format", "json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    // the bundled map has its judgement with it; a file has what is given
    assert!(derive(&[]) == derive(&[map, "--concepts", file]));
    assert!(derive(&["--exact"]) == derive(&[map, "--exact"]));
    // without a judgement the harmoniser joins; asked for a threshold, on the bundled map too
    assert!(derive(&[map]) == derive(&["--threshold", "0.45"]));
    assert!(derive(&[map]) != derive(&[map, "--exact"]) && derive(&[map]) != derive(&[map, "--threshold", "0.7"]));
    assert!(derive(&[]).contains("\"label\": \"Data protection law\""));
    assert!(!derive(&["--exact"]).contains("\"label\""));

    let path = folder("concepts").join("concepts.csv");
    std::fs::write(&path, "occupation,statement,concept\nLARS1990,S10,plan\n").unwrap();
    let output = tlevel(&["derive", "--concepts", path.to_str().unwrap()]);
    assert!(stops(&output).contains("concepts.csv: line 2: the map has no occupation \"LARS1990\": did you mean"));
}

#[test]
fn harmonise_as_json_and_text() {
    let report = json(&tlevel(&["harmonise", "--format", "json"]));
    assert_eq!((&report["format"], &report["version"]), (&"tlevel-concepts".into(), &1.into()));
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let concepts = report["concepts"].as_array().unwrap();
    let said: usize = concepts.iter().map(|c| c["statements"].as_array().unwrap().len()).sum();
    assert_eq!(said, 954, "every statement stands in one concept");
    assert_eq!(members(&concepts[0]), ["cohesion", "id", "kind", "statements", "text", "topic", "weakest"]);
    assert_eq!(members(&report["topics"][0]), ["concepts", "heading", "id", "nature", "source", "statements"]);
    let link = &report["links"][0];
    assert_eq!(
        members(link),
        ["a", "b", "company", "contradictions", "joined", "only_a", "only_b", "score", "shared", "unmatched",]
    );
    assert_eq!(members(&link["shared"][0]), ["share", "term"]);
    let readable = tlevel(&["harmonise"]);
    assert!(text(&readable.stdout).contains("Almost joined"), "{}", text(&readable.stdout));
    let fewer = json(&tlevel(&["harmonise", "--format", "json", "--threshold", "0.9"]));
    assert!(fewer["concepts"].as_array().unwrap().len() > concepts.len());
}

#[test]
fn a_review_is_filled_in_and_read_back() {
    let path = folder("review").join("review.csv");
    let (file, map) = (path.to_str().unwrap(), "fixtures/maps/england.json");
    let output = tlevel(&["harmonise", map, "--review", file, "--format", "json"]);
    let before = text(&output.stdout);
    let review = std::fs::read_to_string(&path).unwrap();
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(review.as_bytes()).into_records().map(Result::unwrap).collect();
    assert!(rows.len() > 50 && rows.iter().all(|row| row[0].is_empty()));
    // those that would change a core come first, those that change most before others
    let changes: Vec<usize> =
        rows.iter().map(|row| if row[8].is_empty() { 0 } else { row[8].matches(';').count() + 1 }).collect();
    assert!(changes[0] > 0 && changes.is_sorted_by(|a, b| a >= b), "{changes:?}");
    // a round trip with no decisions changes nothing
    let output = tlevel(&["harmonise", map, "--ledger", file, "--format", "json"]);
    assert!(text(&output.stdout) == before && output.stderr.is_empty(), "{}", text(&output.stderr));
    // the first row, decided: it does what it says
    let (row, decision) = (&rows[0], if &rows[0][7] == "yes" { "different" } else { "same" });
    std::fs::write(
        &path,
        review.replacen(&format!("\n,{},{},", &row[1], &row[2]), &format!("\n{decision},{},{},", &row[1], &row[2]), 1),
    )
    .unwrap();
    let core = |arguments: &[&str]| -> usize {
        let fixed = ["derive", map, "--policy", "panel", "--format", "json"];
        let derivation = json(&tlevel(&[&fixed, arguments].concat()));
        let programmes = derivation["programmes"].as_array().unwrap();
        let count = |p: &Value| p["pathway_core"].as_array().unwrap().len() + p["route_core"].as_array().unwrap().len();
        programmes.iter().map(count).sum()
    };
    assert_ne!(core(&[]), core(&["--ledger", file]));
    // a decision whose text has changed is reported and not applied
    let stale = std::fs::read_to_string(&path).unwrap().replacen(&row[12], "h0000000000000000", 1);
    std::fs::write(&path, stale).unwrap();
    let output = tlevel(&["derive", map, "--ledger", file, "--format", "json"]);
    let message =
        format!("review.csv: not applied: line 2: {} {}: the text has changed; decide again", &row[1], &row[2]);
    assert!(text(&output.stderr).contains(&message), "{}", text(&output.stderr));
}

#[test]
fn decisions_that_contradict_stop_with_both_lines() {
    let path = folder("contradiction").join("ledger.csv");
    let csv = "decision,occupation_a,statement_a,occupation_b,statement_b,note\n\
               same,LARS82,K4,OCC0682,K10,\nsame,OCC0682,K10,OCC0682,K11,\ndifferent,LARS82,K4,OCC0682,K11,no\n";
    std::fs::write(&path, csv).unwrap();
    for command in ["harmonise", "derive"] {
        let output = tlevel(&[command, "--ledger", path.to_str().unwrap()]);
        let message = stops(&output);
        let expected =
            "line 4: LARS82 K4 and OCC0682 K11 are different; but lines 2, 3 together say that they are the same";
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn explain_shows_why_an_item_is_core() {
    let arguments = ["derive", "--explain", "LARS82 K4"];
    let why = json(&tlevel(&[&arguments[..], &["--format", "json"]].concat()));
    assert_eq!(why["format"], "tlevel-explanation");
    let statements = why["statements"].as_array().unwrap();
    assert!(statements.iter().any(|s| s["occupation"] == "LARS82" && s["statement"] == "K4"));
    // every pair of its different wordings, with its score
    let n = statements.len();
    assert_eq!(why["links"].as_array().unwrap().len(), n * (n - 1) / 2);
    let place = &why["places"][0];
    assert!(place["change"].as_str().unwrap().starts_with("stays core unless"), "{place}");
    let readable = tlevel(&arguments);
    assert!(text(&readable.stdout).lines().all(|line| line.chars().count() <= 80));
    assert!(text(&readable.stdout).contains("Links"));
}

#[test]
fn similar_as_json_lines_and_text() {
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let output = tlevel(&[&["similar"], arguments].concat());
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let neighbours = |line: &Value| line["neighbours"].as_array().unwrap().len();
    let near = lines(&["--top", "2"]);
    assert_eq!(near.len(), 954);
    assert_eq!(near[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["neighbours", "occupation", "statement"]);
    let first = &near[0]["neighbours"][0];
    assert_eq!(first.as_object().unwrap().keys().collect::<Vec<_>>(), ["occupation", "score", "statement"]);
    assert!(near.iter().all(|line| neighbours(line) <= 2));
    // empty lists are kept
    let pairs = lines(&["--top", "0", "--threshold", "0.9"]);
    assert_eq!(pairs.len(), 954);
    assert!(pairs.iter().any(|line| neighbours(line) == 0) && pairs.iter().any(|line| neighbours(line) > 0));
    let readable = tlevel(&["similar", "--format", "text", "--top", "1"]);
    assert!(text(&readable.stdout).lines().all(|line| line.chars().count() <= 80));
    assert!(text(&readable.stdout).contains("(shares "));
}
