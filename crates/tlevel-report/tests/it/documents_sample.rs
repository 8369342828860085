//! A document with every block and harmful texts.

use tlevel_report::document::{Block, Cell, Column, ContentItem, Document, Figure, Span, Table, Tone};
use tlevel_report::picture::svg::{Style, Svg, Text};

/// A text as a format holds it: trimmed, with line feeds as line ends, and U+FFFD for
/// what HTML and XML forbid.
pub(crate) fn carried(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let forbidden = |c: char| {
        (c.is_control() && c != '\t' && c != '\n') || matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF | 0xFDD0)
    };
    text.chars().map(|c| if forbidden(c) { '\u{FFFD}' } else { c }).collect::<String>().trim().to_owned()
}

/// What a reader of any format should find, in this order.
pub(crate) fn expected(document: &Document) -> Vec<String> {
    let texts = document.texts().map(|text| carried(&text)).filter(|text| !text.is_empty());
    [carried(&document.title)].into_iter().chain(texts).collect()
}

const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "]]> <!-- --> <?php ?> </style></title>",
    "=HYPERLINK(\"https://example.org\",\"x\")",
    "&amp; &lt;b&gt; &#0; &",
    "\" onmouseover=\"alert(1)' x",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}",
    "left \u{202e}to right",
    "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306} combining",
    "nul \u{0} bell \u{7} escape \u{1b} vertical \u{b} form \u{c} delete \u{7f} next \u{85}",
    "noncharacters \u{fffe} \u{ffff} \u{fdd0} \u{1fffe}",
    "one\r\ntwo\rthree\nfour",
    "a\ttab",
    "</w:t></w:r></w:p>",
    "</w:tblGrid><w:tr><w:trPr><w:cantSplit />",
];

/// Every block once, as a document should be.
pub(crate) fn plain() -> Document {
    let mut document = Document::new("Onsite construction");
    document.date = Some("2026-11-24".to_owned());
    document.rights = Some("Example body, Open Government Licence v3.0".to_owned());
    let mut item = ContentItem::new("K1.1", "c1", "Principles of health and safety");
    item.detail = vec![
        Span::text("Shared by "),
        Span::strong("5 of 6"),
        Span::text(" occupations: "),
        Span::link("all of them", "#blockers"),
    ];
    let mut table = Table::new(
        "Occupations by core items",
        vec![Column::new("Occupation", 4), Column::new("K1.1", 1), Column::new("Why", 3)],
    );
    table.rows = vec![
        vec!["Bricklayer".into(), Cell::Number(1), "cited by two duties".into()],
        vec!["Carpenter".into(), Cell::Number(-2), "".into()],
    ];
    let mut svg = Svg::new("Two boxes", "One box next to the other");
    svg.rect([0.0, 0.0, 180.0, 200.0], &Style::filled("#174a8c"));
    svg.rect([220.0, 0.0, 180.0, 200.0], &Style::filled("#000000"));
    document.blocks = vec![
        Block::Note {
            tone: Tone::Warning,
            spans: vec![Span::text("A draft derived from an occupational map, not an official document.")],
        },
        Block::Contents,
        Block::heading(1, "core", "Core component"),
        Block::Paragraph {
            spans: vec![
                Span::text("What all occupations share; see "),
                Span::link("the standards", "https://example.org/standards?a=1&b=2"),
                Span::text("."),
            ],
        },
        Block::heading(2, "topic-1", "Topic 1"),
        Block::Content {
            caption: "Knowledge of topic 1".to_owned(),
            items: vec![item, ContentItem::new("K1.2", "c2", "Setting out, levels & datum points")],
            review: None,
        },
        Block::List {
            entries: vec![vec![Span::text("first remark")], vec![Span::strong("second"), Span::text(" remark")]],
        },
        Block::heading(2, "blockers", "Who blocks"),
        Block::Note { tone: Tone::Information, spans: vec![Span::text("Nobody here.")] },
        Block::Table(table),
        Block::heading(1, "picture", "Picture"),
        Block::Figure(Figure::new("The pathway", "Two clusters side by side.", svg.finish(400.0, 200.0))),
    ];
    document
}

/// The same with each harmful text in each place that carries text.
pub(crate) fn hostile() -> Document {
    let mut document = plain();
    let long = "knowledge".repeat(1_112)[..10_000].to_owned();
    let texts: Vec<String> =
        HOSTILE.iter().map(|text| (*text).to_owned()).chain([long, "word ".repeat(2_000)]).collect();
    document.title = texts[..5].join(" ");
    document.rights = Some(texts.join(" "));
    document.date = Some(texts[4].clone());
    for (at, text) in texts.iter().enumerate() {
        let spans = vec![
            Span::text(format!("{at}: {text}")),
            Span::strong(text),
            Span::link(text, text),
            Span::link("script", "javascript:alert(1)"),
            Span::link("hidden script", " java\nscript:alert(1)"),
            Span::link("data", "data:text/html,<script>alert(1)</script>"),
            Span::link("nowhere", "#nowhere"),
            Span::link("quoted", "https://example.org/\"><script>alert(1)</script>"),
            Span::link("good", "https://example.org/?q='a'&amp;lt"),
        ];
        let mut item = ContentItem::new(format!("S{at}"), text.clone(), text);
        item.detail.clone_from(&spans);
        let mut table = Table::new(text, vec![Column::new(text, 1), Column::new(text, 255), Column::new("", 0)]);
        table.rows = vec![
            vec![text.as_str().into(), text.as_str().into(), Cell::Number(i64::MIN)],
            vec!["short".into()],
            vec!["a".into(), "b".into(), "c".into(), "one too many".into()],
            vec![],
        ];
        let mut svg = Svg::new(text, text);
        svg.text(&Text::new(5.0, 15.0, text));
        document.blocks.extend([
            Block::heading(u8::try_from(at).unwrap(), text, text),
            Block::heading(4, "main", format!("again {text}")),
            Block::Paragraph { spans: spans.clone() },
            Block::Note { tone: Tone::Information, spans: spans.clone() },
            Block::List { entries: vec![spans.clone(), vec![Span::text(text)]] },
            Block::Content { caption: text.clone(), items: vec![item], review: None },
            Block::Table(table),
            Block::Figure(Figure::new(text, format!("shows {text}"), svg.finish(60.0, 20.0))),
        ]);
    }
    document.blocks.extend([
        Block::Contents,
        Block::heading(2, "", ""),
        Block::paragraph(""),
        Block::List { entries: Vec::new() },
        Block::Content { caption: String::new(), items: Vec::new(), review: None },
        Block::Table(Table::new("", Vec::new())),
        Block::Table(Table::new("last", vec![Column::new("alone", 1)])),
    ]);
    document
}
