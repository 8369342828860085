//! From the rows of tables to a map.

use std::collections::HashMap;

use tlevel::read::{Remark, RemarkKind};
use tlevel::table::{Row, Table};
use tlevel::text::{closest, name_key};

use super::csv::unguarded;
use super::form::{
    CLUSTERS, DUTIES, FORMS, Form, KEY, Kind, MAP, MORE, OCCUPATIONS, OPTIONS, PATHWAYS, ROUTES, STATEMENTS,
};
use super::places::{Places, SheetPlaces};
use super::value::{self, Json};
use crate::error::WrongCell;
use crate::{Error, Read};

/// The tables of a map, one for each sheet.
pub(super) struct Source {
    is_files: bool,
    tables: Vec<Option<Table>>,
    places: Vec<SheetPlaces>,
    remarks: Vec<Remark>,
}

impl Source {
    pub(super) fn new(is_files: bool) -> Source {
        let places = vec![SheetPlaces { is_file: is_files, ..SheetPlaces::default() }; FORMS.len()];
        Source { is_files, tables: vec![None; FORMS.len()], places, remarks: Vec::new() }
    }

    pub(super) fn add(&mut self, form: usize, name: &str, table: Table) -> Result<(), Error> {
        if self.tables[form].is_some() {
            let found = format!("\"{name}\" is there twice, in upper and lower case");
            return Err(Error::NoMap { found });
        }
        name.clone_into(&mut self.places[form].name);
        if let Some(row) = table.rows().next() {
            let letters = row.cells().map(|(heading, _)| (heading, letters(&row.place(heading))));
            self.places[form].letters = letters.collect();
        }
        for note in table.notes() {
            let file = if self.is_files { format!("{name}: ") } else { String::new() };
            self.remarks.push(Remark::new(RemarkKind::UnknownField, "", format!("{file}{note}")));
        }
        self.tables[form] = Some(table);
        Ok(())
    }

    /// Remarks on a sheet or file that is not of the form.
    pub(super) fn passed_over(&mut self, name: &str, names: &[String]) {
        if ["guide", "lists"].contains(&name.trim().to_lowercase().as_str()) {
            return;
        }
        let free =
            FORMS.iter().map(|form| form.name).filter(|form| !names.iter().any(|n| n.eq_ignore_ascii_case(form)));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let hint = closest(stem, free).map_or_else(String::new, |meant| format!("; did you mean \"{meant}\"?"));
        let noun = if self.is_files { "file" } else { "sheet" };
        let message = format!("the {noun} \"{name}\" is not part of a map, and not used{hint}");
        self.remarks.push(Remark::new(RemarkKind::UnknownField, "", message));
    }
}

/// The letters of a place: `F` of `'Route core'!F7`.
fn letters(place: &str) -> String {
    let cell = place.rsplit('!').next().unwrap_or_default();
    cell.chars().take_while(char::is_ascii_uppercase).collect()
}

/// The members of an object, in their order.
type Members = Vec<(String, Json)>;

/// A record of a sheet: what is written of it, and where it belongs.
struct Record {
    line: u64,
    parent: usize,
    /// Its members as JSON, without braces.
    members: String,
    /// For an occupation that is set aside: the members around it.
    aside: Option<String>,
}

/// The records of a sheet that others refer to.
#[derive(Default)]
struct Index {
    keys: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    /// By name; `None` if several have it.
    names: HashMap<String, Option<usize>>,
    /// The names as the sheet has them.
    shown: Vec<String>,
}

/// How many references to nothing are compared with what is there.
const HINTS: usize = 10;

impl Index {
    fn add(&mut self, at: usize, key: &str, id: &str, name: &str) {
        if key.is_empty() {
            self.ids.entry(id.to_owned()).or_insert(at);
        } else {
            self.keys.entry(key.to_owned()).or_insert(at);
        }
        self.shown.push(name.to_owned());
        self.names.entry(name_key(name)).and_modify(|own| *own = None).or_insert(Some(at));
    }

    fn find(&self, reference: &str) -> Option<usize> {
        let own = self.keys.get(reference).or_else(|| self.ids.get(reference)).copied();
        own.or_else(|| self.names.get(&name_key(reference)).copied().flatten())
    }
}

/// Reads a map from its tables.
pub(super) fn read(mut source: Source) -> Result<Read, Error> {
    let tables = std::mem::take(&mut source.tables);
    let mut reader = Reader { source, wrong: Vec::new(), repeated: Vec::new(), hints: HashMap::new() };
    let mut sheets: Vec<Vec<Record>> = Vec::new();
    let mut indexes: Vec<Index> = Vec::new();
    for (form, table) in tables.iter().enumerate() {
        let (records, index) = reader.sheet(form, table.as_ref(), &indexes);
        sheets.push(records);
        indexes.push(index);
    }
    drop((tables, indexes));
    if !reader.wrong.is_empty() {
        return Err(Error::Cells(reader.wrong));
    }
    let mut writer = Writer::new(&sheets, Places::of_sheets(reader.source.places));
    writer.map();
    let (text, places, pointers) = (writer.out, writer.places, writer.pointers);
    drop(sheets);
    let mut map = tlevel::read(text.as_bytes()).map_err(|error| placed(error, &places))?;
    map.remarks.extend(reader.source.remarks);
    for Repeated { sheet, first, message } in reader.repeated {
        let pointer = pointers[sheet].get(first).cloned().unwrap_or_default();
        map.remarks.push(Remark::new(RemarkKind::RepeatedRecord, pointer, message));
    }
    Ok(Read { map, places, notes: Vec::new() })
}

/// A value that the columns do not limit, such as one of the last column.
fn placed(error: tlevel::read::Error, places: &Places) -> Error {
    let tlevel::read::Error::WrongType { pointer, expected, found, .. } = &error else { return Error::Map(error) };
    let Some(place) = places.of(pointer) else { return Error::Map(error) };
    let member = pointer.rsplit('/').next().unwrap_or_default();
    let message = format!("{member}: expected {expected}, found {found}; correct it, or empty the cell \"{MORE}\"");
    Error::Cells(vec![WrongCell { place: place.to_string(), message }])
}

struct Repeated {
    sheet: usize,
    first: usize,
    message: String,
}

struct Reader {
    source: Source,
    wrong: Vec<WrongCell>,
    repeated: Vec<Repeated>,
    /// What was probably meant by references to nothing.
    hints: HashMap<(usize, String), String>,
}

impl Reader {
    fn place(&self, form: usize, row: Row<'_>, heading: &str) -> String {
        if self.source.is_files {
            return format!("{}:{}", self.source.places[form].name, row.line());
        }
        row.place(heading)
    }

    fn wrong(&mut self, form: usize, row: Row<'_>, heading: &str, message: String) {
        let place = self.place(form, row, heading);
        self.wrong.push(WrongCell { place, message });
    }

    fn sheet(&mut self, form: usize, table: Option<&Table>, indexes: &[Index]) -> (Vec<Record>, Index) {
        let (mut records, mut index) = (Vec::new(), Index::default());
        let mut seen: HashMap<Vec<&str>, (usize, u64)> = HashMap::new();
        for row in table.into_iter().flat_map(Table::rows) {
            let cells: Vec<&str> = row.cells().map(|(_, cell)| cell).collect();
            if let Some((first, line)) = seen.get(&cells) {
                let heading = FORMS[form].columns.first().map_or("", |column| column.heading);
                let here = self.place(form, row, heading);
                let message = format!("{here}: the row is the same as row {line}, and counts once; delete it");
                self.repeated.push(Repeated { sheet: form, first: *first, message });
                continue;
            }
            let Some(record) = self.record(form, row, indexes) else { continue };
            seen.insert(cells, (records.len(), row.line()));
            if form == MAP && !records.is_empty() {
                let message = "a second row; the sheet Map has one".to_owned();
                self.wrong(form, row, "Title", message);
            }
            let name = if form == OCCUPATIONS { "Title" } else { "Name" };
            index.add(records.len(), self.cell(row, KEY), self.cell(row, "Id"), self.cell(row, name));
            records.push(record);
        }
        (records, index)
    }

    fn cell<'t>(&self, row: Row<'t>, heading: &str) -> &'t str {
        let cell = row.cell(heading);
        if self.source.is_files { unguarded(cell) } else { cell }
    }

    fn record(&mut self, form: usize, row: Row<'_>, indexes: &[Index]) -> Option<Record> {
        let Form { columns, .. } = &FORMS[form];
        let more = self.more(form, row);
        let (mut objects, mut extras) = (Vec::<(&str, Vec<(String, Json)>)>::new(), Vec::new());
        let mut given: Vec<(&str, Vec<(String, Json)>)> = Vec::new();
        let mut exact = Vec::new();
        for (name, value) in more {
            let path =
                columns.iter().find_map(|column| column.member.split_once('/').filter(|(path, _)| *path == name));
            match (path, value) {
                (Some((path, _)), Json::Record(members)) => {
                    given.push((path, members));
                    objects.push((path, Vec::new()));
                }
                (Some((path, _)), _) => self.wrong(form, row, MORE, format!("\"{path}\" is not an object; {CORRECT}")),
                (None, value) if columns.iter().any(|column| column.member == name) => exact.push((name, value)),
                (None, _) if is_structural(form, &name) => {
                    self.wrong(form, row, MORE, format!("\"{name}\" is not used here; it has a sheet of its own"));
                }
                (None, value) => extras.push((name, value)),
            }
        }
        let mut members: Vec<(String, Json)> = Vec::new();
        for column in columns.iter().filter(|column| !column.member.is_empty()) {
            let cell = self.cell(row, column.heading);
            let (path, name) = column.member.split_once('/').map_or(("", column.member), |(path, name)| (path, name));
            let list = if path.is_empty() {
                Some(&mut exact)
            } else {
                given.iter_mut().find(|(own, _)| *own == path).map(|(_, list)| list)
            };
            let exact = list.and_then(|list| list.iter().position(|(own, _)| own == name).map(|at| list.remove(at).1));
            let value = match exact {
                Some(exact) if value::shown(column.kind, &exact) == value::tidy(cell) => exact,
                _ => match value::read(column.kind, cell) {
                    Ok(value) if value.is_nothing() => continue,
                    Ok(value) => value,
                    Err(expected) => {
                        let message = format!("{} is \"{}\"; expected {expected}", column.heading, short(cell));
                        self.wrong(form, row, column.heading, message);
                        continue;
                    }
                },
            };
            match objects.iter_mut().find(|(own, _)| *own == path) {
                _ if path.is_empty() => members.push((name.to_owned(), value)),
                Some((_, own)) => own.push((name.to_owned(), value)),
                None => objects.push((path, vec![(name.to_owned(), value)])),
            }
        }
        members.extend(extras);
        for (path, unknown) in given {
            if let Some((_, own)) = objects.iter_mut().find(|(own, _)| *own == path) {
                own.extend(unknown);
            }
        }
        let aside = objects.iter().position(|(path, _)| *path == "set_aside").map(|at| objects.remove(at).1);
        members.extend(objects.into_iter().map(|(path, object)| (path.to_owned(), Json::Record(object))));
        let (parent, aside) = self.parent(form, row, indexes, aside)?;
        Some(Record { line: row.line(), parent, members: without_braces(members), aside: aside.map(without_braces) })
    }

    /// The record that a row belongs to.
    fn parent(
        &mut self,
        form: usize,
        row: Row<'_>,
        indexes: &[Index],
        aside: Option<Members>,
    ) -> Option<(usize, Option<Members>)> {
        let column = FORMS[form].columns.iter().find(|column| column.kind == Kind::Parent);
        let Some(column) = column else { return Some((0, None)) };
        let (heading, cell) = (column.heading, self.cell(row, column.heading));
        let noun = heading.to_lowercase();
        if form == OCCUPATIONS {
            match (cell, aside) {
                ("", None) => {
                    let reason = ("reason".to_owned(), Json::of(Some("no-cluster")));
                    return Some((0, Some(vec![reason])));
                }
                ("", aside) => return Some((0, aside)),
                (_, Some(aside)) if aside.iter().any(|(name, _)| name == "reason") => {
                    let message = format!(
                        "the occupation has the cluster \"{}\" and is set aside; empty one of the two cells",
                        short(cell)
                    );
                    self.wrong(form, row, "Set aside", message);
                    return None;
                }
                (_, _) => {}
            }
        }
        let parents = match form {
            PATHWAYS => ROUTES,
            CLUSTERS => PATHWAYS,
            OCCUPATIONS => CLUSTERS,
            _ => OCCUPATIONS,
        };
        let index = &indexes[parents];
        if let Some(at) = index.find(cell).filter(|_| !cell.is_empty()) {
            return Some((at, None));
        }
        let message = if cell.is_empty() {
            format!("the {noun} is empty; give the id of a row of {}", FORMS[parents].name)
        } else {
            let known = self.hints.get(&(parents, cell.to_owned())).cloned();
            let hint = known.unwrap_or_else(|| self.hint(parents, cell, index));
            format!("there is no {noun} \"{}\"{hint}; correct it, or add a row to {}", short(cell), FORMS[parents].name)
        };
        self.wrong(form, row, heading, message);
        None
    }

    /// The id or name that was probably meant, for the first few references.
    fn hint(&mut self, parents: usize, cell: &str, index: &Index) -> String {
        if self.hints.len() >= HINTS {
            return String::new();
        }
        let mut known: Vec<&str> = index.ids.keys().chain(index.shown.iter()).map(String::as_str).collect();
        known.sort_unstable();
        let hint = closest(cell, known).map_or_else(String::new, |meant| format!(" (did you mean \"{meant}\"?)"));
        self.hints.insert((parents, cell.to_owned()), hint.clone());
        hint
    }

    /// The members of the last column.
    fn more(&mut self, form: usize, row: Row<'_>) -> Vec<(String, Json)> {
        let cell = self.cell(row, MORE);
        if cell.is_empty() {
            return Vec::new();
        }
        match Json::read(cell) {
            Ok(Json::Record(members)) => {
                let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
                names.sort_unstable();
                if let Some((twice, _)) = names.iter().zip(names.iter().skip(1)).find(|(one, other)| one == other) {
                    let message = format!("\"{twice}\" is there twice; keep one of them");
                    self.wrong(form, row, MORE, message);
                }
                members
            }
            Ok(_) => {
                self.wrong(form, row, MORE, format!("not an object of JSON; {CORRECT}"));
                Vec::new()
            }
            Err(error) => {
                self.wrong(form, row, MORE, format!("not JSON: {error}; {CORRECT}"));
                Vec::new()
            }
        }
    }
}

const CORRECT: &str = "correct it, or empty the cell";

/// Whether a member of the native format holds what has a sheet of its own.
fn is_structural(form: usize, name: &str) -> bool {
    let own: &[&str] = match form {
        MAP => &["format", "version", "routes", "set_aside"],
        ROUTES => &["pathways"],
        PATHWAYS => &["clusters"],
        CLUSTERS => &["occupations"],
        OCCUPATIONS => &["options", "statements", "duties"],
        _ => &[],
    };
    own.contains(&name)
}

pub(super) fn short(cell: &str) -> String {
    let mut short: String = cell.chars().take(60).collect();
    if short.len() < cell.len() {
        short.push('\u{2026}');
    }
    short
}

fn without_braces(members: Vec<(String, Json)>) -> String {
    let mut text = Json::Record(members).written();
    text.pop();
    text.drain(..1.min(text.len()));
    text
}

/// Writes the native format, and the place of each record.
struct Writer<'r> {
    sheets: &'r [Vec<Record>],
    /// For each sheet, the records of each parent.
    children: Vec<HashMap<usize, Vec<usize>>>,
    out: String,
    places: Places,
    /// For each sheet, the pointer of each record.
    pointers: Vec<Vec<String>>,
}

impl<'r> Writer<'r> {
    fn new(sheets: &'r [Vec<Record>], places: Places) -> Writer<'r> {
        let children = sheets.iter().map(|records| {
            let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
            for (at, record) in records.iter().enumerate().filter(|(_, record)| record.aside.is_none()) {
                children.entry(record.parent).or_default().push(at);
            }
            children
        });
        let pointers = sheets.iter().map(|records| vec![String::new(); records.len()]).collect();
        Writer { sheets, children: children.collect(), out: String::new(), places, pointers }
    }

    fn map(&mut self) {
        self.out.push_str("{\"format\":\"tlevel-map\",\"version\":1");
        if let Some(map) = self.sheets[MAP].first() {
            self.members(&map.members);
            self.places.set(String::new(), MAP, map.line);
        }
        self.out.push_str(",\"routes\":[");
        self.records(ROUTES, 0, "/routes");
        self.out.push_str("],\"set_aside\":[");
        let sheets = self.sheets;
        let aside = sheets[OCCUPATIONS].iter().enumerate().filter_map(|(at, own)| Some((at, own, own.aside.as_ref()?)));
        for (i, (at, record, aside)) in aside.enumerate() {
            self.out.push_str(if i > 0 { ",{\"occupation\":{" } else { "{\"occupation\":{" });
            self.out.push_str(&record.members);
            let pointer = format!("/set_aside/{i}");
            self.places.set(pointer.clone(), OCCUPATIONS, record.line);
            self.inside(OCCUPATIONS, at, &format!("{pointer}/occupation"), record.members.is_empty());
            self.out.push('}');
            self.members(aside);
            self.out.push('}');
            self.places.set(format!("{pointer}/occupation"), OCCUPATIONS, record.line);
            self.pointers[OCCUPATIONS][at] = format!("{pointer}/occupation");
        }
        self.out.push_str("]}");
    }

    /// Adds members behind others.
    fn members(&mut self, members: &str) {
        if !members.is_empty() {
            self.out.push(',');
            self.out.push_str(members);
        }
    }

    fn records(&mut self, sheet: usize, parent: usize, list: &str) {
        let own = self.children[sheet].remove(&parent).unwrap_or_default();
        for (i, at) in own.into_iter().enumerate() {
            let record = &self.sheets[sheet][at];
            self.out.push_str(if i > 0 { ",{" } else { "{" });
            self.out.push_str(&record.members);
            let pointer = format!("{list}/{i}");
            self.inside(sheet, at, &pointer, record.members.is_empty());
            self.out.push('}');
            self.places.set(pointer.clone(), sheet, record.line);
            self.pointers[sheet][at] = pointer;
        }
    }

    /// Adds the lists inside a record.
    fn inside(&mut self, sheet: usize, at: usize, pointer: &str, mut is_first: bool) {
        let lists: &[(usize, &str)] = match sheet {
            ROUTES => &[(PATHWAYS, "pathways")],
            PATHWAYS => &[(CLUSTERS, "clusters")],
            CLUSTERS => &[(OCCUPATIONS, "occupations")],
            OCCUPATIONS => &[(OPTIONS, "options"), (STATEMENTS, "statements"), (DUTIES, "duties")],
            _ => &[],
        };
        for (list, name) in lists {
            if !self.children[*list].contains_key(&at) {
                continue;
            }
            if !std::mem::take(&mut is_first) {
                self.out.push(',');
            }
            self.out.push('"');
            self.out.push_str(name);
            self.out.push_str("\":[");
            self.records(*list, at, &format!("{pointer}/{name}"));
            self.out.push(']');
        }
    }
}
