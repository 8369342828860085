//! The pathways of all routes on one screen.

use super::svg::{Anchor, Font, INK, Picture, QUIET, Style, Svg, Text};
use crate::count::count;
use tlevel::derive::{Derivation, Programme};
use tlevel::map::BranchName;
use tlevel::teaching::{PathwayTeaching, TeachingPlan};

/// The width of a page of the site.
const WIDTH: f64 = 1_016.0;
/// The width of the names of routes.
const ROUTE: f64 = 276.0;
/// How many pathways are side by side.
const ACROSS: usize = 3;
const GAP: f64 = 8.0;
const BOX: f64 = 23.0;
const ROW: f64 = 28.0;
const PADDING: f64 = 8.0;
const NAME: Font = Font { size: 12.0, bold: true };
const BODY: Font = Font { size: 12.0, bold: false };
/// Behind the name of a pathway with a programme; ink on it has 14:1.
const OPEN: &str = "#dbe8f5";
const EDGE: &str = "#174a8c";

/// The address of a pathway.
pub(crate) type PathwayLink<'l> = dyn Fn(&BranchName) -> Option<String> + 'l;

/// Draws each route as a row of its pathways, with the size of the core of those
/// that have a programme.
///
/// A route with more pathways than a row holds has several rows.
pub(crate) fn at_a_glance(plan: &TeachingPlan, derivation: &Derivation, link: &PathwayLink<'_>) -> Picture {
    let mut svg = Svg::new("T Levels at a glance", &description(derivation));
    // the last box keeps its edge
    let width = (WIDTH - 1.0 - ROUTE - GAP * (ACROSS as f64 - 1.0)) / ACROSS as f64;
    let mut y = 4.0;
    for of_route in plan.pathways.chunk_by(|a, b| a.route.id == b.route.id) {
        let Some(first) = of_route.first() else { continue };
        svg.text(&Text::new(0.0, y + 16.0, &first.route.name).font(NAME).fit(ROUTE - GAP));
        for (i, pathway) in of_route.iter().enumerate() {
            let left = ROUTE + (i % ACROSS) as f64 * (width + GAP);
            let at = [left, y + (i / ACROSS) as f64 * ROW, width, BOX];
            let draw = |svg: &mut Svg| draw_pathway(svg, pathway, derivation.programme(&pathway.pathway.id), at);
            match link(&pathway.pathway) {
                Some(address) => svg.link(&address, draw),
                None => draw(&mut svg),
            }
        }
        y += of_route.len().div_ceil(ACROSS) as f64 * ROW;
    }
    y = legend(&mut svg, derivation, y + 6.0);
    svg.finish(WIDTH, y + 4.0)
}

fn draw_pathway(svg: &mut Svg, pathway: &PathwayTeaching, programme: Option<&Programme>, at: [f64; 4]) {
    let [x, y, width, _] = at;
    let (style, ink, size) = match programme {
        Some(programme) if programme.has_statements() => {
            let style = Style { stroke: Some(EDGE), stroke_width: 1.0, ..Style::filled(OPEN) };
            (style, INK, core_size(programme).to_string())
        }
        Some(_) => (Style::lined(EDGE, 1.0), INK, String::new()),
        None => (Style::lined(QUIET, 1.0).dashed(), QUIET, String::new()),
    };
    svg.rect(at, &style);
    let room = width - 2.0 * PADDING - if size.is_empty() { 0.0 } else { BODY.width(&size) + PADDING };
    svg.text(&Text::new(x + PADDING, y + 16.0, &pathway.pathway.name).font(BODY).fill(ink).fit(room));
    svg.text(&Text::new(x + width - PADDING, y + 16.0, &size).font(NAME).anchor(Anchor::End));
}

/// The topics of the core, or its items if the policy shares statements.
fn core_size(programme: &Programme) -> usize {
    match programme.topics.len() {
        0 => programme.route_core.len() + programme.pathway_core.len(),
        topics => topics,
    }
}

fn unit(derivation: &Derivation) -> &'static str {
    if derivation.programmes.iter().any(|programme| !programme.topics.is_empty()) { "topics" } else { "items" }
}

/// The marks that this picture has, explained.
fn legend(svg: &mut Svg, derivation: &Derivation, y: f64) -> f64 {
    let open = Style { stroke: Some(EDGE), stroke_width: 1.0, ..Style::filled(OPEN) };
    let (programmes, closed) = (&derivation.programmes, &derivation.no_programme);
    let marks = [
        (
            programmes.iter().any(Programme::has_statements),
            open,
            format!("T Level, and how many {} its core has", unit(derivation)),
        ),
        (
            !programmes.iter().all(Programme::has_statements),
            Style::lined(EDGE, 1.0),
            "T Level without statements in this map".to_owned(),
        ),
        (!closed.is_empty(), Style::lined(QUIET, 1.0).dashed(), "no T Level".to_owned()),
    ];
    let mut x = ROUTE;
    for (_, style, text) in marks.iter().filter(|(is_used, ..)| *is_used) {
        svg.rect([x, y + 4.0, 20.0, 13.0], style);
        svg.text(&Text::new(x + 27.0, y + 15.0, text).font(BODY));
        x += 27.0 + BODY.width(text) + 28.0;
    }
    y + 21.0
}

fn description(derivation: &Derivation) -> String {
    let with = derivation.programmes.iter().filter(|programme| programme.has_statements()).count();
    let without = derivation.programmes.len() - with;
    let mut parts = vec![format!("{} with the number of {} in its core", count(with, "T Level"), unit(derivation))];
    if without > 0 {
        parts.push(format!("{without} without statements in this map"));
    }
    if !derivation.no_programme.is_empty() {
        parts.push(format!("{} without a T Level", count(derivation.no_programme.len(), "pathway")));
    }
    format!("A row for each route, a box for each pathway: {}.", parts.join(", "))
}
