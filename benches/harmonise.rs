//! How fast statements are joined: from a checked map to the nearest five of
//! each and all pairs over the default threshold, and to concepts and what overlaps.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tlevel::harmonise::{Ledger, Measure, Threshold, Wanted, harmonise};
use tlevel::map::Map;

mod generate;

/// The pairs found, and the sum of their scores.
fn similar(map: &Map) -> (usize, f64) {
    let (mut pairs, mut sum) = (0, 0.0);
    Measure::new(map).similar(WANTED, |_, found| {
        pairs += found.len();
        sum += found.iter().map(|s| s.score).sum::<f64>();
    });
    (pairs, sum)
}

/// The same by scoring every pair.
fn every_pair(map: &Map) -> (usize, f64) {
    let measure = Measure::new(map);
    let (mut pairs, mut sum) = (0, 0.0);
    for a in map.statements() {
        let others = map.statements().filter(|b| b.occupation().index() != a.occupation().index());
        let mut scores: Vec<f64> =
            others.map(|b| measure.score(a.index(), b.index())).filter(|score| *score > 0.0).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        let enough = scores.partition_point(|score| *score >= WANTED.at_least).max(WANTED.best);
        scores.truncate(enough);
        pairs += scores.len();
        sum += scores.iter().sum::<f64>();
    }
    (pairs, sum)
}

/// The nearest five, and all over the default threshold.
const WANTED: Wanted = Wanted { best: 5, at_least: 0.45 };

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("harmonise");
    group.sample_size(10);
    assert_eq!(WANTED.at_least.to_bits(), Threshold::default().get().to_bits());
    for n in [1_000, 10_000, 60_000] {
        let map = generate::recombined(n);
        if n == 1_000 {
            assert_eq!(similar(&map), every_pair(&map));
            group.bench_function("every_pair_1000", |b| b.iter(|| black_box(every_pair(&map))));
        }
        group.bench_function(format!("similar_{n}"), |b| b.iter(|| black_box(similar(&map))));
        if n == 60_000 {
            continue;
        }
        let join = || {
            let measure = Measure::new(&map);
            let harmony = harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap();
            harmony.with_overlaps(&measure).concepts().len()
        };
        assert!(join() < n);
        group.bench_function(format!("concepts_and_themes_{n}"), |b| b.iter(|| black_box(join())));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
