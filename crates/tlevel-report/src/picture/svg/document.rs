//! The document and its elements.

use std::fmt::Write as _;

use super::font::{Font, clean, is_forbidden};
use super::picture::{Picture, STYLE, is_allowed};
use super::{INK, QUIET};

/// How many characters of a cut text its tooltip shows.
const TOOLTIP: usize = 300;
/// How many characters of a text are drawn if no room is set for it: more fit no page,
/// and readers of pictures take time with the square of a text.
const TEXT: usize = 500;
/// The largest coordinate; larger ones are drawn here.
const FARTHEST: f64 = 1e7;

/// An SVG document under construction.
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::svg::{PALETTE, Style, Svg, Text};
///
/// let mut svg = Svg::new("One <box>", "A box with a name in it");
/// svg.rect([10.0, 10.0, 120.0, 30.0], &Style::filled(PALETTE[0]));
/// svg.text(&Text::new(20.0, 30.0, "Plumbing & heating").fill("#ffffff"));
/// let picture = svg.finish(140.0, 50.0);
/// assert!(picture.svg().contains("<title id=") && picture.svg().contains("One &lt;box&gt;"));
/// assert!(picture.svg().contains(">Plumbing &amp; heating</text>"));
/// ```
#[derive(Clone, Debug)]
pub struct Svg {
    title: String,
    description: String,
    body: String,
    links: bool,
}

/// The paint of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style<'a> {
    /// Its fill, if any.
    pub fill: Option<&'a str>,
    /// Its stroke, if any.
    pub stroke: Option<&'a str>,
    /// The width of its stroke in pixels.
    pub stroke_width: f64,
    /// Whether its stroke is dashed.
    pub dashed: bool,
}

impl<'a> Style<'a> {
    /// A fill without a stroke.
    #[must_use]
    pub fn filled(colour: &'a str) -> Self {
        Style { fill: Some(colour), stroke: None, stroke_width: 0.0, dashed: false }
    }

    /// A stroke without a fill.
    #[must_use]
    pub fn lined(colour: &'a str, width: f64) -> Self {
        Style { fill: None, stroke: Some(colour), stroke_width: width, dashed: false }
    }

    /// Returns this style with a dashed stroke.
    #[must_use]
    pub fn dashed(mut self) -> Self {
        self.dashed = true;
        self
    }
}

/// The part of a text that is at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text<'a> {
    x: f64,
    y: f64,
    content: &'a str,
    font: Font,
    anchor: Anchor,
    fill: &'a str,
    rotation: f64,
    room: Option<f64>,
}

impl<'a> Text<'a> {
    /// A text of 11 pixels in ink, with its baseline starting at a point.
    #[must_use]
    pub fn new(x: f64, y: f64, content: &'a str) -> Self {
        let font = Font::new(11.0);
        Text { x, y, content, font, anchor: Anchor::Start, fill: INK, rotation: 0.0, room: None }
    }

    /// Returns this text in another font.
    #[must_use]
    pub fn font(mut self, font: Font) -> Self {
        self.font = font;
        self
    }

    /// Returns this text with another part at its point.
    #[must_use]
    pub fn anchor(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// Returns this text in another colour.
    #[must_use]
    pub fn fill(mut self, colour: &'a str) -> Self {
        self.fill = colour;
        self
    }

    /// Returns this text in a quiet colour.
    #[must_use]
    pub fn quiet(self) -> Self {
        self.fill(QUIET)
    }

    /// Returns this text turned about its point, clockwise in degrees.
    #[must_use]
    pub fn rotated(mut self, degrees: f64) -> Self {
        self.rotation = degrees;
        self
    }

    /// Returns this text cut to a width; a tooltip shows the whole text.
    #[must_use]
    pub fn fit(mut self, width: f64) -> Self {
        self.room = Some(width);
        self
    }
}

/// The lines of a path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    commands: String,
}

impl Path {
    /// An empty path.
    #[must_use]
    pub fn new() -> Self {
        Path::default()
    }

    /// Moves to a point.
    pub fn move_to(&mut self, x: f64, y: f64) -> &mut Self {
        let _ = write!(self.commands, "M{} {}", number(x), number(y));
        self
    }

    /// Draws a line to a point.
    pub fn line_to(&mut self, x: f64, y: f64) -> &mut Self {
        let _ = write!(self.commands, "L{} {}", number(x), number(y));
        self
    }

    /// Draws a horizontal line to an x.
    pub fn across_to(&mut self, x: f64) -> &mut Self {
        let _ = write!(self.commands, "H{}", number(x));
        self
    }

    /// Draws a vertical line to a y.
    pub fn down_to(&mut self, y: f64) -> &mut Self {
        let _ = write!(self.commands, "V{}", number(y));
        self
    }

    /// Whether the path has no commands.
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }
}

impl Svg {
    /// An empty document; a screen reader reads `title` and `description`.
    #[must_use]
    pub fn new(title: &str, description: &str) -> Self {
        let title = clean(title);
        let title = if title.is_empty() { "Picture".to_owned() } else { title };
        Svg { title, description: clean(description), body: String::new(), links: false }
    }

    /// Draws a rectangle: x, y, width and height.
    pub fn rect(&mut self, [x, y, width, height]: [f64; 4], style: &Style<'_>) {
        self.shape("rect", &[("x", x), ("y", y), ("width", width.max(0.0)), ("height", height.max(0.0))], style);
    }

    /// Draws a line between two points: x, y, x, y.
    pub fn line(&mut self, [x1, y1, x2, y2]: [f64; 4], style: &Style<'_>) {
        self.shape("line", &[("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)], style);
    }

    /// Draws a circle: the x and y of its centre, and its radius.
    pub fn circle(&mut self, [x, y, radius]: [f64; 3], style: &Style<'_>) {
        self.shape("circle", &[("cx", x), ("cy", y), ("r", radius.max(0.0))], style);
    }

    /// Draws a path, unless it is empty.
    pub fn path(&mut self, path: &Path, style: &Style<'_>) {
        if path.is_empty() {
            return;
        }
        let _ = write!(self.body, "<path d=\"{}\"", path.commands);
        self.style(style);
        self.body.push_str("/>\n");
    }

    /// Draws a text, unless nothing of it is left to show.
    pub fn text(&mut self, text: &Text<'_>) {
        let full = clean(text.content);
        let shown = text.room.map_or_else(|| first(&full, TEXT), |room| text.font.shorten(&full, room));
        if shown.is_empty() {
            return;
        }
        let (x, y) = (number(text.x), number(text.y));
        let _ = write!(self.body, "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"", number(text.font.size));
        if text.font.bold {
            self.body.push_str(" font-weight=\"bold\"");
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.body.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.body.push_str(" text-anchor=\"end\""),
        }
        self.attribute("fill", text.fill);
        if text.rotation != 0.0 {
            let _ = write!(self.body, " transform=\"rotate({} {x} {y})\"", number(text.rotation));
        }
        self.body.push('>');
        if shown != full {
            self.tooltip(&full);
        }
        let _ = writeln!(self.body, "{}</text>", html_escape::encode_text(&shown));
    }

    /// Draws a group of what `draw` draws, with a name for screen readers unless
    /// the name is empty.
    pub fn group(&mut self, name: &str, draw: impl FnOnce(&mut Self)) {
        self.body.push_str("<g");
        if !name.is_empty() {
            self.attribute("aria-label", &clean(name));
        }
        self.body.push_str(">\n");
        draw(self);
        self.body.push_str("</g>\n");
    }

    /// Draws a group of what `draw` draws, with a tooltip unless it is empty; a long
    /// tooltip is cut.
    pub fn titled(&mut self, tooltip: &str, draw: impl FnOnce(&mut Self)) {
        self.body.push_str("<g>");
        self.tooltip(&clean(tooltip));
        self.body.push('\n');
        draw(self);
        self.body.push_str("</g>\n");
    }

    fn tooltip(&mut self, full: &str) {
        if !full.is_empty() {
            let _ = write!(self.body, "<title>{}</title>", html_escape::encode_text(&first(full, TOOLTIP)));
        }
    }

    /// Draws a link around what `draw` draws. An address that is neither relative
    /// nor an `http`, `https` or `mailto` address makes no link.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel_report::picture::svg::{Svg, Text};
    ///
    /// let mut svg = Svg::new("Links", "");
    /// svg.link("#plumbing", |svg| svg.text(&Text::new(10.0, 20.0, "Plumbing")));
    /// svg.link("java\nscript:alert(1)", |svg| svg.text(&Text::new(10.0, 40.0, "Heating")));
    /// assert_eq!(svg.finish(100.0, 50.0).svg().matches("<a href=").count(), 1);
    /// ```
    pub fn link(&mut self, address: &str, draw: impl FnOnce(&mut Self)) {
        let address: String = address.trim().chars().filter(|&c| !is_forbidden(c)).collect();
        if !is_allowed(&address) {
            return draw(self);
        }
        self.links = true;
        self.body.push_str("<a");
        self.attribute("href", &address);
        self.body.push_str(">\n");
        draw(self);
        self.body.push_str("</a>\n");
    }

    /// Returns the whole document, with a width and a height in pixels. It has a
    /// white background, holds no script, refers to nothing outside itself, and
    /// works as a file or inside an HTML page.
    ///
    /// Its role is `img`, or `group` if it holds links, since screen readers do not
    /// read the inside of an image.
    #[must_use]
    pub fn finish(self, width: f64, height: f64) -> Picture {
        let (width, height) = (number(width.max(1.0)), number(height.max(1.0)));
        let role = if self.links { "group" } else { "img" };
        // pictures on one page must not share ids
        let id = fingerprint([&self.title, &self.description, &self.body]);
        let title = html_escape::encode_text(&self.title);
        let description = html_escape::encode_text(&self.description);
        let body = &self.body;
        Picture::drawn(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tlevel-picture\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"{role}\" aria-labelledby=\"title-{id} description-{id}\">\n\
             <title id=\"title-{id}\">{title}</title>\n<desc id=\"description-{id}\">{description}</desc>\n\
             <style>{STYLE}</style>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{body}</svg>\n"
        ))
    }

    fn shape(&mut self, name: &str, numbers: &[(&str, f64)], style: &Style<'_>) {
        let _ = write!(self.body, "<{name}");
        for &(attribute, value) in numbers {
            let _ = write!(self.body, " {attribute}=\"{}\"", number(value));
        }
        self.style(style);
        self.body.push_str("/>\n");
    }

    fn style(&mut self, style: &Style<'_>) {
        self.attribute("fill", style.fill.unwrap_or("none"));
        if let Some(stroke) = style.stroke {
            self.attribute("stroke", stroke);
            let _ = write!(self.body, " stroke-width=\"{}\"", number(style.stroke_width));
            if style.dashed {
                self.body.push_str(" stroke-dasharray=\"3 2\"");
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|&c| !is_forbidden(c)).collect();
        let _ = write!(self.body, " {name}=\"{}\"", html_escape::encode_double_quoted_attribute(&value));
    }
}

/// The FNV-1a hash of some texts.
fn fingerprint(texts: [&str; 3]) -> String {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

/// A number with at most two decimals.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let mut text = format!("{:.2}", value.clamp(-FARTHEST, FARTHEST));
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    if text == "-0" { "0".to_owned() } else { text }
}

/// The first characters of a text, with an ellipsis if there are more.
fn first(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short() {
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (12.5, "12.5"),
            (1.0 / 3.0, "0.33"),
            (-100.0, "-100"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
            (1e300, "10000000"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
