//! Decides which version of a standard is in force.
//!
//! An official file holds every version, including drafts and withdrawn ones.
//! The approved version counts; without one, the version of unknown status,
//! then the draft, and last what is retired or withdrawn. Among several
//! versions of that standing the newest counts, number by number: 1.10 is newer
//! than 1.9, and 1 is 1.0.

use std::cmp::Ordering;

use super::lenient;
use super::node::Node;
use super::origin::Layout;
use super::records::{Found, text};

/// The standing of a version, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Retired, withdrawn, superseded.
    Retired,
    /// An occupation without a standard (statuses 3 and 4 of the maps API).
    None,
    /// A proposal for a standard.
    Proposal,
    /// In development.
    InDevelopment,
    /// The standard is approved, its assessment plan is in development.
    PlanInDevelopment,
    /// An unknown status.
    Unknown,
    /// No status, but a date of approval.
    Dated,
    /// Approved for delivery.
    Approved,
}

impl Standing {
    /// The standing that a status in words means.
    pub(super) fn of_words(status: &str) -> Standing {
        let words = status.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
        if has(&["retired", "withdrawn", "superseded", "decommissioned", "archived", "cancelled"]) {
            Standing::Retired
        } else if words.starts_with("approved") {
            Standing::Approved
        } else if has(&["proposal", "proposed"]) {
            Standing::Proposal
        } else if has(&["standard approved", "plan in development", "plan-in-development"]) {
            Standing::PlanInDevelopment
        } else if has(&["development", "draft", "under review"]) {
            Standing::InDevelopment
        } else {
            Standing::Unknown
        }
    }

    pub(super) fn is_draft(self) -> bool {
        self.class() == Class::Draft
    }

    pub(super) fn class(self) -> Class {
        match self {
            Standing::Retired => Class::Retired,
            Standing::None => Class::None,
            Standing::Proposal | Standing::InDevelopment | Standing::PlanInDevelopment => Class::Draft,
            Standing::Unknown | Standing::Dated => Class::Unknown,
            Standing::Approved => Class::Approved,
        }
    }

    /// The status in the native format.
    pub(super) fn status(self) -> Option<&'static str> {
        match self {
            Standing::Approved => Some("approved"),
            Standing::PlanInDevelopment => Some("plan-in-development"),
            Standing::InDevelopment | Standing::Proposal => Some("in-development"),
            Standing::Retired => Some("unknown"),
            Standing::None => Some("none"),
            Standing::Unknown | Standing::Dated => None,
        }
    }

    /// The standing in a message, after "version 1.2".
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Standing::Retired => "withdrawn",
            Standing::None => "without a standard",
            Standing::Proposal => "proposed",
            Standing::InDevelopment => "in development",
            Standing::PlanInDevelopment => "with its plan in development",
            Standing::Unknown | Standing::Dated => "of unknown status",
            Standing::Approved => "approved",
        }
    }
}

/// The criterion for the version that counts, before its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Retired,
    None,
    Draft,
    Unknown,
    Approved,
}

/// A version as written in the file, and in a form that can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) text: String,
    number: Vec<u64>,
}

impl Version {
    pub(super) fn new(text: String) -> Self {
        Version { number: numbers(&text), text }
    }

    pub(super) fn has_number(&self) -> bool {
        !self.number.is_empty()
    }

    pub(super) fn compare(&self, other: &Version) -> Ordering {
        self.number.cmp(&other.number)
    }

    /// `version 1.1`, or words for a version without a number.
    pub(super) fn in_words(&self) -> String {
        if self.text.is_empty() {
            return "a version without a number".to_owned();
        }
        let shown = super::excerpt(&self.text, 40);
        if shown.to_lowercase().starts_with("version") { shown } else { format!("version {shown}") }
    }
}

/// The first dotted number of a text ("Version 1.10 (draft)" has 1 and 10),
/// without trailing zeros. Very long numbers count as the largest.
fn numbers(text: &str) -> Vec<u64> {
    let Some(start) = text.find(|c: char| c.is_ascii_digit()) else { return Vec::new() };
    let run = &text[start..];
    let end = run.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '-' | '_' | '/')).unwrap_or(run.len());
    let mut numbers: Vec<u64> = run[..end]
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap_or(u64::MAX))
        .collect();
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    numbers
}

/// The members that hold the version, in the order in which each shape uses
/// them.
fn members(layout: Layout) -> [&'static str; 3] {
    match layout {
        Layout::MapsApi => ["versionNo", "version", "versionNumber"],
        Layout::Standards | Layout::Native => ["version", "versionNumber", "versionNo"],
    }
}

/// The member that gives a record's version: a text with a number in it,
/// otherwise a number, otherwise any text. (JSON writers turn the number 1.10
/// into 1.1.)
pub(super) fn version_member(node: &Node<'_>, layout: Layout) -> Option<&'static str> {
    let members = members(layout);
    let pick = |fits: &dyn Fn(&Node<'_>) -> bool| members.into_iter().find(|name| node.get(name).is_some_and(fits));
    let read = |node: &Node<'_>| lenient::text(node).ok().flatten();
    pick(&|n| !matches!(n, Node::Number(_)) && read(n).is_some_and(|text| text.contains(|c: char| c.is_ascii_digit())))
        .or_else(|| pick(&|n| matches!(n, Node::Number(_))))
        .or_else(|| pick(&|n| read(n).is_some()))
}

/// The data of a record for finding the one that counts.
pub(super) struct Candidate {
    pub(super) standing: Standing,
    pub(super) version: Version,
    pub(super) layout: Layout,
    /// The date of approval, as written in the file.
    date: String,
    statements: usize,
}

/// The members that hold a record's statements.
const STATEMENTS: [&str; 7] = [
    "knowledges",
    "skills",
    "behaviours",
    "ksbs",
    "technicalKnowledges",
    "technicalSkills",
    "employabilitySkillsAndBehaviours",
];

impl Candidate {
    /// `written` is the version's text in the source, needed if JSON's number
    /// would lose digits.
    pub(super) fn of(found: &Found<'_>, written: Option<&str>) -> Candidate {
        let node = &found.node;
        let version = written.map(str::to_owned).or_else(|| text(node, version_member(node, found.layout)?));
        let version = Version::new(version.unwrap_or_default());
        let date = text(node, "approvedForDelivery").unwrap_or_default();
        let standing = match (standing(node, found.layout), date.as_str()) {
            (Standing::Unknown, _) if Standing::of_words(&version.text).is_draft() => Standing::InDevelopment,
            (Standing::Unknown, date) if !date.is_empty() && text(node, "status").is_none() => Standing::Dated,
            (standing, _) => standing,
        };
        let count = |name: &str| node.get(name).map_or(0, |list| lenient::items(list).len());
        let statements = STATEMENTS.iter().map(|name| count(name)).sum();
        Candidate { standing, version, layout: found.layout, date, statements }
    }

    /// Compares two records of an occupation; the greater one counts. With
    /// `both_shapes` a record with statements comes before one without, because
    /// the maps API gives statements only on request.
    pub(super) fn compare(&self, other: &Candidate, both_shapes: bool) -> Ordering {
        let says = |c: &Candidate| both_shapes && c.statements > 0;
        (self.standing.class().cmp(&other.standing.class()))
            .then_with(|| says(self).cmp(&says(other)))
            .then_with(|| self.version.compare(&other.version))
            .then_with(|| self.standing.cmp(&other.standing))
            .then_with(|| self.date.cmp(&other.date))
            .then_with(|| self.statements.cmp(&other.statements))
            .then_with(|| (self.layout == Layout::Standards).cmp(&(other.layout == Layout::Standards)))
            .then_with(|| self.version.text.cmp(&other.version.text))
    }

    /// Whether this draft would follow the version in force: it is newer, or
    /// one of the two has no number.
    pub(super) fn would_follow(&self, in_force: &Candidate) -> bool {
        self.standing.is_draft()
            && !in_force.standing.is_draft()
            && in_force.standing.class() > Class::Draft
            && (self.version.compare(&in_force.version) == Ordering::Greater
                || !self.version.has_number()
                || !in_force.version.has_number())
    }
}

/// The standing that a record's status gives.
fn standing(node: &Node<'_>, layout: Layout) -> Standing {
    if layout == Layout::MapsApi {
        let name = text(node, "statusName").map(|name| Standing::of_words(&name));
        if name == Some(Standing::Retired) {
            return Standing::Retired;
        }
        match node.get("status").map_or(Ok(None), lenient::whole_number) {
            Ok(Some(1)) => return Standing::Approved,
            Ok(Some(2)) => return name.filter(|name| name.is_draft()).unwrap_or(Standing::InDevelopment),
            Ok(Some(3 | 4)) => return Standing::None,
            Ok(Some(_)) => return Standing::Unknown,
            _ => {}
        }
        if let Some(name) = name {
            return name;
        }
    }
    text(node, "status").map_or(Standing::Unknown, |status| Standing::of_words(&status))
}

/// A record's content in a canonical order, which decides between records that
/// are otherwise equal.
pub(super) fn content(found: &Found<'_>) -> String {
    let around = found.around.names.iter().map(|name| name.as_ref().map(|(text, _)| text));
    let around: Vec<_> = around.collect();
    format!("{}{around:?}", serde_json::to_string(&found.node).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_number_by_number() {
        let order = |a: &str, b: &str| Version::new(a.to_owned()).compare(&Version::new(b.to_owned()));
        for (older, newer) in [
            ("1.9", "1.10"),
            ("1.1", "v1.2"),
            ("Version 1.1", "1.2 (draft)"),
            ("", "0.1"),
            ("draft", "1"),
            ("1", "1.0.1"),
            ("1.1", "2"),
            ("1.1 (2023)", "1.2 (2021)"),
            ("9", "99999999999999999999999999"),
        ] {
            assert_eq!(order(older, newer), Ordering::Less, "{older} {newer}");
        }
        for (a, b) in [("1", "1.0"), ("v1.1", "Version 1.1"), ("1.1", "1,1"), ("1.1 (draft)", "1.1"), ("", "new")] {
            assert_eq!(order(a, b), Ordering::Equal, "{a} {b}");
        }
    }

    #[test]
    fn statuses_in_words() {
        for (words, expected) in [
            ("Approved for delivery", Standing::Approved),
            (" approved  for Delivery ", Standing::Approved),
            ("Approved for delivery, revision in development", Standing::Approved),
            ("In development", Standing::InDevelopment),
            ("Proposal in development", Standing::Proposal),
            ("Standard approved, assessment plan in development", Standing::PlanInDevelopment),
            ("End-point assessment plan in development", Standing::PlanInDevelopment),
            ("Draft", Standing::InDevelopment),
            ("Retired", Standing::Retired),
            ("Approval withdrawn", Standing::Retired),
            ("Paused", Standing::Unknown),
            ("", Standing::Unknown),
        ] {
            assert_eq!(Standing::of_words(words), expected, "{words}");
        }
    }
}
