//! Pictures as PDF: shapes as vectors, texts as texts in an embedded font.

mod canvas;
mod font;

use pdf_writer::types::{ActionType, AnnotationType};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use self::canvas::Page;
use super::drawing::faces;
use super::svg::figures;
use crate::document::{Document, Figure};

/// The sides of a page of A3 in points, the shorter first.
const A3: [f32; 2] = [841.89, 1_190.55];
/// The names of the regular and the bold face on a page.
const FACES: [Name<'static>; 2] = [Name(b"Regular"), Name(b"Bold")];

/// Writes the pictures of a document as PDF. One picture has a page of its own size;
/// several have a page of A3 each, so that they can be printed together. Texts can be
/// selected and searched, and web addresses are links. Returns `None` if the document
/// has no picture.
///
/// The font has the letters of European languages in Latin script. Any other
/// character is drawn as U+FFFD, and copied as what it is. Colours other than
/// `#rrggbb` are drawn black.
///
/// # Complexity
///
/// `O(n)` in the elements. The same document gives the same bytes.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Document, Figure};
/// use tlevel_report::{export, picture::svg::Svg};
///
/// let mut document = Document::new("Nothing");
/// assert_eq!(export::pdf(&document), None);
/// let picture = Svg::new("Nothing", "An empty picture").finish(10.0, 10.0);
/// document.blocks.push(Block::Figure(Figure::new("Nothing", "An empty picture", picture)));
/// assert!(export::pdf(&document).is_some_and(|pdf| pdf.starts_with(b"%PDF-1.7")));
/// ```
pub fn pdf(document: &Document) -> Option<Vec<u8>> {
    let faces = faces()?;
    let figures: Vec<&Figure> = figures(document).collect();
    let paper = (figures.len() > 1).then_some(A3);
    let page = |figure: &&Figure| Some((figure.caption.clone(), Page::of(&figure.picture, &faces, paper)?));
    let pages: Vec<(String, Page)> = figures.iter().map(page).collect::<Option<_>>()?;
    let (first, _) = pages.first()?;
    let mut file = File { pdf: Pdf::new(), last: 0 };
    let [catalog, tree, info] = [(); 3].map(|()| file.next());
    let fonts = [(&faces[0], false), (&faces[1], true)].map(|(face, is_bold)| file.font(face, is_bold));
    let ids: Vec<Ref> = pages.iter().map(|(_, page)| file.page(page, tree, fonts)).collect();
    let outline = (pages.len() > 1).then(|| file.outline(pages.iter().map(|(caption, _)| caption.as_str()).zip(&ids)));

    file.pdf.pages(tree).kids(ids.iter().copied()).count(i32::try_from(ids.len()).ok()?);
    let mut root = file.pdf.catalog(catalog);
    root.pages(tree).lang(TextStr(&document.language));
    if let Some(outline) = outline {
        root.outlines(outline);
    }
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    let title = if document.title.is_empty() { first.as_str() } else { document.title.as_str() };
    file.pdf.document_info(info).title(TextStr(title)).producer(TextStr("tlevel"));
    Some(file.pdf.finish())
}

/// A file under construction.
struct File {
    pdf: Pdf,
    last: i32,
}

impl File {
    /// The next free id.
    fn next(&mut self) -> Ref {
        self.last += 1;
        Ref::new(self.last)
    }

    /// A compressed stream.
    fn stream(&mut self, data: &[u8]) -> Ref {
        let id = self.next();
        self.pdf.stream(id, &compressed(data)).filter(Filter::FlateDecode);
        id
    }

    fn page(&mut self, page: &Page, tree: Ref, fonts: [Ref; 2]) -> Ref {
        let (id, contents) = (self.next(), self.stream(&page.content));
        let links: Vec<Ref> = page.links.iter().map(|(address, area)| self.link(address, *area)).collect();
        let mut out = self.pdf.page(id);
        out.parent(tree).contents(contents).annotations(links);
        out.media_box(Rect::new(0.0, 0.0, page.size[0], page.size[1]));
        if page.unit > 1.0 {
            out.user_unit(page.unit);
        }
        let mut resources = out.resources();
        let mut named = resources.fonts();
        FACES.into_iter().zip(fonts).for_each(|(name, font)| {
            named.pair(name, font);
        });
        id
    }

    fn link(&mut self, address: &str, [left, low, right, high]: [f32; 4]) -> Ref {
        let id = self.next();
        let mut note = self.pdf.annotation(id);
        note.subtype(AnnotationType::Link).rect(Rect::new(left, low, right, high)).border(0.0, 0.0, 0.0, None);
        note.action().action_type(ActionType::Uri).uri(Str(address.as_bytes()));
        id
    }

    /// The list of pages that readers show beside them.
    fn outline<'p>(&mut self, pages: impl ExactSizeIterator<Item = (&'p str, &'p Ref)>) -> Ref {
        let outline = self.next();
        let n = pages.len();
        let items: Vec<Ref> = (0..n).map(|_| self.next()).collect();
        for (i, (caption, page)) in pages.enumerate() {
            let mut item = self.pdf.outline_item(items[i]);
            item.parent(outline).title(TextStr(caption));
            if let Some(next) = items.get(i + 1) {
                item.next(*next);
            }
            if let Some(before) = i.checked_sub(1) {
                item.prev(items[before]);
            }
            item.dest().page(*page).fit();
        }
        let mut out = self.pdf.outline(outline);
        if let (Some(first), Some(last)) = (items.first(), items.last()) {
            out.first(*first).last(*last).count(i32::try_from(n).unwrap_or(i32::MAX));
        }
        outline
    }
}

fn compressed(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, 9)
}
