//! The built program: exit status, standard output, standard error, files.

use serde_json::Value;

use crate::program::{command, fed, folder, json, stops, text, tlevel};

#[test]
fn status_0_when_done() {
    for arguments in [&["derive"][..], &["check"], &["convert"], &["--help"], &["derive", "--help"], &["--version"]] {
        let output = tlevel(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{arguments:?}: {}", text(&output.stderr));
    }
}

/// Limits of a container may leave a program no thread but its first; here each further
/// one would need more memory than there is.
#[test]
fn one_thread_does_all_the_work_where_there_are_no_more() {
    let arguments = ["harmonise", "--format", "json"];
    let most = (1_u64 << 47).to_string();
    let alone = command().args(arguments).env("RUST_MIN_STACK", most).output().expect("runs");
    assert_eq!(alone.status.code(), Some(0), "{}", text(&alone.stderr));
    assert!(alone.stdout == tlevel(&arguments).stdout && alone.stderr.is_empty(), "{}", text(&alone.stderr));
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
        (&["derive", "--explain", "nothing"], "neither a concept's id, nor an occupation and a statement"),
        (&["study", "harmonise", "fixtures/maps/england.json"], "this map needs people's judgement"),
        (&["study", "harmonise", "--gold", "fixtures/README.md"], "the column \"occupation\" is missing"),
        (&["suggest", "--title", "x", "--level", "9"], "9 is not in 2..=7"),
        (&["suggest"], "nothing to place; give a title (--title Plumber), a text (--text) or a file (--new)"),
        (&["suggest", "no-such-map.json", "Plumber"], "no-such-map.json: "),
        (&["suggest", "fixtures/maps/england.json", "Plumber", "--new", "x.csv"], "cannot be used with"),
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
    // a line for each programme with statements, with its figures; the others by name
    let derivation = json(&tlevel(&["derive", "--format", "json"]));
    let many = |value: &Value| value.as_array().unwrap().len();
    for programme in derivation["programmes"].as_array().unwrap() {
        let name = programme["pathway"]["name"].as_str().unwrap();
        let parts = ["counting", "route_core", "pathway_core", "specialisms", "excluded"];
        if programme["counting"].as_array().unwrap().is_empty() {
            let (_, silent) = shown.split_once("No statements in this map").unwrap();
            let silent: String = silent.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(silent.contains(name), "{name}\n{shown}");
            continue;
        }
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
            "a draft cannot be written as PDF; write .docx and save that as PDF, or draw the picture alone: tlevel draw programme",
        ),
        (&["--pathway", "onsite"], "the map has no pathway \"onsite\""),
        (&["--pathway", "protective-services"], "has no programme ("),
    ] {
        let stopped = tlevel(&[&["spec"], arguments].concat());
        assert!(stops(&stopped).contains(message), "{}", text(&stopped.stderr));
    }
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
    let native = fed(&["convert", "-"], standards);
    assert_eq!(native.status.code(), Some(0));
    assert!(text(&native.stdout).starts_with("{\n  \"format\": \"tlevel-map\",\n  \"version\": 1,"));
    let again = fed(&["convert", "-"], &native.stdout);
    assert_eq!(text(&native.stdout), text(&again.stdout));
    let derive = |bytes: &[u8]| fed(&["derive", "-", "--format", "json"], bytes).stdout;
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
    let output = tlevel(&["study", "compare", "cluster", "pathway", "--stats"]);
    let stats: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(stats["command"], "study compare");
    assert!(stats["seconds"]["compare"].is_number());
}

#[test]
fn text_has_no_colours_in_a_pipe_and_no_control_characters_ever() {
    let map = r#"{"format":"tlevel-map","version":1,"title":"T\u001b[31m","routes":[{"id":"r","name":"R\u001b]0;x\u0007","pathways":[{"id":"p","name":"P","clusters":[{"id":"c","name":"C","occupations":[{"id":"o","title":"O\u001b[2J","level":3,"statements":[{"id":"K1","kind":"knowledge","text":"x\u001b[2Jy"}]}]}]}]}]}"#;
    for arguments in [&["derive", "-", "--full"][..], &["check", "-"], &["derive", "-", "--format", "markdown"]] {
        let output = fed(arguments, map.as_bytes());
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
