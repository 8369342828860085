//! Drafts that follow drafts: codes that stay, and what changed.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::{self, stops, tlevel};

const SPEC: [&str; 3] = ["spec", "--pathway", "onsite-construction"];

fn folder(name: &str) -> PathBuf {
    program::folder(&format!("spec-{name}"))
}

fn done(arguments: &[&str]) -> String {
    let output = tlevel(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn data(arguments: &[&str]) -> Value {
    serde_json::from_str(&done(&[&SPEC[..], arguments, &["--format", "json"]].concat())).expect("JSON")
}

/// The codes of the core's items, by concept.
fn items(draft: &Value) -> Vec<(String, String)> {
    let codes = draft["codes"]["codes"].as_array().expect("codes").iter();
    let core = codes.filter(|code| code["names"] == "item" && code["gone"] != true);
    let shown = |value: &Value| value.as_str().expect("a text").to_owned();
    core.map(|code| (shown(&code["ids"][0]), shown(&code["code"]))).collect()
}

#[test]
fn a_later_draft_keeps_codes_and_lists_what_changed() {
    let folder = folder("codes");
    let first = data(&[]);
    assert_eq!(first["codes"]["draft"], 1);
    let before = items(&first);
    let decisions = folder.join("decisions.csv");
    let of = |code: &str| &before.iter().find(|(_, of)| of == code).expect("a code").0;
    let rows = format!("concept id,decision\n{},drop\n{},pathway core\n", of("R1"), of("R3"));
    std::fs::write(&decisions, rows).expect("written");
    let json = folder.join("first.json");
    std::fs::write(&json, first.to_string()).expect("written");
    let (decisions, since) = (decisions.to_str().unwrap(), json.to_str().unwrap());
    let second = data(&["--decisions", decisions, "--since", since]);
    assert_eq!(second["codes"]["draft"], 2);
    let now = items(&second);
    for (concept, code) in &now {
        if let Some((_, was)) = before.iter().find(|(of, _)| of == concept) {
            assert_eq!(code, was, "{concept}");
        }
    }
    assert!(!now.iter().any(|(_, code)| code == "R1") && now.iter().any(|(_, code)| code == "R3"));
    let changes: Vec<&Value> = second["changes"].as_array().expect("changes").iter().collect();
    let is = |code: &str, change: &str| changes.iter().any(|of| of["code"] == code && of["change"] == change);
    assert!(is("R1", "left") && is("R3", "moved"), "{changes:?}");
    let shown = done(&[&SPEC[..], &["--decisions", decisions, "--since", since, "--format", "md"]].concat());
    assert!(shown.contains("## What changed since version 1\n") && shown.contains("| Version | 2 |"), "{shown}");
    // without an earlier draft nothing is said to have changed
    assert!(!done(&SPEC).contains("What changed since"));
}

#[cfg(feature = "office")]
#[test]
fn word_and_excel_carry_the_codes() {
    let folder = folder("carried");
    for name in ["first.docx", "first.xlsx"] {
        let file = folder.join(name);
        let file = file.to_str().unwrap();
        done(&[&SPEC[..], &["-o", file]].concat());
        let second = data(&["--since", file]);
        assert_eq!(second["codes"]["draft"], 2, "{name}");
        assert_eq!(items(&second), items(&data(&[])), "{name}");
        assert!(second.get("changes").is_none(), "{name}");
    }
    // a workbook of decisions is an earlier draft
    let workbook = folder.join("first.xlsx");
    assert_eq!(data(&["--decisions", workbook.to_str().unwrap()])["codes"]["draft"], 2);
}

#[test]
fn a_file_without_codes_says_what_to_give_instead() {
    let letter = folder("letter").join("letter.txt");
    std::fs::write(&letter, "Dear panel").expect("written");
    let output = tlevel(&[&SPEC[..], &["--since", letter.to_str().unwrap()]].concat());
    let said = stops(&output);
    assert!(said.contains("letter.txt: holds no codes of a draft; give the "), "{said}");
}

#[test]
fn a_pathway_without_statements_has_no_draft_but_a_reason() {
    for command in ["spec", "derive"] {
        let output = tlevel(&[command, "--pathway", "legal"]);
        let said = stops(&output);
        assert_eq!(said.lines().count(), 1, "{said}");
        let reason = ": there is no draft, because its only occupation, ";
        assert!(said.contains(reason) && said.trim_end().ends_with(", has no statements on this map"), "{said}");
    }
}

#[cfg(feature = "office")]
#[test]
fn a_draft_has_the_look_of_a_template() {
    let folder = folder("template");
    let [own, letter, drafted] = ["house.docx", "letter.docx", "draft.docx"].map(|name| folder.join(name));
    let [own, letter, drafted] = [&own, &letter, &drafted].map(|path| path.to_str().unwrap());
    done(&[&SPEC[..], &["-o", own]].concat());
    done(&[&SPEC[..], &["--template", own, "-o", drafted]].concat());
    assert_eq!(data(&["--since", drafted])["codes"]["draft"], 2, "it carries the codes too");
    std::fs::write(letter, "Dear panel").expect("written");
    let output = tlevel(&[&SPEC[..], &["--template", letter, "-o", drafted]].concat());
    let said = stops(&output);
    assert!(said.contains("letter.docx: is no Word file; give a .docx or .dotx file"), "{said}");
    let output = tlevel(&[&SPEC[..], &["--template", own]].concat());
    let said = stops(&output);
    let message = "--template: only a Word file has a template; give -o and a name that ends in .docx";
    assert!(said.contains(message), "{said}");
}
