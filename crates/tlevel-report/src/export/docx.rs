//! A document as a Word file.

mod face;
mod grid;

use std::fmt::Write as _;

use docx_rs::{
    AbstractNumbering, BreakType, Docx, FieldCharType, Footer, Header, Hyperlink, HyperlinkData, IndentLevel,
    InstrText, InstrToC, Level, LevelJc, LevelText, NumPages, NumberFormat, Numbering, NumberingId, PageMargin,
    PageNum, Paragraph, ParagraphChild, Run, Shading, SpecialIndentType, Start, TableAlignmentType, TableCell,
    TableLayoutType, TableRow, WidthType, XMLDocx,
};
use html_escape::{encode_double_quoted_attribute, encode_text};

use super::DocumentError;
use super::outline::{Outline, Target, characters, language};
use super::package::package;
use crate::carried;
use crate::document::{Block, Cell, ContentItem, Document, Entry, Listing, Mark, Span, Table, Tone, with_aside};

const STYLES: &str = include_str!("docx_styles.xml");
const SETTINGS: &str = include_str!("docx_settings.xml");
/// The width between the margins of an A4 page, in twentieths of a point.
const TEXT_WIDTH: usize = 9638;
/// The most characters of the title at the head of each page.
const RUNNING: usize = 90;
/// Rows with more characters than this may break across pages.
const LONG_ROW: usize = 1200;

/// The greatest height of a picture, in twentieths of a point.
#[cfg(feature = "office-pictures")]
const HIGHEST: f64 = 12_500.0;
/// The units for the size of pictures.
#[cfg(feature = "office-pictures")]
const EMU_PER_PIXEL: f64 = 9_525.0;
#[cfg(feature = "office-pictures")]
const EMU_PER_TWIP: f64 = 635.0;

/// The numbering of lists; the crate reserves 1.
const BULLETS: usize = 2;
/// The greatest depth of lists; deeper entries are shown at this depth.
const DEPTHS: usize = 5;

/// Writes a document as a Word file (`.docx`).
///
/// * Headings have the styles Heading 1 to 4, which the navigation pane shows;
///   the title has the style Title and is the title of the file's properties.
/// * The table of contents is a field with a link to each heading, marked for
///   update: it gets page numbers when Word updates it (Word may ask first), or when
///   it is updated by hand.
/// * Rows of headings repeat on each page; captions of tables and figures have the
///   style Caption and a number that is a field.
/// * The language of the document is that of its texts; each page has the title at its head, and
///   its number and that of all pages at its foot.
/// * Columns of tables are as wide as their longest word where there is room.
/// * Links lead to `https:`, `http:` and `mailto:` addresses and to headings of
///   the document; any other is plain text.
/// * Control characters, which XML forbids, become U+FFFD.
/// * The only date is that of the document, if it reads `2026-11-24`. The same
///   document gives the same bytes.
///
/// With the feature `office-pictures` the file holds pictures, drawn with a font
/// for Latin script, with their descriptions as alternative texts. Without it
/// figures have only their captions and descriptions.
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
    let mut file = File::new(document);
    file.front(document);
    for block in document.listed(Listing::File) {
        file.block(block);
    }
    file.finish(document)
}

/// A file under construction.
struct File {
    docx: Docx,
    outline: Outline,
    /// How many headings have been written.
    heading: usize,
    /// Whether the next paragraph starts a page.
    starts_page: bool,
    paragraphs: usize,
    tables: usize,
    figures: usize,
    #[cfg(feature = "office-pictures")]
    painter: Option<super::png::Painter>,
    /// The alternative texts of the pictures.
    pictures: Vec<String>,
    /// The linked addresses; the position of each is its id.
    addresses: Vec<String>,
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

impl File {
    fn new(document: &Document) -> Self {
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
            outline: Outline::new(document, &[]),
            heading: 0,
            starts_page: false,
            paragraphs: 0,
            tables: 0,
            figures: 0,
            #[cfg(feature = "office-pictures")]
            painter: None,
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
        match block {
            Block::Heading { .. } => self.heading(),
            Block::Entries { table: Some(table), .. } | Block::Table(table) => self.table(table),
            Block::Entries { entries, table: None } => self.entries(entries, 0),
            Block::Only { .. } => {}
            Block::Paragraph { spans } | Block::Foot { spans } => self.spans("Normal", None, spans),
            Block::Note { tone: Tone::Information, spans } => self.spans("Information", Some("Note: "), spans),
            Block::Note { tone: Tone::Warning, spans } => self.spans("Warning", Some("Warning: "), spans),
            Block::List { entries } | Block::KeyFigures { entries } => {
                for entry in entries {
                    let paragraph =
                        self.paragraph("ListBullet").numbering(NumberingId::new(BULLETS), IndentLevel::new(0));
                    let paragraph = self.with_spans(paragraph, entry);
                    self.add(paragraph);
                }
            }
            Block::Content { caption, items, .. } => {
                if !caption.is_empty() {
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
                #[cfg(feature = "office-pictures")]
                self.picture(figure);
                if !figure.description.is_empty() {
                    self.line("Normal", &figure.description);
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
        let paragraph = self.paragraph(&style).add_bookmark_start(index + 1, name);
        self.add(paragraph.add_run(run(&text)).add_bookmark_end(index + 1));
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
        let number = run(&item.number).style("Strong");
        let paragraph = self.paragraph("ContentItem").keep_next(!item.detail.is_empty()).add_run(number);
        self.add(paragraph.add_run(Run::new().add_tab()).add_run(run(&item.text)));
        if !item.detail.is_empty() {
            self.spans("ContentDetail", None, &item.detail);
        }
    }

    fn spans(&mut self, style: &str, cue: Option<&str>, spans: &[Span]) {
        let mut paragraph = self.paragraph(style);
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
        let paragraph = self.paragraph("Caption").add_run(run(&format!("{kind} ")).style("Cue"));
        let paragraph = paragraph.add_run(count.style("Cue")).add_run(run(": ").style("Cue"));
        self.add(paragraph.add_run(run(caption)));
    }

    /// A picture, as wide as the text at most, and no higher than a page.
    #[cfg(feature = "office-pictures")]
    fn picture(&mut self, figure: &crate::document::Figure) {
        let painter = self.painter.get_or_insert_with(super::png::Painter::new);
        let Some(png) = painter.draw(&figure.picture) else { return };
        let alternative = if figure.description.is_empty() { &figure.caption } else { &figure.description };
        self.pictures.push(characters(alternative).into_owned());
        let [width, height] = png.size.map(|pixels| f64::from(pixels) * EMU_PER_PIXEL);
        let fit = (TEXT_WIDTH as f64 * EMU_PER_TWIP / width).min(HIGHEST * EMU_PER_TWIP / height).min(1.0);
        let pic = docx_rs::Pic::new_with_dimensions(png.bytes, 1, 1).id(format!("rIdPicture{}", self.pictures.len()));
        let pic = pic.size((width * fit).max(1.0) as u32, (height * fit).max(1.0) as u32);
        let keep = !figure.description.is_empty();
        let paragraph = self.paragraph("Normal").keep_next(keep).add_run(Run::new().add_image(pic));
        self.add(paragraph);
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let number = self.tables;
        if !table.caption.is_empty() {
            self.caption("Table", number, &table.caption);
        }
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.columns.len());
        if columns == 0 {
            return;
        }
        let grid = grid::widths(table, columns, TEXT_WIDTH);
        let mut rows = Vec::new();
        if !table.columns.is_empty() {
            let mut cells = Vec::new();
            for (at, width) in grid.iter().enumerate() {
                let heading = table.columns.get(at).map_or("", |column| &column.heading);
                let paragraph = self.paragraph("TableHeading").add_run(run(heading));
                let cell = TableCell::new().width(*width, WidthType::Dxa).shading(Shading::new().fill("E4EBF3"));
                cells.push(cell.add_paragraph(paragraph));
            }
            rows.push(TableRow::new(cells).cant_split());
        }
        for row in &table.rows {
            let long = row.iter().map(|cell| cell.shown().len()).sum::<usize>() > LONG_ROW;
            let mut cells = Vec::new();
            for (at, width) in grid.iter().enumerate() {
                let shown = row.get(at).map(Cell::shown).unwrap_or_default();
                let is_figure = matches!(row.get(at), Some(Cell::Number(_) | Cell::Decimal(_)));
                let style = if is_figure { "TableNumber" } else { "TableText" };
                let paragraph = self.paragraph(style).add_run(run(&shown));
                cells.push(TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph));
            }
            let row = TableRow::new(cells);
            rows.push(if long || table.columns.is_empty() { row } else { row.cant_split() });
        }
        if rows.is_empty() {
            return;
        }
        let width = grid.iter().sum();
        let built = docx_rs::Table::without_borders(rows).set_grid(grid).style("TableGrid");
        let built = built.layout(TableLayoutType::Fixed).width(width, WidthType::Dxa);
        self.docx = std::mem::take(&mut self.docx).add_table(built.align(TableAlignmentType::Left));
        self.line("AfterTable", "");
    }

    /// The table of contents: one field, filled with the headings. Their pages are
    /// known only when the text is laid out.
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
                let begin = Run::new().add_field_char(FieldCharType::Begin, true).add_instr_text(instruction.clone());
                paragraph = paragraph.add_run(begin.add_field_char(FieldCharType::Separate, false));
            }
            let name = bookmark(&self.outline, *index);
            // Word writes the numbers of pages when it opens the file
            let children = vec![ParagraphChild::Run(Box::new(run(&text.replace(['\t', '\n', '\r'], " "))))];
            let link = HyperlinkData::Anchor { anchor: name };
            paragraph = paragraph.add_hyperlink(Hyperlink { link, history: None, children });
            if at + 1 == shown.len() {
                paragraph = paragraph.add_run(Run::new().add_field_char(FieldCharType::End, false));
            }
            self.add(paragraph);
        }
    }

    fn finish(mut self, document: &Document) -> Result<Vec<u8>, DocumentError> {
        let footer = self.paragraph("Footer").add_run(run("Page ")).add_page_num(PageNum::new());
        let footer = footer.add_run(run(" of ")).add_num_pages(NumPages::new());
        let running: String = characters(&document.title).split_whitespace().collect::<Vec<_>>().join(" ");
        let header = self.paragraph("Header").add_run(run(&running.chars().take(RUNNING).collect::<String>()));
        let docx = self.docx.header(Header::new().add_paragraph(header));
        let parts = docx.footer(Footer::new().add_paragraph(footer)).build();
        let parts = self::parts(parts, document, &self.addresses, &self.pictures);
        package(&parts).map_err(|error| DocumentError::Package { format: "Word", reason: error.to_string() })
    }
}

/// The parts of the file, with what the crate cannot express: styles with their
/// language, settings for Western text, properties, rows of headings, addresses in a
/// fixed order, the style as the first property of a paragraph, and the alternative
/// texts of pictures.
fn parts(xml: XMLDocx, document: &Document, addresses: &[String], pictures: &[String]) -> Vec<(String, Vec<u8>)> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    // none of these can occur in a text, where `<` is escaped
    let in_order = |xml: Vec<u8>| text(xml).replace("<w:pPr><w:rPr />", "<w:pPr>");
    let first_row = "</w:tblGrid><w:tr><w:trPr><w:cantSplit />";
    let body = in_order(xml.document).replace(first_row, &format!("{first_row}<w:tblHeader />"));
    let body = section_in_order(&with_alternatives(&body, pictures));
    let rels = text(xml.document_rels);
    let kept: Vec<&str> = rels.split_inclusive("/>").filter(|part| !part.contains("\"rIdLink")).collect();
    let linked: String = addresses.iter().enumerate().map(|(at, address)| relationship(at, address)).collect();
    let codes = document.codes.as_ref();
    let carried = codes.map_or("", |_| carried::RELATIONSHIP);
    let rels = kept.concat().replace("</Relationships>", &format!("{linked}{carried}</Relationships>"));
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), xml.content_type),
        ("_rels/.rels".to_owned(), xml.rels),
        ("docProps/app.xml".to_owned(), xml.doc_props.app),
        ("docProps/core.xml".to_owned(), properties(document).into_bytes()),
        ("docProps/custom.xml".to_owned(), xml.doc_props.custom),
        ("word/_rels/document.xml.rels".to_owned(), rels.into_bytes()),
        ("word/document.xml".to_owned(), body.into_bytes()),
        ("word/styles.xml".to_owned(), STYLES.replace("LANGUAGE", language(document)).into_bytes()),
        ("word/settings.xml".to_owned(), SETTINGS.as_bytes().to_vec()),
        ("word/fontTable.xml".to_owned(), xml.font_table),
        ("word/comments.xml".to_owned(), xml.comments),
        ("word/numbering.xml".to_owned(), xml.numberings),
        ("word/commentsExtended.xml".to_owned(), xml.comments_extended),
        ("word/footnotes.xml".to_owned(), xml.footnotes),
    ];
    if let Some(codes) = codes {
        let types = std::mem::take(&mut parts[0].1);
        parts[0].1 = text(types).replace("</Types>", carried::CONTENT_TYPE).into_bytes();
        parts.extend(carried::parts(codes));
    }
    parts.extend(xml.media.into_iter().map(|(name, bytes)| (format!("word/media/{name}.png"), bytes)));
    let headers = xml.headers.into_iter().enumerate();
    parts.extend(headers.map(|(at, header)| (format!("word/header{}.xml", at + 1), in_order(header).into_bytes())));
    let footers = xml.footers.into_iter().enumerate();
    parts.extend(footers.map(|(at, footer)| (format!("word/footer{}.xml", at + 1), in_order(footer).into_bytes())));
    parts
}

/// The document with the running title and the footer as the first properties of
/// its section, where the format has them.
fn section_in_order(body: &str) -> String {
    let in_order = || {
        let (before, section) = body.rsplit_once("<w:sectPr>")?;
        let (size, rest) = section.split_at(section.find("<w:headerReference").or(section.find("<w:footerReference"))?);
        let (references, after) = rest.split_once("</w:sectPr>")?;
        Some(format!("{before}<w:sectPr>{references}{size}</w:sectPr>{after}"))
    };
    in_order().unwrap_or_else(|| body.to_owned())
}

/// The document with the number and the alternative text of each picture.
fn with_alternatives(body: &str, pictures: &[String]) -> String {
    let mut parts = body.split("<wp:docPr id=\"1\" name=\"Figure\" />");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for ((part, text), number) in parts.zip(pictures).zip(1..) {
        let text = encode_double_quoted_attribute(text);
        let _ = write!(out, "<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{text}\"/>{part}");
    }
    out
}

fn relationship(at: usize, address: &str) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
    let address = encode_double_quoted_attribute(address);
    format!("<Relationship Id=\"rIdLink{}\" Type=\"{kind}\" Target=\"{address}\" TargetMode=\"External\"/>", at + 1)
}

/// The properties of the file: title, language, rights, and the date if there is
/// one.
fn properties(document: &Document) -> String {
    let text = |text: &str| encode_text(&characters(text)).into_owned();
    let element = |name: &str, value: &str| format!("<{name}>{}</{name}>", text(value));
    let rights = document.rights.as_deref().map(|rights| element("dc:description", rights));
    let date = document.date.as_deref().filter(|date| is_date(date));
    let dated = |name: &str, date: &str| {
        format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:{name}>")
    };
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            .to_owned(),
        element("dc:title", &document.title),
        rights.unwrap_or_default(),
        element("dc:language", language(document)),
        date.map(|date| dated("created", date) + &dated("modified", date)).unwrap_or_default(),
        "</cp:coreProperties>".to_owned(),
    ]
    .concat()
}

/// Whether a date has the form `2026-11-24`.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let number = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = parts[..] else { return false };
    number(year, 4)
        && number(month, 2)
        && number(day, 2)
        && ("01"..="12").contains(&month)
        && ("01"..="31").contains(&day)
}
