//! Which occupation has which topic, as a picture.

use super::svg::{Anchor, Font, GRID, INK, Picture, QUIET, SEQUENCE, Style, Svg, Text};

const MARGIN: f64 = 14.0;
const CELL: f64 = 22.0;
/// The most room for the headings of rows, and for the names of columns.
const ROWS: f64 = 330.0;
const COLUMNS: f64 = 300.0;
const FONT: Font = Font { size: 11.0, bold: false };
const FIGURE: Font = Font { size: 10.0, bold: false };
/// The least width of the picture: the legend's.
const LEAST: f64 = 640.0;
/// Numbers of statements from which on the next darker colour is used.
const STEPS: [(usize, usize); 5] = [(1, 1), (3, 2), (6, 4), (11, 5), (21, 6)];

/// The data of a picture of a topic matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicGrid {
    /// Its name, for screen readers and tooltips.
    pub title: String,
    /// A description for readers who cannot see it.
    pub description: String,
    /// The names of the columns: occupations.
    pub columns: Vec<String>,
    /// The parts of the rows, such as the general topics.
    pub parts: Vec<TopicGridPart>,
}

/// Rows under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicGridPart {
    /// The heading; empty for none.
    pub heading: String,
    /// The rows.
    pub rows: Vec<TopicGridRow>,
}

/// A row: a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicGridRow {
    /// Its name.
    pub name: String,
    /// For each column how many statements there are, and whether they are enough.
    pub cells: Vec<(usize, bool)>,
}

/// Draws which occupation has which topic: a row for each topic, a column for each
/// occupation, and in each cell the number of statements. The cell is filled if
/// these are enough for the occupation to have the topic, the darker the more
/// there are.
///
/// # Examples
///
/// ```
/// use tlevel_report::picture::{TopicGrid, TopicGridPart, TopicGridRow, topic_matrix};
///
/// let safety = TopicGridRow { name: "Health and safety".to_owned(), cells: vec![(4, true), (1, false)] };
/// let grid = TopicGrid {
///     title: "Two occupations".to_owned(),
///     description: "One of them has the topic.".to_owned(),
///     columns: vec!["Plumber".to_owned(), "Surveyor".to_owned()],
///     parts: vec![TopicGridPart { heading: "General topics".to_owned(), rows: vec![safety] }],
/// };
/// assert!(topic_matrix(&grid).svg().contains(">Health and safety</text>"));
/// ```
///
/// # Complexity
///
/// `O(n)` in the cells.
pub fn topic_matrix(grid: &TopicGrid) -> Picture {
    let mut svg = Svg::new(&grid.title, &grid.description);
    let rows: usize = grid.parts.iter().map(|part| part.rows.len()).sum();
    if rows == 0 || grid.columns.is_empty() {
        svg.text(&Text::new(MARGIN, 24.0, "There is nothing to show."));
        return svg.finish(240.0, 40.0);
    }
    let names = grid.parts.iter().flat_map(|part| &part.rows).map(|row| FONT.width(&row.name));
    let names = names.fold(0.0, f64::max).min(ROWS);
    let above = grid.columns.iter().map(|name| FONT.width(name)).fold(0.0, f64::max).min(COLUMNS);
    let (left, top) = (MARGIN + names + 8.0, MARGIN + above + 8.0);
    let wide = grid.columns.len() as f64 * CELL;
    for (i, name) in grid.columns.iter().enumerate() {
        let x = left + i as f64 * CELL + CELL / 2.0 + 4.0;
        svg.text(&Text::new(x, top - 6.0, name).font(FONT).rotated(-90.0).fit(above));
    }
    let mut y = top;
    for part in grid.parts.iter().filter(|part| !part.rows.is_empty()) {
        if !part.heading.is_empty() {
            svg.text(&Text::new(MARGIN, y + 16.0, &part.heading).font(FONT.bold()));
            y += CELL;
        }
        for row in &part.rows {
            let base = y + CELL / 2.0 + 4.0;
            svg.text(&Text::new(left - 8.0, base, &row.name).font(FONT).anchor(Anchor::End).fit(names));
            for (i, (name, &(statements, has))) in grid.columns.iter().zip(&row.cells).enumerate() {
                let x = left + i as f64 * CELL;
                let says = match (statements, has) {
                    (0, _) => continue,
                    (n, true) => format!("{name}: {}, {n}", row.name),
                    (n, false) => format!("{name}: {}, {n}, too few", row.name),
                };
                svg.titled(&says, |svg| cell(svg, [x, y], statements, has));
            }
            svg.rect([left, y, wide, CELL], &Style::lined(GRID, 0.75));
            y += CELL;
        }
    }
    y = legend(&mut svg, y + 14.0);
    let last = grid.columns.len().saturating_sub(1) as f64;
    svg.finish((left + wide).max(left + last * CELL + CELL).max(LEAST) + MARGIN, y + MARGIN)
}

fn cell(svg: &mut Svg, [x, y]: [f64; 2], statements: usize, has: bool) {
    let number = statements.to_string();
    let text = Text::new(x + CELL / 2.0, y + CELL / 2.0 + 3.6, &number).font(FIGURE).anchor(Anchor::Middle);
    if has {
        let step = STEPS.iter().rev().find(|(least, _)| statements >= *least).map_or(0, |(_, step)| *step);
        svg.rect([x, y, CELL, CELL], &Style::filled(SEQUENCE[step]));
        svg.text(&text.fill(if step >= 4 { "#ffffff" } else { INK }));
    } else {
        svg.text(&text.fill(QUIET));
    }
}

/// Draws what the colours mean; returns where it ends.
fn legend(svg: &mut Svg, top: f64) -> f64 {
    let mut x = MARGIN;
    svg.text(&Text::new(x, top + 15.0, "Statements").font(FONT.bold()));
    x += FONT.bold().width("Statements") + 14.0;
    for (i, (least, _)) in STEPS.iter().enumerate() {
        cell(svg, [x, top], *least, true);
        let words = match STEPS.get(i + 1) {
            Some((next, _)) => format!("to {}", next - 1),
            None => "and more".to_owned(),
        };
        svg.text(&Text::new(x + CELL + 5.0, top + 15.0, &words).font(FONT));
        x += CELL + FONT.width(&words) + 18.0;
    }
    cell(svg, [x, top], 1, false);
    svg.rect([x, top, CELL, CELL], &Style::lined(GRID, 0.75));
    svg.text(&Text::new(x + CELL + 5.0, top + 15.0, "too few to have the topic").font(FONT));
    top + CELL
}
