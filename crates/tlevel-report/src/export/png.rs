//! Pictures as PNG, for formats and programs that cannot hold SVG.

mod canvas;

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use self::canvas::{Canvas, Pixels};
use super::drawing::{Drawing, Face, faces};
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
/// The most pixels of a side.
const LONGEST: f32 = 25_000.0;
/// So little of a pixel adds no row or column: lengths are not exact.
const ROUNDING: f32 = 0.01;

/// How small a file is made.
#[derive(Clone, Copy, PartialEq)]
enum Size {
    /// For a file of its own.
    Small,
    /// For a document: a seventh of the time, a half more bytes.
    Quick,
}

/// A picture as a PNG file.
#[derive(Clone, Debug, PartialEq)]
pub struct Png {
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// Pixels in an inch, as the file says too: 200, or fewer if the picture would
    /// have more than 16 million pixels. The size in print is the same.
    pub dots_per_inch: f32,
}

/// Draws the picture of a document as PNG, at 200 dots per inch on white. The font has
/// the letters of European languages in Latin script; any other character is drawn as
/// U+FFFD. Returns `None` if the document has no picture, or
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
    let Painted { pixels, scale, .. } = Painter::new()?.paint(picture, FILE_DOTS / PICTURE_DOTS)?;
    let dots_per_inch = scale * PICTURE_DOTS;
    Some(Png { bytes: encoded(&pixels, dots_per_inch, Size::Small)?, dots_per_inch })
}

/// How many pixels are compared with those above at once.
const AT_ONCE: usize = 64;

/// The colours of pixels in the order in which they come, and the place of each pixel's in
/// the list; `None` if there are more than 256.
fn listed(pixels: &Pixels) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut palette: Vec<u8> = Vec::new();
    let mut known: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let mut places: Vec<u8> = Vec::with_capacity(pixels.bytes.len() / 3);
    let wide = pixels.width as usize;
    let mut above: &[u8] = &[];
    for row in pixels.bytes.chunks_exact(wide * 3) {
        let mut last = None;
        for start in (0..wide).step_by(AT_ONCE) {
            let end = wide.min(start + AT_ONCE);
            let part = &row[start * 3..end * 3];
            // most parts of a picture are as those above
            if above.get(start * 3..end * 3) == Some(part) {
                let from = places.len() - wide;
                places.extend_from_within(from..from + (end - start));
                continue;
            }
            for pixel in part.chunks_exact(3) {
                let colour = [pixel[0], pixel[1], pixel[2]];
                let place = match last {
                    Some((before, place)) if before == colour => place,
                    _ => match known.get(&colour) {
                        Some(&place) => place,
                        None => {
                            let place = u8::try_from(known.len()).ok()?;
                            known.insert(colour, place);
                            palette.extend(colour);
                            place
                        }
                    },
                };
                last = Some((colour, place));
                places.push(place);
            }
        }
        above = row;
    }
    Some((palette, places))
}

fn encoded(pixels: &Pixels, dots_per_inch: f32, size: Size) -> Option<Vec<u8>> {
    let per_metre = (dots_per_inch / METRES_PER_INCH).round().max(1.0) as u32;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixels.width, pixels.height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    // few colours: a third of the bytes, half the file, and a quarter of the time
    let listed = listed(pixels);
    let data = match &listed {
        Some((palette, places)) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette);
            // most rows of a picture are as the one above
            encoder.set_filter(if size == Size::Quick { Filter::Up } else { Filter::NoFilter });
            places
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            &pixels.bytes
        }
    };
    if size == Size::Quick {
        encoder.set_deflate_compression(DeflateCompression::Level(1));
    }
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// Draws pictures with the bundled font.
pub(super) struct Painter {
    faces: [Face; 2],
}

/// A picture for a document.
pub(super) struct Drawn {
    pub(super) bytes: Vec<u8>,
    /// The intended width and height, at 96 dots per inch.
    pub(super) size: [f32; 2],
}

/// The pixels of a picture, their scale, and its size at 96 dots per inch.
struct Painted {
    pixels: Pixels,
    scale: f32,
    size: [f32; 2],
}

impl Painter {
    pub(super) fn new() -> Option<Self> {
        Some(Painter { faces: faces()? })
    }

    /// Draws a picture on white. Returns `None` if it cannot be drawn.
    ///
    /// # Complexity
    ///
    /// `O(n)` in the elements and the pixels, at most 16 million: larger pictures
    /// are drawn more coarsely.
    pub(super) fn draw(&self, picture: &Picture) -> Option<Drawn> {
        let Painted { pixels, size, scale } = self.paint(picture, SCALE)?;
        Some(Drawn { bytes: encoded(&pixels, scale * PICTURE_DOTS, Size::Quick)?, size })
    }

    /// Draws a picture at a scale, or at a smaller one if it has too many pixels.
    fn paint(&self, picture: &Picture, scale: f32) -> Option<Painted> {
        let drawing = Drawing::of(picture)?;
        let [width, height] = drawing.size;
        let scale = scale.min((PIXELS / (width * height)).sqrt()).min(LONGEST / width.max(height));
        let pixels = |length: f32| (length * scale - ROUNDING).ceil().clamp(1.0, LONGEST) as u32;
        let mut canvas = Canvas::new([pixels(width), pixels(height)], scale, &self.faces);
        canvas.draw(&drawing);
        Some(Painted { pixels: canvas.pixels, scale, size: drawing.size })
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Painter, Pixels, Png, SCALE, listed, png};
    use crate::document::{Block, Document, Figure};
    use crate::picture::svg::{Anchor, Font, Path, Style, Svg, Text};

    fn drawn(width: f64, height: f64, text: &str) -> Vec<u8> {
        let mut svg = Svg::new("A box", "");
        svg.rect([0.0, 0.0, width / 2.0, height], &Style::filled("#174a8c"));
        svg.text(&Text::new(width / 2.0, 20.0, text).font(Font::new(12.0).bold()));
        Painter::new().expect("the fonts").draw(&svg.finish(width, height)).expect("can be drawn").bytes
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
    fn colours_are_listed_in_the_order_in_which_they_come() {
        for wide in [1, 7, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 5] {
            // rows of which parts, all or nothing is as above
            let tall = 40;
            let colour = |x: usize, y: usize| match (y / 3 + x / 50) % 5 {
                0 => [255, 255, 255],
                1 => [(x % 7) as u8, 0, (y % 3) as u8],
                2 => [0, (x / 9 % 4) as u8, 9],
                other => [other as u8; 3],
            };
            let all: Vec<[u8; 3]> = (0..tall).flat_map(|y| (0..wide).map(move |x| colour(x, y))).collect();
            let pixels = Pixels { width: wide as u32, height: tall as u32, bytes: all.concat() };
            let (palette, places) = listed(&pixels).expect("few colours");
            let mut expected: Vec<[u8; 3]> = Vec::new();
            all.iter().for_each(|colour| {
                if !expected.contains(colour) {
                    expected.push(*colour);
                }
            });
            assert_eq!(palette, expected.concat(), "{wide}");
            let shown: Vec<[u8; 3]> = places.iter().map(|&place| expected[usize::from(place)]).collect();
            assert_eq!(shown, all, "{wide}");
        }
        let many =
            Pixels { width: 257, height: 1, bytes: (0..257_u32).flat_map(|x| [x as u8, (x >> 8) as u8, 0]).collect() };
        assert!(listed(&many).is_none());
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
        let mut reader = decoder(bytes).read_info().expect("a head");
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

    /// Reads colours, whether they are listed or not.
    fn decoder(bytes: Vec<u8>) -> ::png::Decoder<std::io::Cursor<Vec<u8>>> {
        let mut decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(::png::Transformations::EXPAND);
        decoder
    }

    #[test]
    fn many_colours_are_a_file_too() {
        for most in [255_u32, 256, 1_000] {
            let at = pixels(move |svg| {
                for at in 0..most {
                    let (x, y) = (f64::from(at % 48) * 2.0, f64::from(at / 48) * 2.0);
                    svg.rect([x, y, 2.0, 2.0], &Style::filled(&format!("#{:02x}{:02x}00", at / 256, at % 256)));
                }
            });
            assert_eq!([at(0, 0), at(4, 0), at(0, 4)], [[0, 0, 0], [0, 1, 0], [0, 48, 0]], "{most}");
            let last = most - 1;
            let [x, y] = [last % 48 * 4, last / 48 * 4].map(|at| at as usize);
            assert_eq!(at(x, y), [(last / 256) as u8, (last % 256) as u8, 0], "{most}");
        }
    }

    /// The pixels of a picture of 96 by 96 in a document: two for each of its own, across and
    /// down.
    fn pixels(draw: impl FnOnce(&mut Svg)) -> impl Fn(usize, usize) -> [u8; 3] {
        let mut svg = Svg::new("Shapes", "");
        draw(&mut svg);
        let bytes = Painter::new().expect("the fonts").draw(&svg.finish(96.0, 96.0)).expect("can be drawn").bytes;
        let mut reader = decoder(bytes).read_info().expect("a head");
        let mut pixels = vec![0; 192 * 192 * 3];
        reader.next_frame(&mut pixels).expect("pixels");
        move |x, y| pixels[(y * 192 + x) * 3..][..3].try_into().expect("three")
    }

    const WHITE: [u8; 3] = [255; 3];
    const BLUE: [u8; 3] = [0x17, 0x4a, 0x8c];

    /// The columns and the rows that are not white: from, to.
    fn drawn_area(at: impl Fn(usize, usize) -> [u8; 3]) -> [usize; 4] {
        let is_drawn = |x: usize, y: usize| at(x, y) != WHITE;
        let columns: Vec<usize> = (0..192).filter(|&x| (0..192).any(|y| is_drawn(x, y))).collect();
        let rows: Vec<usize> = (0..192).filter(|&y| (0..192).any(|x| is_drawn(x, y))).collect();
        let ends = |all: &[usize]| (all[0], all[all.len() - 1] + 1);
        let ((left, right), (top, bottom)) = (ends(&columns), ends(&rows));
        [left, top, right, bottom]
    }

    #[test]
    fn boxes_lines_and_circles_are_where_they_are_said_to_be() {
        let at = pixels(|svg| svg.rect([10.0, 20.0, 30.0, 5.0], &Style::filled("#174a8c")));
        assert_eq!(drawn_area(&at), [20, 40, 80, 50]);
        assert_eq!([at(20, 40), at(79, 49), at(50, 45)], [BLUE; 3], "sharp sides");
        let at = pixels(|svg| svg.rect([10.0, 20.0, 30.0, 10.0], &Style::lined("#174a8c", 1.0)));
        assert_eq!((drawn_area(&at), at(50, 50)), ([19, 39, 81, 61], WHITE));
        let at = pixels(|svg| svg.line([10.0, 20.0, 40.0, 20.0], &Style::lined("#174a8c", 2.0)));
        assert_eq!((drawn_area(&at), at(50, 40)), ([20, 38, 80, 42], BLUE));
        let at = pixels(|svg| svg.line([0.0, 20.0, 90.0, 20.0], &Style::lined("#174a8c", 2.0).dashed()));
        let row: String = (0..30).map(|x| if at(x, 40) == WHITE { ' ' } else { '-' }).collect();
        assert_eq!(row, "------    ------    ------    ");
        let at = pixels(|svg| svg.circle([40.0, 40.0, 10.0], &Style::filled("#174a8c")));
        assert_eq!((drawn_area(&at), at(80, 80), at(62, 62)), ([60, 60, 100, 100], BLUE, WHITE));
    }

    #[test]
    fn texts_start_end_or_turn_at_their_place() {
        let text = |anchor: Anchor, degrees: f64| {
            let text = Text::new(48.0, 48.0, "Hill").font(Font::new(12.0)).anchor(anchor).rotated(degrees);
            drawn_area(pixels(|svg| svg.text(&text)))
        };
        let [left, top, right, bottom] = text(Anchor::Start, 0.0);
        let (wide, high) = (right - left, bottom - top);
        assert!((96..100).contains(&left) && bottom == 96 && (17..=20).contains(&high), "{left} {top} {bottom}");
        assert!((28..50).contains(&wide), "{wide}");
        let [from, _, to, _] = text(Anchor::End, 0.0);
        assert!(to <= 96 && (92..96).contains(&to) && to - from == wide, "{from} {to}");
        let [from, _, to, _] = text(Anchor::Middle, 0.0);
        assert!((from + to).abs_diff(192) <= 2, "{from} {to}");
        let [left, top, right, bottom] = text(Anchor::Start, 90.0);
        assert_eq!([right - left, bottom - top], [high, wide], "down the page");
        assert!(left == 96 && (96..100).contains(&top), "{left} {top}");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

        #[test]
        fn any_shapes_are_a_picture(
            numbers in proptest::collection::vec(
                proptest::prop_oneof![-1e9..1e9_f64, -200.0..200.0_f64, proptest::num::f64::ANY],
                24,
            ),
            words in "\\PC{0,12}",
        ) {
            let mut svg = Svg::new("Shapes", "");
            let n = |at: usize| numbers[at];
            for style in [Style::filled("#174a8c"), Style::lined("#174a8c", n(0)), Style::lined("#1", n(1)).dashed()] {
                svg.rect([n(2), n(3), n(4), n(5)], &style);
                svg.line([n(6), n(7), n(8), n(9)], &style);
                svg.circle([n(10), n(11), n(12)], &style);
            }
            svg.text(&Text::new(n(13), n(14), &words).font(Font::new(n(15))).rotated(n(16)));
            let mut path = Path::new();
            path.move_to(n(17), n(18)).line_to(n(19), n(20)).across_to(n(21)).down_to(n(22));
            svg.path(&path, &Style::lined("#174a8c", 1.5));
            let mut document = Document::new("Shapes");
            let picture = svg.finish(n(23).abs().min(300.0), 100.0);
            document.blocks.push(Block::Figure(Figure::new("Shapes", "", picture)));
            proptest::prop_assert!(png(&document).is_some_and(|png| png.bytes.starts_with(b"\x89PNG")));
        }
    }

    #[test]
    fn large_pictures_are_drawn_more_coarsely() {
        for [width, height] in [[1_520.0, 60_000.0], [1e7, 1e7], [1e7, 1.0], [1.0, 1.0]] {
            let png = drawn(width, height, "\u{5e9} \u{202e} x");
            assert!(png.len() < 2_000_000, "{width} {height}: {}", png.len());
        }
    }
}
