//! Labellings: the groups to which occupations belong.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::map::Map;
use crate::table::{self, Columns, Table};

/// Labels for some occupations, by their ids.
///
/// # Examples
///
/// ```
/// use tlevel::study::Labels;
///
/// let labels = Labels::read("occupation,label\nOCC0001,building\nOCC0002,health\n")?;
/// assert_eq!((labels.len(), labels.get("OCC0002")), (2, Some("health")));
/// assert!(Labels::read("occupation,label\nOCC0001,a\nOCC0001,b\n").is_err());
/// # Ok::<(), tlevel::study::LabelsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Labels {
    by_occupation: BTreeMap<String, String>,
}

/// A tier of the map's own grouping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OfficialGrouping {
    /// By route.
    Route,
    /// By pathway.
    Pathway,
    /// By cluster.
    Cluster,
    /// By band: technical, higher technical, professional.
    Band,
}

/// Why a labelling cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LabelsError {
    /// No table with the required columns: `Labels::read("a,b\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// A cell without a value.
    #[error("{place}: the {column} is empty; fill it in or delete the row")]
    EmptyCell {
        /// The line, or the sheet and cell.
        place: String,
        /// The column.
        column: &'static str,
    },
    /// An occupation that already has a label.
    #[error("{place}: occupation \"{occupation}\" has a label already; keep one of the rows")]
    Twice {
        /// The line, or the sheet and cell.
        place: String,
        /// The occupation.
        occupation: String,
    },
}

impl Labels {
    /// The map's own labels: the ids of routes, pathways or clusters, or the
    /// names of bands.
    pub fn of(map: &Map, by: OfficialGrouping) -> Self {
        let label = |o: crate::map::Occupation<'_>| match by {
            OfficialGrouping::Route => o.cluster().pathway().route().id().to_owned(),
            OfficialGrouping::Pathway => o.cluster().pathway().id().to_owned(),
            OfficialGrouping::Cluster => o.cluster().id().to_owned(),
            OfficialGrouping::Band => o.band().to_string(),
        };
        map.occupations().map(|o| (o.id().to_owned(), label(o))).collect()
    }

    /// Reads CSV with the columns `occupation` and `label`; others are ignored.
    ///
    /// # Errors
    ///
    /// [`LabelsError`], with the line.
    pub fn read(text: &str) -> Result<Self, LabelsError> {
        Labels::from_table(&Table::read(text.as_bytes(), Labels::COLUMNS)?)
    }

    /// The columns of a labelling.
    pub const COLUMNS: &'static [Columns] = &[Columns::new("a file of labels", &["occupation", "label"])];

    /// Like [`Labels::read`], for a table that was read by [`Labels::COLUMNS`]:
    /// CSV as spreadsheets save it, or a workbook.
    ///
    /// # Errors
    ///
    /// [`LabelsError`], with the line, or the sheet and cell.
    pub fn from_table(table: &Table) -> Result<Self, LabelsError> {
        let mut labels = Labels::default();
        for row in table.rows() {
            let [occupation, label] = ["occupation", "label"].map(|column| {
                row.get(column).ok_or_else(|| LabelsError::EmptyCell { place: row.place(column), column })
            });
            let (occupation, label) = (occupation?.to_owned(), label?.to_owned());
            if labels.by_occupation.insert(occupation.clone(), label).is_some() {
                return Err(LabelsError::Twice { place: row.place("occupation"), occupation });
            }
        }
        Ok(labels)
    }

    /// The labels as CSV, by occupation.
    pub fn to_csv(&self) -> String {
        table::csv(
            [("occupation", "label")].into_iter().chain(self.iter()).map(|(occupation, label)| [occupation, label]),
        )
    }

    /// The label of an occupation.
    pub fn get(&self, occupation: &str) -> Option<&str> {
        self.by_occupation.get(occupation).map(String::as_str)
    }

    /// The occupations with their labels, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_occupation.iter().map(|(occupation, label)| (occupation.as_str(), label.as_str()))
    }

    /// How many occupations have a label.
    pub fn len(&self) -> usize {
        self.by_occupation.len()
    }

    /// Whether no occupation has a label.
    pub fn is_empty(&self) -> bool {
        self.by_occupation.is_empty()
    }
}

impl FromIterator<(String, String)> for Labels {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(labels: I) -> Self {
        Labels { by_occupation: labels.into_iter().collect() }
    }
}

/// Labels as numbers, in order of occurrence.
pub(super) fn numbers<'l>(labels: impl Iterator<Item = &'l str>) -> Vec<u32> {
    let mut known: HashMap<&str, u32> = HashMap::new();
    labels
        .map(|label| {
            let next = known.len() as u32;
            *known.entry(label).or_insert(next)
        })
        .collect()
}
