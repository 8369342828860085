//! Judged concepts: bundles, and the wording that stands for a concept.

use tlevel::concept::{Concepts, Group, Merge};
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};

/// Three occupations; the third says in one statement what the others say in two.
fn map() -> Map {
    let occupation = |id: &str, texts: &[&str]| {
        let mut occupation = RawOccupation::new(id, id, 3);
        for (i, text) in texts.iter().enumerate() {
            occupation.statements.push(RawStatement::new(format!("K{}", i + 1), "knowledge", *text));
        }
        occupation
    };
    let cluster = RawCluster::new("cluster", "Cluster")
        .with(occupation("a", &["The law on data.", "Equality law."]))
        .with(occupation("b", &["Data and the rules.", "The law on equality.", "Its own."]))
        .with(occupation("c", &["The law on data and the rules on equality."]));
    let pathway = RawPathway::new("p", "Pathway").with(cluster);
    tlevel::check(RawMap::new("Bundles").with(RawRoute::new("r", "Route").with(pathway))).unwrap().map
}

const CSV: &str = "\
occupation,statement,concept,label,also
a,K1,data,Data protection law,
b,K1,data,,
c,K1,data,,equality; data
a,K2,equality,Equality law,
b,K2,equality,,
";

#[test]
fn a_bundle_counts_for_everything_that_it_says() {
    let map = map();
    let concepts = Concepts::from_csv(&map, CSV).unwrap();
    let programme = &tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap().programmes[0];
    let core: Vec<_> = programme.pathway_core.iter().map(|item| (item.concept.as_str(), item.support.have)).collect();
    assert_eq!(core, [("data", 3), ("equality", 3)]);
    let proof: Vec<_> = programme.pathway_core[1].statements.iter().map(|s| (&*s.occupation, &*s.statement)).collect();
    assert_eq!(proof, [("a", "K2"), ("b", "K2"), ("c", "K1")]);
    let special: Vec<usize> = programme.specialisms.iter().map(|s| s.content.len()).collect();
    assert_eq!(special, [0, 1, 0]);

    let bundle = map.occupation("c").unwrap().statements().next().unwrap();
    let ids: Vec<&str> = concepts.of(bundle.index()).iter().map(|c| concepts.get(*c).unwrap().id()).collect();
    assert_eq!(ids, ["data", "equality"], "its own first, and each once");
    let labels: Vec<_> = concepts.iter().map(|c| c.label()).collect();
    assert_eq!(labels, [Some("Data protection law"), Some("Equality law"), None]);
}

#[test]
fn a_bundle_does_not_stand_for_one_concept_where_another_wording_can() {
    let map = map();
    let text = |concepts: &Concepts, id: &str| {
        let concept = concepts.iter().find(|c| c.id() == id).unwrap();
        map.statement_at(concept.central()).unwrap().text().to_owned()
    };
    let concepts = Concepts::from_csv(&map, CSV).unwrap();
    assert_eq!(text(&concepts, "data"), "The law on data.");
    assert_eq!(text(&concepts, "equality"), "The law on equality.");
    // without the bundle's mark it is the most central wording
    let unmarked = Concepts::from_csv(&map, &CSV.replace("equality; data", "")).unwrap();
    assert_eq!(text(&unmarked, "data"), "The law on data and the rules on equality.");
    // with nothing but bundles, a bundle
    let alone = Group { id: "alone".into(), also: vec![("c".into(), "K1".into())], ..Group::default() };
    let concepts = Concepts::from_groups(&map, [alone]).unwrap();
    assert_eq!(text(&concepts, "alone"), "The law on data and the rules on equality.");
}

#[test]
fn bundles_are_checked_like_any_row() {
    let map = map();
    let error = |csv: &str| Concepts::from_csv(&map, csv).unwrap_err().to_string();
    assert_eq!(
        error("occupation,statement,concept,also\na,K9,data,equality\n"),
        "line 2: \"a\" has no statement \"K9\""
    );
    let group = Group { id: "g".into(), also: vec![("x".into(), "K1".into())], ..Group::default() };
    assert_eq!(
        Concepts::from_groups(&map, [group]).unwrap_err().to_string(),
        "group 1: the map has no occupation \"x\""
    );
}

#[test]
fn an_item_is_shown_in_a_wording_of_those_who_share_it() {
    // the wording most central on the map is the workshop's
    let mut raw = RawMap::new("Two routes");
    for (route, texts) in [
        ("workshop", ["Wear eye protection at the bench.", "Wear eye protection at the bench and lathe."]),
        ("ward", ["Wear a mask.", "Put on a mask at the bedside."]),
    ] {
        let mut cluster = RawCluster::new(format!("{route}-c"), "Cluster");
        for (i, text) in texts.iter().enumerate() {
            let mut occupation = RawOccupation::new(format!("{route}{i}"), format!("{route} {i}"), 3);
            occupation.statements.push(RawStatement::new("S1", "skill", *text));
            cluster = cluster.with(occupation);
        }
        let pathway = RawPathway::new(format!("{route}-p"), "Pathway").with(cluster);
        raw = raw.with(RawRoute::new(route, route).with(pathway));
    }
    let map = tlevel::check(raw).unwrap().map;
    let csv = "occupation,statement,concept,label\n\
               workshop0,S1,ppe,Protective equipment\nworkshop1,S1,ppe,\nward0,S1,ppe,\nward1,S1,ppe,\n";
    let concepts = Concepts::from_csv(&map, csv).unwrap();
    let central = concepts.iter().next().unwrap().central();
    assert_eq!(map.statement_at(central).unwrap().text(), "Wear eye protection at the bench.");
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let item = &derivation.programmes[1].pathway_core[0];
    assert_eq!(
        (item.text.as_str(), item.label.as_deref()),
        ("Put on a mask at the bedside.", Some("Protective equipment"))
    );
    // nobody shares it: each specialism in its own words
    let mut alone = Policy::t_level();
    alone.min_sharers = 3;
    let derivation = tlevel::derive(&map, &concepts, &alone).unwrap();
    let own: Vec<&str> = derivation.programmes[1].specialisms.iter().map(|s| s.content[0].text.as_str()).collect();
    assert_eq!(own, ["Wear a mask.", "Put on a mask at the bedside."]);
}

#[test]
fn concepts_that_cannot_be_merged() {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    let other = tlevel::check(raw).unwrap().map;
    let many = Concepts::exact(&other);
    let (map, last) = (map(), many.iter().last().unwrap().index());
    let exact = Concepts::exact(&map);
    let first = exact.iter().next().unwrap().index();
    let kinds: Vec<_> = many.iter().map(|concept| (concept.kind(), concept.index())).collect();
    let behaviour = kinds.iter().find(|(kind, _)| *kind != kinds[0].0).unwrap().1;
    let (one, two) = (many.get(kinds[0].1).unwrap(), many.get(behaviour).unwrap());
    for (refused, message) in [
        (
            many.merged(&map, &[]).unwrap_err(),
            "the concepts were made for another map; make them for this one before you merge them".to_owned(),
        ),
        (
            exact.merged(&map, &[Merge::new(first, last)]).unwrap_err(),
            format!("there is no concept number {}; the {} concepts are numbered from 0", last.index(), exact.len()),
        ),
        (
            many.merged(&other, &[Merge::new(one.index(), two.index())]).unwrap_err(),
            format!(
                "\"{}\" is {}, \"{}\" is {}, and kinds are never joined",
                one.id(),
                one.kind(),
                two.id(),
                two.kind()
            ),
        ),
    ] {
        assert_eq!(refused.to_string(), message);
    }
    // the last of several is checked too, and nothing but a whole list is applied
    let good =
        Merge::new(many.iter().find(|c| c.kind() == one.kind() && c.id() != one.id()).unwrap().index(), one.index());
    assert!(many.merged(&other, std::slice::from_ref(&good)).is_ok());
    assert!(many.merged(&other, &[good, Merge::new(one.index(), two.index())]).is_err());
}
