//! What people and programs see of the bundled map, kept whole. To accept a
//! change: `INSTA_UPDATE=always cargo test`, then read the difference as a
//! curriculum lead would.

use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Exception, Policy, Role};
use tlevel::harmonise::{Ledger, Measure, Threshold};
use tlevel_report::{self as write, Layout};

/// The bundled map with its judged concepts.
fn derivation(policy: &Policy) -> Derivation {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let concepts = Concepts::from_csv(&map, include_str!("../../../../fixtures/maps/england-concepts.csv")).unwrap();
    tlevel::derive(&map, &concepts, policy).unwrap()
}

#[test]
fn text_of_the_bundled_map() {
    insta::assert_snapshot!(write::export::terminal(
        &write::report::programmes(&derivation(&Policy::t_level())),
        &Layout::default()
    ));
}

#[test]
fn text_of_the_bundled_map_as_a_panel_sees_it() {
    let mut derivation = derivation(&Policy::panel());
    derivation.programmes.retain(|p| !p.counting.is_empty());
    derivation.no_programme.clear();
    insta::assert_snapshot!(write::export::terminal(&write::report::programmes(&derivation), &Layout::default()));
}

#[test]
fn text_of_the_bundled_map_by_wording_alone() {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let mut derivation = tlevel::derive(&map, &Concepts::exact(&map), &Policy::t_level()).unwrap();
    derivation.programmes.retain(|p| p.route.id == "construction" && !p.counting.is_empty());
    derivation.no_programme.clear();
    insta::assert_snapshot!(write::export::terminal(&write::report::programmes(&derivation), &Layout::default()));
}

#[test]
fn text_of_the_bundled_map_as_the_harmoniser_joins_it() {
    let raw = tlevel::read(include_bytes!("../../../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let measure = Measure::new(&map);
    let harmony =
        tlevel::harmonise(&measure, Threshold::default(), &Ledger::default()).unwrap().with_overlaps(&measure);
    let mut derivation = tlevel::derive(&map, harmony.concepts(), &Policy::panel()).unwrap();
    derivation.programmes.retain(|p| !p.counting.is_empty());
    derivation.no_programme.clear();
    insta::assert_snapshot!(write::export::terminal(&write::report::programmes(&derivation), &Layout::default()));
    let report = harmony.report(&measure);
    let read_back: tlevel::harmonise::Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert_eq!(read_back, report);
}

#[test]
fn text_of_one_programme_in_full_as_a_panel_sees_it() {
    let mut derivation = derivation(&Policy::panel());
    derivation.programmes.retain(|p| p.pathway.id.ends_with("/digital-support-and-services"));
    derivation.no_programme.clear();
    insta::assert_snapshot!(write::export::terminal(
        &write::report::programmes(&derivation),
        &Layout::default().full(true).width(100)
    ));
}

#[test]
fn markdown_and_json_of_one_programme() {
    let mut derivation = derivation(&Policy::t_level());
    derivation.programmes.retain(|p| p.pathway.id.ends_with("/onsite-construction"));
    derivation.no_programme.retain(|p| p.pathway.id.ends_with("/retail"));
    insta::assert_snapshot!("markdown", write::export::markdown(&write::report::programmes(&derivation)));
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&derivation).unwrap());
}

#[test]
fn the_policy_of_2017_on_the_bundled_map() {
    let policy = Policy::from_json(include_str!("../../../../fixtures/policies/t-level-2017.json")).unwrap();
    let strict = derivation(&policy);
    assert!(strict.notes.is_empty(), "every entry matches: {:?}", strict.notes);
    let closed: Vec<_> = strict.no_programme.iter().filter(|n| n.reason == "apprenticeship-only").collect();
    assert_eq!(closed.len(), 10, "ten pathways were apprenticeship-only");
    assert!(closed.iter().all(|n| n.branch.is_some() && n.excluded.iter().all(|e| e.branch == n.branch)));
}

#[test]
fn policy_entries_that_match_nothing_are_told_and_only_those() {
    let mut policy = Policy::t_level();
    policy.exceptions = ["LARS82", "Infrastructure technician", "Astronaut"]
        .map(|occupation| Exception { occupation: occupation.to_owned(), role: Role::LeftOut, note: String::new() })
        .to_vec();
    let derivation = derivation(&policy);
    let messages: Vec<&str> = derivation.notes.iter().map(|n| n.message.as_str()).collect();
    assert_eq!(messages, ["1 entry of the policy matches nothing on this map: \"Astronaut\""]);
}
