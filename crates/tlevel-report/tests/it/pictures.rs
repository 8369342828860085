//! Pictures: well-formed, inside their boxes, the same every time, whatever
//! they are given.

use proptest::prelude::*;
use roxmltree::{Document, Node};
use tlevel_report::document::{self, Block, Figure};
use tlevel_report::export::html;
use tlevel_report::picture::svg::{Anchor, Font, OUTLINE, PALETTE, QUIET, SEQUENCE, Style, Svg, Text};
use tlevel_report::picture::{self, Dendrogram, HeatMap, Leaf, Merge, Picture, Series, Sweep, leaf_order};

fn dendrogram_svg(shown: &Dendrogram) -> String {
    picture::dendrogram(shown).into()
}

fn heat_map_svg(shown: &HeatMap) -> String {
    picture::heat_map(shown).into()
}

fn sweep_svg(shown: &Sweep) -> String {
    picture::sweep(shown).into()
}

/// A picture that is read back.
fn read(svg: &str) -> Picture {
    Picture::try_from(svg.to_owned()).unwrap_or_else(|error| panic!("{error}: {svg:.300}"))
}

/// Texts that break careless code.
fn hostile() -> Vec<String> {
    [
        "<script>alert(1)</script>",
        "]]>",
        "\"'&<>`&amp;&#0;&bogus;",
        "<!-- --> <![CDATA[ x ]]> <?xml version=\"1.0\"?>",
        "a\u{0}b\u{1}\u{8}\u{b}\u{1b}[31m\u{7f}\u{85}\u{9f}\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}",
        "\u{202e}override \u{2066}isolate",
        "שלום עולם مرحبا بالعالم",
        "電気技師 👩‍🔧 ﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽",
        "   \t\n  ",
        "",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([
        "x".repeat(10_000),
        "word ".repeat(2_000),
        format!("e{}", "\u{301}".repeat(10_000)),
        "\u{200b}".repeat(10_000),
    ])
    .collect()
}

fn numbers(node: Node<'_, '_>, names: [&str; 4]) -> [f64; 4] {
    names.map(|name| node.attribute(name).map_or(0.0, |value| value.parse().unwrap()))
}

/// Checks that a picture is well-formed, refers to nothing, draws nothing outside
/// its box, and reads back.
fn check(svg: &str) {
    assert_eq!(read(svg).svg(), svg);
    let document = Document::parse(svg).unwrap_or_else(|error| panic!("{error}"));
    let root = document.root_element();
    let sides: Vec<f64> = root.attribute("viewBox").unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
    let (width, height) = (sides[2], sides[3]);
    let inside = |x: f64, y: f64, node: Node<'_, '_>| {
        let fits = (-0.02..=width + 0.02).contains(&x) && (-0.02..=height + 0.02).contains(&y);
        assert!(fits, "{x} {y} is outside {width} {height}: {:?} {:?}", node.tag_name(), node.text());
    };
    let named: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
    for (id, name) in named.iter().zip(["title", "desc"]) {
        let found = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
        assert_eq!(found.tag_name().name(), name);
    }
    for node in root.descendants().filter(|node| node.is_element()) {
        match node.tag_name().name() {
            "rect" => {
                let [x, y, w, h] = numbers(node, ["x", "y", "width", "height"]);
                assert!(w >= 0.0 && h >= 0.0);
                inside(x, y, node);
                inside(x + w, y + h, node);
            }
            "line" => {
                let [x1, y1, x2, y2] = numbers(node, ["x1", "y1", "x2", "y2"]);
                inside(x1, y1, node);
                inside(x2, y2, node);
            }
            "circle" => {
                let [x, y, r, _] = numbers(node, ["cx", "cy", "r", ""]);
                inside(x - r, y - r, node);
                inside(x + r, y + r, node);
            }
            "path" => check_path(node, &inside),
            "text" => check_text(node, &inside),
            "svg" | "g" | "title" | "desc" | "style" => {}
            other => panic!("an element that no picture needs: {other}"),
        }
    }
}

fn check_path(node: Node<'_, '_>, inside: &impl Fn(f64, f64, Node<'_, '_>)) {
    let commands = node.attribute("d").unwrap();
    let (mut x, mut y) = (0.0, 0.0);
    let starts: Vec<usize> = commands.match_indices(|c: char| c.is_alphabetic()).map(|(at, _)| at).collect();
    for (k, &at) in starts.iter().enumerate() {
        let end = starts.get(k + 1).copied().unwrap_or(commands.len());
        let values: Vec<f64> = commands[at + 1..end].split(' ').map(|n| n.parse().unwrap()).collect();
        match &commands[at..=at] {
            "H" => x = values[0],
            "V" => y = values[0],
            _ => (x, y) = (values[0], values[1]),
        }
        inside(x, y, node);
    }
}

fn check_text(node: Node<'_, '_>, inside: &impl Fn(f64, f64, Node<'_, '_>)) {
    let [x, y, size, _] = numbers(node, ["x", "y", "font-size", ""]);
    let shown: String = node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
    let font = if node.has_attribute("font-weight") { Font::new(size).bold() } else { Font::new(size) };
    let width = font.width(&shown);
    let start = match node.attribute("text-anchor") {
        Some("middle") => -width / 2.0,
        Some("end") => -width,
        _ => 0.0,
    };
    // over the baseline, and below it
    for along in [start, start + width] {
        for off in [-0.8 * size, 0.25 * size] {
            match node.attribute("transform") {
                Some(turn) => {
                    assert!(turn.starts_with("rotate(-90 "), "{turn}");
                    inside(x + off, y - along, node);
                }
                None => inside(x + along, y + off, node),
            }
        }
    }
}

fn dendrogram(labels: &[String], merges: Vec<Merge>) -> Dendrogram {
    let leaf = |(k, label): (usize, &String)| Leaf { label: label.clone(), group: labels[k / 2].clone() };
    Dendrogram {
        title: labels.first().cloned().unwrap_or_default(),
        description: labels.last().cloned().unwrap_or_default(),
        leaves: labels.iter().enumerate().map(leaf).collect(),
        merges,
    }
}

fn heat_map(labels: &[String], values: Vec<f64>) -> HeatMap {
    HeatMap {
        title: labels.first().cloned().unwrap_or_default(),
        description: labels.last().cloned().unwrap_or_default(),
        labels: labels.to_vec(),
        groups: labels.iter().rev().cloned().collect(),
        order: vec![usize::MAX, 1, 0, 1],
        values,
    }
}

fn sweep(labels: &[String], points: &[(f64, f64)]) -> Sweep {
    let text = |k: usize| labels.get(k).cloned().unwrap_or_default();
    Sweep {
        title: text(0),
        description: text(1),
        note: text(2),
        x_label: text(10),
        y_label: text(11),
        series: labels.iter().map(|name| Series { name: name.clone(), points: points.to_vec() }).collect(),
    }
}

/// A chain of merges: each takes the next leaf.
fn chain(leaves: usize, height: impl Fn(usize) -> f64) -> Vec<Merge> {
    (1..leaves).map(|k| Merge { left: if k == 1 { 0 } else { leaves + k - 2 }, right: k, height: height(k) }).collect()
}

/// The page that holds a picture.
fn page(svg: &str) -> String {
    let mut document = document::Document::new("A picture");
    document.blocks.push(Block::Figure(Figure::new("Caption", "What it shows", read(svg))));
    html(&document)
}

/// Whether the page holds the picture unchanged, and no other.
fn check_page(svg: &str) {
    let page = page(svg);
    assert_eq!((page.matches("<svg ").count(), page.matches("</svg>").count()), (1, 1), "the picture is not left out");
    assert!(!page.contains("<script"));
}

#[test]
fn hostile_texts_stay_texts() {
    let texts = hostile();
    let values = (0..texts.len() * texts.len()).map(|k| k as f64 / 225.0).collect();
    let points = [(0.0, 1.0), (0.5, 0.25), (1.0, 0.75)];
    let pictures = [
        dendrogram_svg(&dendrogram(&texts, chain(texts.len(), |k| k as f64 / 10.0))),
        heat_map_svg(&heat_map(&texts, values)),
        sweep_svg(&sweep(&texts, &points)),
    ];
    for svg in &pictures {
        check(svg);
        assert!(!svg.contains("<script") && !svg.contains("]]>"));
        assert!(!svg.contains("\u{202e}"));
        check_page(svg);
    }
}

#[test]
fn each_hostile_text_alone_fits() {
    for text in hostile() {
        let one = [text.clone()];
        check(&dendrogram_svg(&dendrogram(&one, vec![])));
        check(&heat_map_svg(&heat_map(&one, vec![0.5])));
        let mut picture = sweep(&one, &[(0.0, 0.0), (1.0, 1.0)]);
        (picture.x_label, picture.y_label) = (text.clone(), text.clone());
        check(&sweep_svg(&picture));
    }
}

#[test]
fn nothing_is_shown_of_nothing() {
    let pictures =
        [dendrogram_svg(&Dendrogram::default()), heat_map_svg(&HeatMap::default()), sweep_svg(&Sweep::default())];
    for svg in pictures {
        check(&svg);
        assert!(svg.contains("There is nothing to show."));
        check_page(&svg);
    }
}

#[test]
fn values_that_are_no_numbers_are_told_apart() {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0, f64::MAX, f64::MIN, 1e-300, 0.5];
    let labels: Vec<String> = (0..3).map(|k| format!("Point {k}")).collect();
    let svg = heat_map_svg(&heat_map(&labels, odd.to_vec()));
    check(&svg);
    // one hatched run a row has values missing in, and the legend's
    assert!(svg.matches("<path").count() >= 2);
    // shorter than they should be, and longer
    check(&heat_map_svg(&heat_map(&labels, vec![])));
    check(&heat_map_svg(&heat_map(&labels, vec![0.5; 100])));

    let labels: Vec<String> = (0..=odd.len()).map(|k| format!("Point {k}")).collect();
    let svg = dendrogram_svg(&dendrogram(&labels, chain(labels.len(), |k| odd[k - 1])));
    check(&svg);
    assert_eq!(svg.matches("stroke-dasharray").count(), 3, "NaN and two infinities are dashed");

    let points: Vec<(f64, f64)> = odd.iter().flat_map(|&x| odd.map(|y| (x, y))).collect();
    check(&sweep_svg(&sweep(&labels, &points)));
    let svg = sweep_svg(&sweep(&labels[..1], &[(0.0, 1.0), (f64::NAN, 1.0), (1.0, 1.0), (2.0, 2.0)]));
    assert!(svg.contains("stroke-width=\"1.75\"") && svg.matches("<circle").count() == 3);
    let path = svg.lines().find(|line| line.starts_with("<path")).unwrap();
    assert_eq!(path.matches('M').count(), 2, "the line is broken: {path}");
    assert!(sweep_svg(&sweep(&labels[..1], &[(f64::NAN, 0.0)])).contains("no values"));
}

#[test]
fn pictures_of_any_size_keep_inside() {
    for points in [1, 2, 5, 24, 25, 61, 150, 151, 400] {
        let labels: Vec<String> = (0..points).map(|k| format!("Occupation {k} of a long name")).collect();
        let values = (0..points * points).map(|k| ((k % 7) * (k / points)) as f64 / 600.0).collect();
        check(&heat_map_svg(&heat_map(&labels, values)));
        check(&dendrogram_svg(&dendrogram(&labels, chain(points, |k| k as f64))));
        check(&sweep_svg(&sweep(&labels, &[(-3.0, 1e6), (12.0, -7e-3)])));
    }
    // nothing is less unlike than 0, where no merge says so either
    assert!(!dendrogram_svg(&dendrogram(&["Plumber".to_owned()], vec![])).contains('\u{2212}'));
    // a tree as deep as it is wide is walked without recursion
    let merges = chain(100_000, |_| 1.0);
    assert_eq!(leaf_order(100_000, &merges), (0..100_000).collect::<Vec<_>>());
}

#[test]
fn a_picture_of_a_study_has_its_title_and_its_note() {
    let labels = ["Three <points> & more".to_owned(), "Plumber".to_owned(), "Left out: 2.".to_owned()];
    let title = ">Three &lt;points&gt; &amp; more</text>";
    let sweep = sweep_svg(&sweep(&labels, &[(0.5, 1.0)]));
    assert!(sweep.contains(title) && sweep.contains(">Left out: 2.</text>"));
    assert!(dendrogram_svg(&dendrogram(&labels, vec![])).contains(title));
    let whole = heat_map_svg(&heat_map(&labels, vec![0.5; 9]));
    assert!(whole.contains(title) && !whole.contains(">no value</text>"), "a mark that it does not use");
    assert!(heat_map_svg(&heat_map(&labels, vec![0.5; 8])).contains(">no value</text>"));
}

#[test]
fn above_150_points_only_groups_are_named() {
    let picture = |points: usize| HeatMap {
        labels: vec!["Plumber".to_owned(); points],
        groups: vec!["Building services".to_owned(); points],
        values: vec![0.5; points * points],
        ..HeatMap::default()
    };
    assert_eq!(heat_map_svg(&picture(150)).matches(">Plumber<").count(), 300);
    let svg = heat_map_svg(&picture(151));
    assert!(!svg.contains("Plumber") && svg.contains(">Building services<"));
    // cells that look the same are one rectangle a row
    assert!(svg.matches("<rect").count() < 151 + 20);
}

#[test]
fn more_than_twelve_groups_are_told_apart_by_number() {
    let labels: Vec<String> = (0..30).map(|k| format!("Group {k}")).collect();
    let svg = dendrogram_svg(&dendrogram(&labels, vec![]));
    for number in 1..=15 {
        // next to its leaves, and in the legend
        assert_eq!(svg.matches(&format!(">{number}</text>")).count(), 3, "{number}");
    }
}

#[test]
fn bad_merges_are_left_out() {
    let merge = |left, right| Merge { left, right, height: 0.5 };
    let cases: [(&[Merge], [usize; 4]); 6] = [
        (&[], [0, 1, 2, 3]),
        (&[merge(2, 2)], [2, 0, 1, 3]),
        (&[merge(0, 3), merge(0, 1), merge(9, usize::MAX)], [1, 0, 3, 2]),
        (&[merge(4, 5), merge(4, 3)], [3, 0, 1, 2]),
        (&[merge(3, 2), merge(4, 1), merge(5, 0)], [3, 2, 1, 0]),
        (&[merge(3, 2), merge(1, 0)], [1, 0, 3, 2]),
    ];
    for (merges, order) in cases {
        assert_eq!(leaf_order(4, merges), order, "{merges:?}");
    }
    assert_eq!(leaf_order(0, &[merge(0, 1), merge(0, 0)]), [0; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_leaf_occurs_once(
        leaves in 0_usize..40,
        merges in prop::collection::vec((0_usize..90, 0_usize..90, any::<f64>()), 0..60),
    ) {
        let merges: Vec<Merge> =
            merges.into_iter().map(|(left, right, height)| Merge { left, right, height }).collect();
        let mut order = leaf_order(leaves, &merges);
        order.sort_unstable();
        prop_assert_eq!(order, (0..leaves).collect::<Vec<_>>());
        let labels: Vec<String> = (0..leaves).map(|k| format!("Leaf {k}")).collect();
        check(&dendrogram_svg(&dendrogram(&labels, merges)));
    }

    #[test]
    fn any_texts_and_values_make_pictures(
        labels in prop::collection::vec(any::<String>(), 0..12),
        values in prop::collection::vec(any::<f64>(), 0..150),
    ) {
        let points: Vec<(f64, f64)> = values.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let heights = |k: usize| values.get(k).copied().unwrap_or(0.5);
        let dendrogram = dendrogram(&labels, chain(labels.len(), heights));
        let (heat_map, sweep) = (heat_map(&labels, values.clone()), sweep(&labels, &points));
        let drawn = || [dendrogram_svg(&dendrogram), heat_map_svg(&heat_map), sweep_svg(&sweep)];
        for svg in drawn() {
            check(&svg);
            check_page(&svg);
        }
        prop_assert_eq!(drawn(), drawn(), "the same input, the same bytes");
    }

    #[test]
    fn a_text_is_cut_to_its_box(text in any::<String>(), width in 0.0..200.0_f64, lines in 0_usize..5) {
        let font = Font::new(11.0);
        prop_assert!(font.width(&font.shorten(&text, width)) <= width);
        let wrapped = font.wrap(&text, width, lines);
        prop_assert!(wrapped.len() <= lines);
        prop_assert!(wrapped.iter().all(|line| font.width(line) <= width));
    }
}

proptest! {
    #[test]
    fn a_tree_keeps_its_groups_together(heights in prop::collection::vec(0.0..1.0_f64, 1..30)) {
        let leaves = heights.len() + 1;
        let order = leaf_order(leaves, &chain(leaves, |k| heights[k - 1]));
        let place = |leaf: usize| order.iter().position(|l| *l == leaf).unwrap();
        for last in 1..leaves {
            let places: Vec<usize> = (0..=last).map(place).collect();
            let (from, to) = (places.iter().min().unwrap(), places.iter().max().unwrap());
            prop_assert_eq!(to - from, last, "the first leaves stand side by side");
        }
    }
}

/// Red, green and blue as light.
fn light(colour: &str) -> [f64; 3] {
    [1, 3, 5].map(|at| {
        let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance(colour: &str) -> f64 {
    let [r, g, b] = light(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn colours_can_be_read_and_ordered() {
    for colour in PALETTE {
        assert!(contrast(colour, "#ffffff") >= 4.5, "{colour}");
    }
    assert!(contrast(QUIET, "#ffffff") >= 7.0);
    assert!(SEQUENCE.windows(2).all(|pair| luminance(pair[0]) > luminance(pair[1])));
    for colour in [SEQUENCE[0], SEQUENCE[8], "#ffffff"] {
        assert!(contrast(OUTLINE, colour) >= 3.0, "{colour} {}", contrast(OUTLINE, colour));
    }
}

/// A colour in Oklab, where differences are as large as they look.
fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let long = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).max(0.0).cbrt();
    let medium = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).max(0.0).cbrt();
    let short = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).max(0.0).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785 * medium - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205 * medium + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766 * short,
    ]
}

/// What light becomes for eyes without one kind of cones: Machado, Oliveira
/// and Fernandes, "A Physiologically-based Model for Simulation of Color
/// Vision Deficiency", IEEE TVCG 15 (2009), severity 1.
const EYES: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
];

#[test]
fn colours_differ_for_all_eyes() {
    for eye in EYES {
        let seen = PALETTE.map(|colour| {
            let light = light(colour);
            oklab(eye.map(|row| row.iter().zip(light).map(|(share, part)| share * part).sum()))
        });
        for (k, a) in seen.iter().enumerate() {
            for (other, b) in seen.iter().enumerate().skip(k + 1) {
                let distance = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                assert!(distance >= 0.079, "{} {} {distance}", PALETTE[k], PALETTE[other]);
            }
        }
    }
}

#[test]
fn links_go_where_links_may_go() {
    let linked = |address: &str| {
        let mut svg = Svg::new("Links", "");
        svg.link(address, |svg| svg.text(&Text::new(5.0, 15.0, "here")));
        let svg = String::from(svg.finish(60.0, 20.0));
        Document::parse(&svg).unwrap();
        assert!(svg.contains(">here</text>"));
        svg.contains("<a href=")
    };
    for good in ["#x", "page.html?a=1&b=\"2\"", "/a:b", "HTTPS://example.org/", "mailto:a@example.org"] {
        assert!(linked(good), "{good}");
    }
    for bad in ["", " ", "javascript:alert(1)", " java\tscript:alert(1)", "\u{1}javascript:x", "data:text/html,x"] {
        assert!(!linked(bad), "{bad}");
    }
}

#[test]
fn groups_and_turned_texts_are_well_formed() {
    let mut svg = Svg::new("Box", "");
    svg.group("A \"name\" & more", |svg| {
        svg.rect([0.0, 0.0, 10.0, -5.0], &Style::lined("#000000\"", 1.0).dashed());
        svg.text(&Text::new(10.0, 50.0, "up").rotated(-90.0).anchor(Anchor::Start));
    });
    check(svg.finish(60.0, 60.0).svg());
}

/// The occupations of the small pictures.
fn small() -> [(&'static str, &'static str); 5] {
    [
        ("Plumbing and domestic heating technician", "Building services engineering"),
        ("Level 3 installation and maintenance electrician", "Building services engineering"),
        ("Bricklayer", "Onsite construction"),
        ("Plasterer", "Onsite construction"),
        ("Midwife", ""),
    ]
}

fn small_merges() -> Vec<Merge> {
    [(2, 3, 0.21), (0, 1, 0.34), (6, 5, 0.62), (7, 4, 0.93)]
        .map(|(left, right, height)| Merge { left, right, height })
        .to_vec()
}

// To accept a change: `INSTA_UPDATE=always cargo test --test pictures`, then
// open the pictures in a browser.

#[test]
fn a_small_dendrogram() {
    let leaf = |(label, group): (&str, &str)| Leaf { label: label.to_owned(), group: group.to_owned() };
    let picture = Dendrogram {
        title: "Five occupations".to_owned(),
        description: "The trades join first, the midwife last.".to_owned(),
        leaves: small().map(leaf).to_vec(),
        merges: small_merges(),
    };
    insta::assert_snapshot!(dendrogram_svg(&picture));
}

#[test]
fn a_small_heat_map() {
    let unlike = |a: usize, b: usize| (a as f64 - b as f64).abs() * 0.23;
    let mut values: Vec<f64> = (0..25).map(|k| 1.0 - unlike(k / 5, k % 5)).collect();
    values[9] = f64::NAN;
    let picture = HeatMap {
        title: "Five occupations".to_owned(),
        description: "The nearer two are, the more they are alike.".to_owned(),
        labels: small().map(|(label, _)| label.to_owned()).to_vec(),
        groups: small().map(|(_, group)| group.to_owned()).to_vec(),
        order: leaf_order(5, &small_merges()),
        values,
    };
    insta::assert_snapshot!(heat_map_svg(&picture));
}

fn small_sweep() -> Sweep {
    let series = |name: &str, points: &[(f64, f64)]| Series { name: name.to_owned(), points: points.to_vec() };
    Sweep {
        title: "The core by quorum".to_owned(),
        description: "The core shrinks as the quorum rises.".to_owned(),
        note: "Not drawn, as no occupation has statements in this map: Legal.".to_owned(),
        x_label: "Quorum".to_owned(),
        y_label: "Concepts in the core".to_owned(),
        series: vec![
            series("Onsite construction", &[(0.5, 31.0), (0.75, 12.0), (1.0, 3.0)]),
            series("Building services engineering", &[(0.5, 24.0), (0.75, f64::NAN), (1.0, 7.0)]),
        ],
    }
}

#[test]
fn a_small_sweep() {
    insta::assert_snapshot!(sweep_svg(&small_sweep()));
}
