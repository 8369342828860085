//! `tlevel progress` as a program: by id and title, one step in full, messages.

use tlevel::progression::{StepLink, Steps};

use crate::program::told;

const MAP: &str = "fixtures/maps/consultation.json";

fn tlevel(arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&[&["progress"], arguments].concat())
}

#[test]
fn the_command() {
    // by id and by title, of a file and of the bundled map
    let (status, by_id, said) = tlevel(&[MAP, "LARS82"]);
    assert_eq!((status, said.as_str()), (Some(0), ""));
    assert_eq!(tlevel(&[MAP, "infrastructure technician"]).1, by_id);
    assert!(by_id.contains("Network engineer (LARS1)"), "{by_id}");
    let (status, bundled, _) = tlevel(&["Infrastructure technician"]);
    assert_eq!(status, Some(0));
    assert!(bundled.starts_with("Infrastructure technician (LARS82)") && bundled != by_id, "{bundled}");
    // one step in full
    let (_, cut, _) = tlevel(&[MAP, "LARS1"]);
    assert!(cut.contains("and 2 more (the full listing has them)"), "{cut}");
    let (_, full, _) = tlevel(&[MAP, "LARS82", "--to", "network engineer"]);
    assert!(!full.contains("more (the full") && full.contains("level 4, declared"), "{full}");
    let (_, json, _) = tlevel(&[MAP, "LARS287", "--top", "1", "--format", "json"]);
    let steps: Steps = serde_json::from_str(&json).expect("reads back");
    assert_eq!((steps.leads_to.len(), steps.leads_to[0].link), (1, StepLink::Inferred));
}

#[test]
fn what_the_command_cannot_do() {
    for (arguments, expected) in [
        (&[MAP, "Brickleyer"][..], "error: the map has no occupation \"Brickleyer\": did you mean \"Bricklayer\"?\n"),
        (
            &[MAP, "zzz"],
            "error: the map has no occupation \"zzz\"; give the id or the title of one of its occupations\n",
        ),
        (
            &[MAP],
            "error: \"fixtures/maps/consultation.json\" is a file, and the occupation is missing; give its id or title after \
             the map\n",
        ),
        (
            &[MAP, "LARS287", "--to", "LARS2877"],
            "error: the map has no occupation \"LARS2877\": did you mean \"LARS287\"?\n",
        ),
        (
            &[MAP, "LARS287", "--to", "bricklayer"],
            "error: --to: \"LARS287\" is the occupation that the step starts from; name another\n",
        ),
        (
            &["fixtures/rules/same-title-and-level/bad.json", "bricklayer"],
            "error: several are called \"bricklayer\"; give the id of one: o1, o2\n",
        ),
        (
            &["fixtures/rules/retired/bad.json", "ST0001"],
            "error: occupation \"ST0001\" is not placed on the map (retired); run: tlevel check\n",
        ),
    ] {
        let (status, printed, said) = tlevel(arguments);
        assert_eq!((status, printed.as_str(), said.as_str()), (Some(2), "", expected), "{arguments:?}");
    }
}
