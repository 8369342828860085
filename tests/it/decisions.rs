//! A panel's decisions on the bundled map: what each does, and what is said of
//! those that do not fit.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use tlevel::concept::Concepts;
use tlevel::derive::{Derivation, Grouping, Item, Policy, Programme, Tier, derive_with};
use tlevel::map::Map;
use tlevel::review::{Decisions, Reviewed, apply_decisions};

const ONSITE: &str = "construction/onsite-construction";
const HEADER: &str = "concept id,tier,decision,merge with,comment,pathway,number\n";

/// The bundled map with its concepts.
fn bundled() -> &'static (Map, Concepts) {
    static BUNDLED: OnceLock<(Map, Concepts)> = OnceLock::new();
    BUNDLED.get_or_init(|| {
        let raw = tlevel::read(include_bytes!("../../fixtures/maps/england.json")).unwrap();
        let map = tlevel::check(raw).unwrap().map;
        let concepts = Concepts::from_csv(&map, include_str!("../../fixtures/maps/england-concepts.csv")).unwrap();
        (map, concepts)
    })
}

fn derivation(policy: &Policy) -> Derivation {
    let (map, concepts) = bundled();
    tlevel::derive(map, concepts, policy).unwrap()
}

fn review(derivation: &Derivation, rows: &str) -> Reviewed {
    let (map, concepts) = bundled();
    let decisions = Decisions::from_csv(&format!("{HEADER}{rows}")).unwrap();
    apply_decisions(map, concepts, &derivation.policy, &decisions).unwrap()
}

/// What a review makes of a derivation, and the conflicts in words.
fn reviewed(derivation: &Derivation, rows: &str) -> (Derivation, Vec<String>) {
    let reviewed = review(derivation, rows);
    (reviewed.derivation, reviewed.conflicts.iter().map(ToString::to_string).collect())
}

fn applied(derivation: &Derivation, rows: &str) -> Derivation {
    let (derivation, conflicts) = reviewed(derivation, rows);
    assert_eq!(conflicts, [""; 0]);
    derivation
}

fn onsite(derivation: &Derivation) -> &Programme {
    derivation.programme(ONSITE).unwrap()
}

fn find<'i>(items: &'i [Item], concept: &str) -> Option<&'i Item> {
    items.iter().find(|item| item.concept == concept)
}

fn specialised<'p>(programme: &'p Programme, concept: &str) -> Vec<&'p str> {
    let has = |s: &&tlevel::derive::Specialism| {
        find(&s.content, concept).is_some() || s.adds.iter().any(|a| find(&a.content, concept).is_some())
    };
    programme.specialisms.iter().filter(has).map(|s| s.title.as_str()).collect()
}

fn of_route<'d>(derivation: &'d Derivation, route: &'d str) -> impl Iterator<Item = &'d Programme> {
    derivation.programmes.iter().filter(move |p| p.route.id == route)
}

fn decided_notes(programme: &Programme) -> Vec<&str> {
    programme.notes.iter().filter(|n| n.code == tlevel::derive::NoteCode::Decided).map(|n| n.message.as_str()).collect()
}

#[test]
fn an_unchanged_review_changes_nothing() {
    for policy in [Policy::t_level(), Policy::panel()] {
        let before = derivation(&policy);
        let item = |tier: &str, concept: &str| format!("{concept},{tier},,,a comment,,\n{concept},{tier},keep,,,,\n");
        let mut rows = String::new();
        for p in &before.programmes {
            p.route_core.iter().for_each(|i| rows.push_str(&item("route core", &i.concept)));
            p.pathway_core.iter().for_each(|i| rows.push_str(&item("pathway core", &i.concept)));
            p.near_misses.iter().for_each(|i| rows.push_str(&item("near miss", &i.concept)));
        }
        let after = applied(&before, &rows);
        assert_eq!(serde_json::to_string(&after).unwrap(), serde_json::to_string(&before).unwrap());
    }
}

#[test]
fn route_core_leaves_for_the_pathway_core_of_those_that_hold_it() {
    let before = derivation(&Policy::t_level());
    let law = onsite(&before).route_core[0].concept.clone();
    let after = applied(&before, &format!("{law},route core,pathway core,,not for all,,K1\n"));
    for (was, is) in of_route(&before, "construction").zip(of_route(&after, "construction")) {
        assert!(find(&was.route_core, &law).is_some() && find(&is.route_core, &law).is_none());
        if is.counting.is_empty() {
            assert!(find(&is.pathway_core, &law).is_none());
            continue;
        }
        let item = find(&is.pathway_core, &law).expect("every counting pathway holds it");
        assert_eq!((item.support.have, item.support.of), (is.counting.len(), is.counting.len()));
        let here: BTreeSet<&str> = is.counting.iter().map(|o| o.id.as_str()).collect();
        assert_eq!(item.statements.iter().map(|s| s.occupation.as_str()).collect::<BTreeSet<_>>(), here);
        assert!(!item.also_in.is_empty() && !item.also_in.contains(&is.pathway.id));
    }
    assert_eq!(
        decided_notes(onsite(&after)),
        [
            "moved from route core to pathway core: \"Health and safety law in construction\" (K1), as decided in line 2: \
          not for all"
        ]
    );
    // nothing else has changed
    for (was, is) in before.programmes.iter().zip(&after.programmes).filter(|(p, _)| p.route.id != "construction") {
        assert_eq!(was, is);
    }
}

#[test]
fn what_leaves_the_route_core_and_goes_back_is_as_it_was() {
    let before = derivation(&Policy::t_level());
    let law = onsite(&before).route_core[0].clone();
    let mut there = review(&before, &format!("{},route core,pathway core,,,,\n", law.concept));
    let (map, _) = bundled();
    let concept = there.concepts.iter().find(|c| c.id() == law.concept).unwrap().index();
    there.tiers.set(map.pathway(ONSITE).unwrap().index(), concept, Tier::Route);
    let back = derive_with(map, &there.concepts, &before.policy, &there.tiers).unwrap();
    assert_eq!(back, before);
}

#[test]
fn pathway_core_is_left_to_the_specialisms_that_have_it() {
    for grouping in [Grouping::Unit, Grouping::Cluster] {
        let mut policy = Policy::panel();
        policy.grouping = grouping;
        let before = derivation(&policy);
        let programme = before.programmes.iter().find(|p| !p.pathway_core.is_empty() && p.counting.len() > 2).unwrap();
        let item = programme.pathway_core[0].clone();
        let after =
            applied(&before, &format!("{},pathway core,specialism,,,{},K1\n", item.concept, programme.pathway.id));
        let is = after.programme(&programme.pathway.id).unwrap();
        assert!(find(&is.pathway_core, &item.concept).is_none());
        for specialism in &is.specialisms {
            let has = |o: &String| item.statements.iter().any(|s| s.occupation == *o);
            let all = specialism.occupations.iter().all(has);
            let any = specialism.occupations.iter().any(has);
            assert_eq!(find(&specialism.content, &item.concept).is_some(), all, "{}", specialism.title);
            for add in &specialism.adds {
                assert_eq!(find(&add.content, &item.concept).is_some(), any && !all && has(&add.occupation));
            }
        }
        for (was, is) in before.programmes.iter().zip(&after.programmes).filter(|(p, _)| *p != programme) {
            assert_eq!(was, is, "the decision is for one pathway");
        }
    }
}

#[test]
fn dropped_content_is_gone() {
    let before = derivation(&Policy::t_level());
    let law = onsite(&before).route_core[0].concept.clone();
    let after = applied(&before, &format!("{law},,drop,,,,\n"));
    for p in of_route(&after, "construction") {
        assert!(find(&p.route_core, &law).is_none() && find(&p.pathway_core, &law).is_none());
        assert!(specialised(p, &law).is_empty());
        assert_eq!(decided_notes(p).len(), 1);
    }
    assert_eq!(
        decided_notes(onsite(&after)),
        [format!("dropped from route core: \"Health and safety law in construction\" ({law}), as decided in line 2")]
    );
}

#[test]
fn near_misses_become_core() {
    let before = derivation(&Policy::panel());
    let is_pathway = |n: &&tlevel::derive::NearMiss| n.tier == Tier::Pathway;
    let (programme, near) = (before.programmes.iter())
        .find_map(|p| p.near_misses.iter().find(is_pathway).map(|n| (p, n)))
        .expect("the panel's view has near misses");
    let (pathway, concept) = (&programme.pathway.id, &near.concept);
    assert!(!specialised(programme, concept).is_empty());
    let after = applied(&before, &format!("{concept},near miss,pathway core,,,{pathway},\n"));
    let is = after.programme(pathway).unwrap();
    let item = find(&is.pathway_core, concept).unwrap();
    assert_eq!(item.support, near.support);
    let occupations: BTreeSet<&str> = item.statements.iter().map(|s| s.occupation.as_str()).collect();
    assert_eq!(occupations.len(), near.support.have);
    assert!(specialised(is, concept).is_empty());
    assert!(is.near_misses.iter().all(|n| n.concept != *concept));
    // left where it is, it is no longer a near miss; dropped, it is gone
    let left = applied(&before, &format!("{concept},near miss,specialism,,,{pathway},\n"));
    let left = left.programme(pathway).unwrap();
    assert_eq!(specialised(left, concept), specialised(programme, concept));
    assert!(left.near_misses.iter().all(|n| n.concept != *concept));
    assert!(decided_notes(left)[0].starts_with("left to specialisms, no longer a near miss: "));
    let gone = applied(&before, &format!("{concept},near miss,drop,,,{pathway},\n"));
    assert!(specialised(gone.programme(pathway).unwrap(), concept).is_empty());
}

#[test]
fn merged_concepts_have_the_statements_of_both() {
    let before = derivation(&Policy::panel());
    // a core item and a specialism's, of one kind
    let (programme, core, other) = (before.programmes.iter())
        .find_map(|p| {
            let core = p.pathway_core.first()?;
            let special = p.specialisms.iter().flat_map(|s| &s.content);
            let is_other = |i: &&Item| {
                i.kind == core.kind
                    && i.statements.iter().any(|s| core.statements.iter().all(|c| c.occupation != s.occupation))
            };
            Some((p, core, special.clone().find(is_other)?))
        })
        .expect("there is such a pair");
    let pathway = &programme.pathway.id;
    // whichever of the two says so
    for (a, b) in [(core, other), (other, core)] {
        let after = applied(&before, &format!("{},,merge with,{},same thing,{pathway},\n", a.concept, b.concept));
        let is = after.programme(pathway).unwrap();
        let item = find(&is.pathway_core, &core.concept).unwrap();
        assert_eq!(item.text, core.text);
        assert_eq!(item.statements.len(), core.statements.len() + other.statements.len());
        assert!(item.support.have > core.support.have && item.support.of == core.support.of);
        assert_eq!(is.pathway_core.len(), programme.pathway_core.len());
        assert!(find(&is.pathway_core, &other.concept).is_none() && specialised(is, &other.concept).is_empty());
        assert!(specialised(is, &core.concept).is_empty());
        // the route's other pathways still have the other concept on its own
        let mut of_pathway = is.near_misses.iter().filter(|n| n.tier == Tier::Pathway);
        assert!(of_pathway.all(|n| n.concept != other.concept));
        let [note] = decided_notes(is)[..] else { panic!("one note") };
        assert!(note.starts_with("merged \"") && note.ends_with("as decided in line 2: same thing"), "{note}");
    }
}

#[test]
fn a_number_names_an_item_of_the_review_and_merges_chain() {
    let before = derivation(&Policy::t_level());
    let core: Vec<&Item> = onsite(&before).route_core.iter().collect();
    let same_kind: Vec<&Item> = core.iter().copied().filter(|i| i.kind == core[0].kind).take(3).collect();
    let [a, b, c] = same_kind[..] else { panic!("three of a kind") };
    let rows = format!(
        "{},route core,pathway core,,,,K1\n{},route core,merge with,k1,,,K2\n{},route core,merge with,K2,,,K3\n",
        a.concept, b.concept, c.concept
    );
    let after = applied(&before, &rows);
    let is = onsite(&after);
    let item = find(&is.pathway_core, &a.concept).unwrap();
    assert_eq!(is.route_core.len(), core.len() - 3);
    assert!([b, c].iter().all(|i| find(&is.pathway_core, &i.concept).is_none()));
    let here = |i: &Item| i.statements.iter().filter(|s| is.counting.iter().any(|o| o.id == s.occupation)).count();
    assert!(item.statements.len() <= here(a) + here(b) + here(c) && item.statements.len() > here(a));
    assert_eq!(decided_notes(is).len(), 3);
}

#[test]
fn conflicts_say_where_and_what() {
    let before = derivation(&Policy::t_level());
    let core = &onsite(&before).route_core;
    let knowledge = &core.iter().find(|i| i.kind == tlevel::map::Kind::Knowledge).unwrap().concept;
    let behaviour = &core.iter().find(|i| i.kind == tlevel::map::Kind::Behaviour).unwrap().concept;
    let typo = format!("{knowledge}x");
    for (rows, told) in [
        (
            "k-none,,drop,,,,\n".to_owned(),
            vec!["line 2: k-none: no programme has such a concept; not applied".to_owned()],
        ),
        (
            format!("{typo},,drop,,,,\n"),
            vec![format!(
                "line 2: {typo}: no programme has such a concept (did you mean \"{knowledge}\"?); not applied"
            )],
        ),
        (
            format!("{knowledge},,drop,,,,\n{knowledge},,specialism,,,,\n"),
            vec![
                format!("line 2: {knowledge}: \"drop\" here, but \"specialism\" in line 3; not applied"),
                format!("line 3: {knowledge}: \"specialism\" here, but \"drop\" in line 2; not applied"),
            ],
        ),
        (
            format!("{knowledge},pathway core,drop,,,,\n"),
            vec![format!("line 2: {knowledge}: the review has it as pathway core; it is now route core; not applied")],
        ),
        (
            format!("{knowledge},,merge with,{knowledge},,,\n"),
            vec![format!("line 2: {knowledge}: it cannot be merged with itself; not applied")],
        ),
        (
            format!("{knowledge},,merge with,{behaviour},,,\n"),
            vec![format!(
                "line 2: {knowledge} is knowledge and {behaviour} is a behaviour: they cannot be merged; not applied"
            )],
        ),
        (
            format!("{knowledge},,merge with,K99,,,\n"),
            vec![format!(
                "line 2: {knowledge}: \"K99\" is neither a number of the review nor a concept of a programme; not applied"
            )],
        ),
        (
            format!("{knowledge},,drop,,,construction/onsight-construction,\n"),
            vec![format!(
                "line 2: {knowledge}: there is no programme for the pathway \"construction/onsight-construction\" (did \
                 you mean \"{ONSITE}\"?); not applied"
            )],
        ),
        (
            format!("{knowledge},,drop,,,,\n{},,merge with,{knowledge},,,\n", core[1].concept),
            vec![format!(
                "line 3: {}: {knowledge} is dropped (line 2), so there is nothing to merge with; not applied",
                core[1].concept
            )],
        ),
    ] {
        let (after, conflicts) = reviewed(&before, &rows);
        assert_eq!(conflicts, told, "{rows}");
        let dropped = conflicts[0].starts_with("line 3") && rows.starts_with(knowledge.as_str());
        assert!(dropped || after == before, "what does not fit changes nothing: {rows}");
    }
    // the same decision twice is one
    let twice = format!("{knowledge},,drop,,,,\n{knowledge},route core,drop,,,,\n");
    assert_eq!(decided_notes(onsite(&applied(&before, &twice))).len(), 1);
    // a decision about what was merged into another
    let rows = format!("{},,drop,,,,\n{knowledge},,merge with,{},,,\n", core[1].concept, core[2].concept);
    let (_, conflicts) = reviewed(&before, &rows);
    assert_eq!(conflicts, [""; 0], "three concepts, two decisions");
    let rows = format!("{},,specialism,,,,\n{knowledge},,merge with,{},,,\n", core[1].concept, core[1].concept);
    let (_, conflicts) = reviewed(&before, &rows);
    assert_eq!(conflicts, [""; 0], "of equals the one to merge with keeps its name");
}

#[test]
fn reviews_that_cannot_be_read() {
    for (text, message) in [
        (
            "number,comment\n",
            "line 1: the column \"concept id\" is missing; a review has the columns concept id, decision (and may have \
             number, tier, merge with, new wording, comment, pathway, made with, text, text mark); found: \"number\", \"comment\"",
        ),
        (
            "concept id,decision\nk,dropp\n",
            "line 2: \"dropp\" is no decision; write keep, route core, pathway core, specialism, drop or merge with, or \
             leave the cell empty: did you mean \"drop\"?",
        ),
        (
            "concept id,decision,tier\nk,drop,core\n",
            "line 2: \"core\" is no tier; write route core, pathway core, group core, specialism or near miss",
        ),
        (
            "concept id,decision\n,drop\n",
            "line 2: \"drop\" is decided, but the row has no concept id; fill it in or remove the decision",
        ),
        (
            "concept id,decision,merge with\nk,merge with,\n",
            "line 2: the cell \"merge with\" is empty; name an item's number or a concept id, or decide otherwise",
        ),
        (
            "concept id,decision,merge with\nk,,K1\n",
            "line 2: names K1 to merge with, but the decision is empty; choose \"merge with\", or empty it",
        ),
        (
            "concept id,decision,merge with\nk,drop,K1\n",
            "line 2: names K1 to merge with, but the decision is \"drop\"; choose \"merge with\", or empty it",
        ),
        (
            "number,concept id,decision,merge with\nK1,a,,\nK1,b,,\nK2,c,merge with,K1\n",
            "line 4: \"K1\" is the number of more than one item; name the concept id",
        ),
        (
            "concept id,decision\nk,keep,x\n",
            "line 2: the row has 3 cells, the header 2; put a text that holds the delimiter in quotes, or remove the \
             cells",
        ),
    ] {
        assert_eq!(Decisions::from_csv(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn a_sheet_saved_as_csv_has_its_caption_first() {
    let rows = "number,concept id,decision\nR1,k-law,drop\n";
    let alone = Decisions::from_csv(rows).unwrap();
    let sheet = Decisions::from_csv(&format!("\u{feff}\"Route core: Law, safety\",,\n{rows}")).unwrap();
    assert_eq!(sheet.decisions().len(), 1);
    assert_eq!(sheet.decisions()[0].choice, alone.decisions()[0].choice);
    assert_eq!((alone.decisions()[0].place.as_str(), sheet.decisions()[0].place.as_str()), ("line 2", "line 3"));
    // as spreadsheets save it where the comma is a decimal mark, with line ends of Windows
    let other = Decisions::from_csv("Law;;\r\nnumber;concept id;decision\r\nR1;k-law;drop\r\n").unwrap();
    assert_eq!(other.decisions(), sheet.decisions());
    // a caption, and no headings below it
    for text in ["Law,,\nR1,k-law,drop\n", "Law,,\n"] {
        let error = Decisions::from_csv(text).unwrap_err().to_string();
        assert!(error.starts_with("line 1: the column \"concept id\" is missing"), "{error}");
    }
}

#[test]
fn pathways_that_do_not_hold_it_leave_it_to_specialisms() {
    let before = derivation(&Policy::panel());
    let mut seen = 0;
    for (route, item) in before.programmes.iter().flat_map(|p| p.route_core.iter().map(|i| (p.route.id.as_str(), i))) {
        let after = applied(&before, &format!("{},route core,pathway core,,,,\n", item.concept));
        for p in of_route(&after, route).filter(|p| !p.counting.is_empty()) {
            let has = |o: &&tlevel::map::OccupationName| item.statements.iter().any(|s| s.occupation == o.id);
            let have = p.counting.iter().filter(has).count();
            // one occupation alone shares with nobody
            let need = before.policy.pathway_quorum.need(p.counting.len()).max(before.policy.min_sharers);
            let holds = have >= need;
            assert_eq!(find(&p.pathway_core, &item.concept).is_some(), holds, "{} {}", p.pathway.id, item.concept);
            if !holds && have > 0 {
                seen += 1;
                assert!(!specialised(p, &item.concept).is_empty());
                // but where the panel of that pathway says so
                let named = format!("{},route core,pathway core,,,{},\n", item.concept, p.pathway.id);
                let named = applied(&before, &named);
                assert!(find(&named.programme(&p.pathway.id).unwrap().pathway_core, &item.concept).is_some());
            }
        }
    }
    assert!(seen > 0, "there are such pathways");
}

/// Messages call items as the sheet does: by their numbers.
#[test]
fn conflicts_are_in_the_words_of_the_sheet() {
    let derivation = derivation(&Policy::panel());
    let programme = onsite(&derivation);
    let of = |kind: tlevel::map::Kind| {
        let found = programme.items().find(|(item, _)| item.kind == kind).expect("has one of each kind");
        found.0.concept.clone()
    };
    let (knows, does) = (of(tlevel::map::Kind::Knowledge), of(tlevel::map::Kind::Skill));
    let conflicts = |body: &str| {
        let csv = format!("number,concept id,decision,merge with,new wording\n{body}");
        let decisions = Decisions::from_csv(&csv).unwrap();
        let (map, concepts) = bundled();
        let reviewed = apply_decisions(map, concepts, &Policy::panel(), &decisions).unwrap();
        let log = tlevel::review::decision_log(&decisions, &reviewed);
        assert_eq!(log.len(), decisions.decisions().len(), "every decision leaves its trace");
        reviewed.conflicts.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        conflicts(&format!("P3,{does},merge with,P1,\nP1,{knows},,,\n")),
        ["line 2: P3 is a skill and P1 is knowledge: they cannot be merged; not applied"]
    );
    assert_eq!(
        conflicts(&format!("P3,{does},drop,,\nP3,{does},specialism,,\n")),
        [
            "line 2: P3: \"drop\" here, but \"specialism\" in line 3; not applied",
            "line 3: P3: \"specialism\" here, but \"drop\" in line 2; not applied"
        ]
    );
    assert_eq!(
        conflicts(&format!("P1,{knows},,,One way\nP1,{knows},keep,,Another\n")),
        [
            "line 2: P1: the new wording is \"One way\" here, but \"Another\" in line 3; not applied",
            "line 3: P1: the new wording is \"Another\" here, but \"One way\" in line 2; not applied"
        ]
    );
    assert_eq!(
        conflicts(&format!("P1,{knows},merge with,P1,\n")),
        ["line 2: P1: it cannot be merged with itself; not applied"]
    );
}

/// What somebody wrote where it decides nothing is kept.
#[test]
fn comments_and_changed_texts_are_remarks() {
    let mark = tlevel::review::text_mark("Health and safety law");
    let csv = format!(
        "number,concept id,text,decision,new wording,comment,text mark\n\
         P1,k-a,Health and safety laws,,,,{mark}\n\
         P2,k-b,Health and  safety law,,,why?,{mark}\n\
         P3,k-c,Health and safety laws,drop,,,{mark}\n\
         P4,k-d,Health and safety laws,,Laws,,{mark}\n\
         P5,k-e,Health and safety laws,,,,\n"
    );
    let decisions = Decisions::from_csv(&csv).unwrap();
    let remarks: Vec<(&str, &str, bool)> =
        decisions.remarks().iter().map(|r| (r.concept.as_str(), r.comment.as_str(), r.is_edit)).collect();
    assert_eq!(
        remarks,
        [("k-a", "Health and safety laws", true), ("k-b", "why?", false), ("k-c", "Health and safety laws", true)]
    );
    assert_eq!(decisions.name("k-a"), "P1");
    assert_eq!(decisions.name("k-z"), "k-z");
}
