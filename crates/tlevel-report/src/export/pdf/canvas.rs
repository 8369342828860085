//! A picture's few SVG elements as the content of a page.

use std::fmt::Write as _;

use pdf_writer::{Content, Name, Str, TextStr};
use roxmltree::Node;

use super::FACES;
use super::face::Face;
use crate::picture::Picture;

/// Points in a pixel of a picture.
const POINTS: f32 = 0.75;
/// The longest side of a page, in its own units.
const LONGEST: f32 = 14_400.0;
/// A quarter of a circle as a curve: how far its controls are from its ends.
const ROUND: f32 = 0.552_284_8;
const BLACK: [f32; 3] = [0.0; 3];

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
        let document = roxmltree::Document::parse(picture.svg()).ok()?;
        let root = document.root_element();
        let [width, height] = ["width", "height"].map(|side| number(root, side).max(1.0));
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
        let mut canvas = Canvas { content, faces, link: None, links: Vec::new() };
        canvas.draw(root);
        let area = |[from, top, to, bottom]: [f32; 4]| {
            [left + from * scale, size[1] - bottom * scale, left + to * scale, size[1] - top * scale]
        };
        let links = canvas.links.into_iter().map(|link| (link.address, area(link.area))).collect();
        let unit = if sheet.is_some() { 1.0 } else { POINTS / scale };
        Some(Page { content: canvas.content.finish().into_vec(), links, size, unit })
    }
}

/// A link around what is drawn.
struct Link {
    address: String,
    /// Left, top, right, bottom.
    area: [f32; 4],
}

struct Canvas<'f> {
    content: Content,
    faces: &'f [Face; 2],
    link: Option<Link>,
    links: Vec<Link>,
}

impl Canvas<'_> {
    /// Draws all below a node in document order, without recursion.
    fn draw(&mut self, root: Node<'_, '_>) {
        let mut at = root.first_child();
        while let Some(node) = at {
            self.enter(node);
            let within = matches!(node.tag_name().name(), "g" | "a" | "svg").then(|| node.first_child()).flatten();
            let mut left = node;
            at = within.or_else(|| {
                loop {
                    self.leave(left);
                    if let Some(next) = left.next_sibling() {
                        return Some(next);
                    }
                    left = left.parent().filter(|parent| *parent != root)?;
                }
            });
        }
    }

    fn enter(&mut self, node: Node<'_, '_>) {
        match node.tag_name().name() {
            "rect" => {
                let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(node, name));
                self.content.rect(x, y, width, height);
                self.paint(node);
                self.reach([x, y, x + width, y + height]);
            }
            "line" => {
                let [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map(|name| number(node, name));
                self.content.move_to(x1, y1).line_to(x2, y2);
                self.paint(node);
            }
            "circle" => {
                let [x, y, r] = ["cx", "cy", "r"].map(|name| number(node, name));
                self.circle(x, y, r);
                self.paint(node);
                self.reach([x - r, y - r, x + r, y + r]);
            }
            "path" => {
                self.path(node.attribute("d").unwrap_or_default());
                self.paint(node);
            }
            "text" => self.text(node),
            "a" => {
                self.link = node.attribute("href").and_then(web_address).map(|address| Link { address, area: NOWHERE });
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: Node<'_, '_>) {
        if node.tag_name().name() == "a" {
            self.links.extend(self.link.take().filter(|link| link.area[0] <= link.area[2]));
        }
    }

    /// Widens the link around what is drawn.
    fn reach(&mut self, [left, top, right, bottom]: [f32; 4]) {
        if let Some(Link { area, .. }) = &mut self.link {
            *area = [area[0].min(left), area[1].min(top), area[2].max(right), area[3].max(bottom)];
        }
    }

    fn circle(&mut self, x: f32, y: f32, r: f32) {
        let k = r * ROUND;
        self.content.move_to(x + r, y);
        self.content.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
        self.content.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
        self.content.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
        self.content.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
        self.content.close_path();
    }

    /// Draws the lines of a path, which are all from point to point.
    fn path(&mut self, commands: &str) {
        let [mut x, mut y] = [0.0; 2];
        let starts: Vec<usize> = commands.match_indices(|c: char| c.is_ascii_alphabetic()).map(|(at, _)| at).collect();
        for (i, &start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(commands.len());
            let (command, rest) = commands[start..end].split_at(1);
            let mut values = rest.split(' ').map(|value| value.parse().ok().filter(|v: &f32| v.is_finite()));
            let mut value = || values.next().flatten().unwrap_or(0.0);
            match command {
                "H" => x = value(),
                "V" => y = value(),
                _ => [x, y] = [value(), value()],
            }
            // a path that starts with a line starts where it is
            if command == "M" || i == 0 {
                self.content.move_to(x, y);
            } else {
                self.content.line_to(x, y);
            }
        }
    }

    /// Paints what was outlined, as the node says.
    fn paint(&mut self, node: Node<'_, '_>) {
        let fill = node.attribute("fill").map_or(Some(BLACK), colour);
        let stroke = node.attribute("stroke").and_then(colour);
        if let Some([r, g, b]) = fill {
            self.content.set_fill_rgb(r, g, b);
        }
        if let Some([r, g, b]) = stroke {
            self.content.set_stroke_rgb(r, g, b);
            self.content.set_line_width(node.attribute("stroke-width").map_or(1.0, |_| number(node, "stroke-width")));
            let dashes = node.attribute("stroke-dasharray").map(|_| [3.0, 2.0]);
            self.content.set_dash_pattern(dashes.into_iter().flatten(), 0.0);
        }
        match (fill, stroke) {
            (Some(_), Some(_)) => self.content.fill_nonzero_and_stroke(),
            (Some(_), None) => self.content.fill_nonzero(),
            (None, Some(_)) => self.content.stroke(),
            (None, None) => self.content.end_path(),
        };
    }

    fn text(&mut self, node: Node<'_, '_>) {
        let shown: String = node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
        let is_bold = node.attribute("font-weight") == Some("bold");
        let (face, name) = (&self.faces[usize::from(is_bold)], FACES[usize::from(is_bold)]);
        let line = face.line(&shown);
        let [x, y, size] = ["x", "y", "font-size"].map(|name| number(node, name));
        let [red, green, blue] = node.attribute("fill").map_or(Some(BLACK), colour).unwrap_or(BLACK);
        let width = line.width * size;
        let start = match node.attribute("text-anchor") {
            Some("middle") => -width / 2.0,
            Some("end") => -width,
            _ => 0.0,
        };
        let turn = Turn::of(node.attribute("transform").unwrap_or_default());
        let [left, base] = turn.apply([x + start, y]);
        let Turn { sine, cosine, .. } = turn;
        let out = &mut self.content;
        if !line.is_whole {
            let mut mark = out.begin_marked_content_with_properties(Name(b"Span"));
            mark.properties().actual_text(TextStr(&shown));
        }
        out.set_fill_rgb(red, green, blue).begin_text().set_font(name, size);
        out.set_text_matrix([cosine, sine, sine, -cosine, left, base]).show(Str(&line.glyphs)).end_text();
        if !line.is_whole {
            out.end_marked_content();
        }
        if self.link.is_some() {
            // links are underlined, as in SVG
            let [from, to] = [0.0, width].map(|along| turn.apply([x + start + along, y + size * 0.12]));
            out.set_stroke_rgb(red, green, blue).set_line_width(size * 0.06).set_dash_pattern([], 0.0);
            out.move_to(from[0], from[1]).line_to(to[0], to[1]).stroke();
            for (along, off) in [(0.0, -0.8), (width, -0.8), (0.0, 0.25), (width, 0.25)] {
                let [x, y] = turn.apply([x + start + along, y + off * size]);
                self.reach([x, y, x, y]);
            }
        }
    }
}

/// The area of nothing.
const NOWHERE: [f32; 4] = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];

/// A turn about a point, clockwise.
struct Turn {
    sine: f32,
    cosine: f32,
    centre: [f32; 2],
}

impl Turn {
    /// The turn of `rotate(degrees x y)`; none for anything else.
    fn of(transform: &str) -> Self {
        let inner = transform.strip_prefix("rotate(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
        let mut values = inner.split(' ').map(|value| value.parse().ok().filter(|v: &f32| v.is_finite()));
        let mut value = || values.next().flatten().unwrap_or(0.0);
        let [degrees, x, y] = [value(), value(), value()];
        // rounded: the same on every machine
        let [sine, cosine] =
            [degrees.to_radians().sin(), degrees.to_radians().cos()].map(|part| (part * 1e4).round() / 1e4);
        Turn { sine, cosine, centre: [x, y] }
    }

    fn apply(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let [dx, dy] = [x - self.centre[0], y - self.centre[1]];
        [self.centre[0] + self.cosine * dx - self.sine * dy, self.centre[1] + self.sine * dx + self.cosine * dy]
    }
}

/// A number of a node; 0 if there is none.
fn number(node: Node<'_, '_>, name: &str) -> f32 {
    node.attribute(name).and_then(|value| value.parse().ok()).filter(|value: &f32| value.is_finite()).unwrap_or(0.0)
}

/// The red, green and blue of `#rrggbb`; nothing for `none`, and black for others.
fn colour(value: &str) -> Option<[f32; 3]> {
    if value == "none" {
        return None;
    }
    let part = |from: usize| u8::from_str_radix(value.strip_prefix('#')?.get(from..from + 2)?, 16).ok();
    let parts = [part(0), part(2), part(4)].map(|part| f32::from(part.unwrap_or(0)) / 255.0);
    Some(parts.map(|part| (part * 1e3).round() / 1e3))
}

/// An address on the web or of a mailbox, in the characters that a PDF file takes.
fn web_address(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    ["http", "https", "mailto"].iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Some(out)
}
