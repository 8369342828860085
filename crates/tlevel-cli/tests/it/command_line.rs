//! The built program: exit status, standard output, standard error, files.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn tlevel(arguments: &[&str]) -> Output {
    run(arguments, None)
}

fn run(arguments: &[&str], input: Option<&[u8]>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tlevel"))
        .args(arguments)
        .current_dir(crate::ROOT)
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.unwrap_or_default().to_vec();
    // a program that does not read its input closes it
    let writer = std::thread::spawn(move || drop(stdin.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output.stderr)))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// One message on standard error, nothing on standard output, status 2.
fn stops(output: &Output) -> &str {
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
    assert!(message.starts_with("error: ") && message.lines().count() < 20 && message.len() < 2_000, "{message}");
    message
}

#[test]
fn status_0_when_done() {
    for arguments in [&["derive"][..], &["check"], &["convert"], &["--help"], &["derive", "--help"], &["--version"]] {
        let output = tlevel(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn status_1_when_check_finds_errors() {
    let output = tlevel(&["check", "fixtures/rules/duplicate-id/bad.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("7 errors, 0 warnings, 0 notes"), "{}", text(&output.stdout));
    let warnings = tlevel(&["check", "fixtures/rules/similar-name/bad.json"]);
    assert_eq!(warnings.status.code(), Some(0));
}

#[test]
fn status_2_when_it_cannot_go_on() {
    let folder = folder("stops");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let map = include_bytes!("../../../../fixtures/maps/england.json");
    let number = format!("[{{\"title\":\"x\",\"larsCode\":{}}}]", "9".repeat(100_000));
    let cases = [
        (file("cut.json", &map[..20_000]), "the file ends too early"),
        (
            file("types.json", br#"{"format":"tlevel-map","version":1,"routes":[{"id":1}]}"#),
            "/routes/0/id: expected a text",
        ),
        (file("deep.json", "[".repeat(100_000).as_bytes()), "nested more than 128 deep"),
        (file("number.json", number.as_bytes()), "a number is too large"),
        (file("latin.json", b"{\"title\": \"caf\xe9\"}"), "line 1, column 15: the input is not UTF-8"),
        (file("empty.json", b""), "the input is empty"),
        (folder.to_str().unwrap().to_owned(), "is a directory; give the file"),
        (folder.join("cutt.json").to_str().unwrap().to_owned(), "no such file; did you mean"),
    ];
    for (path, expected) in &cases {
        for command in ["check", "derive", "convert"] {
            let output = tlevel(&[command, path]);
            let message = stops(&output);
            assert!(message.contains(expected) && message.contains(path.as_str()), "{command}: {message}");
        }
    }
}

#[test]
fn bad_usage_is_status_2() {
    for (arguments, expected) in [
        (&["derive", "--quorum", "0"][..], "is not a quorum"),
        (&["derive", "--quorum", "NaN"], "is not a quorum"),
        (&["derive", "--specialisms", "each"], "expected unit, cluster, merged"),
        (&["derive", "--exact", "--concepts", "x.csv"], "cannot be used with"),
        (&["derive", "--format", "yaml"], "invalid value"),
        (&["dervie"], "similar"),
        (&["similar", "--threshold", "1.5"], "expected a number from 0 to 1"),
        (&["similar", "--threshold", "NaN"], "expected a number from 0 to 1"),
        (&["derive", "--threshold", "2"], "is not a threshold; expected a number from 0 to 1"),
        (&["derive", "--exact", "--threshold", "0.5"], "cannot be used with"),
        (&["derive", "--explain", "LARS82 K44"], "LARS82 has no statement K44"),
        (&["derive", "--explain", "nothing"], "neither a concept's id nor an occupation and a statement"),
        (&["study", "harmonise", "fixtures/maps/england.json"], "this map needs people's judgement"),
        (&["study", "harmonise", "--gold", "fixtures/README.md"], "the column \"occupation\" is missing"),
        (&["suggest", "--title", "x", "--level", "9"], "9 is not in 2..=7"),
        (&["suggest"], "required arguments were not provided"),
        (&["derive", "--policy", "panle"], "did you mean \"panel\"?"),
        (&["derive", "--policy", "fixtures/maps/england.json"], "not a policy"),
        (&["derive", "--pathway", "onsite constuction"], "did you mean \"Onsite construction\"?"),
        (&["derive", "--concepts", "fixtures/README.md"], "the column \"occupation\" is missing"),
    ] {
        let output = tlevel(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = text(&output.stderr);
        assert!(message.contains(expected) && message.lines().count() < 20, "{arguments:?}: {message}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn check_as_json() {
    let output = tlevel(&["check", "fixtures/rules/duplicate-id/bad.json", "--format", "json"]);
    assert!(text(&output.stdout).starts_with("{\n  \"format\": \"tlevel-findings\",\n  \"version\": 1,"));
    let report = json(&output);
    assert_eq!(report["counts"]["error"], 7);
    assert_eq!(report["counts"]["rules"]["duplicate-id"], 7);
    let finding = &report["findings"][3];
    assert_eq!(finding["rule"], "duplicate-id");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["place"]["pointer"], "/routes/0/pathways/0/clusters/1/id");
    assert_eq!(finding["place"]["line"], 68);
    assert_eq!(finding["place"]["column"], 14);
    assert!(finding["message"].is_string());
}

#[test]
fn derive_as_json() {
    let output = tlevel(&["derive", "--format", "json"]);
    assert!(text(&output.stdout).starts_with("{\n  \"format\": \"tlevel-programmes\",\n  \"version\": 1,"));
    let derivation = json(&output);
    let programmes = derivation["programmes"].as_array().unwrap();
    assert_eq!(programmes.len() + derivation["no_programme"].as_array().unwrap().len(), 35);
    let onsite = programmes.iter().find(|p| p["pathway"]["id"] == "construction/onsite-construction").unwrap();
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for name in [
        "route",
        "pathway",
        "route_core",
        "pathway_core",
        "specialisms",
        "near_misses",
        "excluded",
        "topics",
        "near_topics",
        "group_core",
        "notes",
    ] {
        assert!(members(onsite).contains(&name.to_owned()), "{name}");
    }
    assert_eq!(
        members(&onsite["route_core"][0]),
        ["also_in", "concept", "kind", "label", "statements", "support", "text"]
    );
    assert_eq!(onsite["route_core"][0]["support"], serde_json::json!({"have": 9, "of": 9}));
    assert_eq!(members(&onsite["route_core"][0]["statements"][0]), ["occupation", "statement"]);
    assert_eq!(members(&onsite["specialisms"][0]), ["adds", "content", "occupations", "option", "title"]);
    let closed = derivation["no_programme"].as_array().unwrap();
    let protective = closed.iter().find(|p| p["route"]["id"] == "protective-services").unwrap();
    assert_eq!(protective["reason"], "apprenticeship-only");
    assert_eq!(protective["excluded"][0]["branch"], "protective-services");
}

#[test]
fn derive_shows_an_overview_and_says_how_to_see_more() {
    let output = tlevel(&["derive"]);
    let shown = text(&output.stdout);
    assert!(shown.lines().count() < 80, "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    // a line for each programme, with its figures
    let derivation = json(&tlevel(&["derive", "--format", "json"]));
    let many = |value: &Value| value.as_array().unwrap().len();
    for programme in derivation["programmes"].as_array().unwrap() {
        let name = programme["pathway"]["name"].as_str().unwrap();
        let parts = ["counting", "route_core", "pathway_core", "specialisms", "excluded"];
        let figures = parts.map(|part| many(&programme[part]).to_string()).join(" ");
        let found = [' ', '\n'].iter().find_map(|end| shown.split_once(&format!("\n    {name}{end}")));
        let (_, after) = found.unwrap_or_else(|| panic!("{name}\n{shown}"));
        let words: Vec<&str> = after.split_whitespace().take(5).collect();
        assert_eq!(words.join(" "), figures, "{name}");
    }
    for pathway in derivation["no_programme"].as_array().unwrap() {
        assert!(shown.contains(&format!(" > {}: ", pathway["pathway"]["name"].as_str().unwrap())), "{shown}");
    }
    assert!(!shown.contains("Near misses"), "{shown}");
    // the hint works
    let (_, hint) = shown.split_once("Add --pathway ").unwrap();
    let one = tlevel(&["derive", "--pathway", hint.split_whitespace().next().unwrap()]);
    assert!(text(&one.stdout).contains("  Route core "), "{}", text(&one.stdout));
    for arguments in [&["derive", "--full"][..], &["derive", "--format", "markdown"]] {
        assert_eq!(text(&tlevel(arguments).stdout).matches("Specialisms").count(), many(&derivation["programmes"]));
    }
    let file = folder("overview").join("all.txt");
    tlevel(&["derive", "-o", file.to_str().unwrap()]);
    assert!(std::fs::read_to_string(file).unwrap().contains("  Route core "), "a file holds the programmes");
}

#[test]
fn formats_pathways_and_quorums() {
    let markdown = tlevel(&["derive", "--format", "markdown", "--pathway", "Onsite Construction"]);
    assert!(text(&markdown.stdout).contains("## Construction \\> Onsite construction\n"));
    let strict = json(&tlevel(&["derive", "--format", "json", "--pathway", "onsite-construction"]));
    let lenient = ["derive", "--format", "json", "--pathway", "onsite-construction", "--quorum", "2/3"];
    let lenient = json(&tlevel(&lenient));
    let core = |d: &Value| d["programmes"][0]["pathway_core"].as_array().unwrap().len();
    assert_eq!((core(&strict), core(&lenient)), (7, 10));
    let route_core = |d: &Value| d["programmes"][0]["route_core"].as_array().unwrap().len();
    assert_eq!((route_core(&strict), route_core(&lenient)), (6, 7));
    let none = json(&tlevel(&["derive", "--format", "json", "--pathway", "onsite-construction", "--near", "0"]));
    assert_eq!(none["programmes"][0]["near_misses"].as_array().unwrap().len(), 0);
    let grouped = json(&tlevel(&[
        "derive",
        "--format",
        "json",
        "--pathway",
        "onsite-construction",
        "--specialisms",
        "merged=0.1",
    ]));
    assert_eq!(grouped["programmes"][0]["specialisms"].as_array().unwrap().len(), 2);
}

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
fn study_harmonise_as_json_and_text() {
    let study = json(&tlevel(&["study", "harmonise", "--format", "json"]));
    let measure = |name: &str| {
        let all = study["measures"].as_array().unwrap();
        all.iter().find(|m| m["measure"] == name).unwrap_or_else(|| panic!("{name}"))["value"].as_f64().unwrap()
    };
    assert!(measure("precision") > 0.9 && measure("bcubed_f1") > 0.5 && measure("precision_at_1") > 0.8);
    let table = study["by_threshold"].as_array().unwrap();
    assert!(table.is_sorted_by(|a, b| a["recall"].as_f64() >= b["recall"].as_f64()));
    assert!(text(&tlevel(&["study", "harmonise"]).stdout).contains("\n  threshold  pairs  precision"));
}

#[test]
fn suggest_from_flags_and_files() {
    let folder = folder("suggest");
    let path = folder.join("new.jsonl");
    let lines = "{\"id\":\"n1\",\"title\":\"Network cable installer\",\"level\":3}\n{\"title\":\"xqzt\"}\n";
    std::fs::write(&path, lines).unwrap();
    let file = path.to_str().unwrap();
    let placed = json(&tlevel(&["suggest", "--new", file, "--top", "2", "--format", "json"]));
    let placed = placed.as_array().unwrap();
    assert_eq!((placed.len(), &placed[0]["occupation"], &placed[1]["verdict"]), (2, &"n1".into(), &"none".into()));
    let suggestion = &placed[0]["suggestions"][0];
    let members: Vec<&String> = suggestion.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "cluster",
            "cluster_name",
            "confidence",
            "evidence",
            "pathway",
            "pathway_name",
            "route",
            "route_name",
            "score"
        ]
    );
    assert_eq!(
        (&placed[0]["verdict"], &placed[0]["because"]),
        (&"overlaps".into(), &"OCC0485 Network cable installer".into())
    );
    assert!(suggestion["evidence"][0]["share"].as_f64().unwrap() > 0.0);
    assert_eq!(placed[1]["suggestions"].as_array().unwrap().len(), 2, "filled whatever the verdict");
    let explained = json(&tlevel(&["suggest", "--new", file, "--explain", "--format", "json"]));
    assert!(explained[0]["explanations"][0]["shares"].as_array().unwrap().len() > 2);

    let text_file = folder.join("about.txt");
    std::fs::write(&text_file, "Lay bricks and blocks to line and level.\nMix mortar.\n").unwrap();
    let about = text_file.to_str().unwrap();
    let readable = tlevel(&["suggest", "--title", "Wall builder", "--level", "2", "--text-file", about, "--explain"]);
    let shown = text(&readable.stdout);
    assert!(shown.lines().all(|line| line.chars().count() <= 80) && shown.contains("% sure"), "{shown}");
    assert!(stops(&tlevel(&["suggest", "--new", "fixtures/README.md"])).contains("fixtures/README.md: "));
}

#[test]
fn spec_writes_the_format_of_the_ending() {
    let folder = folder("spec");
    let spec = |name: &str| {
        let path = folder.join(name);
        let output = tlevel(&["spec", "--pathway", "onsite-construction", "-o", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        std::fs::read_to_string(path).unwrap()
    };
    assert!(spec("a.md").starts_with("# Onsite construction: draft outline content\n"));
    assert!(spec("a.txt").starts_with("Onsite construction: draft outline content\n"));
    assert!(spec("a.html").starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    let read: Value = serde_json::from_str(&spec("a.json")).unwrap();
    assert_eq!(read["format"], "tlevel-specification");
    let shown = tlevel(&["spec", "--pathway", "Onsite construction", "--date", "2026-11-24", "--policy", "panel"]);
    assert!(text(&shown.stdout).contains("\n2026-11-24\n") && text(&shown.stdout).contains("at least half of"));
    for (arguments, message) in [
        (
            &["--pathway", "onsite-construction", "-o", "x.pdf"][..],
            "x.pdf: the ending is not a known format; use .docx, .xlsx, .html, .md, .json or .txt",
        ),
        (&["--pathway", "onsite"], "the map has no pathway \"onsite\""),
        (&["--pathway", "protective-services"], "has no programme ("),
    ] {
        let stopped = tlevel(&[&["spec"], arguments].concat());
        assert!(stops(&stopped).contains(message), "{}", text(&stopped.stderr));
    }
}

#[test]
fn suggest_reads_any_number_of_lines() {
    let folder = folder("suggest-lines");
    // more than one batch, blank lines, a byte order mark
    let line = |i: usize| format!("{{\"id\":\"n{i}\",\"title\":\"Installer of cables {}\",\"level\":3}}\n\n", i % 7);
    let lines = format!("\u{feff}{}", (0..5_000).map(line).collect::<String>());
    let file = folder.join("new.jsonl");
    std::fs::write(&file, &lines).unwrap();
    let file = file.to_str().unwrap();
    let from_file = tlevel(&["suggest", "--new", file, "--top", "1", "--format", "json"]);
    let from_stdin = run(&["suggest", "--new", "-", "--top", "1", "--format", "json"], Some(lines.as_bytes()));
    assert_eq!(from_file.stdout, from_stdin.stdout);
    let placed = json(&from_file);
    let placed = placed.as_array().unwrap();
    assert_eq!((placed.len(), &placed[4_999]["occupation"]), (5_000, &"n4999".into()));
    assert_eq!(placed[0]["suggestions"], placed[4_900]["suggestions"]);
    assert_eq!(text(&from_file.stdout).lines().count(), 5_002, "one a line");
    let shown = tlevel(&["suggest", "--new", file, "--top", "1"]);
    assert_eq!(text(&shown.stdout).matches("% sure").count(), 5_000);
    // the index in place of the map
    let index = folder.join("map.index");
    let index = index.to_str().unwrap();
    let saved = tlevel(&["suggest", "--save-index", index]);
    assert_eq!((saved.status.code(), saved.stdout.len()), (Some(0), 0));
    let by_index = tlevel(&["suggest", "--index", index, "--new", file, "--top", "1", "--format", "json"]);
    assert_eq!(by_index.stdout, from_file.stdout);
    let message = "README.md: not a saved index; make one with `Placer::save` or `tlevel suggest --save-index`";
    assert!(stops(&tlevel(&["suggest", "--index", "README.md", "--title", "x"])).contains(message));
    // a wrong line: its place, and no file
    std::fs::write(file, lines.replace("\"n4800\"", "4800")).unwrap();
    let out = folder.join("out.json");
    let stopped = tlevel(&["suggest", "--new", file, "--format", "json", "-o", out.to_str().unwrap()]);
    assert!(stops(&stopped).contains("new.jsonl: line 9601, column 7: /id: expected a text, found the number 4800"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "no part of a file is left");
}

#[test]
fn study_placement_as_json_and_text() {
    let study = json(&tlevel(&["study", "placement", "--format", "json"]));
    let names: Vec<&str> =
        study["measures"].as_array().unwrap().iter().map(|m| m["measure"].as_str().unwrap()).collect();
    assert_eq!(names[..5], ["asked", "cluster_top_1", "cluster_top_3", "cluster_top_5", "cluster_mrr"]);
    assert!(study["measures"][1]["value"].as_f64().unwrap() > 0.45);
    assert!(!study["confused"].as_array().unwrap().is_empty());
    assert!(text(&tlevel(&["study", "placement"]).stdout).contains("Most often placed elsewhere"));
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

#[test]
fn bad_records_are_set_aside_and_said() {
    let output = tlevel(&["derive", "fixtures/rules/level-out-of-range/bad.json", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let message = text(&output.stderr);
    assert_eq!(
        message,
        "fixtures/rules/level-out-of-range/bad.json: error findings: 2, bad records set aside: 2; see them with: tlevel check\n"
    );
    let derivation = json(&output);
    let excluded = &derivation["no_programme"][0]["excluded"];
    assert_eq!(excluded[1]["reason"], "bad-record");
}

#[test]
fn standard_input_and_conversion() {
    let standards = include_bytes!("../../../../fixtures/official/standards.json");
    let native = run(&["convert", "-"], Some(standards));
    assert_eq!(native.status.code(), Some(0));
    assert!(text(&native.stdout).starts_with("{\n  \"format\": \"tlevel-map\",\n  \"version\": 1,"));
    let again = run(&["convert", "-"], Some(&native.stdout));
    assert_eq!(text(&native.stdout), text(&again.stdout));
    let derive = |bytes: &[u8]| run(&["derive", "-", "--format", "json"], Some(bytes)).stdout;
    assert_eq!(text(&derive(standards)), text(&derive(&native.stdout)));
}

#[test]
fn files_are_written_whole_or_not_at_all() {
    let folder = folder("files");
    let path = folder.join("map.json");
    std::fs::write(&path, "what was there").unwrap();
    let target = path.to_str().unwrap();
    let output = tlevel(&["convert", "fixtures/README.md", "-o", target]);
    stops(&output);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "what was there");
    let output = tlevel(&["convert", "-o", target]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    assert!(std::fs::read_to_string(&path).unwrap().ends_with("}\n"));
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["map.json"]);
    let nowhere = folder.join("none/map.json");
    assert!(stops(&tlevel(&["convert", "-o", nowhere.to_str().unwrap()])).contains("cannot be written"));
    assert!(stops(&tlevel(&["derive", "-o", folder.to_str().unwrap()])).contains("is a directory"));
}

#[test]
fn stats_are_one_json_line_on_standard_error() {
    let output = tlevel(&["derive", "--stats"]);
    let stats: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(stats["format"], "tlevel-stats");
    assert_eq!(stats["counts"]["occupations"], 411);
    assert!(stats["seconds"]["derive"].is_number());
}

#[test]
fn text_has_no_colours_in_a_pipe_and_no_control_characters_ever() {
    let map = r#"{"format":"tlevel-map","version":1,"title":"T\u001b[31m","routes":[{"id":"r","name":"R\u001b]0;x\u0007","pathways":[{"id":"p","name":"P","clusters":[{"id":"c","name":"C","occupations":[{"id":"o","title":"O\u001b[2J","level":3,"statements":[{"id":"K1","kind":"knowledge","text":"x\u001b[2Jy"}]}]}]}]}]}"#;
    for arguments in [&["derive", "-", "--full"][..], &["check", "-"], &["derive", "-", "--format", "markdown"]] {
        let output = run(arguments, Some(map.as_bytes()));
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!text(&output.stdout).chars().any(|c| c.is_control() && c != '\n'), "{arguments:?}");
    }
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    for arguments in [
        &["derive"][..],
        &["derive", "--full"],
        &["check"],
        &["derive", "--policy", "panel"],
        &["harmonise"],
        &["harmonise", "--full"],
        &["study", "harmonise"],
    ] {
        let output = tlevel(arguments);
        for line in text(&output.stdout).lines() {
            assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
        }
    }
}
