//! Parquet holds what CSV does, with types.

use std::fs::File;
use std::path::PathBuf;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use tlevel_report::document::{Block, Cell, CellType, Column, Document, Table};
use tlevel_report::export;

use crate::every_report::{WITHOUT_ROWS, reports};

/// The headings with their types, and the rows; `None` where a cell is null.
type Read = (Vec<(String, String)>, Vec<Vec<Option<Field>>>);

fn read(name: &str, bytes: &[u8]) -> Read {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.parquet", name.replace([':', ' '], "-")));
    std::fs::write(&path, bytes).unwrap();
    let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    let fields = reader.metadata().file_metadata().schema().get_fields().to_vec();
    let columns = fields.iter().map(|field| (field.name().to_owned(), field.get_physical_type().to_string())).collect();
    let value = |field: &Field| (*field != Field::Null).then(|| field.clone());
    let rows = reader.get_row_iter(None).unwrap();
    let rows = rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| value(field)).collect()).collect();
    (columns, rows)
}

/// A cell as CSV has it.
fn shown(field: Option<&Field>) -> String {
    match field {
        None => String::new(),
        Some(Field::Str(text)) => text.clone(),
        Some(Field::Long(number)) => number.to_string(),
        Some(Field::Double(number)) => number.to_string(),
        Some(other) => panic!("no such type: {other:?}"),
    }
}

#[test]
fn every_report_as_parquet_is_its_csv() {
    for (name, document) in reports() {
        let (columns, rows) = read(name, &export::parquet(&document).unwrap());
        let csv = export::csv(&document);
        let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
        let headings: Vec<&str> = columns.iter().map(|(heading, _)| heading.as_str()).collect();
        assert_eq!(headings, csv.headers().unwrap().iter().collect::<Vec<_>>(), "{name}");
        let mut all = 0;
        for (row, record) in rows.iter().zip(csv.records()) {
            all += 1;
            for ((cell, text), (heading, _)) in row.iter().zip(&record.unwrap()).zip(&columns) {
                // an apostrophe keeps a spreadsheet from reading a formula
                let text = text.strip_prefix('\'').unwrap_or(text);
                assert_eq!(
                    shown(cell.as_ref()).strip_prefix('\'').unwrap_or(&shown(cell.as_ref())),
                    text,
                    "{name}: {heading}"
                );
            }
        }
        assert_eq!(all, rows.len(), "{name}");
        assert!(all > 0 || WITHOUT_ROWS.contains(&name), "{name} has no row");
        // a column of numbers says so
        for (at, (heading, of)) in columns.iter().enumerate().filter(|(_, (_, of))| of == "BYTE_ARRAY") {
            let texts: Vec<String> = rows.iter().filter_map(|row| row[at].as_ref()).map(|f| shown(Some(f))).collect();
            let is_decimal =
                !texts.is_empty() && texts.iter().all(|text| text.contains('.') && text.parse::<f64>().is_ok());
            assert!(!is_decimal, "{name}: {heading} is {of} and holds numbers");
        }
    }
}

#[test]
fn types_empty_cells_and_equal_headings() {
    let mut columns = ["id", "n", "x", "id"].map(|heading| Column::new(heading, 1));
    columns[1].cells = CellType::Whole;
    columns[2].cells = CellType::Decimal;
    let mut table = Table::new("Table", columns.into());
    table.rows.push(vec!["=1+1".into(), Cell::Number(-3), Cell::Number(2), "ä".into()]);
    table.rows.push(vec!["".into(), "".into(), Cell::decimal(0.1), Cell::Number(7)]);
    // a short row, and texts where numbers belong, which are not numbers
    table.rows.push(vec!["c".into(), "many".into()]);
    let mut document = Document::new("Table");
    document.blocks.push(Block::Table(table));
    let bytes = export::parquet(&document).unwrap();
    assert_eq!(bytes, export::parquet(&document).unwrap(), "the same bytes");
    let (columns, rows) = read("types", &bytes);
    let types = [("id", "BYTE_ARRAY"), ("n", "INT64"), ("x", "DOUBLE"), ("id 2", "BYTE_ARRAY")];
    assert_eq!(columns, types.map(|(heading, of)| (heading.to_owned(), of.to_owned())));
    let text = |text: &str| Some(Field::Str(text.to_owned()));
    assert_eq!(
        rows,
        [
            vec![text("=1+1"), Some(Field::Long(-3)), Some(Field::Double(2.0)), text("ä")],
            vec![None, None, Some(Field::Double(0.1)), text("7")],
            vec![text("c"), None, None, None],
        ]
    );
}

#[test]
fn many_rows_are_in_several_groups() {
    let mut column = Column::new("n", 1);
    column.cells = CellType::Whole;
    let mut table = Table::new("Table", vec![column]);
    table.rows = (0..70_000).map(|n| vec![Cell::Number(n)]).collect();
    let mut document = Document::new("Table");
    document.data = Some(table);
    let (_, rows) = read("many", &export::parquet(&document).unwrap());
    assert_eq!(rows.len(), 70_000);
    assert!((0..).zip(&rows).all(|(n, row)| row == &[Some(Field::Long(n))]));
}

#[test]
fn a_table_without_rows_or_columns_is_written() {
    let mut document = Document::new("Table");
    document.data = Some(Table::new("Table", vec![Column::new("id", 1)]));
    let (columns, rows) = read("empty", &export::parquet(&document).unwrap());
    assert_eq!((columns.len(), rows.len()), (1, 0));
    document.data = Some(Table::new("Table", Vec::new()));
    assert!(export::parquet(&document).unwrap().starts_with(b"PAR1"));
}
/// Results that the command line does not write as a table of this form: `derive` has the
/// items of programmes, `spec` those of the draft, `review` the pairs, and `study
/// placement` the occupations; the others are documents for people.
const NOT_AS_TABLES: [&str; 9] = [
    "programmes",
    "taught_programmes",
    "overview",
    "taught_overview",
    "specification",
    "questions",
    "panel",
    "published",
    "template",
];

#[test]
fn the_columns_of_every_table_are_documented() {
    let manual = include_str!("../../../../docs/tables.md");
    for (name, document) in reports() {
        if NOT_AS_TABLES.contains(&name.split(':').next().unwrap()) {
            continue;
        }
        let (columns, _) = read(&format!("documented {name}"), &export::parquet(&document).unwrap());
        // the matrix has a column for each occupation, too
        let columns = columns.iter().take(if name == "topic_matrix" { 4 } else { columns.len() });
        let listed: Vec<String> = columns
            .map(|(heading, of)| {
                let mark = match of.as_str() {
                    "INT64" => "#",
                    "DOUBLE" => "~",
                    _ => "",
                };
                format!("`{heading}`{mark}")
            })
            .collect();
        assert!(manual.contains(&format!("| {}", listed.join(", "))), "{name}: {}", listed.join(", "));
    }
}
