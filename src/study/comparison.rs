//! Compares two labellings of occupations.

use serde::{Deserialize, Serialize};

use super::agreement::agreement;
use super::groups::{Groups, meant};
use super::labels::numbers;
use super::{Labels, Metric};

/// How alike two labellings are, over the occupations that are in a group in
/// both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    format: ComparisonFormat,
    version: u32,
    /// How many occupations are in a group in both: at least one. The others
    /// are ignored.
    pub occupations: usize,
    /// How many occupations the first labels.
    pub labelled_a: usize,
    /// How many occupations the second labels.
    pub labelled_b: usize,
    /// The figures; see [`agreement`](mod@super::agreement).
    pub measures: Vec<Metric>,
    /// Occupations that only the first labels.
    pub only_in_a: Vec<String>,
    /// Occupations that only the second labels.
    pub only_in_b: Vec<String>,
    /// Occupations with two labels of which at least one means no group: -1
    /// (noise), nan and the like.
    pub without_group: Vec<String>,
    /// Occupations that only the second labels, with similar ids of the first.
    pub meant: Vec<UnknownOccupation>,
    /// Notes on the labels.
    pub notes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum ComparisonFormat {
    #[serde(rename = "tlevel-study-compare")]
    Comparison,
}

/// An unknown id, and the known one that was probably meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnknownOccupation {
    /// The id.
    pub occupation: String,
    /// The id that was probably meant.
    pub meant: Option<String>,
}

impl UnknownOccupation {
    pub(super) fn new(occupation: &str, meant: Option<String>) -> Self {
        UnknownOccupation { occupation: occupation.to_owned(), meant }
    }
}

impl std::fmt::Display for UnknownOccupation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}\"{:#}", self.occupation, crate::text::DidYouMean(self.meant.as_deref()))
    }
}

/// Why two labellings cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// No occupation is in both.
    #[error(
        "no occupation is in both: the first labels {}, the second {}{}; give two groupings of the same occupations",
        shown(.first), shown(.second), hint(.unknown.as_ref())
    )]
    NothingInCommon {
        /// The occupations of the first.
        first: Vec<String>,
        /// Those of the second.
        second: Vec<String>,
        /// An occupation of the second whose id is close to one of the first.
        unknown: Option<UnknownOccupation>,
    },
    /// Both label the same occupations but put none of them in a group.
    #[error(
        "none of the {occupations} occupations that both label is in a group of both; -1, nan, none and null mean no \
         group"
    )]
    NoGroups {
        /// The number of occupations that both label.
        occupations: usize,
    },
}

fn shown(ids: &[String]) -> String {
    match ids {
        [] => "none".to_owned(),
        [one] => format!("1 (\"{one}\")"),
        [first, ..] => format!("{} (\"{first}\" and so on)", ids.len()),
    }
}

fn hint(unknown: Option<&UnknownOccupation>) -> String {
    unknown.map_or_else(String::new, |unknown| format!("; the second has {unknown}"))
}

/// Compares two labellings over the occupations that are in a group in both.
/// The first is the reference for measures that are not symmetric.
///
/// Ids are compared letter by letter. The labels -1, nan, none and null mean
/// that an occupation is in no group (noise); it is ignored and listed. An
/// integer and the same with `.0` are one label.
///
/// # Errors
///
/// [`CompareError`] if no occupation is left to compare: measures of nothing
/// would be 1.
///
/// # Examples
///
/// ```
/// use tlevel::study::{Labels, compare};
///
/// let a = Labels::read("occupation,label\nA,x\nB,x\nC,y\n")?;
/// let b = Labels::read("occupation,label\nA,1\nB,1\nC,2\nD,2\n")?;
/// let found = compare(&a, &b)?;
/// assert_eq!((found.occupations, found.only_in_b.as_slice()), (3, &["D".to_owned()][..]));
/// assert!(found.measures.iter().any(|m| m.measure == "adjusted_rand" && m.value == 1.0));
///
/// let others = Labels::read("occupation,label\nP,1\n")?;
/// assert!(compare(&a, &others).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// `O(n log n)` in the occupations, and as
/// [`agreement`](super::agreement::agreement).
pub fn compare(a: &Labels, b: &Labels) -> Result<Comparison, CompareError> {
    let only = |one: &Labels, other: &Labels| -> Vec<String> {
        one.iter().filter(|(id, _)| other.get(id).is_none()).map(|(id, _)| id.to_owned()).collect()
    };
    let (only_in_a, only_in_b) = (only(a, b), only(b, a));
    let candidates: Vec<&str> = only_in_a.iter().map(String::as_str).collect();
    let slips = meant(only_in_b.iter().map(String::as_str), &candidates).filter(|(_, meant)| meant.is_some());
    let slips: Vec<UnknownOccupation> = slips.map(|(id, meant)| UnknownOccupation::new(id, meant)).collect();
    if only_in_a.len() == a.len() {
        let unknown = slips.into_iter().next();
        return Err(CompareError::NothingInCommon { first: only_in_a, second: only_in_b, unknown });
    }
    let (of_a, of_b) = (Groups::of(a), Groups::of(b));
    let both: Vec<(&str, &str)> =
        of_a.labels.iter().filter_map(|(id, label)| Some((label, of_b.labels.get(id)?))).collect();
    let common = a.len() - only_in_a.len();
    if both.is_empty() {
        return Err(CompareError::NoGroups { occupations: common });
    }
    let in_both = a.iter().map(|(id, _)| id).filter(|id| b.get(id).is_some());
    let without_group = in_both.filter(|id| of_a.labels.get(id).is_none() || of_b.labels.get(id).is_none());
    let without_group: Vec<String> = without_group.map(str::to_owned).collect();
    let (first, second) = (numbers(both.iter().map(|(a, _)| *a)), numbers(both.iter().map(|(_, b)| *b)));
    let notes = [("first", of_a.notes), ("second", of_b.notes)];
    Ok(Comparison {
        format: ComparisonFormat::Comparison,
        version: 1,
        occupations: both.len(),
        labelled_a: a.len(),
        labelled_b: b.len(),
        // both have the same length
        measures: agreement(&first, &second).unwrap_or_default(),
        only_in_a,
        only_in_b,
        without_group,
        meant: slips,
        notes: notes
            .into_iter()
            .flat_map(|(which, notes)| notes.into_iter().map(move |note| format!("in the {which}, {note}")))
            .collect(),
    })
}
