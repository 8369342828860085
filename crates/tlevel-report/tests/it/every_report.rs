//! Every report through every exporter: each says all that the report says.

use serde_json::json;
use tlevel::change::{Changes, DraftDifference, apply, diff_with_effects};
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, People};
use tlevel::derive::{Holders, Policy};
use tlevel::harmonise::Measure;
use tlevel::place::{NewOccupation, Placer};
use tlevel::progression::steps;
use tlevel_report::document::{Block, Document, Entry, Listing};
use tlevel_report::{Layout, export, report};

/// A report of each result, by its name.
fn reports() -> Vec<(&'static str, Document)> {
    let map =
        tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap()).unwrap();
    let (findings, map) = (map.findings, map.map);
    let (concepts, policy) = (Concepts::exact(&map), Policy::t_level());
    let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
    let placer = Placer::new(&map);

    let broken = json!({"format": "tlevel-map", "version": 1, "routes": [{"id": "r", "name": " R "}, {"name": ""}]});
    let broken = match tlevel::check(tlevel::read(broken.to_string().as_bytes()).unwrap()) {
        Ok(checked) => checked.findings,
        Err(rejected) => rejected.findings,
    };

    let measure = Measure::new(&map);
    let holders = Holders::new(&map, &concepts, &policy).unwrap();
    let concept = concepts.iter().max_by_key(|c| c.statements().len()).unwrap().index();
    let explanation = tlevel::review::explain(&measure, &concepts, &holders, &derivation, concept).unwrap();

    let new = NewOccupation::titled("Drone surveyor");
    let placement = placer.suggest(&new, 3);
    let clusters = placement.suggestions.iter();
    let evidence: Vec<_> = clusters.filter_map(|s| placer.explain(&new, &s.cluster)).collect();
    let suggested = report::placement(&new, &placement, &evidence);

    let proposal = "change,occupation,level,branch\nre-level,LARS287,3,\nunmark,,,protective-services\n";
    let raw = apply(&map, &Changes::from_csv(proposal).unwrap()).unwrap();
    let changed = tlevel::check(raw).unwrap().map;
    let after = Concepts::exact(&changed);
    let difference = diff_with_effects((&map, &concepts), (&changed, &after), &policy, &policy).unwrap();

    let consultation = Consultation::new(&map, &concepts, &policy).unwrap();
    let responses =
        "question,occupation,from,to,map,rationale\nb,LARS287,,caterer,,They lead gangs\nc,,,hospitality,,\nz,,,,,\n";
    let responses = consultation.responses(responses, People::LeftOut).unwrap();
    vec![
        ("findings", report::findings(&findings, "map.json")),
        ("findings of a broken map", report::findings(&broken, "broken.json")),
        ("programmes", report::programmes(&derivation)),
        ("explanation", report::explanation(&explanation)),
        ("placement", suggested.clone()),
        ("placements", Document::gathered("Clusters for new occupations", [suggested.clone(), suggested])),
        ("progression", report::progression(&steps(&map, &concepts, &placer, "LARS82", 3).unwrap())),
        ("difference", report::difference(&difference)),
        ("drafts", report::drafts(&DraftDifference::new(Vec::new(), difference))),
        ("gaps", report::consultation(&consultation.report(consultation.gaps()))),
        ("responses", report::consultation(&consultation.report(responses))),
    ]
}

/// The letters and digits of a text, which no format changes.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text holds those of a document; those of a table's cells too.
fn says(name: &str, format: &str, document: &Document, written: &str) {
    let written = letters(written);
    assert!(document.texts().count() > 2, "{name} is empty");
    for text in document.texts() {
        assert!(written.contains(&letters(&text)), "{name} as {format} lacks {text}\n{written}");
    }
}

/// The texts of an office file, without marks.
#[cfg(feature = "office")]
fn unpacked(bytes: &[u8]) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for i in 0..archive.len() {
        let mut part = String::new();
        archive.by_index(i).unwrap().read_to_string(&mut part).unwrap();
        let document = roxmltree::Document::parse(&part).unwrap();
        all.extend(document.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()));
    }
    all
}

#[test]
fn every_exporter_writes_every_report() {
    for (name, document) in reports() {
        assert!(!document.listed(Listing::Brief).is_empty(), "{name}");
        for width in [40, 80] {
            for full in [false, true] {
                let text = export::terminal(&document, &Layout::default().width(width).full(full));
                let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
                assert!(longest <= width, "{name}: {longest} columns\n{text}");
                assert!(!text.contains("\n\n\n") && !text.starts_with('\n'), "{name}\n{text}");
            }
        }
        let markdown = export::markdown(&document);
        says(name, "Markdown", &document, &markdown.replace('\\', ""));
        let page = html_escape::decode_html_entities(&export::html(&document)).into_owned();
        let body = page.split_once("<body>").unwrap().1;
        let plain: String = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        says(name, "HTML", &document, &plain);
        #[cfg(feature = "office")]
        {
            says(name, "Word", &document, &unpacked(&export::docx(&document).unwrap()));
            says(name, "Excel", &document, &unpacked(&export::xlsx(&document).unwrap()));
        }
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document, "{name} reads back");
    }
}

#[test]
fn findings_are_one_table() {
    let reports = reports();
    let table = export::csv(&reports[1].1).expect("is one table");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(rows.headers().unwrap(), vec!["severity", "rule", "line", "column", "message", "pointer"]);
    assert!(rows.records().map(Result::unwrap).any(|row| &row[0] == "error" && row[5].starts_with("/routes")));
    assert_eq!(export::csv(&reports[2].1), None, "an explanation is no table");
}

#[test]
fn texts_of_entries_stay_texts() {
    let text = "<script>alert(1)</script> [x](javascript:y) *z* | # \u{1b}[2J";
    let below = vec![Entry::labelled(text, text)];
    let mut document = Document::report(text);
    text.clone_into(&mut document.aside);
    document.blocks.push(Block::section(1, text, text));
    document.blocks.push(Block::entries(vec![Entry::labelled(text, text).beside(text).with(below)]));
    document.blocks.push(Block::foot(text));
    let page = export::html(&document);
    assert!(!page.contains("<script") && page.matches("&lt;script&gt;").count() >= 9, "{page}");
    let markdown = export::markdown(&document);
    let plain = markdown.replace("\\<", "").replace("\\[", "").replace("\\*", "");
    assert!(!plain.contains(['<', '[', '*']), "{markdown}");
    let shown = export::terminal(&document, &Layout::default());
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown}");
    #[cfg(feature = "office")]
    assert!(unpacked(&export::docx(&document).unwrap()).contains(letters_of_word(text)));
}

/// What an office file holds of a text, up to its control character.
#[cfg(feature = "office")]
fn letters_of_word(text: &str) -> &str {
    text.split('\u{1b}').next().unwrap_or_default().trim_end()
}

#[test]
fn a_brief_listing_is_cut_and_a_file_is_whole() {
    let entries = Entry::first(2, ["a", "b", "c"].map(Entry::new).into());
    let shown = |listing| -> Vec<&str> { Entry::listed(&entries, listing).map(|entry| entry.text.as_str()).collect() };
    assert_eq!(shown(Listing::Brief), ["a", "b", "and 1 more (the full listing has them)"]);
    assert_eq!(shown(Listing::Full), ["a", "b", "c"]);
    assert_eq!(shown(Listing::File), ["a", "b", "c"]);
    let only_files = [Entry::new("proof").only(Listing::File)];
    assert_eq!(Entry::listed(&only_files, Listing::Full).count(), 0);
    assert_eq!(Entry::listed(&only_files, Listing::File).count(), 1);
}
