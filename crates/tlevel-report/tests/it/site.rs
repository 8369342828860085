//! The offline site: everything has its page, every link leads somewhere, and
//! nothing of the map becomes markup.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel::derive::Policy;
use tlevel::harmonise::{Ledger, Measure, Threshold};
use tlevel::map::Map;
use tlevel_report::Site;

fn checked(bytes: &[u8]) -> Map {
    tlevel::check(tlevel::read(bytes).unwrap()).unwrap().map
}

fn consultation() -> Map {
    checked(include_bytes!("../../../../fixtures/maps/consultation.json"))
}

fn files(map: &Map, concepts: &Concepts, policy: &Policy) -> HashMap<String, String> {
    let derivation = tlevel::derive(map, concepts, policy).unwrap();
    let site = Site::new(map, concepts, &derivation).unwrap().date(Some("2026-11-24"));
    let mut files = HashMap::new();
    for file in site.files() {
        let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '/');
        assert!(
            file.path.chars().all(safe) && !file.path.contains("..") && !file.path.starts_with('/'),
            "{}",
            file.path
        );
        assert!(files.insert(file.path.clone(), file.content).is_none(), "{} twice", file.path);
    }
    files
}

fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}

/// The values of an attribute in a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// One title and one chief heading; every link that stays in the site leads to
/// a page, and to a place in it.
fn sound(files: &HashMap<String, String>) {
    let pages = files.iter().filter(|(path, _)| is_page(path));
    let ids: HashMap<&str, HashSet<&str>> =
        pages.clone().map(|(path, page)| (path.as_str(), values(page, "id").into_iter().collect())).collect();
    for (path, page) in pages {
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert_eq!(values(page, "id").len(), ids[path.as_str()].len(), "{path}: an id twice");
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        for target in values(page, "href").into_iter().chain(values(page, "src")) {
            if target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = match (file.strip_prefix("../"), folder) {
                _ if file.is_empty() => path.clone(),
                (Some(file), _) => {
                    assert_ne!(folder, "", "{path}: {target} leads out of the site");
                    file.to_owned()
                }
                (None, "") => file.to_owned(),
                (None, folder) => format!("{folder}/{file}"),
            };
            assert!(files.contains_key(&file), "{path}: {target} leads to no page");
            assert!(anchor.is_empty() || ids[file.as_str()].contains(anchor), "{path}: {target} leads to no place");
        }
    }
}

/// What the script of the search reads.
fn entries(files: &HashMap<String, String>) -> Vec<[String; 5]> {
    let json = files["search-index.js"].strip_prefix("var tlevelEntries = ").unwrap();
    let json = json.trim_end().trim_end_matches(';').replace(",\n]", "\n]");
    serde_json::from_str(&json).unwrap()
}

#[test]
fn everything_has_its_page_and_its_links() {
    let map = consultation();
    let measure = Measure::new(&map);
    let joined = tlevel::harmonise(&measure, Threshold::new(0.3).unwrap(), &Ledger::default()).unwrap();
    let concepts = joined.into_concepts();
    let files = files(&map, &concepts, &Policy::panel());
    sound(&files);
    let of = |folder: &str| files.keys().filter(|path| path.starts_with(folder)).count();
    assert_eq!(of("routes/"), map.routes().len());
    assert_eq!(of("pathways/"), map.pathways().len());
    assert_eq!(of("occupations/"), map.occupations().len());
    // pages list only what occupations share
    let occupations_of = |concept: &tlevel::concept::Concept<'_>| -> usize {
        let of = concept.statements().iter().map(|s| map.statement_at(*s).unwrap().occupation().index());
        of.collect::<HashSet<_>>().len()
    };
    let shared = concepts.iter().filter(|concept| occupations_of(concept) > 1).count();
    assert!(shared > 0 && shared < concepts.len(), "{shared} of {}: else nothing is shown", concepts.len());
    let listed: usize = files
        .iter()
        .filter(|(path, _)| path.starts_with("concepts/"))
        .map(|(_, page)| page.matches("<h2 id=\"c").count())
        .sum();
    assert_eq!(listed, shared);
    assert_eq!(of("programmes/"), 5);
    // a pathway without a programme says why
    let retail = &files["pathways/sales-marketing-and-procurement-retail.html"];
    assert!(retail.contains("The pathway has no programme (apprenticeships only: too little content)."), "{retail}");
    // a shared statement leads to its concept, and that back to its occupation
    let is_shared = |s: &tlevel::map::Statement<'_>| {
        let of = concepts.of(s.index()).first().and_then(|concept| concepts.get(*concept));
        of.is_some_and(|concept| occupations_of(&concept) > 1)
    };
    let statement = map.statements().find(is_shared).unwrap();
    let title = format!("<h1 dir=\"auto\">{}</h1>", statement.occupation().title());
    let occupation = files.iter().find(|(path, page)| path.starts_with("occupations/") && page.contains(&title));
    let (path, page) = occupation.unwrap();
    let target = values(page, "href").into_iter().find(|target| target.contains("/concepts/") && target.contains("#c"));
    let concept = target.unwrap().trim_start_matches("../").split('#').next().unwrap();
    assert!(files[concept].contains(&format!("href=\"../{path}\"")), "{concept}");
    // an item of a core leads to its concept
    let programme = &files["programmes/construction-onsite-construction.html"];
    assert!(programme.contains("<span class=\"number\"><a href=\"../concepts/"), "{programme}");
    // all is found
    let entries = entries(&files);
    let derivation = tlevel::derive(&map, &concepts, &Policy::panel()).unwrap();
    let topics: usize = derivation.programmes.iter().filter(|p| p.has_statements()).map(|p| p.topics.len()).sum();
    let all = map.routes().len() + map.pathways().len() + 5 + topics + map.occupations().len() + concepts.len();
    assert_eq!(entries.len(), all);
    let bricklayer = map.occupations().find(|o| o.title() == "Bricklayer").unwrap();
    let found = entries.iter().find(|[name, _, kind, ..]| name == "Bricklayer" && kind == "occupation").unwrap();
    assert!(found[3].starts_with(bricklayer.id()) && found[3].contains(bricklayer.cluster().name()), "{found:?}");
    for word in bricklayer.raw().job_titles.iter().chain(&bricklayer.raw().keywords) {
        assert!(found[3].contains(word), "{word}");
    }
    assert!(!bricklayer.raw().job_titles.is_empty(), "else nothing is shown of them");
    assert_eq!(found[4], "Construction \u{203a} Onsite construction, level 2");
    let programme = entries.iter().find(|[name, ..]| name == "T Level in Onsite construction").unwrap();
    assert_eq!([&programme[2], &programme[4]], ["T Level", "Construction"]);
    // who has a statement, and where on the map
    let said: HashSet<&str> =
        entries.iter().filter(|e| e[2] == "skill" || e[2] == "knowledge").map(|e| &*e[4]).collect();
    for place in [
        "Bricklayer (Construction \u{203a} Onsite construction, level 2)",
        "2 occupations in Construction \u{203a} Onsite construction",
        "3 occupations in Construction",
        "2 occupations in 2 routes",
    ] {
        assert!(said.contains(place), "{place}: {said:?}");
    }
    let every_text: Vec<&str> =
        entries.iter().flat_map(|[name, _, _, words, _]| [name.as_str(), words.as_str()]).collect();
    let every_text = every_text.join(" ");
    for statement in map.statements().filter(tlevel::map::Statement::says_something) {
        assert!(every_text.contains(statement.text()), "{}", statement.text());
    }
    for [name, page, ..] in &entries {
        assert!(!name.is_empty() && files.contains_key(page.split('#').next().unwrap()), "{page}");
    }
}

#[test]
fn a_pathway_without_statements_has_a_line_and_no_t_level() {
    let map = checked(include_bytes!("../../../../fixtures/maps/england.json"));
    let concepts = Concepts::exact(&map);
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let silent = derivation.programmes.iter().filter(|programme| !programme.has_statements()).count();
    let files = files(&map, &concepts, &Policy::t_level());
    sound(&files);
    let programmes = files.keys().filter(|path| path.starts_with("programmes/")).count();
    assert_eq!((programmes, silent), (9, 14));
    let start = &files["index.html"];
    assert!(start.contains("14 pathways with a T Level but no statements in this map: "), "{start}");
    for none in [" 0 topic", " 0 item", " 0 statement"] {
        let at = start.find(none).map(|at| &start[at.saturating_sub(60)..at + 20]);
        assert_eq!(at, None, "a line says so in words");
    }
    // what its route shares makes no T Level in Legal
    let legal = &files["pathways/legal-finance-and-accounting-legal.html"];
    assert!(legal.contains("this map has no statements for them"), "{legal}");
    assert!(!legal.contains("0 statements"), "{legal}");
}

#[test]
fn the_first_screen_has_four_figures_the_picture_and_the_programmes() {
    let map = consultation();
    let files = files(&map, &Concepts::exact(&map), &Policy::t_level());
    let start = &files["index.html"];
    let at = |text: &str| start.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    let figures = at("<ul class=\"key-figures\">");
    assert_eq!(start[figures..].split("</ul>").next().unwrap().matches("<strong>").count(), 4);
    assert!(at("<form class=\"find\"") < figures && figures < at("<svg "));
    assert!(at("<svg ") < at(">Programmes</h2>") && at(">Programmes</h2>") < at(">Routes and pathways</h2>"));
    // the picture leads to each programme
    let picture = start[at("<svg ")..].split("</svg>").next().unwrap();
    assert_eq!(picture.matches("<a href=\"programmes/").count(), 5);
}

#[test]
fn the_same_input_gives_the_same_bytes_and_the_date_is_the_caller_s() {
    let map = consultation();
    let concepts = Concepts::exact(&map);
    let one = files(&map, &concepts, &Policy::t_level());
    assert_eq!(one, files(&map, &concepts, &Policy::t_level()));
    assert!(one["index.html"].contains("Date: <bdi>2026-11-24</bdi>"));
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let undated = Site::new(&map, &concepts, &derivation).unwrap();
    assert!(!undated.files().any(|file| file.content.contains("Date: <bdi>")));
}

#[test]
fn nothing_of_the_map_becomes_markup_or_a_path() {
    let mut raw = tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).unwrap();
    let hostile = "<script>alert(1)</script>]]>\u{0}\u{202e}\"'--><img src=x onerror=alert(2)>";
    raw.title = Some(hostile.to_owned());
    for route in &mut raw.routes {
        route.name = Some(format!("{hostile}{}", route.name.clone().unwrap()));
        for pathway in &mut route.pathways {
            pathway.name = Some(format!("{}{hostile}", pathway.name.clone().unwrap()));
            for (i, occupation) in pathway.clusters.iter_mut().flat_map(|c| &mut c.occupations).enumerate() {
                occupation.id = occupation.id.as_ref().map(|id| format!("../../{id}?\"<{i}>"));
                occupation.url = Some("javascript:alert(3)".to_owned());
                occupation.overview = Some(hostile.to_owned());
                for statement in &mut occupation.statements {
                    statement.text = Some(format!("{hostile}{}", statement.text.clone().unwrap()));
                }
            }
        }
    }
    let map = tlevel::check(raw).unwrap().map;
    assert!(map.occupations().len() > 50);
    let files = files(&map, &Concepts::exact(&map), &Policy::t_level());
    sound(&files);
    for (path, page) in files.iter().filter(|(path, _)| is_page(path)) {
        let scripts = if path == "search.html" { 2 } else { 0 };
        assert_eq!(page.matches("<script").count(), scripts, "{path}");
        assert!(!page.contains("<img") && !page.contains("href=\"javascript"), "{path}");
        assert!(!page.contains('\u{0}'), "{path}");
    }
    assert!(entries(&files).iter().any(|[name, ..]| name.contains("<script>")), "the script shows it as text");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_map_gives_a_sound_site(raw in generated::map(), policy in generated::policy()) {
        let map = tlevel::check(raw).unwrap().map;
        sound(&files(&map, &Concepts::exact(&map), &policy));
    }
}
