//! Errors in reading or applying changes.

use std::fmt;

use crate::read;
use crate::table::{self, listed};

/// A text that is not a valid changes file, with the place of the error.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangesError {
    /// In a JSON file: `Changes::from_json("{\"changes\": 1}")`.
    #[error("{0}")]
    Json(read::Error),
    /// No table with the required columns: `Changes::from_csv("a,b\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// In a row of a table: `Changes::from_csv("change\nre-level\n")`.
    #[error("{place}: {message}")]
    Row {
        /// The line, or the sheet and cell.
        place: String,
        /// What is wrong and how to correct it.
        message: String,
    },
    /// Several of these: first those of the whole file, then one for each
    /// invalid change, in the order of the changes.
    #[error("{}", listed(&format!("{} things are wrong; correct them and try again:", .0.len()), .0))]
    Several(Vec<ChangesError>),
}

impl ChangesError {
    /// Returns what was read if nothing is wrong.
    pub(super) fn unless<T>(wrong: Vec<ChangesError>, read: T) -> Result<T, ChangesError> {
        table::unless(wrong, read, ChangesError::Several)
    }
}

/// One change that cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The change's number in the file, from 1.
    pub number: usize,
    /// The kind of change.
    pub change: &'static str,
    /// What is wrong with it.
    pub message: String,
    /// What was probably meant.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "change {} ({}): {}", self.number, self.change, self.message)?;
        crate::text::DidYouMean(self.hint.as_deref()).fmt(f)
    }
}

/// All changes that cannot be applied. They include problems that only follow
/// from another one, such as a statement for an occupation that could not be
/// added.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangeErrors {
    /// At least one, in the order of the changes.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ChangeErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.problems.len();
        let title = format!("{n} change{} cannot be applied; nothing was changed:", if n == 1 { "" } else { "s" });
        f.write_str(&listed(&title, &self.problems))
    }
}

impl std::error::Error for ChangeErrors {}
