//! Reads groups of skills as a framework of topics.

use std::collections::HashMap;

use tlevel::table::{Columns, Row};

use super::super::error::FrameworkError;
use super::super::model::{Framework, Item};
use super::super::of_concepts::TOPIC;
use super::super::parts::{Part, Parts};
use super::super::skos::bare;
use super::super::tree;
use super::read::{OF_SKILLS, SKILLS};

const ALIASES: &[(&str, &str)] = &[("ID", "conceptUri"), ("CHILDID", "conceptUri"), ("PARENTID", "broaderUri")];
const GROUPS: Columns = Columns::new("ESCO's groups of skills", &["conceptUri", "preferredLabel", "code"])
    .with_optional(&["altLabels", "description", "scopeNote"])
    .with_aliases(ALIASES);
const BROADER: Columns =
    Columns::new("ESCO's hierarchy of skills", &["conceptUri", "broaderUri"]).with_aliases(ALIASES);

const OF_GROUPS: [&str; 5] =
    ["conceptUri|ID", "preferredLabel", "code", "scopeNote", "!iscoGroup|OCCUPATIONGROUPCODE|ISCOGROUPCODE"];
const OF_BROADER: [&str; 2] = ["conceptUri|CHILDID", "broaderUri|PARENTID"];

/// Whether the files have groups of skills.
pub(crate) fn recognise(parts: &Parts<'_>) -> bool {
    parts.has(&OF_GROUPS)
}

/// Reads groups of skills; the labels of a group's skills are its keywords.
pub(crate) fn read(parts: &[Part<'_>]) -> Result<(Framework, Vec<String>), FrameworkError> {
    let mut parts = Parts::new(parts);
    let missing = |file| FrameworkError::MissingFile { format: "ESCO", file };
    let groups = parts.table(&OF_GROUPS, GROUPS)?.ok_or_else(|| missing("skillGroups.csv"))?;
    let skills = parts.table(&OF_SKILLS, SKILLS)?;
    let broader = parts.table(&OF_BROADER, BROADER)?;
    let rows: Vec<Row<'_>> = groups.table.rows().collect();
    let numbers: HashMap<&str, usize> = rows.iter().enumerate().map(|(i, row)| (row.cell("conceptUri"), i)).collect();
    let labels: HashMap<&str, &str> = (skills.iter().flat_map(|skills| skills.table.rows()))
        .map(|row| (row.cell("conceptUri"), row.cell("preferredLabel")))
        .collect();
    let mut above: Vec<Option<usize>> = vec![None; rows.len()];
    let mut keywords: Vec<Vec<String>> = rows.iter().map(|row| lines(row.cell("altLabels"))).collect();
    for row in broader.iter().flat_map(|broader| broader.table.rows()) {
        let (own, parent) = (row.cell("conceptUri"), row.cell("broaderUri"));
        let Some(&parent) = numbers.get(parent) else { continue };
        match (numbers.get(own), labels.get(own)) {
            (Some(&group), _) => drop(above[group].get_or_insert(parent)),
            (None, Some(label)) => keywords[parent].push((*label).to_owned()),
            (None, None) => {}
        }
    }
    let arranged = tree::arrange(&above, &vec![0; rows.len()]).map_err(|i| FrameworkError::Circle {
        file: groups.file.clone(),
        item: rows[i].cell("preferredLabel").to_owned(),
    })?;
    let mut framework = Framework::new(String::new(), "ESCO's groups of skills");
    framework.creator = Some("ESCO, European Commission".to_owned());
    framework.licence = Some("CC-BY-4.0".to_owned());
    for (old, parent) in arranged {
        let row = rows[old];
        let mut item = Item::new(bare(row.cell("conceptUri")), TOPIC, row.cell("preferredLabel"));
        item.parent = parent;
        item.code = row.get("code").map(str::to_owned);
        item.notes = row.get("scopeNote").or_else(|| row.get("description")).map(str::to_owned);
        item.keywords = std::mem::take(&mut keywords[old]);
        framework.add(item);
    }
    Ok((framework, parts.unused().collect()))
}

fn lines(cell: &str) -> Vec<String> {
    cell.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
