//! The ways that hostile bytes take through the library. The fuzz targets and
//! the deterministic mutation tests run these same functions.

use std::sync::LazyLock;

use tlevel::change::{Changes, apply};
use tlevel::check::{Rejected, locate_findings};
use tlevel::concept::Concepts;
use tlevel::consult::{Consultation, Intake, People};
use tlevel::derive::Policy;
use tlevel::harmonise::{Ledger, Measure, Threshold};
use tlevel::map::Map;
use tlevel::place::{NewOccupation, Placer};
use tlevel::review::{Decisions, apply_decisions};
use tlevel::study::{Gold, Labels};
use tlevel_report::read_table;

/// A small map that tables and changes are applied to.
const MAP: &[u8] = include_bytes!("../../fixtures/official/standards.json");

/// How many statements a map may have to be harmonised here: the time of a run
/// stays short.
const STATEMENTS: usize = 400;

fn small() -> &'static Map {
    static SMALL: LazyLock<Map> =
        LazyLock::new(|| tlevel::check(tlevel::read(MAP).expect("a fixture")).expect("a fixture").map);
    &SMALL
}

static CONCEPTS: LazyLock<Concepts> = LazyLock::new(|| Concepts::exact(small()));

/// Read, check, derive and harmonise a map, as far as the bytes go.
pub fn map(bytes: &[u8]) {
    let _ = NewOccupation::read(bytes);
    let Ok(raw) = tlevel::read(bytes) else { return };
    let native = serde_json::to_string(&raw).expect("a map serialises");
    assert!(tlevel::read(native.as_bytes()).is_ok(), "what was read can be written and read again: {native}");
    let (map, mut findings) = match tlevel::check(raw) {
        Ok(checked) => (checked.map, checked.findings),
        Err(Rejected { .. }) => return,
    };
    if let Ok(text) = tlevel::read::utf8(bytes) {
        locate_findings(&mut findings, text);
    }
    for policy in [Policy::t_level(), Policy::panel()] {
        let derived = tlevel::derive(&map, &Concepts::exact(&map), &policy);
        assert!(derived.is_ok(), "a checked map can be derived");
    }
    if map.statements().count() <= STATEMENTS {
        let measure = Measure::new(&map);
        let harmony = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default());
        let concepts = harmony.expect("an empty ledger fits").with_overlaps(&measure).into_concepts();
        assert!(tlevel::derive(&map, &concepts, &Policy::panel()).is_ok(), "harmonised concepts fit the map");
    }
}

/// Every reader of tables, and what is done with a table that it reads.
pub fn tables(bytes: &[u8]) {
    let map = small();
    if let Ok(table) = read_table(bytes, Concepts::COLUMNS) {
        let _ = Concepts::from_table(map, &table);
    }
    if let Some(ledger) = read_table(bytes, Ledger::COLUMNS).ok().and_then(|t| Ledger::from_table(&t).ok()) {
        let _ = tlevel::harmonise(&Measure::new(map), Threshold::default(), &ledger);
    }
    if let Ok(table) = read_table(bytes, Gold::COLUMNS) {
        let _ = Gold::from_table(map, &table);
    }
    if let Some(labels) = read_table(bytes, Labels::COLUMNS).ok().and_then(|t| Labels::from_table(&t).ok()) {
        assert_eq!(Labels::read(&labels.to_csv()).as_ref(), Ok(&labels), "labels are read as they are written");
    }
    if let Ok(table) = read_table(bytes, Consultation::RESPONSES) {
        static CONSULTATION: LazyLock<Consultation<'static>> =
            LazyLock::new(|| Consultation::new(small(), &CONCEPTS, &Policy::panel()).expect("the concepts fit"));
        for people in [People::LeftOut, People::Named] {
            let screened = CONSULTATION.take_in(&Intake::new(&table).with_people(people), |_, _| {}).0;
            let rows: usize = screened.proposals.iter().map(|p| p.responses).sum();
            assert_eq!(rows + screened.not_screened.len(), screened.responses, "every row is counted once");
        }
    }
    decisions(bytes);
    changes(bytes);
}

/// A panel's review, as a workbook or as CSV.
pub fn decisions(bytes: &[u8]) {
    if let Some(decisions) = read_table(bytes, Decisions::COLUMNS).ok().and_then(|t| Decisions::from_table(&t).ok()) {
        apply_decisions(small(), &CONCEPTS, &Policy::panel(), &decisions).expect("the concepts fit");
    }
}

/// A changes file, in JSON or as a table.
pub fn changes(bytes: &[u8]) {
    let read = match std::str::from_utf8(bytes) {
        Ok(text) => Changes::read(text).ok(),
        Err(_) => read_table(bytes, Changes::COLUMNS).ok().and_then(|t| Changes::from_table(&t).ok()),
    };
    let Some(changed) = read.and_then(|changes| apply(small(), &changes).ok()) else { return };
    let _ = tlevel::check(changed);
}

/// A saved index.
pub fn index(bytes: &[u8]) {
    let Ok(placer) = Placer::load(bytes) else { return };
    let text = br#"{"title": "Support worker", "level": 3, "job_titles": ["Care assistant"], "keywords": ["care"]}"#;
    for new in NewOccupation::read(text).expect("an occupation") {
        let _ = placer.suggest(&new, 5);
    }
    let _ = placer.save();
}

/// The bytes of an index that is sound.
pub fn sound_index() -> Vec<u8> {
    Placer::new(small()).save()
}
