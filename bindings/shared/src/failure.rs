//! Why a call failed: a sentence for people, and where.

use std::fmt::Display;

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// What is wrong, where, and what to do.
    pub message: String,
    /// The place in the input, such as `line 3, column 7`, if the message has one.
    pub place: Option<String>,
    /// Which of the inputs it is about.
    pub kind: Kind,
}

/// Which of the inputs a failure is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A map, or occupations to place.
    Read,
    /// A name that matches nothing, or several things.
    Find,
    /// A policy.
    Policy,
    /// A table of occupations.
    Table,
    /// Inputs that do not fit together, or a result that is too large.
    Shape,
    /// What must not happen.
    Internal,
    /// Anything else: an option, a ledger, decisions.
    #[default]
    Other,
}

/// The result of a call.
pub type Answer<T> = Result<T, Failure>;

impl Failure {
    /// A failure with that message.
    pub fn new(message: impl Display) -> Self {
        let message = message.to_string();
        let place = place(&message);
        Failure { message, place, kind: Kind::Other }
    }

    /// A failure about an input, whose name begins the message.
    pub fn of(name: &str, message: impl Display) -> Self {
        let failure = Failure::new(message);
        Failure { message: format!("{name}: {}", failure.message), ..failure }
    }

    /// A failure to read a map or occupations.
    pub fn read(message: impl Display) -> Self {
        Failure::new(message).with(Kind::Read)
    }

    /// A failure to find what a name means.
    pub fn find(message: impl Display) -> Self {
        Failure::new(message).with(Kind::Find)
    }

    /// A table that cannot be used, and where.
    pub fn table(place: impl Into<String>, message: impl Display) -> Self {
        let place = place.into();
        Failure { message: format!("{place}: {message}"), place: Some(place), kind: Kind::Table }
    }

    /// Inputs that do not fit together, or a result that is too large.
    pub fn shape(message: impl Display) -> Self {
        Failure { message: message.to_string(), place: None, kind: Kind::Shape }
    }

    /// What must not happen.
    pub fn internal(message: impl Display) -> Self {
        let message = format!("internal fault: {message}; please report it");
        Failure { message, place: None, kind: Kind::Internal }
    }

    /// The failure, about another kind of input.
    #[must_use]
    pub fn with(self, kind: Kind) -> Self {
        Failure { kind, ..self }
    }

    /// The failure, about an input whose name begins the message.
    #[must_use]
    pub fn within(self, name: &str) -> Self {
        Failure { message: format!("{name}: {}", self.message), ..self }
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

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
            let of = Failure::of("a.csv", message);
            assert_eq!((of.message, of.place.as_deref()), (format!("a.csv: {message}"), place));
            assert_eq!(Failure::read(message).within("a.csv").message, format!("a.csv: {message}"));
        }
    }
}
