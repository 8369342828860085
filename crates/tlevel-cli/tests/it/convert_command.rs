//! `tlevel convert`: maps in and out of the formats of other systems.

use std::fs;
use std::path::PathBuf;

use crate::program::{self, stops, tlevel};

const MAP: &str = "fixtures/maps/consultation.json";

fn folder(name: &str) -> PathBuf {
    program::folder(&format!("convert-{name}"))
}

/// Standard output and standard error of a run that ends well.
fn done(arguments: &[&str]) -> (String, String) {
    let output = tlevel(arguments);
    let [out, said] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    (out, said)
}

#[test]
fn a_map_goes_through_case_and_back() {
    let folder = folder("case");
    let file = folder.join("case.json");
    let file = file.to_str().expect("a path");
    let (_, said) = done(&["convert", MAP, "--to", "case", "-o", file]);
    assert_eq!(said, "");
    let (again, said) = done(&["convert", file]);
    assert_eq!(said, "");
    assert_eq!(again, done(&["convert", MAP]).0);
    let (_, said) = done(&["convert", MAP, "--to", "case-1.0", "-o", file]);
    assert!(said.starts_with("CASE 1.0 has no place for the following, which is left out:\n  \""), "{said}");
    assert!(said.contains("\"status\" of occupation: "), "{said}");
}

#[test]
fn every_result_is_written_in_every_format_that_holds_it() {
    for (what, formats) in [
        ("map", &["native", "case", "case-1.0", "ctdl-asn", "skos", "csv"][..]),
        ("concepts", &["case", "case-1.0", "ctdl-asn", "skos", "cxt", "csv"]),
        ("topics", &["native", "case", "case-1.0", "ctdl-asn", "skos", "cxt", "csv"]),
        ("programmes", &["case", "case-1.0", "ctdl-asn", "skos", "csv"]),
    ] {
        for format in formats {
            let (out, _) = done(&["convert", MAP, "--what", what, "--to", format, "--exact", "--share", "topic"]);
            assert!(out.lines().count() > 1, "{what} {format}");
        }
    }
}

#[test]
fn the_ending_picks_the_format() {
    let folder = folder("endings");
    let written = |name: &str| {
        let file = folder.join(name);
        done(&["convert", MAP, "--exact", "-o", file.to_str().expect("a path")]);
        fs::read_to_string(file).expect("is written")
    };
    assert!(written("a.cxt").starts_with("B\n\n"));
    assert!(written("a.csv").starts_with("route,pathway,"));
    assert!(written("a.json").starts_with("{\n  \"format\": \"tlevel-map\""));
    assert_eq!(
        stops(&tlevel(&["convert", MAP, "-o", "a.jsonld"])),
        "error: a.jsonld: JSON-LD may be SKOS or CTDL-ASN; add --to skos or --to ctdl-asn\n"
    );
    assert_eq!(
        stops(&tlevel(&["convert", MAP, "--to", "cxt", "--what", "map"])),
        "error: --what: a context table shows concepts or topics of occupations\n"
    );
    assert_eq!(
        stops(&tlevel(&["convert", MAP, "--to", "esco"])),
        "error: --to esco writes a folder of tables; give -o FOLDER\n"
    );
}

#[test]
fn the_tables_of_esco_are_a_folder_that_is_read_again() {
    let folder = folder("esco").join("tables");
    let path = folder.to_str().expect("a path");
    let (_, said) = done(&["convert", MAP, "--to", "esco", "--exact", "-o", path]);
    assert!(said.starts_with("ESCO's form has no place for the following, which is left out:\n"), "{said}");
    let (again, said) = done(&["convert", path]);
    assert!(again.contains("\"title\": \"ESCO\""));
    assert!(said.contains("note: ESCO has no levels as in England"), "{said}");
}

#[test]
fn topics_go_through_skos_and_back() {
    let folder = folder("topics");
    let file = folder.join("topics.jsonld");
    let file = file.to_str().expect("a path");
    done(&["convert", "--what", "topics", "--to", "skos", "-o", file]);
    let (again, said) = done(&["convert", file, "--what", "topics"]);
    assert_eq!(said, "");
    assert!(again.starts_with("{\n  \"format\": \"tlevel-topics\""));
}

#[test]
fn a_folder_of_onet_gives_a_map_and_judged_concepts() {
    let folder = folder("onet");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("is written");
    write("Occupation Data.txt", "O*NET-SOC Code\tTitle\tDescription\n47-2111.00\tElectricians\tFit wires.\n");
    write("Task Statements.txt", "O*NET-SOC Code\tTask ID\tTask\n47-2111.00\t1\tConnect wires.\n");
    write("Tasks to DWAs.txt", "O*NET-SOC Code\tTask ID\tDWA ID\n47-2111.00\t1\tA.1\n");
    let path = folder.to_str().expect("a path");
    let judged = folder.join("judged.csv");
    let (map, _) = done(&["convert", path, "--judged", judged.to_str().expect("a path")]);
    assert!(map.contains("\"title\": \"Electricians\""));
    let table = fs::read_to_string(&judged).expect("is written");
    assert_eq!(table, "occupation,statement,concept,label,also\n47-2111.00,1,A.1,,\n");
    assert!(stops(&tlevel(&["convert", "fixtures"])).contains("or a folder with tables (csv, txt, tsv)"));
    assert!(
        stops(&tlevel(&["convert", MAP, "--judged", judged.to_str().expect("a path")]))
            .contains("MAP has no concepts that people judged")
    );
}

#[test]
fn options_that_only_texts_name_are_read_on_request() {
    const NAMED: &str = "fixtures/rules/option-in-text/bad.json";
    let folder = folder("options");
    let [json, workbook] = ["map.json", "map.xlsx"].map(|name| folder.join(name));
    let [json, workbook] = [&json, &workbook].map(|path| path.to_str().expect("a path"));
    assert!(done(&["check", NAMED]).0.contains("option-in-text"));
    let (as_it_is, said) = done(&["convert", NAMED]);
    assert_eq!(said, "");
    assert!(as_it_is.contains("\"text\": \"Option 1: Stone: Arches\""), "{as_it_is}");

    let (_, said) = done(&["convert", NAMED, "--options-from-texts", "-o", json]);
    assert_eq!(said, "1 occupation has options from its texts\n");
    let read = fs::read_to_string(json).expect("is written");
    for part in ["\"title\": \"Stone\"", "\"text\": \"Arches\"", "\"source_text\": \"Option 1: Stone: Arches\""] {
        assert!(read.contains(part), "{part}: {read}");
    }
    assert!(!done(&["check", json]).0.contains("option-in-text"));

    let (_, said) = done(&["convert", json, "--options-from-texts", "-o", workbook]);
    assert_eq!(said, "0 occupations have options from their texts\n");
    assert_eq!(done(&["convert", workbook]).0, read);
}
