//! What pictures of points share: a heading, and groups with a colour, a number and a
//! legend.

use indexmap::IndexSet;

use super::svg::{Anchor, Font, PALETTE, Style, Svg, Text};

const TITLE: Font = Font { size: 16.0, bold: true };
const NUMBER: Font = Font { size: 9.0, bold: true };
const NAME: Font = Font { size: 11.0, bold: false };
/// The least room for a name of the legend, with its number.
const COLUMN: f64 = 250.0;
const LINE: f64 = 14.0;

/// The group of each point. Groups are numbered from 1 in the order of their first
/// occurrence; a point whose group has no name has no group.
pub(super) struct Groups<'p> {
    names: IndexSet<&'p str>,
    of: Vec<Option<usize>>,
}

impl<'p> Groups<'p> {
    pub(super) fn new(groups: impl Iterator<Item = &'p str>) -> Self {
        let mut names = IndexSet::new();
        let of = groups.map(|name| (!name.trim().is_empty()).then(|| names.insert_full(name).0)).collect();
        Groups { names, of }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The group of a point.
    pub(super) fn of(&self, point: usize) -> Option<usize> {
        self.of.get(point).copied().flatten()
    }

    pub(super) fn colour(group: usize) -> &'static str {
        PALETTE[group % PALETTE.len()]
    }

    /// How wide the widest number is, with a little room; 0 without groups.
    pub(super) fn chip_width(&self) -> f64 {
        if self.is_empty() { 0.0 } else { Self::width_of(self.names.len() - 1).max(16.0) }
    }

    /// How wide the number of a group is, with a little room.
    pub(super) fn width_of(group: usize) -> f64 {
        NUMBER.width(&(group + 1).to_string()) + 4.0
    }

    /// The number of a group in white on its colour, where there is room.
    pub(super) fn chip(svg: &mut Svg, group: usize, [x, y, width, height]: [f64; 4]) {
        svg.rect([x, y, width, height], &Style::filled(Self::colour(group)));
        if width >= Self::width_of(group) && height >= NUMBER.size {
            Self::number(svg, group, [x + width / 2.0, y + height / 2.0], "#ffffff");
        }
    }

    /// The number of a group, centred on a point.
    pub(super) fn number(svg: &mut Svg, group: usize, [x, y]: [f64; 2], fill: &str) {
        let number = (group + 1).to_string();
        svg.text(&Text::new(x, y + NUMBER.size * 0.36, &number).font(NUMBER).anchor(Anchor::Middle).fill(fill));
    }

    /// Draws the legend under a heading in a width; returns its height.
    pub(super) fn legend(&self, svg: &mut Svg, [x, y, width]: [f64; 3]) -> f64 {
        if self.is_empty() {
            return 0.0;
        }
        svg.text(&Text::new(x, y + 12.0, "Groups").font(NAME.bold()));
        let columns = 1 + (2..=self.names.len()).take_while(|&n| n as f64 * COLUMN <= width).count();
        let column = width / columns as f64;
        let chip = self.chip_width();
        let room = column - chip - 18.0;
        let wrapped: Vec<Vec<String>> = self.names.iter().map(|name| NAME.wrap(name, room, 3)).collect();
        let rows = self.names.len().div_ceil(columns);
        // down the columns, as a list is read
        let heights: Vec<f64> = (0..rows)
            .map(|row| {
                let lines = wrapped.iter().skip(row).step_by(rows).map(Vec::len).max().unwrap_or(1).max(1);
                lines as f64 * LINE + 4.0
            })
            .collect();
        for (group, lines) in wrapped.iter().enumerate() {
            let (at, row) = (group / rows, group % rows);
            let left = x + at as f64 * column;
            let top = y + 20.0 + heights[..row].iter().sum::<f64>();
            Self::chip(svg, group, [left, top, chip, LINE]);
            for (k, line) in lines.iter().enumerate() {
                let base = top + 11.0 + k as f64 * LINE;
                svg.text(&Text::new(left + chip + 6.0, base, line).font(NAME));
            }
        }
        20.0 + heights.iter().sum::<f64>()
    }
}

/// Draws the heading of a picture of a study, at the top; returns where it ends.
pub(super) fn heading(svg: &mut Svg, title: &str, [x, y, width]: [f64; 3]) -> f64 {
    let lines = TITLE.wrap(title, width, 3);
    for (k, line) in lines.iter().enumerate() {
        svg.text(&Text::new(x, y + 14.0 + k as f64 * 20.0, line).font(TITLE));
    }
    y + if lines.is_empty() { 0.0 } else { lines.len() as f64 * 20.0 + 8.0 }
}

/// The numbers below `points` in an order: invalid and repeated ones are skipped,
/// and those missing from the order follow.
pub(super) fn whole_order(order: &[usize], points: usize) -> Vec<usize> {
    let mut placed = vec![false; points];
    let mut out = Vec::with_capacity(points);
    for point in order.iter().copied().chain(0..points) {
        if placed.get(point) == Some(&false) {
            placed[point] = true;
            out.push(point);
        }
    }
    out
}
