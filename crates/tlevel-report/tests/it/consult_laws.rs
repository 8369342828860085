//! The laws of screening, over generated maps.

use crate::generated;

use std::collections::BTreeSet;

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, People, ScreeningReport};
use tlevel::map::Map;
use tlevel_report::{Layout, export, report};

fn branches(map: &Map) -> Vec<String> {
    let (routes, pathways) = (map.routes().map(|r| r.id()), map.pathways().map(|p| p.id()));
    routes.chain(pathways).chain(map.clusters().map(|c| c.id())).map(str::to_owned).collect()
}

/// Checks that it prints in every format and reads back.
fn can_be_told(report: &ScreeningReport) -> Result<(), TestCaseError> {
    let document = report::consultation(report);
    for full in [false, true] {
        let text = export::terminal(&document, &Layout::default().full(full));
        prop_assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    export::markdown(&document);
    let json = serde_json::to_string(report).expect("serialises");
    prop_assert_eq!(&serde_json::from_str::<ScreeningReport>(&json).expect("reads back"), report);
    Ok(())
}

/// Rows of a responses file by numbers: some fit the map, some do not.
fn row(map: &Map, &(question, a, b): &(usize, usize, usize)) -> String {
    let occupations: Vec<&str> = map.occupations().map(|o| o.id()).collect();
    let branches = branches(map);
    let occupation = occupations.get(a).copied().unwrap_or("nobody");
    let branch = branches.get(b).map_or("nowhere", String::as_str);
    match question {
        0 => format!("a,{},,\"why, {a}\"", ["Roofer", "roofer", "ROOFER", "Occupation r0p0c0o0", ""][a % 5]),
        1 => format!("a,Roofer,{branch},"),
        2 | 3 => format!("b,{occupation},{branch},because {b}"),
        4 => format!("c,,{branch},"),
        _ => format!("{a},{occupation}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_question_has_an_answer_or_a_reason(
        raw in generated::map(),
        policy in generated::policy(),
        draft in generated::draft(),
        (a, b) in (0..20_usize, 0..30_usize),
    ) {
        let map = tlevel::check(raw).expect("has a route").map;
        let concepts = Concepts::exact(&map);
        let consultation = Consultation::new(&map, &concepts, &policy).expect("the concepts fit");
        can_be_told(&consultation.report(consultation.gaps()))?;
        let branches = branches(&map);
        let branch = &branches[b % branches.len()];
        let new = generated::occupation("new", &draft);
        let screening = consultation.new_occupation(&new, None).expect("has a title, a level and an id");
        // what it shares and what it has alone is all that it says
        prop_assert_eq!(screening.outcome.is_some(), !screening.placement.suggestions.is_empty());
        for overlap in &screening.overlaps {
            prop_assert!(overlap.shared <= overlap.of && overlap.shared <= overlap.of_other);
            prop_assert!(overlap.shared + screening.only_own <= screening.concepts);
        }
        can_be_told(&consultation.report(screening))?;
        if let Ok(screening) = consultation.new_occupation(&new, Some(branch)) {
            can_be_told(&consultation.report(screening))?;
        }
        if let Some(occupation) = map.occupations().nth(a)
            && let Ok(moved) = consultation.move_occupation(occupation.id(), branch)
        {
            let said = |side: fn(&tlevel::consult::Comparison) -> bool| moved.comparison.iter().any(side);
            prop_assert_eq!(said(|c| !c.from.is_empty()), moved.from.shared > 0);
            prop_assert_eq!(said(|c| !c.to.is_empty()), moved.to.shared > 0);
            can_be_told(&consultation.report(moved))?;
        }
    }

    #[test]
    fn a_branch_is_opened_and_nothing_beside_it(
        raw in generated::map(),
        policy in generated::policy(),
        b in 0..30_usize,
    ) {
        let map = tlevel::check(raw).expect("has a route").map;
        let concepts = Concepts::exact(&map);
        let consultation = Consultation::new(&map, &concepts, &policy).expect("the concepts fit");
        let branches = branches(&map);
        let branch = &branches[b % branches.len()];
        let Ok(open) = consultation.open_branch(branch) else { return Ok(()) };
        let within: BTreeSet<&str> = open.occupations.iter().map(|o| o.occupation.id.as_str()).collect();
        for programme in &open.outcome.effect.programmes {
            for occupation in &programme.counting_gained {
                prop_assert!(within.contains(occupation.id.as_str()), "{} beside {branch}", occupation.id);
            }
            prop_assert!(programme.counting_lost.is_empty());
        }
        can_be_told(&consultation.report(open))?;
    }

    #[test]
    fn any_text_is_a_responses_file_or_told_why_not(
        header in prop_oneof![Just("question,occupation,from,to,map,rationale"), Just("to,question"), Just("x")],
        text in "[abc,\"\n\r é@]{0,60}|(?s).{0,40}",
    ) {
        let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json")).expect("a map"));
        let map = map.expect("has a route").map;
        let concepts = Concepts::exact(&map);
        let policy = tlevel::derive::Policy::t_level();
        let consultation = Consultation::new(&map, &concepts, &policy).expect("the concepts fit");
        match consultation.responses(&format!("{header}\n{text}"), People::Named) {
            Ok(screening) => can_be_told(&consultation.report(screening))?,
            Err(error) => prop_assert!(error.to_string().lines().count() < 20),
        }
    }

    #[test]
    fn the_order_of_responses_changes_no_proposal(
        raw in generated::map(),
        drafts in proptest::collection::vec((0..6_usize, 0..12_usize, 0..12_usize), 0..12),
    ) {
        let map = tlevel::check(raw).expect("has a route").map;
        let concepts = Concepts::exact(&map);
        let policy = tlevel::derive::Policy::t_level();
        let consultation = Consultation::new(&map, &concepts, &policy).expect("the concepts fit");
        let rows: Vec<String> = drafts.iter().map(|draft| row(&map, draft)).collect();
        let screened = |rows: &[String]| {
            let csv = format!("question,occupation,to,rationale\n{}\n", rows.join("\n"));
            consultation.responses(&csv, People::LeftOut).expect("has the columns")
        };
        let there = screened(&rows);
        let back = screened(&rows.iter().rev().cloned().collect::<Vec<_>>());
        prop_assert_eq!(there.responses, rows.len());
        let counted = there.proposals.iter().map(|p| p.responses).sum::<usize>() + there.not_screened.len();
        prop_assert_eq!(counted, there.responses, "every response is somewhere");
        let proposals = |s: &tlevel::consult::ResponseScreening| {
            let of = |p: &tlevel::consult::Proposal| {
                let reasons: BTreeSet<String> = p.rationales.iter().cloned().collect();
                format!("{} {} {} {reasons:?} {:?}", p.title, p.responses, p.size, p.screening)
            };
            s.proposals.iter().map(of).collect::<BTreeSet<String>>()
        };
        prop_assert_eq!(proposals(&there), proposals(&back));
        prop_assert_eq!(there.proposals.len(), back.proposals.len());
        let wrong = |s: &tlevel::consult::ResponseScreening| {
            let mut wrong: Vec<String> = s.not_screened.iter().map(|n| n.message.clone()).collect();
            wrong.sort();
            wrong
        };
        prop_assert_eq!(wrong(&there), wrong(&back));
        can_be_told(&consultation.report(there))?;
    }
}
