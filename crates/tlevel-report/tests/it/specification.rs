//! Draft specifications: nothing is lost, everything is numbered and traced, and
//! all formats carry the same.

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Hours, HoursProposal, Item, Policy, Programme, Specification, Tier};
use tlevel::map::{Kind, Map};
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement};
use tlevel_report::Layout;
use tlevel_report::document::{Block, ContentItem, Document};
use tlevel_report::export::{markdown, terminal};
use tlevel_report::report;

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

fn england() -> (Map, Concepts) {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let concepts = Concepts::from_csv(&map, include_str!("../../../../fixtures/maps/england-concepts.csv")).unwrap();
    (map, concepts)
}

fn drafts(map: &Map, concepts: &Concepts, derivation: &Derivation) -> Vec<(String, Document)> {
    let draft = |programme: &Programme| {
        let id = programme.pathway.id.clone();
        let specification = Specification::of(map, concepts, derivation, &id).unwrap();
        let specification = specification.with_date(Some("2026-11-24".to_owned()));
        let json = serde_json::to_string(&specification).unwrap();
        assert_eq!(serde_json::from_str::<Specification>(&json).unwrap(), specification, "it reads back");
        (id, report::specification(&specification))
    };
    derivation.programmes.iter().map(draft).collect()
}

/// Only the words, as wrapping and escaping must make no difference.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Markdown with each link replaced by its text.
fn without_addresses(markdown: &str) -> String {
    let mut parts = markdown.split("](http");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| text + part.split_once(')').unwrap().1)
}

fn holds_in_order(document: &Document, written: &str) {
    let written = words(written);
    let mut rest = written.as_str();
    for text in std::iter::once(document.title.clone()).chain(document.texts()) {
        let wanted = words(&text);
        let Some(at) = rest.find(&wanted) else { panic!("{text:?} is missing, or stands too early") };
        rest = &rest[at + wanted.len()..];
    }
}

#[test]
fn all_formats_carry_the_same() {
    let (map, concepts) = england();
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    for (_, document) in drafts(&map, &concepts, &derivation).into_iter().step_by(7) {
        holds_in_order(&document, &without_addresses(&markdown(&document)));
        holds_in_order(&document, &terminal(&document, &Layout::default()));
        let json = serde_json::to_string_pretty(&document).unwrap();
        assert!(json.starts_with("{\n  \"format\": \"tlevel-document\",\n  \"version\": 1,"));
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
        let lines = terminal(&document, &Layout::default());
        assert!(lines.lines().all(|line| line.chars().count() <= 80));
    }
}

#[test]
fn everything_is_there_numbered_and_traced() {
    let (map, concepts) = england();
    let by_statement = tlevel::derive(&map, &concepts, &Policy::panel()).unwrap();
    let made = tlevel::ProgrammeBuilder::new(Policy::panel()).of_map(map.clone()).unwrap();
    assert!(made.derivation.programmes.iter().any(|p| p.topics.len() > 3 && !p.near_topics.is_empty()));
    for (concepts, derivation) in [(&concepts, &by_statement), (&made.concepts, &made.derivation)] {
        everything_is_there(&map, concepts, derivation);
    }
}

fn everything_is_there(map: &Map, concepts: &Concepts, derivation: &Derivation) {
    for (pathway, document) in drafts(map, concepts, derivation) {
        let programme = derivation.programme(&pathway).unwrap();
        let mut numbers = HashSet::new();
        let mut shown: BTreeSet<&str> = BTreeSet::new();
        let mut anchors = HashSet::new();
        let mut level = 0;
        for block in &document.blocks {
            match block {
                Block::Content { items, .. } => {
                    for item in items {
                        assert!(numbers.insert(&item.number), "{} twice in {pathway}", item.number);
                        shown.insert(&item.key);
                    }
                }
                Block::Heading { level: next, anchor, .. } => {
                    assert!(*next <= level + 1, "{anchor} leaves out a level");
                    assert!(anchors.insert(anchor), "{anchor} twice in {pathway}");
                    level = *next;
                }
                Block::Table(table) => {
                    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.caption);
                }
                _ => {}
            }
        }
        let core = programme.route_core.iter().chain(&programme.pathway_core);
        let core: HashSet<&str> = core.map(|item| item.concept.as_str()).collect();
        let joined = |concept: &str| {
            let elements = programme.topics.iter().flat_map(|topic| &topic.elements);
            elements.flat_map(|element| &element.joined).any(|joined| joined.concept == concept)
        };
        for (item, _) in programme.items() {
            let is_there = shown.contains(item.concept.as_str()) || joined(&item.concept);
            assert!(is_there, "{} is lost in {pathway}", item.concept);
        }
        assert!(programme.near_topics.iter().all(|near| shown.contains(near.id.as_str())));
        // what the pathway's own occupations have, the nearest ten
        let own = programme.near_misses.iter().filter(|near| !near.blockers.contains(&pathway)).count();
        let near = |block: &Block| match block {
            Block::Content { items, review: Some(Tier::NearMiss), .. } => items.len(),
            _ => 0,
        };
        let listed: usize = document.blocks.iter().map(near).sum();
        assert_eq!(listed, if programme.near_topics.is_empty() { own.min(10) } else { programme.near_topics.len() });
        // outside the annexes no statement is printed twice
        let mut keys: HashSet<&String> = HashSet::new();
        for block in &document.blocks {
            if let Block::Content { items, review: Some(tier), .. } = block {
                let is_special = *tier == Tier::Specialism;
                assert!(!is_special || items.iter().all(|item| item.key.is_empty() || !core.contains(&*item.key)));
                let is_part = |item: &ContentItem| is_special && item.number.starts_with('C');
                items.iter().filter(|item| is_part(item)).for_each(|item| assert!(keys.insert(&item.key)));
            }
        }
        // every statement and every duty of the occupations that are served
        let texts: HashSet<String> = document.texts().collect();
        for occupation in programme.specialisms.iter().flat_map(|s| &s.occupations) {
            let occupation = map.occupation(occupation).unwrap();
            assert!(occupation.statements().all(|s| s.text().is_empty() || texts.contains(s.text())));
            assert!(occupation.duties().all(|d| d.text().is_empty() || texts.contains(d.text())));
        }
    }
}

#[test]
fn the_quoted_statement_says_what_is_quoted() {
    let (map, concepts) = england();
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let (_, document) = drafts(&map, &concepts, &derivation)
        .into_iter()
        .find(|(pathway, _)| pathway == "construction/onsite-construction")
        .unwrap();
    let mut asked = 0;
    for block in &document.blocks {
        let Block::Content { items, review: Some(Tier::Route), .. } = block else {
            continue;
        };
        for item in items {
            let detail = item.detail[0].shown();
            let code = detail.rsplit("; ").next().unwrap();
            let (occupation, statement) = code.split_once(' ').unwrap();
            let occupation = map.occupation(occupation).unwrap();
            assert_eq!(occupation.statements().find(|s| s.id() == statement).unwrap().text(), item.text);
            asked += 1;
        }
    }
    assert_eq!(asked, 6);
}

#[test]
fn a_small_draft_as_markdown() {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let concepts = Concepts::exact(&map);
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let (_, document) = drafts(&map, &concepts, &derivation).remove(0);
    insta::assert_snapshot!(markdown(&document));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_map_can_be_drafted_and_hours_keep_their_bounds(raw in generated::map(), least in 0.0..1.0_f64) {
        let map = tlevel::check(raw).unwrap().map;
        let concepts = Concepts::exact(&map);
        let derivation = tlevel::derive(&map, &concepts, &Policy::panel()).unwrap();
        for (pathway, document) in drafts(&map, &concepts, &derivation) {
            holds_in_order(&document, &markdown(&document));
            holds_in_order(&document, &terminal(&document, &Layout::default()));
            prop_assert_eq!(printed_again(&document).1, Vec::<String>::new());
            let bounds = Hours { specialism_min_share: least, ..Hours::default() };
            let programme = derivation.programme(&pathway).unwrap();
            let hours = HoursProposal::of(programme, &bounds);
            prop_assert!((bounds.qualification_min..=bounds.qualification_max).contains(&hours.qualification));
            prop_assert!(f64::from(hours.specialism) >= least * f64::from(hours.qualification));
            prop_assert!(2 * hours.specialism >= hours.qualification);
            let is_weighed = |item: &Item| item.kind != Kind::Behaviour;
            let has_core = programme.route_core.iter().chain(&programme.pathway_core).any(is_weighed);
            prop_assert_eq!(hours.core.is_some(), has_core);
            if let Some(core) = &hours.core {
                prop_assert_eq!(core.hours + hours.specialism, hours.qualification);
                prop_assert_eq!(core.employer_set_project, core.hours / 3);
                let content = core.route.hours + core.pathway.hours;
                prop_assert_eq!(core.employer_set_project + content, core.hours);
                let areas: u32 = core.areas.iter().map(|area| area.part.hours).sum();
                prop_assert!(core.areas.is_empty() || areas == content);
            }
            prop_assert_eq!(hours.specialisms.len(), programme.specialisms.len());
            for of in &hours.specialisms {
                prop_assert_eq!(of.hours, (of.weight > 0).then_some(hours.specialism));
            }
        }
    }
}

#[test]
fn markup_in_texts_is_text() {
    let mut document = Document::new("# not *a* [title](x)");
    document.blocks.push(Block::paragraph("1. no list | `no code` <b>&amp;</b>\u{7}\nsecond line"));
    let written = markdown(&document);
    assert_eq!(
        written,
        "# \\# not \\*a\\* \\[title\\](x)\n\n1\\. no list \\| \\`no code\\` \\<b\\>\\&amp;\\</b\\> second line\n"
    );
}

/// Four occupations, two of one title, one with options, one without statements.
fn trades() -> Map {
    let occupation = |id: &str, title: &str, statements: &[(&str, &str)]| {
        let mut occupation = RawOccupation::new(id, title, 3);
        let statements = statements.iter().map(|(id, text)| RawStatement::new(*id, "knowledge", *text));
        occupation.statements.extend(statements);
        occupation
    };
    let mut roofer = occupation("o1", "Roofer", &[("K1", "Work at height"), ("K2", "Lay slates")]);
    roofer.options.push(RawOption::new("O1", "Slater"));
    roofer.statements[1].option.0.push("O1".to_owned());
    let cluster = RawCluster::new("trades", "Trades")
        .with(roofer)
        .with(occupation("o2", "Fitter", &[("K1", "Work at height"), ("K2", "Read drawings")]))
        .with(occupation("o3", "Fitter", &[("K1", "Order parts"), ("K2", "Read drawings")]))
        .with(occupation("o4", "Glazier", &[]));
    let pathway = RawPathway::new("onsite", "Onsite").with(cluster);
    tlevel::check(RawMap::new("Trades").with(RawRoute::new("build", "Build").with(pathway))).unwrap().map
}

/// The items under a caption: number, text and detail.
fn items_of(document: &Document, caption: &str) -> Vec<String> {
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Content { caption: of, items, .. } if of == caption => {
                found.extend(items.iter().map(|i| format!("{} {}: {}", i.number, i.text, i.detail[0].shown())));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn what_counts_for_no_core_says_why() {
    let map = trades();
    let concepts = Concepts::exact(&map);
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let (_, document) = drafts(&map, &concepts, &derivation).remove(0);
    assert_eq!(
        items_of(&document, "Specialism 1: Further knowledge and skills"),
        [
            "1.K1 Work at height.: knowledge; 2 of 3 occupations; o1 K1",
            "1.K2 Lay slates.: knowledge; in an option only; o1 K2"
        ]
    );
    let texts: Vec<String> = document.texts().collect();
    let missing = "To be written: the source has no statements for it.";
    assert_eq!(texts.iter().filter(|text| *text == missing).count(), 1);
    assert!(!texts.iter().any(|text| text == "It has nothing beyond the core."));
}

#[test]
fn the_nearest_misses_come_first_and_blockers_of_one_title_are_told_apart() {
    let map = trades();
    let concepts = Concepts::exact(&map);
    let mut policy = Policy::t_level();
    policy.near = 2;
    let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
    let (_, document) = drafts(&map, &concepts, &derivation).remove(0);
    assert_eq!(
        items_of(&document, "Near misses"),
        [
            "N1 Work at height: knowledge; pathway core: in 2 of the 3 occupations needed; not in Fitter (o3)",
            "N2 Read drawings: knowledge; pathway core: in 2 of the 3 occupations needed; not in Roofer",
            "N3 Order parts: knowledge; pathway core: in 1 of the 3 occupations needed; not in Roofer, Fitter (o2)",
        ]
    );
}

#[test]
fn placeholder_duties_and_statements_take_no_part() {
    use tlevel::read::{RawCluster, RawDuty, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};

    let nothing =
        ["", " ", ".", "-", "\u{2022}", "TBC", "N/A", "null", "Duty 1", "duty 3:", "Removed", "To be confirmed"];
    let mut occupation = RawOccupation::new("o", "Bakery technician", 3);
    occupation.statements.push(RawStatement::new("K1", "knowledge", "Flour types and how they behave"));
    occupation.duties.push(RawDuty::new("D0", "Bake", ["K1"]));
    for (i, text) in nothing.iter().enumerate() {
        occupation.statements.push(RawStatement::new(format!("S{i}"), "skill", *text));
        occupation.duties.push(RawDuty::new(format!("D{}", i + 1), *text, ["K1"]));
    }
    let pathway = RawPathway::new("p", "Baking").with(RawCluster::new("c", "Bakers").with(occupation));
    let checked = tlevel::check(RawMap::new("M").with(RawRoute::new("r", "Catering").with(pathway))).unwrap();
    let of = |rule: &str| checked.findings.iter().filter(|f| f.rule == rule).count();
    assert_eq!((of("placeholder-duty"), of("empty-duty")), (nothing.len() - 2, 2), "{:?}", checked.findings);
    assert_eq!((of("placeholder-statement"), of("empty-statement")), (nothing.len() - 5, 5), "{:?}", checked.findings);
    assert_eq!(of("duplicate-statement"), 0, "each is reported once");
    let map = checked.map;
    assert_eq!(map.occupation("o").unwrap().duties().map(|d| d.text()).collect::<Vec<_>>(), ["Bake"]);
    let concepts = tlevel::concept::Concepts::exact(&map);
    assert_eq!(concepts.len(), 1);
    let derivation = tlevel::derive(&map, &concepts, &tlevel::derive::Policy::t_level()).unwrap();
    assert_eq!(derivation.programmes[0].specialisms[0].content.len(), 1);
}

#[test]
fn a_placeholder_duty_puts_no_statement_in_the_core() {
    use tlevel::read::{RawCluster, RawDuty, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement};

    let counts = |text: &str| {
        let mut occupation = RawOccupation::new("o", "Baker", 3);
        occupation.options.push(RawOption::new("O1", "Bread"));
        occupation.statements.push(RawStatement::new("K1", "knowledge", "Flour"));
        let mut of_option = RawDuty::new("D1", "Bake loaves", ["K1"]);
        of_option.options.push("O1".to_owned());
        occupation.duties = vec![of_option, RawDuty::new("D2", text, ["K1"])];
        let pathway = RawPathway::new("p", "P").with(RawCluster::new("c", "C").with(occupation));
        let map = tlevel::check(RawMap::new("M").with(RawRoute::new("r", "R").with(pathway))).unwrap().map;
        map.statements().next().unwrap().counts_for_sharing()
    };
    assert!(counts("Weigh flour"), "a duty of all puts it in the core");
    assert!(!counts(".") && !counts("Duty 2"));
}

#[test]
fn parts_and_specialisms_start_a_page_but_short_parts_follow() {
    let (map, concepts) = england();
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let (_, document) =
        drafts(&map, &concepts, &derivation).into_iter().find(|(id, _)| id.ends_with("/health")).unwrap();
    let starts = |wanted: &dyn Fn(&Block) -> bool| {
        let at = document.blocks.iter().position(wanted).unwrap();
        document.blocks[at - 1] == Block::PageBreak
    };
    assert!(starts(&|block| *block == Block::Contents));
    for (anchor, expected) in [
        ("how-to-read", true),
        ("to-be-written", false),
        ("core", true),
        ("employer-set-project", false),
        // its few lines follow, as they would be alone on a page
        ("specialisms", false),
        ("specialism-1", true),
        ("specialism-2", true),
        ("hours", true),
        ("assessment", false),
        ("sources", true),
    ] {
        let is_wanted = |block: &Block| matches!(block, Block::Heading { anchor: own, .. } if own == anchor);
        assert_eq!(starts(&is_wanted), expected, "{anchor}");
    }
}

/// The printed tables and lists of a draft of one occupation with these statements and
/// duties.
fn draft_of(occupations: Vec<RawOccupation>) -> Document {
    let cluster = occupations.into_iter().fold(RawCluster::new("c", "Bakers"), RawCluster::with);
    let pathway = RawPathway::new("p", "Baking").with(cluster);
    let map = tlevel::check(RawMap::new("M").with(RawRoute::new("r", "Catering").with(pathway))).unwrap().map;
    let concepts = Concepts::exact(&map);
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    drafts(&map, &concepts, &derivation).remove(0).1
}

#[test]
fn headings_name_tables_and_lists_so_no_caption_repeats_them() {
    let (map, concepts) = england();
    let derivation = tlevel::derive(&map, &concepts, &Policy::panel()).unwrap();
    for (id, document) in drafts(&map, &concepts, &derivation) {
        let written = markdown(&document);
        for caption in ["*Core skills*", "*Near misses*", "*About this draft*", "*Specialism 1: Behaviours*"] {
            assert!(!written.contains(caption), "{caption} in {id}");
        }
        // two tables under one heading need their names
        assert!(!written.contains("D1 |") || written.contains("*Duties of "), "{id}");
        let page = tlevel_report::export::html(&document);
        assert!(page.contains("aria-label=\"Core skills\"") || !page.contains("Skill, in short"), "{id}");
    }
}

#[test]
fn content_areas_are_numbered_in_order_and_codes_are_in_small_print() {
    let (map, concepts) = england();
    for policy in [Policy::t_level(), Policy::panel()] {
        let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
        for (id, document) in drafts(&map, &concepts, &derivation) {
            let mut area = 0;
            let mut places = 0;
            for block in &document.blocks {
                match block {
                    Block::Heading { level: 3, anchor, text, .. } if anchor.contains("-core-") => {
                        area += 1;
                        assert!(text.starts_with(&format!("{area} ")), "{text} is not area {area} of {id}");
                    }
                    Block::Content { items, review: Some(Tier::Route | Tier::Pathway | Tier::Group), .. } => {
                        for item in items {
                            assert!(!item.place.is_empty() && item.number.starts_with(['R', 'P', 'G']), "{item:?}");
                            if let Some((of, _)) = item.place.split_once('.') {
                                assert_eq!(of, area.to_string(), "{item:?}");
                                places += 1;
                            }
                        }
                    }
                    Block::Content { items, .. } => assert!(items.iter().all(|item| item.place.is_empty())),
                    _ => {}
                }
            }
            let core = derivation.programme(&id).unwrap();
            assert!(places > 0 || core.route_core.is_empty() && core.pathway_core.is_empty(), "{id}");
        }
    }
}

/// Counts what refers to an item printed before, and lists what is printed again.
fn printed_again(document: &Document) -> (usize, Vec<String>) {
    let (mut texts, mut referred, mut again) = (HashSet::new(), 0, Vec::new());
    for block in &document.blocks {
        let Block::Content { items, review, .. } = block else { continue };
        // near misses are an annex
        for item in items.iter().filter(|_| *review != Some(Tier::NearMiss)) {
            if item.text.starts_with("Same as ") {
                referred += 1;
            } else if !texts.insert(item.whole().to_lowercase()) {
                again.push(format!("{}: {}", item.number, item.text));
            }
        }
    }
    (referred, again)
}

#[test]
fn the_same_text_is_printed_once() {
    let (map, concepts) = england();
    for policy in [Policy::t_level(), Policy::panel()] {
        let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
        let mut all = 0;
        for (id, document) in drafts(&map, &concepts, &derivation) {
            let (referred, again) = printed_again(&document);
            assert!(again.is_empty(), "{id}: {again:?}");
            all += referred;
        }
        assert!(all > 0);
    }
}

#[test]
fn points_of_a_statement_are_a_list_in_every_format() {
    let mut occupation = RawOccupation::new("o", "Baker", 3);
    let text = "the tools:\u{2022}\tmixers; \u{2022} ovens \u{2022} provers";
    occupation.statements.push(RawStatement::new("K1", "knowledge", text));
    let document = draft_of(vec![occupation]);
    let written = markdown(&document);
    let list = "* **1\\.K1** The tools:\n  * mixers\n  * ovens\n  * provers.\n\n  knowledge; 1 of 1 occupation; o K1";
    assert!(written.contains(list), "{written}");
    let page = tlevel_report::export::html(&document);
    assert!(
        page.contains("<li dir=\"auto\">mixers</li><li dir=\"auto\">ovens</li><li dir=\"auto\">provers.</li></ul>")
    );
    assert!(terminal(&document, &Layout::default()).contains("\n          - ovens\n"));
    assert!(document.texts().any(|of| of == text), "the sources are word for word");
}

#[test]
fn near_identical_duties_are_one_outcome_that_names_them() {
    use tlevel::read::RawDuty;

    let baker = |id: &str, duty: &str| {
        let mut occupation = RawOccupation::new(id, "Baker", 3);
        occupation.statements.push(RawStatement::new("S1", "skill", format!("Shape loaves by method {id}")));
        occupation.duties.push(RawDuty::new("D1", duty, ["S1"]));
        occupation
    };
    let mut one = baker("o", "Bake bread and rolls in deck ovens every morning");
    one.statements.push(RawStatement::new("S2", "skill", "Mix dough"));
    one.duties.push(RawDuty::new("D2", "Bakes bread and rolls in deck ovens every morning.", ["S2", "S1"]));
    one.duties.push(RawDuty::new("D3", "Clean the ovens", ["S2"]));
    let document = draft_of(vec![one]);
    let outcomes: Vec<String> =
        document.texts().filter(|text| text.starts_with("PO1.") || text.starts_with("Duty D")).collect();
    assert_eq!(
        outcomes,
        [
            "PO1.1 Bake bread and rolls in deck ovens every morning",
            "Duty D1 of o, and nearly the same duty D2 of o",
            "PO1.2 Clean the ovens",
            "Duty D3 of o"
        ]
    );
    assert_eq!(items_of(&document, "Specialism 1: PO1.1 Bake bread and rolls in deck ovens every morning").len(), 2);
}
