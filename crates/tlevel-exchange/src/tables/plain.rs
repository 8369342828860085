//! A plain list of statements: one row each, with the occupation in a column.

use std::collections::HashMap;

use tlevel::read::{Remark, RemarkKind};
use tlevel::table::{Columns, Row, Sheet, Table};
use tlevel::text::{name_key, slug};

use super::form::{FORMS, KINDS, Kind, OCCUPATIONS, STATEMENTS};
use super::places::{Places, SheetPlaces};
use super::read::short;
use super::value::{self, Json};
use crate::error::WrongCell;
use crate::{Error, Read};

const LIST: Columns = Columns::new("a list of statements", &["Occupation", "Text"])
    .with_optional(&["Kind", "Code", "Level", "Route", "Pathway", "Cluster"])
    .with_aliases(&[
        ("occupation title", "Occupation"),
        ("job", "Occupation"),
        ("role", "Occupation"),
        ("standard", "Occupation"),
        ("statement", "Text"),
        ("description", "Text"),
        ("ksb text", "Text"),
        ("type", "Kind"),
        ("ksb type", "Kind"),
        ("category", "Kind"),
        ("id", "Code"),
        ("ksb", "Code"),
        ("ksb code", "Code"),
        ("reference", "Code"),
    ])
    .noting_others();

/// What a branch is called that the list does not name.
const ALL: &str = "All occupations";

pub(super) fn of_sheets(sheets: Vec<Sheet>) -> Result<Read, Error> {
    let names: Vec<String> = sheets.iter().filter_map(|sheet| sheet.name().map(str::to_owned)).collect();
    let table = Table::from_sheets(sheets, &[LIST]).map_err(|error| Error::NoMap {
        found: format!(
            "it has neither the sheets of a map (Routes, Pathways, Clusters, Occupations) nor a list: {error}"
        ),
    })?;
    let place = table.rows().next().map(|row| row.place("Text")).unwrap_or_default();
    let name = names.into_iter().find(|name| place.trim_start_matches('\'').starts_with(name.as_str()));
    of_table(&table, &name.unwrap_or_default(), false)
}

/// Reads a list from CSV.
pub(crate) fn read_list(bytes: &[u8], name: &str) -> Result<Read, Error> {
    let table = Table::read(bytes, &[LIST]).map_err(|error| Error::Table { file: None, error: Box::new(error) })?;
    of_table(&table, name.rsplit(['/', '\\']).next().unwrap_or(name), true)
}

/// An occupation of the list.
struct Listed<'t> {
    title: &'t str,
    level: Option<(i64, u64)>,
    line: u64,
    branch: [&'t str; 3],
    statements: Vec<(Json, u64)>,
    /// How many statements of each kind have no code.
    counts: [usize; 3],
}

fn of_table(table: &Table, name: &str, is_file: bool) -> Result<Read, Error> {
    let mut wrong = Vec::new();
    let place = |row: Row<'_>, column: &str| if is_file { format!("{name}:{}", row.line()) } else { row.place(column) };
    let first = table.rows().next();
    let has = |column: &str| first.is_none_or(|row| row.has(column));
    if let Some(row) = first.filter(|_| !has("Kind") && !has("Code")) {
        let message = "the list has no column Kind and no column Code; one of them must say what is knowledge, skill \
                       and behaviour"
            .to_owned();
        return Err(Error::Cells(vec![WrongCell { place: place(row, "Text"), message }]));
    }
    let mut listed: Vec<Listed<'_>> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut seen: HashMap<Vec<&str>, u64> = HashMap::new();
    let mut remarks: Vec<Remark> = Vec::new();
    for row in table.rows() {
        let cells: Vec<&str> = row.cells().map(|(_, cell)| cell).collect();
        if let Some(line) = seen.get(&cells) {
            let here = place(row, "Occupation");
            let message = format!("{here}: the row is the same as row {line}, and counts once; delete it");
            remarks.push(Remark::new(RemarkKind::RepeatedRecord, "", message));
            continue;
        }
        seen.insert(cells, row.line());
        let title = row.cell("Occupation");
        if title.is_empty() {
            let message = "the occupation is empty; give the title of the occupation".to_owned();
            wrong.push(WrongCell { place: place(row, "Occupation"), message });
            continue;
        }
        let at = *by_key.entry(name_key(title)).or_insert_with(|| {
            let (level, branch, statements) = (None, [""; 3], Vec::new());
            listed.push(Listed { title, level, line: row.line(), branch, statements, counts: [0; 3] });
            listed.len() - 1
        });
        let own = &mut listed[at];
        match (value::read(Kind::Level, row.cell("Level")), own.level) {
            (Ok(Json::Number(level)), before) => {
                let level = level.as_i64().unwrap_or_default();
                if let Some((before, line)) = before.filter(|(before, _)| *before != level) {
                    let message =
                        format!("the level of \"{title}\" is {level} here and {before} in row {line}; give one");
                    wrong.push(WrongCell { place: place(row, "Level"), message });
                }
                own.level.get_or_insert((level, row.line()));
            }
            (Err(expected), _) => {
                let message = format!("the level is \"{}\"; expected {expected}", short(row.cell("Level")));
                wrong.push(WrongCell { place: place(row, "Level"), message });
            }
            (Ok(_), _) => {}
        }
        for (branch, column) in own.branch.iter_mut().zip(["Route", "Pathway", "Cluster"]) {
            if branch.is_empty() {
                *branch = row.cell(column);
            }
        }
        let code = row.cell("Code");
        // the first letter of a code such as K12 says the kind
        let letter = code
            .get(..1)
            .filter(|_| code.trim_start_matches(char::is_alphabetic).starts_with(|c: char| c.is_ascii_digit()));
        let kind = row.get("Kind").or(letter.filter(|_| !has("Kind"))).map(|kind| value::word(kind, KINDS));
        let number = KINDS.iter().position(|own| Some(*own) == kind.as_deref());
        let code = match number.filter(|_| code.is_empty()) {
            Some(number) => {
                own.counts[number] += 1;
                format!("{}{}", ["K", "S", "B"][number], own.counts[number])
            }
            None => code.to_owned(),
        };
        let members =
            [("id", Json::Text(code)), ("kind", Json::of(kind.as_deref())), ("text", Json::of(row.get("Text")))];
        own.statements.push((record(members), row.line()));
    }
    if !wrong.is_empty() {
        return Err(Error::Cells(wrong));
    }
    for note in table.notes() {
        remarks.push(Remark::new(RemarkKind::UnknownField, "", note.to_string()));
    }
    let missing: Vec<&str> =
        ["Level", "Route", "Pathway", "Cluster"].into_iter().filter(|column| !has(column)).collect();
    if !missing.is_empty() {
        let level = if has("Level") { "" } else { " Every occupation is read with level 3." };
        let branches = if missing == ["Level"] {
            String::new()
        } else {
            format!(" A branch that the list does not name has the name of the branch above it, or \"{ALL}\".")
        };
        let message = format!("the list has no column {}.{level}{branches}", missing.join(", "));
        remarks.push(Remark::new(RemarkKind::UnknownField, "", message));
    }
    built(listed, has("Level"), name, is_file, remarks, first)
}

/// A branch of the map, with what is below it.
#[derive(Default)]
struct Branch {
    name: String,
    branches: Vec<Branch>,
    occupations: Vec<usize>,
}

impl Branch {
    fn find(&mut self, name: &str) -> &mut Branch {
        let key = name_key(name);
        let at = self.branches.iter().position(|own| name_key(&own.name) == key).unwrap_or_else(|| {
            self.branches.push(Branch { name: name.to_owned(), ..Branch::default() });
            self.branches.len() - 1
        });
        &mut self.branches[at]
    }
}

fn built(
    listed: Vec<Listed<'_>>,
    has_level: bool,
    name: &str,
    is_file: bool,
    remarks: Vec<Remark>,
    first: Option<Row<'_>>,
) -> Result<Read, Error> {
    let mut root = Branch::default();
    for (at, own) in listed.iter().enumerate() {
        let mut branch = &mut root;
        let mut above = ALL;
        for name in own.branch {
            above = if name.is_empty() { above } else { name };
            branch = branch.find(above);
        }
        branch.occupations.push(at);
    }
    let mut sheets = vec![SheetPlaces::default(); FORMS.len()];
    for (sheet, columns) in [
        (OCCUPATIONS, &[("Cluster", "Cluster"), ("Id", "Occupation"), ("Title", "Occupation"), ("Level", "Level")][..]),
        (STATEMENTS, &[("Occupation", "Occupation"), ("Id", "Code"), ("Kind", "Kind"), ("Text", "Text")][..]),
    ] {
        let letters = columns.iter().filter_map(|(heading, column)| {
            let row = first.filter(|row| row.has(column))?;
            let cell = row.place(column).rsplit('!').next().unwrap_or_default().to_owned();
            Some((*heading, cell.chars().take_while(char::is_ascii_uppercase).collect()))
        });
        sheets[sheet] = SheetPlaces { name: name.to_owned(), is_file, letters: letters.collect() };
    }
    let mut builder = Builder { ids: HashMap::new(), places: Places::of_sheets(sheets), listed, has_level };
    let routes = builder.branches(&root, 0, "", "/routes");
    let map = record([
        ("format", Json::of(Some("tlevel-map"))),
        ("version", Json::number(Some(1))),
        ("title", Json::of(Some(name.rsplit_once('.').map_or(name, |(stem, _)| stem)))),
        ("routes", routes),
    ]);
    let mut map = tlevel::read(map.written().as_bytes())?;
    map.remarks.extend(remarks);
    Ok(Read { map, places: builder.places, notes: Vec::new() })
}

struct Builder<'t> {
    ids: HashMap<String, usize>,
    places: Places,
    listed: Vec<Listed<'t>>,
    has_level: bool,
}

impl Builder<'_> {
    fn branches(&mut self, branch: &Branch, depth: usize, above: &str, list: &str) -> Json {
        let inside = ["pathways", "clusters", "occupations"].get(depth).copied().unwrap_or_default();
        let branches = branch.branches.iter().enumerate().map(|(i, own)| {
            let slug = slug(&own.name);
            let id = if above.is_empty() { slug } else { format!("{above}/{slug}") };
            let pointer = format!("{list}/{i}/{inside}");
            let content = if depth == 2 {
                let occupations = own.occupations.iter().enumerate();
                Json::List(occupations.map(|(i, at)| self.occupation(*at, &format!("{pointer}/{i}"))).collect())
            } else {
                self.branches(own, depth + 1, &id, &pointer)
            };
            record([("id", Json::Text(id)), ("name", Json::of(Some(&own.name))), (inside, content)])
        });
        Json::List(branches.collect())
    }

    fn occupation(&mut self, at: usize, pointer: &str) -> Json {
        let own = &mut self.listed[at];
        let id = slug(own.title);
        let same = self.ids.entry(id.clone()).or_default();
        *same += 1;
        let id = if *same > 1 { format!("{id}-{same}") } else { id };
        let statements = std::mem::take(&mut own.statements);
        let level = own.level.map(|(level, _)| level).or(if self.has_level { None } else { Some(3) });
        self.places.set(pointer.to_owned(), OCCUPATIONS, own.line);
        let statements = statements.into_iter().enumerate().map(|(i, (statement, line))| {
            self.places.set(format!("{pointer}/statements/{i}"), STATEMENTS, line);
            statement
        });
        record([
            ("statements", Json::List(statements.collect())),
            ("id", Json::Text(id)),
            ("title", Json::of(Some(own.title))),
            ("level", Json::number(level)),
        ])
    }
}

fn record<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Record(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
