//! How fast occupations are placed, on a map of the real size.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tlevel::place::{NewOccupation, Placer, Scratch, reference};

mod generate;

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("place");
    group.sample_size(20);
    let bundled = tlevel::check(tlevel::read(include_bytes!("../fixtures/maps/england.json")).unwrap()).unwrap().map;
    let placer = Placer::new(&bundled);
    let asked: Vec<NewOccupation> = bundled.occupations().step_by(10).map(NewOccupation::from).collect();
    let mut scratch = Scratch::default();
    for new in &asked {
        assert_eq!(placer.suggest_with(new, 5, &mut scratch), reference::suggest(&placer, new, 5));
    }
    let n = asked.len();
    group.bench_function(format!("suggest_{n}_of_411"), |b| {
        b.iter(|| asked.iter().for_each(|new| drop(black_box(placer.suggest_with(new, 5, &mut scratch)))));
    });
    group.bench_function(format!("reference_{n}_of_411"), |b| {
        b.iter(|| asked.iter().for_each(|new| drop(black_box(reference::suggest(&placer, new, 5)))));
    });
    let large = tlevel::check(generate::map(1_300, 46, |o| o % 3 == 0)).unwrap().map;
    group.sample_size(10);
    group
        .bench_function("build_1300_occupations_60000_statements", |b| b.iter(|| black_box(Placer::new(&large).len())));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
