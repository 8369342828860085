//! The changes from one version of a standard to another, in numbers and words.

use std::collections::{HashMap, HashSet};

use super::build_tree::{Name, Placed};
use super::raw::{RawOccupation, RawStatement};
use crate::order;
use crate::text::{WordBag, name_key, normal_form, unused};

/// The likeness from which two wordings are one statement, reworded.
const ALIKE: f64 = 0.5;

/// The maximum number of comparisons of wordings. Versions that need more count
/// reworded statements as added and removed.
const MOST: usize = 1_000_000;

/// The changes of a version.
#[derive(Debug, Default)]
pub(super) struct VersionChanges {
    pub(super) added: usize,
    pub(super) removed: usize,
    pub(super) reworded: usize,
    /// The positions of the added statements in the version's list.
    pub(super) added_at: Vec<usize>,
    /// Whether the version has no statement at all.
    pub(super) is_empty: bool,
    /// Other changes, in words: "the level from 3 to 4".
    others: Vec<String>,
}

impl VersionChanges {
    pub(super) fn between(old: &Placed, new: &Placed) -> Self {
        let (was, is) = (&old.occupation, &new.occupation);
        let mut changes = VersionChanges { is_empty: is.statements.is_empty(), ..VersionChanges::default() };
        changes.statements(was, is);
        if let (Some(from), Some(to)) = (was.level, is.level)
            && from != to
        {
            changes.others.push(format!("the level from {from} to {to}"));
        }
        if let (Some(from), Some(to)) = (&was.title, &is.title)
            && name_key(from) != name_key(to)
        {
            let (from, to) = (super::excerpt(from, 80), super::excerpt(to, 80));
            changes.others.push(format!("the title from \"{from}\" to \"{to}\""));
        }
        let parts = [("route", &old.route, &new.route), ("pathway", &old.pathway, &new.pathway)];
        for (tier, from, to) in parts.into_iter().chain([("cluster", &old.cluster, &new.cluster)]) {
            changes.place(tier, from, to);
        }
        changes
    }

    fn place(&mut self, tier: &str, from: &Name, to: &Name) {
        if let (Some(from), Some(to)) = (&from.text, &to.text)
            && name_key(from) != name_key(to)
        {
            let (from, to) = (super::excerpt(from, 80), super::excerpt(to, 80));
            self.others.push(format!("the {tier} from \"{from}\" to \"{to}\""));
        }
    }

    /// Matches equal wordings first, then the most alike of those that remain,
    /// one to one and within their kind.
    fn statements(&mut self, was: &RawOccupation, is: &RawOccupation) {
        let mut equal: HashMap<(&str, String), usize> = HashMap::new();
        for statement in &is.statements {
            *equal.entry(key(statement)).or_default() += 1;
        }
        let mut gone: Vec<&RawStatement> = Vec::new();
        for statement in &was.statements {
            match equal.get_mut(&key(statement)).filter(|n| **n > 0) {
                Some(left) => *left -= 1,
                None => gone.push(statement),
            }
        }
        let mut come: Vec<(usize, &RawStatement)> = Vec::new();
        for (i, statement) in is.statements.iter().enumerate() {
            if let Some(left) = equal.get_mut(&key(statement)).filter(|n| **n > 0) {
                *left -= 1;
                come.push((i, statement));
            }
        }
        let reworded = reworded(&gone, &come.iter().map(|(_, s)| *s).collect::<Vec<_>>());
        self.reworded = reworded.iter().filter(|taken| **taken).count();
        self.removed = gone.len() - self.reworded;
        self.added = come.len() - self.reworded;
        self.added_at = come.iter().zip(reworded).filter(|(_, taken)| !taken).map(|((i, _), _)| *i).collect();
    }

    /// The words after "version 2.0 in development": "adds 14 statements,
    /// removes 2 and rewords 3".
    pub(super) fn in_words(&self) -> String {
        let mut parts = Vec::new();
        if self.is_empty {
            parts.push("has no statements yet".to_owned());
        } else {
            let mut noun = |n: usize, verb: &str| {
                if n > 0 {
                    let noun = match (parts.is_empty(), n) {
                        (false, _) => "",
                        (true, 1) => " statement",
                        (true, _) => " statements",
                    };
                    parts.push(format!("{verb} {n}{noun}"));
                }
            };
            noun(self.added, "adds");
            noun(self.removed, "removes");
            noun(self.reworded, "rewords");
            if parts.is_empty() {
                parts.push("has the same statements".to_owned());
            }
        }
        let statements = list(&parts);
        if self.others.is_empty() { statements } else { format!("{statements}; it changes {}", list(&self.others)) }
    }
}

fn key(statement: &RawStatement) -> (&str, String) {
    (statement.kind.as_deref().unwrap_or_default(), normal_form(statement.text.as_deref().unwrap_or_default()))
}

/// Finds the new statements that are old ones, reworded.
fn reworded(gone: &[&RawStatement], come: &[&RawStatement]) -> Vec<bool> {
    if gone.len().saturating_mul(come.len()) > MOST {
        return vec![false; come.len()];
    }
    let bags = |all: &[&RawStatement]| -> Vec<WordBag> {
        all.iter().map(|s| WordBag::of(s.text.as_deref().unwrap_or_default())).collect()
    };
    let (old, new) = (bags(gone), bags(come));
    let mut alike = Vec::new();
    for (i, a) in old.iter().enumerate() {
        for (j, b) in new.iter().enumerate() {
            let likeness = if gone[i].kind == come[j].kind { a.likeness(b) } else { 0.0 };
            if likeness >= ALIKE {
                alike.push((likeness, i, j));
            }
        }
    }
    // stable: ties stay in the order of the old version, then of the new
    order::by(&mut alike, |a, b| b.0.total_cmp(&a.0));
    let (mut old_taken, mut new_taken) = (vec![false; gone.len()], vec![false; come.len()]);
    for (_, i, j) in alike {
        if !old_taken[i] && !new_taken[j] {
            (old_taken[i], new_taken[j]) = (true, true);
        }
    }
    new_taken
}

/// Gives the added statements of a version codes that no statement of the other
/// version has. In most files codes follow the order of a list, so K1 of a
/// draft is not K1 of the version in force.
pub(super) fn tell_apart(draft: &mut RawOccupation, in_force: &RawOccupation, added_at: &[usize], version: &str) {
    let mut taken: HashSet<String> = in_force.statements.iter().filter_map(|s| s.id.clone()).collect();
    let own: HashSet<String> = draft.statements.iter().filter_map(|s| s.id.clone()).collect();
    let mark = if version.is_empty() { "draft" } else { version };
    let mut renamed: HashMap<String, String> = HashMap::new();
    for &i in added_at {
        let Some(id) = draft.statements.get_mut(i).and_then(|s| s.id.as_mut()).filter(|id| taken.contains(*id)) else {
            continue;
        };
        let code = unused(format!("{id} ({mark})"), |code| taken.contains(code) || own.contains(code));
        taken.insert(code.clone());
        renamed.insert(std::mem::replace(id, code.clone()), code);
    }
    for cited in draft.duties.iter_mut().flat_map(|duty| &mut duty.statements) {
        if let Some(code) = renamed.get(cited) {
            cited.clone_from(code);
        }
    }
}

/// "a, b and c".
fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
