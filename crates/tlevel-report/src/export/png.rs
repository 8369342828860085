//! Pictures as PNG, for formats and programs that cannot hold SVG.

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::fonts::{BOLD, REGULAR};
use super::svg::only_picture;
use crate::document::Document;
use crate::picture::Picture;

/// Pixels drawn for each pixel of a picture in a document, in width and in height.
const SCALE: f32 = 2.0;
/// Pixels of a picture in an inch, as in CSS.
const PICTURE_DOTS: f32 = 96.0;
/// Pixels of a file in an inch.
const FILE_DOTS: f32 = 200.0;
const METRES_PER_INCH: f32 = 0.0254;
/// The most pixels of a picture: 64 MB while it is drawn.
const PIXELS: f32 = 16_000_000.0;
/// So little of a pixel adds no row or column: lengths are not exact.
const ROUNDING: f32 = 0.01;

/// A picture as a PNG file.
#[derive(Clone, Debug, PartialEq)]
pub struct Png {
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// Pixels in an inch, as the file says too: 200, or fewer if the picture would
    /// have more than 16 million pixels. The size in print is the same.
    pub dots_per_inch: f32,
}

/// Draws the picture of a document as PNG, at 200 dots per inch on white. Characters
/// outside Latin are left out. Returns `None` if the document has no picture, or
/// more than one, or if it cannot be drawn.
///
/// # Complexity
///
/// `O(n)` in the elements and the pixels, at most 16 million: larger pictures are
/// drawn more coarsely.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::{Block, Document, Figure};
/// use tlevel_report::{export, picture::svg::Svg};
///
/// let mut document = Document::new("Nothing");
/// assert_eq!(export::png(&document), None);
/// let picture = Svg::new("Nothing", "An empty picture").finish(10.0, 10.0);
/// document.blocks.push(Block::Figure(Figure::new("Nothing", "An empty picture", picture)));
/// let png = export::png(&document).ok_or("no picture")?;
/// assert!(png.bytes.starts_with(b"\x89PNG"));
/// assert_eq!(png.dots_per_inch, 200.0);
/// # Ok::<(), &str>(())
/// ```
pub fn png(document: &Document) -> Option<Png> {
    let picture = only_picture(document)?;
    let Painted { pixmap, scale, .. } = Painter::new().paint(picture, FILE_DOTS / PICTURE_DOTS, Color::WHITE)?;
    let dots_per_inch = scale * PICTURE_DOTS;
    let per_metre = (dots_per_inch / METRES_PER_INCH).round().max(1.0) as u32;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    let mut writer = encoder.write_header().ok()?;
    // on white every pixel is opaque
    let pixels: Vec<u8> = pixmap.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(Png { bytes, dots_per_inch })
}

/// Draws pictures with the bundled font.
pub(super) struct Painter {
    options: Options<'static>,
}

/// A picture for a document.
pub(super) struct Drawn {
    pub(super) bytes: Vec<u8>,
    /// The intended width and height, at 96 dots per inch.
    pub(super) size: [f32; 2],
}

/// The pixels of a picture, their scale, and its size at 96 dots per inch.
struct Painted {
    pixmap: Pixmap,
    scale: f32,
    size: [f32; 2],
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
    pub(super) fn draw(&self, picture: &Picture) -> Option<Drawn> {
        let Painted { pixmap, size, .. } = self.paint(picture, SCALE, Color::TRANSPARENT)?;
        Some(Drawn { bytes: pixmap.encode_png().ok()?, size })
    }

    /// Draws a picture at a scale, or at a smaller one if it has too many pixels.
    fn paint(&self, picture: &Picture, scale: f32, background: Color) -> Option<Painted> {
        let tree = Tree::from_str(picture.svg(), &self.options).ok()?;
        let (width, height) = (tree.size().width(), tree.size().height());
        let scale = scale.min((PIXELS / (width * height)).sqrt());
        let pixels = |length: f32| (length * scale - ROUNDING).ceil().clamp(1.0, PIXELS) as u32;
        let mut pixmap = Pixmap::new(pixels(width), pixels(height))?;
        pixmap.fill(background);
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        Some(Painted { pixmap, scale, size: [width, height] })
    }
}

#[cfg(test)]
mod tests {
    use super::{Painter, Png, SCALE, png};
    use crate::document::{Block, Document, Figure};
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

    /// A document with pictures of these sizes.
    fn document(sizes: &[[f64; 2]]) -> Document {
        let mut document = Document::new("Boxes");
        for &[width, height] in sizes {
            let mut svg = Svg::new("A box", "");
            svg.rect([0.0, 0.0, width / 2.0, height], &Style::filled("#174a8c"));
            let figure = Figure::new("A box", "", svg.finish(width, height));
            document.blocks.push(Block::Figure(figure));
        }
        document
    }

    /// Width and height in pixels, and the pixels in a metre.
    fn head(png: &Png) -> [u32; 4] {
        let number = |at: usize| u32::from_be_bytes(png.bytes[at..at + 4].try_into().expect("four bytes"));
        let phys = png.bytes.windows(4).position(|name| name == b"pHYs").expect("the size in print");
        assert_eq!(png.bytes[phys + 12], 1, "the unit is the metre");
        [number(16), number(20), number(phys + 4), number(phys + 8)]
    }

    #[test]
    fn a_file_has_200_dots_per_inch_on_white() {
        let file = png(&document(&[[96.0, 48.0]])).expect("a picture");
        assert!(file.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(head(&file), [200, 100, 7_874, 7_874]);
        assert_eq!(Some(file), png(&document(&[[96.0, 48.0]])));
        let bytes = png(&document(&[[96.0, 48.0]])).expect("a picture").bytes;
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a head");
        let mut pixels = vec![0; 200 * 100 * 3];
        reader.next_frame(&mut pixels).expect("pixels");
        assert_eq!((&pixels[..3], &pixels[pixels.len() - 3..]), (&[0x17, 0x4a, 0x8c][..], &[255; 3][..]));
    }

    #[test]
    fn a_file_of_a_large_picture_is_coarser_and_prints_at_the_same_size() {
        let file = png(&document(&[[9_600.0, 4_800.0]])).expect("a picture");
        let [width, height, x, y] = head(&file);
        assert!(width * height <= 16_020_000 && file.dots_per_inch < 200.0, "{width} {height}");
        let inches = f64::from(width) / (f64::from(x) * 0.0254);
        assert!(x == y && (inches - 100.0).abs() < 0.1, "{inches}");
    }

    #[test]
    fn no_picture_and_two_pictures_are_no_file() {
        assert_eq!(png(&document(&[])), None);
        assert_eq!(png(&document(&[[10.0, 10.0], [10.0, 10.0]])), None);
    }

    #[test]
    fn large_pictures_are_drawn_more_coarsely() {
        for [width, height] in [[1_520.0, 60_000.0], [1e7, 1e7], [1e7, 1.0], [1.0, 1.0]] {
            let png = drawn(width, height, "\u{5e9} \u{202e} x");
            assert!(png.len() < 2_000_000, "{width} {height}: {}", png.len());
        }
    }
}
