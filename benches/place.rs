//! How fast occupations are placed, on a map of the real size, and on the map
//! that `TLEVEL_MAP` names, if it is set.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tlevel::map::Map;
use tlevel::place::{NewOccupation, Placer, Prepared, Scratch, reference};

mod generate;

fn read(bytes: &[u8]) -> Map {
    tlevel::check(tlevel::read(bytes).unwrap()).unwrap().map
}

/// All occupations of a map, one after the other: time by occupation.
fn suggest(c: &mut Criterion, name: &str, map: &Map) {
    let placer = Placer::new(map);
    let step = map.occupations().len().div_ceil(500);
    let asked: Vec<NewOccupation> = map.occupations().step_by(step).map(NewOccupation::from).collect();
    let mut scratch = Scratch::default();
    let prepared: Vec<Prepared> = asked.iter().map(|new| placer.prepare(new, &mut scratch)).collect();
    for (new, prepared) in asked.iter().zip(&prepared) {
        let found = placer.suggest_prepared(prepared, 5, &mut scratch);
        assert_eq!(found, reference::suggest(&placer, new, 5));
    }
    let all = placer.suggest_all(&asked, 5);
    assert!(all.iter().zip(&asked).all(|(found, new)| *found == placer.with_evidence(new, placer.suggest(new, 5))));

    let mut group = c.benchmark_group("place");
    group.sample_size(20).throughput(Throughput::Elements(asked.len() as u64));
    group.bench_function(BenchmarkId::new("suggest_prepared", name), |b| {
        b.iter(|| prepared.iter().for_each(|new| drop(black_box(placer.suggest_prepared(new, 5, &mut scratch)))));
    });
    group.bench_function(BenchmarkId::new("suggest", name), |b| {
        b.iter(|| asked.iter().for_each(|new| drop(black_box(placer.suggest_with(new, 5, &mut scratch)))));
    });
    // titles alone: those of the map, which are looked up, and others
    let known: Vec<NewOccupation> = asked.iter().map(|new| NewOccupation::titled(new.title.as_str())).collect();
    let other: Vec<NewOccupation> =
        asked.iter().map(|new| NewOccupation::titled(format!("Trainee {}", new.title))).collect();
    for (bench, titles) in [("known_title", &known), ("title", &other)] {
        group.bench_function(BenchmarkId::new(bench, name), |b| {
            b.iter(|| titles.iter().for_each(|new| drop(black_box(placer.suggest_with(new, 5, &mut scratch)))));
        });
    }
    #[cfg(feature = "meaning")]
    {
        use tlevel::meaning::{Meaning, WordTable};
        let placer = Placer::with_meaning(map, Meaning::Table(WordTable::bundled()));
        for (bench, titles) in [("known_title_with_table", &known), ("title_with_table", &other)] {
            group.bench_function(BenchmarkId::new(bench, name), |b| {
                b.iter(|| titles.iter().for_each(|new| drop(black_box(placer.suggest_with(new, 5, &mut scratch)))));
            });
        }
        group.bench_function(BenchmarkId::new("title_with_table_and_evidence", name), |b| {
            b.iter(|| drop(black_box(placer.suggest_all(&other, 5))));
        });
        group.bench_function(BenchmarkId::new("suggest_all_with_table_and_evidence", name), |b| {
            b.iter(|| drop(black_box(placer.suggest_all(&asked, 5))));
        });
    }
    group.bench_function(BenchmarkId::new("suggest_all_with_evidence", name), |b| {
        b.iter(|| drop(black_box(placer.suggest_all(&asked, 5))));
    });
    group.sample_size(10);
    group.bench_function(BenchmarkId::new("reference", name), |b| {
        b.iter(|| asked.iter().for_each(|new| drop(black_box(reference::suggest(&placer, new, 5)))));
    });
    group.finish();
}

fn bench(c: &mut Criterion) {
    suggest(c, "bundled", &read(include_bytes!("../fixtures/maps/england.json")));
    if let Some(path) = std::env::var_os("TLEVEL_MAP") {
        suggest(c, "given", &read(&std::fs::read(path).unwrap()));
    }
    let large = tlevel::check(generate::map(1_300, 46, |o| o % 3 == 0)).unwrap().map;
    let mut group = c.benchmark_group("place");
    group.sample_size(10);
    group.bench_function("build_1300_occupations_60000_statements", |b| b.iter(|| Placer::new(&large).len()));
    let placer = Placer::new(&large);
    let bytes = placer.save();
    group.bench_function("load_1300_occupations_60000_statements", |b| {
        b.iter(|| Placer::load(&bytes).unwrap().len());
    });
    let first = large.occupations().next().unwrap().id().to_owned();
    group.bench_function("without_one_of_1300_occupations", |b| {
        b.iter(|| placer.without(&first).unwrap().len());
    });
    group.finish();
    assert_eq!(placer.save(), bytes);
}

criterion_group!(benches, bench);
criterion_main!(benches);
