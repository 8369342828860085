//! How fast topics are assigned: from a checked map and the bundled vocabulary
//! to the topics of every statement, and the explanation of one.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tlevel::topics::{TopicDecisions, Topics, Vocabulary, reference};

mod generate;

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("topics");
    group.sample_size(10);
    group.bench_function("bundled_vocabulary", |b| b.iter(|| black_box(Vocabulary::bundled().topics().len())));
    let vocabulary = Vocabulary::bundled();
    assert!(vocabulary.findings().is_empty());
    // how many of so many statements have a topic, by the bundled vocabulary
    for (n, known) in [(500, 247), (12_110, 10_891), (60_000, 53_953)] {
        let map = generate::recombined(n);
        let topics = Topics::assign(&map, &vocabulary);
        if n == 500 {
            // by looking at every phrase, centroid and pair
            let slow = || reference::assign(&map, &vocabulary, &TopicDecisions::default(), |_| true).unwrap();
            assert_eq!(topics, slow().0);
            group.bench_function("reference_500", |b| b.iter(|| black_box(slow())));
        }
        let assigned = topics.statements().iter().filter(|s| !s.topics.is_empty()).count();
        assert_eq!(assigned, known, "of {n}");
        group.bench_function(format!("assign_{n}"), |b| b.iter(|| black_box(Topics::assign(&map, &vocabulary))));
        let first = map.statements().next().unwrap();
        assert!(topics.explain(first).is_some());
        group.bench_function(format!("explain_{n}"), |b| b.iter(|| black_box(topics.explain(first))));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
