//! The plan of first teaching as a picture: a row for each pathway, a column for
//! each year.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::map::reasons_in_words;
use super::past::{self, Past};
use super::svg::{Anchor, Font, GRID, INK, PALETTE, Picture, QUIET, Style, Svg, Text};
use crate::count::count;
use tlevel::teaching::{Delivery, PathwayTeaching, TeachingPlan};

/// The width of an A3 page, landscape, at 96 dots an inch, less its margins.
const WIDTH: f64 = 1_520.0;
const MARGIN: f64 = 20.0;
/// Where the columns begin: route, pathway, delivery, years.
const ROUTE: f64 = MARGIN;
const PATHWAY: f64 = 330.0;
const DELIVERY: f64 = 700.0;
const YEARS: f64 = 1_020.0;
/// The height of a row.
const ROW: f64 = 28.0;
const RADIUS: f64 = 8.0;
const TITLE: Font = Font { size: 20.0, bold: true };
const HEAD: Font = Font { size: 12.0, bold: true };
const BODY: Font = Font { size: 12.0, bold: false };
/// The line height in a row of two lines.
const SMALL: Font = Font { size: 10.0, bold: false };
const NUMBER: Font = Font { size: 10.0, bold: true };

/// Draws a plan of first teaching: a row for each pathway under its route, with
/// how it is delivered, and a column for each year in which something begins. A
/// ring is the plan, a disc is the actual year, and a line joins them if they
/// differ; the number is the wave of the plan. A pathway that was planned and not
/// taught, or taught and not planned, has a sign. The legend explains the marks that
/// the picture uses.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
/// use tlevel::teaching::TeachingPlan;
/// use tlevel_report::picture;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let drawn = picture::teaching_plan(&TeachingPlan::of(&map, &Policy::t_level()));
/// assert!(drawn.svg().starts_with("<svg ") && drawn.svg().contains("Onsite construction"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(p * y)` in the pathways and years.
pub fn teaching_plan(plan: &TeachingPlan) -> Picture {
    let title = format!("T Levels: {}", plan.map.as_deref().unwrap_or("an untitled map"));
    let mut svg = Svg::new(&title, &summary(plan));
    let mut y = MARGIN + 20.0;
    svg.text(&Text::new(MARGIN, y, &title).font(TITLE).fit(WIDTH - 2.0 * MARGIN));
    y += 32.0;
    for (x, name) in [(ROUTE, "Route"), (PATHWAY, "Pathway"), (DELIVERY, "Delivery")] {
        svg.text(&Text::new(x, y, name).font(HEAD));
    }
    let columns = Columns::new(plan);
    columns.head(&mut svg, y);
    y += 8.0;
    for of_route in plan.pathways.chunk_by(|a, b| a.route.id == b.route.id) {
        y = draw_route(&mut svg, of_route, plan, &columns, y);
    }
    svg.line([MARGIN, y, WIDTH - MARGIN, y], &Style::lined(QUIET, 1.0));
    y = legend(&mut svg, plan, y + 12.0);
    svg.finish(WIDTH, y + MARGIN)
}

/// A plan summed up in a sentence or two.
pub(crate) fn summary(plan: &TeachingPlan) -> String {
    let of = |delivery: Delivery| plan.pathways.iter().filter(|p| p.delivery == delivery).count();
    let routes = plan.pathways.chunk_by(|a, b| a.route.id == b.route.id).count();
    let mut text = format!(
        "{} with {}: {} with a T Level, {} for apprenticeships only",
        count(routes, "route"),
        count(plan.pathways.len(), "pathway"),
        of(Delivery::TLevel),
        of(Delivery::ApprenticeshipOnly)
    );
    match of(Delivery::NoEligibleOccupation) {
        0 => text.push('.'),
        n => {
            let _ = write!(text, ", {n} without an eligible occupation.");
        }
    }
    let planned = plan.pathways.iter().filter(|p| p.planned.is_some()).count();
    let actual = plan.pathways.iter().filter(|p| p.actual.is_some()).count();
    if plan.has_dates() {
        let _ = write!(text, " First teaching is planned for {planned} of them, and has a date for {actual}.");
        let withdrawn = plan.pathways.iter().filter(|p| p.last.is_some()).count();
        if withdrawn > 0 {
            let _ = write!(
                text,
                " {} withdrawn.",
                if withdrawn == 1 { "One was".to_owned() } else { format!("{withdrawn} were") }
            );
        }
    } else {
        text.push_str(" The map has no dates of first teaching.");
    }
    text
}

/// The positions of the years.
struct Columns<'p> {
    years: Vec<&'p str>,
    step: f64,
}

impl<'p> Columns<'p> {
    fn new(plan: &'p TeachingPlan) -> Self {
        let years: Vec<&str> = plan.years.iter().map(|year| year.year.as_str()).collect();
        let step = (WIDTH - MARGIN - YEARS) / years.len().max(1) as f64;
        Columns { years, step: step.min(90.0) }
    }

    fn head(&self, svg: &mut Svg, y: f64) {
        for (i, year) in self.years.iter().enumerate() {
            svg.text(&Text::new(self.middle(i), y, year).font(HEAD).anchor(Anchor::Middle).fit(self.step - 2.0));
        }
    }

    fn middle(&self, i: usize) -> f64 {
        YEARS + (i as f64 + 0.5) * self.step
    }

    /// The middles of the columns of a pathway: planned, first and last taught.
    fn of(&self, pathway: &PathwayTeaching) -> [Option<f64>; 3] {
        [&pathway.planned, &pathway.actual, &pathway.last].map(|date| self.of_date(date.as_deref()))
    }

    /// The middle of the column of a date.
    fn of_date(&self, date: Option<&str>) -> Option<f64> {
        let year = date?.split('-').next();
        self.years.iter().position(|known| year == Some(*known)).map(|i| self.middle(i))
    }
}

fn draw_route(
    svg: &mut Svg,
    pathways: &[PathwayTeaching],
    plan: &TeachingPlan,
    columns: &Columns<'_>,
    top: f64,
) -> f64 {
    let Some(first) = pathways.first() else { return top };
    let name = HEAD.wrap(&first.route.name, PATHWAY - ROUTE - 20.0, 2);
    let height = (pathways.len() as f64 * ROW).max(name.len() as f64 * 15.0 + 10.0);
    svg.line([MARGIN, top, WIDTH - MARGIN, top], &Style::lined(QUIET, 1.0));
    for i in 0..columns.years.len() {
        svg.line([columns.middle(i), top, columns.middle(i), top + height], &Style::lined(GRID, 1.0));
    }
    svg.group(&first.route.name, |svg| {
        for (k, line) in name.iter().enumerate() {
            svg.text(&Text::new(ROUTE, top + 18.0 + k as f64 * 15.0, line).font(HEAD));
        }
        for (i, pathway) in pathways.iter().enumerate() {
            draw_pathway(svg, pathway, Past::of(pathway, plan), columns, top + i as f64 * ROW);
        }
    });
    top + height
}

fn draw_pathway(svg: &mut Svg, pathway: &PathwayTeaching, past: Option<Past>, columns: &Columns<'_>, top: f64) {
    let base = top + 18.0;
    svg.text(&Text::new(PATHWAY, base, &pathway.pathway.name).font(BODY).fit(DELIVERY - PATHWAY - 14.0));
    let delivery = match pathway.delivery {
        Delivery::TLevel => "T Level".to_owned(),
        other if pathway.reasons.is_empty() => capital(other.name()),
        other => format!("{}: {}", capital(other.name()), reasons_in_words(&pathway.reasons)),
    };
    if pathway.delivery != Delivery::TLevel {
        svg.rect([DELIVERY - 6.0, top + 2.0, YEARS - DELIVERY - 6.0, ROW - 4.0], &Style::lined(INK, 1.0).dashed());
    }
    let room = YEARS - DELIVERY - 18.0;
    if BODY.width(&delivery) <= room {
        svg.text(&Text::new(DELIVERY, base, &delivery).font(BODY));
    } else {
        for (k, line) in SMALL.wrap(&delivery, room, 2).iter().enumerate() {
            svg.text(&Text::new(DELIVERY, top + 12.0 + k as f64 * 11.0, line).font(SMALL));
        }
    }
    let colour = pathway.wave.map_or(QUIET, |wave| PALETTE[(wave - 1) % PALETTE.len()]);
    let wave = pathway.wave.map_or_else(String::new, |wave| wave.to_string());
    let dates = columns.of(pathway);
    let y = top + ROW / 2.0;
    for mark in Mark::of(dates, past) {
        mark.draw(svg, (dates.map(|x| x.unwrap_or(PATHWAY)), y), colour, &wave);
    }
}

/// A mark of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Planned,
    NotTaught,
    /// From the plan to the year that differs from it.
    Moved,
    Taught,
    TaughtAsPlanned,
    TaughtAnyway,
    /// From first teaching to the year of withdrawal.
    Goes,
    Withdrawn,
    /// No T Level, in words.
    Closed,
}

impl Mark {
    /// The marks of a pathway with these columns.
    fn of([planned, actual, last]: [Option<f64>; 3], past: Option<Past>) -> Vec<Mark> {
        let mut marks = match (planned, actual) {
            (Some(from), Some(to)) if from.total_cmp(&to).is_eq() => vec![Mark::TaughtAsPlanned],
            (Some(_), Some(_)) => vec![Mark::Planned, Mark::Taught, Mark::Moved],
            (Some(_), None) if past == Some(Past::NotTaught) => vec![Mark::NotTaught],
            (Some(_), None) => vec![Mark::Planned],
            (None, Some(_)) => vec![Mark::Taught],
            (None, None) => Vec::new(),
        };
        match (past, actual, last) {
            (Some(Past::TaughtAnyway), ..) => marks.push(Mark::TaughtAnyway),
            (Some(Past::Withdrawn), Some(first), Some(last)) if first < last => {
                marks.extend([Mark::Goes, Mark::Withdrawn]);
            }
            (Some(Past::Withdrawn), _, Some(_)) => marks.push(Mark::Withdrawn),
            _ => {}
        }
        marks
    }

    /// Draws the mark in the columns of the plan, of first and of last teaching.
    fn draw(self, svg: &mut Svg, ([planned, actual, last], y): ([f64; 3], f64), colour: &str, wave: &str) {
        let ring = Style::lined(colour, 1.5);
        match self {
            Mark::Planned | Mark::NotTaught => {
                svg.circle([planned, y, RADIUS], &Style { fill: Some("#ffffff"), ..ring });
                let text = Text::new(planned, y + 3.5, wave).font(NUMBER).anchor(Anchor::Middle).fill(colour);
                svg.text(&text);
                if self == Mark::NotTaught {
                    // around the number, which stays legible
                    let (off, on) = (RADIUS + 2.0, RADIUS * 0.5);
                    svg.line([planned - off, y + off, planned - on, y + on], &ring);
                    svg.line([planned + on, y - on, planned + off, y - off], &ring);
                }
            }
            Mark::Moved => {
                let gap = if planned < actual { RADIUS } else { -RADIUS };
                svg.line([planned + gap, y, actual - gap, y], &ring);
            }
            Mark::Taught => disc(svg, actual, y, colour, wave),
            Mark::TaughtAsPlanned => {
                disc(svg, actual, y, colour, wave);
                svg.circle([actual, y, RADIUS + 3.0], &ring);
            }
            Mark::TaughtAnyway => {
                let half = RADIUS + 3.0;
                svg.rect([actual - half, y - half, 2.0 * half, 2.0 * half], &Style::lined(INK, 1.0).dashed());
            }
            Mark::Goes => svg.line([actual + RADIUS, y, last - RADIUS, y], &Style::lined(colour, 1.0).dashed()),
            Mark::Withdrawn => past::withdrawn(svg, [last, y], RADIUS, colour),
            Mark::Closed => {
                svg.rect([planned - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS], &Style::lined(INK, 1.0).dashed());
            }
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Mark::Planned => "planned",
            Mark::NotTaught => Past::NotTaught.meaning(),
            Mark::Moved => "from the plan to first teaching",
            Mark::Taught => "first taught",
            Mark::TaughtAsPlanned => "first taught in the year of the plan",
            Mark::TaughtAnyway => Past::TaughtAnyway.meaning(),
            Mark::Goes => "from first to last teaching",
            Mark::Withdrawn => "withdrawn: learners last began",
            Mark::Closed => "no T Level",
        }
    }
}

fn disc(svg: &mut Svg, x: f64, y: f64, colour: &str, wave: &str) {
    svg.circle([x, y, RADIUS], &Style::filled(colour));
    svg.text(&Text::new(x, y + 3.5, wave).font(NUMBER).anchor(Anchor::Middle).fill("#ffffff"));
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Draws what the marks of a plan mean; returns where it ends.
fn legend(svg: &mut Svg, plan: &TeachingPlan, top: f64) -> f64 {
    let columns = Columns::new(plan);
    let mut marks = BTreeSet::new();
    for pathway in &plan.pathways {
        marks.extend(Mark::of(columns.of(pathway), Past::of(pathway, plan)));
        marks.extend((pathway.delivery != Delivery::TLevel).then_some(Mark::Closed));
    }
    let (mut x, mut y) = (MARGIN, top + RADIUS + 4.0);
    let has_waves = plan.pathways.iter().any(|pathway| pathway.wave.is_some());
    for mark in marks {
        let width = 2.0 * RADIUS + 16.0 + BODY.width(mark.meaning()) + 30.0;
        if x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + 26.0);
        }
        let middle = x + RADIUS + 4.0;
        let wave = if has_waves { "1" } else { "" };
        match mark {
            Mark::Moved => svg.line([middle - RADIUS, y, middle + RADIUS, y], &Style::lined(INK, 1.5)),
            Mark::Goes => svg.line([middle - RADIUS, y, middle + RADIUS, y], &Style::lined(INK, 1.0).dashed()),
            Mark::TaughtAnyway => {
                disc(svg, middle, y, INK, "");
                mark.draw(svg, ([middle; 3], y), INK, "");
            }
            _ => mark.draw(svg, ([middle; 3], y), INK, wave),
        }
        svg.text(&Text::new(middle + RADIUS + 10.0, y + 4.0, mark.meaning()).font(BODY));
        x += width;
    }
    y += RADIUS + 4.0;
    if has_waves {
        y += 18.0;
        svg.text(&Text::new(MARGIN, y, "Number and colour are the wave of the plan.").font(BODY));
        y += 4.0;
    }
    y
}
