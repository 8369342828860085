//! Documents as plain text, for a terminal.

mod page;

use crate::document::{Block, Cell, ContentItem, Document, Entry, Figure, Form, Listing, Mark, Table, Tone, plain};
use page::{Page, Paint};
use textwrap::core::display_width;

/// The layout of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// The columns of a line, at least 40.
    pub width: usize,
    /// Whether headings and counts have ANSI colours.
    pub colour: bool,
    /// Whether everything is listed; otherwise long lists are cut, and say so.
    pub full: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Layout { width: 80, colour: false, full: false }
    }
}

impl Layout {
    /// Returns this layout with another width.
    #[must_use]
    pub fn width(mut self, width: usize) -> Self {
        self.width = width.max(40);
        self
    }

    /// Returns this layout with or without colours.
    #[must_use]
    pub fn colour(mut self, colour: bool) -> Self {
        self.colour = colour;
        self
    }

    /// Returns this layout with long lists in full, or cut.
    #[must_use]
    pub fn full(mut self, full: bool) -> Self {
        self.full = full;
        self
    }
}

/// Writes a document as plain text, in lines of the layout's width.
///
/// In a report, what belongs to a heading is indented below it, and long lists are
/// cut unless the layout is full. Its date and its rights appear only in files.
/// Control characters are not printed. A table that is too wide for the page becomes
/// a paragraph for each row.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Document, Entry};
/// use tlevel_report::export::{Layout, terminal};
///
/// let mut report = Document::report("Colours");
/// report.blocks.push(Block::section(1, "Warm", "3 colours"));
/// report.blocks.push(Block::entries(Entry::first(1, ["red", "orange", "yellow"].map(Entry::new).into())));
/// let shown = terminal(&report, &Layout::default().width(40));
/// assert_eq!(shown, "\
/// Colours
///
/// Warm                           3 colours
///   red
///   and 2 more (the full listing has them)
/// ");
/// ```
pub fn terminal(document: &Document, layout: &Layout) -> String {
    let listing = if layout.full { Listing::Full } else { Listing::Brief };
    let mut page = Page::new(layout.width, layout.colour);
    if document.form == Form::Document {
        page.painted_item("", Some(Paint::Strong), &document.title);
    } else if document.form == Form::Report {
        page.heading(Paint::Strong, &document.title, &document.aside);
    }
    if document.form == Form::Document {
        for fact in [&document.date, &document.rights].into_iter().flatten() {
            page.item("", fact);
        }
        document.listed(listing).into_iter().for_each(|block| part(&mut page, block, listing));
    } else {
        Report { page: &mut page, listing, depth: 0, before: None }.write(&document.listed(listing));
    }
    page.finish()
}

/// A report under construction.
struct Report<'p> {
    page: &'p mut Page,
    listing: Listing,
    /// How many headings the next block is below.
    depth: usize,
    before: Option<Before>,
}

/// What comes before a block, which decides on a blank line.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Heading(u8),
    Foot,
    Note,
    Other,
}

impl Report<'_> {
    fn write(mut self, blocks: &[&Block]) {
        for block in blocks {
            let is_first = self.before.is_none() && self.page.is_empty();
            let (is_apart, now) = match block {
                // no blank line between a heading and the first one below it
                Block::Heading { level, .. } => {
                    let is_below = matches!(self.before, Some(Before::Heading(above)) if above < *level);
                    (*level <= 2 && !is_below, Before::Heading(*level))
                }
                Block::Foot { .. } => (self.before != Some(Before::Foot), Before::Foot),
                Block::Note { .. } => (self.before != Some(Before::Note), Before::Note),
                Block::Contents | Block::PageBreak => continue,
                Block::Table(_) => (self.depth == 0, Before::Other),
                _ => (self.depth == 0 && self.before.is_some(), Before::Other),
            };
            if is_apart && !is_first {
                self.page.blank();
            }
            self.before = Some(now);
            self.block(block);
        }
    }

    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    fn block(&mut self, block: &Block) {
        let indent = self.indent();
        match block {
            Block::Heading { level, text, aside, .. } => {
                let level = (*level).clamp(1, 4);
                let paint = if level == 1 { Paint::Heading } else { Paint::Strong };
                let indent = " ".repeat(2 * usize::from(level - 1));
                self.page.heading(paint, &format!("{indent}{text}"), aside);
                self.depth = usize::from(level);
            }
            Block::Paragraph { spans } => self.page.item(&indent, &plain(spans)),
            Block::Foot { spans } => self.page.item("", &plain(spans)),
            Block::Note { tone, spans } => self.page.item(cue(*tone), &plain(spans)),
            Block::List { entries } | Block::KeyFigures { entries } => {
                entries.iter().for_each(|spans| self.page.item(&format!("{indent}- "), &plain(spans)));
            }
            Block::Entries { entries, .. } => write_entries(self.page, entries, &indent, self.listing),
            Block::Content { caption, items, review } => {
                if review.is_none() {
                    self.page.item(&indent, caption);
                }
                items.iter().for_each(|item| content(self.page, item));
            }
            Block::Table(table) => of_table(self.page, table, &indent),
            Block::Figure(Figure { caption, description, .. }) => {
                self.page.item(&indent, caption);
                self.page.item(&format!("{indent}  "), description);
            }
            Block::Contents | Block::PageBreak | Block::Only { .. } => {}
        }
    }
}

/// Writes a block of a document that is read from the first page to the last.
fn part(page: &mut Page, block: &Block, listing: Listing) {
    if !matches!(block, Block::Contents | Block::PageBreak) {
        page.blank();
    }
    match block {
        Block::Heading { level, text, aside, .. } => {
            page.heading(Paint::Heading, text, aside);
            if *level == 1 {
                page.item("", &"=".repeat(text.chars().count().min(40)));
            }
        }
        Block::Paragraph { spans } | Block::Foot { spans } => page.item("", &plain(spans)),
        Block::Note { tone, spans } => page.item(cue(*tone), &plain(spans)),
        Block::List { entries } | Block::KeyFigures { entries } => {
            entries.iter().for_each(|spans| page.item("* ", &plain(spans)));
        }
        Block::Entries { entries, .. } => write_entries(page, entries, "", listing),
        Block::Content { caption, items, review } => {
            if review.is_none() {
                page.item("", caption);
            }
            items.iter().for_each(|item| content(page, item));
        }
        Block::Table(table) => of_table(page, table, ""),
        Block::Figure(Figure { caption, description, .. }) => {
            page.item("", caption);
            page.item("  ", description);
        }
        Block::Contents | Block::PageBreak | Block::Only { .. } => {}
    }
}

fn cue(tone: Tone) -> &'static str {
    match tone {
        Tone::Information => "Note: ",
        Tone::Warning => "Warning: ",
    }
}

/// Writes entries, with those below each indented to the start of its text, by at
/// least two columns.
fn write_entries(page: &mut Page, entries: &[Entry], indent: &str, listing: Listing) {
    for entry in Entry::listed(entries, listing) {
        let mark = match entry.mark {
            Mark::None => "",
            Mark::Bullet | Mark::Minus => "- ",
            Mark::Plus => "+ ",
        };
        let space = if entry.label.is_empty() { "" } else { " " };
        let first = format!("{indent}{mark}{}{space}", entry.label);
        let below = if entry.aside.is_empty() {
            let paint = (!entry.label.is_empty()).then_some(Paint::Quiet);
            page.painted_item(&first, paint, &entry.text);
            display_width(&first).max(indent.len() + 2)
        } else {
            let paint = if entry.tone == Some(Tone::Warning) { Paint::Alarm } else { Paint::Strong };
            page.heading(paint, &format!("{first}{}", entry.text), &entry.aside);
            indent.len() + 2
        };
        write_entries(page, &entry.entries, &" ".repeat(below), listing);
    }
}

fn content(page: &mut Page, item: &ContentItem) {
    let label = item.shown_label().map_or_else(String::new, |label| format!("{label} "));
    page.item(&format!("  {:<8}", item.shown_number()), &format!("{label}{}", item.text));
    item.points.iter().for_each(|point| page.item("          - ", point));
    let detail = plain(&item.small_print());
    if !detail.is_empty() {
        page.painted_item("          ", Some(Paint::Quiet), &detail);
    }
}

/// Writes a table in columns if it fits, with figures aligned to the right, or else
/// a paragraph for each row.
fn of_table(page: &mut Page, table: &Table, indent: &str) {
    let below = format!("{indent}  ");
    if let Some(caption) = table.printed_caption() {
        page.item(indent, caption);
    }
    let headings = || table.columns.iter().map(|column| column.heading.as_str());
    if let Some(columns) = Columns::of(table, page.width().saturating_sub(below.len())) {
        page.line(Some(Paint::Quiet), &format!("{below}{}", columns.row(headings())));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(Cell::shown).collect();
            page.line(None, &format!("{below}{}", columns.row(cells.iter().map(String::as_str))));
        }
        return;
    }
    page.item(&below, &headings().collect::<Vec<_>>().join(" | "));
    for row in &table.rows {
        page.item(&below, &row.iter().map(Cell::shown).collect::<Vec<_>>().join(" | "));
    }
}

/// The columns of a table that fits the page: the width of each, and whether it
/// holds figures.
struct Columns(Vec<(usize, bool)>);

/// The room between two columns.
const GAP: usize = 2;

impl Columns {
    fn of(table: &Table, room: usize) -> Option<Columns> {
        let mut columns: Vec<(usize, bool)> =
            table.columns.iter().map(|column| (display_width(&column.heading), true)).collect();
        for row in &table.rows {
            if row.len() > columns.len() {
                return None;
            }
            for (cell, (width, is_figures)) in row.iter().zip(&mut columns) {
                let shown = cell.shown();
                if shown.contains('\n') {
                    return None;
                }
                *width = (*width).max(display_width(&shown));
                *is_figures &= shown.is_empty() || !matches!(cell, Cell::Text(_));
            }
        }
        let needed = columns.iter().map(|(width, _)| width + GAP).sum::<usize>().saturating_sub(GAP);
        (!columns.is_empty() && needed <= room).then_some(Columns(columns))
    }

    fn row<'c>(&self, cells: impl Iterator<Item = &'c str>) -> String {
        let mut line = String::new();
        for ((width, is_figures), cell) in self.0.iter().zip(cells) {
            let space = " ".repeat(width.saturating_sub(display_width(cell)));
            let (before, after) = if *is_figures { (space.as_str(), "") } else { ("", space.as_str()) };
            line.extend([before, cell, after, "  "]);
        }
        line.trim_end().to_owned()
    }
}
