//! Prepares a labelling: which labels mean no group, and which are spelt in two
//! ways.

use std::collections::BTreeMap;

use super::Labels;
use crate::text::{closest, name_key};

/// Labels with which clustering programs mark points in no group: noise (DBSCAN
/// and HDBSCAN of scikit-learn write -1) or a missing value.
const NO_GROUP: &[&str] = &["-1", "<na>", "nan", "none", "null"];

/// The maximum number of notes about labels that differ only in case.
const MOST_ALIKE: usize = 5;

/// The maximum number of ids that get a "did you mean".
const MOST_MEANT: usize = 10;

/// A labelling, ready for measurement.
pub(super) struct Groups {
    /// The occupations that are in a group.
    pub(super) labels: Labels,
    /// Occupations whose label means no group.
    pub(super) without_group: Vec<String>,
    /// Notes on the labels.
    pub(super) notes: Vec<String>,
}

impl Groups {
    pub(super) fn of(labels: &Labels) -> Self {
        let mut without_group = Vec::new();
        let mut kept: Vec<(String, String)> = Vec::new();
        let mut whole: BTreeMap<&str, &str> = BTreeMap::new();
        for (occupation, label) in labels.iter() {
            let number = whole_number(label);
            if NO_GROUP.contains(&number.to_lowercase().as_str()) {
                without_group.push(occupation.to_owned());
                continue;
            }
            if number != label {
                whole.entry(number).or_insert(label);
            }
            kept.push((occupation.to_owned(), number.to_owned()));
        }
        let labels_as_given: Labels = kept.into_iter().collect();
        let mut notes = Vec::new();
        // relevant only if both spellings occur
        let both = whole.iter().find(|(number, _)| labels.iter().any(|(_, label)| label == **number));
        if let Some((number, float)) = both {
            notes.push(format!("labels such as \"{float}\" and \"{number}\" are read as one group"));
        }
        let mut spelt: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (_, label) in labels_as_given.iter() {
            let same = spelt.entry(name_key(label)).or_default();
            if !same.contains(&label) {
                same.push(label);
            }
        }
        for same in spelt.values().filter(|same| same.len() > 1).take(MOST_ALIKE) {
            let list: Vec<String> = same.iter().take(4).map(|label| format!("\"{label}\"")).collect();
            notes.push(format!(
                "the labels {} are different groups; write them in one way if one is meant",
                list.join(" and ")
            ));
        }
        Groups { labels: labels_as_given, without_group, notes }
    }
}

/// An integer without the `.0` that spreadsheets and data frames add.
fn whole_number(label: &str) -> &str {
    let Some((number, zeros)) = label.split_once('.') else { return label };
    let digits = number.strip_prefix('-').unwrap_or(number);
    let is_whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_whole && !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') { number } else { label }
}

/// The candidates that the first of some ids were probably meant to be.
pub(super) fn meant<'i>(
    ids: impl Iterator<Item = &'i str>,
    candidates: &[&str],
) -> impl Iterator<Item = (&'i str, Option<String>)> {
    ids.enumerate().map(|(i, id)| {
        let hint = || {
            let same = candidates.iter().find(|candidate| name_key(candidate) == name_key(id)).copied();
            same.or_else(|| closest(id, candidates.iter().copied()))
        };
        (id, (i < MOST_MEANT).then(hint).flatten().map(str::to_owned))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(labels: &[(&str, &str)]) -> Groups {
        Groups::of(&labels.iter().map(|(o, l)| ((*o).to_owned(), (*l).to_owned())).collect())
    }

    #[test]
    fn noise_is_no_group() {
        let found = groups(&[("a", "-1"), ("b", "-1.0"), ("c", "NaN"), ("d", "1"), ("e", "-2"), ("f", "None")]);
        assert_eq!(found.without_group, ["a", "b", "c", "f"]);
        assert_eq!(found.labels.iter().collect::<Vec<_>>(), [("d", "1"), ("e", "-2")]);
    }

    #[test]
    fn whole_numbers_are_read_as_such() {
        let found = groups(&[("a", "0.0"), ("b", "0"), ("c", "1.5"), ("d", "v1.0"), ("e", "2.")]);
        let labels: Vec<&str> = found.labels.iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["0", "0", "1.5", "v1.0", "2."]);
        assert_eq!(found.notes, ["labels such as \"0.0\" and \"0\" are read as one group"]);
    }

    #[test]
    fn labels_that_differ_in_case_are_two_groups_and_reported() {
        let found = groups(&[("a", "Alpha"), ("b", "alpha"), ("c", "beta")]);
        assert_eq!(
            found.notes,
            ["the labels \"Alpha\" and \"alpha\" are different groups; write them in one way if one is meant"]
        );
    }
}
