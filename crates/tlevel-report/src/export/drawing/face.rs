//! A face of the bundled font: its glyphs, their widths and their outlines.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use zeno::Command;

use super::font::{Font, Sizes};
use super::fonts::{BOLD, REGULAR};

/// A face that is read.
pub(in super::super) struct Face {
    /// The font file.
    pub(in super::super) data: &'static [u8],
    font: Font,
    /// The glyph of each character.
    glyphs: BTreeMap<char, u16>,
    /// The first character of each glyph.
    pub(in super::super) characters: BTreeMap<u16, char>,
    sizes: Sizes,
}

/// A text in the glyphs of a face.
pub(in super::super) struct Line {
    pub(in super::super) glyphs: Vec<u16>,
    /// The width as a share of the size.
    pub(in super::super) width: f32,
    /// Whether the glyphs alone give the text back.
    pub(in super::super) is_whole: bool,
}

/// The heights of a face in thousandths of the size of a text.
pub(in super::super) struct Heights {
    /// What all glyphs fit in: left, low, right, high.
    pub(in super::super) bounds: [f32; 4],
    pub(in super::super) ascent: f32,
    pub(in super::super) descent: f32,
}

/// The regular and the bold face.
pub(in super::super) fn faces() -> Option<[Face; 2]> {
    Some([Face::read(REGULAR)?, Face::read(BOLD)?])
}

impl Face {
    fn read(data: &'static [u8]) -> Option<Self> {
        let font = Font::read(data)?;
        let known = font.characters()?;
        let mut characters = BTreeMap::new();
        for &(c, glyph) in &known {
            characters.entry(glyph).or_insert(c);
        }
        let sizes = font.sizes()?;
        Some(Face { data, font, glyphs: known.into_iter().collect(), characters, sizes })
    }

    /// A text in glyphs. A character that the face lacks becomes U+FFFD, or nothing
    /// if it takes no room of its own.
    pub(in super::super) fn line(&self, text: &str) -> Line {
        let mut line = Line { glyphs: Vec::new(), width: 0.0, is_whole: true };
        let mut read = String::new();
        for c in text.nfc() {
            let is_mark = unicode_normalization::char::is_combining_mark(c)
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
            let glyph =
                self.glyphs.get(&c).or_else(|| self.glyphs.get(&char::REPLACEMENT_CHARACTER).filter(|_| !is_mark));
            let Some(&glyph) = glyph else { continue };
            line.glyphs.push(glyph);
            line.width += self.width(glyph) / 1_000.0;
            read.extend(self.characters.get(&glyph));
        }
        line.is_whole = read == text;
        line
    }

    /// The width of a glyph in thousandths of the size, as PDF has it.
    pub(in super::super) fn width(&self, glyph: u16) -> f32 {
        self.thousandths(self.font.advance(glyph).map_or(0.0, f32::from)).round()
    }

    /// The widths of all glyphs.
    pub(in super::super) fn widths(&self) -> impl Iterator<Item = f32> {
        (0..self.font.glyphs()).map(|glyph| self.width(glyph))
    }

    pub(in super::super) fn heights(&self) -> Heights {
        let Sizes { bounds, ascent, descent, .. } = self.sizes;
        let of = |units: i16| self.thousandths(f32::from(units));
        Heights { bounds: bounds.map(of), ascent: of(ascent), descent: of(descent) }
    }

    fn thousandths(&self, units: f32) -> f32 {
        units * 1_000.0 / self.sizes.em
    }

    /// The outline of a glyph in units of the font, up positive, and the units in the size of
    /// a text.
    pub(in super::super) fn outline(&self, glyph: u16) -> (Vec<Command>, f32) {
        (self.font.outline(glyph), self.sizes.em)
    }
}
