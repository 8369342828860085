//! Occupations from the columns of an Arrow table. What is wrong is named by column and
//! row.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, Field};
use tlevel::place::NewOccupation;
use tlevel::text::{DidYouMean, closest};

use crate::cells;
use tlevel_bindings::{Answer, Failure};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Title,
    Level,
    JobTitles,
    Keywords,
    Overview,
    Statements,
    Duties,
    Qualifications,
}

/// The columns that are read, with their names; the first six say something by
/// themselves.
const PARTS: [(&str, Part); 9] = [
    ("title", Part::Title),
    ("job_titles", Part::JobTitles),
    ("keywords", Part::Keywords),
    ("overview", Part::Overview),
    ("statements", Part::Statements),
    ("text", Part::Statements),
    ("duties", Part::Duties),
    ("qualifications", Part::Qualifications),
    ("level", Part::Level),
];

/// How many of them say something by themselves.
const SAYING: usize = 7;

/// How the columns of a table are read as new occupations.
///
/// | Column | Type | Holds |
/// |---|---|---|
/// | `title`, `overview` | text | a text |
/// | `job_titles`, `keywords` | text, or lists of text | names; in a text with semicolons between them |
/// | `statements` (or `text`), `duties`, `qualifications` | text, or lists of text | sentences; in a text one a line |
/// | `level` | whole numbers | from 2 to 7; null is unknown |
///
/// Other columns are not read. A table that is one column of texts holds titles.
#[derive(Debug)]
pub struct Occupations {
    /// The place, the name and the part of each column that is read; a table that is one
    /// column of texts holds titles.
    read: Vec<(usize, String, Part)>,
    is_bare: bool,
}

/// The type of a column, as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    List,
    Whole,
    Measured,
    Nothing,
}

fn shape(of: &DataType) -> Option<Shape> {
    match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Some(Shape::Text),
        DataType::Dictionary(_, values) => shape(values).filter(|shape| *shape == Shape::Text),
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            let is_list = matches!(shape(item.data_type()), Some(Shape::Text | Shape::Nothing));
            is_list.then_some(Shape::List)
        }
        DataType::Null => Some(Shape::Nothing),
        _ if of.is_integer() => Some(Shape::Whole),
        DataType::Float16 | DataType::Float32 | DataType::Float64 => Some(Shape::Measured),
        _ => None,
    }
}

impl Part {
    fn takes(self, shape: Shape) -> bool {
        match self {
            Part::Title | Part::Overview => matches!(shape, Shape::Text | Shape::Nothing),
            Part::Level => matches!(shape, Shape::Whole | Shape::Measured | Shape::Nothing),
            _ => matches!(shape, Shape::Text | Shape::List | Shape::Nothing),
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Part::Title | Part::Overview => "text",
            Part::Level => "whole numbers",
            _ => "text, or lists of text",
        }
    }
}

impl Occupations {
    /// How a table with this type is read: a struct of columns, or texts.
    ///
    /// # Errors
    ///
    /// No column says anything (`title`, `statements` and others), two columns hold the
    /// same, or a column has another type.
    ///
    /// # Examples
    ///
    /// ```
    /// use arrow_schema::{DataType, Field};
    /// use tlevel_arrow::Occupations;
    ///
    /// assert!(Occupations::new(&Field::new("titles", DataType::Utf8, false)).is_ok());
    /// let failure = Occupations::new(&Field::new("n", DataType::Int64, false)).unwrap_err();
    /// assert_eq!(failure.message, "the table: expected columns, or one column of text; found Int64");
    /// ```
    pub fn new(field: &Field) -> Answer<Occupations> {
        let DataType::Struct(fields) = field.data_type() else {
            if shape(field.data_type()).is_some_and(|shape| Part::Title.takes(shape)) {
                let title = (0, "title".to_owned(), Part::Title);
                return Ok(Occupations { read: vec![title], is_bare: true });
            }
            let found = field.data_type();
            return Err(Failure::table("the table", format!("expected columns, or one column of text; found {found}")));
        };
        let mut read: Vec<(usize, String, Part)> = Vec::new();
        for (place, field) in fields.iter().enumerate() {
            let known = PARTS.iter().find(|(name, _)| name == field.name());
            let Some((name, part)) = known else { continue };
            if let Some((_, other, _)) = read.iter().find(|(.., of)| of == part) {
                let message = format!("the column \"{other}\" holds the same; leave one of them out");
                return Err(Failure::table(format!("column \"{name}\""), message));
            }
            let fits = shape(field.data_type()).is_some_and(|shape| part.takes(shape));
            if !fits {
                let (expected, found) = (part.expected(), field.data_type());
                let message = format!("expected {expected}, found {found}; cast the column");
                return Err(Failure::table(format!("column \"{name}\""), message));
            }
            read.push((place, (*name).to_owned(), *part));
        }
        let says = |part: Part| PARTS[..SAYING].iter().any(|(_, of)| *of == part);
        if !read.iter().any(|(.., part)| says(*part)) {
            let names = fields.iter().map(|field| field.name().as_str());
            let hint = DidYouMean(closest("title", names));
            let found: Vec<&str> = fields.iter().map(|field| field.name().as_str()).take(8).collect();
            let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
            return Err(Failure::table(
                "the table",
                format!("no column \"title\" or \"statements\"; the columns are: {found}{hint}"),
            ));
        }
        Ok(Occupations { read, is_bare: false })
    }

    /// Reads `many` rows of a chunk of the table, beginning with `from`; `first` is the
    /// number of the first of them, for messages.
    ///
    /// # Errors
    ///
    /// A title that is null, a level that is not whole, or a text that cannot be read:
    /// named by column and row.
    pub fn rows(&self, chunk: &ArrayRef, from: usize, many: usize, first: i64) -> Answer<Vec<NewOccupation>> {
        let mut new = vec![NewOccupation::default(); many];
        let row = |at: usize| first.saturating_add_unsigned(at as u64);
        let chunk = chunk.slice(from, many);
        if !self.is_bare && chunk.null_count() > 0 {
            let at = (0..many).find(|at| chunk.is_null(*at)).unwrap_or_default();
            return Err(Failure::table(format!("row {}", row(at)), "the whole row is null; filter it out"));
        }
        for (place, name, part) in &self.read {
            let column = if self.is_bare { chunk.clone() } else { chunk.as_struct().column(*place).clone() };
            let bad = |at: usize, message: &str| Failure::table(format!("column \"{name}\", row {}", row(at)), message);
            match (shape(column.data_type()), part) {
                (Some(Shape::Nothing), Part::Title) if many > 0 => return Err(bad(0, NULL_TITLE)),
                (Some(Shape::Nothing) | None, _) => {}
                (_, Part::Level) => {
                    for (new, level) in new.iter_mut().zip(levels(&column, &bad)?) {
                        new.level = level;
                    }
                }
                (Some(Shape::List), _) => {
                    let lists = cells::lists(&column).unwrap_or_default();
                    for (at, (new, list)) in new.iter_mut().zip(lists).enumerate() {
                        let Some(list) = list else { continue };
                        let items: Option<Vec<&str>> = cells::texts(&list).unwrap_or_default().into_iter().collect();
                        let Some(items) = items else {
                            return Err(bad(at, "a text in the list is null; leave it out of the list"));
                        };
                        part.put(new, items.into_iter().map(str::to_owned).collect());
                    }
                }
                _ => {
                    for (at, (new, text)) in new.iter_mut().zip(cells::texts(&column).unwrap_or_default()).enumerate() {
                        match text {
                            Some(text) => part.put_text(new, text),
                            None if *part == Part::Title => return Err(bad(at, NULL_TITLE)),
                            None => {}
                        }
                    }
                }
            }
        }
        Ok(new)
    }
}

const NULL_TITLE: &str = "the title is null; fill it in, or filter the row out";

impl Part {
    fn put(self, new: &mut NewOccupation, texts: Vec<String>) {
        match self {
            Part::JobTitles => new.job_titles = texts,
            Part::Keywords => new.keywords = texts,
            Part::Statements => new.statements = texts,
            Part::Duties => new.duties = texts,
            Part::Qualifications => new.qualifications = texts,
            Part::Title | Part::Overview | Part::Level => {}
        }
    }

    /// A text that holds several: names with semicolons between them, statements by line.
    fn put_text(self, new: &mut NewOccupation, text: &str) {
        let split =
            |at: &[char]| text.split(at).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        match self {
            Part::Title => text.trim().clone_into(&mut new.title),
            Part::Overview => text.trim().clone_into(&mut new.overview),
            Part::JobTitles | Part::Keywords => self.put(new, split(&[';'])),
            _ => self.put(new, split(&['\n', '\r'])),
        }
    }
}

/// Levels; null is none. Measured numbers must be whole, as pandas makes them of whole
/// numbers with gaps; not a number is none.
fn levels(column: &dyn Array, bad: &dyn Fn(usize, &str) -> Failure) -> Answer<Vec<Option<i64>>> {
    let of_whole = |(at, level): (usize, Option<i128>)| match level {
        None => Ok(None),
        Some(level) => i64::try_from(level)
            .map(Some)
            .map_err(|_| bad(at, &format!("{level} is beyond 64 bits; give a level from 2 to 7"))),
    };
    let of_measured = |(at, level): (usize, Option<f64>)| match level.filter(|level| !level.is_nan()) {
        None => Ok(None),
        Some(level) if level.fract() == 0.0 && level.abs() < 1e15 => Ok(Some(level as i64)),
        Some(level) => Err(bad(at, &format!("{level} is not a whole number; give a level from 2 to 7"))),
    };
    match cells::whole(column) {
        Some(levels) => levels.into_iter().enumerate().map(of_whole).collect(),
        None => cells::measured(column).unwrap_or_default().into_iter().enumerate().map(of_measured).collect(),
    }
}
