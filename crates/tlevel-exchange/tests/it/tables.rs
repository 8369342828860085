//! Maps in workbooks and CSV files, there and back.

use proptest::prelude::*;
use tlevel::read::RawMap;
use tlevel_exchange::{Error, pack, read, read_with_places, write_csv_archive, write_workbook};

const ENGLAND: &[u8] = include_bytes!("../../../../fixtures/maps/england.json");

fn native(map: &RawMap) -> String {
    serde_json::to_string_pretty(map).unwrap()
}

/// A workbook of these rows.
pub(crate) fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (at, row) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*row) {
                sheet.write_string(at, column, *cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// An open document (`.ods`) of these rows, as office programs save it: numbers as numbers,
/// equal cells and rows counted, and a million empty rows at the end.
fn open_document(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    use std::io::Write as _;
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(_) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
        ),
        Err(_) => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
    };
    let row = |row: &&[&str]| {
        let cells: String = row.iter().map(cell).collect();
        format!("<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>")
    };
    let sheet = |(name, rows): &(&str, &[&[&str]])| {
        let rows: String = rows.iter().map(row).collect();
        let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
                     table:number-columns-repeated=\"16384\"/></table:table-row>";
        format!("<table:table table:name=\"{name}\">{rows}{empty}</table:table>")
    };
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.3\">\
         <office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>",
        sheets.iter().map(sheet).collect::<String>()
    );
    let manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
                    xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"/>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", manifest),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const ROUTES: &[&[&str]] = &[&["Id", "Name"], &["r", "Route"]];
const PATHWAYS: &[&[&str]] = &[&["Route", "Id", "Name"], &["r", "p", "Pathway"]];
const CLUSTERS: &[&[&str]] = &[&["Pathway", "Id", "Name"], &["p", "c", "Cluster"]];
const OCCUPATIONS: &[&[&str]] =
    &[&["Cluster", "Id", "Title", "Level"], &["c", "O1", "Baker", "2"], &["Cluster", "O2", "Miller", "Level 3"]];
const STATEMENT: &[&str] = &["Occupation", "Id", "Kind", "Text"];

fn with(statements: &[&[&str]]) -> Vec<u8> {
    let all: Vec<&[&str]> = std::iter::once(STATEMENT).chain(statements.iter().copied()).collect();
    workbook(&[
        ("Routes", ROUTES),
        ("Pathways", PATHWAYS),
        ("Clusters", CLUSTERS),
        ("Occupations", OCCUPATIONS),
        ("Statements", &all),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_unchanged_workbook_is_the_same_map(text in crate::map_strategy::map()) {
        let map = tlevel::read(text.as_bytes()).unwrap();
        let bytes = write_workbook(&map).unwrap();
        let back = read(&bytes, "map.xlsx").unwrap();
        prop_assert_eq!(native(&back), native(&map));
        prop_assert_eq!(&back.remarks, &map.remarks);
        prop_assert_eq!(write_workbook(&back).unwrap(), bytes);
    }

    #[test]
    fn unchanged_csv_files_are_the_same_map(text in crate::map_strategy::map()) {
        let map = tlevel::read(text.as_bytes()).unwrap();
        let back = read(&write_csv_archive(&map).unwrap(), "map.zip").unwrap();
        prop_assert_eq!(native(&back), native(&map));
        prop_assert_eq!(&back.remarks, &map.remarks);
    }

    #[test]
    fn no_bytes_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = with(&[&["O1", "K1", "knowledge", "Flours"]]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&bytes, "map.xlsx");
        bytes.truncate(at);
        let _ = read(&bytes, "map.xlsx");
    }
}

#[test]
fn the_bundled_map_comes_back() {
    let map = tlevel::read(ENGLAND).unwrap();
    for bytes in [write_workbook(&map).unwrap(), write_csv_archive(&map).unwrap()] {
        assert_eq!(native(&read(&bytes, "map").unwrap()), native(&map));
    }
}

#[test]
fn places_are_cells_and_lines() {
    let map = tlevel::read(ENGLAND).unwrap();
    let places = |bytes: &[u8], pointer: &str| {
        let read = read_with_places(bytes, "map.xlsx").unwrap();
        read.places.of(pointer).unwrap().to_string()
    };
    let bytes = write_workbook(&map).unwrap();
    assert_eq!(places(&bytes, "/title"), "Map!A6");
    assert_eq!(places(&bytes, "/routes/1/name"), "Routes!B7");
    assert_eq!(places(&bytes, "/routes/0/pathways/0/clusters/0/occupations/0/level"), "Occupations!D6");
    assert_eq!(places(&bytes, "/routes/0/pathways/0/clusters/0/occupations/0/standard"), "Occupations!F6");
    let bytes = write_csv_archive(&map).unwrap();
    assert_eq!(places(&bytes, "/routes/1/name"), "routes.csv:3");
}

#[test]
fn findings_name_sheet_and_cell() {
    let bytes = with(&[&["O1", "K1", "knowing", "Flours"], &["O1", "K2", "knowledge", ""]]);
    let read = read_with_places(&bytes, "map.xlsx").unwrap();
    let mut findings = tlevel::check(read.map).unwrap().findings;
    read.places.locate(&mut findings, &[]);
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let kind = shown.iter().find(|finding| finding.contains("unknown-kind")).unwrap();
    assert!(kind.starts_with("Statements!"), "{kind}");
    let json = serde_json::to_value(&findings).unwrap();
    assert!(
        json.as_array().unwrap().iter().any(|f| f["place"]["sheet"] == "Statements" && f["place"]["cell"] == "C2"),
        "{json}"
    );
}

#[test]
fn a_row_that_is_there_twice_counts_once() {
    let row: &[&str] = &["O1", "K1", "knowledge", "Flours"];
    let map = read(&with(&[row, &["O1", "S1", "skill", "Knead"], row]), "map.xlsx").unwrap();
    let baker = map.occupations().next().unwrap();
    assert_eq!(baker.statements.len(), 2);
    let messages: Vec<&str> = map.remarks.iter().map(|remark| remark.message.as_str()).collect();
    assert_eq!(messages, ["Statements!A4: the row is the same as row 2, and counts once; delete it"]);
    let checked = tlevel::check(map).unwrap();
    assert!(checked.findings.iter().any(|finding| finding.rule == "repeated-record"));
}

#[test]
fn wrong_cells_are_all_named() {
    let of = |bytes: &[u8]| read(bytes, "map.xlsx").unwrap_err().to_string();
    let bytes = with(&[
        &["O3", "K1", "knowledge", "Flours"],
        &["", "K2", "knowledge", "Ovens"],
        &["Baker", "K3", "K", "Yeast"],
    ]);
    assert_eq!(
        of(&bytes),
        "Statements!A2: there is no occupation \"O3\"; correct it, or add a row to Occupations\n  \
         Statements!A3: the occupation is empty; give the id of a row of Occupations"
    );
    let occupations: &[&[&str]] = &[
        &["Cluster", "Id", "Title", "Level", "Regulated", "Set aside", "More (JSON)"],
        &["c", "O1", "Baker", "tow", "perhaps", "", "[1]"],
        &["c", "O2", "Miller", "2", "", "retired", "{\"statements\": []}"],
    ];
    let sheets: &[(&str, &[&[&str]])] =
        &[("Routes", ROUTES), ("Pathways", PATHWAYS), ("Clusters", CLUSTERS), ("Occupations", occupations)];
    assert_eq!(
        of(&workbook(sheets)),
        "Occupations!G2: not an object of JSON; correct it, or empty the cell\n  \
         Occupations!D2: Level is \"tow\"; expected a level: 2, 3, 4, 5, 6 or 7\n  \
         Occupations!E2: Regulated is \"perhaps\"; expected yes or no\n  \
         Occupations!G3: \"statements\" is not used here; it has a sheet of its own\n  \
         Occupations!F3: the occupation has the cluster \"c\" and is set aside; empty one of the two cells"
    );
    assert_eq!(
        of(&workbook(&[("Routes", ROUTES), ("Ocupations", OCCUPATIONS)])),
        "no map is in the file: there is no sheet Occupations (\"Ocupations\" is nearly that name); write an empty one to \
         fill in: tlevel template -o map.xlsx"
    );
    let headers: &[(&str, &[&[&str]])] =
        &[("Occupations", &[&["Cluster", "Id", "Titel", "Level"], &["c", "O1", "Baker", "2"]])];
    assert!(
        of(&workbook(headers)).starts_with("Occupations!A1: the column \"Title\" is missing (did you mean \"Titel\"?)")
    );
}

#[test]
fn a_fault_of_many_cells_is_told_once() {
    let mut statements: Vec<&[&str]> = vec![&["Bakr", "K1", "knowledge", "Flours"]; 30];
    statements.push(&["O9", "K1", "knowledge", "Ovens"]);
    let texts: Vec<String> = (0..statements.len()).map(|at| format!("Text {at}")).collect();
    let rows: Vec<Vec<&str>> =
        statements.iter().zip(&texts).map(|(row, text)| vec![row[0], row[1], row[2], text.as_str()]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(
        read(&with(&rows), "map.xlsx").unwrap_err().to_string(),
        "Statements!A2 and 29 other cells: there is no occupation \"Bakr\" (did you mean \"Baker\"?); correct it, or add a row \
         to Occupations\n  \
         Statements!A32: there is no occupation \"O9\"; correct it, or add a row to Occupations"
    );
}

#[test]
fn a_level_may_be_a_word() {
    let level = |level: &str| {
        let occupations = format!("Cluster,Id,Title,Level\n,bakery,Baker,{level}\n");
        let map = read(&pack([("occupations.csv", occupations.as_bytes())]).unwrap(), "map").unwrap();
        map.set_aside[0].occupation.level
    };
    assert_eq!(["3", "Level 3", "L3", "three", "Level three"].map(level), [Some(3); 5]);
}

#[test]
fn dates_are_read_as_people_write_them() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let write = |workbook: &mut rust_xlsxwriter::Workbook, name: &str, rows: &[&[&str]]| {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (at, row) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*row) {
                sheet.write_string(at, column, *cell).unwrap();
            }
        }
    };
    write(&mut workbook, "Routes", ROUTES);
    let pathways: &[&[&str]] =
        &[&["Route", "Id", "Name", "Teaching planned", "First teaching"], &["r", "p", "Baking", "Sept 2026", ""]];
    write(&mut workbook, "Pathways", pathways);
    // what Excel makes of "Sept 2027": a number that is shown as a date
    let date = rust_xlsxwriter::Format::new().set_num_format("mmm yyyy");
    let sheet = workbook.worksheet_from_name("Pathways").unwrap();
    sheet.write_number_with_format(1, 4, 46_631.0, &date).unwrap();
    write(&mut workbook, "Clusters", CLUSTERS);
    write(&mut workbook, "Occupations", OCCUPATIONS);
    let map = read(&workbook.save_to_buffer().unwrap(), "map.xlsx").unwrap();
    let pathway = &map.routes[0].pathways[0];
    assert_eq!(pathway.first_teaching_planned.as_deref(), Some("2026-09"));
    assert_eq!(pathway.first_teaching.as_deref(), Some("2027-09-01"));
}

#[test]
fn lines_of_files_are_named() {
    let files: [(&str, &[u8]); 2] = [
        ("occupations.csv", b"Cluster,Id,Title,Level\n,bakery,Baker,2\n"),
        ("statements.csv", b"Occupation,Id,Kind,Text\nbakery,K1,K,Flours\nbakary,K1,K,Mills\n"),
    ];
    let error = read(&pack(files).unwrap(), "map").unwrap_err();
    assert_eq!(
        error.to_string(),
        "statements.csv:3: there is no occupation \"bakary\" (did you mean \"bakery\"?); correct it, or add a row to Occupations"
    );
}

#[test]
fn an_occupation_without_a_cluster_is_set_aside() {
    let files: [(&str, &[u8]); 1] = [("Occupations.csv", b"Cluster;Id;Title;Level\n;O1;Baker;2\n")];
    let map = read(&pack(files).unwrap(), "map").unwrap();
    assert_eq!((map.set_aside.len(), map.set_aside[0].reason.as_str()), (1, "no-cluster"));
}

#[test]
fn a_changed_cell_wins_over_the_exact_value() {
    let mut map = tlevel::read(ENGLAND).unwrap();
    map.routes[0].name = Some(" Land ".to_owned());
    let files = tlevel_exchange::write_csv(&map).unwrap();
    let changed: Vec<(String, String)> =
        files.into_iter().map(|(name, text)| (name, text.replacen(",Land,", ",Sea,", 1))).collect();
    let archive = pack(changed.iter().map(|(name, text)| (name.as_str(), text.as_bytes()))).unwrap();
    assert_eq!(read(&archive, "map").unwrap().routes[0].name.as_deref(), Some("Sea"));
}

#[test]
fn what_a_workbook_cannot_hold_is_an_error() {
    let mut map = tlevel::read(ENGLAND).unwrap();
    map.routes[0].name = Some("a".repeat(40_000));
    let error = write_workbook(&map).unwrap_err();
    assert!(matches!(error, Error::TooLong { found: 40_000, .. }));
    assert!(error.to_string().starts_with("Routes!B6: the text has 40000 characters"), "{error}");
    let back = read(&write_csv_archive(&map).unwrap(), "map.zip").unwrap();
    assert_eq!(native(&back), native(&map));
}

#[test]
fn an_open_document_workbook_is_read_as_an_excel_one() {
    let both = |level: &str, kind: &str| {
        let sheets: [(&str, &[&[&str]]); 5] = [
            ("Routes", ROUTES),
            ("Pathways", PATHWAYS),
            ("Clusters", CLUSTERS),
            ("Occupations", &[&["Cluster", "Id", "Title", "Level"], &["c", "O1", "Baker", level]]),
            ("Statements", &[STATEMENT, &["O1", "K1", kind, "Flours"], &["O1", "K2", kind, "Ovens"]]),
        ];
        let (excel, open) = (workbook(&sheets), open_document(&sheets));
        let said = |bytes: &[u8], name: &str| {
            read(bytes, name).map(|map| native(&map)).map_err(|e| e.to_string().replace(name, "FILE"))
        };
        (said(&excel, "map.xlsx"), said(&open, "map.ods"))
    };
    let (excel, open) = both("3", "knowledge");
    assert_eq!(open, excel);
    assert!(open.is_ok_and(|map| map.contains("\"Flours\"") && map.contains("\"level\": 3")));
    let (excel, open) = both("high", "knowledge");
    assert_eq!(open, excel);
    let message = open.unwrap_err();
    assert!(message.starts_with("Occupations!D2: "), "{message}");
}
