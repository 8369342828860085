//! Tables, their columns and their cells.

use serde::{Deserialize, Serialize};

use super::fill_in::FillIn;

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Table {
    /// Its caption.
    pub caption: String,
    /// Whether the heading above says what its caption says. Print then leaves the
    /// caption out, and gives it only to those who cannot see the heading.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_named_above: bool,
    /// Its columns; the first names the row.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// What people fill in, in a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_in: Option<FillIn>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its width relative to the others: 1 for figures, 4 for sentences.
    pub width: u8,
    /// What a person is told who fills it in, in a workbook; `None` if nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<Prompt>,
    /// Whether it is for programs only: a workbook hides it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_hidden: bool,
    /// What its cells hold, where a format wants to know it before it sees any.
    #[serde(default, skip_serializing_if = "CellType::is_text")]
    pub cells: CellType,
}

/// What the cells of a column hold. Empty cells are in columns of every type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CellType {
    /// Texts, or texts and numbers.
    #[default]
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with decimals, and whole ones.
    Decimal,
}

impl CellType {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
    fn is_text(&self) -> bool {
        *self == CellType::Text
    }
}

/// What a person is told who fills in the cells of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Prompt {
    /// An instruction.
    pub hint: String,
    /// The words to choose from; empty for free text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Cell {
    /// A whole number.
    Number(i64),
    /// A measured number; see [`Cell::decimal`].
    Decimal(f64),
    /// A text; empty for an empty cell.
    Text(String),
}

impl Table {
    /// A table without rows.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Table { caption: caption.into(), is_named_above: false, columns, rows: Vec::new(), fill_in: None }
    }

    /// Returns the caption, if there is one to print.
    pub(crate) fn printed_caption(&self) -> Option<&str> {
        Some(self.caption.as_str()).filter(|caption| !self.is_named_above && !caption.is_empty())
    }

    /// Joins tables of the same columns; `None` if one is missing or has other
    /// columns.
    pub(super) fn joined(tables: Vec<Option<Table>>) -> Option<Table> {
        let mut tables = tables.into_iter();
        let mut all = tables.next()??;
        for table in tables {
            let table = table.filter(|table| table.columns == all.columns)?;
            all.rows.extend(table.rows);
        }
        Some(all)
    }

    /// Says that the columns with these headings hold whole numbers.
    #[must_use]
    pub(crate) fn whole<const N: usize>(self, headings: [&str; N]) -> Self {
        self.of(CellType::Whole, &headings)
    }

    /// Says that the columns with these headings hold numbers with decimals.
    #[must_use]
    pub(crate) fn decimal<const N: usize>(self, headings: [&str; N]) -> Self {
        self.of(CellType::Decimal, &headings)
    }

    fn of(mut self, cells: CellType, headings: &[&str]) -> Self {
        for column in &mut self.columns {
            if headings.contains(&column.heading.as_str()) {
                column.cells = cells;
            }
        }
        self
    }

    pub(super) fn texts(&self) -> Vec<String> {
        let headings = self.columns.iter().map(|column| column.heading.clone());
        let cells = self.rows.iter().flatten().map(Cell::shown);
        let caption = self.printed_caption().map(str::to_owned);
        caption.into_iter().chain(headings).chain(cells).collect()
    }
}

impl Column {
    /// A column with a width relative to the others.
    pub fn new(heading: impl Into<String>, width: u8) -> Self {
        Column { heading: heading.into(), width, prompt: None, is_hidden: false, cells: CellType::Text }
    }

    /// Returns this column for a person to fill in, with the words to choose from, if any.
    #[must_use]
    pub fn to_fill<C: Into<String>>(self, hint: impl Into<String>, choices: impl IntoIterator<Item = C>) -> Self {
        let choices = choices.into_iter().map(Into::into).collect();
        Column { prompt: Some(Prompt { hint: hint.into(), choices }), ..self }
    }

    /// Returns this column for programs only.
    #[must_use]
    pub fn hidden(self) -> Self {
        Column { is_hidden: true, ..self }
    }
}

impl Cell {
    /// A count.
    pub fn count(count: usize) -> Self {
        Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A measured number; an empty cell if it is not finite, as JSON cannot hold it.
    pub fn decimal(number: f64) -> Self {
        if number.is_finite() { Cell::Decimal(number) } else { Cell::Text(String::new()) }
    }

    /// Returns the text for people: a measured number has three decimals, or none if
    /// it is a count.
    pub fn shown(&self) -> String {
        match self {
            Cell::Number(number) => number.to_string(),
            Cell::Decimal(number) if number.fract() == 0.0 && number.abs() > 1.0 => number.to_string(),
            Cell::Decimal(number) => format!("{number:.3}"),
            Cell::Text(text) => text.clone(),
        }
    }

    /// Returns the text for programs: a measured number has all its digits.
    pub fn exact(&self) -> String {
        match self {
            Cell::Decimal(number) => number.to_string(),
            cell => cell.shown(),
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::Text(text.into())
    }
}
