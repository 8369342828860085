//! The search for near rows equals a look at every pair, to the bit.

use proptest::collection::vec;
use proptest::prelude::*;
use tlevel::sparse::{Index, Neighbour, Rows, RowsBuilder, Scratch, Wanted, reference};

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

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
