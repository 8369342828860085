//! The exact words of every error, with its place.

use tlevel::concept::Concepts;
use tlevel::map::Map;
use tlevel::read::{Limits, read_with};

fn message(bytes: &[u8]) -> String {
    let message = tlevel::read(bytes).expect_err("cannot be read").to_string();
    assert!(message.lines().count() < 20 && message.len() < 1_000, "{message}");
    message
}

#[test]
fn inputs_that_are_no_map() {
    for (input, expected) in [
        (&b""[..], "the input is empty; give a map file (JSON)"),
        (b" \n\t", "the input is empty; give a map file (JSON)"),
        (
            b"{\"title\": \"caf\xe9\"}",
            "line 1, column 15: the input is not UTF-8 (it may be Windows-1252); save it as UTF-8",
        ),
        (
            b"{\"title\": \"caf\xc3",
            "line 1, column 15: the input is not UTF-8 (it may be cut off here); save it as UTF-8",
        ),
        (
            b"\xff\xfe[\0]",
            "line 1, column 2: the input is not UTF-8 (it looks like UTF-16, cut off or damaged here); save it as UTF-8",
        ),
        (
            b"{\"format\": \"tlevel-map\",\n \"routes\": [{\"id\": ",
            "line 2, column 19: not valid JSON: EOF while parsing a value (in /routes/0/id); the file ends too early: it may be cut off, fetch it again",
        ),
        (
            b"{\"a\": [1, 2,, 3]}",
            "line 1, column 13: not valid JSON: expected value (in /a/2); correct the file there",
        ),
        (b"hello", "line 1, column 1: not valid JSON: expected value; correct the file there"),
        (
            b"[1, 2]",
            "not an occupational map: a list of 2 without a standard or occupation in it (the first item is the number 1); expected a tlevel-map, a standards file or an answer of the occupational maps API",
        ),
        (
            b"{\"list\": 5}",
            "not an occupational map: an object with \"list\"; expected a tlevel-map, a standards file or an answer of the occupational maps API",
        ),
        (
            b"{\"format\": \"other\"}",
            "not an occupational map: \"format\" is \"other\"; expected a tlevel-map, a standards file or an answer of the occupational maps API",
        ),
        (
            b"{\"routes\": []}",
            "not an occupational map: an object with \"routes\" and no \"format\"; if it is a native map, add \"format\": \"tlevel-map\", \"version\": 1; expected a tlevel-map, a standards file or an answer of the occupational maps API",
        ),
        (
            b"{\"format\": \"tlevel-map\", \"version\": 9}",
            "line 1, column 37: this is tlevel-map version 9; this release reads version 1: get a newer tlevel, or write version 1",
        ),
        (
            b"{\"format\": \"tlevel-map\", \"routes\": []}",
            "line 1, column 1: expected \"version\": 1 beside the format, found none; correct it and try again",
        ),
        (
            b"{\"format\": \"tlevel-map\", \"version\": 1,\n \"routes\": {}}",
            "line 2, column 12: /routes: expected a list, found an object; correct it and try again",
        ),
        (
            b"{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": [{\"id\": \"r\", \"name\": \"R\", \"pathways\": [{\"id\": 7}]}]}",
            "line 1, column 96: /routes/0/pathways/0/id: expected a text, found the number 7; correct it and try again",
        ),
        (
            b"{\"format\": \"tlevel-map\", \"version\": 1, \"set_aside\": [{\"reason\": \"retired\", \"occupation\": {\"level\": \"3\"}}]}",
            "line 1, column 100: /set_aside/0/occupation/level: expected a whole number, found the text \"3\"; correct it and try again",
        ),
        (
            b"{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": [], \"routes\": []}",
            "line 1, column 1: /routes: this member is given twice; keep one of them",
        ),
    ] {
        assert_eq!(message(input), expected, "{}", String::from_utf8_lossy(input));
    }
}

/// What an input is that is no map, and what to do: each kind with its
/// neighbours.
#[test]
fn inputs_that_seem_to_be_something_else() {
    let json = "a map is JSON: fetch the same data as JSON";
    let page = "open the address in a browser to see what it says, and fetch the JSON instead";
    let script = "save only the JSON: from the first [ or { to the last ] or }";
    let api = "check the address and the key, and fetch it again";
    let lfs = "fetch the file itself: git lfs pull";
    let many = "join their records into one list: jq -s 'flatten(1)' FILE > map.json";
    let yaml = "write it as JSON: yq -o json FILE > map.json";
    let markdown = "save only the JSON, without the text around it";
    let empty = "check what was asked for, and fetch it again";
    let record = r#"{"referenceNumber": "ST9001", "title": "Baker"}"#;
    let encoded = serde_json::to_string(record).unwrap();
    let fence = format!("```json\n[{record}]\n```\n");
    let callback = format!("callback([{record}]);");
    let variable = format!("var standards = [{record}];");
    let two = format!("[{record}]\n[{record}]\n");
    let pretty = "{\n  \"title\": \"Baker\"\n}\n{\n  \"title\": \"Miller\"\n}\n";
    let headers = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[{record}]");
    for (input, seems, next) in [
        // web pages
        (
            "<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head></html>",
            "a web page (HTML) with the title \"403 Forbidden\"",
            page,
        ),
        ("\u{feff}\n<html lang=en><TITLE>\n Sign in </TITLE>", "a web page (HTML) with the title \"Sign in\"", page),
        ("<html><body>Not found", "a web page (HTML)", page),
        ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html><title></title>", "a web page (HTML)", page),
        // XML
        (
            "<?xml version=\"1.0\"?><standards><standard ref=\"ST9001\"/></standards>",
            "XML (it begins with <standards>)",
            json,
        ),
        ("<rss version=\"2.0\">", "XML (it begins with <rss>)", json),
        ("<Error><Code>AccessDenied</Code></Error>", "XML (it begins with <Error>)", json),
        // tables
        ("Reference,Title,Level\nST9001,Baker,3\n", "a table (cells parted by commas)", json),
        ("Reference;Title;Level\r\nST9001;Baker, bread;3\r\n", "a table (cells parted by semicolons)", json),
        ("Reference\tTitle\tLevel\nST9001\tBaker\t3\n", "a table (cells parted by tabs)", json),
        ("\"Reference\",\"Title\"\n\"ST9001\",\"Baker\"\n", "a table (cells parted by commas)", json),
        ("Reference,Title,Level", "a table (cells parted by commas)", json),
        // YAML and Markdown
        ("format: tlevel-map\nversion: 1\nroutes: []\n", "YAML", yaml),
        ("---\nroutes:\n  - id: a\n", "YAML", yaml),
        ("# a comment\n- title: Baker\n  level: 3\n", "YAML", yaml),
        ("# Map\n\nSome text\n", "a Markdown page", markdown),
        ("Maps\n====\n\nSome text\n", "a Markdown page", markdown),
        (&fence, "a Markdown page", markdown),
        // pointers and conflicts
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:0000\nsize 79000000\n",
            "a pointer of git-lfs, without the file that it points to",
            lfs,
        ),
        (
            "<<<<<<< HEAD\n[]\n=======\n{}\n>>>>>>> other\n",
            "a file with an unresolved merge conflict",
            "resolve it, or fetch the file again",
        ),
        (
            "[\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n]",
            "a file with an unresolved merge conflict",
            "resolve it, or fetch the file again",
        ),
        // answers of servers
        (
            &headers,
            "an HTTP answer with its headers (HTTP/1.1 200 OK)",
            "fetch it without the headers (curl without -i)",
        ),
        (
            "HTTP/2 404\r\n\r\n",
            "an HTTP answer with its headers (HTTP/2 404)",
            "fetch it without the headers (curl without -i)",
        ),
        (
            r#"{"statusCode":401,"message":"Access denied due to missing subscription key."}"#,
            "the error answer of an API (401: Access denied due to missing subscription key)",
            api,
        ),
        (
            r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"No such route"}"#,
            "the error answer of an API (404: No such route)",
            api,
        ),
        (r#"{"title":"Gone","status":410}"#, "the error answer of an API (410: Gone)", api),
        (
            r#"{"error":"invalid_token","error_description":"The token expired"}"#,
            "the error answer of an API (invalid_token: The token expired)",
            api,
        ),
        (
            r#"{"error":{"code":429,"message":"Rate limit exceeded"}}"#,
            "the error answer of an API (429: Rate limit exceeded)",
            api,
        ),
        (
            r#"{"errors":[{"message":"Not authorised"}],"data":null}"#,
            "the error answer of an API (Not authorised)",
            api,
        ),
        (r#"{"Message":"An error has occurred."}"#, "the error answer of an API (An error has occurred)", api),
        (
            r#"{"timestamp":"2026-11-24","status":500,"error":"Internal Server Error","path":"/api"}"#,
            "the error answer of an API (500: Internal Server Error)",
            api,
        ),
        (
            r#"[{"statusCode":404,"message":"Resource not found"}]"#,
            "the error answer of an API (404: Resource not found)",
            api,
        ),
        // scripts
        (&variable, "JavaScript (it begins with \"var standards =\")", script),
        (&callback, "JavaScript (it begins with \"callback(\")", script),
        ("window.data = {\"a\": 1};", "JavaScript (it begins with \"window.data =\")", script),
        ("export default [];", "JavaScript (it begins with \"export default\")", script),
        (")]}',\n[]", "JavaScript (it begins with \")]}'\")", script),
        ("// data\nconst maps = [];", "JavaScript (it begins with \"// data\")", script),
        // almost JSON
        ("// data\n[1]", "JSON with comments", "take the comments out"),
        ("{\n  /* data */ \"a\": 1}", "JSON with comments", "take the comments out"),
        (
            "[{'title': 'Baker', 'level': None}]",
            "data as Python prints it, with single quotes",
            "write it as JSON: json.dump instead of print",
        ),
        (&encoded, "JSON inside a JSON text (encoded twice)", "decode it once: jq -r . FILE > map.json"),
        (&two, "several JSON documents one after another", many),
        (pretty, "several JSON documents one after another", many),
        ("[1][2]", "several JSON documents one after another", many),
        // nothing
        ("[]", "an empty answer ([])", empty),
        (" {} ", "an empty answer ({})", empty),
        ("null", "an empty answer (null)", empty),
        ("\"\"", "an empty answer (\"\")", empty),
        // no map around them
        (
            r#"[{"title": "Baker", "level": 3}]"#,
            "a list of occupations without a map around them",
            "put them into a cluster of a map; to place them: tlevel suggest --new FILE",
        ),
        (
            "{\"title\": \"Baker\", \"level\": 3}\n{\"title\": \"Miller\", \"level\": 2}\n",
            "a list of occupations without a map around them",
            "put them into a cluster of a map; to place them: tlevel suggest --new FILE",
        ),
    ] {
        let expected = format!("not an occupational map: it seems to be {seems}; {next}");
        assert_eq!(message(input.as_bytes()), expected, "{input}");
    }
}

#[test]
fn files_that_are_no_text() {
    let json = "a map is JSON: fetch the same data as JSON";
    let inside = "unpack it, and give the JSON file that is inside";
    let zip = |name: &str| [b"PK\x03\x04\x14\0\xff\xfe", name.as_bytes(), b"\x80\x81"].concat();
    let tar = [&[b'a'; 100][..], &[0; 157], b"ustar\x0000\xff"].concat();
    for (input, seems, next) in [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "a PDF document", json),
        (b"%PDF-1.4\n1 0 obj".to_vec(), "a PDF document", json),
        (b"{\\rtf1\\ansi".to_vec(), "a rich text document (RTF)", json),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "an Office file of the old kind (.xls or .doc)", json),
        (zip("xl/workbook.xml"), "an Excel workbook (.xlsx)", json),
        (zip("word/document.xml"), "a Word document (.docx)", json),
        (zip("ppt/slides"), "a PowerPoint presentation (.pptx)", json),
        (zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet (.ods)", json),
        (zip("mimetypeapplication/vnd.oasis.opendocument.text"), "a text document (.odt)", json),
        (zip("standards.json"), "a zip archive", inside),
        (b"PK\x05\x06\0\0".to_vec(), "a zip archive", inside),
        (b"\x1f\x8b\x08\0\xed\xff".to_vec(), "compressed with gzip", "unpack it first: gzip -dc FILE > map.json"),
        (b"BZh91AY&SY\xff".to_vec(), "compressed with bzip2", "unpack it first: bzip2 -dc FILE > map.json"),
        (b"\xfd7zXZ\0\xff".to_vec(), "compressed with xz", "unpack it first: xz -dc FILE > map.json"),
        (b"\x28\xb5\x2f\xfd\xff".to_vec(), "compressed with zstd", "unpack it first: zstd -dc FILE > map.json"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "a PNG picture", "give the JSON file of the map"),
        (b"\xff\xd8\xff\xe0".to_vec(), "a JPEG picture", "give the JSON file of the map"),
        (b"SQLite format 3\0\xff".to_vec(), "an SQLite database", "give the JSON file of the map"),
        (tar, "a tar archive", "give the JSON file of the map"),
    ] {
        let expected = format!("not an occupational map: it seems to be {seems}; {next}");
        assert_eq!(message(&input), expected, "{}", String::from_utf8_lossy(&input));
    }
}

/// What looks a little like something else is told as it is.
#[test]
fn what_is_no_such_thing_keeps_its_own_message() {
    for (input, begins) in [
        (r#"{"message": "x", "routes": []}"#, "not an occupational map: an object with \"message\", \"routes\""),
        (r#"{"format": "other", "error": "x"}"#, "not an occupational map: "),
        (r#"{"list": [1], "title": "Maps"}"#, "not an occupational map: an object with \"list\", \"title\""),
        ("[1, 2,]", "line 1, column 7: not valid JSON: "),
        ("{\"a\": 1} x", "line 1, column 10: not valid JSON: trailing characters"),
        ("Hello, world", "line 1, column 1: not valid JSON: "),
        ("\"Unauthorised\"", "not an occupational map: the text \"Unauthorised\""),
        ("{\"a\": 1}\n{\"b\": }", "line 2, column 7: not valid JSON: "),
    ] {
        let said = message(input.as_bytes());
        assert!(said.starts_with(begins) && !said.contains("seems"), "{input}: {said}");
    }
}

#[test]
fn utf_16_utf_32_and_json_lines_are_read() {
    let record = |number: usize| {
        format!(
            r#"{{"referenceNumber": "ST900{number}", "title": "Crêpe maker", "level": 3, "skills": [{{"skillId": "S1", "detail": "Bake"}}]}}"#
        )
    };
    let list = format!("[{},\n{}]", record(1), record(2));
    let plain = tlevel::read(list.as_bytes()).unwrap();
    for mark in ["", "\u{feff}"] {
        let marked = format!("{mark}{list}");
        let utf16 = marked.encode_utf16();
        assert_eq!(tlevel::read(&utf16.clone().flat_map(u16::to_le_bytes).collect::<Vec<_>>()).unwrap(), plain);
        assert_eq!(tlevel::read(&utf16.flat_map(u16::to_be_bytes).collect::<Vec<_>>()).unwrap(), plain);
        let utf32 = |bytes: fn(u32) -> [u8; 4]| marked.chars().flat_map(|c| bytes(c.into())).collect::<Vec<u8>>();
        assert_eq!(tlevel::read(&utf32(u32::to_le_bytes)).unwrap(), plain);
        assert_eq!(tlevel::read(&utf32(u32::to_be_bytes)).unwrap(), plain);
    }
    for ends in ["\n", "\r\n", "\r", "\n\n"] {
        let lines = format!("\u{feff}{}{ends}{}{ends}", record(1), record(2));
        assert_eq!(tlevel::read(lines.as_bytes()).unwrap(), plain, "{ends:?}");
    }
    // findings have the places of the file
    let lines = format!("{}\n{}\n", record(1), record(2).replace("3,", "\"x\","));
    let mut findings = tlevel::check(tlevel::read(lines.as_bytes()).unwrap()).unwrap_err().findings;
    tlevel::check::locate_findings(&mut findings, &tlevel::read::map_text(lines.as_bytes()).unwrap());
    assert!(findings.iter().any(|f| f.place.line == Some(2)), "{findings:?}");
}

#[test]
fn hostile_inputs_get_one_short_message() {
    let deep = "[".repeat(100_000);
    let deep_message = message(deep.as_bytes());
    assert!(
        deep_message.starts_with("line 1, column 128: not valid JSON: recursion limit exceeded (in /0/0/0"),
        "{deep_message}"
    );
    assert!(deep_message.ends_with("values are nested more than 128 deep: no map is"), "{deep_message}");

    let number = format!("[{{\"title\": \"x\", \"larsCode\": {}}}]", "9".repeat(100_000));
    assert!(
        message(number.as_bytes()).contains("number out of range (in /0/larsCode); a number is too large to be read"),
        "{}",
        message(number.as_bytes())
    );

    let key = format!("{{\"{}\": 1}}", "k".repeat(100_000));
    assert!(message(key.as_bytes()).starts_with("not an occupational map: an object with \"kkk"));
    let text = format!("{{\"format\": \"{}\"}}", "k".repeat(100_000));
    assert!(message(text.as_bytes()).starts_with("not an occupational map: \"format\" is \"kkk"));

    let error = read_with(b"[1, 2, 3]", &Limits::default().max_bytes(4)).unwrap_err();
    assert_eq!(error.to_string(), "the input has 9 bytes, more than the limit of 4; split it or raise the limit");
}

#[test]
fn a_byte_order_mark_is_no_matter() {
    let plain = br#"{"format": "tlevel-map", "version": 1, "title": "T", "routes": []}"#;
    let marked = [b"\xef\xbb\xbf", &plain[..]].concat();
    assert_eq!(tlevel::read(&marked), tlevel::read(plain));
}

fn bundled() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../fixtures/maps/england.json")).unwrap()).unwrap().map
}

#[test]
fn concepts_that_do_not_fit_the_map() {
    let map = bundled();
    for (csv, expected) in [
        (
            "occupation,statement\n",
            "line 1: the column \"concept\" is missing; a file of concepts has the columns occupation, statement, \
             concept (and may have label, also); found: \"occupation\", \"statement\"",
        ),
        ("occupation,statement,concept\nLARS82,K1,\n", "line 2: the concept is empty; fill it in or take the row out"),
        ("occupation,statement,concept\nLARS82,K1\n", "line 2: the concept is empty; fill it in or take the row out"),
        ("occupation,statement,concept\nLARS82,KK1,c1\n", "line 2: \"LARS82\" has no statement \"KK1\""),
        ("occupation,statement,concept\nNOBODY,K1,c1\n", "line 2: the map has no occupation \"NOBODY\""),
        (
            "concept,occupation,statement\nc1,LARS82,K1\nc1,LARS82,S1\n",
            "line 3: the concept \"c1\" mixes knowledge and skill; give each kind a concept of its own",
        ),
        (
            "occupation,statement,concept,also\nLARS82,K1,c1,c2\nLARS82,S1,c2,\n",
            "line 3: the concept \"c2\" mixes knowledge and skill; give each kind a concept of its own",
        ),
        (
            "occupation,statement,concept\nLARS82,K1,c1\nLARS82,K1,c1\nLARS82,K1,c2\n",
            "line 4: statement LARS82 K1 is already in the concept \"c1\"; keep it in one, and name what else it says under \"also\"",
        ),
    ] {
        assert_eq!(Concepts::from_csv(&map, csv).unwrap_err().to_string(), expected, "{csv}");
    }
}

#[test]
fn an_empty_map_gives_the_input_back() {
    let rejected = tlevel::check(tlevel::read::RawMap::new("Nothing")).unwrap_err();
    assert_eq!(rejected.to_string(), "the map cannot be used: the map holds no route and no occupation");
    assert_eq!(rejected.raw.title.as_deref(), Some("Nothing"));
}
