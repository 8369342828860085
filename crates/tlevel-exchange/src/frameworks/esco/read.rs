//! Reads occupations and their skills as a map.

use std::collections::HashMap;

use serde_json::{Map as Members, Value, json};
use tlevel::table::{Columns, Row};

use super::super::error::FrameworkError;
use super::super::foreign::{Tree, USUAL_LEVEL, kind};
use super::super::onet::hint;
use super::super::parts::{Import, Named, Part, Parts, level_note};
use super::super::skos::bare;
use super::super::to_map::native_map;

/// The names of Tabiya's columns, and ESCO's.
const ALIASES: &[(&str, &str)] = &[
    ("ID", "conceptUri"),
    ("OCCUPATIONGROUPCODE", "iscoGroup"),
    ("ISCOGROUPCODE", "iscoGroup"),
    ("OCCUPATIONID", "occupationUri"),
    ("SKILLID", "skillUri"),
    ("SKILLTYPE", "skillType"),
];

const OCCUPATIONS: Columns = Columns::new("ESCO's occupations", &["conceptUri", "iscoGroup", "preferredLabel"])
    .with_optional(&["code", "description", "altLabels"])
    .with_aliases(ALIASES);
pub(super) const SKILLS: Columns = Columns::new("ESCO's skills", &["conceptUri", "skillType", "preferredLabel"])
    .with_optional(&["description", "altLabels"])
    .with_aliases(ALIASES);
const RELATIONS: Columns =
    Columns::new("ESCO's relations of occupations and skills", &["occupationUri", "skillUri", "relationType"])
        .with_aliases(ALIASES);
const GROUPS: Columns = Columns::new("ESCO's groups of occupations", &["code", "preferredLabel"])
    .with_optional(&["conceptUri"])
    .with_aliases(ALIASES);

const OF_OCCUPATIONS: [&str; 3] = ["conceptUri|ID", "iscoGroup|OCCUPATIONGROUPCODE|ISCOGROUPCODE", "preferredLabel"];
pub(super) const OF_SKILLS: [&str; 3] = ["conceptUri|ID", "skillType", "preferredLabel"];
const OF_RELATIONS: [&str; 3] = ["occupationUri|OCCUPATIONID", "skillUri|SKILLID", "relationType"];

/// Groups of skills have scope notes, and occupations a group.
const OF_GROUPS: [&str; 4] = ["code", "preferredLabel", "!scopeNote", "!iscoGroup|OCCUPATIONGROUPCODE|ISCOGROUPCODE"];

/// Whether the files are ESCO's occupations.
pub(crate) fn recognise(parts: &Parts<'_>) -> bool {
    parts.has(&OF_OCCUPATIONS) || parts.has(&OF_RELATIONS)
}

/// Reads the files as a map: routes, pathways and clusters are the groups of ISCO with
/// two, three and four digits, and essential skills and knowledge are statements.
pub(crate) fn read(parts: &[Part<'_>]) -> Result<Import, FrameworkError> {
    let mut parts = Parts::new(parts);
    let missing = |file| FrameworkError::MissingFile { format: "ESCO", file };
    let occupations = parts.table(&OF_OCCUPATIONS, OCCUPATIONS)?.ok_or_else(|| missing("occupations.csv"))?;
    let skills = parts.table(&OF_SKILLS, SKILLS)?.ok_or_else(|| missing("skills.csv"))?;
    let relations = parts.table(&OF_RELATIONS, RELATIONS)?.ok_or_else(|| missing("occupationSkillRelations.csv"))?;
    let groups = parts.table(&OF_GROUPS, GROUPS)?;
    let mut notes = vec![level_note("ESCO")];
    let skill_of: HashMap<&str, Row<'_>> = skills.table.rows().map(|row| (row.cell("conceptUri"), row)).collect();
    let mut statements: HashMap<&str, Vec<Value>> = HashMap::new();
    let (mut optional, mut of_no_occupation, mut without_kind) = (0, 0, 0);
    let numbers: HashMap<&str, usize> =
        occupations.table.rows().enumerate().map(|(i, row)| (row.cell("conceptUri"), i)).collect();
    for row in relations.table.rows() {
        if row.cell("relationType") != "essential" {
            optional += 1;
            continue;
        }
        let (occupation, uri) = (row.cell("occupationUri"), row.cell("skillUri"));
        if !numbers.contains_key(occupation) {
            of_no_occupation += 1;
            continue;
        }
        let Some(skill) = skill_of.get(uri) else { return Err(unknown(&relations, row, uri, &skill_of)) };
        let named = kind(skill.cell("skillType"));
        without_kind += usize::from(named.is_none());
        statements.entry(occupation).or_default().push(json!({
            "id": bare(uri), "kind": named.unwrap_or("skill"), "text": skill.cell("preferredLabel"),
        }));
    }
    for (count, what) in [
        (optional, "relations that are not essential"),
        (of_no_occupation, "relations of occupations that the files do not have"),
    ] {
        if count > 0 {
            notes.push(format!("not read: {what} ({count})"));
        }
    }
    if without_kind > 0 {
        notes.push(format!("{without_kind} statements are of no kind that a map has; they are read as skills"));
    }
    notes.extend(parts.unused());
    let names = group_names(groups.as_ref());
    let mut tree = Tree::default();
    for row in occupations.table.rows() {
        let uri = row.cell("conceptUri");
        let own = statements.remove(uri).unwrap_or_default();
        tree.add(&steps(row.cell("iscoGroup"), &names), occupation(row, own).into());
    }
    let native = json!({
        "format": "tlevel-map", "version": 1, "title": "ESCO",
        "source": {
            "name": "ESCO, European Commission", "url": "https://esco.ec.europa.eu", "licence": "CC-BY-4.0",
            "attribution": "This service uses the ESCO classification of the European Commission.",
        },
        "routes": tree.routes(),
    });
    let map = native_map("ESCO", native.as_object().cloned().unwrap_or_default())?;
    Ok(Import { format: "ESCO", map, concepts: None, notes })
}

fn unknown(relations: &Named, row: Row<'_>, uri: &str, skills: &HashMap<&str, Row<'_>>) -> FrameworkError {
    let codes: Vec<String> = skills.keys().map(|code| (*code).to_owned()).collect();
    FrameworkError::Unknown {
        place: format!("{}: {}", relations.file, row.place("skillUri")),
        what: "skill",
        found: uri.to_owned(),
        hint: hint(uri, codes.iter()),
        advice: "take all files from one release",
    }
}

fn occupation(row: Row<'_>, statements: Vec<Value>) -> Members<String, Value> {
    let mut record = Members::new();
    let mut put = |name: &str, value: Value| drop(record.insert(name.to_owned(), value));
    put("id", bare(row.cell("conceptUri")).into());
    put("title", row.cell("preferredLabel").into());
    put("level", USUAL_LEVEL.into());
    put("status", "none".into());
    put("overview", row.get("description").into());
    if row.cell("conceptUri").starts_with("http") {
        put("url", row.cell("conceptUri").into());
    }
    let titles: Vec<&str> = row.cell("altLabels").lines().filter(|title| !title.trim().is_empty()).collect();
    put("job_titles", titles.into());
    put("statements", statements.into());
    record
}

/// The names of groups by their codes.
fn group_names(groups: Option<&Named>) -> HashMap<String, String> {
    let rows = groups.iter().flat_map(|groups| groups.table.rows());
    rows.map(|row| (row.cell("code").trim_start_matches('C').to_owned(), row.cell("preferredLabel").to_owned()))
        .collect()
}

/// The groups with two, three and four digits of a code such as `2654` or `C2654`.
fn steps(code: &str, names: &HashMap<String, String>) -> Vec<(String, String)> {
    let code = code.trim_start_matches('C');
    let code = if code.is_empty() { "?" } else { code };
    let length = code.chars().count();
    let step = |digits: usize| {
        let own: String = code.chars().take(digits.min(length)).collect();
        let name = names.get(&own).map_or_else(|| format!("Group {own}"), Clone::clone);
        (own, name)
    };
    [2, 3, 4].map(step).to_vec()
}
