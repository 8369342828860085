//! How alike statements are: exact, explained, and the same for any order of rows.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

use std::collections::BTreeMap;

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel::harmonise::Measure;
use tlevel::harmonise::Wanted;
use tlevel::map::{Map, Statement, StatementIndex};
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};

const ENGLAND: &str = include_str!("../../fixtures/maps/england.json");

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).unwrap().map
}

fn england() -> Map {
    checked(tlevel::read(ENGLAND.as_bytes()).unwrap())
}

/// A map of one pathway with these knowledge statements, occupation by occupation.
fn map(occupations: &[&[&str]]) -> Map {
    let mut cluster = RawCluster::new("cluster", "Cluster");
    for (i, texts) in occupations.iter().enumerate() {
        let mut occupation = RawOccupation::new(format!("o{i}"), format!("Occupation {i}"), 3);
        for (j, text) in texts.iter().enumerate() {
            occupation.statements.push(RawStatement::new(format!("K{}", j + 1), "knowledge", *text));
        }
        cluster = cluster.with(occupation);
    }
    let pathway = RawPathway::new("pathway", "Pathway").with(cluster);
    checked(RawMap::new("Small").with(RawRoute::new("route", "Route").with(pathway)))
}

pub(crate) type Codes = (String, String);

pub(crate) fn codes(map: &Map, statement: StatementIndex) -> Codes {
    let statement = map.statement_at(statement).unwrap();
    (statement.occupation().id().to_owned(), statement.id().to_owned())
}

/// What is found for each statement, by codes and to the bit.
pub(crate) fn found(measure: &Measure<'_>, wanted: Wanted) -> BTreeMap<Codes, Vec<(Codes, u64)>> {
    let map = measure.map();
    let mut all = BTreeMap::new();
    measure.similar(wanted, |statement, similar| {
        let list = similar.iter().map(|s| (codes(map, s.statement), s.score.to_bits())).collect();
        assert!(all.insert(codes(map, statement.index()), list).is_none());
    });
    all
}

/// The same by scoring every pair.
pub(crate) fn by_every_pair(measure: &Measure<'_>, wanted: Wanted) -> BTreeMap<Codes, Vec<(Codes, u64)>> {
    let map = measure.map();
    let others = |a: Statement<'_>| {
        let mut list: Vec<(f64, Codes)> = map
            .statements()
            .filter(|b| b.occupation().index() != a.occupation().index())
            .map(|b| (measure.score(a.index(), b.index()), codes(map, b.index())))
            .filter(|(score, _)| *score > 0.0)
            .collect();
        list.sort_by(|(s, a), (t, b)| t.total_cmp(s).then(a.cmp(b)));
        let enough = list.iter().filter(|(score, _)| *score >= wanted.at_least).count();
        list.truncate(enough.max(wanted.best));
        list.into_iter().map(|(score, codes)| (codes, score.to_bits())).collect()
    };
    map.statements().map(|s| (codes(map, s.index()), others(s))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn similar_equals_every_pair_in_any_order_of_rows(
        raw in generated::map(),
        best in 0_usize..5,
        at_least in prop_oneof![Just(f64::INFINITY), 0.0_f64..1.0],
    ) {
        let wanted = Wanted { best, at_least };
        let map = checked(raw.clone());
        let one = found(&Measure::new(&map), wanted);
        prop_assert_eq!(one.len(), map.statements().len());
        prop_assert_eq!(&one, &by_every_pair(&Measure::new(&map), wanted));
        prop_assert_eq!(&one, &found(&Measure::new(&checked(generated::turned(raw))), wanted));
    }
}

#[test]
fn the_bundled_map_equals_every_pair_in_any_order_of_rows() {
    let wanted = Wanted { best: 3, at_least: 0.5 };
    let map = england();
    let one = found(&Measure::new(&map), wanted);
    assert_eq!(one, by_every_pair(&Measure::new(&map), wanted));
    assert_eq!(
        one,
        found(&Measure::new(&checked(generated::turned(tlevel::read(ENGLAND.as_bytes()).unwrap()))), wanted)
    );
}

#[test]
fn shares_add_up_to_the_score() {
    let map = england();
    let measure = Measure::new(&map);
    measure.similar(Wanted::nearest(2), |statement, similar| {
        for other in similar {
            let evidence = measure.explain(statement.index(), other.statement);
            let off = evidence.unmatched.as_ref().map_or(0.0, |unmatched| unmatched.share);
            let sum = evidence.shared.iter().map(|share| share.share).sum::<f64>() - off;
            assert!(
                (sum - other.score).abs() < 1e-6 && evidence.score.to_bits() == other.score.to_bits(),
                "{evidence:?}"
            );
            assert!(evidence.shared.is_sorted_by(|a, b| a.share >= b.share));
            let back = measure.explain(other.statement, statement.index());
            let turned = |u: &tlevel::harmonise::Unmatched| (u.second.clone(), u.first.clone());
            let words = |u: &tlevel::harmonise::Unmatched| (u.first.clone(), u.second.clone());
            assert_eq!(back.unmatched.as_ref().map(turned), evidence.unmatched.as_ref().map(words));
            assert_eq!((&back.only_first, &back.only_second), (&evidence.only_second, &evidence.only_first));
        }
    });
}

fn score(a: &str, b: &str) -> f64 {
    let rest = ["Something else entirely.", "Quite another matter here."];
    let map = map(&[&[a], &[b], &rest]);
    let statements: Vec<_> = map.statements().map(|s| s.index()).collect();
    Measure::new(&map).score(statements[0], statements[1])
}

#[test]
fn known_pairs() {
    let law = "Health and safety legislation and its effect on the role.";
    assert!((score(law, "health & safety legislation, and its effect on the role") - 1.0).abs() < 0.2);
    assert!((score(law, law) - 1.0).abs() < 1e-6);
    assert!(score(law, "Cost control") < 1e-9);
    assert!(score("Carry out the lifting of loads", "Supervise the lifting of loads") < 0.8);
    // the same words with another first one are less alike
    assert!(score("Check tools, record faults", "Record faults, check tools") < 0.98);
    // a telling word on each side that the other lacks counts against them, one on one side alone does not
    let plain = score("Use hand tools safely", "Use hand tools safely");
    let more = score("Use hand tools safely", "Use hand tools safely underwater");
    let other = score("Use hand tools safely upstairs", "Use hand tools safely underwater");
    assert!(plain > 0.999 && more > 0.7 && other < more - 0.2, "{plain} {more} {other}");
    // an example counts less than what it is an example of
    let told = score("Use hand tools", "Use hand tools, such as chisels");
    assert!(told > score("Use hand tools", "Use hand tools, chisels") + 0.01);
    // two inflections of one word are one
    assert!(score("Communicating clearly", "Communicates clearly") > 0.99);
}

#[test]
fn a_label_before_many_statements_is_passed_over() {
    let core = ["Core: Infection control.", "Core: Duty of care.", "Core: Safeguarding.", "Other: Safeguarding."];
    let map = map(&[&core, &["Infection control", "Core strength"]]);
    let statements: Vec<_> = map.statements().map(|s| s.index()).collect();
    let measure = Measure::new(&map);
    assert!((measure.score(statements[0], statements[4]) - 1.0).abs() < 1e-6);
    assert!(measure.score(statements[0], statements[5]) < 1e-9);
    // one statement is not many
    assert!(measure.score(statements[2], statements[3]) < 0.95);
}

#[test]
fn odd_texts_are_no_trouble() {
    let long = "Maintain records of plant, ".repeat(4_000);
    let many: Vec<&str> = vec!["The same text everywhere."; 3_000];
    let texts: [&[&str]; 4] = [
        &[
            "",
            "\u{1f642} \u{1f680}",
            "One",
            "...",
            "\u{43c}\u{430}\u{448}\u{438}\u{43d}\u{430} machine \u{6a5f}\u{68b0}",
        ],
        &[&long, "one", "\u{43c}\u{430}\u{448}\u{438}\u{43d}\u{430}"],
        &many,
        &many,
    ];
    let map = map(&texts);
    let found = found(&Measure::new(&map), Wanted::nearest(2));
    let list = |o: &str, s: &str| &found[&(o.to_owned(), s.to_owned())];
    assert!(list("o0", "K1").is_empty() && list("o0", "K2").is_empty() && list("o0", "K4").is_empty());
    assert_eq!(list("o0", "K3")[0].0, ("o1".to_owned(), "K2".to_owned()));
    assert_eq!(list("o1", "K3")[0].0, ("o0".to_owned(), "K5".to_owned()));
    // two books in place of statements
    let book = (0..15_000).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ");
    let books = self::map(&[&[&book, "Word of mouth."], &[&format!("{book} once more")]]);
    let measure = Measure::new(&books);
    let statements: Vec<_> = books.statements().map(|s| s.index()).collect();
    assert!(measure.score(statements[0], statements[2]) > 0.9);
    // ties go by the codes
    assert_eq!(list("o2", "K7").iter().map(|(codes, _)| codes.1.as_str()).collect::<Vec<_>>(), ["K1", "K10"]);
    assert!(list("o2", "K7").iter().all(|(_, score)| f64::from_bits(*score) > 0.999_999));
}

#[test]
fn what_is_judged_the_same_scores_high() {
    // average precision over all pairs of the bundled judgement; 0.7977 when measured
    let map = england();
    let concepts = Concepts::from_csv(&map, include_str!("../../fixtures/maps/england-concepts.csv")).unwrap();
    let measure = Measure::new(&map);
    let mut scored: Vec<(f64, bool)> = Vec::new();
    for a in map.statements() {
        for b in map.statements().skip(a.index().index() + 1) {
            if a.kind() == b.kind() && a.occupation().index() != b.occupation().index() {
                let same = concepts.of(a.index()).iter().any(|c| concepts.of(b.index()).contains(c));
                scored.push((measure.score(a.index(), b.index()), same));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut sum) = (0.0, 0.0);
    for (rank, (_, same)) in scored.iter().enumerate() {
        if *same {
            right += 1.0;
            sum += right / (rank as f64 + 1.0);
        }
    }
    assert!(sum / right > 0.79, "average precision {}", sum / right);
}
