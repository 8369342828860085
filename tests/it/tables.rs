//! Every table that people send, however their spreadsheet saved it: each
//! reader gives the same for each.

use crate::table_kinds::{KINDS, bundled, cells, result};
use tlevel::consult::Consultation;
use tlevel::study::{Gold, Labels};
use tlevel::table::Table;

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
        (format!("{header}\na,x\0,,\n"), "1 null character was removed from the file"),
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
