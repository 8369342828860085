//! Differences, their effects, and proposed changes: named cases on the
//! consultation map, exact messages. The laws are in `change_laws.rs`.

use tlevel::change::{
    Cause, CauseKind, Changes, Difference, Effect, Fate, MapDiff, MatchedBy, Standing, TeachingDate, apply, carry_over,
    diff, diff_with_effects, to_changes,
};
use tlevel::concept::Concepts;
use tlevel::derive::{Policy, Quorum};
use tlevel::map::{BranchTier, Map};
use tlevel::read::{RawApprenticeshipOnly, RawMap, RawOccupation, RawStatement};

fn checked(raw: RawMap) -> Map {
    tlevel::check(raw).expect("has a route").map
}

fn consultation() -> Map {
    checked(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json")).expect("a map"))
}

/// The map with these rows of a changes file applied.
fn changed(map: &Map, rows: &str) -> Map {
    let changes = Changes::from_csv(rows).expect("a changes file");
    checked(apply(map, &changes).expect("fits the map"))
}

fn difference(old: &Map, new: &Map, policies: [&Policy; 2]) -> Difference {
    let (before, after) = (Concepts::exact(old), Concepts::exact(new));
    diff_with_effects((old, &before), (new, &after), policies[0], policies[1]).expect("the concepts fit")
}

#[test]
fn a_map_against_itself_gives_nothing() {
    let map = consultation();
    let same = difference(&map, &map, [&Policy::panel(); 2]);
    assert!(same.is_empty() && same.changes.is_empty() && same.effect.is_empty());
    assert_eq!(same.effect, Effect::default());
}

#[test]
fn occupations_are_added_removed_moved_and_relevelled() {
    let old = consultation();
    let new = changed(
        &old,
        "change,occupation,title,level,status,cluster\n\
         add-occupation,NEW1,Roofer,2,in-development,construction/onsite-construction/core-building-tradesperson\n\
         remove-occupation,LARS333,,,,\n\
         move-occupation,LARS287,,,,construction/onsite-construction/construction-site-supervisor\n\
         move-occupation,LARS51,,,,construction/onsite-construction/core-building-tradesperson\n\
         move-occupation,LARS82,,,,catering-and-hospitality/catering/caterer\n\
         re-level,LARS240,,4,,\n\
         re-title,LARS199,Civil engineer,,,\n\
         re-title,LARS264,Freight forwarder,,,\n\
         set-status,LARS182,,,approved,\n",
    );
    let d = diff(&old, &new);
    let added = &d.occupations_added[0];
    assert_eq!(
        (added.id.as_str(), added.level.number(), added.place.cluster.name.as_str()),
        ("NEW1", 2, "Core Building Tradesperson")
    );
    assert_eq!((d.occupations_removed.len(), d.occupations_removed[0].title.as_str()), (1, "Veterinary nurse"));
    let moved: Vec<(&str, BranchTier)> = d.moved.iter().map(|m| (m.id.as_str(), m.across)).collect();
    assert_eq!(
        moved,
        [("LARS51", BranchTier::Pathway), ("LARS287", BranchTier::Cluster), ("LARS82", BranchTier::Route)]
    );
    assert_eq!(
        (d.moved[0].from.pathway.name.as_str(), d.moved[0].to.pathway.name.as_str()),
        ("Design, surveying and planning", "Onsite construction")
    );
    assert_eq!((d.relevelled[0].from.number(), d.relevelled[0].to.number()), (3, 4));
    let titles: Vec<(&str, bool)> = d.retitled.iter().map(|t| (t.to.as_str(), t.was_approved)).collect();
    assert_eq!(titles, [("Civil engineer", true), ("Freight forwarder", false)]);
    assert_eq!((d.status[0].from.name(), d.status[0].to.name()), ("in-development", "approved"));
    assert!(d.statements_added.is_empty() && d.statements_removed.is_empty(), "they stand with the occupation");
}

#[test]
fn branches_open_close_and_change() {
    let old = consultation();
    let mut raw = old.raw().clone();
    raw.routes[0].pathways[0].clusters[0].apprenticeship_only = None;
    raw.routes[1].apprenticeship_only = Some(RawApprenticeshipOnly::new(["policy"]));
    raw.routes[4].apprenticeship_only = Some(RawApprenticeshipOnly::new(["too-little-content"]));
    raw.routes[1].pathways[0].first_teaching = Some("2020-09".to_owned());
    raw.routes[1].pathways[0].last_teaching = Some("2024".to_owned());
    raw.routes[3].name = Some("Digital and data".to_owned());
    let cluster = raw.routes[1].pathways[1].clusters.remove(4);
    raw.routes[1].pathways[0].clusters.push(cluster);
    let hospitality = raw.routes[2].pathways.remove(1);
    let new = checked(raw);
    let d = diff(&old, &new);
    assert_eq!(
        (d.opened.len(), d.opened[0].reasons[0].as_str(), d.opened[0].tier),
        (1, "heavy-machinery", BranchTier::Cluster)
    );
    assert_eq!((d.closed.len(), d.closed[0].id.as_str()), (1, "construction"));
    assert_eq!(
        (d.marks_changed[0].from[0].as_str(), d.marks_changed[0].to[0].as_str()),
        ("barred-under-18", "too-little-content")
    );
    let date = &d.teaching[0];
    assert_eq!((date.from.as_deref(), date.to.as_deref(), date.tier), (None, Some("2020-09"), BranchTier::Pathway));
    assert_eq!((d.teaching[1].date, d.teaching[1].to.as_deref()), (TeachingDate::Last, Some("2024")));
    assert_eq!(
        (d.branches_renamed[0].from.as_str(), d.branches_renamed[0].to.as_str()),
        ("Digital", "Digital and data")
    );
    assert_eq!(
        (d.branches_moved[0].from.name.as_str(), d.branches_moved[0].to.name.as_str()),
        ("Onsite construction", "Design, surveying and planning")
    );
    assert_eq!((d.branches_removed.len(), &d.branches_removed[0].name), (3, &hospitality.name.expect("has a name")));
    assert!(d.moved.is_empty(), "the occupations stay in their cluster");
    let back = diff(&new, &old);
    assert_eq!((back.opened.len(), back.closed.len(), back.branches_added.len()), (1, 1, 3));
}

/// An occupation with these statements, alone on a map.
fn alone(statements: &[(&str, &str, &str)]) -> Map {
    let mut occupation = RawOccupation::new("o", "Mason", 3);
    let of = |(id, kind, text): &(&str, &'static str, &str)| RawStatement::new(*id, *kind, *text);
    let statements: Vec<(&str, &'static str, &str)> = (statements.iter())
        .map(|(id, kind, text)| (*id, if *kind == "k" { "knowledge" } else { "skill" }, *text))
        .collect();
    occupation.statements.extend(statements.iter().map(of));
    let cluster = tlevel::read::RawCluster::new("c", "C").with(occupation);
    let pathway = tlevel::read::RawPathway::new("p", "P").with(cluster);
    checked(RawMap::new("One").with(tlevel::read::RawRoute::new("r", "R").with(pathway)))
}

#[test]
fn statements_match_by_id_then_by_likeness() {
    let old = alone(&[
        ("K1", "k", "Bonds and their uses"),
        ("K2", "k", "Mortar, its mixes and additives"),
        ("K3", "k", "Safe use of ladders on site"),
        ("K4", "k", "Waste"),
        ("K5", "k", "Drawings"),
        ("S1", "s", "Lay bricks to line"),
    ]);
    let new = alone(&[
        // renumbered behind a new one
        ("K1", "k", "Stone and where it comes from"),
        ("K2", "k", "Bonds and their uses"),
        ("K3", "k", "Mortar, its mixes and its additives"),
        ("K4", "k", "Sustainability"),
        ("K9", "k", "Safe use of ladders and towers on site"),
        ("S1", "k", "Lay bricks to line"),
    ]);
    let d = diff(&old, &new);
    let renumbered: Vec<(&str, &str)> = d.renumbered.iter().map(|r| (r.from.as_str(), r.to.as_str())).collect();
    assert_eq!(renumbered, [("K1", "K2")]);
    let reworded: Vec<(&str, &str, MatchedBy)> =
        d.reworded.iter().map(|r| (r.was.as_str(), r.statement.as_str(), r.matched_by)).collect();
    assert_eq!(
        reworded,
        [("K2", "K3", MatchedBy::Likeness), ("K4", "K4", MatchedBy::Id), ("K3", "K9", MatchedBy::Likeness)]
    );
    assert_eq!((d.reworded[1].from.as_str(), d.reworded[1].to.as_str()), ("Waste", "Sustainability"));
    assert_eq!(d.reworded[1].likeness.to_bits(), 0.0_f64.to_bits());
    assert_eq!(d.reworded[2].likeness.to_bits(), (12.0_f64 / 14.0).to_bits());
    // kinds never mix
    let added: Vec<&str> = d.statements_added.iter().map(|s| s.statement.as_str()).collect();
    let removed: Vec<&str> = d.statements_removed.iter().map(|s| s.statement.as_str()).collect();
    assert_eq!((added, removed), (vec!["K1", "S1"], vec!["K5", "S1"]));
}

/// Two occupations that share K1 ("Safety") and each have one thing more.
fn pair(extra: impl Fn(&mut RawMap)) -> Map {
    let mut cluster = tlevel::read::RawCluster::new("c", "C");
    for (id, own) in [("a", "Lay bricks"), ("b", "Plaster walls")] {
        let mut occupation = RawOccupation::new(id, format!("Occupation {id}"), 3);
        occupation.statements.push(RawStatement::new("K1", "knowledge", "Safety"));
        occupation.statements.push(RawStatement::new("S1", "skill", own));
        cluster = cluster.with(occupation);
    }
    let pathway = tlevel::read::RawPathway::new("p", "P").with(cluster);
    let mut raw = RawMap::new("Two").with(tlevel::read::RawRoute::new("r", "R").with(pathway));
    extra(&mut raw);
    checked(raw)
}

fn causes(causes: &[Cause]) -> Vec<(CauseKind, Option<&str>, Option<&str>)> {
    causes.iter().map(|c| (c.kind, c.occupation.as_deref(), c.statement.as_deref())).collect()
}

#[test]
fn causes_are_named() {
    let old = pair(|_| ());
    let policy = Policy::t_level();
    for (rows, kind, occupation, statement) in [
        ("change,occupation,statement\ndrop-statement,b,K1\n", CauseKind::StatementRemoved, "b", Some("K1")),
        (
            "change,occupation,statement,text\nreword-statement,b,K1,Danger\n",
            CauseKind::StatementReworded,
            "b",
            Some("K1"),
        ),
        ("change,occupation,title,level,cluster\nadd-occupation,n,New,3,c\n", CauseKind::Other, "", None),
        ("change,occupation\nremove-occupation,b\n", CauseKind::OccupationRemoved, "b", None),
        ("change,occupation,level\nre-level,b,4\n", CauseKind::OccupationReLevelled, "b", None),
    ] {
        let new = changed(&old, rows);
        let d = difference(&old, &new, [&policy; 2]);
        if kind == CauseKind::Other {
            // a newcomer without statements does not count
            assert!(d.effect.programmes[0].pathway_core.is_empty(), "{rows}");
            assert_eq!(d.effect.programmes[0].specialisms_gained[0].title, "New");
            continue;
        }
        let lost = &d.effect.programmes[0].pathway_core.lost;
        assert_eq!(lost.len(), 1, "{rows}");
        assert_eq!(lost[0].text, "Safety");
        assert_eq!(causes(&lost[0].causes), [(kind, Some(occupation), statement)], "{rows}");
        // and back
        let back = difference(&new, &old, [&policy; 2]);
        let gained = &back.effect.programmes[0].pathway_core.gained;
        let mirrored = match kind {
            CauseKind::StatementRemoved => CauseKind::StatementAdded,
            CauseKind::OccupationRemoved => CauseKind::OccupationAdded,
            same => same,
        };
        assert_eq!(causes(&gained[0].causes), [(mirrored, Some(occupation), statement)], "{rows}");
    }
    // a newcomer that counts and lacks it
    let new = changed(
        &old,
        "change,occupation,title,level,cluster,statement,kind,text\n\
         add-occupation,n,New,3,c,,,\nadd-statement,n,,,,K1,knowledge,Tiles\n",
    );
    let lost = difference(&old, &new, [&policy; 2]).effect.programmes[0].pathway_core.lost.clone();
    assert_eq!(causes(&lost[0].causes), [(CauseKind::OccupationAdded, Some("n"), None)]);
    assert_eq!(lost[0].other, Standing::Specialism);
    // under half of them it stays
    let new_policy = Policy::panel();
    let d = difference(&new, &new, [&policy, &new_policy]);
    let gained = &d.effect.programmes[0].pathway_core.gained;
    assert_eq!(causes(&gained[0].causes), [(CauseKind::Policy, None, None)]);
    assert_eq!(d.effect.policy.as_ref().expect("differs").quorum, [Quorum::ALL, Quorum::HALF]);
    assert!(d.changes.is_empty() && !d.is_empty());
}

#[test]
fn concepts_match_by_their_statements_and_not_by_their_ids() {
    // everybody rewords it: the item stays, under another id and wording
    let old = pair(|_| ());
    let new =
        changed(&old, "change,occupation,statement,text\nreword-statement,a,K1,Danger\nreword-statement,b,K1,Danger\n");
    let d = difference(&old, &new, [&Policy::t_level(); 2]);
    assert_eq!((d.changes.reworded.len(), d.effect.is_empty()), (2, true), "{:?}", d.effect);
}

#[test]
fn the_concept_that_shares_most_is_the_same_one() {
    let third = |raw: &mut RawMap| {
        let mut occupation = RawOccupation::new("d", "Occupation d", 3);
        occupation.statements.push(RawStatement::new("K1", "knowledge", "Safety"));
        raw.routes[0].pathways[0].clusters[0].occupations.push(occupation);
    };
    let old = pair(third);
    // the first of three rewords it, so that its new wording comes first
    let new = changed(&old, "change,occupation,statement,text\nreword-statement,a,K1,Danger\n");
    let mut policy = Policy::t_level();
    policy.pathway_quorum = "2/3".parse().expect("a quorum");
    let d = difference(&old, &new, [&policy; 2]);
    assert_eq!(d.effect.programmes.len(), 1);
    assert!(d.effect.programmes[0].pathway_core.is_empty(), "{:?}", d.effect);
}

#[test]
fn what_changes_can_say_is_said_in_small() {
    let old = alone(&[("K1", "k", "Bonds"), ("K2", "k", "Mortar"), ("K3", "k", "Waste")]);
    for (statements, names) in [
        (
            &[("K2", "k", "Mortar"), ("K1", "k", "Bonds"), ("K3", "k", "Waste")][..],
            &["drop-statement", "add-statement"][..],
        ),
        (&[("K1", "k", "Bonds"), ("K3", "k", "Waste")], &["drop-statement"]),
        (&[("K1", "k", "Bonds"), ("K2", "k", "Lime"), ("K3", "k", "Waste")], &["reword-statement"]),
        (&[("K1", "k", "Bonds"), ("K2", "s", "Mortar"), ("K3", "k", "Waste")], &["drop-statement", "add-statement"]),
    ] {
        let changes = to_changes(&old, &alone(statements)).changes;
        assert_eq!(changes.changes.iter().map(|c| c.name()).collect::<Vec<_>>(), names);
    }
}

#[test]
fn a_marked_branch_takes_its_programme_along() {
    let old = pair(|_| ());
    let new = changed(&old, "change,branch,reasons,note\nmark,r,policy; heavy-machinery,Under review\n");
    let d = difference(&old, &new, [&Policy::t_level(); 2]);
    assert_eq!(d.changes.closed[0].reasons, ["policy", "heavy-machinery"]);
    let programme = &d.effect.programmes[0];
    assert_eq!(
        (programme.fate, programme.reason.as_ref().map(|r| r.name()), programme.branch.as_deref()),
        (Fate::Disappears, Some("apprenticeship-only"), Some("r"))
    );
    let lost = &programme.pathway_core.lost[0];
    assert_eq!(
        causes(&lost.causes),
        [(CauseKind::BranchClosed, Some("a"), None), (CauseKind::BranchClosed, Some("b"), None)]
    );
    assert_eq!(lost.causes[0].branch.as_deref(), Some("r"));
    assert_eq!((programme.counting_lost.len(), programme.specialisms_lost.len()), (2, 2));
    let back = difference(&new, &old, [&Policy::t_level(); 2]);
    assert_eq!((back.effect.programmes[0].fate, back.changes.opened.len()), (Fate::Appears, 1));
    let mut raw = old.raw().clone();
    raw.routes[0].pathways.clear();
    let gone = difference(&old, &checked(raw), [&Policy::t_level(); 2]);
    assert_eq!(gone.effect.programmes[0].reason, Some(tlevel::map::Reason::NotOnTheMap));
}

#[test]
fn differences_are_written_and_read_back() {
    let old = consultation();
    let new = changed(
        &old,
        "change,occupation,level,statement,text\nre-level,LARS287,3,,\nreword-statement,LARS51,,K2,Other\n",
    );
    let d = difference(&old, &new, [&Policy::t_level(), &Policy::panel()]);
    let text = serde_json::to_string(&d).expect("JSON");
    assert!(text.starts_with("{\"format\":\"tlevel-difference\",\"version\":1,"), "{text}");
    assert_eq!(serde_json::from_str::<Difference>(&text).expect("reads back"), d);
    assert_eq!(serde_json::from_str::<MapDiff>("{}").expect("all is optional"), MapDiff::default());
}

#[test]
fn problems_are_listed_all_at_once() {
    let map = consultation();
    let changes = Changes::from_csv(
        "change,occupation,title,level,cluster,statement,kind,text,branch\n\
         re-level,LARS2877,,3,,,,,\n\
         move-occupation,LARS287,,,construction,,,,\n\
         move-occupation,LARS287,,,catering-and-hospitality/catering/caterr,,,,\n\
         add-occupation,LARS287,Bricklayer,2,catering-and-hospitality/catering/caterer,,,,\n\
         drop-statement,LARS287,,,,K99,,,\n\
         add-statement,LARS287,,,,K1,knowledge,More,\n\
         add-statement,LARS287,,,,K77,knowledg,More,\n\
         unmark,,,,,,,,construction\n\
         unmark,,,,,,,,construktion\n\
         remove-occupation,LARS287,,,,,,,\n",
    )
    .expect("a changes file");
    let errors = apply(&map, &changes).expect_err("cannot be applied");
    assert_eq!(errors.problems.len(), 9);
    assert_eq!(
        errors.to_string(),
        "9 changes cannot be applied; nothing was changed:\n  \
         change 1 (re-level): the map has no occupation \"LARS2877\": did you mean \"LARS287\"?\n  \
         change 2 (move-occupation): \"construction\" is not a cluster; give the id of one\n  \
         change 3 (move-occupation): the map has no cluster \"catering-and-hospitality/catering/caterr\": did you mean \"catering-and-hospitality/catering/caterer\"?\n  \
         change 4 (add-occupation): the id \"LARS287\" is taken; give the new occupation another\n  \
         change 5 (drop-statement): \"LARS287\" has no statement \"K99\"\n  \
         change 6 (add-statement): \"LARS287\" has a statement \"K1\" already; give the new one another id\n  \
         change 7 (add-statement): \"knowledg\" is not a kind of statement (knowledge, skill or behaviour): did you mean \"knowledge\"?\n  \
         change 8 (unmark): \"construction\" is not marked as apprenticeship-only\n  \
         change 9 (unmark): the map has no route, pathway or cluster \"construktion\": did you mean \"construction\"?"
    );
}

#[test]
fn files_that_are_no_changes() {
    for (text, message) in [
        (
            "{",
            "line 1, column 1: not valid JSON: EOF while parsing an object; the file ends too early: it may be cut off, fetch it again",
        ),
        (
            "{\"format\": \"tlevel-map\"}",
            "line 1, column 12: /format: expected \"tlevel-changes\", found the text \"tlevel-map\"; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1,\n \"change\": []}",
            "line 2, column 12: /change: expected only members that are known here, found \"change\": did you mean \"changes\"?; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1}",
            "line 1, column 1: expected \"changes\": [...], found no changes; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 2, \"changes\": []}",
            "line 1, column 41: /version: expected version 1, which this release reads, found the number 2; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [\n {\"change\": \"re-level\", \"occupation\": \"o\", \"level\": \"three\"}]}",
            "line 2, column 53: /changes/0/level: expected a whole number, found the text \"three\"; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [\n {\"change\": \"re-level\", \"occupation\": \"o\", \"level\": 8}]}",
            "line 2, column 53: /changes/0/level: expected a level, 2 to 7, found 8; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [\n {\"change\": \"unmark\", \"brnch\": \"o\"}]}",
            "line 2, column 32: /changes/0/brnch: expected only members that are known here, found \"brnch\": did you mean \"branch\"?; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [\n {\"change\": \"unmark\", \"branch\": \"o\"},\n  {\"change\": \"unmark\"}]}",
            "line 3, column 3: /changes/1/branch: expected a text, which this change needs, found none; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [\n {\"change\": \"re-level\", \"occupation\": \"o\", \"title\": \"T\", \"level\": 3}]}",
            "line 2, column 53: /changes/0/title: expected only members that are known here, found \"title\"; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"title\": 1,\n \"changes\": [{\"chnge\": \"unmark\"},\n {\"change\": \"re-levl\"}, {\"change\": \"unmark\", \"branch\": \"o\"}, [],\n {\"change\": \"re-level\", \"occupation\": \"o\"},\n {\"change\": \"unmark\", \"change\": \"unmark\"}]}",
            "6 things are wrong; correct them and try again:\n  \
             line 1, column 53: /title: expected a text, found the number 1; correct it and try again\n  \
             line 2, column 14: /changes/0: expected \"change\": the name of a change, found none; correct it and try again\n  \
             line 3, column 13: /changes/1/change: expected the name of a change, found \"re-levl\": did you mean \"re-level\"?; correct it and try again\n  \
             line 3, column 62: /changes/3: expected an object, found a list of 0; correct it and try again\n  \
             line 4, column 2: /changes/4/level: expected a level, 2 to 7, found none; correct it and try again\n  \
             line 5, column 2: /changes/5/change: this member is given twice; keep one of them",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [\n {\"change\": \"mark\", \"branch\": \"o\", \"reason\": \"policy\"}]}",
            "line 2, column 46: /changes/0/reason: expected only members that are known here, found \"reason\": did you mean \"reasons\"?; correct it and try again",
        ),
        (
            "{\"format\": \"tlevel-changes\", \"version\": 1, \"changes\": [\n {\"change\": \"policy\", \"quorum\": 0}]}",
            "line 2, column 33: /changes/0/quorum: expected a share above 0 and up to 1, such as 0.5 or \"2/3\", found 0; correct it and try again",
        ),
        (
            "change,occupaton\n",
            "line 1: the column \"occupaton\" is not known (did you mean \"occupation\"?); a changes file has the column \
             change (and may have occupation, title, level, status, cluster, position, statement, kind, text, option, \
             branch, reasons, note, quorum, route_quorum)",
        ),
        (
            "occupation\n",
            "line 1: the column \"change\" is missing; a changes file has the column change (and may have occupation, \
             title, level, status, cluster, position, statement, kind, text, option, branch, reasons, note, quorum, \
             route_quorum); found: \"occupation\"",
        ),
        ("change,change\n", "line 1: the column \"change\" is there twice; keep one of them"),
        ("change,level\nre-levl,3\n", "line 2: \"re-levl\" is not a change: did you mean \"re-level\"?"),
        ("change,occupation,level\nre-level,o,9\n", "line 2: \"9\" is not a level; levels are 2 to 7"),
        (
            "change,occupation,level\nremove-occupation,o,3\n",
            "line 2: remove-occupation does not use the column \"level\"; empty the cell",
        ),
        (
            "change,occupation\nremove-occupation\n",
            "line 2: remove-occupation needs an occupation; fill in the column \"occupation\"",
        ),
        (
            "change,quorum\npolicy,2\n",
            "line 2: \"2\" is not a quorum; expected a share above 0 and up to 1, such as 0.5, or k/n, such as 2/3",
        ),
        (
            "change,occupation,level\nre-level,o,9\nre-level,o\nre-level,o,3\nre-levl,o,3\n",
            "3 things are wrong; correct them and try again:\n  \
             line 2: \"9\" is not a level; levels are 2 to 7\n  \
             line 3: re-level needs a level; fill in the column \"level\"\n  \
             line 5: \"re-levl\" is not a change: did you mean \"re-level\"?",
        ),
    ] {
        assert_eq!(Changes::read(text).expect_err(text).to_string(), message, "{text}");
    }
    let many = format!("change\n{}", "x\n".repeat(100_000));
    let message = Changes::read(&many).expect_err("names no change").to_string();
    assert!(message.lines().count() == 17 && message.ends_with("\n  and 99985 more"), "{message}");
}

#[test]
fn concepts_are_carried_over() {
    let old = pair(|_| ());
    let groups = tlevel::concept::Group {
        id: "judged".to_owned(),
        statements: vec![("a".into(), "S1".into()), ("b".into(), "S1".into())],
        ..tlevel::concept::Group::default()
    };
    let concepts = Concepts::from_groups(&old, [groups]).expect("fits");
    let new = changed(
        &old,
        "change,occupation,title,level,cluster,statement,kind,text\n\
         add-occupation,n,New,3,c,,,\n\
         add-statement,n,,,,S1,skill,lay bricks.\n\
         add-statement,n,,,,S2,skill,Glaze\n\
         reword-statement,b,,,,K1,,Danger\n",
    );
    let carried = carry_over(&old, &concepts, &new, &Concepts::exact(&new)).expect("fit");
    let of = |occupation: &str, statement: &str| {
        let occupation = new.occupation(occupation).expect("is there");
        let statement = occupation.statements().find(|s| s.id() == statement).expect("is there");
        carried
            .of(statement.index())
            .iter()
            .map(|c| carried.get(*c).expect("is there").id().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("a", "S1"), ["judged"]);
    assert_eq!(of("b", "S1"), ["judged"]);
    assert_eq!(of("n", "S1"), ["judged"], "joined by its wording");
    assert_ne!(of("a", "K1"), of("b", "K1"));
    assert_eq!(carried.len(), 4);
    assert!(carry_over(&old, &carried, &new, &carried).is_none());
}

/// An occupation by its title and a branch by its name, as `consult` takes them.
#[test]
fn changes_may_use_names() {
    let map = consultation();
    let by_name = "change,occupation,cluster,branch\nmove-occupation,Bricklayer,Caterer,\nunmark,,,Hospitality\n";
    let by_id = "change,occupation,cluster,branch\n\
                 move-occupation,LARS287,catering-and-hospitality/catering/caterer,\n\
                 unmark,,,catering-and-hospitality/hospitality\n";
    // as people write it in a workbook
    let loosely = |rows: &str| Changes::from_csv(&format!("change,occupation,cluster,level,title\n{rows}")).unwrap();
    let exactly = loosely(
        "move-occupation,a,c,,\nremove-occupation,a,,,\nre-level,a,,4,\nadd-occupation,dental-nurse,c,3,Dental nurse\n",
    );
    assert_eq!(loosely("Move,a,c,,\nRemove occupation,a,,,\nRe-level,a,,Level 4,\nadd,,c,3,Dental nurse\n"), exactly);
    let [named, known] = [by_name, by_id].map(|csv| apply(&map, &Changes::from_csv(csv).unwrap()).unwrap());
    assert_eq!(named, known);
    // a new occupation by its title, and the code of a statement in any case
    let header = "change,occupation,cluster,level,title,statement,kind,text";
    let rows = |occupation: &str, statement: &str| {
        format!(
            "{header}\nadd,,Caterer,3,Street food cook,,,\nadd-statement,{occupation},,,,K1,knowledge,Hygiene\n\
             reword-statement,{occupation},,,,{statement},,Food hygiene\n"
        )
    };
    let [by_title, by_id] = [rows("street food  cook", "k1"), rows("street-food-cook", "K1")];
    let [by_title, by_id] = [by_title, by_id].map(|csv| apply(&map, &Changes::from_csv(&csv).unwrap()).unwrap());
    assert_eq!(by_title, by_id);
    let wrong = "change,occupation,level,cluster\nre-level,Brickleyer,3,\nmove-occupation,LARS287,,catterer\n";
    let wrong = apply(&map, &Changes::from_csv(wrong).unwrap()).unwrap_err().to_string();
    assert!(wrong.contains("did you mean \"Bricklayer\"?") && wrong.contains("did you mean \"Caterer\"?"), "{wrong}");
}
