//! Compares two maps.

use std::collections::HashMap;

use super::details::{duties, options, same_duties, statements};
use super::report::{
    BranchAt, BranchMark, BranchMoved, BranchRecoded, BranchRenamed, DetailsChanged, MapDiff, MarkChanged,
    OccupationAt, OccupationMoved, OccupationPlace, ReLevelled, ReTitled, Recoded, StatusChanged, TeachingChanged,
    TeachingDate,
};
use super::summary;
use crate::change::matching::occupations::Records;
use crate::change::matching::statements::Pairs;
use crate::change::scope::Within;
use crate::map::{BranchName, BranchTier, Cluster, Map, MapInfo, Occupation, Reason, Status};
use crate::read::RawApprenticeshipOnly;

/// Returns the differences between two maps: branches, occupations, statements.
///
/// [The manual of the room](crate::change) describes how things are matched. The order
/// of rows is not a difference, and comparing a map with itself gives nothing.
/// What the check set aside is on neither map.
///
/// # Examples
///
/// ```
/// use tlevel::change::{Changes, apply, diff};
///
/// let old = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
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
/// `O(n)` in the length of all texts; `O(k²)` comparisons, at most a million,
/// for the `k` statements of an occupation that match neither by place nor by
/// wording or id.
pub fn diff(old: &Map, new: &Map) -> MapDiff {
    diff_by(old, new, &Pairs::of(old, new), &Within::WHOLE)
}

pub(in crate::change) fn diff_by(old: &Map, new: &Map, pairs: &Pairs, within: &Within) -> MapDiff {
    let records = &pairs.records;
    let mut out = MapDiff { old: info(old), new: info(new), ..MapDiff::default() };
    branches(&mut out, old, new, records, within);
    let (old_aside, new_aside) = (set_aside(old), set_aside(new));
    for was in old.occupations().filter(|o| records.new_occupation(*o, new).is_none() && within.occupation(*o, 0)) {
        out.occupations_removed.push(occupation_at(was, &new_aside));
    }
    for is in new.occupations() {
        match records.old_occupation(is, old) {
            None if within.occupation(is, 1) => out.occupations_added.push(occupation_at(is, &old_aside)),
            Some(was) if within.pair(was, is) => {
                of_occupation(&mut out, was, is, records, [old, new]);
                options(&mut out, was, is);
                duties(&mut out, was, is);
                statements(&mut out, old, was, is, pairs);
            }
            _ => {}
        }
    }
    out.summary = summary::summary(&out, old, new, records, within);
    out.not_covered = summary::not_covered(old, new, records, within);
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

fn set_aside(map: &Map) -> HashMap<&str, Reason> {
    map.set_aside().filter_map(|s| Some((s.raw().id.as_deref()?, s.reason()))).collect()
}

/// A route, pathway or cluster, with everything that may differ.
struct Branch<'m> {
    tier: BranchTier,
    /// Its number among those of its tier.
    number: usize,
    in_scope: bool,
    id: &'m str,
    name: &'m str,
    parent: Option<(&'m str, &'m str)>,
    mark: Option<&'m RawApprenticeshipOnly>,
    dates: [Option<&'m String>; 3],
}

impl Branch<'_> {
    fn at(&self) -> BranchAt {
        let parent = self.parent.map(|(id, _)| id.to_owned());
        BranchAt { tier: self.tier, id: self.id.to_owned(), name: self.name.to_owned(), parent }
    }
}

/// All branches of the old map (0) or the new one (1), each before those below
/// it.
fn branches_of<'m>(map: &'m Map, within: &Within, side: usize) -> Vec<Branch<'m>> {
    let mut all = Vec::new();
    for route in map.routes() {
        let (raw, own) = (route.raw(), (route.id(), route.name()));
        all.push(Branch {
            tier: BranchTier::Route,
            number: route.index().index(),
            in_scope: within.route(route, side),
            id: own.0,
            name: own.1,
            parent: None,
            mark: route.apprenticeship_only(),
            dates: [&raw.first_teaching_planned, &raw.first_teaching, &raw.last_teaching].map(Option::as_ref),
        });
        for pathway in route.pathways() {
            let (raw, above, own) = (pathway.raw(), Some(own), (pathway.id(), pathway.name()));
            let in_scope = within.pathway(pathway, side);
            all.push(Branch {
                tier: BranchTier::Pathway,
                number: pathway.index().index(),
                in_scope,
                id: own.0,
                name: own.1,
                parent: above,
                mark: pathway.apprenticeship_only(),
                dates: [&raw.first_teaching_planned, &raw.first_teaching, &raw.last_teaching].map(Option::as_ref),
            });
            all.extend(pathway.clusters().map(|cluster| Branch {
                tier: BranchTier::Cluster,
                number: cluster.index().index(),
                in_scope,
                id: cluster.id(),
                name: cluster.name(),
                parent: Some(own),
                mark: cluster.apprenticeship_only(),
                dates: [None; 3],
            }));
        }
    }
    all
}

fn branches(out: &mut MapDiff, old: &Map, new: &Map, records: &Records, within: &Within) {
    let (before, after) = (branches_of(old, within, 0), branches_of(new, within, 1));
    let was: HashMap<_, _> = before.iter().map(|b| ((b.tier, b.number), b)).collect();
    let same_parent = |before: &Branch<'_>, branch: &Branch<'_>| match branch.tier {
        BranchTier::Route => true,
        BranchTier::Pathway => records.same_parent_of_pathways(old, before.number, new, branch.number),
        BranchTier::Cluster => records.same_parent_of_clusters(old, before.number, new, branch.number),
    };
    let gone = before.iter().filter(|b| b.in_scope && records.new_branch(b.tier, b.number).is_none());
    out.branches_removed.extend(gone.map(Branch::at));
    for branch in &after {
        let before = records.old_branch(branch.tier, branch.number).and_then(|number| was.get(&(branch.tier, number)));
        let Some(before) = before else {
            if branch.in_scope {
                out.branches_added.push(branch.at());
            }
            continue;
        };
        if !branch.in_scope && !before.in_scope {
            continue;
        }
        let BranchAt { tier, id, name, .. } = branch.at();
        if before.id != branch.id {
            out.branches_recoded.push(BranchRecoded {
                tier,
                name: name.clone(),
                from: before.id.to_owned(),
                to: id.clone(),
            });
        }
        if before.name != branch.name {
            let from = before.name.to_owned();
            out.branches_renamed.push(BranchRenamed { tier, id: id.clone(), from, to: name.clone() });
        }
        if let (Some(from), Some(to)) = (before.parent, branch.parent)
            && !same_parent(before, branch)
        {
            let (from, to) = (branch_name(from.0, from.1), branch_name(to.0, to.1));
            out.branches_moved.push(BranchMoved { tier, id: id.clone(), name: name.clone(), from, to });
        }
        mark(out, before, branch);
        let dates = [TeachingDate::Planned, TeachingDate::First, TeachingDate::Last];
        for (date, (from, to)) in dates.into_iter().zip(before.dates.iter().zip(branch.dates)) {
            if *from != to {
                let (from, to) = (from.cloned(), to.cloned());
                out.teaching.push(TeachingChanged { tier, id: id.clone(), name: name.clone(), date, from, to });
            }
        }
    }
}

fn mark(out: &mut MapDiff, before: &Branch<'_>, branch: &Branch<'_>) {
    let BranchAt { tier, id, name, .. } = branch.at();
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

pub(crate) fn place(cluster: Cluster<'_>) -> OccupationPlace {
    let pathway = cluster.pathway();
    let route = pathway.route();
    OccupationPlace {
        route: branch_name(route.id(), route.name()),
        pathway: branch_name(pathway.id(), pathway.name()),
        cluster: branch_name(cluster.id(), cluster.name()),
    }
}

fn occupation_at(occupation: Occupation<'_>, aside: &HashMap<&str, Reason>) -> OccupationAt {
    OccupationAt {
        id: occupation.id().to_owned(),
        title: occupation.title().to_owned(),
        level: occupation.level(),
        status: occupation.status(),
        place: place(occupation.cluster()),
        set_aside: aside.get(occupation.id()).cloned(),
    }
}

fn of_occupation(out: &mut MapDiff, was: Occupation<'_>, is: Occupation<'_>, records: &Records, maps: [&Map; 2]) {
    let (id, title) = (is.id().to_owned(), is.title().to_owned());
    if let Some(by) = records.recoded_by(was) {
        let (from, to, level) = (was.id().to_owned(), id.clone(), is.level());
        out.recoded.push(Recoded { from, to, title: title.clone(), level, by });
    }
    if !records.same_cluster(was.cluster(), is.cluster()) {
        let (from, to) = (place(was.cluster()), place(is.cluster()));
        let across = if !records.same_route(was.pathway().route(), is.pathway().route()) {
            BranchTier::Route
        } else if !records.same_pathway(was.pathway(), is.pathway()) {
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
    let members = details(was, is, records, maps);
    if !members.is_empty() {
        out.details.push(DetailsChanged { id, title, members });
    }
}

fn details(was: Occupation<'_>, is: Occupation<'_>, records: &Records, [old, new]: [&Map; 2]) -> Vec<String> {
    let (a, b) = (was.raw(), is.raw());
    // a recoded occupation is still where it was
    let now = |id: &str| old.occupation(id).and_then(|o| records.new_occupation(o, new));
    let leads_to = |id: &String| now(id).map_or_else(|| id.clone(), |o| o.id().to_owned());
    let progresses_to: Vec<String> = a.progresses_to.iter().map(leads_to).collect();
    [
        ("standard", a.standard == b.standard),
        ("url", a.url == b.url),
        ("job_titles", a.job_titles == b.job_titles),
        ("keywords", a.keywords == b.keywords),
        ("overview", a.overview == b.overview),
        ("mandatory_qualifications", a.mandatory_qualifications == b.mandatory_qualifications),
        ("barriers", a.barriers == b.barriers),
        ("progresses_to", progresses_to == b.progresses_to),
        ("options", a.options == b.options),
        ("duties", same_duties(was, is)),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(member, _)| member.to_owned())
    .collect()
}
