//! Documents as HTML pages.

use std::fmt::Write as _;

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::outline::{Outline, Target, characters, language};
use crate::document::{Block, Cell, ContentItem, Document, Entry, Figure, Listing, Mark, Span, Table, Tone};

const STYLE: &str = include_str!("html.css");

/// Writes a document as HTML: one self-contained page without scripts.
///
/// * The title of the document is the heading of level 1. Its own headings start at
///   level 2, and no level is skipped.
/// * Numbered content is a list whose entries have a number, a text and details.
///   Tables have captions and headings for rows and columns, and scroll in their own
///   region, which the keyboard reaches.
/// * Links lead to `https:`, `http:` and `mailto:` addresses and to headings of
///   the document; any other is plain text.
/// * Texts may run from right to left; each has its own direction.
/// * Control characters, which HTML forbids, become U+FFFD.
/// * Pictures are part of the page, with their captions and descriptions.
///
/// # Examples
///
/// ```
/// use tlevel_report::{document::{Block, Document}, export};
///
/// let mut document = Document::new("Onsite construction");
/// document.blocks.push(Block::paragraph("1 < 2"));
/// let page = export::html(&document);
/// assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
/// assert!(page.contains("<p dir=\"auto\">1 &lt; 2</p>"));
/// ```
pub fn html(document: &Document) -> String {
    Page::write(document, None)
}

/// The surroundings of a document that is a page of a site.
pub(crate) struct Frame<'f> {
    /// The path from the page to the root of the site: nothing, or `../`.
    pub(crate) root: &'static str,
    /// The name of the site.
    pub(crate) site: &'f str,
    /// The menu of every page: names and pages.
    pub(crate) menu: &'static [(&'static str, &'static str)],
    /// Whether the menu has a field to search from.
    pub(crate) search: bool,
    /// The trail from the root to this page, which is the last: names and pages.
    pub(crate) trail: Vec<(String, String)>,
    /// HTML of the site itself after the content, with its scripts.
    pub(crate) after: &'static str,
    /// The page of a content item, by its key.
    pub(crate) item: &'f dyn Fn(&str) -> Option<String>,
}

/// The style of a site's pages.
pub(crate) const SITE_STYLE: &str = concat!(include_str!("html.css"), include_str!("site.css"));

/// Writes a document as a page of a site: with the site's style sheet and menu,
/// and links to its other pages (targets that begin with `page:`, from the root).
pub(crate) fn site_page(document: &Document, frame: &Frame<'_>) -> String {
    Page::write(document, Some(frame))
}

/// A page under construction.
struct Page<'p> {
    frame: Option<&'p Frame<'p>>,
    out: String,
    outline: Outline,
    /// How many headings have been written.
    heading: usize,
}

/// A text between tags.
fn text(text: &str) -> String {
    encode_text(&characters(text)).into_owned()
}

/// The text at the edge of a heading or an entry.
fn aside(aside: &str) -> String {
    if aside.trim().is_empty() { String::new() } else { format!(" <span class=\"aside\">{}</span>", text(aside)) }
}

/// A text in a quoted attribute.
fn attribute(text: &str) -> String {
    encode_double_quoted_attribute(&characters(text)).into_owned()
}

impl<'p> Page<'p> {
    fn write(document: &Document, frame: Option<&'p Frame<'p>>) -> String {
        let mut page = Page { frame, out: String::new(), outline: Outline::new(document, &["main"]), heading: 0 };
        page.head(document);
        for block in document.listed(Listing::File) {
            page.block(block);
        }
        if let Some(frame) = frame {
            page.out.push_str(&frame.after.replace("{root}", frame.root));
        }
        page.line("</main>");
        if frame.is_some() {
            page.line("<footer>");
            page.facts(document);
            page.line("</footer>");
        }
        page.out.push_str("</body>\n</html>\n");
        page.out
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn head(&mut self, document: &Document) {
        let title = if document.title.trim().is_empty() { "Document" } else { &document.title };
        self.line("<!DOCTYPE html>");
        self.line(&format!("<html lang=\"{}\">", attribute(language(document))));
        self.line("<head>");
        self.line("<meta charset=\"utf-8\">");
        self.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        match self.frame {
            None => {
                self.line(&format!("<title>{}</title>", text(title)));
                self.line(&format!("<style>\n{STYLE}</style>"));
            }
            Some(frame) if frame.trail.is_empty() => {
                self.line(&format!("<title>{}</title>", text(title)));
                self.line(&format!("<link rel=\"stylesheet\" href=\"{}style.css\">", frame.root));
            }
            Some(frame) => {
                self.line(&format!("<title>{} - {}</title>", text(title), text(frame.site)));
                self.line(&format!("<link rel=\"stylesheet\" href=\"{}style.css\">", frame.root));
            }
        }
        self.line("</head>");
        self.line("<body>");
        self.line("<a class=\"skip\" href=\"#main\">Skip to the content</a>");
        self.line("<header>");
        self.menu();
        self.line(&format!("<h1 dir=\"auto\">{}{}</h1>", text(title), aside(&document.aside)));
        // for a site, at the foot of every page
        if self.frame.is_none() {
            self.facts(document);
        }
        self.line("</header>");
        self.line("<main id=\"main\" tabindex=\"-1\">");
    }

    /// The date of a document, and the rights in it.
    fn facts(&mut self, document: &Document) {
        for (name, fact) in [("Date", &document.date), ("Rights", &document.rights)] {
            if let Some(fact) = fact.as_deref().filter(|fact| !fact.is_empty()) {
                self.line(&format!("<p class=\"front\">{name}: <bdi>{}</bdi></p>", text(fact)));
            }
        }
    }

    /// The menu of a site, and the trail to this page.
    fn menu(&mut self) {
        let Some(frame) = self.frame else { return };
        let link =
            |(name, page): (&str, &str)| format!("<a href=\"{}{page}\" dir=\"auto\">{}</a>", frame.root, text(name));
        let menu: Vec<String> = frame.menu.iter().map(|entry| format!("<li>{}</li>", link(*entry))).collect();
        self.line(&format!("<nav class=\"menu\" aria-label=\"Site\"><ul>{}</ul></nav>", menu.concat()));
        if frame.search {
            self.line(&format!(
                "<form class=\"find\" role=\"search\" action=\"{}search.html\"><input type=\"search\" name=\"q\" \
                 aria-label=\"Search this site\"><button type=\"submit\">Search</button></form>",
                frame.root
            ));
        }
        let Some(((last, _), before)) = frame.trail.split_last() else { return };
        let mut trail = format!("<li>{}</li>", link(("Start", "index.html")));
        for (name, page) in before {
            let _ = write!(trail, "<li>{}</li>", link((name, page)));
        }
        let _ = write!(trail, "<li><span aria-current=\"page\" dir=\"auto\">{}</span></li>", text(last));
        self.line(&format!("<nav class=\"trail\" aria-label=\"Breadcrumb\"><ol>{trail}</ol></nav>"));
    }

    /// The address of a page of the site, as seen from this page.
    fn site_target(&self, target: &str) -> Option<String> {
        let frame = self.frame?;
        let page = target.strip_prefix("page:")?;
        is_beside(page).then(|| format!("{}{page}", frame.root))
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { .. } => self.heading(),
            Block::Paragraph { spans } | Block::Foot { spans } => self.paragraph(spans),
            Block::Entries { table: Some(table), .. } | Block::Table(table) => self.table(table),
            Block::Entries { entries, table: None } => self.entries(entries),
            Block::Only { .. } => {}
            Block::Note { tone, spans } => self.note(*tone, spans),
            Block::List { entries } => self.list("", entries),
            Block::KeyFigures { entries } => self.list(" class=\"key-figures\"", entries),
            Block::Content { caption, items, review } => self.content(caption, review.is_none(), items),
            Block::Figure(figure) => self.figure(figure),
            Block::Contents => self.contents(),
            Block::PageBreak => {}
        }
    }

    fn heading(&mut self) {
        let entry = &self.outline.headings[self.heading];
        self.heading += 1;
        let line = if entry.text.trim().is_empty() {
            format!("<div id=\"{}\"></div>", entry.id)
        } else {
            let rank = entry.level + 1;
            let beside = aside(&entry.aside);
            format!("<h{rank} id=\"{}\" dir=\"auto\">{}{beside}</h{rank}>", entry.id, text(&entry.text))
        };
        self.line(&line);
    }

    fn paragraph(&mut self, spans: &[Span]) {
        let line = format!("<p dir=\"auto\">{}</p>", self.spans(spans));
        self.line(&line);
    }

    fn note(&mut self, tone: Tone, spans: &[Span]) {
        let (class, cue) = match tone {
            Tone::Information => ("information", "Note"),
            Tone::Warning => ("warning", "Warning"),
        };
        // a remark in the text: a note within it, not a landmark next to it
        self.line(&format!("<aside class=\"{class}\" role=\"note\">\n<p class=\"cue\">{cue}</p>"));
        self.paragraph(spans);
        self.line("</aside>");
    }

    fn list(&mut self, class: &str, entries: &[Vec<Span>]) {
        if entries.is_empty() {
            return;
        }
        self.line(&format!("<ul{class}>"));
        for entry in entries {
            let line = format!("<li dir=\"auto\">{}</li>", self.spans(entry));
            self.line(&line);
        }
        self.line("</ul>");
    }

    fn entries(&mut self, entries: &[Entry]) {
        let mut listed = Entry::listed(entries, Listing::File).peekable();
        if listed.peek().is_none() {
            return;
        }
        self.line("<ul class=\"entries\">");
        for entry in listed {
            let sign = match entry.mark {
                Mark::None | Mark::Bullet => "",
                Mark::Plus => "<span class=\"sign\">+</span> ",
                Mark::Minus => "<span class=\"sign\">\u{2212}</span> ",
            };
            let label = entry.label.trim();
            let label = if label.is_empty() {
                String::new()
            } else {
                format!("<span class=\"label\" dir=\"auto\">{}</span> ", text(label))
            };
            self.line(&format!("<li dir=\"auto\">{sign}{label}{}{}", text(&entry.text), aside(&entry.aside)));
            self.entries(&entry.entries);
            self.line("</li>");
        }
        self.line("</ul>");
    }

    fn content(&mut self, caption: &str, is_printed: bool, items: &[ContentItem]) {
        let label = if caption.is_empty() {
            " aria-label=\"Content\"".to_owned()
        } else if !is_printed {
            format!(" aria-label=\"{}\"", attribute(caption))
        } else {
            let id = self.outline.id("content");
            self.line(&format!("<p class=\"caption\" id=\"{id}\" dir=\"auto\">{}</p>", text(caption)));
            format!(" aria-labelledby=\"{id}\"")
        };
        if items.is_empty() {
            return;
        }
        // lists without bullets keep their role only if it is named
        self.line(&format!("<ol class=\"content\" role=\"list\"{label}>"));
        for item in items {
            let (mut number, words) = (text(item.shown_number()), text(&item.text));
            let label = item.shown_label().map_or_else(String::new, |label| format!("<b>{}</b> ", text(&label)));
            if let Some(page) = self.frame.and_then(|frame| (frame.item)(&item.key)).and_then(|t| self.site_target(&t))
            {
                number = format!("<a href=\"{page}\">{number}</a>");
            }
            let _ = write!(self.out, "<li><span class=\"number\">{number}</span> <bdi>{label}{words}</bdi>");
            if !item.points.is_empty() {
                let points = item.points.iter().map(|point| format!("<li dir=\"auto\">{}</li>", text(point)));
                let _ = write!(self.out, "<ul class=\"points\">{}</ul>", points.collect::<String>());
            }
            let small = item.small_print();
            if !small.is_empty() {
                let detail = self.spans(&small);
                let _ = write!(self.out, "<p class=\"detail\" dir=\"auto\">{detail}</p>");
            }
            self.line("</li>");
        }
        self.line("</ol>");
    }

    fn table(&mut self, table: &Table) {
        let id = self.outline.id("table");
        let captioned = !table.caption.trim().is_empty();
        let is_printed = captioned && !table.is_named_above;
        let label = match (is_printed, captioned) {
            (true, _) => format!("aria-labelledby=\"{id}\""),
            (false, true) => format!("aria-label=\"{}\"", attribute(&table.caption)),
            (false, false) => "aria-label=\"Table\"".to_owned(),
        };
        let units: u32 = table.columns.iter().map(|column| u32::from(column.width.max(1))).sum();
        self.line(&format!("<div class=\"scroll\" role=\"region\" {label} tabindex=\"0\">"));
        self.line(&format!("<table style=\"--least:{}rem\">", (units * 3).min(60)));
        if is_printed {
            self.line(&format!("<caption id=\"{id}\" dir=\"auto\">{}</caption>", text(&table.caption)));
        }
        if !table.columns.is_empty() {
            self.out.push_str("<colgroup>");
            for column in &table.columns {
                let share = u32::from(column.width.max(1)) * 100 / units;
                let _ = write!(self.out, "<col style=\"width:{}%\">", share.max(1));
            }
            self.line("</colgroup>");
            self.line("<thead>\n<tr>");
            for column in &table.columns {
                if column.heading.trim().is_empty() {
                    self.line("<td></td>");
                } else {
                    self.line(&format!("<th scope=\"col\" dir=\"auto\">{}</th>", text(&column.heading)));
                }
            }
            self.line("</tr>\n</thead>");
        }
        self.line("<tbody>");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let shown = text(&cell.shown());
                let cell = match cell {
                    _ if column == 0 && !shown.trim().is_empty() => {
                        format!("<th scope=\"row\" dir=\"auto\">{shown}</th>")
                    }
                    Cell::Number(_) | Cell::Decimal(_) => format!("<td class=\"figure\">{shown}</td>"),
                    Cell::Text(_) => format!("<td dir=\"auto\">{shown}</td>"),
                };
                self.out.push_str(&cell);
            }
            for _ in row.len()..table.columns.len() {
                self.out.push_str("<td></td>");
            }
            self.line("</tr>");
        }
        self.line("</tbody>\n</table>\n</div>");
    }

    fn figure(&mut self, figure: &Figure) {
        let caption = if figure.caption.is_empty() { "Figure" } else { &figure.caption };
        self.line("<figure>");
        let label = attribute(caption);
        self.line(&format!("<div class=\"scroll\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">"));
        self.line(figure.picture.svg().trim_end());
        self.line("</div>");
        self.line("<figcaption>");
        if !figure.caption.is_empty() {
            self.line(&format!("<p class=\"caption\" dir=\"auto\">{}</p>", text(&figure.caption)));
        }
        if !figure.description.is_empty() {
            self.line(&format!("<p dir=\"auto\">{}</p>", text(&figure.description)));
        }
        self.line("</figcaption>\n</figure>");
    }

    fn contents(&mut self) {
        let mut list = String::new();
        let mut depth = 0;
        for entry in self.outline.headings.iter().filter(|entry| !entry.text.trim().is_empty()) {
            if entry.level > depth {
                while depth < entry.level {
                    list.push_str("\n<ul>\n<li>");
                    depth += 1;
                }
            } else {
                list.push_str("</li>\n");
                while depth > entry.level {
                    list.push_str("</ul>\n</li>\n");
                    depth -= 1;
                }
                list.push_str("<li>");
            }
            let _ = write!(list, "<a href=\"#{}\" dir=\"auto\">{}</a>", entry.id, text(&entry.text));
        }
        if depth == 0 {
            return;
        }
        list.push_str("</li>\n</ul>\n");
        list.push_str(&"</li>\n</ul>\n".repeat(usize::from(depth) - 1));
        let id = self.outline.id("contents");
        self.line(&format!("<nav aria-labelledby=\"{id}\">\n<p id=\"{id}\">Contents</p>{list}</nav>"));
    }

    fn spans(&self, spans: &[Span]) -> String {
        let mut out = String::new();
        for span in spans {
            let shown = text(span.shown());
            let _ = match span {
                Span::Text { .. } => write!(out, "{shown}"),
                Span::Strong { .. } => write!(out, "<strong>{shown}</strong>"),
                Span::Link { .. } if shown.trim().is_empty() => write!(out, "{shown}"),
                Span::Link { target, .. } if self.site_target(target).is_some() => {
                    let address = self.site_target(target).unwrap_or_default();
                    write!(out, "<a href=\"{address}\">{shown}</a>")
                }
                Span::Link { target, .. } => match self.outline.target(target) {
                    Some(Target::Address(address)) => {
                        write!(out, "<a href=\"{}\" rel=\"noreferrer\">{shown}</a>", attribute(address))
                    }
                    Some(Target::Heading(index)) => {
                        write!(out, "<a href=\"#{}\">{shown}</a>", self.outline.headings[index].id)
                    }
                    None => write!(out, "{shown}"),
                },
            };
        }
        out
    }
}

/// Whether an address is another page of the site, by a plain relative path such as
/// `../occupations/bricklayer.html`.
fn is_beside(address: &str) -> bool {
    let path = address.strip_prefix("../").unwrap_or(address);
    let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'.'));
    path.strip_suffix(".html").is_some()
        && !path.starts_with(['/', '.'])
        && !path.contains("..")
        && plain(path)
        && plain(anchor)
}
