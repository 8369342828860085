//! Documents: blocks, spans, tables and figures.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use tlevel::derive::{Codes, Tier};

use super::content_item::ContentItem;
use super::entry::{self, Entry};
use super::lines::lines;
use super::table::Table;
use crate::picture::Picture;

/// A document: a title, facts about it, and blocks in order.
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
    pub(super) format: DocumentFormat,
    pub(super) version: u32,
    /// Its title; shown before everything else.
    pub title: String,
    /// The text at the edge of the title's line; empty if there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub aside: String,
    /// Its layout on a terminal.
    #[serde(default, skip_serializing_if = "Form::is_document")]
    pub form: Form,
    /// The language of its texts, as in BCP 47.
    pub language: String,
    /// The id of the pathway that it is about, if any: a review names it, so its
    /// decisions are for this pathway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What it was made with, for a review: the map and the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// The codes of its items, if it is a draft whose items keep theirs: Word and Excel
    /// files carry them, out of sight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<Codes>,
    /// The date from the caller, such as `2026-11-24`, if any.
    pub date: Option<String>,
    /// The publisher of its source, and the terms.
    pub rights: Option<String>,
    /// Its content.
    pub blocks: Vec<Block>,
    /// The result as one table with a row for each thing, if the blocks present it
    /// differently. It is the content of CSV, and a further sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Table>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum DocumentFormat {
    #[serde(rename = "tlevel-document")]
    Document,
}

/// The layout of a document on a terminal; other formats lay out all documents in
/// the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Form {
    /// To read from the first page to the last: a blank line after each part.
    #[default]
    Document,
    /// To look through: what belongs to a heading is indented below it.
    Report,
    /// A report whose title only repeats the command, so the terminal leaves it out.
    Answer,
}

impl Form {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
    pub(super) fn is_document(&self) -> bool {
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
    /// Everything, and details for which only a file has room.
    File,
}

impl Listing {
    /// Whether this listing shows what only `only` shows.
    pub(crate) fn shows(self, only: Option<Listing>) -> bool {
        only.is_none_or(|only| only == self || (self == Listing::File && only == Listing::Full))
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Block {
    /// A heading. Level 1 begins the main parts, below the title of the document, and
    /// no level is skipped.
    Heading {
        /// From 1 to 4.
        level: u8,
        /// Its anchor: lower-case letters, digits and hyphens, unique in the
        /// document.
        anchor: String,
        /// Its text.
        text: String,
        /// The text at the edge of its line, such as a count; empty if there is
        /// none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        aside: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        spans: Vec<Span>,
    },
    /// A paragraph set apart.
    Note {
        /// The kind of remark.
        tone: Tone,
        /// Its text.
        spans: Vec<Span>,
    },
    /// A list of short remarks.
    List {
        /// The remarks.
        entries: Vec<Vec<Span>>,
    },
    /// The few figures that sum up what follows, side by side where a format has
    /// room: each a strong number and what it counts.
    KeyFigures {
        /// The figures.
        entries: Vec<Vec<Span>>,
    },
    /// A list of entries, each with lines below it.
    Entries {
        /// The entries.
        entries: Vec<Entry>,
        /// The same as a table, which files hold instead, as terminals have no room
        /// for tables.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        table: Option<Table>,
    },
    /// Blocks that only one listing shows.
    Only {
        /// The listing.
        listing: Listing,
        /// The blocks.
        blocks: Vec<Block>,
    },
    /// A line after everything else, such as the source of the document.
    Foot {
        /// Its text.
        spans: Vec<Span>,
    },
    /// Numbered content.
    Content {
        /// A name for readers who see only the list. Where the items are up for review it
        /// names their sheet of a workbook, and print leaves it out: the heading above
        /// says the same.
        caption: String,
        /// The items.
        items: Vec<ContentItem>,
        /// The tier of the items, for a review that may move them; `None` if there is
        /// nothing to decide.
        review: Option<Tier>,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// The position of the table of contents.
    Contents,
    /// The start of a new page, where a format has pages.
    PageBreak,
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
    /// Strong text.
    Strong {
        /// The text.
        text: String,
    },
    /// A link.
    Link {
        /// The visible text.
        text: String,
        /// An address (`https://...`), or `#` and an anchor of the document.
        target: String,
    },
}

/// The kind of a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Tone {
    /// Something to know.
    Information,
    /// Something to be careful about.
    Warning,
}

/// What a format without pictures says below a caption.
pub(crate) const ELSEWHERE: &str = "The picture itself is in the HTML version of this document.";

/// A picture with a caption and a description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figure {
    /// Its caption.
    pub caption: String,
    /// A description for readers who cannot see it.
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
            basis: None,
            codes: None,
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

    /// Joins several documents into one: the title of each becomes a heading, and
    /// its headings move one level down. Their data becomes one table if all have
    /// the same columns.
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

    /// Returns the blocks of a listing, in order.
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

    /// Returns the document as one table: its data, or else its only table, or else a row
    /// for each of its lines.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel_report::document::{Block, Document};
    ///
    /// let mut document = Document::new("Two remarks");
    /// document.blocks = vec![Block::paragraph("One"), Block::paragraph("Another")];
    /// let table = document.flat_table();
    /// assert_eq!(table.columns[4].heading, "text");
    /// assert_eq!(table.rows.len(), 2);
    /// ```
    pub fn flat_table(&self) -> Cow<'_, Table> {
        if let Some(data) = &self.data {
            return Cow::Borrowed(data);
        }
        let mut tables = self.listed(Listing::File).into_iter().filter_map(|block| match block {
            Block::Table(table) | Block::Entries { table: Some(table), .. } => Some(table),
            _ => None,
        });
        match (tables.next(), tables.next()) {
            (Some(table), None) => Cow::Borrowed(table),
            _ => Cow::Owned(lines(self)),
        }
    }

    /// Returns all texts, as listed in a file and in the order of every format,
    /// without the title, the date, the rights and empty texts.
    ///
    /// * Headings, paragraphs, notes and remarks of a list are one text each.
    /// * An entry has its label, its text and the text at the edge, then the entries
    ///   below it.
    /// * Content has its caption, unless it is up for review, then the number, text,
    ///   points and small print of each item.
    /// * A table has its caption, unless the heading above names it, its headings and
    ///   its cells.
    /// * A picture has its caption and its description.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.listed(Listing::File).into_iter().flat_map(Block::texts).filter(|text| !text.is_empty())
    }
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, anchor: impl Into<String>, text: impl Into<String>) -> Self {
        Block::Heading { level, anchor: anchor.into(), text: text.into(), aside: String::new() }
    }

    /// A heading with a text at the edge of its line; its anchor is made from its
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

    /// Blocks that only one listing shows.
    pub fn only(listing: Listing, blocks: Vec<Block>) -> Self {
        Block::Only { listing, blocks }
    }

    /// A line after everything else.
    pub fn foot(text: impl Into<String>) -> Self {
        Block::Foot { spans: vec![Span::text(text)] }
    }

    /// Returns this block with its headings one level deeper.
    pub(super) fn deeper(self) -> Self {
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

    pub(super) fn texts(&self) -> Vec<String> {
        match self {
            Block::Heading { text, aside, .. } => vec![text.clone(), aside.clone()],
            Block::Entries { table: Some(table), .. } | Block::Table(table) => table.texts(),
            Block::Entries { entries, table: None } => entry::texts_of(entries),
            Block::Only { .. } => Vec::new(),
            Block::Paragraph { spans } | Block::Note { spans, .. } | Block::Foot { spans } => vec![plain(spans)],
            Block::List { entries } | Block::KeyFigures { entries } => {
                entries.iter().map(|spans| plain(spans)).collect()
            }
            Block::Content { caption, items, review } => {
                let caption = review.is_none().then(|| caption.clone());
                caption.into_iter().chain(items.iter().flat_map(ContentItem::texts)).collect()
            }
            Block::Figure(figure) => vec![figure.caption.clone(), figure.description.clone()],
            Block::Contents | Block::PageBreak => Vec::new(),
        }
    }
}

/// A heading and the text at the edge of its line, for formats without an edge.
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

    /// Strong text.
    pub fn strong(text: impl Into<String>) -> Self {
        Span::Strong { text: text.into() }
    }

    /// A link.
    pub fn link(text: impl Into<String>, target: impl Into<String>) -> Self {
        Span::Link { text: text.into(), target: target.into() }
    }

    /// Returns its visible text.
    pub fn shown(&self) -> &str {
        match self {
            Span::Text { text } | Span::Strong { text } | Span::Link { text, .. } => text,
        }
    }
}

impl Figure {
    /// A picture with a caption and a description.
    pub fn new(caption: impl Into<String>, description: impl Into<String>, picture: Picture) -> Self {
        Figure { caption: caption.into(), description: description.into(), picture }
    }
}
