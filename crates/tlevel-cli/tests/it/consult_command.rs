//! `tlevel consult` as a program: questions, formats, exit statuses, messages.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::program::{self, owned as text};

const MAP: &str = "fixtures/maps/consultation.json";

fn tlevel(arguments: &[&str]) -> Output {
    program::tlevel(&[&["consult", arguments[0], MAP], &arguments[1..]].concat())
}

fn file(name: &str, content: &str) -> PathBuf {
    program::file("consult-command", name, content)
}

/// The standard output of a command that succeeds.
fn prints(arguments: &[&str]) -> String {
    let output = tlevel(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(output.stderr));
    assert_eq!(text(output.stderr), "", "{arguments:?}");
    text(output.stdout)
}

/// The standard error of a command that fails.
fn says(arguments: &[&str]) -> String {
    let output = tlevel(arguments);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    text(output.stderr)
}

#[test]
fn each_question_with_the_main_thing_first() {
    let new = file(
        "new.json",
        r#"{"title": "Drone surveyor", "level": 3, "statements": [
            {"kind": "skill", "text": "Process survey data and draw plans with computer aided design."}]}"#,
    );
    let new = new.to_str().expect("a path");
    for (arguments, first) in [
        (
            &["new", "--file", new][..],
            "Drone surveyor (NEW)                                     (a) missing occupation?\n",
        ),
        (&["new", "--title", "Roofer", "--level", "2", "--to", "onsite-construction"], "Roofer (NEW)    "),
        (&["move", "LARS51", "--to", "core-building-tradesperson"], "Surveying technician (LARS51), level 3   "),
        (&["open", "Protective services"], "Protective services (protective-services)    "),
        (&["gaps"], "Occupations without a standard     "),
    ] {
        let shown = prints(arguments);
        assert!(shown.starts_with(first), "{arguments:?}\n{shown}");
        assert!(shown.contains("\n  What the map does not say"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    }
    // the statement joins the map's by score, as in derive, and not with --exact
    assert!(prints(&["new", "--file", new]).contains("; the map has 1 of them."));
    assert!(prints(&["new", "--file", new, "--exact"]).contains("; the map has 0 of them."));
    // the panel's view has another core
    let strict = prints(&["move", "LARS51", "--to", "core-building-tradesperson"]);
    assert_ne!(strict, prints(&["move", "LARS51", "--to", "core-building-tradesperson", "--policy", "panel"]));
}

#[test]
fn json_and_markdown() {
    let json: Value = serde_json::from_str(&prints(&["open", "hospitality", "--format", "json"])).expect("JSON");
    assert_eq!((&json["format"], &json["version"]), (&Value::from("tlevel-consultation"), &Value::from(1)));
    assert_eq!(json["screening"]["kind"], "open-branch");
    assert_eq!(
        json["screening"]["occupations"][1]["barriers"][0],
        "A personal licence to sell alcohol is given from the age of 18"
    );
    assert_eq!(json["screening"]["outcome"]["effect"]["programmes"][0]["fate"], "appears");
    let markdown = prints(&["open", "hospitality", "--format", "markdown"]);
    assert!(
        markdown.contains("\n## Hospitality (catering-and-hospitality/hospitality): (c) open to T Levels?\n"),
        "{markdown}"
    );
    assert!(markdown.contains("\n### Catering and hospitality \\> Hospitality (appears)\n"), "{markdown}");
}

#[test]
fn responses_go_to_a_file_without_those_who_answered() {
    let csv = file(
        "responses.csv",
        "respondent,organisation,email,question,occupation,to,rationale\n\
         Jane Doe,Drone Company,jane@drone.example,a,Drone surveyor,,It is new\n\
         John Roe,Skyways,john@sky.example,a,drone surveyor,,\n\
         Amy Poe,Bricks,amy@bricks.example,b,Brick layering,caterer,\n",
    );
    let csv = csv.to_str().expect("a path");
    let report = Path::new(csv).with_file_name("report.md");
    for (format, flag, is_named) in [
        ("text", &["--full"][..], false),
        ("json", &[], false),
        ("markdown", &[], false),
        ("text", &["--with-respondents"], true),
        ("json", &["--with-respondents"], true),
        ("markdown", &["--with-respondents"], true),
    ] {
        let path = report.to_str().expect("a path");
        let stdout = prints(&[&["responses", csv, "--format", format, "-o", path], flag].concat());
        assert_eq!(stdout, "");
        let written = std::fs::read_to_string(&report).expect("is written");
        for personal in ["Jane Doe", "Drone Company", "Skyways"] {
            assert_eq!(written.contains(personal), is_named, "{personal} in {format} {flag:?}");
        }
        assert!(written.contains("Bricklayer"), "what was probably meant: {written}");
        assert_eq!(written.contains("Brick layering"), is_named, "what was typed may be anything: {written}");
        assert!(!written.contains("Amy Poe"), "who could not be screened is not named");
    }
    // the whole page, as a reader sees it first
    let shown = prints(&["responses", csv]);
    assert!(shown.starts_with("Responses                                                                 2 of 3\n  3 responses make 1 different proposal; 1 could not be screened.\n"), "{shown}");
    assert!(shown.contains("    - New: Drone surveyor: 2 responses, 0 changes\n"), "{shown}");
}

#[test]
fn what_cannot_be_screened() {
    for (arguments, expected) in [
        (
            &["open", "Logistcs"][..],
            "error: the map has no route, pathway or cluster \"Logistcs\": did you mean \"Logistics\"?\n",
        ),
        (
            &["move", "Brickleyer", "--to", "caterer"],
            "error: the map has no occupation \"Brickleyer\": did you mean \"Bricklayer\"?\n",
        ),
        (
            &["new", "--title", "Roofer", "--to", "catterer"],
            "error: the map has no route, pathway or cluster \"catterer\": did you mean \"Caterer\"?\n",
        ),
        (
            &["new", "--file", MAP],
            "error: fixtures/maps/consultation.json: holds 56 occupations, but one is screened at a time; give a file \
             with one\n",
        ),
        (&["responses", "nowhere/r.csv"], "error: nowhere/r.csv: no such file; there is no folder nowhere either\n"),
    ] {
        assert_eq!(says(arguments), expected, "{arguments:?}");
    }
    let wrong = file("wrong.json", "{\"title\": \"Roofer\",\n \"level\": \"third\"}");
    let said = says(&["new", "--file", wrong.to_str().expect("a path")]);
    assert!(said.contains("wrong.json: line 2, column 11: /level: expected"), "{said}");
    let header = file("header.csv", "quesiton,to\na,b\n");
    let said = says(&["responses", header.to_str().expect("a path")]);
    assert!(
        said.contains("header.csv: line 1: the column \"question\" is missing (did you mean \"quesiton\"?); "),
        "{said}"
    );
}

#[test]
fn one_question_at_a_time() {
    for (arguments, expected) in [
        (&["new", "--file", "x.json", "--title", "x"][..], "cannot be used with"),
        (&["new", "x", "--title", "x"], "cannot be used with"),
        (&["new", "--file", "x.json", "--level", "3"], "cannot be used with"),
        (&["move", "LARS51"], "  --to <BRANCH>\n"),
        (&["gaps", "--to", "caterer"], "unexpected argument '--to'"),
        (&["gaps", "--with-respondents"], "unexpected argument '--with-respondents'"),
    ] {
        let said = says(arguments);
        assert!(said.starts_with("error: ") && said.contains(expected), "{arguments:?}: {said}");
        assert!(said.contains(&format!("Usage: tlevel consult {}", arguments[0])), "{arguments:?}: {said}");
    }
}

#[test]
fn a_title_may_follow_the_map_or_stand_alone() {
    let expected = prints(&["new", "--title", "A.I. engineer", "--level", "4"]);
    assert_eq!(prints(&["new", "A.I. engineer", "--level", "4"]), expected);
    let bundled = |arguments: &[&str]| program::tlevel(&[&["consult", "new"], arguments].concat());
    let alone = bundled(&["A.I. engineer", "--to", "digital"]);
    assert_eq!((text(alone.stderr), text(alone.stdout).contains("A.I. engineer (NEW)")), (String::new(), true));
    // a path is a map, even if no file is there
    for arguments in [&["maps/none.json"][..], &[]] {
        let said = text(bundled(arguments).stderr);
        assert_eq!(said, "error: nothing to screen; give a title (--title 'Drone surveyor') or a file (--file)\n");
    }
}

#[test]
fn counts_on_standard_error() {
    let output = tlevel(&["gaps", "--stats"]);
    let stats: Value = serde_json::from_slice(&output.stderr).expect("one JSON line");
    assert_eq!((&stats["command"], &stats["counts"]["occupations"]), (&Value::from("consult"), &Value::from(56)));
}

#[test]
fn rejected_rows_come_back_mended() {
    let answers = "Name,(a) Missing?,(b) Move?,(c) Open?\nJane Doe,Roofer,Brick worker should move to Caterer,\n";
    let (form, rejected) = (file("form.csv", answers), file("rejected.csv", ""));
    let [form, rejected] = [&form, &rejected].map(|path| path.to_str().unwrap());
    let shown = prints(&["responses", form, "--rejected", rejected]);
    assert!(shown.contains("2 responses make 1 different proposal; 1 could not be screened."), "{shown}");
    let written = std::fs::read_to_string(rejected).unwrap();
    assert!(written.contains("2.2,,b,Brick worker,,,Caterer,") && !written.contains("Jane"), "{written}");
    std::fs::write(rejected, written.replace("Brick worker", "Bricklayer")).unwrap();
    let shown = prints(&["responses", form, "--corrected", rejected]);
    assert!(shown.contains("2 responses make 2 different proposals; all were screened."), "{shown}");
    // what is read is not written over
    let refused = tlevel(&["responses", form, "--corrected", rejected, "--rejected", rejected]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
}

/// From a template to the next map: responses, tracker, decisions, changes.
#[test]
fn responses_become_decisions_and_the_next_map() {
    let folder = file("desk-begins", "").parent().expect("a folder").join("desk");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let template = program::tlevel(&["consult", "template", "--format", "csv"]);
    let header = text(template.stdout);
    assert!(
        header.starts_with("Respondent,Organisation,Email,Map,Question,Occupation,Level,From,To,Rationale\n"),
        "{header}"
    );
    std::fs::write(
        path("responses.csv"),
        format!("{header}Jane Doe,Acme,jane@acme.example,Construction,a,Drone surveyor,3,,,Acme needs them\n,,,,c,,,,Marketing,\n"),
    )
    .expect("written");
    let (responses, tracker) = (path("responses.csv"), path("tracker.csv"));
    prints(&["responses", &responses, "-o", &tracker]);
    let rows = std::fs::read_to_string(&tracker).expect("written");
    assert!(!rows.contains("Jane") && !rows.contains("Acme"), "{rows}");
    let decided = rows.replace(",,,,,,a dronesurveyor", ",,agreed,Panel,Firms ask,,a dronesurveyor");
    let decided = decided.replace(",,,,,c sales", ",agreed,Panel,,,c sales");
    assert_ne!(decided, rows);
    std::fs::write(&tracker, &decided).expect("written");
    let (panels, published) = (path("panels"), path("published.md"));
    let again = path("tracker-2.csv");
    let run = [
        "responses",
        &responses,
        "--tracker",
        &tracker,
        "--by-route",
        &panels,
        "--published",
        &published,
        "-o",
        &again,
    ];
    prints(&run);
    assert_eq!(std::fs::read_to_string(&again).expect("written"), decided, "decisions stay");
    // the next tracker may have the same name; what is no tracker may not take it
    prints(&["responses", &responses, "--tracker", &again, "-o", &again]);
    assert_eq!(std::fs::read_to_string(&again).expect("written"), decided, "decisions stay in place");
    let said = says(&["responses", &responses, "--tracker", &again, "-o", &again, "--format", "json"]);
    assert!(said.contains("a tracker can be replaced only by the next one"), "{said}");
    let said = says(&["responses", &responses, "--tracker", &again, "-o", &responses]);
    assert!(said.contains("is read by this command"), "{said}");
    assert_eq!(std::fs::read_to_string(&again).expect("written"), decided, "nothing was changed");
    let said = std::fs::read_to_string(&published).expect("written");
    assert!(said.contains("New: Drone surveyor (1 response)") && said.contains("Firms ask"), "{said}");
    let files: Vec<String> = (std::fs::read_dir(&panels).expect("written"))
        .map(|file| file.expect("a file").file_name().into_string().expect("a name"))
        .filter(|name| name.contains("construction") || name.contains("sales"))
        .collect();
    assert_eq!(files.len(), 2, "{files:?}");
    let (changes, next) = (path("changes.json"), path("next.json"));
    let output = tlevel(&["changes", &tracker, "-o", &changes]);
    assert_eq!(output.status.code(), Some(0));
    let output = program::tlevel(&["whatif", MAP, &changes, "--write", &next]);
    assert_eq!(output.status.code(), Some(0), "{}", text(output.stderr));
    assert!(std::fs::read_to_string(&next).expect("written").contains("Drone surveyor"));
    // nothing agreed, and what cannot become a change
    std::fs::write(path("none.csv"), "key,decision\na x,\n").expect("written");
    let output = tlevel(&["changes", &path("none.csv")]);
    assert!(text(output.stderr).contains("the tracker has no proposal with the decision \"agreed\""));
    std::fs::write(path("wrong.csv"), "key,decision\na x,agreed\n").expect("written");
    let said = says(&["changes", &path("wrong.csv")]);
    assert!(said.contains("line 2: give its level in the column \"level\""), "{said}");
    std::fs::write(path("wrong.csv"), "key,decision\na x,perhaps\n").expect("written");
    let said = says(&["responses", &responses, "--tracker", &path("wrong.csv")]);
    assert!(said.contains("line 2: \"perhaps\" is no decision"), "{said}");
}
