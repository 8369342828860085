//! What a picture holds, read from its few SVG elements: shapes and texts for formats
//! that cannot hold SVG.

mod face;
mod font;
mod fonts;

use std::fmt::Write as _;

use roxmltree::Node;

pub(super) use self::face::{Face, faces};
use crate::picture::Picture;

const BLACK: Colour = [0.0; 3];
/// A quarter of a circle as a curve: how far its controls are from its ends.
const ROUND: f32 = 0.552_284_8;

/// Red, green and blue, from 0 to 1.
pub(super) type Colour = [f32; 3];
/// Across, and down, in pixels of the picture.
pub(super) type Point = [f32; 2];

/// A picture that is read.
pub(super) struct Drawing {
    /// Width and height.
    pub(super) size: [f32; 2],
    /// From the back to the front.
    pub(super) shapes: Vec<Shape>,
    /// The addresses that shapes link to.
    pub(super) links: Vec<String>,
}

pub(super) struct Shape {
    pub(super) kind: Kind,
    /// The position of the address in the list of the picture.
    pub(super) link: Option<usize>,
}

pub(super) enum Kind {
    Outline(Outline, Paint),
    Text(Text),
}

pub(super) enum Outline {
    /// Left, top, width, height.
    Rect([f32; 4]),
    /// The centre, and the radius.
    Circle(Point, f32),
    Path(Vec<Step>),
}

pub(super) enum Step {
    Move(Point),
    Line(Point),
}

pub(super) struct Paint {
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Stroke>,
}

pub(super) struct Stroke {
    pub(super) colour: Colour,
    pub(super) width: f32,
    pub(super) is_dashed: bool,
}

pub(super) struct Text {
    pub(super) content: String,
    pub(super) is_bold: bool,
    pub(super) size: f32,
    pub(super) colour: Colour,
    /// Where the base line starts, has its middle, or ends.
    at: Point,
    anchor: Anchor,
    turn: Turn,
}

enum Anchor {
    Start,
    Middle,
    End,
}

/// The lengths of dashes and of the gaps between them.
pub(super) const DASHES: [f32; 2] = [3.0, 2.0];

impl Drawing {
    /// Reads a picture; returns `None` if it is not well-formed.
    pub(super) fn of(picture: &Picture) -> Option<Self> {
        let document = roxmltree::Document::parse(picture.svg()).ok()?;
        let root = document.root_element();
        let size = ["width", "height"].map(|side| number(root, side).max(1.0));
        let mut drawing = Drawing { size, shapes: Vec::new(), links: Vec::new() };
        drawing.read(root);
        Some(drawing)
    }

    /// Reads all below a node in document order, without recursion.
    fn read(&mut self, root: Node<'_, '_>) {
        let mut link = None;
        let mut at = root.first_child();
        while let Some(node) = at {
            if node.tag_name().name() == "a" {
                link = node.attribute("href").and_then(web_address).map(|address| {
                    self.links.push(address);
                    self.links.len() - 1
                });
            }
            self.shapes.extend(shape(node).map(|kind| Shape { kind, link }));
            let within = matches!(node.tag_name().name(), "g" | "a" | "svg").then(|| node.first_child()).flatten();
            let mut left = node;
            at = within.or_else(|| {
                loop {
                    if left.tag_name().name() == "a" {
                        link = None;
                    }
                    if let Some(next) = left.next_sibling() {
                        return Some(next);
                    }
                    left = left.parent().filter(|parent| *parent != root)?;
                }
            });
        }
    }
}

fn shape(node: Node<'_, '_>) -> Option<Kind> {
    let outline = match node.tag_name().name() {
        "rect" => Outline::Rect(["x", "y", "width", "height"].map(|name| number(node, name))),
        "line" => {
            let [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map(|name| number(node, name));
            Outline::Path(vec![Step::Move([x1, y1]), Step::Line([x2, y2])])
        }
        "circle" => Outline::Circle(["cx", "cy"].map(|name| number(node, name)), number(node, "r")),
        "path" => Outline::Path(path(node.attribute("d").unwrap_or_default())),
        "text" => return Some(Kind::Text(text(node))),
        _ => return None,
    };
    let stroke = node.attribute("stroke").and_then(colour).map(|colour| Stroke {
        colour,
        width: node.attribute("stroke-width").map_or(1.0, |_| number(node, "stroke-width")),
        is_dashed: node.attribute("stroke-dasharray").is_some(),
    });
    Some(Kind::Outline(outline, Paint { fill: node.attribute("fill").map_or(Some(BLACK), colour), stroke }))
}

/// The lines of a path, which are all from point to point.
fn path(commands: &str) -> Vec<Step> {
    let [mut x, mut y] = [0.0; 2];
    let starts: Vec<usize> = commands.match_indices(|c: char| c.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    let mut steps = Vec::with_capacity(starts.len());
    for (i, &start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(commands.len());
        let (command, rest) = commands[start..end].split_at(1);
        let mut value = numbers(rest);
        match command {
            "H" => x = value(),
            "V" => y = value(),
            _ => [x, y] = [value(), value()],
        }
        // a path that starts with a line starts where it is
        steps.push(if command == "M" || i == 0 { Step::Move([x, y]) } else { Step::Line([x, y]) });
    }
    steps
}

fn text(node: Node<'_, '_>) -> Text {
    Text {
        content: node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect(),
        is_bold: node.attribute("font-weight") == Some("bold"),
        size: number(node, "font-size"),
        colour: node.attribute("fill").map_or(Some(BLACK), colour).unwrap_or(BLACK),
        at: ["x", "y"].map(|name| number(node, name)),
        anchor: match node.attribute("text-anchor") {
            Some("middle") => Anchor::Middle,
            Some("end") => Anchor::End,
            _ => Anchor::Start,
        },
        turn: Turn::of(node.attribute("transform").unwrap_or_default()),
    }
}

impl Text {
    /// The place of a point that lies so far along the text from its start and so far
    /// below its base line, if the text has this width.
    pub(super) fn place(&self, width: f32, [along, below]: Point) -> Point {
        let start = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        self.turn.apply([self.at[0] + start + along, self.at[1] + below])
    }

    /// The width of the line under a text that is a link, as a share of the size.
    pub(super) const UNDERLINE: f32 = 0.06;

    /// The ends of the line under a text that is a link, as in SVG.
    pub(super) fn underline(&self, width: f32) -> [Point; 2] {
        [0.0, width].map(|along| self.place(width, [along, self.size * 0.12]))
    }

    /// The sine and the cosine of the angle by which the text is turned clockwise.
    pub(super) fn turn(&self) -> [f32; 2] {
        [self.turn.sine, self.turn.cosine]
    }
}

/// A circle as four curves from its right side: the two controls and the end of each.
pub(super) fn curves([x, y]: Point, r: f32) -> [[Point; 3]; 4] {
    let k = r * ROUND;
    [
        [[x + r, y + k], [x + k, y + r], [x, y + r]],
        [[x - k, y + r], [x - r, y + k], [x - r, y]],
        [[x - r, y - k], [x - k, y - r], [x, y - r]],
        [[x + k, y - r], [x + r, y - k], [x + r, y]],
    ]
}

/// A turn about a point, clockwise.
struct Turn {
    sine: f32,
    cosine: f32,
    centre: Point,
}

impl Turn {
    /// The turn of `rotate(degrees x y)`; none for anything else.
    fn of(transform: &str) -> Self {
        let inner = transform.strip_prefix("rotate(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
        let mut value = numbers(inner);
        let [degrees, x, y] = [value(), value(), value()];
        // rounded: the same on every machine
        let [sine, cosine] =
            [degrees.to_radians().sin(), degrees.to_radians().cos()].map(|part| (part * 1e4).round() / 1e4);
        Turn { sine, cosine, centre: [x, y] }
    }

    fn apply(&self, [x, y]: Point) -> Point {
        let [dx, dy] = [x - self.centre[0], y - self.centre[1]];
        [self.centre[0] + self.cosine * dx - self.sine * dy, self.centre[1] + self.sine * dx + self.cosine * dy]
    }
}

/// The numbers between spaces, one by one; 0 for what is none.
fn numbers(text: &str) -> impl FnMut() -> f32 {
    let mut values = text.split(' ').map(finite);
    move || values.next().flatten().unwrap_or(0.0)
}

/// A number of a node; 0 if there is none.
fn number(node: Node<'_, '_>, name: &str) -> f32 {
    node.attribute(name).and_then(finite).unwrap_or(0.0)
}

fn finite(value: &str) -> Option<f32> {
    value.parse().ok().filter(|value: &f32| value.is_finite())
}

/// The red, green and blue of `#rrggbb`; nothing for `none`, and black for others.
fn colour(value: &str) -> Option<Colour> {
    if value == "none" {
        return None;
    }
    let part = |from: usize| u8::from_str_radix(value.strip_prefix('#')?.get(from..from + 2)?, 16).ok();
    let parts = [part(0), part(2), part(4)].map(|part| f32::from(part.unwrap_or(0)) / 255.0);
    Some(parts.map(|part| (part * 1e3).round() / 1e3))
}

/// An address on the web or of a mailbox, in ASCII.
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
