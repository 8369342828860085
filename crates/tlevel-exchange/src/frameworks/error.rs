//! Why a framework cannot be read or written.

/// Why a framework cannot be read or written, with the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameworkError {
    /// The bytes are no text: `read_framework(&[Part::new("a.json", &[0xff, 0xfe, 0])])`.
    #[error("{file}: {message}")]
    Encoding {
        /// The file.
        file: String,
        /// What is wrong, and what to do.
        message: String,
    },
    /// JSON that is broken, or has a value of another type than the format says:
    /// `{"CFDocument": 3}`.
    #[error("{file}: line {line}, column {column}: {message}; the file should be {expected}")]
    Json {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What was found.
        message: String,
        /// What the format has there.
        expected: &'static str,
    },
    /// A table that cannot be read, with the line.
    #[error("{file}: {source}")]
    Table {
        /// The file.
        file: String,
        /// The line, what was found, and what to do.
        source: Box<tlevel::table::Error>,
    },
    /// A file of a set is missing: O*NET's tasks without its occupations.
    #[error("{format}: the file \"{file}\" is missing; put it beside the others and read the folder")]
    MissingFile {
        /// The format.
        format: &'static str,
        /// The file.
        file: &'static str,
    },
    /// A row that names something that no file has.
    #[error("{place}: {what} \"{found}\" is in no file of the set{hint}; {advice}")]
    Unknown {
        /// The file and the line.
        place: String,
        /// What is named: `occupation`, `skill`.
        what: &'static str,
        /// The code given.
        found: String,
        /// ` (did you mean "..."?)`, or nothing.
        hint: String,
        /// What to do.
        advice: &'static str,
    },
    /// A circle among the items: each is above the other.
    #[error("{file}: the item \"{item}\" is above itself; break the circle of its parents")]
    Circle {
        /// The file.
        file: String,
        /// An item of the circle.
        item: String,
    },
    /// Nothing that a map could hold: a package without items.
    #[error("{file}: it holds no {wanted}; {advice}")]
    Nothing {
        /// The file.
        file: String,
        /// What was looked for.
        wanted: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// What was read makes no map or vocabulary.
    #[error("{file}: {message}")]
    Content {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
}

impl FrameworkError {
    /// An error of JSON, with its place.
    pub(crate) fn json(file: &str, error: &serde_json::Error, expected: &'static str) -> Self {
        let text = error.to_string();
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned();
        FrameworkError::Json { file: file.to_owned(), line: error.line(), column: error.column(), message, expected }
    }
}

/// The text of a file.
pub(crate) fn text<'b>(file: &str, bytes: &'b [u8]) -> Result<std::borrow::Cow<'b, str>, FrameworkError> {
    tlevel::read::decoded(bytes)
        .map_err(|error| FrameworkError::Encoding { file: file.to_owned(), message: error.to_string() })
}
