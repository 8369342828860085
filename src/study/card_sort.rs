//! Statements that people sorted into topics.

use std::collections::HashMap;

use crate::table::{self, Columns, Row, Table};

/// The most readers of a card sort.
const READERS: usize = 9;
const HEADINGS: [&str; READERS] =
    ["reader_1", "reader_2", "reader_3", "reader_4", "reader_5", "reader_6", "reader_7", "reader_8", "reader_9"];
const FLAGS: [&str; READERS] =
    ["core_1", "core_2", "core_3", "core_4", "core_5", "core_6", "core_7", "core_8", "core_9"];
const OPTIONAL: &[&str] = &[
    "card", "pathway", "reader_2", "reader_3", "reader_4", "reader_5", "reader_6", "reader_7", "reader_8", "reader_9",
    "core_1", "core_2", "core_3", "core_4", "core_5", "core_6", "core_7", "core_8", "core_9",
];

/// Cards, each a statement, that one or more readers sorted into topics.
///
/// The file is a table with a card a row:
///
/// | Column | What it has |
/// |---|---|
/// | `occupation`, `statement` | the statement on the card, by its codes |
/// | `reader_1` to `reader_9` | the heading of the topic under which each reader put it; empty if that reader did not sort it |
/// | `core_1` to `core_9` | optional: whether that reader would teach the topic in the core, `y` or `n` |
/// | `pathway` | optional: cards are compared within their pathway; if there is none, that of the occupation on the map |
///
/// Instead of `occupation` and `statement` it may have a column `card` with the
/// numbers of a second table, the list of cards: `card`, `occupation`,
/// `statement` and, optionally, `pathway`. Other columns are ignored. Headings
/// are compared by their [normal form](crate::text::normal_form).
///
/// # Examples
///
/// ```
/// use tlevel::study::CardSort;
///
/// let sort = CardSort::read("occupation,statement,reader_1,core_1\nOCC1,K1,Health and safety,y\nOCC2,S4,Welding,n\n")?;
/// assert_eq!((sort.len(), sort.readers()), (2, 1));
///
/// let cards = "card,occupation,statement\nc1,OCC1,K1\nc2,OCC2,S4\n";
/// let same = CardSort::read_with("card,reader_1,core_1\nc1,Health and safety,y\nc2,Welding,n\n", cards)?;
/// assert_eq!(same, sort);
///
/// let error = CardSort::read("occupation,statement,reader_1,core_1\nOCC1,K1,Welding,maybe\n").unwrap_err();
/// assert_eq!(error.to_string(), "line 2: \"maybe\" does not say whether the topic is core; write y or n");
/// # Ok::<(), tlevel::study::CardSortError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardSort {
    readers: usize,
    pub(super) cards: Vec<Card>,
}

/// A statement and what each reader said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) occupation: String,
    pub(super) statement: String,
    pub(super) pathway: Option<String>,
    /// The heading that each reader gave, in normal form.
    pub(super) headings: Vec<Option<String>>,
    /// Whether each reader would teach it in the core.
    pub(super) flags: Vec<Option<bool>>,
}

/// Why a card sort cannot be read, or says nothing about a map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CardSortError {
    /// No table with the needed columns: `CardSort::read("a,b\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// A row that cannot be used: `CardSort::read("occupation,statement,reader_1\nO1,,A\n")`.
    #[error("{place}: {message}")]
    Row {
        /// The line, or the sheet and cell.
        place: String,
        /// What is wrong, and what to do.
        message: String,
    },
    /// Several of these.
    #[error("{}", table::listed("the card sort has several problems:", .0))]
    Several(Vec<CardSortError>),
    /// A header without rows.
    #[error("the card sort has no cards; add a row for each statement that was sorted")]
    Empty,
    /// Cards by number, without the list of cards: `CardSort::read("card,reader_1\nc1,A\n")`.
    #[error(
        "the card sort names its cards by number only; add the columns occupation and statement, or give the list of \
         cards too (card, occupation, statement)"
    )]
    NoList,
    /// None of the cards is on the map.
    #[error(
        "none of the {cards} cards is a statement of this map (the first is {first}); is it the map that was sorted?"
    )]
    OtherMap {
        /// How many cards there are.
        cards: usize,
        /// The first one.
        first: String,
    },
}

impl CardSort {
    /// The columns of a card sort: one file, or one that needs the list of cards.
    pub const COLUMNS: &'static [Columns] = &[
        Columns::new("a card sort", &["occupation", "statement", "reader_1"]).with_optional(OPTIONAL),
        Columns::new("a card sort", &["card", "reader_1"]).with_optional(OPTIONAL),
    ];

    /// The columns of a list of cards.
    pub const CARDS: &'static [Columns] =
        &[Columns::new("a list of cards", &["card", "occupation", "statement"]).with_optional(&["pathway"])];

    /// Reads a card sort from one CSV text.
    ///
    /// # Errors
    ///
    /// [`CardSortError`], with the line. Of several rows with errors,
    /// [`CardSortError::Several`] has one for each.
    pub fn read(sort: &str) -> Result<CardSort, CardSortError> {
        CardSort::from_tables(&Table::read(sort.as_bytes(), CardSort::COLUMNS)?, None)
    }

    /// Reads a card sort and its list of cards from two CSV texts.
    ///
    /// # Errors
    ///
    /// As [`CardSort::read`]; also a card that is not in the list.
    pub fn read_with(sort: &str, cards: &str) -> Result<CardSort, CardSortError> {
        let cards = Table::read(cards.as_bytes(), CardSort::CARDS)?;
        CardSort::from_tables(&Table::read(sort.as_bytes(), CardSort::COLUMNS)?, Some(&cards))
    }

    /// Like [`CardSort::read_with`], for tables that were read by
    /// [`CardSort::COLUMNS`] and [`CardSort::CARDS`]: CSV as spreadsheets save
    /// it, or workbooks.
    ///
    /// # Errors
    ///
    /// As [`CardSort::read_with`], with the line, or the sheet and cell.
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    pub fn from_tables(sort: &Table, cards: Option<&Table>) -> Result<CardSort, CardSortError> {
        let by_number = sort.rows().next().is_some_and(|row| !row.has("occupation"));
        let listed: HashMap<&str, Row<'_>> =
            cards.into_iter().flat_map(Table::rows).filter_map(|row| Some((row.get("card")?, row))).collect();
        if by_number && cards.is_none() {
            return Err(CardSortError::NoList);
        }
        let readers = sort
            .rows()
            .next()
            .map_or(0, |row| HEADINGS.iter().rposition(|column| row.has(column)).map_or(0, |last| last + 1));
        let mut read = CardSort { readers, cards: Vec::with_capacity(sort.rows().len()) };
        let (mut wrong, mut seen) = (Vec::new(), HashMap::new());
        for row in sort.rows() {
            let card = card(row, by_number.then_some(&listed), readers).and_then(|card| {
                let code = (card.occupation.clone(), card.statement.clone());
                match seen.insert(code, row.place("card")) {
                    Some(first) => Err(("card", format!("{first} has the same card; keep one of the rows"))),
                    None => Ok(card),
                }
            });
            match card {
                Ok(card) => read.cards.push(card),
                Err((column, message)) => wrong.push(CardSortError::Row { place: row.place(column), message }),
            }
        }
        let read = table::unless(wrong, read, CardSortError::Several)?;
        if read.cards.is_empty() { Err(CardSortError::Empty) } else { Ok(read) }
    }

    /// How many readers there are.
    pub fn readers(&self) -> usize {
        self.readers
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there are no cards.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }
}

/// The card of a row; or the column that is wrong, and why.
fn card(row: Row<'_>, listed: Option<&HashMap<&str, Row<'_>>>, readers: usize) -> Result<Card, (&'static str, String)> {
    let from = match listed {
        None => row,
        Some(cards) => *cards.get(row.cell("card")).ok_or_else(|| {
            let found = crate::read::excerpt(row.cell("card"), 40);
            ("card", format!("the list of cards has no card \"{found}\"; add it there, or delete this row"))
        })?,
    };
    let code = |column: &'static str| {
        from.get(column).map(str::to_owned).ok_or_else(|| {
            let place = if listed.is_some() {
                format!(" at {} of the list of cards", from.place(column))
            } else {
                String::new()
            };
            (column, format!("the {column} is empty{place}; fill it in or delete the row"))
        })
    };
    let (occupation, statement) = (code("occupation")?, code("statement")?);
    let headings: Vec<Option<String>> =
        HEADINGS.iter().take(readers).map(|column| row.get(column).map(crate::text::normal_form)).collect();
    if headings.iter().all(Option::is_none) {
        return Err(("reader_1", "no reader sorted this card; write a heading or delete the row".to_owned()));
    }
    let flag = |column: &'static str| match row.cell(column).to_lowercase().as_str() {
        "" => Ok(None),
        "y" | "yes" | "true" | "1" => Ok(Some(true)),
        "n" | "no" | "false" | "0" => Ok(Some(false)),
        _ => {
            let found = crate::read::excerpt(row.cell(column), 40);
            Err((column, format!("\"{found}\" does not say whether the topic is core; write y or n")))
        }
    };
    let flags = FLAGS.into_iter().take(readers).map(flag).collect::<Result<_, _>>()?;
    let pathway = from.get("pathway").or_else(|| row.get("pathway")).map(str::to_owned);
    Ok(Card { occupation, statement, pathway, headings, flags })
}
