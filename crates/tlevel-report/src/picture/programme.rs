//! A T Level as a picture: route core, pathway core and specialisms, each as
//! large as its content.

use std::collections::HashMap;

use super::svg::{Anchor, Font, INK, PALETTE, Picture, QUIET, Style, Svg, Text};
use crate::count::count;
use tlevel::derive::{CoreTopic, Item, NoteCode, Programme, Specialism, Tier};
use tlevel::map::Kind;

/// Wide enough for three topics side by side, narrow enough to read on a page of A4.
const WIDTH: f64 = 1_120.0;
const MARGIN: f64 = 20.0;
const PADDING: f64 = 12.0;
const GAP: f64 = 14.0;
/// The side of an item's square, and the room around it.
const TILE: f64 = 16.0;
const STEP: f64 = 20.0;
/// Columns of a core's items in words.
const WORDS: usize = 3;
/// The least width of a specialism's box.
const BOX: f64 = 250.0;
/// Lines of a specialism's title, and of the occupations that it serves, at most.
const LINES: usize = 4;
const TITLE: Font = Font { size: 22.0, bold: true };
const HEAD: Font = Font { size: 15.0, bold: true };
const TOPIC: Font = Font { size: 14.0, bold: true };
const BODY: Font = Font { size: 12.0, bold: false };
const HEAD_LINE: f64 = 18.0;
const TOPIC_LINE: f64 = 17.0;
const LINE: f64 = 15.0;
/// Where nothing is: behind it, and around it.
const EMPTY: (&str, &str) = ("#fdeccb", "#9a5b00");

/// The kinds: a letter and a colour.
const KINDS: [(Kind, &str, &str, &str); 3] = [
    (Kind::Knowledge, "K", PALETTE[0], "knowledge"),
    (Kind::Skill, "S", PALETTE[3], "skill"),
    (Kind::Behaviour, "B", PALETTE[5], "behaviour"),
];

/// Draws a programme: the route core above the pathway core (and that of groups)
/// above the specialisms. Each item of content is a square with the letter of its
/// kind, so a part is as large as its content. In a core of topics the squares are
/// under the headings; in any other core items also have their text, cut to two
/// lines. Every item has its text as a tooltip. A part without content is amber and
/// says why.
///
/// `titles` gives the title of an occupation by its id.
///
/// # Examples
///
/// ```
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::picture;
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let concepts = Concepts::from_csv(&map, &std::fs::read_to_string("../../fixtures/maps/england-concepts.csv")?)?;
/// let derivation = tlevel::derive(&map, &concepts, &Policy::t_level())?;
/// let onsite = derivation.programme("construction/onsite-construction").unwrap();
/// let drawn = picture::programme(onsite, |id| map.occupation(id).map(|o| o.title()));
/// assert!(drawn.svg().contains("Route core") && drawn.svg().contains("Craft plasterer"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the items of the programme.
pub fn programme<'t>(programme: &Programme, titles: impl Fn(&str) -> Option<&'t str>) -> Picture {
    let title = format!("T Level: {}", programme.pathway.name);
    let cores = Core::all(programme);
    let description = format!(
        "{} {}, each in addition to the core: {}.",
        cores.iter().map(|core| format!("{}: {}.", core.name, core.size())).collect::<Vec<_>>().join(" "),
        count(programme.specialisms.len(), "specialism"),
        programme
            .specialisms
            .iter()
            .map(|s| format!("{} ({})", s.title, items_of(s).count()))
            .collect::<Vec<_>>()
            .join("; ")
    );
    let mut svg = Svg::new(&title, &description);
    let inner = WIDTH - 2.0 * MARGIN;
    let mut y = MARGIN + 20.0;
    svg.text(&Text::new(MARGIN, y, &title).font(TITLE).fit(inner));
    y += 6.0;
    let who = format!("{} > {}; core shared by {}", programme.route.name, programme.pathway.name, counting(programme));
    for line in BODY.wrap(&who, inner, LINES) {
        y += LINE;
        svg.text(&Text::new(MARGIN, y, &line).font(BODY).quiet());
    }
    y += GAP;
    for core in &cores {
        let drawn = if core.is_empty() {
            draw_empty(&mut svg, core, y)
        } else if core.topics.is_empty() {
            draw_core(&mut svg, core.name, &core.items, core.fill, y)
        } else {
            draw_topics(&mut svg, core, y)
        };
        y = drawn + GAP;
    }
    let heading = match programme.specialisms.len() {
        0 => "No specialism".to_owned(),
        1 => "Specialism".to_owned(),
        n => format!("Specialisms: one of {n}"),
    };
    svg.text(&Text::new(MARGIN, y + 14.0, &heading).font(HEAD));
    y += 24.0;
    let columns = columns(inner, programme.specialisms.len());
    let width = (inner - GAP * (columns - 1) as f64) / columns as f64;
    let boxes: Vec<SpecialismBox<'_>> =
        programme.specialisms.iter().map(|s| SpecialismBox::of(s, programme, width, &titles)).collect();
    for row in boxes.chunks(columns) {
        let height = row.iter().map(|b| b.height).fold(0.0, f64::max);
        for (i, of) in row.iter().enumerate() {
            of.draw(&mut svg, MARGIN + i as f64 * (width + GAP), y);
        }
        y += height + GAP;
    }
    let is_empty =
        cores.iter().any(Core::is_empty) || programme.specialisms.iter().any(|s| items_of(s).next().is_none());
    y = legend(&mut svg, programme, is_empty, y);
    svg.finish(WIDTH, y + MARGIN)
}

/// A core: its items, and its topics if it is one of topics.
struct Core<'p> {
    name: &'static str,
    fill: &'static str,
    items: Vec<&'p Item>,
    topics: Vec<&'p CoreTopic>,
    /// Why it is empty, if it is.
    why: String,
}

impl<'p> Core<'p> {
    /// The cores of a programme; that of groups only if there is one.
    fn all(programme: &'p Programme) -> Vec<Core<'p>> {
        let tiers = [
            ("Route core", Tier::Route, "#e8eef6"),
            ("Pathway core", Tier::Pathway, "#f0f4ea"),
            ("Group core", Tier::Group, "#f3ecf3"),
        ];
        let core = |(name, tier, fill)| Core {
            name,
            fill,
            items: programme.items().filter(|(_, of)| *of == tier).map(|(item, _)| item).collect(),
            topics: programme.topics.iter().filter(|topic| topic.tier == tier).collect(),
            why: why_empty(programme, tier),
        };
        let is_shown = |core: &Core<'_>| core.name != "Group core" || !core.is_empty();
        tiers.into_iter().map(core).filter(is_shown).collect()
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty() && self.topics.is_empty()
    }

    fn size(&self) -> String {
        match self.topics.len() {
            0 if self.is_empty() => format!("empty: {}", self.why),
            0 => count(self.items.len(), "item"),
            n => format!("{}, {}", count(n, "topic"), count(self.items.len(), "item")),
        }
    }
}

/// Why a core is empty: what the derivation notes, in a few words.
fn why_empty(programme: &Programme, tier: Tier) -> String {
    let has = |code: NoteCode| programme.notes.iter().any(|note| note.code == code);
    let route = &programme.route.name;
    match programme.counting.as_slice() {
        [] => "no occupation of the pathway has statements in this map".to_owned(),
        [only] if tier == Tier::Pathway => {
            format!("only {} counts, and one occupation alone shares nothing", only.title)
        }
        _ if tier == Tier::Route => format!("nothing is shared by enough occupations in the pathways of {route}"),
        _ if has(NoteCode::EmptyPathwayCore) => "nothing is shared beyond the route core".to_owned(),
        some => format!("nothing is shared by enough of the {}", count(some.len(), "occupation")),
    }
}

/// Draws a core without content, and why it has none; returns where it ends.
fn draw_empty(svg: &mut Svg, core: &Core<'_>, top: f64) -> f64 {
    let inner = WIDTH - 2.0 * MARGIN;
    let room = inner - 2.0 * PADDING;
    let lines = BODY.wrap(&format!("Empty: {}.", core.why), room, LINES);
    let height = 2.0 * PADDING + HEAD_LINE + lines.len() as f64 * LINE;
    svg.group(core.name, |svg| {
        svg.rect([MARGIN, top, inner, height], &empty());
        svg.text(&Text::new(MARGIN + PADDING, top + PADDING + 12.0, core.name).font(HEAD));
        for (k, line) in lines.iter().enumerate() {
            let base = top + PADDING + HEAD_LINE + 12.0 + k as f64 * LINE;
            svg.text(&Text::new(MARGIN + PADDING, base, line).font(BODY));
        }
    });
    top + height
}

fn empty() -> Style<'static> {
    let (fill, edge) = EMPTY;
    Style { stroke: Some(edge), stroke_width: 1.5, ..Style::filled(fill) }.dashed()
}

fn counting(programme: &Programme) -> String {
    match programme.counting.as_slice() {
        [] => "no occupation".to_owned(),
        some => some.iter().map(|o| o.title.as_str()).collect::<Vec<_>>().join("; "),
    }
}

/// The content of a specialism, with what its units add at the end.
fn items_of(specialism: &Specialism) -> impl Iterator<Item = &Item> {
    specialism.content.iter().chain(specialism.adds.iter().flat_map(|added| &added.content))
}

/// How many of each kind: "12 items: 7 knowledge, 5 skills".
fn kinds<'i>(items: impl Iterator<Item = &'i Item>) -> String {
    let mut by_kind: HashMap<Kind, usize> = HashMap::new();
    let mut all = 0;
    for item in items {
        *by_kind.entry(item.kind).or_default() += 1;
        all += 1;
    }
    let parts: Vec<String> = KINDS
        .iter()
        .filter_map(|(kind, _, _, name)| {
            let n = *by_kind.get(kind)?;
            Some(if *kind == Kind::Knowledge { format!("{n} {name}") } else { count(n, name) })
        })
        .collect();
    match parts.as_slice() {
        [] => "nothing".to_owned(),
        _ => format!("{}: {}", count(all, "item"), parts.join(", ")),
    }
}

/// How many boxes fit side by side.
fn columns(width: f64, boxes: usize) -> usize {
    let most = ((width + GAP) / (BOX + GAP)).floor().max(1.0) as usize;
    boxes.clamp(1, most)
}

/// Draws a core over the whole width, its items in words; returns where it ends.
fn draw_core(svg: &mut Svg, name: &str, items: &[&Item], fill: &str, top: f64) -> f64 {
    let inner = WIDTH - 2.0 * MARGIN;
    let column = (inner - 2.0 * PADDING) / WORDS as f64;
    let words = |item: &&Item| BODY.wrap(item.label.as_deref().unwrap_or(&item.text), column - TILE - 24.0, 2);
    let words: Vec<Vec<String>> = items.iter().map(words).collect();
    let rows = items.len().div_ceil(WORDS).max(1);
    // as high as the longest needs, so the columns stay level
    let step = if words.iter().any(|lines| lines.len() > 1) { STEP + LINE } else { STEP };
    let height = 2.0 * PADDING + 22.0 + rows as f64 * step;
    svg.group(name, |svg| {
        svg.rect([MARGIN, top, inner, height], &Style::filled(fill));
        svg.rect([MARGIN, top, inner, height], &Style::lined(QUIET, 1.0));
        svg.text(&Text::new(MARGIN + PADDING, top + PADDING + 12.0, name).font(HEAD));
        let beside = MARGIN + PADDING + HEAD.width(name) + 14.0;
        let kinds = kinds(items.iter().copied());
        svg.text(&Text::new(beside, top + PADDING + 12.0, &kinds).font(BODY).quiet().fit(inner - beside));
        for (i, (item, lines)) in items.iter().zip(&words).enumerate() {
            // down the columns, in reading order
            let x = MARGIN + PADDING + (i / rows) as f64 * column;
            let y = top + PADDING + 22.0 + (i % rows) as f64 * step;
            tile(svg, item, x, y);
            for (k, line) in lines.iter().enumerate() {
                svg.text(&Text::new(x + TILE + 8.0, y + 12.0 + k as f64 * LINE, line).font(BODY));
            }
        }
    });
    top + height
}

/// Draws a core of topics over the whole width, each topic with its heading and
/// its items as squares; returns where it ends.
fn draw_topics(svg: &mut Svg, core: &Core<'_>, top: f64) -> f64 {
    let inner = WIDTH - 2.0 * MARGIN;
    let column = (inner - 2.0 * PADDING) / WORDS as f64;
    let across = (((column - GAP) / STEP).floor() as usize).max(1);
    let of_topic = |topic: &CoreTopic| -> Vec<&Item> {
        let is_of = |item: &&&Item| item.topic.as_ref().is_some_and(|name| name.id == topic.id);
        core.items.iter().filter(is_of).copied().collect()
    };
    let items: Vec<Vec<&Item>> = core.topics.iter().map(|topic| of_topic(topic)).collect();
    let under_none: Vec<&Item> = {
        let is_under =
            |item: &Item| item.topic.as_ref().is_some_and(|name| core.topics.iter().any(|topic| topic.id == name.id));
        core.items.iter().filter(|item| !is_under(item)).copied().collect()
    };
    let mut cells: Vec<TopicCell<'_>> = (core.topics.iter().zip(items))
        .map(|(topic, items)| {
            let group = topic.group.as_ref().map_or_else(String::new, |group| format!(" in {}", group.name));
            let shared = format!("{} of {}{group}", topic.support.have, topic.support.of);
            let shared = match topic.elements.len() {
                0 => shared,
                n => format!("{shared}; {}", count(n, "element")),
            };
            TopicCell {
                name: topic.heading.clone(),
                heading: TOPIC.wrap(&topic.heading, column - GAP, 3),
                shared: BODY.wrap(&shared, column - GAP, 2),
                items,
            }
        })
        .collect();
    if !under_none.is_empty() {
        let name = "Further content".to_owned();
        cells.push(TopicCell { heading: vec![name.clone()], name, shared: Vec::new(), items: under_none });
    }
    // rows of cells, each as high as its largest
    let height = |cell: &TopicCell<'_>| cell.head() + cell.items.len().div_ceil(across) as f64 * STEP + 8.0;
    let rows: Vec<f64> = cells.chunks(WORDS).map(|row| row.iter().map(height).fold(0.0, f64::max)).collect();
    let tall = 2.0 * PADDING + 26.0 + rows.iter().sum::<f64>();
    svg.group(core.name, |svg| {
        svg.rect([MARGIN, top, inner, tall], &Style::filled(core.fill));
        svg.rect([MARGIN, top, inner, tall], &Style::lined(QUIET, 1.0));
        svg.text(&Text::new(MARGIN + PADDING, top + PADDING + 12.0, core.name).font(HEAD));
        let beside = MARGIN + PADDING + HEAD.width(core.name) + 14.0;
        let size = format!("{}; {}", count(core.topics.len(), "topic"), kinds(core.items.iter().copied()));
        svg.text(&Text::new(beside, top + PADDING + 12.0, &size).font(BODY).quiet().fit(inner - beside));
        let mut y = top + PADDING + 26.0;
        for (row, tall) in cells.chunks(WORDS).zip(&rows) {
            for (i, cell) in row.iter().enumerate() {
                let x = MARGIN + PADDING + i as f64 * column;
                svg.group(&cell.name, |svg| cell.draw(svg, [x, y], across));
            }
            y += tall;
        }
    });
    top + tall
}

/// A topic of a core, laid out.
struct TopicCell<'p> {
    name: String,
    heading: Vec<String>,
    shared: Vec<String>,
    items: Vec<&'p Item>,
}

impl TopicCell<'_> {
    /// The height above the squares.
    fn head(&self) -> f64 {
        self.heading.len() as f64 * TOPIC_LINE + self.shared.len() as f64 * LINE + 6.0
    }

    /// Draws the heading, how many share the topic, and `across` squares side by side.
    fn draw(&self, svg: &mut Svg, [x, y]: [f64; 2], across: usize) {
        for (k, line) in self.heading.iter().enumerate() {
            svg.text(&Text::new(x, y + 13.0 + k as f64 * TOPIC_LINE, line).font(TOPIC));
        }
        let head = self.head();
        for (k, line) in self.shared.iter().rev().enumerate() {
            svg.text(&Text::new(x, y + head - 7.0 - k as f64 * LINE, line).font(BODY).quiet());
        }
        for (k, item) in self.items.iter().enumerate() {
            let (along, down) = (k % across, k / across);
            tile(svg, item, x + along as f64 * STEP, y + head + down as f64 * STEP);
        }
    }
}

/// A specialism, laid out.
struct SpecialismBox<'p> {
    specialism: &'p Specialism,
    title: Vec<String>,
    serves: Vec<String>,
    kinds: Vec<String>,
    is_empty: bool,
    /// Tiles side by side.
    across: usize,
    width: f64,
    height: f64,
}

impl<'p> SpecialismBox<'p> {
    fn of<'t>(
        specialism: &'p Specialism,
        programme: &Programme,
        width: f64,
        titles: &impl Fn(&str) -> Option<&'t str>,
    ) -> Self {
        let room = width - 2.0 * PADDING;
        let title = HEAD.wrap(&specialism.title, room, LINES);
        let titles: Vec<&str> = specialism.occupations.iter().filter_map(|id| titles(id)).collect();
        // a specialism usually has the title of the occupation that it serves
        let serves = match titles.as_slice() {
            [only] if *only == specialism.title => Vec::new(),
            some => BODY.wrap(&some.join("; "), room, LINES),
        };
        let across = (((room + STEP - TILE) / STEP).floor() as usize).max(1);
        let rows = items_of(specialism).count().div_ceil(across);
        let is_empty = items_of(specialism).next().is_none();
        let counts = |id: &String| programme.counting.iter().any(|occupation| occupation.id == *id);
        let kinds = if !is_empty {
            kinds(items_of(specialism))
        } else if specialism.occupations.iter().any(counts) {
            "Empty: all that it has is core.".to_owned()
        } else {
            "Empty: no statements in this map.".to_owned()
        };
        let kinds = BODY.wrap(&kinds, room, 3);
        let lines = title.len() as f64 * HEAD_LINE + (serves.len() + kinds.len()) as f64 * LINE;
        let height = 2.0 * PADDING + lines + if is_empty { 0.0 } else { 8.0 + rows as f64 * STEP };
        SpecialismBox { specialism, title, serves, kinds, is_empty, across, width, height }
    }

    fn draw(&self, svg: &mut Svg, left: f64, top: f64) {
        svg.group(&self.specialism.title, |svg| {
            let area = [left, top, self.width, self.height];
            if self.is_empty {
                svg.rect(area, &empty());
            } else {
                svg.rect(area, &Style::filled("#faf6ee"));
                svg.rect(area, &Style::lined(QUIET, 1.0));
            }
            let mut y = top + PADDING;
            for line in &self.title {
                svg.text(&Text::new(left + PADDING, y + 12.0, line).font(HEAD));
                y += HEAD_LINE;
            }
            for line in &self.serves {
                svg.text(&Text::new(left + PADDING, y + 10.0, line).font(BODY));
                y += LINE;
            }
            let ink = if self.is_empty { INK } else { QUIET };
            for line in &self.kinds {
                svg.text(&Text::new(left + PADDING, y + 10.0, line).font(BODY).fill(ink));
                y += LINE;
            }
            y += 8.0;
            for (i, item) in items_of(self.specialism).enumerate() {
                let (column, row) = (i % self.across, i / self.across);
                tile(svg, item, left + PADDING + column as f64 * STEP, y + row as f64 * STEP);
            }
        });
    }
}

/// Draws an item: a square with the letter of its kind and its text as a tooltip.
fn tile(svg: &mut Svg, item: &Item, x: f64, y: f64) {
    let (_, letter, colour, _) = KINDS.into_iter().find(|kind| kind.0 == item.kind).unwrap_or(KINDS[0]);
    svg.titled(item.label.as_deref().unwrap_or(&item.text), |svg| letter_tile(svg, letter, colour, x, y));
}

fn letter_tile(svg: &mut Svg, letter: &str, colour: &str, x: f64, y: f64) {
    svg.rect([x, y, TILE, TILE], &Style::filled(colour));
    let font = Font::new(10.0).bold();
    svg.text(&Text::new(x + TILE / 2.0, y + 12.0, letter).font(font).anchor(Anchor::Middle).fill("#ffffff"));
}

/// Draws what the marks of a programme mean; returns where it ends.
fn legend(svg: &mut Svg, programme: &Programme, is_empty: bool, top: f64) -> f64 {
    let mut x = MARGIN;
    let used = KINDS.into_iter().filter(|(kind, ..)| programme.items().any(|(item, _)| item.kind == *kind));
    let mut has_tiles = false;
    for (_, letter, colour, name) in used {
        letter_tile(svg, letter, colour, x, top);
        svg.text(&Text::new(x + TILE + 8.0, top + 12.0, name).font(BODY).fill(INK));
        x += TILE + 8.0 + BODY.width(name) + 24.0;
        has_tiles = true;
    }
    if has_tiles {
        let text = "A square is an item of content.";
        svg.text(&Text::new(x, top + 12.0, text).font(BODY).fill(INK));
        x += BODY.width(text) + 24.0;
    }
    if is_empty {
        svg.rect([x, top, 24.0, TILE], &empty());
        svg.text(&Text::new(x + 32.0, top + 12.0, "nothing is in it").font(BODY).fill(INK));
    }
    top + TILE
}
