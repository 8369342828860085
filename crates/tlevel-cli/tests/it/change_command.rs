//! `tlevel diff` and `tlevel whatif` as programs: formats, exit statuses,
//! messages.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{self, owned as text, tlevel};

const MAP: &str = "fixtures/maps/consultation.json";

fn file(name: &str, content: &str) -> PathBuf {
    program::file("change-command", name, content)
}

#[test]
fn a_map_against_itself() {
    let output = tlevel(&["diff", MAP, MAP]);
    assert_eq!(output.status.code(), Some(0));
    let text = text(output.stdout);
    assert!(text.contains("Nothing that this program compares differs"), "{text}");
    assert!(text.contains("No programme changes."), "{text}");
}

#[test]
fn the_changes_of_a_difference_give_the_new_map() {
    let mut map: Value = serde_json::from_slice(&std::fs::read(Path::new(crate::ROOT).join(MAP)).unwrap()).unwrap();
    map["routes"][1]["pathways"][1]["clusters"][1]["occupations"][0]["title"] = "Stone layer".into();
    let new = file("retitled.json", &map.to_string());
    let (new, changes) = (new.to_str().expect("a path"), file("changes.json", ""));
    let changes = changes.to_str().expect("a path");
    let output = tlevel(&["diff", MAP, new, "--exact", "--changes", changes]);
    assert_eq!(output.status.code(), Some(1));
    let written: Value = serde_json::from_slice(&std::fs::read(changes).unwrap()).unwrap();
    assert_eq!(written["changes"].as_array().map(Vec::len), Some(1));
    assert_eq!(written["changes"][0]["change"], "re-title");
    let written = file("changed.json", "");
    let written = written.to_str().expect("a path");
    assert_eq!(tlevel(&["whatif", MAP, changes, "--exact", "--write", written]).status.code(), Some(0));
    assert_eq!(tlevel(&["diff", new, written, "--exact"]).status.code(), Some(0), "no difference is left");
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
        "    Pathway core gains                                                    1 item\n      + K Data protection (2 of 2)\n",
        "    Pathway core loses                                                    1 item\n      - K Safe lifting (2 of 2)\n",
        "        + gains: Frames\n",
        "        - loses: Glass\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let output = tlevel(&["derive", path, "--drafts", "--exact", "--format", "json"]);
    let json: Value = serde_json::from_str(&text(output.stdout)).expect("JSON");
    assert_eq!(json["format"], "tlevel-drafts");
    assert_eq!(json["drafts"][0]["version"], "2.0");
    assert_eq!(json["effect"]["programmes"][0]["pathway_core"]["gained"][0]["text"], "Data protection");
    let output = tlevel(&["derive", path, "--drafts", "--exact", "--format", "markdown"]);
    assert!(text(output.stdout).contains("\n\n- Glazier (ST1), level 3"));
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
        "    Now counts: Bricklayer (LARS287)\n",
        "  Protective services > Protective services                              appears\n    The pathway was apprenticeship-only (protective-services).\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 80));
    // the saved map differs in just that
    let output = tlevel(&["diff", MAP, new, "--exact"]);
    let below = |shown: &str| shown.split_once("\n  Occupations: ").map(|(_, below)| below.to_owned());
    assert_eq!((output.status.code(), below(&text(output.stdout))), (Some(1), below(&shown)));

    let output = tlevel(&["diff", MAP, new, "--exact", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&json["format"], &json["version"]), (&Value::from("tlevel-difference"), &Value::from(1)));
    assert_eq!(json["changes"]["relevelled"][0]["id"], "LARS287");
    assert_eq!(json["effect"]["programmes"][1]["fate"], "appears");
    let output = tlevel(&["diff", new, MAP, "--exact", "--format", "markdown"]);
    let markdown = text(output.stdout);
    assert!(markdown.contains("### Protective services \\> Protective services (disappears)\n"), "{markdown}");
    assert!(markdown.contains("- Bricklayer (LARS287): level 3 to 2\n"), "{markdown}");
}

#[test]
fn an_occupation_under_another_id_is_recoded() {
    let map = std::fs::read_to_string(Path::new(crate::ROOT).join(MAP)).expect("the map");
    let new = file("renumbered.json", &map.replace("\"LARS287\"", "\"ST0095\""));
    let new = new.to_str().expect("a path");
    let output = tlevel(&["diff", MAP, new, "--exact"]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(output.stdout);
    for line in [
        "55 kept, 1 recoded",
        " 0 added, 0 removed.",
        "    - Bricklayer (level 2): LARS287 is now ST0095, matched by title and level\n",
        "No programme changes.\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(!shown.contains("Occupations added") && !shown.contains("Occupations removed"), "{shown}");
    let markdown = text(tlevel(&["diff", MAP, new, "--exact", "--format", "markdown"]).stdout);
    assert_eq!(markdown.matches("Contains public sector information").count(), 1, "one source, named once: {markdown}");
    assert!(markdown.contains("### Occupations recoded (1)\n"), "{markdown}");
    let output = tlevel(&["diff", MAP, new, "--exact", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let recoded = &json["changes"]["recoded"][0];
    assert_eq!(
        (&recoded["from"], &recoded["to"], &recoded["by"]),
        (&"LARS287".into(), &"ST0095".into(), &"title".into())
    );
}

#[test]
fn a_difference_begins_with_the_files_and_a_summary() {
    let map = std::fs::read_to_string(Path::new(crate::ROOT).join(MAP)).expect("the map");
    let mut part: Value = serde_json::from_str(&map).expect("JSON");
    let routes = part["routes"].as_array_mut().expect("routes");
    let all = routes.len();
    routes.retain(|route| route["id"] == "construction");
    let new = file("construction.json", &part.to_string());
    let new = new.to_str().expect("a path");
    let shown = text(tlevel(&["diff", MAP, new, "--exact"]).stdout);
    assert!(shown.starts_with(&format!("Summary\n  Old: {MAP}: ")), "{shown}");
    assert!(shown.contains("construction.json"), "{shown}");
    let joined = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = format!("Different coverage: the new map has no part of {} of the old map's {all} routes: ", all - 1);
    assert!(joined.contains(&parts) && joined.contains(" are listed as removed."), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 80 || line.contains(new)), "{shown}");
    // the other way round they are added
    let back = text(tlevel(&["diff", new, MAP, "--exact", "--format", "markdown"]).stdout);
    assert!(back.contains("## Summary") && back.contains("Different coverage: the old map has no part of "), "{back}");
    // what both have is the same
    let output = tlevel(&["diff", MAP, new, "--exact", "--route", "Construction"]);
    let same = text(output.stdout);
    assert_eq!(output.status.code(), Some(0), "{same}");
    assert!(!same.contains("Different coverage"), "{same}");
    let output = tlevel(&["diff", MAP, new, "--exact", "--route", "digital", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let removed = json["changes"]["occupations_removed"].as_array().expect("a list");
    assert!(removed.iter().all(|o| o["place"]["route"]["id"] == "digital") && !removed.is_empty());
    assert!(json["effect"]["programmes"].as_array().expect("a list").iter().all(|p| p["route"]["id"] == "digital"));
}

#[test]
fn a_difference_of_some_pathways() {
    let changes = file("two.csv", "change,occupation,level\nre-level,LARS287,3\nre-level,LARS82,4\n");
    let new = changes.with_file_name("two.json");
    let (changes, new) = (changes.to_str().expect("a path"), new.to_str().expect("a path"));
    assert_eq!(tlevel(&["whatif", MAP, changes, "--exact", "--write", new]).status.code(), Some(0));
    let levels = |more: &[&str]| -> Vec<String> {
        let output = tlevel(&[&["diff", MAP, new, "--exact", "--format", "json"], more].concat());
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let list = json["changes"]["relevelled"].as_array().cloned().unwrap_or_default();
        list.iter().map(|o| o["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(levels(&[]).len(), 2);
    assert_eq!(levels(&["--pathway", "onsite-construction"]), ["LARS287"]);
    assert_eq!(levels(&["--route", "digital"]), ["LARS82"]);
    assert_eq!(levels(&["--route", "digital", "--pathway", "Onsite construction"]).len(), 2);
    let output = tlevel(&["diff", MAP, new, "--route", "constructoin"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(output.stderr),
        "error: --route: the map has no route \"constructoin\": did you mean \"Construction\"?\n"
    );
}

const STANDARDS: &str = r#"[
 {"referenceNumber": "ST9101", "occupationCode": "OCC9101", "title": "Loaf baker", "level": 3,
  "status": "Approved for delivery", "version": "1.0", "route": "Catering", "pathway": "Baking", "cluster": "Bakers",
  "knowledges": [{"knowledgeId": "K1", "detail": "How doughs rise"}],
  "skills": [{"skillId": "S1", "detail": "Shape loaves by hand"}], "behaviours": [], "duties": [], "options": []},
 {"referenceNumber": "ST9102", "occupationCode": "OCC9177", "title": "Pastry cook", "level": 3,
  "status": "Approved for delivery", "version": "1.0", "route": "Catering", "pathway": "Baking", "cluster": "Bakers",
  "knowledges": [{"knowledgeId": "K1", "detail": "How fats behave"}], "skills": [], "behaviours": [], "duties": [],
  "options": []}]"#;

const MAPS: &str = r#"[
 {"stdCode": "OCC9177", "name": "Cook of pastry and cakes", "level": 3, "status": 1, "statusName": "Approved",
  "products": [], "knowledges": [{"knowledgeId": "K1", "detail": "How fats behave"}],
  "mapHierarchy": {"routeName": "Catering", "pathwayName": "Baking", "clusterName": "Bakers"}},
 {"stdCode": "OCC9101", "name": "Baker of loaves", "level": 3, "status": 1, "statusName": "Approved",
  "products": [{"typeName": "Apprenticeship", "productCode": "ST9101"}],
  "knowledges": [{"knowledgeId": "K1", "detail": "How doughs rise"}],
  "skills": [{"skillId": "S1", "detail": "Shape loaves by hand"}],
  "mapHierarchy": {"routeName": "Catering", "pathwayName": "Baking", "clusterName": "Bakers"}}]"#;

#[test]
fn the_two_official_sources_have_the_same_occupations() {
    let (standards, maps) = (file("standards.json", STANDARDS), file("maps.json", MAPS));
    let (standards, maps) = (standards.to_str().expect("a path"), maps.to_str().expect("a path"));
    for (old, new) in [(standards, maps), (maps, standards)] {
        let output = tlevel(&["diff", old, new, "--exact", "--format", "json"]);
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let changes = &json["changes"];
        assert_eq!(changes["summary"]["recoded"], 2, "{changes}");
        for none in ["occupations_added", "occupations_removed", "statements_added", "statements_removed", "moved"] {
            assert!(changes.get(none).is_none(), "{none}: {changes}");
        }
        assert!(json["effect"].get("programmes").is_none_or(|programmes| {
            let lists = ["counting_gained", "counting_lost", "specialisms_gained", "specialisms_lost"];
            programmes.as_array().expect("a list").iter().all(|p| lists.iter().all(|list| p.get(list).is_none()))
        }));
    }
}

#[test]
fn a_renamed_option_and_a_reworded_duty_change_the_specialism() {
    let map = |option: &str, duty: &str| {
        let statement = r#"{"id": "S1", "kind": "skill", "text": "Shape loaves", "option": "O1"}"#;
        format!(
            r#"{{"format": "tlevel-map", "version": 1, "title": "Bakers", "routes": [{{"id": "r", "name": "Catering",
            "pathways": [{{"id": "p", "name": "Baking", "clusters": [{{"id": "c", "name": "Bakers", "occupations": [
            {{"id": "o", "title": "Baker", "level": 3, "options": [{{"id": "O1", "title": "{option}"}}],
            "statements": [{{"id": "K1", "kind": "knowledge", "text": "Flour"}}, {statement}],
            "duties": [{{"id": "D1", "text": "{duty}", "options": ["O1"], "statements": ["S1"]}}]}}]}}]}}]}}]}}"#
        )
    };
    let old = file("option-old.json", &map("Craft bread", "Bake loaves for the shop"));
    let new = file("option-new.json", &map("Artisan loaves", "Bake loaves for the shop and the market"));
    let (old, new) = (old.to_str().expect("a path"), new.to_str().expect("a path"));
    let shown = text(tlevel(&["diff", old, new]).stdout);
    for line in [
        "  Options renamed                                                              1\n    - Baker (o) O1\n      old Craft bread\n      new Artisan loaves\n",
        "  Duties reworded                                                              1\n",
        "      old Bake loaves for the shop\n      new Bake loaves for the shop and the market\n",
        "      - Baker: Artisan loaves (2 items)\n        was called: Baker: Craft bread\n        old outcome: Bake loaves for the shop\n        new outcome: Bake loaves for the shop and the market\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let markdown = text(tlevel(&["diff", old, new, "--format", "markdown"]).stdout);
    assert!(markdown.contains("  - was called: Baker: Craft bread\n"), "{markdown}");
    let output = tlevel(&["diff", old, new, "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["changes"]["options_renamed"][0]["to"], "Artisan loaves");
    assert_eq!(json["changes"]["duties_reworded"][0]["from"], "Bake loaves for the shop");
    assert_eq!(json["effect"]["programmes"][0]["specialisms_changed"][0]["was"], "Baker: Craft bread");
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
