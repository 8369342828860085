//! How values change with a setting, as a picture: one panel for each series.

use super::axis::Axis;
use super::svg::{Anchor, Font, GRID, INK, PALETTE, Path, Picture, QUIET, Style, Svg, Text};

const MARGIN: f64 = 14.0;
const WIDTH: f64 = 960.0;
/// The most panels side by side.
const COLUMNS: usize = 4;
/// The most lines of a panel's title, and of the note.
const LINES: usize = 3;
const NOTE_LINES: usize = 8;
const LINE: f64 = 14.0;
/// The room for a panel's figures: to its left, and below it.
const FIGURES: [f64; 2] = [42.0, 22.0];
/// The most points for which each point has a dot.
const DOTS: usize = 40;
const NAME: Font = Font { size: 11.0, bold: true };
const NOTE: Font = Font { size: 11.0, bold: false };
const SMALL: Font = Font { size: 10.0, bold: false };

/// The data of a sweep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sweep {
    /// Its name, above the panels.
    pub title: String,
    /// A description for readers who cannot see it.
    pub description: String,
    /// What is left out and why, below the panels; empty for nothing.
    pub note: String,
    /// The setting, along the x axis.
    pub x_label: String,
    /// The measured value, along the y axis.
    pub y_label: String,
    /// The lines, each in its own panel.
    pub series: Vec<Series>,
}

/// A line of a sweep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its points, x and y, joined in this order.
    pub points: Vec<(f64, f64)>,
}

/// Draws a sweep as small panels, at most four side by side. All have the same
/// axes, so they compare at a glance.
///
/// The title is above the panels and the note below them. A point that is not finite is left out, and the line is broken there.
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::{Series, Sweep, sweep};
///
/// let picture = Sweep {
///     title: "Quorum".to_owned(),
///     description: "The core shrinks as the quorum rises.".to_owned(),
///     note: String::new(),
///     x_label: "Quorum".to_owned(),
///     y_label: "Concepts in the core".to_owned(),
///     series: vec![Series { name: "Onsite construction".to_owned(), points: vec![(0.5, 20.0), (1.0, 3.0)] }],
/// };
/// assert!(sweep(&picture).svg().contains(">Onsite construction</text>"));
/// ```
pub fn sweep(picture: &Sweep) -> Picture {
    let series = &picture.series;
    let mut svg = Svg::new(&picture.title, &picture.description);
    if series.is_empty() {
        svg.text(&Text::new(MARGIN, 24.0, "There is nothing to show."));
        return svg.finish(240.0, 40.0);
    }
    let columns = series.len().div_ceil(series.len().div_ceil(COLUMNS));
    let rows = series.len().div_ceil(columns);
    let inner = WIDTH - 2.0 * MARGIN - 18.0;
    let slot = inner / columns as f64;
    let plot_width = slot - FIGURES[0] - 14.0;
    let plot_height = (plot_width * 0.6).clamp(90.0, 320.0);
    let names: Vec<Vec<String>> = series.iter().map(|series| NAME.wrap(&series.name, plot_width, LINES)).collect();

    let finite = || series.iter().flat_map(|s| &s.points).filter(|(x, y)| x.is_finite() && y.is_finite());
    let plot = Plot {
        x: Axis::of(finite().map(|point| point.0), if columns > 2 { 4 } else { 8 }),
        y: Axis::of(finite().map(|point| point.1), 4),
        width: plot_width,
        height: plot_height,
    };
    let mut top = super::groups::heading(&mut svg, &picture.title, [MARGIN, MARGIN, WIDTH - 2.0 * MARGIN]);
    let first = top;
    for row in 0..rows {
        let range = row * columns..series.len().min((row + 1) * columns);
        // panels of a row have their plots at the same height
        let lines = names[range.clone()].iter().map(Vec::len).max().unwrap_or(0);
        let plot_top = top + lines as f64 * LINE + 6.0;
        for (column, index) in range.enumerate() {
            let left = MARGIN + 18.0 + column as f64 * slot + FIGURES[0];
            for (k, line) in names[index].iter().enumerate() {
                let base = plot_top - 8.0 - (names[index].len() - 1 - k) as f64 * LINE;
                svg.text(&Text::new(left, base, line).font(NAME));
            }
            svg.group(&series[index].name, |svg| plot.draw(svg, &series[index].points, [left, plot_top]));
        }
        top = plot_top + plot_height + FIGURES[1] + 10.0;
    }
    let axis_name = Text::new(MARGIN + 18.0 + inner / 2.0, top + 8.0, &picture.x_label).anchor(Anchor::Middle);
    svg.text(&axis_name.quiet().fit(inner));
    let middle = f64::midpoint(first, top);
    let axis_name = Text::new(MARGIN + 10.0, middle, &picture.y_label).anchor(Anchor::Middle);
    svg.text(&axis_name.rotated(-90.0).quiet().fit(top - first));
    let mut height = top + 8.0;
    for line in NOTE.wrap(&picture.note, inner, NOTE_LINES) {
        height += LINE + 2.0;
        svg.text(&Text::new(MARGIN + 18.0, height, &line).font(NOTE).quiet());
    }
    svg.finish(WIDTH, height + MARGIN)
}

/// The axes and size of every panel.
struct Plot {
    x: Axis,
    y: Axis,
    width: f64,
    height: f64,
}

impl Plot {
    fn draw(&self, svg: &mut Svg, points: &[(f64, f64)], [left, top]: [f64; 2]) {
        let (right, bottom) = (left + self.width, top + self.height);
        for &tick in &self.y.ticks {
            let y = self.y.at(tick, bottom, top);
            svg.line([left, y, right, y], &Style::lined(GRID, 1.0));
            let label = self.y.label(tick);
            let text = Text::new(left - 5.0, y + 3.5, &label).font(SMALL).anchor(Anchor::End);
            svg.text(&text.quiet().fit(FIGURES[0] - 6.0));
        }
        let room = self.width / (self.x.ticks.len() - 1) as f64;
        for &tick in &self.x.ticks {
            let x = self.x.at(tick, left, right);
            svg.line([x, bottom, x, bottom + 4.0], &Style::lined(QUIET, 1.0));
            let label = self.x.label(tick);
            let text = Text::new(x, bottom + 15.0, &label).font(SMALL).anchor(Anchor::Middle);
            svg.text(&text.quiet().fit(room.min(FIGURES[0])));
        }
        svg.line([left, bottom, right, bottom], &Style::lined(INK, 1.0));

        let mut path = Path::new();
        let mut dots = Vec::new();
        for run in points.split(|(x, y)| !x.is_finite() || !y.is_finite()).filter(|run| !run.is_empty()) {
            for (k, &(x, y)) in run.iter().enumerate() {
                let (x, y) = (self.x.at(x, left, right), self.y.at(y, bottom, top));
                if k == 0 {
                    path.move_to(x, y);
                } else {
                    path.line_to(x, y);
                }
                // a point without neighbours has no line that shows it
                if points.len() <= DOTS || run.len() == 1 {
                    dots.push([x, y, 2.25]);
                }
            }
        }
        svg.path(&path, &Style::lined(PALETTE[0], 1.75));
        for dot in dots {
            svg.circle(dot, &Style::filled(PALETTE[0]));
        }
        if path.is_empty() {
            let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
            svg.text(&Text::new(x, y, "no values").font(SMALL).anchor(Anchor::Middle).quiet());
        }
    }
}
