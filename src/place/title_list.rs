//! A caller's list of titles: a coding index, for example, in which each title
//! has the occupation, the cluster or the code that it belongs to.

use serde::{Deserialize, Serialize};

use crate::table::{self, Columns, Table};

/// Titles, and where each belongs.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer, TitleList, Verdict};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/england.json")?)?)?.map;
/// let list = TitleList::from_csv("title,occupation\nTelly mender,Bricklayer\nJack of all trades,Wizard\n")?;
/// let (placer, unknown) = Placer::new(&map).with_titles(&list);
/// let found = placer.suggest(&NewOccupation::titled("telly menders"), 1);
/// assert_eq!(found.verdict, Verdict::KnownAs);
/// assert_eq!(found.known[0].title, "Bricklayer");
/// assert_eq!(unknown[0].to_string(), "line 3: the map has no occupation or cluster \"Wizard\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleList {
    pub(super) name: String,
    pub(super) rows: Vec<TitleRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TitleRow {
    /// The line, or the sheet and row.
    pub(super) place: String,
    pub(super) title: String,
    /// The id or name of an occupation or a cluster; may be empty.
    pub(super) of: String,
    /// The code of a classification, such as a SOC code; may be empty.
    pub(super) code: String,
}

/// A row of a title list that a map could not use.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusedTitle {
    /// The line, or the sheet and row.
    pub place: String,
    /// Why it is not used.
    pub message: String,
}

impl std::fmt::Display for UnusedTitle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

const COLUMNS: [Columns; 3] = [
    Columns::new("a list of titles", &["title", "occupation"]).with_optional(&["cluster", "soc"]),
    Columns::new("a list of titles", &["title", "cluster"]).with_optional(&["soc"]),
    Columns::new("a list of titles", &["title", "soc"]),
];

impl TitleList {
    /// The columns of a list: `title`, and `occupation`, `cluster` or `soc`.
    pub const COLUMNS: &'static [Columns] = &COLUMNS;

    /// Reads a list from a CSV text. Each row has a `title` and at least one of
    /// these:
    ///
    /// | Column | Content |
    /// |---|---|
    /// | `occupation` | the id or the title of an occupation of the map |
    /// | `cluster` | the id or the name of a cluster of the map |
    /// | `soc` | a code; it means the clusters of all titles with that code that the map knows, if they are three or fewer |
    ///
    /// # Errors
    ///
    /// [`table::Error`]: `"a,b"` has none of these columns.
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    pub fn from_csv(text: &str) -> Result<TitleList, table::Error> {
        Ok(TitleList::from_table(&Table::read(text.as_bytes(), TitleList::COLUMNS)?))
    }

    /// Like [`TitleList::from_csv`], for a table that was read by
    /// [`TitleList::COLUMNS`]: CSV as spreadsheets save it, or a workbook.
    pub fn from_table(table: &Table) -> TitleList {
        let rows = table.rows().filter(|row| !row.cell("title").is_empty()).map(|row| {
            let of = [row.cell("occupation"), row.cell("cluster")].into_iter().find(|cell| !cell.is_empty());
            TitleRow {
                place: row.place("title"),
                title: row.cell("title").to_owned(),
                of: of.unwrap_or_default().to_owned(),
                code: row.cell("soc").to_owned(),
            }
        });
        TitleList { name: String::new(), rows: rows.collect() }
    }

    /// Sets the name of the file, for evidence.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// How many titles it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no titles.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
