//! Reads a changes file as a table, one change a row.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Change, Changes};
use super::error::ChangesError;
use super::named;
use crate::derive::{NotAQuorum, Quorum};
use crate::map::{Level, Status};
use crate::read::{RawApprenticeshipOnly, RawOccupation, RawStatement};
use crate::table::{Columns, Row, Table};
use crate::text::{DidYouMean, closest, level_number, name_key, slug};

const OPTIONAL: &[&str] = &[
    "occupation",
    "title",
    "level",
    "status",
    "cluster",
    "position",
    "statement",
    "kind",
    "text",
    "option",
    "branch",
    "reasons",
    "note",
    "quorum",
    "route_quorum",
];

const COLUMNS: Columns = Columns::new("a changes file", &["change"]).with_optional(OPTIONAL).refusing_others();

impl Changes {
    /// Reads a changes file in CSV, one change a row. Columns may come in any
    /// order. Only `change` is required, and an empty cell means "not given":
    ///
    /// | Column | Purpose |
    /// |---|---|
    /// | `change` | the change's name, such as `move-occupation`; "Move occupation" and "move" will do |
    /// | `occupation` | its id or title, for all changes of an occupation or statement; a new occupation without an id gets one from its title |
    /// | `title`, `level`, `status` | `add-occupation` (title and level required); `re-title`, `re-level`, `set-status` |
    /// | `cluster` | `add-occupation`, `move-occupation` |
    /// | `position` | `add-occupation`, `move-occupation`, `add-statement` |
    /// | `statement` | its id, for the changes of a statement |
    /// | `kind` | `add-statement`: `knowledge`, `skill` or `behaviour` |
    /// | `text` | `add-statement`, `reword-statement` |
    /// | `option` | `add-statement`: ids of options, separated by semicolons |
    /// | `branch` | `mark`, `unmark` |
    /// | `reasons`, `note` | `mark`: reasons, separated by semicolons |
    /// | `quorum`, `route_quorum` | `policy` |
    ///
    /// An added occupation has no statements; they follow as rows that name its title or id.
    ///
    /// # Errors
    ///
    /// [`ChangesError::Table`]: no table, or an unknown column.
    /// [`ChangesError::Row`], with the line: an unknown change, a required cell
    /// that is empty, a cell that the change does not use, an invalid level or
    /// quorum. If several rows have errors: [`ChangesError::Several`], one for
    /// each.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::change::Changes;
    ///
    /// let changes = Changes::from_csv("change,occupation,cluster\nmove-occupation,LARS287,caterer\n")?;
    /// assert_eq!(changes.changes[0].name(), "move-occupation");
    /// let error = Changes::from_csv("change,occupation\nre-level,LARS287\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: re-level needs a level; fill in the column \"level\"");
    /// # Ok::<(), tlevel::change::ChangesError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)`.
    pub fn from_csv(text: &str) -> Result<Changes, ChangesError> {
        Changes::from_table(&Table::read(text.as_bytes(), Changes::COLUMNS)?)
    }

    /// The columns of a changes file.
    pub const COLUMNS: &'static [Columns] = &[COLUMNS];

    /// Like [`Changes::from_csv`], for a table that was read by
    /// [`Changes::COLUMNS`]: CSV as spreadsheets save it, or a workbook.
    ///
    /// # Errors
    ///
    /// As [`Changes::from_csv`], with the line, or the sheet and cell.
    pub fn from_table(table: &Table) -> Result<Changes, ChangesError> {
        read(table)
    }
}

fn read(table: &Table) -> Result<Changes, ChangesError> {
    let (mut changes, mut wrong) = (Vec::new(), Vec::new());
    // the ids of new occupations by their titles, for the rows below
    let mut added: BTreeMap<String, String> = BTreeMap::new();
    for row in table.rows() {
        let change = ChangeRow { row, used: RefCell::default() }.change();
        match change {
            Ok(mut change) => {
                match &change {
                    Change::AddOccupation { occupation, .. } => {
                        let title = occupation.title.as_deref().map(name_key);
                        added.extend(title.zip(occupation.id.clone()));
                    }
                    _ => {
                        if let Some(occupation) = named::occupation(&mut change)
                            && let Some(id) = added.get(&name_key(occupation))
                        {
                            occupation.clone_from(id);
                        }
                    }
                }
                changes.push(change);
            }
            Err(message) => wrong.push(ChangesError::Row { place: row.place("change"), message }),
        }
    }
    ChangesError::unless(wrong, Changes { title: None, changes })
}

/// The name of a change as people write it: "Move occupation", or "move" alone.
fn change_name(named: &str) -> String {
    let name = named.to_lowercase().replace([' ', '_'], "-");
    let whole = match name.as_str() {
        "add" => "add-occupation",
        "remove" | "delete" => "remove-occupation",
        "move" => "move-occupation",
        "relevel" => "re-level",
        "rename" | "retitle" => "re-title",
        "drop" => "drop-statement",
        "reword" => "reword-statement",
        _ => return name,
    };
    whole.to_owned()
}

struct ChangeRow<'r> {
    row: Row<'r>,
    /// The columns that the change has read.
    used: RefCell<BTreeSet<&'static str>>,
}

impl ChangeRow<'_> {
    fn cell(&self, column: &'static str) -> Option<String> {
        self.used.borrow_mut().insert(column);
        self.row.get(column).map(str::to_owned)
    }

    fn needed(&self, change: &str, column: &'static str) -> Result<String, String> {
        let article = if column.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        self.cell(column).ok_or_else(|| format!("{change} needs {article} {column}; fill in the column \"{column}\""))
    }

    fn list(&self, column: &'static str) -> Vec<String> {
        let cell = self.cell(column).unwrap_or_default();
        cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn position(&self) -> Result<Option<usize>, String> {
        let Some(cell) = self.cell("position") else { return Ok(None) };
        cell.parse().map(Some).map_err(|_| format!("the position \"{cell}\" is not a whole number from 0; correct it"))
    }

    fn level(&self, change: &str) -> Result<Level, String> {
        let cell = self.needed(change, "level")?;
        let level = level_number(&cell).and_then(|number| Level::try_from(number).ok());
        level.ok_or_else(|| format!("\"{cell}\" is not a level; levels are 2 to 7"))
    }

    fn status(&self) -> Result<Option<Status>, String> {
        let Some(cell) = self.cell("status") else { return Ok(None) };
        let hint = || DidYouMean(closest(&cell, Status::NAMES));
        Status::from_name(&cell).map(Some).ok_or_else(|| format!("\"{cell}\" is not a status{}", hint()))
    }

    fn quorum(&self, column: &'static str) -> Result<Option<Quorum>, String> {
        let Some(cell) = self.cell(column) else { return Ok(None) };
        cell.parse().map(Some).map_err(|e: NotAQuorum| e.to_string())
    }

    fn change(&self) -> Result<Change, String> {
        let named = self.cell("change").ok_or("the change is empty; name it or remove the row")?;
        let name = change_name(&named);
        let occupation = || self.needed(&name, "occupation");
        let statement = || self.needed(&name, "statement");
        let change = match name.as_str() {
            "add-occupation" => {
                let level = self.level(&name)?;
                let title = self.needed(&name, "title")?;
                let id = self.cell("occupation").unwrap_or_else(|| slug(&title));
                let mut added = RawOccupation::new(id, title, level.into());
                added.status = self.status()?.map(|status| status.name().to_owned());
                let (cluster, position) = (self.needed(&name, "cluster")?, self.position()?);
                Change::AddOccupation { cluster, occupation: Box::new(added), position }
            }
            "remove-occupation" => Change::RemoveOccupation { occupation: occupation()? },
            "move-occupation" => {
                let (cluster, position) = (self.needed(&name, "cluster")?, self.position()?);
                Change::MoveOccupation { occupation: occupation()?, cluster, position }
            }
            "re-level" => Change::ReLevel { occupation: occupation()?, level: self.level(&name)? },
            "re-title" => Change::ReTitle { occupation: occupation()?, title: self.needed(&name, "title")? },
            "set-status" => Change::SetStatus { occupation: occupation()?, status: self.status()? },
            "add-statement" => {
                let (kind, text) = (self.needed(&name, "kind")?, self.needed(&name, "text")?);
                let mut added = RawStatement::new(statement()?, kind, text);
                added.option.0 = self.list("option");
                let position = self.position()?;
                Change::AddStatement { occupation: occupation()?, statement: Box::new(added), position }
            }
            "drop-statement" => Change::DropStatement { occupation: occupation()?, statement: statement()? },
            "reword-statement" => Change::RewordStatement {
                occupation: occupation()?,
                statement: statement()?,
                text: self.needed(&name, "text")?,
                source_text: None,
            },
            "mark" => {
                let mut mark = RawApprenticeshipOnly::new(self.list("reasons"));
                mark.note = self.cell("note");
                Change::Mark { branch: self.needed(&name, "branch")?, mark }
            }
            "unmark" => Change::Unmark { branch: self.needed(&name, "branch")? },
            "policy" => Change::Policy { quorum: self.quorum("quorum")?, route_quorum: self.quorum("route_quorum")? },
            other => {
                let hint = DidYouMean(closest(other, Change::NAMES));
                return Err(format!("\"{}\" is not a change{hint}", crate::read::excerpt(&named, 40)));
            }
        };
        self.nothing_more(&name)?;
        Ok(change)
    }

    /// Reports unused cells: otherwise a proposed change would be silently
    /// ignored.
    fn nothing_more(&self, change: &str) -> Result<(), String> {
        for (column, cell) in self.row.cells() {
            if !cell.is_empty() && !self.used.borrow().contains(column) {
                return Err(format!("{change} does not use the column \"{column}\"; empty the cell"));
            }
        }
        Ok(())
    }
}
