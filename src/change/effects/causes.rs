//! The changes that explain a gained or lost core item.

use std::collections::{BTreeMap, BTreeSet};

use super::report::{Cause, CauseKind};
use crate::change::derived::{Derived, NewIds};
use crate::change::matching::statements::Pairs;
use crate::concept::ConceptIndex;
use crate::map::{Map, Occupation, StatementIndex};

/// A set of occupations: by their ids in the new map, or in the old one if the
/// new map does not have them.
pub(in crate::change) type Ids<'m> = BTreeSet<&'m str>;

/// One side of a difference, for one branch and one concept.
pub(in crate::change) struct Side<'m> {
    /// The occupations that count in the branch.
    pub(in crate::change) counting: Ids<'m>,
    /// The concept; `None` if it has no counterpart.
    pub(in crate::change) concept: Option<ConceptIndex>,
}

pub(in crate::change) struct Causes<'a> {
    pub(in crate::change) old: Derived<'a>,
    pub(in crate::change) new: Derived<'a>,
    pub(in crate::change) pairs: &'a Pairs,
    pub(in crate::change) policy_differs: bool,
    /// The new map's ids for the old map's ids.
    pub(in crate::change) renamed: &'a NewIds<'a>,
}

/// The counting statements of a concept, by occupation.
type Have<'m> = BTreeMap<&'m str, Vec<StatementIndex>>;

fn have<'m>(side: &Side<'m>, of: &Derived<'m>, name: impl Fn(&'m str) -> &'m str) -> Have<'m> {
    let mut have: Have<'m> = BTreeMap::new();
    let concept = side.concept.and_then(|concept| of.concepts.get(concept));
    for &index in concept.iter().flat_map(|concept| concept.statements()) {
        let Some(statement) = of.map.statement_at(index).filter(|s| s.counts_for_sharing()) else { continue };
        let occupation = name(statement.occupation().id());
        if side.counting.contains(occupation) {
            have.entry(occupation).or_default().push(index);
        }
    }
    have
}

impl<'a> Causes<'a> {
    /// The causes of an item's loss (or gain), in the order of the occupations'
    /// ids; the policy if no occupation causes it.
    pub(in crate::change) fn of(&self, old: &Side<'a>, new: &Side<'a>, gained: bool) -> Vec<Cause> {
        let mut out = Vec::new();
        let (had, has) = (have(old, &self.old, |id| self.renamed.get(id)), have(new, &self.new, |id| id));
        // a loss: occupations that had it and no longer do, and newly counting ones without it
        let (from, to) = if gained { (&has, &had) } else { (&had, &has) };
        let (from_counting, to_counting) =
            if gained { (&new.counting, &old.counting) } else { (&old.counting, &new.counting) };
        for (occupation, statements) in from.iter().filter(|(occupation, _)| !to.contains_key(*occupation)) {
            if to_counting.contains(occupation) {
                out.extend(statements.iter().filter_map(|s| self.of_statement(*s, gained)));
            } else {
                out.push(self.of_occupation(occupation));
            }
        }
        for occupation in to_counting.difference(from_counting).filter(|o| !to.contains_key(**o)) {
            out.push(self.of_occupation(occupation));
        }
        if out.is_empty() && self.policy_differs {
            out.push(Cause { kind: CauseKind::Policy, occupation: None, statement: None, branch: None });
        }
        out
    }

    /// The change of a statement: of the new map for a gain, of the old one for
    /// a loss.
    fn of_statement(&self, index: StatementIndex, gained: bool) -> Option<Cause> {
        let (was, is) =
            if gained { (self.pairs.old_of(index), Some(index)) } else { (Some(index), self.pairs.new_of(index)) };
        let was = was.and_then(|s| self.old.map.statement_at(s));
        let is = is.and_then(|s| self.new.map.statement_at(s));
        let kind = match (was, is) {
            (None, _) => CauseKind::StatementAdded,
            (_, None) => CauseKind::StatementRemoved,
            (Some(was), Some(is)) if was.text() != is.text() => CauseKind::StatementReworded,
            (Some(was), Some(is)) if was.counts_for_sharing() != is.counts_for_sharing() => CauseKind::StatementOptions,
            _ => CauseKind::StatementRegrouped,
        };
        let statement = is.or(was)?;
        Some(Cause {
            kind,
            occupation: Some(match is {
                Some(is) => is.occupation().id().to_owned(),
                None => self.renamed.get(statement.occupation().id()).to_owned(),
            }),
            statement: Some(statement.id().to_owned()),
            branch: None,
        })
    }

    /// Why an occupation counts in one map but not in the other.
    pub(in crate::change) fn of_occupation(&self, id: &str) -> Cause {
        let (records, is) = (&self.pairs.records, self.new.map.occupation(id));
        let was = match is {
            Some(is) => records.old_occupation(is, self.old.map),
            None => self.old.map.occupation(id),
        };
        let mut branch = None;
        let kind = match (was, is) {
            (None, _) => CauseKind::OccupationAdded,
            (_, None) => CauseKind::OccupationRemoved,
            (Some(was), Some(is)) if !records.same_cluster(was.cluster(), is.cluster()) => CauseKind::OccupationMoved,
            (Some(was), Some(is)) if was.level() != is.level() => CauseKind::OccupationReLevelled,
            (Some(was), Some(is)) => {
                let (old, new) = (closed_by(was), closed_by(is));
                match (old, new) {
                    (Some(opened), None) => {
                        branch = Some(opened.to_owned());
                        CauseKind::BranchOpened
                    }
                    (None, Some(closed)) => {
                        branch = Some(closed.to_owned());
                        CauseKind::BranchClosed
                    }
                    _ if counts(was) != counts(is) => CauseKind::OccupationStatements,
                    _ if self.policy_differs => CauseKind::Policy,
                    _ => CauseKind::Other,
                }
            }
        };
        Cause { kind, occupation: Some(id.to_owned()), statement: None, branch }
    }
}

fn counts(occupation: Occupation<'_>) -> bool {
    occupation.statements().any(|s| s.counts_for_sharing())
}

/// The highest branch above it that the map marks.
fn closed_by(occupation: Occupation<'_>) -> Option<&str> {
    let (cluster, pathway) = (occupation.cluster(), occupation.pathway());
    let route = pathway.route();
    let of = |mark: Option<_>, id| mark.map(|_| id);
    of(route.apprenticeship_only(), route.id())
        .or_else(|| of(pathway.apprenticeship_only(), pathway.id()))
        .or_else(|| of(cluster.apprenticeship_only(), cluster.id()))
}

/// The ids of a map, for those that a derivation names.
pub(in crate::change) fn known<'m>(map: &'m Map, ids: impl Iterator<Item = &'m str>) -> Ids<'m> {
    ids.filter(|id| map.occupation(id).is_some()).collect()
}
