//! The rules of a review, case by case: a small map, a review, and what becomes
//! of it. Each case is one that another rule would decide otherwise; the manual
//! of `src/review/mod.rs` names them.

use std::collections::BTreeMap;

use tlevel::concept::{Concepts, Group};
use tlevel::derive::{Grouping, Item, NoteCode, Policy, Programme, Quorum};
use tlevel::map::Map;
use tlevel::read::{RawCluster, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement};
use tlevel::review::{Decisions, Reviewed, apply_decisions};

/// A map of one route: a line an occupation, its pathway (and cluster: `p1/c2`),
/// its name and what it says. `law@1` is said of its option 1, `law+tax` of both, `law:a` in other
/// words; `!weld` is a skill.
pub(crate) fn map(lines: &str) -> Map {
    let mut pathways: Vec<RawPathway> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.split_whitespace();
        let (place, name) = (words.next().unwrap(), words.next().unwrap());
        let (pathway, cluster) = place.split_once('/').unwrap_or((place, "cluster"));
        let cluster = format!("{pathway}-{cluster}");
        let mut occupation = RawOccupation::new(name, name, 3);
        for (i, word) in words.enumerate() {
            let (text, option) = word.split_once('@').map_or((word, None), |(text, option)| (text, Some(option)));
            let mut statement =
                RawStatement::new(format!("K{i}"), if text.starts_with('!') { "skill" } else { "knowledge" }, text);
            if let Some(option) = option {
                statement = statement.of_option(option);
                if occupation.options.iter().all(|o| o.id.as_deref() != Some(option)) {
                    occupation.options.push(RawOption::new(option, format!("Option {option}")));
                }
            }
            occupation.statements.push(statement);
        }
        if pathways.iter().all(|p| p.id.as_deref() != Some(pathway)) {
            pathways.push(RawPathway::new(pathway, pathway));
        }
        let of = pathways.iter_mut().find(|p| p.id.as_deref() == Some(pathway)).unwrap();
        if of.clusters.iter().all(|c| c.id.as_ref() != Some(&cluster)) {
            of.clusters.push(RawCluster::new(cluster.as_str(), pathway));
        }
        of.clusters.iter_mut().find(|c| c.id.as_ref() == Some(&cluster)).unwrap().occupations.push(occupation);
    }
    let mut route = RawRoute::new("route", "Route");
    route.pathways = pathways;
    tlevel::check(RawMap::new("A small map").with(route)).unwrap().map
}

/// Concepts with the words for ids.
pub(crate) fn concepts(map: &Map) -> Concepts {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for statement in map.statements() {
        for (i, word) in statement.text().split('+').enumerate() {
            let word = word.split(':').next().unwrap_or(word);
            let group = groups.entry(word).or_insert_with(|| Group { id: word.to_owned(), ..Group::default() });
            let code = (statement.occupation().id().to_owned(), statement.id().to_owned());
            if i == 0 { group.statements.push(code) } else { group.also.push(code) }
        }
    }
    Concepts::from_groups(map, groups.into_values()).unwrap()
}

/// A programme in a line: tiers, then occupations with what is theirs alone,
/// then near misses. A core item has its support.
fn shown(programme: &Programme) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (mark, items) in [("route", &programme.route_core), ("pathway", &programme.pathway_core)] {
        let item = |i: &Item| format!("{} {}/{}", i.concept, i.support.have, i.support.of);
        if !items.is_empty() {
            parts.push(format!("{mark} {}", items.iter().map(item).collect::<Vec<_>>().join(" ")));
        }
    }
    for specialism in &programme.specialisms {
        let items: Vec<&str> = specialism.items().map(|item| item.concept.as_str()).collect();
        if !items.is_empty() {
            parts.push(format!("{} {}", specialism.title, items.join(" ")));
        }
    }
    let near = programme.near_misses.iter().map(|near| format!("{} {}<{}", near.concept, near.have, near.need));
    let near: Vec<String> = near.collect();
    if !near.is_empty() {
        parts.push(format!("near {}", near.join(" ")));
    }
    format!("{}: {}", programme.pathway.id, parts.join("; "))
}

fn reviewed(lines: &str, policy: &Policy, rows: &str) -> Reviewed {
    let map = map(lines);
    let decisions = Decisions::from_csv(&format!("concept id,decision,merge with,pathway,tier\n{rows}")).unwrap();
    apply_decisions(&map, &concepts(&map), policy, &decisions).unwrap()
}

/// A rule with a case that another rule would decide otherwise: the map, the
/// review, and the programmes.
struct Case {
    rule: &'static str,
    map: &'static str,
    rows: &'static str,
    programmes: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        rule: "merged concepts are counted",
        map: "p1 a law\n p1 b statute",
        rows: "law,merge with,statute,,\n",
        programmes: &["p1: pathway statute 2/2"],
    },
    Case {
        rule: "merged concepts are counted: route core",
        map: "p1 a law\n p2 b statute",
        rows: "statute,merge with,law,,\n",
        programmes: &["p1: route law 2/2", "p2: route law 2/2"],
    },
    Case {
        rule: "merged concepts are counted: in the pathway that was named",
        map: "p1 a law\n p1 b statute\n p2 c law statute\n p2 d statute",
        rows: "law,merge with,statute,p1,\n",
        programmes: &["p1: route statute 4/4", "p2: route statute 4/4; c law; near law 1<2"],
    },
    Case {
        rule: "merged concepts are counted: unless it was decided where the merged one is",
        map: "p1 a law\n p1 b statute",
        rows: "statute,merge with,law,,\nlaw,specialism,,,specialism\n",
        programmes: &["p1: a law; b law"],
    },
    Case {
        rule: "least sharers hold",
        map: "p1 a law\n p2 b law\n p2 c law",
        rows: "law,pathway core,,,\n",
        programmes: &["p1: a law", "p2: pathway law 2/2"],
    },
    Case {
        rule: "the named pathway decides",
        map: "p1 a law\n p2 b law\n p2 c law",
        rows: "law,pathway core,,p1,\n",
        programmes: &["p1: pathway law 1/1", "p2: pathway law 2/2"],
    },
    Case {
        rule: "the others keep their count: drop",
        map: "p1 a law\n p2 b law\n p2 c law",
        rows: "law,drop,,p1,\n",
        programmes: &["p1: ", "p2: pathway law 2/2"],
    },
    Case {
        rule: "the others keep their count: specialism",
        map: "p1 a law\n p2 b law\n p2 c law",
        rows: "law,specialism,,p1,\n",
        programmes: &["p1: a law", "p2: pathway law 2/2"],
    },
    Case {
        rule: "siblings may have it",
        map: "p1 a law\n p1 b law\n p2 c tax",
        rows: "law,route core,,p2,\n",
        programmes: &["p1: route law 2/3; near tax 1<2", "p2: route law 2/3; c tax; near tax 1<2"],
    },
    Case {
        rule: "options do not count",
        map: "p1 a law\n p1 b tax law@1\n p1 c tax",
        rows: "law,pathway core,,,\n",
        programmes: &["p1: pathway law 1/3; b: Option 1 tax; c tax; near tax 2<3"],
    },
    Case {
        rule: "options do not count: where there is nothing else",
        map: "p1 a law@1\n p1 b tax\n p1 c tax",
        rows: "law,pathway core,,,\n",
        programmes: &["p1: pathway law 0/2 tax 2/2"],
    },
    Case {
        rule: "options do not count: but have what is left to specialisms",
        map: "p1 a law law@1\n p1 b law",
        rows: "law,specialism,,,\n",
        programmes: &["p1: a: Option 1 law; b law"],
    },
    Case {
        rule: "decided is no near miss",
        map: "p1 a law\n p1 b law\n p2 c tax",
        rows: "law,drop,,p2,\n",
        programmes: &["p1: pathway law 2/2; near law 1<2 tax 1<2", "p2: c tax; near tax 1<2"],
    },
    Case {
        rule: "near misses are counted",
        map: "p1 a law\n p1 b statute\n p1 c tax",
        rows: "law,merge with,statute,,\n",
        programmes: &["p1: a statute; b statute; c tax; near statute 2<3"],
    },
    Case {
        rule: "in the order of the map",
        map: "p1 a law tax\n p1 b tax",
        rows: "law,pathway core,,,\n",
        programmes: &["p1: pathway law 1/2 tax 2/2"],
    },
    Case {
        rule: "the name to merge with is kept",
        map: "p1 a law\n p1 b statute",
        rows: "statute,merge with,law,,\n",
        programmes: &["p1: pathway law 2/2"],
    },
    Case {
        rule: "the name to merge with is kept: unless it is lower in the draft",
        map: "p1 a law statute\n p1 b statute",
        rows: "statute,merge with,law,,\n",
        programmes: &["p1: pathway statute 2/2"],
    },
    Case {
        rule: "merged concepts are counted: through a third",
        map: "p1 a law\n p1 b statute\n p1 c tax",
        rows: "tax,merge with,statute,,\nstatute,merge with,law,,\n",
        programmes: &["p1: pathway law 3/3"],
    },
];

fn near_by_one() -> Policy {
    let mut policy = Policy::t_level();
    policy.near = 1;
    policy
}

#[test]
fn each_rule_has_a_case() {
    for case in CASES {
        let reviewed = reviewed(case.map, &near_by_one(), case.rows);
        let programmes: Vec<String> = reviewed.derivation.programmes.iter().map(shown).collect();
        assert_eq!(programmes, case.programmes, "{}", case.rule);
        assert!(reviewed.conflicts.is_empty(), "{}", case.rule);
        // whatever the order of the rows
        let backwards: String = case.rows.split_inclusive('\n').rev().collect();
        let backwards = self::reviewed(case.map, &near_by_one(), &backwards);
        assert_eq!(backwards.derivation.programmes.iter().map(shown).collect::<Vec<_>>(), case.programmes);
    }
    // the manual names the rules; those below have a test of their own
    let apart = [
        "a concept wins over its topic",
        "a topic moves whole",
        "an element moves whole",
        "what is decided is an element",
        "route core is for the route",
        "notes are counted",
        "also in is counted",
        "own wording",
        "grouped after decisions",
    ];
    let manual = include_str!("../../src/review/mod.rs");
    let named: Vec<&str> =
        manual.lines().filter_map(|line| line.strip_prefix("//! | **")?.split("**").next()).collect();
    assert!(named.len() > 10);
    for rule in &named {
        assert!(apart.contains(rule) || CASES.iter().any(|case| case.rule.starts_with(rule)), "{rule}");
    }
    for case in CASES {
        assert!(named.iter().any(|rule| case.rule.starts_with(rule)), "{}", case.rule);
    }
}

#[test]
fn route_core_is_for_the_route() {
    let rows = ["law,route core,,p1,\n", "law,drop,,p2,\n"];
    for rows in [rows.concat(), rows.into_iter().rev().collect()] {
        let reviewed = reviewed("p1 a law\n p2 b law\n p2 c tax", &near_by_one(), &rows);
        assert_eq!(reviewed.conflicts.len(), 2, "{rows}");
    }
}

#[test]
fn notes_are_counted() {
    let notes = |rows: &str| {
        let derivation = reviewed("p1 a law\n p1 b statute", &near_by_one(), rows).derivation;
        derivation.programmes[0].notes.iter().map(|note| note.code).collect::<Vec<_>>()
    };
    assert_eq!(notes("law,keep,,,\n"), [NoteCode::EmptyCore]);
    assert_eq!(notes("law,merge with,statute,,\n"), [NoteCode::EmptyRouteCore, NoteCode::Decided]);
}

#[test]
fn also_in_is_counted() {
    let map = "p1 a law\n p1 b law\n p2 c law\n p2 d law\n p3 e tax";
    let also_in = |rows: &str| {
        let derivation = reviewed(map, &near_by_one(), rows).derivation;
        derivation.programmes[0].pathway_core[0].also_in.clone()
    };
    assert_eq!(also_in("law,keep,,,\n"), ["p2"]);
    assert_eq!(also_in("law,specialism,,p2,\n"), ["p2"], "they all have it still");
    assert_eq!(also_in("law,drop,,p2,\n"), [""; 0]);
}

#[test]
fn own_wording() {
    let derivation = reviewed("p1 a law:a\n p1 b law:b", &near_by_one(), "law,specialism,,,\n").derivation;
    let texts = derivation.programmes[0].specialisms.iter().map(|s| s.content[0].text.as_str());
    assert_eq!(texts.collect::<Vec<_>>(), ["law:a", "law:b"]);
    // what is merged keeps the wording of its own statements; no other concept takes it
    let map = "p1 a law:a+tax\n p1 b tax:b\n p1 c statute:a\n p1 d other";
    let wording = |rows: &str, concept: &str| {
        let Reviewed { concepts, .. } = reviewed(map, &near_by_one(), rows);
        let concept = concepts.iter().find(|c| c.id() == concept).unwrap();
        self::map(map).statement_at(concept.central()).unwrap().text().to_owned()
    };
    assert_eq!(wording("statute,merge with,law,,\n", "law"), "law:a+tax");
    assert_eq!(wording("statute,merge with,law,,\n", "tax"), "tax:b");
}

#[test]
fn grouped_after_decisions() {
    let mut policy = near_by_one();
    policy.grouping = Grouping::Merged { overlap: Quorum::new(1, 2).unwrap() };
    let programme = |rows: &str| shown(&reviewed("p1 a tax vat\n p1 b tax", &policy, rows).derivation.programmes[0]);
    assert_eq!(programme("tax,keep,,,\n"), "p1: pathway tax 2/2; a vat; near vat 1<2");
    assert_eq!(programme("tax,specialism,,,\n"), "p1: a / b tax vat; near vat 1<2");
    // what all units of a cluster have is theirs together
    let mut policy = near_by_one();
    (policy.grouping, policy.min_sharers) = (Grouping::Cluster, 3);
    let programme = |rows: &str| shown(&reviewed("p1 a law\n p1 b statute", &policy, rows).derivation.programmes[0]);
    assert_eq!(programme("law,keep,,,\n"), "p1: p1 law statute; near law 1<2 statute 1<2");
    assert_eq!(programme("law,merge with,statute,,\n"), "p1: p1 statute");
}

/// Every reason for which a decision is not applied, in words.
const CONFLICTS: [(&str, &str, &[&str]); 12] = [
    ("no-such-pathway", "law,drop,,p4,\n", &["there is no programme for the pathway \"p4\""]),
    ("no-such-concept", "bricksx,drop,,,\n", &["no programme has such a concept (did you mean \"bricks\"?)"]),
    ("not-in-its-pathways", "bricks,drop,,p1,\n", &["it is in none of the pathways that it was decided for"]),
    (
        "not-in-its-pathways",
        "law,merge with,bricks,p1,\n",
        &["bricks is in none of the pathways that it was decided for"],
    ),
    ("other-tier", "law,drop,,,route core\n", &["the review has it as route core; it is now pathway core"]),
    ("merge-with-itself", "law,merge with,law,,\n", &["it cannot be merged with itself"]),
    (
        "nothing-to-merge-with",
        "law,merge with,K99,,\n",
        &["\"K99\" is neither a number of the review nor a concept of a programme"],
    ),
    ("mixed-kinds", "law,merge with,!weld,,\n", &["it is knowledge and !weld is a skill: they cannot be merged"]),
    (
        "contradiction",
        "law,drop,,,\nlaw,specialism,,p1,\n",
        &["\"drop\" here, but \"specialism\" in line 3", "\"specialism\" here, but \"drop\" in line 2"],
    ),
    // the route core is the route's
    (
        "contradiction",
        "tax,route core,,p1,\ntax,drop,,p2,\n",
        &["\"route core\" here, but \"drop\" in line 3", "\"drop\" here, but \"route core\" in line 2"],
    ),
    (
        "merge-with-dropped",
        "law,merge with,tax,,\ntax,drop,,,\n",
        &["tax is dropped (line 3), so there is nothing to merge with"],
    ),
    ("merged", "law,merge with,tax,p1,\ntax,specialism,,p1,\n", &["it was merged into law (line 2)"]),
];

#[test]
fn each_conflict_is_reported() {
    let map = "p1 a law !weld\n p1 b law\n p1 c law tax\n p2 d bricks tax";
    let mut policy = Policy::t_level();
    policy.near = 0;
    let mut codes = std::collections::BTreeSet::new();
    for (code, rows, reasons) in CONFLICTS {
        let reviewed = reviewed(map, &policy, rows);
        let found: Vec<String> = reviewed.conflicts.iter().map(|conflict| conflict.reason.to_string()).collect();
        assert_eq!(found, reasons, "{rows}");
        for conflict in &reviewed.conflicts {
            let json = serde_json::to_value(conflict).unwrap();
            assert_eq!(json["reason"]["code"], code);
            assert_eq!(&serde_json::from_value::<tlevel::review::Conflict>(json).unwrap(), conflict);
            let said = format!("{}: {}", conflict.concept, conflict.reason)
                .replace(": it is knowledge and", " is knowledge and");
            assert_eq!(conflict.to_string(), format!("{}: {said}; not applied", conflict.place));
        }
        codes.insert(code);
    }
    assert_eq!(codes.len(), 10);
}
