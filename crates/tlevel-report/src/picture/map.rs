//! A route's map as a picture: pathways side by side, bands as rows, clusters as
//! boxes with their occupations.

use itertools::Itertools as _;

use super::svg::{Anchor, Font, GRID, INK, Picture, QUIET, Style, Svg, Text};
use tlevel::derive::Policy;
use tlevel::map::{Band, Cluster, Map, Occupation, Pathway, Route, Status};
use tlevel::read::RawApprenticeshipOnly;

/// The width of an A3 page, landscape, at 96 dots an inch, less its margins.
const WIDTH: f64 = 1_520.0;
const MARGIN: f64 = 20.0;
/// The width of the names of bands.
const BAND: f64 = 116.0;
/// The least width of a box.
const BOX: f64 = 210.0;
const GAP: f64 = 10.0;
const PADDING: f64 = 8.0;
const CHIP: f64 = 14.0;

/// The bands from the top: progression goes up.
const BANDS: [(Band, &str, &str); 3] = [
    (Band::Professional, "Professional", "levels 6 and 7"),
    (Band::HigherTechnical, "Higher technical", "levels 4 and 5"),
    (Band::Technical, "Technical", "levels 2 and 3"),
];

/// The statuses: a colour with a contrast of 4.5:1 to white, and a letter for
/// readers who cannot see the colour.
const STATUSES: [(Status, &str, &str, &str); 5] = [
    (Status::Approved, "A", "#1a7f37", "approved: standard, plan and funding band"),
    (Status::PlanInDevelopment, "P", "#8a5a00", "standard approved, plan in development"),
    (Status::InDevelopment, "D", "#c62828", "standard and plan in development"),
    (Status::None, "N", "#000000", "no standard, none in development"),
    (Status::Unknown, "?", "#5f6368", "status unknown"),
];

fn title_font() -> Font {
    Font::new(20.0).bold()
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

/// Draws routes of a map, one below the other. An approved occupation links to its
/// standard and any other to its description, if the source gives an address.
/// Branches that the map or the policy marks as apprenticeship-only are outlined
/// with dashes and show the reason.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
/// use tlevel_report::picture;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json"))?)?.map;
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
    let title = match names.as_slice() {
        [one] => format!("Occupational map: {one}"),
        _ => map.raw().title.clone().unwrap_or_else(|| "Occupational map".to_owned()),
    };
    let description = format!(
        "{} as pathways side by side, bands as rows, clusters as boxes; each occupation with its level and a letter for \
         the status of its standard.",
        names.join(", ")
    );
    let mut svg = Svg::new(&title, &description);
    let mut top = MARGIN;
    for route in routes {
        top = draw_route(&mut svg, *route, policy, link, top) + 30.0;
    }
    top = legend(&mut svg, top);
    svg.finish(WIDTH, top + MARGIN)
}

fn draw_route(svg: &mut Svg, route: Route<'_>, policy: &Policy, link: &Link<'_>, top: f64) -> f64 {
    let inner = WIDTH - 2.0 * MARGIN;
    let mut y = top + 22.0;
    svg.text(&Text::new(MARGIN, y, route.name()).font(title_font()).fit(inner));
    if let Some(why) = closed(policy, route.id(), route.name(), route.apprenticeship_only()) {
        y += 18.0;
        svg.text(&Text::new(MARGIN, y, &why).font(small_font()).fit(inner));
    }
    y += 14.0;
    let pathways: Vec<Pathway<'_>> = route.pathways().collect();
    if pathways.is_empty() {
        svg.text(&Text::new(MARGIN, y + 12.0, "No pathway.").quiet());
        return y + 20.0;
    }
    for some in pathways.chunks(columns(inner - BAND)) {
        y = draw_pathways(svg, some, policy, link, y) + GAP;
    }
    y - GAP
}

/// Pathways side by side, with the bands under their names.
fn draw_pathways(svg: &mut Svg, pathways: &[Pathway<'_>], policy: &Policy, link: &Link<'_>, top: f64) -> f64 {
    let mut y = top;
    let across = WIDTH - 2.0 * MARGIN - BAND - GAP * (pathways.len() as f64 - 1.0);
    let width = across / pathways.len().max(1) as f64;
    let left = |i: usize| MARGIN + BAND + i as f64 * (width + GAP);
    let heads: Vec<Vec<String>> =
        pathways.iter().map(|p| heading_font().wrap(p.name(), width - 2.0 * PADDING, 3)).collect();
    let lines = heads.iter().map(Vec::len).max().unwrap_or(0);
    let reasons: Vec<Option<String>> =
        pathways.iter().map(|p| closed(policy, p.id(), p.name(), p.apprenticeship_only())).collect();
    let head = lines as f64 * 17.0 + if reasons.iter().any(Option::is_some) { 22.0 } else { 8.0 };
    let body = y;
    for i in 0..pathways.len() {
        for (k, line) in heads[i].iter().enumerate() {
            svg.text(&Text::new(left(i) + PADDING, y + 16.0 + k as f64 * 17.0, line).font(heading_font()));
        }
        if let Some(why) = &reasons[i] {
            let base = y + 15.0 + lines as f64 * 17.0;
            svg.text(&Text::new(left(i) + PADDING, base, why).font(small_font()).fit(width - 2.0 * PADDING));
        }
    }
    y += head;
    for (band, name, levels) in BANDS {
        let cells: Vec<Cell<'_>> =
            pathways.iter().map(|pathway| Cell::of(*pathway, band, width - 2.0 * PADDING, policy)).collect();
        let height = cells.iter().map(|cell| cell.height).fold(54.0, f64::max) + 2.0 * PADDING;
        svg.line([MARGIN, y, WIDTH - MARGIN, y], &Style::lined(GRID, 1.0));
        for (k, line) in name_font().wrap(name, BAND - 10.0, 3).iter().enumerate() {
            svg.text(&Text::new(MARGIN, y + 22.0 + k as f64 * 15.0, line).font(name_font()));
        }
        svg.text(&Text::new(MARGIN, y + 54.0, levels).font(small_font()).quiet().fit(BAND - 8.0));
        for (i, cell) in cells.iter().enumerate() {
            cell.draw(svg, link, left(i) + PADDING, y + PADDING);
        }
        y += height;
    }
    for (i, why) in reasons.iter().enumerate() {
        let style = if why.is_some() { Style::lined(QUIET, 1.5).dashed() } else { Style::lined(GRID, 1.0) };
        svg.rect([left(i), body, width, y - body], &style);
    }
    y
}

/// The clusters of a pathway in a band, laid out.
struct Cell<'m> {
    boxes: Vec<(f64, f64, ClusterBox<'m>)>,
    height: f64,
}

impl<'m> Cell<'m> {
    fn of(pathway: Pathway<'m>, band: Band, width: f64, policy: &Policy) -> Self {
        let columns = columns(width);
        let box_width = (width - (columns - 1) as f64 * GAP) / columns as f64;
        let mut heights = vec![0.0_f64; columns];
        let mut boxes = Vec::new();
        for cluster in pathway.clusters() {
            let Some(cluster) = ClusterBox::of(cluster, band, box_width, policy) else { continue };
            // the shortest column so far; on ties the first
            let lowest = (0..columns).fold(0, |best, i| if heights[i] < heights[best] { i } else { best });
            let y = heights[lowest];
            heights[lowest] += cluster.height + GAP;
            boxes.push((lowest as f64 * (box_width + GAP), y, cluster));
        }
        let height = heights.into_iter().fold(0.0, f64::max);
        Cell { boxes, height: (height - GAP).max(0.0) }
    }

    fn draw(&self, svg: &mut Svg, link: &Link<'_>, left: f64, top: f64) {
        for (x, y, cluster) in &self.boxes {
            cluster.draw(svg, link, left + x, top + y);
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
    fn of(cluster: Cluster<'m>, band: Band, width: f64, policy: &Policy) -> Option<Self> {
        let room = width - 2.0 * PADDING;
        let entries: Vec<(Occupation<'m>, Vec<String>)> = cluster
            .occupations()
            .filter(|occupation| occupation.band() == band)
            .map(|o| (o, small_font().wrap(&format!("{} (level {})", o.title(), o.level()), room - CHIP - 6.0, 4)))
            .collect();
        if entries.is_empty() {
            return None;
        }
        let name = name_font().wrap(cluster.name(), room, 3);
        let why = closed(policy, cluster.id(), cluster.name(), cluster.apprenticeship_only());
        let why = why.map_or_else(Vec::new, |why| small_font().wrap(&why, room, 4));
        let lines: usize = entries.iter().map(|(_, lines)| lines.len().max(1)).sum();
        let height = 2.0 * PADDING
            + name.len() as f64 * 15.0
            + why.len() as f64 * 13.0
            + lines as f64 * 13.0
            + entries.len() as f64 * 5.0;
        Some(ClusterBox { name, why, entries, width, height, label: cluster.name() })
    }

    fn draw(&self, svg: &mut Svg, link: &Link<'_>, left: f64, top: f64) {
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
                let at = y;
                let draw = |svg: &mut Svg| {
                    chip(svg, occupation.status(), left + PADDING, at);
                    for (k, line) in lines.iter().enumerate() {
                        let base = at + 11.0 + k as f64 * 13.0;
                        svg.text(&Text::new(left + PADDING + CHIP + 6.0, base, line).font(small_font()));
                    }
                };
                match link(occupation) {
                    Some(address) => svg.link(&address, draw),
                    None => draw(svg),
                }
                y += lines.len().max(1) as f64 * 13.0;
            }
        });
    }
}

/// A letter in a square of the status's colour.
fn chip(svg: &mut Svg, status: Status, x: f64, y: f64) {
    let (_, letter, colour, _) = of_status(status);
    svg.rect([x, y, CHIP, CHIP], &Style::filled(colour));
    let font = Font::new(10.0).bold();
    svg.text(&Text::new(x + CHIP / 2.0, y + 10.5, letter).font(font).anchor(Anchor::Middle).fill("#ffffff"));
}

fn of_status(status: Status) -> (Status, &'static str, &'static str, &'static str) {
    STATUSES.into_iter().find(|known| known.0 == status).unwrap_or(STATUSES[4])
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

/// Draws what the letters and lines mean; returns where it ends.
fn legend(svg: &mut Svg, top: f64) -> f64 {
    svg.text(&Text::new(MARGIN, top + 12.0, "Standards").font(name_font()));
    let width = (WIDTH - 2.0 * MARGIN) / 3.0;
    let mut y = top + 20.0;
    for (i, (status, _, _, meaning)) in STATUSES.iter().enumerate() {
        let x = MARGIN + (i % 3) as f64 * width;
        y = top + 20.0 + (i / 3) as f64 * 22.0;
        chip(svg, *status, x, y);
        svg.text(&Text::new(x + CHIP + 6.0, y + 11.0, meaning).font(small_font()).fit(width - CHIP - 16.0));
    }
    let x = MARGIN + 2.0 * width;
    svg.rect([x, y, 24.0, CHIP], &Style::lined(INK, 1.5).dashed());
    let text = Text::new(x + 30.0, y + 11.0, "suits apprenticeships only").font(small_font());
    svg.text(&text.fit(width - 40.0));
    y + CHIP
}
