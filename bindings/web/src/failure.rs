//! Why a call failed: a sentence for people, and where.

use std::fmt::Display;

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, where, and what to do.
    pub message: String,
    /// The place in the input, such as `line 3, column 7`, if the message has one.
    pub place: Option<String>,
}

/// The result of a call.
pub type Answer<T> = Result<T, Failure>;

impl Failure {
    /// A failure with that message.
    pub fn new(message: impl Display) -> Self {
        let message = message.to_string();
        let place = place(&message);
        Failure { message, place }
    }

    /// A failure about an input, whose name begins the message.
    pub fn of(name: &str, message: impl Display) -> Self {
        let Failure { message, place } = Failure::new(message);
        Failure { message: format!("{name}: {message}"), place }
    }
}

/// The place that a message begins with: a line, or a sheet and a cell.
fn place(message: &str) -> Option<String> {
    let (first, _) = message.split_once(": ")?;
    let is_place = first.starts_with("line ") || (first.starts_with('\'') && first.contains("'!"));
    is_place.then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_messages() {
        for (message, place) in [
            ("line 3, column 7: not valid JSON: EOF", Some("line 3, column 7")),
            ("'Route core'!F7: \"maybe\" is no decision", Some("'Route core'!F7")),
            ("no pathway is called \"x\": did you mean \"y\"?", None),
        ] {
            assert_eq!(Failure::new(message).place.as_deref(), place);
            assert_eq!(Failure::of("a.csv", message).message, format!("a.csv: {message}"));
        }
    }
}
