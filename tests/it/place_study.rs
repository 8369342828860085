//! How accurate suggestions are on the bundled map, by how much is known, and what is
//! refused.

use tlevel::place::{Account, Placer};
use tlevel::study::placement;

#[test]
fn confidence_and_refusal_on_the_bundled_map() {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
    let map = tlevel::check(raw).unwrap().map;
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
