//! The difference of two maps of 1,300 occupations with 60,000 statements,
//! both harmonised, with its effects; a what-if; and the screening of responses to
//! a consultation.

mod generate;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tlevel::change::{Change, Changes, Derived, apply, carry_over, carry_over_joined, diff, diff_with_effects, effect};
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, People};
use tlevel::derive::{Policy, derive_routes};
use tlevel::harmonise::Threshold;
use tlevel::read::RawOccupation;

const OCCUPATIONS: usize = 1_300;
const STATEMENTS: usize = 47;

/// The change that adds an occupation to a cluster.
fn add(new: &RawOccupation, cluster: &str) -> Changes {
    let mut occupation = Box::new(new.clone());
    occupation.id = Some("NEW".to_owned());
    Changes::new(vec![Change::AddOccupation { cluster: cluster.to_owned(), occupation, position: None }])
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("change_1300_occupations_60000_statements");
    group.sample_size(10);
    let old = tlevel::check(generate::map(OCCUPATIONS, STATEMENTS, |_| true)).expect("passes").map;
    // every tenth occupation has another level, a statement more, less and reworded
    let mut rows = String::from("change,occupation,level,statement,kind,text\n");
    for o in (0..OCCUPATIONS).step_by(10) {
        use std::fmt::Write as _;
        let _ = writeln!(rows, "add-statement,OCC{o:04},,N1,skill,Something new for {o}");
        let _ = writeln!(rows, "drop-statement,OCC{o:04},,X{},,", o % STATEMENTS);
        let _ = writeln!(rows, "reword-statement,OCC{o:04},,X{},,Something else for {o}", (o + 1) % STATEMENTS);
        if o % 20 == 0 {
            let _ = writeln!(rows, "re-level,OCC{o:04},5,,,");
        }
    }
    let changes = Changes::from_csv(&rows).expect("a changes file");
    let new = tlevel::check(apply(&old, &changes).expect("fits")).expect("passes").map;
    let (before, after) = (Concepts::exact(&old), Concepts::exact(&new));
    let policy = Policy::t_level();
    let both = || diff_with_effects((&old, &before), (&new, &after), &policy, &policy).expect("fits");
    let difference = both();
    assert_eq!(old.statements().len(), OCCUPATIONS * STATEMENTS);
    assert_eq!((difference.changes.relevelled.len(), difference.changes.reworded.len()), (65, 130));
    assert_eq!(difference.effect.programmes.len(), 35);
    group.bench_function("diff_with_effects", |b| b.iter(|| black_box(both())));
    group.bench_function("diff", |b| b.iter(|| black_box(diff(&old, &new))));
    group.bench_function("derive_both", |b| {
        b.iter(|| black_box([tlevel::derive(&old, &before, &policy), tlevel::derive(&new, &after, &policy)]));
    });
    group.bench_function("apply", |b| b.iter(|| black_box(apply(&old, &changes).expect("fits"))));
    group
        .bench_function("carry_over", |b| b.iter(|| black_box(carry_over(&old, &before, &new, &after).expect("fits"))));

    // one pathway: an occupation has another level and a statement less
    let rows = "change,occupation,level,statement\nre-level,OCC0100,5,\ndrop-statement,OCC0135,,X1\n";
    let one = Changes::from_csv(rows).expect("a changes file");
    let new = tlevel::check(apply(&old, &one).expect("fits")).expect("passes").map;
    let carried = carry_over(&old, &before, &new, &Concepts::exact(&new)).expect("fits");
    let whatif = || diff_with_effects((&old, &before), (&new, &carried), &policy, &policy).expect("fits");
    // another policy touches every route, if only its name is another: the same answer by deriving all
    let mut renamed = policy.clone();
    "Another name".clone_into(&mut renamed.name);
    let by_all = || diff_with_effects((&old, &before), (&new, &carried), &policy, &renamed).expect("fits");
    assert_eq!(whatif(), by_all());
    let places = ["OCC0100", "OCC0135"].map(|id| old.occupation(id).expect("is there").pathway().id().to_owned());
    assert_eq!(places[0], places[1]);
    assert!(!whatif().effect.is_empty());
    let route = |map: &tlevel::map::Map| map.pathway(&places[0]).expect("is there").route().index();
    group.bench_function("whatif_of_one_pathway", |b| b.iter(|| black_box(whatif())));
    group.bench_function("whatif_of_one_pathway_deriving_all", |b| b.iter(|| black_box(by_all())));
    group.bench_function("whatif_of_one_pathway_derivations_alone", |b| {
        let of = |map, concepts| derive_routes(map, concepts, &policy, &[route(map)]);
        b.iter(|| black_box([of(&old, &before), of(&new, &carried)]));
    });
    group.bench_function("whatif_of_one_pathway_derivations_of_all", |b| {
        b.iter(|| black_box([tlevel::derive(&old, &before, &policy), tlevel::derive(&new, &carried, &policy)]));
    });

    // eight proposals, two of them made twice
    let consultation = Consultation::new(&old, &before, &policy).expect("fits");
    let mut rows = String::from("question,occupation,to\n");
    for n in [0, 1, 2, 3, 0, 1] {
        use std::fmt::Write as _;
        let cluster = old.clusters().nth(40 + n).map_or("", |cluster| cluster.id());
        let _ = writeln!(rows, "a,New occupation {n},\nb,OCC{:04},{cluster}", n * 10);
    }
    let screened = || consultation.responses(&rows, People::LeftOut).expect("has the columns");
    let answer = screened();
    assert_eq!((answer.responses, answer.proposals.len(), answer.not_screened.len()), (12, 8, 0));
    group.bench_function("consult_8_proposals", |b| b.iter(|| black_box(screened())));
    // a move, by the one or two routes that it touches and by the whole map
    let (occupation, cluster) = ("OCC0000", old.clusters().nth(40).expect("is there").id());
    let by_routes = || consultation.move_occupation(occupation, cluster).expect("can move").outcome.effect;
    let moves =
        vec![Change::MoveOccupation { occupation: occupation.to_owned(), cluster: cluster.to_owned(), position: None }];
    let moves = Changes::new(moves);
    let by_whole = || {
        let new = tlevel::check(apply(&old, &moves).expect("can move")).expect("has routes").map;
        let concepts = carry_over_joined(&old, &before, &new, None).expect("fits");
        let derivations = [(&old, &before), (&new, &concepts)]
            .map(|(map, concepts)| tlevel::derive(map, concepts, &policy).expect("fits"));
        let side = |map, concepts, derivation| Derived::new(map, concepts, derivation).expect("fits");
        effect(side(&old, &before, &derivations[0]), side(&new, &concepts, &derivations[1]))
    };
    assert_eq!(by_routes(), by_whole());
    group.bench_function("consult_a_move", |b| b.iter(|| black_box(by_routes())));
    group.bench_function("consult_a_move_effect_by_the_whole_map", |b| b.iter(|| black_box(by_whole())));
    // a new occupation with the statements of another, by what the map has learnt and by
    // weighing the changed map anew
    let mut new = RawOccupation::new("", "New occupation", 3);
    new.statements.extend(old.occupation("OCC0007").expect("is there").raw().statements.iter().cloned());
    let joining = Consultation::new(&old, &before, &policy).expect("fits").joining(Some(Threshold::default()));
    let by_learnt = || joining.new_occupation(&new, Some(cluster)).expect("can be added");
    let added = apply(&old, &add(&new, cluster)).expect("can be added");
    let added = tlevel::check(added).expect("passes").map;
    let anew = || carry_over_joined(&old, &before, &added, Some(Threshold::default())).expect("fits");
    // it shares everything with the other
    assert_eq!(by_learnt().overlaps[0].shared, STATEMENTS);
    let own = added.occupation("NEW").expect("is there").statements();
    let weighed = anew();
    assert!(own.into_iter().all(|s| weighed.get(weighed.of(s.index())[0]).is_some_and(|c| c.statements().len() > 1)));
    group.bench_function("consult_a_new_occupation", |b| b.iter(|| black_box(by_learnt())));
    group.bench_function("consult_a_new_occupation_concepts_weighed_anew", |b| b.iter(|| black_box(anew())));
    group.bench_function("consult_prepare", |b| {
        b.iter(|| black_box(Consultation::new(&old, &before, &policy).expect("fits")));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
