//! Maps in workbooks and in tables, wherever a command reads a map.

use std::fs;

use crate::program::{self, json, stops, text, tlevel, told};

const MAP: &str = "fixtures/maps/consultation.json";

/// Standard output of a run that ends well.
fn done(arguments: &[&str]) -> String {
    let (code, out, said) = told(arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {said}");
    out
}

#[test]
fn a_map_goes_through_a_workbook_a_zip_and_a_folder_and_back() {
    let folder = program::folder("tables-round");
    let native = done(&["convert", MAP]);
    for name in ["map.xlsx", "tables.zip", "tables/"] {
        let path = format!("{}/{name}", folder.display());
        done(&["convert", MAP, "-o", &path]);
        assert_eq!(done(&["convert", &path]), native, "{name}");
    }
    let path = format!("{}/map.xlsx", folder.display());
    let derived = |map: &str| json(&tlevel(&["derive", map, "--exact", "--format", "json"]));
    assert_eq!(derived(&path), derived(MAP));
}

#[test]
fn findings_in_tables_name_sheet_and_cell_or_file_and_line() {
    let folder = program::folder("tables-findings");
    let list = folder.join("list.csv");
    fs::write(&list, "Occupation,Kind,Code,Text,Level\nBaker,skill,S1,Knead dough,3\nBaker,skil,S2,Bake bread,3\n")
        .expect("is written");
    let list = list.to_str().expect("a path");
    let place = |map: &str| {
        let found = json(&tlevel(&["check", map, "--format", "json"]));
        let findings = found["findings"].as_array().expect("a list").clone();
        let kind = findings.into_iter().find(|finding| finding["rule"] == "unknown-kind").expect("a wrong kind");
        kind["place"].clone()
    };
    let of_list = place(list);
    assert_eq!((of_list["file"].as_str(), of_list["line"].as_u64()), (Some("list.csv"), Some(3)));
    let (code, out, _) = told(&["check", list]);
    assert_eq!(code, Some(1));
    assert!(out.contains("list.csv:3"), "{out}");

    let book = format!("{}/map.xlsx", folder.display());
    done(&["convert", list, "-o", &book]);
    let of_book = place(&book);
    assert_eq!(of_book["sheet"], "Statements");
    assert!(of_book["cell"].as_str().expect("a cell").ends_with('7'), "{of_book}");
}

#[test]
fn a_template_is_empty_until_somebody_fills_it_in() {
    let folder = program::folder("tables-template");
    let empty = format!("{}/empty.xlsx", folder.display());
    done(&["template", "-o", &empty]);
    let (code, out, _) = told(&["check", &empty]);
    assert_eq!(code, Some(1));
    assert!(out.contains("the map holds no route and no occupation"), "{out}");
    let filled = format!("{}/filled.xlsx", folder.display());
    done(&["template", "--from", MAP, "-o", &filled]);
    assert_eq!(done(&["convert", &filled]), done(&["convert", MAP]));
}

#[test]
fn a_folder_of_another_system_is_a_map_for_every_command() {
    let folder = program::folder("tables-onet");
    fs::write(folder.join("Occupation Data.txt"), "O*NET-SOC Code\tTitle\n47-2111.00\tElectricians\n")
        .expect("written");
    fs::write(folder.join("Task Statements.txt"), "O*NET-SOC Code\tTask ID\tTask\n47-2111.00\t1\tInstall wiring.\n")
        .expect("written");
    let output = tlevel(&["check", folder.to_str().expect("a path"), "--format", "json"]);
    assert_eq!(json(&output)["counts"]["occupations"], 1);
    assert!(text(&output.stderr).contains("note: "), "{}", text(&output.stderr));
    let none = program::folder("tables-none");
    let output = tlevel(&["check", none.to_str().expect("a path")]);
    assert!(stops(&output).contains("or a folder with tables (csv, txt, tsv)"), "{}", stops(&output));
}
