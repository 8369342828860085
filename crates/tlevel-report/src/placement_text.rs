//! Suggested clusters, for a terminal.

use super::Layout;
use super::page::{Page, Paint};
use tlevel::place::{NewOccupation, Placement, Placer, Verdict};

/// How many words are named of each suggestion where not all are.
const NAMED: usize = 6;
/// How many occupations of a cluster are named.
const NEAREST: usize = 3;

/// Lays out what a placer says of an occupation: the verdict, then each
/// suggestion with its confidence, its nearest occupations and the words that
/// speak for it; in full with every share, and what speaks against it.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer};
/// use tlevel_report as write;
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../fixtures/maps/england.json"))?)?.map;
/// let placer = Placer::new(&map);
/// let new = NewOccupation::titled("Plumbing technician");
/// let text = write::placement_text(&placer, &new, &placer.suggest(&new, 3), &write::Layout::default());
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn placement_text(placer: &Placer, new: &NewOccupation, placement: &Placement, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    let title = if new.title.is_empty() { "an occupation without a title" } else { &new.title };
    let level = new.level.map_or_else(String::new, |level| format!("level {level}"));
    page.heading(Paint::Strong, title, &level);
    page.item("", &verdict(placement));
    for suggestion in &placement.suggestions {
        let Some(evidence) = placer.explain(new, &suggestion.cluster) else { continue };
        page.blank();
        let right = format!("{:.0}% sure, score {:.2}", suggestion.confidence * 100.0, suggestion.score);
        page.heading(Paint::Heading, &evidence.name, &right);
        page.painted_item("  in ", Some(Paint::Quiet), &suggestion.pathway);
        let near = evidence.nearest.iter().filter(|near| near.score > 0.0).take(NEAREST);
        let near: Vec<String> = near.map(|near| format!("{} ({:.2})", near.title, near.score)).collect();
        if !near.is_empty() {
            page.painted_item("  near ", Some(Paint::Quiet), &near.join("; "));
        }
        let most = if layout.full { usize::MAX } else { NAMED };
        let words: Vec<String> =
            evidence.shares.iter().take(most).map(|share| format!("{} {:.2}", share.term, share.share)).collect();
        page.painted_item("  for it ", Some(Paint::Quiet), &words.join(", "));
        if layout.full && !evidence.against.is_empty() {
            page.painted_item("  against it ", Some(Paint::Quiet), &evidence.against.join("; "));
        }
    }
    page.finish()
}

/// What to make of suggestions, in words.
pub(super) fn verdict(placement: &Placement) -> String {
    let because = placement.because.as_deref().unwrap_or_default();
    match placement.verdict {
        Verdict::Place => "Place: the first cluster is likelier right than not.".to_owned(),
        Verdict::Ambiguous => format!("Ambiguous: the first are too close. What would decide: {because}."),
        Verdict::Overlaps => format!("Overlaps: it may be the same as {because}."),
        Verdict::None => "None: nothing on the map is near. Perhaps a new cluster, or not for the maps.".to_owned(),
        _ => because.to_owned(),
    }
}
