//! Laws of the codes of drafts: what stays keeps its code, no code is used twice, and a
//! first draft counts from 1.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tlevel::derive::{Change, Codes, Named, Stem, Tier, ToCode};

fn area(id: u8, tier: Tier) -> ToCode {
    let stem = Stem::Text(if tier == Tier::Route { "R" } else { "P" }.to_owned());
    ToCode {
        names: Named::Area,
        ids: vec![format!("area-{id}")],
        tier,
        under: String::new(),
        text: format!("Area {id}"),
        stem,
    }
}

fn element(place: usize, under: u8, ids: &[u8], text: &str) -> ToCode {
    ToCode {
        names: Named::Item,
        ids: ids.iter().map(|id| format!("k-{id}")).collect(),
        tier: Tier::Route,
        under: format!("area-{under}"),
        text: text.to_owned(),
        stem: Stem::Within { place, before: "", after: "." },
    }
}

/// A draft: areas, each with its tier and elements, each of several ids. No area and
/// no id of an element comes twice.
fn drafts() -> impl Strategy<Value = Vec<Vec<ToCode>>> {
    let element = prop::collection::vec(0_u8..30, 1..3);
    let area = (0_u8..6, any::<bool>(), prop::collection::vec(element, 0..5));
    let draft = prop::collection::vec(area, 0..5).prop_map(|areas| {
        let (mut items, mut seen, mut known) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for (id, is_route, elements) in areas {
            if !known.insert(id) {
                continue;
            }
            let place = items.len();
            items.push(self::area(id, if is_route { Tier::Route } else { Tier::Pathway }));
            for ids in elements {
                let ids: Vec<u8> = ids.into_iter().filter(|id| seen.insert(*id)).collect();
                if !ids.is_empty() {
                    items.push(self::element(place, id, &ids, "text"));
                }
            }
        }
        items
    });
    prop::collection::vec(draft, 1..5)
}

/// The codes of a draft by what they name.
fn by_id(codes: &Codes) -> BTreeMap<(Named, String), String> {
    codes.current().map(|code| ((code.names, code.ids[0].clone()), code.code.clone())).collect()
}

proptest! {
    #[test]
    fn what_stays_keeps_its_code_and_no_code_is_used_twice(drafts in drafts()) {
        let mut owner: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut before: Option<Codes> = None;
        for (number, items) in (1..).zip(drafts) {
            let ids: Vec<Vec<String>> = items.iter().map(|item| item.ids.clone()).collect();
            let codes = Codes::next(before.as_ref(), items);
            prop_assert_eq!(codes.draft(), number);
            let shown: Vec<Vec<String>> = codes.current().map(|code| code.ids.clone()).collect();
            prop_assert_eq!(shown, ids, "the codes are in the order of the draft");
            let all: BTreeSet<&str> = codes.codes().iter().map(|code| &*code.code).collect();
            prop_assert_eq!(all.len(), codes.codes().len());
            if let Some(before) = &before {
                let (was, now) = (by_id(before), by_id(&codes));
                for (of, code) in &was {
                    prop_assert!(now.get(of).is_none_or(|now| now == code), "{of:?} was {code}");
                }
                for code in before.codes() {
                    prop_assert!(all.contains(&*code.code), "{} is forgotten", code.code);
                }
            }
            for code in codes.current() {
                let known = owner.entry(code.code.clone()).or_default();
                prop_assert!(known.is_empty() || code.ids.iter().any(|id| known.contains(id)), "{} is reused", code.code);
                known.extend(code.ids.iter().cloned());
            }
            let json = serde_json::to_string(&codes).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Codes>(&json).unwrap(), &codes);
            before = Some(codes);
        }
    }

    #[test]
    fn a_first_draft_counts_from_1(drafts in drafts()) {
        let mut highest: BTreeMap<String, u32> = BTreeMap::new();
        for code in Codes::next(None, drafts[0].clone()).codes() {
            let stem = code.code.trim_end_matches(|c: char| c.is_ascii_digit());
            let number = highest.entry(stem.to_owned()).or_default();
            *number += 1;
            prop_assert_eq!(&code.code, &format!("{stem}{number}"));
        }
    }

    #[test]
    fn an_equal_draft_changes_nothing(drafts in drafts()) {
        let first = Codes::next(None, drafts[0].clone());
        let second = Codes::next(Some(&first), drafts[0].clone());
        prop_assert_eq!(second.codes(), first.codes());
        prop_assert!(second.changes_since(&first).is_empty());
    }
}

#[test]
fn changes_are_listed_with_their_codes() {
    let first = Codes::next(
        None,
        vec![
            area(1, Tier::Route),
            element(0, 1, &[1], "Ladders."),
            element(0, 1, &[2], "Law."),
            area(2, Tier::Pathway),
            element(3, 2, &[3], "Tools."),
        ],
    );
    let second = Codes::next(
        Some(&first),
        vec![
            area(2, Tier::Route),
            element(0, 2, &[4], "New."),
            element(0, 2, &[3], "Hand tools."),
            element(0, 2, &[2], "Law."),
            area(1, Tier::Route),
        ],
    );
    let shown: Vec<String> = second.changes_since(&first).iter().map(ToString::to_string).collect();
    let expected = [
        "P1 moved: Area 2 (was P1, pathway core)",
        "P1.2 entered: New.",
        "P1.1 reworded: Hand tools. (was: Tools.)",
        "R1.2 moved: Law. (was R1.2, route core)",
        "R1.1 left: Ladders.",
    ];
    assert_eq!(shown, expected);
    // what comes back has its old code
    let third = Codes::next(Some(&second), vec![area(1, Tier::Route), element(0, 1, &[1], "Ladders.")]);
    assert_eq!(third.current().map(|code| &*code.code).collect::<Vec<_>>(), ["R1", "R1.1"]);
    assert_eq!(second.changes_since(&first).iter().filter(|of| of.change == Change::Left).count(), 1);
}

#[test]
fn damaged_codes_give_no_code_twice() {
    let json = r#"{"format": "tlevel-codes", "version": 1, "draft": 4294967295, "codes": [
        {"code": "R18446744073709551615", "names": "area", "ids": ["a"], "tier": "route", "text": ""},
        {"code": "R4294967295", "names": "area", "ids": ["b"], "tier": "route", "text": ""},
        {"code": "R1", "names": "area", "ids": ["c"], "tier": "route", "text": ""},
        {"code": "R1", "names": "area", "ids": ["area-1"], "tier": "route", "text": ""},
        {"code": "", "names": "area", "ids": [], "tier": "route", "text": ""}]}"#;
    let codes: Codes = serde_json::from_str(json).unwrap();
    let next = Codes::next(Some(&codes), vec![area(1, Tier::Route), area(2, Tier::Route)]);
    let shown: Vec<&str> = next.current().map(|code| &*code.code).collect();
    assert_eq!((next.draft(), shown), (u32::MAX, vec!["R4294967296", "R4294967297"]));
}

#[test]
fn an_item_that_changes_tier_without_its_area_has_moved() {
    let at = |tier: Tier, text: &str, place: usize| ToCode { tier, ..element(place, 1, &[7], text) };
    let stays = || element(0, 1, &[8], "stays");
    let first = Codes::next(None, vec![area(1, Tier::Route), stays(), at(Tier::Route, "old", 0)]);
    let alone = vec![area(1, Tier::Route), stays(), area(1, Tier::Pathway), at(Tier::Pathway, "new", 2)];
    let shown =
        |codes: &Codes| -> Vec<String> { codes.changes_since(&first).iter().map(ToString::to_string).collect() };
    let second = Codes::next(Some(&first), alone);
    assert_eq!(
        shown(&second),
        ["P1 entered: Area 1", "R1.2 moved: new (was R1.2, route core)", "R1.2 reworded: new (was: old)"]
    );
    // with its area, that alone is said
    let first_item = ToCode { tier: Tier::Pathway, ..stays() };
    let pathway = vec![area(1, Tier::Pathway), first_item, at(Tier::Pathway, "old", 0)];
    assert_eq!(shown(&Codes::next(Some(&first), pathway)), ["R1 moved: Area 1 (was R1, route core)"]);
}

#[test]
fn an_outcome_keeps_the_code_under_which_most_of_its_content_was() {
    let outcome = |ids: &[u8]| ToCode {
        names: Named::Outcome,
        tier: Tier::Specialism,
        stem: Stem::Text("PO1.".to_owned()),
        ..element(0, 1, ids, "Outcome")
    };
    let first = Codes::next(None, vec![outcome(&[1, 2, 3]), outcome(&[4, 5]), outcome(&[6, 7, 8])]);
    // the first skill of the second now comes first in what was the third
    let second = Codes::next(Some(&first), vec![outcome(&[1, 2, 3]), outcome(&[4, 6, 7]), outcome(&[5, 9])]);
    let shown: Vec<&str> = second.current().map(|code| &*code.code).collect();
    assert_eq!(shown, ["PO1.1", "PO1.3", "PO1.2"]);
}
