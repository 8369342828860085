//! The workbook to fill in.

use std::fmt::Write as _;
use std::io::Read as _;

fn parts(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names = (1..=8).map(|i| format!("xl/worksheets/sheet{i}.xml"));
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    std::iter::once("xl/workbook.xml".to_owned()).chain(names).map(|name| part(&name)).collect()
}

/// The sheets, their headers and what may be chosen.
#[test]
fn the_template_is_as_agreed() {
    let bytes = tlevel_exchange::write_template().unwrap();
    let mut shown = String::new();
    let parts = parts(&bytes);
    let sheets = parts[0].split("<sheet name=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let cells = tlevel_report::read_sheets(&bytes).unwrap();
    for ((name, xml), sheet) in sheets.zip(&parts[1..]).zip(&cells) {
        assert_eq!(sheet.name(), Some(name));
        writeln!(shown, "{name}").unwrap();
        let text = format!("{sheet:?}");
        for row in text.split("SheetRow").skip(1) {
            let cells = row.split("cells: ").nth(1).unwrap().split(", has_odd_quote").next().unwrap();
            writeln!(shown, "  {cells}").unwrap();
        }
        for rule in xml.split("<dataValidation ").skip(1) {
            let of =
                |from: &str, to: &str| rule.split_once(from).map_or("", |(_, rest)| rest.split_once(to).unwrap().0);
            writeln!(shown, "  {}: {}", of("sqref=\"", "\""), of("<formula1>", "</formula1>")).unwrap();
        }
        assert!(xml.contains("<sheetProtection"), "{name} is protected");
        assert!(xml.contains("state=\"frozen\""), "{name} has frozen headers");
    }
    insta::assert_snapshot!(shown);
}

/// The ids that other rows refer to are locked, and nothing else in a row is.
#[test]
fn ids_are_locked() {
    let map = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let parts = parts(&tlevel_exchange::write_workbook(&map).unwrap());
    let style = |cell: &str| {
        let (_, rest) = parts[2].split_once(&format!("<c r=\"{cell}\" s=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_ne!(style("A6"), style("B6"));
    assert_eq!(style("A6"), style("A7"));
}
