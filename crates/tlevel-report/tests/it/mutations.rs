//! Odd values in the place of every value of a JSON file and of every cell of
//! a table: no panic, whatever the library makes of them. The run is the same
//! each time; `fuzz/` has the open-ended one.

#[path = "../../../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, missing_docs, dead_code)]
mod ways;

use serde_json::{Value, json};

/// Values that no careful program writes.
fn odd_values() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "\u{0}",
        "\u{202e}\u{feff}\u{e000}",
        "<p",
        "<p>&lt;b&gt;&amp;amp;lt;/b&amp;gt;</p>",
        "&#x110000;&#0;&nbsp",
        "Option 0: nothing",
        "Options 0-0: nothing",
        "Option 4294967296: too far",
        "Options 1-4294967295: all",
        "Options 9-1: backwards",
        "Option 1, Option 2: both",
        "Core: alone",
        "SKILL: heading",
        "K1",
        "S1",
        "9223372036854775808",
        "-1",
        "1.10",
        "2019-13-45",
        "Approved for delivery",
        "Retired",
        "In development",
    ];
    let mut values: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
    values.push(json!("x".repeat(5_000)));
    values.push(json!("a; b. C ".repeat(400)));
    values.extend([
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(3.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!([]),
        json!({}),
        json!([[[]]]),
        json!([null, 1, "x", {}]),
        json!({"detail": "a text", "id": "K1"}),
        json!({"name": {"name": {"name": 1}}}),
    ]);
    values
}

/// The pointers of all values of a file, its own first.
fn pointers(value: &Value, pointer: &str, out: &mut Vec<String>) {
    out.push(pointer.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| pointers(item, &format!("{pointer}/{i}"), out));
        }
        Value::Object(members) => {
            for (name, member) in members {
                pointers(member, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        _ => {}
    }
}

/// Runs a file with each odd value in the place of each of its values, with
/// each member taken out, and with each item of a list twice.
fn mutate_json(text: &str, run: impl Fn(&[u8])) -> usize {
    let sound: Value = serde_json::from_str(text).unwrap();
    run(text.as_bytes());
    let (mut places, odd) = (Vec::new(), odd_values());
    pointers(&sound, "", &mut places);
    let mut runs = 1;
    for (i, place) in places.iter().enumerate() {
        // every value meets every third odd one, each time others: all kinds of members meet all
        for value in odd.iter().skip(i % 3).step_by(3) {
            let mut mutated = sound.clone();
            *mutated.pointer_mut(place).unwrap() = value.clone();
            run(mutated.to_string().as_bytes());
            runs += 1;
        }
        let Some((around, last)) = place.rsplit_once('/') else { continue };
        let mut mutated = sound.clone();
        match mutated.pointer_mut(around).unwrap() {
            Value::Object(members) => drop(members.remove(last)),
            Value::Array(items) => items.push(items[last.parse::<usize>().unwrap()].clone()),
            _ => continue,
        }
        run(mutated.to_string().as_bytes());
        runs += 1;
    }
    runs
}

#[test]
fn maps_of_every_format() {
    let standards = include_str!("../../../../fixtures/official/standards.json");
    let native = serde_json::to_string(&tlevel::read(standards.as_bytes()).unwrap()).unwrap();
    let runs: usize = [
        standards,
        include_str!("../../../../fixtures/official/maps-api-route.json"),
        include_str!("../../../../fixtures/official/maps-api-occupation.json"),
        &native,
    ]
    .iter()
    .map(|text| mutate_json(text, ways::map))
    .sum();
    assert!(runs > 5_000, "{runs}");
}

#[test]
fn changes_files() {
    let text = r#"{"format": "tlevel-changes", "version": 1, "title": "t", "changes": [
        {"change": "add-occupation", "cluster": "c", "occupation": {"id": "N", "title": "New", "level": 3}, "position": 1},
        {"change": "remove-occupation", "occupation": "ST0095"},
        {"change": "re-level", "occupation": "ST0095", "level": 4},
        {"change": "add-statement", "occupation": "ST0095", "statement": {"id": "K9", "kind": "knowledge", "text": "x"}},
        {"change": "mark", "branch": "construction", "mark": {"reasons": ["policy"], "note": "n"}},
        {"change": "policy", "quorum": 0.5, "route_quorum": "2/3"}]}"#;
    assert!(mutate_json(text, ways::changes) > 300);
}

/// Runs a table with each odd text in the place of each cell, with each row and
/// each column taken out or twice.
fn mutate_table(csv: &str, run: impl Fn(&[u8])) {
    let rows: Vec<Vec<String>> = csv.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let written = |rows: &[Vec<String>]| {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.into_inner().unwrap()
    };
    let odd = odd_values();
    let texts = odd.iter().filter_map(Value::as_str).chain(["\"", "a\nb", "=1+1", "same", "keep", "a;b;;c"]);
    let texts: Vec<&str> = texts.collect();
    run(csv.as_bytes());
    for (r, row) in rows.iter().enumerate() {
        for (c, _) in row.iter().enumerate() {
            // each cell meets every third odd text, each time others
            for text in texts.iter().skip((r + c) % 3).step_by(3) {
                let mut mutated = rows.clone();
                (*text).clone_into(&mut mutated[r][c]);
                run(&written(&mutated));
                // as it is, without quotes where they are needed
                run(mutated.iter().map(|row| row.join(",")).collect::<Vec<_>>().join("\n").as_bytes());
            }
            let (mut without, mut twice) = (rows.clone(), rows.clone());
            without[r].remove(c);
            twice[r].push(row[c].clone());
            run(&written(&without));
            run(&written(&twice));
        }
        let (mut without, mut twice) = (rows.clone(), rows.clone());
        without.remove(r);
        twice.push(row.clone());
        run(&written(&without));
        run(&written(&twice));
    }
    for end in 0..csv.len() {
        run(&csv.as_bytes()[..end]);
    }
}

#[test]
fn tables_of_every_reader() {
    for csv in [
        "occupation,statement,concept,label,also\nST0095,K1,c1,a,c2\nST0095,K2,c2,b,\n",
        "decision,occupation_a,statement_a,occupation_b,statement_b,note\nsame,ST0095,K1,ST0095,K2,n\n",
        "occupation_a,statement_a,occupation_b,statement_b,label\nST0095,K1,ST0095,K2,same\n",
        "occupation,label\nST0095,a\nST0096,b\n",
        "number,concept id,tier,decision,merge with,comment\nK1,k-x,route core,keep,,\nK2,k-y,near miss,merge with,K1,c\n",
        "change,occupation,level,title,text,statement,kind,option\nre-level,ST0095,4,,,,,\nadd-statement,ST0095,,,t,K9,skill,\n",
        "question,occupation,to,map,rationale,respondent\na,Roofer,,Construction,r,Pat Jones\nb,Bricklayer,construction,,r,\n",
    ] {
        mutate_table(csv, ways::tables);
    }
}

#[test]
fn saved_indexes() {
    let sound = ways::sound_index();
    ways::index(&sound);
    for end in (0..sound.len()).step_by(41) {
        ways::index(&sound[..end]);
    }
    for at in (0..sound.len()).step_by(37) {
        for odd in [0x00, 0x7f, 0x80, 0xff] {
            let mut mutated = sound.clone();
            mutated[at] = odd;
            ways::index(&mutated);
        }
    }
}

#[test]
fn workbooks_of_a_review() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0..).zip([
        ["number", "concept id", "tier", "decision", "merge with", "comment"],
        ["K1", "k-x", "route core", "keep", "", "why"],
        ["K2", "k-y", "pathway core", "merge with", "K1", ""],
    ]) {
        (0..).zip(row).for_each(|(c, cell)| drop(sheet.write_string(r, c, cell)));
    }
    let sound = book.save_to_buffer().unwrap();
    ways::decisions(&sound);
    for end in (0..sound.len()).step_by(61) {
        ways::decisions(&sound[..end]);
    }
    for at in (0..sound.len()).step_by(23) {
        let mut mutated = sound.clone();
        mutated[at] ^= 0x55;
        ways::decisions(&mutated);
    }
    // the cells of the sheet, one after another
    let sheet = "xl/worksheets/sheet1.xml";
    let xml = part(&sound, sheet);
    for (at, _) in xml.match_indices("<v>") {
        for odd in ["<v>-1</v>", "<v>4294967296</v>", "<v/>", "<f>1+1</f>", "<is><t>x</t></is>", "<v>", "<v>&bad;</v>"]
        {
            let end = xml[at..].find("</v>").map_or(xml.len(), |end| at + end + 4);
            let mutated = format!("{}{odd}{}", &xml[..at], &xml[end..]);
            ways::decisions(&with_part(&sound, sheet, &mutated));
        }
    }
    for odd in ["A1048577", "XFE1", "A0", "", "ZZZZZZZZZ9", "A99999999999999999999", "1A"] {
        ways::decisions(&with_part(&sound, sheet, &xml.replacen("r=\"A2\"", &format!("r=\"{odd}\""), 1)));
        ways::decisions(&with_part(&sound, sheet, &xml.replacen("<row r=\"2\"", &format!("<row r=\"{odd}\""), 1)));
    }
}

fn part(book: &[u8], name: &str) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn with_part(book: &[u8], name: &str, text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).unwrap();
        if part.name() != name {
            out.raw_copy_file(part).unwrap();
        }
    }
    out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap().into_inner()
}
