//! Human judgements: pairs of statements, or statements with their concepts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::map::{Map, StatementIndex};
use crate::table::{self, Columns, Row, Table};

/// A judgement to measure against.
///
/// Two forms are read, distinguished by their columns:
///
/// * pairs: CSV with
///   `occupation_a, statement_a, occupation_b, statement_b, label`. The label
///   `same` means that they say the same; `disputed` is skipped; any other
///   label means that they do not;
/// * concepts: CSV with `occupation, statement, concept` and, optionally,
///   `also` (further concepts, separated by semicolons); or a table whose first
///   three columns have this content under other names, with a row for each
///   concept of a statement, such as O*NET's table of tasks and activities.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gold {
    /// Judged pairs, and whether the two statements say the same.
    Pairs(Vec<(StatementIndex, StatementIndex, bool)>),
    /// The concepts of each judged statement.
    Concepts(BTreeMap<StatementIndex, BTreeSet<u32>>),
}

/// Why a judgement cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// Neither form: `Gold::read(&map, b"a,b\n")`.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// No row is about statements of this map.
    #[error("none of the {rows} rows is about two statements of this map; is it the map that was judged?")]
    OtherMap {
        /// How many rows there are.
        rows: usize,
    },
}

/// Pairs, concepts, and three columns with any names.
const FORMS: &[Columns] = &[
    Columns::new("a file of judged pairs", &["occupation_a", "statement_a", "occupation_b", "statement_b", "label"]),
    Columns::new("a file of concepts", &["occupation", "statement", "concept"]).with_optional(&["also"]),
    Columns::new("a table of statements and concepts", &["occupation", "statement", "concept"]).by_place(),
];

impl Gold {
    /// The columns of the forms.
    pub const COLUMNS: &'static [Columns] = FORMS;

    /// Reads a judgement of a map's statements. Rows about statements that the
    /// map does not have are skipped.
    ///
    /// # Errors
    ///
    /// [`GoldError`] if a text has neither form or is about another map.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::study::Gold;
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
    /// let gold = Gold::read(&map, &std::fs::read_to_string("fixtures/maps/england-concepts.csv")?)?;
    /// assert!(matches!(gold, Gold::Concepts(judged) if judged.len() == 954));
    /// assert!(Gold::read(&map, "a,b\n").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(map: &Map, text: &str) -> Result<Gold, GoldError> {
        Gold::from_table(map, &Table::read(text.as_bytes(), Gold::COLUMNS)?)
    }

    /// Like [`Gold::read`], for a table that was read by [`Gold::COLUMNS`]: CSV
    /// as spreadsheets save it, or a workbook.
    ///
    /// # Errors
    ///
    /// [`GoldError::OtherMap`].
    pub fn from_table(map: &Map, table: &Table) -> Result<Gold, GoldError> {
        let statements: HashMap<(&str, &str), StatementIndex> =
            map.statements().map(|s| ((s.occupation().id(), s.id()), s.index())).collect();
        let at = |row: Row<'_>, occupation: &str, statement: &str| {
            statements.get(&(row.cell(occupation), row.cell(statement))).copied()
        };
        let other_map = || GoldError::OtherMap { rows: table.rows().len() };
        if table.form() == 0 {
            let label = |row: Row<'_>| row.cell("label").to_lowercase();
            let pairs: Vec<_> = (table.rows())
                .filter(|row| label(*row) != "disputed")
                .filter_map(|row| {
                    let (a, b) = (at(row, "occupation_a", "statement_a")?, at(row, "occupation_b", "statement_b")?);
                    Some((a, b, label(row) == "same"))
                })
                .collect();
            return if pairs.is_empty() { Err(other_map()) } else { Ok(Gold::Pairs(pairs)) };
        }
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut judged: BTreeMap<StatementIndex, BTreeSet<u32>> = BTreeMap::new();
        for row in table.rows() {
            let Some(statement) = at(row, "occupation", "statement") else { continue };
            let concepts = std::iter::once(row.cell("concept")).chain(row.cell("also").split(';'));
            for concept in concepts.map(str::trim).filter(|id| !id.is_empty()) {
                let next = numbers.len() as u32;
                judged.entry(statement).or_default().insert(*numbers.entry(concept).or_insert(next));
            }
        }
        if judged.is_empty() { Err(other_map()) } else { Ok(Gold::Concepts(judged)) }
    }
}
