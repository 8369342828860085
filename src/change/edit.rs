//! Applies changes to a copy of a map.

use std::collections::{HashMap, HashSet};

use super::changes::{Change, Changes};
use super::error::{ChangeErrors, Problem};
use super::named::with_ids;
use crate::map::{FindError, Level, Map, Status};
use crate::read::{RawApprenticeshipOnly, RawCluster, RawMap, RawOccupation, RawStatement};
use crate::text::closest;

/// Returns the map with the changes applied, to be checked like any other. An occupation
/// is named by its id or title; a branch by its id, the last step of its id, or its name.
/// Changes are applied one after another: a statement can be added to an
/// occupation that an earlier change adds.
///
/// The copy is the map in written form, so that findings about it have places
/// in that file. Places in the old file, and what its reader remarked, are not
/// in it. Policy changes have no effect here; see [`Changes::policy`].
///
/// # Errors
///
/// [`ChangeErrors`] with every change that cannot be applied: an unknown
/// occupation, statement, cluster or branch (with what was probably meant), an
/// id that is taken, an occupation that was set aside or is on the map twice, a
/// new occupation without an id, a title or a level from 2 to 7.
///
/// # Examples
///
/// ```
/// use tlevel::change::{Change, Changes, apply, to_changes};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
/// let changes = Changes::new(vec![Change::RemoveOccupation { occupation: "LARS287".to_owned() }]);
/// let without = tlevel::check(apply(&map, &changes)?)?.map;
/// assert!(without.occupation("LARS287").is_none());
///
/// // and back: the same bytes
/// let back = apply(&without, &to_changes(&without, &map).changes)?;
/// assert_eq!(serde_json::to_string(&back)?, serde_json::to_string(map.raw())?);
///
/// let slip = Changes::new(vec![Change::RemoveOccupation { occupation: "LARS2870".to_owned() }]);
/// assert!(apply(&map, &slip).unwrap_err().to_string().contains("did you mean \"LARS287\"?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// Copies the map; for each change, one search in a cluster and in an
/// occupation.
pub fn apply(map: &Map, changes: &Changes) -> Result<RawMap, ChangeErrors> {
    let mut editor = Editor::new(map);
    let mut problems = Vec::new();
    for (i, change) in changes.changes.iter().enumerate() {
        let (named, missed) = with_ids(map, change, |id| editor.knows(id));
        let problem = match (missed, editor.edit(&named)) {
            (Some(several @ FindError::Several { .. }), _) => Some((several.to_string(), None)),
            (Some(FindError::Unknown { hint: near, .. }), Err(Wrong { message, hint })) => {
                Some((message, hint.or(near)))
            }
            (_, Err(Wrong { message, hint })) => Some((message, hint)),
            (_, Ok(())) => None,
        };
        problems.extend(problem.map(|(message, hint)| Problem { number: i + 1, change: change.name(), message, hint }));
    }
    if problems.is_empty() { Ok(editor.raw) } else { Err(ChangeErrors { problems }) }
}

/// The map in written form: without places and remarks of the file that it came
/// from.
pub(super) fn as_written(raw: &RawMap) -> RawMap {
    let mut raw = raw.clone();
    raw.remarks.clear();
    for route in &mut raw.routes {
        route.origin = None;
        for pathway in &mut route.pathways {
            pathway.origin = None;
            for cluster in &mut pathway.clusters {
                cluster.origin = None;
                cluster.occupations.iter_mut().for_each(forget_places);
            }
        }
    }
    raw.set_aside.iter_mut().for_each(|aside| forget_places(&mut aside.occupation));
    raw
}

fn forget_places(occupation: &mut RawOccupation) {
    occupation.origin = None;
    occupation.statements.iter_mut().for_each(|s| s.item = None);
    occupation.duties.iter_mut().for_each(|d| d.item = None);
}

/// The reason why a change cannot be applied.
struct Wrong {
    message: String,
    hint: Option<String>,
}

impl Wrong {
    fn new(message: String) -> Self {
        Wrong { message, hint: None }
    }

    fn unknown<'a>(message: String, wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        Wrong { message, hint: closest(wanted, known).map(str::to_owned) }
    }
}

/// A branch by its place in the tree: route, then pathway, then cluster.
type At = (usize, Option<(usize, Option<usize>)>);

struct Editor {
    raw: RawMap,
    branches: HashMap<String, At>,
    clusters: HashMap<String, [usize; 3]>,
    /// The clusters of occupations, updated by changes.
    occupations: HashMap<String, [usize; 3]>,
    /// Occupations that exist but cannot be changed, with the reason.
    fixed: HashMap<String, String>,
}

impl Editor {
    fn new(map: &Map) -> Self {
        let mut editor = Editor {
            raw: as_written(map.raw()),
            branches: HashMap::new(),
            clusters: HashMap::new(),
            occupations: HashMap::new(),
            fixed: HashMap::new(),
        };
        let mut met: HashSet<&str> = HashSet::new();
        for (r, route) in map.raw().routes.iter().enumerate() {
            if let Some(id) = fit(route.id.as_ref(), |id| map.route(id).is_some_and(|b| std::ptr::eq(b.raw(), route))) {
                editor.branches.insert(id.to_owned(), (r, None));
            }
            for (p, pathway) in route.pathways.iter().enumerate() {
                let same = |id: &str| map.pathway(id).is_some_and(|b| std::ptr::eq(b.raw(), pathway));
                if let Some(id) = fit(pathway.id.as_ref(), same) {
                    editor.branches.insert(id.to_owned(), (r, Some((p, None))));
                }
                for (c, cluster) in pathway.clusters.iter().enumerate() {
                    let same = |id: &str| map.cluster(id).is_some_and(|b| std::ptr::eq(b.raw(), cluster));
                    if let Some(id) = fit(cluster.id.as_ref(), same) {
                        editor.branches.insert(id.to_owned(), (r, Some((p, Some(c)))));
                        editor.clusters.insert(id.to_owned(), [r, p, c]);
                    }
                    for id in cluster.occupations.iter().filter_map(|o| o.id.as_deref()) {
                        if map.occupation(id).is_some_and(|o| std::ptr::eq(o.cluster().raw(), cluster)) {
                            editor.occupations.insert(id.to_owned(), [r, p, c]);
                        }
                        if !met.insert(id) {
                            editor.fixed.insert(id.to_owned(), "is on the map twice; correct that first".to_owned());
                        }
                    }
                }
            }
        }
        for aside in map.set_aside() {
            if let Some(id) = &aside.raw().id {
                let reason = format!("is set aside ({}), and not on the map", aside.reason());
                editor.fixed.entry(id.clone()).or_insert(reason);
            }
        }
        editor
    }

    /// Whether an id means an occupation or a branch, also one that was added or cannot be
    /// changed.
    fn knows(&self, id: &str) -> bool {
        self.occupations.contains_key(id) || self.branches.contains_key(id) || self.fixed.contains_key(id)
    }

    fn edit(&mut self, change: &Change) -> Result<(), Wrong> {
        match change {
            Change::AddOccupation { cluster, occupation, position } => {
                self.add_occupation(cluster, occupation, *position)
            }
            Change::RemoveOccupation { occupation } => self.take_occupation(occupation).map(drop),
            Change::MoveOccupation { occupation, cluster, position } => {
                self.move_occupation(occupation, cluster, *position)
            }
            Change::ReLevel { occupation, level } => self.re_level(occupation, *level),
            Change::ReTitle { occupation, title } => self.re_title(occupation, title),
            Change::SetStatus { occupation, status } => self.set_status(occupation, *status),
            Change::AddStatement { occupation, statement, position } => {
                self.add_statement(occupation, statement, *position)
            }
            Change::DropStatement { occupation, statement } => self.drop_statement(occupation, statement),
            Change::RewordStatement { occupation, statement, text, source_text } => {
                self.reword(occupation, statement, text, source_text.as_ref())
            }
            Change::Mark { branch, mark } => {
                *self.mark_of(branch)? = Some(mark.clone());
                Ok(())
            }
            Change::Unmark { branch } => match self.mark_of(branch)?.take() {
                Some(_) => Ok(()),
                None => Err(Wrong::new(format!("\"{branch}\" is not marked as apprenticeship-only"))),
            },
            Change::Policy { .. } => Ok(()),
        }
    }

    fn cluster_at(&mut self, [r, p, c]: [usize; 3]) -> &mut RawCluster {
        &mut self.raw.routes[r].pathways[p].clusters[c]
    }

    fn find_cluster(&self, id: &str) -> Result<[usize; 3], Wrong> {
        self.clusters.get(id).copied().ok_or_else(|| {
            let what = if self.branches.contains_key(id) { "is not a cluster; give the id of one" } else { "" };
            if what.is_empty() {
                let mut known: Vec<&str> = self.clusters.keys().map(String::as_str).collect();
                known.sort_unstable();
                Wrong::unknown(format!("the map has no cluster \"{id}\""), id, known)
            } else {
                Wrong::new(format!("\"{id}\" {what}"))
            }
        })
    }

    fn find_occupation(&self, id: &str) -> Result<[usize; 3], Wrong> {
        if let Some(reason) = self.fixed.get(id) {
            return Err(Wrong::new(format!("\"{id}\" {reason}")));
        }
        self.occupations.get(id).copied().ok_or_else(|| {
            let mut known: Vec<&str> = self.occupations.keys().map(String::as_str).collect();
            known.sort_unstable();
            Wrong::unknown(format!("the map has no occupation \"{id}\""), id, known)
        })
    }

    fn occupation(&mut self, id: &str) -> Result<&mut RawOccupation, Wrong> {
        let at = self.find_occupation(id)?;
        let found = self.cluster_at(at).occupations.iter_mut().find(|o| o.id.as_deref() == Some(id));
        found.ok_or_else(|| Wrong::new(format!("the map has no occupation \"{id}\"")))
    }

    fn mark_of(&mut self, branch: &str) -> Result<&mut Option<RawApprenticeshipOnly>, Wrong> {
        let Some(&(r, below)) = self.branches.get(branch) else {
            let mut known: Vec<&str> = self.branches.keys().map(String::as_str).collect();
            known.sort_unstable();
            let message = format!("the map has no route, pathway or cluster \"{branch}\"");
            return Err(Wrong::unknown(message, branch, known));
        };
        let route = &mut self.raw.routes[r];
        let Some((p, below)) = below else { return Ok(&mut route.apprenticeship_only) };
        let pathway = &mut route.pathways[p];
        Ok(match below {
            None => &mut pathway.apprenticeship_only,
            Some(c) => &mut pathway.clusters[c].apprenticeship_only,
        })
    }

    fn add_occupation(
        &mut self,
        cluster: &str,
        occupation: &RawOccupation,
        position: Option<usize>,
    ) -> Result<(), Wrong> {
        let id = occupation.id.clone().filter(|id| !id.trim().is_empty());
        let id = id.ok_or_else(|| Wrong::new("the new occupation has no id; give it one".to_owned()))?;
        if self.occupations.contains_key(&id) || self.fixed.contains_key(&id) || self.branches.contains_key(&id) {
            return Err(Wrong::new(format!("the id \"{id}\" is taken; give the new occupation another")));
        }
        if occupation.title.as_deref().is_none_or(|title| title.trim().is_empty()) {
            return Err(Wrong::new(format!("the new occupation \"{id}\" has no title; give it one")));
        }
        match occupation.level.map(Level::try_from) {
            Some(Ok(_)) => {}
            Some(Err(e)) => return Err(Wrong::new(format!("the new occupation \"{id}\": {e}"))),
            None => return Err(Wrong::new(format!("the new occupation \"{id}\" has no level; give it one, 2 to 7"))),
        }
        let at = self.find_cluster(cluster)?;
        let mut added = occupation.clone();
        forget_places(&mut added);
        put(&mut self.cluster_at(at).occupations, added, position);
        self.occupations.insert(id, at);
        Ok(())
    }

    /// Takes an occupation out of its cluster.
    fn take_occupation(&mut self, id: &str) -> Result<RawOccupation, Wrong> {
        let at = self.find_occupation(id)?;
        let cluster = self.cluster_at(at);
        let Some(index) = cluster.occupations.iter().position(|o| o.id.as_deref() == Some(id)) else {
            return Err(Wrong::new(format!("the map has no occupation \"{id}\"")));
        };
        let taken = cluster.occupations.remove(index);
        self.occupations.remove(id);
        Ok(taken)
    }

    fn move_occupation(&mut self, id: &str, cluster: &str, position: Option<usize>) -> Result<(), Wrong> {
        let (from, to) = (self.find_occupation(id)?, self.find_cluster(cluster)?);
        if from == to && position.is_none() {
            return Ok(());
        }
        let moved = self.take_occupation(id)?;
        put(&mut self.cluster_at(to).occupations, moved, position);
        self.occupations.insert(id.to_owned(), to);
        Ok(())
    }

    fn re_level(&mut self, id: &str, level: Level) -> Result<(), Wrong> {
        self.occupation(id)?.level = Some(level.into());
        Ok(())
    }

    fn re_title(&mut self, id: &str, title: &str) -> Result<(), Wrong> {
        if title.trim().is_empty() {
            return Err(Wrong::new(format!("the new title of \"{id}\" is empty; give it one")));
        }
        self.occupation(id)?.title = Some(title.to_owned());
        Ok(())
    }

    fn set_status(&mut self, id: &str, status: Option<Status>) -> Result<(), Wrong> {
        self.occupation(id)?.status = status.map(|status| status.name().to_owned());
        Ok(())
    }

    fn add_statement(&mut self, id: &str, statement: &RawStatement, position: Option<usize>) -> Result<(), Wrong> {
        let own = statement.id.clone().filter(|own| !own.trim().is_empty());
        let occupation = self.occupation(id)?;
        let own = own.ok_or_else(|| Wrong::new(format!("the new statement of \"{id}\" has no id; give it one")))?;
        if occupation.statements.iter().any(|s| s.id.as_ref() == Some(&own)) {
            return Err(Wrong::new(format!("\"{id}\" has a statement \"{own}\" already; give the new one another id")));
        }
        let kind = statement.kind.as_deref().unwrap_or_default();
        if crate::map::Kind::from_name(kind).is_none() {
            let known = crate::map::Kind::ALL.map(crate::map::Kind::name);
            let message = format!("\"{kind}\" is not a kind of statement (knowledge, skill or behaviour)");
            return Err(Wrong::unknown(message, kind, known));
        }
        put(&mut occupation.statements, RawStatement { item: None, ..statement.clone() }, position);
        Ok(())
    }

    fn statement_index(&mut self, id: &str, statement: &str) -> Result<usize, Wrong> {
        let occupation = self.occupation(id)?;
        let ids = || occupation.statements.iter().filter_map(|s| s.id.as_deref());
        let alike = |s: &RawStatement| s.id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(statement));
        let exact = occupation.statements.iter().position(|s| s.id.as_deref() == Some(statement));
        let mut loose = (0..).zip(&occupation.statements).filter(|(_, s)| alike(s)).map(|(at, _)| at);
        match exact.or_else(|| loose.next().filter(|_| loose.next().is_none())) {
            Some(index) => Ok(index),
            None => Err(Wrong::unknown(format!("\"{id}\" has no statement \"{statement}\""), statement, ids())),
        }
    }

    fn drop_statement(&mut self, id: &str, statement: &str) -> Result<(), Wrong> {
        let index = self.statement_index(id, statement)?;
        self.occupation(id)?.statements.remove(index);
        Ok(())
    }

    fn reword(&mut self, id: &str, statement: &str, text: &str, source_text: Option<&String>) -> Result<(), Wrong> {
        let index = self.statement_index(id, statement)?;
        let reworded = &mut self.occupation(id)?.statements[index];
        reworded.text = Some(text.to_owned());
        reworded.source_text = source_text.cloned();
        Ok(())
    }
}

fn fit(id: Option<&String>, same: impl Fn(&str) -> bool) -> Option<&str> {
    id.map(String::as_str).filter(|id| same(id))
}

/// Inserts an item at a position, or at the end.
fn put<T>(list: &mut Vec<T>, thing: T, position: Option<usize>) {
    let at = position.unwrap_or(list.len()).min(list.len());
    list.insert(at, thing);
}
