//! Where occupations belong: the index equals the full scan, shares add up,
//! verdicts, and odd input.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

use proptest::prelude::*;
use tlevel::map::Map;
use tlevel::place::{NewOccupation, Placer, Scratch, Verdict, reference};
use tlevel::read::RawMap;

fn england() -> Map {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    tlevel::check(raw).unwrap().map
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_index_equals_the_full_scan(raw in generated::map(), title in "[a-zA-Z ]{0,30}", level in 0_i64..10, k in 0_usize..6) {
        let map = tlevel::check(raw).unwrap().map;
        let placer = Placer::new(&map);
        let mut scratch = Scratch::default();
        let mut new: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
        let mut titled = NewOccupation::titled(title);
        titled.level = Some(level);
        new.push(titled);
        for new in &new {
            let found = placer.suggest_with(new, k, &mut scratch);
            prop_assert_eq!(&found, &reference::suggest(&placer, new, k));
            let is_ranked = found.suggestions.len() == k.min(map.clusters().len());
            prop_assert!(is_ranked || (found.suggestions.is_empty() && found.verdict == Verdict::TooLittle));
            prop_assert!(found.suggestions.is_sorted_by(|a, b| a.score >= b.score));
            for suggestion in &found.suggestions {
                prop_assert!((-2.0..=12.0).contains(&suggestion.score) && (0.0..=1.0).contains(&suggestion.confidence));
            }
        }
    }
}

#[test]
fn the_bundled_map_equals_the_full_scan_and_shares_add_up() {
    let map = england();
    let placer = Placer::new(&map);
    for occupation in map.occupations().step_by(40) {
        let new = NewOccupation::from(occupation);
        let found = placer.suggest(&new, 3);
        assert_eq!(found, reference::suggest(&placer, &new, 3));
        for suggestion in &found.suggestions {
            let evidence = placer.explain(&new, &suggestion.cluster).unwrap();
            let sum: f64 = evidence.shares.iter().map(|share| share.share).sum();
            assert!((sum - suggestion.score).abs() < 1e-6, "{sum} and {}", suggestion.score);
            assert!(evidence.nearest.is_sorted_by(|a, b| a.score >= b.score));
        }
    }
}

#[test]
fn verdicts() {
    let map = england();
    let placer = Placer::new(&map);
    // one of the map itself: its own double
    let known = NewOccupation::from(map.occupation("LARS82").unwrap());
    let found = placer.suggest(&known, 1);
    assert_eq!(found.verdict, Verdict::SameTitle);
    assert!(found.because.unwrap().starts_with("LARS82 "));
    assert_eq!(placer.neighbours(&known, 1)[0].occupation, "LARS82");
    // under another title too
    let mut renamed = known.clone();
    renamed.title = "Somebody else".to_owned();
    let found = placer.suggest(&renamed, 1);
    assert_eq!(found.verdict, Verdict::Overlaps);
    assert!(found.because.unwrap().starts_with("LARS82 "));
    // and its title alone
    assert_eq!(placer.suggest(&NewOccupation::titled(&known.title), 1).verdict, Verdict::SameTitle);
    // nothing that anyone speaks of
    let foreign = NewOccupation::titled("xqzt vvkw");
    let found = placer.suggest(&foreign, 3);
    assert_eq!((found.verdict, found.suggestions.len()), (Verdict::TooLittle, 0));
    assert_eq!(found.because.as_deref(), Some("none of its words is on the map"));
    let foreign = NewOccupation::titled("xqzt vvkw qqj zzv veterinary");
    let because = placer.suggest(&foreign, 3).because;
    assert_eq!(because.as_deref(), Some("of its words only \"veterinary\" is on the map"));
    // too little to tell: what would decide is said
    let vague = NewOccupation::titled("Technician");
    let found = placer.suggest(&vague, 3);
    assert_eq!(found.verdict, Verdict::Ambiguous);
    assert!(found.because.is_some());
    let mut clear = NewOccupation::titled("Network cable installer and support technician");
    clear.level = Some(3);
    clear.statements.push("Install, terminate and test copper and fibre network cabling.".to_owned());
    let found = placer.suggest(&clear, 1);
    assert_eq!(found.suggestions[0].pathway, "digital/digital-support-and-services");
}

#[test]
fn many_at_once_and_their_links() {
    let map = england();
    let placer = Placer::new(&map);
    let new: Vec<NewOccupation> = map.occupations().step_by(9).map(NewOccupation::from).collect();
    let all = placer.suggest_all(&new, 2);
    for (new, placement) in new.iter().zip(&all) {
        assert_eq!(placement, &placer.with_evidence(new, placer.suggest(new, 2)));
        assert!(placement.suggestions.iter().all(|s| s.evidence.is_sorted_by(|a, b| a.share >= b.share)));
    }
    let technician = NewOccupation::from(map.occupation("LARS82").unwrap());
    let links = placer.progression(&technician, "digital/digital-support-and-services", 3);
    assert!(links.below.is_empty(), "nothing is below a technical occupation");
    assert_eq!(links.above.len(), 3);
    for link in &links.above {
        let level = i64::from(map.occupation(&link.occupation).unwrap().level());
        assert!((4..=5).contains(&level), "{link:?}");
    }
    assert_eq!(placer.progression(&technician, "no such pathway", 3), tlevel::place::Progression::default());
}

#[test]
fn the_band_is_part_of_the_score_and_can_be_outweighed() {
    let map = england();
    let placer = Placer::new(&map);
    let mut occupation = NewOccupation::from(map.occupation("LARS82").unwrap());
    let own = map.occupation("LARS82").unwrap().cluster().id().to_owned();
    let score = |level: Option<i64>, occupation: &mut NewOccupation| {
        occupation.level = level;
        placer.explain(occupation, &own).unwrap().score
    };
    let (right, none, wrong) =
        (score(Some(3), &mut occupation), score(None, &mut occupation), score(Some(7), &mut occupation));
    assert!(right > none + 0.1 && none > wrong + 0.1, "{right} {none} {wrong}");
    // a level that is none says nothing
    assert_eq!(score(Some(99), &mut occupation).to_bits(), none.to_bits());
    occupation.level = Some(7);
    assert_eq!(placer.suggest(&occupation, 1).suggestions[0].cluster, own);
    assert!(
        placer
            .explain(&occupation, &own)
            .unwrap()
            .against
            .iter()
            .any(|a| a == "none of its occupations is professional")
    );
}

/// A level raises the clusters that have its band more often than the map does, and
/// lowers the others; nothing else changes.
#[test]
fn a_level_speaks_for_the_clusters_that_have_its_band() {
    let map = england();
    let placer = Placer::new(&map);
    let levels: Vec<i64> = map.occupations().map(|o| i64::from(o.level())).collect();
    let is_technical = |level: i64| level <= 3;
    let on_map = levels.iter().filter(|level| is_technical(**level)).count() as f64 / levels.len() as f64;
    let score = |new: &NewOccupation, cluster: &str| placer.explain(new, cluster).unwrap().score;
    let new = NewOccupation::titled("Network cable installer");
    let mut seen = [0, 0];
    for cluster in map.clusters().filter(|c| c.occupations().len() > 1) {
        let technical = cluster.occupations().filter(|o| is_technical(i64::from(o.level()))).count();
        let share = technical as f64 / cluster.occupations().len() as f64;
        let change = score(&new.clone().with_level(3), cluster.id()) - score(&new, cluster.id());
        assert_eq!(change > 0.0, share > on_map, "{}: {change} with {share} of {on_map}", cluster.id());
        seen[usize::from(change > 0.0)] += 1;
    }
    assert!(seen.iter().all(|seen| *seen > 20), "{seen:?}");
}

#[test]
fn pairs_of_words_stand_side_by_side() {
    let map = england();
    let placer = Placer::new(&map);
    let own = map.occupation("OCC0485").unwrap().cluster().id();
    let terms = |title: &str| {
        let evidence = placer.explain(&NewOccupation::titled(title), own).unwrap();
        evidence.shares.into_iter().map(|share| share.term).collect::<Vec<_>>()
    };
    let whole = terms("Network cable installer");
    assert!(whole.contains(&"network cable".to_owned()), "{whole:?}");
    let parted = terms("Network xqzt cable installer");
    assert!(parted.contains(&"network".to_owned()) && !parted.contains(&"network cable".to_owned()), "{parted:?}");
}

#[test]
fn odd_input_is_no_trouble() {
    let placer = Placer::new(&england());
    let long = NewOccupation::titled("Roofer \u{1f642} ".repeat(100_000));
    for new in [NewOccupation::default(), NewOccupation::titled("\u{43c}\u{430}\u{448}\u{438}\u{43d}\u{430}"), long] {
        let found = placer.suggest(&new, 5);
        assert!(found.suggestions.iter().all(|s| s.score.is_finite() && s.confidence.is_finite()));
    }
    // a map without anything to learn from
    let empty = tlevel::check(RawMap::new("Empty"));
    if let Ok(checked) = empty {
        let placer = Placer::new(&checked.map);
        assert!(placer.is_empty() && placer.suggest(&NewOccupation::titled("Roofer"), 3).suggestions.is_empty());
    }
    assert!(placer.explain(&NewOccupation::default(), "no such cluster").is_none());
}

#[test]
fn small_maps_are_no_trouble() {
    let native = |clusters: &str| {
        let text = format!(
            "{{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": [{{\"id\": \"r\", \"name\": \"R\", \"pathways\": \
             [{{\"id\": \"p\", \"name\": \"P\", \"clusters\": [{clusters}]}}]}}]}}"
        );
        tlevel::check(tlevel::read(text.as_bytes()).unwrap()).unwrap().map
    };
    let occupation = |id: &str, title: &str| format!("{{\"id\": \"{id}\", \"title\": \"{title}\", \"level\": 3}}");
    let cluster = |id: &str, occupations: &str| {
        format!("{{\"id\": \"{id}\", \"name\": \"Trades\", \"occupations\": [{occupations}]}}")
    };
    let (roofer, baker) = (occupation("o1", "Roofer"), occupation("o2", "Baker"));
    // one cluster, titles alone; one occupation; a cluster of none beside it
    for clusters in [
        cluster("c", &format!("{roofer}, {baker}")),
        cluster("c", &roofer),
        format!("{}, {}", cluster("c", &roofer), cluster("d", "")),
    ] {
        let placer = Placer::new(&native(&clusters));
        for (title, level) in [("Roof tiler", Some(3)), ("Roofer", Some(1)), ("Roofer", Some(8)), ("", None)] {
            let mut new = NewOccupation::titled(title);
            new.level = level;
            let found = placer.suggest(&new, 5);
            assert_eq!(found.suggestions.first().map(|s| s.cluster.as_str()), (!title.is_empty()).then_some("c"));
            assert!(found.suggestions.iter().all(|s| s.score.is_finite() && (0.0..=1.0).contains(&s.confidence)));
            assert_eq!(found, reference::suggest(&placer, &new, 5));
        }
        assert!(placer.leave_one_out().iter().all(|answer| answer.confidence.is_finite()));
    }
}

#[test]
fn occupations_are_read_from_maps_lines_and_alone() {
    let read = |text: &str| NewOccupation::read(text.as_bytes());
    let one = read(
        "{\n \"id\": \"n\",\n \"title\": \"Roofer\", \"level\": 2,\n \"statements\": [{\"id\": \"K1\", \"kind\": \"knowledge\", \"text\": \"Slates.\"}]\n}",
    );
    let one = one.unwrap();
    assert_eq!((one.len(), one[0].statements.as_slice()), (1, &["Slates.".to_owned()][..]));
    let lines = read("{\"title\": \"Roofer\"}\n\n{\"title\": \"Baker\", \"overview\": \"Bread.\"}\n").unwrap();
    assert_eq!(
        lines.iter().map(|n| (n.id.as_str(), n.title.as_str())).collect::<Vec<_>>(),
        [("line 1", "Roofer"), ("line 3", "Baker")]
    );
    assert_eq!(NewOccupation::read(include_bytes!("../../fixtures/maps/england.json")).unwrap().len(), 411);
    assert!(NewOccupation::read(include_bytes!("../../fixtures/official/standards.json")).unwrap().len() > 3);
    for (text, message) in [
        ("{\"title\": \"Roofer\"}\n{\"title\": 1}", "line 2, column 11: /title: expected a text"),
        ("{\"title\": \"Roofer\"}\n{\"title\": ", "line 2, column 10: not valid JSON"),
        ("", "the input is empty"),
        ("[]", "an empty list"),
        ("{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": []}", "no occupation in it"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
}

/// All answers to all occupations of the map.
fn answers(placer: &Placer, map: &Map) -> Vec<tlevel::place::Placement> {
    let new: Vec<NewOccupation> = map.occupations().map(NewOccupation::from).collect();
    placer.suggest_all(&new, 4)
}

#[test]
fn without_an_occupation_nothing_speaks_for_it() {
    let map = england();
    let placer = Placer::new(&map);
    let before = answers(&placer, &map);
    let known = map.occupation("LARS82").unwrap();
    let asked = NewOccupation::from(known);
    assert_eq!(placer.suggest(&asked, 1).verdict, Verdict::SameTitle);
    let others = placer.without("LARS82").unwrap();
    assert_eq!((others.len(), placer.len()), (410, 411));
    assert_eq!(others.suggest(&asked, 1).verdict, Verdict::Place);
    assert!(others.neighbours(&asked, 500).iter().all(|near| near.occupation != "LARS82"));
    // fast equals slow for what is left
    assert_eq!(others.suggest(&asked, 4), reference::suggest(&others, &asked, 4));
    // the answers to the others hardly change
    for (now, then) in answers(&others, &map).iter().zip(&before).filter(|(now, _)| now.occupation != "LARS82") {
        assert_eq!((now.verdict, &now.because), (then.verdict, &then.because), "titles are found as before");
    }
    let message = placer.without("NEW").unwrap_err().to_string();
    assert_eq!(message, "no occupation \"NEW\" in the index");
}

#[test]
fn one_scratch_serves_several_placers() {
    let map = england();
    let placer = Placer::new(&map);
    let other = placer.without("LARS82").unwrap();
    let mut scratch = Scratch::default();
    for occupation in map.occupations().step_by(30) {
        let mut new = NewOccupation::from(occupation);
        new.title.push_str(" zythum");
        for placer in [&placer, &other] {
            assert_eq!(placer.suggest_with(&new, 3, &mut scratch), placer.suggest(&new, 3));
        }
    }
}

/// What would decide between two clusters is not the only word of the question.
#[test]
fn the_only_word_decides_nothing() {
    let placer = Placer::new(&england());
    let because = |title: &str| {
        let mut new = NewOccupation::titled(title);
        new.level = Some(3);
        let found = placer.suggest(&new, 2);
        (found.verdict, found.because.unwrap_or_default())
    };
    for (title, expected) in [
        ("Inspector", "whether it is more like Engineering construction pipefitter"),
        ("Surveyor", "more about what it does: it says only \"surveyor\""),
    ] {
        let (verdict, because) = because(title);
        assert_eq!(verdict, Verdict::Ambiguous);
        assert!(because.starts_with(expected), "{because}");
    }
    let (verdict, because_two) = because("Trainee plumber");
    assert_eq!(verdict, Verdict::Ambiguous);
    assert!(because_two.starts_with("whether it is about "), "{because_two}");
}

/// Evidence is in the words of the question, also where the map has another form.
#[test]
fn evidence_is_in_the_words_that_were_asked() {
    let branch = |tier: &str, i: usize| format!("\"id\": \"{tier}{i}\", \"name\": \"{tier} {i}\"");
    let titles = ["Bookkeeping", "Plumbing, pipe integrity", "Child minder, minders, minders of nurseries"];
    let routes = titles.iter().enumerate().map(|(i, title)| {
        let [route, pathway, cluster] = ["route", "pathway", "cluster"].map(|tier| branch(tier, i));
        format!(
            "{{{route}, \"pathways\": [{{{pathway}, \"clusters\": [{{{cluster}, \"occupations\": \
             [{{\"id\": \"o{i}\", \"title\": \"{title}\", \"level\": 3}}]}}]}}]}}"
        )
    });
    let routes: Vec<String> = routes.collect();
    let text = format!("{{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": [{}]}}", routes.join(", "));
    let raw = tlevel::read(text.as_bytes()).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let placer = Placer::new(&map);
    for (title, expected) in [
        ("Plumber", &["plumber"][..]),
        ("Integrated pipe", &["integrated", "pipe"]),
        ("Book keeper", &["book keeper"]),
        ("Nursery", &["nursery"]),
        // two words of the map: each in its own form
        ("Childminder", &["child", "child minders", "minders"]),
        ("Plumbers plumbing", &["plumbers"]),
    ] {
        let new = NewOccupation::titled(title);
        let placement = placer.suggest_with_evidence(&new, 1);
        let terms = placement.suggestions[0].evidence.iter().map(|share| share.term.as_str());
        let mut words: Vec<&str> = terms.filter(|term| !term.starts_with('(')).collect();
        words.sort_unstable();
        assert_eq!(words, expected, "{title}");
        let explained = placer.explain(&new, &placement.suggestions[0].cluster).unwrap();
        assert!(expected.iter().all(|word| explained.shares.iter().any(|share| share.term == *word)), "{title}");
    }
}
