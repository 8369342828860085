//! The clusters that suit a new occupation.

use tlevel::place::{NewOccupation, Placement, PlacementEvidence, Verdict};

use crate::document::{Block, Document, Entry, Listing};

/// How many words of each suggestion a brief listing names.
const NAMED: usize = 6;
/// How many occupations of a cluster are named.
const NEAREST: usize = 3;

/// Reports where a placer puts an occupation: the verdict, then each suggestion
/// with its confidence, its nearest occupations and the words that speak for it.
/// In full it has every share, and what speaks against the suggestion.
///
/// `evidence` is about the suggested clusters, in any order; suggestions without
/// evidence are left out.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(include_bytes!("../../../../fixtures/maps/england.json"))?)?.map;
/// let placer = Placer::new(&map);
/// let new = NewOccupation::titled("Plumbing technician");
/// let placement = placer.suggest(&new, 3);
/// let clusters = placement.suggestions.iter();
/// let evidence: Vec<_> = clusters.filter_map(|s| placer.explain(&new, &s.cluster)).collect();
/// let text = export::terminal(&report::placement(&new, &placement, &evidence), &Layout::default());
/// assert!(text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn placement(new: &NewOccupation, placement: &Placement, evidence: &[PlacementEvidence]) -> Document {
    let title = if new.title.is_empty() { "an occupation without a title" } else { &new.title };
    let mut document = Document::report(title);
    document.aside = new.level.map_or_else(String::new, |level| format!("level {level}"));
    document.blocks.push(Block::paragraph(verdict(placement)));
    for suggestion in &placement.suggestions {
        let Some(evidence) = evidence.iter().find(|e| e.cluster == suggestion.cluster) else { continue };
        let aside = format!("{:.0}% sure, score {:.2}", suggestion.confidence * 100.0, suggestion.score);
        document.blocks.push(Block::section(1, &evidence.name, aside));
        document.blocks.push(Block::entries(lines(&suggestion.pathway, evidence)));
    }
    document
}

fn lines(pathway: &str, evidence: &PlacementEvidence) -> Vec<Entry> {
    let mut lines = vec![Entry::labelled("in", pathway)];
    let near = evidence.nearest.iter().filter(|near| near.score > 0.0).take(NEAREST);
    let near: Vec<String> = near.map(|near| format!("{} ({:.2})", near.title, near.score)).collect();
    if !near.is_empty() {
        lines.push(Entry::labelled("near", near.join("; ")));
    }
    let words: Vec<String> = evidence.shares.iter().map(|share| format!("{} {:.2}", share.term, share.share)).collect();
    if let Some(first) = words.get(..NAMED).filter(|_| words.len() > NAMED) {
        lines.push(Entry::labelled("for it", first.join(", ")).only(Listing::Brief));
        lines.push(Entry::labelled("for it", words.join(", ")).only(Listing::Full));
    } else {
        lines.push(Entry::labelled("for it", words.join(", ")));
    }
    if !evidence.against.is_empty() {
        lines.push(Entry::labelled("against it", evidence.against.join("; ")).only(Listing::Full));
    }
    lines
}

/// What to make of suggestions, in words.
pub(crate) fn verdict(placement: &Placement) -> String {
    let because = placement.because.as_deref().unwrap_or_default();
    match placement.verdict {
        Verdict::Place => "Place: the first cluster is more likely right than wrong.".to_owned(),
        Verdict::Ambiguous => format!("Ambiguous: the first clusters are too close. What would decide: {because}."),
        Verdict::Overlaps => format!("Overlaps: it may be the same as {because}."),
        Verdict::None => {
            "None: nothing on the map is near. It may need a new cluster, or may not belong on the map.".to_owned()
        }
        _ => because.to_owned(),
    }
}
