//! The marks of a map, and the legend of those that a picture uses.

use std::collections::BTreeSet;

use crate::picture::past::{Past, SIGN};
use crate::picture::svg::{Anchor, Font, INK, QUIET, Style, Svg, Text};
use tlevel::map::Status;

/// The side of a chip, and the width of a badge.
pub(super) const CHIP: f64 = 14.0;
/// Behind an occupation that a T Level covers; ink on it has 14:1.
pub(super) const COVERED: &str = "#dbe8f5";
/// The badge of such an occupation; white on it has 8:1.
const BADGE: &str = "#174a8c";
const LETTER: Font = Font { size: 10.0, bold: true };
const NAME: Font = Font { size: 12.0, bold: true };
const BODY: Font = Font { size: 11.0, bold: false };
/// The height of a line of the legend.
const LINE: f64 = 22.0;

/// The statuses: a colour with a contrast of 4.5:1 to white, and a letter for
/// readers who cannot see the colour.
const STATUSES: [(Status, &str, &str, &str); 5] = [
    (Status::Approved, "A", "#1a7f37", "approved: standard, plan and funding band"),
    (Status::PlanInDevelopment, "P", "#8a5a00", "standard approved, plan in development"),
    (Status::InDevelopment, "D", "#c62828", "standard and plan in development"),
    (Status::None, "N", "#000000", "no standard, none in development"),
    (Status::Unknown, "?", "#5f6368", "status unknown"),
];

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A status of standards, by its place among them.
    Status(usize),
    /// The level of an occupation that a T Level covers.
    Covered,
    /// The level of another.
    Level,
    /// A branch for apprenticeships only.
    Closed,
    /// A pathway whose past differs from its plan.
    Past(Past),
}

impl Mark {
    pub(super) fn of_status(status: Status) -> Self {
        Mark::Status(place(status))
    }

    /// Draws an example of the mark; returns how wide it is.
    fn draw(self, svg: &mut Svg, [x, y]: [f64; 2]) -> f64 {
        match self {
            Mark::Status(at) => status_chip(svg, at, [x, y]),
            Mark::Covered => {
                svg.rect([x, y - 2.0, 24.0, CHIP + 4.0], &Style::filled(COVERED));
                badge(svg, "3", true, [x + 5.0, y]);
                return 24.0;
            }
            Mark::Level => badge(svg, "2", false, [x, y]),
            Mark::Closed => {
                svg.rect([x, y, 24.0, CHIP], &Style::lined(INK, 1.5).dashed());
                return 24.0;
            }
            Mark::Past(past) => past.draw(svg, [x + SIGN / 2.0, y + SIGN / 2.0], INK),
        }
        CHIP
    }

    fn meaning(self) -> &'static str {
        match self {
            Mark::Status(at) => STATUSES[at].3,
            Mark::Covered => "level of an occupation that a T Level covers",
            Mark::Level => "level of any other occupation",
            Mark::Closed => "suits apprenticeships only",
            Mark::Past(past) => past.meaning(),
        }
    }
}

fn place(status: Status) -> usize {
    STATUSES.iter().position(|known| known.0 == status).unwrap_or(STATUSES.len() - 1)
}

/// A letter in a square of the status's colour.
pub(super) fn chip(svg: &mut Svg, status: Status, at: [f64; 2]) {
    status_chip(svg, place(status), at);
}

fn status_chip(svg: &mut Svg, place: usize, [x, y]: [f64; 2]) {
    let (_, letter, colour, _) = STATUSES[place];
    svg.rect([x, y, CHIP, CHIP], &Style::filled(colour));
    svg.text(&Text::new(x + CHIP / 2.0, y + 10.5, letter).font(LETTER).anchor(Anchor::Middle).fill("#ffffff"));
}

/// A level in a circle, filled if a T Level covers the occupation.
pub(super) fn badge(svg: &mut Svg, level: &str, is_covered: bool, [x, y]: [f64; 2]) {
    let (style, ink) = if is_covered {
        (Style::filled(BADGE), "#ffffff")
    } else {
        (Style { fill: Some("#ffffff"), ..Style::lined(QUIET, 1.0) }, INK)
    };
    let radius = CHIP / 2.0;
    svg.circle([x + radius, y + radius, radius - 0.5], &style);
    svg.text(&Text::new(x + radius, y + 10.5, level).font(LETTER).anchor(Anchor::Middle).fill(ink));
}

/// What a status means, in words.
pub(super) fn status_in_words(status: Status) -> &'static str {
    STATUSES[place(status)].3
}

/// Draws what the marks of a picture mean, in three columns; returns where it ends.
pub(super) fn legend(svg: &mut Svg, marks: &BTreeSet<Mark>, [left, top, width]: [f64; 3]) -> f64 {
    if marks.is_empty() {
        return top;
    }
    svg.text(&Text::new(left, top + 12.0, "Marks").font(NAME));
    let column = width / 3.0;
    for (i, mark) in marks.iter().enumerate() {
        let (x, y) = (left + (i % 3) as f64 * column, top + LINE + (i / 3) as f64 * LINE);
        let beside = x + mark.draw(svg, [x, y]) + 6.0;
        svg.text(&Text::new(beside, y + 11.0, mark.meaning()).font(BODY).fit(column - (beside - x) - 10.0));
    }
    top + LINE + marks.len().div_ceil(3) as f64 * LINE
}
