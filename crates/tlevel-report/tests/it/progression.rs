//! Where occupations lead: declared links before inferred ones, what a step
//! needs.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel::map::{Kind, Map};
use tlevel::place::Placer;
use tlevel::progression::{ProgressionError, Step, StepLink, Steps, step, steps};
use tlevel::read::{RawMap, RawOccupation, RawOption, RawStatement};
use tlevel_report::{Layout, export, report};

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).expect("has a route").map
}

fn consultation() -> Map {
    checked(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).expect("reads"))
}

fn found(map: &Map, occupation: &str, k: usize) -> Steps {
    steps(map, &Concepts::exact(map), &Placer::new(map), occupation, k).expect("is on the map")
}

fn ends(steps: &[Step], end: fn(&Step) -> &str) -> Vec<(&str, StepLink)> {
    steps.iter().map(|s| (end(s), s.link)).collect()
}

/// Three bands of one pathway (none is higher technical), and another pathway.
fn small() -> RawMap {
    let occupation = |id: &str, level: i64, texts: &[(&'static str, &str)], leads_to: &[&str]| {
        let mut occupation = RawOccupation::new(id, format!("The {id} fitter"), level);
        let statement =
            |(n, (kind, text)): (usize, &(&'static str, &str))| RawStatement::new(format!("X{n}"), *kind, *text);
        occupation.statements = texts.iter().enumerate().map(statement).collect();
        occupation.progresses_to = leads_to.iter().map(|&id| id.to_owned()).collect();
        occupation
    };
    let (pipes, gas) = (("skill", "Fit pipes"), ("knowledge", "How gas burns"));
    let mut with_options =
        occupation("gas", 6, &[pipes, gas, ("knowledge", "How  gas burns."), ("behaviour", "Care")], &[]);
    with_options.options.push(RawOption::new("O1", "Boilers"));
    with_options.statements.push(RawStatement::new("X9", "skill", "Fit boilers").of_option("O1"));
    // what the core says too is no more for the option
    with_options.statements.push(RawStatement::new("X8", "knowledge", "How gas burns").of_option("O1"));
    let raw = serde_json::json!({"format": "tlevel-map", "version": 1, "routes": [{"id": "r", "name": "R", "pathways": [
        {"id": "p", "name": "P", "clusters": [{"id": "c", "name": "C", "occupations": []}]},
        {"id": "q", "name": "Q", "clusters": [{"id": "d", "name": "D", "occupations": []}]}]}]});
    let mut map = tlevel::read(raw.to_string().as_bytes()).expect("reads");
    let pathways = &mut map.routes[0].pathways;
    pathways[0].clusters[0].occupations = vec![
        occupation("pipe", 3, &[pipes], &[]),
        occupation("duct", 2, &[("skill", "Fit ducts")], &["pipe", "nowhere", "pipe", "duct", "far"]),
        with_options,
        occupation("silent", 7, &[], &[]),
        // nothing in common with any other
        RawOccupation::new("alien", "Qwzvk", 6),
    ];
    pathways[1].clusters[0].occupations = vec![occupation("far", 2, &[pipes], &[])];
    map
}

#[test]
fn declared_links_first_each_way() {
    let map = checked(small());
    let duct = found(&map, "duct", 5);
    // each once, in the order of the map, wherever they lead; never to itself
    let declared = ends(&duct.leads_to, |s| &s.to.id);
    assert_eq!(declared, [("pipe", StepLink::Declared), ("far", StepLink::Declared)]);
    assert!(duct.comes_from.is_empty());
    // one way declared, the other inferred: no band between, so the next that there is
    let pipe = found(&map, "pipe", 5);
    assert_eq!(ends(&pipe.comes_from, |s| &s.from.id), [("duct", StepLink::Declared)]);
    assert!(pipe.comes_from[0].similarity.is_none());
    let up = ends(&pipe.leads_to, |s| &s.to.id);
    assert_eq!(up, [("gas", StepLink::Inferred), ("silent", StepLink::Inferred)]);
    assert!(pipe.leads_to.is_sorted_by(|a, b| a.similarity >= b.similarity));
    assert_eq!(found(&map, "pipe", 1).leads_to.len(), 1);
    assert!(found(&map, "pipe", 0).leads_to.is_empty());
    let far = found(&map, "far", 5);
    assert_eq!((far.leads_to.len(), ends(&far.comes_from, |s| &s.from.id)), (0, vec![("duct", StepLink::Declared)]));
}

#[test]
fn what_the_next_one_needs() {
    let map = checked(small());
    let pipe = found(&map, "pipe", 1);
    let step = &pipe.leads_to[0];
    assert_eq!((step.has, step.shared, step.in_options), (1, 1, 1));
    let lacks: Vec<(Kind, Vec<(&str, &str)>)> = step
        .lacks
        .iter()
        .map(|n| (n.kind, n.statements.iter().map(|s| (s.statement.as_str(), s.text.as_str())).collect()))
        .collect();
    assert_eq!(
        lacks,
        [
            (Kind::Knowledge, vec![("X1", "How gas burns"), ("X2", "How  gas burns.")]),
            (Kind::Behaviour, vec![("X3", "Care")])
        ]
    );
}

#[test]
fn steps_that_are_asked_for() {
    let map = checked(small());
    let concepts = Concepts::exact(&map);
    let link = |from, to| step(&map, &concepts, from, to).expect("both are on the map").leads_to[0].link;
    assert_eq!(link("duct", "pipe"), StepLink::Declared);
    assert_eq!(link("pipe", "duct"), StepLink::Asked);
    let itself = step(&map, &concepts, "gas", "gas").expect("is on the map");
    assert!(itself.leads_to[0].lacks.is_empty() && itself.comes_from.is_empty());
}

#[test]
fn what_cannot_be_compared() {
    let (map, other) = (checked(small()), consultation());
    let placer = Placer::new(&map);
    let message = |of: Result<Steps, ProgressionError>| of.expect_err("cannot be").to_string();
    assert_eq!(
        message(steps(&map, &Concepts::exact(&map), &placer, "nobody", 3)),
        "no occupation \"nobody\" on the map; give the id of one of its occupations"
    );
    assert_eq!(
        message(step(&map, &Concepts::exact(&other), "pipe", "gas")),
        "the concepts were made for another map; make them again for this one"
    );
    // an index of another map knows other occupations
    assert!(steps(&map, &Concepts::exact(&map), &Placer::new(&other), "pipe", 3).expect("no harm").leads_to.is_empty());
}

#[test]
fn laid_out() {
    let map = checked(small());
    let layout = Layout::default();
    let mut shown = String::new();
    for id in ["duct", "pipe", "silent", "far"] {
        shown.push_str(&export::terminal(&report::progression(&found(&map, id, 3)), &layout));
        shown.push_str("---\n");
    }
    let alone = step(&map, &Concepts::exact(&map), "silent", "gas").expect("both are on the map");
    shown.push_str(&export::terminal(&report::progression(&alone), &layout.full(true)));
    insta::assert_snapshot!(shown);
    let network = export::terminal(&report::progression(&found(&consultation(), "LARS1", 3)), &layout);
    insta::assert_snapshot!(network);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn declared_links_are_never_inferred_and_steps_are_whole(
        raw in generated::map(),
        links in proptest::collection::vec((0..50_usize, 0..50_usize), 0..12),
        k in 0..4_usize,
    ) {
        let mut raw = raw;
        let mut all: Vec<&mut RawOccupation> = raw.routes.iter_mut().flat_map(|r| &mut r.pathways)
            .flat_map(|p| &mut p.clusters).flat_map(|c| &mut c.occupations).collect();
        let ids: Vec<String> = all.iter().filter_map(|o| o.id.clone()).collect();
        let n = ids.len().max(1);
        for (from, to) in links {
            if let Some(o) = all.get_mut(from % n) {
                o.progresses_to.push(ids[to % n].clone());
            }
        }
        let map = checked(raw);
        let (concepts, placer) = (Concepts::exact(&map), Placer::new(&map));
        for own in map.occupations() {
            let found = steps(&map, &concepts, &placer, own.id(), k).unwrap();
            let json = serde_json::to_string(&found).unwrap();
            prop_assert!(json.starts_with(r#"{"format":"tlevel-progression","version":1,"#), "{}", json);
            prop_assert_eq!(&serde_json::from_str::<Steps>(&json).unwrap(), &found);
            for (steps, up) in [(&found.leads_to, true), (&found.comes_from, false)] {
                prop_assert!(steps.iter().all(|s| s.link == steps[0].link), "one way, one sort of link");
                for step in steps {
                    let (from, to) = (map.occupation(&step.from.id).unwrap(), map.occupation(&step.to.id).unwrap());
                    prop_assert_eq!(if up { from } else { to }, own);
                    prop_assert!(from != to);
                    let declared = from.raw().progresses_to.iter().any(|id| id == to.id());
                    prop_assert_eq!(step.link == StepLink::Declared, declared);
                    if !declared {
                        prop_assert_eq!(from.pathway(), to.pathway());
                        prop_assert!(from.band() < to.band() && step.similarity.unwrap() > 0.0 && steps.len() <= k);
                    }
                    // every concept of the next one that counts is shared or lacking
                    let of = |o: tlevel::map::Occupation<'_>| -> std::collections::BTreeSet<_> {
                        o.statements().filter(|s| s.counts_for_sharing()).flat_map(|s| concepts.of(s.index()).to_vec()).collect()
                    };
                    prop_assert_eq!(step.shared + step.lacks.len(), of(to).len());
                    prop_assert_eq!(step.shared, of(to).intersection(&of(from)).count());
                    let listed: usize = step.lacks.iter().map(|n| n.statements.len()).sum();
                    let lacking = to.statements().filter(|s| s.counts_for_sharing() && !concepts.of(s.index()).iter().any(|c| of(from).contains(c)));
                    prop_assert_eq!(listed, lacking.count(), "every statement of them, once");
                }
            }
            let text = export::terminal(&report::progression(&found), &Layout::default());
            prop_assert!(text.lines().all(|line| line.chars().count() <= 80), "{}", text);
        }
    }
}
