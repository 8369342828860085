//! Inputs that are no map: what each seems to be, and what to do about it.

fn message(bytes: &[u8]) -> String {
    let message = tlevel::read(bytes).expect_err("cannot be read").to_string();
    assert!(message.lines().count() < 20 && message.len() < 1_000, "{message}");
    message
}

fn check(rows: &[(&str, &str, &str)]) {
    for (input, seems, next) in rows {
        let expected = format!("not an occupational map: it seems to be {seems}; {next}");
        assert_eq!(message(input.as_bytes()), expected, "{input}");
    }
}

const RECORD: &str = r#"{"referenceNumber": "ST9001", "title": "Baker"}"#;
const JSON: &str = "a map is JSON: fetch the same data as JSON";

#[test]
fn web_pages() {
    let page = "open the address in a browser to see what it says, and fetch the JSON instead";
    check(&[
        (
            "<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head></html>",
            "a web page (HTML) with the title \"403 Forbidden\"",
            page,
        ),
        ("\u{feff}\n<html lang=en><TITLE>\n Sign in </TITLE>", "a web page (HTML) with the title \"Sign in\"", page),
        ("<html><body>Not found", "a web page (HTML)", page),
        ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html><title></title>", "a web page (HTML)", page),
    ]);
}

#[test]
fn xml() {
    check(&[
        (
            "<?xml version=\"1.0\"?><standards><standard ref=\"ST9001\"/></standards>",
            "XML (it begins with <standards>)",
            JSON,
        ),
        ("<rss version=\"2.0\">", "XML (it begins with <rss>)", JSON),
        ("<Error><Code>AccessDenied</Code></Error>", "XML (it begins with <Error>)", JSON),
    ]);
}

#[test]
fn tables() {
    check(&[
        ("Reference,Title,Level\nST9001,Baker,3\n", "a comma-separated table (CSV)", JSON),
        ("Reference;Title;Level\r\nST9001;Baker, bread;3\r\n", "a semicolon-separated table (CSV)", JSON),
        ("Reference\tTitle\tLevel\nST9001\tBaker\t3\n", "a tab-separated table (TSV)", JSON),
        ("\"Reference\",\"Title\"\n\"ST9001\",\"Baker\"\n", "a comma-separated table (CSV)", JSON),
        ("Reference,Title,Level", "a comma-separated table (CSV)", JSON),
    ]);
}

#[test]
fn yaml_and_markdown() {
    let yaml = "write it as JSON: yq -o json FILE > map.json";
    let markdown = "save only the JSON, without the text around it";
    let fence = format!("```json\n[{RECORD}]\n```\n");
    check(&[
        ("format: tlevel-map\nversion: 1\nroutes: []\n", "YAML", yaml),
        ("---\nroutes:\n  - id: a\n", "YAML", yaml),
        ("# a comment\n- title: Baker\n  level: 3\n", "YAML", yaml),
        ("# Map\n\nSome text\n", "a Markdown page", markdown),
        ("Maps\n====\n\nSome text\n", "a Markdown page", markdown),
        (&fence, "a Markdown page", markdown),
    ]);
}

#[test]
fn pointers_and_conflicts() {
    let lfs = "fetch the file itself: git lfs pull";
    check(&[
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
    ]);
}

#[test]
fn answers_of_servers() {
    let api = "check the address and the key, and fetch it again";
    let headers = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[{RECORD}]");
    check(&[
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
    ]);
}

#[test]
fn scripts() {
    let script = "save only the JSON: from the first [ or { to the last ] or }";
    let callback = format!("callback([{RECORD}]);");
    let variable = format!("var standards = [{RECORD}];");
    check(&[
        (&variable, "JavaScript (it begins with \"var standards =\")", script),
        (&callback, "JavaScript (it begins with \"callback(\")", script),
        ("window.data = {\"a\": 1};", "JavaScript (it begins with \"window.data =\")", script),
        ("export default [];", "JavaScript (it begins with \"export default\")", script),
        (")]}',\n[]", "JavaScript (it begins with \")]}'\")", script),
        ("// data\nconst maps = [];", "JavaScript (it begins with \"// data\")", script),
    ]);
}

#[test]
fn what_is_almost_json() {
    let many = "join their records into one list: jq -s 'flatten(1)' FILE > map.json";
    let encoded = serde_json::to_string(RECORD).unwrap();
    let two = format!("[{RECORD}]\n[{RECORD}]\n");
    let pretty = "{\n  \"title\": \"Baker\"\n}\n{\n  \"title\": \"Miller\"\n}\n";
    check(&[
        ("// data\n[1]", "JSON with comments", "remove the comments"),
        ("{\n  /* data */ \"a\": 1}", "JSON with comments", "remove the comments"),
        (
            "[{'title': 'Baker', 'level': None}]",
            "data as Python prints it, with single quotes",
            "write it as JSON: json.dump instead of print",
        ),
        (&encoded, "JSON inside a JSON text (encoded twice)", "decode it once: jq -r . FILE > map.json"),
        (&two, "several JSON documents one after another", many),
        (pretty, "several JSON documents one after another", many),
        ("[1][2]", "several JSON documents one after another", many),
    ]);
}

#[test]
fn empty_answers() {
    let empty = "check what was asked for, and fetch it again";
    check(&[
        ("[]", "an empty answer ([])", empty),
        (" {} ", "an empty answer ({})", empty),
        ("null", "an empty answer (null)", empty),
        ("\"\"", "an empty answer (\"\")", empty),
    ]);
}

#[test]
fn occupations_without_a_map() {
    check(&[
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
    ]);
}

#[test]
fn files_that_are_no_text() {
    let inside = "unpack it, and give the JSON file that is inside";
    let zip = |name: &str| [b"PK\x03\x04\x14\0\xff\xfe", name.as_bytes(), b"\x80\x81"].concat();
    let tar = [&[b'a'; 100][..], &[0; 157], b"ustar\x0000\xff"].concat();
    for (input, seems, next) in [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "a PDF document", JSON),
        (b"%PDF-1.4\n1 0 obj".to_vec(), "a PDF document", JSON),
        (b"{\\rtf1\\ansi".to_vec(), "a rich text document (RTF)", JSON),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "an Office file of the old kind (.xls or .doc)", JSON),
        (zip("xl/workbook.xml"), "an Excel workbook (.xlsx)", JSON),
        (zip("word/document.xml"), "a Word document (.docx)", JSON),
        (zip("ppt/slides"), "a PowerPoint presentation (.pptx)", JSON),
        (zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet (.ods)", JSON),
        (zip("mimetypeapplication/vnd.oasis.opendocument.text"), "a text document (.odt)", JSON),
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
        (r#"{"message": "x", "routes": []}"#, "not an occupational map: an object with \"routes\" and no"),
        (r#"{"format": "other", "error": "x"}"#, "not an occupational map: "),
        (r#"{"list": [1], "title": "Maps"}"#, "not an occupational map: an object with \"list\", \"title\""),
        ("[1, 2,]", "line 1, column 7: not valid JSON: "),
        ("{\"a\": 1} x", "line 1, column 10: not valid JSON: trailing characters"),
        ("Hello, world", "line 1, column 1: not valid JSON: "),
        ("h\né\"[x", "line 1, column 1: not valid JSON: "),
        ("call é(", "line 1, column 1: not valid JSON: "),
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
    let mut findings = tlevel::check(tlevel::read(lines.as_bytes()).unwrap()).unwrap().findings;
    tlevel::check::locate_findings(&mut findings, &tlevel::read::map_text(lines.as_bytes()).unwrap());
    assert!(findings.iter().any(|f| f.place.line == Some(2)), "{findings:?}");
}
