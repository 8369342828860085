//! Pictures as PNG, for formats that cannot hold SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::picture::Picture;

const REGULAR: &[u8] = include_bytes!("fonts/DejaVuSans-Latin.ttf");
const BOLD: &[u8] = include_bytes!("fonts/DejaVuSans-Bold-Latin.ttf");
/// Pixels drawn for each pixel of the picture, in width and in height.
const SCALE: f32 = 2.0;
/// The most pixels of a picture: 64 MB while it is drawn.
const PIXELS: f32 = 16_000_000.0;

/// Draws pictures with the bundled font.
pub(super) struct Painter {
    options: Options<'static>,
}

/// A picture in pixels.
pub(super) struct Png {
    pub(super) bytes: Vec<u8>,
    /// The intended width and height, at 96 dots per inch.
    pub(super) size: [f32; 2],
}

impl Painter {
    pub(super) fn new() -> Self {
        let mut options = Options { font_family: "DejaVu Sans".to_owned(), ..Options::default() };
        let fonts = options.fontdb_mut();
        fonts.load_font_data(REGULAR.to_vec());
        fonts.load_font_data(BOLD.to_vec());
        fonts.set_sans_serif_family("DejaVu Sans");
        Painter { options }
    }

    /// Draws a picture. Characters that the font lacks are left out. Returns `None`
    /// if it cannot be drawn.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the elements and the pixels, at most 16 million: larger pictures
    /// are drawn more coarsely.
    pub(super) fn draw(&self, picture: &Picture) -> Option<Png> {
        let tree = Tree::from_str(picture.svg(), &self.options).ok()?;
        let (width, height) = (tree.size().width(), tree.size().height());
        let scale = SCALE.min((PIXELS / (width * height)).sqrt());
        let pixels = |length: f32| (length * scale).ceil().clamp(1.0, PIXELS) as u32;
        let mut pixmap = Pixmap::new(pixels(width), pixels(height))?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        Some(Png { bytes: pixmap.encode_png().ok()?, size: [width, height] })
    }
}

#[cfg(test)]
mod tests {
    use super::{Painter, SCALE};
    use crate::picture::svg::{Font, Style, Svg, Text};

    fn drawn(width: f64, height: f64, text: &str) -> Vec<u8> {
        let mut svg = Svg::new("A box", "");
        svg.rect([0.0, 0.0, width / 2.0, height], &Style::filled("#174a8c"));
        svg.text(&Text::new(width / 2.0, 20.0, text).font(Font::new(12.0).bold()));
        Painter::new().draw(&svg.finish(width, height)).expect("can be drawn").bytes
    }

    #[test]
    fn the_same_bytes_each_time_and_texts_are_drawn() {
        let words = drawn(80.0, 40.0, "Bricklayer");
        assert!(words.starts_with(b"\x89PNG"));
        assert_eq!(words, drawn(80.0, 40.0, "Bricklayer"));
        assert_ne!(words, drawn(80.0, 40.0, "Plasterer"));
        assert_ne!(words, drawn(80.0, 40.0, ""));
        let side = |at: usize| words[at..at + 4].iter().fold(0, |all, byte| all * 256 + u32::from(*byte));
        assert_eq!([side(16), side(20)], [80, 40].map(|side| side * SCALE as u32));
    }

    #[test]
    fn large_pictures_are_drawn_more_coarsely() {
        for [width, height] in [[1_520.0, 60_000.0], [1e7, 1e7], [1e7, 1.0], [1.0, 1.0]] {
            let png = drawn(width, height, "\u{5e9} \u{202e} x");
            assert!(png.len() < 2_000_000, "{width} {height}: {}", png.len());
        }
    }
}
