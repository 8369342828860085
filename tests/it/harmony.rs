//! Concepts by score and by people: laws over generated maps, and named cases.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;
use tlevel::concept::{ConceptIndex, Overlap};
use tlevel::harmonise::{Contradiction, Harmony, Ledger, Measure, Threshold, overlaps, overlaps_among};
use tlevel::map::{Map, StatementIndex};
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStatement};

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).unwrap().map
}

fn england() -> RawMap {
    tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap()
}

/// A map of one pathway with these statements (kind by first letter),
/// occupation by occupation.
fn map(occupations: &[&[(&str, &str)]]) -> Map {
    let mut cluster = RawCluster::new("cluster", "Cluster");
    for (i, texts) in occupations.iter().enumerate() {
        let mut occupation = RawOccupation::new(format!("o{i}"), format!("Occupation {i}"), 3);
        for (id, text) in *texts {
            let kind = if id.starts_with('K') { "knowledge" } else { "skill" };
            occupation.statements.push(RawStatement::new(*id, kind, *text));
        }
        cluster = cluster.with(occupation);
    }
    let pathway = RawPathway::new("pathway", "Pathway").with(cluster);
    checked(RawMap::new("Small").with(RawRoute::new("route", "Route").with(pathway)))
}

type Codes = (String, String);

fn code(map: &Map, s: StatementIndex) -> Codes {
    let s = map.statement_at(s).unwrap();
    (s.occupation().id().to_owned(), s.id().to_owned())
}

fn codes(map: &Map, list: &[StatementIndex]) -> BTreeSet<Codes> {
    list.iter().map(|s| code(map, *s)).collect()
}

/// Concepts by id; cohesion to the bit.
fn summary(map: &Map, threshold: f64, ledger: &Ledger) -> BTreeMap<String, (BTreeSet<Codes>, u64)> {
    let measure = Measure::new(map);
    let harmony = tlevel::harmonise(&measure, Threshold::new(threshold).unwrap(), ledger).unwrap();
    let concepts = harmony.concepts();
    let all = concepts.iter().map(|c| {
        let cohesion = harmony.cohesion(c.index()).unwrap();
        (c.id().to_owned(), (codes(map, c.statements()), cohesion.mean.to_bits()))
    });
    all.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_pair_in_a_concept_is_unlike_and_kinds_never_mix(raw in generated::map(), threshold in 0.1_f64..0.9) {
        let map = checked(raw);
        let measure = Measure::new(&map);
        let threshold = Threshold::new(threshold).unwrap();
        let harmony = tlevel::harmonise(&measure, threshold, &Ledger::default()).unwrap();
        let mut seen = BTreeSet::new();
        for concept in harmony.concepts().iter() {
            let wordings = measure.wordings(concept.statements());
            let cohesion = harmony.cohesion(concept.index()).unwrap();
            let mut least = f64::INFINITY;
            for (i, &a) in wordings.iter().enumerate() {
                for &b in &wordings[i + 1..] {
                    let evidence = measure.explain(a, b);
                    prop_assert!(evidence.score >= threshold.floor() && evidence.contradictions.is_empty());
                    least = least.min(evidence.score);
                    let occupation = |s| map.statement_at(s).unwrap().occupation().index();
                    prop_assert_ne!(occupation(a), occupation(b));
                }
            }
            prop_assert_eq!(cohesion.weakest.map_or(f64::INFINITY, |pair| pair.score).to_bits(), least.to_bits());
            prop_assert!(cohesion.weakest.is_none() || cohesion.mean >= least);
            for &s in concept.statements() {
                prop_assert_eq!(map.statement_at(s).unwrap().kind(), concept.kind());
                prop_assert!(seen.insert(s));
            }
        }
        prop_assert_eq!(seen.len(), map.statements().filter(|s| s.says_something()).count());
    }

    #[test]
    fn the_order_of_rows_changes_nothing(raw in generated::map(), threshold in 0.1_f64..0.9) {
        let one = summary(&checked(raw.clone()), threshold, &Ledger::default());
        prop_assert_eq!(one, summary(&checked(generated::turned(raw)), threshold, &Ledger::default()));
    }

    #[test]
    fn people_are_always_followed(raw in generated::map(), picks in prop::collection::vec((0_usize..40, 0_usize..40, 0_u8..3), 0..6)) {
        let map = checked(raw);
        let statements: Vec<_> = map.statements().filter(|s| s.says_something()).collect();
        prop_assume!(statements.len() > 1);
        let mut csv = "decision,occupation_a,statement_a,occupation_b,statement_b\n".to_owned();
        let mut decided = Vec::new();
        for (a, b, decision) in picks {
            let (a, b) = (statements[a % statements.len()], statements[b % statements.len()]);
            let decision = ["same", "different", "preferred"][decision as usize];
            if a.index() == b.index() || (a.kind() != b.kind() && decision == "same") {
                continue;
            }
            let (one, other) = (a.occupation(), b.occupation());
            writeln!(csv, "{decision},{},{},{},{}", one.id(), a.id(), other.id(), b.id()).unwrap();
            decided.push((decision, a.index(), b.index()));
        }
        let measure = Measure::new(&map);
        let ledger = Ledger::from_csv(&csv).unwrap();
        // those that contradict are refused
        if let Ok(harmony) = tlevel::harmonise(&measure, Threshold::default(), &ledger) {
            prop_assert!(harmony.stale().is_empty());
            for (decision, a, b) in decided {
                let joined = harmony.concepts().of(a) == harmony.concepts().of(b);
                prop_assert!(decision == "preferred" || joined == (decision == "same"), "{} in {}", decision, csv);
            }
        }
    }
}

#[test]
fn the_bundled_map_in_any_order_of_rows() {
    let one = summary(&checked(england()), 0.45, &Ledger::default());
    assert_eq!(one, summary(&checked(generated::turned(england())), 0.45, &Ledger::default()));
    assert!(one.len() < 700, "{}", one.len());
}

#[test]
fn ids_survive_unrelated_edits() {
    let before = summary(&checked(england()), 0.45, &Ledger::default());
    let mut raw = england();
    // one more occupation, and one statement of another worded anew
    let mut added = RawOccupation::new("new", "A new occupation", 3);
    added.statements.push(RawStatement::new("K1", "knowledge", "The breeding of alpacas in upland farms."));
    let cluster = &mut raw.routes[0].pathways[0].clusters[0];
    cluster.occupations.insert(0, added);
    let after = summary(&checked(raw), 0.45, &Ledger::default());
    let kept =
        before.iter().filter(|(id, (members, ..))| after.get(*id).is_some_and(|(now, ..)| now == members)).count();
    assert!(kept * 100 >= before.len() * 99, "{kept} of {}", before.len());
    // an id is that of one of its wordings, the lowest: whoever else joins or leaves
    let map = checked(england());
    let exact = tlevel::concept::Concepts::exact(&map);
    let measure = Measure::new(&map);
    let harmony = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap();
    for concept in harmony.concepts().iter() {
        let wording = |s: &StatementIndex| exact.get(exact.of(*s)[0]).unwrap().id();
        assert_eq!(concept.id(), concept.statements().iter().map(wording).min().unwrap());
    }
    // and what is joined keeps its id when one of many leaves, unless it gave the id
    let mut raw = england();
    for pathway in raw.routes.iter_mut().flat_map(|route| &mut route.pathways) {
        let clusters = pathway.clusters.iter_mut().flat_map(|c| &mut c.occupations);
        clusters.filter(|o| o.id.as_deref() == Some("LARS82")).for_each(|o| o.statements.clear());
    }
    let after = summary(&checked(raw), 0.45, &Ledger::default());
    let joined: Vec<_> = before.iter().filter(|(_, (members, ..))| members.len() > 2).collect();
    let kept = joined.iter().filter(|(id, _)| after.contains_key(*id)).count();
    assert!(kept * 100 >= joined.len() * 90, "{kept} of {}", joined.len());
}

const LAW: &str = "Health and safety legislation and how it applies to the role.";
const LAW_2: &str = "Health and safety legislation, and how that applies to own role";
const LAW_3: &str = "How health and safety legislation applies to their role.";

/// The concepts of that map, each as the codes of its statements.
fn joined(map: &Map, ledger: &str) -> Vec<Vec<String>> {
    let measure = Measure::new(map);
    let ledger = Ledger::from_csv(&format!("decision,occupation_a,statement_a,occupation_b,statement_b\n{ledger}"));
    let harmony = tlevel::harmonise(&measure, Threshold::default(), &ledger.unwrap()).unwrap();
    let name = |s: &StatementIndex| {
        let (occupation, statement) = code(map, *s);
        format!("{occupation} {statement}")
    };
    harmony.concepts().iter().map(|c| c.statements().iter().map(name).collect()).collect()
}

#[test]
fn named_cases() {
    let other = [("K8", "Colour theory for painters."), ("K9", "Milling speeds and feeds.")];
    // the same in other words; what two statements of one occupation say is not the same
    let three = map(&[&[("K1", LAW)], &[("K1", LAW_2), ("K2", LAW_3)], &other]);
    let found = joined(&three, "");
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.iter().any(|c| c.len() == 2 && c[0] == "o0 K1"));
    // unless people say so
    assert!(joined(&three, "same,o1,K1,o1,K2").contains(&vec!["o0 K1".into(), "o1 K1".into(), "o1 K2".into()]));
    // equal words are one concept, kinds never
    let equal = map(&[&[("K1", LAW)], &[("S1", LAW)], &[("K1", LAW)]]);
    assert_eq!(joined(&equal, ""), [vec!["o0 K1", "o2 K1"], vec!["o1 S1"]]);
    // people may tell equal words apart; the third keeps to the first by code
    let apart = map(&[&[("K1", LAW)], &[("K1", LAW)], &[("K1", LAW)]]);
    assert_eq!(joined(&apart, "different,o0,K1,o1,K1"), [vec!["o0 K1", "o2 K1"], vec!["o1 K1"]]);
    // also through a chain of the same
    let chain = map(&[&[("K1", LAW)], &[("K1", "Colour theory.")], &[("K1", LAW)]]);
    let found = joined(&chain, "same,o0,K1,o1,K1\ndifferent,o1,K1,o2,K1");
    assert_eq!(found, [vec!["o0 K1", "o1 K1"], vec!["o2 K1"]]);
    // a contradiction keeps apart what shares its words
    let numbers =
        map(&[&[("K1", "Wiring of 230 V circuits in homes")], &[("K1", "Wiring of 400 V circuits in homes")], &other]);
    assert_eq!(joined(&numbers, "").len(), 4);
    assert_eq!(joined(&numbers, "same,o0,K1,o1,K1").len(), 3);
    // to supervise a thing is not to do it
    let verbs = ["Supervise the lifting of loads on site", "Carry out the lifting of loads on site"];
    let verbs = map(&[&[("S1", verbs[0])], &[("S1", verbs[1])], &[("S1", "Perform the lifting of loads on site")]]);
    assert_eq!(joined(&verbs, ""), [vec!["o0 S1"], vec!["o1 S1", "o2 S1"]]);
}

#[test]
fn opposites_and_limits_never_join_by_score() {
    for (one, other) in [
        ("Fills silos above 40 tonnes with graded barley", "Fills silos below 40 tonnes with graded barley"),
        ("Lays cables up to 11 kV in shared trenches", "Lays cables over 11 kV in shared trenches"),
        ("Rinses the vat before yeast is pitched", "Rinses the vat after yeast is pitched"),
        ("States the minimum span of a timber joist", "States the maximum span of a timber joist"),
        ("Fits hearing aids for adults in clinics", "Fits hearing aids for children in clinics"),
        ("Seals internal joints of sash windows", "Seals external joints of sash windows"),
        ("Sweeps chimneys of domestic premises", "Sweeps chimneys of commercial premises"),
        ("Reconciles the ledger of accounts payable", "Reconciles the ledger of accounts receivable"),
        ("Allots direct costs of a print run", "Allots indirect costs of a print run"),
        ("Stacks pallets according to the yard plan", "Stacks pallets contrary to the yard plan"),
        ("Handles incoming parcels at the depot", "Handles outgoing parcels at the depot"),
        ("Grows ferrous crystals in warm brine", "Grows non-ferrous crystals in warm brine"),
    ] {
        let pair = map(&[&[("K1", one)], &[("K1", other)], &[("K8", "Colour theory for painters.")]]);
        assert_eq!(joined(&pair, "").len(), 3, "{one} / {other}");
        assert_eq!(joined(&pair, "same,o0,K1,o1,K1").len(), 2, "people may: {one} / {other}");
        let of = |i: usize| pair.statements().nth(i).unwrap().index();
        let evidence = Measure::new(&pair).explain(of(0), of(1));
        assert!(evidence.score > Threshold::default().get(), "{one} / {other}: {}", evidence.score);
        assert!(matches!(evidence.contradictions[..], [Contradiction::Opposites { .. }]), "{one} / {other}");
        // both opposites on one side are no contradiction
        let both = map(&[&[("K1", one)], &[("K1", &format!("{one}; {other}"))]]);
        assert_eq!(Measure::new(&both).explain(of(0), of(1)).contradictions, [], "{one} / {other}");
    }
}

#[test]
fn a_preferred_wording_is_shown() {
    let map = map(&[&[("K1", LAW)], &[("K1", LAW_2)], &[("K1", LAW_3)], &[("K1", "Colour theory for painters.")]]);
    let measure = Measure::new(&map);
    let shown = |ledger: &str| {
        let ledger = Ledger::from_csv(&format!("decision,occupation_a,statement_a,occupation_b,statement_b\n{ledger}"));
        let harmony = tlevel::harmonise(&measure, Threshold::default(), &ledger.unwrap()).unwrap();
        let concept = harmony.concepts().iter().next().unwrap();
        assert_eq!(concept.statements().len(), 3);
        map.statement_at(concept.central()).unwrap().text().to_owned()
    };
    let by_itself = shown("");
    for (occupation, text) in [("o0", LAW), ("o1", LAW_2), ("o2", LAW_3)] {
        assert_eq!(shown(&format!("preferred,{occupation},K1,,")), text);
    }
    assert_eq!(shown("preferred,o2,K1,o0,K1"), LAW_3);
    // to a statement of another concept: without effect
    assert_eq!(shown("preferred,o2,K1,o3,K1"), by_itself);
}

#[test]
fn decisions_about_what_is_gone_are_stale() {
    let map = map(&[&[("K1", LAW)], &[("K1", LAW_2)]]);
    let csv = "decision,occupation_a,statement_a,occupation_b,statement_b,hash_b,note\n\
               different,o0,K1,o1,K1,h123,seen long ago\n\
               same,o0,K7,o1,K1,,\n\
               same,o0,K1,oo1,K1,,\n\
               preferred,o0,K1,,,,\n";
    let measure = Measure::new(&map);
    let harmony = tlevel::harmonise(&measure, Threshold::default(), &Ledger::from_csv(csv).unwrap()).unwrap();
    let told: Vec<String> = harmony.stale().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 2: o1 K1: the text has changed; decide again",
            "line 3: o0 K7: the occupation has no such statement; decide again",
            "line 4: oo1 K1: the map has no such occupation; decide again",
        ]
    );
    assert_eq!(harmony.concepts().len(), 1);
}

#[test]
fn ledgers_that_cannot_be_applied() {
    let map = map(&[&[("K1", LAW), ("S1", LAW)], &[("K1", LAW_2)], &[("K1", LAW_3)]]);
    let measure = Measure::new(&map);
    let head = "decision,occupation_a,statement_a,occupation_b,statement_b";
    let error = |rows: &str| {
        let ledger = Ledger::from_csv(&format!("{head}\n{rows}"));
        let applied = ledger.and_then(|ledger| tlevel::harmonise(&measure, Threshold::default(), &ledger));
        applied.map(|_: Harmony| ()).unwrap_err().to_string()
    };
    for (rows, message) in [
        (
            "maybe,o0,K1,o1,K1",
            "line 2: \"maybe\" is no decision; write same, different, preferred or unsure, or leave the cell empty",
        ),
        (
            "sane,o0,K1,o1,K1",
            "line 2: \"sane\" is no decision; write same, different, preferred or unsure, or leave the cell empty: did you mean \"same\"?",
        ),
        ("same,o0,,o1,K1", "line 2: the statement_a is empty; fill it in or remove the decision"),
        ("different,o0,K1,,", "line 2: the occupation_b is empty; fill it in or remove the decision"),
        ("preferred,o0,K1,o1,", "line 2: the statement_b is empty; fill it in or remove the decision"),
        ("same,o0,K1,o0,K1", "line 2: o0 K1 is on both sides; name two statements"),
        ("same,o0,K1", "line 2: the occupation_b is empty; fill it in or remove the decision"),
        ("same,o0,K1,o0,S1", "line 2: o0 K1 is knowledge, o0 S1 is skill; kinds are never joined: remove the row"),
        (
            "same,o0,K1,o1,K1\ndifferent,o1,K1,o0,K1",
            "line 3: o1 K1 and o0 K1 are different; but line 2 says that they are the same; remove one",
        ),
        (
            "different,o0,K1,o2,K1\nsame,o0,K1,o1,K1\nsame,o2,K1,o1,K1",
            "line 2: o0 K1 and o2 K1 are different; but lines 3, 4 together say that they are the same; remove one",
        ),
        (
            "preferred,o0,K1,o1,K1\npreferred,o1,K1,o0,K1",
            "line 3: o1 K1 is preferred to o0 K1; but line 2 says the reverse; remove one",
        ),
    ] {
        assert_eq!(error(rows), message);
    }
    let error = Ledger::from_csv("decision,note\n").unwrap_err().to_string();
    assert_eq!(
        error,
        "line 1: the column \"occupation_a\" is missing; a ledger has the columns decision, occupation_a, \
         statement_a, occupation_b, statement_b (and may have note, hash_a, hash_b); found: \"decision\", \"note\""
    );
}

#[test]
fn overlaps_of_some_concepts_are_among_those_of_all() {
    let map = checked(england());
    let measure = Measure::new(&map);
    for threshold in [0.45, 0.9] {
        let threshold = Threshold::new(threshold).unwrap();
        let concepts = tlevel::harmonise(&measure, threshold, &Ledger::default()).unwrap().into_concepts();
        let all = overlaps(&measure, &concepts);
        let mut found = 0;
        for (of, part) in [(1, 1), (2, 1), (3, 2), (40, 1)] {
            let is_wanted = |concept: ConceptIndex| concept.index() % of < part;
            let among = overlaps_among(&measure, &concepts, is_wanted);
            let expected: Vec<Overlap> =
                all.iter().filter(|overlap| overlap.concepts.iter().all(|c| is_wanted(*c))).copied().collect();
            assert_eq!(among, expected, "{part} of {of}");
            found += among.len();
        }
        assert!(found > all.len() + 100 && all.len() > 300, "{found} and {}", all.len());
        assert_eq!(overlaps_among(&measure, &concepts, |_| false), []);
    }
}

#[test]
fn ten_thousand_copies_and_near_copies_are_survived() {
    let copies: Vec<(String, &str)> = (0..10_000).map(|i| (format!("K{i}"), "Maintain the plant.")).collect();
    let near: Vec<(String, String)> =
        (0..2_000).map(|i| (format!("K{i}"), format!("Maintain the plant of kind x{i}."))).collect();
    let copies: Vec<(&str, &str)> = copies.iter().map(|(id, text)| (id.as_str(), *text)).collect();
    let near: Vec<(&str, &str)> = near.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    let long = "plant and machinery \u{1f642} ".repeat(5_000);
    let map = map(&[&copies, &near, &near[..500], &[("K1", ""), ("K2", "Plant"), ("K3", &long), ("K4", "\u{1f642}")]]);
    let measure = Measure::new(&map);
    let harmony =
        tlevel::harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap().with_overlaps(&measure);
    let largest = harmony.concepts().iter().map(|c| c.statements().len()).max().unwrap();
    assert!(largest >= 10_000, "{largest}");
}

#[test]
fn ledgers_of_several_people() {
    let head = "decision,occupation_a,statement_a,occupation_b,statement_b,note";
    let of = |rows: &str| Ledger::from_csv(&format!("{head}\n{rows}")).unwrap();
    let several = |ledgers: &[&str]| {
        let names = ["asha", "ben", "cleo"];
        let (ledger, disagreements) = Ledger::of_several(names.into_iter().zip(ledgers.iter().map(|rows| of(rows))));
        let decisions: Vec<String> = ledger
            .decisions()
            .iter()
            .map(|d| format!("{} {} {}: {}", d.place, d.verdict.word(), d.a.1, d.note))
            .collect();
        (decisions, disagreements.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    // agreement in either order is one row, with both notes
    assert_eq!(
        several(&["same,o,K1,p,K2,yes\n", "same,p,K2,o,K1,of course\n", "same,o,K1,p,K2,yes\n"]),
        (vec!["asha, line 2 same K1: yes; of course".to_owned()], vec![])
    );
    // no row is lost: what is decided, or the disagreement with all answers
    assert_eq!(
        several(&[
            "same,o,K1,p,K2,\ndifferent,o,K3,p,K3,\n",
            "unsure,o,K1,p,K2,\nsame,p,K3,o,K3,no\n",
            ",o,K3,p,K3,hm\n"
        ]),
        (
            vec![
                "asha, line 2 same K1: ".to_owned(),
                "ben, line 2 unsure K1: ".to_owned(),
                "cleo, line 2 unsure K3: hm".to_owned()
            ],
            vec![
                "o K3 and p K3: asha, line 3 says different; ben, line 3 says same (no); none of them is applied"
                    .to_owned()
            ]
        )
    );
    // which of two is preferred
    let (kept, disagreements) = several(&["preferred,o,K1,p,K2,\npreferred,o,K4,,,\n", "preferred,p,K2,o,K1,\n"]);
    assert_eq!((kept.len(), disagreements.len()), (1, 1));
    // a text that has changed since: both rows stay, and the one that fits counts
    let hashed = |hash: &str| Ledger::from_csv(&format!("{head},hash_a,hash_b\nsame,o,K1,p,K2,,{hash},h2\n")).unwrap();
    let (both, none) = Ledger::of_several([("asha", hashed("h1")), ("ben", hashed("h0"))]);
    assert_eq!((both.decisions().len(), none.len()), (2, 0));
}
