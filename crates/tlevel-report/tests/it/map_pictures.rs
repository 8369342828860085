//! The map, its plan of first teaching and its programmes as pictures: every occupation is there, with its status and its
//! link, inside the picture's box.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

use std::collections::BTreeSet;

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel::derive::{Grouping, Policy, Specialism};
use tlevel::map::Map;
use tlevel::teaching::{Delivery, TeachingPlan};
use tlevel_report::picture::{self, Picture};
use tlevel_report::{export, report};

/// Well-formed, titled, nothing outside the view box, and reads back.
fn sound(picture: &Picture) {
    let svg = picture.svg();
    assert_eq!(Picture::try_from(svg.to_owned()).as_ref(), Ok(picture));
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

/// The marks among elements: colours of chips, badges and signs, and dashes.
fn marks<'a>(nodes: impl Iterator<Item = roxmltree::Node<'a, 'a>>) -> BTreeSet<String> {
    let mark = |node: roxmltree::Node<'a, 'a>| {
        let side = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
        let is_dashed = node.attribute("stroke-dasharray").is_some();
        match node.tag_name().name() {
            "circle" => Some(format!("circle {} {}", side("r"), side("fill"))),
            "rect" if is_dashed && (side("width"), side("height")) == ("14".to_owned(), "14".to_owned()) => {
                Some("a small dashed box".to_owned())
            }
            "rect" if is_dashed => Some("a dashed box".to_owned()),
            "rect" if side("width") == "14" && side("height") == "14" => Some(format!("chip {}", side("fill"))),
            "rect" if side("fill") == "#dbe8f5" => Some("covered".to_owned()),
            _ => None,
        }
    };
    nodes.filter_map(mark).collect()
}

/// The legend has every mark of a map, and no other.
fn legend_is_whole(picture: &Picture) {
    let document = roxmltree::Document::parse(picture.svg()).unwrap();
    let nodes: Vec<_> = document.descendants().filter(|node| node.is_element()).collect();
    let Some(start) = nodes.iter().rposition(|node| node.tag_name().name() == "text" && node.text() == Some("Marks"))
    else {
        assert_eq!(marks(nodes.into_iter()), BTreeSet::new());
        return;
    };
    let (drawn, legend) = nodes.split_at(start);
    assert_eq!(marks(drawn.iter().copied()), marks(legend.iter().copied()));
}

fn drawn(map: &Map, policy: &Policy) -> Picture {
    picture::map(map, &map.routes().collect::<Vec<_>>(), policy)
}

#[test]
fn a_map_shows_every_occupation_with_its_status_and_link() {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let picture = drawn(&map, &Policy::t_level());
    sound(&picture);
    assert_eq!(picture, drawn(&map, &Policy::t_level()));
    let document = roxmltree::Document::parse(picture.svg()).unwrap();
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
    let policy = Policy::from_json(include_str!("../../../../fixtures/policies/t-level-2017.json")).unwrap();
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let england = tlevel::check(raw).unwrap().map;
    let (with, without) = (drawn(&england, &policy), drawn(&england, &Policy::t_level()));
    sound(&with);
    let marked = |picture: &Picture| picture.svg().matches("Apprenticeships only: policy").count();
    assert!(marked(&with) > marked(&without), "{} and {}", marked(&with), marked(&without));
    let nothing = picture::map(&england, &[], &policy);
    sound(&nothing);
    assert!(nothing.svg().contains("There is nothing to show.") && !nothing.svg().contains("approved"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_map_can_be_drawn(raw in generated::map(), policy in generated::policy()) {
        let picture = drawn(&tlevel::check(raw).unwrap().map, &policy);
        sound(&picture);
        legend_is_whole(&picture);
    }
}

fn england() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap()).unwrap().map
}

#[test]
fn a_map_marks_what_t_levels_cover_and_has_a_legend_of_its_marks() {
    let map = england();
    let wider = {
        let mut policy = Policy::t_level();
        policy.levels.push(2.try_into().unwrap());
        policy
    };
    for policy in [Policy::t_level(), wider] {
        let covered = policy.covered(&map).len();
        let picture = drawn(&map, &policy);
        legend_is_whole(&picture);
        let badges = picture.svg().matches("fill=\"#174a8c\"").count();
        assert_eq!(badges, covered + 1, "one in the legend");
        let tips = picture.svg().matches("; covered by a T Level</title>").count();
        assert_eq!(tips, covered);
        for route in map.routes() {
            legend_is_whole(&picture::map(&map, &[route], &policy));
        }
    }
    let texts = texts(&drawn(&map, &Policy::t_level())).join(" ");
    assert!(texts.contains("England's occupational map (illustrative)") && texts.contains("Source: tlevel project"));
    assert!(texts.contains("T Levels of the policy \"T Level\". Contains public sector information"));
}

#[test]
fn a_map_has_its_source_and_date_in_words() {
    let mut raw = tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap();
    raw.published = Some("2017-12-14".to_owned());
    let source = raw.source.get_or_insert_default();
    (source.name, source.attribution) = (Some("A <source> & more.".to_owned()), None);
    source.licence = Some("OGL-UK-3.0".to_owned());
    let picture = drawn(&tlevel::check(raw).unwrap().map, &Policy::panel());
    sound(&picture);
    let wanted = "Source: A <source> & more. Published 2017-12-14. T Levels of the policy \"Panel\". OGL-UK-3.0.";
    assert!(texts(&picture).contains(&wanted.to_owned()), "{:?}", texts(&picture));
    let mut raw = tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap();
    (raw.source, raw.published) = (None, None);
    let none = texts(&drawn(&tlevel::check(raw).unwrap().map, &Policy::panel()));
    assert!(none.contains(&"Source not recorded. Date not recorded. T Levels of the policy \"Panel\".".to_owned()));
}

/// The signs of the past: planned and never taught, and taught though not planned.
#[test]
fn a_past_that_differs_from_the_plan_has_a_sign() {
    let map = england();
    let texts_of = |policy: &Policy| texts(&drawn(&map, policy));
    let shown = texts_of(&Policy::t_level());
    assert_eq!(shown.iter().filter(|text| *text == "Planned for 2022, not taught").count(), 4, "{shown:?}");
    assert!(shown.join(" ").contains("Marked for apprenticeships only, taught since 2025"));
    let plan = TeachingPlan::of(&map, &Policy::t_level());
    let of_plan = texts(&picture::teaching_plan(&plan));
    for meaning in ["planned as a T Level, not taught", "taught as a T Level, though not planned"] {
        assert!(shown.contains(&meaning.to_owned()) && of_plan.contains(&meaning.to_owned()), "{meaning}");
    }
    // a plan of which nothing has happened yet has no past
    for picture in [
        drawn(&consultation(), &Policy::t_level()),
        picture::teaching_plan(&TeachingPlan::of(&consultation(), &Policy::t_level())),
    ] {
        let words = texts(&picture).join(" ");
        assert!(!words.contains("not taught") && !words.contains("though not planned"), "{words}");
    }
}

#[test]
fn a_plan_has_a_legend_of_its_marks_alone() {
    let of = |map: &Map| texts(&picture::teaching_plan(&TeachingPlan::of(map, &Policy::t_level())));
    let has = |texts: &[String], meaning: &str| texts.iter().any(|text| text == meaning);
    let (planned, taught) = (of(&consultation()), of(&england()));
    for meaning in ["first taught", "from the plan to first teaching", "first taught in the year of the plan"] {
        assert!(!has(&planned, meaning) && has(&taught, meaning), "{meaning}");
    }
    for meaning in ["planned", "no T Level", "Number and colour are the wave of the plan."] {
        assert!(has(&planned, meaning) && has(&taught, meaning), "{meaning}");
    }
}

#[test]
fn a_part_without_content_is_marked_with_the_reason() {
    let map = england();
    let derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level()).unwrap();
    let of = |id: &str| {
        let picture = picture::programme(derivation.programme(id).unwrap(), |id| map.occupation(id).map(|o| o.title()));
        sound(&picture);
        (picture.svg().matches("fill=\"#fdeccb\"").count(), texts(&picture))
    };
    let (amber, texts) = of("legal-finance-and-accounting/legal");
    assert!(texts.contains(&"Empty: no occupation of the pathway has statements in this map.".to_owned()), "{texts:?}");
    assert!(texts.contains(&"Empty: no statements in this map.".to_owned()), "{texts:?}");
    assert!(texts.contains(&"nothing is in it".to_owned()));
    assert_eq!(amber, texts.iter().filter(|text| text.starts_with("Empty: ")).count() + 1, "one in the legend");
    for programme in &derivation.programmes {
        let (amber, texts) = of(&programme.pathway.id);
        let empty = texts.iter().filter(|text| text.starts_with("Empty: ")).count();
        let cores = [&programme.route_core, &programme.pathway_core].iter().filter(|core| core.is_empty()).count();
        let silent = programme.specialisms.iter().filter(|s| s.items().next().is_none()).count();
        assert_eq!(empty, cores + silent, "{}", programme.pathway.id);
        assert_eq!(amber, if empty == 0 { 0 } else { empty + 1 });
    }
}

fn consultation() -> Map {
    tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap()).unwrap().map
}

/// The texts of a picture, a line each.
fn texts(picture: &Picture) -> Vec<String> {
    let document = roxmltree::Document::parse(picture.svg()).unwrap();
    let shown = document.descendants().filter(|n| n.tag_name().name() == "text");
    let own = |n: roxmltree::Node<'_, '_>| n.children().filter(|c| c.is_text()).filter_map(|c| c.text()).collect();
    shown.map(own).collect()
}

#[test]
fn an_overview_shows_delivery_plan_and_waves() {
    let plan = TeachingPlan::of(&consultation(), &Policy::t_level());
    let of = |id: &str| plan.pathways.iter().find(|p| p.pathway.id == id).unwrap();
    let onsite = of("construction/onsite-construction");
    assert_eq!((onsite.delivery, onsite.wave, onsite.planned.as_deref()), (Delivery::TLevel, Some(1), Some("2021-09")));
    let catering = of("catering-and-hospitality/catering");
    assert_eq!((catering.wave, catering.first_taught()), (Some(2), Some("2022-09")));
    let hospitality = of("catering-and-hospitality/hospitality");
    assert_eq!((hospitality.delivery, hospitality.wave), (Delivery::ApprenticeshipOnly, None));
    // the route's mark closes its pathways, and its reasons are theirs
    let transport = of("transport-and-logistics/transport");
    assert_eq!(transport.branch.as_deref(), Some("transport-and-logistics"));
    assert_eq!(transport.reasons, ["heavy-machinery", "barred-under-18"]);

    let picture = picture::teaching_plan(&plan);
    sound(&picture);
    let texts = texts(&picture);
    for pathway in &plan.pathways {
        assert!(texts.contains(&pathway.pathway.name), "{}", pathway.pathway.name);
    }
    assert!(texts.join(" ").contains("Apprenticeships only: heavy machinery, barred under 18"), "{texts:?}");
    assert!(texts.contains(&"2021".to_owned()) && texts.contains(&"2022".to_owned()));
    insta::assert_snapshot!(picture.svg());
}

#[test]
fn a_route_s_dates_stand_for_pathways_without_any() {
    let mut raw = tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap();
    raw.routes[1].first_teaching = Some("2021-09".to_owned());
    for pathway in &mut raw.routes[3].pathways {
        pathway.first_teaching_planned = Some("2022-09".to_owned());
    }
    for pathway in &mut raw.routes[1].pathways {
        pathway.first_teaching_planned = None;
    }
    // what is no date is none
    raw.routes[0].pathways[0].first_teaching = Some("soon".to_owned());
    let plan = TeachingPlan::of(&tlevel::check(raw).unwrap().map, &Policy::t_level());
    let construction: Vec<_> = plan.pathways.iter().filter(|p| p.route.id == "construction").collect();
    assert_eq!(construction.len(), 2);
    for pathway in construction {
        assert_eq!((pathway.planned.as_deref(), pathway.actual.as_deref()), (Some("2020-09"), Some("2021-09")));
        assert_eq!(pathway.wave, Some(1), "2020 is the first planned year now");
    }
    assert_eq!(plan.pathways[0].actual, None);
    // a year in which something began, and nothing was planned, is no wave
    let waves: Vec<_> = plan.years.iter().map(|y| (y.year.as_str(), y.wave)).collect();
    assert_eq!(waves, [("2020", Some(1)), ("2021", None), ("2022", Some(2))]);
    // a ring and a disc where plan and first teaching differ, and a line between
    let picture = picture::teaching_plan(&plan);
    sound(&picture);
    let discs = |picture: &Picture| picture.svg().matches("r=\"11\"").count();
    assert_eq!(discs(&picture), 0, "the legend has no mark that the picture does not use");
    let read: TeachingPlan = serde_json::from_str(&serde_json::to_string(&plan).unwrap()).unwrap();
    assert_eq!(read, plan);
}

#[test]
fn a_withdrawn_t_level_has_its_own_sign() {
    let mut raw = tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap();
    let digital = &mut raw.routes[1].pathways[0];
    digital.first_teaching_planned = Some("2021-09".to_owned());
    digital.first_teaching = Some("2021-09".to_owned());
    digital.last_teaching = Some("2023-09".to_owned());
    let map = tlevel::check(raw).unwrap().map;
    let plan = TeachingPlan::of(&map, &Policy::t_level());
    let withdrawn = plan.pathways.iter().find(|p| p.last.is_some()).unwrap();
    assert_eq!(withdrawn.last.as_deref(), Some("2023-09"));
    let by = |date: &str| plan.taught_by(date).any(|p| p.pathway.id == withdrawn.pathway.id);
    assert_eq!(["2020", "2021", "2023", "2023-09", "2023-10", "2024"].map(by), [false, true, true, true, false, false]);

    let picture = picture::teaching_plan(&plan);
    sound(&picture);
    let shown = texts(&picture);
    for text in ["2023", "withdrawn: learners last began", "from first to last teaching"] {
        assert!(shown.iter().any(|shown| shown == text), "{text}: {shown:?}");
    }
    // on the map the sign has its words
    let whole = picture::map(&map, &map.routes().collect::<Vec<_>>(), &Policy::t_level());
    assert!(whole.svg().contains("Withdrawn, taught from 2021 to 2023"));
    assert!(texts(&whole).iter().any(|text| text == "T Level withdrawn"));
    let page = export::markdown(&report::teaching_plan(&plan));
    assert!(page.contains("Pathways last taught") && page.contains("One was withdrawn."), "{page}");
    let read: TeachingPlan = serde_json::from_str(&serde_json::to_string(&plan).unwrap()).unwrap();
    assert_eq!(read, plan);
}

#[test]
fn a_programme_s_parts_are_as_large_as_their_content() {
    let map = consultation();
    let mut by_cluster = Policy::panel();
    by_cluster.grouping = Grouping::Cluster;
    let by = |policy: &Policy| tlevel::derive(&map, &Concepts::exact(&map), policy).unwrap().programmes;
    let programmes = [by(&Policy::panel()), by(&by_cluster)].concat();
    assert!(programmes.iter().flat_map(|p| &p.specialisms).any(|s| !s.adds.is_empty()), "what some add is drawn, too");
    for programme in &programmes {
        let picture = picture::programme(programme, |id| map.occupation(id).map(|o| o.title()));
        sound(&picture);
        let texts = texts(&picture);
        let adds = |s: &Specialism| s.adds.iter().map(|added| added.content.len()).sum::<usize>();
        let content: usize = programme.specialisms.iter().map(|s| s.content.len() + adds(s)).sum();
        let items = programme.route_core.len() + programme.pathway_core.len() + content;
        let tiles = texts.iter().filter(|t| ["K", "S", "B"].contains(&t.as_str())).count();
        let kinds: BTreeSet<_> = programme.items().map(|(item, _)| item.kind).collect();
        assert_eq!(tiles, items + kinds.len(), "a square an item, and one a kind in the legend");
        assert_eq!(picture, picture::programme(programme, |id| map.occupation(id).map(|o| o.title())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_plan_and_programme_can_be_drawn(raw in generated::map(), policy in generated::policy()) {
        let map = tlevel::check(raw).unwrap().map;
        sound(&picture::teaching_plan(&TeachingPlan::of(&map, &policy)));
        for programme in tlevel::derive(&map, &Concepts::exact(&map), &policy).unwrap().programmes {
            sound(&picture::programme(&programme, |id| map.occupation(id).map(|o| o.title())));
        }
    }
}
