//! Many responses, as proposals.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use itertools::Itertools as _;

use super::model::{Proposal, Question, Respondent, ResponseNote, ResponseScreening, Screening};
use super::names::{self, Branch};
use super::{Consultation, ConsultationError};
use crate::concept::csv_message;
use crate::map::{Occupation, Route};
use crate::read::{RawOccupation, excerpt};
use crate::text::{closest, name_key};

const COLUMNS: [&str; 9] =
    ["respondent", "organisation", "email", "map", "question", "occupation", "from", "to", "rationale"];
/// Those that say who answered.
const PERSONAL: [&str; 3] = ["respondent", "organisation", "email"];
/// What stands in a rationale for what says who wrote it.
const LEFT_OUT: &str = "(left out)";

/// What becomes of the columns that say who answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum People {
    /// They are not read into any result.
    #[default]
    LeftOut,
    /// They stand with the proposals.
    Named,
}

impl<'m> Consultation<'m> {
    /// What many responses propose: each different proposal once, screened, those
    /// that change most first; ties in the order of the file.
    ///
    /// # The file
    ///
    /// CSV with a header; columns in any order, others are noted and not used.
    ///
    /// | Column | What it holds |
    /// |---|---|
    /// | `question` | `a`, `b` or `c`; always needed |
    /// | `occupation` | (a) the title of the new one; (b) the id or title of the one to move |
    /// | `to` | (a) where it might stand, if anything is said; (b) where to |
    /// | `from` | (b) where it is thought to stand: noted if it does not |
    /// | `to` or `from` | (c) the branch; else the column `map` |
    /// | `map` | a route; decides between branches or occupations of one name |
    /// | `rationale` | why |
    /// | `respondent`, `organisation`, `email` | who answered |
    ///
    /// Who answered stands in no result unless [`People::Named`] asks for it.
    /// Rationales and messages are given word for word, but for the cells of those
    /// three columns of their row and, if they have several words, of any row (as
    /// whole words, in any case), and words with an `@`; who else they name, a
    /// reader must see to.
    ///
    /// Proposals are the same that answer the same question on the same
    /// occupation (by id; a new one by [`name_key`]) or branch, with the same
    /// target. A new title is shown as most spell it, ties by the alphabet. Of a
    /// new occupation no more is known than its title.
    ///
    /// A row that cannot be read or applied is listed with its line and the
    /// reason, and does not stop the others.
    ///
    /// # Errors
    ///
    /// [`ConsultationError::Csv`]: the column `question` is missing, or one that
    /// is known stands twice.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::change::consult::{Consultation, People};
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
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
    /// `O(n)` in the rows, and a screening for each different proposal.
    pub fn responses(&self, csv: &str, people: People) -> Result<ResponseScreening, ConsultationError> {
        self.responses_watched(csv, people, |_, _| {})
    }

    /// [`Consultation::responses`] that tells before each screening how many are
    /// done, and of how many.
    ///
    /// # Errors
    ///
    /// As [`Consultation::responses`].
    ///
    /// # Complexity
    ///
    /// As [`Consultation::responses`].
    pub fn responses_watched(
        &self,
        csv: &str,
        people: People,
        mut watch: impl FnMut(usize, usize),
    ) -> Result<ResponseScreening, ConsultationError> {
        let mut out =
            ResponseScreening { responses: 0, proposals: Vec::new(), not_screened: Vec::new(), notes: Vec::new() };
        let mut groups: IndexMap<(Question, String, Option<String>), Group<'m>> = IndexMap::new();
        let rows = rows(csv, &mut out)?;
        let others = Names::of(&rows);
        let shown = |row: &Row, text: &str| match people {
            People::LeftOut => row.masked(text, &others),
            People::Named => text.to_owned(),
        };
        for row in rows {
            out.responses += 1;
            let known = out.notes.len();
            let asked = self.asked(&row, &mut out.notes);
            // a cell that is quoted may say who answered, in the wrong column
            out.notes[known..].iter_mut().for_each(|note| note.message = shown(&row, &note.message));
            match asked {
                Ok(asked) => {
                    let group = groups.entry(asked.key()).or_insert_with(|| Group::new(asked.clone()));
                    group.rows.push(row);
                    if let Asked::New { title, .. } = asked {
                        *group.titles.entry(title).or_default() += 1;
                    }
                }
                Err(message) => {
                    out.not_screened.push(ResponseNote { line: row.line, message: shown(&row, &message) });
                }
            }
        }
        let many = groups.len();
        for (done, (_, group)) in groups.into_iter().enumerate() {
            watch(done, many);
            match self.screen(&group) {
                Ok((size, screening)) => out.proposals.push(group.proposal(people, size, screening, &shown)),
                Err(error) => {
                    let message = error.to_string();
                    let note = |row: &Row| ResponseNote { line: row.line, message: shown(row, &message) };
                    out.not_screened.extend(group.rows.iter().map(note));
                }
            }
        }
        watch(many, many);
        // stable: ties stay in the order of the file
        out.proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.size));
        out.not_screened.sort_by_key(|note| note.line);
        Ok(out)
    }

    /// What a row asks.
    fn asked(&self, row: &Row, notes: &mut Vec<ResponseNote>) -> Result<Asked<'m>, String> {
        let question = row.cell("question").ok_or("the question is empty; give a, b or c")?;
        let letter = question.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let route = self.route(row, notes);
        match letter.as_str() {
            "a" => {
                let title = row
                    .cell("occupation")
                    .ok_or("the title of the new occupation is missing; give it in the column \"occupation\"")?;
                let to = row.cell("to").map(|to| self.branch(to, route)).transpose()?;
                Ok(Asked::New { title: title.to_owned(), to })
            }
            "b" => {
                let named = row
                    .cell("occupation")
                    .ok_or("the occupation to move is missing; give its id or title in the column \"occupation\"")?;
                let to = row
                    .cell("to")
                    .ok_or("the place to move to is missing; give a route, pathway or cluster in the column \"to\"")?;
                let occupation = names::occupation(self.map, named, route).map_err(|e| e.to_string())?;
                let to = self.branch(to, route)?;
                if let Some(from) = row.cell("from") {
                    let note = match self.branch(from, route) {
                        Ok(branch) if branch.holds(occupation.cluster()) => None,
                        Ok(branch) => {
                            let (id, at) = (occupation.id(), occupation.cluster().id());
                            Some(format!("\"{id}\" does not stand in \"{}\" but in \"{at}\"", branch.id()))
                        }
                        Err(message) => Some(format!("{message}; the column \"from\" was not used")),
                    };
                    notes.extend(note.map(|message| ResponseNote { line: row.line, message }));
                }
                Ok(Asked::Move { occupation, to })
            }
            "c" => {
                let [from, to] = ["from", "to"].map(|column| row.cell(column).map(|cell| self.branch(cell, route)));
                let branch = match (from.transpose()?, to.transpose()?) {
                    (Some(a), Some(b)) if a.id() != b.id() => {
                        return Err(format!("two branches are named (\"{}\", \"{}\"); name one", a.id(), b.id()));
                    }
                    (Some(branch), _) | (None, Some(branch)) => branch,
                    (None, None) => {
                        Branch::Route(route.ok_or("the branch to open is missing; give it in the column \"to\"")?)
                    }
                };
                Ok(Asked::Open { branch })
            }
            _ => Err(format!("\"{}\" is not a question; give a, b or c", excerpt(question, 40))),
        }
    }

    fn branch(&self, wanted: &str, route: Option<Route<'m>>) -> Result<Branch<'m>, String> {
        let prefers = |b: Branch<'m>| route.is_some_and(|route| b.route() == route);
        names::branch(self.map, wanted, prefers).map_err(|e| e.to_string())
    }

    /// The route that the column `map` names.
    fn route(&self, row: &Row, notes: &mut Vec<ResponseNote>) -> Option<Route<'m>> {
        let cell = row.cell("map")?;
        let key = name_key(cell);
        let map = self.map;
        let found = map.route(cell).or_else(|| map.routes().find(|r| name_key(r.name()) == key));
        if found.is_none() {
            let hint = closest(cell, map.routes().flat_map(|r| [r.name(), r.id()]));
            let hint = hint.map_or_else(String::new, |hint| format!(" (did you mean \"{hint}\"?)"));
            let message =
                format!("the map has no route \"{}\"{hint}; the column \"map\" was not used", excerpt(cell, 60));
            notes.push(ResponseNote { line: row.line, message });
        }
        found
    }

    fn screen(&self, group: &Group<'m>) -> Result<(usize, Screening), ConsultationError> {
        match &group.asked {
            Asked::New { to, .. } => {
                let new = RawOccupation { title: Some(group.new_title()), ..RawOccupation::default() };
                let screening = self.screen_new(&new, *to)?;
                Ok((screening.outcome.as_ref().map_or(0, |o| o.size), screening.into()))
            }
            Asked::Move { occupation, to } => {
                self.screen_move(*occupation, *to).map(|screening| (screening.outcome.size, screening.into()))
            }
            Asked::Open { branch } => {
                self.screen_open(*branch).map(|screening| (screening.outcome.size, screening.into()))
            }
        }
    }
}

/// What a response proposes.
#[derive(Clone, Debug)]
enum Asked<'m> {
    New { title: String, to: Option<Branch<'m>> },
    Move { occupation: Occupation<'m>, to: Branch<'m> },
    Open { branch: Branch<'m> },
}

impl Asked<'_> {
    /// What is the same in responses that propose the same.
    fn key(&self) -> (Question, String, Option<String>) {
        match self {
            Asked::New { title, to } => (Question::A, name_key(title), to.map(|to| to.id().to_owned())),
            Asked::Move { occupation, to } => (Question::B, occupation.id().to_owned(), Some(to.id().to_owned())),
            Asked::Open { branch } => (Question::C, branch.id().to_owned(), None),
        }
    }
}

/// Responses that propose the same.
struct Group<'m> {
    asked: Asked<'m>,
    rows: Vec<Row>,
    /// The spellings of a new title.
    titles: BTreeMap<String, usize>,
}

impl<'m> Group<'m> {
    fn new(asked: Asked<'m>) -> Self {
        Group { asked, rows: Vec::new(), titles: BTreeMap::new() }
    }

    /// The new title as most spell it, ties by the alphabet.
    fn new_title(&self) -> String {
        let most = self.titles.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map(|(title, _)| title.clone()).unwrap_or_default()
    }

    fn proposal(
        self,
        people: People,
        size: usize,
        screening: Screening,
        shown: &impl Fn(&Row, &str) -> String,
    ) -> Proposal {
        let (question, title) = match &self.asked {
            Asked::New { to: None, .. } => (Question::A, format!("New: {}", self.new_title())),
            Asked::New { to: Some(to), .. } => (Question::A, format!("New: {} in {}", self.new_title(), to.name())),
            Asked::Move { occupation: o, to } => {
                (Question::B, format!("Move {} ({}) to {}", o.title(), o.id(), to.name()))
            }
            Asked::Open { branch } => (Question::C, format!("Open {}", branch.name())),
        };
        let mut rationales: Vec<String> = Vec::new();
        for row in &self.rows {
            let rationale = shown(row, row.cell("rationale").unwrap_or_default());
            if !rationale.is_empty() && !rationales.contains(&rationale) {
                rationales.push(rationale);
            }
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
    fn cell(&self, column: &str) -> Option<&str> {
        let at = COLUMNS.iter().position(|known| *known == column)?;
        Some(self.cells[at].as_str()).filter(|cell| !cell.is_empty())
    }

    /// A text of this row, or about it, without who gave the row, the names that
    /// `others` gave, and addresses.
    fn masked(&self, text: &str, others: &Names) -> String {
        let own: Vec<&str> = PERSONAL.iter().filter_map(|column| self.cell(column)).collect();
        let text = without(text, |rest| own.iter().filter_map(|cell| begins(rest, cell)).max());
        let text = without(&text, |rest| others.begins(rest));
        text.split(' ').map(|word| if word.contains('@') { LEFT_OUT } else { word }).join(" ")
    }
}

/// Names of several words that anybody gave: by their first words, in small
/// letters. A single word may be a word of the language.
struct Names(HashMap<String, Vec<String>>);

impl Names {
    fn of(rows: &[Row]) -> Self {
        let mut names: HashMap<String, Vec<String>> = HashMap::new();
        for cell in rows.iter().flat_map(|row| PERSONAL.iter().filter_map(|column| row.cell(column))) {
            if cell.contains(' ') {
                let same = names.entry(first_word(cell).to_lowercase()).or_default();
                if !same.iter().any(|known| known == cell) {
                    same.push(cell.to_owned());
                }
            }
        }
        Names(names)
    }

    /// How much of a text is a name that it begins with: the longest.
    fn begins(&self, text: &str) -> Option<usize> {
        let same = self.0.get(&first_word(text).to_lowercase())?;
        same.iter().filter_map(|name| begins(text, name)).max()
    }
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// How much of a text is a cell that it begins with, as whole words.
fn begins(text: &str, cell: &str) -> Option<usize> {
    let found = text.get(..cell.len()).filter(|found| found.eq_ignore_ascii_case(cell))?;
    (!found.is_empty() && !is_word(text[found.len()..].chars().next())).then_some(found.len())
}

/// A text without what `find` finds at the beginnings of words; parts of other
/// words stay.
fn without(text: &str, find: impl Fn(&str) -> Option<usize>) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut before) = (text, None);
    while let Some(next) = rest.chars().next() {
        let length = match Some(rest).filter(|_| !is_word(before)).and_then(&find) {
            Some(found) => {
                out.push_str(LEFT_OUT);
                found
            }
            None => {
                out.push(next);
                next.len_utf8()
            }
        };
        before = rest[..length].chars().next_back();
        rest = &rest[length..];
    }
    out
}

/// The rows of the file; what cannot be read goes to the notes.
fn rows(text: &str, out: &mut ResponseScreening) -> Result<Vec<Row>, ConsultationError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ::csv::ReaderBuilder::new().trim(::csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let error = |e: &::csv::Error| {
        let message = format!("not valid CSV: {}; correct the row", csv_message(e));
        ConsultationError::Csv { line: e.position().map_or(1, ::csv::Position::line), message }
    };
    let headers = reader.headers().map_err(|e| error(&e))?.clone();
    let places = columns(&headers, out)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| error(&e))?;
        let line = record.position().map_or(0, ::csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != headers.len() {
            let (cells, known) = (record.len(), headers.len());
            let message = format!("the row has {cells} cells, the header {known}; correct the row");
            out.responses += 1;
            out.not_screened.push(ResponseNote { line, message });
            continue;
        }
        let cell = |place: Option<usize>| place.and_then(|i| record.get(i)).unwrap_or_default().to_owned();
        rows.push(Row { line, cells: places.map(cell) });
    }
    Ok(rows)
}

/// Where each known column stands.
fn columns(
    headers: &::csv::StringRecord,
    out: &mut ResponseScreening,
) -> Result<[Option<usize>; COLUMNS.len()], ConsultationError> {
    let wrong = |message: String| ConsultationError::Csv { line: 1, message };
    let mut places = [None; COLUMNS.len()];
    let mut unknown = Vec::new();
    for (i, header) in headers.iter().enumerate() {
        match COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(header)) {
            Some(at) if places[at].is_none() => places[at] = Some(i),
            Some(at) => return Err(wrong(format!("the column \"{}\" stands twice; keep one of them", COLUMNS[at]))),
            None => unknown.push(header),
        }
    }
    if places[COLUMNS.iter().position(|column| *column == "question").unwrap_or(0)].is_none() {
        // what is no header may be somebody's answer: only what is near is told
        let near = closest("question", unknown).map_or_else(String::new, |near| format!(" (\"{near}\" is not it)"));
        let message = format!(
            "the column \"question\" is missing{near}; the header needs it, and may have {}",
            COLUMNS.iter().filter(|column| **column != "question").copied().collect::<Vec<_>>().join(", ")
        );
        return Err(wrong(message));
    }
    for header in unknown {
        let hint = closest(header, COLUMNS).map_or_else(String::new, |c| format!(" (did you mean \"{c}\"?)"));
        let message = format!("the column \"{}\" is not known{hint}, and not used", excerpt(header, 40));
        out.notes.push(ResponseNote { line: 1, message });
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::{begins, without};

    #[test]
    fn a_cell_is_taken_out_as_whole_words() {
        for (text, cell, expected) in [
            ("We at ACME plan; Acme, acme's", "Acme", "We at (left out) plan; (left out), (left out)'s"),
            ("A plan of a planner", "A", "(left out) plan of (left out) planner"),
            ("Zo\u{eb} and Zo\u{eb}s", "Zo\u{eb}", "(left out) and Zo\u{eb}s"),
            ("short", "much longer", "short"),
            ("aaa aa", "aa", "aaa (left out)"),
        ] {
            assert_eq!(without(text, |rest| begins(rest, cell)), expected);
        }
    }
}
