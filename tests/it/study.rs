//! Groupings, misfits and sweeps: laws on the bundled map, known cases, and
//! messages.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tlevel::concept::Concepts;
use tlevel::derive::{Policy, Quorum};
use tlevel::harmonise::{Ledger, Measure, Threshold};
use tlevel::map::{Map, StatementRef};
use tlevel::place::Placer;
use tlevel::study::{
    CardSort, Judge, Labels, Method, MisfitStudy, OfficialGrouping, Points, TopicStudy, cluster, compare, curricula,
    misfit, sweep, topics,
};
use tlevel::topics::{Topics, Vocabulary};

fn read(bytes: &[u8]) -> Map {
    tlevel::check(tlevel::read(bytes).unwrap()).unwrap().map
}

fn england() -> Map {
    read(include_bytes!("../../fixtures/maps/england.json"))
}

fn judged(map: &Map) -> Concepts {
    Concepts::from_csv(map, include_str!("../../fixtures/maps/england-concepts.csv")).unwrap()
}

const AGGLOMERATIVE: [Method; 5] = [Method::Single, Method::Complete, Method::Average, Method::Weighted, Method::Ward];

/// The map with all lists of occupations and of branches in another order.
fn shuffled() -> Map {
    let mut raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    raw.routes.reverse();
    for route in &mut raw.routes {
        route.pathways.reverse();
        for pathway in &mut route.pathways {
            pathway.clusters.reverse();
            pathway.clusters.iter_mut().for_each(|cluster| cluster.occupations.reverse());
        }
    }
    tlevel::check(raw).unwrap().map
}

#[test]
fn the_order_of_rows_changes_no_clustering() {
    let (one, other) = (Points::new(&Placer::new(&england())), Points::new(&Placer::new(&shuffled())));
    assert_eq!(one.ids(), other.ids());
    for (method, clusters) in AGGLOMERATIVE.map(|m| (m, Some(60))).into_iter().chain([
        (Method::KMedoids, Some(20)),
        (Method::Louvain, None),
        (Method::Average, None),
    ]) {
        let [a, b] = [&one, &other].map(|points| cluster(points, method, clusters, 3).unwrap());
        assert_eq!(a.labels, b.labels, "{method:?}");
        assert_eq!((a.labels.len(), clusters.unwrap_or(a.clusters)), (411, a.clusters), "{method:?}");
    }
}

#[test]
fn every_number_of_clusters_and_wrong_ones() {
    let points = Points::new(&Placer::new(&read(include_bytes!("../../fixtures/maps/consultation.json"))));
    let n = points.ids().len();
    for method in AGGLOMERATIVE.into_iter().chain([Method::KMedoids]) {
        for clusters in 1..=n {
            let found = cluster(&points, method, Some(clusters), 0).unwrap();
            assert_eq!((found.clusters, found.labels.len()), (clusters, n), "{method:?}");
        }
        let best = cluster(&points, method, None, 0).unwrap();
        let most = best.tried.iter().map(|tried| tried.silhouette).fold(f64::NEG_INFINITY, f64::max);
        let first = best.tried.iter().find(|tried| tried.silhouette >= most).unwrap();
        assert_eq!(first.clusters, best.clusters, "{method:?}");
    }
    let wrong = |method, clusters| cluster(&points, method, Some(clusters), 0).unwrap_err().to_string();
    assert_eq!(
        wrong(Method::Average, n + 1),
        format!("{} clusters of {n} occupations cannot be made; give a number from 1 to {n}", n + 1)
    );
    assert!(wrong(Method::KMedoids, 0).starts_with("0 clusters of"));
    assert_eq!(
        wrong(Method::Louvain, 3),
        "the method louvain finds the number of clusters itself; leave it out, or take another method"
    );
}

#[test]
fn a_finer_tier_is_compared_with_a_coarser_one() {
    let map = england();
    let of = |comparison: &tlevel::study::Comparison, name: &str| {
        comparison.measures.iter().find(|m| m.measure == name).unwrap().value
    };
    let pathways_by_clusters =
        compare(&Labels::of(&map, OfficialGrouping::Pathway), &Labels::of(&map, OfficialGrouping::Cluster)).unwrap();
    // each cluster lies in one pathway
    for name in ["homogeneity", "purity", "bcubed_precision"] {
        assert!((of(&pathways_by_clusters, name) - 1.0).abs() < 1e-12, "{name}");
    }
    assert!(of(&pathways_by_clusters, "completeness") < 1.0);
    let bands = Labels::of(&map, OfficialGrouping::Band);
    assert_eq!(bands.iter().map(|(_, label)| label).collect::<std::collections::BTreeSet<_>>().len(), 3);
    let same = compare(&bands, &Labels::read(&bands.to_csv()).unwrap()).unwrap();
    assert!((of(&same, "adjusted_rand") - 1.0).abs() < 1e-12 && same.only_in_a.is_empty());
}

#[test]
fn wrong_labels_are_told_with_their_line() {
    let wrong = |text: &str| Labels::read(text).unwrap_err().to_string();
    for (text, message) in [
        ("", "the file is empty; it needs a header and rows"),
        (
            "occupation,group\nA,1\n",
            "line 1: the column \"label\" is missing; a file of labels has the columns occupation, label; found: \
             \"occupation\", \"group\"",
        ),
        ("occupation,label\nA,1\nA,2\n", "line 3: occupation \"A\" has a label already; keep one of the rows"),
        ("occupation,label\nA,\n", "line 2: the label is empty; fill it in or delete the row"),
        ("label,occupation\n1,\n", "line 2: the occupation is empty; fill it in or delete the row"),
        (
            "occupation,label\nA,1,2\n",
            "line 2: the row has 3 cells, the header 2; put a text that holds the delimiter in quotes, or remove the \
             cells",
        ),
    ] {
        assert_eq!(wrong(text), message, "{text}");
    }
    assert_eq!(Labels::read("\u{feff}Label, Occupation\nx, A\n").unwrap().get("A"), Some("x"));
}

#[test]
fn the_official_pathways_give_the_official_programmes() {
    let map = england();
    let concepts = judged(&map);
    let policy = Policy::t_level();
    let official = tlevel::derive(&map, &concepts, &policy).unwrap();
    let study = curricula(&map, &concepts, &policy, &Labels::of(&map, OfficialGrouping::Pathway)).unwrap();
    let sizes: BTreeMap<&str, _> = study.programmes.iter().map(|size| (size.label.as_str(), size)).collect();
    assert_eq!(sizes.len(), official.programmes.len());
    for programme in &official.programmes {
        let size = sizes[programme.pathway.id.as_str()];
        assert_eq!((size.counting, size.specialisms), (programme.counting.len(), programme.specialisms.len()));
        assert!(size.core >= programme.pathway_core.len(), "{}", size.label);
        // what is core of the route is core of its pathways, where two have it
        assert!(size.core <= programme.pathway_core.len() + programme.route_core.len(), "{}", size.label);
        assert!((0.0..=1.0).contains(&size.core_share));
    }
    // every occupation for itself shares nothing
    let alone: Labels = map.occupations().map(|o| (o.id().to_owned(), o.id().to_owned())).collect();
    let alone = curricula(&map, &concepts, &policy, &alone).unwrap();
    assert!(alone.programmes.iter().all(|size| size.core == 0 && size.counting <= 1));
    let of = |name: &str| alone.measures.iter().find(|m| m.measure == name).unwrap().value;
    assert!((of("alone") - of("programmes")).abs() < 1e-12 && of("with_core") == 0.0);
    // those without a label take no part
    let few: Labels = map.occupations().take(9).map(|o| (o.id().to_owned(), "all".to_owned())).collect();
    assert!(curricula(&map, &concepts, &policy, &few).unwrap().programmes.len() <= 1);
    let other = curricula(&map, &Concepts::exact(&shuffled()), &policy, &few).unwrap_err();
    assert_eq!(other.to_string(), "the concepts were made for another map; make them again for this one");
}

#[test]
fn a_grouping_is_judged_beside_the_official_one() {
    let map = england();
    let (points, concepts) = (Points::new(&Placer::new(&map)), judged(&map));
    let judge = Judge { map: &map, points: &points, concepts: &concepts, policy: &Policy::t_level() };
    let official = judge.labels(&Labels::of(&map, OfficialGrouping::Cluster)).unwrap();
    let of =
        |measures: &[tlevel::study::Metric], name: &str| measures.iter().find(|m| m.measure == name).map(|m| m.value);
    assert_eq!(of(&official.measures, "adjusted_rand"), Some(1.0));
    for measure in &official.official {
        assert_eq!(of(&official.measures, &measure.measure), Some(measure.value), "{}", measure.measure);
    }
    let clustering = cluster(&points, Method::Ward, Some(official.clusters), 0).unwrap();
    let ward = judge.clustering(&clustering).unwrap();
    assert!(of(&ward.measures, "silhouette") > of(&official.measures, "silhouette"), "it is made for that");
    assert_eq!((ward.groups.len(), ward.method), (official.clusters, Some(Method::Ward)));
    assert_eq!(ward.groups.iter().map(|group| group.occupations).sum::<usize>(), 411);
}

#[test]
fn misfits_are_those_that_leaving_out_places_elsewhere() {
    let map = england();
    let placer = Placer::new(&map);
    let answers = placer.leave_one_out();
    let mut asked = 0;
    for (number, occupation) in map.occupations().enumerate().step_by(3) {
        let found = misfit(&placer, &map, number, 0, 1);
        let Some(left_out) = answers.iter().find(|l| l.occupation == occupation.id()) else { continue };
        asked += 1;
        assert_eq!(found.is_some(), left_out.suggested != left_out.cluster, "{}", occupation.id());
        if let Some(found) = found {
            assert_eq!((&found.nearer, found.rank), (&left_out.suggested, left_out.ranks[0]));
            assert!(found.gain > 0.0 && found.stability.is_none() && !found.evidence.is_empty());
        }
    }
    assert!(asked > 80);
    assert!(misfit(&placer, &map, 411, 5, 1).is_none());
}

#[test]
fn stability_follows_from_the_seed_alone() {
    let map = england();
    let placer = Placer::new(&map);
    let with_statements: Vec<usize> =
        map.occupations().enumerate().filter(|(_, o)| o.statements().len() > 1).map(|(number, _)| number).collect();
    let found = |seed| -> Vec<Option<f64>> {
        with_statements.iter().filter_map(|&n| misfit(&placer, &map, n, 40, seed)).map(|m| m.stability).collect()
    };
    let (one, again) = (found(1), found(1));
    assert_eq!(one, again);
    assert!(one.len() > 5);
    assert!(one.iter().all(|stability| stability.is_some_and(|share| (0.0..=1.0).contains(&share))));
    // most of them stay where they are
    assert!(one.iter().flatten().sum::<f64>() / one.len() as f64 > 0.5, "{one:?}");
    let study = MisfitStudy::new(40, 1, 3, (0..30).rev().filter_map(|n| misfit(&placer, &map, n, 0, 1)).collect());
    assert!(study.misfits.is_sorted_by(|a, b| a.gain >= b.gain));
}

/// A map whose mason speaks of bread nearly as much as of stone: what is drawn of its
/// statements decides where it belongs.
fn two_trades() -> Map {
    let bread = ["Knead dough for rye loaves.", "Bake loaves in a deck oven.", "Proof dough before baking."];
    let stone = ["Dress stone with a chisel.", "Set stone in lime mortar.", "Carve stone to a template."];
    let occupation = |id: String, title: &str, texts: &[&str]| {
        let statement = |(i, text): (usize, &&str)| json!({"id": format!("K{i}"), "kind": "knowledge", "text": text});
        let statements: Vec<Value> = texts.iter().enumerate().map(statement).collect();
        json!({"id": id, "title": title, "level": 3, "statements": statements})
    };
    let cluster = |name: &str, occupations: Vec<Value>| {
        let cluster = json!({"id": name, "name": name, "occupations": occupations});
        let pathway =
            json!({"id": format!("{name} pathway"), "name": format!("{name} pathway"), "clusters": [cluster]});
        json!({"id": format!("{name} route"), "name": format!("{name} route"), "pathways": [pathway]})
    };
    let mixed = [&bread[..], &stone[..2]].concat();
    let bakers = (0..3).map(|i| occupation(format!("b{i}"), "Baker", &bread)).collect();
    let masons = (0..3).map(|i| occupation(format!("m{i}"), "Mason", &stone));
    let masons = masons.chain([occupation("mixed".to_owned(), "Artisan", &mixed)]).collect();
    let routes = [cluster("Bakery", bakers), cluster("Masonry", masons)];
    read(json!({"format": "tlevel-map", "version": 1, "routes": routes}).to_string().as_bytes())
}

#[test]
fn stability_depends_on_what_is_drawn() {
    let map = two_trades();
    let placer = Placer::new(&map);
    let number = map.occupations().position(|o| o.id() == "mixed").unwrap();
    let stability = |seed| misfit(&placer, &map, number, 40, seed).unwrap().stability.unwrap();
    let found: Vec<f64> = (0..6).map(stability).collect();
    assert!(found.iter().all(|share| (0.2..1.0).contains(share)), "{found:?}");
    assert!(found.iter().any(|share| (share - found[0]).abs() > 1e-9), "another seed, another draw: {found:?}");
}

#[test]
fn cores_grow_as_quorums_fall() {
    let map = england();
    let measure = Measure::new(&map);
    let quorums = ["1", "0.75", "0.5", "0.25"].map(|q| q.parse::<Quorum>().unwrap());
    let rows = sweep(&measure, Some(Threshold::default()), &quorums, &Policy::t_level(), &Ledger::default()).unwrap();
    let core = |quorum: &Quorum| -> usize { rows.iter().filter(|r| r.quorum == *quorum).map(|r| r.size.core).sum() };
    assert!(quorums.windows(2).all(|pair| core(&pair[0]) <= core(&pair[1])));
    assert!(core(&quorums[0]) < core(&quorums[2]));
    let wording = sweep(&measure, None, &quorums, &Policy::t_level(), &Ledger::default()).unwrap();
    assert_eq!((wording.len(), wording[0].threshold), (rows.len(), None));
    assert!(wording.iter().map(|r| r.size.core).sum::<usize>() < rows.iter().map(|r| r.size.core).sum());
}

#[test]
fn messages_of_card_sorts() {
    let read = |sort: &str| CardSort::read(sort).unwrap_err().to_string();
    let with = |sort: &str, cards: &str| CardSort::read_with(sort, cards).unwrap_err().to_string();
    let cards = "card,occupation,statement\nc1,O1,K1\nc2,O1,\n";
    let errors = [
        read("occupation,statement\nO1,K1\n"),
        read("occupation,statement,reader_1\n"),
        read("occupation,statement,reader_1\nO1,K1,A\n,K2,A\nO1,K1,B\nO1,K3,\n"),
        read("occupation,statement,reader_1,core_1\nO1,K1,A,perhaps\n"),
        read("card,reader_1\nc1,A\n"),
        with("card,reader_1\nc1,A\nc2,A\nc3,B\n", cards),
        with("card,reader_1\nc1,A\n", "card,occupation\nc1,O1\n"),
    ];
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn a_card_sort_of_the_bundled_map() {
    let map = england();
    let made = tlevel::ProgrammeBuilder::new(Policy::panel()).of_map(map.clone()).unwrap();
    let topics = Topics::assign(&map, &Vocabulary::bundled());
    // a reader who flags as core what every programme has in a core, and one card of no map
    let mut rows = "occupation,statement,reader_1,core_1\nNONE,K1,A,y\n".to_owned();
    let (mut is_core, mut cards) = (BTreeMap::new(), 0);
    let codes = |s: &StatementRef| (s.occupation.clone(), s.statement.clone());
    for programme in &made.derivation.programmes {
        let left = programme.specialisms.iter().flat_map(|specialism| specialism.items());
        for statement in left.flat_map(|item| &item.statements) {
            is_core.entry(codes(statement)).or_insert("n");
        }
        let of_groups = programme.group_core.iter().flat_map(|group| &group.content);
        let core = programme.route_core.iter().chain(&programme.pathway_core).chain(of_groups);
        is_core.extend(core.flat_map(|item| &item.statements).map(|statement| (codes(statement), "y")));
        for topic in &programme.topics {
            let elements = topic.elements.iter().flat_map(|element| &element.item.statements);
            is_core.extend(elements.map(|statement| (codes(statement), "y")));
            let sources = topic.sources.iter().map(|s| (s.occupation.clone(), s.statement.clone()));
            is_core.extend(sources.map(|source| (source, "y")));
        }
    }
    for ((occupation, statement), flag) in &is_core {
        rows.extend([occupation, ",", statement, ",A,", flag, "\n"]);
        cards += 1;
    }
    let sort = CardSort::read(&rows).unwrap();
    let study = topics::study(&map, &topics, &sort, Some(&made.derivation)).unwrap();
    let value = |name: &str| study.measures.iter().find(|m| m.measure == name).map(|m| m.value);
    assert_eq!(study.unknown.len(), 1);
    assert_eq!(value("cards"), Some(f64::from(cards)));
    // the reader put all in one group
    assert_eq!((value("one_bcubed_f"), value("one_pairwise_f")), (Some(1.0), Some(1.0)));
    assert_eq!((value("core_precision"), value("core_recall")), (Some(1.0), Some(1.0)));
    assert_eq!((value("core_average_precision"), value("core_balanced_accuracy")), (Some(1.0), Some(1.0)));
    assert!(value("general_balanced_accuracy").is_some() && value("readers_bcubed_f").is_none());
    // without a derivation there is nothing to say of cores
    let study = topics::study(&map, &topics, &sort, None).unwrap();
    assert!(study.readers[0].core.is_none() && study.measures.iter().all(|m| !m.measure.starts_with("core")));
    let text = serde_json::to_string(&study).unwrap();
    assert_eq!(serde_json::from_str::<TopicStudy>(&text).unwrap(), study);
}
