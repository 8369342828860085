//! The maps of `fixtures/maps`: what they promise, and what their README says
//! of them.

use std::collections::{BTreeMap, BTreeSet};

use tlevel::check::{Checked, Severity};
use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Policy};
use tlevel::map::{Kind, Map, Occupation, Pathway, Status};
use tlevel::text::{name_key, normal_form};

const ENGLAND: &str = include_str!("../../fixtures/maps/england.json");
const CONCEPTS: &str = include_str!("../../fixtures/maps/england-concepts.csv");
const CONSULTATION: &str = include_str!("../../fixtures/maps/consultation.json");
const README: &str = include_str!("../../fixtures/README.md");

/// The pathways whose occupations have statements.
const PATHWAYS: [&str; 9] = [
    "construction/design-surveying-and-planning",
    "construction/onsite-construction",
    "digital/digital-business-services",
    "digital/digital-support-and-services",
    "digital/digital-production-design-and-development",
    "health-and-science/health",
    "health-and-science/science",
    "legal-finance-and-accounting/accountancy",
    "legal-finance-and-accounting/financial",
];

fn checked(text: &str) -> Checked {
    tlevel::check(tlevel::read(text.as_bytes()).unwrap()).unwrap()
}

fn england() -> Map {
    checked(ENGLAND).map
}

fn derive(map: &Map, policy: &Policy) -> Derivation {
    tlevel::derive(map, &Concepts::from_csv(map, CONCEPTS).unwrap(), policy).unwrap()
}

fn level(occupation: Occupation<'_>) -> u8 {
    occupation.level().number()
}

fn written(map: &Map) -> impl Iterator<Item = Occupation<'_>> {
    map.occupations().filter(|o| o.statements().len() > 0)
}

/// The rows of the judgement: occupation, statement, concept, label, also.
fn rows() -> Vec<[String; 5]> {
    let mut reader = csv::Reader::from_reader(CONCEPTS.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["occupation", "statement", "concept", "label", "also"]);
    let row = |record: csv::StringRecord| std::array::from_fn(|i| record[i].to_owned());
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// How many findings of each rule, errors and warnings and notes.
fn counts(checked: &Checked) -> BTreeMap<(Severity, &str), usize> {
    let mut counts = BTreeMap::new();
    for finding in &checked.findings {
        *counts.entry((finding.severity, finding.rule.as_ref())).or_default() += 1;
    }
    counts
}

#[test]
fn the_bundled_map_has_its_known_counts() {
    let checked = checked(ENGLAND);
    let map = &checked.map;
    assert_eq!((map.routes().len(), map.pathways().len(), map.clusters().len()), (15, 35, 137));
    assert_eq!((map.occupations().len(), map.statements().len(), map.set_aside().len()), (411, 954, 0));
    assert_eq!((written(map).count(), written(map).map(|o| o.duties().len()).sum::<usize>()), (38, 239));
    // its README has the same figures
    for figure in ["15 routes, 35 pathways, 137 clusters, 411 occupations", "954 statements and 239 duties of 38"] {
        assert!(README.contains(figure), "fixtures/README.md: {figure}");
    }
}

#[test]
fn every_eligible_occupation_of_the_nine_pathways_is_written() {
    let map = england();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for id in PATHWAYS {
        let pathway = map.pathway(id).unwrap();
        let level_3: Vec<_> = pathway.occupations().filter(|o| level(*o) == 3).collect();
        assert!(level_3.len() >= 2, "{id}");
        assert!(level_3.iter().all(|o| o.statements().len() > 0), "{id}");
        seen.extend(level_3.iter().map(|o| o.id()));
    }
    // and one more, which a policy has to name
    let rest: Vec<_> = written(&map).filter(|o| !seen.contains(o.id())).collect();
    assert_eq!(rest.iter().map(|o| (o.title(), level(*o))).collect::<Vec<_>>(), [("Bricklayer", 2)]);
    let routes: BTreeSet<&str> = PATHWAYS.iter().filter_map(|id| id.split('/').next()).collect();
    assert_eq!(routes.len(), 4);
}

#[test]
fn a_written_occupation_is_whole() {
    let map = england();
    for occupation in written(&map) {
        let id = occupation.id();
        let of_core = occupation.statements().filter(|s| s.options().len() == 0);
        assert!((12..=25).contains(&of_core.count()), "{id}: statements that are not an option's");
        assert!((4..=8).contains(&occupation.duties().len()), "{id}: duties");
        for kind in [Kind::Knowledge, Kind::Skill, Kind::Behaviour] {
            assert!(occupation.statements().any(|s| s.kind() == kind), "{id}: {kind}");
        }
        assert!(occupation.duties().all(|d| d.statements().count() >= 2), "{id}: a duty draws on statements");
        let cited: BTreeSet<&str> = occupation.duties().flat_map(|d| d.statements()).map(|s| s.id()).collect();
        let uncited: Vec<&str> = occupation.statements().map(|s| s.id()).filter(|s| !cited.contains(s)).collect();
        assert!(uncited.is_empty(), "{id}: no duty cites {uncited:?}");
        let raw = occupation.raw();
        assert!(raw.overview.is_some() && !raw.job_titles.is_empty() && !raw.keywords.is_empty(), "{id}");
    }
    let options = |id: &str| map.occupation(id).unwrap().options().len();
    assert_eq!((options("LARS151"), options("LARS439")), (4, 2));
    assert_eq!(map.occupation("LARS151").unwrap().pathway().id(), "health-and-science/health");
}

#[test]
fn the_file_can_be_reviewed() {
    assert!(ENGLAND.len() < 1_000_000);
    for (text, name) in [(ENGLAND, "england.json"), (CONSULTATION, "consultation.json")] {
        let with_kind = text.lines().filter(|line| line.contains("\"kind\": ")).count();
        assert_eq!(with_kind, checked(text).map.statements().len(), "{name}: one statement a line");
        for cluster in checked(text).map.clusters() {
            let order: Vec<_> = cluster.occupations().map(|o| (level(o), o.title().to_lowercase())).collect();
            assert!(name == "consultation.json" || order.is_sorted(), "{name}: {}", cluster.id());
        }
        for occupation in checked(text).map.occupations() {
            // K1, K2, ... S1, ... B1: by kind, without a gap
            let expected = [Kind::Knowledge, Kind::Skill, Kind::Behaviour].into_iter().flat_map(|kind| {
                let many = occupation.statements().filter(move |s| s.kind() == kind).count();
                (1..=many).map(move |n| format!("{}{n}", kind.letter()))
            });
            assert!(expected.eq(occupation.statements().map(|s| s.id().to_owned())), "{}", occupation.id());
        }
    }
}

/// The words of each judged statement and its concepts, and how much two
/// statements of one kind from two occupations overlap (Jaccard index).
#[test]
fn wording_varies_as_it_does_in_reality() {
    let map = england();
    let distinct: BTreeSet<String> = map.statements().map(|s| normal_form(s.text())).collect();
    let repeated = map.statements().len() - distinct.len();
    assert!((5..=20).contains(&repeated), "{repeated}: a sentence is shared now and then, and no more");

    let concepts = Concepts::from_csv(&map, CONCEPTS).unwrap();
    let all: Vec<_> = map.statements().collect();
    let words: Vec<BTreeSet<String>> =
        all.iter().map(|s| name_key(s.text()).split(' ').map(str::to_owned).collect()).collect();
    let (mut same, mut look_alike) = (Vec::new(), 0);
    for (i, a) in all.iter().enumerate() {
        for (j, b) in all.iter().enumerate().skip(i + 1) {
            if a.kind() != b.kind() || a.occupation().id() == b.occupation().id() {
                continue;
            }
            let overlap = || {
                let both = words[i].intersection(&words[j]).count();
                both as f64 / (words[i].len() + words[j].len() - both) as f64
            };
            let (of_a, of_b) = (concepts.of(a.index()), concepts.of(b.index()));
            if of_a == of_b && of_a.len() == 1 {
                same.push(overlap());
            } else if !of_a.iter().any(|c| of_b.contains(c)) && overlap() >= 0.25 {
                look_alike += 1;
            }
        }
    }
    same.sort_by(f64::total_cmp);
    let quantile = |tenth: usize| same[same.len() * tenth / 10];
    assert!(quantile(1) < 0.1, "some say the same with hardly a word in common: {}", quantile(1));
    assert!((0.15..0.4).contains(&quantile(5)), "most share their terms: {}", quantile(5));
    assert!(quantile(9) > 0.4, "some are nearly the same: {}", quantile(9));
    assert!(look_alike >= 40, "{look_alike} pairs look alike and are not the same");
    let mut lengths: Vec<usize> = all.iter().map(|s| s.text().split_whitespace().count()).collect();
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 10] <= 12 && lengths[lengths.len() * 9 / 10] >= 30);
}

#[test]
fn every_statement_is_judged_once() {
    let map = england();
    let rows = rows();
    let judged: BTreeSet<(&str, &str)> = rows.iter().map(|r| (r[0].as_str(), r[1].as_str())).collect();
    let all: BTreeSet<(&str, &str)> = map.statements().map(|s| (s.occupation().id(), s.id())).collect();
    assert_eq!((judged.len(), &judged), (rows.len(), &all));

    let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
    for [occupation, statement, concept, label, _] in &rows {
        assert!(!label.is_empty() && *labels.entry(concept).or_insert(label) == label, "{concept}");
        let kind = statement.chars().next().unwrap().to_ascii_lowercase();
        assert!(concept.starts_with(&format!("{kind}-")), "{occupation} {statement}: {concept}");
    }
    for [occupation, statement, concept, _, also] in &rows {
        for other in also.split("; ").filter(|o| !o.is_empty()) {
            assert!(labels.contains_key(other) && other != concept, "{occupation} {statement}: {other}");
        }
    }
    assert_eq!(labels.values().collect::<BTreeSet<_>>().len(), labels.len(), "a label for each concept");
    let sort_key = |r: &[String; 5]| (r[2].starts_with('b'), r[2].clone(), r[0].clone());
    assert!(rows.windows(2).all(|w| sort_key(&w[0]) <= sort_key(&w[1])), "sorted: kind, concept, occupation");

    let concepts = Concepts::from_csv(&map, CONCEPTS).unwrap();
    assert_eq!(concepts.len(), labels.len());
    let shared = concepts.iter().filter(|c| c.statements().len() > 1).count();
    let bundles = rows.iter().filter(|r| !r[4].is_empty()).count();
    assert_eq!((concepts.len(), shared, bundles), (417, 151, 130));
    assert!(README.contains("417 concepts, 151 of them shared, and 130 bundles"), "fixtures/README.md");
}

#[test]
fn judged_programmes_are_plausible() {
    let map = england();
    for (policy, name) in [(Policy::t_level(), "strict"), (Policy::panel(), "panel")] {
        let derivation = derive(&map, &policy);
        for id in PATHWAYS {
            let programme = derivation.programme(id).unwrap();
            assert!(!programme.route_core.is_empty() && !programme.pathway_core.is_empty(), "{name}: {id}");
            assert!(programme.specialisms.iter().all(|s| !s.content.is_empty()), "{name}: {id}");
        }
    }
    // a bricklayer counts when a policy says so, and shares the trade's core
    let policy = Policy::from_json(include_str!("../../fixtures/policies/t-level-bricklaying.json")).unwrap();
    let derivation = derive(&map, &policy);
    assert!(derivation.notes.is_empty(), "{:?}", derivation.notes);
    let onsite = derivation.programme("construction/onsite-construction").unwrap();
    assert!(onsite.counting.iter().any(|o| o.title == "Bricklayer"));
    assert!(onsite.specialisms.iter().any(|s| s.title == "Bricklayer"));
    assert!(onsite.pathway_core.iter().all(|item| item.support.have == 5));
    let labels: Vec<_> = onsite.pathway_core.iter().filter_map(|item| item.label.as_deref()).collect();
    assert!(labels.contains(&"Working at height") && labels.contains(&"Measure and mark out"), "{labels:?}");
}

#[test]
fn every_warning_is_explained() {
    let england = checked(ENGLAND);
    let found = counts(&england);
    assert_eq!(found.get(&(Severity::Warning, "eligible-without-statements")), Some(&83));
    for finding in england.findings.iter().filter(|f| f.rule == "eligible-without-statements") {
        // only where nothing is written yet
        let at: Vec<usize> = finding.place.pointer.split('/').filter_map(|step| step.parse().ok()).collect();
        let pathway = england.map.routes().nth(at[0]).unwrap().pathways().nth(at[1]).unwrap();
        assert!(!PATHWAYS.contains(&pathway.id()), "{}", finding.message);
    }
    let consultation = checked(CONSULTATION);
    for (checked, name) in [(&england, "england.json"), (&consultation, "consultation.json")] {
        for ((severity, rule), count) in counts(checked) {
            assert_ne!(severity, Severity::Error, "{name}: {rule}");
            // fixtures/README.md says why
            let row = README.lines().find(|line| line.contains(&format!("`{rule}`")) && line.contains(name));
            let row = row.unwrap_or_else(|| panic!("fixtures/README.md does not explain `{rule}` in {name}"));
            assert!(row.contains(&format!("| {count} |")), "{name}: {count} findings of {rule}; {row}");
        }
    }
}

fn reasons(marks: impl Iterator<Item = Option<Vec<String>>>) -> BTreeSet<String> {
    marks.flatten().flatten().collect()
}

#[test]
fn the_consultation_has_what_its_questions_ask_about() {
    let map = checked(CONSULTATION).map;
    let all: BTreeSet<String> =
        ["heavy-machinery", "barred-under-18", "too-little-content", "policy"].map(str::to_owned).into();
    assert_eq!(reasons(map.routes().map(|r| r.apprenticeship_only().map(|m| m.reasons.clone()))), all, "routes");
    assert_eq!(reasons(map.pathways().map(|p| p.apprenticeship_only().map(|m| m.reasons.clone()))), all, "pathways");
    assert_eq!(reasons(map.clusters().map(|c| c.apprenticeship_only().map(|m| m.reasons.clone()))), all, "clusters");

    let four = [Status::Approved, Status::PlanInDevelopment, Status::InDevelopment, Status::None];
    assert!(four.iter().all(|status| map.occupations().any(|o| o.status() == *status)));
    let bands: BTreeSet<_> = map.occupations().map(|o| o.band().to_string()).collect();
    assert_eq!(bands.len(), 3);
    let has = |of: fn(Occupation<'_>) -> bool| map.occupations().filter(|o| of(*o)).count();
    assert!(has(|o| !o.raw().progresses_to.is_empty()) >= 10);
    assert!(has(|o| !o.raw().mandatory_qualifications.is_empty()) >= 5);
    assert!(has(|o| !o.raw().barriers.is_empty()) >= 8);
    assert!(has(|o| o.status() == Status::None && o.statements().len() == 0) >= 4);

    // progression climbs a band, and a ladder goes all the way up
    let up = |o: Occupation<'_>| -> Vec<Occupation<'_>> {
        o.raw().progresses_to.iter().map(|id| map.occupation(id).unwrap()).collect()
    };
    assert!(map.occupations().all(|o| up(o).iter().all(|next| next.level() > o.level())));
    let ladder = |o: Occupation<'_>| up(o).into_iter().flat_map(up).any(|top| level(top) >= 6);
    assert!(map.occupations().filter(|o| level(*o) == 3).any(ladder));
}

#[test]
fn the_two_maps_are_of_one_country() {
    // what stands on both has one title, and the pathways of the consultation are the plan's
    let (now, then) = (england(), checked(CONSULTATION).map);
    let both: Vec<(Occupation<'_>, Occupation<'_>)> =
        then.occupations().filter_map(|o| Some((o, now.occupation(o.id())?))).collect();
    assert!(both.len() > 40);
    assert!(both.iter().all(|(a, b)| a.title() == b.title() && a.level() == b.level()));
    let pathways: Vec<Pathway<'_>> = then.pathways().collect();
    assert!(pathways.iter().any(|p| p.name() == "IT support and services"), "its name in 2017");
}
