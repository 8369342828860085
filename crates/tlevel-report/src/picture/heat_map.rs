//! How similar all pairs are, as a picture.

use super::groups::{Groups, heading, whole_order};
use super::svg::{Anchor, Font, OUTLINE, Path, Picture, QUIET, SEQUENCE, Style, Svg, Text};

const MARGIN: f64 = 14.0;
const SMALL: Font = Font { size: 10.0, bold: false };
/// The most points that are named.
const NAMED: usize = 150;
/// The most room for the names of rows, and of columns.
const ROWS: f64 = 380.0;
const COLUMNS: f64 = 300.0;
/// The band of groups above the columns and next to unnamed rows.
const BAND: f64 = 14.0;
/// Columns of numbers next to unnamed rows, for narrow groups.
const LANES: usize = 4;
/// A swatch of the scale.
const SWATCH: [f64; 2] = [30.0, 14.0];
/// The least width of the picture: the scale's.
const LEAST: f64 = 560.0;

/// The data of a heat map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatMap {
    /// Its name, above the map.
    pub title: String,
    /// A description for readers who cannot see it.
    pub description: String,
    /// The names of the points.
    pub labels: Vec<String>,
    /// The group of each point; empty or missing if it has none.
    pub groups: Vec<String>,
    /// The points in the order of the rows and columns. Invalid and repeated
    /// numbers are skipped, and missing points follow.
    pub order: Vec<usize>,
    /// How similar two points are, from 0 to 1: row by row, one row for each
    /// point, in the order of the labels.
    pub values: Vec<f64>,
}

/// The content of a cell: a step of the scale, or no value.
type Step = Option<usize>;

/// Draws a heat map: the darker a cell, the more similar its two points are.
///
/// Values are rounded to nine steps; values outside 0 to 1 count as the nearer
/// end. A value that is missing or not finite is hatched. Groups have colours and
/// numbers as in [`dendrogram`](super::dendrogram()), and adjacent points of one
/// group are outlined. Up to 150 points have names; with more, only the groups have
/// numbers.
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::{HeatMap, heat_map};
///
/// let picture = HeatMap {
///     title: "Two occupations".to_owned(),
///     description: "They are half alike.".to_owned(),
///     labels: vec!["Plumber".to_owned(), "Heating engineer".to_owned()],
///     groups: vec!["Building services".to_owned(); 2],
///     order: vec![1, 0],
///     values: vec![1.0, 0.5, 0.5, 1.0],
/// };
/// assert!(heat_map(&picture).svg().contains(">Heating engineer</text>"));
/// ```
///
/// # Complexity
///
/// `O(n²)` for `n` points. Neighbouring cells of a row that look the same are
/// one rectangle.
pub fn heat_map(picture: &HeatMap) -> Picture {
    let points = picture.labels.len();
    let mut svg = Svg::new(&picture.title, &picture.description);
    if points == 0 {
        svg.text(&Text::new(MARGIN, 24.0, "There is nothing to show."));
        return svg.finish(240.0, 40.0);
    }
    let mut map = Drawing::new(picture);
    let width = (map.left + map.side() + MARGIN).max(LEAST);
    map.top += heading(&mut svg, &picture.title, [MARGIN, MARGIN, width - 2.0 * MARGIN]) - MARGIN;
    let map = map;
    let has_gaps = map.draw_cells(&mut svg);
    map.draw_sides(&mut svg);
    let outlined = map.draw_outlines(&mut svg);
    let mut below = map.top + map.side() + 16.0;
    below += draw_scale(&mut svg, below, outlined, has_gaps);
    below += map.groups.legend(&mut svg, [MARGIN, below, width - 2.0 * MARGIN]);
    svg.finish(width, below + MARGIN)
}

struct Drawing<'p> {
    picture: &'p HeatMap,
    groups: Groups<'p>,
    order: Vec<usize>,
    /// The size of a cell.
    cell: f64,
    /// The left and top edges of the cells.
    left: f64,
    top: f64,
    /// The room of the names of rows and columns.
    names: [f64; 2],
    font: Font,
}

impl<'p> Drawing<'p> {
    fn new(picture: &'p HeatMap) -> Self {
        let points = picture.labels.len();
        let groups = Groups::new(picture.groups.iter().take(points).map(String::as_str));
        let cell = match points {
            0..=24 => 20.0,
            25..=60 => 14.0,
            61..=NAMED => 12.0,
            _ => (1500.0 / points as f64).floor().max(2.0),
        };
        let font = Font::new((cell - 2.0).min(11.0));
        let (band, beside) = if groups.is_empty() { (0.0, 0.0) } else { (BAND, groups.chip_width()) };
        let (names, lanes) = if points <= NAMED {
            let widest = picture.labels.iter().map(|label| font.width(label)).fold(0.0, f64::max);
            ([widest.min(ROWS), widest.min(COLUMNS)], 0.0)
        } else {
            ([0.0; 2], beside * LANES as f64)
        };
        Drawing {
            picture,
            groups,
            order: whole_order(&picture.order, points),
            cell,
            left: MARGIN + names[0] + 6.0 + lanes + beside + 3.0,
            top: MARGIN + names[1] + 6.0 + band + 3.0,
            names,
            font,
        }
    }

    fn side(&self) -> f64 {
        self.order.len() as f64 * self.cell
    }

    fn is_named(&self) -> bool {
        self.order.len() <= NAMED
    }

    fn step(&self, row: usize, column: usize) -> Step {
        let value = *self.picture.values.get(row.checked_mul(self.order.len())?.checked_add(column)?)?;
        let steps = SEQUENCE.len();
        value.is_finite().then(|| (1..steps).take_while(|&step| value >= step as f64 / steps as f64).count())
    }

    /// Returns whether any cell has no value.
    fn draw_cells(&self, svg: &mut Svg) -> bool {
        let mut has_gaps = false;
        for (at, &row) in self.order.iter().enumerate() {
            let y = self.top + at as f64 * self.cell;
            let steps: Vec<Step> = self.order.iter().map(|&column| self.step(row, column)).collect();
            let mut x = self.left;
            for run in steps.chunk_by(|a, b| a == b) {
                let width = run.len() as f64 * self.cell;
                match run[0] {
                    Some(step) => svg.rect([x, y, width, self.cell], &Style::filled(SEQUENCE[step])),
                    None => {
                        has_gaps = true;
                        hatch(svg, [x, y, width, self.cell]);
                    }
                }
                x += width;
            }
        }
        has_gaps
    }

    /// Neighbours in the order that are in one group: the first, how many there
    /// are, and the group.
    fn runs(&self) -> Vec<(usize, usize, Option<usize>)> {
        let mut start = 0;
        let mut out = Vec::new();
        for run in self.order.chunk_by(|&a, &b| self.groups.of(a) == self.groups.of(b)) {
            out.push((start, run.len(), self.groups.of(run[0])));
            start += run.len();
        }
        out
    }

    /// Draws names, and the groups next to the rows and above the columns.
    fn draw_sides(&self, svg: &mut Svg) {
        let chip = self.groups.chip_width();
        let (band_x, band_y) = (self.left - 3.0 - chip, self.top - 3.0 - BAND);
        let mut lanes = [f64::NEG_INFINITY; LANES];
        for (start, length, group) in self.runs() {
            let Some(group) = group else { continue };
            let (from, extent) = (start as f64 * self.cell, length as f64 * self.cell);
            Groups::chip(svg, group, [self.left + from, band_y, extent, BAND]);
            if self.is_named() {
                for row in 0..length {
                    let y = self.top + from + row as f64 * self.cell;
                    Groups::chip(svg, group, [band_x, y, chip, self.cell]);
                }
                continue;
            }
            // numbers side by side if their groups are too narrow
            svg.rect([band_x, self.top + from, chip, extent], &Style::filled(Groups::colour(group)));
            let middle = self.top + from + extent / 2.0;
            if let Some(lane) = lanes.iter().position(|&used| middle - used >= 10.0) {
                lanes[lane] = middle;
                let x = band_x - (lane as f64 + 0.5) * chip;
                Groups::number(svg, group, [x, middle], Groups::colour(group));
            }
        }
        if !self.is_named() {
            return;
        }
        let names_x = self.left - if self.groups.is_empty() { 6.0 } else { 9.0 + chip };
        let names_y = self.top - if self.groups.is_empty() { 6.0 } else { 9.0 + BAND };
        let down = self.cell / 2.0 + self.font.size * 0.36;
        for (at, &point) in self.order.iter().enumerate() {
            let along = at as f64 * self.cell + down;
            let label = &self.picture.labels[point];
            let row = Text::new(names_x, self.top + along, label).font(self.font).anchor(Anchor::End);
            svg.text(&row.fit(self.names[0]));
            let column = Text::new(self.left + along, names_y, label).font(self.font).rotated(-90.0);
            svg.text(&column.fit(self.names[1]));
        }
    }

    /// Outlines the cells of neighbours in one group; returns whether there are any.
    fn draw_outlines(&self, svg: &mut Svg) -> bool {
        let mut any = false;
        for (start, length, group) in self.runs() {
            if group.is_some() && length > 1 {
                any = true;
                let (from, extent) = (start as f64 * self.cell, length as f64 * self.cell);
                svg.rect([self.left + from, self.top + from, extent, extent], &Style::lined(OUTLINE, 2.0));
            }
        }
        any
    }
}

/// A box without a value.
fn hatch(svg: &mut Svg, [x, y, width, height]: [f64; 4]) {
    svg.rect([x, y, width, height], &Style::filled("#ffffff"));
    let step = (height / 2.0).max(4.0);
    let mut path = Path::new();
    // diagonal lines, cut at the edges of the box
    let mut from = step - height;
    while from < width {
        let (start, end) = ((-from).max(0.0), (width - from).min(height));
        path.move_to(x + from + start, y + height - start).line_to(x + from + end, y + height - end);
        from += step;
    }
    svg.path(&path, &Style::lined(QUIET, 0.75));
}

/// Draws the scale and what the outlines mean; returns its height.
fn draw_scale(svg: &mut Svg, top: f64, outlined: bool, has_gaps: bool) -> f64 {
    let [width, height] = SWATCH;
    let left = MARGIN + 76.0;
    svg.text(&Text::new(MARGIN, top + 11.0, "Similarity").font(Font::new(11.0).bold()));
    for (k, &colour) in SEQUENCE.iter().enumerate() {
        svg.rect([left + k as f64 * width, top, width, height], &Style::filled(colour));
    }
    for (k, figure) in [(0.0, "0"), (3.0, "0.33"), (6.0, "0.67"), (9.0, "1")] {
        let text = Text::new(left + k * width, top + height + 12.0, figure).font(SMALL).anchor(Anchor::Middle);
        svg.text(&text.quiet());
    }
    if has_gaps {
        let none = left + SEQUENCE.len() as f64 * width + 24.0;
        hatch(svg, [none, top, width, height]);
        svg.rect([none, top, width, height], &Style::lined(QUIET, 0.75));
        svg.text(&Text::new(none + width + 6.0, top + 11.0, "no value"));
    }
    if !outlined {
        return 44.0;
    }
    svg.rect([left, top + 36.0, width, height], &Style::lined(OUTLINE, 2.0));
    svg.text(&Text::new(left + width + 6.0, top + 47.0, "neighbours of one group"));
    66.0
}
