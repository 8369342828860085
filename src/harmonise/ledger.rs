//! People's decisions on statements: which say the same, which do not, and
//! which wording is shown.

use std::collections::{BTreeMap, VecDeque};

use crate::map::{Map, Statement, StatementIndex};
use crate::order;
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
/// assert_eq!(ledger.decisions()[0].verdict, Verdict::Same);
/// // the note is kept, and decides nothing
/// assert_eq!(ledger.decisions()[1].verdict, Verdict::Unsure);
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
    /// The place of the decision: `line 3`, a sheet and a cell, with the name of the file
    /// before it where several ledgers are one.
    pub place: String,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// They say the same: one concept.
    Same,
    /// They do not: two concepts, even for equal wordings.
    Different,
    /// The first is shown rather than the second, or rather than any other of
    /// its concept.
    Preferred,
    /// Somebody looked at them and did not decide: nothing is applied, and the note is
    /// kept. A note without a decision is read so, too.
    Unsure,
}

impl Verdict {
    /// All decisions, in the order in which reviews offer them.
    pub const ALL: [Verdict; 4] = [Verdict::Same, Verdict::Different, Verdict::Preferred, Verdict::Unsure];

    /// The word that decides it: `same`, `different`, `preferred`, `unsure`.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Different => "different",
            Verdict::Preferred => "preferred",
            Verdict::Unsure => "unsure",
        }
    }
}

/// Why a ledger cannot be applied, with the place: a line of the file (from 1), or a
/// sheet and a cell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// No table with the required columns:
    /// `Ledger::from_csv("decision,note\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// Not a decision: `maybe`.
    #[error(
        "{place}: \"{found}\" is no decision; write same, different, preferred or unsure, or leave the cell empty{hint}"
    )]
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
    #[error("{place}: {a} is {kind_a}, {b} is {kind_b}; kinds are never joined: remove the row")]
    MixedKinds {
        /// The place of the decision.
        place: String,
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
    #[error("{different}: {a} and {b} are different; but {} the same; remove one", chain(.same))]
    Contradiction {
        /// The place that says different.
        different: String,
        /// The places that say the same, link by link.
        same: Vec<String>,
        /// The first statement.
        a: String,
        /// The second.
        b: String,
    },
    /// Each of two statements is preferred to the other.
    #[error("{second}: {a} is preferred to {b}; but {first} says the reverse; remove one")]
    Preferences {
        /// The earlier place.
        first: String,
        /// The later place.
        second: String,
        /// The statement that the later one prefers.
        a: String,
        /// The other.
        b: String,
    },
}

fn chain(places: &[String]) -> String {
    if let [place] = places {
        return format!("{place} says that they are");
    }
    let lines: Option<Vec<&str>> = places.iter().map(|place| place.strip_prefix("line ")).collect();
    let places = lines.map_or_else(|| places.join(" and "), |lines| format!("lines {}", lines.join(", ")));
    format!("{places} together say that they are")
}

/// A decision that no longer fits the map and is not applied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Stale {
    /// The line of the decision.
    pub line: u64,
    /// Its place: `line 3`, a sheet and a cell, with the name of the file before it where
    /// several ledgers are one.
    #[serde(default)]
    pub place: String,
    /// The occupation of the statement that does not fit.
    pub occupation: String,
    /// The statement.
    pub statement: String,
    /// The reason.
    pub reason: String,
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} {}: {}; decide again", self.place, self.occupation, self.statement, self.reason)
    }
}

impl Ledger {
    /// The decisions.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The pairs of statements that are said to be the same, and those that are said to be
    /// different, as far as they fit the map.
    pub(crate) fn pairs_on(&self, map: &Map) -> (StatementPairs, StatementPairs) {
        self.on(map).map(|on| (on.same, on.different)).unwrap_or_default()
    }

    /// Finds the statements of the decisions on a map.
    pub(super) fn on(&self, map: &Map) -> Result<OnMap, LedgerError> {
        let mut out = OnMap::default();
        let mut edges: Edges<'_> = BTreeMap::new();
        let mut preferred: BTreeMap<(StatementIndex, StatementIndex), &str> = BTreeMap::new();
        let mut different: Vec<(StatementIndex, StatementIndex, &str)> = Vec::new();
        for decision in &self.decisions {
            let line = decision.place.as_str();
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
                        let place = line.to_owned();
                        return Err(LedgerError::MixedKinds { place, a: name(a), kind_a, b: name(b), kind_b });
                    }
                    edges.entry(a.index()).or_default().push((b.index(), line));
                    edges.entry(b.index()).or_default().push((a.index(), line));
                    out.same.push((a.index(), b.index()));
                }
                (Verdict::Different, Some(b)) => {
                    different.push((a.index(), b.index(), line));
                    out.different.push((a.index(), b.index()));
                }
                (Verdict::Preferred, b) => {
                    if let Some(b) = b {
                        if let Some(&first) = preferred.get(&(b.index(), a.index())) {
                            let (first, second) = (first.to_owned(), line.to_owned());
                            return Err(LedgerError::Preferences { first, second, a: name(a), b: name(b) });
                        }
                        preferred.entry((a.index(), b.index())).or_insert(line);
                    }
                    out.preferred.push((a.index(), b.map(|b| b.index())));
                }
                // the reader requires both; who is unsure decides nothing
                (Verdict::Same | Verdict::Different, None) | (Verdict::Unsure, _) => {}
            }
        }
        for (a, b, place) in different {
            if let Some(same) = lines_between(&edges, a, b) {
                let shown = |s: StatementIndex| map.statement_at(s).map_or_else(String::new, name);
                let different = place.to_owned();
                return Err(LedgerError::Contradiction { different, same, a: shown(a), b: shown(b) });
            }
        }
        Ok(out)
    }
}

/// Pairs of statements.
type StatementPairs = Vec<(StatementIndex, StatementIndex)>;

/// Decisions about the statements of one map, free of contradictions.
#[derive(Debug, Default)]
pub(super) struct OnMap {
    pub(super) same: StatementPairs,
    pub(super) different: StatementPairs,
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
        place: decision.place.clone(),
        occupation: codes.0.clone(),
        statement: codes.1.clone(),
        reason,
    })
}

/// What each statement is the same as, with the place that says so.
type Edges<'l> = BTreeMap<StatementIndex, Vec<(StatementIndex, &'l str)>>;

/// The places of the shortest chain of `same` between two statements, in the order of
/// the ledger.
fn lines_between(edges: &Edges<'_>, from: StatementIndex, to: StatementIndex) -> Option<Vec<String>> {
    let mut came: BTreeMap<StatementIndex, (StatementIndex, &str)> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut places = Vec::new();
            let mut at = to;
            while at != from {
                let (before, place) = came[&at];
                places.push(place.to_owned());
                at = before;
            }
            order::by(&mut places, |a, b| (a.len(), a).cmp(&(b.len(), b)));
            return Some(places);
        }
        for &(next, place) in edges.get(&at).into_iter().flatten() {
            if next != from && !came.contains_key(&next) {
                came.insert(next, (at, place));
                queue.push_back(next);
            }
        }
    }
    None
}
