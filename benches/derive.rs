//! Deriving all programmes of 1,300 occupations with 60,000 statements, the
//! concepts given, by statement and by topic; the reference beside it.

mod generate;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use tlevel::concept::{ConceptIndex, Concepts, Nature, Overlap, Topic, TopicStatement};
use tlevel::derive::{Derivation, Policy, reference};

const OCCUPATIONS: usize = 1_300;
const STATEMENTS: usize = 60_000 / OCCUPATIONS;

const TOPICS: usize = 300;

/// The concepts under so many topics, a seventh of them general. Two that follow each
/// other are on one topic, so that an occupation says enough of it, and each concept
/// overlaps the next one of its topic.
fn with_topics(concepts: Concepts) -> Concepts {
    let mut taught: Vec<Vec<ConceptIndex>> = vec![Vec::new(); TOPICS];
    for concept in concepts.iter() {
        taught[concept.index().index() / 2 % TOPICS].push(concept.index());
    }
    let next = taught.iter().flat_map(|of_topic| of_topic.windows(2));
    let overlaps = next.map(|two| Overlap::new([two[0], two[1]], 0.4)).collect();
    let topics = taught.into_iter().enumerate().map(|(topic, taught)| {
        let statements = taught.iter().filter_map(|c| concepts.get(*c)).flat_map(|c| c.statements());
        let statements = statements.map(|s| TopicStatement::new(*s, 0.5)).collect();
        let nature = if topic % 7 == 0 { Nature::General } else { Nature::Occupational };
        let of = Topic::new(format!("t{topic}"), format!("Topic {topic}")).with_nature(nature);
        of.with_statements(statements).with_concepts(taught)
    });
    let topics = topics.collect();
    concepts.with_topics(topics).with_overlaps(overlaps)
}

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
        let by_topic = with_topics(concepts.clone());
        let panel = Policy::panel();
        let derived = tlevel::derive(&map, &by_topic, &panel).expect("derives");
        assert!(derived.programmes.iter().all(|p| !p.topics.is_empty()));
        group.bench_function("derive_by_topic", |b| {
            b.iter(|| black_box(tlevel::derive(&map, &by_topic, &panel).expect("derives")));
        });
        group.bench_function("concepts_exact", |b| b.iter(|| black_box(Concepts::exact(&map))));
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
