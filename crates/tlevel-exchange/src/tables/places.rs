//! Where the parts of a map are in its tables.

use std::collections::HashMap;

use tlevel::check::{Finding, Place, locate_findings};

use super::form::FORMS;

/// The places of a map's records in its sheets or CSV files. Empty for a map that
/// was read from another format.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The row of each record, by its JSON pointer in the native format.
    rows: HashMap<String, (usize, u64)>,
    /// For each sheet of the form: where its columns are.
    sheets: Vec<SheetPlaces>,
    /// The map has another shape than its file: a framework of another system.
    is_elsewhere: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct SheetPlaces {
    /// The name of the sheet, or of the file.
    pub(crate) name: String,
    pub(crate) is_file: bool,
    /// The letters of each column by its heading.
    pub(crate) letters: Vec<(&'static str, String)>,
}

/// The place of a value in tables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TablePlace {
    /// A cell of a workbook.
    Cell {
        /// The name of the sheet.
        sheet: String,
        /// The cell, such as `C12`.
        cell: String,
    },
    /// A line of a file.
    Line {
        /// The file, such as `statements.csv`.
        file: String,
        /// The line, from 1.
        line: u64,
    },
}

impl std::fmt::Display for TablePlace {
    /// Writes `Statements!C12`, `'Set aside'!C12` or `statements.csv:12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TablePlace::Cell { sheet, cell } if sheet.chars().all(|c| c.is_ascii_alphanumeric()) => {
                write!(f, "{sheet}!{cell}")
            }
            TablePlace::Cell { sheet, cell } => write!(f, "'{}'!{cell}", sheet.replace('\'', "''")),
            TablePlace::Line { file, line } => write!(f, "{file}:{line}"),
        }
    }
}

/// The member that a rule is about, where its findings name the whole record.
fn member(rule: &str, pointer: &str) -> Option<&'static str> {
    let is_duty = pointer.contains("/duties/");
    let is_record = is_duty || pointer.contains("/statements/");
    match rule {
        _ if !is_record => None,
        "unknown-kind" => Some("kind"),
        "unknown-option" | "option-twice" => Some(if is_duty { "options" } else { "option" }),
        "dangling-duty" => Some("statements"),
        "empty-statement"
        | "duplicate-statement"
        | "long-statement"
        | "option-in-text"
        | "bundled-statement"
        | "placeholder-statement"
        | "empty-duty"
        | "placeholder-duty" => Some("text"),
        _ => None,
    }
}

impl Places {
    /// Whether nothing is known: the map was not read from tables.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The place of the value at a JSON pointer into the native format; that of its
    /// record where the value has no cell. `None` for a map that was not read from
    /// tables, and where no row holds it.
    ///
    /// # Examples
    ///
    /// ```
    /// let list = b"Occupation,Kind,Code,Text\nBaker,skill,S1,Knead dough\n";
    /// let read = tlevel_exchange::read_with_places(list, "list.csv")?;
    /// let place = read.places.of("/routes/0/pathways/0/clusters/0/occupations/0/statements/0/text");
    /// assert_eq!(place.unwrap().to_string(), "list.csv:2");
    /// # Ok::<(), tlevel_exchange::Error>(())
    /// ```
    pub fn of(&self, pointer: &str) -> Option<TablePlace> {
        let mut record = pointer;
        loop {
            if let Some((sheet, row)) = self.rows.get(record) {
                let member = pointer[record.len()..].trim_start_matches('/');
                return Some(self.place(*sheet, *row, member));
            }
            record = &record[..record.rfind('/')?];
        }
    }

    fn place(&self, sheet: usize, row: u64, member: &str) -> TablePlace {
        let unknown = SheetPlaces::default();
        let own = self.sheets.get(sheet).unwrap_or(&unknown);
        if own.is_file {
            return TablePlace::Line { file: own.name.clone(), line: row };
        }
        // the column of the member, or the first inside it
        let columns = FORMS.get(sheet).map_or(&[][..], |form| form.columns);
        let holds = |held: &str| {
            let of =
                |own: &str, whole: &str| own == whole || own.strip_prefix(whole).is_some_and(|m| m.starts_with('/'));
            !member.is_empty() && !held.is_empty() && (of(held, member) || of(member, held))
        };
        let heading = columns.iter().find(|column| holds(column.member)).map(|column| column.heading);
        let letters = own.letters.iter().find(|(own, _)| Some(*own) == heading).or_else(|| own.letters.first());
        let letters = letters.map_or("A", |(_, letters)| letters);
        TablePlace::Cell { sheet: own.name.clone(), cell: format!("{letters}{row}") }
    }

    /// The places in a framework of another system: none.
    pub(crate) fn elsewhere() -> Self {
        Places { is_elsewhere: true, ..Places::default() }
    }

    /// Gives the findings of a map their sheets and cells, or files and lines, and
    /// sorts them in the order of the tables. Findings without a place come last. A map
    /// in JSON has lines and columns in `bytes`, from which it was read.
    ///
    /// # Complexity
    ///
    /// `O(f log f)` for `f` findings; for JSON as [`locate_findings`].
    pub fn locate(&self, findings: &mut [Finding], bytes: &[u8]) {
        if self.is_empty() {
            if !self.is_elsewhere
                && let Ok(text) = tlevel::read::map_text(bytes)
            {
                locate_findings(findings, &text);
            }
            return;
        }
        for finding in findings.iter_mut() {
            let pointer = &finding.place.pointer;
            let place = match member(&finding.rule, pointer) {
                Some(member) => self.of(&format!("{pointer}/{member}")),
                None => self.of(pointer),
            };
            let Some(place) = place else { continue };
            let mut located = Place::new(std::mem::take(&mut finding.place.pointer));
            match place {
                TablePlace::Cell { sheet, cell } => {
                    located.sheet = Some(sheet);
                    located.cell = Some(cell);
                }
                TablePlace::Line { file, line } => {
                    located.file = Some(file);
                    located.line = u32::try_from(line).ok();
                }
            }
            finding.place = located;
        }
        let order = |finding: &Finding| {
            let name = finding.place.sheet.as_ref().or(finding.place.file.as_ref());
            let sheet = name.and_then(|name| self.sheets.iter().position(|sheet| sheet.name == *name));
            let row = finding.place.cell.as_ref().map(|cell| cell.trim_start_matches(|c: char| c.is_ascii_uppercase()));
            let row = row.and_then(|row| row.parse::<u32>().ok()).or(finding.place.line);
            (sheet.unwrap_or(usize::MAX), row.unwrap_or(u32::MAX))
        };
        findings.sort_by_cached_key(order);
    }

    pub(crate) fn of_sheets(sheets: Vec<SheetPlaces>) -> Places {
        Places { rows: HashMap::new(), sheets, is_elsewhere: false }
    }

    pub(crate) fn set(&mut self, pointer: String, sheet: usize, row: u64) {
        self.rows.entry(pointer).or_insert((sheet, row));
    }
}
