//! Groups many responses into proposals.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::names;
use super::people::{Names, PERSONAL, People};
use super::screening::{Proposal, Question, Respondent, ResponseNote, ResponseScreening, Screening};
use super::{Consultation, ConsultationError};
use crate::map::{Branch, Occupation, Route};
use crate::read::{RawOccupation, excerpt};
use crate::table::{self, Columns, Table};
use crate::text::name_key;

const COLUMNS: [&str; 9] =
    ["respondent", "organisation", "email", "map", "question", "occupation", "from", "to", "rationale"];
const TABLE: Columns = Columns::new("a file of responses", &["question"])
    .with_optional(&["respondent", "organisation", "email", "map", "occupation", "from", "to", "rationale"])
    .with_aliases(&[("e-mail", "email"), ("organization", "organisation"), ("e-mail address", "email")])
    .noting_others()
    .holding_private_cells()
    .taking_long_rows();

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
    /// | `to` | (a) the proposed place, optional; (b) the new place |
    /// | `from` | (b) the assumed current place; a note is made if it is wrong |
    /// | `to` or `from` | (c) the branch; otherwise the column `map` |
    /// | `map` | a route; decides between branches or occupations with the same name |
    /// | `rationale` | the reason |
    /// | `respondent`, `organisation`, `email` | the person who responded |
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
    /// occupation (by id; a new one by [`name_key`]) or branch, with the same
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
    /// b,bricklayer,caterer,Kim White,No idea
    /// b,Brickleyer,caterer,Ann Black,
    /// ";
    /// let screened = consultation.responses(csv, People::LeftOut)?;
    /// assert_eq!(screened.responses, 5);
    /// let ranked: Vec<(&str, usize)> = screened.proposals.iter().map(|p| (p.title.as_str(), p.responses)).collect();
    /// assert_eq!(ranked[0], ("Open Protective services", 1));
    /// assert_eq!(ranked[1], ("Move Bricklayer (LARS287) to Caterer", 2));
    /// let wrong = &screened.not_screened[0];
    /// assert_eq!((wrong.line, wrong.message.contains("did you mean \"Bricklayer\"?")), (6, true));
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

    /// The columns of a file of responses.
    pub const RESPONSES: &'static [Columns] = &[TABLE];

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
        mut watch: impl FnMut(usize, usize),
    ) -> ResponseScreening {
        let mut out =
            ResponseScreening { responses: 0, proposals: Vec::new(), not_screened: Vec::new(), notes: Vec::new() };
        let mut groups: IndexMap<(Question, String, Option<String>), Group<'m>> = IndexMap::new();
        let mut rows = rows(table, &mut out);
        if people == People::LeftOut {
            let names = Names::of(rows.iter().flat_map(Row::personal));
            rows.iter_mut().for_each(|row| row.leave_out(&names));
        }
        for row in rows {
            out.responses += 1;
            match self.asked(&row, people, &mut out.notes) {
                Ok(asked) => {
                    let group = groups.entry(asked.key()).or_insert_with(|| Group::new(asked.clone()));
                    group.rows.push(row);
                    if let Request::New { title, .. } = asked {
                        *group.titles.entry(title).or_default() += 1;
                    }
                }
                Err(message) => out.not_screened.push(ResponseNote { line: row.line, message }),
            }
        }
        let many = groups.len();
        for (done, (_, group)) in groups.into_iter().enumerate() {
            watch(done, many);
            match self.screen(&group) {
                Ok((size, screening)) => out.proposals.push(group.proposal(people, size, screening)),
                Err(error) => {
                    let note = |row: &Row| ResponseNote { line: row.line, message: error.to_string() };
                    out.not_screened.extend(group.rows.iter().map(note));
                }
            }
        }
        watch(many, many);
        // stable: ties stay in the order of the file
        out.proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.size));
        out.not_screened.sort_by_key(|note| note.line);
        out
    }

    /// The request of a row.
    fn asked(&self, row: &Row, people: People, notes: &mut Vec<ResponseNote>) -> Result<Request<'m>, String> {
        let question = row.cell("question").ok_or("the question is empty; give a, b or c")?;
        let route = self.route(row, people, notes);
        let branch = |column: &'static str, cell: &str| {
            let prefers = |b: Branch<'m>| route.is_some_and(|route| b.route() == route);
            names::branch(self.map, cell, prefers).map_err(|e| people.told(&e, column))
        };
        match row.letter().as_deref().unwrap_or_default() {
            "a" => {
                let title = row
                    .cell("occupation")
                    .filter(|title| !Names::is_all_left_out(title))
                    .ok_or("the title of the new occupation is missing; give it in the column \"occupation\"")?;
                let to = row.cell("to").map(|to| branch("to", to)).transpose()?;
                Ok(Request::New { title: title.to_owned(), to })
            }
            "b" => {
                let named = row
                    .cell("occupation")
                    .ok_or("the occupation to move is missing; give its id or title in the column \"occupation\"")?;
                let to = row
                    .cell("to")
                    .ok_or("the place to move to is missing; give a route, pathway or cluster in the column \"to\"")?;
                let occupation = names::occupation(self.map, named, route);
                let occupation = occupation.map_err(|e| people.told(&e, "occupation"))?;
                let to = branch("to", to)?;
                if let Some(from) = row.cell("from") {
                    let note = match branch("from", from) {
                        Ok(branch) if branch.holds(occupation.cluster()) => None,
                        Ok(branch) => {
                            let (id, at) = (occupation.id(), occupation.cluster().id());
                            Some(format!("\"{id}\" is not in \"{}\" but in \"{at}\"", branch.id()))
                        }
                        Err(message) => Some(format!("{message} (not used)")),
                    };
                    notes.extend(note.map(|message| ResponseNote { line: row.line, message }));
                }
                Ok(Request::Move { occupation, to })
            }
            "c" => {
                let [from, to] = ["from", "to"].map(|column| row.cell(column).map(|cell| branch(column, cell)));
                let branch = match (from.transpose()?, to.transpose()?) {
                    (Some(a), Some(b)) if a.id() != b.id() => {
                        return Err(format!("two branches are named (\"{}\", \"{}\"); name one", a.id(), b.id()));
                    }
                    (Some(branch), _) | (None, Some(branch)) => branch,
                    (None, None) => {
                        Branch::Route(route.ok_or("the branch to open is missing; give it in the column \"to\"")?)
                    }
                };
                Ok(Request::Open { branch })
            }
            _ if people == People::LeftOut => {
                Err("the column \"question\" holds something else; give a, b or c".to_owned())
            }
            _ => Err(format!("\"{}\" is not a question; give a, b or c", excerpt(question, 40))),
        }
    }

    /// The route that the column `map` names.
    fn route(&self, row: &Row, people: People, notes: &mut Vec<ResponseNote>) -> Option<Route<'m>> {
        let cell = row.cell("map")?;
        match self.map.find_route(cell) {
            Ok(route) => Some(route),
            Err(error) => {
                let message = format!("{} (not used)", people.told(&error, "map"));
                notes.push(ResponseNote { line: row.line, message });
                None
            }
        }
    }

    fn screen(&self, group: &Group<'m>) -> Result<(usize, Screening), ConsultationError> {
        match &group.asked {
            Request::New { to, .. } => {
                let new = RawOccupation { title: Some(group.new_title()), ..RawOccupation::default() };
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

/// The request of a response.
#[derive(Clone, Debug)]
enum Request<'m> {
    New { title: String, to: Option<Branch<'m>> },
    Move { occupation: Occupation<'m>, to: Branch<'m> },
    Open { branch: Branch<'m> },
}

impl Request<'_> {
    /// The key that responses with the same proposal share.
    fn key(&self) -> (Question, String, Option<String>) {
        match self {
            Request::New { title, to } => (Question::A, name_key(title), to.map(|to| to.id().to_owned())),
            Request::Move { occupation, to } => (Question::B, occupation.id().to_owned(), Some(to.id().to_owned())),
            Request::Open { branch } => (Question::C, branch.id().to_owned(), None),
        }
    }
}

/// Responses with the same proposal.
struct Group<'m> {
    asked: Request<'m>,
    rows: Vec<Row>,
    /// The spellings of a new title.
    titles: BTreeMap<String, usize>,
}

impl<'m> Group<'m> {
    fn new(asked: Request<'m>) -> Self {
        Group { asked, rows: Vec::new(), titles: BTreeMap::new() }
    }

    /// The new title in its most frequent spelling; ties: alphabetically.
    fn new_title(&self) -> String {
        let most = self.titles.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map(|(title, _)| title.clone()).unwrap_or_default()
    }

    fn proposal(self, people: People, size: usize, screening: Screening) -> Proposal {
        let (question, title) = match &self.asked {
            Request::New { to: None, .. } => (Question::A, format!("New: {}", self.new_title())),
            Request::New { to: Some(to), .. } => (Question::A, format!("New: {} in {}", self.new_title(), to.name())),
            Request::Move { occupation: o, to } => {
                (Question::B, format!("Move {} ({}) to {}", o.title(), o.id(), to.name()))
            }
            Request::Open { branch } => (Question::C, format!("Open {}", branch.name())),
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

struct Row {
    line: u64,
    cells: [String; COLUMNS.len()],
}

impl Row {
    /// The letter of the question, without brackets and the like.
    fn letter(&self) -> Option<String> {
        self.cell("question").map(|cell| cell.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    }

    fn cell(&self, column: &str) -> Option<&str> {
        let at = COLUMNS.iter().position(|known| *known == column)?;
        Some(self.cells[at].as_str()).filter(|cell| !cell.is_empty())
    }

    fn personal(&self) -> impl Iterator<Item = &str> {
        PERSONAL.iter().filter_map(|column| self.cell(column))
    }

    /// Removes personal details from what is printed verbatim.
    fn leave_out(&mut self, names: &Names) {
        let own: Vec<String> = self.personal().map(str::to_owned).collect();
        for column in ["occupation", "rationale"] {
            let is_printed = column == "rationale" || self.letter().as_deref() == Some("a");
            if let Some(text) = self.cell(column).filter(|_| is_printed).map(|text| names.without(text, &own))
                && let Some(at) = COLUMNS.iter().position(|known| *known == column)
            {
                self.cells[at] = text;
            }
        }
    }
}

/// The rows of the file; unreadable ones become notes.
fn rows(table: &Table, out: &mut ResponseScreening) -> Vec<Row> {
    let note = |note: &table::Note| ResponseNote { line: note.line, message: note.message.clone() };
    out.notes.extend(table.notes().iter().map(note));
    let mut rows = Vec::new();
    for row in table.rows() {
        let line = row.line();
        if row.excess() > 0 {
            let (cells, known) = (row.width() + row.excess(), row.width());
            let message = format!("the row has {cells} cells, the header {known}; put a text with commas in quotes");
            out.responses += 1;
            out.not_screened.push(ResponseNote { line, message });
            continue;
        }
        rows.push(Row { line, cells: COLUMNS.map(|column| row.cell(column).to_owned()) });
    }
    rows
}
