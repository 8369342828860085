//! What the drafts of an official file would change.

use tlevel::change::DraftDifference;
use tlevel::read::Draft;

use super::effects::SHOWN;
use super::tables::table;
use crate::count::count;
use crate::document::{Block, Cell, Document, Entry, Mark, Table};

/// Reports what drafts would change: the drafts, then the difference that they
/// make, as [`difference`](super::difference()) does. The data has a row for each draft.
///
/// # Examples
///
/// ```
/// use tlevel::change::{DraftDifference, diff_with_effects};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/consultation.json")?)?)?.map;
/// let (concepts, policy) = (Concepts::exact(&map), Policy::t_level());
/// let same = diff_with_effects((&map, &concepts), (&map, &concepts), &policy, &policy)?;
/// let document = report::drafts(&DraftDifference::new(Vec::new(), same));
/// let text = export::terminal(&document, &Layout::default());
/// assert!(text.contains("No draft follows a version in force."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn drafts(drafts: &DraftDifference) -> Document {
    let mut document = Document::answer("What the drafts would change");
    document.blocks.push(Block::section(1, "Drafts", count(drafts.drafts.len(), "draft")));
    document.data = Some(each(&drafts.drafts));
    if drafts.drafts.is_empty() {
        document.blocks.push(Block::paragraph(NONE));
        return document;
    }
    let entries = drafts.drafts.iter().map(|draft| Entry::new(in_words(draft)).marked(Mark::Bullet)).collect();
    document.blocks.push(Block::entries(Entry::first(SHOWN, entries)));
    if drafts.drafts.iter().any(|draft| draft.has_statements) {
        let difference = super::difference(&drafts.difference());
        document.rights = difference.rights;
        document.blocks.extend(difference.blocks);
    }
    document
}

/// A row for each draft.
fn each(drafts: &[Draft]) -> Table {
    let columns = [
        ("occupation", 1),
        ("title", 3),
        ("level", 1),
        ("in_force", 1),
        ("version", 1),
        ("status", 2),
        ("has_statements", 1),
        ("added", 1),
        ("removed", 1),
        ("reworded", 1),
    ];
    let mut table = table("Drafts", &columns).whole(["level", "added", "removed", "reworded"]);
    for draft in drafts {
        let number = |version: &Option<String>| version.clone().unwrap_or_default();
        let mut row: Vec<Cell> = vec![draft.occupation.as_str().into(), draft.title.as_str().into()];
        row.push(draft.level.map_or_else(|| Cell::from(""), Cell::Number));
        row.extend([number(&draft.in_force), number(&draft.version), draft.status.clone()].map(Cell::from));
        row.push(if draft.has_statements { "yes" } else { "no" }.into());
        row.extend([draft.added, draft.removed, draft.reworded].map(Cell::count));
        table.rows.push(row);
    }
    table
}

const NONE: &str = "No draft follows a version in force. Nothing would change.";

fn in_words(draft: &Draft) -> String {
    let version = |version: &Option<String>| match version {
        Some(number) => format!("version {number}"),
        None => "a version without a number".to_owned(),
    };
    let status = if draft.status == "plan-in-development" { "with its plan in development" } else { "in development" };
    let level = draft.level.map_or_else(String::new, |level| format!(", level {level}"));
    let changes = if draft.has_statements {
        let all = [(draft.added, "added"), (draft.removed, "removed"), (draft.reworded, "reworded")];
        let parts: Vec<String> = all.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if parts.is_empty() {
            "the statements stay as they are".to_owned()
        } else {
            format!("statements: {}", parts.join(", "))
        }
    } else {
        "it has no statements yet, so its effect is not known".to_owned()
    };
    format!(
        "{} ({}){level}: {} is in force, {} is {status}; {changes}",
        draft.title,
        draft.occupation,
        version(&draft.in_force),
        version(&draft.version)
    )
}
