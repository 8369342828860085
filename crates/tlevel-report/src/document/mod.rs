//! One document model for every result: what is said, not how it looks.
//!
//! A function of [`report`](crate::report) makes a document of a result; a
//! function of [`export`](crate::export) writes it in a format. What a brief
//! listing leaves out is part of the document too ([`Listing`]), so that every
//! format holds everything, and the terminal cuts long lists unless told not
//! to.
//!
//! JSON needs no exporter: a [`Document`] serialises as it is, and reads back.

mod entry;

use serde::{Deserialize, Serialize};
use tlevel::derive::Tier;

use crate::picture::Picture;
pub use entry::{Entry, Mark};

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
    /// What stands at the edge beside the title; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub aside: String,
    /// How it is laid out on a terminal.
    #[serde(default, skip_serializing_if = "Form::is_document")]
    pub form: Form,
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
    /// The result as one table, a row for each thing, where the blocks say it in
    /// another way: what CSV holds, and a further sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Table>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum DocumentFormat {
    #[serde(rename = "tlevel-document")]
    Document,
}

/// How a document is laid out on a terminal; other formats lay out all alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Form {
    /// To be read from the first page to the last: a blank line after each
    /// part.
    #[default]
    Document,
    /// To be looked through: what belongs to a heading is indented below it.
    Report,
    /// A report whose title says no more than the command that was typed: the
    /// terminal leaves it out.
    Answer,
}

impl Form {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
    fn is_document(&self) -> bool {
        *self == Form::Document
    }
}

/// Whether everything is listed, or long lists are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// Everything is listed.
    Full,
    /// Long lists are cut, and say so.
    Brief,
    /// What is listed in full, and details that only a file has room for.
    File,
}

impl Listing {
    /// Whether a listing shows what only another one does.
    pub(crate) fn shows(self, only: Option<Listing>) -> bool {
        only.is_none_or(|only| only == self || (self == Listing::File && only == Listing::Full))
    }
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
        /// What stands at the edge beside it, such as a count; empty for
        /// nothing.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        aside: String,
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
    /// A list of entries, each with lines below it.
    Entries {
        /// The entries.
        entries: Vec<Entry>,
        /// The same as a table, which files hold instead; terminals have no
        /// room for tables.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        table: Option<Table>,
    },
    /// What only one listing shows.
    Only {
        /// Which.
        listing: Listing,
        /// What it shows.
        blocks: Vec<Block>,
    },
    /// A line after everything else: what the document was made from.
    Foot {
        /// What it says.
        spans: Vec<Span>,
    },
    /// Numbered content.
    Content {
        /// What the items are, for those who meet the list alone.
        caption: String,
        /// The items.
        items: Vec<ContentItem>,
        /// The tier of the items, for a review that may move them; `None` where
        /// nothing is to be decided.
        review: Option<Tier>,
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

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Cell {
    /// A whole number.
    Number(i64),
    /// A measured number; see [`Cell::decimal`].
    Decimal(f64),
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
    /// The picture. Formats that cannot hold it carry the caption and the
    /// description.
    pub picture: Picture,
}

impl Document {
    /// An empty document in British English.
    pub fn new(title: impl Into<String>) -> Self {
        Document {
            format: DocumentFormat::Document,
            version: 1,
            title: title.into(),
            aside: String::new(),
            form: Form::Document,
            language: "en-GB".to_owned(),
            subject: None,
            date: None,
            rights: None,
            blocks: Vec::new(),
            data: None,
        }
    }

    /// An empty report in British English.
    pub fn report(title: impl Into<String>) -> Self {
        Document { form: Form::Report, ..Document::new(title) }
    }

    /// An empty report whose title the terminal leaves out.
    pub fn answer(title: impl Into<String>) -> Self {
        Document { form: Form::Answer, ..Document::new(title) }
    }

    /// Several documents as one: the title of each is a heading, and its
    /// headings are one level deeper. Their data is one table where all have the
    /// same columns.
    pub fn gathered(title: impl Into<String>, documents: impl IntoIterator<Item = Document>) -> Self {
        let mut all = Document::report(title);
        let mut data = Vec::new();
        for document in documents {
            all.blocks.push(Block::section(1, document.title, document.aside));
            all.blocks.extend(document.blocks.into_iter().map(Block::deeper));
            data.push(document.data);
        }
        all.data = Table::joined(data);
        all
    }

    /// The blocks of a listing, in their order.
    pub fn listed(&self, listing: Listing) -> Vec<&Block> {
        fn add<'b>(blocks: &'b [Block], listing: Listing, listed: &mut Vec<&'b Block>) {
            for block in blocks {
                match block {
                    Block::Only { listing: only, blocks } if listing.shows(Some(*only)) => add(blocks, listing, listed),
                    Block::Only { .. } => {}
                    block => listed.push(block),
                }
            }
        }
        let mut listed = Vec::new();
        add(&self.blocks, listing, &mut listed);
        listed
    }

    /// All texts in the order in which every format carries them, without the
    /// title, the date and the rights, as listed in a file: headings; each paragraph,
    /// note and remark of a list as one text; of entries the label, the text and
    /// what stands beside it, then those below; of content the caption, then number, text and detail of each
    /// item; of tables the caption, the headings and the cells; of pictures the
    /// caption and the description. Empty ones are left out.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.listed(Listing::File).into_iter().flat_map(Block::texts).filter(|text| !text.is_empty())
    }
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, anchor: impl Into<String>, text: impl Into<String>) -> Self {
        Block::Heading { level, anchor: anchor.into(), text: text.into(), aside: String::new() }
    }

    /// A heading with something at the edge beside it; its anchor is made of its
    /// text.
    pub fn section(level: u8, text: impl Into<String>, aside: impl Into<String>) -> Self {
        let (text, aside) = (text.into(), aside.into());
        let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let anchor: String = text.chars().take(60).map(letter).collect();
        let anchor = anchor.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        Block::Heading { level, anchor, text, aside }
    }

    /// A remark.
    pub fn note(text: impl Into<String>) -> Self {
        Block::Note { tone: Tone::Information, spans: vec![Span::text(text)] }
    }

    /// A list of entries.
    pub fn entries(entries: Vec<Entry>) -> Self {
        Block::Entries { entries, table: None }
    }

    /// What only that listing shows.
    pub fn only(listing: Listing, blocks: Vec<Block>) -> Self {
        Block::Only { listing, blocks }
    }

    /// A line after everything else.
    pub fn foot(text: impl Into<String>) -> Self {
        Block::Foot { spans: vec![Span::text(text)] }
    }

    /// This block with its headings one level deeper.
    fn deeper(self) -> Self {
        match self {
            Block::Heading { level, anchor, text, aside } => {
                Block::Heading { level: level.saturating_add(1).min(4), anchor, text, aside }
            }
            Block::Only { listing, blocks } => {
                Block::Only { listing, blocks: blocks.into_iter().map(Block::deeper).collect() }
            }
            block => block,
        }
    }

    /// A paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Block::Paragraph { spans: vec![Span::text(text)] }
    }

    fn texts(&self) -> Vec<String> {
        match self {
            Block::Heading { text, aside, .. } => vec![text.clone(), aside.clone()],
            Block::Entries { table: Some(table), .. } | Block::Table(table) => table.texts(),
            Block::Entries { entries, table: None } => entry::texts_of(entries),
            Block::Only { .. } => Vec::new(),
            Block::Paragraph { spans } | Block::Note { spans, .. } | Block::Foot { spans } => vec![plain(spans)],
            Block::List { entries } => entries.iter().map(|spans| plain(spans)).collect(),
            Block::Content { caption, items, .. } => {
                let item = |item: &ContentItem| [item.number.clone(), item.text.clone(), plain(&item.detail)];
                [caption.clone()].into_iter().chain(items.iter().flat_map(item)).collect()
            }
            Block::Figure(figure) => vec![figure.caption.clone(), figure.description.clone()],
            Block::Contents => Vec::new(),
        }
    }
}

/// A heading and what stands beside it, where a format has no edge.
pub(crate) fn with_aside(text: &str, aside: &str) -> String {
    match (text.is_empty(), aside.is_empty()) {
        (_, true) => text.to_owned(),
        (true, _) => aside.to_owned(),
        _ if aside.starts_with('(') => format!("{text}: {aside}"),
        _ => format!("{text} ({aside})"),
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

impl Table {
    /// Several tables of the same columns as one; none where one is missing, or
    /// has other columns.
    fn joined(tables: Vec<Option<Table>>) -> Option<Table> {
        let mut tables = tables.into_iter();
        let mut all = tables.next()??;
        for table in tables {
            let table = table.filter(|table| table.columns == all.columns)?;
            all.rows.extend(table.rows);
        }
        Some(all)
    }

    fn texts(&self) -> Vec<String> {
        let headings = self.columns.iter().map(|column| column.heading.clone());
        let cells = self.rows.iter().flatten().map(Cell::shown);
        [self.caption.clone()].into_iter().chain(headings).chain(cells).collect()
    }
}

impl Column {
    /// A column of that width beside the others.
    pub fn new(heading: impl Into<String>, width: u8) -> Self {
        Column { heading: heading.into(), width: width.max(1) }
    }
}

impl Cell {
    /// A count.
    pub fn count(count: usize) -> Self {
        Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A measured number; an empty cell for one that is not finite, which JSON
    /// cannot hold.
    pub fn decimal(number: f64) -> Self {
        if number.is_finite() { Cell::Decimal(number) } else { Cell::Text(String::new()) }
    }

    /// What is shown of it to people: of a measured number three decimals, or
    /// none where it is a count.
    pub fn shown(&self) -> String {
        match self {
            Cell::Number(number) => number.to_string(),
            Cell::Decimal(number) if number.fract() == 0.0 && number.abs() > 1.0 => number.to_string(),
            Cell::Decimal(number) => format!("{number:.3}"),
            Cell::Text(text) => text.clone(),
        }
    }

    /// All of it, for programs: a measured number to its last digit.
    pub fn exact(&self) -> String {
        match self {
            Cell::Decimal(number) => number.to_string(),
            cell => cell.shown(),
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::Text(text.into())
    }
}

impl Figure {
    /// A picture, with what it is called and what it shows.
    pub fn new(caption: impl Into<String>, description: impl Into<String>, picture: Picture) -> Self {
        Figure { caption: caption.into(), description: description.into(), picture }
    }
}
