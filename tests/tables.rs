//! Every table that people send, however their spreadsheet saved it: each
//! reader gives the same for each.

use tlevel::change::Changes;
use tlevel::change::consult::{Consultation, People};
use tlevel::concept::Concepts;
use tlevel::derive::{Decisions, Policy};
use tlevel::harmonise::Ledger;
use tlevel::map::Map;
use tlevel::study::{Gold, Labels};
use tlevel::table::{Columns, Table};

/// A kind of table, with a file of it.
struct Kind {
    name: &'static str,
    columns: &'static [Columns],
    csv: &'static str,
}

/// The first line is the header; the last cell of the last row is empty; one
/// cell holds a comma, one a letter beyond ASCII.
const KINDS: [Kind; 8] = [
    Kind {
        name: "concepts",
        columns: Concepts::COLUMNS,
        csv: "occupation,statement,concept,label,also\nLARS82,K4,c1,\"Service, levels\",\nOCC0485,K4,c1,Café,\n",
    },
    Kind {
        name: "ledger",
        columns: Ledger::COLUMNS,
        csv: "decision,occupation_a,statement_a,occupation_b,statement_b,note\n\
              same,LARS82,K4,OCC0485,K4,\"both, said Zoë\"\ndifferent,OCC0682,K10,LARS82,K4,\n",
    },
    Kind {
        name: "pairs",
        columns: Gold::COLUMNS,
        csv: "occupation_a,statement_a,occupation_b,statement_b,label,why\n\
              LARS82,K4,OCC0485,K4,same,\"yes, né\"\nLARS82,K1,OCC0485,K1,different,\n",
    },
    Kind {
        name: "judged concepts",
        columns: Gold::COLUMNS,
        csv: "occupation,statement,concept,also\nLARS82,K4,\"c, 1\",\nOCC0485,K4,é,\n",
    },
    Kind { name: "labels", columns: Labels::COLUMNS, csv: "occupation,label,remark\nLARS82,\"a, b\",\nOCC0485,é,\n" },
    Kind {
        name: "decisions",
        columns: Decisions::COLUMNS,
        csv: "number,concept id,tier,decision,merge with,comment\nK1,k-law,route core,keep,,\"yes, Zoë\"\n\
              K2,k-ethics,pathway core,drop,,\n",
    },
    Kind {
        name: "changes",
        columns: Changes::COLUMNS,
        csv: "change,occupation,title,level\nre-title,LARS287,\"Bricklayer, senior é\",\nre-level,LARS82,,4\n\
              remove-occupation,OCC0485,,\n",
    },
    Kind {
        name: "responses",
        columns: Consultation::RESPONSES,
        csv: "question,occupation,to,map,rationale\na,Drone surveyor,,Construction,\"fast, and in a café\"\n\
              b,Bricklayer,caterer,,\n",
    },
];

fn bundled() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../fixtures/maps/england.json")).unwrap()).unwrap().map
}

/// What a reader makes of a table, in words.
fn result(kind: &Kind, table: &Table, map: &Map) -> String {
    match kind.name {
        "concepts" => Concepts::from_table(map, table).map(|concepts| format!("{concepts:?}")).unwrap(),
        "ledger" => {
            let ledger = Ledger::from_table(table).unwrap();
            let of = |d: &tlevel::harmonise::Decision| format!("{:?} {:?} {:?} {:?}", d.verdict, d.a, d.b, d.note);
            ledger.decisions().iter().map(of).collect()
        }
        "pairs" | "judged concepts" => format!("{:?}", Gold::from_table(map, table).unwrap()),
        "labels" => format!("{:?}", Labels::from_table(table).unwrap()),
        "decisions" => {
            let decisions = Decisions::from_table(table).unwrap();
            let of = |d: &tlevel::derive::Decision| format!("{} {:?} {:?} {}", d.concept, d.tier, d.choice, d.comment);
            decisions.decisions().iter().map(of).collect()
        }
        "changes" => format!("{:?}", Changes::from_table(table).unwrap()),
        _ => {
            let concepts = Concepts::exact(map);
            let consultation = Consultation::new(map, &concepts, &Policy::t_level()).unwrap();
            let screened = consultation.responses_watched(table, People::Named, |_, _| {});
            let of = |p: &tlevel::change::consult::Proposal| format!("{} {:?}", p.title, p.rationales);
            assert_eq!(screened.not_screened, []);
            screened.proposals.iter().map(of).collect()
        }
    }
}

/// The cells of a file of [`KINDS`].
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn written(rows: &[Vec<String>], delimiter: u8, quotes: csv::QuoteStyle) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).quote_style(quotes).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn headed(csv: &str, header: impl Fn(&str) -> String) -> String {
    let mut rows = cells(csv);
    rows[0].iter_mut().for_each(|cell| *cell = header(cell));
    written(&rows, b',', csv::QuoteStyle::Necessary)
}

fn utf16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    text.encode_utf16().flat_map(bytes).collect()
}

/// The ways in which a file may have been saved, each with whether a note is
/// due.
fn savings(csv: &str) -> Vec<(&'static str, Vec<u8>, bool)> {
    let rows = cells(csv);
    let under = |delimiter| written(&rows, delimiter, csv::QuoteStyle::Necessary);
    let semicolons = under(b';');
    let without_last = |row: &Vec<String>| -> Vec<String> {
        let end = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        row[..end].to_vec()
    };
    let short: String =
        rows.iter().map(|row| written(&[without_last(row)], b',', csv::QuoteStyle::Necessary)).collect();
    let longer: Vec<Vec<String>> =
        rows.iter().map(|row| [&row[..], &[String::new(), String::new()]].concat()).collect();
    let windows_1252: Vec<u8> = csv.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let text = |text: String| text.into_bytes();
    vec![
        ("as it is", text(csv.to_owned()), false),
        ("semicolons", text(semicolons.clone()), false),
        ("tabs", text(under(b'\t')), false),
        ("bars", text(under(b'|')), false),
        ("a line sep=", text(format!("sep=;\r\n{semicolons}")), false),
        ("a quoted line sep=", text(format!("\"sep=,\"\n{csv}")), false),
        ("byte order mark", text(format!("\u{feff}{csv}")), false),
        (
            "byte order mark and quotes",
            text(format!("\u{feff}{}", written(&rows, b',', csv::QuoteStyle::Always))),
            false,
        ),
        ("UTF-16, little end first", utf16(csv, true, u16::to_le_bytes), false),
        ("UTF-16, big end first", utf16(csv, true, u16::to_be_bytes), false),
        ("UTF-16 without a mark", utf16(csv, false, u16::to_le_bytes), false),
        ("UTF-16 with tabs", utf16(&under(b'\t'), true, u16::to_le_bytes), false),
        ("Windows-1252", windows_1252, true),
        ("CRLF", text(csv.replace('\n', "\r\n")), false),
        ("CR", text(csv.replace('\n', "\r")), false),
        ("no last line end", text(csv.trim_end().to_owned()), false),
        ("blank lines", text(format!("\n{}\n\n", csv.replacen('\n', "\n\n", 1))), false),
        ("a title line", text(format!("Exported on 27 November 2026\n\n{csv}")), true),
        ("a title line with empty cells", text(format!("Exported,,\n{csv}")), true),
        ("capitals", text(headed(csv, str::to_uppercase)), false),
        ("stray spaces", text(headed(csv, |cell| format!(" {cell}\u{a0}"))), false),
        ("spaces for underscores", text(headed(csv, |cell| cell.replace('_', " "))), false),
        ("empty columns at the end", text(written(&longer, b',', csv::QuoteStyle::Necessary)), false),
        ("short rows", text(short), false),
        ("spaces around cells", text(csv.replace(",LARS82", ", LARS82 ")), false),
    ]
}

#[test]
fn every_reader_takes_every_saving() {
    let map = bundled();
    for kind in KINDS {
        let plain = Table::read(kind.csv.as_bytes(), kind.columns).unwrap();
        let expected = result(&kind, &plain, &map);
        for (saving, bytes, is_noted) in savings(kind.csv) {
            let table = Table::read(&bytes, kind.columns).unwrap_or_else(|e| panic!("{}, {saving}: {e}", kind.name));
            assert_eq!(result(&kind, &table, &map), expected, "{}, {saving}", kind.name);
            assert_eq!(!table.notes().is_empty(), is_noted, "{}, {saving}: {:?}", kind.name, table.notes());
        }
    }
}

#[test]
fn an_open_quote_is_an_error_in_every_reader() {
    for kind in KINDS {
        let rows: Vec<String> = cells(kind.csv).iter().map(|row| row.join(",").replace(", ", " ")).collect();
        // before the last cell of the second row, with each sort of line end
        let broken = rows[1].rsplit_once(',').map(|(front, last)| format!("{front},\"{last}")).unwrap();
        for end in ["\n", "\r\n", "\r"] {
            let text = [&rows[0], &broken, &rows[2]].map(String::as_str).join(end);
            let error = Table::read(text.as_bytes(), kind.columns).unwrap_err();
            let message =
                "line 2: the quote that opens here is never closed; close it, or write \"\" for a quote in a text";
            assert_eq!((error.to_string().as_str(), error.line()), (message, Some(2)), "{}", kind.name);
        }
        // closed by chance, by the next one
        let text = format!("{}\n{broken}\n\"{}\n", rows[0], rows[2]);
        let message = Table::read(text.as_bytes(), kind.columns).unwrap_err().to_string();
        assert!(message.starts_with("line 2: the quote that opens here closes on line 3,"), "{}: {message}", kind.name);
    }
}

#[test]
fn a_missing_column_is_said_in_one_form() {
    for kind in KINDS.into_iter().filter(|kind| kind.name != "pairs") {
        let rows = cells(kind.csv);
        // the last column but one that is needed, with a slip of the pen
        let needed = match kind.name {
            "decisions" => "concept id",
            "changes" => "change",
            "responses" => "question",
            _ => "occupation",
        };
        let Some(at) = rows[0].iter().position(|cell| cell == needed) else { continue };
        let slip = needed.replacen(needed.chars().nth(1).unwrap(), "", 1);
        let header = headed(kind.csv, |cell| if cell == rows[0][at] { slip.clone() } else { cell.to_owned() });
        let message = Table::read(header.as_bytes(), kind.columns).unwrap_err().to_string();
        let begins = if kind.name == "changes" {
            // a column that is not known is an error of its own there, but one that is missing goes first
            "line 1: the column \"change\" is missing (did you mean \"cange\"?); a changes file has".to_owned()
        } else {
            format!("line 1: the column \"{needed}\" is missing (did you mean \"{slip}\"?); ")
        };
        assert!(message.starts_with(&begins), "{}: {message}", kind.name);
        // cells of responses may be somebody's words
        assert_eq!(message.contains("; found: "), kind.name != "responses", "{}: {message}", kind.name);
    }
}

#[test]
fn what_is_no_table_is_said() {
    for (bytes, expected) in [
        (&b""[..], "the file is empty; it needs a header and rows"),
        (b" \n\r\n", "the file is empty; it needs a header and rows"),
        (b"{\"a\": 1}", "this seems to be JSON; "),
        (b"\xef\xbb\xbf [{}]", "this seems to be JSON; "),
        (b"<!DOCTYPE html><html>", "this seems to be a web page (HTML); "),
        (b"<?xml version=\"1.0\"?>", "this seems to be XML; "),
        (b"%PDF-1.7", "this seems to be a PDF document; "),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this seems to be an old Excel or Word file (.xls, .doc); "),
        (b"\x1f\x8b\x08", "this seems to be a compressed file (gzip); "),
        (
            b"version https://git-lfs.github.com/spec/v1",
            "this seems to be a pointer of Git LFS and not the file itself",
        ),
        (b"occupation,label\nA\x81,b\n", "the file is neither UTF-8, UTF-16 nor Windows-1252; "),
        (b"[draft] occupation,b\n", "line 1: the column \"occupation\" is missing"),
    ] {
        let message = Table::read(bytes, Labels::COLUMNS).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn notes_say_where_and_what() {
    let notes = |text: &str| -> Vec<String> {
        let table = Table::read(text.as_bytes(), Consultation::RESPONSES).unwrap();
        table.notes().iter().map(ToString::to_string).collect()
    };
    let header = "question,occupation,to,rationale";
    for (text, expected) in [
        (format!("Consultation of Jane Doe\n{header}\n"), "line 1: above the header, and not used"),
        (format!("{header},ocupation of\n"), "line 1: the column \"ocupation of\" is not known, and not used"),
        (
            format!("{header}\na,x,,\"begins\nb,y,z,\"\"and\"\n"),
            "line 2: a cell in quotes holds what looks like whole rows; is a quote missing?",
        ),
        (
            format!("{header}\na,x,,\"They fly 5\" drones\n"),
            "line 2: text follows a closing quote; the cell is read as it is written, quotes included",
        ),
        (format!("{header}\na,x\0,,\n"), "1 null character was taken out of the file"),
    ] {
        assert_eq!(notes(&text), [expected], "{text}");
    }
    let titled = Table::read(b"Groups of 2026\noccupation,label\nA,b\n", Labels::COLUMNS).unwrap();
    assert_eq!(titled.notes()[0].to_string(), "line 1: above the header, and not used: \"Groups of 2026\"");
}

#[test]
fn three_columns_of_any_names_are_judged_concepts() {
    let map = bundled();
    let named = "occupation,statement,concept\nLARS82,K4,c1\nLARS82,K4,c2\nOCC0485,K4,c1\n";
    let gold = |text: &str| Gold::read(&map, text).unwrap();
    let others = named.replace("occupation,statement,concept", "Code,Task ID,Activity,Date");
    for delimiter in [",", "\t", ";"] {
        assert_eq!(gold(&others.replace(',', delimiter)), gold(named), "{delimiter:?}");
    }
    let narrow = Gold::read(&map, "a,b\nLARS82,K4\n").unwrap_err().to_string();
    assert!(narrow.starts_with("line 1: the column \""), "{narrow}");
}

#[cfg(feature = "office")]
mod workbooks {
    use std::io::{Cursor, Write as _};

    use super::*;

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
        let row = |row: &Vec<String>| {
            format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
        };
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
                let table =
                    Table::read(&bytes, kind.columns).unwrap_or_else(|e| panic!("{}, {saving}: {e}", kind.name));
                assert_eq!(result(&kind, &table, &map), expected, "{}, {saving}", kind.name);
            }
        }
    }

    #[test]
    fn places_are_sheets_and_cells() {
        let rows = |csv| cells(csv);
        let labels = xlsx(&[("My groups", rows("occupation,label\nA,x\nB,\n"))]);
        let error = Labels::from_table(&Table::read(&labels, Labels::COLUMNS).unwrap()).unwrap_err().to_string();
        assert_eq!(error, "'My groups'!B3: the label is empty; fill it in or delete the row");
        let other = xlsx(&[("S", rows("occupaton,label\nA,x\n"))]);
        let error = Table::read(&other, Labels::COLUMNS).unwrap_err().to_string();
        assert!(
            error.starts_with("S!A1: the column \"occupation\" is missing (did you mean \"occupaton\"?); "),
            "{error}"
        );
        // people write beside a table
        let beside = xlsx(&[("S", rows("occupation,label,\nA,x,note\nB,y,\n"))]);
        let table = Table::read(&beside, Labels::COLUMNS).unwrap();
        assert_eq!(table.notes()[0].to_string(), "S!A2: cells to the right of the header's last column are not used");
    }

    #[test]
    fn a_cell_whose_value_is_not_stored_is_an_error_where_it_counts() {
        let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"str\"><v>{text}</v></c>");
        let formula = |at: &str| format!("<c r=\"{at}\"><f>\"x\"</f></c>");
        let head: String =
            ["occupation", "label", "remark"].iter().zip(["A1", "B1", "C1"]).map(|(text, at)| cell(at, text)).collect();
        let sheet =
            |row: &[String]| with_sheet(&format!("<row r=\"1\">{head}</row><row r=\"2\">{}</row>", row.concat()));
        let error = Table::read(&sheet(&[cell("A2", "A"), formula("B2")]), Labels::COLUMNS).unwrap_err().to_string();
        assert!(error.starts_with("S!B2: the cell holds a formula whose result is not stored; "), "{error}");
        let read = |row: &[String]| Labels::from_table(&Table::read(&sheet(row), Labels::COLUMNS).unwrap()).unwrap();
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
        let error = Table::read(&with_sheet(&rows), Labels::COLUMNS).unwrap_err().to_string();
        assert!(error.starts_with("the table has more than 20000000 cells"), "{error}");
    }
}
