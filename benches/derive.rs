//! Deriving all programmes of 1,300 occupations with 60,000 statements, the
//! concepts given; the reference beside it.

mod generate;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Policy, reference};

const OCCUPATIONS: usize = 1_300;
const STATEMENTS: usize = 60_000 / OCCUPATIONS;

fn bench(c: &mut Criterion) {
    for (name, every) in [("a_third_at_level_3", 3), ("all_at_level_3", 1)] {
        let raw = generate::map(OCCUPATIONS, STATEMENTS, |o| o % every == 0);
        let map = tlevel::check(raw).expect("passes").map;
        let concepts = Concepts::exact(&map);
        let policy = Policy::t_level();
        let derive = || tlevel::derive(black_box(&map), &concepts, &policy).expect("derives");

        let derivation: Derivation = derive();
        assert_eq!(map.statements().len(), OCCUPATIONS * STATEMENTS);
        assert_eq!(derivation, reference::derive(&map, &concepts, &policy).expect("derives"));
        assert_eq!(derivation.programmes.len(), 35);
        assert!(derivation.programmes.iter().all(|p| p.route_core.len() == STATEMENTS / 10));
        assert!(derivation.programmes.iter().all(|p| p.pathway_core.len() == STATEMENTS / 10));

        let mut group = c.benchmark_group(format!("derive_1300_occupations_60000_statements_{name}"));
        group.bench_function("derive", |b| b.iter_batched(|| (), |()| derive(), BatchSize::PerIteration));
        group.sample_size(20);
        group.bench_function("reference", |b| {
            b.iter(|| black_box(reference::derive(&map, &concepts, &policy).expect("derives")));
        });
        group.bench_function("concepts_exact", |b| b.iter(|| black_box(Concepts::exact(&map))));
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
