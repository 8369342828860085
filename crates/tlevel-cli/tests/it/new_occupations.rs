//! Occupations that are typed by hand: `suggest --new` and `consult --new`.

use serde_json::Value;
use tlevel::read::{RawOccupation, occupation_line, occupations};

use crate::program::{self, tlevel};

const MAP: &str = "fixtures/maps/consultation.json";

fn file(name: &str, bytes: impl AsRef<[u8]>) -> String {
    program::file("new-occupations", name, bytes).display().to_string()
}

fn read(text: &str) -> Vec<RawOccupation> {
    occupations(text.as_bytes()).unwrap_or_else(|e| panic!("{text}: {e}")).occupations
}

fn titles(bytes: &[u8]) -> Vec<String> {
    let found = occupations(bytes).unwrap_or_else(|e| panic!("{}: {e}", String::from_utf8_lossy(bytes)));
    found.occupations.into_iter().map(|o| o.title.unwrap_or_default()).collect()
}

fn error(text: &str) -> String {
    occupations(text.as_bytes()).expect_err(text).to_string()
}

const ROOFER: &str = r#"{"id":"N1","title":"Roofer","level":2}"#;
const BAKER: &str = r#"{"id":"N2","title":"Baker","level":3}"#;

#[test]
fn every_shape_of_a_file() {
    let both = ["Roofer", "Baker"];
    for text in [
        format!("{ROOFER}\n{BAKER}\n"),
        format!("{ROOFER}\n{BAKER}"),
        format!("\u{feff}{ROOFER}\n{BAKER}\n"),
        format!("{ROOFER}\r\n{BAKER}\r\n"),
        format!("{ROOFER}\r{BAKER}\r"),
        format!("\n{ROOFER}\n\n  \n{BAKER}\n\n\n"),
        format!("[{ROOFER},{BAKER}]"),
        format!("[\n  {ROOFER},\n  {BAKER}\n]\n"),
        r#"[{"referenceNumber":"ST9001","title":"Roofer"},{"referenceNumber":"ST9002","title":"Baker"}]"#.to_owned(),
        "{\"referenceNumber\":\"ST9001\",\"title\":\"Roofer\"}\n{\"stdCode\":\"OCC1\",\"name\":\"Baker\"}\n".to_owned(),
    ] {
        assert_eq!(titles(text.as_bytes()), both, "{text}");
        let utf16: Vec<u8> = format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(titles(&utf16), both, "{text}");
    }
    for text in [
        ROOFER.to_owned(),
        format!("[{ROOFER}]"),
        format!("{ROOFER}\n"),
        "{\n \"title\": \"Roofer\"\n}\n".to_owned(),
        r#"{"referenceNumber":"ST9001","title":"Roofer","knowledges":[{"detail":"Slate"}]}"#.to_owned(),
        r#"{"stdCode":"OCC1","title":"Roofer"}"#.to_owned(),
    ] {
        assert_eq!(titles(text.as_bytes()), ["Roofer"], "{text}");
    }
}

#[test]
fn an_official_record_keeps_its_statements() {
    let record = r#"{"referenceNumber":"ST9001","title":"Baker","level":3,"knowledges":[{"knowledgeId":"K1","detail":"Flour"}],"skills":[{"skillId":"S1","detail":"Bake"}]}"#;
    for text in [record.to_owned(), format!("[{record}]"), format!("{record}\n{record}\n")] {
        let statements: Vec<_> = read(&text)[0].statements.iter().filter_map(|s| s.text.clone()).collect();
        assert_eq!(statements, ["Flour", "Bake"], "{text}");
    }
    let found = occupation_line(record, 4).unwrap();
    assert_eq!((found.occupations[0].statements.len(), found.names[0].as_str()), (2, "line 4"));
}

#[test]
fn anything_to_go_by_is_enough() {
    for text in [
        r#"{"title":"Baker"}"#,
        r#"{"id":"N","level":3,"statements":[{"id":"K1","kind":"skill","text":"Bake bread"}]}"#,
        r#"{"statements":["Bake bread"]}"#,
        r#"{"job_titles":["Baker"]}"#,
        r#"{"keywords":["bread"]}"#,
        r#"{"overview":"Bakes bread"}"#,
        r#"{"duties":[{"text":"Bake bread"}]}"#,
        r#"{"skills":["Bake bread"]}"#,
    ] {
        assert_eq!(read(text).len(), 1, "{text}");
        let placed = tlevel(&["suggest", MAP, "--new", &file("enough.json", text), "--format", "json"]);
        let placed: Value = serde_json::from_slice(&placed.stdout).expect(text);
        assert!(!placed[0]["suggestions"].as_array().expect("suggestions").is_empty(), "{text}");
    }
}

#[test]
fn nothing_to_go_by_is_an_error_with_its_place() {
    let needed = "give a title, job_titles, keywords, overview, statements or duties";
    for (text, place, found) in [
        ("{}", "line 1, column 1", ""),
        (r#"{"id":"N1","level":3}"#, "line 1, column 1", ""),
        (r#"{"title":"  ","statements":[]}"#, "line 1, column 1", ""),
        (r#"{"preferredLabel":"baker","iscoGroup":"7512"}"#, "line 1, column 1", " in \"preferredLabel\" and 1 more"),
        ("{\"title\":\"Baker\"}\n\n{\"titel\":\"Miller\"}\n", "line 3, column 1", " in \"titel\""),
        ("[{\"title\":\"Baker\"},\n {\"level\":3}]", "line 2, column 2", ""),
    ] {
        assert_eq!(error(text), format!("{place}: nothing to go by{found}; {needed}"), "{text}");
    }
}

#[test]
fn inputs_without_occupations() {
    let end = "; give a map, or occupations as JSON: one, a list, or one a line";
    for (text, found) in [
        ("title,level\nRoofer,2\n", "it seems to be a comma-separated table (CSV)"),
        (
            "Solar panel installer\nBread baker\n",
            "it is plain text, which tlevel suggest --text FILE reads as one occupation",
        ),
        ("[]", "it is an empty list"),
        ("null", "it seems to be an empty answer (null)"),
        ("5", "it is the number 5"),
        (r#"{"statusCode":401,"message":"No key"}"#, "it seems to be the error answer of an API (401: No key)"),
        ("<html>", "it seems to be a web page (HTML)"),
        ("PK\x03\x04xl/workbook.xml", "it seems to be an Excel workbook (.xlsx)"),
    ] {
        assert_eq!(error(text), format!("no occupations: {found}{end}"), "{text}");
    }
    for (text, message) in [
        ("", "the input is empty; give a map file (JSON)"),
        (
            r#"["Roofer","Baker"]"#,
            "line 1, column 2: /0: expected an occupation (an object), found the text \"Roofer\"; correct it and try again",
        ),
        (
            "{\"title\":\"Baker\"}\n{\"title\": \"x\",}\n",
            "line 2, column 15: not valid JSON: trailing comma; correct the file there",
        ),
        (
            "{\"title\":\"Baker\"}\n{\"title\":\"x\",\"level\":\"third\"}\n",
            "line 2, column 22: /level: expected a whole number, found the text \"third\"; correct it and try again",
        ),
        (
            r#"[{"title":"x","skills":"Bake"}]"#,
            "line 1, column 24: /0/skills: expected a list of texts, found the text \"Bake\"; correct it and try again",
        ),
        (
            r#"{"title":"x","skills":["Bake",7]}"#,
            "line 1, column 31: /skills/1: expected a text, found something else; correct it and try again",
        ),
    ] {
        assert_eq!(error(text), message, "{text}");
    }
}

#[test]
fn levels_as_people_type_them() {
    for (level, expected) in [
        ("3", Some(3)),
        ("3.0", Some(3)),
        ("null", None),
        ("\"3\"", Some(3)),
        ("\" Level 3 \"", Some(3)),
        ("\"level 6\"", Some(6)),
        ("\"L4\"", Some(4)),
        ("\"three\"", Some(3)),
        ("\"Level three\"", Some(3)),
        ("\"\"", None),
        ("9", Some(9)),
    ] {
        assert_eq!(read(&format!("{{\"title\":\"Baker\",\"level\":{level}}}"))[0].level, expected, "{level}");
    }
    for level in ["\"third\"", "\"level\"", "\"three or four\"", "3.5", "true", "\"3-4\"", "[3]", "1e300"] {
        let said = error(&format!("{{\"title\":\"Baker\",\"level\":{level}}}"));
        assert!(said.starts_with("line 1, column 26: /level: expected a whole number, found "), "{level}: {said}");
    }
    let found = occupations(br#"{"title":"Baker","level":9}"#).unwrap();
    assert_eq!(found.unused[0].to_string(), "line 1, column 26: the level 9 is not 2 to 7; it is not used");
}

#[test]
fn statements_as_people_type_them() {
    let text = r#"{"title":"Baker","statements":["Bake",{"text":"Weigh"},{"id":"K7","text":"Flour"},{"id":"B1","kind":"behaviour","text":"Care"}],
        "knowledge":["Yeast"],"skills":["Knead",{"detail":"Shape"}],"behaviours":["Tidy"]}"#;
    let found: Vec<(String, String)> = read(text)[0]
        .statements
        .iter()
        .map(|s| (s.kind.as_deref().unwrap_or_default().to_owned(), s.text.clone().unwrap_or_default()))
        .collect();
    let expected = [
        ("skill", "Bake"),
        ("skill", "Weigh"),
        ("knowledge", "Flour"),
        ("behaviour", "Care"),
        ("knowledge", "Yeast"),
        ("skill", "Knead"),
        ("skill", "Shape"),
        ("behaviour", "Tidy"),
    ];
    assert_eq!(found, expected.map(|(kind, text)| (kind.to_owned(), text.to_owned())));
    // a map stays strict
    let map = br#"{"format":"tlevel-map","version":1,"routes":[{"id":"r","name":"R","pathways":[{"id":"p","name":"P","clusters":[{"id":"c","name":"C","occupations":[{"id":"o","title":"O","level":"3"}]}]}]}]}"#;
    assert!(tlevel::read(map).is_err() && occupations(map).is_err());
}

#[test]
fn unknown_members_are_reported_with_what_may_be_meant() {
    let unused = |text: &str| -> Vec<String> {
        occupations(text.as_bytes()).unwrap().unused.iter().map(ToString::to_string).collect()
    };
    for (name, meant) in [
        ("skils", "skills"),
        ("statments", "statements"),
        ("tittle", "title"),
        ("preferredLabel", "title"),
        ("altLabels", "job_titles"),
        ("KSBs", "statements"),
        ("jobTitles", "job_titles"),
    ] {
        let expected = format!(
            "line 1, column {}: the member \"{name}\" is not known; it is not used: did you mean \"{meant}\"?",
            23 + name.len()
        );
        assert_eq!(unused(&format!("{{\"title\": \"Baker\", \"{name}\":[]}}")), [expected], "{name}");
    }
    assert_eq!(
        unused(r#"{"title":"Baker","colour":"red"}"#),
        ["line 1, column 27: the member \"colour\" is not known; it is not used"]
    );
    assert_eq!(
        unused("{\"title\":\"Baker\"}\n{\"title\":\"x\",\"skils\":[]}\n{\"title\":\"y\",\"skils\":[]}\n").len(),
        1
    );
    assert_eq!(unused(r#"{"title":"Baker","statements":[{"id":"K1","txt":"x","text":"y"}]}"#).len(), 1);
}

#[test]
fn suggest_and_consult_report_unknown_members() {
    let one = file("unknown.json", r#"{"title":"Baker","level":3,"knowledge":["Flour types"],"skils":["Bake"]}"#);
    let expected = format!(
        "note: {one}: line 1, column 64: the member \"skils\" is not known; it is not used: did you mean \"skills\"?\n"
    );
    for command in
        [&["suggest", MAP, "--new", one.as_str()][..], &["consult", "new", MAP, "--exact", "--file", one.as_str()]]
    {
        let output = tlevel(command);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
    }
    let lines: String = (0..5_000)
        .map(|i| format!("{{\"title\":\"Baker\",\"skils\":[],\"m{}\":1}}", i % 12))
        .collect::<Vec<_>>()
        .join("\n");
    let many = file("unknown.jsonl", lines);
    let output = tlevel(&["suggest", MAP, "--new", &many, "--top", "1", "--format", "json"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 11, "{said}");
    assert!(said.contains("line 1, column 26: the member \"skils\"") && said.contains("(and in 4999 more)"), "{said}");
    let placed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(placed.as_array().map(Vec::len), Some(5_000));
}

#[test]
fn consult_uses_the_statements_of_an_official_record() {
    let record = r#"{"referenceNumber":"ST9001","title":"Wall builder","level":2,"route":"Construction","pathway":"Onsite","cluster":"Walls","knowledges":[{"knowledgeId":"K1","detail":"Mortar mixes and their strengths"}],"skills":[{"skillId":"S1","detail":"Lay bricks to line and level"}]}"#;
    for (name, text) in [("std.json", record.to_owned()), ("std-list.json", format!("[{record}]"))] {
        let output = tlevel(&["consult", "new", MAP, "--exact", "--file", &file(name, text), "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report.to_string().matches("\"no-statements\"").count(), 0, "{report}");
    }
    let two = file("two.jsonl", "{\"title\":\"A\"}\n{\"title\":\"B\"}\n");
    let output = tlevel(&["consult", "new", MAP, "--file", &two]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("holds 2 occupations, but one is screened at a time; give a file with one"), "{said}");
}

#[test]
fn texts_and_titles_of_suggest() {
    for (name, bytes) in [
        ("text.txt", "\u{feff}Bake bread\r\n\r\nKnow flour\r\n".as_bytes().to_vec()),
        ("cr.txt", b"Bake bread\rKnow flour".to_vec()),
        ("text16.txt", "\u{feff}Bake bread\nKnow flour\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ] {
        let output = tlevel(&["suggest", MAP, "--text-file", &file(name, bytes), "--format", "json"]);
        let plain = tlevel(&["suggest", MAP, "--text", "Bake bread\nKnow flour\n", "--format", "json"]);
        assert!(output.status.success() && output.stdout == plain.stdout, "{name}: {output:?}");
    }
    let stops = |arguments: &[&str]| {
        let output = tlevel(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        String::from_utf8(output.stderr).unwrap()
    };
    let empty = stops(&["suggest", MAP, "--title", " "]);
    assert_eq!(empty, "error: --title: the title is empty; give a title, or a text about the occupation\n");
    let empty = file("empty.txt", "\n \n");
    assert!(stops(&["suggest", MAP, "--text-file", &empty]).contains("--text-file: the file is empty"));
    assert!(stops(&["suggest", MAP, "--text", " \n"]).contains("--text: the text is empty"));
    assert!(stops(&["suggest", MAP, "--text-file", "bake bread"]).contains("bake bread: no such file"));
    // a file that is given to --text, as in earlier versions
    let plain = file("plain.txt", "Bake bread\nKnow flour\n");
    let before = tlevel(&["suggest", MAP, "--text", &plain, "--format", "json"]);
    let now = tlevel(&["suggest", MAP, "--text-file", &plain, "--format", "json"]);
    assert!(now.status.success() && now.stderr.is_empty() && before.stdout == now.stdout);
    let hint = format!("hint: {plain} was read as a file; --text takes the text itself, and --text-file a file\n");
    assert_eq!(String::from_utf8(before.stderr).unwrap(), hint);
    let help = String::from_utf8(tlevel(&["suggest", "--help"]).stdout).unwrap();
    assert!(help.contains("at least one of title, job_titles, keywords, overview, statements and duties"), "{help}");
}
