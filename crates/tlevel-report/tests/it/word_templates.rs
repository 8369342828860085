//! Word files with the look of a template, and files that cannot be one.

use std::io::{Cursor, Read as _, Write as _};

use tlevel_report::document::{Block, Document};
use tlevel_report::export::{self, Template};
use zip::write::SimpleFileOptions;

use crate::documents_sample;

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of a template, to change one of them.
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    /// A house style of a German Word: its own ids, green headings that are numbered, a
    /// header with a logo for the first page and another for the rest, landscape.
    fn new() -> Self {
        let mut parts = Parts(Vec::new());
        let override_of = |part: &str, kind: &str| {
            format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>")
        };
        let overrides = [
            ("document", "template.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("header1", "header"),
            ("header2", "header"),
            ("footer1", "footer"),
        ];
        let overrides: String = overrides.iter().map(|(part, kind)| override_of(part, kind)).collect();
        parts.set(
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default \
                 Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{overrides}</Types>"
            ),
        );
        parts.relations("_rels/.rels", &[("officeDocument", "word/document.xml", false)]);
        parts.relations(
            "word/_rels/document.xml.rels",
            &[
                ("styles", "styles.xml", false),
                ("numbering", "numbering.xml", false),
                ("settings", "settings.xml", false),
                ("header", "header1.xml", false),
                ("header", "/word/header2.xml", false),
                ("footer", "footer1.xml", false),
            ],
        );
        parts.set(
            "word/document.xml",
            &format!(
                "<w:document {WORD}><w:body><w:p><w:r><w:t>Sample text of the template</w:t></w:r></w:p><w:sectPr>\
                 <w:headerReference w:type=\"first\" r:id=\"rId4\"/><w:headerReference w:type=\"default\" \
                 r:id=\"rId5\"/><w:footerReference w:type=\"even\" r:id=\"rId6\"/><w:pgSz w:w=\"16838\" w:h=\"11906\" \
                 w:orient=\"landscape\"/><w:pgMar w:top=\"1418\" w:right=\"1418\" w:bottom=\"1418\" w:left=\"1418\" \
                 w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/><w:cols w:num=\"2\"/><w:titlePg/></w:sectPr>\
                 </w:body></w:document>"
            ),
        );
        parts.set(
            "word/styles.xml",
            &format!(
                "<w:styles {WORD}><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name \
                 w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name \
                 w:val=\"heading 1\"/><w:basedOn w:val=\"Standard\"/><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr>\
                 </w:pPr><w:rPr><w:color w:val=\"0A6B3D\"/></w:rPr></w:style><w:style w:type=\"character\" \
                 w:styleId=\"Warning\"><w:name w:val=\"Danger\"/></w:style></w:styles>"
            ),
        );
        parts.set(
            "word/numbering.xml",
            &format!(
                "<w:numbering {WORD}><w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"/></w:abstractNum><w:num \
                 w:numId=\"7\"><w:abstractNumId w:val=\"4\"/></w:num></w:numbering>"
            ),
        );
        parts.set("word/settings.xml", &format!("<w:settings {WORD}><w:evenAndOddHeaders/></w:settings>"));
        parts.set("word/header1.xml", &format!("<w:hdr {WORD}><w:p><w:r><w:t>First page</w:t></w:r></w:p></w:hdr>"));
        parts.set("word/header2.xml", &format!("<w:hdr {WORD}><w:p><w:r><w:t>Acme Awards</w:t></w:r></w:p></w:hdr>"));
        parts.set("word/footer1.xml", &format!("<w:ftr {WORD}><w:p/></w:ftr>"));
        parts.relations(
            "word/_rels/header1.xml.rels",
            &[("image", "media/logo.png", false), ("hyperlink", "https://example.org/", true)],
        );
        parts.0.push(("word/media/logo.png".to_owned(), b"\x89PNG logo".to_vec()));
        parts
    }

    fn set(&mut self, name: &str, text: &str) {
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}").into_bytes();
        match self.0.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => *own = text,
            None => self.0.push((name.to_owned(), text)),
        }
    }

    fn relations(&mut self, name: &str, of: &[(&str, &str, bool)]) {
        let one = |(n, (kind, target, is_external)): (usize, &(&str, &str, bool))| {
            let mode = if *is_external { " TargetMode=\"External\"" } else { "" };
            format!("<Relationship Id=\"rId{}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"{mode}/>", n + 1)
        };
        let all: String = of.iter().enumerate().map(one).collect();
        let kinds = "http://schemas.openxmlformats.org/package/2006/relationships";
        self.set(name, &format!("<Relationships xmlns=\"{kinds}\">{all}</Relationships>"));
    }

    fn changed(mut self, name: &str, from: &str, to: &str) -> Self {
        let (_, own) = self.0.iter_mut().find(|(own, _)| own == name).unwrap();
        let text = String::from_utf8(own.clone()).unwrap();
        assert!(text.contains(from), "{name} has {from}");
        *own = text.replace(from, to).into_bytes();
        self
    }

    fn with(mut self, name: &str, bytes: &[u8]) -> Self {
        self.0.push((name.to_owned(), bytes.to_vec()));
        self
    }

    fn file(&self) -> Vec<u8> {
        let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            file.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            file.write_all(bytes).unwrap();
        }
        file.finish().unwrap().into_inner()
    }
}

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_string(&mut text).unwrap();
    text
}

fn names(file: &[u8]) -> Vec<String> {
    zip::ZipArchive::new(Cursor::new(file)).unwrap().file_names().map(str::to_owned).collect()
}

#[test]
fn a_draft_takes_styles_headers_logo_and_page_of_a_template() {
    let template = Template::read(&Parts::new().file()).unwrap();
    let document = documents_sample::plain();
    let file = export::docx_in(&document, &template).unwrap();
    assert_eq!(file, export::docx_in(&document, &template).unwrap(), "the same bytes");
    let body = part(&file, "word/document.xml");
    assert!(body.contains("<w:pStyle w:val=\"berschrift1\" /><w:numPr><w:numId w:val=\"0\" /></w:numPr>"), "{body}");
    assert!(!body.contains("\"Heading1\"") && !body.contains("Sample text of the template"));
    // a style of another kind has the id of ours
    assert!(body.contains("<w:pStyle w:val=\"TlevelWarning\" />"));
    let section = body.split_once("<w:sectPr>").unwrap().1;
    for wanted in ["w:orient=\"landscape\"", "<w:headerReference w:type=\"first\"", "<w:titlePg>", "w:left=\"1418\""] {
        assert!(section.contains(wanted), "{wanted} in {section}");
    }
    assert!(!section.contains("cols"), "the text is in one column");
    // tables are as wide as the page allows: more than on A4 upright
    let widths: Vec<usize> =
        (body.split("<w:tblW w:w=\"").skip(1)).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
    assert!(widths.iter().all(|width| *width <= 16838 - 2 * 1418), "{widths:?}");
    let styles = part(&file, "word/styles.xml");
    assert_eq!(styles.matches("w:val=\"heading 1\"").count(), 1);
    assert!(
        styles.contains("0A6B3D")
            && styles.contains("w:styleId=\"Heading2\"")
            && !styles.contains("12365E\"/><w:sz w:val=\"34\"")
    );
    assert!(styles.contains("<w:basedOn w:val=\"Standard\"/>") && !styles.contains("<w:basedOn w:val=\"Normal\"/>"));
    let lists = part(&file, "word/numbering.xml");
    assert!(
        lists.contains("<w:num w:numId=\"7\">")
            && lists.contains("w:numId=\"8\"")
            && body.contains("<w:numId w:val=\"8\" />")
    );
    assert!(lists.find("w:abstractNumId=\"5\"").unwrap() < lists.find("<w:num ").unwrap(), "{lists}");
    assert!(part(&file, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert!(part(&file, "word/header2.xml").contains("Acme Awards"));
    let logo = part(&file, "word/_rels/header1.xml.rels");
    assert!(logo.contains("Target=\"../word/media/logo.png\"") && logo.contains("https://example.org/"), "{logo}");
    assert!(names(&file).contains(&"word/media/logo.png".to_owned()));
}

#[test]
fn every_part_is_declared_there_and_well_formed() {
    let template = Template::read(&Parts::new().file()).unwrap();
    for document in [documents_sample::plain(), documents_sample::hostile(), Document::new("")] {
        let file = export::docx_in(&document, &template).unwrap();
        let names = names(&file);
        let types = part(&file, "[Content_Types].xml");
        for name in types.split("PartName=\"/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(names.iter().any(|own| own == name), "{name} is declared");
        }
        for name in names.iter().filter(|name| !name.starts_with("word/media/")) {
            roxmltree::Document::parse(&part(&file, name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let body = part(&file, "word/document.xml");
        let styles = part(&file, "word/styles.xml");
        for mark in ["<w:pStyle w:val=\"", "<w:rStyle w:val=\"", "<w:tblStyle w:val=\"", "<w:basedOn w:val=\""] {
            for id in [&body, &styles].iter().flat_map(|xml| xml.split(mark).skip(1)) {
                let id = id.split('"').next().unwrap();
                assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{id} is a style");
            }
        }
        let relations = part(&file, "word/_rels/document.xml.rels");
        for id in body.split("r:id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(relations.contains(&format!("\"{id}\"")), "{id} leads somewhere");
        }
        assert!(docx_rs::read_docx(&file).is_ok());
    }
}

#[test]
fn our_own_file_is_a_template_and_codes_stay() {
    let mut document = Document::new("Onsite construction");
    document.codes = Some(tlevel::derive::Codes::next(None, Vec::new()));
    document.blocks.push(Block::heading(1, "core", "Core component"));
    let own = export::docx(&document).unwrap();
    let file = export::docx_in(&document, &Template::read(&own).unwrap()).unwrap();
    assert_eq!(tlevel_report::read_codes(&file).unwrap().draft(), 1);
    assert_eq!(part(&file, "word/styles.xml"), part(&own, "word/styles.xml"), "no style is added twice");
}

fn message(file: &[u8]) -> String {
    Template::read(file).unwrap_err().to_string()
}

#[test]
fn what_cannot_be_a_template_says_why_and_what_to_do() {
    let refused = |parts: Parts| message(&parts.file());
    assert_eq!(message(b""), "is no Word file; give a .docx or .dotx file");
    assert_eq!(
        message(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"),
        "is of Word 97 to 2003, or has a password; save it in Word as .docx or .dotx, without a password"
    );
    let sheet =
        Parts::new().changed("[Content_Types].xml", "wordprocessingml.template.main", "spreadsheetml.sheet.main");
    assert_eq!(refused(sheet), "is no Word file; give a .docx or .dotx file");
    let macros = "has macros, which are never taken over; save it in Word as .docx or .dotx, which have none";
    assert_eq!(refused(Parts::new().with("word/vbaProject.bin", b"x")), macros);
    let docm = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml";
    let main = format!("{TYPES}.template.main+xml");
    assert_eq!(refused(Parts::new().changed("[Content_Types].xml", &main, docm)), macros);
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    assert_eq!(
        refused(Parts::new().changed("_rels/.rels", KINDS, strict)),
        "is a Strict Open XML document; save it in Word as an ordinary Word document (.docx)"
    );
    let narrow = Parts::new().changed("word/document.xml", "w:left=\"1418\"", "w:left=\"12000\"");
    assert_eq!(refused(narrow), "leaves less than 8 cm by 8 cm for the text; choose a larger page or narrower margins");
    let twice = Parts::new().with("WORD/styles.xml", b"<x/>");
    assert_eq!(refused(twice), "is damaged (WORD/styles.xml: it is there twice); open it in Word, and save it again");
    let escaping = Parts::new().with("../evil.xml", b"<x/>");
    assert!(refused(escaping).starts_with("is damaged (../evil.xml: a part cannot have this name)"));
    let broken = Parts::new().changed("word/header1.xml", "</w:hdr>", "");
    assert!(refused(broken).starts_with("is damaged (word/header1.xml: "));
    let missing = Parts::new().changed("word/_rels/document.xml.rels", "header1.xml", "header9.xml");
    assert_eq!(refused(missing), "is damaged (word/header9.xml: it is missing); open it in Word, and save it again");
}

#[test]
fn nothing_is_fetched_or_run() {
    let refused = |parts: Parts| message(&parts.file());
    let mut linked = Parts::new();
    linked.relations("word/_rels/header1.xml.rels", &[("image", "http://example.org/logo.png", true)]);
    assert_eq!(
        refused(linked),
        "needs a file from elsewhere (word/header1.xml: http://example.org/logo.png); embed it in the file, or delete \
         it, and save"
    );
    let mut click = Parts::new();
    click.relations("word/_rels/header1.xml.rels", &[("hyperlink", "file:///c:/x.exe", true)]);
    assert!(refused(click).starts_with("needs a file from elsewhere (word/header1.xml: file:///c:/x.exe)"));
    let mut object = Parts::new().with("word/embeddings/x.bin", b"x");
    object.relations("word/_rels/header1.xml.rels", &[("oleObject", "embeddings/x.bin", false)]);
    assert_eq!(
        refused(object),
        "has an embedded object or text of another program (word/embeddings/x.bin); replace it with a picture, and \
         save the file"
    );
    for field in ["INCLUDEPICTURE \"http://example.org/x\"", " ddeauto cmd", "LINK Excel.Sheet"] {
        let field = format!("<w:r><w:instrText>{field}</w:instrText></w:r>");
        let with = Parts::new().changed("word/header1.xml", "<w:r><w:t>First page</w:t></w:r>", &field);
        assert!(refused(with).starts_with("needs a file from elsewhere (word/header1.xml: the field "), "{field}");
    }
    // what is not taken over does no harm
    let mut attached = Parts::new();
    attached.relations("word/_rels/settings.xml.rels", &[("attachedTemplate", "file:///c:/house.dotx", true)]);
    assert!(Template::read(&attached.file()).is_ok());
}

#[test]
fn bombs_are_refused_in_little_memory() {
    let refused = |parts: Parts| message(&parts.file());
    let too_large = "is too large: unpacked, it has more than 64 MB, or 32 MB in one part; delete its text and use smaller \
                     pictures, and save it";
    assert_eq!(refused(Parts::new().with("word/media/x.png", &vec![0; 33 << 20])), too_large);
    let mut many = Parts::new();
    for n in 0..2_001 {
        many = many.with(&format!("word/media/{n}.png"), b"");
    }
    assert!(refused(many).starts_with("is too large: it has more than 2,000 parts"));
    let deep = "<w:p>".repeat(100_000) + &"</w:p>".repeat(100_000);
    let deep = Parts::new().changed("word/header1.xml", "<w:r><w:t>First page</w:t></w:r>", &deep);
    assert!(refused(deep).starts_with("is damaged (word/header1.xml: its elements are nested too deeply)"));
    let laughs = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:hdr ";
    let laughs = Parts::new().changed("word/header1.xml", "<w:hdr ", laughs);
    assert!(refused(laughs).starts_with("is damaged (word/header1.xml: "));
    // a file that is cut off anywhere is refused, or read, without a panic
    let file = Parts::new().file();
    for end in (0..file.len()).step_by(97) {
        let _ = Template::read(&file[..end]);
    }
    for at in (0..file.len()).step_by(53) {
        let mut changed = file.clone();
        changed[at] ^= 0x55;
        if let Ok(template) = Template::read(&changed) {
            let _ = export::docx_in(&documents_sample::plain(), &template);
        }
    }
}
