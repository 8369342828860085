//! Groups many responses into proposals.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::form::FORM;
use super::people::{Names, PERSONAL, People};
use super::requests::{Asking, COLUMNS, Request, Row, TABLE, rows};
use super::screening::{Proposal, Question, Respondent, ResponseNote, ResponseScreening, Screening};
use super::{Consultation, ConsultationError};
use crate::read::RawOccupation;
use crate::table::{Columns, Table, csv, no_formula};

impl<'m> Consultation<'m> {
    /// Returns what many responses propose: each different proposal once,
    /// screened, those that change most first; ties: the order of the file.
    ///
    /// # The file
    ///
    /// A table with a header, as read by [`table`](mod@crate::table). Columns
    /// may come in any order; others are noted and ignored.
    ///
    /// | Column | Content |
    /// |---|---|
    /// | `question` | `a`, `b` or `c`; always required |
    /// | `occupation` | (a) the title of the new one; (b) the id or title of the one to move |
    /// | `level` | (a) its level, 2 to 7, optional; the one that most give counts |
    /// | `to` | (a) the proposed place, optional; (b) the new place |
    /// | `from` | (b) the assumed current place; a note is made if it is wrong |
    /// | `to` or `from` | (c) the branch; otherwise the column `map` |
    /// | `map` | a route; decides between branches or occupations with the same name |
    /// | `rationale` | the reason |
    /// | `respondent`, `organisation`, `email` | the person who responded |
    ///
    /// The export of a form is read too: a row for each respondent, the three
    /// questions as columns, recognised by their letter or their words, and their
    /// reasons. A line of an answer is a response. What it proposes is read out of its
    /// first sentence ("Bricklayer should move to Catering"), and a note says how it was
    /// read.
    ///
    /// A name that differs from the only one on the map by a plural, a hyphen or a slip
    /// is taken, with a note.
    ///
    /// Personal details appear in no result unless [`People::Named`] asks for
    /// them. Rationales and new titles are given word for word, except for
    /// words with an `@`, the row's own cells of those three columns, and cells
    /// of these columns with two or more words in any row (as whole words, in
    /// any case). Other names in the text must be removed by a reader. Notes
    /// name the column of a cell that is not understood and do not show the
    /// cell.
    ///
    /// Proposals are the same if they answer the same question on the same
    /// occupation (by id; a new one by [`title_key`](crate::text::title_key)) or branch, with the same
    /// target. A new title is shown in its most frequent spelling; ties:
    /// alphabetically. Only the title of a new occupation is known.
    ///
    /// A row that cannot be read or applied is listed with its line and the
    /// reason. The others are still processed.
    ///
    /// # Errors
    ///
    /// [`ConsultationError::Table`]: the column `question` is missing, a known
    /// column appears twice, or a quote is never closed.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::consult::{Consultation, People};
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../fixtures/maps/consultation.json"))?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
    ///
    /// let csv = "\
    /// question,occupation,to,respondent,rationale
    /// b,Bricklayer,Caterer,Pat Jones,They cook too
    /// c,,protective-services,Sam Smith,
    /// b,LARS287,catering,Lee Brown,
    /// b,bricklayers,caterer,Kim White,No idea
    /// b,Brick layering,caterer,Ann Black,
    /// ";
    /// let screened = consultation.responses(csv, People::LeftOut)?;
    /// assert_eq!(screened.responses, 5);
    /// let ranked: Vec<(&str, usize)> = screened.proposals.iter().map(|p| (p.title.as_str(), p.responses)).collect();
    /// assert_eq!(ranked[0], ("Open Protective services", 1));
    /// assert_eq!(ranked[1], ("Move Bricklayer (LARS287) to Caterer", 2));
    /// let wrong = &screened.not_screened[0];
    /// assert_eq!((wrong.line, wrong.message.contains("did you mean \"Bricklayer\"?")), (6, true));
    /// assert_eq!(screened.notes[0].message, "\"occupation\" is taken as Bricklayer (LARS287)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the rows, plus a screening for each different proposal.
    pub fn responses(&self, csv: &str, people: People) -> Result<ResponseScreening, ConsultationError> {
        let table = Table::read(csv.as_bytes(), Consultation::RESPONSES)?;
        Ok(self.responses_watched(&table, people, |_, _| {}))
    }

    /// The columns of a file of responses: a row for each proposal, or the export of a
    /// form.
    pub const RESPONSES: &'static [Columns] = &[TABLE, FORM];

    /// Like [`Consultation::responses`], for a table that was read by
    /// [`Consultation::RESPONSES`] (CSV as spreadsheets save it, or a
    /// workbook). Before each screening, `watch` is called with the number done
    /// and the total.
    ///
    /// # Complexity
    ///
    /// As [`Consultation::responses`].
    pub fn responses_watched(
        &self,
        table: &Table,
        people: People,
        watch: impl FnMut(usize, usize),
    ) -> ResponseScreening {
        self.responses_corrected(table, None, people, watch).0
    }

    /// Like [`Consultation::responses_watched`]; also returns the rows that could not be
    /// screened as CSV, for a person to mend: the columns of a file of responses without
    /// the respondent's, `row` (which row it is) and `reason` (what to mend). Personal
    /// details are left out as in [`Consultation::responses`].
    ///
    /// `corrected` is that file, mended. Each of its rows replaces the one that its column
    /// `row` names, so nothing is counted twice; one that names no row is a further
    /// response.
    ///
    /// # Complexity
    ///
    /// As [`Consultation::responses`].
    pub fn responses_corrected(
        &self,
        table: &Table,
        corrected: Option<&Table>,
        people: People,
        mut watch: impl FnMut(usize, usize),
    ) -> (ResponseScreening, String) {
        let mut out =
            ResponseScreening { responses: 0, proposals: Vec::new(), not_screened: Vec::new(), notes: Vec::new() };
        let mut rejected: Vec<(Row, String)> = Vec::new();
        let mut groups: IndexMap<(Question, String, Option<String>), Group<'m>> = IndexMap::new();
        let rows = read(table, corrected, people, &mut out);
        for row in rows {
            out.responses += 1;
            match (Asking { map: self.map, row: &row, people, notes: &mut out.notes }).request() {
                Ok(asked) => {
                    let group = groups.entry(asked.key()).or_insert_with(|| Group::new(asked.clone()));
                    group.rows.push(row);
                    if let Request::New { title, level, .. } = asked {
                        *group.titles.entry(title).or_default() += 1;
                        level.into_iter().for_each(|level| *group.levels.entry(level).or_default() += 1);
                    }
                }
                Err(reason) => rejected.push((row, reason)),
            }
        }
        let many = groups.len();
        for (done, (_, group)) in groups.into_iter().enumerate() {
            watch(done, many);
            match self.screen(&group) {
                Ok((size, screening)) => out.proposals.push(group.proposal(people, size, screening)),
                Err(error) => rejected.extend(group.rows.into_iter().map(|row| (row, error.to_string()))),
            }
        }
        watch(many, many);
        // stable: ties stay in the order of the file
        out.proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.size));
        rejected.sort_by_key(|(row, _)| row.line);
        let note = |(row, reason): &(Row, String)| ResponseNote { line: row.line, message: reason.clone() };
        out.not_screened = rejected.iter().map(note).collect();
        (out, to_mend(&rejected))
    }

    fn screen(&self, group: &Group<'m>) -> Result<(usize, Screening), ConsultationError> {
        match &group.asked {
            Request::New { to, .. } => {
                let mut new = RawOccupation::default();
                (new.title, new.level) = (Some(group.new_title()), group.level());
                let screening = self.screen_new(&new, *to)?;
                Ok((screening.outcome.as_ref().map_or(0, |o| o.size), screening.into()))
            }
            Request::Move { occupation, to } => {
                self.screen_move(*occupation, *to).map(|screening| (screening.outcome.size, screening.into()))
            }
            Request::Open { branch } => {
                self.screen_open(*branch).map(|screening| (screening.outcome.size, screening.into()))
            }
        }
    }
}

/// The rows of a file, those that are corrected replaced, without personal details
/// unless they are asked for.
fn read(table: &Table, corrected: Option<&Table>, people: People, out: &mut ResponseScreening) -> Vec<Row> {
    let mut all = rows(table, out);
    for row in all.iter_mut().filter(|row| row.key.is_empty()) {
        row.key = row.line.to_string();
    }
    let mut corrections = corrected.map(|table| rows(table, out)).unwrap_or_default();
    let by_key: HashMap<String, usize> = all.iter().enumerate().map(|(at, row)| (row.key.clone(), at)).collect();
    let mut is_replaced = vec![false; all.len()];
    for row in &mut corrections {
        if let Some(at) = by_key.get(&row.key) {
            row.replace(&all[*at]);
            is_replaced[*at] = true;
        }
    }
    let mut kept = is_replaced.into_iter().map(|is_replaced| !is_replaced);
    all.retain(|_| kept.next().unwrap_or(true));
    all.extend(corrections);
    // stable: several rows of a line in their order
    all.sort_by_key(|row| row.line);
    if people == People::LeftOut {
        let names = Names::of(all.iter().flat_map(Row::personal));
        all.iter_mut().for_each(|row| row.leave_out(&names));
    }
    all
}

/// Rows as CSV, each with the reason why it was not screened.
fn to_mend(rejected: &[(Row, String)]) -> String {
    let columns = COLUMNS.into_iter().filter(|column| !PERSONAL.contains(column));
    let header = ["row"].into_iter().chain(columns.clone()).chain(["reason"]).map(str::to_owned).collect();
    let line = |(row, reason): &(Row, String)| -> Vec<String> {
        let cells = columns.clone().map(|column| no_formula(row.cell(column).unwrap_or_default()));
        [row.key.clone()].into_iter().chain(cells).chain([reason.clone()]).collect()
    };
    csv(std::iter::once(header).chain(rejected.iter().map(line)))
}

/// Responses with the same proposal.
struct Group<'m> {
    asked: Request<'m>,
    rows: Vec<Row>,
    /// The spellings of a new title.
    titles: BTreeMap<String, usize>,
    /// The levels that are given for it.
    levels: BTreeMap<i64, usize>,
}

impl<'m> Group<'m> {
    fn new(asked: Request<'m>) -> Self {
        Group { asked, rows: Vec::new(), titles: BTreeMap::new(), levels: BTreeMap::new() }
    }

    /// The new title in its most frequent spelling; ties: alphabetically.
    fn new_title(&self) -> String {
        let most = self.titles.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map(|(title, _)| title.clone()).unwrap_or_default()
    }

    /// The level that most give; ties: the lowest.
    fn level(&self) -> Option<i64> {
        self.levels.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(level, _)| *level)
    }

    fn proposal(self, people: People, size: usize, screening: Screening) -> Proposal {
        let (question, title) = match &self.asked {
            Request::New { level, to, .. } => {
                let named = Request::New { title: self.new_title(), level: *level, to: *to };
                (Question::A, named.in_words())
            }
            asked @ Request::Move { .. } => (Question::B, asked.in_words()),
            asked @ Request::Open { .. } => (Question::C, asked.in_words()),
        };
        let mut rationales: Vec<String> = Vec::new();
        for row in &self.rows {
            rationales.extend(row.cell("rationale").map(str::to_owned).filter(|why| !rationales.contains(why)));
        }
        let respondent = |row: &Row| {
            let [respondent, organisation, email] = PERSONAL.map(|column| row.cell(column).map(str::to_owned));
            let someone = respondent.is_some() || organisation.is_some() || email.is_some();
            someone.then_some(Respondent { line: row.line, respondent, organisation, email })
        };
        let respondents = match people {
            People::LeftOut => Vec::new(),
            People::Named => self.rows.iter().filter_map(respondent).collect(),
        };
        Proposal {
            question,
            title,
            responses: self.rows.len(),
            lines: self.rows.iter().map(|row| row.line).collect(),
            rationales,
            respondents,
            size,
            screening,
        }
    }
}
