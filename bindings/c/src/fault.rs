//! Why a call failed: a code, a message for people, and where.

use std::fmt::Display;

use tlevel_bindings::Failure;

/// How a call ended.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlevelCode {
    /// It is done.
    Ok = 0,
    /// An argument is NULL, or a length that no memory can have.
    BadArgument = 1,
    /// A text is not UTF-8.
    NotUtf8 = 2,
    /// The bytes are not a map, or nothing on it can be used.
    BadMap = 3,
    /// An option is unknown or wrong, or a file given as an option.
    BadOptions = 4,
    /// New occupations cannot be read.
    BadOccupations = 5,
    /// The bytes are not a saved placer of this version.
    BadPlacer = 6,
    /// What was asked about is not on the map.
    NotFound = 7,
    /// A fault of the library, such as a panic; please report it.
    Internal = 8,
    /// An Arrow table cannot be used: a column is missing or has another type, or a value
    /// is null where one is needed.
    BadTable = 9,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: TlevelCode,
    /// What is wrong, where, and what to do.
    pub(crate) message: String,
    /// The place as people write it: `line 3, column 7`, or a sheet and a cell.
    pub(crate) place: Option<String>,
    /// The JSON pointer of the value.
    pub(crate) pointer: Option<String>,
    /// Line and column, from 1; 0 where there is none.
    pub(crate) line_column: (u32, u32),
}

impl Fault {
    /// A fault without a place.
    pub(crate) fn new(code: TlevelCode, message: impl Display) -> Self {
        Fault { code, message: message.to_string(), place: None, pointer: None, line_column: (0, 0) }
    }

    /// What the functions of all bindings refuse.
    pub(crate) fn of(code: TlevelCode, failure: Failure) -> Self {
        let Failure { message, place, .. } = failure;
        let line_column = place.as_deref().and_then(line_column).unwrap_or((0, 0));
        Fault { code, message, place, pointer: None, line_column }
    }

    /// Bytes that are no map.
    pub(crate) fn read(error: &tlevel::read::Error) -> Self {
        use tlevel::read::Error;
        let pointer = match error {
            Error::Syntax { pointer, .. } | Error::WrongType { pointer, .. } | Error::GivenTwice { pointer, .. } => {
                Some(pointer.clone()).filter(|pointer| !pointer.is_empty())
            }
            Error::Version { .. } => Some("/version".to_owned()),
            _ => None,
        };
        let place = error.place();
        Fault {
            code: TlevelCode::BadMap,
            message: error.to_string(),
            place: place.map(|place| place.to_string()),
            pointer,
            line_column: place.map_or((0, 0), |place| (place.line, place.column)),
        }
    }
}

/// The numbers in `line 3, column 7`, or in `line 3`.
fn line_column(place: &str) -> Option<(u32, u32)> {
    let numbers = place.strip_prefix("line ")?;
    let (line, column) = numbers.split_once(", column ").unwrap_or((numbers, "0"));
    line.parse().ok().zip(column.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_numbers_where_they_are_lines() {
        for (message, place, numbers) in [
            ("line 3, column 7: not valid JSON", Some("line 3, column 7"), (3, 7)),
            ("line 12: no decision", Some("line 12"), (12, 0)),
            ("'Route core'!F7: no decision", Some("'Route core'!F7"), (0, 0)),
            ("no pathway is called \"x\"", None, (0, 0)),
        ] {
            let fault = Fault::of(TlevelCode::BadOptions, Failure::new(message));
            assert_eq!((fault.place.as_deref(), fault.line_column), (place, numbers), "{message}");
        }
    }

    #[test]
    fn maps_that_cannot_be_read_have_a_pointer() {
        let fault = |bytes: &[u8]| Fault::read(&tlevel::read(bytes).unwrap_err());
        let wrong = fault(b"{\"format\": \"tlevel-map\", \"version\": 1,\n \"routes\": 5}");
        assert_eq!(wrong.pointer.as_deref(), Some("/routes"));
        assert_eq!(wrong.line_column, (2, 12));
        assert_eq!(wrong.place.as_deref(), Some("line 2, column 12"));
        assert!(wrong.message.starts_with("line 2, column 12: /routes: expected "), "{}", wrong.message);
        let empty = fault(b"");
        assert_eq!((empty.pointer, empty.place, empty.line_column), (None, None, (0, 0)));
    }
}
