//! Reads a CASE package as a framework.

use std::collections::HashMap;

use serde_json::{Map as Members, Value};

use super::super::error::{FrameworkError, text};
use super::super::model::{End, Framework, Item, Link, LinkKind};
use super::super::tree;
use super::write::NOT_STATED;
use super::{ASSOCIATIONS, OURS, model};

const EXPECTED: &str = "a CFPackage with CFDocument, CFItems and CFAssociations";

/// Whether bytes look like a CASE package.
pub(crate) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('{')
        && text.match_indices("\"CFDocument\"").any(|(at, name)| text[at + name.len()..].trim_start().starts_with(':'))
}

/// Reads a package. What it holds that a framework does not is in the notes, with
/// its number.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<(Framework, Vec<String>), FrameworkError> {
    let text = text(file, bytes)?;
    let package: model::Package =
        serde_json::from_str(&text).map_err(|error| FrameworkError::json(file, &error, EXPECTED))?;
    let mut notes = Vec::new();
    let mut framework = document(&package.document);
    if let Some(more) = ours(package.document.extensions.as_ref()) {
        framework.more = more;
    }
    let arranged = arrange(file, &package, &mut notes)?;
    unused(&package, &mut notes);
    let mut number_of: HashMap<&str, usize> = HashMap::new();
    for (number, &(old, parent)) in arranged.iter().enumerate() {
        let read = &package.items[old];
        if let Some(id) = key(read) {
            number_of.entry(id).or_insert(number);
        }
        framework.items.push(item(read, parent));
    }
    for association in &package.associations {
        links(association, &number_of, &mut framework);
    }
    Ok((framework, notes))
}

fn document(read: &model::Document) -> Framework {
    let title = read.title.clone().unwrap_or_else(|| "Framework".to_owned());
    let mut framework = Framework::new(read.identifier.clone().unwrap_or_default(), title);
    let creator = read.creator.clone().filter(|creator| creator != NOT_STATED);
    framework.creator = read.publisher.clone().or(creator);
    framework.url.clone_from(&read.official_source_url);
    framework.licence = read.license.as_ref().and_then(|licence| licence.title.clone());
    framework.rights.clone_from(&read.notes);
    framework.published = read.version.clone().filter(|version| tlevel::check::is_date(version));
    framework.description.clone_from(&read.description);
    framework
}

fn ours(extensions: Option<&Members<String, Value>>) -> Option<Members<String, Value>> {
    match extensions?.get(OURS) {
        Some(Value::Object(more)) => Some(more.clone()),
        _ => None,
    }
}

fn item(read: &model::Item, parent: Option<usize>) -> Item {
    let kind = read.item_type.clone().or_else(|| read.item_type_link.as_ref().and_then(|link| link.title.clone()));
    Item {
        id: key(read).unwrap_or_default().to_owned(),
        parent,
        kind: kind.unwrap_or_default(),
        code: read.human_coding_scheme.clone(),
        text: read.full_statement.clone().or_else(|| read.abbreviated_statement.clone()).unwrap_or_default(),
        label: read.abbreviated_statement.clone(),
        notes: read.notes.clone(),
        keywords: read.concept_keywords.0.clone(),
        level: read.education_level.0.first().cloned(),
        more: ours(read.extensions.as_ref()).unwrap_or_default(),
    }
}

/// An item's identifier, or else its address.
fn key(item: &model::Item) -> Option<&str> {
    item.identifier.as_deref().or(item.uri.as_deref())
}

fn end(reference: &model::Reference) -> Option<&str> {
    reference.identifier.as_deref().or(reference.uri.as_deref())
}

/// The items in the order of the tree, each with the number of its parent: children
/// by their sequence number, then in the order of the file. An item with several
/// parents is under the first.
fn arrange(
    file: &str,
    package: &model::Package,
    notes: &mut Vec<String>,
) -> Result<Vec<(usize, Option<usize>)>, FrameworkError> {
    let mut place: HashMap<&str, usize> = HashMap::new();
    for (i, item) in package.items.iter().enumerate() {
        if let Some(id) = key(item) {
            place.entry(id).or_insert(i);
        }
    }
    let mut above: Vec<Option<usize>> = vec![None; package.items.len()];
    let mut rank = vec![i64::MAX; package.items.len()];
    let mut is_placed = vec![false; package.items.len()];
    let mut further = 0;
    for association in package.associations.iter().filter(|a| a.association_type.as_deref() == Some("isChildOf")) {
        let Some(child) = end(&association.origin).and_then(|id| place.get(id)).copied() else { continue };
        if std::mem::replace(&mut is_placed[child], true) {
            further += 1;
            continue;
        }
        above[child] = end(&association.destination).and_then(|id| place.get(id)).copied();
        rank[child] = association.sequence_number.unwrap_or(i64::MAX);
    }
    if further > 0 {
        notes.push(format!("{further} items have a second parent; each is read under its first"));
    }
    tree::arrange(&above, &rank).map_err(|i| {
        let item = &package.items[i];
        let name = item.human_coding_scheme.as_deref().or(item.full_statement.as_deref()).unwrap_or_default();
        FrameworkError::Circle { file: file.to_owned(), item: name.chars().take(80).collect() }
    })
}

fn links(association: &model::Association, number_of: &HashMap<&str, usize>, framework: &mut Framework) {
    let Some(kind) = association.association_type.as_deref().filter(|kind| *kind != "isChildOf") else { return };
    let known = ASSOCIATIONS.iter().find(|(name, _)| *name == kind).map(|(_, own)| own.clone());
    let kind = known.unwrap_or_else(|| LinkKind::Else(kind.to_owned()));
    let one = |reference: &model::Reference| {
        let id = end(reference)?;
        Some(match number_of.get(id) {
            Some(number) => End::Item(*number),
            None => End::Other {
                id: id.to_owned(),
                title: reference.title.clone().unwrap_or_default(),
                uri: reference.uri.clone(),
            },
        })
    };
    if let (Some(from), Some(to)) = (one(&association.origin), one(&association.destination)) {
        framework.links.push(Link { from, kind, to, note: association.notes.clone() });
    }
}

/// Members that were not used, with their numbers.
fn unused(package: &model::Package, notes: &mut Vec<String>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut count = |of: &str, others: &Members<String, Value>| {
        for (name, value) in others {
            let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            if is_empty || EXPECTED_OTHERS.contains(&name.as_str()) {
                continue;
            }
            let what = format!("\"{name}\" of {of}");
            match counts.iter_mut().find(|(own, _)| *own == what) {
                Some((_, count)) => *count += 1,
                None => counts.push((what, 1)),
            }
        }
    };
    count("the document", &package.document.others);
    package.items.iter().for_each(|item| count("items", &item.others));
    if !package.rubrics.is_empty() {
        counts.push(("rubrics".to_owned(), package.rubrics.len()));
    }
    notes.extend(counts.into_iter().map(|(what, count)| format!("not read: {what} ({count})")));
}

/// Members that say nothing beyond what is read.
const EXPECTED_OTHERS: [&str; 2] = ["CFPackageURI", "CFDocumentURI"];
