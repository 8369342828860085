//! The changes that explain a gained or lost core item.

use std::collections::{BTreeMap, BTreeSet};

use super::report::{Cause, CauseKind};
use crate::change::derived::{Derived, NewIds};
use crate::change::matching::statements::Pairs;
use crate::concept::{ConceptIndex, Topic};
use crate::map::{Map, Occupation, StatementIndex};
use crate::topics::is_enough;

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

/// One side of a difference, for one branch and one topic.
pub(in crate::change) struct TopicSide<'m> {
    /// The occupations that count in the branch.
    pub(in crate::change) counting: Ids<'m>,
    /// The topic; `None` if the side does not have it.
    pub(in crate::change) topic: Option<&'m Topic>,
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

/// The statements of a topic, by occupation: of those that have the topic.
fn have_topic<'m>(side: &TopicSide<'m>, of: &Derived<'m>, name: impl Fn(&'m str) -> &'m str) -> Have<'m> {
    let mut have: Have<'m> = BTreeMap::new();
    let Some(topic) = side.topic else { return have };
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for on in &topic.statements {
        let Some(statement) = of.map.statement_at(on.statement).filter(|s| s.counts_for_sharing()) else { continue };
        let occupation = name(statement.occupation().id());
        if side.counting.contains(occupation) {
            let all = || statement.occupation().statements().filter(|s| s.counts_for_sharing()).count();
            counted.entry(occupation).or_insert_with(all);
            have.entry(occupation).or_default().push(on.statement);
        }
    }
    have.retain(|occupation, on| is_enough(topic.nature, on.len(), counted.get(occupation).copied().unwrap_or(0)));
    have
}

impl<'a> Causes<'a> {
    /// The causes of an item's loss (or gain), in the order of the occupations'
    /// ids; the policy if no occupation causes it.
    pub(in crate::change) fn of(&self, old: &Side<'a>, new: &Side<'a>, gained: bool) -> Vec<Cause> {
        let (had, has) = (have(old, &self.old, |id| self.renamed.get(id)), have(new, &self.new, |id| id));
        self.between((&had, &old.counting), (&has, &new.counting), gained, |_| false)
    }

    /// Like [`Causes::of`], for a topic.
    pub(in crate::change) fn of_topic(&self, old: &TopicSide<'a>, new: &TopicSide<'a>, gained: bool) -> Vec<Cause> {
        let (had, has) = (have_topic(old, &self.old, |id| self.renamed.get(id)), have_topic(new, &self.new, |id| id));
        let is_on = |side: &TopicSide<'_>, statement: Option<StatementIndex>| {
            let on = side.topic.map_or(&[][..], |topic| topic.statements.as_slice());
            statement.is_some_and(|s| on.binary_search_by_key(&s, |on| on.statement).is_ok())
        };
        // a statement that is on the topic in both maps explains nothing
        let is_same = |statement: StatementIndex| {
            if gained { is_on(old, self.pairs.old_of(statement)) } else { is_on(new, self.pairs.new_of(statement)) }
        };
        self.between((&had, &old.counting), (&has, &new.counting), gained, is_same)
    }

    /// The causes of a loss (or gain), from the occupations that had and have
    /// something.
    fn between(
        &self,
        (had, counted): (&Have<'a>, &Ids<'a>),
        (has, counts): (&Have<'a>, &Ids<'a>),
        gained: bool,
        is_same: impl Fn(StatementIndex) -> bool,
    ) -> Vec<Cause> {
        let mut out = Vec::new();
        // a loss: occupations that had it and no longer do, and newly counting ones without it
        let (from, to) = if gained { (has, had) } else { (had, has) };
        let (from_counting, to_counting) = if gained { (counts, counted) } else { (counted, counts) };
        for (occupation, statements) in from.iter().filter(|(occupation, _)| !to.contains_key(*occupation)) {
            if to_counting.contains(occupation) {
                let changed = statements.iter().filter(|s| !is_same(**s));
                let before = out.len();
                out.extend(changed.filter_map(|s| self.of_statement(*s, gained)));
                if out.len() == before {
                    // as many statements of another whole
                    let occupation = Some((*occupation).to_owned());
                    out.push(Cause { kind: CauseKind::Other, occupation, statement: None, branch: None });
                }
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
