//! Workbooks that people review: names of sheets, print, prompts, and what can be decided.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use tlevel::concept::Concepts;
use tlevel::derive::{Policy, Quorum, Share, Specification};
use tlevel::harmonise::{Ledger, Measure, Threshold, Verdict, overlaps};
use tlevel::map::Map;
use tlevel::review::{Decisions, Questions, ToAsk, questions};
use tlevel::topics::{Topics, Vocabulary};
use tlevel_report::document::{Block, Cell};
use tlevel_report::{export, read_table, report};

const PATHWAY: &str = "digital/digital-support-and-services";

fn map() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap()).unwrap().map
}

fn policy(share: Share) -> Policy {
    let mut policy = Policy::panel();
    policy.share = Some(share);
    policy
}

/// Concepts joined by score, under topics.
fn with_topics(map: &Map, measure: &Measure<'_>, ledger: &Ledger) -> tlevel::harmonise::Harmony {
    let harmony = tlevel::harmonise(measure, Threshold::default(), ledger).unwrap();
    let topics = Topics::assign(map, &Vocabulary::bundled());
    harmony.map_concepts(|concepts| {
        let overlaps = overlaps(measure, &concepts);
        topics.onto(map, concepts.with_overlaps(overlaps))
    })
}

fn draft(map: &Map, concepts: &Concepts, policy: &Policy) -> Specification {
    let derivation = tlevel::derive(map, concepts, policy).unwrap();
    Specification::of(map, concepts, &derivation, PATHWAY).unwrap()
}

fn asked(ledger: &Ledger) -> Questions {
    let (map, policy) = (map(), policy(Share::Topic));
    let measure = Measure::new(&map);
    let harmony = with_topics(&map, &measure, ledger);
    let to_ask = ToAsk { policy: &policy, pathway: PATHWAY, ledger, disagreements: &[], most: 1_000 };
    questions(&measure, &harmony, to_ask, |_, _| {}).unwrap().unwrap()
}

/// The visible sheets: their names and what their parts say.
fn sheets(workbook: &[u8]) -> Vec<(String, String)> {
    let mut file = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        file.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let book = part("xl/workbook.xml");
    let mut sheets = Vec::new();
    for (sheet, at) in book.split("<sheet ").skip(1).zip(1..) {
        let sheet = sheet.split("/>").next().unwrap();
        let name = sheet.split("name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        if !sheet.contains("state=\"hidden\"") {
            let xml = part(&format!("xl/worksheets/sheet{at}.xml"));
            sheets.push((name, xml));
        }
    }
    assert!(book.contains("_xlnm.Print_Titles"), "headings are repeated on every page");
    sheets
}

fn names(workbook: &[u8]) -> Vec<String> {
    sheets(workbook).into_iter().map(|(name, _)| name).collect()
}

/// The width of the visible columns of a sheet, in inches.
fn inches(sheet: &str) -> f64 {
    let columns = sheet.split("<col ").skip(1).filter(|column| !column.split("/>").next().unwrap().contains("hidden"));
    let number = |column: &str, name: &str| -> f64 {
        column.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    columns.map(|c| number(c, "width") * (number(c, "max") - number(c, "min") + 1.0) * 7.0 / 96.0).sum()
}

#[test]
fn the_sheets_of_a_draft_have_names_that_people_know() {
    let map = map();
    let measure = Measure::new(&map);
    let harmony = with_topics(&map, &measure, &Ledger::default());
    let specification = draft(&map, harmony.concepts(), &policy(Share::Topic));
    let names = names(&export::xlsx(&report::specification(&specification)).unwrap());
    let parts: Vec<&str> =
        names.iter().map(String::as_str).take_while(|name| !name.starts_with("Statements of")).collect();
    assert_eq!(
        parts,
        [
            "Document",
            "About this draft",
            "Parts to be written",
            "Route core",
            "Pathway core",
            "Group core",
            "Core skills",
            "S1 Digital device repair",
            "C1 Digital support technician",
            "S2 Digital applications",
            "S3 Digital service technician",
            "S4 Infrastructure technician",
            "S5 IT solutions technician",
            "S6 Network cable installer",
            "S7 Cyber security technician",
            "S8 Radio network technician",
            "Proposed hours",
            "General skills",
            "Coverage",
            "Near misses",
            "Left out",
        ]
    );
    let specialisms = names.iter().filter(|name| name.starts_with('S') && name[1..].starts_with(char::is_numeric));
    let titled = specialisms.filter(|name| name.split_once(' ').is_some_and(|(_, title)| title.len() > 3));
    assert_eq!(
        titled.count(),
        specification.programme.specialisms.iter().filter(|s| s.items().next().is_some()).count()
    );
    assert!(names.iter().all(|name| name.chars().count() <= 31));
}

#[test]
fn sheets_print_on_a4_landscape_at_a_legible_size() {
    let map = map();
    let measure = Measure::new(&map);
    let harmony = with_topics(&map, &measure, &Ledger::default());
    let specification = draft(&map, harmony.concepts(), &policy(Share::Topic));
    let draft = export::xlsx(&report::specification(&specification)).unwrap();
    let questions = export::xlsx(&report::questions(&asked(&Ledger::default()))).unwrap();
    for (name, sheet) in sheets(&draft).into_iter().chain(sheets(&questions)) {
        assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("fitToHeight=\"0\""), "{name}");
        assert!(sheet.contains("&amp;L&amp;A&amp;RPage &amp;P of &amp;N"), "{name}");
        let is_text = name == "Document" || name == "How to review";
        assert_eq!(sheet.contains("orientation=\"landscape\""), !is_text, "{name}");
        // the width of A4 less its margins
        let page = if is_text { 8.27 - 1.0 } else { 11.69 - 0.8 };
        let scale = page / inches(&sheet);
        assert!(scale > 0.7, "{name}: {scale}");
    }
}

#[test]
fn every_row_of_a_draft_can_be_decided() {
    let map = map();
    let measure = Measure::new(&map);
    let harmony = with_topics(&map, &measure, &Ledger::default());
    let mut strict = policy(Share::Statement);
    (strict.pathway_quorum, strict.route_quorum) = (Quorum::ALL, Quorum::ALL);
    for (policy, has_core) in [(policy(Share::Topic), true), (policy(Share::Statement), true), (strict, false)] {
        let specification = draft(&map, harmony.concepts(), &policy);
        let workbook = export::xlsx(&report::specification(&specification)).unwrap();
        let table = read_table(&workbook, Decisions::COLUMNS).unwrap();
        let mut rows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in table.rows().filter(|row| row.has("decision")) {
            rows.entry(row.cell("tier")).or_default().insert(row.cell("concept id"));
        }
        let programme = &specification.programme;
        let decidable = |id: &str| rows.values().any(|ids| ids.contains(id));
        let core = programme.route_core.iter().chain(&programme.pathway_core);
        assert_eq!(core.clone().next().is_some(), has_core);
        if programme.topics.is_empty() {
            assert!(core.clone().all(|item| decidable(&item.concept)));
        }
        // elements, and what one occupation has on a topic: its source
        for topic in &programme.topics {
            assert!(topic.elements.iter().all(|element| decidable(&element.item.concept)), "{}", topic.heading);
            assert!(topic.sources.is_empty() || core.clone().any(|item| decidable(&item.concept)), "{}", topic.heading);
        }
        for specialism in &programme.specialisms {
            let missing: Vec<&str> =
                specialism.items().map(|item| item.concept.as_str()).filter(|id| !decidable(id)).collect();
            assert_eq!(missing, Vec::<&str>::new(), "{}", specialism.title);
        }
        assert!(rows.contains_key("specialism") && !rows.get("specialism").unwrap().is_empty());
        assert!(rows.contains_key("near miss") || programme.near_misses.is_empty(), "{:?}", rows.keys());
    }
}

#[test]
fn every_column_to_fill_in_says_what_to_write() {
    let map = map();
    let measure = Measure::new(&map);
    let harmony = with_topics(&map, &measure, &Ledger::default());
    let specification = draft(&map, harmony.concepts(), &policy(Share::Topic));
    let draft = export::xlsx(&report::specification(&specification)).unwrap();
    let questions = export::xlsx(&report::questions(&asked(&Ledger::default()))).unwrap();
    let mut prompts: BTreeSet<String> = BTreeSet::new();
    for (_, sheet) in sheets(&draft).into_iter().chain(sheets(&questions)) {
        for validation in sheet.split("<dataValidation ").skip(1) {
            let of =
                |name: &str| validation.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
            let (title, prompt) = (of("promptTitle").unwrap(), of(" prompt").unwrap());
            assert!(prompt.ends_with('.') && prompt.chars().count() <= 255, "{prompt}");
            prompts.insert(format!("{title}: {prompt}"));
        }
    }
    assert_eq!(
        prompts.into_iter().collect::<Vec<_>>(),
        [
            "Comment: Why, in your own words. A comment alone is kept, too.",
            "Decision: Choose from the list. Leave it empty to change nothing.",
            "Decision: Do the two say the same? Choose same, different or unsure. Leave it empty to decide later.",
            "Merge with: For &quot;merge with&quot; alone: the number of the item that says the same, such as P3.",
            "New wording: A better text or heading, whatever the decision. The text at the left stays as it is.",
            "Note: Why, in your own words. A note alone is kept, too.",
        ]
    );
}

#[test]
fn questions_come_in_twenties_after_a_sheet_on_how_to_review() {
    let mut first = asked(&Ledger::default());
    let own = first.questions.clone();
    assert!(!own.is_empty());
    while first.questions.len() < 41 {
        first.questions.extend(own.iter().take(41 - first.questions.len()).cloned());
    }
    let n = first.questions.len();
    let workbook = export::xlsx(&report::questions(&first)).unwrap();
    let mut expected = vec!["How to review".to_owned(), "Questions 1 to 20".to_owned()];
    expected.extend((21..=n).step_by(20).map(|from| match n.min(from + 19) {
        to if to == from => format!("Question {from}"),
        to => format!("Questions {from} to {to}"),
    }));
    assert_eq!(names(&workbook), expected);
    let sheets = sheets(&workbook);
    let (_, how) = &sheets[0];
    assert!(how.contains("<row r=\"2\""), "the title, then how to review");
    for (name, sheet) in &sheets[1..] {
        assert!(
            sheet.contains("&quot;same,different,unsure&quot;") || sheet.contains("\"same,different,unsure\""),
            "{name}"
        );
        assert!(sheet.contains("hidden=\"1\""), "{name}");
    }
    // each row names its pair, and nothing is decided yet
    let table = read_table(&workbook, Ledger::COLUMNS).unwrap();
    assert_eq!(table.rows().len(), n);
    assert_eq!(Ledger::from_table(&table).unwrap().decisions(), []);
    for (row, question) in table.rows().zip(&first.questions) {
        let codes = ["occupation_a", "statement_a", "occupation_b", "statement_b"].map(|column| row.cell(column));
        let [a, b] = &question.sides;
        assert_eq!(codes, [&*a.occupation, &*a.statement, &*b.occupation, &*b.statement]);
    }
    // read as people read: titles and texts, no codes
    let document = report::questions(&first);
    let texts: Vec<String> = document.texts().collect();
    let side = &first.questions[0].sides[0];
    assert!(texts.contains(&format!("{}: {}", side.title, side.text)));
    assert!(!texts.contains(&side.occupation));
    assert!(texts.iter().any(|text| text.starts_with("If they are the same: ")));
}

#[test]
fn what_is_decided_stays_and_is_not_asked_again() {
    let first = asked(&Ledger::default());
    let head = "decision,occupation_a,statement_a,occupation_b,statement_b,note";
    let row = |n: usize, verdict: &str| {
        let [a, b] = &first.questions[n].sides;
        format!("{verdict},{},{},{},{},because {n}", a.occupation, a.statement, b.occupation, b.statement)
    };
    let ledger = Ledger::from_csv(&format!("{head}\n{}\n{}\n", row(0, "same"), row(1, "different"))).unwrap();
    let second = asked(&ledger);
    let workbook = export::xlsx(&report::questions(&second)).unwrap();
    assert_eq!(names(&workbook).last().map(String::as_str), Some("Decided"));
    let read = Ledger::from_table(&read_table(&workbook, Ledger::COLUMNS).unwrap()).unwrap();
    let shown = |ledger: &Ledger| -> Vec<(Verdict, (String, String), String)> {
        ledger.decisions().iter().map(|d| (d.verdict, d.a.clone(), d.note.clone())).collect()
    };
    assert_eq!(shown(&read), shown(&ledger));
    for decided in 0..2 {
        assert!(second.questions.iter().all(|question| question.sides != first.questions[decided].sides));
    }
    assert!(second.settled >= 1, "{}", second.settled);
}

#[test]
fn pairs_to_decide_have_titles_beside_their_codes() {
    let map = map();
    let measure = Measure::new(&map);
    let harmony = with_topics(&map, &measure, &Ledger::default());
    let derivation = tlevel::derive(&map, harmony.concepts(), &policy(Share::Statement)).unwrap();
    let has_pairs = |programme: &&tlevel::derive::Programme| {
        programme.notes.iter().any(|note| note.code == tlevel::derive::NoteCode::NearDuplicate)
    };
    let programme = derivation.programmes.iter().find(has_pairs).expect("some are nearly alike");
    let specification =
        Specification::of(&map, harmony.concepts(), &derivation, &programme.pathway.id).expect("has a programme");
    let document = report::specification(&specification);
    let pairs = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.caption == "Pairs to decide" => Some(table),
        _ => None,
    });
    let pairs = &pairs.expect("a table").rows;
    let score = |row: &Vec<Cell>| if let Cell::Decimal(score) = row[0] { score } else { 0.0 };
    assert!(!pairs.is_empty() && pairs.iter().all(|row| score(row) > 0.0));
    assert!(pairs.is_sorted_by_key(|row| std::cmp::Reverse((score(row) * 100.0) as u32)), "{pairs:?}");
    let named = |cell: &Cell| {
        let text = cell.shown();
        map.occupations().any(|o| text.starts_with(&format!("{} ({}) ", o.title(), o.id())))
    };
    assert!(pairs.iter().all(|row| named(&row[1]) && named(&row[2])), "{pairs:?}");
}
