//! Names in changes: an occupation by its title, a branch by its name or the last step of
//! its id.

use super::changes::Change;
use crate::map::{FindError, Map};

/// The change with ids in place of names, as far as the map has them; and what could not
/// be found, or is meant by several. What `is_known` already has stays as it is.
pub(super) fn with_ids(map: &Map, change: &Change, is_known: impl Fn(&str) -> bool) -> (Change, Option<FindError>) {
    let mut change = change.clone();
    let mut missed = None;
    let mut set = |name: &mut String, found: Result<String, FindError>| match found {
        Ok(id) => *name = id,
        Err(error) => missed = missed.take().or(Some(error)),
    };
    if let Some(occupation) = occupation(&mut change).filter(|name| !is_known(name)) {
        let found = map.find_occupation(occupation).map(|o| o.id().to_owned());
        set(occupation, found);
    }
    if let Some(cluster) = cluster(&mut change).filter(|name| !is_known(name)) {
        let found = map.find_cluster(cluster).map(|c| c.id().to_owned());
        set(cluster, found);
    }
    if let Change::Mark { branch, .. } | Change::Unmark { branch } = &mut change
        && !is_known(branch)
    {
        let found = map.find_branch(branch).map(|b| b.id().to_owned());
        set(branch, found);
    }
    (change, missed)
}

pub(super) fn occupation(change: &mut Change) -> Option<&mut String> {
    match change {
        Change::RemoveOccupation { occupation }
        | Change::MoveOccupation { occupation, .. }
        | Change::ReLevel { occupation, .. }
        | Change::ReTitle { occupation, .. }
        | Change::SetStatus { occupation, .. }
        | Change::AddStatement { occupation, .. }
        | Change::DropStatement { occupation, .. }
        | Change::RewordStatement { occupation, .. } => Some(occupation),
        _ => None,
    }
}

fn cluster(change: &mut Change) -> Option<&mut String> {
    match change {
        Change::AddOccupation { cluster, .. } | Change::MoveOccupation { cluster, .. } => Some(cluster),
        _ => None,
    }
}
