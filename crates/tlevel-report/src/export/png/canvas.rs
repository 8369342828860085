//! The shapes of a picture as pixels.

use std::collections::BTreeMap;

use zeno::{Command, Mask, Scratch, Stroke as Pen, Style, Vector};

use crate::export::drawing::{Colour, DASHES, Drawing, Face, Kind, Outline, Paint, Point, Step, Stroke, Text, curves};

/// As far as shapes reach beyond what is seen of them, in pixels: what is farther is moved
/// here, as the renderer counts in 32 bits.
const BEYOND: f32 = 1_000.0;
/// The shortest gap between dashes, in pixels.
const SHORTEST: f32 = 0.5;
/// Shares are multiples of this: 16 shades of a colour look the same as 256, and the file is
/// half as long.
const SHADE: u8 = 17;
const WHITE: u8 = 255;

/// Rows of pixels, red, green and blue, which begin white.
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bytes: Vec<u8>,
}

/// Left, top, right, bottom, in whole pixels.
type Area = [usize; 4];

impl Pixels {
    pub(super) fn new([width, height]: [u32; 2]) -> Self {
        Pixels { width, height, bytes: vec![WHITE; width as usize * height as usize * 3] }
    }

    /// What of a box lies within, in whole pixels.
    fn area(&self, [left, top, right, bottom]: [f32; 4]) -> Area {
        let within = |at: f32, most: u32| at.clamp(0.0, most as f32) as usize;
        [within(left, self.width), within(top, self.height), within(right, self.width), within(bottom, self.height)]
    }

    /// Colours an area wholly: a row of it, copied to the others.
    fn cover(&mut self, [left, top, right, bottom]: Area, colour: Colour) {
        let row = colour.map(|part| (part * 255.0).round() as u8).repeat(right.saturating_sub(left));
        for at in top..bottom {
            let start = (at * self.width as usize + left) * 3;
            let Some(line) = self.bytes.get_mut(start..start + row.len()) else { return };
            line.copy_from_slice(&row);
        }
    }

    /// Colours an area, by a share of 255 for each of its pixels, row after row.
    fn mix(&mut self, [left, top, right, bottom]: Area, colour: Colour, share: impl Fn(usize) -> u8) {
        let colour = colour.map(|part| (part * 255.0).round() as u32);
        let wide = right.saturating_sub(left);
        for row in top..bottom {
            let start = (row * self.width as usize + left) * 3;
            let Some(line) = self.bytes.get_mut(start..start + wide * 3) else { return };
            for (at, pixel) in line.chunks_exact_mut(3).enumerate() {
                let share = u32::from(share((row - top) * wide + at));
                if share > 0 {
                    for (old, new) in pixel.iter_mut().zip(colour) {
                        *old = ((u32::from(*old) * (255 - share) + new * share + 127) / 255) as u8;
                    }
                }
            }
        }
    }
}

/// A picture in pixels.
pub(super) struct Canvas<'f> {
    pub(super) pixels: Pixels,
    scale: f32,
    faces: &'f [Face; 2],
    /// The outline of each glyph of each face that was drawn.
    glyphs: [BTreeMap<u16, (Vec<Command>, f32)>; 2],
    scratch: Scratch,
}

impl<'f> Canvas<'f> {
    /// Pixels for a picture, so many for each of its own.
    pub(super) fn new(size: [u32; 2], scale: f32, faces: &'f [Face; 2]) -> Self {
        Canvas { pixels: Pixels::new(size), scale, faces, glyphs: Default::default(), scratch: Scratch::new() }
    }

    pub(super) fn draw(&mut self, drawing: &Drawing) {
        for shape in &drawing.shapes {
            match &shape.kind {
                Kind::Outline(Outline::Rect(sides), paint) => self.rect(*sides, paint),
                Kind::Outline(Outline::Circle(centre, radius), paint) => self.outline(&circle(*centre, *radius), paint),
                Kind::Outline(Outline::Path(steps), paint) => {
                    let of = |step: &Step| match *step {
                        Step::Move([x, y]) => Command::MoveTo(Vector::new(x, y)),
                        Step::Line([x, y]) => Command::LineTo(Vector::new(x, y)),
                    };
                    self.outline(&steps.iter().map(of).collect::<Vec<_>>(), paint);
                }
                // nobody can follow a link here, so none is underlined
                Kind::Text(text) => self.text(text),
            }
        }
    }

    /// A box with sharp sides, as in SVG; a line around it is a pixel wide at least.
    fn rect(&mut self, [x, y, width, height]: [f32; 4], paint: &Paint) {
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let sides = [x, y, x + width, y + height].map(|side| side * self.scale);
        if let Some(colour) = paint.fill {
            self.block(sides, colour);
        }
        match &paint.stroke {
            Some(stroke) if stroke.is_dashed => {
                let [left, top, right, bottom] = [x, y, x + width, y + height];
                let corners = [(right, top), (right, bottom), (left, bottom)];
                let mut around = vec![Command::MoveTo(Vector::new(left, top))];
                around.extend(corners.map(|(x, y)| Command::LineTo(Vector::new(x, y))));
                around.push(Command::Close);
                self.stroke(&around, stroke);
            }
            Some(stroke) => {
                let wide = (stroke.width * self.scale).round().max(1.0);
                let [left, top, right, bottom] = sides.map(|side| (side - wide / 2.0).round());
                self.block([left, top, right + wide, top + wide], stroke.colour);
                self.block([left, bottom, right + wide, bottom + wide], stroke.colour);
                self.block([left, top, left + wide, bottom + wide], stroke.colour);
                self.block([right, top, right + wide, bottom + wide], stroke.colour);
            }
            None => {}
        }
    }

    /// Fills the pixels whose middle lies in a box.
    fn block(&mut self, sides: [f32; 4], colour: Colour) {
        let area = self.pixels.area(sides.map(f32::round));
        self.pixels.cover(area, colour);
    }

    fn outline(&mut self, steps: &[Command], paint: &Paint) {
        if let Some(colour) = paint.fill {
            let placed: Vec<Command> = steps.iter().map(|step| self.placed(step)).collect();
            self.fill(&placed, Style::default(), 0.0, colour);
        }
        if let Some(stroke) = &paint.stroke {
            self.stroke(steps, stroke);
        }
    }

    fn stroke(&mut self, steps: &[Command], stroke: &Stroke) {
        let placed: Vec<Command> = steps.iter().map(|step| self.placed(step)).collect();
        let width = (stroke.width * self.scale).min(BEYOND);
        let dashes = DASHES.map(|length| length * self.scale);
        let mut pen = Pen::new(width);
        // dashes that nobody could tell apart are a line
        if stroke.is_dashed && dashes[1] > SHORTEST {
            pen.dash(&dashes, 0.0);
        }
        // a corner reaches as far as its limit
        self.fill(&placed, Style::Stroke(pen), width * 2.0, stroke.colour);
    }

    fn text(&mut self, text: &Text) {
        let bold = usize::from(text.is_bold);
        let face = &self.faces[bold];
        let line = face.line(&text.content);
        let width = line.width * text.size;
        let [sine, cosine] = text.turn();
        let (mut letters, mut along, scale): (Vec<Vec<Command>>, _, _) = (Vec::new(), 0.0, self.scale);
        for glyph in line.glyphs {
            let [x, y] = text.place(width, [along * text.size / 1_000.0, 0.0]);
            along += face.width(glyph);
            let (steps, em) = self.glyphs[bold].entry(glyph).or_insert_with(|| face.outline(glyph));
            let unit = text.size / *em;
            // up is positive in a font
            let place = |at: Vector| {
                let [across, down] = [at.x * unit, -at.y * unit];
                let (x, y) = (x + cosine * across - sine * down, y + sine * across + cosine * down);
                Vector::new(x * scale, y * scale)
            };
            letters.push(steps.iter().map(|step| moved(step, place)).collect());
        }
        // one by one: the renderer takes longer for each pixel of a wide shape
        for letter in letters {
            self.fill(&letter, Style::default(), 0.0, text.colour);
        }
    }

    /// A step in pixels.
    fn placed(&self, step: &Command) -> Command {
        moved(step, |at| Vector::new(at.x * self.scale, at.y * self.scale))
    }

    /// Fills what is drawn by steps in pixels, which reaches so far beyond their points.
    fn fill(&mut self, steps: &[Command], style: Style<'_>, beyond: f32, colour: Colour) {
        let [mut left, mut top, mut right, mut bottom] = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        let mut reach = |at: Vector| {
            [left, top] = [left.min(at.x), top.min(at.y)];
            [right, bottom] = [right.max(at.x), bottom.max(at.y)];
            at
        };
        for step in steps {
            moved(step, &mut reach);
        }
        let area = self.pixels.area([
            (left - beyond).floor(),
            (top - beyond).floor(),
            (right + beyond).ceil(),
            (bottom + beyond).ceil(),
        ]);
        let [left, top, right, bottom] = area;
        if left >= right || top >= bottom {
            return;
        }
        let [wide, high] = [right - left, bottom - top];
        let near = |at: f32, from: usize, size: usize| (at - from as f32).clamp(-BEYOND, size as f32 + BEYOND);
        let within = |at: Vector| Vector::new(near(at.x, left, wide), near(at.y, top, high));
        let steps: Vec<Command> = steps.iter().map(|step| moved(step, within)).collect();
        let (mask, _) =
            Mask::with_scratch(&steps, &mut self.scratch).style(style).size(wide as u32, high as u32).render();
        self.pixels.mix(area, colour, |at| mask.get(at).map_or(0, |share| share / SHADE * SHADE));
    }
}

/// A step with its points moved.
fn moved(step: &Command, mut to: impl FnMut(Vector) -> Vector) -> Command {
    match *step {
        Command::MoveTo(at) => Command::MoveTo(to(at)),
        Command::LineTo(at) => Command::LineTo(to(at)),
        Command::QuadTo(bend, at) => Command::QuadTo(to(bend), to(at)),
        Command::CurveTo(first, second, at) => Command::CurveTo(to(first), to(second), to(at)),
        Command::Close => Command::Close,
    }
}

fn circle([x, y]: Point, radius: f32) -> Vec<Command> {
    let at = |[x, y]: Point| Vector::new(x, y);
    let mut steps = vec![Command::MoveTo(Vector::new(x + radius, y))];
    let curves = curves([x, y], radius);
    steps.extend(curves.map(|[first, second, end]| Command::CurveTo(at(first), at(second), at(end))));
    steps.push(Command::Close);
    steps
}
