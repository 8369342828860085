//! The tracker of a consultation as a workbook: what a panel fills in with a spreadsheet
//! program is kept from run to run, and becomes changes.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::program::{self, folder, owned, tlevel};

const MAP: &str = "fixtures/maps/consultation.json";
const RESPONSES: &str = "fixtures/responses/consultation.csv";

/// Fills empty cells of the sheet with the key of a proposal, in the row of that key.
fn fill(workbook: &Path, cells: &[(&str, &str, &str)]) {
    let bytes = std::fs::read(workbook).expect("a tracker");
    let mut old = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let shared = part(&mut old, "xl/sharedStrings.xml");
    let strings: Vec<&str> = shared.split("<si>").skip(1).map(|string| string.split("</si>").next().unwrap()).collect();
    for at in 0..old.len() {
        let name = old.by_index_raw(at).expect("a part").name().to_owned();
        let mut text = part(&mut old, &name);
        if name == "xl/worksheets/sheet3.xml" {
            for (key, column, value) in cells {
                let string = strings.iter().position(|string| string.contains(&format!(">{key}"))).expect("the key");
                let cell =
                    text.split("<c r=\"Q").find(|cell| cell.contains(&format!("<v>{string}</v>"))).expect("a row");
                let row = cell.split('"').next().expect("a number");
                let (before, after) = text.split_once(&format!("<c r=\"{column}{row}\"")).expect("the cell");
                let (style, after) = after.split_once("/>").expect("an empty cell");
                text =
                    format!("{before}<c r=\"{column}{row}\"{style} t=\"inlineStr\"><is><t>{value}</t></is></c>{after}");
            }
        }
        new.start_file(name, SimpleFileOptions::default()).expect("a part");
        new.write_all(text.as_bytes()).expect("written");
    }
    std::fs::write(workbook, new.finish().expect("a zip").into_inner()).expect("written");
}

fn part(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    zip.by_name(name).expect("a part").read_to_string(&mut text).expect("a text");
    text
}

/// The rows of a tracker from its key on, as a table that every program reads.
fn decided(tracker: &str) -> Vec<String> {
    let folder = folder("tracker-read");
    let csv = folder.join("tracker.csv");
    let csv = csv.to_str().expect("a path");
    let output = tlevel(&["consult", "responses", MAP, RESPONSES, "--tracker", tracker, "-o", csv]);
    assert_eq!(output.status.code(), Some(0), "{}", owned(output.stderr));
    let rows = std::fs::read_to_string(csv).expect("a table");
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| [&row[11], &row[12], &row[13], &row[14], &row[16]].join("|")).collect()
}

#[test]
fn a_tracker_in_excel_keeps_what_was_filled_in() {
    let folder = folder("tracker-workbook");
    let tracker = folder.join("tracker.xlsx");
    let to = tracker.to_str().expect("a path");
    let run = |arguments: &[&str]| tlevel(&[&["consult", "responses", MAP, RESPONSES], arguments].concat());
    assert_eq!(run(&["-o", to]).status.code(), Some(0));
    let before = decided(to);
    fill(
        &tracker,
        &[
            ("b LARS51", "L", "closed"),
            ("b LARS51", "M", "agreed"),
            ("b LARS51", "N", "Route panel"),
            ("b LARS51", "O", "Close &amp; related work"),
            ("c protective-services", "M", "deferred"),
        ],
    );
    let after = decided(to);
    let changed: Vec<&String> = after.iter().filter(|row| !before.contains(row)).collect();
    assert_eq!(changed.len(), 2, "{changed:?}");
    assert!(changed[0].starts_with("closed|agreed|Route panel|Close & related work|b LARS51 > "), "{changed:?}");
    assert_eq!(changed[1], "|deferred|||c protective-services");
    // the next tracker takes the place of the last, with all of it
    for _ in 0..2 {
        let output = run(&["--tracker", to, "-o", to]);
        assert_eq!(output.status.code(), Some(0), "{}", owned(output.stderr));
        assert_eq!(decided(to), after);
    }
    let (status, agreed, _) = program::told(&["consult", "changes", MAP, to]);
    assert_eq!(status, Some(0), "{agreed}");
    assert!(agreed.contains("LARS51") && !agreed.contains("protective-services"), "{agreed}");
    // a decision that cannot be read has its cell, and the file stays as it is
    fill(&tracker, &[("c sales-marketing", "M", "perhaps")]);
    let kept = std::fs::read(&tracker).expect("a tracker");
    let (status, _, said) = program::told(&["consult", "responses", MAP, RESPONSES, "--tracker", to, "-o", to]);
    assert_eq!(status, Some(2));
    assert!(said.contains("Tracker!M7: \"perhaps\" is no decision; choose agreed, not agreed"), "{said}");
    assert_eq!(std::fs::read(&tracker).expect("a tracker"), kept);
    // proposals that nobody makes any longer stay, with what was decided
    let few = folder.join("few.csv");
    std::fs::write(&few, "question,to\nc,Marketing\n").expect("written");
    let next = folder.join("next.xlsx");
    let second = folder.join("second.xlsx");
    assert_eq!(run(&["-o", second.to_str().expect("a path")]).status.code(), Some(0));
    fill(&second, &[("b LARS51", "M", "agreed")]);
    let [few, second, next] = [&few, &second, &next].map(|path| path.to_str().expect("a path"));
    let output = tlevel(&["consult", "responses", MAP, few, "--tracker", second, "-o", next]);
    assert_eq!(output.status.code(), Some(0), "{}", owned(output.stderr));
    assert!(decided(next).iter().any(|row| row.starts_with("|agreed|||b LARS51")), "{:?}", decided(next));
}
