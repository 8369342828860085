//! The search for near rows equals a look at every pair, to the bit.

use proptest::collection::vec;
use proptest::prelude::*;
use tlevel::sparse::{
    Index, Neighbour, Rescore, Rows, RowsBuilder, Scratch, Wanted, reference, search_by, search_pairs_by,
};

/// Rows with few and many terms, rare and frequent ones, copies, empty rows,
/// odd weights.
fn rows() -> impl Strategy<Value = Rows> {
    let weight = prop_oneof![
        8 => 0.01_f64..4.0,
        1 => Just(1.0),
        1 => prop_oneof![Just(0.0), Just(-1.0), Just(f64::NAN), Just(f64::INFINITY), Just(1e-300), Just(1e300)],
    ];
    // a low number is drawn far more often: a frequent term
    let term = (0_u32..60, 0_u32..60, 0_u32..60).prop_map(|(a, b, c)| a.min(b).min(c));
    let row = (0_u32..6, vec((term, weight), 0..14));
    vec((row, 0_usize..5), 0..90).prop_map(|rows| {
        let mut builder = RowsBuilder::default();
        for ((group, terms), copies) in rows {
            // a fifth of the rows stand there many times over
            for copy in 0..if copies == 0 { 5 } else { 1 } {
                builder.push((group + copy) % 6, terms.iter().copied());
            }
        }
        builder.finish()
    })
}

fn bits(found: &[Neighbour]) -> Vec<(u32, u64)> {
    found.iter().map(|n| (n.row, n.score.to_bits())).collect()
}

/// Another score: that of the terms, times a factor of the two rows.
struct Factors;

impl Factors {
    fn of(a: u32, b: u32) -> f64 {
        f64::from((a ^ b) % 5 + 1) / 4.0
    }
}

impl Rescore for Factors {
    type Scratch = Option<u32>;

    fn most(&self) -> f64 {
        1.25
    }

    fn begin(&self, row: u32, prepared: &mut Option<u32>) {
        assert_eq!(prepared.replace(row), None, "the row before was not ended");
    }

    fn reached(&self, _: u32, _: &mut Option<u32>) -> Vec<f64> {
        Vec::new()
    }

    fn may_reach(&self, row: u32, most: Neighbour, least: f64, prepared: &mut Option<u32>) -> bool {
        assert_eq!(*prepared, Some(row));
        most.score * Factors::of(row, most.row) >= least
    }

    fn score(&self, row: u32, neighbour: Neighbour, prepared: &mut Option<u32>) -> f64 {
        assert_eq!(*prepared, Some(row));
        neighbour.score * Factors::of(row, neighbour.row)
    }

    fn end(&self, row: u32, prepared: &mut Option<u32>) {
        assert_eq!(prepared.take(), Some(row));
    }
}

/// Every pair of rows of different groups that scores so much, the lower row first.
fn pairs_by_looking_at_all(rows: &Rows, at_least: f64) -> Vec<(u32, u32, u64)> {
    let mut pairs = Vec::new();
    for a in 0..rows.len() as u32 {
        for near in reference::neighbours(rows, a, Wanted { best: usize::MAX, at_least: f64::INFINITY }) {
            let score = near.score * Factors::of(a, near.row);
            if near.row > a && score >= at_least {
                pairs.push((a, near.row, score.to_bits()));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn pairs_are_found_once_and_equal_a_look_at_all(rows in rows(), at_least in 0.05_f64..1.3) {
        let expected = pairs_by_looking_at_all(&rows, at_least);
        let mut found = Vec::new();
        search_pairs_by(&rows, at_least, &Factors, |row, near| {
            found.extend(near.iter().map(|n| (row, n.row, n.score.to_bits())));
        });
        found.sort_unstable();
        prop_assert_eq!(&found, &expected);

        // and the search of every row finds each pair from both sides
        let mut twice = Vec::new();
        search_by(&rows, Wanted { best: 0, at_least }, &Factors, |row, near| {
            twice.extend(near.iter().map(|n| (row.min(n.row), row.max(n.row), n.score.to_bits())));
        });
        twice.sort_unstable();
        prop_assert_eq!(twice.len(), 2 * expected.len());
        twice.dedup();
        prop_assert_eq!(twice, expected);
    }

    #[test]
    fn the_index_equals_the_reference(
        rows in rows(),
        best in prop_oneof![0_usize..8, 250_usize..260],
        at_least in prop_oneof![Just(f64::INFINITY), 0.0_f64..1.1],
    ) {
        let wanted = Wanted { best, at_least };
        let index = Index::new(&rows);
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        for row in 0..rows.len() as u32 {
            index.neighbours(row, wanted, &mut scratch, &mut found);
            prop_assert_eq!(bits(&found), bits(&reference::neighbours(&rows, row, wanted)));
        }
    }

    #[test]
    fn scores_are_cosines(rows in rows()) {
        for a in 0..rows.len() as u32 {
            let length: f64 = rows.row(a).map(|(_, w)| f64::from(w) * f64::from(w)).sum();
            prop_assert!(rows.row(a).len() == 0 || (length - 1.0).abs() < 1e-5, "{}", length);
            for b in 0..rows.len() as u32 {
                let score = reference::score(&rows, a, b);
                prop_assert_eq!(score.to_bits(), reference::score(&rows, b, a).to_bits());
                prop_assert!((0.0..1.0 + 1e-5).contains(&score));
            }
        }
    }
}

#[test]
fn long_lists_of_frequent_terms_are_left_out_and_nothing_else() {
    // a term that all of 3,000 rows have, one that every seventh has, and a rare one
    let mut builder = RowsBuilder::default();
    for i in 0..3_000_u32 {
        let some = (i % 7 == 0).then_some((1, 1.0));
        builder.push(i, [(0, 0.4)].into_iter().chain(some).chain([(10 + i / 2, 1.5)]));
    }
    let rows = builder.finish();
    let index = Index::new(&rows);
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    for wanted in [
        Wanted { best: 3, at_least: 0.9 },
        Wanted { best: 0, at_least: 0.5 },
        Wanted { best: 2, at_least: f64::INFINITY },
    ] {
        for row in (0..3_000).step_by(97) {
            index.neighbours(row, wanted, &mut scratch, &mut found);
            assert_eq!(bits(&found), bits(&reference::neighbours(&rows, row, wanted)), "{wanted:?} {row}");
        }
    }
}

/// Rows of twelve terms, the n-th as frequent as 1 to n, like those of a language.
fn rows_of_a_language(rows: u32) -> Rows {
    let mut seed = 7_u64;
    let mut next = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 40) as f64 / f64::from(1 << 24)
    };
    let mut builder = RowsBuilder::default();
    for row in 0..rows {
        let terms: Vec<f64> = (0..12).map(|_| 900_f64.powf(next()).floor()).collect();
        builder.push(row / 5, terms.iter().map(|term| (*term as u32, (term + 1.0).ln().min(3.0))));
    }
    builder.finish()
}

#[test]
fn lists_of_every_length_give_what_a_look_at_all_gives() {
    let rows = rows_of_a_language(2_400);
    let index = Index::new(&rows);
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    for best in [0, 1, 5, 20, 256, 257] {
        for at_least in [0.15, 0.3, 0.6, f64::INFINITY] {
            let wanted = Wanted { best, at_least };
            for row in (0..rows.len() as u32).step_by(53) {
                let expected = reference::neighbours(&rows, row, wanted);
                index.neighbours(row, wanted, &mut scratch, &mut found);
                assert_eq!(bits(&found), bits(&expected), "{wanted:?} {row}");
                index.neighbours_from(row, wanted, 0.25, &mut scratch, &mut found);
                let enough: Vec<Neighbour> = expected.into_iter().filter(|near| near.score >= 0.25).collect();
                assert_eq!(bits(&found), bits(&enough), "{wanted:?} {row} from 0.25");
            }
        }
    }
}

#[test]
fn another_score_of_rows_of_a_language_equals_a_look_at_all() {
    let rows = rows_of_a_language(1_200);
    for at_least in [0.3, 0.6] {
        let mut found = Vec::new();
        search_pairs_by(&rows, at_least, &Factors, |row, near| {
            found.extend(near.iter().map(|n| (row, n.row, n.score.to_bits())));
        });
        found.sort_unstable();
        assert_eq!(found, pairs_by_looking_at_all(&rows, at_least));
    }
    let wanted = Wanted { best: 4, at_least: 0.5 };
    search_by(&rows, wanted, &Factors, |row, near| {
        let all = reference::neighbours(&rows, row, Wanted { best: usize::MAX, at_least: f64::INFINITY });
        let mut scores: Vec<(u64, u32)> =
            all.iter().map(|n| ((n.score * Factors::of(row, n.row)).to_bits(), n.row)).collect();
        // the bits of positive numbers are in the order of the numbers
        scores.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let enough = scores.partition_point(|(score, _)| f64::from_bits(*score) >= wanted.at_least);
        scores.truncate(enough.max(wanted.best));
        let near: Vec<(u64, u32)> = near.iter().map(|n| (n.score.to_bits(), n.row)).collect();
        assert_eq!(near, scores, "{row}");
    });
}

#[test]
fn short_lists_of_rare_terms_give_what_a_look_at_all_gives() {
    // each row has three terms, which three, seven and six rows have
    let mut builder = RowsBuilder::default();
    for row in 0..3_000_u32 {
        let terms = [row / 3, 5_000 + row / 7, 9_000 + row % 500];
        builder.push(row / 2, terms.into_iter().zip([1.0, 0.5 + f64::from(row % 3), 2.0]));
    }
    let rows = builder.finish();
    let index = Index::new(&rows);
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    for best in [0, 1, 4, 300] {
        for at_least in [0.2, 0.7, f64::INFINITY] {
            let wanted = Wanted { best, at_least };
            for row in (0..3_000).step_by(41) {
                index.neighbours(row, wanted, &mut scratch, &mut found);
                assert_eq!(bits(&found), bits(&reference::neighbours(&rows, row, wanted)), "{wanted:?} {row}");
            }
        }
    }
    let mut pairs = Vec::new();
    search_pairs_by(&rows, 0.4, &Factors, |row, near| pairs.extend(near.iter().map(|n| (row, n.row))));
    pairs.sort_unstable();
    let mut both = Vec::new();
    search_by(&rows, Wanted::above(0.4), &Factors, |row, near| {
        both.extend(near.iter().filter(|n| n.row > row).map(|n| (row, n.row)));
    });
    both.sort_unstable();
    assert!(pairs == both && pairs.len() > 3_000, "{} and {}", pairs.len(), both.len());
}
