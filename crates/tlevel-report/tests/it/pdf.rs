//! Pictures as PDF: sound files with every text of the picture, whatever the texts
//! are.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tlevel_report::document::{Block, Document, Figure};
use tlevel_report::export;
use tlevel_report::picture::svg::{Anchor, Font, Path, Style, Svg, Text};
use tlevel_report::picture::{self, Picture};

/// The bytes of a file, with what a reader finds in it.
struct File {
    bytes: Vec<u8>,
    /// The streams, decompressed.
    streams: Vec<Vec<u8>>,
    /// All but the streams.
    frame: Vec<u8>,
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|at| at + from)
}

impl File {
    /// Reads a file, and checks its table of objects.
    fn read(bytes: Vec<u8>) -> File {
        let text = |range: std::ops::Range<usize>| std::str::from_utf8(&bytes[range]).unwrap();
        let start = bytes.windows(9).rposition(|window| window == b"startxref").unwrap();
        let table: usize = text(start + 9..bytes.len()).split_whitespace().next().unwrap().parse().unwrap();
        assert!(bytes[table..].starts_with(b"xref\n"));
        let lines: Vec<&str> = text(table..start).lines().collect();
        let entries = lines.iter().skip(2).take_while(|line| line.ends_with(" n ") || line.ends_with(" f "));
        for (id, entry) in entries.enumerate().skip(1) {
            let at: usize = entry[..10].parse().unwrap();
            assert!(bytes[at..].starts_with(format!("{id} 0 obj").as_bytes()), "object {id} is at {at}");
        }
        let (mut streams, mut frame, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(begins) = find(&bytes, b"\nstream\n", at) {
            let head = bytes[at..begins].windows(7).rposition(|window| window == b"/Length").unwrap() + at;
            let length: usize = text(head + 7..begins).split_whitespace().next().unwrap().parse().unwrap();
            frame.extend(&bytes[at..begins]);
            let data = &bytes[begins + 8..begins + 8 + length];
            streams.push(miniz_oxide::inflate::decompress_to_vec_zlib(data).expect("a whole stream"));
            at = begins + 8 + length;
            assert!(bytes[at..].starts_with(b"\nendstream"));
        }
        frame.extend(&bytes[at..]);
        File { bytes, streams, frame }
    }

    /// Names of keys and values outside streams and strings.
    fn names(&self) -> Vec<String> {
        tokens(&self.frame)
            .into_iter()
            .filter_map(|token| match token {
                Token::Word(word) => Some(word),
                Token::Bytes(_) => None,
            })
            .flat_map(|word| word.split('/').skip(1).map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }

    /// The characters of the glyphs of each face, in the order of the faces.
    fn characters(&self) -> Vec<BTreeMap<Vec<u8>, String>> {
        let maps = self.streams.iter().filter(|data| find(data, b"beginbfchar", 0).is_some());
        maps.map(|data| {
            let text = String::from_utf8_lossy(data);
            let pairs = text.lines().filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
            pairs.filter(|pair| pair.0.len() == 4).map(|(glyph, to)| (hex(glyph), utf16(&hex(to)))).collect()
        })
        .collect()
    }

    /// The texts of all pages as they are copied from a reader.
    fn texts(&self) -> Vec<String> {
        let faces = self.characters();
        let mut out = Vec::new();
        for page in self.streams.iter().filter(|data| data.ends_with(b"ET") || find(data, b" Tj", 0).is_some()) {
            let (mut face, mut actual, mut last) = (0, None, Vec::new());
            for token in tokens(page) {
                match token {
                    Token::Bytes(bytes) => last = bytes,
                    Token::Word(word) => match word.as_str() {
                        "/Regular" => face = 0,
                        "/Bold" => face = 1,
                        "BDC" => actual = Some(text_string(&last)),
                        "Tj" => {
                            let shown: String = last
                                .chunks(2)
                                .map(|glyph| faces[face].get(glyph).cloned().unwrap_or_default())
                                .collect();
                            out.push(actual.take().unwrap_or(shown));
                        }
                        _ => {}
                    },
                }
            }
        }
        out
    }

    /// The width and height of the pages, in points.
    fn sizes(&self) -> Vec<[f64; 2]> {
        let frame = String::from_utf8_lossy(&self.frame);
        let boxes = frame.split("/MediaBox [").skip(1).map(|rest| rest.split(']').next().unwrap().to_owned());
        boxes
            .map(|sides| sides.split_whitespace().map(|side| side.parse().unwrap()).collect::<Vec<f64>>())
            .map(|sides| [sides[2] - sides[0], sides[3] - sides[1]])
            .collect()
    }
}

enum Token {
    Word(String),
    /// What a string holds.
    Bytes(Vec<u8>),
}

/// Words and strings of PDF syntax.
fn tokens(bytes: &[u8]) -> Vec<Token> {
    let (mut out, mut word, mut at) = (Vec::new(), Vec::new(), 0);
    let close = |word: &mut Vec<u8>, out: &mut Vec<Token>| {
        if !word.is_empty() {
            out.push(Token::Word(String::from_utf8_lossy(word).into_owned()));
            word.clear();
        }
    };
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        match byte {
            b'(' => {
                close(&mut word, &mut out);
                let (string, end) = literal(bytes, at + 1);
                out.push(Token::Bytes(string));
                at = end;
                continue;
            }
            b'<' if next != Some(b'<') => {
                close(&mut word, &mut out);
                let end = find(bytes, b">", at).unwrap();
                out.push(Token::Bytes(hex(std::str::from_utf8(&bytes[at + 1..end]).unwrap())));
                at = end;
            }
            b'<' | b'>' if next == Some(byte) => {
                close(&mut word, &mut out);
                at += 1;
            }
            b' ' | b'\n' | b'\r' | b'\t' | b'[' | b']' => close(&mut word, &mut out),
            _ => word.push(byte),
        }
        at += 1;
    }
    close(&mut word, &mut out);
    out
}

/// A string in brackets from its first byte, and where it ends.
fn literal(bytes: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let (mut out, mut depth) = (Vec::new(), 1);
    loop {
        let byte = bytes[at];
        at += 1;
        match byte {
            b'\\' => {
                let escaped = bytes[at];
                at += 1;
                match escaped {
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    b't' => out.push(b'\t'),
                    b'b' => out.push(8),
                    b'f' => out.push(12),
                    b'0'..=b'7' => {
                        let code = std::str::from_utf8(&bytes[at - 1..at + 2]).unwrap();
                        out.push(u8::from_str_radix(code, 8).unwrap());
                        at += 2;
                    }
                    other => out.push(other),
                }
                continue;
            }
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (out, at);
        }
        out.push(byte);
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(units) => utf16(units),
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

fn document(pictures: &[Picture]) -> Document {
    let mut document = Document::new("Pictures");
    let figure = |picture: &Picture| Block::Figure(Figure::new("Caption (1)", "What it shows", picture.clone()));
    document.blocks.extend(pictures.iter().map(figure));
    document
}

fn file(pictures: &[Picture]) -> File {
    let document = document(pictures);
    let bytes = export::pdf(&document).expect("a picture");
    assert_eq!(Some(&bytes), export::pdf(&document).as_ref(), "the same bytes");
    File::read(bytes)
}

/// The texts that a picture shows.
fn shown(picture: &Picture) -> Vec<String> {
    let document = roxmltree::Document::parse(picture.svg()).unwrap();
    let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
    texts.map(|node| node.children().filter(|c| c.is_text()).filter_map(|c| c.text()).collect()).collect()
}

/// Checks that a file has each text of its pictures, and nothing that acts.
fn check(pictures: &[Picture]) -> File {
    let file = file(pictures);
    assert_eq!(file.texts(), pictures.iter().flat_map(shown).collect::<Vec<_>>());
    assert_eq!(file.sizes().len(), pictures.len());
    let names = file.names();
    for bad in ["JS", "JavaScript", "Launch", "OpenAction", "AA", "EmbeddedFile", "GoToR", "SubmitForm", "RichMedia"] {
        assert!(!names.iter().any(|name| name == bad), "{bad}");
    }
    file
}

const HOSTILE: [&str; 10] = [
    "endstream endobj 1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
    ") Tj ET Q BT (",
    "\\) Tj \\",
    "((((",
    "<< /URI >> %PDF %%EOF startxref",
    "a\u{0}b\u{1b}[31m\u{7f}\u{ffff}",
    "\u{202e}override",
    "שלום 電気技師 👩\u{200d}🔧 ﷽",
    "e\u{301} é \u{a0} \u{2010} ﬁ",
    "<script>alert(1)</script>",
];

fn drawn(text: &str) -> Picture {
    let mut svg = Svg::new(text, text);
    svg.text(&Text::new(10.0, 20.0, text));
    svg.text(&Text::new(200.0, 40.0, text).font(Font::new(9.0).bold()).anchor(Anchor::Middle).fill("#ffffff"));
    svg.text(&Text::new(20.0, 190.0, text).rotated(-90.0).fit(150.0));
    svg.link(text, |svg| svg.text(&Text::new(10.0, 60.0, text)));
    svg.titled(text, |svg| svg.rect([1.0, 1.0, 5.0, 5.0], &Style::filled(text)));
    svg.group(text, |svg| svg.circle([50.0, 50.0, 5.0], &Style::lined(text, f64::NAN).dashed()));
    svg.finish(400.0, 200.0)
}

#[test]
fn every_picture_keeps_its_texts() {
    let map =
        tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap()).unwrap().map;
    let policy = tlevel::derive::Policy::t_level();
    let plan = picture::teaching_plan(&tlevel::teaching::TeachingPlan::of(&map, &policy));
    let routes: Vec<_> = map.routes().take(3).collect();
    let map = picture::map(&map, &routes, &policy);
    let file = check(&[map.clone(), plan]);
    assert_eq!(file.sizes(), [[841.89, 1_190.55], [1_190.55, 841.89]], "several pictures come on A3");
    assert!(file.names().contains(&"Outlines".to_owned()), "several pages have a list");
    assert!(!check(&[map]).names().contains(&"Outlines".to_owned()));
}

#[test]
fn hostile_texts_stay_texts() {
    for text in HOSTILE {
        let file = check(&[drawn(text)]);
        assert!(!file.names().iter().any(|name| name == "URI"), "{text}");
        let mut document = document(&[drawn(text)]);
        document.title = text.to_owned();
        document.language = text.to_owned();
        let Block::Figure(figure) = &mut document.blocks[0] else { panic!("a figure") };
        figure.caption = text.to_owned();
        document.blocks.push(document.blocks[0].clone());
        assert_eq!(File::read(export::pdf(&document).unwrap()).sizes().len(), 2);
    }
}

#[test]
fn links_lead_to_the_web_alone() {
    let mut svg = Svg::new("Links", "");
    for (i, address) in
        ["https://example.org/a(b)é", "../occupations/a.html", "mailto:a@example.org"].iter().enumerate()
    {
        svg.link(address, |svg| svg.text(&Text::new(10.0, 20.0 * (i as f64 + 1.0), "Link")));
    }
    svg.link("https://example.org/nothing", |_| {});
    let file = check(&[svg.finish(100.0, 100.0)]);
    let strings: Vec<String> = tokens(&file.frame)
        .into_iter()
        .filter_map(|token| match token {
            Token::Bytes(bytes) => Some(text_string(&bytes)),
            Token::Word(_) => None,
        })
        .filter(|text| text.contains(':'))
        .collect();
    assert_eq!(strings, ["https://example.org/a(b)%C3%A9", "mailto:a@example.org"]);
}

#[test]
fn a_page_is_as_large_as_its_picture() {
    let of = |width: f64, height: f64| file(&[Svg::new("Box", "").finish(width, height)]);
    assert_eq!(of(400.0, 200.0).sizes(), [[300.0, 150.0]]);
    // readers take no page of more than 14,400 units
    let long = of(1_520.0, 60_000.0);
    let [width, height] = long.sizes()[0];
    assert!((height - 14_400.0).abs() < 1e-6 && (width / height - 1_520.0 / 60_000.0).abs() < 1e-4);
    assert!(String::from_utf8_lossy(&long.frame).contains("/UserUnit 3.125"));
    assert_eq!(export::pdf(&document(&[])), None);
}

#[test]
fn shapes_are_drawn_with_their_paint() {
    let mut svg = Svg::new("Shapes", "");
    svg.rect([1.0, 2.0, 3.0, 4.0], &Style { stroke: Some("#ff0000"), stroke_width: 2.0, ..Style::filled("#000033") });
    svg.line([1.0, 2.0, 30.0, 4.0], &Style::lined("#00ff00", 1.5).dashed());
    let mut path = Path::new();
    path.move_to(1.0, 1.0).line_to(5.0, 6.0).across_to(9.0).down_to(2.0);
    svg.path(&path, &Style::lined("#00ff00", 1.0));
    let file = file(&[svg.finish(40.0, 20.0)]);
    let content =
        file.streams.iter().map(|data| String::from_utf8_lossy(data)).find(|data| data.contains(" re")).unwrap();
    let content: Vec<&str> = content.lines().collect();
    let after = |wanted: &[&str]| assert!(content.windows(wanted.len()).any(|window| window == wanted), "{content:#?}");
    after(&["0.75 0 0 -0.75 0 15 cm", "0 0 40 20 re", "1 1 1 rg", "f"]);
    after(&["1 2 3 4 re", "0 0 0.2 rg", "1 0 0 RG", "2 w", "[] 0 d", "B"]);
    after(&["30 4 l", "0 1 0 RG", "1.5 w", "[3 2] 0 d", "S"]);
    after(&["1 1 m", "5 6 l", "9 6 l", "9 2 l"]);
    assert!(file.bytes.starts_with(b"%PDF-1.7"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_makes_a_sound_file(text in any::<String>()) {
        check(&[drawn(&text)]);
    }
}
