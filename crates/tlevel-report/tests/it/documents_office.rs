//! Documents as Word files, read back.

use crate::documents_sample;

use std::io::Read;

use documents_sample::{expected, hostile, plain};
use tlevel_report::document::Document;
use tlevel_report::export;

pub(crate) fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {attribute}=\""))?.1.split('"').next()
}

/// The texts of the body, without those that the file adds: the table of
/// contents, cues, date and rights. The number of an item ends at its first tab.
fn texts(body: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for paragraph in body.split("<w:p ").skip(1) {
        let paragraph = paragraph.split("</w:p>").next().unwrap();
        let style = paragraph.split("<w:pStyle").nth(1).and_then(|tag| value(tag, "w:val")).unwrap();
        if style.starts_with("TOC") || style == "FrontMatter" {
            continue;
        }
        let mut text = String::new();
        for run in paragraph.split("<w:r>").skip(1).filter(|run| !run.contains("<w:rStyle w:val=\"Cue\"")) {
            for (at, piece) in run.split('<').enumerate() {
                let (tag, after) = if at == 0 { ("", piece) } else { piece.split_once('>').unwrap() };
                match tag.split(' ').next().unwrap() {
                    "w:t" => text.push_str(&html_escape::decode_html_entities(after)),
                    "w:tab" | "w:tab/" => text.push('\t'),
                    "w:br" => text.push('\n'),
                    _ => {}
                }
            }
        }
        match text.split_once('\t').filter(|_| style == "ContentItem") {
            Some((number, text)) => texts.extend([number.to_owned(), text.to_owned()]),
            None => texts.push(text),
        }
    }
    texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Whether a part is well-formed: each element closed in its turn, no character
/// that XML forbids, no `&` but of an entity.
fn well_formed(name: &str, xml: &str) {
    let mut open = Vec::new();
    for (at, piece) in xml.split('<').enumerate() {
        let Some((tag, text)) = piece.split_once('>').filter(|_| at > 0) else {
            assert!(piece.trim().is_empty(), "{name}: {piece}");
            continue;
        };
        let element = tag.split(|c: char| c.is_whitespace()).next().unwrap().trim_end_matches('/');
        if let Some(closed) = element.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !tag.starts_with('?') && !tag.ends_with('/') {
            open.push(element);
        }
        for entity in tag.split('&').skip(1).chain(text.split('&').skip(1)) {
            let entity = entity.split(';').next().unwrap();
            assert!(
                matches!(entity, "amp" | "lt" | "gt" | "quot" | "apos") || entity.starts_with('#'),
                "{name}: {entity}"
            );
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
    let forbidden =
        |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(!xml.contains(forbidden), "{name}");
}

#[test]
fn a_word_file_says_what_the_document_says() {
    for document in [plain(), hostile()] {
        let file = export::docx(&document).unwrap();
        assert_eq!(texts(&part(&file, "word/document.xml")), expected(&document));
    }
    assert!(export::docx(&Document::new("")).is_ok());
}

#[test]
fn every_part_is_well_formed_and_named() {
    for document in [plain(), hostile()] {
        let file = export::docx(&document).unwrap();
        let archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
        let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
        for name in names.iter().filter(|name| !name.starts_with("word/media/")) {
            well_formed(name, &part(&file, name));
        }
        for name in part(&file, "[Content_Types].xml").split("PartName=\"/").skip(1) {
            let name = name.split('"').next().unwrap();
            assert!(names.iter().any(|n| n == name), "{name} is not in the file");
        }
        for target in part(&file, "word/_rels/document.xml.rels").split("<Relationship ").skip(1) {
            let target = value(&format!(" {target}"), "Target").unwrap().to_owned();
            assert!(target.starts_with("http") || names.contains(&format!("word/{target}")), "{target}");
        }
    }
}

#[test]
fn another_reader_opens_it() {
    for document in [plain(), hostile()] {
        let read = docx_rs::read_docx(&export::docx(&document).unwrap()).unwrap();
        assert!(read.document.children.len() > document.blocks.len());
    }
}

#[test]
fn headings_tables_fields_and_properties() {
    let file = export::docx(&plain()).unwrap();
    let body = part(&file, "word/document.xml");
    for (style, count) in [("Title", 1), ("Heading1", 2), ("Heading2", 2), ("Caption", 2), ("TOC1", 2), ("TOC2", 2)] {
        assert_eq!(body.matches(&format!("<w:pStyle w:val=\"{style}\" />")).count(), count, "{style}");
    }
    assert_eq!(body.matches("<w:tblHeader />").count(), 1);
    assert!(body.contains("TOC \\o &quot;1-2&quot; \\h"));
    assert!(body.contains("SEQ Table \\* ARABIC"));
    let footer = part(&file, "word/footer1.xml");
    assert!(
        footer.contains("<w:instrText>PAGE</w:instrText>") && footer.contains("<w:instrText>NUMPAGES</w:instrText>")
    );
    assert!(part(&file, "word/header1.xml").contains(">Onsite construction</w:t>"));
    // the format wants the references first
    assert!(body.contains("<w:sectPr><w:headerReference ") && body.matches("<w:footerReference ").count() == 1);
    let styles = part(&file, "word/styles.xml");
    assert!(styles.contains("<w:lang w:val=\"en-GB\"") && styles.contains("<w:outlineLvl w:val=\"3\"/>"));
    let properties = part(&file, "docProps/core.xml");
    assert!(properties.contains("<dc:title>Onsite construction</dc:title>"));
    assert!(properties.contains("<dc:language>en-GB</dc:language>"));
    assert!(properties.contains(">2026-11-24T00:00:00Z</dcterms:created>"));
    assert!(!part(&export::docx(&hostile()).unwrap(), "docProps/core.xml").contains("dcterms:created"));
}

#[test]
fn contents_have_the_pages_of_their_headings() {
    use tlevel_report::document::Block;

    let mut document = Document::new("Draft");
    document.blocks = vec![Block::Contents, Block::PageBreak, Block::heading(1, "a", "First")];
    // a little more than a page
    document.blocks.extend((0..50).map(|n| Block::paragraph(format!("Line {n}"))));
    document.blocks.extend([Block::heading(1, "b", "Second"), Block::PageBreak, Block::heading(1, "c", "Third")]);
    let body = part(&export::docx(&document).unwrap(), "word/document.xml");
    let entries = body.split("<w:p ").filter(|paragraph| paragraph.contains("<w:pStyle w:val=\"TOC1\" />"));
    let pages: Vec<&str> = entries
        .map(|entry| entry.rsplit_once("<w:t xml:space=\"preserve\">").unwrap().1.split('<').next().unwrap())
        .collect();
    assert_eq!(pages, ["2", "3", "4"]);
    assert!(!body.contains("w:dirty=\"true\""), "Word has nothing to ask");
}

#[test]
fn what_belongs_together_stays_on_one_page() {
    use tlevel::derive::Tier;
    use tlevel_report::document::{Block, Column, ContentItem, Span, Table};

    let mut table = Table::new("Named above", vec![Column::new("A", 1)]);
    table.is_named_above = true;
    table.rows = vec![vec!["cell".into()]];
    let mut item = ContentItem::new("R1", "c", "The tools:");
    item.points = vec!["saws".to_owned(), "planes.".to_owned()];
    item.detail = vec![Span::text("knowledge")];
    let entries = (0..6).map(|n| vec![Span::text(format!("Entry {n}"))]).collect();
    let mut document = Document::new("Draft");
    document.blocks = vec![
        Block::heading(1, "a", "Heading"),
        Block::paragraph("leads to a table"),
        Block::Table(table),
        Block::PageBreak,
        Block::paragraph("leads to nothing"),
        Block::paragraph("leads to a list"),
        Block::List { entries },
        Block::Content { caption: "Sheet".to_owned(), items: vec![item], review: Some(Tier::Route) },
    ];
    let body = part(&export::docx(&document).unwrap(), "word/document.xml");
    let keeps = |text: &str| {
        let paragraph = body.split("<w:p ").find(|paragraph| paragraph.contains(&format!(">{text}</w:t>"))).unwrap();
        paragraph.contains("<w:keepNext />")
    };
    for (text, expected) in [
        ("Heading", true),
        ("leads to a table", true),
        ("leads to nothing", false),
        ("leads to a list", true),
        ("Entry 0", true),
        ("Entry 1", false),
        ("Entry 4", true),
        ("Entry 5", false),
        ("The tools:", true),
        ("saws", true),
        ("planes.", true),
        ("knowledge", false),
    ] {
        assert_eq!(keeps(text), expected, "{text}");
    }
    assert!(body.contains("<w:tblCaption w:val=\"Named above\"/>") && !body.contains(">Named above</w:t>"));
    assert!(!body.contains(">Sheet</w:t>"), "the caption of what is reviewed names a sheet");
    assert!(!body.contains("AfterTable"), "no empty line before a new page, as it may not fit on the old one");
}

#[test]
fn links_lead_somewhere() {
    let file = export::docx(&hostile()).unwrap();
    let (body, rels) = (part(&file, "word/document.xml"), part(&file, "word/_rels/document.xml.rels"));
    let names: Vec<&str> = body.split("<w:bookmarkStart").skip(1).filter_map(|tag| value(tag, "w:name")).collect();
    let mut unique = names.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), names.len());
    assert!(names.iter().all(|name| name.len() <= 40));
    let links: Vec<&str> = body.split("<w:hyperlink").skip(1).map(|link| link.split('>').next().unwrap()).collect();
    assert!(links.len() > 50);
    for link in links {
        match (value(link, "w:anchor"), value(link, "r:id")) {
            (Some(anchor), None) => assert!(names.contains(&anchor), "{anchor}"),
            (None, Some(id)) => assert_eq!(rels.matches(&format!("\"{id}\"")).count(), 1, "{id}"),
            other => panic!("{other:?}"),
        }
    }
    assert!(!rels.contains("javascript") && !rels.contains("Target=\"data"));
}

#[test]
fn the_same_bytes_each_time() {
    let (first, other) = (export::docx(&hostile()).unwrap(), export::docx(&plain()).unwrap());
    // zip keeps time in steps of two seconds
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(export::docx(&plain()).unwrap(), other);
    assert_eq!(export::docx(&hostile()).unwrap(), first);
}

/// Pictures are in the file, each with its description, and are well-formed PNG.
#[cfg(feature = "pictures")]
#[test]
fn word_holds_pictures_with_alternative_texts() {
    for (document, many) in [(plain(), 1), (hostile(), 17)] {
        let file = export::docx(&document).unwrap();
        assert_eq!(file, export::docx(&document).unwrap(), "the same bytes");
        let body = part(&file, "word/document.xml");
        let parsed = roxmltree::Document::parse(&body).unwrap();
        let drawings: Vec<_> = parsed.descendants().filter(|node| node.tag_name().name() == "docPr").collect();
        assert_eq!(drawings.len(), many);
        let ids: std::collections::BTreeSet<_> = drawings.iter().map(|node| node.attribute("id")).collect();
        assert_eq!(ids.len(), many, "a number for each");
        assert!(drawings.iter().all(|node| node.attribute("descr").is_some_and(|text| !text.is_empty())));
        let relations = part(&file, "word/_rels/document.xml.rels");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
        let pictures: Vec<String> =
            archive.file_names().filter(|name| name.starts_with("word/media/")).map(str::to_owned).collect();
        assert!(!pictures.is_empty());
        for name in pictures {
            assert!(relations.contains(name.strip_prefix("word/").unwrap()), "{name}: {relations}");
            let mut bytes = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
            assert!(bytes.starts_with(b"\x89PNG"), "{name}");
        }
    }
    let body = part(&export::docx(&plain()).unwrap(), "word/document.xml");
    assert!(body.contains("descr=\"Two clusters side by side.\""));
}
