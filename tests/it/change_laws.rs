//! The laws of differences and changes, over generated maps.

use crate::{generated, generated_topics};

use proptest::prelude::*;
use tlevel::change::{
    Change, Changes, Derived, Difference, Effect, apply, carry_over, carry_over_joined, diff, diff_with_effects,
    effect, to_changes,
};
use tlevel::concept::{Concepts, Group};
use tlevel::derive::{Policy, derive_routes};
use tlevel::harmonise::Threshold;
use tlevel::map::{Level, Map};
use tlevel::read::{
    RawApprenticeshipOnly, RawCluster, RawMap, RawOccupation, RawOption, RawPathway, RawRoute, RawStatement,
};

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).expect("has a route").map
}

fn json(raw: &RawMap) -> String {
    serde_json::to_string(raw).expect("a map is JSON")
}

fn difference(old: &Map, new: &Map, policies: [&Policy; 2]) -> Difference {
    let (before, after) = (Concepts::exact(old), Concepts::exact(new));
    diff_with_effects((old, &before), (new, &after), policies[0], policies[1]).expect("the concepts fit")
}

/// Changes to a generated map: by numbers, so that they fit whatever it has.
fn draft_changes() -> impl Strategy<Value = Vec<(usize, usize, usize, usize)>> {
    proptest::collection::vec((0..11_usize, 0..50_usize, 0..50_usize, 0..4_usize), 0..8)
}

fn fitted(map: &Map, drafts: &[(usize, usize, usize, usize)]) -> Changes {
    let mut changes: Vec<Change> = Vec::new();
    let mut now = map.clone();
    for (n, &(what, a, b, c)) in drafts.iter().enumerate() {
        let occupations: Vec<_> = now.occupations().collect();
        let clusters: Vec<&str> = now.clusters().map(|c| c.id()).collect();
        let position = [None, Some(0), Some(1), Some(9)][c];
        let occupation = (!occupations.is_empty()).then(|| occupations[a % occupations.len()]);
        let id = occupation.map(|o| o.id().to_owned());
        let cluster = (!clusters.is_empty()).then(|| clusters[b % clusters.len()].to_owned());
        let own =
            occupation.and_then(|o| o.statements().nth(b % o.statements().len().max(1))).map(|s| s.id().to_owned());
        let statement = || Box::new(RawStatement::new(format!("N{n}"), "skill", ["Teamwork", "Quality"][a % 2]));
        let branches: Vec<&str> = now
            .routes()
            .map(|r| r.id())
            .chain(now.pathways().map(|p| p.id()))
            .chain(clusters.iter().copied())
            .collect();
        let branch = branches[b % branches.len()].to_owned();
        let change = match (what, id, cluster, own) {
            (0, _, Some(cluster), _) => {
                let mut occupation = RawOccupation::new(format!("n{n}"), format!("New {n}"), 3);
                occupation.statements.push(*statement());
                Change::AddOccupation { cluster, occupation: Box::new(occupation), position }
            }
            (1, Some(occupation), ..) => Change::RemoveOccupation { occupation },
            (2 | 3, Some(occupation), Some(cluster), _) => Change::MoveOccupation { occupation, cluster, position },
            (4, Some(occupation), ..) => {
                Change::ReLevel { occupation, level: Level::try_from([2, 3, 4, 5][c]).expect("a level") }
            }
            (5, Some(occupation), ..) => Change::AddStatement { occupation, statement: statement(), position },
            (6, Some(occupation), _, Some(statement)) => Change::DropStatement { occupation, statement },
            (7, Some(occupation), _, Some(statement)) => Change::RewordStatement {
                occupation,
                statement,
                text: ["Teamwork", "Something new", "Data protection", ""][c].to_owned(),
                source_text: None,
            },
            (8, ..) => Change::Mark {
                branch,
                mark: RawApprenticeshipOnly::new(["policy", "heavy-machinery"].into_iter().take(c)),
            },
            (9, Some(occupation), ..) => {
                Change::SetStatus { occupation, status: tlevel::map::Status::from_name("approved") }
            }
            (10, Some(occupation), ..) => Change::ReTitle { occupation, title: format!("Title {n}") },
            _ => continue,
        };
        let one = Changes::new(vec![change.clone()]);
        now = checked(apply(&now, &one).expect("it was made to fit"));
        changes.push(change);
    }
    Changes::new(changes)
}

/// The occupation or branch that a change touches, and where it puts things.
fn touches(change: &Change) -> (String, Option<String>) {
    match change {
        Change::AddOccupation { cluster, occupation, .. } => {
            (occupation.id.clone().unwrap_or_default(), Some(cluster.clone()))
        }
        Change::MoveOccupation { occupation, cluster, .. } => (occupation.clone(), Some(cluster.clone())),
        Change::RemoveOccupation { occupation }
        | Change::ReLevel { occupation, .. }
        | Change::ReTitle { occupation, .. }
        | Change::SetStatus { occupation, .. }
        | Change::AddStatement { occupation, .. }
        | Change::DropStatement { occupation, .. }
        | Change::RewordStatement { occupation, .. } => (occupation.clone(), None),
        Change::Mark { branch, .. } | Change::Unmark { branch } => (branch.clone(), None),
        _ => (String::new(), None),
    }
}

/// The difference by deriving everything: what [`diff_with_effects`] must
/// equal.
fn by_everything(
    (old, before): (&Map, &Concepts),
    (new, after): (&Map, &Concepts),
    policies: [&Policy; 2],
) -> Difference {
    let derivations = [
        tlevel::derive(old, before, policies[0]).expect("the concepts fit"),
        tlevel::derive(new, after, policies[1]).expect("the concepts fit"),
    ];
    let was = Derived::new(old, before, &derivations[0]).expect("they fit");
    let is = Derived::new(new, after, &derivations[1]).expect("they fit");
    Difference::new(diff(old, new), effect(was, is))
}

/// Changes that no changes file can say: to options, to which statements belong
/// to them, and to clusters without any occupation moving in the list.
fn twisted(mut raw: RawMap, (what, at): (usize, usize)) -> RawMap {
    for pathway in raw.routes.iter_mut().flat_map(|r| &mut r.pathways) {
        if what == 1 && pathway.clusters.len() > 1 && !pathway.clusters[1].occupations.is_empty() {
            let moved = pathway.clusters[1].occupations.remove(0);
            pathway.clusters[0].occupations.push(moved);
            break;
        }
    }
    let clusters = raw.routes.iter_mut().flat_map(|r| &mut r.pathways).flat_map(|p| &mut p.clusters);
    let with_options = |o: &&mut RawOccupation| !o.options.is_empty() || what == 2;
    let Some(o) = clusters.flat_map(|c| &mut c.occupations).filter(with_options).nth(at) else { return raw };
    match what {
        2 => o.options.push(RawOption::new("O9", "Another")),
        3 => o.options.truncate(1),
        4 => o.statements.iter_mut().take(2).for_each(|s| s.option.0.clear()),
        5 => o.statements.iter_mut().take(2).for_each(|s| s.option.0 = vec!["O0".to_owned()]),
        6 => o.options.iter_mut().for_each(|option| option.title = Some("Renamed".to_owned())),
        7 => o.duties.iter_mut().for_each(|duty| duty.text = Some("Do other work".to_owned())),
        8 => return recoded(raw, at),
        _ => {}
    }
    raw
}

/// The map with another id for every n-th route, pathway, cluster, occupation
/// and option.
fn recoded(mut raw: RawMap, n: usize) -> RawMap {
    let mut turn = 0;
    let mut code = |id: &mut Option<String>| {
        turn += 1;
        if turn % (n + 1) == 0 {
            *id = id.as_ref().map(|id| format!("new-{id}"));
        }
    };
    for route in &mut raw.routes {
        code(&mut route.id);
        for pathway in &mut route.pathways {
            code(&mut pathway.id);
            for cluster in &mut pathway.clusters {
                code(&mut cluster.id);
                for o in &mut cluster.occupations {
                    code(&mut o.id);
                    let new = |id: &String| format!("new-{id}");
                    o.options.iter_mut().for_each(|option| option.id = option.id.as_ref().map(new));
                    o.statements.iter_mut().for_each(|s| s.option.0 = s.option.0.iter().map(new).collect());
                    o.duties.iter_mut().for_each(|d| d.options = d.options.iter().map(new).collect());
                }
            }
        }
    }
    raw
}

#[test]
fn a_cluster_that_takes_in_the_next_one_is_seen() {
    // nothing moves in the list: where a specialism is a cluster, two become one
    let occupation = |id: &str| {
        let mut occupation = RawOccupation::new(id, id, 3);
        occupation.statements.push(RawStatement::new("S1", "skill", format!("Work as {id}")));
        occupation
    };
    let cluster = |id: &str, own: &[&str]| own.iter().fold(RawCluster::new(id, id), |c, o| c.with(occupation(o)));
    let map = |first: &[&str], second: &[&str]| {
        let pathway = RawPathway::new("p", "P").with(cluster("c", first)).with(cluster("d", second));
        checked(RawMap::new("M").with(RawRoute::new("r", "R").with(pathway)))
    };
    let (old, new) = (map(&["mason"], &["slater"]), map(&["mason", "slater"], &[]));
    let (before, after) = (Concepts::exact(&old), Concepts::exact(&new));
    let mut policy = Policy::t_level();
    policy.grouping = tlevel::derive::Grouping::Cluster;
    let found = difference(&old, &new, [&policy; 2]);
    assert_eq!(found, by_everything((&old, &before), (&new, &after), [&policy; 2]));
    assert_eq!(found.effect.programmes[0].specialisms_lost.len(), 1);
}

/// Concepts by chance: statements of a kind in so many groups, some in two.
pub(crate) fn grouped(map: &Map, groups: usize, turn: usize) -> Concepts {
    let mut by_group: Vec<Group> = Vec::new();
    for kind in tlevel::map::Kind::ALL {
        let mut own: Vec<Group> = (0..groups).map(|g| Group { id: format!("{kind}{g}"), ..Group::default() }).collect();
        for (n, s) in map.statements().filter(|s| s.kind() == kind && s.says_something()).enumerate() {
            let key = (s.occupation().id().to_owned(), s.id().to_owned());
            let g = (n * 7 + turn) % groups;
            if n % 5 == turn % 5 && groups > 1 {
                own[(g + 1) % groups].also.push(key.clone());
            }
            own[g].statements.push(key);
        }
        by_group.extend(own.into_iter().filter(|g| !g.statements.is_empty()));
    }
    Concepts::from_groups(map, by_group).expect("made to fit")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_derived_of_touched_routes_is_all_there_is(
        raw in generated::map(),
        drafts in draft_changes(),
        policies in (generated::policy(), generated::policy(), 0..3_usize),
        groups in 0..9_usize,
        turn in 0..9_usize,
        twist in (0..10_usize, 0..3_usize),
    ) {
        let map = checked(raw);
        let new = checked(twisted(apply(&map, &fitted(&map, &drafts)).unwrap(), twist));
        let (policy, other, same) = policies;
        let policies = if same > 0 { [&policy; 2] } else { [&policy, &other] };
        // joined by wording; by chance, carried over; by chance, each map for itself
        let exact = [Concepts::exact(&map), Concepts::exact(&new)];
        let mut all = vec![exact.clone()];
        if groups > 0 {
            let own = grouped(&map, groups, 0);
            all.push([own.clone(), carry_over(&map, &own, &new, &exact[1]).unwrap()]);
            // by topic: carried over, and each map for itself
            let topics = generated_topics::over(&map, own.clone(), 0);
            let fresh = generated_topics::over(&new, exact[1].clone(), 0);
            all.push([topics.clone(), carry_over(&map, &topics, &new, &fresh).unwrap()]);
            all.push([topics, generated_topics::over(&new, grouped(&new, groups, turn), turn % 2)]);
            all.push([own, grouped(&new, groups, turn)]);
        }
        for [before, after] in &all {
            let found = diff_with_effects((&map, before), (&new, after), policies[0], policies[1]).unwrap();
            let whole = by_everything((&map, before), (&new, after), policies);
            prop_assert_eq!(serde_json::to_string(&found).unwrap(), serde_json::to_string(&whole).unwrap());
        }
    }

    #[test]
    fn where_nothing_new_is_said_nothing_is_joined_afresh(raw in generated::map(), drafts in draft_changes(), groups in 1..5_usize) {
        let map = checked(raw);
        let new = checked(apply(&map, &fitted(&map, &drafts)).unwrap());
        let concepts = grouped(&map, groups, 0);
        let carried = |fresh: &Concepts| -> Vec<(String, Vec<_>)> {
            let carried = carry_over(&map, &concepts, &new, fresh).unwrap();
            carried.iter().map(|c| (c.id().to_owned(), c.statements().to_vec())).collect()
        };
        let says = |map: &Map| -> Vec<(String, String, String)> {
            let all = map.statements().filter(|s| s.says_something());
            let mut all: Vec<_> = all.map(|s| (s.occupation().id().to_owned(), s.kind().to_string(), s.text().to_owned())).collect();
            all.sort();
            all
        };
        let (was, is) = (says(&map), says(&new));
        let count = |all: &[_], one: &_| all.iter().filter(|s| *s == one).count();
        if is.iter().all(|s| count(&is, s) <= count(&was, s)) {
            let joined = carry_over_joined(&map, &concepts, &new, Some(Threshold::default())).unwrap();
            let joined: Vec<_> = joined.iter().map(|c| (c.id().to_owned(), c.statements().to_vec())).collect();
            prop_assert_eq!(&joined, &carried(&grouped(&new, groups + 1, 2)), "whatever is joined afresh");
        }
    }

    #[test]
    fn some_routes_are_derived_as_among_all(raw in generated::map(), policy in generated::policy(), some in proptest::collection::vec(0..3_usize, 0..3), groups in 1..5_usize) {
        let map = checked(raw);
        for concepts in [Concepts::exact(&map), grouped(&map, groups, 1)] {
            let routes: Vec<_> = map.routes().map(|r| r.index()).filter(|r| some.contains(&r.index())).collect();
            let found = derive_routes(&map, &concepts, &policy, &routes).unwrap();
            let mut all = tlevel::derive(&map, &concepts, &policy).unwrap();
            let wanted = |id: &str| map.route(id).is_some_and(|r| routes.contains(&r.index()));
            all.programmes.retain(|p| wanted(&p.route.id));
            all.no_programme.retain(|p| wanted(&p.route.id));
            prop_assert_eq!(found, all);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_map_and_itself_differ_in_nothing(raw in generated::map(), policy in generated::policy()) {
        let map = checked(raw.clone());
        let same = difference(&map, &map, [&policy; 2]);
        prop_assert!(same.is_empty(), "{same:?}");
        prop_assert_eq!(&same.effect, &Effect::default());
        prop_assert!(to_changes(&map, &map).changes.changes.is_empty());
        prop_assert_eq!(apply(&map, &Changes::default()).unwrap(), raw.clone());
        prop_assert!(diff(&map, &checked(generated::turned(raw))).is_empty());
    }

    #[test]
    fn a_map_with_other_ids_is_the_same_map(raw in generated::map(), n in 0..3_usize, quorums in (generated::quorum(), generated::quorum())) {
        let (map, new) = (checked(raw.clone()), checked(recoded(raw, n)));
        let mut policy = Policy::t_level();
        (policy.pathway_quorum, policy.route_quorum) = quorums;
        let d = difference(&map, &new, [&policy; 2]);
        let summary = d.changes.summary;
        prop_assert_eq!((summary.added, summary.removed, summary.moved), (0, 0, 0));
        prop_assert_eq!(summary.kept + summary.recoded, map.occupations().len());
        prop_assert!(n > 0 || summary.kept == 0);
        prop_assert!(d.changes.branches_added.is_empty() && d.changes.branches_removed.is_empty());
        prop_assert!(d.changes.branches_moved.is_empty() && d.changes.options_changed.is_empty(), "{:?}", d.changes);
        prop_assert!(d.changes.options_added.is_empty() && d.changes.options_renamed.is_empty());
        prop_assert!(d.effect.is_empty(), "{:?}", d.effect);
        // its concepts are carried over whole
        let concepts = grouped(&map, 3, 0);
        let carried = carry_over(&map, &concepts, &new, &Concepts::exact(&new)).unwrap();
        let ids = |concepts: &Concepts| -> Vec<String> { concepts.iter().map(|c| c.id().to_owned()).collect() };
        prop_assert_eq!(ids(&carried), ids(&concepts));
    }

    #[test]
    fn recoded_occupations_are_paired_one_to_one_whichever_map_comes_first(
        raw in generated::map(),
        other in generated::map(),
        codes in proptest::collection::vec((0..9_usize, 0..9_usize, 0..4_usize, 0..3_usize), 1..9),
    ) {
        // few titles and codes, so that many are the same
        let coded = |mut raw: RawMap, own: &str| {
            let clusters = raw.routes.iter_mut().flat_map(|r| &mut r.pathways).flat_map(|p| &mut p.clusters);
            for (o, (id, code, reference, title)) in clusters.flat_map(|c| &mut c.occupations).zip(codes.iter().cycle()) {
                o.id = if *id < 3 { o.id.take() } else { Some(format!("{own}{}", o.id.take().unwrap_or_default())) };
                o.title = Some(format!("Title {title}"));
                o.occupation_code = (*code < 5).then(|| format!("OCC100{code}"));
                o.standard = Some(tlevel::read::RawStandard::new(format!("ST100{reference}"))).filter(|_| *reference > 0);
            }
            checked(raw)
        };
        let (old, new) = (coded(raw, "ST2"), coded(other, "OCC2"));
        let (there, back) = (diff(&old, &new), diff(&new, &old));
        let mut pairs: Vec<(&str, &str)> = there.recoded.iter().map(|r| (r.from.as_str(), r.to.as_str())).collect();
        let mut turned: Vec<(&str, &str)> = back.recoded.iter().map(|r| (r.to.as_str(), r.from.as_str())).collect();
        pairs.sort_unstable();
        turned.sort_unstable();
        prop_assert_eq!(&pairs, &turned);
        for side in [pairs.iter().map(|p| p.0).collect::<Vec<_>>(), pairs.iter().map(|p| p.1).collect()] {
            prop_assert_eq!(side.iter().collect::<std::collections::BTreeSet<_>>().len(), side.len());
        }
        let s = there.summary;
        prop_assert_eq!(s.kept + s.recoded + s.added, new.occupations().len());
        prop_assert_eq!(s.kept + s.recoded + s.removed, old.occupations().len());
    }

    #[test]
    fn an_empty_change_has_no_effect(raw in generated::map(), policy in generated::policy(), groups in 1..6_usize) {
        let map = checked(raw);
        let new = checked(apply(&map, &Changes::default()).unwrap());
        let concepts = grouped(&map, groups, 0);
        let carried = carry_over(&map, &concepts, &new, &Concepts::exact(&new)).unwrap();
        let d = diff_with_effects((&map, &concepts), (&new, &carried), &policy, &Changes::default().policy(&policy)).unwrap();
        prop_assert!(d.is_empty(), "{:?}", d);
    }

    #[test]
    fn a_changes_file_with_anything_in_it_is_read_or_told(
        raw in generated::map(),
        drafts in draft_changes(),
        slips in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..9_usize), 1..4),
    ) {
        let map = checked(raw);
        let mut text = serde_json::to_string_pretty(&fitted(&map, &drafts)).unwrap();
        for (from, to, what) in slips {
            let (from, to) = (from.index(text.len()), to.index(text.len()));
            let range = from.min(to)..from.max(to).min(from.min(to) + 12);
            if text.is_char_boundary(range.start) && text.is_char_boundary(range.end) {
                text.replace_range(range, ["", "null", "7", "\"", "{", "}", "[]", "\"change\": ", "é\u{1}"][what]);
            }
            if text.is_empty() {
                break;
            }
        }
        if let Err(error) = Changes::read(&text) {
            let message = error.to_string();
            prop_assert!(message.lines().count() < 20 && message.contains("line "), "{}", message);
        }
    }

    #[test]
    fn what_is_undone_is_as_it_was(raw in generated::map(), drafts in draft_changes()) {
        let map = checked(raw.clone());
        let changes = fitted(&map, &drafts);
        let new = checked(apply(&map, &changes).unwrap());
        let proposal = to_changes(&new, &map);
        if proposal.left_out.is_empty() {
            let back = apply(&new, &proposal.changes).unwrap();
            prop_assert_eq!(json(&back), json(&raw));
            prop_assert_eq!(back, raw);
        }
    }

    #[test]
    fn changes_are_written_and_read_back(raw in generated::map(), drafts in draft_changes()) {
        let map = checked(raw);
        let new = checked(apply(&map, &fitted(&map, &drafts)).unwrap());
        for changes in [fitted(&map, &drafts), to_changes(&new, &map).changes] {
            let text = serde_json::to_string(&changes).unwrap();
            let read = Changes::read(&text).unwrap();
            let again = json(&apply(&map, &fitted(&map, &drafts)).unwrap());
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
            prop_assert!(!again.is_empty());
        }
    }

    #[test]
    fn a_difference_applied_gives_the_new_map(raw in generated::map(), drafts in draft_changes(), dropped in 0..9_usize) {
        let map = checked(raw);
        let mut made = apply(&map, &fitted(&map, &drafts)).unwrap();
        // something that no small change can say
        if let Some(o) = made.routes.iter_mut().flat_map(|r| &mut r.pathways).flat_map(|p| &mut p.clusters).flat_map(|c| &mut c.occupations).nth(dropped) {
            o.duties.clear();
            o.statements.reverse();
        }
        let new = checked(made.clone());
        let proposal = to_changes(&map, &new);
        prop_assert!(proposal.left_out.is_empty(), "{:?}", proposal.left_out);
        let applied = apply(&map, &proposal.changes).unwrap();
        prop_assert_eq!(json(&applied), json(&made));
        prop_assert!(diff(&new, &checked(applied)).is_empty());
    }

    #[test]
    fn two_maps_that_have_nothing_to_do_with_each_other(old in generated::map(), new in generated::map(), policy in generated::policy()) {
        let (old, new) = (checked(old), checked(new));
        let d = difference(&old, &new, [&policy; 2]);
        let text = serde_json::to_string(&d).unwrap();
        prop_assert_eq!(serde_json::from_str::<Difference>(&text).unwrap(), d.clone());
        // what is added one way is removed the other
        let back = difference(&new, &old, [&policy; 2]);
        prop_assert_eq!(d.changes.occupations_added.len(), back.changes.occupations_removed.len());
        prop_assert_eq!(d.changes.closed.len(), back.changes.opened.len());
        prop_assert_eq!(d.changes.moved.len(), back.changes.moved.len());
        prop_assert_eq!(d.effect.programmes.len(), back.effect.programmes.len());
    }

    #[test]
    fn every_core_item_gained_or_lost_has_a_cause(raw in generated::map(), drafts in draft_changes(), policy in generated::policy()) {
        let map = checked(raw);
        let new = checked(apply(&map, &fitted(&map, &drafts)).unwrap());
        let d = difference(&map, &new, [&policy; 2]);
        for programme in &d.effect.programmes {
            for core in [&programme.route_core, &programme.pathway_core] {
                for item in core.gained.iter().chain(&core.lost) {
                    prop_assert!(!item.causes.is_empty(), "{}: {item:?}", programme.pathway.id);
                }
            }
        }
        prop_assert!(drafts.is_empty() <= d.is_empty());
    }

    #[test]
    fn the_order_of_independent_changes_plays_no_part(raw in generated::map(), drafts in draft_changes(), turn in 0..8_usize) {
        let map = checked(raw);
        // each against the map as it is, one for each occupation, branch and target
        let mut met = std::collections::HashSet::new();
        let all: Vec<Change> = drafts.iter().enumerate().flat_map(|(n, d)| {
            let mut padded = vec![(99, 0, 0, 0); n];
            padded.push(*d);
            fitted(&map, &padded).changes
        }).collect();
        let mut independent: Vec<Change> = all.into_iter().filter(|c| {
            let (what, target) = touches(c);
            met.insert(what) && target.is_none_or(|t| met.insert(t))
        }).collect();
        let sorted = |raw: RawMap| {
            let mut raw = raw;
            for cluster in raw.routes.iter_mut().flat_map(|r| &mut r.pathways).flat_map(|p| &mut p.clusters) {
                cluster.occupations.sort_by(|a, b| a.id.cmp(&b.id));
            }
            raw
        };
        let one = apply(&map, &Changes::new(independent.clone())).unwrap();
        let turn = turn % independent.len().max(1);
        independent.rotate_left(turn);
        let other = apply(&map, &Changes::new(independent.clone())).unwrap();
        independent.reverse();
        let third = apply(&map, &Changes::new(independent)).unwrap();
        prop_assert!(diff(&checked(one.clone()), &checked(other.clone())).is_empty());
        let one = sorted(one);
        prop_assert_eq!(&one, &sorted(other));
        prop_assert_eq!(&one, &sorted(third));
    }

    #[test]
    fn concepts_carried_over_without_a_change_are_the_same(raw in generated::map(), policy in generated::policy()) {
        let map = checked(raw);
        let concepts = Concepts::exact(&map);
        let carried = carry_over(&map, &concepts, &map, &concepts).unwrap();
        let ids = |c: &Concepts| c.iter().map(|c| (c.id().to_owned(), c.statements().to_vec())).collect::<Vec<_>>();
        prop_assert_eq!(ids(&carried), ids(&concepts));
        let (before, after) = (tlevel::derive(&map, &concepts, &policy).unwrap(), tlevel::derive(&map, &carried, &policy).unwrap());
        let found = effect(Derived::new(&map, &concepts, &before).unwrap(), Derived::new(&map, &carried, &after).unwrap());
        prop_assert!(found.is_empty());
    }
}
