//! The shapes of a picture as the content of a page.

use pdf_writer::{Content, Name, Str, TextStr};

use super::FACES;
use crate::export::drawing::{Colour, DASHES, Drawing, Face, Kind, Outline, Paint, Step, Text, curves};
use crate::picture::Picture;

/// Points in a pixel of a picture.
const POINTS: f32 = 0.75;
/// The longest side of a page, in its own units.
const LONGEST: f32 = 14_400.0;

/// What a page holds.
pub(super) struct Page {
    pub(super) content: Vec<u8>,
    /// Addresses and their areas: left, low, right, high.
    pub(super) links: Vec<(String, [f32; 4])>,
    /// Width and height.
    pub(super) size: [f32; 2],
    /// How many points its unit is: 1, or more on a page too long for points.
    pub(super) unit: f32,
}

impl Page {
    /// Draws a picture on a page of its size, or on paper with these sides: upright or
    /// across, whichever shows it larger. Returns `None` if it cannot be read.
    pub(super) fn of(picture: &Picture, faces: &[Face; 2], paper: Option<[f32; 2]>) -> Option<Self> {
        let drawing = Drawing::of(picture)?;
        let [width, height] = drawing.size;
        let fit = |[across, down]: [f32; 2]| (across / width).min(down / height);
        let sheet = paper.map(
            |[short, long]| {
                if fit([long, short]) >= fit([short, long]) { [long, short] } else { [short, long] }
            },
        );
        let scale = POINTS.min(fit(sheet.unwrap_or([LONGEST; 2])));
        let size = sheet.unwrap_or([width * scale, height * scale]);
        let left = (size[0] - width * scale) / 2.0;
        let mut content = Content::new();
        // y goes down, as in SVG
        content.transform([scale, 0.0, 0.0, -scale, left, size[1]]);
        let mut canvas = Canvas { content, faces, areas: vec![NOWHERE; drawing.links.len()] };
        for shape in &drawing.shapes {
            match &shape.kind {
                Kind::Outline(outline, paint) => canvas.outline(outline, paint, shape.link),
                Kind::Text(text) => canvas.text(text, shape.link),
            }
        }
        let area = |[from, top, to, bottom]: [f32; 4]| {
            [left + from * scale, size[1] - bottom * scale, left + to * scale, size[1] - top * scale]
        };
        let drawn = drawing.links.into_iter().zip(canvas.areas).filter(|(_, area)| area[0] <= area[2]);
        let links = drawn.map(|(address, within)| (address, area(within))).collect();
        let unit = if sheet.is_some() { 1.0 } else { POINTS / scale };
        Some(Page { content: canvas.content.finish().into_vec(), links, size, unit })
    }
}

struct Canvas<'f> {
    content: Content,
    faces: &'f [Face; 2],
    /// What each link is drawn on: left, top, right, bottom.
    areas: Vec<[f32; 4]>,
}

/// The area of nothing.
const NOWHERE: [f32; 4] = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];

impl Canvas<'_> {
    /// Widens a link around what is drawn.
    fn reach(&mut self, link: Option<usize>, [left, top, right, bottom]: [f32; 4]) {
        if let Some(area) = link.and_then(|link| self.areas.get_mut(link)) {
            *area = [area[0].min(left), area[1].min(top), area[2].max(right), area[3].max(bottom)];
        }
    }

    fn outline(&mut self, outline: &Outline, paint: &Paint, link: Option<usize>) {
        match outline {
            &Outline::Rect([x, y, width, height]) => {
                self.content.rect(x, y, width, height);
                self.reach(link, [x, y, x + width, y + height]);
            }
            &Outline::Circle([x, y], r) => {
                self.content.move_to(x + r, y);
                for [[x1, y1], [x2, y2], [x3, y3]] in curves([x, y], r) {
                    self.content.cubic_to(x1, y1, x2, y2, x3, y3);
                }
                self.content.close_path();
                self.reach(link, [x - r, y - r, x + r, y + r]);
            }
            Outline::Path(steps) => {
                for step in steps {
                    match *step {
                        Step::Move([x, y]) => self.content.move_to(x, y),
                        Step::Line([x, y]) => self.content.line_to(x, y),
                    };
                }
            }
        }
        self.paint(paint);
    }

    /// Paints what was outlined.
    fn paint(&mut self, paint: &Paint) {
        if let Some([r, g, b]) = paint.fill {
            self.content.set_fill_rgb(r, g, b);
        }
        if let Some(stroke) = &paint.stroke {
            let dashes = stroke.is_dashed.then_some(DASHES);
            self.line_style(stroke.colour, stroke.width);
            self.content.set_dash_pattern(dashes.into_iter().flatten(), 0.0);
        }
        match (paint.fill, &paint.stroke) {
            (Some(_), Some(_)) => self.content.fill_nonzero_and_stroke(),
            (Some(_), None) => self.content.fill_nonzero(),
            (None, Some(_)) => self.content.stroke(),
            (None, None) => self.content.end_path(),
        };
    }

    fn line_style(&mut self, [r, g, b]: Colour, width: f32) {
        self.content.set_stroke_rgb(r, g, b).set_line_width(width);
    }

    fn text(&mut self, text: &Text, link: Option<usize>) {
        let (face, name) = (&self.faces[usize::from(text.is_bold)], FACES[usize::from(text.is_bold)]);
        let shown = face.line(&text.content);
        let width = shown.width * text.size;
        let [left, base] = text.place(width, [0.0, 0.0]);
        let [sine, cosine] = text.turn();
        let [red, green, blue] = text.colour;
        let glyphs: Vec<u8> = shown.glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect();
        let out = &mut self.content;
        if !shown.is_whole {
            let mut mark = out.begin_marked_content_with_properties(Name(b"Span"));
            mark.properties().actual_text(TextStr(&text.content));
        }
        out.set_fill_rgb(red, green, blue).begin_text().set_font(name, text.size);
        out.set_text_matrix([cosine, sine, sine, -cosine, left, base]).show(Str(&glyphs)).end_text();
        if !shown.is_whole {
            out.end_marked_content();
        }
        if link.is_some() {
            let [from, to] = text.underline(width);
            self.line_style(text.colour, text.size * Text::UNDERLINE);
            self.content.set_dash_pattern([], 0.0);
            self.content.move_to(from[0], from[1]).line_to(to[0], to[1]).stroke();
            for (along, below) in [(0.0, -0.8), (width, -0.8), (0.0, 0.25), (width, 0.25)] {
                let [x, y] = text.place(width, [along, below * text.size]);
                self.reach(link, [x, y, x, y]);
            }
        }
    }
}
