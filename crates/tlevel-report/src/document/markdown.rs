//! Documents as Markdown (`CommonMark` with tables).

use super::model::{Block, ContentItem, Document, Figure, Span, Table, Tone};
use crate::markdown_page::escape;

/// Writes a document as Markdown. Texts are never markup: whatever Markdown
/// would read as such is escaped. Headings are one level below the title.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Document, markdown};
///
/// let mut document = Document::new("Core & specialisms");
/// document.blocks.push(Block::paragraph("*Not* emphasis."));
/// assert_eq!(markdown(&document), "# Core \\& specialisms\n\n\\*Not\\* emphasis.\n");
/// ```
pub fn markdown(document: &Document) -> String {
    let mut parts = vec![format!("# {}", line(&document.title))];
    let facts: Vec<String> = [&document.date, &document.rights].into_iter().flatten().map(|text| line(text)).collect();
    if !facts.is_empty() {
        parts.push(facts.join("  \n"));
    }
    parts.extend(document.blocks.iter().map(|block| of_block(block, document)).filter(|part| !part.is_empty()));
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn of_block(block: &Block, document: &Document) -> String {
    match block {
        Block::Heading { level, text, .. } => {
            format!("{} {}", "#".repeat(usize::from(*level).clamp(1, 5) + 1), line(text))
        }
        Block::Paragraph { spans } => inline(spans),
        Block::Note { tone, spans } => {
            let cue = match tone {
                Tone::Information => "Note",
                Tone::Warning => "Warning",
            };
            format!("> **{cue}:** {}", inline(spans))
        }
        Block::List { entries } => {
            entries.iter().map(|spans| format!("* {}", inline(spans))).collect::<Vec<_>>().join("\n")
        }
        Block::Content { caption, items, .. } => content(caption, items),
        Block::Table(table) => of_table(table),
        Block::Figure(Figure { caption, description, .. }) => format!("*{}*\n\n{}", line(caption), line(description)),
        Block::Contents => contents(document),
    }
}

/// The chief parts, by name: anchors differ between readers of Markdown.
fn contents(document: &Document) -> String {
    let chief = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level: 1, text, .. } => Some(format!("* {}", line(text))),
        _ => None,
    });
    chief.collect::<Vec<_>>().join("\n")
}

fn content(caption: &str, items: &[ContentItem]) -> String {
    let item = |item: &ContentItem| {
        let detail = inline(&item.detail);
        let detail = if detail.is_empty() { String::new() } else { format!("  \n  {detail}") };
        format!("* **{}** {}{detail}", line(&item.number), line(&item.text))
    };
    format!("*{}*\n\n{}", line(caption), items.iter().map(item).collect::<Vec<_>>().join("\n"))
}

fn of_table(table: &Table) -> String {
    let cell = |text: &str| line(text).trim().to_owned();
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![format!("*{}*", line(&table.caption)), String::new()];
    lines.push(row(table.columns.iter().map(|column| cell(&column.heading)).collect()));
    lines.push(row(table.columns.iter().map(|_| "---".to_owned()).collect()));
    lines.extend(table.rows.iter().map(|cells| row(cells.iter().map(|c| cell(&c.shown())).collect())));
    lines.join("\n")
}

fn inline(spans: &[Span]) -> String {
    let span = |span: &Span| match span {
        Span::Text { text } => line(text),
        Span::Strong { text } if text.trim().is_empty() => line(text),
        Span::Strong { text } => format!("**{}**", line(text)),
        Span::Link { text, target } => match address(target) {
            Some(address) => format!("[{}]({address})", line(text)),
            None => line(text),
        },
    };
    spans.iter().map(span).collect()
}

/// A web address that stands in brackets as it is.
fn address(target: &str) -> Option<String> {
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '(' | ')' | '\\');
    let is_web = target.starts_with("https://") || target.starts_with("http://");
    (is_web && target.chars().all(is_plain)).then(|| target.to_owned())
}

/// A text on one line, with nothing that is markup; white space at its ends
/// stays, as one space.
fn line(text: &str) -> String {
    let whole: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let space = |is: bool| if is { " " } else { "" };
    let plain = whole.trim();
    if plain.is_empty() {
        return space(!whole.is_empty()).to_owned();
    }
    let (before, after) = (whole.starts_with(char::is_whitespace), whole.ends_with(char::is_whitespace));
    format!("{}{}{}", space(before), escape(plain), space(after))
}
