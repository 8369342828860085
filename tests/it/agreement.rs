//! The agreement of two labellings: equal to scikit-learn's and to the plain
//! definitions over all pairs of points; the degenerate cases by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::{FRAC_1_SQRT_2, LN_2};

use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use tlevel::study::{LengthsDiffer, agreement::agreement};

const NAMES: [&str; 17] = [
    "rand",
    "adjusted_rand",
    "mutual_information",
    "normalised_mutual_information",
    "normalised_mutual_information_min",
    "normalised_mutual_information_max",
    "normalised_mutual_information_geometric",
    "adjusted_mutual_information",
    "homogeneity",
    "completeness",
    "v_measure",
    "fowlkes_mallows",
    "bcubed_precision",
    "bcubed_recall",
    "bcubed_f",
    "purity",
    "variation_of_information",
];

fn values(a: &[u32], b: &[u32]) -> Vec<f64> {
    let measures = agreement(a, b).unwrap();
    let names: Vec<&str> = measures.iter().map(|m| m.measure.as_str()).collect();
    assert_eq!(names, NAMES);
    measures.iter().map(|m| m.value).collect()
}

fn named(a: &[u32], b: &[u32]) -> BTreeMap<&'static str, f64> {
    NAMES.into_iter().zip(values(a, b)).collect()
}

#[derive(Deserialize)]
struct Table {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(default)]
    a: Vec<u32>,
    #[serde(default)]
    b: Vec<u32>,
    /// The labels are made here, for so many points.
    points: Option<u32>,
    values: BTreeMap<String, f64>,
}

/// The labels of the large case, as the script makes them.
fn large(points: u32) -> (Vec<u32>, Vec<u32>) {
    let a: Vec<u32> = (0..u64::from(points)).map(|i| (i * i % 1009 % 400) as u32).collect();
    let b = (0..points).zip(&a).map(|(i, &x)| if i % 3 == 0 { (x + i % 11) % 397 } else { x }).collect();
    (a, b)
}

#[test]
fn as_scikit_learn_has_it() {
    let table: Table = serde_json::from_str(include_str!("../../fixtures/study/agreement.json")).unwrap();
    assert!(table.cases.len() >= 20);
    let mut held = 0;
    for case in table.cases {
        let (a, b) = case.points.map_or((case.a, case.b), large);
        let ours = named(&a, &b);
        for (name, value) in &case.values {
            let error = (ours[name.as_str()] - value).abs();
            assert!(error < 1e-9, "{}: {name} is {} and should be {value}", case.name, ours[name.as_str()]);
            held += 1;
        }
    }
    assert!(held > 300, "{held}");
}

/// What it is, the two labellings, and what every measure should be.
type Row = (&'static str, &'static [u32], &'static [u32], [f64; 17]);

#[rustfmt::skip]
const DEGENERATE: [Row; 8] = [
    ("no points", &[], &[],
        [1., 1., 0., 1., 1., 1., 1., 1., 1., 1., 1., 0., 1., 1., 1., 1., 0.]),
    ("one point", &[5], &[u32::MAX],
        [1., 1., 0., 1., 1., 1., 1., 1., 1., 1., 1., 0., 1., 1., 1., 1., 0.]),
    ("one cluster on both sides", &[1, 1, 1], &[0, 0, 0],
        [1., 1., 0., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 0.]),
    ("one class, two clusters of two", &[1, 1, 1, 1], &[0, 0, 9, 9],
        [1. / 3., 0., 0., 0., 0., 0., 0., 0., 1., 0., 0., ROOT_OF_THIRD, 1., 0.5, 2. / 3., 1., LN_2]),
    ("two classes of two, one cluster", &[0, 9, 0, 9], &[1, 1, 1, 1],
        [1. / 3., 0., 0., 0., 0., 0., 0., 0., 0., 1., 0., ROOT_OF_THIRD, 0.5, 1., 2. / 3., 0.5, LN_2]),
    ("all points alone on both sides", &[0, 1, 2, 3], &[9, 8, 7, 6],
        [1., 1., 2. * LN_2, 1., 1., 1., 1., 1., 1., 1., 1., 0., 1., 1., 1., 1., 0.]),
    ("two classes of two, all points alone", &[0, 0, 1, 1], &[9, 8, 7, 6],
        [2. / 3., 0., LN_2, 2. / 3., 1., 0.5, FRAC_1_SQRT_2, 0., 1., 0.5, 2. / 3., 0., 1., 0.5, 2. / 3., 1., LN_2]),
    ("independent", &[0, 0, 1, 1], &[0, 1, 0, 1],
        [1. / 3., -0.5, 0., 0., 0., 0., 0., -0.5, 0., 0., 0., 0., 0.5, 0.5, 0.5, 0.5, 2. * LN_2]),
];

const ROOT_OF_THIRD: f64 = 0.577_350_269_189_625_8;

#[test]
fn degenerate_cases_by_hand() {
    for (name, a, b, expected) in DEGENERATE {
        for ((measure, value), expected) in NAMES.iter().zip(values(a, b)).zip(expected) {
            assert!((value - expected).abs() < 1e-12, "{name}: {measure} is {value} and should be {expected}");
            // 0 and 1 are exactly that, and no zero is negative
            let exact = value.to_bits() == expected.to_bits();
            assert!(exact || ![0.0, 1.0].contains(&expected), "{name}: {measure} is {value}");
        }
    }
}

#[test]
fn lengths_are_told() {
    let error: LengthsDiffer = agreement(&[1], &[1, 2]).unwrap_err();
    assert_eq!((error.first, error.second), (1, 2));
    assert_eq!(error.to_string(), "not about the same points: the first has 1, the second 2");
}

/// The definitions, over all points and pairs of points.
mod plain {
    use super::BTreeMap;

    fn same(labels: &[u32], i: usize, j: usize) -> bool {
        labels[i] == labels[j]
    }

    fn count(labels: &[u32]) -> BTreeMap<u32, usize> {
        labels.iter().fold(BTreeMap::new(), |mut counts, &label| {
            *counts.entry(label).or_default() += 1;
            counts
        })
    }

    /// Rand, adjusted Rand, Fowlkes-Mallows.
    pub(crate) fn pairs(a: &[u32], b: &[u32]) -> [f64; 3] {
        let (mut both, mut in_a, mut in_b, mut alike, mut all) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for i in 0..a.len() {
            for j in 0..i {
                all += 1.0;
                both += f64::from(same(a, i, j) && same(b, i, j));
                in_a += f64::from(same(a, i, j));
                in_b += f64::from(same(b, i, j));
                alike += f64::from(same(a, i, j) == same(b, i, j));
            }
        }
        let expected = in_a * in_b / all;
        let most = f64::midpoint(in_a, in_b);
        [
            if all > 0.0 { alike / all } else { 1.0 },
            if alike < all { (both - expected) / (most - expected) } else { 1.0 },
            if both > 0.0 { both / (in_a * in_b).sqrt() } else { 0.0 },
        ]
    }

    /// B-cubed precision and recall.
    pub(crate) fn cubed(a: &[u32], b: &[u32]) -> [f64; 2] {
        let mean = |of: &[u32], other: &[u32]| {
            let shares = (0..of.len()).map(|i| {
                let fellows: Vec<usize> = (0..of.len()).filter(|&j| same(of, i, j)).collect();
                fellows.iter().filter(|&&j| same(other, i, j)).count() as f64 / fellows.len() as f64
            });
            if of.is_empty() { 1.0 } else { shares.sum::<f64>() / of.len() as f64 }
        };
        [mean(b, a), mean(a, b)]
    }

    pub(crate) fn entropy(labels: &[u32]) -> f64 {
        let n = labels.len() as f64;
        count(labels).values().map(|&size| -(size as f64 / n) * (size as f64 / n).ln()).sum()
    }

    pub(crate) fn mutual_information(a: &[u32], b: &[u32]) -> f64 {
        let n = a.len() as f64;
        let (in_a, in_b) = (count(a), count(b));
        let mut both: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        a.iter().zip(b).for_each(|(&x, &y)| *both.entry((x, y)).or_default() += 1.0);
        both.iter().map(|((x, y), c)| c / n * (n * c / (in_a[x] as f64 * in_b[y] as f64)).ln()).sum()
    }

    /// Over every class and cluster, with factorials.
    pub(crate) fn expected_mutual_information(a: &[u32], b: &[u32]) -> f64 {
        let n = a.len();
        let factorial = |n: usize| (1..=n).map(|i| (i as f64).ln()).sum::<f64>();
        let choose = |n: usize, k: usize| factorial(n) - factorial(k) - factorial(n - k);
        let mut sum = 0.0;
        for &x in count(a).values() {
            for &y in count(b).values() {
                for c in (x + y).saturating_sub(n).max(1)..=x.min(y) {
                    let probability = (choose(x, c) + choose(n - x, y - c) - choose(n, y)).exp();
                    let (n, c) = (n as f64, c as f64);
                    sum += probability * c / n * (n * c / (x as f64 * y as f64)).ln();
                }
            }
        }
        sum
    }

    pub(crate) fn purity(a: &[u32], b: &[u32]) -> f64 {
        let clusters = count(b);
        let right = clusters.keys().map(|&cluster| {
            let inside: Vec<u32> = a.iter().zip(b).filter(|(_, y)| **y == cluster).map(|(&x, _)| x).collect();
            count(&inside).into_values().max().unwrap()
        });
        if a.is_empty() { 1.0 } else { right.sum::<usize>() as f64 / a.len() as f64 }
    }
}

/// Two labellings of the same points, of few and of many labels, alike or not.
fn labellings() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    (0_usize..70, 1_u32..70, 1_u32..70, 0_u32..100).prop_flat_map(|(n, k, l, alike)| {
        let points = vec((0..k, 0..l, 0_u32..100), n);
        points.prop_map(move |points| {
            points.iter().map(|&(x, y, at)| (x, if at < alike { x } else { y.wrapping_sub(3) })).unzip()
        })
    })
}

fn near(name: &str, ours: f64, expected: f64) -> Result<(), TestCaseError> {
    prop_assert!((ours - expected).abs() < 1e-9, "{} is {} and should be {}", name, ours, expected);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn equal_to_the_plain_definitions((a, b) in labellings()) {
        let ours = named(&a, &b);
        let [rand, adjusted, fowlkes_mallows] = plain::pairs(&a, &b);
        near("rand", ours["rand"], rand)?;
        near("adjusted_rand", ours["adjusted_rand"], adjusted)?;
        near("fowlkes_mallows", ours["fowlkes_mallows"], fowlkes_mallows)?;
        let [precision, recall] = plain::cubed(&a, &b);
        near("bcubed_precision", ours["bcubed_precision"], precision)?;
        near("bcubed_recall", ours["bcubed_recall"], recall)?;
        near("bcubed_f", ours["bcubed_f"], 2.0 * precision * recall / (precision + recall))?;
        near("purity", ours["purity"], plain::purity(&a, &b))?;

        let (first, second, mutual) = (plain::entropy(&a), plain::entropy(&b), plain::mutual_information(&a, &b));
        near("mutual_information", ours["mutual_information"], mutual)?;
        near("variation_of_information", ours["variation_of_information"], first + second - 2.0 * mutual)?;
        if first > 0.0 && second > 0.0 {
            for (name, by) in [
                ("normalised_mutual_information", f64::midpoint(first, second)),
                ("normalised_mutual_information_min", first.min(second)),
                ("normalised_mutual_information_max", first.max(second)),
                ("normalised_mutual_information_geometric", (first * second).sqrt()),
                ("homogeneity", first),
                ("completeness", second),
                ("v_measure", f64::midpoint(first, second)),
            ] {
                near(name, ours[name], mutual / by)?;
            }
            let expected = plain::expected_mutual_information(&a, &b);
            let most = f64::midpoint(first, second);
            if most - expected > 1e-9 {
                near("adjusted", ours["adjusted_mutual_information"], (mutual - expected) / (most - expected))?;
            }
        }
    }

    #[test]
    fn bounds_hold_and_nothing_is_undefined((a, b) in labellings()) {
        for (name, value) in named(&a, &b) {
            let (least, most) = match name {
                "adjusted_rand" => (-0.5, 1.0),
                // it has no useful lower bound where little is left to get right
                "adjusted_mutual_information" => (f64::MIN, 1.0),
                "mutual_information" | "variation_of_information" => (0.0, (a.len().max(1) as f64).ln()),
                _ => (0.0, 1.0),
            };
            prop_assert!((least - 1e-12..=most + 1e-12).contains(&value), "{} is {}", name, value);
        }
    }

    #[test]
    fn names_make_no_difference_and_roles_change_places((a, b) in labellings(), by in 1_u32..1_000) {
        let renamed: Vec<u32> = a.iter().map(|label| label.wrapping_mul(2 * by + 1)).collect();
        prop_assert_eq!(values(&renamed, &b), values(&a, &b));
        let (ours, other) = (named(&a, &b), named(&b, &a));
        for (name, turned) in [
            ("homogeneity", "completeness"),
            ("bcubed_precision", "bcubed_recall"),
            ("v_measure", "v_measure"),
            ("adjusted_rand", "adjusted_rand"),
            ("adjusted_mutual_information", "adjusted_mutual_information"),
            ("variation_of_information", "variation_of_information"),
        ] {
            near(name, ours[name], other[turned])?;
        }
    }

    #[test]
    fn a_labelling_agrees_with_itself(a in vec(0_u32..20, 0..60)) {
        for (name, value) in named(&a, &a) {
            match name {
                "variation_of_information" => prop_assert_eq!(value.to_bits(), 0),
                "mutual_information" => near(name, value, plain::entropy(&a))?,
                // no pair is together
                "fowlkes_mallows" if value.to_bits() == 0 => {
                    prop_assert_eq!(a.iter().collect::<BTreeSet<_>>().len(), a.len());
                }
                _ => prop_assert_eq!(value.to_bits(), 1.0_f64.to_bits(), "{}", name),
            }
        }
    }

    #[test]
    fn points_that_are_all_alone_tell_no_more_than_chance(a in vec(0_u32..20, 2..60)) {
        let alone: Vec<u32> = (0..a.len() as u32).collect();
        prop_assume!(a.iter().collect::<BTreeSet<_>>().len() < a.len());
        for (ours, part) in [(named(&a, &alone), "homogeneity"), (named(&alone, &a), "completeness")] {
            prop_assert_eq!(ours["adjusted_mutual_information"].to_bits(), 0);
            prop_assert_eq!(ours["adjusted_rand"].to_bits(), 0);
            prop_assert_eq!(ours[part].to_bits(), 1.0_f64.to_bits());
        }
    }
}
