//! Forms as tools export them: columns that several headings name, questions answered by
//! yes or no with a second column for what, and reasons with names in them.

use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, Intake, ResponseScreening};
use tlevel::derive::Policy;
use tlevel::table::Table;

fn screened(csv: &str) -> ResponseScreening {
    let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap());
    let map = map.unwrap().map;
    let concepts = Concepts::exact(&map);
    let desk = Consultation::new(&map, &concepts, &Policy::t_level()).unwrap();
    let table = Table::read(csv.as_bytes(), Consultation::RESPONSES).unwrap_or_else(|error| panic!("{error}\n{csv}"));
    desk.take_in(&Intake::new(&table), |_, _| {}).0
}

fn titles(found: &ResponseScreening) -> Vec<&str> {
    found.proposals.iter().map(|proposal| proposal.title.as_str()).collect()
}

/// The columns that are not used.
fn unused(found: &ResponseScreening) -> Vec<&str> {
    found.notes.iter().filter_map(|note| note.message.strip_suffix("is not known, and not used")).collect()
}

#[test]
fn columns_about_the_person() {
    for (header, row, not_used) in [
        (
            "ID,Email,First name,Surname,Are you responding as an individual or for an organisation?,Organisation,Map(s)",
            "7,kim@example.org,Kim,Poe,For an organisation,Poe Works,Construction",
            &["the column \"ID\" ", "the column \"Are you responding as an individual or f...\" "][..],
        ),
        (
            "May we contact you by e-mail?,E-mail,Your name,Your organisation",
            "Yes,kim@example.org,Kim Poe,Poe Works",
            &["the column \"May we contact you by e-mail?\" "],
        ),
        ("Collector,Name,Name of organisation", "web,Kim Poe,Poe Works", &["the column \"Collector\" "]),
    ] {
        let csv = format!(
            "{header},a) missing?,Rationale,b) move?,Rationale,c) open?,Rationale\n\
             {row},Roofer,Kim Poe of Poe Works asks for it.,No,,No,\n"
        );
        let found = screened(&csv);
        assert_eq!(titles(&found), ["New: Roofer"], "{header}");
        assert_eq!(found.proposals[0].rationales, ["(left out) of (left out) asks for it."], "{header}");
        assert_eq!(unused(&found), not_used, "{header}");
    }
}

#[test]
fn answers_in_two_columns() {
    let csv = "a) Is an occupation missing?,\"If yes, which?\",Please explain,b) Should one move?,\"If yes, please \
               specify\",Why?,c) Should a branch be opened?,\"If so, please list them\"\n\
               Yes,Thatcher,There are few.,Yes,Bricklayer to Catering,They cook.,Yes,Hospitality\n\
               No,,,No,,,No,\n\
               No,N/A,,No,None,,Yes,\n";
    let found = screened(csv);
    assert_eq!(titles(&found), ["New: Thatcher", "Move Bricklayer (LARS287) to Catering", "Open Hospitality"]);
    let reasons: Vec<String> = found.proposals.iter().map(|proposal| proposal.rationales.join("|")).collect();
    assert_eq!(reasons, ["There are few.", "They cook.", ""]);
    assert_eq!(unused(&found), [""; 0]);
    // a yes without a branch goes back to who sent it
    assert_eq!(found.not_screened.iter().map(|row| row.line).collect::<Vec<_>>(), [4]);
}

/// A form says no more of a person than a row does.
#[test]
fn reasons_in_a_form_hide_what_reasons_in_a_row_hide() {
    for (reasons, expected) in [
        ("Ask Dr Amina Roe-Poe, on 07700 900123.", "Ask (left out), on (left out)."),
        ("It helps. Kind regards, Kim Poe", "It helps. Kind regards, (left out)"),
        ("My name is Kim Poe and I teach", "My name is (left out) and I teach"),
    ] {
        let in_a_row = format!("question,occupation,to,rationale\na,Thatcher,,\"{reasons}\"\n");
        assert_eq!(screened(&in_a_row).proposals[0].rationales, [expected]);
        for (question, answers) in
            [("a", "Thatcher,R,,,"), ("b", ",,Bricklayer to Catering,R,"), ("c", ",,,,Hospitality")]
        {
            let answers = answers.replace('R', &format!("\"{reasons}\""));
            let last = if question == "c" { format!("\"{reasons}\"") } else { String::new() };
            let csv = format!("a,a rationale,b,b rationale,c,c rationale\n{answers},{last}\n");
            assert_eq!(screened(&csv).proposals[0].rationales, [expected], "{csv}");
        }
    }
}

#[test]
fn who_names_two_means_two() {
    let of = |csv: &str| {
        let found = screened(csv);
        found.proposals.iter().map(|proposal| proposal.perhaps_same.len()).collect::<Vec<_>>()
    };
    assert_eq!(of("a,b,c\nWind technician (level 3),,\n\"Solar technician, level 3\",,\n"), [1, 1]);
    assert_eq!(of("a,b,c\n\"Wind technician (level 3), solar technician (level 4)\",,\n"), [0, 0]);
    assert_eq!(of("a,b,c\nAI engineer,,\nArtificial intelligence engineers,,\n"), [1, 1]);
}

#[test]
fn boxes_that_were_ticked() {
    for (map, placed, note) in [
        ("Construction;", Some("construction"), None),
        ("Construction;Digital;", None, Some("the column \"map\" names several routes (not used)")),
        (
            "Construction; Nowhere",
            None,
            Some("the column \"map\" names no route of the map: did you mean \"Construction\"? (not used)"),
        ),
    ] {
        let found = screened(&format!("map,a,b,c\n{map},\"Thatcher (level 3), diver (level 2)\",,\n"));
        for proposal in &found.proposals {
            assert_eq!(proposal.place_by_map.as_ref().map(|route| route.id.as_str()), placed, "{map}");
        }
        let notes: Vec<&str> = found.notes.iter().map(|note| note.message.as_str()).collect();
        let on_map: Vec<&str> = notes.into_iter().filter(|note| note.contains("\"map\"")).collect();
        assert_eq!(on_map, note.into_iter().collect::<Vec<_>>(), "said once: {map}");
    }
}

/// A sentence that names nothing of the map goes back without the people in it.
#[test]
fn rows_to_mend_name_nobody() {
    let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap());
    let (map, policy) = (map.unwrap().map, Policy::t_level());
    let concepts = Concepts::exact(&map);
    let desk = Consultation::new(&map, &concepts, &policy).unwrap();
    let csv = "Name,a,b,c\n\
               Kim Poe,,Rivermen such as Dr Amina Roe should move to Catering,Kim Poe would open Nowhere for Mr Zeb\n\
               Jo Doe,\"We, that is Mr Zeb, have many\",Plasterman to Catering,\n";
    let table = Table::read(csv.as_bytes(), Consultation::RESPONSES).unwrap();
    let (found, rejected) = desk.take_in(&Intake::new(&table), |_, _| {});
    assert_eq!((found.responses, found.not_screened.len()), (4, 4), "{rejected}");
    for name in ["Amina", "Roe", "Kim", "Poe", "Zeb"] {
        assert!(!rejected.contains(name), "{name}: {rejected}");
    }
    assert!(rejected.contains("Plasterman"), "a title stays, to be mended: {rejected}");
}
