//! What the drafts of an official file would change.

use tlevel::change::DraftDifference;
use tlevel::read::Draft;

use super::effects::SHOWN;
use crate::count::count;
use crate::document::{Block, Document, Entry, Mark};

/// Reports what drafts would change: the drafts, then the difference that they
/// make, as [`difference`](super::difference()) does.
///
/// # Examples
///
/// ```
/// use tlevel::change::{DraftDifference, diff_with_effects};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/consultation.json"))?)?.map;
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
