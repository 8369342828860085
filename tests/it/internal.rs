//! How good a labelling is: equal to scikit-learn's and to the definitions over
//! explicit vectors; what is not defined is left out.
//!
//! The cosines are `f32`, each wrong by 3e-8 at most, and scikit-learn's are
//! `f64`: a mean of cosines is as exact, but it is divided by distances below 1.
//! So the table is held to 1e-5, not 1e-9.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use tlevel::study::internal::{internal, silhouettes};
use tlevel::study::{InternalStudy, Similarity};

const NAMES: [&str; 7] =
    ["silhouette", "simplified_silhouette", "davies_bouldin", "calinski_harabasz", "cohesion", "separation", "dunn"];

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn unit(vector: &[f64]) -> Vec<f64> {
    let length = dot(vector, vector).sqrt();
    vector.iter().map(|x| x / length).collect()
}

fn similarity(unit: &[Vec<f64>]) -> Similarity {
    let n = unit.len();
    let cosines = (0..n).flat_map(|i| (i + 1..n).map(move |j| dot(&unit[i], &unit[j]) as f32));
    Similarity::new(n, cosines.collect()).unwrap()
}

/// The measures by name; in order, and numbers all.
fn named(study: &InternalStudy) -> BTreeMap<&str, f64> {
    let mut names = NAMES.iter();
    for measured in &study.measures {
        assert!(names.any(|name| *name == measured.measure), "{} is out of order", measured.measure);
        assert!(measured.value.is_finite(), "{}", measured.measure);
    }
    study.measures.iter().map(|m| (m.measure.as_str(), m.value)).collect()
}

#[derive(Deserialize)]
struct Table {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    vectors: Vec<Vec<f64>>,
    labels: Vec<u32>,
    values: BTreeMap<String, f64>,
    silhouettes: Vec<f64>,
}

#[test]
fn as_scikit_learn_has_it() {
    let table: Table = serde_json::from_str(include_str!("../../fixtures/study/internal.json")).unwrap();
    assert!(table.cases.len() >= 6);
    for case in table.cases {
        let vectors: Vec<Vec<f64>> = case.vectors.iter().map(|vector| unit(vector)).collect();
        let similarity = similarity(&vectors);
        let study = internal(&similarity, &case.labels).unwrap();
        let ours = named(&study);
        assert_eq!((ours.len(), case.values.len()), (7, 3));
        for (name, value) in &case.values {
            let error = (ours[name.as_str()] - value).abs();
            assert!(error < 1e-5, "{}: {name} is {} and should be {value}", case.name, ours[name.as_str()]);
        }
        let each = silhouettes(&similarity, &case.labels).unwrap();
        assert_eq!(each.len(), case.silhouettes.len());
        for (i, (ours, value)) in each.iter().zip(&case.silhouettes).enumerate() {
            assert!((ours - value).abs() < 1e-5, "{}: point {i} is {ours} and should be {value}", case.name);
        }
    }
}

fn present(similarity: &Similarity, labels: &[u32]) -> Vec<String> {
    internal(similarity, labels).unwrap().measures.into_iter().map(|m| m.measure).collect()
}

#[test]
fn what_is_not_defined_is_left_out() {
    let none = Similarity::new(0, vec![]).unwrap();
    assert_eq!(internal(&none, &[]).unwrap().measures, []);
    assert_eq!(internal(&none, &[]).unwrap().clusters, []);
    assert_eq!(silhouettes(&none, &[]).unwrap(), [0.0; 0]);

    let one = Similarity::new(1, vec![]).unwrap();
    let study = internal(&one, &[9]).unwrap();
    assert_eq!(named(&study), BTreeMap::from([("cohesion", 1.0)]));
    let alone = study.clusters[0];
    assert_eq!((alone.label, alone.points), (9, 1));
    assert_eq!((alone.cohesion, alone.separation, alone.silhouette), (1.0, 1.0, 0.0));

    let three = Similarity::new(3, vec![0.5, 0.25, 0.25]).unwrap();
    assert_eq!(present(&three, &[4, 4, 4]), ["cohesion"], "one cluster");
    assert_eq!(present(&three, &[4, 5, 6]), ["cohesion", "separation"], "all points alone");
    assert_eq!(silhouettes(&three, &[4, 4, 4]).unwrap(), [0.0; 3]);
    assert_eq!(silhouettes(&three, &[4, 5, 6]).unwrap(), [0.0; 3]);
    assert_eq!(present(&three, &[7, 7, 2]), NAMES);

    // all points are one: no cluster has a width, all centres are one
    let same = Similarity::new(4, vec![1.0; 6]).unwrap();
    let study = internal(&same, &[0, 0, 1, 1]).unwrap();
    assert_eq!(
        named(&study),
        BTreeMap::from([("silhouette", 0.0), ("simplified_silhouette", 0.0), ("cohesion", 1.0), ("separation", 0.0)])
    );
    // and so nearly, as `f32` has it
    let nearly = Similarity::new(4, vec![1.0 - f32::EPSILON / 2.0; 6]).unwrap();
    assert!(
        !present(&nearly, &[0, 0, 1, 1])
            .iter()
            .any(|m| ["davies_bouldin", "calinski_harabasz", "dunn"].contains(&m.as_str()))
    );

    // two pairs of equal points, at right angles
    let pairs = Similarity::new(4, vec![1.0, 0.0, 0.0, 0.0, 0.0, 1.0]).unwrap();
    let study = internal(&pairs, &[0, 0, 1, 1]).unwrap();
    let expected = [
        ("silhouette", 1.0),
        ("simplified_silhouette", 1.0),
        ("davies_bouldin", 0.0),
        ("cohesion", 1.0),
        ("separation", 1.0),
    ];
    assert_eq!(named(&study), BTreeMap::from(expected));
}

#[test]
fn clusters_by_hand() {
    // 0 and 1 in the cluster 8, 2 and 3 in the cluster 3, 4 alone in the cluster 5
    #[rustfmt::skip]
    let similarity = Similarity::new(5, vec![
        0.75, 0.5, 0.25, 0.0,
              0.5, 0.25, 0.0,
                   0.5, 0.125,
                        0.125,
    ]).unwrap();
    let study = internal(&similarity, &[8, 8, 3, 3, 5]).unwrap();
    let rows: Vec<_> = study.clusters.iter().map(|c| (c.label, c.points, c.cohesion, c.separation)).collect();
    assert_eq!(rows, [(3, 2, 0.5, 0.625), (5, 1, 1.0, 0.875), (8, 2, 0.75, 0.625)]);
    let silhouettes = silhouettes(&similarity, &[8, 8, 3, 3, 5]).unwrap();
    // 2: 0.5 from 3, 0.5 from 0 and 1; 3: 0.5 from 2, 0.75 from 0 and 1
    assert_eq!(silhouettes, [0.375 / 0.625, 0.375 / 0.625, 0.0, 0.25 / 0.75, 0.0]);
    let of_clusters: Vec<f64> = study.clusters.iter().map(|c| c.silhouette).collect();
    assert_eq!(of_clusters, [0.25 / 0.75 / 2.0, 0.0, 0.6]);
    let measures = named(&study);
    let means = (measures["cohesion"], measures["separation"], measures["dunn"]);
    assert_eq!(means, (0.75, (0.625 + 0.875 + 0.625) / 3.0, 0.5 / 0.5));
}

#[test]
fn results_are_read_back_as_they_were_written() {
    let similarity = Similarity::new(3, vec![0.1, 0.3, 0.7]).unwrap();
    let study = internal(&similarity, &[1, 2, 2]).unwrap();
    let written = serde_json::to_string(&study).unwrap();
    assert_eq!(serde_json::from_str::<InternalStudy>(&written).unwrap(), study);
}

#[test]
fn lengths_are_told() {
    let similarity = Similarity::new(2, vec![0.5]).unwrap();
    let message = "not about the same points: the first has 2, the second 3";
    assert_eq!(internal(&similarity, &[1, 2, 3]).unwrap_err().to_string(), message);
    assert_eq!(silhouettes(&similarity, &[1, 2, 3]).unwrap_err().to_string(), message);
}

/// The definitions over vectors of length 1. Beside each measure stands the least
/// that was divided by: the error of cosines is so much larger in the result.
struct Plain<'v> {
    vectors: &'v [Vec<f64>],
    labels: &'v [u32],
}

impl Plain<'_> {
    fn clusters(&self) -> BTreeSet<u32> {
        self.labels.iter().copied().collect()
    }

    fn members(&self, label: u32) -> Vec<usize> {
        (0..self.labels.len()).filter(|&i| self.labels[i] == label).collect()
    }

    fn others(&self, label: u32) -> impl Iterator<Item = u32> {
        self.clusters().into_iter().filter(move |&other| other != label)
    }

    fn distance(&self, i: usize, j: usize) -> f64 {
        if i == j { 0.0 } else { 1.0 - dot(&self.vectors[i], &self.vectors[j]) }
    }

    fn mean_distance(&self, i: usize, label: u32) -> f64 {
        let members = self.members(label);
        let fellows = members.iter().filter(|&&j| j != i).count() as f64;
        members.iter().map(|&j| self.distance(i, j)).sum::<f64>() / fellows
    }

    fn centre(&self, members: &[usize]) -> Vec<f64> {
        let sum = |d: usize| members.iter().map(|&i| self.vectors[i][d]).sum::<f64>();
        (0..self.vectors[0].len()).map(|d| sum(d) / members.len() as f64).collect()
    }

    /// The silhouette of a point, by any distance to a cluster.
    fn silhouette(&self, i: usize, distance: impl Fn(usize, u32) -> f64) -> (f64, f64) {
        let own = self.labels[i];
        if self.members(own).len() == 1 {
            return (0.0, 1.0);
        }
        let within = distance(i, own);
        let nearest = self.others(own).map(|label| distance(i, label)).fold(f64::MAX, f64::min);
        let farther = within.max(nearest);
        if farther < 1e-12 { (0.0, 1.0) } else { ((nearest - within) / farther, farther) }
    }

    fn mean_silhouette(&self, distance: impl Fn(usize, u32) -> f64) -> (f64, f64) {
        let n = self.labels.len();
        let all: Vec<_> = (0..n).map(|i| self.silhouette(i, &distance)).collect();
        (all.iter().map(|s| s.0).sum::<f64>() / n as f64, all.iter().map(|s| s.1).fold(1.0, f64::min))
    }

    fn to_centre(&self, i: usize, label: u32) -> f64 {
        square(&self.vectors[i], &self.centre(&self.members(label)))
    }

    fn davies_bouldin(&self) -> (f64, f64) {
        let width = |label: u32| {
            let members = self.members(label);
            members.iter().map(|&i| self.to_centre(i, label).sqrt()).sum::<f64>() / members.len() as f64
        };
        let (mut sum, mut least) = (0.0, 1.0_f64);
        for a in self.clusters() {
            let ratios = self.others(a).map(|b| {
                let apart = square(&self.centre(&self.members(a)), &self.centre(&self.members(b)));
                least = least.min(apart);
                (width(a) + width(b)) / apart.sqrt()
            });
            sum += ratios.fold(0.0, f64::max);
        }
        // widths are roots of squares that may be near 0
        (sum / self.clusters().len() as f64, least / 100.0)
    }

    fn calinski_harabasz(&self) -> (f64, f64) {
        let n = self.labels.len();
        let centre = self.centre(&(0..n).collect::<Vec<_>>());
        let (mut within, mut between) = (0.0, 0.0);
        for label in self.clusters() {
            let members = self.members(label);
            within += members.iter().map(|&i| self.to_centre(i, label)).sum::<f64>();
            between += members.len() as f64 * square(&self.centre(&members), &centre);
        }
        let (n, k) = (n as f64, self.clusters().len() as f64);
        ((between / (k - 1.0)) / (within / (n - k)), within / n)
    }

    fn dunn(&self) -> (f64, f64) {
        let (mut closest, mut widest) = (f64::MAX, 0.0_f64);
        for i in 0..self.labels.len() {
            for j in 0..i {
                if self.labels[i] == self.labels[j] {
                    widest = widest.max(self.distance(i, j));
                } else {
                    closest = closest.min(self.distance(i, j));
                }
            }
        }
        (closest / widest, widest)
    }
}

fn square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// Few small whole weights, so that points often coincide; more points than the
/// blocks that the triangle is read in, at times.
fn points() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<u32>)> {
    (1_u32..12, prop_oneof![4 => 1_usize..20, 1 => 60_usize..140]).prop_flat_map(|(k, n)| {
        vec((vec(0_u8..4, 4), 0..k), n).prop_map(|points| {
            let vectors = points.iter().map(|(weights, _)| {
                let some = weights.iter().any(|&w| w > 0);
                unit(&weights.iter().map(|&w| f64::from(if some { w } else { 1 })).collect::<Vec<_>>())
            });
            (vectors.collect(), points.iter().map(|(_, label)| label * 7 % 11).collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn equal_to_the_definitions_over_vectors((vectors, labels) in points()) {
        let similarity = similarity(&vectors);
        let study = internal(&similarity, &labels).unwrap();
        let ours = named(&study);
        let plain = Plain { vectors: &vectors, labels: &labels };

        let each = silhouettes(&similarity, &labels).unwrap();
        let mean_distance = |i: usize, label: u32| plain.mean_distance(i, label);
        let (n, k) = (labels.len(), plain.clusters().len());
        for (i, ours) in each.iter().enumerate() {
            let (value, least) = if k < 2 { (0.0, 1.0) } else { plain.silhouette(i, mean_distance) };
            prop_assert!((ours - value).abs() < 1e-6 / least, "{}: {} and not {}", i, ours, value);
        }

        let defined = k >= 2 && k < n;
        for (name, defined, (value, least)) in [
            ("silhouette", defined, plain.mean_silhouette(mean_distance)),
            ("simplified_silhouette", defined, plain.mean_silhouette(|i, label| plain.to_centre(i, label))),
            ("davies_bouldin", defined, plain.davies_bouldin()),
            ("calinski_harabasz", defined, plain.calinski_harabasz()),
            ("dunn", k >= 2, plain.dunn()),
        ] {
            let defined = defined && least > 1e-10;
            prop_assert_eq!(ours.contains_key(name), defined, "{}", name);
            if defined {
                let allowed = 1e-6 * (1.0 + value) / least;
                prop_assert!((ours[name] - value).abs() < allowed, "{} is {} and should be {}", name, ours[name], value);
            }
        }

        prop_assert_eq!(study.clusters.len(), k);
        for (cluster, label) in study.clusters.iter().zip(plain.clusters()) {
            let members = plain.members(label);
            prop_assert_eq!((cluster.label, cluster.points), (label, members.len()));
            let mean = |other: u32| {
                let cosines = members.iter().flat_map(|&i| {
                    let other = plain.members(other);
                    other.into_iter().filter(move |&j| j != i).map(move |j| (i, j))
                });
                let cosines: Vec<f64> = cosines.map(|(i, j)| 1.0 - plain.distance(i, j)).collect();
                if cosines.is_empty() { 1.0 } else { cosines.iter().sum::<f64>() / cosines.len() as f64 }
            };
            let nearest = plain.others(label).map(mean).reduce(f64::max).unwrap_or(0.0);
            prop_assert!((cluster.cohesion - mean(label)).abs() < 1e-6);
            prop_assert!((cluster.separation - (1.0 - nearest)).abs() < 1e-6);
            let silhouette = members.iter().map(|&i| each[i]).sum::<f64>() / members.len() as f64;
            prop_assert!((cluster.silhouette - silhouette).abs() < 1e-12);
        }
    }

    #[test]
    fn any_matrix_of_cosines_gives_numbers(
        (n, cosines, labels) in (0_usize..9).prop_flat_map(|n| {
            (Just(n), vec(prop_oneof![-1.0_f32..=1.0, Just(1.0), Just(-1.0), Just(0.0)], n * n.saturating_sub(1) / 2), vec(0_u32..4, n))
        })
    ) {
        // such a matrix need not be that of any vectors
        let similarity = Similarity::new(n, cosines).unwrap();
        let study = internal(&similarity, &labels).unwrap();
        for (name, value) in named(&study) {
            let bounds = if name.contains("silhouette") { -1.0..=1.0 } else { -1.0..=f64::MAX };
            prop_assert!(bounds.contains(&value), "{} is {}", name, value);
        }
        prop_assert!(silhouettes(&similarity, &labels).unwrap().iter().all(|s| (-1.0..=1.0).contains(s)));
    }
}
