//! Documents as Markdown (`CommonMark` with tables).

use itertools::Itertools as _;

use crate::document::{
    Block, ContentItem, Document, ELSEWHERE, Entry, Figure, Listing, Mark, Span, Table, Tone, with_aside,
};

/// Writes a document as Markdown. Texts are never markup: anything that Markdown
/// would read as markup is escaped. Headings are one level below the title.
///
/// # Examples
///
/// ```
/// use tlevel_report::{document::{Block, Document}, export::markdown};
///
/// let mut document = Document::new("Core & specialisms");
/// document.blocks.push(Block::paragraph("*Not* emphasis."));
/// assert_eq!(markdown(&document), "# Core \\& specialisms\n\n\\*Not\\* emphasis.\n");
/// ```
pub fn markdown(document: &Document) -> String {
    let mut parts = vec![format!("# {}", line(&with_aside(&document.title, &document.aside)))];
    let facts: Vec<String> = [&document.date, &document.rights].into_iter().flatten().map(|text| line(text)).collect();
    if !facts.is_empty() {
        parts.push(facts.join("  \n"));
    }
    parts.extend(
        document
            .listed(Listing::File)
            .into_iter()
            .map(|block| of_block(block, document))
            .filter(|part| !part.is_empty()),
    );
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn of_block(block: &Block, document: &Document) -> String {
    match block {
        Block::Heading { level, text, aside, .. } => {
            format!("{} {}", "#".repeat(usize::from(*level).clamp(1, 5) + 1), line(&with_aside(text, aside)))
        }
        Block::Paragraph { spans } | Block::Foot { spans } => inline(spans),
        Block::Entries { table: Some(table), .. } | Block::Table(table) => of_table(table),
        Block::Entries { entries: listed, table: None } => entries(listed, 0).join("\n"),
        Block::Only { .. } => String::new(),
        Block::Note { tone, spans } => {
            let cue = match tone {
                Tone::Information => "Note",
                Tone::Warning => "Warning",
            };
            format!("> **{cue}:** {}", inline(spans))
        }
        Block::List { entries } | Block::KeyFigures { entries } => {
            entries.iter().map(|spans| format!("* {}", inline(spans))).collect::<Vec<_>>().join("\n")
        }
        Block::Content { caption, items, review } => content(Some(&**caption).filter(|_| review.is_none()), items),
        Block::Figure(Figure { caption, description, .. }) => {
            format!("*{}*\n\n{} {ELSEWHERE}", line(caption), line(description))
        }
        Block::Contents => contents(document),
        Block::PageBreak => String::new(),
    }
}

/// Entries, those below another indented.
fn entries(list: &[Entry], depth: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in Entry::listed(list, Listing::File) {
        let sign = match entry.mark {
            Mark::Plus => "**+** ",
            Mark::Minus => "**\u{2212}** ",
            Mark::None | Mark::Bullet => "",
        };
        let label = entry.label.trim().trim_end_matches(':');
        let label = if label.is_empty() { String::new() } else { format!("{}: ", line(label)) };
        let text = line(&with_aside(&entry.text, &entry.aside));
        lines.push(format!("{}- {sign}{label}{}", "  ".repeat(depth), text.trim()));
        lines.extend(entries(&entry.entries, depth + 1));
    }
    lines
}

/// The main parts, by name without links, as anchors differ between Markdown
/// readers.
fn contents(document: &Document) -> String {
    let chief = document.listed(Listing::File).into_iter().filter_map(|block| match block {
        Block::Heading { level: 1, text, .. } => Some(format!("* {}", line(text))),
        _ => None,
    });
    chief.collect::<Vec<_>>().join("\n")
}

fn content(caption: Option<&str>, items: &[ContentItem]) -> String {
    let item = |item: &ContentItem| {
        let label = item.shown_label().map_or_else(String::new, |label| format!("**{}** ", line(&label)));
        let points = item.points.iter().flat_map(|point| ["\n  * ".to_owned(), line(point)]).collect::<String>();
        let detail = inline(&item.small_print());
        let detail = match (detail.is_empty(), points.is_empty()) {
            (true, _) => String::new(),
            (_, true) => format!("  \n  {detail}"),
            // a paragraph of the item, not of its last point
            (_, false) => format!("\n\n  {detail}"),
        };
        format!("* **{}** {label}{}{points}{detail}", line(item.shown_number()), line(&item.text))
    };
    let caption = caption.map_or_else(String::new, |caption| format!("*{}*\n\n", line(caption)));
    format!("{caption}{}", items.iter().map(item).collect::<Vec<_>>().join("\n"))
}

fn of_table(table: &Table) -> String {
    let cell = |text: &str| line(text).trim().to_owned();
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = Vec::new();
    if let Some(caption) = (!table.is_named_above).then_some(&table.caption) {
        lines.extend([format!("*{}*", line(caption)), String::new()]);
    }
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

/// A web address that can be put in brackets as it is.
fn address(target: &str) -> Option<String> {
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '(' | ')' | '\\');
    let is_web = target.starts_with("https://") || target.starts_with("http://");
    (is_web && target.chars().all(is_plain)).then(|| target.to_owned())
}

/// A text on one line, without markup; white space at its ends stays as one space.
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

/// A text on one line, without markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().join(" ").chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    // a number and a full stop at the start would begin a list
    let digits = out.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    } else if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn texts_are_not_markup() {
        for (text, escaped) in [
            ("use | and *", "use \\| and \\*"),
            ("1. first", "1\\. first"),
            ("- item", "\\- item"),
            ("<b>\nx", "\\<b\\> x"),
            ("plain (3.5 mm)", "plain (3.5 mm)"),
            ("2020", "2020"),
        ] {
            assert_eq!(escape(text), escaped, "{text}");
        }
    }
}
