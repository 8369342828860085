//! Finding branches and occupations by what people call them.

use tlevel::map::{BranchTier, FindError, Map};
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute};

/// A route and a pathway that share their last step, two pathways of one name,
/// and a title that two occupations have.
fn map() -> Map {
    let occupation = |id: &str, title: &str| RawOccupation::new(id, title, 3);
    let care = RawCluster::new("care/care/homes", "Homes").with(occupation("o1", "Carer"));
    let trade = RawCluster::new("trade/sales/shops", "Sales").with(occupation("o2", "Carer"));
    let export = RawCluster::new("export/sales/ports", "Ports").with(occupation("o3", "Docker & stevedore"));
    let raw = RawMap::new("Names")
        .with(RawRoute::new("care", "Social care").with(RawPathway::new("care/care", "Care services").with(care)))
        .with(RawRoute::new("trade", "Trade").with(RawPathway::new("trade/sales", "Sales").with(trade)))
        .with(RawRoute::new("export", "Export").with(RawPathway::new("export/sales", "Sales").with(export)));
    tlevel::check(raw).unwrap().map
}

#[test]
fn ids_names_and_last_steps_are_found_and_the_tier_decides() {
    let map = map();
    assert_eq!(map.find_branch("care").unwrap().tier(), BranchTier::Route, "an id comes first");
    for name in ["care/care", "care", "Care Services", " CARE services ", "CARE"] {
        assert_eq!(map.find_pathway(name).unwrap().id(), "care/care", "{name}");
    }
    for name in ["care", "social care", "SOCIAL CARE"] {
        assert_eq!(map.find_route(name).unwrap().id(), "care", "{name}");
    }
    assert_eq!(map.find_cluster("homes").unwrap().id(), "care/care/homes");
    assert_eq!(map.find_occupation("docker and stevedore").unwrap().id(), "o3");
    assert_eq!(map.find_occupation(" o1 ").unwrap().title(), "Carer");
    // a pathway holds the cluster of its name, but two pathways do not hold each other
    let ids = |name: &str| map.branches_called(name).iter().map(|b| b.id().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids("Sales"), ["trade/sales", "export/sales", "trade/sales/shops"]);
    assert_eq!(map.pathways_called("sales").len(), 2);
}

#[test]
fn a_miss_says_what_was_meant() {
    let map = map();
    let messages = [
        map.find_pathway("Care servces").unwrap_err(),
        map.find_pathway("zoology").unwrap_err(),
        map.find_pathway("Sales").unwrap_err(),
        map.find_branch("sales").unwrap_err(),
        map.find_route("Soical care").unwrap_err(),
        map.find_occupation("carer").unwrap_err(),
        map.find_occupation("Docker and stevdore").unwrap_err(),
    ]
    .map(|error| error.to_string());
    assert_eq!(
        messages,
        [
            "the map has no pathway \"Care servces\": did you mean \"Care services\"?",
            "the map has no pathway \"zoology\"",
            "several are called \"Sales\"; give the id of one: trade/sales, export/sales",
            "several are called \"sales\"; give the id of one: trade/sales, export/sales, trade/sales/shops",
            "the map has no route \"Soical care\": did you mean \"Social care\"?",
            "several are called \"carer\"; give the id of one: o1, o2",
            "the map has no occupation \"Docker and stevdore\": did you mean \"Docker & stevedore\"?",
        ]
    );
}

#[test]
fn what_was_set_aside_is_known() {
    let bad = RawOccupation::new("o9", "Astronaut", 9);
    let good = RawOccupation::new("o1", "Carer", 3);
    let cluster = RawCluster::new("c", "Homes").with(bad).with(good);
    let route = RawRoute::new("r", "Care").with(RawPathway::new("p", "Care services").with(cluster));
    let map = tlevel::check(RawMap::new("Names").with(route)).unwrap().map;
    let error = map.find_occupation("o9").unwrap_err();
    assert!(matches!(error, FindError::SetAside { .. }));
    assert_eq!(error.to_string(), "occupation \"o9\" is not placed on the map (bad-record); run: tlevel check");
}
