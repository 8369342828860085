//! Documents as plain text, for a terminal.

use super::model::{Block, ContentItem, Document, Figure, Table, Tone, plain};
use crate::Layout;
use crate::page::{Page, Paint};

/// Lays out a document as text, in lines of the layout's width. Each row of a
/// table is a paragraph: its first cell, then the others with their headings.
///
/// # Examples
///
/// ```
/// use tlevel_report::{Layout, document::{Block, Document, text}};
///
/// let mut document = Document::new("Outline");
/// document.blocks.push(Block::paragraph("What all share."));
/// assert_eq!(text(&document, &Layout::default()), "Outline\n\nWhat all share.\n");
/// ```
pub fn text(document: &Document, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    page.painted_item("", Some(Paint::Strong), &document.title);
    for fact in [&document.date, &document.rights].into_iter().flatten() {
        page.item("", fact);
    }
    for block in &document.blocks {
        of_block(&mut page, block);
    }
    page.finish()
}

fn of_block(page: &mut Page, block: &Block) {
    if !matches!(block, Block::Contents) {
        page.blank();
    }
    match block {
        Block::Heading { level, text, .. } => {
            page.painted_item("", Some(Paint::Heading), text);
            if *level == 1 {
                page.item("", &"=".repeat(text.chars().count().min(40)));
            }
        }
        Block::Paragraph { spans } => page.item("", &plain(spans)),
        Block::Note { tone, spans } => {
            let cue = match tone {
                Tone::Information => "Note: ",
                Tone::Warning => "Warning: ",
            };
            page.item(cue, &plain(spans));
        }
        Block::List { entries } => entries.iter().for_each(|spans| page.item("* ", &plain(spans))),
        Block::Content { caption, items, .. } => {
            page.item("", caption);
            items.iter().for_each(|item| content(page, item));
        }
        Block::Table(table) => of_table(page, table),
        Block::Figure(Figure { caption, description, .. }) => {
            page.item("", caption);
            page.item("  ", description);
        }
        Block::Contents => {}
    }
}

fn content(page: &mut Page, item: &ContentItem) {
    page.item(&format!("  {:<8}", item.number), &item.text);
    let detail = plain(&item.detail);
    if !detail.is_empty() {
        page.painted_item("          ", Some(Paint::Quiet), &detail);
    }
}

fn of_table(page: &mut Page, table: &Table) {
    page.item("", &table.caption);
    page.item("  ", &table.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>().join(" | "));
    for row in &table.rows {
        page.item("  ", &row.iter().map(super::Cell::shown).collect::<Vec<_>>().join(" | "));
    }
}
