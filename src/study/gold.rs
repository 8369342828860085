//! What people judged: pairs of statements, or statements with their concepts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::map::{Map, StatementIndex};

/// A judgement to measure by.
///
/// Two forms are read, told apart by their columns:
///
/// * pairs: CSV with `occupation_a, statement_a, occupation_b, statement_b,
///   label`; the label `same` says so, `disputed` is passed over, any other says
///   that they are not the same;
/// * concepts: CSV with `occupation, statement, concept` and, if you like,
///   `also` (further concepts, with semicolons between); or three columns with
///   tabs between them and a row for each concept of a statement, such as
///   O*NET's table of tasks and activities.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gold {
    /// Judged pairs, and whether each says the same.
    Pairs(Vec<(StatementIndex, StatementIndex, bool)>),
    /// The concepts of each judged statement.
    Concepts(BTreeMap<StatementIndex, BTreeSet<u32>>),
}

/// Why a judgement cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// Not CSV.
    #[error("line {line}: not valid CSV: {message}; correct the row")]
    Csv {
        /// The line.
        line: u64,
        /// What the CSV reader says.
        message: String,
    },
    /// Neither form: `Gold::read(&map, "a,b\n")`.
    #[error(
        "line 1: neither pairs (occupation_a, statement_a, occupation_b, statement_b, label) nor concepts (occupation, \
         statement, concept)"
    )]
    Columns,
    /// No row is about statements of this map.
    #[error("none of the {rows} rows is about two statements of this map; is it the map that was judged?")]
    OtherMap {
        /// How many rows there are.
        rows: usize,
    },
}

impl Gold {
    /// Reads a judgement of a map's statements. Rows about statements that the
    /// map does not have are passed over.
    ///
    /// # Errors
    ///
    /// [`GoldError`] for a text of neither form, or about another map.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::study::Gold;
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/england.json"))?)?.map;
    /// let gold = Gold::read(&map, include_str!("../../fixtures/maps/england-concepts.csv"))?;
    /// assert!(matches!(gold, Gold::Concepts(judged) if judged.len() == 954));
    /// assert!(Gold::read(&map, "a,b\n").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(map: &Map, text: &str) -> Result<Gold, GoldError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = text.lines().next().unwrap_or_default();
        let delimiter = if header.contains('\t') { b'\t' } else { b',' };
        let mut reader =
            ::csv::ReaderBuilder::new().delimiter(delimiter).trim(::csv::Trim::All).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|e| csv_error(text, &e))?.clone();
        let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
        let columns = |names: &[&str]| names.iter().map(|name| column(name)).collect::<Option<Vec<usize>>>();
        let statements: HashMap<(&str, &str), StatementIndex> =
            map.statements().map(|s| ((s.occupation().id(), s.id()), s.index())).collect();
        let pairs = columns(&["occupation_a", "statement_a", "occupation_b", "statement_b", "label"]);
        let by_place = || (delimiter == b'\t' && headers.len() >= 3).then(|| vec![0, 1, 2]);
        let concepts = columns(&["occupation", "statement", "concept"]).or_else(by_place);
        if pairs.is_none() && concepts.is_none() {
            return Err(GoldError::Columns);
        }
        let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(|e| csv_error(text, &e))?;
        let at = |row: &::csv::StringRecord, o: usize, s: usize| {
            statements.get(&(row.get(o).unwrap_or_default(), row.get(s).unwrap_or_default())).copied()
        };
        let other_map = || GoldError::OtherMap { rows: rows.len() };
        if let Some(c) = pairs {
            let label = |row: &::csv::StringRecord| row.get(c[4]).unwrap_or_default().to_lowercase();
            let pairs: Vec<_> = (rows.iter())
                .filter(|row| label(row) != "disputed")
                .filter_map(|row| Some((at(row, c[0], c[1])?, at(row, c[2], c[3])?, label(row) == "same")))
                .collect();
            return if pairs.is_empty() { Err(other_map()) } else { Ok(Gold::Pairs(pairs)) };
        }
        let c = concepts.ok_or(GoldError::Columns)?;
        let also = column("also");
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut judged: BTreeMap<StatementIndex, BTreeSet<u32>> = BTreeMap::new();
        for row in &rows {
            let Some(statement) = at(row, c[0], c[1]) else { continue };
            let also = also.and_then(|i| row.get(i)).unwrap_or_default();
            let concepts = row.get(c[2]).into_iter().chain(also.split(';'));
            for concept in concepts.map(str::trim).filter(|id| !id.is_empty()) {
                let next = numbers.len() as u32;
                judged.entry(statement).or_default().insert(*numbers.entry(concept).or_insert(next));
            }
        }
        if judged.is_empty() { Err(other_map()) } else { Ok(Gold::Concepts(judged)) }
    }
}

fn csv_error(text: &str, error: &::csv::Error) -> GoldError {
    let line = crate::concept::csv_line(text, error.position());
    GoldError::Csv { line, message: crate::concept::csv_message(error) }
}
