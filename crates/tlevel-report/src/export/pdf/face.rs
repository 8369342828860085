//! A face of the bundled font: its glyphs, their widths, and how a file holds it.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish as _, Name, Rect, Ref, Str};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::Metrics;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use unicode_normalization::UnicodeNormalization as _;

use super::{File, compressed};

const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A face that is read.
pub(super) struct Face {
    data: &'static [u8],
    /// The glyph of each character.
    glyphs: BTreeMap<char, u16>,
    /// The first character of each glyph.
    characters: BTreeMap<u16, char>,
    /// The width of each glyph in thousandths of the size.
    widths: Vec<f32>,
    metrics: Metrics,
}

/// A text in the glyphs of a face.
pub(super) struct Line {
    /// The glyphs, two bytes each.
    pub(super) glyphs: Vec<u8>,
    /// The width as a share of the size.
    pub(super) width: f32,
    /// Whether the glyphs alone give the text back.
    pub(super) is_whole: bool,
}

impl Face {
    pub(super) fn read(data: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(data).ok()?;
        let mut glyphs = BTreeMap::new();
        let mut characters = BTreeMap::new();
        let mut known: Vec<(u32, GlyphId)> = font.charmap().mappings().collect();
        known.sort_unstable();
        for (c, glyph) in known {
            let (Some(c), Ok(glyph)) = (char::from_u32(c), u16::try_from(glyph.to_u32())) else { continue };
            glyphs.insert(c, glyph);
            characters.entry(glyph).or_insert(c);
        }
        // measured in an em of 1,000
        let sizes = (Size::new(1_000.0), LocationRef::default());
        let metrics = Metrics::new(&font, sizes.0, sizes.1);
        let advances = font.glyph_metrics(sizes.0, sizes.1);
        let width = |glyph: u16| advances.advance_width(GlyphId::from(glyph)).unwrap_or(0.0).round();
        let widths = (0..metrics.glyph_count).map(width).collect();
        Some(Face { data, glyphs, characters, widths, metrics })
    }

    /// A text in glyphs. A character that the face lacks becomes U+FFFD, or nothing
    /// if it takes no room of its own.
    pub(super) fn line(&self, text: &str) -> Line {
        let mut line = Line { glyphs: Vec::new(), width: 0.0, is_whole: true };
        let mut read = String::new();
        for c in text.nfc() {
            let is_mark = unicode_normalization::char::is_combining_mark(c)
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
            let glyph =
                self.glyphs.get(&c).or_else(|| self.glyphs.get(&char::REPLACEMENT_CHARACTER).filter(|_| !is_mark));
            let Some(&glyph) = glyph else { continue };
            line.glyphs.extend(glyph.to_be_bytes());
            line.width += self.widths.get(usize::from(glyph)).copied().unwrap_or(0.0) / 1_000.0;
            read.extend(self.characters.get(&glyph));
        }
        line.is_whole = read == text;
        line
    }
}

impl File {
    /// Writes a face with its font file.
    pub(super) fn font(&mut self, face: &Face) -> Ref {
        let [font, descendant, descriptor, to_unicode] = [(); 4].map(|()| self.next());
        let data = self.next();
        let is_bold = face.data.as_ptr() == super::BOLD.as_ptr();
        let name = Name(if is_bold { b"DejaVuSans-Bold" } else { b"DejaVuSans" });
        self.pdf.stream(data, &compressed(face.data)).filter(Filter::FlateDecode);

        let mut out = self.pdf.type0_font(font);
        out.base_font(name).encoding_predefined(Name(b"Identity-H"));
        out.descendant_font(descendant).to_unicode(to_unicode);
        out.finish();

        let mut out = self.pdf.cid_font(descendant);
        out.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM).font_descriptor(descriptor);
        out.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        out.widths().consecutive(0, face.widths.iter().copied());
        out.finish();

        let metrics = &face.metrics;
        let [left, low, right, high] =
            metrics.bounds.map_or([0.0, -250.0, 1_000.0, 1_000.0], |b| [b.x_min, b.y_min, b.x_max, b.y_max]);
        let mut out = self.pdf.font_descriptor(descriptor);
        out.name(name).flags(FontFlags::NON_SYMBOLIC).italic_angle(0.0);
        out.bbox(Rect::new(left.floor(), low.floor(), right.ceil(), high.ceil()));
        out.ascent(metrics.ascent.round()).descent(metrics.descent.round());
        out.cap_height(metrics.cap_height.unwrap_or(metrics.ascent).round());
        out.stem_v(if is_bold { 160.0 } else { 80.0 }).font_file2(data);
        out.finish();

        let mut map = UnicodeCmap::<u16>::new(Name(b"tlevel"), SYSTEM);
        face.characters.iter().for_each(|(&glyph, &c)| map.pair(glyph, c));
        let map = map.finish();
        self.pdf.cmap(to_unicode, &compressed(map.as_slice())).filter(Filter::FlateDecode);
        font
    }
}
