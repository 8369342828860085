//! What drafts would change, for a terminal and as Markdown.

use super::Layout;
use super::difference_markdown::difference_markdown;
use super::difference_text::{cut, difference_text, most};
use super::markdown_page::{MarkdownPage, escape};
use super::page::{Page, Paint, count};
use tlevel::change::DraftDifference;
use tlevel::read::Draft;

/// Lays out what drafts would change for a terminal: the drafts, then the
/// difference that they make, as [`difference_text`] does.
///
/// # Examples
///
/// ```
/// use tlevel::change::{DraftDifference, diff_with_effects};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
/// let (concepts, policy) = (Concepts::exact(&map), Policy::t_level());
/// let same = diff_with_effects((&map, &concepts), (&map, &concepts), &policy, &policy)?;
/// let text = write::drafts_text(&DraftDifference::new(Vec::new(), same), &write::Layout::default());
/// assert!(text.contains("No draft follows a version in force."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn drafts_text(drafts: &DraftDifference, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    page.heading(Paint::Heading, "Drafts", &count(drafts.drafts.len(), "draft"));
    if drafts.drafts.is_empty() {
        page.item("  ", NONE);
        return page.finish();
    }
    for draft in drafts.drafts.iter().take(most(layout.full)) {
        page.item("  - ", &in_words(draft));
    }
    cut(&mut page, "  ", drafts.drafts.len(), layout.full);
    if !applied(drafts) {
        return page.finish();
    }
    page.blank();
    page.finish() + &difference_text(&drafts.difference(), layout)
}

/// Writes what drafts would change as Markdown (`CommonMark`): the drafts, then
/// the difference that they make, as [`difference_markdown`] does.
///
/// # Examples
///
/// ```
/// use tlevel::change::{DraftDifference, diff_with_effects};
/// use tlevel::{concept::Concepts, derive::Policy};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/consultation.json"))?)?.map;
/// let (concepts, policy) = (Concepts::exact(&map), Policy::t_level());
/// let same = diff_with_effects((&map, &concepts), (&map, &concepts), &policy, &policy)?;
/// let markdown = write::drafts_markdown(&DraftDifference::new(Vec::new(), same));
/// assert!(markdown.starts_with("# Drafts"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn drafts_markdown(drafts: &DraftDifference) -> String {
    let mut out = MarkdownPage::new();
    out.line("# Drafts");
    out.blank();
    if drafts.drafts.is_empty() {
        out.line(NONE);
    }
    for draft in &drafts.drafts {
        out.line(&format!("- {}", escape(&in_words(draft))));
    }
    if !applied(drafts) {
        return out.finish();
    }
    out.blank();
    out.finish() + &difference_markdown(&drafts.difference())
}

const NONE: &str = "No draft follows a version in force. Nothing would change.";

/// Whether any draft has something to change.
fn applied(drafts: &DraftDifference) -> bool {
    drafts.drafts.iter().any(|draft| draft.has_statements)
}

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
        "it has no statements yet, so what it would change is not known".to_owned()
    };
    format!(
        "{} ({}){level}: {} is in force, {} is {status}; {changes}",
        draft.title,
        draft.occupation,
        version(&draft.in_force),
        version(&draft.version)
    )
}
