//! The parts of a document.

use serde::{Deserialize, Serialize};

/// A document: a title, facts about it, and blocks in their order.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Document, Span};
///
/// let mut document = Document::new("Onsite construction");
/// document.blocks.push(Block::heading(1, "core", "Core component"));
/// document.blocks.push(Block::paragraph("What all occupations share."));
/// assert!(document.texts().any(|text| text == "Core component"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Document {
    format: DocumentFormat,
    version: u32,
    /// What it is called; shown before everything else.
    pub title: String,
    /// The language of its texts, as in BCP 47.
    pub language: String,
    /// The id of the pathway that it is about, if it is about one: a review
    /// names it, so that what is decided is for this pathway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The date that the caller gives, such as `2026-11-24`; none unless given.
    pub date: Option<String>,
    /// Who publishes what it was made from, and on what terms.
    pub rights: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum DocumentFormat {
    #[serde(rename = "tlevel-document")]
    Document,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Block {
    /// A heading; those of level 1 begin the chief parts (the title of the
    /// document stands above them), and no level is left out.
    Heading {
        /// From 1 to 4.
        level: u8,
        /// Its anchor: lower-case letters, digits and hyphens, unique in the
        /// document.
        anchor: String,
        /// What it says.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// What it says.
        spans: Vec<Span>,
    },
    /// A paragraph set apart.
    Note {
        /// What kind of remark it is.
        tone: Tone,
        /// What it says.
        spans: Vec<Span>,
    },
    /// A list of short remarks.
    List {
        /// The remarks.
        entries: Vec<Vec<Span>>,
    },
    /// Numbered content.
    Content {
        /// What the items are, for those who meet the list alone.
        caption: String,
        /// The items.
        items: Vec<ContentItem>,
        /// Where the items stand, for a review that may move them; None where
        /// nothing is to be decided.
        review: Option<ReviewTier>,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// The place of a table of contents.
    Contents,
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "span", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Span {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// Text that stands out.
    Strong {
        /// The text.
        text: String,
    },
    /// A link.
    Link {
        /// What is shown.
        text: String,
        /// An address (`https://...`), or `#` and an anchor of the document.
        target: String,
    },
}

/// What kind of remark a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Tone {
    /// Something to know.
    Information,
    /// Something to be careful about.
    Warning,
}

/// A numbered item of content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ContentItem {
    /// Its number, such as `K1.2`; unique in the document.
    pub number: String,
    /// The id of its concept, which a review names; empty where there is none.
    pub key: String,
    /// What it says, word for word as its source has it.
    pub text: String,
    /// What is known of it: how many share it, where it comes from.
    pub detail: Vec<Span>,
}

/// Where content stands that a review may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReviewTier {
    /// The route core.
    RouteCore,
    /// The pathway core.
    PathwayCore,
    /// Near misses: not core, and close to it.
    NearMiss,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Its columns; the first names the row.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// How wide it is beside the others: 1 for figures, 4 for sentences.
    pub width: u8,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Cell {
    /// A number.
    Number(i64),
    /// A text; empty for nothing.
    Text(String),
}

/// A picture, with what it says in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figure {
    /// What it is called.
    pub caption: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The picture, as SVG of this crate. Formats that cannot hold it carry the
    /// caption and the description.
    pub svg: String,
}

impl Document {
    /// An empty document in British English.
    pub fn new(title: impl Into<String>) -> Self {
        Document {
            format: DocumentFormat::Document,
            version: 1,
            title: title.into(),
            language: "en-GB".to_owned(),
            subject: None,
            date: None,
            rights: None,
            blocks: Vec::new(),
        }
    }

    /// All texts in the order in which every format carries them, without the
    /// title, the date and the rights: headings; each paragraph, note and entry as
    /// one text; of content the caption, then number, text and detail of each
    /// item; of tables the caption, the headings and the cells; of pictures the
    /// caption and the description. Empty ones are left out.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.blocks.iter().flat_map(Block::texts).filter(|text| !text.is_empty())
    }
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, anchor: impl Into<String>, text: impl Into<String>) -> Self {
        Block::Heading { level, anchor: anchor.into(), text: text.into() }
    }

    /// A paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Block::Paragraph { spans: vec![Span::text(text)] }
    }

    fn texts(&self) -> Vec<String> {
        match self {
            Block::Heading { text, .. } => vec![text.clone()],
            Block::Paragraph { spans } | Block::Note { spans, .. } => vec![plain(spans)],
            Block::List { entries } => entries.iter().map(|spans| plain(spans)).collect(),
            Block::Content { caption, items, .. } => {
                let item = |item: &ContentItem| [item.number.clone(), item.text.clone(), plain(&item.detail)];
                [caption.clone()].into_iter().chain(items.iter().flat_map(item)).collect()
            }
            Block::Table(table) => {
                let headings = table.columns.iter().map(|column| column.heading.clone());
                let cells = table.rows.iter().flatten().map(Cell::shown);
                [table.caption.clone()].into_iter().chain(headings).chain(cells).collect()
            }
            Block::Figure(figure) => vec![figure.caption.clone(), figure.description.clone()],
            Block::Contents => Vec::new(),
        }
    }
}

/// The text of some spans.
pub(crate) fn plain(spans: &[Span]) -> String {
    spans.iter().map(Span::shown).collect()
}

impl Span {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Span::Text { text: text.into() }
    }

    /// Text that stands out.
    pub fn strong(text: impl Into<String>) -> Self {
        Span::Strong { text: text.into() }
    }

    /// A link.
    pub fn link(text: impl Into<String>, target: impl Into<String>) -> Self {
        Span::Link { text: text.into(), target: target.into() }
    }

    /// What is shown of it.
    pub fn shown(&self) -> &str {
        match self {
            Span::Text { text } | Span::Strong { text } | Span::Link { text, .. } => text,
        }
    }
}

impl ContentItem {
    /// An item.
    pub fn new(number: impl Into<String>, key: impl Into<String>, text: impl Into<String>) -> Self {
        ContentItem { number: number.into(), key: key.into(), text: text.into(), detail: Vec::new() }
    }
}

impl Table {
    /// A table without rows.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Table { caption: caption.into(), columns, rows: Vec::new() }
    }
}

impl Column {
    /// A column of that width beside the others.
    pub fn new(heading: impl Into<String>, width: u8) -> Self {
        Column { heading: heading.into(), width: width.max(1) }
    }
}

impl Cell {
    /// What is shown of it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::Text(text.into())
    }
}

impl Figure {
    /// A picture.
    pub fn new(caption: impl Into<String>, description: impl Into<String>, svg: impl Into<String>) -> Self {
        Figure { caption: caption.into(), description: description.into(), svg: svg.into() }
    }
}

impl ReviewTier {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            ReviewTier::RouteCore => "route core",
            ReviewTier::PathwayCore => "pathway core",
            ReviewTier::NearMiss => "near miss",
        }
    }
}
