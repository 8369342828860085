//! How accurate suggestions are on the bundled map, by how much is known, and what is
//! refused: figures that change on purpose only.

use std::fmt::Write as _;

use tlevel::place::{Account, Placer};
use tlevel::study::placement;

#[test]
fn accuracy_on_the_bundled_map() {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
    let study = placement::study_by(&Placer::new(&map), &map, Account::All);
    let mut text = String::from("known level top_1 top_3 confidence error\n");
    for kind in &study.accounts {
        let figures = [kind.top_1, kind.top_3, kind.confidence, kind.calibration_error].map(|v| format!("{v:.2}"));
        let level = if kind.level { "yes" } else { "no" };
        writeln!(text, "{} {level} {}", kind.account.as_str(), figures.join(" ")).unwrap();
    }
    text.push_str("known asked refused refused_or_unsure\n");
    for kind in placement::without_routes(&map, Placer::new) {
        let figures = format!("{:.2} {:.2}", kind.refused, kind.refused_or_unsure);
        writeln!(text, "{} {} {figures}", kind.account.as_str(), kind.asked).unwrap();
        // an occupation of an absent route is seldom placed with confidence
        assert!(kind.refused_or_unsure > 0.35, "{kind:?}");
    }
    assert!(study.accounts.iter().all(|kind| kind.calibration_error < 0.15), "{text}");
    insta::assert_snapshot!(text);
}
