//! What each response asks for: the rows of a file, and the request of each.

use super::form::ANSWERS;
use super::mentions::MapNames;
use super::names::{self, LookedUp};
use super::people::{PERSONAL, People};
use super::phrases::place;
use super::redact::Names;
use super::screening::{Question, ResponseNote, ResponseScreening};
use super::sentence;
use super::spelling::{Misspelt, Spelling};
use super::titles::{self, Guess};
use crate::map::{Branch, FindError, Map, Occupation, Route};
use crate::read::excerpt;
use crate::table::{self, Columns, Table};
use crate::text::{capitalised, title_key};

pub(super) const COLUMNS: [&str; 10] =
    ["respondent", "organisation", "email", "map", "question", "occupation", "level", "from", "to", "rationale"];
pub(super) const TABLE: Columns = Columns::new("a file of responses", &["question"])
    .with_optional(&[
        "respondent",
        "organisation",
        "email",
        "map",
        "occupation",
        "level",
        "from",
        "to",
        "rationale",
        "row",
        "reason",
    ])
    .with_aliases(&[("e-mail", "email"), ("organization", "organisation"), ("e-mail address", "email")])
    .noting_others()
    .holding_private_cells()
    .taking_long_rows();

/// A response.
pub(super) struct Row {
    pub(super) line: u64,
    cells: [String; COLUMNS.len()],
    /// Whether what it proposes was read out of a sentence.
    is_guess: bool,
    /// Which row it is: its line in the file of responses; in a form, also its number
    /// in the line, as in `7.2`. A corrected row has the one that it replaces, or none.
    pub(super) key: String,
    /// Why its cells could not be read, if they could not.
    fault: Option<String>,
    /// Whether a person has mended it.
    pub(super) is_mended: bool,
}

impl Row {
    /// The letter of the question, without brackets and the like.
    fn letter(&self) -> Option<String> {
        self.cell("question").map(|cell| cell.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    }

    pub(super) fn cell(&self, column: &str) -> Option<&str> {
        let at = COLUMNS.iter().position(|known| *known == column)?;
        Some(self.cells[at].as_str()).filter(|cell| !cell.is_empty())
    }

    /// Takes the person from the row that this one replaces, unless it names one.
    pub(super) fn replace(&mut self, replaced: &Row) {
        self.line = replaced.line;
        for column in PERSONAL {
            if let (None, Some(at)) = (self.cell(column), COLUMNS.iter().position(|known| *known == column)) {
                self.cells[at].clone_from(&replaced.cells[at]);
            }
        }
    }

    pub(super) fn personal(&self) -> impl Iterator<Item = &str> {
        PERSONAL.iter().filter_map(|column| self.cell(column))
    }

    /// Removes personal details from what is printed verbatim.
    pub(super) fn leave_out(&mut self, names: &Names) {
        let own: Vec<String> = self.personal().map(str::to_owned).collect();
        for column in ["occupation", "from", "rationale"] {
            // the title of a new occupation; a guess keeps it whole in "from"
            let holds_title = column == "occupation" || (column == "from" && self.is_guess);
            let is_title = holds_title && self.letter().as_deref() == Some("a");
            let is_printed = column == "rationale" || is_title;
            if let Some(text) = self
                .cell(column)
                .filter(|_| is_printed)
                .map(|text| if is_title { names.without_in_title(text, &own) } else { names.without(text, &own) })
                && let Some(at) = COLUMNS.iter().position(|known| *known == column)
            {
                self.cells[at] = text;
            }
        }
    }

    /// Removes personal details from answers to (b) and (c) that named nothing of the map: a
    /// whole sentence may stand where a name was expected.
    pub(super) fn leave_out_of_answers(&mut self, names: &Names) {
        let own: Vec<String> = self.personal().map(str::to_owned).collect();
        for column in ["occupation", "from", "to"] {
            let at = COLUMNS.iter().position(|known| *known == column);
            let Some(cell) = at.and_then(|at| self.cells.get_mut(at)) else { continue };
            *cell = if self.is_guess { names.without(cell, &own) } else { names.without_in_title(cell, &own) };
        }
    }
}

/// The rows of the file; unreadable ones become notes.
pub(super) fn rows(table: &Table, names: &MapNames<'_>, out: &mut ResponseScreening) -> Vec<Row> {
    let note = |note: &table::Note| ResponseNote { line: note.line, message: note.message.clone() };
    out.notes.extend(table.notes().iter().map(note));
    let mut rows = Vec::new();
    for row in table.rows() {
        let line = row.line();
        if row.excess() > 0 {
            let (cells, known) = (row.width() + row.excess(), row.width());
            let message = format!("the row has {cells} cells, the header {known}; put a text with commas in quotes");
            let (cells, key) = (COLUMNS.map(|_| String::new()), row.cell("row").to_owned());
            rows.push(Row { line, cells, is_guess: false, key, fault: Some(message), is_mended: false });
            continue;
        }
        if table.form() == 1 {
            rows.extend(answers(row, names));
        } else {
            let key = row.cell("row").to_owned();
            rows.push(Row {
                line,
                cells: COLUMNS.map(|column| row.cell(column).to_owned()),
                is_guess: false,
                key,
                fault: None,
                is_mended: false,
            });
        }
    }
    rows
}

/// The responses in a row of a form.
fn answers(row: table::Row<'_>, names: &MapNames<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (question, (letter, reasons)) in ANSWERS.into_iter().enumerate() {
        for guess in sentence::proposals(names, question, row.cell(letter), row.cell(reasons)) {
            let Guess { occupation, from, to, level, whole, rest } = guess;
            let level = level.map_or_else(String::new, |level| level.to_string());
            let cell = |column: &str| match column {
                "question" => letter.to_owned(),
                "occupation" if question == 0 => capitalised(&occupation),
                "occupation" => occupation.clone(),
                "level" => level.clone(),
                "from" if question == 0 => capitalised(&whole),
                "from" => from.clone(),
                "to" => to.clone(),
                "rationale" => [rest.as_str(), row.cell(reasons)].join(" ").trim().to_owned(),
                other => row.cell(other).to_owned(),
            };
            let key = format!("{}.{}", row.line(), rows.len() + 1);
            rows.push(Row {
                line: row.line(),
                cells: COLUMNS.map(cell),
                is_guess: true,
                key,
                fault: None,
                is_mended: false,
            });
        }
    }
    rows
}

/// A row on its way to a request.
pub(super) struct Asking<'a, 'm, 'w> {
    pub(super) map: &'m Map,
    pub(super) names: &'a mut LookedUp<'m>,
    pub(super) row: &'a Row,
    pub(super) people: People,
    pub(super) spelling: Option<&'a mut Spelling<'m, 'w>>,
    pub(super) notes: &'a mut Vec<ResponseNote>,
}

impl<'m> Asking<'_, 'm, '_> {
    /// The request of the row.
    pub(super) fn request(mut self) -> Result<Request<'m>, String> {
        if let Some(fault) = &self.row.fault {
            return Err(fault.clone());
        }
        let question = self.row.cell("question").ok_or("the question is empty; give a, b or c")?;
        let route = self.route();
        let request = match self.row.letter().as_deref().unwrap_or_default() {
            "a" => self.new_occupation(route)?,
            "b" => self.a_move(route)?,
            "c" => self.an_opening(route)?,
            _ if self.people == People::LeftOut => {
                return Err("the column \"question\" holds something else; give a, b or c".to_owned());
            }
            _ => return Err(format!("\"{}\" is not a question; give a, b or c", excerpt(question, 40))),
        };
        if self.row.is_guess {
            self.note(format!("a guess from the text: {}", request.in_words()));
        }
        Ok(request)
    }

    fn new_occupation(&mut self, route: Option<Route<'m>>) -> Result<Request<'m>, String> {
        let row = self.row;
        let title = row.cell("occupation").filter(|title| !Names::is_all_left_out(title));
        let title = title.ok_or("the title of the new occupation is missing; give it in the column \"occupation\"")?;
        let level = row.cell("level").and_then(|level| {
            let digits = level.trim_start_matches(|c: char| !c.is_ascii_digit());
            let known = digits.parse().ok().filter(|level| (2..=7).contains(level));
            if known.is_none() {
                self.note("the column \"level\" holds no level from 2 to 7 (not used)".to_owned());
            }
            known
        });
        let to = row.cell("to").map(|to| self.branch("to", to, route)).transpose();
        let (title, to) = match to {
            // "Specialist in wind turbines"
            Err(_) if row.is_guess => (row.cell("from").unwrap_or(title), None),
            Ok(None) => self.with_its_place(title, route),
            to => (title, to?),
        };
        let misspelt = self.spelling.as_mut().filter(|_| !row.is_mended).and_then(|spelling| spelling.misspelt(title));
        if let Some(Misspelt { word, title }) = misspelt {
            return Err(format!(
                "\"{word}\" may be misspelt: did you mean \"{title}\"? If not, hand the row back as it is"
            ));
        }
        Ok(Request::New { title: title.to_owned(), level, to, map: route })
    }

    /// A title without "in Construction" at its end, and that branch.
    fn with_its_place<'t>(&mut self, title: &'t str, route: Option<Route<'m>>) -> (&'t str, Option<Branch<'m>>) {
        let guess = titles::title(title);
        if guess.to.is_empty() || guess.occupation.is_empty() {
            return (title, None);
        }
        let prefers = |b: Branch<'m>| route.is_some_and(|route| b.route() == route);
        match names::branch(self.map, &guess.to, prefers) {
            Ok(branch) => {
                self.note(format!("\"occupation\" is taken as a title in {} ({})", branch.name(), branch.id()));
                (title.get(..guess.occupation.len()).unwrap_or(title), Some(branch))
            }
            Err(_) => (title, None),
        }
    }

    fn a_move(&mut self, route: Option<Route<'m>>) -> Result<Request<'m>, String> {
        let row = self.row;
        let (named, to) = (row.cell("occupation"), row.cell("to"));
        if row.is_guess && (named.is_none() || to.is_none()) {
            return Err("the text does not say what should move where; write for example: Bricklayer should move to \
                        Catering"
                .to_owned());
        }
        let named =
            named.ok_or("the occupation to move is missing; give its id or title in the column \"occupation\"")?;
        let to = to.ok_or("the place to move to is missing; give a route, pathway or cluster in the column \"to\"")?;
        let (occupation, is_near) =
            self.names.occupation(named, route).map_err(|error| self.told(&error, "occupation"))?;
        if is_near {
            self.note(format!("\"occupation\" is taken as {} ({})", occupation.title(), occupation.id()));
        }
        let to = self.branch("to", to, route)?;
        if let Some(from) = row.cell("from") {
            match self.branch("from", from, route) {
                Ok(branch) if branch.holds(occupation.cluster()) => {}
                Ok(branch) => {
                    let (id, at) = (occupation.id(), occupation.cluster().id());
                    self.note(format!("\"{id}\" is not in \"{}\" but in \"{at}\"", branch.id()));
                }
                Err(message) => self.note(format!("{message} (not used)")),
            }
        }
        Ok(Request::Move { occupation, to })
    }

    fn an_opening(&mut self, route: Option<Route<'m>>) -> Result<Request<'m>, String> {
        let mut named = Vec::new();
        for column in ["from", "to"] {
            if let Some(cell) = self.row.cell(column) {
                named.push(self.branch(column, cell, route)?);
            }
        }
        let branch = match named.as_slice() {
            [a, b] if a.id() != b.id() => {
                return Err(format!("two branches are named (\"{}\", \"{}\"); name one", a.id(), b.id()));
            }
            [branch, ..] => *branch,
            [] => Branch::Route(route.ok_or("the branch to open is missing; give it in the column \"to\"")?),
        };
        Ok(Request::Open { branch })
    }

    /// The branch that a cell names; a note if it is spelt another way.
    fn branch(&mut self, column: &str, cell: &str, route: Option<Route<'m>>) -> Result<Branch<'m>, String> {
        let (branch, is_near) = self.names.branch(cell, route).map_err(|error| self.told(&error, column))?;
        if is_near {
            self.note(format!("\"{column}\" is taken as {} ({})", branch.name(), branch.id()));
        }
        Ok(branch)
    }

    /// The route that the column `map` names; none if it names several, as boxes to tick do.
    fn route(&mut self) -> Option<Route<'m>> {
        let cell = self.row.cell("map")?;
        // "the Construction route" is Construction
        let find = |name: &str| self.map.find_route(name).or_else(|_| self.map.find_route(place(name)));
        let ticked: Vec<&str> = cell.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect();
        match (find(cell), ticked.as_slice()) {
            (Ok(route), _) => Some(route),
            (Err(_), [one]) if find(one).is_ok() => find(one).ok(),
            (Err(_), [_, _, ..]) if ticked.iter().all(|name| find(name).is_ok()) => {
                self.note("the column \"map\" names several routes (not used)".to_owned());
                None
            }
            (Err(error), _) => {
                let message = format!("{} (not used)", self.people.told(&error, "map"));
                self.note(message);
                None
            }
        }
    }

    /// The message about a name that is not found.
    fn told(&self, error: &FindError, column: &str) -> String {
        let message = self.people.told(error, column);
        // a form has no such column
        if self.row.is_guess { message.replacen(&format!("the column \"{column}\""), "the text", 1) } else { message }
    }

    /// Notes something on the row; once, though a row of a form has several proposals.
    fn note(&mut self, message: String) {
        let note = ResponseNote { line: self.row.line, message };
        if !self.notes.iter().rev().take_while(|known| known.line == note.line).any(|known| *known == note) {
            self.notes.push(note);
        }
    }
}

/// The request of a response.
#[derive(Clone, Debug)]
pub(super) enum Request<'m> {
    /// `map` is the route that the response is about.
    New {
        title: String,
        level: Option<i64>,
        to: Option<Branch<'m>>,
        map: Option<Route<'m>>,
    },
    Move {
        occupation: Occupation<'m>,
        to: Branch<'m>,
    },
    Open {
        branch: Branch<'m>,
    },
}

impl Request<'_> {
    /// The key that responses with the same proposal share: `a dronesurveyor`,
    /// `b LARS287 > catering/caterer`, `c hospitality`.
    pub(super) fn key(&self) -> String {
        match self {
            Request::New { title, .. } => format!("a {}", title_key(title)),
            Request::Move { occupation, to } => format!("b {} > {}", occupation.id(), to.id()),
            Request::Open { branch } => format!("c {}", branch.id()),
        }
    }

    pub(super) fn question(&self) -> Question {
        match self {
            Request::New { .. } => Question::A,
            Request::Move { .. } => Question::B,
            Request::Open { .. } => Question::C,
        }
    }

    /// The request in words, such as "Open Hospitality".
    pub(super) fn in_words(&self) -> String {
        match self {
            Request::New { title, to: None, .. } => format!("New: {title}"),
            Request::New { title, to: Some(to), .. } => format!("New: {title} in {}", to.name()),
            Request::Move { occupation, to } => {
                format!("Move {} ({}) to {}", occupation.title(), occupation.id(), to.name())
            }
            Request::Open { branch } => format!("Open {}", branch.name()),
        }
    }
}
