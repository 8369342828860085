//! Columns of a table that people fill in.

use serde::{Deserialize, Serialize};

/// Columns that people fill in, and cells for the program alone. Workbooks have the
/// former behind the other columns and hide the latter at the right; other formats have
/// neither.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FillIn {
    /// The columns to fill in.
    pub columns: Vec<FillInColumn>,
    /// The headings of the columns for the program.
    pub hidden: Vec<String>,
    /// The cells, row by row as in the table.
    pub rows: Vec<FillInRow>,
}

/// A column to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FillInColumn {
    /// Its heading.
    pub heading: String,
    /// Its width in characters.
    pub width: u8,
    /// What to write, in a sentence.
    pub hint: String,
    /// The words to choose from; empty for any text.
    pub choices: Vec<String>,
}

/// The cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FillInRow {
    /// What is filled in already, column by column.
    pub filled: Vec<String>,
    /// What the program needs, column by column.
    pub hidden: Vec<String>,
}

impl FillInColumn {
    /// A column for any text.
    pub fn new(heading: impl Into<String>, width: u8, hint: impl Into<String>) -> Self {
        FillInColumn { heading: heading.into(), width, hint: hint.into(), choices: Vec::new() }
    }

    /// Sets the words to choose from.
    #[must_use]
    pub fn of(mut self, choices: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choices = choices.into_iter().map(Into::into).collect();
        self
    }
}

impl FillIn {
    /// Columns to fill in, with those for the program, and no rows yet.
    pub fn new(columns: Vec<FillInColumn>, hidden: impl IntoIterator<Item = impl Into<String>>) -> Self {
        FillIn { columns, hidden: hidden.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds the cells of a row.
    pub fn push(&mut self, filled: Vec<String>, hidden: Vec<String>) {
        self.rows.push(FillInRow { filled, hidden });
    }
}
