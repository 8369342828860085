//! Ledgers of several people as one.

use std::collections::BTreeMap;

use super::ledger::{Decision, Ledger, Verdict};

/// Answers of several people on one pair of statements that differ. None of them is
/// applied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Disagreement {
    /// The first statement: occupation id and statement id.
    pub a: (String, String),
    /// The second; the first may be preferred to any other.
    pub b: Option<(String, String)>,
    /// The answers, in the order of the ledgers.
    pub answers: Vec<Answer>,
}

/// A person's answer on a pair of statements.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Answer {
    /// The ledger and the place in it: `asha.csv, line 3`.
    pub place: String,
    /// The answer.
    pub verdict: Verdict,
    /// The reason, if given.
    pub note: String,
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} says {}", self.place, self.verdict.word())?;
        if self.note.is_empty() { Ok(()) } else { write!(f, " ({})", self.note) }
    }
}

impl std::fmt::Display for Disagreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let answers: Vec<String> = self.answers.iter().map(Answer::to_string).collect();
        write!(f, "{} {}", self.a.0, self.a.1)?;
        if let Some((occupation, statement)) = &self.b {
            write!(f, " and {occupation} {statement}")?;
        }
        write!(f, ": {}; none of them is applied", answers.join("; "))
    }
}

/// What is decided: a pair in either order, or which of two is preferred.
type About<'d> = (bool, &'d (String, String), Option<&'d (String, String)>);

fn about(decision: &Decision) -> About<'_> {
    let (a, b) = (&decision.a, decision.b.as_ref());
    let is_preferred = decision.verdict == Verdict::Preferred;
    match b {
        Some(b) if b < a => (is_preferred, b, Some(a)),
        b => (is_preferred, a, b),
    }
}

/// Whether two decisions on the same pair say the same.
fn agree(one: &Decision, other: &Decision) -> bool {
    one.verdict == other.verdict && (one.verdict != Verdict::Preferred || one.a == other.a)
}

/// The hashes of the texts that people saw, in either order.
fn seen(decision: &Decision) -> [Option<&str>; 2] {
    let mut seen = [0, 1].map(|side| decision.hashes.get(side).and_then(Option::as_deref));
    seen.sort_unstable();
    seen
}

impl Ledger {
    /// One ledger of several people's, each with the name that places begin with.
    /// Decisions that agree become one, with the notes of all. Where people disagree on a
    /// pair, none of their decisions is in the ledger, and the disagreement is returned.
    /// Who is unsure disagrees with nobody.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::harmonise::Ledger;
    ///
    /// let of = |rows: &str| {
    ///     Ledger::from_csv(&format!("decision,occupation_a,statement_a,occupation_b,statement_b,note\n{rows}"))
    /// };
    /// let (ledger, disagreements) = Ledger::of_several([
    ///     ("asha.csv", of("same,LARS82,K4,OCC0682,K10,\nsame,LARS82,K5,OCC0682,K11,\n")?),
    ///     ("ben.csv", of("same,OCC0682,K10,LARS82,K4,\ndifferent,LARS82,K5,OCC0682,K11,wider\n")?),
    /// ]);
    /// assert_eq!(ledger.decisions().len(), 1);
    /// assert_eq!(
    ///     disagreements[0].to_string(),
    ///     "LARS82 K5 and OCC0682 K11: asha.csv, line 3 says same; ben.csv, line 3 says different (wider); \
    ///      none of them is applied"
    /// );
    /// # Ok::<(), tlevel::harmonise::LedgerError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n log n)` in the decisions.
    pub fn of_several<'n>(ledgers: impl IntoIterator<Item = (&'n str, Ledger)>) -> (Ledger, Vec<Disagreement>) {
        let mut all: Vec<Decision> = Vec::new();
        for (name, ledger) in ledgers {
            all.extend(ledger.decisions.into_iter().map(|mut decision| {
                decision.place = format!("{name}, {}", decision.place);
                decision
            }));
        }
        let mut pairs: BTreeMap<About<'_>, Vec<usize>> = BTreeMap::new();
        for (at, decision) in all.iter().enumerate().filter(|(_, decision)| decision.verdict != Verdict::Unsure) {
            pairs.entry(about(decision)).or_default().push(at);
        }
        // what becomes of each decision: kept, with notes of others, or left out
        let mut notes: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        let mut left_out = vec![false; all.len()];
        let mut disagreements: BTreeMap<usize, Disagreement> = BTreeMap::new();
        for places in pairs.values() {
            let of_pair = || places.iter().filter_map(|at| Some((*at, all.get(*at)?)));
            let Some((first, decision)) = of_pair().next() else { continue };
            let differ = of_pair().any(|(_, other)| !agree(decision, other));
            let mut notes_of_pair: Vec<&str> = Vec::new();
            for (at, other) in of_pair() {
                // other hashes are other texts: one of the two may be stale
                left_out[at] = differ || (at != first && seen(other) == seen(decision));
                if !other.note.is_empty() && !notes_of_pair.contains(&&*other.note) {
                    notes_of_pair.push(&other.note);
                }
            }
            if differ {
                let answer = |(_, other): (usize, &Decision)| Answer {
                    place: other.place.clone(),
                    verdict: other.verdict,
                    note: other.note.clone(),
                };
                let (a, b) = (decision.a.clone(), decision.b.clone());
                disagreements.insert(first, Disagreement { a, b, answers: of_pair().map(answer).collect() });
            } else {
                notes.insert(first, notes_of_pair);
            }
        }
        let merged: BTreeMap<usize, String> = notes.into_iter().map(|(at, notes)| (at, notes.join("; "))).collect();
        let disagreements = disagreements.into_values().collect();
        let mut decisions = Vec::new();
        for (at, (mut decision, is_left_out)) in all.into_iter().zip(left_out).enumerate() {
            if let Some(note) = merged.get(&at) {
                decision.note.clone_from(note);
            }
            if !is_left_out {
                decisions.push(decision);
            }
        }
        (Ledger { decisions }, disagreements)
    }
}
