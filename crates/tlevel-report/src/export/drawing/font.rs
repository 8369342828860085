//! The tables of a bundled TrueType font: its characters, and the widths and outlines of
//! its glyphs. A library that reads fonts of every kind takes a fifth of the time in which
//! the program is built; two fonts need little of it. A test holds each glyph against it.

use zeno::{Command, Vector};

/// The deepest that a glyph may be made of others.
const DEEPEST: u8 = 4;

/// A font with outlines in the table `glyf`.
pub(super) struct Font {
    cmap: &'static [u8],
    glyf: &'static [u8],
    head: &'static [u8],
    hhea: &'static [u8],
    hmtx: &'static [u8],
    loca: &'static [u8],
    maxp: &'static [u8],
}

/// Sizes in the units of the font.
pub(super) struct Sizes {
    /// Units in the size of a text.
    pub(super) em: f32,
    /// Left, low, right, high.
    pub(super) bounds: [i16; 4],
    pub(super) ascent: i16,
    pub(super) descent: i16,
}

/// A point of an outline, and whether the outline passes through it.
#[derive(Clone, Copy)]
struct Knot {
    at: Vector,
    is_on: bool,
}

impl Font {
    /// Finds the tables of a font; returns `None` if one is missing.
    pub(super) fn read(data: &'static [u8]) -> Option<Self> {
        let table = |name: &[u8; 4]| {
            let record = |at: usize| data.get(12 + 16 * at..28 + 16 * at).filter(|record| record.starts_with(name));
            let record = (0..usize::from(unsigned(data, 4)?)).find_map(record)?;
            let [from, length] = [long(record, 8)?, long(record, 12)?];
            data.get(from..)?.get(..length)
        };
        Some(Font {
            cmap: table(b"cmap")?,
            glyf: table(b"glyf")?,
            head: table(b"head")?,
            hhea: table(b"hhea")?,
            hmtx: table(b"hmtx")?,
            loca: table(b"loca")?,
            maxp: table(b"maxp")?,
        })
    }

    pub(super) fn sizes(&self) -> Option<Sizes> {
        let [left, low, right, high] = [36, 38, 40, 42].map(|at| signed(self.head, at));
        Some(Sizes {
            em: f32::from(unsigned(self.head, 18)?),
            bounds: [left?, low?, right?, high?],
            ascent: signed(self.hhea, 4)?,
            descent: signed(self.hhea, 6)?,
        })
    }

    pub(super) fn glyphs(&self) -> u16 {
        unsigned(self.maxp, 4).unwrap_or(0)
    }

    /// The characters with their glyphs, in the order of the characters.
    pub(super) fn characters(&self) -> Option<Vec<(char, u16)>> {
        let tables = usize::from(unsigned(self.cmap, 2)?);
        // Windows, the characters of the basic plane
        let is_known = |at: &usize| unsigned(self.cmap, *at) == Some(3) && unsigned(self.cmap, at + 2) == Some(1);
        let record = (0..tables).map(|at| 4 + 8 * at).find(is_known)?;
        let table = self.cmap.get(long(self.cmap, record + 4)?..).filter(|table| unsigned(table, 0) == Some(4))?;
        let bytes = usize::from(unsigned(table, 6)?);
        let [ends, starts, deltas, ranges] = [14, 16 + bytes, 16 + 2 * bytes, 16 + 3 * bytes];
        let mut known = Vec::new();
        for at in (0..bytes).step_by(2) {
            let [end, start, delta, range] = [ends, starts, deltas, ranges].map(|part| unsigned(table, part + at));
            let (end, start, delta, range) = (end?, start?, delta?, range?);
            for code in start..=end {
                let glyph = match range {
                    0 => code.wrapping_add(delta),
                    _ => {
                        let listed = ranges + at + usize::from(range) + 2 * usize::from(code - start);
                        unsigned(table, listed).filter(|glyph| *glyph != 0).map_or(0, |glyph| glyph.wrapping_add(delta))
                    }
                };
                known.extend(char::from_u32(u32::from(code)).filter(|_| glyph != 0).map(|c| (c, glyph)));
            }
        }
        Some(known)
    }

    /// How far the next glyph is from this one, in units.
    pub(super) fn advance(&self, glyph: u16) -> Option<u16> {
        let last = unsigned(self.hhea, 34)?.checked_sub(1)?;
        unsigned(self.hmtx, 4 * usize::from(glyph.min(last)))
    }

    /// The outline of a glyph in units, up positive; empty if it has none.
    pub(super) fn outline(&self, glyph: u16) -> Vec<Command> {
        let mut contours = Vec::new();
        // what is wrong with a font is left out: a test reads each glyph of these
        let _ = self.contours(glyph, DEEPEST, &mut contours);
        let mut steps = Vec::new();
        contours.iter().for_each(|contour| curves(contour, &mut steps));
        steps
    }

    fn contours(&self, glyph: u16, deepest: u8, into: &mut Vec<Vec<Knot>>) -> Option<()> {
        let at = usize::from(glyph);
        let offset = |at: usize| match signed(self.head, 50)? {
            0 => unsigned(self.loca, 2 * at).map(|half| 2 * usize::from(half)),
            _ => long(self.loca, 4 * at),
        };
        let table = self.glyf.get(offset(at)?..offset(at + 1)?).filter(|table| !table.is_empty())?;
        match usize::try_from(signed(table, 0)?) {
            Ok(many) => simple(table, many, into),
            Err(_) => self.composite(table, deepest.checked_sub(1)?, into),
        }
    }

    /// A glyph made of others, each moved, and turned or stretched.
    fn composite(&self, table: &'static [u8], deepest: u8, into: &mut Vec<Vec<Knot>>) -> Option<()> {
        let mut at = 10;
        loop {
            let (flags, part) = (unsigned(table, at)?, unsigned(table, at + 2)?);
            let has = |flag: u16| flags & flag != 0;
            at += 4;
            let (dx, dy) = if has(1) {
                at += 4;
                (signed(table, at - 4)?, signed(table, at - 2)?)
            } else {
                at += 2;
                let byte = |at: usize| table.get(at).map(|byte| i16::from(byte.cast_signed()));
                (byte(at - 2)?, byte(at - 1)?)
            };
            let mut share = || {
                at += 2;
                signed(table, at - 2).map(|value| f32::from(value) / 16_384.0)
            };
            let [xx, xy, yx, yy] = if has(0x80) {
                [share()?, share()?, share()?, share()?]
            } else if has(0x40) {
                [share()?, 0.0, 0.0, share()?]
            } else if has(0x08) {
                let both = share()?;
                [both, 0.0, 0.0, both]
            } else {
                [1.0, 0.0, 0.0, 1.0]
            };
            let first = into.len();
            self.contours(part, deepest, into);
            for knot in into.iter_mut().skip(first).flatten() {
                let Vector { x, y } = knot.at;
                knot.at = Vector::new(xx * x + yx * y + f32::from(dx), xy * x + yy * y + f32::from(dy));
            }
            if !has(0x20) {
                return Some(());
            }
        }
    }
}

/// A glyph of its own: where each contour ends, then flags, then steps across, then steps up.
fn simple(table: &[u8], many: usize, into: &mut Vec<Vec<Knot>>) -> Option<()> {
    let ends: Vec<usize> = (0..many).map(|at| unsigned(table, 10 + 2 * at).map(usize::from)).collect::<Option<_>>()?;
    let points = ends.last()? + 1;
    let instructions = 10 + 2 * many;
    let mut at = instructions + 2 + usize::from(unsigned(table, instructions)?);
    let mut flags: Vec<u8> = Vec::with_capacity(points);
    while flags.len() < points {
        let flag = *table.get(at)?;
        at += 1;
        flags.push(flag);
        if flag & 8 != 0 {
            let again = usize::from(*table.get(at)?).min(points - flags.len());
            at += 1;
            flags.extend(std::iter::repeat_n(flag, again));
        }
    }
    let mut along = |short: u8, same: u8| {
        let mut place = 0_i16;
        let mut step = |flag: &u8| {
            let (is_short, is_same) = (flag & short != 0, flag & same != 0);
            let step = match (is_short, is_same) {
                (true, _) => {
                    at += 1;
                    let step = i16::from(*table.get(at - 1)?);
                    if is_same { step } else { -step }
                }
                (false, true) => 0,
                (false, false) => {
                    at += 2;
                    signed(table, at - 2)?
                }
            };
            place = place.wrapping_add(step);
            Some(f32::from(place))
        };
        flags.iter().map(&mut step).collect::<Option<Vec<f32>>>()
    };
    let (across, up) = (along(2, 16)?, along(4, 32)?);
    let knot = |at: usize| Knot { at: Vector::new(across[at], up[at]), is_on: flags[at] & 1 != 0 };
    let mut first = 0;
    for end in ends {
        into.push((first..points.min(end + 1)).map(knot).collect());
        first = end + 1;
    }
    Some(())
}

/// A contour as lines and curves. Between two points that it does not pass through lies one
/// that it does.
fn curves(contour: &[Knot], steps: &mut Vec<Command>) {
    let (Some(first), Some(last)) = (contour.first(), contour.last()) else { return };
    let middle = |a: Vector, b: Vector| Vector::new(f32::midpoint(a.x, b.x), f32::midpoint(a.y, b.y));
    let (start, rest) = match (first.is_on, last.is_on) {
        (true, _) => (first.at, &contour[1..]),
        (false, true) => (last.at, &contour[..contour.len() - 1]),
        (false, false) => (middle(last.at, first.at), contour),
    };
    steps.push(Command::MoveTo(start));
    let mut control: Option<Vector> = None;
    for knot in rest {
        match (control, knot.is_on) {
            (None, true) => steps.push(Command::LineTo(knot.at)),
            (Some(bend), true) => steps.push(Command::QuadTo(bend, knot.at)),
            (Some(bend), false) => steps.push(Command::QuadTo(bend, middle(bend, knot.at))),
            (None, false) => {}
        }
        control = (!knot.is_on).then_some(knot.at);
    }
    if let Some(bend) = control {
        steps.push(Command::QuadTo(bend, start));
    }
    steps.push(Command::Close);
}

fn unsigned(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|bytes| u16::from_be_bytes([bytes[0], bytes[1]]))
}

fn signed(data: &[u8], at: usize) -> Option<i16> {
    unsigned(data, at).map(u16::cast_signed)
}

fn long(data: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(unsigned(data, at)?) << 16 | usize::from(unsigned(data, at + 2)?))
}

#[cfg(test)]
mod tests {
    use ttf_parser::{Face, GlyphId, OutlineBuilder};
    use zeno::{Command, Vector};

    use super::Font;
    use crate::export::drawing::fonts::{BOLD, REGULAR};

    /// What the library draws.
    struct Pen(Vec<Command>);

    impl OutlineBuilder for Pen {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(Command::MoveTo(Vector::new(x, y)));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(Command::LineTo(Vector::new(x, y)));
        }
        fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
            self.0.push(Command::QuadTo(Vector::new(cx, cy), Vector::new(x, y)));
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
            panic!("no font of ours has such curves");
        }
        fn close(&mut self) {
            // it also says that the end is joined to the start
            let start =
                self.0.iter().rev().find_map(|step| if let Command::MoveTo(p) = step { Some(*p) } else { None });
            if let (Some(start), Some(Command::LineTo(end))) = (start, self.0.last())
                && start == *end
            {
                self.0.pop();
            }
            self.0.push(Command::Close);
        }
    }

    /// The points of an outline, in their order.
    fn points(steps: &[Command]) -> Vec<[f32; 2]> {
        let of = |step: &Command| match step {
            Command::MoveTo(p) | Command::LineTo(p) => vec![[p.x, p.y]],
            Command::QuadTo(c, p) => vec![[c.x, c.y], [p.x, p.y]],
            Command::CurveTo(..) => panic!("no such curves"),
            Command::Close => vec![],
        };
        steps.iter().flat_map(of).collect()
    }

    #[test]
    // whole units
    #[allow(clippy::float_cmp)]
    fn each_glyph_is_as_the_library_reads_it() {
        for data in [REGULAR, BOLD] {
            let (ours, theirs) = (Font::read(data).expect("ours"), Face::parse(data, 0).expect("theirs"));
            let tables = theirs.tables().cmap.expect("characters").subtables.into_iter();
            let mut known: Vec<(char, u16)> = Vec::new();
            for table in tables.filter(|table| table.is_unicode()) {
                table.codepoints(|code| {
                    let glyph = table.glyph_index(code).filter(|glyph| glyph.0 > 0);
                    known.extend(char::from_u32(code).zip(glyph.map(|glyph| glyph.0)));
                });
            }
            known.sort_unstable();
            known.dedup();
            assert!(known.len() > 300);
            assert_eq!(ours.characters().expect("characters"), known);

            let sizes = ours.sizes().expect("sizes");
            assert_eq!(ours.glyphs(), theirs.number_of_glyphs());
            assert_eq!(sizes.em, f32::from(theirs.units_per_em()));
            let heights = [theirs.ascender(), theirs.descender()];
            assert_eq!(([sizes.ascent, sizes.descent], None), (heights, theirs.capital_height()));
            let bounds = theirs.global_bounding_box();
            assert_eq!(sizes.bounds, [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]);

            for glyph in 0..ours.glyphs() {
                assert_eq!(ours.advance(glyph), theirs.glyph_hor_advance(GlyphId(glyph)), "{glyph}");
                let mut pen = Pen(Vec::new());
                // none for a glyph without an outline
                let _ = theirs.outline_glyph(GlyphId(glyph), &mut pen);
                assert_eq!(points(&ours.outline(glyph)), points(&pen.0), "{glyph}");
            }
        }
    }

    #[test]
    fn a_font_that_is_cut_is_no_font_and_no_panic() {
        for end in (0..REGULAR.len()).step_by(97) {
            let Some(font) = Font::read(&REGULAR[..end]) else { continue };
            let _ = font.characters();
            for glyph in [0, 1, 50, 200, u16::MAX] {
                let _ = (font.outline(glyph), font.advance(glyph));
            }
        }
    }
}
