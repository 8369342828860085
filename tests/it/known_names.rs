//! Titles that the map knows lead, and confidences are shares of one whole.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

use std::collections::BTreeMap;

use proptest::prelude::*;
use tlevel::map::Map;
use tlevel::place::{NewOccupation, Placement, Placer, TitleList, Verdict, reference};
use tlevel::text::title_key;

fn england() -> Map {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    tlevel::check(raw).unwrap().map
}

fn asked(placer: &Placer, title: &str) -> Placement {
    placer.suggest(&NewOccupation::titled(title), 1_000)
}

/// The clusters of every title, and those of every job title that is not also
/// a title, by key.
type Names = BTreeMap<String, (String, Vec<String>)>;

fn names(map: &Map) -> (Names, Names) {
    let (mut titles, mut jobs) = (Names::new(), Names::new());
    for occupation in map.occupations() {
        let add = |names: &mut Names, title: &str| {
            let clusters = &mut names.entry(title_key(title)).or_insert((title.to_owned(), Vec::new())).1;
            clusters.push(occupation.cluster().id().to_owned());
        };
        add(&mut titles, occupation.title());
        occupation.raw().job_titles.iter().for_each(|title| add(&mut jobs, title));
    }
    jobs.retain(|key, _| !key.is_empty() && !titles.contains_key(key));
    titles.retain(|key, _| !key.is_empty());
    (titles, jobs)
}

/// The laws of names on one map.
fn laws(map: &Map, placer: &Placer) {
    let (titles, jobs) = names(map);
    for (names, verdict) in [(titles, Verdict::SameTitle), (jobs, Verdict::KnownAs)] {
        for (title, clusters) in names.values() {
            let found = asked(placer, title);
            assert_eq!(found.verdict, verdict, "{title}");
            assert!(clusters.contains(&found.suggestions[0].cluster), "{title}");
            agrees(&found);
        }
    }
}

/// A verdict is about the cluster that is ranked first, and confidences are
/// parts of one whole.
fn agrees(found: &Placement) {
    let sum: f64 = found.suggestions.iter().map(|s| s.confidence).sum();
    assert!(sum <= 1.0 + 1e-9, "{sum} for {}", found.occupation);
    let Some(first) = found.suggestions.first() else { return };
    let is_known = matches!(found.verdict, Verdict::SameTitle | Verdict::KnownAs);
    assert_eq!(is_known, !found.known.is_empty());
    if let Some(name) = found.known.first() {
        assert_eq!(name.cluster, first.cluster);
    }
}

#[test]
fn every_title_and_job_title_of_the_bundled_map_leads() {
    let map = england();
    laws(&map, &Placer::new(&map));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn known_names_lead_on_any_map(raw in generated::map(), jobs in prop::collection::vec("[a-d]{1,2}( [a-d])?s?", 0..8)) {
        let mut raw = raw;
        let mut jobs = jobs.into_iter().cycle().take(24);
        for route in &mut raw.routes {
            for cluster in route.pathways.iter_mut().flat_map(|pathway| &mut pathway.clusters) {
                cluster.occupations.iter_mut().for_each(|o| o.job_titles.extend(jobs.next()));
            }
        }
        let map = tlevel::check(raw).unwrap().map;
        let placer = Placer::new(&map);
        laws(&map, &placer);
        for occupation in map.occupations() {
            let new = NewOccupation::from(occupation);
            let found = placer.suggest(&new, 1_000);
            agrees(&found);
            prop_assert_eq!(&found, &reference::suggest(&placer, &new, 1_000));
            // what is left out is not known any more
            let others = placer.without(occupation.id()).unwrap();
            let found = others.suggest(&new, 1_000);
            agrees(&found);
            prop_assert!(found.known.iter().all(|name| name.occupation.as_deref() != Some(occupation.id())));
        }
    }
}

#[test]
fn spellings_of_one_title_and_what_is_in_brackets() {
    let placer = Placer::new(&england());
    for (title, id, verdict) in [
        ("Bricklayers", "LARS287", Verdict::SameTitle),
        ("brick-layer", "LARS287", Verdict::SameTitle),
        ("Social worker", "LARS381", Verdict::SameTitle),
        ("Dental  nurses", "OCC1431", Verdict::SameTitle),
    ] {
        let found = asked(&placer, title);
        assert_eq!((found.verdict, found.known[0].occupation.as_deref()), (verdict, Some(id)), "{title}");
        assert!(found.suggestions[0].confidence > 0.9);
        // a level does not outweigh it
        let with_level = placer.suggest(&NewOccupation::titled(title).with_level(7), 1);
        assert_eq!(with_level.suggestions[0].cluster, found.suggestions[0].cluster, "{title}");
        // its share is in the evidence, and all shares add up
        let evidence = placer.explain(&NewOccupation::titled(title), &found.suggestions[0].cluster).unwrap();
        assert_eq!(evidence.shares[0].term, "(same title)");
        let sum: f64 = evidence.shares.iter().map(|share| share.share).sum();
        assert!((sum - found.suggestions[0].score).abs() < 1e-6, "{sum}");
    }
}

#[test]
fn a_title_of_several_clusters_is_decided_by_words_and_less_certain() {
    let occupation = |id: &str, title: &str, overview: &str| {
        format!(
            "{{\"id\": \"{id}\", \"title\": \"{title}\", \"level\": 3, \"overview\": \"{overview}\", \
             \"job_titles\": [\"Team leader\"]}}"
        )
    };
    let cluster = |id: &str, name: &str, occupations: &str| {
        format!("{{\"id\": \"{id}\", \"name\": \"{name}\", \"occupations\": [{occupations}]}}")
    };
    let clusters = [
        cluster("c", "Roofs", &occupation("o1", "Roofer", "Lay slates and tiles")),
        cluster("d", "Food", &occupation("o2", "Baker", "Bake bread and cakes")),
        cluster("e", "Cars", &occupation("o3", "Mechanic", "Repair engines")).replace("[\"Team leader\"]", "[]"),
    ];
    let text = format!(
        "{{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": [{{\"id\": \"r\", \"name\": \"R\", \"pathways\": \
         [{{\"id\": \"p\", \"name\": \"P\", \"clusters\": [{}]}}]}}]}}",
        clusters.join(", ")
    );
    let map = tlevel::check(tlevel::read(text.as_bytes()).unwrap()).unwrap().map;
    let placer = Placer::new(&map);
    let found = asked(&placer, "Team leaders");
    assert_eq!(found.verdict, Verdict::KnownAs);
    let of = |found: &Placement| found.suggestions.iter().map(|s| s.cluster.clone()).collect::<Vec<_>>();
    let because = if of(&found)[0] == "c" { "o1 Roofer; o2 Baker" } else { "o2 Baker; o1 Roofer" };
    assert_eq!((found.because.as_deref(), of(&found)[2].as_str()), (Some(because), "e"));
    let [first, second] = [0, 1].map(|place| found.suggestions[place].confidence);
    assert!((first + second - 0.95).abs() < 1e-9 && first < 0.72, "{:?}", found.suggestions);
    let bread = NewOccupation::titled("Team leader").with_statement("Bake bread.");
    let found = placer.suggest(&bread, 3);
    assert_eq!((of(&found)[0].as_str(), found.because.as_deref()), ("d", Some("o2 Baker; o1 Roofer")));
    assert!(found.suggestions[0].confidence > 0.5);
    // words do not outweigh what lists the title
    let engines = NewOccupation::titled("Team leader").with_statement("Repair engines.");
    assert_ne!(of(&placer.suggest(&engines, 3))[0], "e");
}

#[test]
fn a_list_of_titles_leads_and_unknown_rows_are_reported() {
    let map = england();
    let csv = "title,occupation,cluster,soc\n\
        Telly mender,LARS287,,\n\
        Slate hand,Roofer,,\n\
        Wizard,Sorcerer,,\n\
        Page turner,,Paralegal nobody,\n\
        Court clerk,,Legal assistant,\n\
        Bricklayers,Baker,,\n\
        Paralegal,,,3520\n\
        Legal hand,,,3520\n\
        Nobody,,,9999\n\
        Nothing,,,\n";
    let list = TitleList::from_csv(csv).unwrap().named("index.csv");
    let (placer, unused) = Placer::new(&map).with_titles(&list);
    let unused: Vec<String> = unused.iter().map(ToString::to_string).collect();
    assert_eq!(
        unused,
        [
            "line 4: the map has no occupation or cluster \"Sorcerer\"",
            "line 5: the map has no occupation or cluster \"Paralegal nobody\"",
            "line 10: the map knows no title with the code 9999",
            "line 11: it names no occupation, cluster or code",
        ]
    );
    let core = map.occupation("LARS287").unwrap().cluster().id();
    let legal = map.occupation("LARS42").unwrap().cluster().id();
    for (title, cluster, list) in [
        ("telly menders", core, "index.csv, line 2"),
        ("Slate-hand", core, "index.csv, line 3"),
        ("Court clerk", legal, "index.csv, line 6"),
        ("Legal hand", legal, "index.csv, line 9"),
    ] {
        let found = asked(&placer, title);
        assert_eq!(found.verdict, Verdict::KnownAs, "{title}");
        assert_eq!((found.suggestions[0].cluster.as_str(), found.known[0].list.as_deref()), (cluster, Some(list)));
        let evidence = placer.explain(&NewOccupation::titled(title), cluster).unwrap();
        assert_eq!(evidence.shares[0].term, "(title list)");
    }
    // the map's own titles come first
    assert_eq!(asked(&placer, "Bricklayer").suggestions[0].cluster, core);
    // what is left out is left out of the list
    let others = placer.without("LARS287").unwrap();
    assert_ne!(asked(&others, "Telly mender").verdict, Verdict::KnownAs);
    assert_eq!(asked(&others, "Slate hand").verdict, Verdict::KnownAs);
    assert!(TitleList::from_csv("a,b\n1,2\n").is_err());
}

#[cfg(feature = "index")]
#[test]
fn a_saved_index_knows_names_and_the_list() {
    let list = TitleList::from_csv("title,occupation\nTelly mender,LARS287\n").unwrap();
    let (placer, _) = Placer::new(&england()).with_titles(&list);
    let loaded = Placer::load(&placer.save()).unwrap();
    for title in ["Telly mender", "Bricklayer", "Commis chef", "Waiter"] {
        assert_eq!(asked(&loaded, title), asked(&placer, title));
    }
    assert_eq!(asked(&loaded, "Telly mender").verdict, Verdict::KnownAs);
}
