//! Why a concept is core, with and without decisions.

use tlevel::derive::{Holders, Policy, Tier};
use tlevel::harmonise::Measure;
use tlevel::review::{Decisions, ExplainedPlace, Explanation, apply_decisions, explain};

use crate::review_rules::{concepts, map};

/// What an explanation says of `law`, pathway by pathway.
fn places(lines: &str, rows: &str) -> Vec<ExplainedPlace> {
    let (map, policy) = (map(lines), Policy::t_level());
    let decisions = Decisions::from_csv(&format!("concept id,decision,pathway,tier\n{rows}")).unwrap();
    let reviewed = apply_decisions(&map, &concepts(&map), &policy, &decisions).unwrap();
    assert!(reviewed.conflicts.is_empty(), "{:?}", reviewed.conflicts);
    let measure = Measure::new(&map);
    let holders = Holders::new(&map, &reviewed.concepts, &policy).unwrap().with_decisions(reviewed.tiers.clone());
    let law = reviewed.concepts.iter().find(|concept| concept.id() == "law").unwrap().index();
    let explanation = explain(&measure, &reviewed.concepts, &holders, &reviewed.derivation, law).unwrap();
    let json = serde_json::to_string(&explanation).unwrap();
    assert_eq!(serde_json::from_str::<Explanation>(&json).unwrap(), explanation, "it reads back");
    explanation.places
}

/// A case: the map, the review, and the tier and the sentence of each pathway.
type Case = (&'static str, &'static str, &'static [(Option<Tier>, &'static str)]);

const SHARED: &str = "p1 a law\n p1 b law\n p2 c law\n p2 d tax";
const CASES: &[Case] = &[
    (
        SHARED,
        "",
        &[
            (Some(Tier::Pathway), "stays core unless 1 of the 2 loses it"),
            (Some(Tier::NearMiss), "would be core if 1 more had it"),
        ],
    ),
    (
        SHARED,
        "law,drop,p1,\n",
        &[
            (None, "was dropped by decision; the counts alone would make it core"),
            (Some(Tier::NearMiss), "would be core if 1 more had it"),
        ],
    ),
    (
        SHARED,
        "law,drop,p2,\n",
        &[
            (Some(Tier::Pathway), "stays core unless 1 of the 2 loses it"),
            (None, "was dropped by decision; the counts alone would not make it core: 1 more would need it"),
        ],
    ),
    (
        SHARED,
        "law,specialism,p1,\n",
        &[
            (Some(Tier::Specialism), "is left to specialisms by decision; the counts alone would make it core"),
            (Some(Tier::NearMiss), "would be core if 1 more had it"),
        ],
    ),
    (
        SHARED,
        "law,pathway core,p2,\n",
        &[
            (Some(Tier::Pathway), "stays core unless 1 of the 2 loses it"),
            (
                Some(Tier::Pathway),
                "is pathway core by decision; the counts alone would not make it core: 1 more would need it",
            ),
        ],
    ),
    // what one pathway makes route core is decided for its siblings too
    (
        SHARED,
        "law,route core,p1,\n",
        &[
            (Some(Tier::Route), "is route core by decision; the counts alone would make it core"),
            (
                Some(Tier::Route),
                "is route core by decision; the counts alone would not make it core: 1 more would need it",
            ),
        ],
    ),
    (
        "p1 a law",
        "law,pathway core,,\n",
        &[(
            Some(Tier::Pathway),
            "is pathway core by decision; the counts alone would not make it core: 2 occupations would need it, but only 1 counts here",
        )],
    ),
];

#[test]
fn decisions_are_explained() {
    for (lines, rows, expected) in CASES {
        let places = places(lines, rows);
        let found: Vec<_> = places.iter().map(|place| (place.role, place.change.as_str())).collect();
        assert_eq!(&found[..], *expected, "{rows}");
        for place in &places {
            assert_eq!(place.decided, place.change.contains("by decision"), "{rows}");
        }
    }
}

#[test]
fn json_says_what_was_dropped() {
    let dropped = &places(SHARED, "law,drop,p1,\n")[0];
    let json = serde_json::to_value(dropped).unwrap();
    assert_eq!((json["role"].as_str(), json["decided"].as_bool()), (Some("dropped"), Some(true)));
    let counted = serde_json::to_value(&places(SHARED, "")[0]).unwrap();
    assert_eq!((counted["role"].as_str(), counted.get("decided")), (Some("pathway-core"), None));
}
