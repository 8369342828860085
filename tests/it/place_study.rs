//! How accurate suggestions are on the bundled map, by how much is known, and what is
//! refused.

use tlevel::map::Map;
use tlevel::place::{Account, Placer};
use tlevel::study::placement;

fn england() -> Map {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    tlevel::check(raw).unwrap().map
}

#[test]
fn confidence_and_refusal_on_the_bundled_map() {
    let map = england();
    let study = placement::study_by(&Placer::new(&map), &map, Account::All);
    assert_eq!(study.accounts.len(), 8);
    for kind in &study.accounts {
        assert!(kind.calibration_error < 0.2 && kind.top_1 <= kind.top_3, "{kind:?}");
    }
    let known_level = study.accounts.iter().find(|kind| kind.account == Account::All && kind.level).unwrap();
    assert!(known_level.top_1 > 0.45 && known_level.top_3 > 0.6, "{known_level:?}");
    for kind in placement::without_routes(&map, Placer::new) {
        assert!(kind.asked == map.occupations().len() && kind.refused_or_unsure > 0.25, "{kind:?}");
    }
}

/// The calibration table: by how much a question says and how sure the answer is, how
/// many were asked, how many were right, and how sure the answers were on average.
fn calibration_table(placer: &Placer, map: &Map) -> String {
    let mut table = vec!["known level confidence asked right mean".to_owned()];
    for kind in placement::study_by(placer, map, Account::All).accounts {
        let known = format!("{} {}", kind.account.as_str(), if kind.level { "level" } else { "-" });
        for bin in &kind.calibration {
            let right = (bin.right * bin.suggestions as f64).round();
            let (from, asked, mean) = (bin.from, bin.suggestions, bin.confidence);
            table.push(format!("{known} {from:.1} {asked} {right} {mean:.2}"));
        }
        table.push(format!("{known} error {:.3}", kind.calibration_error));
    }
    table.join("\n")
}

#[test]
fn the_calibration_table_by_words() {
    let map = england();
    insta::assert_snapshot!(calibration_table(&Placer::new(&map), &map));
}

#[cfg(feature = "meaning")]
#[test]
fn the_calibration_table_with_the_table_of_words() {
    use tlevel::meaning::{Meaning, WordTable};

    let map = england();
    let placer = Placer::with_meaning(&map, Meaning::Table(WordTable::bundled()));
    insta::assert_snapshot!(calibration_table(&placer, &map));
}
