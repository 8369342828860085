//! Finds the changes that turn one map into another.

use std::collections::{HashMap, HashSet};

use super::changes::{Change, Changes};
use super::edit::{apply, as_written};
use crate::map::{Level, Map, Status};
use crate::read::{RawCluster, RawMap, RawOccupation, RawStatement};

/// The changes that turn one map into another, and the differences that changes
/// cannot express.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Proposal {
    /// The changes.
    pub changes: Changes,
    /// The differences that the changes do not cover, in words. If empty, the
    /// changed map is the other map.
    pub left_out: Vec<String>,
}

/// Returns the changes that turn the old map into the new one, including the
/// order of rows.
///
/// Changes are as small as possible: a level, a title, a status, a statement.
/// If an occupation differs in something else (its duties, its overview), it is
/// removed and added again. Some differences are left out and reported:
/// branches that are added, removed, renamed, moved or first taught at another
/// date, and occupations that were set aside.
///
/// # Examples
///
/// ```
/// use tlevel::change::{apply, to_changes};
///
/// let old = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let mut raw = old.raw().clone();
/// let bricklayer = &mut raw.routes[1].pathways[1].clusters[1].occupations[0];
/// bricklayer.level = Some(3);
/// bricklayer.statements.remove(0);
/// let new = tlevel::check(raw)?.map;
///
/// let proposal = to_changes(&old, &new);
/// let names: Vec<&str> = proposal.changes.changes.iter().map(|c| c.name()).collect();
/// assert_eq!(names, ["re-level", "drop-statement"]);
/// assert!(proposal.left_out.is_empty());
/// assert_eq!(serde_json::to_string(&apply(&old, &proposal.changes)?)?, serde_json::to_string(new.raw())?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n)` in the size of both maps; `O(k²)` for a cluster or an occupation with
/// `k` rows in another order.
pub fn to_changes(old: &Map, new: &Map) -> Proposal {
    let (before, after) = (as_written(old.raw()), as_written(new.raw()));
    let mut out = Vec::new();
    marks(&mut out, old, new);
    let removed = old.occupations().filter(|o| new.occupation(o.id()).is_none());
    out.extend(removed.map(|o| Change::RemoveOccupation { occupation: o.id().to_owned() }));
    let now: HashMap<&str, &RawOccupation> = occupations_of(&after, new);
    for (id, was) in ordered(&before, old) {
        if let Some(is) = now.get(id) {
            out.extend(edits(id, was, is));
        }
    }
    places(&mut out, old, new, &now);
    let changes = Changes::new(out);
    let left_out = match apply(old, &changes) {
        Ok(made) => left_out(&made, &after),
        // everything named here exists; if it did not, it would be reported
        Err(e) => vec![e.to_string()],
    };
    Proposal { changes, left_out }
}

fn marks(out: &mut Vec<Change>, old: &Map, new: &Map) {
    let branches =
        new.routes().map(|b| (b.id(), old.route(b.id()).map(|b| b.apprenticeship_only()), b.apprenticeship_only()));
    let pathways =
        new.pathways().map(|b| (b.id(), old.pathway(b.id()).map(|b| b.apprenticeship_only()), b.apprenticeship_only()));
    let clusters =
        new.clusters().map(|b| (b.id(), old.cluster(b.id()).map(|b| b.apprenticeship_only()), b.apprenticeship_only()));
    for (id, was, is) in branches.chain(pathways).chain(clusters) {
        match (was, is) {
            (Some(was), Some(mark)) if was != Some(mark) => {
                out.push(Change::Mark { branch: id.to_owned(), mark: mark.clone() });
            }
            (Some(Some(_)), None) => out.push(Change::Unmark { branch: id.to_owned() }),
            _ => {}
        }
    }
}

/// The occupations of a map in written form, in the order of the file.
fn ordered<'r>(raw: &'r RawMap, map: &Map) -> Vec<(&'r str, &'r RawOccupation)> {
    let clusters = raw.routes.iter().flat_map(|r| &r.pathways).flat_map(|p| &p.clusters);
    let mut seen = HashSet::new();
    (clusters.flat_map(|c| &c.occupations))
        .filter_map(|o| Some((o.id.as_deref()?, o)))
        .filter(|(id, _)| map.occupation(id).is_some() && seen.insert(*id))
        .collect()
}

fn occupations_of<'r>(raw: &'r RawMap, map: &Map) -> HashMap<&'r str, &'r RawOccupation> {
    ordered(raw, map).into_iter().collect()
}

/// The changes that turn one occupation into another, small ones if possible.
fn edits(id: &str, was: &RawOccupation, is: &RawOccupation) -> Vec<Change> {
    if was == is {
        return Vec::new();
    }
    let occupation = || id.to_owned();
    let mut out = Vec::new();
    let mut made = was.clone();
    if was.level != is.level
        && let Some(level) = is.level.and_then(|level| Level::try_from(level).ok())
    {
        out.push(Change::ReLevel { occupation: occupation(), level });
        made.level = is.level;
    }
    if was.title != is.title
        && let Some(title) = is.title.clone().filter(|t| !t.trim().is_empty())
    {
        out.push(Change::ReTitle { occupation: occupation(), title });
        made.title.clone_from(&is.title);
    }
    if was.status != is.status {
        let status = is.status.as_deref().map(Status::from_name);
        if status != Some(None) {
            out.push(Change::SetStatus { occupation: occupation(), status: status.flatten() });
            made.status.clone_from(&is.status);
        }
    }
    out.extend(statement_edits(id, &mut made.statements, &is.statements));
    if made == *is {
        return out;
    }
    // as a whole: `places` adds it again where it belongs
    vec![Change::RemoveOccupation { occupation: occupation() }]
}

/// Edits the statements and records the changes; what no edit can express is
/// left.
fn statement_edits(id: &str, made: &mut Vec<RawStatement>, is: &[RawStatement]) -> Vec<Change> {
    let key = |s: &RawStatement| s.id.clone().unwrap_or_default();
    let occupation = || id.to_owned();
    let mut out = Vec::new();
    let kept = |s: &RawStatement| {
        // the same except for its wording
        is.iter().find(|t| t.id == s.id && s.id.is_some()).filter(|t| {
            let bare = |s: &RawStatement| RawStatement { text: None, source_text: None, ..s.clone() };
            bare(s) == bare(t) && (s.text == t.text && s.source_text == t.source_text || t.text.is_some())
        })
    };
    let mut i = 0;
    while i < made.len() {
        let statement = key(&made[i]);
        match kept(&made[i]) {
            None => {
                out.push(Change::DropStatement { occupation: occupation(), statement });
                made.remove(i);
                continue;
            }
            Some(now) if (&now.text, &now.source_text) != (&made[i].text, &made[i].source_text) => {
                let (text, source_text) = (now.text.clone().unwrap_or_default(), now.source_text.clone());
                made[i] = now.clone();
                out.push(Change::RewordStatement { occupation: occupation(), statement, text, source_text });
            }
            Some(_) => {}
        }
        i += 1;
    }
    for (i, wanted) in is.iter().enumerate() {
        if made.get(i) == Some(wanted) {
            continue;
        }
        if let Some(from) = made.iter().position(|s| s == wanted).filter(|from| *from > i) {
            out.push(Change::DropStatement { occupation: occupation(), statement: key(wanted) });
            made.remove(from);
        }
        let statement = Box::new(wanted.clone());
        out.push(Change::AddStatement { occupation: occupation(), statement, position: Some(i) });
        made.insert(i.min(made.len()), wanted.clone());
    }
    out
}

/// Puts every occupation where the new map has it.
fn places(out: &mut Vec<Change>, old: &Map, new: &Map, now: &HashMap<&str, &RawOccupation>) {
    // the places as the changes are applied: bad records have no id
    let gone: HashSet<&str> = (out.iter())
        .filter_map(|change| match change {
            Change::RemoveOccupation { occupation } => Some(occupation.as_str()),
            _ => None,
        })
        .collect();
    let mut stands: HashMap<&str, Vec<Option<&str>>> = HashMap::new();
    let mut cluster_of: HashMap<&str, &str> = HashMap::new();
    for cluster in old.clusters() {
        let ids = ids(cluster.raw(), old).into_iter().filter(|id| id.is_none_or(|id| !gone.contains(id)));
        let ids: Vec<Option<&str>> = ids.collect();
        cluster_of.extend(ids.iter().flatten().map(|id| (*id, cluster.id())));
        stands.insert(cluster.id(), ids);
    }
    let mut more = Vec::new();
    for cluster in new.clusters().filter(|c| old.cluster(c.id()).is_some()) {
        let to = cluster.id().to_owned();
        for (i, id) in ids(cluster.raw(), new).into_iter().enumerate() {
            let Some(id) = id else { continue };
            let here = stands.get(cluster.id()).and_then(|ids| ids.get(i)).copied().flatten();
            if here == Some(id) {
                continue;
            }
            let last = stands.get(cluster.id()).is_none_or(|ids| i >= ids.len());
            let position = (!last).then_some(i);
            match cluster_of.insert(id, cluster.id()) {
                Some(from) => {
                    let ids = stands.entry(from).or_default();
                    ids.retain(|other| *other != Some(id));
                    // within one cluster, an occupation at the end still needs its position
                    let position = position.or((from == to).then_some(i));
                    more.push(Change::MoveOccupation { occupation: id.to_owned(), cluster: to.clone(), position });
                }
                None => {
                    let Some(occupation) = now.get(id) else { continue };
                    let occupation = Box::new((*occupation).clone());
                    more.push(Change::AddOccupation { cluster: to.clone(), occupation, position });
                }
            }
            let ids = stands.entry(cluster.id()).or_default();
            ids.insert(i.min(ids.len()), Some(id));
        }
    }
    out.extend(more);
}

/// The occupations of a cluster; `None` for a bad record.
fn ids<'m>(cluster: &'m RawCluster, map: &Map) -> Vec<Option<&'m str>> {
    let on_map = |o: &RawOccupation| {
        o.id.as_deref().is_some_and(|id| map.occupation(id).is_some_and(|found| std::ptr::eq(found.raw(), o)))
    };
    cluster.occupations.iter().map(|o| o.id.as_deref().filter(|_| on_map(o))).collect()
}

/// The differences that remain between the changed map and the new one, in
/// words.
fn left_out(changed: &RawMap, new: &RawMap) -> Vec<String> {
    if changed == new {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut tell = |differs: bool, what: &str| {
        if differs {
            out.push(what.to_owned());
        }
    };
    tell(changed.title != new.title, "the map's title");
    tell(changed.published != new.published, "the map's date");
    tell(changed.source != new.source, "the map's source");
    tell(changed.extra != new.extra, "unknown members of the map");
    tell(changed.set_aside != new.set_aside, "occupations that are set aside");
    tell(changed.routes != new.routes, "branches, or records that the check set aside");
    out
}
