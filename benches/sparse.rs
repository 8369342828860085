//! The search for near rows: the five best of every row and all above a score,
//! for 1,000, 10,000 and 60,000 rows of 15 terms with the frequencies of a
//! language; a look at every pair beside it.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tlevel::sparse::{Index, Neighbour, Rows, RowsBuilder, Scratch, Wanted, reference};

/// Numbers that look random, from a seed.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Rows of about 15 of 8,000 terms: the frequency of the n-th term is as 1 to
/// n, its weight grows with its rarity as in `harmonise`; every eighth row
/// varies another.
fn rows(n: u32) -> Rows {
    let mut numbers = Numbers(2_026);
    let mut builder = RowsBuilder::default();
    let mut last: Vec<(u32, f64)> = Vec::new();
    for i in 0..n {
        let mut row: Vec<(u32, f64)> = Vec::new();
        if i % 8 == 7 {
            row.extend(last.iter().filter(|_| numbers.next() < 0.8).copied());
        }
        while row.len() < 15 {
            // from 0 to 7,999, the lower the likelier
            #[allow(clippy::cast_sign_loss)]
            let term = (8_000_f64.powf(numbers.next()) - 1.0) as u32;
            row.push((term, ((f64::from(term) + 2.0).ln() - 1.0).clamp(0.0, 3.0)));
        }
        builder.push(i / 20, row.iter().copied());
        last = row;
    }
    builder.finish()
}

fn all(rows: &Rows) -> (usize, f64) {
    let index = Index::new(rows);
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    let (mut pairs, mut sum) = (0, 0.0);
    for row in 0..rows.len() as u32 {
        index.neighbours(row, WANTED, &mut scratch, &mut found);
        pairs += found.len();
        sum += found.iter().map(|n| n.score).sum::<f64>();
    }
    (pairs, sum)
}

const WANTED: Wanted = Wanted { best: 5, at_least: 0.6 };

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("sparse_top_5_and_all_above_0.6");
    group.sample_size(10);
    for n in [1_000, 10_000, 60_000] {
        let rows = rows(n);
        let index = Index::new(&rows);
        let mut scratch = Scratch::default();
        for row in (0..n).step_by(n as usize / 50) {
            let mut found: Vec<Neighbour> = Vec::new();
            index.neighbours(row, WANTED, &mut scratch, &mut found);
            assert_eq!(found, reference::neighbours(&rows, row, WANTED));
        }
        group.bench_function(format!("index_{n}"), |b| b.iter(|| black_box(all(&rows))));
        if n == 1_000 {
            group.bench_function(format!("reference_{n}"), |b| {
                b.iter(|| (0..n).map(|row| reference::neighbours(&rows, row, WANTED).len()).sum::<usize>());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
