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
            "line 1, column 1: expected \"version\": 1 next to the format, found none; correct it and try again",
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
    tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap()).unwrap().map
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
        ("occupation,statement,concept\nLARS82,K1,\n", "line 2: the concept is empty; fill it in or remove the row"),
        ("occupation,statement,concept\nLARS82,K1\n", "line 2: the concept is empty; fill it in or remove the row"),
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

/// What the check says of a native map whose route, pathway and cluster have
/// these members beside their own.
fn misplaced(top: &str, route: &str, pathway: &str, cluster: &str) -> Vec<(String, String)> {
    let text = format!(
        r#"{{"format": "tlevel-map", "version": 1, "title": "M", {top} "routes": [{{"id": "r", "name": "R", {route}
        "pathways": [{{"id": "p", "name": "P", {pathway} "clusters": [{{"id": "c", "name": "C", {cluster}
        "occupations": []}}]}}]}}]}}"#
    );
    let checked = tlevel::check(tlevel::read(text.as_bytes()).unwrap()).unwrap();
    let found = checked.findings.iter().filter(|f| ["misplaced-occupations", "unknown-field"].contains(&&*f.rule));
    found.map(|f| (f.place.pointer.clone(), f.message.clone())).collect()
}

#[test]
fn lists_at_the_wrong_tier_are_said_with_what_is_lost() {
    let baker = r#"{"id": "o", "title": "Baker", "level": 3}"#;
    let cluster = format!(r#"{{"id": "d", "name": "D", "occupations": [{baker}, {baker}]}}"#);
    let list = |name: &str, item: &str| format!("\"{name}\": [{item}],");
    let cases = [
        (
            misplaced(&list("occupations", baker), "", "", ""),
            "/occupations",
            "1 occupation is lost: the list \"occupations\" at the top of the file is not read; occupations belong in a \
             cluster of a pathway",
        ),
        (
            misplaced(&list("pathways", &format!(r#"{{"id": "q", "clusters": [{cluster}]}}"#)), "", "", ""),
            "/pathways",
            "2 occupations are lost: the list \"pathways\" at the top of the file is not read; pathways belong in a route",
        ),
        (
            misplaced("", &list("clusters", &cluster), "", ""),
            "/routes/0/clusters",
            "2 occupations are lost: the list \"clusters\" of the route \"r\" is not read; clusters belong in a pathway, \
             which belongs in a route",
        ),
        (
            misplaced("", &list("occupations", baker), "", ""),
            "/routes/0/occupations",
            "1 occupation is lost: the list \"occupations\" of the route \"r\" is not read; occupations belong in a \
             cluster of a pathway",
        ),
        (
            misplaced("", "", &list("occupations", baker), ""),
            "/routes/0/pathways/0/occupations",
            "1 occupation is lost: the list \"occupations\" of the pathway \"p\" is not read; occupations belong in a \
             cluster of a pathway",
        ),
        (
            misplaced("", "", "", &list("clusters", &cluster)),
            "/routes/0/pathways/0/clusters/0/clusters",
            "2 occupations are lost: the list \"clusters\" of the cluster \"c\" is not read; clusters belong in a pathway, \
             which belongs in a route",
        ),
        (
            misplaced("", "", "", &list("Occupations", baker)),
            "/routes/0/pathways/0/clusters/0/Occupations",
            "1 occupation is lost: the list \"Occupations\" of the cluster \"c\" is not read; occupations belong in the \
             list \"occupations\" of a cluster: did you mean \"occupations\"?",
        ),
        (
            misplaced("", "", &list("statements", r#"{"id": "K1", "kind": "knowledge", "text": "Flour"}"#), ""),
            "/routes/0/pathways/0/statements",
            "1 statement is lost: the list \"statements\" of the pathway \"p\" is not read; statements belong in an \
             occupation",
        ),
        // nothing is lost, and no word is offered for itself
        (
            misplaced("", r#""clusters": [],"#, "", ""),
            "/routes/0/clusters",
            "the member \"clusters\" is not known; it is kept and not used",
        ),
    ];
    for (found, pointer, message) in cases {
        assert_eq!(found, [(pointer.to_owned(), message.to_owned())]);
    }
    let text =
        format!(r#"{{"format": "tlevel-map", "version": 1, "title": "M", "occupations": [{baker}], "routes": []}}"#);
    let rejected = tlevel::check(tlevel::read(text.as_bytes()).unwrap()).unwrap_err().to_string();
    assert!(
        rejected
            .starts_with("the map cannot be used: the map holds no route and no occupation; 1 occupation is lost: "),
        "{rejected}"
    );
}
