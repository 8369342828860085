//! A document as a Word file.

mod face;
mod grid;
mod layout;
mod parts;
mod template;

use docx_rs::{
    AbstractNumbering, BreakType, Docx, FieldCharType, Footer, Header, Hyperlink, HyperlinkData, IndentLevel,
    InstrText, InstrToC, Level, LevelJc, LevelText, NumPages, NumberFormat, Numbering, NumberingId, PageMargin,
    PageNum, Paragraph, ParagraphChild, Run, Shading, SpecialIndentType, Start, TableAlignmentType, TableCell,
    TableLayoutType, TableRow, WidthType,
};

use super::DocumentError;
pub use template::{Template, TemplateError};

use super::outline::{Outline, Target, characters};
use super::package::package;
use crate::document::{Block, Cell, ContentItem, Document, Entry, Listing, Mark, Span, Table, Tone, with_aside};

/// The width between the margins of an A4 page, in twentieths of a point.
const TEXT_WIDTH: usize = 9638;
/// The most characters of the title at the head of each page.
const RUNNING: usize = 90;
/// Rows with more characters than this may break across pages.
const LONG_ROW: usize = 1200;
/// The most entries of a list that stays on one page.
const SHORT_LIST: usize = 4;
/// The indent of the points of an item, in twentieths of a point.
const POINT: i32 = 1417;

/// The greatest height of a picture, in twentieths of a point.
const HIGHEST: usize = 12_500;
/// The units for the size of pictures.
#[cfg(feature = "pictures")]
const EMU_PER_PIXEL: f64 = 9_525.0;
#[cfg(feature = "pictures")]
const EMU_PER_TWIP: f64 = 635.0;

/// The numbering of lists; the crate reserves 1.
const BULLETS: usize = 2;
/// The greatest depth of lists; deeper entries are shown at this depth.
const DEPTHS: usize = 5;

/// Writes a document as a Word file (`.docx`).
///
/// * Headings have the styles Heading 1 to 4, which the navigation pane shows;
///   the title has the style Title and is the title of the file's properties.
/// * The table of contents is a field with a link to each heading and its page. The
///   pages are those of Arial, or of a font with the same widths; Word writes its own when
///   the field is updated (F9).
/// * Rows of headings repeat on each page; captions of tables and figures have the
///   style Caption and a number that is a field. A table whose heading names it has no
///   caption in print; each has its caption as its title, for those who cannot see it.
/// * No heading, and no sentence that leads to a list or a table, is the last on a page;
///   rows, entries and items stay whole.
/// * The language of the document is that of its texts; each page has the title at its head, and
///   its number and that of all pages at its foot.
/// * Columns of tables are as wide as their longest word where there is room.
/// * Links lead to `https:`, `http:` and `mailto:` addresses and to headings of
///   the document; any other is plain text.
/// * Control characters, which XML forbids, become U+FFFD.
/// * The only date is that of the document, if it reads `2026-11-24`. The same
///   document gives the same bytes.
///
/// With the feature `pictures` the file holds pictures, drawn as by `png`, with their
/// descriptions as alternative texts. Without it figures have only their captions and
/// descriptions, and say where the picture is.
///
/// # Errors
///
/// [`DocumentError::Package`]: the file would be larger than its format allows.
///
/// # Examples
///
/// ```
/// use tlevel_report::{document::{Block, Document}, export};
///
/// let mut document = Document::new("Onsite construction");
/// document.blocks.push(Block::heading(1, "core", "Core component"));
/// let file = export::docx(&document)?;
/// assert!(file.starts_with(b"PK"));
/// assert_eq!(file, export::docx(&document)?);
/// # Ok::<(), tlevel_report::export::DocumentError>(())
/// ```
pub fn docx(document: &Document) -> Result<Vec<u8>, DocumentError> {
    File::new(document, None).write(document)
}

/// Writes a document as a Word file with the look of a template: like [`docx`], but with
/// the template's styles, headers, footers, theme, page and margins.
///
/// The table of contents has no page numbers: they depend on the template's fonts, so
/// Word writes them when it updates the table.
///
/// # Errors
///
/// [`DocumentError::Package`]: the file would be larger than its format allows, or a part
/// of the template has the name of a part of the document.
///
/// # Examples
///
/// See [`Template`].
pub fn docx_in(document: &Document, template: &Template) -> Result<Vec<u8>, DocumentError> {
    File::new(document, Some(template)).write(document)
}

/// A file under construction.
struct File<'t> {
    docx: Docx,
    template: Option<&'t Template>,
    /// The width of the text, and the greatest height of pictures, in twentieths of a
    /// point.
    width: usize,
    #[cfg_attr(not(feature = "pictures"), allow(dead_code))]
    highest: usize,
    outline: Outline,
    /// An estimate of the pages.
    layout: layout::Layout,
    /// The headings that the table of contents lists, in its order.
    listed: Vec<usize>,
    /// How many headings have been written.
    heading: usize,
    /// Whether the next paragraph starts a page.
    starts_page: bool,
    /// Whether the next block belongs to the paragraph before it.
    leads: bool,
    /// Whether a table was the last thing written.
    is_after_table: bool,
    paragraphs: usize,
    tables: usize,
    figures: usize,
    #[cfg(feature = "pictures")]
    painter: Option<super::png::Painter>,
    /// The names of the tables.
    named: Vec<String>,
    /// The alternative texts of the pictures.
    pictures: Vec<String>,
    /// The linked addresses; the position of each is its id.
    addresses: Vec<String>,
}

/// Whether a paragraph before this belongs to it, and stays on its page.
fn is_led_to(block: &Block) -> bool {
    matches!(
        block,
        Block::List { .. } | Block::Entries { .. } | Block::Content { .. } | Block::Table(_) | Block::Figure(_)
    )
}

/// Whether the first of these blocks stays on the page of the next: what that is led to,
/// or, right below a heading, a paragraph that leads to something.
fn leads(blocks: &[&Block], before: Option<&&Block>) -> bool {
    match blocks {
        [_, next, ..] if is_led_to(next) => true,
        [_, Block::Paragraph { .. }, after, ..] => matches!(before, Some(Block::Heading { .. })) && is_led_to(after),
        _ => false,
    }
}

/// The levels of headings that the table of contents lists.
const LISTED: u8 = 2;

/// The name of the bookmark at a heading; Word allows letters, digits and `_`.
fn bookmark(outline: &Outline, heading: usize) -> String {
    let id = outline.headings[heading].id.replace('-', "_");
    format!("h{}_{id}", heading + 1).chars().take(40).collect()
}

/// A run of text, with Word's own tabs and line breaks.
fn run(text: &str) -> Run {
    let mut run = Run::new();
    for (at, line) in characters(text).split('\n').enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        for (at, part) in line.split('\t').enumerate() {
            if at > 0 {
                run = run.add_tab();
            }
            if !part.is_empty() {
                run = run.add_text(part);
            }
        }
    }
    run
}

/// A field, and what it shows until it is updated.
fn field(instruction: InstrText, shown: &str) -> Run {
    let run = Run::new().add_field_char(FieldCharType::Begin, false).add_instr_text(instruction);
    run.add_field_char(FieldCharType::Separate, false).add_text(shown).add_field_char(FieldCharType::End, false)
}

impl<'t> File<'t> {
    fn write(mut self, document: &Document) -> Result<Vec<u8>, DocumentError> {
        self.front(document);
        let blocks = document.listed(Listing::File);
        for at in 0..blocks.len() {
            self.leads = leads(&blocks[at..], at.checked_sub(1).map(|before| &blocks[before]));
            self.block(blocks[at]);
        }
        self.finish(document)
    }

    fn new(document: &Document, template: Option<&'t Template>) -> Self {
        let [width, height] = template.map_or([TEXT_WIDTH, HIGHEST], |template| template.text);
        let bullet = |depth: usize| {
            let (format, text) = (NumberFormat::new("bullet"), LevelText::new("\u{2022}"));
            let indent = i32::try_from(425 + 283 * depth).ok();
            let level = Level::new(depth, Start::new(1), format, text, LevelJc::new("left"));
            level.indent(indent, Some(SpecialIndentType::Hanging(283)), None, None)
        };
        let bullets = (0..DEPTHS).fold(AbstractNumbering::new(BULLETS), |all, depth| all.add_level(bullet(depth)));
        let margin = PageMargin::new().top(1134).right(1134).bottom(1134).left(1134).header(567).footer(567);
        let docx = Docx::new().page_size(11906, 16838).page_margin(margin);
        let docx = docx.add_abstract_numbering(bullets);
        File {
            docx: docx.add_numbering(Numbering::new(BULLETS, BULLETS)),
            template,
            width,
            // with room for a caption
            highest: (height * 9 / 10).min(HIGHEST),
            outline: Outline::new(document, &[]),
            layout: layout::Layout::default(),
            listed: Vec::new(),
            heading: 0,
            starts_page: false,
            leads: false,
            is_after_table: false,
            paragraphs: 0,
            tables: 0,
            figures: 0,
            #[cfg(feature = "pictures")]
            painter: None,
            named: Vec::new(),
            pictures: Vec::new(),
            addresses: Vec::new(),
        }
    }

    /// An empty paragraph of a style. Its id is set here, because the crate's own
    /// ids continue from one file to the next.
    fn paragraph(&mut self, style: &str) -> Paragraph {
        self.paragraphs += 1;
        let paragraph = Paragraph::new().id(format!("{:08X}", self.paragraphs)).style(style);
        if std::mem::take(&mut self.starts_page) { paragraph.page_break_before(true) } else { paragraph }
    }

    fn add(&mut self, paragraph: Paragraph) {
        self.layout.paragraph(&paragraph, self.width as f64 / 20.0);
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn line(&mut self, style: &str, text: &str) {
        let paragraph = self.paragraph(style).add_run(run(text));
        self.add(paragraph);
    }

    fn front(&mut self, document: &Document) {
        let title = if document.title.trim().is_empty() { "Document" } else { &document.title };
        self.line("Title", &with_aside(title, &document.aside));
        for (name, fact) in [("Date", &document.date), ("Rights", &document.rights)] {
            if let Some(fact) = fact.as_deref().filter(|fact| !fact.is_empty()) {
                self.line("FrontMatter", &format!("{name}: {fact}"));
            }
        }
    }

    fn block(&mut self, block: &Block) {
        // headings have room above them, and a page begins without
        let is_apart = matches!(block, Block::Heading { .. } | Block::PageBreak);
        if std::mem::take(&mut self.is_after_table) && !is_apart {
            self.line("AfterTable", "");
        }
        match block {
            Block::Heading { .. } => self.heading(),
            Block::Entries { table: Some(table), .. } | Block::Table(table) => self.table(table),
            Block::Entries { entries, table: None } => self.entries(entries, 0),
            Block::Only { .. } => {}
            Block::Paragraph { spans } | Block::Foot { spans } => self.spans("Normal", None, spans),
            Block::Note { tone: Tone::Information, spans } => self.spans("Information", Some("Note: "), spans),
            Block::Note { tone: Tone::Warning, spans } => self.spans("Warning", Some("Warning: "), spans),
            Block::List { entries } | Block::KeyFigures { entries } => {
                for (at, entry) in entries.iter().enumerate() {
                    let paragraph =
                        self.paragraph("ListBullet").numbering(NumberingId::new(BULLETS), IndentLevel::new(0));
                    // no entry is alone on a page
                    let keeps =
                        at + 1 < entries.len() && (entries.len() <= SHORT_LIST || at == 0 || at + 2 == entries.len());
                    let paragraph = self.with_spans(paragraph.keep_next(keeps), entry);
                    self.add(paragraph);
                }
            }
            Block::Content { caption, items, review } => {
                if !caption.is_empty() && review.is_none() {
                    self.line("ContentCaption", caption);
                }
                items.iter().for_each(|item| self.item(item));
            }
            Block::Figure(figure) => {
                self.figures += 1;
                let number = self.figures;
                if !figure.caption.is_empty() {
                    self.caption("Figure", number, &figure.caption);
                }
                #[cfg(feature = "pictures")]
                let is_drawn = self.picture(figure).is_some();
                #[cfg(not(feature = "pictures"))]
                let is_drawn = false;
                if !figure.description.is_empty() {
                    self.line("Normal", &figure.description);
                }
                if !is_drawn {
                    self.line("Normal", crate::document::ELSEWHERE);
                }
            }
            Block::Contents => self.contents(),
            Block::PageBreak => self.starts_page = true,
        }
    }

    fn heading(&mut self) {
        let index = self.heading;
        self.heading += 1;
        let entry = &self.outline.headings[index];
        let style = if entry.text.trim().is_empty() { "Normal".to_owned() } else { format!("Heading{}", entry.level) };
        let (name, text) = (bookmark(&self.outline, index), with_aside(&entry.text, &entry.aside));
        // directly, as the headings of a template may not say so
        let paragraph = self.paragraph(&style).keep_next(true).add_bookmark_start(index + 1, name);
        self.add(paragraph.add_run(run(&text)).add_bookmark_end(index + 1));
        self.layout.is_heading();
    }

    fn entries(&mut self, entries: &[Entry], depth: usize) {
        for entry in Entry::listed(entries, Listing::File) {
            let level = IndentLevel::new(depth.min(DEPTHS - 1));
            let mut paragraph = self.paragraph("ListBullet").numbering(NumberingId::new(BULLETS), level);
            let sign = match entry.mark {
                Mark::None | Mark::Bullet => "",
                Mark::Plus => "+ ",
                Mark::Minus => "\u{2212} ",
            };
            if !sign.is_empty() {
                paragraph = paragraph.add_run(run(sign).style("Strong"));
            }
            let label = entry.label.trim();
            if !label.is_empty() {
                paragraph = paragraph.add_run(run(label).style("Strong")).add_run(run(" "));
            }
            let paragraph = paragraph.add_run(run(&with_aside(&entry.text, &entry.aside)));
            self.add(paragraph);
            self.entries(&entry.entries, depth + 1);
        }
    }

    fn item(&mut self, item: &ContentItem) {
        let small = item.small_print();
        let number = run(item.shown_number()).style("Strong");
        let keeps = !small.is_empty() || !item.points.is_empty();
        let mut paragraph = self.paragraph("ContentItem").keep_next(keeps).add_run(number);
        paragraph = paragraph.add_run(Run::new().add_tab());
        if let Some(label) = item.shown_label() {
            paragraph = paragraph.add_run(run(&label).style("Strong")).add_run(run(" "));
        }
        self.add(paragraph.add_run(run(&item.text)));
        for (at, point) in item.points.iter().enumerate() {
            let keeps = !small.is_empty() || at + 1 < item.points.len();
            let paragraph = self.paragraph("ContentPoint").numbering(NumberingId::new(BULLETS), IndentLevel::new(0));
            let paragraph = paragraph.indent(Some(POINT), Some(SpecialIndentType::Hanging(283)), None, None);
            self.add(paragraph.keep_next(keeps).add_run(run(point)));
        }
        if !small.is_empty() {
            self.spans("ContentDetail", None, &small);
        }
    }

    fn spans(&mut self, style: &str, cue: Option<&str>, spans: &[Span]) {
        let mut paragraph = self.paragraph(style);
        if self.leads && style == "Normal" {
            paragraph = paragraph.keep_next(true);
        }
        if let Some(cue) = cue {
            paragraph = paragraph.add_run(run(cue).style("Cue"));
        }
        let paragraph = self.with_spans(paragraph, spans);
        self.add(paragraph);
    }

    fn with_spans(&mut self, mut paragraph: Paragraph, spans: &[Span]) -> Paragraph {
        for span in spans {
            let shown = run(span.shown());
            paragraph = match span {
                Span::Text { .. } => paragraph.add_run(shown),
                Span::Strong { .. } => paragraph.add_run(shown.style("Strong")),
                Span::Link { target, .. } => match self.link(target) {
                    Some(link) => {
                        let children = vec![ParagraphChild::Run(Box::new(shown.style("Hyperlink")))];
                        paragraph.add_hyperlink(Hyperlink { link, history: None, children })
                    }
                    None => paragraph.add_run(shown),
                },
            };
        }
        paragraph
    }

    fn link(&mut self, target: &str) -> Option<HyperlinkData> {
        match self.outline.target(target)? {
            Target::Heading(index) => Some(HyperlinkData::Anchor { anchor: bookmark(&self.outline, index) }),
            Target::Address(address) => {
                self.addresses.push(address.to_owned());
                let rid = format!("rIdLink{}", self.addresses.len());
                Some(HyperlinkData::External { rid, path: String::new() })
            }
        }
    }

    /// A caption with its number, which Word updates when a table is moved.
    fn caption(&mut self, kind: &str, number: usize, caption: &str) {
        let count = field(InstrText::Unsupported(format!("SEQ {kind} \\* ARABIC")), &number.to_string());
        let paragraph = self.paragraph("Caption").keep_next(true).add_run(run(&format!("{kind} ")).style("Cue"));
        let paragraph = paragraph.add_run(count.style("Cue")).add_run(run(": ").style("Cue"));
        self.add(paragraph.add_run(run(caption)));
    }

    /// A picture, as wide as the text at most, and no higher than a page. Returns `None` if
    /// it cannot be drawn.
    #[cfg(feature = "pictures")]
    fn picture(&mut self, figure: &crate::document::Figure) -> Option<()> {
        if self.painter.is_none() {
            self.painter = Some(super::png::Painter::new()?);
        }
        let png = self.painter.as_ref()?.draw(&figure.picture)?;
        let alternative = if figure.description.is_empty() { &figure.caption } else { &figure.description };
        self.pictures.push(characters(alternative).into_owned());
        let [width, height] = png.size.map(|pixels| f64::from(pixels) * EMU_PER_PIXEL);
        let fit = (self.width as f64 * EMU_PER_TWIP / width).min(self.highest as f64 * EMU_PER_TWIP / height).min(1.0);
        let pic = docx_rs::Pic::new_with_dimensions(png.bytes, 1, 1).id(format!("rIdPicture{}", self.pictures.len()));
        let pic = pic.size((width * fit).max(1.0) as u32, (height * fit).max(1.0) as u32);
        let keep = !figure.description.is_empty();
        let paragraph = self.paragraph("Normal").keep_next(keep).add_run(Run::new().add_image(pic));
        self.add(paragraph);
        self.layout.is_picture(height * fit / EMU_PER_TWIP / 20.0);
        Some(())
    }

    fn table(&mut self, table: &Table) {
        if let Some(caption) = table.printed_caption() {
            self.tables += 1;
            self.caption("Table", self.tables, caption);
        }
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.columns.len());
        if columns == 0 {
            return;
        }
        let grid = grid::widths(table, columns, self.width);
        let mut rows = Vec::new();
        let mut repeated = None;
        if !table.columns.is_empty() {
            let heading = |at: usize| table.columns.get(at).map_or("", |column| &column.heading);
            let cells: Vec<Paragraph> =
                (0..columns).map(|at| self.paragraph("TableHeading").add_run(run(heading(at)))).collect();
            repeated = Some(self.layout.row(&cells, &grid, false, None));
            let cell = |(paragraph, width): (Paragraph, &usize)| {
                let cell = TableCell::new().width(*width, WidthType::Dxa).shading(Shading::new().fill("E4EBF3"));
                cell.add_paragraph(paragraph)
            };
            rows.push(TableRow::new(cells.into_iter().zip(&grid).map(cell).collect()).cant_split());
        }
        for row in &table.rows {
            let long = row.iter().map(|cell| cell.shown().len()).sum::<usize>() > LONG_ROW;
            let may_split = long || table.columns.is_empty();
            let mut cell = |at: usize| {
                let shown = row.get(at).map(Cell::shown).unwrap_or_default();
                let is_figure = matches!(row.get(at), Some(Cell::Number(_) | Cell::Decimal(_)));
                let style = if is_figure { "TableNumber" } else { "TableText" };
                self.paragraph(style).add_run(run(&shown))
            };
            let cells: Vec<Paragraph> = (0..columns).map(&mut cell).collect();
            self.layout.row(&cells, &grid, may_split, Some(repeated.unwrap_or(0.0)));
            let cell = |(paragraph, width): (Paragraph, &usize)| {
                TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph)
            };
            let row = TableRow::new(cells.into_iter().zip(&grid).map(cell).collect());
            rows.push(if may_split { row } else { row.cant_split() });
        }
        if rows.is_empty() {
            return;
        }
        let width = grid.iter().sum();
        let built = docx_rs::Table::without_borders(rows).set_grid(grid).style("TableGrid");
        let built = built.layout(TableLayoutType::Fixed).width(width, WidthType::Dxa);
        self.docx = std::mem::take(&mut self.docx).add_table(built.align(TableAlignmentType::Left));
        self.named.push(characters(&table.caption).into_owned());
        self.is_after_table = true;
    }

    /// The table of contents: one field, filled with the headings and their pages as
    /// estimated.
    fn contents(&mut self) {
        let shown: Vec<(usize, u8, String)> = self
            .outline
            .headings
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.text.trim().is_empty() && entry.level <= LISTED)
            .map(|(index, entry)| (index, entry.level, entry.text.clone()))
            .collect();
        if shown.is_empty() {
            return;
        }
        self.line("TOCHeading", "Contents");
        let instruction = InstrText::TOC(InstrToC::new().heading_styles_range(1, usize::from(LISTED)).hyperlink());
        for (at, (index, level, text)) in shown.iter().enumerate() {
            let mut paragraph = self.paragraph(&format!("TOC{level}"));
            if at == 0 {
                let begin = Run::new().add_field_char(FieldCharType::Begin, self.template.is_some());
                let begin = begin.add_instr_text(instruction.clone());
                paragraph = paragraph.add_run(begin.add_field_char(FieldCharType::Separate, false));
            }
            let name = bookmark(&self.outline, *index);
            self.listed.push(*index);
            // the page is known when everything is laid out
            let page = Run::new().style(parts::PAGE).add_text("0");
            let mut runs = vec![run(&text.replace(['\t', '\n', '\r'], " "))];
            if self.template.is_none() {
                runs.extend([Run::new().add_tab(), page]);
            }
            let children = runs.into_iter().map(|run| ParagraphChild::Run(Box::new(run))).collect();
            let link = HyperlinkData::Anchor { anchor: name };
            paragraph = paragraph.add_hyperlink(Hyperlink { link, history: None, children });
            if at + 1 == shown.len() {
                paragraph = paragraph.add_run(Run::new().add_field_char(FieldCharType::End, false));
            }
            self.add(paragraph);
        }
    }

    fn finish(mut self, document: &Document) -> Result<Vec<u8>, DocumentError> {
        if self.is_after_table {
            // a file ends with a paragraph
            self.line("AfterTable", "");
        }
        let mut docx = std::mem::take(&mut self.docx);
        if self.template.is_none() {
            let footer = self.paragraph("Footer").add_run(run("Page ")).add_page_num(PageNum::new());
            let footer = footer.add_run(run(" of ")).add_num_pages(NumPages::new());
            let running: String = characters(&document.title).split_whitespace().collect::<Vec<_>>().join(" ");
            let header = self.paragraph("Header").add_run(run(&running.chars().take(RUNNING).collect::<String>()));
            docx = docx.header(Header::new().add_paragraph(header)).footer(Footer::new().add_paragraph(footer));
        }
        let (pages, _) = self.layout.pages();
        let page = |heading: &usize| pages.get(*heading).copied().unwrap_or(1);
        let mut parts = parts::parts(
            docx.build(),
            document,
            &parts::Texts {
                addresses: &self.addresses,
                pictures: &self.pictures,
                tables: &self.named,
                pages: self.listed.iter().map(page).collect(),
            },
        );
        let failed = |reason: String| DocumentError::Package { format: "Word", reason };
        if let Some(template) = self.template {
            parts = parts::adopted(&parts, template, BULLETS).map_err(failed)?;
        }
        package(&parts).map_err(|error| failed(error.to_string()))
    }
}
