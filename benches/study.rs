//! Groupings: the similarity of all pairs and a dendrogram of 1,300 occupations
//! with 60,000 statements, and each of them left out in turn (of the map that
//! `TLEVEL_MAP` names too, if it is set).
//!
//! How alike two labellings are: all measures of 100,000 points in 10,000
//! clusters each, and of clusters of as many distinct sizes as there can be; the
//! count of pairs of points beside it, for 2,000.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tlevel::place::{NewOccupation, Placer};
use tlevel::study::{Method, Points, Similarity, agreement::agreement, cluster, internal::internal};

mod generate;

/// Labels that look random: below `labels`, from a seed.
fn labels(points: usize, labels: u64, seed: u64) -> Vec<u32> {
    let mut state = seed;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % labels) as u32
    };
    (0..points).map(next).collect()
}

/// Clusters of 1, 2, 3, ... points.
fn stairs(points: usize) -> Vec<u32> {
    (1_u32..).flat_map(|size| std::iter::repeat_n(size, size as usize)).take(points).collect()
}

/// The adjusted Rand index by a look at every pair of points.
fn adjusted_rand_of_pairs(a: &[u32], b: &[u32]) -> f64 {
    let (mut both, mut in_a, mut in_b) = (0_u64, 0_u64, 0_u64);
    for i in 0..a.len() {
        for j in 0..i {
            let (first, second) = (a[i] == a[j], b[i] == b[j]);
            both += u64::from(first && second);
            in_a += u64::from(first);
            in_b += u64::from(second);
        }
    }
    let all = a.len() as f64 * (a.len() as f64 - 1.0) / 2.0;
    let expected = in_a as f64 * in_b as f64 / all;
    (both as f64 - expected) / (f64::midpoint(in_a as f64, in_b as f64) - expected)
}

fn adjusted_rand(a: &[u32], b: &[u32]) -> f64 {
    agreement(a, b).unwrap().iter().find(|m| m.measure == "adjusted_rand").unwrap().value
}

fn agreements(c: &mut Criterion) {
    let mut group = c.benchmark_group("study_agreement");
    group.sample_size(10);
    for points in [500, 2_000] {
        let (a, b) = (labels(points, 20, 1), labels(points, 30, 2));
        assert!((adjusted_rand(&a, &b) - adjusted_rand_of_pairs(&a, &b)).abs() < 1e-12);
        assert!((adjusted_rand(&a, &a) - 1.0).abs() < 1e-12);
    }
    let (a, b) = (labels(2_000, 200, 1), labels(2_000, 200, 2));
    group.bench_function("pairs_2000_adjusted_rand_alone", |bench| {
        bench.iter(|| black_box(adjusted_rand_of_pairs(black_box(&a), black_box(&b))));
    });
    group
        .bench_function("all_measures_2000", |bench| bench.iter(|| black_box(agreement(black_box(&a), black_box(&b)))));
    let (a, b) = (labels(100_000, 10_000, 1), labels(100_000, 10_000, 2));
    assert!(adjusted_rand(&a, &b).abs() < 0.001, "labels that have nothing to do with each other");
    group.bench_function("all_measures_100000_in_10000", |bench| {
        bench.iter(|| black_box(agreement(black_box(&a), black_box(&b))));
    });
    let (a, b) = (stairs(100_000), stairs(100_000).into_iter().rev().collect::<Vec<_>>());
    group.bench_function("all_measures_100000_all_sizes_distinct", |bench| {
        bench.iter(|| black_box(agreement(black_box(&a), black_box(&b))));
    });
    group.finish();
}

fn internals(c: &mut Criterion) {
    let mut group = c.benchmark_group("study_internal");
    group.sample_size(10);
    // points of a cluster have a cosine of 0.75, others of 0.25
    let n = 4_000;
    let clusters = labels(n, 400, 3);
    let cosines = (0..n).flat_map(|i| {
        let clusters = &clusters;
        (i + 1..n).map(move |j| if clusters[i] == clusters[j] { 0.75 } else { 0.25 })
    });
    let similarity = Similarity::new(n, cosines.collect()).unwrap();
    let study = internal(&similarity, &clusters).unwrap();
    let silhouette = study.measures.iter().find(|m| m.measure == "silhouette").unwrap().value;
    assert!((silhouette - 0.5 / 0.75).abs() < 1e-3);
    group.bench_function("all_measures_4000_in_400", |bench| {
        bench.iter(|| black_box(internal(black_box(&similarity), black_box(&clusters))));
    });
    group.finish();
}

fn groupings(c: &mut Criterion) {
    let read = |raw| tlevel::check(raw).unwrap().map;
    let mut maps = vec![("1300_of_60000_statements", read(generate::map(1_300, 46, |o| o % 3 == 0)))];
    if let Some(path) = std::env::var_os("TLEVEL_MAP") {
        maps.push(("given", read(tlevel::read(&std::fs::read(path).unwrap()).unwrap())));
    }
    let mut group = c.benchmark_group("study_groupings");
    group.sample_size(10);
    for (name, map) in &maps {
        let placer = Placer::new(map);
        let points = Points::new(&placer);
        let n = points.similarity().len();
        let dendrogram = || cluster(&Points::new(&placer), Method::Average, Some(60), 0).unwrap();
        assert_eq!((dendrogram().merges.len(), dendrogram().clusters), (n - 1, 60));
        group.bench_function(format!("similarity_and_dendrogram_{name}"), |b| b.iter(|| black_box(dendrogram())));
        group.bench_function(format!("index_similarity_and_dendrogram_{name}"), |b| {
            b.iter(|| black_box(cluster(&Points::new(&Placer::new(map)), Method::Average, Some(60), 0).unwrap()));
        });
        // the same, pair by pair
        let near = placer.neighbours(&NewOccupation::from(map.occupations().next().unwrap()), 2);
        let first = points.ids().iter().position(|id| *id == near[0].occupation).unwrap();
        let second = points.ids().iter().position(|id| *id == near[1].occupation).unwrap();
        assert!((points.similarity().get(first, second) - near[1].score).abs() < 1e-5);
        let some: Vec<NewOccupation> = map.occupations().take(20).map(NewOccupation::from).collect();
        group.bench_function(format!("neighbours_of_20_one_by_one_{name}"), |b| {
            b.iter(|| some.iter().for_each(|new| drop(black_box(placer.neighbours(new, n)))));
        });
        assert!(placer.leave_one_out().len() > n / 2);
        group.bench_function(format!("leave_one_out_{name}"), |b| b.iter(|| black_box(placer.leave_one_out())));
        group.bench_function(format!("k_medoids_60_of_{name}"), |b| {
            b.iter(|| black_box(cluster(&points, Method::KMedoids, Some(60), 0).unwrap()));
        });
        group.bench_function(format!("louvain_of_{name}"), |b| {
            b.iter(|| black_box(cluster(&points, Method::Louvain, None, 0).unwrap()));
        });
    }
    group.finish();
}

criterion_group!(benches, agreements, internals, groupings);
criterion_main!(benches);
