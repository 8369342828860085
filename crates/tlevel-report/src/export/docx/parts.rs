//! The parts of a Word file.

use std::fmt::Write as _;

use docx_rs::XMLDocx;
use html_escape::{encode_double_quoted_attribute, encode_text};

use super::template::{self, Template};
use crate::carried;
use crate::document::Document;
use crate::export::outline::{characters, language};

const STYLES: &str = include_str!("../docx_styles.xml");
const SETTINGS: &str = include_str!("../docx_settings.xml");

/// The mark of the numbers of pages in the table of contents: a style of a run, which no
/// text can hold. It is taken out when the numbers are known.
pub(super) const PAGE: &str = "TOCPage";

/// Texts that the crate cannot put where they belong.
pub(super) struct Texts<'t> {
    /// The linked addresses, in the order of their ids.
    pub(super) addresses: &'t [String],
    /// The alternative texts of the pictures, in their order.
    pub(super) pictures: &'t [String],
    /// The titles of the tables, in their order.
    pub(super) tables: &'t [String],
    /// The pages in the table of contents, in their order.
    pub(super) pages: Vec<usize>,
}

/// The parts of the file, with what the crate cannot express: styles with their
/// language, settings for Western text, properties, rows of headings, addresses in a
/// fixed order, the style as the first property of a paragraph, and the alternative
/// texts of pictures.
pub(super) fn parts(xml: XMLDocx, document: &Document, texts: &Texts<'_>) -> Vec<(String, Vec<u8>)> {
    let addresses = texts.addresses;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    // none of these can occur in a text, where `<` is escaped
    let in_order = |xml: Vec<u8>| text(xml).replace("<w:pPr><w:rPr />", "<w:pPr>");
    let first_row = "</w:tblGrid><w:tr><w:trPr><w:cantSplit />";
    let body = in_order(xml.document).replace(first_row, &format!("{first_row}<w:tblHeader />"));
    let body = with_pages(&body, &texts.pages);
    let body = section_in_order(&with_titles(&with_alternatives(&body, texts.pictures), texts.tables));
    let rels = text(xml.document_rels);
    let kept: Vec<&str> = rels.split_inclusive("/>").filter(|part| !part.contains("\"rIdLink")).collect();
    let linked: String = addresses.iter().enumerate().map(|(at, address)| relationship(at, address)).collect();
    let codes = document.codes.as_ref();
    let carried = codes.map_or("", |_| carried::RELATIONSHIP);
    let rels = kept.concat().replace("</Relationships>", &format!("{linked}{carried}</Relationships>"));
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), xml.content_type),
        ("_rels/.rels".to_owned(), xml.rels),
        ("docProps/app.xml".to_owned(), xml.doc_props.app),
        ("docProps/core.xml".to_owned(), properties(document).into_bytes()),
        ("docProps/custom.xml".to_owned(), xml.doc_props.custom),
        ("word/_rels/document.xml.rels".to_owned(), rels.into_bytes()),
        ("word/document.xml".to_owned(), body.into_bytes()),
        ("word/styles.xml".to_owned(), STYLES.replace("LANGUAGE", language(document)).into_bytes()),
        ("word/settings.xml".to_owned(), SETTINGS.as_bytes().to_vec()),
        ("word/fontTable.xml".to_owned(), xml.font_table),
        ("word/comments.xml".to_owned(), xml.comments),
        ("word/numbering.xml".to_owned(), xml.numberings),
        ("word/commentsExtended.xml".to_owned(), xml.comments_extended),
        ("word/footnotes.xml".to_owned(), xml.footnotes),
    ];
    if let Some(codes) = codes {
        let types = std::mem::take(&mut parts[0].1);
        parts[0].1 = text(types).replace("</Types>", carried::CONTENT_TYPE).into_bytes();
        parts.extend(carried::parts(codes));
    }
    parts.extend(xml.media.into_iter().map(|(name, bytes)| (format!("word/media/{name}.png"), bytes)));
    let headers = xml.headers.into_iter().enumerate();
    parts.extend(headers.map(|(at, header)| (format!("word/header{}.xml", at + 1), in_order(header).into_bytes())));
    let footers = xml.footers.into_iter().enumerate();
    parts.extend(footers.map(|(at, footer)| (format!("word/footer{}.xml", at + 1), in_order(footer).into_bytes())));
    parts
}

/// The parts with the look of a template. `list` is the id of our list.
pub(super) fn adopted(
    parts: &[(String, Vec<u8>)],
    template: &Template,
    list: usize,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let own = |name: &str| parts.iter().find(|(own, _)| own == name).map_or_else(String::new, |(_, bytes)| text(bytes));
    let (styles, ids) = template::styles(&template.styles, &own("word/styles.xml"));
    let (lists, number) = template::numbering(template.numbering.as_deref(), &own("word/numbering.xml"), list);
    let (mut types, mut related) = (String::new(), String::new());
    for (part, kind) in &template.types {
        let [part, kind] = [part, kind].map(|text| encode_double_quoted_attribute(text));
        let _ = write!(types, "<Override PartName=\"/{part}\" ContentType=\"{kind}\"/>");
    }
    for (id, kind, part) in &template.related {
        let target = part.strip_prefix("word/").map_or_else(|| format!("../{part}"), str::to_owned);
        let [kind, target] = [kind, &target].map(|text| encode_double_quoted_attribute(text));
        let _ = write!(related, "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    }
    let mut adopted: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, bytes) in parts {
        if template.parts.keys().any(|theirs| theirs.eq_ignore_ascii_case(name)) {
            return Err(format!("the template has a part with the name {name} of its own; save it in Word again"));
        }
        let content = match name.as_str() {
            "[Content_Types].xml" => text(bytes).replace("</Types>", &format!("{types}</Types>")),
            "word/_rels/document.xml.rels" => {
                text(bytes).replace("</Relationships>", &format!("{related}</Relationships>"))
            }
            "word/document.xml" => {
                let body = template::restyled(&text(bytes), &ids, number, list);
                let end = body.rfind("<w:sectPr>").unwrap_or(body.len());
                let rest = body.get(end..).and_then(|section| section.split_once("</w:sectPr>"));
                let rest = rest.map_or("</w:body></w:document>", |(_, rest)| rest);
                [body.get(..end).unwrap_or_default(), &template.section, rest].concat()
            }
            "word/styles.xml" => styles.clone(),
            "word/numbering.xml" => lists.clone(),
            "word/settings.xml" if template.has_even => {
                text(bytes).replace("<w:characterSpacing", "<w:evenAndOddHeaders/><w:characterSpacing")
            }
            _ => {
                adopted.push((name.clone(), bytes.clone()));
                continue;
            }
        };
        adopted.push((name.clone(), content.into_bytes()));
    }
    adopted.extend(template.parts.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
    Ok(adopted)
}

/// The document with the running title and the footer as the first properties of
/// its section, where the format has them.
fn section_in_order(body: &str) -> String {
    let in_order = || {
        let (before, section) = body.rsplit_once("<w:sectPr>")?;
        let (size, rest) = section.split_at(section.find("<w:headerReference").or(section.find("<w:footerReference"))?);
        let (references, after) = rest.split_once("</w:sectPr>")?;
        Some(format!("{before}<w:sectPr>{references}{size}</w:sectPr>{after}"))
    };
    in_order().unwrap_or_else(|| body.to_owned())
}

/// The document with the number and the alternative text of each picture.
fn with_alternatives(body: &str, pictures: &[String]) -> String {
    let mut parts = body.split("<wp:docPr id=\"1\" name=\"Figure\" />");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for ((part, text), number) in parts.zip(pictures).zip(1..) {
        let text = encode_double_quoted_attribute(text);
        let _ = write!(out, "<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{text}\"/>{part}");
    }
    out
}

/// The document with the numbers of pages in its table of contents.
fn with_pages(body: &str, pages: &[usize]) -> String {
    let mark = format!("<w:rStyle w:val=\"{PAGE}\" />");
    let mut parts = body.split(&mark);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, page) in parts.zip(pages) {
        out.push_str(&part.replacen(">0</w:t>", &format!(">{page}</w:t>"), 1));
    }
    out
}

/// The document with the title of each table that has one.
fn with_titles(body: &str, tables: &[String]) -> String {
    let mut parts = body.split("</w:tblPr>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, title) in parts.zip(tables) {
        if !title.trim().is_empty() {
            let _ = write!(out, "<w:tblCaption w:val=\"{}\"/>", encode_double_quoted_attribute(title));
        }
        out.push_str("</w:tblPr>");
        out.push_str(part);
    }
    out
}

fn relationship(at: usize, address: &str) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
    let address = encode_double_quoted_attribute(address);
    format!("<Relationship Id=\"rIdLink{}\" Type=\"{kind}\" Target=\"{address}\" TargetMode=\"External\"/>", at + 1)
}

/// The properties of the file: title, language, rights, and the date if there is
/// one.
fn properties(document: &Document) -> String {
    let text = |text: &str| encode_text(&characters(text)).into_owned();
    let element = |name: &str, value: &str| format!("<{name}>{}</{name}>", text(value));
    let rights = document.rights.as_deref().map(|rights| element("dc:description", rights));
    let date = document.date.as_deref().filter(|date| is_date(date));
    let dated = |name: &str, date: &str| {
        format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:{name}>")
    };
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            .to_owned(),
        element("dc:title", &document.title),
        rights.unwrap_or_default(),
        element("dc:language", language(document)),
        date.map(|date| dated("created", date) + &dated("modified", date)).unwrap_or_default(),
        "</cp:coreProperties>".to_owned(),
    ]
    .concat()
}

/// Whether a date has the form `2026-11-24`.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let number = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = parts[..] else { return false };
    number(year, 4)
        && number(month, 2)
        && number(day, 2)
        && ("01"..="12").contains(&month)
        && ("01"..="31").contains(&day)
}
