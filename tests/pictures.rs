//! Pictures: well-formed, inside their box, the same bytes each time, whatever
//! they are given.

// policies are for the laws of derivation
#[allow(dead_code)]
mod generated;

use proptest::prelude::*;
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel::write::document::{Block, Document, Figure, html};
use tlevel::write::{
    DendrogramPicture, HeatMapPicture, Leaf, Merge, Series, SweepPicture, dendrogram_svg, heat_map_svg, leaf_order,
    map_svg, sweep_svg,
};

const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script>",
    "]]> & \"quotes\" 'and' <more>",
    "\u{5d0}\u{5d1}\u{5d2} right to left",
    "e\u{301}\u{323} combining",
    "control \u{0}\u{7}\u{1b}\u{fffe} characters",
    "Level 3 installation and maintenance electrician",
    "",
];

fn long() -> String {
    "very long ".repeat(1_000)
}

fn dendrogram(labels: &[String]) -> DendrogramPicture {
    let n = labels.len();
    DendrogramPicture {
        title: labels.first().cloned().unwrap_or_default(),
        description: labels.last().cloned().unwrap_or_default(),
        leaves: labels.iter().map(|l| Leaf { label: l.clone(), group: l.chars().rev().collect() }).collect(),
        merges: (1..n)
            .map(|i| Merge { left: if i == 1 { 0 } else { n + i - 2 }, right: i, height: i as f64 / n as f64 })
            .collect(),
    }
}

fn heat_map(labels: &[String]) -> HeatMapPicture {
    let n = labels.len();
    HeatMapPicture {
        title: "How alike".to_owned(),
        description: "A square a pair".to_owned(),
        labels: labels.to_vec(),
        groups: labels.iter().map(|l| l.chars().take(3).collect()).collect(),
        order: (0..n).rev().collect(),
        values: (0..n * n).map(|i| (i % 11) as f64 / 10.0).collect(),
    }
}

fn sweep(labels: &[String]) -> SweepPicture {
    let points = vec![(0.3, 12.0), (0.6, 4.0), (1.0, 0.0)];
    SweepPicture {
        title: "Core items".to_owned(),
        description: "A panel a pathway".to_owned(),
        x_label: "quorum".to_owned(),
        y_label: "core items".to_owned(),
        series: labels.iter().map(|name| Series { name: name.clone(), points: points.clone() }).collect(),
    }
}

/// Well-formed, titled, and nothing outside the view box.
fn sound(svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|e| panic!("{e}: {svg:.300}"));
    let root = document.root_element();
    // with links inside it is a group: an image would hide them
    let has_links = document.descendants().any(|e| e.tag_name().name() == "a");
    let role = if has_links { "group" } else { "img" };
    assert_eq!((root.tag_name().name(), root.attribute("role")), ("svg", Some(role)));
    let names: Vec<&str> = root.children().filter(|c| c.is_element()).map(|c| c.tag_name().name()).take(2).collect();
    assert_eq!(names, ["title", "desc"]);
    assert!(root.attribute("aria-labelledby").is_some());
    let view: Vec<f64> = root.attribute("viewBox").unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
    assert!(view.iter().all(|n| n.is_finite()) && view[2] > 0.0 && view[3] > 0.0);
    for element in document.descendants().filter(|e| e.is_element()) {
        let number =
            |name: &str| element.attribute(name).map(|n| n.parse::<f64>().unwrap_or_else(|_| panic!("{name}={n}")));
        // patterns and clip paths have their own boxes
        if element.ancestors().any(|a| matches!(a.tag_name().name(), "defs" | "pattern" | "clipPath")) {
            continue;
        }
        match element.tag_name().name() {
            "rect" => {
                let (x, y) = (number("x").unwrap_or(0.0), number("y").unwrap_or(0.0));
                let (w, h) = (number("width").unwrap(), number("height").unwrap());
                assert!(x >= -0.01 && y >= -0.01 && w >= 0.0 && h >= 0.0);
                assert!(x + w <= view[2] + 0.01 && y + h <= view[3] + 0.01, "{x} {y} {w} {h} in {view:?}");
            }
            "text" => {
                let (x, y) = (number("x").unwrap(), number("y").unwrap());
                assert!((0.0..=view[2]).contains(&x) && (0.0..=view[3]).contains(&y), "a text at {x} {y} in {view:?}");
            }
            "line" => {
                for name in ["x1", "y1", "x2", "y2"] {
                    let most = if name.starts_with('x') { view[2] } else { view[3] };
                    assert!((-0.01..=most + 0.01).contains(&number(name).unwrap()));
                }
            }
            "script" | "foreignObject" | "image" => panic!("{}", element.tag_name().name()),
            _ => {}
        }
    }
    assert!(!svg.contains("NaN") && !svg.contains("\"inf"));
}

#[test]
fn whatever_the_texts_are_pictures_are_sound() {
    let mut labels: Vec<String> = HOSTILE.map(str::to_owned).to_vec();
    labels.push(long());
    for labels in [labels, Vec::new(), vec!["One".to_owned()], (0..200).map(|i| format!("Occupation {i}")).collect()] {
        for (one, again) in [
            (dendrogram_svg(&dendrogram(&labels)), dendrogram_svg(&dendrogram(&labels))),
            (heat_map_svg(&heat_map(&labels)), heat_map_svg(&heat_map(&labels))),
            (sweep_svg(&sweep(&labels)), sweep_svg(&sweep(&labels))),
        ] {
            sound(&one);
            assert_eq!(one, again);
        }
    }
}

#[test]
fn numbers_that_are_none_are_no_trouble() {
    let labels = ["a", "b", "c"].map(str::to_owned);
    let mut tree = dendrogram(&labels);
    tree.merges[0].height = f64::NAN;
    tree.merges[1].height = f64::INFINITY;
    tree.merges.push(Merge { left: 99, right: 0, height: -1.0 });
    sound(&dendrogram_svg(&tree));
    let mut map = heat_map(&labels);
    map.values[1] = f64::NAN;
    map.values[2] = f64::NEG_INFINITY;
    map.values[3] = 1e300;
    map.order = vec![7, 7, 0];
    sound(&heat_map_svg(&map));
    map.values.truncate(2);
    sound(&heat_map_svg(&map));
    let mut lines = sweep(&labels);
    lines.series[0].points = vec![(f64::NAN, 1.0), (0.0, f64::INFINITY), (1e308, -1e308)];
    lines.series[1].points.clear();
    sound(&sweep_svg(&lines));
}

#[test]
fn small_pictures() {
    let labels = ["Bricklayer", "Plasterer", "Carpenter & joiner"].map(str::to_owned);
    insta::assert_snapshot!("dendrogram_svg", dendrogram_svg(&dendrogram(&labels)));
    insta::assert_snapshot!("heat_map_svg", heat_map_svg(&heat_map(&labels)));
    insta::assert_snapshot!("sweep_svg", sweep_svg(&sweep(&labels)));
}

#[test]
fn a_page_holds_the_pictures() {
    let labels = HOSTILE.map(str::to_owned);
    let mut page = Document::new("A title with <script>");
    for svg in [sweep_svg(&sweep(&labels)), dendrogram_svg(&dendrogram(&labels)), heat_map_svg(&heat_map(&labels))] {
        page.blocks.push(Block::Figure(Figure::new("A picture", "What it shows", svg)));
    }
    let page = html(&page);
    assert_eq!(page.matches("<svg ").count(), 3, "none is left out");
    assert!(!page.contains("<script"));
}

fn drawn(map: &Map, policy: &Policy) -> String {
    map_svg(map, &map.routes().collect::<Vec<_>>(), policy)
}

#[test]
fn a_map_shows_every_occupation_with_its_status_and_link() {
    let raw = tlevel::read(include_bytes!("../fixtures/maps/consultation.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let picture = drawn(&map, &Policy::t_level());
    sound(&picture);
    assert_eq!(picture, drawn(&map, &Policy::t_level()));
    let document = roxmltree::Document::parse(&picture).unwrap();
    let texts: String =
        document.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect::<Vec<_>>().join(" ");
    let words: String = texts.split_whitespace().collect::<Vec<_>>().join(" ");
    for occupation in map.occupations() {
        assert!(words.contains(occupation.title().split_whitespace().next().unwrap()), "{}", occupation.title());
    }
    let chips = document.descendants().filter(|n| n.attribute("fill") == Some("#1a7f37")).count();
    let approved = map.occupations().filter(|o| o.status() == tlevel::map::Status::Approved).count();
    assert_eq!(chips, approved + 1, "one in the legend");
    assert!(words.contains("Apprenticeships only: heavy machinery"));
    let links: Vec<&str> =
        document.descendants().filter(|n| n.tag_name().name() == "a").filter_map(|n| n.attribute("href")).collect();
    for occupation in map.occupations() {
        let standard = occupation.raw().standard.as_ref().and_then(|standard| standard.url.as_deref());
        if let Some(url) = standard.filter(|_| occupation.status() == tlevel::map::Status::Approved) {
            assert!(links.contains(&url), "{url}");
        }
    }
    // a policy's mark
    let policy = Policy::from_json(include_str!("../fixtures/policies/t-level-2017.json")).unwrap();
    let raw = tlevel::read(include_bytes!("../fixtures/maps/england.json")).unwrap();
    let england = tlevel::check(raw).unwrap().map;
    let (with, without) = (drawn(&england, &policy), drawn(&england, &Policy::t_level()));
    sound(&with);
    let marked = |picture: &str| picture.matches("Apprenticeships only: policy").count();
    assert!(marked(&with) > marked(&without), "{} and {}", marked(&with), marked(&without));
    assert!(map_svg(&england, &[], &policy).contains("approved"), "a legend alone");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_map_can_be_drawn(raw in generated::map()) {
        sound(&drawn(&tlevel::check(raw).unwrap().map, &Policy::t_level()));
    }
}

proptest! {
    #[test]
    fn every_leaf_stands_once(leaves in 0_usize..40, merges in prop::collection::vec((0_usize..90, 0_usize..90), 0..60)) {
        let merges: Vec<Merge> =
            merges.into_iter().map(|(left, right)| Merge { left, right, height: 0.5 }).collect();
        let mut order = leaf_order(leaves, &merges);
        order.sort_unstable();
        prop_assert_eq!(order, (0..leaves).collect::<Vec<_>>());
        let labels: Vec<String> = (0..leaves).map(|i| format!("Leaf {i}")).collect();
        let mut picture = dendrogram(&labels);
        picture.merges = merges;
        sound(&dendrogram_svg(&picture));
    }

    #[test]
    fn a_tree_keeps_its_groups_together(heights in prop::collection::vec(0.0..1.0_f64, 1..30)) {
        let n = heights.len() + 1;
        // each step joins the next leaf to what is there
        let merges: Vec<Merge> = (0..n - 1)
            .map(|i| Merge { left: if i == 0 { 0 } else { n + i - 1 }, right: i + 1, height: heights[i] })
            .collect();
        let order = leaf_order(n, &merges);
        let place = |leaf: usize| order.iter().position(|l| *l == leaf).unwrap();
        for i in 0..n - 1 {
            let places: Vec<usize> = (0..=i + 1).map(place).collect();
            let (first, last) = (places.iter().min().unwrap(), places.iter().max().unwrap());
            prop_assert_eq!(last - first, i + 1, "the first leaves stand side by side");
        }
    }
}
