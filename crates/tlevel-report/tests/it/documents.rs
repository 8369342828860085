//! Documents as pages for browsers, read back.

use crate::documents_sample;

use std::collections::HashSet;

use documents_sample::{expected, hostile, plain};
use proptest::prelude::*;
use tlevel_report::document::{Block, Document, Span};
use tlevel_report::export;

/// A tag of a page, or the text between two.
#[derive(Clone, Debug)]
enum Piece {
    Tag(String),
    Text(String),
}

/// The pieces of a page, with the style sheet as one text.
fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(html_escape::decode_html_entities(&rest[..at]).into_owned()));
        }
        let end = at + rest[at..].find('>').unwrap();
        pieces.push(Piece::Tag(rest[at + 1..end].to_owned()));
        rest = &rest[end + 1..];
    }
    assert_eq!(rest.trim(), "");
    pieces
}

fn name(tag: &str) -> &str {
    tag.split(|c: char| c.is_whitespace()).next().unwrap()
}

fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {attribute}=\""))?.1.split('"').next()
}

/// The texts of a page, without those that the page adds: its head, the link to the
/// content, the table of contents, cues, date and rights, and pictures.
fn texts(page: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut left_out: Option<(String, usize)> = None;
    for piece in pieces(page) {
        match (&piece, &mut left_out) {
            (Piece::Tag(tag), Some((element, depth))) => {
                if tag == &format!("/{element}") {
                    *depth -= 1;
                } else if name(tag) == element {
                    *depth += 1;
                }
                if *depth == 0 {
                    left_out = None;
                }
            }
            (Piece::Text(_), Some(_)) => {}
            (Piece::Tag(tag), None) => {
                let added = matches!(value(tag, "class"), Some("skip" | "cue" | "front"));
                if added || matches!(name(tag), "head" | "nav" | "svg") {
                    left_out = Some((name(tag).to_owned(), 1));
                }
                if !matches!(name(tag).trim_start_matches('/'), "a" | "strong" | "bdi") {
                    texts.push(String::new());
                }
            }
            (Piece::Text(text), None) => texts.last_mut().unwrap().push_str(text),
        }
    }
    texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The rules for every page.
fn keeps_the_rules(page: &str) {
    let tags: Vec<String> =
        pieces(page).into_iter().filter_map(|p| if let Piece::Tag(t) = p { Some(t) } else { None }).collect();
    let mut ids = HashSet::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rank = 0;
    let mut ranks_of_one = 0;
    for tag in &tags {
        let name = name(tag);
        if let Some(id) = value(tag, "id") {
            assert!(ids.insert(id), "{id} is there twice");
        }
        if let Some(here) = name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()) {
            assert!(here <= rank + 1, "{tag} after h{rank}");
            rank = here;
            ranks_of_one += u8::from(here == 1);
        }
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{tag}");
        } else if !matches!(name, "!DOCTYPE" | "meta" | "col") && !tag.ends_with('/') {
            open.push(name);
        }
        assert!(!matches!(name, "script" | "link" | "img" | "iframe" | "form"), "{tag}");
        let outside_quotes: String = tag.split('"').step_by(2).collect();
        assert!(!outside_quotes.contains(" on"), "{tag}");
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(ranks_of_one, 1);
    for tag in &tags {
        if let Some(target) = value(tag, "href") {
            let there = target.strip_prefix('#').is_some_and(|id| ids.contains(id));
            assert!(there || ["https://", "http://", "mailto:"].iter().any(|s| target.starts_with(s)), "{target}");
        }
        for label in value(tag, "aria-labelledby").into_iter().flat_map(|labels| labels.split(' ')) {
            assert!(ids.contains(label), "{label}");
        }
    }
    assert!(!page.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n')));
}

#[test]
fn a_page_as_it_is() {
    let page = export::html(&plain());
    let (before, after) = page.split_once("<style>").unwrap();
    insta::assert_snapshot!(format!("{before}{}", after.split_once("</style>\n").unwrap().1));
}

#[test]
fn a_page_says_what_the_document_says() {
    for document in [plain(), hostile(), Document::new("")] {
        let page = export::html(&document);
        keeps_the_rules(&page);
        let mut expected = expected(&document);
        if document.title.is_empty() {
            expected[0] = "Document".to_owned();
        }
        assert_eq!(texts(&page), expected);
        assert_eq!(page, export::html(&document));
    }
}

#[test]
fn harmful_links_are_left_out() {
    let page = export::html(&hostile());
    assert!(!page.contains("href=\"javascript") && !page.contains("href=\"data") && !page.contains("onload"));
    assert_eq!(page.matches("<svg").count(), 17, "every picture");
    assert_eq!(
        page.matches("href=\"https://example.org/?q='a'&amp;amp;lt\"").count(),
        16 * 4,
        "each text in four places"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_stays_text(text in any::<String>(), anchor in ".{0,12}", level in any::<u8>()) {
        let mut document = Document::new(format!("t{text}"));
        document.language.clone_from(&anchor);
        document.blocks = vec![
            Block::Contents,
            Block::heading(level, &anchor, &text),
            Block::heading(level.wrapping_add(2), &anchor, format!("x{text}")),
            Block::Paragraph { spans: vec![Span::text("to "), Span::link(&text, format!("#{anchor}")), Span::link("b", &text)] },
        ];
        let page = export::html(&document);
        keeps_the_rules(&page);
        prop_assert_eq!(texts(&page), expected(&document));
    }
}
