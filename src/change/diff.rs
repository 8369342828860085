//! From two maps to what differs.

use std::collections::HashMap;

use super::map_diff::{
    BranchAt, BranchMark, BranchMoved, BranchRenamed, BranchTier, DetailsChanged, MapDiff, MarkChanged, MatchedBy,
    OccupationAt, OccupationMoved, OccupationPlace, OptionsChanged, ReLevelled, ReTitled, Renumbered, Reworded,
    StatementAt, StatusChanged, TeachingChanged, TeachingDate,
};
use super::pairs::{Pairs, likeness};
use crate::derive::{BranchName, MapInfo};
use crate::map::{Cluster, Map, Occupation, Statement, Status};
use crate::read::{RawApprenticeshipOnly, RawDuty};

/// What differs between two maps: branches, occupations, statements.
///
/// How things are matched is told in [the room's words](super). The order of
/// rows is no difference, and a map against itself gives nothing. What the
/// check set aside is on neither map.
///
/// # Examples
///
/// ```
/// use tlevel::change::{Changes, apply, diff};
///
/// let old = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json"))?)?.map;
/// let changes = Changes::from_csv("change,occupation,level\nre-level,LARS287,3\n")?;
/// let new = tlevel::check(apply(&old, &changes)?)?.map;
/// let difference = diff(&old, &new);
/// assert_eq!(difference.relevelled[0].title, "Bricklayer");
/// assert_eq!(difference.relevelled[0].to.number(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the length of all texts, and for the `k` statements of an
/// occupation that are neither where they were nor of the same wording or id
/// `O(k²)` comparisons, a million at the most.
pub fn diff(old: &Map, new: &Map) -> MapDiff {
    diff_by(old, new, &Pairs::of(old, new))
}

pub(super) fn diff_by(old: &Map, new: &Map, pairs: &Pairs) -> MapDiff {
    let mut out = MapDiff { old: info(old), new: info(new), ..MapDiff::default() };
    branches(&mut out, old, new);
    let (old_aside, new_aside) = (set_aside(old), set_aside(new));
    for occupation in old.occupations().filter(|o| new.occupation(o.id()).is_none()) {
        out.occupations_removed.push(occupation_at(occupation, &new_aside));
    }
    for occupation in new.occupations() {
        match old.occupation(occupation.id()) {
            None => out.occupations_added.push(occupation_at(occupation, &old_aside)),
            Some(was) => {
                of_occupation(&mut out, was, occupation);
                statements(&mut out, old, was, occupation, pairs);
            }
        }
    }
    out
}

fn info(map: &Map) -> MapInfo {
    let raw = map.raw();
    let source = raw.source.as_ref();
    MapInfo {
        title: raw.title.clone(),
        published: raw.published.clone(),
        licence: source.and_then(|s| s.licence.clone()),
        attribution: source.and_then(|s| s.attribution.clone()),
    }
}

fn set_aside(map: &Map) -> HashMap<&str, &str> {
    map.set_aside().filter_map(|s| Some((s.raw().id.as_deref()?, s.reason()))).collect()
}

/// A route, pathway or cluster, with what may differ.
struct Branch<'m> {
    tier: BranchTier,
    id: &'m str,
    name: &'m str,
    parent: Option<(&'m str, &'m str)>,
    mark: Option<&'m RawApprenticeshipOnly>,
    dates: [Option<&'m String>; 2],
}

impl Branch<'_> {
    fn key(&self) -> (BranchTier, &str) {
        (self.tier, self.id)
    }

    fn at(&self) -> BranchAt {
        BranchAt { tier: self.tier, id: self.id.to_owned(), name: self.name.to_owned() }
    }
}

/// All branches, each before those below it.
fn branches_of(map: &Map) -> Vec<Branch<'_>> {
    let mut all = Vec::new();
    for route in map.routes() {
        let (raw, own) = (route.raw(), (route.id(), route.name()));
        let dates = [raw.first_teaching_planned.as_ref(), raw.first_teaching.as_ref()];
        let mark = route.apprenticeship_only();
        all.push(Branch { tier: BranchTier::Route, id: own.0, name: own.1, parent: None, mark, dates });
        for pathway in route.pathways() {
            let (raw, above, own) = (pathway.raw(), Some(own), (pathway.id(), pathway.name()));
            let dates = [raw.first_teaching_planned.as_ref(), raw.first_teaching.as_ref()];
            let mark = pathway.apprenticeship_only();
            all.push(Branch { tier: BranchTier::Pathway, id: own.0, name: own.1, parent: above, mark, dates });
            all.extend(pathway.clusters().map(|cluster| Branch {
                tier: BranchTier::Cluster,
                id: cluster.id(),
                name: cluster.name(),
                parent: Some(own),
                mark: cluster.apprenticeship_only(),
                dates: [None, None],
            }));
        }
    }
    all
}

fn branches(out: &mut MapDiff, old: &Map, new: &Map) {
    let (before, after) = (branches_of(old), branches_of(new));
    let now: HashMap<_, _> = after.iter().map(|b| (b.key(), b)).collect();
    let was: HashMap<_, _> = before.iter().map(|b| (b.key(), b)).collect();
    out.branches_removed.extend(before.iter().filter(|b| !now.contains_key(&b.key())).map(Branch::at));
    for branch in &after {
        let Some(before) = was.get(&branch.key()) else {
            out.branches_added.push(branch.at());
            continue;
        };
        let BranchAt { tier, id, name } = branch.at();
        if before.name != branch.name {
            let from = before.name.to_owned();
            out.branches_renamed.push(BranchRenamed { tier, id: id.clone(), from, to: name.clone() });
        }
        if let (Some(from), Some(to)) = (before.parent, branch.parent)
            && from.0 != to.0
        {
            let (from, to) = (branch_name(from.0, from.1), branch_name(to.0, to.1));
            out.branches_moved.push(BranchMoved { tier, id: id.clone(), name: name.clone(), from, to });
        }
        mark(out, before, branch);
        for (date, (from, to)) in
            [TeachingDate::Planned, TeachingDate::First].into_iter().zip(before.dates.iter().zip(branch.dates))
        {
            if *from != to {
                let (from, to) = (from.cloned(), to.cloned());
                out.teaching.push(TeachingChanged { tier, id: id.clone(), name: name.clone(), date, from, to });
            }
        }
    }
}

fn mark(out: &mut MapDiff, before: &Branch<'_>, branch: &Branch<'_>) {
    let BranchAt { tier, id, name } = branch.at();
    let marked = |mark: &RawApprenticeshipOnly| BranchMark {
        tier,
        id: id.clone(),
        name: name.clone(),
        reasons: mark.reasons.clone(),
        note: mark.note.clone(),
    };
    match (before.mark, branch.mark) {
        (None, Some(mark)) => out.closed.push(marked(mark)),
        (Some(mark), None) => out.opened.push(marked(mark)),
        (Some(a), Some(b)) if (&a.reasons, &a.note) != (&b.reasons, &b.note) => {
            let (from, to, note) = (a.reasons.clone(), b.reasons.clone(), b.note.clone());
            out.marks_changed.push(MarkChanged { tier, id, name, from, to, note });
        }
        _ => {}
    }
}

fn branch_name(id: &str, name: &str) -> BranchName {
    BranchName { id: id.to_owned(), name: name.to_owned() }
}

pub(super) fn place(cluster: Cluster<'_>) -> OccupationPlace {
    let pathway = cluster.pathway();
    let route = pathway.route();
    OccupationPlace {
        route: branch_name(route.id(), route.name()),
        pathway: branch_name(pathway.id(), pathway.name()),
        cluster: branch_name(cluster.id(), cluster.name()),
    }
}

fn occupation_at(occupation: Occupation<'_>, aside: &HashMap<&str, &str>) -> OccupationAt {
    OccupationAt {
        id: occupation.id().to_owned(),
        title: occupation.title().to_owned(),
        level: occupation.level(),
        status: occupation.status(),
        place: place(occupation.cluster()),
        set_aside: aside.get(occupation.id()).map(|reason| (*reason).to_owned()),
    }
}

fn of_occupation(out: &mut MapDiff, was: Occupation<'_>, is: Occupation<'_>) {
    let (id, title) = (is.id().to_owned(), is.title().to_owned());
    if was.cluster().id() != is.cluster().id() {
        let (from, to) = (place(was.cluster()), place(is.cluster()));
        let across = if from.route.id != to.route.id {
            BranchTier::Route
        } else if from.pathway.id != to.pathway.id {
            BranchTier::Pathway
        } else {
            BranchTier::Cluster
        };
        out.moved.push(OccupationMoved { id: id.clone(), title: title.clone(), across, from, to });
    }
    if was.level() != is.level() {
        let (from, to) = (was.level(), is.level());
        out.relevelled.push(ReLevelled { id: id.clone(), title: title.clone(), from, to });
    }
    if was.title() != is.title() {
        let was_approved = was.status() == Status::Approved;
        let (from, to) = (was.title().to_owned(), title.clone());
        out.retitled.push(ReTitled { id: id.clone(), from, to, was_approved });
    }
    if was.status() != is.status() {
        let (from, to) = (was.status(), is.status());
        out.status.push(StatusChanged { id: id.clone(), title: title.clone(), from, to });
    }
    let members = details(was, is);
    if !members.is_empty() {
        out.details.push(DetailsChanged { id, title, members });
    }
}

fn details(was: Occupation<'_>, is: Occupation<'_>) -> Vec<String> {
    let (a, b) = (was.raw(), is.raw());
    let same_duty = |a: &RawDuty, b: &RawDuty| {
        (&a.id, &a.text, a.core, &a.statements, &a.options) == (&b.id, &b.text, b.core, &b.statements, &b.options)
    };
    let same_duties = a.duties.len() == b.duties.len() && a.duties.iter().zip(&b.duties).all(|(a, b)| same_duty(a, b));
    [
        ("standard", a.standard == b.standard),
        ("url", a.url == b.url),
        ("job_titles", a.job_titles == b.job_titles),
        ("keywords", a.keywords == b.keywords),
        ("overview", a.overview == b.overview),
        ("mandatory_qualifications", a.mandatory_qualifications == b.mandatory_qualifications),
        ("barriers", a.barriers == b.barriers),
        ("progresses_to", a.progresses_to == b.progresses_to),
        ("options", a.options == b.options),
        ("duties", same_duties),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(member, _)| member.to_owned())
    .collect()
}

fn statements(out: &mut MapDiff, old: &Map, was: Occupation<'_>, is: Occupation<'_>, pairs: &Pairs) {
    let at = |s: Statement<'_>| StatementAt {
        occupation: is.id().to_owned(),
        title: is.title().to_owned(),
        statement: s.id().to_owned(),
        kind: s.kind(),
        text: s.text().to_owned(),
    };
    out.statements_removed.extend(was.statements().filter(|s| pairs.new_of(s.index()).is_none()).map(at));
    for statement in is.statements() {
        let Some(before) = pairs.old_of(statement.index()).and_then(|s| old.statement_at(s)) else {
            out.statements_added.push(at(statement));
            continue;
        };
        let StatementAt { occupation, title, statement: id, kind, text: to } = at(statement);
        if before.text() != to {
            out.reworded.push(Reworded {
                occupation: occupation.clone(),
                title: title.clone(),
                statement: id.clone(),
                was: before.id().to_owned(),
                kind,
                from: before.text().to_owned(),
                likeness: likeness(before.text(), &to),
                to,
                matched_by: if before.id() == id { MatchedBy::Id } else { MatchedBy::Likeness },
            });
        } else if before.id() != id {
            let from = before.id().to_owned();
            out.renumbered.push(Renumbered {
                occupation: occupation.clone(),
                title: title.clone(),
                from,
                to: id.clone(),
            });
        }
        if before.options().len() + statement.options().len() > 0 {
            let ids = |s: Statement<'_>| s.options().map(|o| o.id().to_owned()).collect::<Vec<_>>();
            let (from, to) = (ids(before), ids(statement));
            if from != to {
                out.options_changed.push(OptionsChanged { occupation, title, statement: id, from, to });
            }
        }
    }
}
