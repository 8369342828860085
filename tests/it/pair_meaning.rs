//! Pairs scored with vectors of meaning and with topics: exact, explained, and as
//! before where nothing is known.

// policies are for the laws of derivation
#[allow(dead_code)]
use crate::generated;
use crate::harmonise::{by_every_pair, codes, found};

use std::collections::BTreeMap;

use proptest::prelude::*;
use tlevel::derive::Policy;
use tlevel::harmonise::{Ledger, Measure, Threshold, Wanted};
use tlevel::map::{Map, Statement, StatementIndex};
use tlevel::meaning::{Meaning, TableAbout, Vectors, WordTable};
use tlevel::read::RawMap;
use tlevel::topics::{Topics, Vocabulary};

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).unwrap().map
}

fn england() -> Map {
    checked(tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap())
}

/// A number from 0 to 1 that depends on a text and nothing else.
fn fraction(text: &str, salt: u32) -> f32 {
    let hash = text.bytes().fold(salt.wrapping_mul(2_654_435_761) ^ 0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
    });
    (hash >> 8) as f32 / (1 << 24) as f32
}

/// Vectors of three in four statements, by their texts.
fn vectors(map: &Map) -> Vectors {
    let rows = map.statements().filter(|s| fraction(s.text(), 9) < 0.75).map(|s| {
        let id = format!("{}/{}", s.occupation().id(), s.id());
        (id, (0..4).map(|i| fraction(s.text(), i) + 0.1).collect())
    });
    Vectors::new(rows).unwrap()
}

/// A table of letters: every word has a vector.
fn letters() -> WordTable {
    let row = |letter: char| (0..3).map(|i| fraction(&letter.to_string(), i) - 0.3).collect::<Vec<f32>>();
    let rows = ('a'..='z').chain('0'..='9').flat_map(|c| [(c.to_string(), row(c)), (format!("##{c}"), row(c))]);
    WordTable::from_rows(TableAbout::default(), rows).unwrap()
}

/// Scores of topics of two in three statements.
fn topics(map: &Map) -> Vec<Vec<(u32, f64)>> {
    let of = |s: Statement<'_>| {
        let known = if fraction(s.text(), 5) < 0.67 { 3 } else { 0 };
        (0..known).map(|i| ((fraction(s.text(), 20 + i) * 4.0) as u32, f64::from(fraction(s.text(), 30 + i)))).collect()
    };
    map.statements().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn similar_equals_every_pair_in_any_order_of_rows(
        raw in generated::map(),
        best in 0_usize..4,
        at_least in prop_oneof![Just(f64::INFINITY), 0.0_f64..1.0],
        own in any::<bool>(),
    ) {
        let wanted = Wanted { best, at_least };
        let table = letters();
        let (map, turned) = (checked(raw.clone()), checked(generated::turned(raw)));
        let (one, other) = (vectors(&map), vectors(&turned));
        let meaning = |vectors| if own { Meaning::Own(vectors) } else { Meaning::Table(&table) };
        let measure = Measure::with_vectors(&map, meaning(&one)).with_topics(&topics(&map));
        let result = found(&measure, wanted);
        prop_assert_eq!(&result, &by_every_pair(&measure, wanted));
        let again = Measure::with_vectors(&turned, meaning(&other)).with_topics(&topics(&turned));
        prop_assert_eq!(&result, &found(&again, wanted));
        for a in map.statements() {
            for b in map.statements() {
                let score = measure.score(a.index(), b.index());
                prop_assert!((0.0..=1.0).contains(&score));
                prop_assert_eq!(score.to_bits(), measure.score(b.index(), a.index()).to_bits());
            }
        }
    }

    #[test]
    fn nothing_known_changes_nothing(raw in generated::map()) {
        let map = checked(raw);
        let wanted = Wanted { best: 2, at_least: 0.3 };
        let plain = found(&Measure::new(&map), wanted);
        // no vectors, vectors of something else, no topics, topics without a number
        let (none, foreign) = (Vectors::default(), Vectors::new([("NONE/K1".to_owned(), vec![1.0])]).unwrap());
        let odd = [vec![(0, f64::NAN), (1, f64::INFINITY)], Vec::new()];
        for (vectors, topics) in [(&none, &[][..]), (&foreign, &odd[..])] {
            let measure = Measure::with_vectors(&map, Meaning::Own(vectors)).with_topics(topics);
            prop_assert_eq!(&plain, &found(&measure, wanted));
        }
    }
}

#[test]
fn the_bundled_map_equals_every_pair_and_shares_add_up() {
    let map = england();
    let table = letters();
    let profiles = Topics::assign(&map, &Vocabulary::bundled()).profiles(&map);
    assert!(profiles.iter().filter(|profile| !profile.is_empty()).count() > 900);
    let measure = Measure::with_vectors(&map, Meaning::Table(&table)).with_topics(&profiles);
    let wanted = Wanted { best: 3, at_least: 0.5 };
    assert_eq!(found(&measure, wanted), by_every_pair(&measure, wanted));
    let mut terms: BTreeMap<&str, usize> = BTreeMap::new();
    measure.similar(Wanted::nearest(2), |statement, similar| {
        for other in similar {
            let evidence = measure.explain(statement.index(), other.statement);
            let off = evidence.unmatched.as_ref().map_or(0.0, |unmatched| unmatched.share);
            let sum = evidence.shared.iter().map(|share| share.share).sum::<f64>() - off;
            assert!((sum - other.score).abs() < 1e-6, "{evidence:?}");
            assert_eq!(evidence.score.to_bits(), other.score.to_bits());
            assert!(evidence.shared.is_sorted_by(|a, b| a.share >= b.share));
            assert!(!evidence.near_words.is_empty());
            for term in ["(meaning)", "(topics)", "(vectors)"] {
                *terms.entry(term).or_default() += usize::from(evidence.shared.iter().any(|share| share.term == term));
            }
        }
    });
    assert!(terms["(meaning)"] > 900 && terms["(topics)"] > 900 && terms["(vectors)"] == 0, "{terms:?}");
}

#[test]
fn vectors_of_ones_own_join_and_keep_apart() {
    let map = england();
    let plain = Measure::new(&map);
    let mut pairs: Vec<(StatementIndex, StatementIndex, f64)> = Vec::new();
    plain.similar(Wanted::nearest(1), |statement, similar| {
        pairs.extend(similar.iter().map(|other| (statement.index(), other.statement, other.score)));
    });
    pairs.retain(|(_, _, score)| (0.4..0.44).contains(score));
    pairs.truncate(8);
    let id = |s: StatementIndex| codes(&map, s).0 + "/" + &codes(&map, s).1;
    let (mut joined_near, mut joined_far) = (0, 0);
    for (a, b, score) in pairs {
        let with = |one: [f32; 2], other: [f32; 2]| {
            let vectors = Vectors::new([(id(a), one.to_vec()), (id(b), other.to_vec())]).unwrap();
            let measure = Measure::with_vectors(&map, Meaning::Own(&vectors));
            let evidence = measure.explain(a, b);
            assert!(evidence.near_words.is_empty());
            let share = evidence.shared.iter().find(|share| share.term == "(vectors)").unwrap().share;
            assert!((score + share - evidence.score).abs() < 1e-6);
            let joined = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap();
            let concepts = joined.into_concepts();
            (evidence.score, usize::from(concepts.of(a) == concepts.of(b)))
        };
        let (near, joined) = with([1.0, 0.1], [1.0, 0.1]);
        assert!(near > score + 0.05, "{score} {near}");
        joined_near += joined;
        let (far, joined) = with([1.0, 0.1], [-0.1, 1.0]);
        assert!(far < score - 0.1 && far > 0.0, "{score} {far}");
        joined_far += joined;
    }
    assert!(joined_near > joined_far, "{joined_near} {joined_far}");
}

#[test]
fn programmes_with_a_meaning() {
    let map = england();
    let vectors = vectors(&map);
    let derive = |builder: tlevel::ProgrammeBuilder<'_>| builder.of_map(map.clone()).unwrap();
    let builder = || tlevel::ProgrammeBuilder::new(Policy::panel());
    let plain = derive(builder());
    let with = derive(builder().meaning(Meaning::Own(&vectors)));
    assert_eq!(with.derivation, derive(builder().meaning(Meaning::Own(&vectors))).derivation);
    assert_eq!(with.derivation.programmes.len(), plain.derivation.programmes.len());
    assert_ne!(with.concepts.len(), plain.concepts.len());
    // topics are read back without their evidence, but with what was assigned
    let topics = Topics::assign(&map, &Vocabulary::bundled());
    let back: Topics = serde_json::from_str(&serde_json::to_string(&topics).unwrap()).unwrap();
    let (known, read) = (topics.profiles(&map), back.profiles(&map));
    for (statement, (known, read)) in map.statements().zip(known.iter().zip(&read)) {
        assert_eq!(read.len(), topics.of_statement(statement).len());
        assert!(read.len() <= known.len() && known.len() <= 16);
    }
}
