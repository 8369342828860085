//! Moves and openings are screened by the routes that they affect: the same as by the
//! whole map.

use crate::change_laws::grouped;
use crate::{generated, generated_topics};

use proptest::prelude::*;
use tlevel::change::{Change, Changes, Derived, Effect, apply, carry_over, carry_over_joined, effect};
use tlevel::concept::Concepts;
use tlevel::consult::Consultation;
use tlevel::derive::{Derivation, Policy};
use tlevel::harmonise::Threshold;
use tlevel::map::Map;
use tlevel::topics::{Topics, Vocabulary};

fn checked(raw: tlevel::read::RawMap) -> Map {
    tlevel::check(raw).expect("has a route").map
}

/// All that concepts say.
fn said(concepts: &Concepts, map: &Map) -> String {
    let all: Vec<_> =
        concepts.iter().map(|c| (c.id(), c.kind(), c.label(), c.statements().to_vec(), c.central())).collect();
    let of: Vec<_> = map.statements().map(|s| concepts.of(s.index()).to_vec()).collect();
    format!("{all:?} {of:?} {:?} {:?} {:?}", concepts.topics(), concepts.overlaps(), concepts.wording())
}

/// The effect of changes by reading and deriving the whole changed map.
fn by_everything(map: &Map, concepts: &Concepts, before: &Derivation, changes: Vec<Change>) -> Effect {
    let new = checked(apply(map, &Changes::new(changes)).unwrap());
    let carried = carry_over(map, concepts, &new, &Concepts::exact(&new)).unwrap();
    let joined = carry_over_joined(map, concepts, &new, Some(Threshold::default())).unwrap();
    assert_eq!(said(&joined, &new), said(&carried, &new));
    let after = tlevel::derive(&new, &carried, &before.policy).unwrap();
    effect(Derived::new(map, concepts, before).unwrap(), Derived::new(&new, &carried, &after).unwrap())
}

/// Screens a move of every occupation to every such cluster, and the opening of every
/// branch that has no neighbour to mark; returns how many there were.
fn screens_as_the_whole(map: &Map, concepts: &Concepts, policy: &Policy, step: usize) -> (usize, usize) {
    let Ok(consultation) = Consultation::new(map, concepts, policy) else { return (0, 0) };
    let consultation = consultation.joining(Some(Threshold::default()));
    let before = tlevel::derive(map, concepts, policy).unwrap();
    let (mut moves, mut openings) = (0, 0);
    let clusters: Vec<&str> = map.clusters().map(|c| c.id()).collect();
    for (n, occupation) in map.occupations().enumerate() {
        for cluster in clusters.iter().skip(n % step).step_by(step) {
            let Ok(screened) = consultation.move_occupation(occupation.id(), cluster) else { continue };
            let (occupation, cluster) = (occupation.id().to_owned(), (*cluster).to_owned());
            let change = Change::MoveOccupation { occupation, cluster, position: None };
            assert_eq!(
                screened.outcome.effect,
                by_everything(map, concepts, &before, vec![change.clone()]),
                "{change:?}"
            );
            moves += 1;
        }
    }
    for branch in map.branches() {
        let Ok(screened) = consultation.open_branch(branch.id()) else { continue };
        if !screened.lifted.kept_closed.is_empty() || !policy.apprenticeship_only.is_empty() {
            continue;
        }
        let unmarked = screened.lifted.unmarked.iter().map(|branch| Change::Unmark { branch: branch.clone() });
        let expected = by_everything(map, concepts, &before, unmarked.collect());
        assert_eq!(screened.outcome.effect, expected, "{}", branch.id());
        openings += 1;
    }
    (moves, openings)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_screening_by_routes_is_one_by_the_whole_map(
        raw in generated::map(),
        policy in generated::policy(),
        groups in 1..6_usize,
        turn in 0..9_usize,
    ) {
        let map = checked(raw);
        let judged = grouped(&map, groups, turn);
        let topics = generated_topics::over(&map, judged.clone(), turn % 2);
        for concepts in [Concepts::exact(&map), judged, topics] {
            screens_as_the_whole(&map, &concepts, &policy, 1);
        }
    }
}

#[test]
fn so_is_one_of_the_consultation_map() {
    let map = checked(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap());
    let topics = Topics::assign(&map, &Vocabulary::bundled()).onto(&map, Concepts::exact(&map));
    for (concepts, policy) in [(Concepts::exact(&map), Policy::t_level()), (topics, Policy::panel())] {
        let (moves, openings) = screens_as_the_whole(&map, &concepts, &policy, 4);
        assert!(moves > 60 && openings > 2, "{moves} moves, {openings} openings");
    }
}
