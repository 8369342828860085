//! The columns that a reader knows, and the header that contains them.

use super::sheet::{Sheet, SheetRow, cell_name};
use super::{Error, Note};
use crate::text::closest;

/// The maximum number of rows in which the header is searched.
pub(super) const HEADER_WITHIN: usize = 50;

/// The columns of a kind of table: which are required, and what happens to
/// others.
// independent switches of a constant
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    what: &'static str,
    needed: &'static [&'static str],
    needed_somewhere: &'static [&'static str],
    optional: &'static [&'static str],
    aliases: &'static [(&'static str, &'static str)],
    substitutes: &'static [(&'static str, &'static str)],
    not_beside: &'static [&'static str],
    recognise: Option<Recognise>,
    joined: &'static [(&'static str, &'static str)],
    others: Others,
    is_private: bool,
    by_place: bool,
    pub(super) takes_long_rows: bool,
    pub(super) every_sheet: bool,
}

/// Finds the column that a heading in free words names. The second argument is the
/// column to its left, for headings that a form repeats.
pub type Recognise = fn(&str, Option<&'static str>) -> Option<&'static str>;

/// What happens to an unknown column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Others {
    /// Only those with a name close to a known one are noted.
    PassedOver,
    /// Each is noted.
    Noted,
    /// The first is an error.
    Refused,
}

impl Columns {
    /// The required columns of a table; `what` names the table, as in "a
    /// ledger".
    pub const fn new(what: &'static str, needed: &'static [&'static str]) -> Columns {
        Columns {
            what,
            needed,
            needed_somewhere: &[],
            optional: &[],
            aliases: &[],
            substitutes: &[],
            not_beside: &[],
            recognise: None,
            joined: &[],
            others: Others::PassedOver,
            is_private: false,
            by_place: false,
            takes_long_rows: false,
            every_sheet: false,
        }
    }

    /// Adds optional columns.
    #[must_use]
    pub const fn with_optional(mut self, optional: &'static [&'static str]) -> Columns {
        self.optional = optional;
        self
    }

    /// Columns that at least one sheet must have.
    #[must_use]
    pub const fn needing_somewhere(mut self, columns: &'static [&'static str]) -> Columns {
        self.needed_somewhere = columns;
        self
    }

    /// Adds other names of columns: the name in the file, then the column's.
    #[must_use]
    pub const fn with_aliases(mut self, aliases: &'static [(&'static str, &'static str)]) -> Columns {
        self.aliases = aliases;
        self
    }

    /// Adds columns that substitute for others: the name in the file, then the
    /// column's. A substitute is not used if the column is there.
    #[must_use]
    pub const fn with_substitutes(mut self, substitutes: &'static [(&'static str, &'static str)]) -> Columns {
        self.substitutes = substitutes;
        self
    }

    /// Adds columns of other tables: beside one of them nothing is substituted.
    #[must_use]
    pub const fn without_substitutes_beside(mut self, columns: &'static [&'static str]) -> Columns {
        self.not_beside = columns;
        self
    }

    /// Takes headings in free words, such as the questions of a form.
    #[must_use]
    pub const fn recognising(mut self, recognise: Recognise) -> Columns {
        self.recognise = Some(recognise);
        self
    }

    /// Joins the cells of columns that several headings name, such as "First name" and
    /// "Surname": each column with what goes between its cells. Any other column that is
    /// there twice is an error.
    #[must_use]
    pub const fn joining(mut self, joined: &'static [(&'static str, &'static str)]) -> Columns {
        self.joined = joined;
        self
    }

    /// Makes an unknown column an error, because its cells would be silently
    /// ignored.
    #[must_use]
    pub const fn refusing_others(mut self) -> Columns {
        self.others = Others::Refused;
        self
    }

    /// Notes every unknown column.
    #[must_use]
    pub const fn noting_others(mut self) -> Columns {
        self.others = Others::Noted;
        self
    }

    /// Keeps private cells out of messages: cells may say who wrote them, so no
    /// message shows text that is not known to be a column's name.
    #[must_use]
    pub const fn holding_private_cells(mut self) -> Columns {
        self.is_private = true;
        self
    }

    /// Passes rows with cells beyond the header to the caller, who can detect
    /// them with [`Row::excess`](super::Row::excess).
    #[must_use]
    pub const fn taking_long_rows(mut self) -> Columns {
        self.takes_long_rows = true;
        self
    }

    /// Reads rows from every sheet of a workbook that has the header, not only
    /// from the first.
    #[must_use]
    pub const fn in_every_sheet(mut self) -> Columns {
        self.every_sheet = true;
        self
    }

    /// Uses the first columns of the file as the required ones, whatever their
    /// names.
    #[must_use]
    pub const fn by_place(mut self) -> Columns {
        self.by_place = true;
        self
    }

    fn all(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.needed.iter().chain(self.needed_somewhere).chain(self.optional).copied()
    }

    /// The column that a heading names.
    fn named(&self, heading: &str) -> Option<&'static str> {
        self.named_after(heading, None)
    }

    /// The column that a heading to the right of another column names.
    fn named_after(&self, heading: &str, left: Option<&'static str>) -> Option<&'static str> {
        let key = key(heading);
        let alias = || self.aliases.iter().find(|(name, _)| is_key(&key, name)).map(|(_, column)| *column);
        let recognised = || self.recognise.and_then(|recognise| recognise(heading, left));
        self.all().find(|column| is_key(&key, column)).or_else(alias).or_else(recognised)
    }

    /// The columns for which headings of a row substitute.
    fn substituted(&self, row: &SheetRow) -> impl Fn(&str) -> Option<&'static str> {
        let is_other = |cell: &String| {
            let key = key(cell);
            self.not_beside.iter().any(|column| is_key(&key, column))
        };
        let is_without = self.substitutes.is_empty() || row.cells.iter().any(is_other);
        let substitutes = if is_without { &[] } else { self.substitutes };
        move |heading| {
            if substitutes.is_empty() {
                return None;
            }
            let key = key(heading);
            substitutes.iter().find(|(name, _)| is_key(&key, name)).map(|(_, column)| *column)
        }
    }

    /// How well a row serves as the header: whether it has all required
    /// columns, then how many known ones.
    pub(super) fn fit(&self, row: &SheetRow) -> (bool, usize) {
        if self.by_place {
            return (false, 0);
        }
        let substituted = self.substituted(row);
        let mut found: Vec<&str> =
            row.cells.iter().filter_map(|cell| self.named(cell).or_else(|| substituted(cell))).collect();
        found.sort_unstable();
        found.dedup();
        let has_all = self.needed.iter().all(|column| found.contains(column));
        // free words name columns only together
        if !has_all && self.recognise.is_some() { (false, 0) } else { (has_all, found.len()) }
    }

    /// The header of a sheet. Notes report what is above it and which columns
    /// are not used.
    pub(super) fn header(&self, sheet: &Sheet, notes: &mut Vec<Note>) -> Result<Header, Error> {
        let candidates: Vec<&SheetRow> = sheet.rows.iter().filter(|row| !row.is_blank()).take(HEADER_WITHIN).collect();
        let Some(first) = candidates.first() else { return Err(Error::Empty) };
        let sheet = sheet.name.clone();
        if self.by_place {
            let width = first.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            let places = self.needed.iter().copied().zip(0..width).collect();
            let (further, headings) = (Vec::new(), (*first).clone());
            return Ok(Header { sheet, row: first.number, width, places, further, columns: *self, headings });
        }
        // ties: the first
        let best = candidates.iter().rev().max_by_key(|row| self.fit(row)).unwrap_or(first);
        // a row with few of the columns is not a header: look for a misspelling in the first row
        let best = if self.fit(best).1 * 2 < self.needed.len() { first } else { best };
        let (places, further, headings) = (Vec::new(), Vec::new(), (*best).clone());
        let header = Header { sheet, row: best.number, width: 0, places, further, columns: *self, headings };
        let header = self.places(best, header)?;
        if let Some(column) = self.needed.iter().find(|column| header.place_of(column).is_none()) {
            return Err(header.missing(column));
        }
        // the sheets of a review have captions, and others may repeat their name
        let is_caption = |name: &String| self.every_sheet || first.cells.iter().eq(std::iter::once(name));
        if header.row != first.number && !header.sheet.as_ref().is_some_and(is_caption) {
            let above = if self.is_private { String::new() } else { format!(": {}", shown(first)) };
            notes.push(Note::at(header.row_place(first), first.line, format!("above the header, and not used{above}")));
        }
        self.others(best, &header, notes)?;
        Ok(header)
    }

    fn places(&self, row: &SheetRow, mut header: Header) -> Result<Header, Error> {
        for (at, heading) in row.cells.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            header.width = at + 1;
            let left = header.places.last().map(|(column, _)| *column);
            let Some(column) = self.named_after(heading, left) else { continue };
            match (header.place_of(column), self.joined.iter().find(|(joined, _)| *joined == column)) {
                (None, _) => header.places.push((column, at)),
                (Some(first), Some((_, between))) => header.further.push(Further { first, at, between }),
                (Some(_), None) => return Err(Error::ColumnTwice { place: header.row_place(row), column }),
            }
        }
        let substituted = self.substituted(row);
        for (at, heading) in row.cells.iter().enumerate() {
            let column = substituted(heading).filter(|column| header.place_of(column).is_none());
            header.places.extend(column.map(|column| (column, at)));
        }
        Ok(header)
    }

    fn unknown<'r>(&self, row: &'r SheetRow) -> impl Iterator<Item = &'r str> {
        let substituted = self.substituted(row);
        let is_unknown =
            move |cell: &&str| !cell.is_empty() && self.named(cell).or_else(|| substituted(cell)).is_none();
        row.cells.iter().map(String::as_str).filter(is_unknown)
    }

    fn others(&self, row: &SheetRow, header: &Header, notes: &mut Vec<Note>) -> Result<(), Error> {
        let free = |column: &&'static str| header.place_of(column).is_none();
        let headings = row.cells.iter().enumerate().filter(|(at, heading)| !heading.is_empty() && !header.holds(*at));
        for (_, heading) in headings {
            let hint = closest(heading, self.all().filter(free)).map(str::to_owned);
            let place = header.row_place(row);
            if self.others == Others::Refused {
                return Err(Error::UnknownColumn { place, column: excerpt(heading), hint, needs: self.needs() });
            }
            if self.others == Others::Noted || hint.is_some() {
                let meant = format!("{:#}", crate::text::DidYouMean(hint.as_deref()));
                let message = format!("the column \"{}\" is not known{meant}, and not used", excerpt(heading));
                notes.push(Note::at(place, row.line, message));
            }
        }
        Ok(())
    }

    /// "a ledger has the columns decision, note (and may have hash)"
    fn needs(&self) -> String {
        let may = match self.optional {
            [] => String::new(),
            optional => format!(" (and may have {})", optional.join(", ")),
        };
        let needed = [self.needed, self.needed_somewhere].concat();
        let plural = if needed.len() == 1 { "column" } else { "columns" };
        format!("{} has the {plural} {}{may}", self.what, needed.join(", "))
    }
}

/// The header of a table, with the position of each known column.
#[derive(Clone, Debug)]
pub(super) struct Header {
    sheet: Option<String>,
    /// The row's number in its sheet.
    pub(super) row: usize,
    /// The number of columns, up to the last with a heading.
    pub(super) width: usize,
    places: Vec<(&'static str, usize)>,
    further: Vec<Further>,
    columns: Columns,
    headings: SheetRow,
}

/// A column whose cells are joined to those of an earlier one.
#[derive(Clone, Copy, Debug)]
struct Further {
    first: usize,
    at: usize,
    between: &'static str,
}

impl Header {
    pub(super) fn place_of(&self, column: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == column).map(|(_, at)| *at)
    }

    /// The first column that at least one sheet must have but none of these
    /// has.
    pub(super) fn missing_somewhere(headers: &[Header]) -> Option<Error> {
        let header = headers.first()?;
        let is_missing = |column: &&&'static str| !headers.iter().any(|own| own.place_of(column).is_some());
        header.columns.needed_somewhere.iter().find(is_missing).map(|column| header.missing(column))
    }

    /// The error for a missing column.
    pub(super) fn missing(&self, column: &'static str) -> Error {
        let hint = closest(column, self.columns.unknown(&self.headings)).map(str::to_owned);
        let found = self.headings.cells.iter().filter(|cell| !cell.is_empty()).map(|cell| excerpt(cell));
        let found = if self.columns.is_private { Vec::new() } else { found.collect() };
        let (place, needs) = (self.row_place(&self.headings), self.columns.needs());
        Error::MissingColumn { place, column, hint, needs, found }
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.places.iter().copied()
    }

    /// Whether a known column is at that position.
    pub(super) fn holds(&self, at: usize) -> bool {
        self.places.iter().any(|(_, place)| *place == at) || self.further.iter().any(|further| further.at == at)
    }

    /// Joins the cells of a row that belong to one column.
    pub(super) fn join(&self, row: &mut SheetRow) {
        for Further { first, at, between } in &self.further {
            let Some(more) = row.cells.get(*at).filter(|more| !more.is_empty()).cloned() else { continue };
            let Some(cell) = row.cells.get_mut(*first) else { continue };
            if !cell.is_empty() {
                cell.push_str(between);
            }
            cell.push_str(&more);
        }
    }

    pub(super) fn row_place(&self, row: &SheetRow) -> String {
        match &self.sheet {
            None => format!("line {}", row.line),
            Some(sheet) => cell_name(sheet, row.line, 0),
        }
    }

    pub(super) fn cell_place(&self, row: &SheetRow, column: &str) -> String {
        match &self.sheet {
            None => format!("line {}", row.line),
            Some(sheet) => cell_name(sheet, row.line, self.place_of(column).unwrap_or(0)),
        }
    }
}

/// The number of the form that fits best: one with all its required columns,
/// then the one with most of its columns, then the first.
pub(super) fn choose(sheets: &[Sheet], forms: &[Columns]) -> usize {
    let fit = |columns: &Columns| {
        let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(HEADER_WITHIN));
        rows.map(|row| columns.fit(row)).max().unwrap_or_default()
    };
    let fits: Vec<(bool, usize)> = forms.iter().map(fit).collect();
    // a form by position is for files whose header is not recognised
    let by_place = forms.iter().position(|columns| columns.by_place && fits_by_place(sheets, columns));
    let named = (0..forms.len()).rev().max_by_key(|form| fits[*form]).unwrap_or(0);
    match by_place {
        Some(form) if fits.iter().all(|(_, found)| *found == 0) => form,
        _ => named,
    }
}

/// Whether the first rows are wide enough.
fn fits_by_place(sheets: &[Sheet], columns: &Columns) -> bool {
    let first = sheets.iter().find_map(|sheet| sheet.rows.iter().find(|row| !row.is_blank()));
    first.is_some_and(|row| {
        row.cells.iter().take(columns.needed.len()).filter(|cell| !cell.is_empty()).count() == columns.needed.len()
    })
}

/// The reason why no sheet has the header: that of the sheet with most of its
/// columns.
pub(super) fn nearest(found: Vec<Result<Header, Error>>, sheets: &[Sheet]) -> Error {
    let errors: Vec<Error> = found.into_iter().filter_map(Result::err).collect();
    let faulty = errors.iter().find(|error| error.is_faulty_header());
    let missing = errors.iter().find(|error| matches!(error, Error::MissingColumn { .. }));
    match (faulty.or(missing).cloned(), sheets) {
        (Some(Error::MissingColumn { place: _, column, hint, needs, found: _ }), [first, _, ..]) => {
            let sheets = sheets.iter().filter_map(|sheet| sheet.name.as_deref()).take(5).map(|s| format!("\"{s}\""));
            let place = format!("no sheet has the header (the sheets: {})", sheets.collect::<Vec<_>>().join(", "));
            let place = if first.name.is_some() { place } else { "line 1".to_owned() };
            Error::MissingColumn { place, column, hint, needs, found: Vec::new() }
        }
        (Some(error), _) => error,
        (None, _) => Error::Empty,
    }
}

/// A heading in the form for comparison: lower case, `_` and `-` as spaces.
fn key(heading: &str) -> String {
    let spaced: String = heading.chars().map(|c| if matches!(c, '_' | '-') { ' ' } else { c }).collect();
    let words: Vec<&str> =
        spaced.split(|c: char| c.is_whitespace() || c == '\u{200b}').filter(|w| !w.is_empty()).collect();
    words.join(" ").to_lowercase()
}

/// Whether a heading in the form for comparison is that of a column.
fn is_key(heading: &str, column: &str) -> bool {
    let plain = |b: u8| if matches!(b, b'_' | b'-') { b' ' } else { b.to_ascii_lowercase() };
    let is_odd = |b: u8| !b.is_ascii() || b.is_ascii_control();
    if column.bytes().any(is_odd) || column.split([' ', '_', '-']).any(str::is_empty) {
        return key(column) == heading;
    }
    column.len() == heading.len() && column.bytes().map(plain).eq(heading.bytes())
}

fn shown(row: &SheetRow) -> String {
    format!("\"{}\"", excerpt(row.cells.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str)))
}

/// The beginning of a cell, on one line.
fn excerpt(cell: &str) -> String {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(40) {
        None => line,
        Some((end, _)) => format!("{}...", line[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_key, key};

    #[test]
    fn a_column_is_compared_as_its_key_is() {
        let columns =
            ["occupation_a", "Merge with", "e-mail", "id", "", " id", "a__b", "a\tb", "Straße", "no-", "\u{200b}id"];
        let headings =
            ["occupation a", "Occupation-A", "merge  with", "E-Mail", "ID ", "", "a b", "STRASSE", "straße", "no"];
        for column in columns {
            for heading in columns.into_iter().chain(headings) {
                assert_eq!(is_key(&key(heading), column), key(heading) == key(column), "{heading:?} {column:?}");
            }
        }
    }
}
