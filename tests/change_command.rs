//! `tlevel diff` and `tlevel whatif` as programs: formats, exit statuses,
//! messages.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const MAP: &str = "fixtures/maps/consultation.json";

fn tlevel(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tlevel"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COLUMNS")
        .output()
        .expect("runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

fn file(name: &str, content: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("change-command");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), content).expect("a file");
    folder.join(name)
}

#[test]
fn a_map_against_itself() {
    let output = tlevel(&["diff", MAP, MAP]);
    assert_eq!(output.status.code(), Some(0));
    let text = text(output.stdout);
    assert!(text.contains("Nothing that this program compares differs"), "{text}");
    assert!(text.contains("No programme changes."), "{text}");
}

/// Two versions of one standard and another standard, with statements in common.
const VERSIONS: &str = r#"[
    {"referenceNumber": "ST1", "title": "Glazier", "level": 3, "status": "Approved for delivery", "version": "1.0",
     "route": "R", "pathway": "P", "cluster": "C", "knowledges": [{"detail": "Glass"}, {"detail": "Safe lifting"}]},
    {"referenceNumber": "ST1", "title": "Glazier", "level": 3, "status": "In development", "version": "2.0",
     "route": "R", "pathway": "P", "cluster": "C", "knowledges": [{"detail": "Frames"}, {"detail": "Data protection"}]},
    {"referenceNumber": "ST2", "title": "Joiner", "level": 3, "status": "Approved for delivery", "version": "1.0",
     "route": "R", "pathway": "P", "cluster": "C", "knowledges": [{"detail": "Safe lifting"}, {"detail": "Data protection"}]}
]"#;

#[test]
fn what_drafts_would_change() {
    let path = file("versions.json", VERSIONS);
    let path = path.to_str().expect("a path");
    let output = tlevel(&["derive", path, "--drafts", "--exact"]);
    assert_eq!(output.status.code(), Some(0));
    let shown = text(output.stdout);
    for line in [
        "  - Glazier (ST1), level 3: version 1.0 is in force, version 2.0 is in\n    development; statements: 2 added, 2 removed\n",
        "    Pathway core gains                                                    1 item\n      + K Data protection (2/2)\n",
        "    Pathway core loses                                                    1 item\n      - K Safe lifting (2/2)\n",
        "        + Frames\n",
        "        - Glass\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let output = tlevel(&["derive", path, "--drafts", "--exact", "--format", "json"]);
    let json: Value = serde_json::from_str(&text(output.stdout)).expect("JSON");
    assert_eq!(json["format"], "tlevel-drafts");
    assert_eq!(json["drafts"][0]["version"], "2.0");
    assert_eq!(json["effect"]["programmes"][0]["pathway_core"]["gained"][0]["text"], "Data protection");
    let output = tlevel(&["derive", path, "--drafts", "--exact", "--format", "markdown"]);
    assert!(text(output.stdout).starts_with("# Drafts\n\n- Glazier (ST1), level 3"));
}

#[test]
fn without_drafts_derive_says_so() {
    let path = file("no-drafts.json", &VERSIONS.replace("In development", "Withdrawn"));
    let output = tlevel(&["derive", path.to_str().expect("a path"), "--drafts"]);
    assert!(text(output.stdout).contains("No draft follows a version in force. Nothing would change."));
    assert_eq!(text(output.stderr), "");
    let output = tlevel(&["derive", MAP, "--drafts"]);
    assert_eq!(output.status.code(), Some(0));
    let note = "note: fixtures/maps/consultation.json is a native map, which has one version of each occupation; drafts \
                are in official files\n";
    assert_eq!(text(output.stderr), note);
}

#[test]
fn what_if_and_then_the_difference() {
    let changes =
        file("changes.csv", "change,occupation,level,branch\nre-level,LARS287,3,\nunmark,,,protective-services\n");
    let new = changes.with_file_name("new.json");
    let (changes, new) = (changes.to_str().expect("a path"), new.to_str().expect("a path"));
    let output = tlevel(&["whatif", MAP, changes, "--exact", "--write", new]);
    assert_eq!(output.status.code(), Some(0), "{}", text(output.stderr));
    let shown = text(output.stdout);
    for line in [
        "    - Bricklayer (LARS287): level 2 to 3\n",
        "  Construction > Onsite construction                                     changes\n",
        "    Newly counts: Bricklayer (LARS287)\n",
        "  Protective services > Protective services                              appears\n    The pathway was apprenticeship-only (protective-services).\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 80));
    // the saved map differs in just that
    let output = tlevel(&["diff", MAP, new, "--exact"]);
    assert_eq!((output.status.code(), text(output.stdout)), (Some(1), shown));

    let output = tlevel(&["diff", MAP, new, "--exact", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&json["format"], &json["version"]), (&Value::from("tlevel-difference"), &Value::from(1)));
    assert_eq!(json["changes"]["relevelled"][0]["id"], "LARS287");
    assert_eq!(json["effect"]["programmes"][1]["fate"], "appears");
    let output = tlevel(&["diff", new, MAP, "--exact", "--format", "markdown"]);
    let markdown = text(output.stdout);
    assert!(markdown.contains("### Protective services: Protective services disappears\n"), "{markdown}");
    assert!(markdown.contains("- Bricklayer (LARS287): level 3 to 2\n"), "{markdown}");
}

#[test]
fn the_same_title_under_another_id_is_told() {
    let map = std::fs::read_to_string(MAP).expect("the map");
    let new = file("renumbered.json", &map.replace("\"LARS287\"", "\"ST0095\""));
    let new = new.to_str().expect("a path");
    let shown = text(tlevel(&["diff", MAP, new, "--exact"]).stdout);
    for line in [
        "\n      same LARS287, which has been removed, has this title\n",
        "\n      same ST0095, which has been added, has this title\n",
    ] {
        assert!(shown.contains(line), "{line}{shown}");
    }
    let markdown = text(tlevel(&["diff", MAP, new, "--exact", "--format", "markdown"]).stdout);
    assert_eq!(markdown.matches("- Source: ").count(), 1, "one source, named once: {markdown}");
}

#[test]
fn a_title_that_was_fixed_is_flagged() {
    let changes =
        file("titles.csv", "change,occupation,title\nre-title,LARS82,Network fitter\nre-title,LARS240,Joiner\n");
    let changes = changes.to_str().expect("a path");
    for (format, flag) in
        [("text", "\n      flagged the old standard was approved"), ("markdown", "\n  - flagged: the old standard")]
    {
        let shown = text(tlevel(&["whatif", MAP, changes, "--exact", "--format", format]).stdout);
        assert!(shown.contains(&format!("Network fitter (LARS82){flag}")), "{shown}");
        assert_eq!(shown.matches("flagged").count(), 1, "the joiner's standard is not approved yet: {shown}");
    }
}

#[test]
fn policies_are_compared_too() {
    let changes = file(
        "policy.json",
        r#"{"format": "tlevel-changes", "version": 1, "changes": [{"change": "policy", "quorum": 0.5}]}"#,
    );
    let output = tlevel(&["whatif", MAP, changes.to_str().expect("a path")]);
    let shown = text(output.stdout);
    assert!(
        shown.contains("  The policy differs: quorum 1 is now 1/2.\n") || shown.contains("quorum 1 is now 0.5"),
        "{shown}"
    );
    let output = tlevel(&["diff", MAP, MAP, "--new-policy", "panel", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(output.status.code(), Some(i32::from(json["effect"].get("programmes").is_some())));
}

#[test]
fn what_the_check_says_of_the_changed_map_is_told() {
    let changes = file("dangling.csv", "change,occupation,statement\ndrop-statement,LARS51,K1\n");
    let output = tlevel(&["whatif", MAP, changes.to_str().expect("a path")]);
    let said = text(output.stderr);
    assert!(said.contains("the changed map: warning: the duty \"D1\" cites \"K1\""), "{said}");
    assert!(said.lines().count() <= 10, "what the map had before is not told: {said}");
}

#[test]
fn what_cannot_be_applied_stops() {
    let changes = file("wrong.csv", "change,occupation,level\nre-level,LARS2877,3\nre-level,LARS51,9\n");
    let path = changes.to_str().expect("a path");
    let output = tlevel(&["whatif", MAP, path]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert_eq!(text(output.stderr), format!("error: {path}: line 3: \"9\" is not a level; levels are 2 to 7\n"));
    let changes = file("unknown.csv", "change,occupation,level\nre-level,LARS2877,3\nremove-occupation,LARS99,\n");
    let never = changes.with_file_name("never.json");
    let path = changes.to_str().expect("a path");
    let output = tlevel(&["whatif", MAP, path, "--write", never.to_str().expect("a path")]);
    assert_eq!((output.status.code(), output.stdout.len(), never.exists()), (Some(2), 0, false));
    let said = text(output.stderr);
    assert!(said.starts_with(&format!("error: {path}: 2 changes cannot be applied; nothing was changed:\n  change 1 (re-level): the map has no occupation \"LARS2877\": did you mean \"LARS287\"?\n")), "{said}");
    let output = tlevel(&["diff", "-", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(output.stderr),
        "error: only one of the two maps can be standard input; give a file for the other\n"
    );
}
