//! The UK Standard Skills Classification: its tasks by occupation.
//!
//! The tables are published as workbooks whose headings are in words and change with
//! the version, so columns are recognised by what they say: the code of an occupation
//! (a sub-unit group of SOC 2020, `1131/01`), its title, the code of a task
//! (`T.00743`) and its text.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use tlevel::table::{Columns, Row};

use super::error::FrameworkError;
use super::foreign::{Tree, USUAL_LEVEL};
use super::onet::hint;
use super::parts::{Import, Part, Parts, level_note};
use super::to_map::native_map;

const OCCUPATION: &str = "occupation code";
const TITLE: &str = "occupation";
const TASK: &str = "task code";
const TEXT: &str = "task";

const LINKS: Columns =
    Columns::new("tasks of occupations", &[OCCUPATION, TASK]).with_optional(&[TITLE, TEXT]).recognising(column);
const TASKS: Columns = Columns::new("a list of tasks", &[TASK, TEXT]).recognising(column);
const OCCUPATIONS: Columns = Columns::new("a list of occupations", &[OCCUPATION, TITLE]).recognising(column);

/// The column that a heading names.
fn column(heading: &str, _: Option<&'static str>) -> Option<&'static str> {
    let heading = heading.trim().to_lowercase().replace(['_', '-', '.'], " ");
    let words: HashSet<&str> = heading.split_whitespace().collect();
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let is_code = has(&["code", "id", "identifier", "number", "uid"]);
    if has(&["task", "tasks", "taskid"]) {
        if is_code || words.contains("taskid") {
            return Some(TASK);
        }
        return (!has(&["type", "count", "score", "source", "rank", "importance"])).then_some(TEXT);
    }
    if has(&["soc", "sug", "soc2020", "occupation", "sub"]) {
        let is_title = has(&["title", "name", "label", "description"]);
        let is_plain = words.len() == 1 && words.contains("occupation");
        return Some(if is_title || is_plain { TITLE } else { OCCUPATION });
    }
    None
}

fn has(header: &[String], names: &[&str]) -> bool {
    names.iter().all(|name| header.iter().any(|heading| column(heading, None) == Some(*name)))
}

/// Whether the files are tables of the classification.
pub(crate) fn recognise(parts: &Parts<'_>) -> bool {
    parts.headers().iter().any(|header| has(header, &[OCCUPATION, TASK]))
}

/// Reads the tables as a map: routes, pathways and clusters are the sub-major, minor
/// and unit groups of SOC 2020, and tasks are skills.
pub(crate) fn read(parts: &[Part<'_>]) -> Result<Import, FrameworkError> {
    let mut parts = Parts::new(parts);
    let missing = |file| FrameworkError::MissingFile { format: "UK Standard Skills Classification", file };
    let is_links = |header: &[String]| has(header, &[OCCUPATION, TASK]);
    let links = parts.recognised(is_links, LINKS)?.ok_or_else(|| missing("tasks of occupations"))?;
    let is_tasks = |header: &[String]| has(header, &[TASK, TEXT]) && !has(header, &[OCCUPATION]);
    let tasks = parts.recognised(is_tasks, TASKS)?;
    let is_occupations = |header: &[String]| has(header, &[OCCUPATION, TITLE]) && !has(header, &[TASK]);
    let occupations = parts.recognised(is_occupations, OCCUPATIONS)?;
    let texts: HashMap<&str, &str> =
        tasks.iter().flat_map(|named| named.table.rows()).map(|row| (row.cell(TASK), row.cell(TEXT))).collect();
    let titles: HashMap<&str, &str> = (occupations.iter().flat_map(|named| named.table.rows()))
        .map(|row| (row.cell(OCCUPATION), row.cell(TITLE)))
        .collect();
    let mut order: Vec<(&str, &str)> = Vec::new();
    let mut statements: HashMap<&str, Vec<Value>> = HashMap::new();
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    let mut again = 0;
    for row in links.table.rows() {
        let (occupation, task) = (row.cell(OCCUPATION), row.cell(TASK));
        let Some(text) = row.get(TEXT).or_else(|| texts.get(task).copied()) else {
            return Err(unknown(&links.file, row, task, &texts));
        };
        if !seen.insert((occupation, task)) {
            again += 1;
            continue;
        }
        let own = statements.entry(occupation).or_insert_with(|| {
            let title = row.get(TITLE).or_else(|| titles.get(occupation).copied());
            order.push((occupation, title.unwrap_or(occupation)));
            Vec::new()
        });
        own.push(json!({ "id": task, "kind": "skill", "text": text }));
    }
    let mut notes = vec![level_note("The Standard Occupational Classification")];
    if again > 0 {
        notes.push(format!("not read: tasks that an occupation has twice ({again})"));
    }
    notes.extend(parts.unused());
    let mut tree = Tree::default();
    for (code, title) in order {
        let own = statements.remove(code).unwrap_or_default();
        let record = json!({ "id": code, "title": title, "level": USUAL_LEVEL, "status": "none", "statements": own });
        tree.add(&groups(code), record);
    }
    let native = json!({
        "format": "tlevel-map", "version": 1, "title": "UK Standard Skills Classification",
        "source": {
            "name": "UK Standard Skills Classification, Skills England", "licence": "OGL-UK-3.0",
            "attribution": "Contains public sector information licensed under the Open Government Licence v3.0",
        },
        "routes": tree.routes(),
    });
    let map = native_map(&links.file, native.as_object().cloned().unwrap_or_default())?;
    Ok(Import { format: "UK Standard Skills Classification", map, concepts: None, notes })
}

fn unknown(file: &str, row: Row<'_>, task: &str, texts: &HashMap<&str, &str>) -> FrameworkError {
    let codes: Vec<String> = texts.keys().map(|code| (*code).to_owned()).collect();
    FrameworkError::Unknown {
        place: format!("{file}: {}", row.place(TASK)),
        what: "task",
        found: task.to_owned(),
        hint: hint(task, codes.iter()),
        advice: "put the list of tasks beside it, or give the text in a column \"Task\"",
    }
}

/// Sub-major, minor and unit group of a code such as `1131/01`.
fn groups(code: &str) -> Vec<(String, String)> {
    let step = |digits: usize, name: &str| {
        let own: String = code.chars().take(digits).collect();
        (own.clone(), format!("{name} {own}"))
    };
    vec![step(2, "Sub-major group"), step(3, "Minor group"), step(4, "Unit group")]
}
