//! `tlevel study` as a program: formats and messages.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::program::{folder, tlevel};

fn study(arguments: &[&str]) -> Output {
    tlevel(&[&["study"], arguments].concat())
}

fn done(arguments: &[&str]) -> String {
    let output = study(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&done(arguments)).unwrap()
}

fn stops(arguments: &[&str]) -> String {
    let output = study(arguments);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn groupings_from_elsewhere_are_judged() {
    let folder = folder("study-labels");
    let labels = folder.join("ward.csv");
    let labels = labels.to_str().unwrap();
    let made = json(&["clusters", "--method", "ward", "--clusters", "80", "--save-labels", labels, "--format", "json"]);
    assert_eq!((&made["format"], &made["clusters"]), (&"tlevel-study-clusters".into(), &80.into()));
    let read = json(&["clusters", "--labels", labels, "--format", "json"]);
    assert_eq!((&read["measures"], &read["groups"]), (&made["measures"], &made["groups"]));
    let names: Vec<&str> =
        made["measures"].as_array().unwrap().iter().map(|m| m["measure"].as_str().unwrap()).collect();
    for name in ["silhouette", "dunn", "adjusted_rand", "v_measure", "programmes", "core_share"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let compared = json(&["compare", "cluster", labels, "--format", "json"]);
    assert_eq!((&compared["format"], &compared["occupations"]), (&"tlevel-study-compare".into(), &411.into()));
    let rand = |study: &Value| {
        let measures = study["measures"].as_array().unwrap();
        measures.iter().find(|m| m["measure"] == "adjusted_rand").unwrap()["value"].clone()
    };
    assert_eq!(rand(&compared), rand(&made));
    let table = done(&["compare", "cluster", labels, "--format", "csv"]);
    assert!(table.starts_with("measure,value\nrand,0.") && table.lines().count() > 15);
    let tidy = done(&["clusters", "--labels", "pathway", "--format", "csv"]);
    assert!(tidy.starts_with("grouping,measure,value\nthese,silhouette,") && tidy.contains("\nofficial,"));
    for shown in [done(&["clusters", "--clusters", "30"]), done(&["compare", "band", "cluster"])] {
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    }
    assert!(stops(&["compare", "cluster", "no-such.csv"]).contains("no-such.csv: no such file"));
    assert!(stops(&["compare", "cluster", "README.md"]).contains("README.md: "));
    assert!(stops(&["clusters", "--clusters", "0"]).contains("give a number from 1 to 411"));
}

#[test]
fn pictures_are_drawn_by_the_ending_of_the_file() {
    let folder = folder("study-pictures");
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (tree, heat, sweep) = (file("tree.svg"), file("heat.html"), file("sweep.svg"));
    done(&["clusters", "--clusters", "60", "--dendrogram", &tree, "--heat-map", &heat]);
    done(&["sweep", "--quorums", "1,0.5", "--thresholds", "0.45", "--picture", &sweep]);
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    for picture in [read(&tree), read(&sweep)] {
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"), "{picture:.80}");
    }
    assert!(read(&tree).contains("Bricklayer") && read(&sweep).contains("Onsite"));
    // as many panels as pathways with statements, and the rest by name
    let sweep = read(&sweep);
    assert!(sweep.contains("Core items of each T Level, by quorum") && sweep.contains("Not drawn, as no occupation"));
    assert_eq!(sweep.matches("<path ").count(), 9);
    // clusters by name
    assert!(read(&tree).contains(">Core Building Tradesperson</text>"));
    assert!(!read(&tree).contains("onsite-construction/"));
    let page = read(&heat);
    assert!(page.contains("<svg ") && page.matches("<tr>").count() > 411);
    assert!(!page.split("<table").next().unwrap().contains("onsite-construction/"));
    let (branch, part) = (file("branch.svg"), file("part.html"));
    done(&["clusters", "--route", "Construction", "--dendrogram", &branch, "--heat-map", &part]);
    let branch = read(&branch);
    assert!(branch.contains("64 occupations of Construction, joined by similarity"), "{branch:.300}");
    assert!(branch.contains("Bricklayer") && !branch.contains("Dental nurse"));
    assert_eq!(branch.matches("<path ").count(), 63, "a tree of all that are shown");
    assert_eq!(read(&part).matches("<tr>").count(), 65);
    assert!(stops(&["clusters", "--route", "Construction"]).contains("--route: picks what a picture shows"));
    assert!(stops(&["clusters", "--route", "Constrution", "--heat-map", &heat]).contains("Construction"));
    assert!(
        stops(&["clusters", "--dendrogram", &file("tree.gif")])
            .contains("not a picture; use .svg, .png or .pdf, or .html")
    );
    let tree = ["clusters", "--method", "louvain", "--dendrogram", &tree];
    assert!(stops(&tree).contains("this method makes no tree"));
}

#[test]
fn misfits_and_sweeps_are_printed_for_people_and_programs() {
    let shown = done(&["misfits", "--rounds", "0"]);
    assert!(shown.contains("occupations are closer to another cluster"));
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let table = done(&["misfits", "--rounds", "3", "--format", "csv"]);
    assert!(table.starts_with("occupation,title,cluster,nearer,gain,own_place,stability,alone\n"));
    let table = done(&["harmonise", "--format", "csv"]);
    assert!(table.starts_with("measure,value\n") && table.lines().count() > 8, "{table}");
    let table = done(&["placement", "--format", "csv"]);
    let figures = json(&["placement", "--format", "json"]);
    assert_eq!(Some(table.lines().count() as f64 - 1.0), figures["measures"][0]["value"].as_f64(), "a row for each");
    let right = table.matches(",yes,").count() as f64 / (table.lines().count() as f64 - 1.0);
    assert!((right - figures["measures"][1]["value"].as_f64().unwrap()).abs() < 1e-9, "{right}");
    let sweep = done(&["sweep", "--quorums", "1,1/2", "--thresholds", "0.45"]);
    assert!(sweep.contains("\n  threshold   1  0.5\n  wording") && sweep.contains("\n  0.45 "), "{sweep}");
    let rows = json(&["sweep", "--quorums", "1/3", "--thresholds", "0.45", "--format", "json"]);
    assert_eq!((&rows["format"], &rows["rows"][0]["quorum"]), (&"tlevel-study-sweep".into(), &"1/3".into()));
    assert!(stops(&["sweep", "--quorums", "0"]).contains("'0'"));
}

/// A labels file in the folder of the tests.
fn labels(folder: &Path, name: &str, rows: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, format!("occupation,label\n{rows}")).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn nothing_in_common_is_an_error_and_no_figure() {
    let folder = folder("study-nothing-in-common");
    let a = labels(&folder, "a.csv", "O1,0\nO2,0\nO3,1\n");
    for (name, rows, message) in [
        ("others.csv", "P1,0\nP2,0\n", "no occupation is in both: the first labels 3 (\"O1\" and so on), the second 2"),
        ("case.csv", "o1,0\no2,0\n", "the second has \"o1\" (did you mean \"O1\"?)"),
        ("none.csv", "", "the second none; give two groupings of the same occupations"),
        ("noise.csv", "O1,-1\nO2,-1.0\nO3,nan\n", "none of the 3 occupations that both label is in a group of both"),
    ] {
        let b = labels(&folder, name, rows);
        for format in ["text", "csv", "json"] {
            let said = stops(&["compare", &a, &b, "--format", format]);
            assert!(said.contains(message) && said.contains(name), "{said}");
            assert!(stops(&["compare", &b, &a, "--format", format]).contains(name));
        }
    }
    let said = stops(&["clusters", "--labels", &a]);
    assert!(said.contains("the labels put none of the map's 411 occupations in a group"), "{said}");
}

#[test]
fn what_is_left_out_is_in_every_format() {
    let folder = folder("study-left-out");
    let a = labels(&folder, "a.csv", "O1,0\nO2,0\nO3,1\nO4,1\nO5,2\n");
    let b = labels(&folder, "b.csv", "O1,0.0\nO2,0\nO3,-1\nO4,1\nX9,2\nY8,2\n");
    let shown = done(&["compare", &a, &b]);
    for part in [
        "The figures cover the 3 occupations that both put in a group: 3 of the first's\n5, 3 of the second's 6.\n",
        "Note: 1 only in the first, left out: O5\n",
        "Note: 2 only in the second, left out: X9, Y8\n",
        "Note: 1 in no group (-1, nan, none or null), left out: O3\n",
        "labels such as \"0.0\" and \"0\" are read as one group",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let table = study(&["compare", &a, &b, "--format", "csv"]);
    let rows = "\noccupations,3\nlabelled_a,5\nlabelled_b,6\nonly_in_a,1\nonly_in_b,2\nwithout_group,1\n";
    assert!(String::from_utf8_lossy(&table.stdout).ends_with(rows), "{table:?}");
    assert!(String::from_utf8_lossy(&table.stderr).contains("2 only in the second, left out: X9, Y8"));
    let found = json(&["compare", &a, &b, "--format", "json"]);
    assert_eq!(
        (&found["occupations"], &found["labelled_b"], &found["without_group"]),
        (&3.into(), &6.into(), &serde_json::json!(["O3"]))
    );
}

#[test]
fn unknown_and_unlabelled_occupations_are_reported() {
    let folder = folder("study-unknown");
    let own = folder.join("own.csv").to_str().unwrap().to_owned();
    done(&["clusters", "--clusters", "60", "--save-labels", &own]);
    let text = std::fs::read_to_string(&own).unwrap();
    let mut rows: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
    // two without a label, one misspelt, one noise
    rows.truncate(409);
    let known = rows[0].clone();
    rows[0] = format!("x{known}");
    let noise = rows[1].split_once(',').unwrap().0.to_owned();
    rows[1] = format!("{noise},-1");
    let file = labels(&folder, "labels.csv", &rows.join("\n"));
    let (first, _) = known.split_once(',').unwrap();
    let shown = done(&["clusters", "--labels", &file]);
    for part in [
        "The figures cover 407 of the map's 411 occupations; those of the official\nclusters cover the same 407.\n"
            .to_owned(),
        "Note: 3 on the map without a label, left out: ".to_owned(),
        format!("Note: 1 in no group (-1, nan, none or null), left out: {noise}\n"),
        format!("Note: 1 labelled and not on the map, left out: \"x{first}\" (did you"),
    ] {
        assert!(shown.contains(&part), "{part}\n{shown}");
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let found = json(&["clusters", "--labels", &file, "--format", "json"]);
    assert_eq!((&found["occupations"], &found["map_occupations"]), (&407.into(), &411.into()));
    assert_eq!((found["unlabelled"].as_array().unwrap().len(), &found["unknown"][0]["meant"]), (3, &first.into()));
    let table = study(&["clusters", "--labels", &file, "--format", "csv"]);
    let rows = "\nthese,occupations,407\nthese,map_occupations,411\nthese,unlabelled,3\nthese,without_group,1\nthese,unknown,1\nofficial,occupations,407\n";
    assert!(String::from_utf8_lossy(&table.stdout).ends_with(rows), "{table:?}");
    assert!(String::from_utf8_lossy(&table.stderr).contains("did you mean"));
}
