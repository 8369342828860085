//! Ledgers: people's decisions on pairs of statements, from one file or several.

use std::path::PathBuf;

use tlevel::harmonise::{Disagreement, Ledger};

use super::Stop;
use super::input::Input;
use super::run::Run;

/// How many problems or disagreements are listed.
const LISTED: usize = 10;

/// The ledgers that were given, as one.
pub(crate) struct GivenLedger {
    pub(crate) ledger: Ledger,
    /// Where several people's ledgers disagree; none of these decisions is applied.
    pub(crate) disagreements: Vec<Disagreement>,
    /// The name of the file if there is one; places in several begin with theirs.
    file: Option<String>,
}

impl GivenLedger {
    /// What messages about a decision begin with.
    pub(crate) fn name(&self) -> String {
        self.file.as_ref().map_or(String::new(), |name| format!("{name}: "))
    }

    /// A message about these ledgers.
    pub(crate) fn stop(&self, message: impl std::fmt::Display) -> Stop {
        Stop::new(format!("{}{message}", self.name()))
    }
}

/// Reads ledgers, and reports where they disagree.
pub(crate) fn read(run: &mut Run<'_>, paths: &[PathBuf]) -> Result<GivenLedger, Stop> {
    let mut ledgers: Vec<(String, Ledger)> = Vec::new();
    let mut problems: Vec<String> = Vec::new();
    for path in paths {
        let input = Input::file(path)?;
        let (ledger, unread) = Ledger::readable(&input.table(Ledger::COLUMNS)?);
        problems.extend(unread.iter().map(|problem| format!("{}: {problem}", input.name)));
        ledgers.push((input.name, ledger));
    }
    if !problems.is_empty() {
        let more = problems.len().saturating_sub(LISTED);
        problems.truncate(LISTED);
        problems.extend((more > 0).then(|| format!("{more} more rows that cannot be read")));
        return Err(Stop::new(problems.join("\n")));
    }
    let mut given = GivenLedger { ledger: Ledger::default(), disagreements: Vec::new(), file: None };
    match ledgers.pop() {
        None => {}
        Some((name, ledger)) if ledgers.is_empty() => (given.ledger, given.file) = (ledger, Some(name)),
        Some(last) => {
            ledgers.push(last);
            let named = ledgers.iter().map(|(name, ledger)| (name.as_str(), ledger.clone()));
            (given.ledger, given.disagreements) = Ledger::of_several(named);
            let n = given.disagreements.len();
            for disagreement in given.disagreements.iter().take(LISTED) {
                run.say(&disagreement.to_string());
            }
            if n > LISTED {
                run.say(&format!("{} more pairs on which the ledgers disagree", n - LISTED));
            }
            run.count("ledger_disagreements", n);
        }
    }
    Ok(given)
}
