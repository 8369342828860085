//! People's decisions on statements: which say the same, which do not, and
//! which wording is shown.

use std::collections::{BTreeMap, VecDeque};

use crate::map::{Map, Statement, StatementIndex};
use crate::table;

/// People's decisions, in the order of their rows.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::{Ledger, Verdict};
///
/// let ledger = Ledger::from_csv(
///     "decision,occupation_a,statement_a,occupation_b,statement_b,note\n\
///      same,LARS82,K4,OCC0682,K10,both are about service levels\n\
///      ,LARS82,K5,OCC0682,K11,not decided yet\n",
/// )?;
/// assert_eq!(ledger.decisions().len(), 1);
/// assert_eq!(ledger.decisions()[0].verdict, Verdict::Same);
/// # Ok::<(), tlevel::harmonise::LedgerError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub(super) decisions: Vec<Decision>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The line of the file.
    pub line: u64,
    /// The decision.
    pub verdict: Verdict,
    /// The first statement: occupation id and statement id.
    pub a: (String, String),
    /// The second; optional for `preferred`.
    pub b: Option<(String, String)>,
    /// The hashes of the two texts that people saw, if recorded.
    pub hashes: [Option<String>; 2],
    /// The reason.
    pub note: String,
}

/// A decision on two statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// They say the same: one concept.
    Same,
    /// They do not: two concepts, even for equal wordings.
    Different,
    /// The first is shown rather than the second, or rather than any other of
    /// its concept.
    Preferred,
}

/// Why a ledger cannot be applied. Lines are those of the file, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// No table with the required columns:
    /// `Ledger::from_csv("decision,note\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// Not a decision: `maybe`.
    #[error("{place}: \"{found}\" is no decision; write same, different or preferred, or leave the cell empty{hint}")]
    UnknownDecision {
        /// The line, or the sheet and cell.
        place: String,
        /// The content of the cell.
        found: String,
        /// `: did you mean "..."?`, or nothing.
        hint: String,
    },
    /// An empty cell in a column of codes.
    #[error("{place}: the {column} is empty; fill it in or remove the decision")]
    EmptyCell {
        /// The line, or the sheet and cell.
        place: String,
        /// The column.
        column: &'static str,
    },
    /// A statement that is said to be the same as, different from, or preferred
    /// to itself.
    #[error("{place}: {occupation} {statement} is on both sides; name two statements")]
    Itself {
        /// The line, or the sheet and cell.
        place: String,
        /// The occupation.
        occupation: String,
        /// The statement.
        statement: String,
    },
    /// Two statements of different kinds that are said to be the same.
    #[error("line {line}: {a} is {kind_a}, {b} is {kind_b}; kinds are never joined: remove the row")]
    MixedKinds {
        /// The line.
        line: u64,
        /// The first statement.
        a: String,
        /// Its kind.
        kind_a: crate::map::Kind,
        /// The second statement.
        b: String,
        /// Its kind.
        kind_b: crate::map::Kind,
    },
    /// `same` and `different` for one pair, perhaps through other statements.
    #[error("line {different}: {a} and {b} are different; but {} the same; remove one", chain(.same))]
    Contradiction {
        /// The line that says different.
        different: u64,
        /// The lines that say the same, link by link.
        same: Vec<u64>,
        /// The first statement.
        a: String,
        /// The second.
        b: String,
    },
    /// Each of two statements is preferred to the other.
    #[error("line {second}: {a} is preferred to {b}; but line {first} says the reverse; remove one")]
    Preferences {
        /// The earlier line.
        first: u64,
        /// The later line.
        second: u64,
        /// The statement that the later line prefers.
        a: String,
        /// The other.
        b: String,
    },
}

fn chain(lines: &[u64]) -> String {
    match lines {
        [line] => format!("line {line} says that they are"),
        _ => {
            let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
            format!("lines {} together say that they are", lines.join(", "))
        }
    }
}

/// A decision that no longer fits the map and is not applied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Stale {
    /// The line of the decision.
    pub line: u64,
    /// The occupation of the statement that does not fit.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// The reason.
    pub reason: String,
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {} {}: {}; decide again", self.line, self.occupation, self.statement, self.reason)
    }
}

impl Ledger {
    /// The decisions.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Finds the statements of the decisions on a map.
    pub(super) fn on(&self, map: &Map) -> Result<OnMap, LedgerError> {
        let mut out = OnMap::default();
        let mut edges: BTreeMap<StatementIndex, Vec<(StatementIndex, u64)>> = BTreeMap::new();
        let mut preferred: BTreeMap<(StatementIndex, StatementIndex), u64> = BTreeMap::new();
        for decision in &self.decisions {
            let line = decision.line;
            let a = find(map, decision, &decision.a, decision.hashes[0].as_deref());
            let b = decision.b.as_ref().map(|b| find(map, decision, b, decision.hashes[1].as_deref())).transpose();
            let (a, b) = match (a, b) {
                (Ok(a), Ok(b)) => (a, b),
                (Err(stale), _) | (_, Err(stale)) => {
                    out.stale.push(stale);
                    continue;
                }
            };
            match (decision.verdict, b) {
                (Verdict::Same, Some(b)) => {
                    if a.kind() != b.kind() {
                        let (kind_a, kind_b) = (a.kind(), b.kind());
                        return Err(LedgerError::MixedKinds { line, a: name(a), kind_a, b: name(b), kind_b });
                    }
                    edges.entry(a.index()).or_default().push((b.index(), line));
                    edges.entry(b.index()).or_default().push((a.index(), line));
                    out.same.push((a.index(), b.index()));
                }
                (Verdict::Different, Some(b)) => out.different.push((a.index(), b.index(), line)),
                (Verdict::Preferred, b) => {
                    if let Some(b) = b {
                        if let Some(&first) = preferred.get(&(b.index(), a.index())) {
                            return Err(LedgerError::Preferences { first, second: line, a: name(a), b: name(b) });
                        }
                        preferred.entry((a.index(), b.index())).or_insert(line);
                    }
                    out.preferred.push((a.index(), b.map(|b| b.index())));
                }
                // the reader requires both
                (Verdict::Same | Verdict::Different, None) => {}
            }
        }
        for &(a, b, different) in &out.different {
            if let Some(same) = lines_between(&edges, a, b) {
                let shown = |s: StatementIndex| map.statement_at(s).map_or_else(String::new, name);
                return Err(LedgerError::Contradiction { different, same, a: shown(a), b: shown(b) });
            }
        }
        Ok(out)
    }
}

/// Decisions about the statements of one map, free of contradictions.
#[derive(Debug, Default)]
pub(super) struct OnMap {
    pub(super) same: Vec<(StatementIndex, StatementIndex)>,
    pub(super) different: Vec<(StatementIndex, StatementIndex, u64)>,
    pub(super) preferred: Vec<(StatementIndex, Option<StatementIndex>)>,
    pub(super) stale: Vec<Stale>,
}

impl OnMap {
    /// The preferred statements among some: preferred to one of the others or
    /// to all.
    pub(super) fn preferred_in(&self, statements: &[StatementIndex]) -> Vec<StatementIndex> {
        let has = |s: &StatementIndex| statements.contains(s);
        let applies = self.preferred.iter().filter(|(a, b)| has(a) && b.as_ref().is_none_or(has));
        let mut preferred: Vec<StatementIndex> = applies.map(|(a, _)| *a).collect();
        preferred.sort_unstable();
        preferred.dedup();
        preferred
    }
}

fn name(statement: Statement<'_>) -> String {
    format!("{} {}", statement.occupation().id(), statement.id())
}

fn find<'m>(
    map: &'m Map,
    decision: &Decision,
    codes: &(String, String),
    seen: Option<&str>,
) -> Result<Statement<'m>, Stale> {
    map.decided_statement(codes, seen).map_err(|reason| Stale {
        line: decision.line,
        occupation: codes.0.clone(),
        statement: codes.1.clone(),
        reason,
    })
}

/// The lines of the shortest chain of `same` between two statements.
fn lines_between(
    edges: &BTreeMap<StatementIndex, Vec<(StatementIndex, u64)>>,
    from: StatementIndex,
    to: StatementIndex,
) -> Option<Vec<u64>> {
    let mut came: BTreeMap<StatementIndex, (StatementIndex, u64)> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut lines = Vec::new();
            let mut at = to;
            while at != from {
                let (before, line) = came[&at];
                lines.push(line);
                at = before;
            }
            lines.sort_unstable();
            return Some(lines);
        }
        for &(next, line) in edges.get(&at).into_iter().flatten() {
            if next != from && !came.contains_key(&next) {
                came.insert(next, (at, line));
                queue.push_back(next);
            }
        }
    }
    None
}
