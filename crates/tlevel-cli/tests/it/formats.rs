//! Every command that prints a report gives every format, by one rule.

use std::fs;
use std::path::PathBuf;

use crate::program::tlevel;

const MAP: &str = "fixtures/maps/consultation.json";

/// A command line for each result.
const COMMANDS: [&[&str]; 16] = [
    &["check", MAP],
    &["derive", MAP, "--exact", "--pathway", "onsite-construction"],
    &["derive", MAP, "--exact", "--explain", "LARS82 K1"],
    &["harmonise", MAP, "--threshold", "0.3"],
    &["suggest", MAP, "--title", "Drone surveyor"],
    &["progress", MAP, "LARS82", "--exact"],
    &["spec", MAP, "--exact", "--pathway", "onsite-construction"],
    &["diff", MAP, "fixtures/maps/england.json", "--exact"],
    &["study", "clusters", MAP, "--exact", "--clusters", "4"],
    &["study", "compare", "cluster", "pathway", "--map", MAP],
    &["study", "harmonise", MAP, "--gold", "fixtures/study/pairs.csv"],
    &["study", "misfits", MAP, "--rounds", "2"],
    &["study", "placement", MAP],
    &["study", "sweep", MAP, "--quorums", "1,0.5", "--thresholds", "0.45"],
    &["consult", "gaps", MAP, "--exact"],
    &["consult", "open", MAP, "hospitality", "--exact"],
];

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("formats").join(name);
    fs::create_dir_all(&folder).expect("can be made");
    folder
}

/// Prints into a file, and returns its content.
fn printed(arguments: &[&str], file: &str, more: &[&str]) -> Vec<u8> {
    let path = folder(&arguments[..2].join("-").replace('/', "-")).join(file);
    let _ = fs::remove_file(&path);
    let output = tlevel(&[arguments, &["-o", path.to_str().expect("a path")], more].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    // a difference is exit status 1
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {said}");
    assert_eq!(output.stdout, b"", "{arguments:?}");
    fs::read(path).expect("is there")
}

#[test]
fn the_ending_picks_the_format() {
    for arguments in COMMANDS {
        let starts = |file: &str, begin: &str| {
            let bytes = printed(arguments, file, &[]);
            assert!(bytes.starts_with(begin.as_bytes()), "{arguments:?} {file}: {}", String::from_utf8_lossy(&bytes));
        };
        starts("a.md", "# ");
        starts("a.HTML", "<!DOCTYPE html>");
        let table = String::from_utf8(printed(arguments, "a.csv", &[])).expect("is UTF-8");
        assert!(table.lines().count() > 1 && table.lines().next().is_some_and(|head| head.contains(',')), "{table}");
        if cfg!(feature = "parquet") {
            starts("a.parquet", "PAR1");
        }
        if cfg!(feature = "office") {
            starts("a.docx", "PK");
            starts("a.xlsx", "PK");
        }
        let json = printed(arguments, "a.json", &[]);
        assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok(), "{arguments:?}");
        assert_eq!(json, tlevel(&[arguments, &["--format", "json"]].concat()).stdout, "{arguments:?}");
        assert_eq!(printed(arguments, "a.txt", &[]), tlevel(arguments).stdout, "{arguments:?}");
    }
    for arguments in &COMMANDS[..3] {
        assert_eq!(printed(arguments, "no-ending", &[]), tlevel(arguments).stdout, "{arguments:?}");
        assert_eq!(printed(arguments, "b.json", &["--format", "md"]), printed(arguments, "a.md", &[]), "{arguments:?}");
    }
}

#[test]
fn an_ending_that_says_nothing_and_results_as_tables() {
    let stopped = |arguments: &[&str]| {
        let output = tlevel(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for ending in ["svg", "png", "pdf"] {
        let said = stopped(&["check", MAP, "--format", ending]);
        let name = ending.to_uppercase();
        assert!(said.contains(&format!("the result has no picture, so it cannot be {name}; choose .html")), "{said}");
    }
    for arguments in COMMANDS {
        let said = stopped(&[arguments, &["-o", "x.gif"]].concat());
        assert!(said.contains("x.gif: the ending is not a known format"), "{said}");
    }
    let table = printed(COMMANDS[0], "a.csv", &[]);
    assert!(table.starts_with(b"severity,rule,line,column,message,pointer,place\n"));
    for (arguments, head) in [
        (&["similar", MAP][..], "occupation,title,statement,text,score,similar_occupation,"),
        (&["harmonise", MAP], "concept,kind,concept_text,topic,occupations,cohesion,occupation,"),
        (&["study", "placement", MAP], "occupation,title,cluster,cluster_name,suggested,"),
        (COMMANDS[2], "concept,route,pathway,tier,need,of,occupation,title,has,statements,"),
        (COMMANDS[5], "direction,from,from_title,from_level,to,to_title,to_level,link,"),
        (COMMANDS[6], "part,section,tier,place,code,concept,label,text,facts"),
        (COMMANDS[7], "part,section,sign,label,text,aside,of"),
        (COMMANDS[14], "route,pathway,cluster,occupation,title,level,status,closed_by,"),
    ] {
        let table = printed(arguments, "b.csv", &[]);
        assert!(table.starts_with(head.as_bytes()), "{arguments:?}: {}", String::from_utf8_lossy(&table));
    }
}

/// A command line for each picture.
const PICTURES: [&[&str]; 4] = [
    &["draw", "map", MAP],
    &["draw", "route", MAP, "construction"],
    &["draw", "programme", MAP, "onsite-construction", "--exact"],
    &["draw", "plan", MAP],
];

#[test]
#[cfg(feature = "pictures")]
fn pictures_are_png_and_pdf_files() {
    for (format, start) in [("png", &b"\x89PNG\r\n\x1a\n"[..]), ("pdf", b"%PDF-1.7")] {
        for arguments in PICTURES {
            let file = printed(arguments, &format!("a.{}", format.to_uppercase()), &[]);
            assert!(file.starts_with(start), "{arguments:?}");
        }
        let file = printed(PICTURES[0], &format!("b.{format}"), &[]);
        assert_eq!(file, tlevel(&[PICTURES[0], &["--format", format]].concat()).stdout);
        let picture = folder("study-sweep").join(format!("sweep.{format}"));
        let sweep = ["study", "sweep", MAP, "--quorums", "1,0.5", "--thresholds", "0.45", "--picture"];
        let output = tlevel(&[&sweep[..], &[picture.to_str().expect("a path")]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(fs::read(picture).expect("is there").starts_with(start));
    }
    let large = tlevel(&["draw", "map", "fixtures/maps/england.json", "--format", "png"]);
    let said = String::from_utf8_lossy(&large.stderr).into_owned();
    assert!(
        said.contains("The picture is large, so it has ") && said.contains(" dots per inch instead of 200"),
        "{said}"
    );
}

#[test]
#[cfg(not(feature = "pictures"))]
fn a_program_without_png_and_pdf_says_how_to_get_them() {
    for (arguments, format) in PICTURES.iter().flat_map(|arguments| [(arguments, "png"), (arguments, "pdf")]) {
        let output = tlevel(&[arguments, &["--format", format][..]].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        let how = "build it with `cargo build -p tlevel-cli --release --features pictures`, or use -o FILE.svg";
        assert!(
            said.contains(&format!("this program was built without {}", format.to_uppercase())) && said.contains(how),
            "{said}"
        );
    }
}

#[test]
fn help_lists_the_formats_of_pictures() {
    let help = tlevel(&["draw", "map", "--help"]).stdout;
    assert!(String::from_utf8_lossy(&help).contains("svg|png|pdf|json"));
}

#[test]
fn similar_statements_are_json_lines_unless_another_format_is_named() {
    let similar = ["similar", MAP, "--top", "1"];
    let lines = tlevel(&similar).stdout;
    assert!(String::from_utf8_lossy(&lines).lines().all(|line| line.starts_with("{\"occupation\":")));
    for file in ["a.json", "a.jsonl", "no-ending"] {
        assert_eq!(printed(&similar, file, &[]), lines, "{file}");
    }
    let text = printed(&similar, "a.txt", &[]);
    assert!(String::from_utf8_lossy(&text).starts_with("The most similar statements in "));
    assert_eq!(text, tlevel(&[&similar[..], &["--format", "text"]].concat()).stdout);
    assert!(printed(&similar, "a.html", &[]).starts_with(b"<!DOCTYPE html>"));
    if cfg!(feature = "office") {
        assert!(printed(&similar, "a.docx", &[]).starts_with(b"PK"));
    }
}

#[test]
fn flat_tables_have_one_head_and_a_row_for_each_thing() {
    let read = |arguments: &[&str]| -> Vec<csv::StringRecord> {
        let table = printed(arguments, "flat.csv", &[]);
        assert_eq!(table, tlevel(&[arguments, &["--format", "csv"]].concat()).stdout, "{arguments:?}");
        csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&table[..])
            .into_records()
            .map(Result::unwrap)
            .collect()
    };
    let items = read(&["derive", MAP, "--exact"]);
    assert_eq!(
        items[0].iter().take(6).collect::<Vec<_>>().join(","),
        "route,route_name,pathway,pathway_name,tier,specialism"
    );
    assert!(items.iter().skip(1).all(|row| row[0].len() > 2 && row[1].len() > 2), "names next to ids");
    let of_one = read(&["derive", MAP, "--exact", "--pathway", "onsite-construction"]);
    assert!(of_one.len() > 1 && of_one.len() < items.len());
    assert!(of_one.iter().skip(1).all(|row| &row[2] == "construction/onsite-construction"));
    // more than one part, and more than one batch
    let line = |i: usize| format!("{{\"id\":\"n{i}\",\"title\":\"=Roofer\"}}\n");
    let new: String = (0..5_000).map(line).collect();
    let file = folder("suggest").join("many.jsonl");
    fs::write(&file, new).expect("is written");
    let rows = read(&["suggest", MAP, "--new", file.to_str().expect("a path"), "--top", "1"]);
    assert_eq!((rows.len(), &rows[0][0], &rows[1][0], &rows[5_000][0]), (5_001, "occupation", "n0", "n4999"));
    assert!(rows.iter().skip(1).all(|row| &row[1] == "'=Roofer" && !row[8].is_empty()));
}
