//! Recorded facts other than statements, in words: regulation, degree, duration
//! and funding.

use itertools::Itertools as _;

use super::words::{or_none, placed};
use crate::count::count;
use crate::document::Entry;
use crate::report::difference_words::entry;
use tlevel::consult::{BranchOccupation, OccupationFacts, Regulation};

pub(super) fn regulated(by: Option<&str>) -> String {
    by.map_or_else(|| "regulated; the regulator is not recorded".to_owned(), |by| format!("regulated by {by}"))
}

/// The entry of a regulation that may tie an occupation to a route.
pub(super) fn regulation_entry(regulation: &Regulation) -> Entry {
    let alike = if regulation.by.is_some() { "regulated by the same body" } else { "regulated" };
    let sides = [
        ("now", format!("{alike}: {}", or_none(&regulation.from))),
        ("there", format!("{alike}: {}", or_none(&regulation.to))),
    ];
    let elsewhere = (!regulation.elsewhere.is_empty())
        .then(|| ("elsewhere", format!("{alike}: {}", placed(&regulation.elsewhere))));
    entry(regulated(regulation.by.as_deref()), sides.into_iter().chain(elsewhere))
}

/// The remark on an occupation that nothing ties.
pub(super) fn no_tie(facts: &OccupationFacts) -> &'static str {
    match facts.regulated {
        Some(false) => "It is recorded as not regulated. No qualification or barrier is recorded.",
        _ => "Nothing is recorded.",
    }
}

/// Its apprenticeship in a sentence, if anything is recorded about it.
pub(super) fn apprenticeship(facts: &OccupationFacts) -> Option<String> {
    let mut words = words(facts);
    let last = words.pop()?;
    let said = if words.is_empty() { last } else { format!("{} and {last}", words.join(", ")) };
    Some(format!("Its apprenticeship {said}."))
}

/// The lines of an occupation in a branch that may be opened.
pub(super) fn lines(facts: &OccupationFacts) -> Vec<(&'static str, String)> {
    let by = || facts.regulated_by.as_ref().map_or("the regulator is not recorded".to_owned(), |by| format!("by {by}"));
    let regulated = (facts.regulated == Some(true)).then(|| ("regulated", by()));
    regulated.into_iter().chain(words(facts).into_iter().map(|fact| ("apprenticeship", fact))).collect()
}

/// What is recorded about the occupations of a branch, for its main points.
pub(super) fn of_branch(all: &[BranchOccupation]) -> Vec<String> {
    let regulated = all.iter().filter(|o| o.facts.regulated == Some(true)).count();
    let known = all.iter().filter(|o| o.facts.regulated.is_some()).count();
    let mut lines = Vec::new();
    if regulated > 0 {
        lines.push(format!(
            "Regulated: {regulated} of {}. Check whether the regulator admits 16 and 17 year olds.",
            count(all.len(), "occupation")
        ));
    } else if known > 0 {
        lines.push(format!("Recorded as not regulated: {known} of {}.", count(all.len(), "occupation")));
    }
    let at_level: Vec<&BranchOccupation> = all.iter().filter(|o| o.at_level).collect();
    let durations: Vec<i64> = at_level.iter().filter_map(|o| o.facts.duration_months).collect();
    if let Some((least, most)) = durations.iter().minmax().into_option() {
        let months = if least == most { format!("{least} months") } else { format!("{least} to {most} months") };
        lines.push(format!(
            "At the level of a T Level, apprenticeships typically take {months} ({} of {} recorded).",
            durations.len(),
            at_level.len()
        ));
    }
    lines
}

/// Degree, duration and funding, each a phrase about the apprenticeship.
fn words(facts: &OccupationFacts) -> Vec<String> {
    let degree = facts.degree.as_deref().map(|degree| match degree {
        "integrated-degree" => "is an integrated degree".to_owned(),
        "non-integrated-degree" => "includes a degree that is not integrated".to_owned(),
        "non-degree-qualification" => "includes a qualification that is not a degree".to_owned(),
        other => format!("has the degree \"{other}\""),
    });
    let duration = facts.duration_months.map(|months| format!("typically takes {}", count(months as usize, "month")));
    let funding = facts.max_funding.map(|pounds| format!("is funded up to £{}", thousands(pounds)));
    degree.into_iter().chain(duration).chain(funding).collect()
}

/// A number with a comma between thousands.
pub(super) fn thousands(number: i64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_have_commas() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (27_000, "27,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(number), expected);
        }
    }
}
