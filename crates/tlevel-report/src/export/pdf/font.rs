//! How a file holds a face of the bundled font.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish as _, Name, Rect, Ref, Str};

use super::{File, compressed};
use crate::export::drawing::Face;

const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

impl File {
    /// Writes a face with its font file.
    pub(super) fn font(&mut self, face: &Face, is_bold: bool) -> Ref {
        let [font, descendant, descriptor, to_unicode] = [(); 4].map(|()| self.next());
        let data = self.next();
        let name = Name(if is_bold { b"DejaVuSans-Bold" } else { b"DejaVuSans" });
        self.pdf.stream(data, &compressed(face.data)).filter(Filter::FlateDecode);

        let mut out = self.pdf.type0_font(font);
        out.base_font(name).encoding_predefined(Name(b"Identity-H"));
        out.descendant_font(descendant).to_unicode(to_unicode);
        out.finish();

        let mut out = self.pdf.cid_font(descendant);
        out.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM).font_descriptor(descriptor);
        out.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        out.widths().consecutive(0, face.widths());
        out.finish();

        let heights = face.heights();
        let [left, low, right, high] = heights.bounds;
        let mut out = self.pdf.font_descriptor(descriptor);
        out.name(name).flags(FontFlags::NON_SYMBOLIC).italic_angle(0.0);
        out.bbox(Rect::new(left.floor(), low.floor(), right.ceil(), high.ceil()));
        out.ascent(heights.ascent.round()).descent(heights.descent.round());
        // the font does not say how high its capitals are
        out.cap_height(heights.ascent.round());
        out.stem_v(if is_bold { 160.0 } else { 80.0 }).font_file2(data);
        out.finish();

        let mut map = UnicodeCmap::<u16>::new(Name(b"tlevel"), SYSTEM);
        face.characters.iter().for_each(|(&glyph, &c)| map.pair(glyph, c));
        let map = map.finish();
        self.pdf.cmap(to_unicode, &compressed(map.as_slice())).filter(Filter::FlateDecode);
        font
    }
}
