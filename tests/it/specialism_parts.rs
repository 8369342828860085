//! Specialised content as parts with performance outcomes: each item once.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tlevel::concept::Concepts;
use tlevel::derive::{Policy, SpecialismPart, Specification};
use tlevel::map::{Kind, Map};
use tlevel::read::{RawCluster, RawDuty, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement};

use crate::{generated, generated_topics};

/// The parts of the first programme of a map with one pathway.
fn parts(occupations: Vec<RawOccupation>) -> Vec<SpecialismPart> {
    let cluster = occupations.into_iter().fold(RawCluster::new("cluster", "C"), RawCluster::with);
    let pathway = RawPathway::new("p", "P").with(cluster);
    let map = tlevel::check(RawMap::new("M").with(RawRoute::new("r", "R").with(pathway))).unwrap().map;
    let concepts = Concepts::exact(&map);
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    Specification::of(&map, &concepts, &derivation, "p").unwrap().parts
}

fn occupation(id: &str, statements: &[(&str, &str, &str)]) -> RawOccupation {
    let mut occupation = RawOccupation::new(id, format!("Title of {id}"), 3);
    for (id, text, option) in statements {
        let kind = if id.starts_with('K') {
            "knowledge"
        } else if id.starts_with('S') {
            "skill"
        } else {
            "behaviour"
        };
        let mut statement = RawStatement::new(*id, kind, *text);
        statement.option.0.extend((!option.is_empty()).then(|| (*option).to_owned()));
        occupation.statements.push(statement);
    }
    occupation
}

/// Titles of outcomes with how much knowledge and how many skills each has.
fn shown(part: &SpecialismPart) -> Vec<String> {
    let outcome = |o: &tlevel::derive::PerformanceOutcome| {
        format!("{} {} {}+{}", o.title, o.knowledge.len(), o.skills.len(), o.cites.len())
    };
    part.outcomes.iter().map(outcome).collect()
}

#[test]
fn duties_are_outcomes_and_hold_what_they_cite_first() {
    let mut own = occupation(
        "a",
        &[
            ("K1", "Kinds of flour", ""),
            ("S1", "Weigh flour", ""),
            ("S2", "Knead dough", ""),
            ("S3", "Clean the oven", ""),
            ("B1", "Is careful", ""),
        ],
    );
    own.duties = vec![
        RawDuty::new("D1", "Prepare dough for baking, such as bread.", ["K1", "S1", "B1"]),
        RawDuty::new("D2", "Duty 2", ["S3"]),
        RawDuty::new("D3", "Knead", ["S1", "S2"]),
    ];
    let parts = parts(vec![own, occupation("b", &[("S1", "Fry fish", "")])]);
    assert_eq!(shown(&parts[0]), ["Prepare dough for baking, such as bread 1 1+1", "Knead 0 1+1"]);
    let duty = parts[0].outcomes[0].duty.as_ref().unwrap();
    assert_eq!((&*duty.occupation, &*duty.id), ("a", "D1"));
    assert!(!parts[0].is_proposed);
    // a placeholder is no outcome, so what only it cites is further content
    assert_eq!((parts[0].further.len(), parts[0].behaviours.len()), (1, 1));
    // without duties they are proposed, from skills
    assert!(parts[1].is_proposed);
    assert_eq!(shown(&parts[1]), ["Fry fish 0 1+0"]);
}

#[test]
fn what_options_share_is_one_part() {
    let mut baker = occupation(
        "a",
        &[("K1", "Kinds of flour", ""), ("S1", "Shape loaves", "O1"), ("S2", "Fill cakes", "O2"), ("S3", "Weigh", "")],
    );
    baker.options = vec![RawOption::new("O1", "Bread"), RawOption::new("O2", "Cakes")];
    baker.duties = vec![RawDuty::new("D1", "Weigh flour", ["S3"]), RawDuty::new("D2", "Bake bread", ["S1"])];
    baker.duties[1].options.push("O1".to_owned());
    let parts = parts(vec![baker, occupation("b", &[("S1", "Fry fish", "")])]);
    let places: Vec<&[usize]> = parts.iter().map(|part| &*part.specialisms).collect();
    assert_eq!(places, [&[0, 1][..], &[0], &[1], &[2]]);
    let titles: Vec<&str> = parts.iter().map(|part| &*part.title).collect();
    assert_eq!(titles, ["Title of a", "Title of a: Bread", "Title of a: Cakes", "Title of b"]);
    assert_eq!(shown(&parts[0]), ["Weigh flour 0 1+0"]);
    assert_eq!(shown(&parts[1]), ["Bake bread 0 1+0"]);
    // no duty is for cakes alone
    assert_eq!((parts[2].is_proposed, shown(&parts[2])), (true, vec!["Fill cakes 0 1+0".to_owned()]));
    assert_eq!(parts[0].further.len(), 1);
}

#[test]
fn nearly_the_same_specialisms_could_be_one() {
    let statements = |own: &'static str| {
        let shared = ["Weigh", "Mix", "Bake", "Cool", "Pack"];
        let shared = shared.iter().zip(["S1", "S2", "S3", "S4", "S5"]).map(|(text, id)| (id, *text, ""));
        shared.chain([("S6", own, "")]).collect::<Vec<_>>()
    };
    let (a, b) = (occupation("a", &statements("Ice")), occupation("b", &statements("Ice")));
    let mut c = occupation("c", &statements("Fry"));
    c.statements.truncate(3);
    // of a policy by which nothing is core
    let cluster = RawCluster::new("cluster", "C").with(a).with(b).with(c);
    let pathway = RawPathway::new("p", "P").with(cluster);
    let map = tlevel::check(RawMap::new("M").with(RawRoute::new("r", "R").with(pathway))).unwrap().map;
    let concepts = Concepts::exact(&map);
    let mut policy = Policy::t_level();
    policy.min_sharers = 4;
    let derivation = tlevel::derive(&map, &concepts, &policy).unwrap();
    let alike = Specification::of(&map, &concepts, &derivation, "p").unwrap().alike;
    let found: Vec<_> = alike.iter().map(|of| (of.specialisms, of.both, of.either)).collect();
    assert_eq!(found, [([0, 1], 6, 6)]);
}

#[test]
fn a_core_item_is_printed_in_its_most_general_wording() {
    let texts = ["The carpenter works safely on site", "The joiner works safely on site", "Works safely on site"];
    let cluster = texts
        .iter()
        .zip(["a", "b", "c"])
        .fold(RawCluster::new("cluster", "C"), |cluster, (text, id)| cluster.with(occupation(id, &[("K1", text, "")])));
    let pathway = RawPathway::new("p", "P").with(cluster);
    let map = tlevel::check(RawMap::new("M").with(RawRoute::new("r", "R").with(pathway))).unwrap().map;
    let rows = "occupation,statement,concept,label\na,K1,safe,\nb,K1,safe,\nc,K1,safe,\n";
    let concepts = Concepts::from_csv(&map, rows).unwrap();
    let derivation = tlevel::derive(&map, &concepts, &Policy::t_level()).unwrap();
    let specification = Specification::of(&map, &concepts, &derivation, "p").unwrap();
    let item = &specification.programme.pathway_core[0];
    assert_eq!(specification.text(item), texts[2]);
    assert_eq!(specification.quoted(item).map(|s| s.occupation.as_str()), Some("c"));
}

/// Every item of every specialism is in one of its parts, once.
fn each_item_once(map: &Map, concepts: &Concepts, policy: &Policy) -> Result<(), TestCaseError> {
    let derivation = tlevel::derive(map, concepts, policy).unwrap();
    for programme in &derivation.programmes {
        let specification = Specification::of(map, concepts, &derivation, &programme.pathway.id).unwrap();
        for (place, specialism) in programme.specialisms.iter().enumerate() {
            let kinds: BTreeMap<&str, Kind> = specialism.items().map(|item| (&*item.concept, item.kind)).collect();
            let mut found: BTreeSet<&str> = BTreeSet::new();
            for part in specification.parts.iter().filter(|part| part.specialisms.contains(&place)) {
                for concept in part.concepts() {
                    prop_assert!(found.insert(concept), "{} is twice in specialism {}", concept, place);
                }
                prop_assert!(!part.is_proposed || part.outcomes.len() <= 5);
                for outcome in &part.outcomes {
                    prop_assert!(outcome.knowledge.iter().all(|c| kinds.get(&**c) == Some(&Kind::Knowledge)));
                    prop_assert!(outcome.skills.iter().all(|c| kinds.get(&**c) == Some(&Kind::Skill)));
                    prop_assert!(outcome.duty.is_some() || !outcome.skills.is_empty());
                    prop_assert!(outcome.title.chars().count() <= 91, "{}", outcome.title);
                }
                let is_skill = |c: &String| kinds.get(&**c) == Some(&Kind::Skill);
                prop_assert!(!part.is_proposed || !part.further.iter().any(is_skill), "every skill is in a proposal");
            }
            prop_assert_eq!(&found, &kinds.keys().copied().collect::<BTreeSet<_>>());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_specialised_item_is_in_one_part(raw in generated::map(), policy in generated::policy(), by_topic: bool) {
        let map = tlevel::check(raw).unwrap().map;
        let concepts = Concepts::exact(&map);
        let concepts = if by_topic { generated_topics::over(&map, concepts, 0) } else { concepts };
        let mut policy = policy;
        policy.share = None;
        each_item_once(&map, &concepts, &policy)?;
    }
}
