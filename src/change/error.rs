//! Why changes cannot be read, or not be applied.

use std::fmt;

use crate::read;

/// A text that is no changes file, with its place.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangesError {
    /// In a JSON file: `Changes::from_json("{\"changes\": 1}")`.
    #[error("{0}")]
    Json(read::Error),
    /// In a CSV file: `Changes::from_csv("change\nre-level\n")`.
    #[error("line {line}: {message}")]
    Csv {
        /// The line, from 1.
        line: u64,
        /// What is wrong, and what to do.
        message: String,
    },
}

/// One change that cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The change's number in the file, from 1.
    pub number: usize,
    /// What sort of change it is.
    pub change: &'static str,
    /// What is wrong with it.
    pub message: String,
    /// What was probably meant.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "change {} ({}): {}", self.number, self.change, self.message)?;
        match &self.hint {
            Some(hint) => write!(f, ": did you mean \"{hint}\"?"),
            None => Ok(()),
        }
    }
}

/// The changes that cannot be applied, all of them. A problem that only
/// another one causes is among them: a statement that was to be added to an
/// occupation that could not be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangeErrors {
    /// At least one, in the order of the changes.
    pub problems: Vec<Problem>,
}

/// How many problems the message shows.
const SHOWN: usize = 15;

impl fmt::Display for ChangeErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.problems.len();
        write!(f, "{n} change{} cannot be applied; nothing was changed:", if n == 1 { "" } else { "s" })?;
        for problem in self.problems.iter().take(SHOWN) {
            write!(f, "\n  {problem}")?;
        }
        if n > SHOWN {
            write!(f, "\n  and {} more", n - SHOWN)?;
        }
        Ok(())
    }
}

impl std::error::Error for ChangeErrors {}
