//! Documents as Excel workbooks, read back cell by cell and part by part; and
//! the review that comes back in one.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use tlevel::concept::Concepts;
use tlevel::derive::{Policy, Tier};
use tlevel::review::{Choice, Decisions, ReviewError, Reviewed, apply_decisions};
use tlevel_report::document::{Block, Cell, Column, ContentItem, Document, Figure, Span, Table, Tone};
use tlevel_report::export::xlsx;
use tlevel_report::picture::svg::Svg;

/// Texts that mean something to a spreadsheet, to XML, or to the eye.
const HOSTILE: [&str; 19] = [
    "=HYPERLINK(\"http://x\")",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\tbegins with a tab",
    "<script>alert('x')</script>",
    "]]>",
    "&amp; &#x41; & < > \" '",
    "_x0041_ _x000D_ stay as they are",
    "\u{202e}right to left\u{202c} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}",
    "Z\u{351}\u{36b}\u{343}a\u{300}\u{301}\u{302}l\u{489}go",
    "1234",
    "2026-11-24",
    "TRUE",
    "#REF!",
    "  spaces around  ",
    "two\nlines",
    "\u{1F3D7}\u{FE0F} \u{1F469}\u{200D}\u{1F527}",
    "'quoted",
];

fn long() -> String {
    (0..8_000).map(|n| format!("{n:04}")).collect::<Vec<_>>().join(" ")
}

fn sample() -> Document {
    let mut document = Document::new("=1+1 \u{2014} Onsite construction: a draft");
    document.date = Some("2026-11-24".to_owned());
    document.rights = Some("\u{a9} Crown copyright & database right".to_owned());
    let blocks = &mut document.blocks;
    blocks.push(Block::Contents);
    blocks.push(Block::heading(1, "read", "How to read it"));
    blocks.push(Block::Paragraph {
        spans: vec![
            Span::text("It is a "),
            Span::strong("draft"),
            Span::text("; see "),
            Span::link("the core", "#core"),
            Span::text(" or "),
            Span::link("the map", "https://example.org/map?a=1&b=2#c"),
        ],
    });
    blocks.push(Block::Note { tone: Tone::Warning, spans: vec![Span::text("Not an official document.")] });
    blocks.push(Block::Note { tone: Tone::Information, spans: vec![Span::link("Run it?", "javascript:alert(1)")] });
    blocks.push(Block::List { entries: HOSTILE.iter().map(|text| vec![Span::text(*text)]).collect() });
    blocks.push(Block::paragraph(long()));
    blocks.push(Block::heading(1, "core", "Core component"));
    let mut items: Vec<ContentItem> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, text)| ContentItem::new(format!("K1.{}", n + 1), format!("k-{}", n + 1), *text))
        .collect();
    items[0].detail = vec![Span::text("7 of 7: "), Span::link("OCC0682", "https://example.org/OCC0682")];
    items[1].text = long();
    items[2].detail = vec![Span::text("-7 of 7")];
    let content = |caption: &str, items: &[ContentItem], review| Block::Content {
        caption: caption.to_owned(),
        items: items.to_vec(),
        review,
    };
    blocks.push(content("Route core: knowledge that all share [in all pathways]", &items, Some(Tier::Route)));
    blocks.push(content("Pathway core", &[ContentItem::new("S1", "s-1", "Lay bricks")], Some(Tier::Pathway)));
    blocks.push(content("Core skills", &[ContentItem::new("1", "", "Plan")], None));
    blocks.push(content("Nothing here", &[], Some(Tier::NearMiss)));
    blocks.push(Block::heading(2, "tables", "Tables"));
    let columns = ["Occupation", "n", "N", "Meaning"].map(|heading| Column::new(heading, 2));
    let mut table = Table::new("Pathway core", columns.to_vec());
    for (text, number) in HOSTILE.iter().zip([0, -1, 42, i64::MAX, 999_999_999_999_999].into_iter().cycle()) {
        table.rows.push(vec![Cell::from(*text), Cell::Number(number), Cell::Number(7), Cell::from(*text)]);
    }
    blocks.push(Block::Table(table));
    let mut odd = Table::new("", vec![Column::new("", 1), Column::new("a\nb", 1), Column::new("x".repeat(300), 9)]);
    odd.rows = vec![vec![Cell::from("one"), Cell::Number(2), Cell::from("three"), Cell::from("four")], vec![]];
    blocks.push(Block::Table(odd));
    blocks.push(Block::Table(Table::new("Without rows", vec![Column::new("Only heading", 1)])));
    blocks.push(Block::Table(Table::new("Without columns", Vec::new())));
    let picture = Svg::new("The route", "Three pathways").finish(10.0, 10.0);
    blocks.push(Block::Figure(Figure::new("The route", "Three pathways side by side.", picture)));
    blocks.push(Block::paragraph("The end."));
    document
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("calamine reads it")
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().to_owned(), text)
        })
        .collect()
}

/// The cells of a sheet, row by row, without empty ones.
fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Vec<(u32, u32, Data)> {
    let range = workbook.worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    range.used_cells().map(|(row, column, data)| (row as u32 + top, column as u32 + left, data.clone())).collect()
}

/// The targets of the links of the first sheet, by row from 0.
fn links(parts: &BTreeMap<String, String>) -> BTreeMap<u32, String> {
    let mut links = BTreeMap::new();
    let mut reader = quick_xml::Reader::from_str(&parts["xl/worksheets/sheet1.xml"]);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => return links,
            quick_xml::events::Event::Empty(e) if e.name().as_ref() == "hyperlink" => {
                let get = |name: &str| {
                    let found = e.attributes().map(|a| a.unwrap()).find(|a| a.key.as_ref() == name);
                    found.map(|a| quick_xml::escape::unescape(&a.value).unwrap().into_owned())
                };
                let row: u32 = get("ref").unwrap().trim_start_matches('A').parse().unwrap();
                links.insert(row - 1, get("location").unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// Everything that a reader sees who follows the links to sheets.
fn as_read(bytes: &[u8]) -> Vec<String> {
    let links = links(&parts(bytes));
    let mut workbook = open(bytes);
    let mut texts = Vec::new();
    let mut seen = vec!["Document".to_owned()];
    for (row, _, data) in cells(&mut workbook, "Document") {
        let sheet =
            links.get(&row).and_then(|to| to.strip_suffix("!A1")).map(|to| to.trim_matches('\'').replace("''", "'"));
        match sheet.filter(|sheet| sheet != "Document") {
            Some(sheet) => {
                texts.extend(cells(&mut workbook, &sheet).into_iter().map(|(.., data)| data.to_string()));
                seen.push(sheet);
            }
            None => texts.push(data.to_string()),
        }
    }
    assert_eq!(seen, workbook.sheet_names(), "each sheet is linked to, in order");
    texts
}

#[test]
fn all_texts_are_there_in_order() {
    let document = sample();
    let texts = as_read(&xlsx(&document).unwrap());
    assert_eq!(texts[0], document.title);
    assert_eq!(texts[1], "2026-11-24");
    let mut at = texts.iter().map(String::as_str).peekable();
    for wanted in [document.rights.clone().unwrap()].into_iter().chain(document.texts()) {
        let mut rest = wanted.as_str();
        // a long text may go on in further cells, but nothing else may come between
        loop {
            let cell = at.next().unwrap_or_else(|| panic!("{wanted:.60} is not there, or not in order"));
            let heading = cell.split(" (2)").next().unwrap_or_default();
            if rest == cell || (rest == heading && wanted.len() < 10) {
                break;
            } else if wanted.len() > 32_000 && !cell.is_empty() && rest.starts_with(cell) {
                rest = &rest[cell.len()..];
            } else {
                assert_eq!(rest, wanted, "a piece is missing");
            }
        }
    }
}

#[test]
fn numbers_are_numbers_and_nothing_is_a_formula() {
    let bytes = xlsx(&sample()).unwrap();
    let mut workbook = open(&bytes);
    for sheet in workbook.sheet_names() {
        assert!(workbook.worksheet_formula(&sheet).unwrap().is_empty(), "{sheet}");
        for (row, column, data) in cells(&mut workbook, &sheet) {
            let is_figure = (sheet.starts_with("Pathway core 2") && row > 1 && [1, 2].contains(&column)
                || sheet == "Table" && (row, column) == (2, 1))
                && data.to_string() != i64::MAX.to_string();
            assert_eq!(matches!(data, Data::Float(_) | Data::Int(_)), is_figure, "{sheet} {row} {column} {data:?}");
            assert!(is_figure || matches!(data, Data::String(_)), "{sheet} {row} {column} {data:?}");
        }
    }
    for (name, part) in parts(&bytes) {
        assert!(!part.contains("<f>") && !part.contains("<f "), "{name} has a formula");
        assert!(!part.contains("javascript:"), "{name}");
        assert!(!part.contains("mergeCell"), "{name}");
    }
}

#[test]
fn titles_are_in_a1_and_names_are_legal() {
    let bytes = xlsx(&sample()).unwrap();
    let mut workbook = open(&bytes);
    let names = workbook.sheet_names();
    let wanted = [
        "Document",
        "Route core knowledge that all",
        "Pathway core",
        "Core skills",
        "Nothing here",
        "Pathway core 2",
        "Table",
        "Without rows",
        "Without columns",
    ];
    assert_eq!(names, wanted);
    for name in &names {
        let first: Vec<_> = cells(&mut workbook, name).into_iter().filter(|(row, ..)| *row == 0).collect();
        assert!(first.iter().all(|(_, column, _)| *column == 0), "{name}: one title, nothing else in row 1");
        assert_eq!(first.len(), usize::from(name != "Table"), "{name}");
    }
}

#[test]
fn parts_are_well_formed() {
    let parts = parts(&xlsx(&sample()).unwrap());
    for (name, part) in &parts {
        let mut reader = quick_xml::Reader::from_str(part);
        let mut depth = 0i64;
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
                quick_xml::events::Event::Start(e) => {
                    depth += 1;
                    e.attributes().for_each(|a| drop(a.unwrap()));
                }
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
        let forbidden =
            |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
        assert!(!part.contains(forbidden), "{name}");
    }
    let tables: Vec<&String> =
        parts.iter().filter(|(name, _)| name.starts_with("xl/tables/")).map(|(_, t)| t).collect();
    assert_eq!(tables.len(), 6, "all but the one with odd headings and the one without columns");
    assert!(tables.iter().any(|table| table.contains("\"n\"") && table.contains("\"N (2)\"")));
    let locked = &parts["xl/worksheets/sheet2.xml"];
    assert!(locked.contains("<sheetProtection sheet=\"1\"") && !locked.contains("password"));
    assert!(locked.contains("formatColumns=\"0\"") && locked.contains("autoFilter=\"0\""));
    assert!(locked.contains("keep,route core,pathway core,specialism,drop,merge with"));
    assert!(locked.contains("state=\"frozen\""));
    assert!(!parts["xl/worksheets/sheet4.xml"].contains("sheetProtection"), "nothing to decide, nothing locked");
    assert!(parts["docProps/core.xml"].contains("2026-11-24T00:00:00Z"));
}

#[test]
fn forbidden_characters_are_replaced() {
    let mut document = Document::new("a\0b");
    document.blocks.push(Block::paragraph("\u{1b}[31mred\u{7}\r\nnext\u{ffff}"));
    let texts = as_read(&xlsx(&document).unwrap());
    assert_eq!(texts, ["a\u{fffd}b", "\u{fffd}[31mred\u{fffd}\nnext\u{fffd}"]);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = sample();
    let first = xlsx(&document).unwrap();
    // times in zip files are exact to two seconds
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(xlsx(&document).unwrap(), first);
    let mut odd_date = Document::new("x");
    for date in ["", "no date", "2026-13-40", "99999999", "1066", "2026"] {
        odd_date.date = Some(date.to_owned());
        assert!(xlsx(&odd_date).is_ok(), "{date}");
    }
}

#[test]
fn too_many_columns_are_an_error() {
    let mut document = Document::new("Wide");
    let columns = (0..20_000).map(|n| Column::new(n.to_string(), 1)).collect();
    document.blocks.push(Block::Table(Table::new("Wide", columns)));
    let message = xlsx(&document).unwrap_err().to_string();
    assert!(message.starts_with("the Excel file could not be put together: "), "{message}");
}

/// Fills in the cells of a review as a person would: by sheet, row and column.
fn filled(cells: &[(&str, u32, u16, &str)]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let mut names: Vec<&str> = cells.iter().map(|(sheet, ..)| *sheet).collect();
    names.dedup();
    for name in names {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (_, row, column, text) in cells.iter().filter(|(of, ..)| *of == name) {
            sheet.write_string(*row, *column, *text).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The cells of a workbook of this crate, with some changed.
fn with(bytes: &[u8], edits: &[(&str, u32, u16, &str)]) -> Vec<u8> {
    let mut workbook = open(bytes);
    let mut all: Vec<(String, u32, u16, String)> = Vec::new();
    for sheet in workbook.sheet_names() {
        let own = cells(&mut workbook, &sheet).into_iter();
        all.extend(own.map(|(row, column, data)| (sheet.clone(), row, column as u16, data.to_string())));
        let edited = edits.iter().filter(|(of, ..)| *of == sheet);
        all.extend(edited.map(|(_, row, column, text)| (sheet.clone(), *row, *column, (*text).to_owned())));
    }
    let all: Vec<(&str, u32, u16, &str)> = all.iter().map(|(s, r, c, t)| (s.as_str(), *r, *c, t.as_str())).collect();
    filled(&all)
}

fn map_and_concepts() -> (tlevel::map::Map, Concepts) {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let concepts = Concepts::from_csv(&map, include_str!("../../../../fixtures/maps/england-concepts.csv")).unwrap();
    (map, concepts)
}

fn bundled() -> tlevel::derive::Derivation {
    let (map, concepts) = map_and_concepts();
    tlevel::derive(&map, &concepts, &Policy::panel()).unwrap()
}

fn reviewed(decisions: &Decisions) -> Reviewed {
    let (map, concepts) = map_and_concepts();
    apply_decisions(&map, &concepts, &Policy::panel(), decisions).unwrap()
}

/// A review of the onsite pathway of the bundled map.
fn review() -> Document {
    let derivation = bundled();
    let programme = derivation.programme("construction/onsite-construction").unwrap();
    let mut document = Document::new("Onsite construction");
    let items = |letter: &str, items: &[tlevel::derive::Item]| -> Vec<ContentItem> {
        let item =
            |(n, i): (usize, &tlevel::derive::Item)| ContentItem::new(format!("{letter}{n}"), &i.concept, &i.text);
        items.iter().enumerate().map(item).collect()
    };
    for (caption, letter, of, tier) in [
        ("Route core", "R", &programme.route_core, Tier::Route),
        ("Pathway core", "P", &programme.pathway_core, Tier::Pathway),
    ] {
        let items = items(letter, of);
        document.blocks.push(Block::Content { caption: caption.to_owned(), items, review: Some(tier) });
    }
    let items = items("X", &programme.specialisms[0].content);
    document.blocks.push(Block::Content { caption: "Specialism".to_owned(), items, review: None });
    document
}

fn read_review(bytes: &[u8]) -> Result<Decisions, ReviewError> {
    Decisions::from_table(&tlevel_report::read_table(bytes, Decisions::COLUMNS)?)
}

#[test]
fn a_review_that_nobody_touched_changes_nothing() {
    let bytes = xlsx(&review()).unwrap();
    let decisions = read_review(&bytes).unwrap();
    assert!(decisions.decisions().is_empty() && decisions.remarks().is_empty());
    let before = bundled();
    let after = reviewed(&decisions);
    assert!(after.conflicts.is_empty());
    assert_eq!(serde_json::to_string(&after.derivation).unwrap(), serde_json::to_string(&before).unwrap());
}

#[test]
fn a_workbook_and_csv_say_the_same() {
    let bytes = xlsx(&review()).unwrap();
    let derivation = bundled();
    let programme = derivation.programme("construction/onsite-construction").unwrap();
    let route: Vec<&str> = programme.route_core.iter().map(|i| i.concept.as_str()).collect();
    let special = &programme.specialisms[0].content[0].concept;
    // rows: caption, headings, items; columns: Number, Text, Detail, Decision, New wording, Merge with, Comment, and
    // hidden: Concept id, Tier
    let bytes = with(
        &bytes,
        &[
            ("Route core", 2, 3, "Pathway core "),
            ("Route core", 2, 6, "not for all"),
            ("Route core", 3, 3, "merge with"),
            ("Route core", 3, 5, "x0"),
            ("Route core", 4, 4, "In other words"),
            ("Route core", 5, 6, "undecided"),
        ],
    );
    let of_workbook = read_review(&bytes).unwrap();
    let places: Vec<&str> = of_workbook.decisions().iter().map(|d| d.place.as_str()).collect();
    assert_eq!(places, ["'Route core'!D3", "'Route core'!D4", "'Route core'!D5"]);
    assert_eq!(of_workbook.decisions()[1].choice, Choice::MergeWith(special.to_string()));
    let reworded = &of_workbook.decisions()[2];
    assert_eq!((&reworded.choice, &*reworded.wording), (&Choice::Keep, "In other words"));
    let remark = &of_workbook.remarks()[0];
    assert_eq!((&*remark.place, &*remark.comment), ("'Route core'!G6", "undecided"));
    let csv = format!(
        "Number,Concept id,Tier,Text,Detail,Decision,New wording,Merge with,Comment\nR0,{},route core,,,pathway \
         core,,,not for all\nR1,{},route core,,,merge with,,X0,\nR2,{},route core,,,keep,In other \
         words,,\nX0,{special},,,,,,,\n",
        route[0], route[1], route[2]
    );
    let of_csv = Decisions::from_csv(&csv).unwrap();
    let unplaced = |decisions: &Decisions| {
        let all = decisions.decisions().iter();
        all.map(|d| (d.concept.clone(), d.tier, d.choice.clone(), d.comment.clone(), d.wording.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(unplaced(&of_workbook), unplaced(&of_csv));
    let (one, other) = (reviewed(&of_workbook), reviewed(&of_csv));
    assert_eq!(one.conflicts.len(), other.conflicts.len());
    let text = |reviewed: Reviewed| serde_json::to_string(&reviewed.derivation).unwrap();
    let (one, other): (String, String) = (text(one), text(other));
    assert_eq!(one.replace("'Route core'!D3", "line 2").replace("'Route core'!D4", "line 3"), other);
}

#[test]
fn a_review_of_a_pathway_decides_for_that_pathway_alone() {
    let mut review = review();
    review.subject = Some("construction/onsite-construction".to_owned());
    review.basis = Some("the map and the policy".to_owned());
    // Number, Text, Detail, Decision
    let bytes = with(&xlsx(&review).unwrap(), &[("Pathway core", 2, 3, "specialism")]);
    let decisions = read_review(&bytes).unwrap();
    assert_eq!(decisions.decisions()[0].choice, Choice::Specialism);
    assert_eq!(decisions.decisions()[0].pathways, ["construction/onsite-construction"]);
    assert_eq!(decisions.bases(), ["the map and the policy"]);
}

#[test]
fn a_review_of_a_pathway_has_a_sheet_a_tier_with_the_topics_in_a_column() {
    let mut document = Document::new("Onsite construction");
    document.subject = Some("onsite".to_owned());
    for (caption, number, key, tier) in [
        ("Route core: Safety", "R1", "k-law", Tier::Route),
        ("Route core: Drawings", "R2", "k-drawings", Tier::Route),
        ("Pathway core: Safety", "P1", "k-height", Tier::Pathway),
        ("Near misses", "N1", "k-tools", Tier::NearMiss),
    ] {
        let items = vec![ContentItem::new(number, key, "A wording")];
        document.blocks.push(Block::Content { caption: caption.to_owned(), items, review: Some(tier) });
    }
    let bytes = xlsx(&document).unwrap();
    let mut workbook = open(&bytes);
    assert_eq!(workbook.sheet_names(), ["Document", "Route core", "Pathway core", "Near misses"]);
    let texts = |sheet: &str, workbook: &mut _| -> Vec<String> {
        cells(workbook, sheet).into_iter().map(|(_, _, data)| data.to_string()).collect()
    };
    let route = texts("Route core", &mut workbook);
    let mark = tlevel::review::text_mark("A wording");
    let expected = [
        [
            "Number",
            "Topic",
            "Text",
            "Detail",
            "Decision",
            "New wording",
            "Merge with",
            "Comment",
            "Concept id",
            "Tier",
            "Pathway",
            "Text mark",
        ]
        .as_slice(),
        &["R1", "Safety", "A wording", "k-law", "route core", "onsite", &mark],
        &["R2", "Drawings", "A wording", "k-drawings", "route core", "onsite", &mark],
    ];
    assert_eq!(route, [&["Route core"][..], &expected.concat()].concat());
    assert!(!texts("Near misses", &mut workbook).contains(&"Topic".to_owned()));
    let decided = with(&bytes, &[("Route core", 3, 4, "drop"), ("Near misses", 2, 3, "pathway core")]);
    let decisions = read_review(&decided).unwrap();
    let of: Vec<_> = decisions.decisions().iter().map(|d| (d.concept.as_str(), d.choice.clone())).collect();
    assert_eq!(of, [("k-drawings", Choice::Drop), ("k-tools", Choice::PathwayCore)]);
}

#[test]
fn a_text_with_points_that_nobody_changed_is_no_edit() {
    let mut document = Document::new("Onsite construction");
    document.subject = Some("onsite".to_owned());
    let mut item = ContentItem::new("R1.1", "k-law", "The laws:");
    item.points = vec!["of health".to_owned(), "of safety".to_owned()];
    let (caption, items) = ("Route core: Safety".to_owned(), vec![item]);
    document.blocks.push(Block::Content { caption, items, review: Some(Tier::Route) });
    let bytes = xlsx(&document).unwrap();
    assert_eq!(read_review(&bytes).unwrap().remarks(), []);
    let edited = with(&bytes, &[("Route core", 2, 2, "The laws: of health; of fire")]);
    let remarks = read_review(&edited).unwrap().remarks().to_vec();
    assert_eq!(remarks.iter().map(|r| (r.concept.as_str(), r.is_edit)).collect::<Vec<_>>(), [("k-law", true)]);
}

#[test]
fn reviews_that_cannot_be_read() {
    let error = |bytes: &[u8]| read_review(bytes).unwrap_err().to_string();
    let columns = "a review has the columns concept id, decision (and may have number, tier, merge with, new \
                   wording, comment, pathway, made with, text, text mark)";
    assert_eq!(
        error(b"a,b\n"),
        format!("line 1: the column \"concept id\" is missing; {columns}; found: \"a\", \"b\"")
    );
    assert!(
        error(b"PK\x03\x04 and no more").ends_with("; open it and save it again as .xlsx, or save the sheet as CSV")
    );
    let mut plain = Document::new("x");
    plain.blocks.push(Block::Table(Table::new("Counts", vec![Column::new("Decision", 1)])));
    assert_eq!(
        error(&xlsx(&plain).unwrap()),
        format!(
            "no sheet has the header (the sheets: \"Document\", \"Counts\"): the column \"concept id\" is missing; \
             {columns}"
        )
    );
    let head = [("It's", 4, 1, "Concept id"), ("It's", 4, 27, "Decision"), ("It's", 4, 28, "Merge with")];
    for (cells, message) in [
        (
            vec![("It's", 5, 1, "k"), ("It's", 5, 27, "path core")],
            "'It''s'!AB6: \"path core\" is no decision; write keep, route core, pathway core, specialism, drop or merge \
             with, or leave the cell empty: did you mean \"pathway core\"?",
        ),
        (
            vec![("It's", 9, 1, "k"), ("It's", 9, 27, "merge with")],
            "'It''s'!AC10: the cell \"merge with\" is empty; name an item's number or a concept id, or decide otherwise",
        ),
        (
            vec![("It's", 9, 27, "drop")],
            "'It''s'!AB10: \"drop\" is decided, but the row has no concept id; fill it in or remove the decision",
        ),
    ] {
        let cells: Vec<_> = head.into_iter().chain(cells).collect();
        assert_eq!(error(&filled(&cells)), message);
    }
}

#[test]
fn damaged_workbooks_are_errors_and_no_panics() {
    let bytes = xlsx(&review()).unwrap();
    for cut in (0..bytes.len()).step_by(97) {
        assert!(read_review(&bytes[..cut]).is_err());
    }
    for at in (0..bytes.len()).step_by(53) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x5a;
        let _ = read_review(&damaged);
    }
}
