//! A route's map as a picture: pathways side by side, bands as rows, clusters as
//! boxes with their occupations.

mod marks;

use std::collections::{BTreeSet, HashMap, HashSet};

use itertools::Itertools as _;

use self::marks::{CHIP, COVERED, Mark, badge, chip, legend, status_in_words};
use super::past::{Past, SIGN};
use super::svg::{Font, GRID, INK, Picture, QUIET, Style, Svg, Text};
use tlevel::derive::Policy;
use tlevel::map::{Band, Cluster, Map, Occupation, Pathway, Route, Status};
use tlevel::read::RawApprenticeshipOnly;
use tlevel::teaching::TeachingPlan;

/// The width of an A3 page, landscape, at 96 dots an inch, less its margins.
const WIDTH: f64 = 1_520.0;
const MARGIN: f64 = 20.0;
/// The width of the names of bands.
const BAND: f64 = 116.0;
/// The least width of a box.
const BOX: f64 = 210.0;
const GAP: f64 = 10.0;
const PADDING: f64 = 8.0;
/// The room of a chip and a badge before a title.
const BEFORE: f64 = 2.0 * CHIP + 9.0;

/// The bands from the top: progression goes up.
const BANDS: [(Band, &str, &str); 3] = [
    (Band::Professional, "Professional", "levels 6 and 7"),
    (Band::HigherTechnical, "Higher technical", "levels 4 and 5"),
    (Band::Technical, "Technical", "levels 2 and 3"),
];

fn title_font() -> Font {
    Font::new(20.0).bold()
}
fn route_font() -> Font {
    Font::new(17.0).bold()
}
fn heading_font() -> Font {
    Font::new(14.0).bold()
}
fn name_font() -> Font {
    Font::new(12.0).bold()
}
fn small_font() -> Font {
    Font::new(11.0)
}

/// Draws routes of a map, one below the other, under the map's title, source and
/// date. Each occupation has its level as a badge and the status of its standard as a
/// letter; those that a T Level covers under the policy are marked. An approved
/// occupation links to its standard and any other to its description, if the source
/// gives an address.
///
/// Branches that the map or the policy marks as apprenticeship-only are outlined
/// with dashes and show the reason. A pathway that was planned and not taught, or
/// taught and not planned, has a sign. The legend explains the marks that the
/// picture uses.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
/// use tlevel_report::picture;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let route = map.routes().next().unwrap();
/// let drawn = picture::map(&map, &[route], &Policy::t_level());
/// assert!(drawn.svg().starts_with("<svg ") && drawn.svg().contains("Professional"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the occupations.
pub fn map(map: &Map, routes: &[Route<'_>], policy: &Policy) -> Picture {
    map_linked(map, routes, policy, &|occupation| address(*occupation).map(str::to_owned))
}

/// The address that an occupation links to.
pub(crate) type Link<'l> = dyn Fn(&Occupation<'_>) -> Option<String> + 'l;

/// Like [`map`](map()), with other links.
pub(crate) fn map_linked(map: &Map, routes: &[Route<'_>], policy: &Policy, link: &Link<'_>) -> Picture {
    let names: Vec<&str> = routes.iter().map(|route| route.name()).collect();
    let of_map = map.title().filter(|title| !title.trim().is_empty()).unwrap_or("Occupational map");
    let title = match names.as_slice() {
        [one] => format!("Occupational map: {one}"),
        _ => of_map.to_owned(),
    };
    let description = format!(
        "{} as pathways side by side, bands as rows, clusters as boxes; each occupation with its level, the status of \
         its standard as a letter, and a mark if a T Level covers it.",
        names.join(", ")
    );
    let mut svg = Svg::new(&title, &description);
    let inner = WIDTH - 2.0 * MARGIN;
    let mut top = MARGIN + 22.0;
    svg.text(&Text::new(MARGIN, top, of_map).font(title_font()).fit(inner));
    for line in small_font().wrap(&origin(map, policy), inner, 3) {
        top += 15.0;
        svg.text(&Text::new(MARGIN, top + 3.0, &line).font(small_font()).quiet());
    }
    top += 16.0;
    if routes.is_empty() {
        svg.text(&Text::new(MARGIN, top + 12.0, "There is nothing to show."));
        return svg.finish(WIDTH, top + 12.0 + MARGIN);
    }
    let context = Context::of(map, policy, link);
    for route in routes {
        top = draw_route(&mut svg, *route, &context, top) + 30.0;
    }
    top = legend(&mut svg, &context.marks(routes), [MARGIN, top - 8.0, inner]);
    svg.finish(WIDTH, top + MARGIN)
}

/// Where a map is from, its date, and whose T Levels it shows.
fn origin(map: &Map, policy: &Policy) -> String {
    let source = map.raw().source.as_ref();
    let name = source.and_then(|source| source.name.as_deref());
    let date = map.raw().published.as_deref();
    let rights = source.and_then(|source| source.attribution.as_deref().or(source.licence.as_deref()));
    let parts = [
        Some(name.map_or_else(|| "Source not recorded".to_owned(), |name| format!("Source: {name}"))),
        Some(date.map_or_else(|| "Date not recorded".to_owned(), |date| format!("Published {date}"))),
        Some(format!("T Levels of the policy \"{}\"", policy.name)),
        rights.map(str::to_owned),
    ];
    let sentences = parts.into_iter().flatten().map(|part| format!("{}.", part.trim().trim_end_matches('.')));
    sentences.collect::<Vec<_>>().join(" ")
}

/// What the drawing of every part needs.
struct Context<'c> {
    policy: &'c Policy,
    link: &'c Link<'c>,
    /// The ids of the occupations that a T Level covers.
    covered: HashSet<&'c str>,
    /// Pathways whose past differs from their plan, in words.
    past: HashMap<String, (Past, String)>,
}

impl<'c> Context<'c> {
    fn of(map: &'c Map, policy: &'c Policy, link: &'c Link<'c>) -> Self {
        let plan = TeachingPlan::of(map, policy);
        let past = plan.pathways.iter().filter_map(|pathway| {
            let past = Past::of(pathway, &plan)?;
            Some((pathway.pathway.id.clone(), (past, past.in_words(pathway))))
        });
        let covered = policy.covered(map).iter().map(|occupation| occupation.id()).collect();
        Context { policy, link, covered, past: past.collect() }
    }

    fn is_covered(&self, occupation: &Occupation<'_>) -> bool {
        self.covered.contains(occupation.id())
    }

    /// Why a branch is for apprenticeships only, if it is.
    fn closed(&self, id: &str, name: &str, mark: Option<&RawApprenticeshipOnly>) -> Option<String> {
        closed(self.policy, id, name, mark)
    }

    /// The marks that routes use.
    fn marks(&self, routes: &[Route<'_>]) -> BTreeSet<Mark> {
        let mut marks = BTreeSet::new();
        let mut close = |why: Option<String>| why.map(|_| marks.insert(Mark::Closed));
        for route in routes {
            close(self.closed(route.id(), route.name(), route.apprenticeship_only()));
            for pathway in route.pathways() {
                close(self.closed(pathway.id(), pathway.name(), pathway.apprenticeship_only()));
                for cluster in pathway.clusters().filter(|cluster| cluster.occupations().next().is_some()) {
                    close(self.closed(cluster.id(), cluster.name(), cluster.apprenticeship_only()));
                }
            }
        }
        for pathway in routes.iter().flat_map(|route| route.pathways()) {
            marks.extend(self.past.get(pathway.id()).map(|(past, _)| Mark::Past(*past)));
            for occupation in pathway.occupations() {
                marks.insert(Mark::of_status(occupation.status()));
                marks.insert(if self.is_covered(&occupation) { Mark::Covered } else { Mark::Level });
            }
        }
        marks
    }
}

fn draw_route(svg: &mut Svg, route: Route<'_>, context: &Context<'_>, top: f64) -> f64 {
    let inner = WIDTH - 2.0 * MARGIN;
    let mut y = top + 20.0;
    svg.text(&Text::new(MARGIN, y, route.name()).font(route_font()).fit(inner));
    if let Some(why) = context.closed(route.id(), route.name(), route.apprenticeship_only()) {
        y += 20.0;
        svg.rect([MARGIN, y - 11.0, 24.0, CHIP], &Style::lined(INK, 1.5).dashed());
        svg.text(&Text::new(MARGIN + 30.0, y, &why).font(small_font()).fit(inner - 30.0));
    }
    y += 14.0;
    let pathways: Vec<Pathway<'_>> = route.pathways().collect();
    if pathways.is_empty() {
        svg.text(&Text::new(MARGIN, y + 12.0, "No pathway.").quiet());
        return y + 20.0;
    }
    for some in pathways.chunks(columns(inner - BAND)) {
        y = draw_pathways(svg, some, context, y) + GAP;
    }
    y - GAP
}

/// Pathways side by side, with the bands under their names.
fn draw_pathways(svg: &mut Svg, pathways: &[Pathway<'_>], context: &Context<'_>, top: f64) -> f64 {
    let mut y = top;
    let across = WIDTH - 2.0 * MARGIN - BAND - GAP * (pathways.len() as f64 - 1.0);
    let width = across / pathways.len().max(1) as f64;
    let room = width - 2.0 * PADDING;
    let left = |i: usize| MARGIN + BAND + i as f64 * (width + GAP);
    let heads: Vec<Head> = pathways.iter().map(|pathway| Head::of(*pathway, context, room)).collect();
    let head = heads.iter().map(Head::height).fold(0.0, f64::max);
    let body = y;
    for (i, of) in heads.iter().enumerate() {
        of.draw(svg, [left(i) + PADDING, y]);
    }
    y += head;
    for (band, name, levels) in BANDS {
        let cells: Vec<Cell<'_>> = pathways.iter().map(|pathway| Cell::of(*pathway, band, room, context)).collect();
        let height = cells.iter().map(|cell| cell.height).fold(54.0, f64::max) + 2.0 * PADDING;
        svg.line([MARGIN, y, WIDTH - MARGIN, y], &Style::lined(GRID, 1.0));
        for (k, line) in name_font().wrap(name, BAND - 10.0, 3).iter().enumerate() {
            svg.text(&Text::new(MARGIN, y + 22.0 + k as f64 * 15.0, line).font(name_font()));
        }
        svg.text(&Text::new(MARGIN, y + 54.0, levels).font(small_font()).quiet().fit(BAND - 8.0));
        for (i, cell) in cells.iter().enumerate() {
            cell.draw(svg, context, left(i) + PADDING, y + PADDING);
        }
        y += height;
    }
    for (i, of) in heads.iter().enumerate() {
        let style = if of.why.is_empty() { Style::lined(GRID, 1.0) } else { Style::lined(INK, 1.5).dashed() };
        svg.rect([left(i), body, width, y - body], &style);
    }
    y
}

/// The name of a pathway, why it is closed, and its past.
struct Head {
    name: Vec<String>,
    why: Vec<String>,
    past: Option<(Past, Vec<String>)>,
}

impl Head {
    fn of(pathway: Pathway<'_>, context: &Context<'_>, room: f64) -> Self {
        let why = context.closed(pathway.id(), pathway.name(), pathway.apprenticeship_only());
        let past = context.past.get(pathway.id());
        Head {
            name: heading_font().wrap(pathway.name(), room, 3),
            why: why.map_or_else(Vec::new, |why| small_font().wrap(&why, room, 3)),
            past: past.map(|(past, words)| (*past, small_font().wrap(words, room - SIGN - 8.0, 3))),
        }
    }

    fn height(&self) -> f64 {
        let past = self.past.as_ref().map_or(0.0, |(_, lines)| (lines.len() as f64 * 13.0).max(SIGN) + 6.0);
        self.name.len() as f64 * 17.0 + self.why.len() as f64 * 13.0 + past + 8.0
    }

    fn draw(&self, svg: &mut Svg, [x, top]: [f64; 2]) {
        let mut y = top;
        for line in &self.name {
            y += 17.0;
            svg.text(&Text::new(x, y - 1.0, line).font(heading_font()));
        }
        for line in &self.why {
            y += 13.0;
            svg.text(&Text::new(x, y, line).font(small_font()));
        }
        if let Some((past, lines)) = &self.past {
            y += 5.0;
            past.draw(svg, [x + SIGN / 2.0, y + SIGN / 2.0], INK);
            for (k, line) in lines.iter().enumerate() {
                svg.text(&Text::new(x + SIGN + 8.0, y + 11.0 + k as f64 * 13.0, line).font(small_font()));
            }
        }
    }
}

/// The clusters of a pathway in a band, laid out.
struct Cell<'m> {
    boxes: Vec<(f64, f64, ClusterBox<'m>)>,
    height: f64,
}

impl<'m> Cell<'m> {
    fn of(pathway: Pathway<'m>, band: Band, width: f64, context: &Context<'_>) -> Self {
        let columns = columns(width);
        let box_width = (width - (columns - 1) as f64 * GAP) / columns as f64;
        let mut heights = vec![0.0_f64; columns];
        let mut boxes = Vec::new();
        for cluster in pathway.clusters() {
            let Some(cluster) = ClusterBox::of(cluster, band, box_width, context) else { continue };
            // the shortest column so far; on ties the first
            let lowest = (0..columns).fold(0, |best, i| if heights[i] < heights[best] { i } else { best });
            let y = heights[lowest];
            heights[lowest] += cluster.height + GAP;
            boxes.push((lowest as f64 * (box_width + GAP), y, cluster));
        }
        let height = heights.into_iter().fold(0.0, f64::max);
        Cell { boxes, height: (height - GAP).max(0.0) }
    }

    fn draw(&self, svg: &mut Svg, context: &Context<'_>, left: f64, top: f64) {
        for (x, y, cluster) in &self.boxes {
            cluster.draw(svg, context, left + x, top + y);
        }
    }
}

/// How many boxes fit side by side in a width.
fn columns(width: f64) -> usize {
    let mut columns = 1;
    while (columns + 1) as f64 * BOX + columns as f64 * GAP <= width {
        columns += 1;
    }
    columns
}

/// A cluster with its occupations of one band.
struct ClusterBox<'m> {
    name: Vec<String>,
    why: Vec<String>,
    entries: Vec<(Occupation<'m>, Vec<String>)>,
    width: f64,
    height: f64,
    label: &'m str,
}

impl<'m> ClusterBox<'m> {
    fn of(cluster: Cluster<'m>, band: Band, width: f64, context: &Context<'_>) -> Option<Self> {
        let room = width - 2.0 * PADDING;
        let entries: Vec<(Occupation<'m>, Vec<String>)> = cluster
            .occupations()
            .filter(|occupation| occupation.band() == band)
            .map(|o| (o, small_font().wrap(o.title(), room - BEFORE, 4)))
            .collect();
        if entries.is_empty() {
            return None;
        }
        let name = name_font().wrap(cluster.name(), room, 3);
        let why = context.closed(cluster.id(), cluster.name(), cluster.apprenticeship_only());
        let why = why.map_or_else(Vec::new, |why| small_font().wrap(&why, room, 4));
        let lines: usize = entries.iter().map(|(_, lines)| lines.len().max(1)).sum();
        let height = 2.0 * PADDING
            + name.len() as f64 * 15.0
            + why.len() as f64 * 13.0
            + lines as f64 * 13.0
            + entries.len() as f64 * 5.0;
        Some(ClusterBox { name, why, entries, width, height, label: cluster.name() })
    }

    fn draw(&self, svg: &mut Svg, context: &Context<'_>, left: f64, top: f64) {
        svg.group(self.label, |svg| {
            let outline = if self.why.is_empty() { Style::lined(QUIET, 1.0) } else { Style::lined(INK, 1.5).dashed() };
            svg.rect([left, top, self.width, self.height], &Style::filled("#f7f8fa"));
            svg.rect([left, top, self.width, self.height], &outline);
            let mut y = top + PADDING;
            for line in &self.name {
                y += 15.0;
                svg.text(&Text::new(left + PADDING, y - 3.0, line).font(name_font()));
            }
            for line in &self.why {
                y += 13.0;
                svg.text(&Text::new(left + PADDING, y - 3.0, line).font(small_font()));
            }
            for (occupation, lines) in &self.entries {
                y += 5.0;
                let height = lines.len().max(1) as f64 * 13.0;
                if context.is_covered(occupation) {
                    let area = [left + PADDING - 3.0, y - 1.5, self.width - 2.0 * PADDING + 6.0, height + 4.0];
                    svg.rect(area, &Style::filled(COVERED));
                }
                draw_occupation(svg, occupation, lines, context, [left + PADDING, y]);
                y += height;
            }
        });
    }
}

/// The status of an occupation, its level and its title, with all three in words as
/// a tooltip.
fn draw_occupation(svg: &mut Svg, o: &Occupation<'_>, lines: &[String], context: &Context<'_>, [x, y]: [f64; 2]) {
    let is_covered = context.is_covered(o);
    let covered = if is_covered { "; covered by a T Level" } else { "" };
    let tooltip = format!("{} (level {}); {}{covered}", o.title(), o.level(), status_in_words(o.status()));
    svg.titled(&tooltip, |svg| {
        chip(svg, o.status(), [x, y]);
        badge(svg, &o.level().to_string(), is_covered, [x + CHIP + 3.0, y]);
        let title = |svg: &mut Svg| {
            for (k, line) in lines.iter().enumerate() {
                svg.text(&Text::new(x + BEFORE, y + 11.0 + k as f64 * 13.0, line).font(small_font()));
            }
        };
        match (context.link)(o) {
            Some(address) => svg.link(&address, title),
            None => title(svg),
        }
    });
}

/// The standard of an approved occupation, or the description of another.
fn address(occupation: Occupation<'_>) -> Option<&str> {
    let raw = occupation.raw();
    let standard = raw.standard.as_ref().and_then(|standard| standard.url.as_deref());
    match occupation.status() {
        Status::Approved => standard.or(raw.url.as_deref()),
        _ => raw.url.as_deref(),
    }
}

/// Why the map or the policy marks a branch as apprenticeship-only.
fn closed(policy: &Policy, id: &str, name: &str, mark: Option<&RawApprenticeshipOnly>) -> Option<String> {
    let reasons = policy.reasons_of(id, name, mark)?;
    Some(match reasons_in_words(reasons).as_str() {
        "" => "Apprenticeships only".to_owned(),
        reasons => format!("Apprenticeships only: {reasons}"),
    })
}

/// Recorded reasons, joined by commas.
pub(crate) fn reasons_in_words(reasons: &[String]) -> String {
    let in_words = |reason: &String| match reason.as_str() {
        "heavy-machinery" => "heavy machinery".to_owned(),
        "barred-under-18" => "barred under 18".to_owned(),
        "too-little-content" => "too little content".to_owned(),
        other => other.to_owned(),
    };
    reasons.iter().map(in_words).join(", ")
}
