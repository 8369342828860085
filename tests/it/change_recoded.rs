//! Occupations under another id: which are taken for one, and which are not.

use tlevel::change::{Changes, RecodedBy, Scope, apply, diff, diff_with_effects_within};
use tlevel::concept::Concepts;
use tlevel::derive::Policy;
use tlevel::map::Map;
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawPathway, RawRoute, RawStandard, RawStatement};

/// Id, title, level, occupation code, reference.
type Row<'r> = (&'r str, &'r str, i64, &'r str, &'r str);

fn map(rows: &[Row<'_>]) -> Map {
    let mut cluster = RawCluster::new("c", "C");
    for (id, title, level, code, reference) in rows {
        let mut occupation = RawOccupation::new(*id, *title, *level);
        occupation.occupation_code = Some((*code).to_owned()).filter(|code| !code.is_empty());
        occupation.standard = (!reference.is_empty()).then(|| RawStandard::new(*reference));
        cluster = cluster.with(occupation);
    }
    let raw = RawMap::new("M").with(RawRoute::new("r", "R").with(RawPathway::new("p", "P").with(cluster)));
    tlevel::check(raw).expect("has a route").map
}

fn recoded(old: &[Row<'_>], new: &[Row<'_>]) -> Vec<(String, String, RecodedBy)> {
    let found = diff(&map(old), &map(new));
    found.recoded.iter().map(|r| (r.from.clone(), r.to.clone(), r.by)).collect()
}

#[test]
#[allow(clippy::too_many_lines, reason = "one table of cases")]
fn which_occupations_are_one() {
    type Case<'c> = (&'c str, &'c [Row<'c>], &'c [Row<'c>], &'c [(&'c str, &'c str, RecodedBy)]);
    let cases: [Case<'_>; 15] = [
        (
            "the id is the other's occupation code, whatever they are called",
            &[("ST0499", "Florist", 3, "OCC0499", "")],
            &[("OCC0499", "Flower arranger", 2, "", "")],
            &[("ST0499", "OCC0499", RecodedBy::Code)],
        ),
        (
            "the codes are spelt in two ways",
            &[("ST0499", "Florist", 3, "occ0499 ", "")],
            &[("OCC0499", "Flower arranger", 2, "", "")],
            &[("ST0499", "OCC0499", RecodedBy::Code)],
        ),
        (
            "both have one code",
            &[("a", "Florist", 3, "OCC0499", "")],
            &[("b", "Flower arranger", 2, "OCC0499", "")],
            &[("a", "b", RecodedBy::Code)],
        ),
        (
            "the id is the other's standard",
            &[("ST0499", "Florist", 3, "", "")],
            &[("b", "Flower arranger", 2, "", "ST0499")],
            &[("ST0499", "b", RecodedBy::Reference)],
        ),
        (
            "the record says that the numbers are not the same",
            &[("ST0499", "Florist", 3, "OCC0777", "")],
            &[("OCC0499", "Fishmonger", 2, "", "")],
            &[],
        ),
        (
            "the numbers alone say little",
            &[("ST0499", "Florist", 3, "", "")],
            &[("OCC0499", "Fishmonger", 3, "", "")],
            &[],
        ),
        (
            "the numbers and a title that is alike",
            &[("ST0499", "Senior florist", 3, "", "")],
            &[("OCC0499", "Florist", 3, "", "")],
            &[("ST0499", "OCC0499", RecodedBy::Number)],
        ),
        (
            "the numbers and the title, at another level",
            &[("ST0499", "Florist", 3, "", "")],
            &[("OCC0499", "florist", 4, "", "")],
            &[("ST0499", "OCC0499", RecodedBy::Number)],
        ),
        (
            "two numbers of one scheme are two occupations",
            &[("ST0499", "Senior florist", 3, "", "")],
            &[("ST0499A", "Florist", 3, "", "")],
            &[],
        ),
        (
            "title and level",
            &[("LARS1", "Fish-monger", 2, "", "")],
            &[("ST0194", "Fish monger", 2, "", "")],
            &[("LARS1", "ST0194", RecodedBy::Title)],
        ),
        (
            "the title at another level",
            &[("LARS1", "Fishmonger", 2, "", "")],
            &[("ST0194", "Fishmonger", 3, "", "")],
            &[],
        ),
        (
            "two of one title",
            &[("a", "Baker", 2, "", "")],
            &[("b", "Baker", 2, "", ""), ("d", "baker", 2, "", "")],
            &[],
        ),
        (
            "two of one title, one of which has its id",
            &[("a", "Baker", 2, "", ""), ("x", "Baker", 2, "", "")],
            &[("x", "Baker", 2, "", ""), ("b", "Baker", 2, "", "")],
            &[("a", "b", RecodedBy::Title)],
        ),
        (
            "one standard of two occupations: the titles tell",
            &[("a", "Chef", 3, "", "ST0500"), ("b", "Cook", 3, "", "ST0500")],
            &[("x", "Cook", 3, "", "ST0500"), ("y", "Chef", 3, "", "ST0500")],
            &[("b", "x", RecodedBy::Title), ("a", "y", RecodedBy::Title)],
        ),
        (
            "the id comes before all",
            &[("OCC0001", "Chef", 3, "", "")],
            &[("OCC0001", "Cook", 4, "", ""), ("ST0001", "Chef", 3, "OCC0001", "")],
            &[],
        ),
    ];
    for (what, old, new, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|(a, b, by)| ((*a).to_owned(), (*b).to_owned(), *by)).collect();
        assert_eq!(recoded(old, new), expected, "{what}");
        let mut turned: Vec<_> = recoded(new, old).into_iter().map(|(a, b, by)| (b, a, by)).collect();
        let mut sorted = expected;
        turned.sort_by(|a, b| a.0.cmp(&b.0));
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(turned, sorted, "{what}, the other way round");
    }
}

#[test]
fn what_differs_of_a_recoded_occupation_is_listed_under_its_new_id() {
    let mut old = map(&[("a", "Florist", 3, "OCC0499", "")]).into_raw();
    let mut new = map(&[("OCC0499", "Flower arranger", 2, "", "")]).into_raw();
    let of = |raw: &mut RawMap, texts: &[&str]| {
        let occupation = &mut raw.routes[0].pathways[0].clusters[0].occupations[0];
        let statement = |(i, text): (usize, &&str)| RawStatement::new(format!("S{i}"), "skill", *text);
        occupation.statements = texts.iter().enumerate().map(statement).collect();
    };
    of(&mut old, &["Tie a bouquet by hand", "Sell plants"]);
    of(&mut new, &["Care for plants", "Tie a bouquet"]);
    let (old, new) = (tlevel::check(old).unwrap().map, tlevel::check(new).unwrap().map);
    let found = diff(&old, &new);
    assert_eq!((found.relevelled[0].id.as_str(), found.retitled[0].from.as_str()), ("OCC0499", "Florist"));
    let reworded: Vec<(&str, &str)> = found.reworded.iter().map(|r| (r.was.as_str(), r.statement.as_str())).collect();
    assert_eq!(reworded, [("S0", "S1")]);
    let lists = [&found.statements_added, &found.statements_removed];
    assert!(lists.iter().all(|list| list.len() == 1 && list[0].occupation == "OCC0499"), "{found:?}");
    assert_eq!((found.summary.recoded, found.summary.relevelled, found.summary.added), (1, 1, 0));
}

#[test]
fn a_scope_takes_in_what_moved_into_or_out_of_it() {
    let raw = tlevel::read(include_bytes!("../../fixtures/maps/consultation.json")).unwrap();
    let old = tlevel::check(raw).unwrap().map;
    let bricklayer = old.occupation("LARS287").unwrap();
    let away = old.clusters().find(|c| c.pathway().route() != bricklayer.pathway().route()).unwrap();
    let changes = format!("change,occupation,cluster\nmove-occupation,LARS287,{}\n", away.id());
    let new = tlevel::check(apply(&old, &Changes::from_csv(&changes).unwrap()).unwrap()).unwrap().map;
    let (before, after, policy) = (Concepts::exact(&old), Concepts::exact(&new), Policy::t_level());
    let within = |pathway: &str| {
        let scope = Scope::pathways([pathway]);
        diff_with_effects_within((&old, &before), (&new, &after), &policy, &policy, &scope).unwrap().changes
    };
    for pathway in [bricklayer.pathway().id(), away.pathway().id()] {
        assert_eq!(within(pathway).moved.len(), 1, "{pathway}");
    }
    let elsewhere = old.pathways().find(|p| ![bricklayer.pathway(), away.pathway()].contains(p)).unwrap();
    let found = within(elsewhere.id());
    assert!(found.is_empty() && found.summary.kept == elsewhere.occupations().len());
}
