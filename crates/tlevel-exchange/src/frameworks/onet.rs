//! O*NET's database in its text files: occupations, their tasks, and which tasks
//! express the same activity.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map as Members, Value, json};
use tlevel::table::{Columns, csv};

use super::error::FrameworkError;
use super::foreign::{Tree, USUAL_LEVEL};
use super::parts::{Import, Part, Parts, level_note};
use super::to_map::native_map;

const SOC: &str = "O*NET-SOC Code";

const OCCUPATIONS: Columns = Columns::new("O*NET's occupations", &[SOC, "Title"]).with_optional(&["Description"]);
const TASKS: Columns = Columns::new("O*NET's tasks", &[SOC, "Task ID", "Task"]).with_optional(&["Task Type"]);
const ACTIVITIES: Columns =
    Columns::new("O*NET's activities of tasks", &[SOC, "Task ID", "DWA ID"]).with_optional(&["DWA Title"]);
const REFERENCE: Columns = Columns::new("O*NET's activities", &["DWA ID", "DWA Title"]);
const TITLES: Columns = Columns::new("O*NET's reported titles", &[SOC, "Reported Job Title"]);

/// The major groups of the Standard Occupational Classification, by their first two
/// digits.
const GROUPS: [(&str, &str); 23] = [
    ("11", "Management"),
    ("13", "Business and financial operations"),
    ("15", "Computer and mathematical"),
    ("17", "Architecture and engineering"),
    ("19", "Life, physical and social science"),
    ("21", "Community and social service"),
    ("23", "Legal"),
    ("25", "Educational instruction and library"),
    ("27", "Arts, design, entertainment, sports and media"),
    ("29", "Healthcare practitioners and technical"),
    ("31", "Healthcare support"),
    ("33", "Protective service"),
    ("35", "Food preparation and serving"),
    ("37", "Building and grounds cleaning and maintenance"),
    ("39", "Personal care and service"),
    ("41", "Sales"),
    ("43", "Office and administrative support"),
    ("45", "Farming, fishing and forestry"),
    ("47", "Construction and extraction"),
    ("49", "Installation, maintenance and repair"),
    ("51", "Production"),
    ("53", "Transportation and material moving"),
    ("55", "Military specific"),
];

/// Whether the files are O*NET's.
pub(crate) fn recognise(parts: &Parts<'_>) -> bool {
    parts.has(&[SOC, "Title"]) || parts.has(&[SOC, "Task ID", "Task"])
}

/// Reads the files as a map: routes are major groups, pathways minor groups, clusters
/// broad groups, and tasks are skills. Tasks with a common detailed work activity are
/// a judged concept; a task with several is a bundle.
pub(crate) fn read(parts: &[Part<'_>]) -> Result<Import, FrameworkError> {
    let mut parts = Parts::new(parts);
    let missing = |file| FrameworkError::MissingFile { format: "O*NET", file };
    let occupations = parts.table(&[SOC, "Title"], OCCUPATIONS)?.ok_or_else(|| missing("Occupation Data.txt"))?;
    let tasks = parts.table(&[SOC, "Task ID", "Task"], TASKS)?.ok_or_else(|| missing("Task Statements.txt"))?;
    let mut records: Vec<Members<String, Value>> = Vec::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for row in occupations.table.rows() {
        let code = row.cell(SOC);
        numbers.entry(code.to_owned()).or_insert_with(|| {
            let record = json!({
                "id": code, "title": row.cell("Title"), "level": USUAL_LEVEL, "status": "none",
                "overview": row.get("Description"),
            });
            records.push(record.as_object().cloned().unwrap_or_default());
            records.len() - 1
        });
    }
    let find = |file: &str, row: tlevel::table::Row<'_>| {
        let code = row.cell(SOC);
        numbers.get(code).copied().ok_or_else(|| FrameworkError::Unknown {
            place: format!("{file}: {}", row.place(SOC)),
            what: "occupation",
            found: code.to_owned(),
            hint: hint(code, numbers.keys()),
            advice: "take all files from one release",
        })
    };
    let mut statements: Vec<Vec<Value>> = vec![Vec::new(); records.len()];
    let mut known: HashSet<(usize, &str)> = HashSet::new();
    for row in tasks.table.rows() {
        let at = find(&tasks.file, row)?;
        known.insert((at, row.cell("Task ID")));
        statements[at].push(json!({ "id": row.cell("Task ID"), "kind": "skill", "text": row.cell("Task") }));
    }
    let mut notes = vec![level_note("O*NET")];
    if let Some(titles) = parts.table(&[SOC, "Reported Job Title"], TITLES)? {
        for row in titles.table.rows() {
            let at = find(&titles.file, row)?;
            if let Value::Array(list) = records[at].entry("job_titles").or_insert_with(|| json!([])) {
                list.push(row.cell("Reported Job Title").into());
            }
        }
    }
    let mut activities: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
    let mut labels: HashMap<String, String> = HashMap::new();
    if let Some(table) = parts.table(&[SOC, "Task ID", "DWA ID"], ACTIVITIES)? {
        let mut without = 0;
        for row in table.table.rows() {
            let at = find(&table.file, row)?;
            if !known.contains(&(at, row.cell("Task ID"))) {
                without += 1;
                continue;
            }
            let of = activities.entry((at, row.cell("Task ID").to_owned())).or_default();
            let activity = row.cell("DWA ID").to_owned();
            if !of.contains(&activity) {
                of.push(activity);
            }
            if let Some(title) = row.get("DWA Title") {
                labels.entry(row.cell("DWA ID").to_owned()).or_insert_with(|| title.to_owned());
            }
        }
        if without > 0 {
            notes.push(format!("not read: activities of tasks that are not in {} ({without})", tasks.file));
        }
    }
    if let Some(table) = parts.table(&["DWA ID", "DWA Title"], REFERENCE)? {
        for row in table.table.rows() {
            labels.insert(row.cell("DWA ID").to_owned(), row.cell("DWA Title").to_owned());
        }
    }
    let concepts = (!activities.is_empty()).then(|| judged(&activities, &labels, &records));
    let without = statements.iter().filter(|tasks| tasks.is_empty()).count();
    if without > 0 {
        notes.push(format!("{without} of {} occupations have no tasks", records.len()));
    }
    notes.extend(parts.unused());
    let mut tree = Tree::default();
    for (mut record, tasks) in records.into_iter().zip(statements) {
        record.insert("statements".to_owned(), tasks.into());
        let steps = groups(record["id"].as_str().unwrap_or_default());
        tree.add(&steps, record.into());
    }
    let native = json!({
        "format": "tlevel-map", "version": 1, "title": "O*NET",
        "source": {
            "name": "O*NET Database, US Department of Labor, Employment and Training Administration",
            "url": "https://www.onetcenter.org/database.html",
            "licence": "CC-BY-4.0",
            "attribution": "O*NET Database by the U.S. Department of Labor, Employment and Training Administration \
                (USDOL/ETA). Used under the CC BY 4.0 license. Changed: its groups are routes, pathways and clusters.",
        },
        "routes": tree.routes(),
    });
    let map = native_map("O*NET", native.as_object().cloned().unwrap_or_default())?;
    Ok(Import { format: "O*NET", map, concepts, notes })
}

/// Major, minor and broad group of a code such as `11-1011.00`, with their names.
fn groups(code: &str) -> Vec<(String, String)> {
    let major = code.get(..2).unwrap_or(code);
    let name = GROUPS.iter().find(|(own, _)| *own == major).map_or(major, |(_, name)| *name);
    let minor = code.get(..4).unwrap_or(code);
    let broad = code.get(..6).unwrap_or(code);
    vec![
        (major.to_owned(), name.to_owned()),
        (minor.to_owned(), format!("Minor group {minor}000")),
        (broad.to_owned(), format!("Broad group {broad}0")),
    ]
}

/// The concepts that activities make of tasks, as a table: the first activity of a
/// task is its concept, further ones are in `also`.
fn judged(
    activities: &BTreeMap<(usize, String), Vec<String>>,
    labels: &HashMap<String, String>,
    records: &[Members<String, Value>],
) -> String {
    // a bundle may only name concepts that have a row of their own
    let firsts: HashSet<&str> = activities.values().filter_map(|of| of.first()).map(String::as_str).collect();
    let header = ["occupation", "statement", "concept", "label", "also"].map(str::to_owned);
    let rows = activities.iter().map(|((at, task), of)| {
        let first = of.first().cloned().unwrap_or_default();
        let also: Vec<&str> = of.iter().skip(1).map(String::as_str).filter(|also| firsts.contains(also)).collect();
        let label = labels.get(&first).cloned().unwrap_or_default();
        let id = records[*at]["id"].as_str().unwrap_or_default().to_owned();
        [id, task.clone(), first, label, also.join("; ")]
    });
    csv(std::iter::once(header).chain(rows))
}

/// ` (did you mean "..."?)`, for a code that is nearly one of these.
pub(crate) fn hint<'c>(code: &str, codes: impl Iterator<Item = &'c String>) -> String {
    let mut codes: Vec<&str> = codes.map(String::as_str).collect();
    codes.sort_unstable();
    match tlevel::text::closest(code, codes) {
        Some(near) => format!(" (did you mean \"{near}\"?)"),
        None => String::new(),
    }
}
