//! Documents as Excel workbooks.

mod grid;
mod limits;

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};
use tlevel::derive::Tier;

use super::DocumentError;
use crate::carried;
use crate::document::{Block, ContentItem, Document, Entry, Figure, Listing, Mark, Span, Tone, plain, with_aside};
use grid::{FOOTER, Grid, Reviewed};
use limits::{MAX_LINKS, SheetNames, clean, height, lines, pieces, sheet_address, web_address};

/// Writes a document as an Excel workbook (`.xlsx`).
///
/// The first sheet holds the title in A1, the date, the rights and the running
/// text. Each list of content and each table, including the data, has its own sheet
/// with its caption in A1, as an Excel table under frozen headings; the first sheet
/// links to it. Content of a pathway for review has a sheet for each tier, with the
/// topics in a column. Numbers are numbers and texts are texts, even those that
/// begin with `=`, `+`, `-`, `@` or a tab. Content for review is locked except the
/// columns `Decision` (a list to choose from), `New wording`, `Merge with` and
/// `Comment`; there is no password. The columns for the program are hidden at the
/// right.
///
/// # What Excel cannot hold
///
/// * A text beyond 32,767 characters continues in the row below on the first
///   sheet, and in a further column, `Text (continued)`, in tables.
/// * Rows beyond the limit of a sheet continue in a further sheet.
/// * Characters that XML forbids become U+FFFD, and line ends become line feeds.
/// * Two equal headings of a table become `Name` and `Name (2)`. Headings that
///   Excel tables do not accept (empty, with line breaks, beyond 255 characters)
///   give plain cells without a table.
/// * Integers beyond 15 digits are texts.
/// * A cell has one link: the first in its text. Pictures are described in words,
///   and strong text looks like the rest.
///
/// # Errors
///
/// [`DocumentError::Package`] when a table has more columns, or the
/// running text more rows, than a sheet.
///
/// # Examples
///
/// ```
/// use tlevel_report::{document::{Block, Document}, export::xlsx};
///
/// let mut document = Document::new("Onsite construction");
/// document.blocks.push(Block::paragraph("=1+1 is a text here."));
/// let bytes = xlsx(&document)?;
/// assert!(bytes.starts_with(b"PK"));
/// assert_eq!(bytes, xlsx(&document)?);
/// # Ok::<(), tlevel_report::export::DocumentError>(())
/// ```
pub fn xlsx(document: &Document) -> Result<Vec<u8>, DocumentError> {
    written(document).map_err(|e| DocumentError::Package { format: "Excel", reason: e.to_string() })
}

fn written(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title: String = clean(&document.title).chars().take(255).collect();
    workbook.set_properties(
        &DocProperties::new().set_title(title).set_creation_datetime(&created(document.date.as_deref())?),
    );
    let plan = Plan::of(document);
    plan.write_first(workbook.add_worksheet())?;
    for (name, grid) in &plan.grids {
        grid.write(workbook.add_worksheet().set_name(name)?)?;
    }
    if let Some(codes) = &document.codes {
        let sheet = workbook.add_worksheet().set_name(carried::SHEET)?.set_hidden(true);
        sheet.write_string(0, 0, carried::HEADING)?;
        for (row, code) in (1..).zip(carried::rows(codes)) {
            sheet.write_string(row, 0, clean(&code))?;
        }
    }
    workbook.save_to_buffer()
}

/// The date from the caller (`2026-11-24`, `2026-11` or `2026`), or a fixed day,
/// never today.
fn created(date: Option<&str>) -> Result<ExcelDateTime, XlsxError> {
    let mut parts = date.unwrap_or_default().splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let year = parts.next().flatten().filter(|year| (1_900..=9_999).contains(year)).unwrap_or(2000);
    let mut part = || parts.next().flatten().and_then(|part| u8::try_from(part).ok()).unwrap_or(1);
    let (month, day) = (part(), part());
    ExcelDateTime::from_ymd(year, month, day).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))
}

/// A row of the first sheet.
struct Line {
    text: String,
    style: Style,
    target: Option<Target>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    Title,
    Fact,
    Heading(u8),
    Body,
    /// An entry at this depth.
    Entry(u8),
    Label(bool),
    Note(bool),
    Caption,
    Link,
}

enum Target {
    Web(String),
    Anchor(String),
    Sheet(String),
}

/// The contents of the workbook, sheet by sheet.
struct Plan {
    /// The name of the first sheet.
    first: &'static str,
    lines: Vec<Line>,
    anchors: BTreeMap<String, usize>,
    grids: Vec<(String, Grid)>,
    /// The grid of each tier of a pathway's review.
    reviews: BTreeMap<Tier, usize>,
    /// What the headings of parts say after a colon: "Specialism 1" is "Bricklayer".
    parts: BTreeMap<String, String>,
}

/// Short names of sheets for captions that are too long.
const SHORT: [(&str, &str); 4] = [
    ("Occupations left out, with the reason", "Left out"),
    ("Items about general skills", "General skills"),
    ("Occupations by core items", "Coverage"),
    ("Occupations by content areas", "Coverage"),
];

const FIRST: &str = "Document";
const HOW: &str = "How to review";

/// The instructions at the start of a workbook for review.
const HOW_TO_REVIEW: [&str; 6] = [
    "Each sheet has one part of the draft. Only the yellow columns can be changed.",
    "Decision: choose from the list. Leave it empty where nothing should change.",
    "New wording: write a better text, whatever the decision.",
    "Merge with: for \"merge with\" alone, the number of the item that says the same, such as P3.",
    "Comment: say why. A comment alone is kept, too.",
    "Save the file and give it back: tlevel spec MAP --pathway ... --decisions FILE -o next.docx",
];

impl Plan {
    fn of(document: &Document) -> Plan {
        // a workbook of questions begins with how to answer them
        let asks = |block: &&Block| matches!(block, Block::Table(table) | Block::Entries { table: Some(table), .. } if table.fill_in.is_some());
        let first = if document.listed(Listing::File).iter().any(asks) { HOW } else { FIRST };
        let mut plan = Plan {
            first,
            lines: Vec::new(),
            anchors: BTreeMap::new(),
            grids: Vec::new(),
            reviews: BTreeMap::new(),
            parts: BTreeMap::new(),
        };
        let mut names = SheetNames::beside([first, carried::SHEET]);
        plan.push(&with_aside(&document.title, &document.aside), Style::Title, None);
        for fact in document.date.iter().chain(&document.rights) {
            plan.push(fact, Style::Fact, None);
        }
        let is_review = |block: &Block| matches!(block, Block::Content { review: Some(_), .. });
        if document.subject.is_some() && document.listed(Listing::File).into_iter().any(is_review) {
            plan.push(HOW, Style::Heading(2), None);
            HOW_TO_REVIEW.iter().for_each(|line| plan.push(line, Style::Entry(1), None));
        }
        for block in document.listed(Listing::File) {
            plan.block(block, document, &mut names);
        }
        if let Some(data) = &document.data {
            plan.grids(Grid::of_table(data), &mut names);
        }
        plan
    }

    fn block(&mut self, block: &Block, document: &Document, names: &mut SheetNames) {
        match block {
            Block::Heading { level, anchor, text, aside } => {
                self.anchors.entry(anchor.clone()).or_insert(self.lines.len());
                if let Some((part, title)) = text.split_once(": ").filter(|_| *level == 2) {
                    self.parts.entry(part.to_owned()).or_insert_with(|| title.to_owned());
                }
                self.push(&with_aside(text, aside), Style::Heading(*level), None);
            }
            Block::Paragraph { spans } | Block::Foot { spans } => self.spans(spans, Style::Body),
            Block::Entries { table: Some(table), .. } => self.grids(Grid::of_table(table), names),
            Block::Entries { entries, table: None } => self.entries(entries, 1),
            Block::Only { .. } | Block::PageBreak => {}
            Block::Note { tone, spans } => {
                let is_warning = *tone == Tone::Warning;
                self.push(if is_warning { "Warning" } else { "Note" }, Style::Label(is_warning), None);
                self.spans(spans, Style::Note(is_warning));
            }
            Block::List { entries } | Block::KeyFigures { entries } => {
                entries.iter().for_each(|spans| self.spans(spans, Style::Entry(1)));
            }
            Block::Content { caption, items, review } => match (review, document.subject.as_deref()) {
                (Some(tier), Some(pathway)) => {
                    let basis = document.basis.as_deref();
                    let review = Reviewed { tier: *tier, pathway: Some(pathway), topic: None, basis };
                    self.review(caption, items, review, names);
                }
                (Some(tier), None) => {
                    let review = Reviewed { tier: *tier, pathway: None, topic: None, basis: None };
                    self.grids(Grid::of_content(caption, items, Some(review)), names);
                }
                (None, _) => self.grids(Grid::of_content(caption, items, None), names),
            },
            Block::Table(table) => self.grids(Grid::of_table(table), names),
            Block::Figure(Figure { caption, description, .. }) => {
                self.push(caption, Style::Caption, None);
                self.push(description, Style::Body, None);
            }
            Block::Contents => {
                for block in document.listed(Listing::File) {
                    if let Block::Heading { level: 1 | 2, anchor, text, .. } = block {
                        self.push(text, Style::Link, Some(Target::Anchor(anchor.clone())));
                    }
                }
            }
        }
    }

    /// Adds content of a pathway for a panel to review: one sheet for each tier,
    /// whatever the topics, to read from top to bottom.
    fn review(&mut self, caption: &str, items: &[ContentItem], review: Reviewed<'_>, names: &mut SheetNames) {
        // "Route core: Protection" is the topic "Protection" of the route core
        let (title, topic) = caption.split_once(": ").map_or((caption, None), |(title, topic)| (title, Some(topic)));
        let (tier, review) = (review.tier, Reviewed { topic, ..review });
        if let Some(at) = self.reviews.get(&tier).copied() {
            let (name, grid) = &mut self.grids[at];
            if grid.caption == clean(title) && grid.add_reviewed(items, review) {
                let sheet = Target::Sheet(name.clone());
                self.push(caption, Style::Link, Some(sheet));
                return;
            }
        }
        let name = names.name(&self.short(title));
        self.push(caption, Style::Link, Some(Target::Sheet(name.clone())));
        self.reviews.insert(tier, self.grids.len());
        self.grids.push((name, Grid::of_content(title, items, Some(review))));
    }

    /// A short name for the sheet with that caption: `S1 Bricklayer` for specialism 1.
    fn short(&self, caption: &str) -> String {
        if let Some((_, short)) = SHORT.iter().find(|(long, _)| *long == caption) {
            return (*short).to_owned();
        }
        let specialism = caption.strip_prefix("Specialism ").map(|code| format!("S{code}"));
        let code = specialism.or_else(|| caption.strip_prefix("Common content ").map(str::to_owned));
        // of an option, the option: all have the title of their standard before it
        let title = self.parts.get(caption).map(|title| title.rsplit_once(": ").map_or(&**title, |(_, option)| option));
        let named = code.and_then(|code| Some(format!("{code} {}", title?)));
        named.unwrap_or_else(|| caption.to_owned())
    }

    /// Adds a separate sheet, or several, and a line that links to it.
    fn grids(&mut self, grid: Grid, names: &mut SheetNames) {
        for grid in grid.pages(grid::ROWS) {
            let name = names.name(&self.short(&grid.caption));
            let caption = if grid.caption.is_empty() { &name } else { &grid.caption };
            let sheet = Target::Sheet(name.clone());
            match self.lines.last_mut() {
                // a heading with nothing but its table leads there itself
                Some(Line { text, style: Style::Heading(_), target: target @ None }) if text == caption => {
                    *target = Some(sheet);
                }
                _ => self.push(caption, Style::Link, Some(sheet)),
            }
            self.grids.push((name, grid));
        }
    }

    fn entries(&mut self, entries: &[Entry], depth: u8) {
        for entry in Entry::listed(entries, Listing::File) {
            let sign = match entry.mark {
                Mark::None | Mark::Bullet => "",
                Mark::Plus => "+ ",
                Mark::Minus => "\u{2212} ",
            };
            let label = entry.label.trim();
            let space = if label.is_empty() { "" } else { " " };
            let text = format!("{sign}{label}{space}{}", with_aside(&entry.text, &entry.aside));
            self.push(&text, Style::Entry(depth), None);
            self.entries(&entry.entries, (depth + 1).min(5));
        }
    }

    fn spans(&mut self, spans: &[Span], style: Style) {
        let target = spans.iter().find_map(|span| match span {
            Span::Link { target, .. } => match target.strip_prefix('#') {
                Some(anchor) => Some(Target::Anchor(anchor.to_owned())),
                None => web_address(target).map(Target::Web),
            },
            _ => None,
        });
        self.push(&plain(spans), style, target);
    }

    /// Adds a text in as many rows as it takes, the first with the link.
    fn push(&mut self, text: &str, style: Style, mut target: Option<Target>) {
        for text in pieces(&clean(text)) {
            self.lines.push(Line { text, style, target: target.take() });
        }
    }

    fn write_first(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        // a page of A4 upright
        const WIDTH: u32 = 92;
        sheet.set_name(self.first)?.set_column_width(0, WIDTH)?;
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer(FOOTER);
        let mut formats: BTreeMap<(Style, bool), Format> = BTreeMap::new();
        let mut links = 0;
        for (line, row) in self.lines.iter().zip(0..) {
            let target = line.target.as_ref().and_then(|target| self.address(target));
            let target = target.filter(|_| links < MAX_LINKS && !line.text.is_empty());
            let format =
                formats.entry((line.style, target.is_some())).or_insert_with(|| line.style.format(target.is_some()));
            let size = line.style.font_size();
            let fit = if size > 11.0 { WIDTH / 2 } else { WIDTH };
            let tall = lines(&line.text, fit as usize);
            if tall > 1 || size > 11.0 {
                sheet.set_row_height(row, height(tall, size))?;
            }
            match target {
                Some(target) => {
                    links += 1;
                    sheet.write_url_with_format(row, 0, Url::new(target).set_text(&line.text), format)?;
                }
                None => {
                    sheet.write_string_with_format(row, 0, &line.text, format)?;
                }
            }
        }
        Ok(())
    }

    fn address(&self, target: &Target) -> Option<String> {
        match target {
            Target::Web(address) => Some(address.clone()),
            Target::Anchor(anchor) => self.anchors.get(anchor).map(|row| sheet_address(self.first, row + 1)),
            Target::Sheet(name) => Some(sheet_address(name, 1)),
        }
    }
}

impl Style {
    fn font_size(self) -> f64 {
        match self {
            Style::Title => 20.0,
            Style::Heading(1) => 16.0,
            Style::Heading(2) => 14.0,
            Style::Heading(3) => 12.0,
            _ => 11.0,
        }
    }

    fn format(self, is_link: bool) -> Format {
        const INK: u32 = 0x000B_0C0C;
        let format = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(Color::RGB(INK));
        let format = match self {
            Style::Fact => format.set_font_color(Color::RGB(0x0050_5A5F)),
            Style::Title | Style::Heading(_) | Style::Caption => format.set_bold().set_font_size(self.font_size()),
            Style::Body | Style::Link => format,
            // the mark is shown but is not part of the text
            Style::Entry(depth) => format.set_indent(depth).set_num_format("\u{2022} @"),
            Style::Label(is_warning) => Style::Note(is_warning).format(false).set_bold(),
            Style::Note(true) => format.set_background_color(Color::RGB(0x00FF_F2CC)),
            Style::Note(false) => format.set_background_color(Color::RGB(0x00E8_F1F8)),
        };
        if is_link {
            return format
                .set_font_color(Color::RGB(0x001D_509E))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single);
        }
        format
    }
}
