//! Why an input could not be read.

use super::locate::LineColumn;
use super::sniff::Seems;

/// The input is not an occupational map in any known format.
///
/// Every message says where the error is and what to do next. Problems *inside*
/// a readable map are findings of `check`, not errors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No bytes, or only white space: `read(b"")`.
    #[error("the input is empty; give a map file (JSON)")]
    Empty,
    /// More bytes than the limit: `read_with` and a small limit.
    #[error("the input has {found} bytes, more than the limit of {limit}; split it or raise the limit")]
    TooLarge {
        /// The size found.
        found: usize,
        /// The limit in force.
        limit: usize,
    },
    /// Not UTF-8: `read(b"{\"title\": \"\xff\"}")`.
    #[error("{place}: the input is not UTF-8{hint}; save it as UTF-8")]
    NotUtf8 {
        /// The place of the first bad byte.
        place: LineColumn,
        /// A guess at the actual encoding.
        hint: &'static str,
    },
    /// Not JSON, or cut off: `read(b"{\"routes\": [")`.
    #[error("{place}: not valid JSON: {message}{}; {}", in_pointer(.pointer), .advice)]
    Syntax {
        /// The place where reading stopped.
        place: LineColumn,
        /// What the JSON reader expected.
        message: String,
        /// The value that was being read.
        pointer: String,
        /// What to do.
        advice: &'static str,
    },
    /// Another recognised type of file: `read(b"<!DOCTYPE html>")`.
    #[error("not an occupational map: it seems to be {seems}; {}", .seems.advice())]
    NotAMap {
        /// The type that it appears to be.
        seems: Seems,
    },
    /// No occupation that could be placed: `occupations(b"{\"id\": \"a\"}")`.
    #[error("{place}: nothing to go by{found}; give a title, job_titles, keywords, overview, statements or duties")]
    NothingToGoBy {
        /// The place of the occupation.
        place: LineColumn,
        /// What it contains instead.
        found: String,
    },
    /// Neither occupations nor a map: `occupations(b"Baker")`.
    #[error("no occupations: {found}; give a map, or occupations as JSON: one, a list, or one a line")]
    NoOccupations {
        /// What the input is instead.
        found: String,
    },
    /// JSON that is not a map: `read(b"[1, 2]")`.
    #[error(
        "not an occupational map: {found}; expected a tlevel-map, a standards file or an answer of the occupational maps API"
    )]
    NotRecognised {
        /// What the input is instead.
        found: String,
    },
    /// A native map of a version that this release does not know:
    /// `read(b"{\"format\": \"tlevel-map\", \"version\": 9}")`.
    #[error(
        "{place}: this is tlevel-map version {found}; this release reads version 1: get a newer tlevel, or write version 1"
    )]
    Version {
        /// The place of the version.
        place: LineColumn,
        /// The version found.
        found: String,
    },
    /// A member of a native map has the wrong type:
    /// `read(b"{\"format\": \"tlevel-map\", \"version\": 1, \"routes\": 5}")`.
    #[error("{place}: {}expected {expected}, found {found}; correct it and try again", .pointer.as_str().strip_prefix('/').map_or_else(String::new, |_| format!("{}: ", .pointer)))]
    WrongType {
        /// The place of the member.
        place: LineColumn,
        /// The value's JSON pointer.
        pointer: String,
        /// What the format expects.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A member of a native map appears twice in one object.
    #[error("{place}: {pointer}: this member is given twice; keep one of them")]
    GivenTwice {
        /// The place of the object with the second one.
        place: LineColumn,
        /// The member's JSON pointer.
        pointer: String,
    },
}

fn in_pointer(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" (in {})", super::excerpt(pointer, 200)) }
}

impl Error {
    pub(super) fn not_a_map(seems: Seems) -> Self {
        Error::NotAMap { seems }
    }

    /// The place in the input, for errors that have one.
    pub fn place(&self) -> Option<LineColumn> {
        self.clone().place_mut().copied()
    }

    /// Moves the error to its line, for a text that begins at that line of a
    /// file.
    pub(crate) fn at_line(mut self, line: u32) -> Self {
        if let Some(place) = self.place_mut() {
            place.line += line.saturating_sub(1);
        }
        self
    }

    fn place_mut(&mut self) -> Option<&mut LineColumn> {
        match self {
            Error::NotUtf8 { place, .. }
            | Error::Syntax { place, .. }
            | Error::Version { place, .. }
            | Error::WrongType { place, .. }
            | Error::NothingToGoBy { place, .. }
            | Error::GivenTwice { place, .. } => Some(place),
            Error::Empty
            | Error::TooLarge { .. }
            | Error::NotAMap { .. }
            | Error::NoOccupations { .. }
            | Error::NotRecognised { .. } => None,
        }
    }
}
