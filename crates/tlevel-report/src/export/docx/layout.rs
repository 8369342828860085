//! An estimate of the pages of a Word file, for the numbers that its table of
//! contents shows until Word updates it.
//!
//! Texts are laid out in Arial, line by line, with the spacing of the styles of
//! `docx_styles.xml`; rows, headings and pictures stay whole. Of two spaces between
//! paragraphs the greater counts, and the head of a page has none, as in Word and
//! `LibreOffice`. Against `LibreOffice` 7.4 with a font of Arial's widths, all 530 entries of
//! the contents of 21 drafts, of 19 to 68 pages, had the right page. Not covered: a page
//! broken within a picture's caption, and fonts of other widths.

use docx_rs::{Paragraph, ParagraphChild, Run, RunChild};

use super::face::Face;

/// The height of a page of text, in points.
const PAGE: f64 = 728.5;
/// The height of a line of Arial, in sizes.
const LINE: f64 = 1.149_9;
/// The most pieces that are kept on one page.
const CHAIN: usize = 200;
/// The greatest number of lines of one paragraph that are counted.
const MOST: usize = 100_000;

/// A paragraph or a row of a table.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    lines: usize,
    line: f64,
    /// The least room above and below it; of two pieces the greater counts.
    before: f64,
    after: f64,
    /// The room within the lines around it, above and below.
    inner: f64,
    /// Whether it is on the page of the next piece.
    keep_next: bool,
    whole: bool,
    starts_page: bool,
    /// The height of the row of headings that repeats above it on a new page.
    repeated: f64,
}

impl Piece {
    fn height(&self) -> f64 {
        2.0 * self.inner + self.lines as f64 * self.line
    }

    /// The height of the least part of it that may be on a page.
    fn lead(&self) -> f64 {
        // two lines stay together at both ends
        let lines = if self.whole || self.lines <= 3 { self.lines } else { 2 };
        self.inner + lines as f64 * self.line
    }
}

/// Where the next piece begins.
#[derive(Clone, Copy, Debug)]
struct Place {
    page: usize,
    y: f64,
    /// The room that the last piece wants below it; `None` at the head of a page.
    after: Option<f64>,
}

impl Place {
    /// The room above a piece here.
    fn gap(&self, piece: &Piece) -> f64 {
        self.after.map_or(0.0, |after| after.max(piece.before))
    }

    /// The place below a piece that is on this page.
    fn below(self, piece: &Piece) -> Self {
        Place { y: self.y + self.gap(piece) + piece.height(), after: Some(piece.after), ..self }
    }

    fn next_page(self, repeated: f64) -> Self {
        let after = (repeated > 0.0).then_some(0.0);
        Place { page: self.page + 1, y: repeated, after }
    }

    fn is_head(&self) -> bool {
        self.after.is_none()
    }
}

/// The pieces of a document, in order.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pieces: Vec<Piece>,
    /// The piece of each heading.
    headings: Vec<usize>,
}

/// The look of a style.
struct Look {
    face: Face,
    before: f64,
    after: f64,
    /// Multiple of a single line.
    spacing: f64,
    indent: f64,
    /// The room within the lines around it.
    inner: f64,
    keep_next: bool,
    is_whole: bool,
}

impl Look {
    /// The height of a line, in whole twentieths of a point.
    fn line(&self) -> f64 {
        ((self.face.size * 20.0 * LINE).round() * self.spacing).floor() / 20.0
    }
}

fn look(style: &str) -> Look {
    let face = |size: f64, bold: bool| Face { size, bold };
    let body = Look {
        face: face(10.0, false),
        before: 0.0,
        after: 5.0,
        spacing: 1.05,
        indent: 0.0,
        inner: 0.0,
        keep_next: false,
        is_whole: false,
    };
    let head = |size: f64, before: f64, after: f64| Look {
        face: face(size, true),
        before,
        after,
        keep_next: true,
        is_whole: true,
        ..body
    };
    match style {
        "Title" => Look { spacing: 1.0, is_whole: false, ..head(22.0, 0.0, 8.0) },
        "Heading1" => head(17.0, 24.0, 6.0),
        "Heading2" => head(14.0, 16.0, 5.0),
        "Heading3" => head(12.0, 12.0, 4.0),
        "Heading4" => head(10.0, 10.0, 3.0),
        "TOCHeading" => Look { is_whole: false, ..head(14.0, 12.0, 4.0) },
        "Caption" | "ContentCaption" => Look { is_whole: false, ..head(10.0, 10.0, 4.0) },
        "ContentItem" => Look { before: 4.0, after: 2.0, indent: 56.7, is_whole: true, ..body },
        "ContentDetail" => Look { face: face(9.0, false), after: 4.0, indent: 56.7, ..body },
        "ContentPoint" => Look { after: 1.0, indent: 70.85, is_whole: true, ..body },
        "Information" | "Warning" => Look { before: 8.0, after: 10.0, inner: 4.5, indent: 22.7, ..body },
        "ListBullet" => Look { before: 3.0, after: 2.0, indent: 21.25, is_whole: true, ..body },
        "TOC1" => Look { after: 3.0, ..body },
        "TOC2" => Look { after: 3.0, indent: 14.2, ..body },
        "TableText" | "TableNumber" => Look { face: face(9.0, false), after: 0.0, spacing: 1.0, ..body },
        "TableHeading" => Look { face: face(9.0, true), after: 0.0, spacing: 1.0, ..body },
        "AfterTable" => Look { face: face(8.0 / LINE, false), after: 0.0, spacing: 1.0, ..body },
        _ => body,
    }
}

impl Layout {
    /// Adds a paragraph of a width, in points.
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, width: f64) {
        let property = &paragraph.property;
        let style = property.style.as_ref().map_or("Normal", |style| style.val.as_str());
        let look = look(style);
        let depth = property.numbering_property.as_ref().and_then(|of| of.level.as_ref()).map_or(0, |level| level.val);
        let lines = lines(paragraph, &look, width - look.indent - 14.15 * depth as f64);
        self.pieces.push(Piece {
            lines,
            line: look.line(),
            before: look.before,
            after: look.after,
            inner: look.inner,
            keep_next: look.keep_next || property.keep_next == Some(true),
            whole: look.is_whole,
            starts_page: property.page_break_before == Some(true),
            repeated: 0.0,
        });
    }

    /// Marks the last paragraph as the next heading.
    pub(super) fn is_heading(&mut self) {
        self.headings.push(self.pieces.len().saturating_sub(1));
    }

    /// Makes the last paragraph as high as a picture, in points.
    #[cfg(feature = "pictures")]
    pub(super) fn is_picture(&mut self, height: f64) {
        if let Some(piece) = self.pieces.last_mut() {
            (piece.lines, piece.line, piece.whole) = (1, height, true);
        }
    }

    /// Adds a row of a table: the paragraph of each cell, and the widths of the
    /// columns in twentieths of a point. `repeated` is the height of the row of headings,
    /// if it is not this one. Returns the height.
    pub(super) fn row(&mut self, cells: &[Paragraph], grid: &[usize], splits: bool, repeated: Option<f64>) -> f64 {
        let line = look("TableText").line();
        let of = |(paragraph, width): (&Paragraph, &usize)| {
            let style = paragraph.property.style.as_ref().map_or("", |style| style.val.as_str());
            lines(paragraph, &look(style), *width as f64 / 20.0 - 10.0)
        };
        let most = cells.iter().zip(grid).map(of).max().unwrap_or(1).max(1);
        let height = most as f64 * line + 4.5;
        let starts_page = cells.iter().any(|paragraph| paragraph.property.page_break_before == Some(true));
        let (lines, line) = if splits { (most, height / most as f64) } else { (1, height) };
        self.pieces.push(Piece {
            lines,
            line,
            whole: !splits,
            keep_next: repeated.is_none(),
            // headings that fill a page do not repeat
            repeated: repeated.filter(|height| *height < PAGE / 2.0).unwrap_or(0.0),
            starts_page,
            ..Piece::default()
        });
        height
    }

    /// Returns the page of each heading, and how many pages there are.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the pieces, and in the lines of pieces that are longer than a page.
    pub(super) fn pages(&self) -> (Vec<usize>, usize) {
        let mut at = Vec::with_capacity(self.pieces.len());
        let mut place = Place { page: 1, y: 0.0, after: None };
        let mut kept_until = 0;
        for (i, piece) in self.pieces.iter().enumerate() {
            if piece.starts_page && !place.is_head() {
                // a page that begins by choice keeps the room above its first piece
                place = Place { page: place.page + 1, y: 0.0, after: Some(0.0) };
            }
            if i >= kept_until {
                // what must be on one page, with the start of the piece after it
                let run = self.pieces[i..].iter().take_while(|piece| piece.keep_next).take(CHAIN).count();
                let end = self.pieces[i..].iter().take(run).fold(place, Place::below);
                let needed = end.y + self.pieces.get(i + run).map_or(0.0, |next| end.gap(next) + next.lead());
                let fits = needed - place.y <= PAGE;
                if !place.is_head() && place.y > piece.repeated && needed > PAGE && fits {
                    place = place.next_page(piece.repeated);
                }
                kept_until = i + run;
            }
            let (page, end) = put(piece, place);
            place = end;
            at.push(page);
        }
        (self.headings.iter().map(|piece| at.get(*piece).copied().unwrap_or(1)).collect(), place.page)
    }
}

/// Puts a piece at a place; returns the page where it begins, and the place below it.
fn put(piece: &Piece, mut place: Place) -> (usize, Place) {
    let fits = |place: &Place, height: f64| place.y + place.gap(piece) + height <= PAGE;
    if !fits(&place, piece.lead()) && place.y > piece.repeated && !place.is_head() {
        place = place.next_page(piece.repeated);
    }
    let begins = place.page;
    if piece.whole || fits(&place, piece.height()) {
        return (begins, place.below(piece));
    }
    let mut y = place.y + place.gap(piece) + piece.inner;
    let (mut left, mut page) = (piece.lines, place.page);
    while left > 0 && left as f64 * piece.line + y > PAGE {
        let fit = ((PAGE - y) / piece.line).floor().max(1.0) as usize;
        // two lines at least go to the next page
        let fit = if left - fit.min(left) < 2 && fit > 2 { left.saturating_sub(2) } else { fit };
        left = left.saturating_sub(fit.max(1));
        (page, y) = (page + 1, piece.repeated);
    }
    let y = y + left as f64 * piece.line + piece.inner;
    (begins, Place { page, y, after: Some(piece.after) })
}

/// How many lines a paragraph has in a width.
fn lines(paragraph: &Paragraph, look: &Look, width: f64) -> usize {
    let width = width.max(10.0);
    let mut lines = 1;
    // the end of the last word that is on the line, and the word that follows
    let (mut x, mut word) = (0.0_f64, 0.0_f64);
    let mut hangs = look.indent > 50.0;
    for (c, bold) in characters(paragraph) {
        let face = Face { bold: bold || look.face.bold, ..look.face };
        match c {
            '\n' => (lines, x, word) = (lines + 1, 0.0, 0.0),
            // the number before the text of an item
            '\t' if hangs => (x, word, hangs) = (0.0, 0.0, false),
            '\t' => (x, word) = (((x + word) / 36.0).floor() * 36.0 + 36.0, 0.0),
            ' ' => (x, word) = (x + word + face.advance(' '), 0.0),
            _ => {
                word += face.advance(c);
                if x + word > width {
                    lines += 1;
                    // a word that is longer than the line is broken
                    (x, word) = if x > 0.0 { (0.0, word) } else { (0.0, face.advance(c)) };
                    if word > width {
                        word = face.advance(c);
                    }
                }
                if c == '-' {
                    (x, word) = (x + word, 0.0);
                }
            }
        }
        if lines > MOST {
            break;
        }
    }
    lines
}

/// The characters of a paragraph, and whether each is bold.
fn characters(paragraph: &Paragraph) -> impl Iterator<Item = (char, bool)> {
    let runs = paragraph.children.iter().flat_map(|child| match child {
        ParagraphChild::Run(run) => vec![&**run],
        ParagraphChild::Hyperlink(link) => {
            fn run(child: &ParagraphChild) -> Option<&Run> {
                if let ParagraphChild::Run(run) = child { Some(run) } else { None }
            }
            link.children.iter().filter_map(run).collect()
        }
        _ => Vec::new(),
    });
    runs.flat_map(|run: &Run| {
        let style = run.run_property.style.as_ref().map_or("", |style| style.val.as_str());
        let bold = matches!(style, "Strong" | "Cue");
        let text = |child: &RunChild| match child {
            RunChild::Text(text) => text.text.clone(),
            RunChild::Tab(_) => "\t".to_owned(),
            RunChild::Break(_) => "\n".to_owned(),
            _ => String::new(),
        };
        run.children.iter().map(text).collect::<String>().chars().map(|c| (c, bold)).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use docx_rs::{Paragraph, Run};

    use super::Layout;

    fn text(style: &str, text: &str) -> Paragraph {
        Paragraph::new().style(style).add_run(Run::new().add_text(text))
    }

    #[test]
    fn a_heading_is_on_the_page_of_its_text() {
        let mut layout = Layout::default();
        // 42 paragraphs of 17.05 points fill a page but for 12 points
        for _ in 0..42 {
            layout.paragraph(&text("Normal", "one line"), 481.9);
        }
        layout.paragraph(&text("Heading2", "A heading"), 481.9);
        layout.is_heading();
        layout.paragraph(&text("Normal", "its text"), 481.9);
        assert_eq!(layout.pages(), (vec![2], 2));
    }

    #[test]
    fn a_break_starts_a_page_and_a_long_text_goes_on() {
        let mut layout = Layout::default();
        layout.paragraph(&text("Normal", &"word ".repeat(3_000)), 481.9);
        layout.paragraph(&text("Heading1", "Part").page_break_before(true), 481.9);
        layout.is_heading();
        let (pages, all) = layout.pages();
        // 24.5 points a word, 19 words a line, 60 lines a page
        assert_eq!((pages, all), (vec![4], 4));
    }

    #[test]
    fn any_text_and_width_has_pages() {
        for width in [-5.0, 0.0, 1.0, 1e9] {
            let mut layout = Layout::default();
            layout.paragraph(&text("TableText", &"x".repeat(10_000)), width);
            layout.paragraph(&text("ContentItem", "\t\t\n\n\t"), width);
            layout.row(&[text("TableText", &"y".repeat(9_000))], &[width.max(0.0) as usize], false, Some(1e6));
            layout.row(&[], &[], true, None);
            assert!(layout.pages().1 >= 1);
        }
    }
}
