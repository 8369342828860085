//! Findings of the check, with their places.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::order;
use crate::read::{LineColumn, locate};

/// The severity of a finding, in ascending order: note, warning, error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a mistake; the record is used as it is.
    Warning,
    /// The record cannot be used and is set aside as a bad record.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// A violation of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's id; [`RULES`](super::RULES) has the reason for the rule.
    pub rule: Cow<'static, str>,
    /// Its severity.
    pub severity: Severity,
    /// Its place in the source.
    pub place: Place,
    /// What was found, what was expected, and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    /// Writes the line that a compiler would print:
    /// `12:3: error[unknown-kind]: message`, with the JSON pointer if no line
    /// is known. A map in a workbook has the sheet and the cell: `Statements!C12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { rule, severity, place, message } = self;
        write!(f, "{place}: {severity}[{rule}]: {message}")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            _ if self.sheet.is_some() || self.cell.is_some() => {
                let (sheet, cell) = (self.sheet.as_deref().unwrap_or_default(), self.cell.as_deref());
                write!(f, "{sheet}{}{}", if cell.is_some() { "!" } else { "" }, cell.unwrap_or_default())
            }
            (Some(line), _) if self.file.is_some() => {
                write!(f, "{}:{line}", self.file.as_deref().unwrap_or_default())
            }
            (Some(line), Some(column)) => write!(f, "{line}:{column}"),
            _ if self.pointer.is_empty() => f.write_str("/"),
            _ => f.write_str(&self.pointer),
        }
    }
}

/// The place of a finding: always a JSON pointer; also line and column after
/// [`locate_findings`] has looked them up in the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// A JSON pointer (RFC 6901) into the source, or into the native format for
    /// a map that was built in code.
    pub pointer: String,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1, in characters.
    pub column: Option<u32>,
    /// For a map in a workbook: the name of the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// For a map in a workbook: the cell in its sheet, such as `C12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// For a map in several files: the file, such as `statements.csv`. The line is
    /// a line of that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

impl Place {
    /// Returns the place with that JSON pointer, and nothing else known.
    pub fn new(pointer: impl Into<String>) -> Self {
        Place { pointer: pointer.into(), line: None, column: None, sheet: None, cell: None, file: None }
    }
}

/// Looks up line and column of every finding in the text that the map was read
/// from, and sorts the findings in the order of the file. The place of a
/// missing member is that of its record.
///
/// # Examples
///
/// ```
/// let text = r#"{"format": "tlevel-map", "version": 1, "title": "T", "routes": [
///   {"id": "r", "name": "Route", "pathways": []}]}"#;
/// let mut checked = tlevel::check(tlevel::read(text.as_bytes())?)?;
/// tlevel::check::locate_findings(&mut checked.findings, text);
/// let finding = &checked.findings[0];
/// assert_eq!(finding.rule, "empty-route");
/// assert_eq!((finding.place.line, finding.place.column), (Some(2), Some(3)));
/// assert!(finding.to_string().starts_with("2:3: warning[empty-route]: "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
///
/// One pass over the text, whatever the number of findings, plus one for each
/// level between a missing member and its nearest existing parent.
pub fn locate_findings(findings: &mut [Finding], text: &str) {
    // a missing member has no place: use that of its record, or of what contains the record
    let mut wanted: Vec<(usize, String)> =
        findings.iter().enumerate().map(|(i, f)| (i, f.place.pointer.clone())).collect();
    while !wanted.is_empty() {
        let pointers: Vec<&str> = wanted.iter().map(|(_, pointer)| pointer.as_str()).collect();
        let places = locate(text, &pointers);
        let mut missing = Vec::new();
        for ((i, mut pointer), place) in wanted.into_iter().zip(places) {
            if let Some(LineColumn { line, column }) = place {
                findings[i].place.line = Some(line);
                findings[i].place.column = Some(column);
            } else if let Some(parent) = pointer.rfind('/') {
                pointer.truncate(parent);
                missing.push((i, pointer));
            }
        }
        wanted = missing;
    }
    order::by_key(findings, |f| f.place.line.zip(f.place.column).map_or((1, 0, 0), |(line, column)| (0, line, column)));
}

/// The order of two pointers before their lines are known: list items by
/// number, a record before its content.
pub(super) fn pointer_order(a: &str, b: &str) -> Ordering {
    let step = |s: &str| s.parse::<u64>().map_or_else(|_| (1, 0), |n| (0, n));
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => match step(x).cmp(&step(y)).then_with(|| x.cmp(y)) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}
