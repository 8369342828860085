//! Tables from workbooks: every reader takes them, with sheet and cell.

use std::io::{Cursor, Write as _};

use crate::table_kinds::{KINDS, bundled, cells, result};
use tlevel::study::Labels;
use tlevel::table::Table;
use tlevel_report::read_table;

fn xlsx(sheets: &[(&str, Vec<Vec<String>>)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (r, row) in (0..).zip(rows) {
            for (c, cell) in (0..).zip(row) {
                sheet.write_string(r, c, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// A workbook with one sheet of these rows, as XML.
fn with_sheet(rows: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}\
         </sheetData></worksheet>"
    );
    let mut archive = zip::ZipArchive::new(Cursor::new(xlsx(&[("S", Vec::new())]))).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).unwrap();
        if !part.name().contains("worksheets/") {
            out.raw_copy_file(part).unwrap();
        }
    }
    out.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    out.write_all(sheet.as_bytes()).unwrap();
    out.finish().unwrap().into_inner()
}

/// A sheet as `OpenDocument` has it, with runs of equal cells and a blank row.
fn ods(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| match text.as_str() {
        "" => "<table:table-cell/>".to_owned(),
        text => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        }
    };
    let row =
        |row: &Vec<String>| format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>());
    let rest = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
                table:number-columns-repeated=\"1024\"/></table:table-row>";
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Sheet1\">{}{rest}</table:table></office:spreadsheet></office:body>\
         </office:document-content>",
        rows.iter().map(row).collect::<String>()
    );
    let manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
                    xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", manifest),
    ] {
        out.start_file(name, stored).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn every_reader_takes_workbooks() {
    let map = bundled();
    for kind in KINDS {
        let rows = cells(kind.csv);
        let plain = Table::read(kind.csv.as_bytes(), kind.columns).unwrap();
        let expected = result(&kind, &plain, &map);
        let other = vec![vec!["A note on this file".to_owned()]];
        for (saving, bytes) in [
            ("xlsx", xlsx(&[("Sheet1", rows.clone())])),
            ("xlsx with another sheet first", xlsx(&[("About", other), ("Rows", rows.clone())])),
            ("ods", ods(&rows)),
        ] {
            let table = read_table(&bytes, kind.columns).unwrap_or_else(|e| panic!("{}, {saving}: {e}", kind.name));
            assert_eq!(result(&kind, &table, &map), expected, "{}, {saving}", kind.name);
        }
    }
}

#[test]
fn places_are_sheets_and_cells() {
    let rows = |csv| cells(csv);
    let labels = xlsx(&[("My groups", rows("occupation,label\nA,x\nB,\n"))]);
    let error = Labels::from_table(&read_table(&labels, Labels::COLUMNS).unwrap()).unwrap_err().to_string();
    assert_eq!(error, "'My groups'!B3: the label is empty; fill it in or delete the row");
    let other = xlsx(&[("S", rows("occupaton,label\nA,x\n"))]);
    let error = read_table(&other, Labels::COLUMNS).unwrap_err().to_string();
    assert!(error.starts_with("S!A1: the column \"occupation\" is missing (did you mean \"occupaton\"?); "), "{error}");
    // people write next to a table
    let beside = xlsx(&[("S", rows("occupation,label,\nA,x,note\nB,y,\n"))]);
    let table = read_table(&beside, Labels::COLUMNS).unwrap();
    assert_eq!(table.notes()[0].to_string(), "S!A2: cells to the right of the header's last column are not used");
}

#[test]
fn a_cell_whose_value_is_not_stored_is_an_error_where_it_counts() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"str\"><v>{text}</v></c>");
    let formula = |at: &str| format!("<c r=\"{at}\"><f>\"x\"</f></c>");
    let head: String =
        ["occupation", "label", "remark"].iter().zip(["A1", "B1", "C1"]).map(|(text, at)| cell(at, text)).collect();
    let sheet = |row: &[String]| with_sheet(&format!("<row r=\"1\">{head}</row><row r=\"2\">{}</row>", row.concat()));
    let error = read_table(&sheet(&[cell("A2", "A"), formula("B2")]), Labels::COLUMNS).unwrap_err().to_string();
    assert!(error.starts_with("S!B2: the cell holds a formula without a stored result; "), "{error}");
    let read = |row: &[String]| Labels::from_table(&read_table(&sheet(row), Labels::COLUMNS).unwrap()).unwrap();
    let beside = read(&[cell("A2", "A"), cell("B2", "x"), formula("C2")]);
    assert_eq!(beside.get("A"), Some("x"), "a remark is nobody's column");
    // marked as inline, and written where a result goes
    let inline = "<c r=\"B2\" t=\"inlineStr\"><v>x</v></c>".to_owned();
    assert_eq!(read(&[cell("A2", "A"), inline]).get("A"), Some("x"));
}

#[test]
fn cells_far_out_are_bounded() {
    // a sheet whose rows each have one cell in the last column
    let row = |r: u32| format!("<row r=\"{r}\"><c r=\"XFD{r}\" t=\"str\"><v>x</v></c></row>");
    let rows = (1..=3_000).map(row).collect::<Vec<_>>().concat();
    let error = read_table(&with_sheet(&rows), Labels::COLUMNS).unwrap_err().to_string();
    assert!(error.starts_with("the table has more than 20000000 cells"), "{error}");
}
