//! The clusters that suit a new occupation.

use tlevel::place::{
    KnownName, MeaningShare, NewOccupation, Placement, PlacementEvidence, Suggestion, TermShare, Verdict,
};

use super::tables::placements;
use crate::document::{Block, Document, Entry, Listing};

/// How many reasons for each suggestion a brief listing names.
const NAMED: usize = 6;
/// How many occupations with the same title are named.
const SAME: usize = 3;
/// How many occupations of a cluster are named.
const NEAREST: usize = 3;

/// Reports where a placer puts an occupation: the verdict, then each suggestion
/// with its confidence, its nearest occupations and the words that speak for it.
/// In full it has every share, and what speaks against the suggestion.
///
/// `evidence` is about the suggested clusters, in any order. Suggestions without
/// evidence are left out, and so are those for which only the level speaks.
///
/// # Examples
///
/// ```
/// use tlevel::place::{NewOccupation, Placer};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
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
    let subject = if new.title.is_empty() { ITS_TITLE } else { &new.title };
    document.blocks.push(Block::paragraph(verdict(subject, placement)));
    let from = if is_title_alone(new) { ", from its title alone" } else { "" };
    let mut shown = 0;
    for suggestion in &placement.suggestions {
        let Some(evidence) = evidence.iter().find(|e| e.cluster == suggestion.cluster) else { continue };
        if !evidence.shares.iter().any(|share| share.share > 0.0 && share.term != BAND) {
            continue;
        }
        shown += 1;
        let aside = format!("{}{from}", sure(suggestion.confidence));
        document.blocks.push(Block::section(1, &evidence.name, aside));
        document.blocks.push(Block::entries(lines(suggestion, evidence)));
    }
    let is_unranked = placement.verdict == Verdict::TooLittle && placement.suggestions.is_empty();
    if shown == 0 && (is_unranked || !evidence.is_empty()) {
        document.blocks.push(Block::paragraph("No cluster is listed, because nothing favours one over another."));
    }
    document.data = Some(placements([(new, placement)]));
    document
}

/// Whether only the title is known of an occupation, and its level perhaps.
fn is_title_alone(new: &NewOccupation) -> bool {
    let lists = [&new.job_titles, &new.keywords, &new.statements, &new.duties, &new.qualifications];
    new.overview.is_empty() && lists.iter().all(|list| list.is_empty())
}

fn lines(suggestion: &Suggestion, evidence: &PlacementEvidence) -> Vec<Entry> {
    let place = format!("{} > {}", suggestion.route_name, suggestion.pathway_name);
    let mut lines = vec![Entry::labelled("in", place), Entry::labelled("id", &suggestion.cluster).only(Listing::Full)];
    let near = evidence.nearest.iter().filter(|near| near.score > 0.0).take(NEAREST);
    let near: Vec<String> = near.map(|near| near.title.clone()).collect();
    if !near.is_empty() {
        lines.push(Entry::labelled("near", near.join("; ")));
    }
    let reasons: Vec<String> = evidence.shares.iter().map(reason).take(NAMED).collect();
    lines.push(Entry::labelled("why", reasons.join(", ")).only(Listing::Brief));
    let shares = evidence.shares.iter().map(|share| format!("{} {:.2}", reason(share), share.share));
    let all: Vec<String> = shares.chain([format!("together {:.2}", suggestion.score)]).collect();
    lines.push(Entry::labelled("why", all.join(", ")).only(Listing::Full));
    let near = evidence.near_words.iter().filter(|word| !word.near.is_empty());
    let near: Vec<String> = near.map(|word| near_words(word, suggestion.score)).collect();
    for (most, listing) in [(NEAR_WORDS, Listing::Brief), (usize::MAX, Listing::Full)] {
        let some: Vec<&str> = near.iter().take(most).map(String::as_str).collect();
        if !some.is_empty() {
            lines.push(Entry::labelled("by meaning", some.join("; ")).only(listing));
        }
    }
    if !evidence.against.is_empty() {
        lines.push(Entry::labelled("why not", evidence.against.join("; ")).only(Listing::Full));
    }
    lines
}

/// How many words a brief listing names that are near others.
const NEAR_WORDS: usize = 2;

/// Which words of a cluster are near a word, and the part of a score that it adds.
fn near_words(word: &MeaningShare, score: f64) -> String {
    let near = word.near.iter().map(|near| format!("\u{201c}{near}\u{201d}"));
    let near = format!("\u{201c}{}\u{201d} is near {}", word.word, near.collect::<Vec<_>>().join(", "));
    let share = word.share / score * 100.0;
    if score > 0.0 && share <= 100.0 { format!("{near} ({share:.0}% of the score)") } else { near }
}

/// How sure a suggestion is.
pub(crate) fn sure(confidence: f64) -> String {
    if confidence < 0.005 { "less than 1% sure".to_owned() } else { format!("{:.0}% sure", confidence * 100.0) }
}

/// The part of a score that a level adds.
const BAND: &str = "(band)";

/// What a part of a score says, in words.
pub(crate) fn reason(share: &TermShare) -> String {
    match share.term.as_str() {
        BAND => "its level".to_owned(),
        "(letters of names)" => "similar names".to_owned(),
        "(meaning)" => "similar meaning".to_owned(),
        "(same title)" => "the same title".to_owned(),
        "(job title)" => "a job title there".to_owned(),
        "(title list)" => "your list of titles".to_owned(),
        term => match term.strip_prefix('(').and_then(|term| term.strip_suffix(')')) {
            Some(other) => other.to_owned(),
            None => format!("\u{201c}{term}\u{201d}"),
        },
    }
}

/// What a verdict calls an occupation whose title it does not have.
pub(crate) const ITS_TITLE: &str = "Its title";

/// What to make of suggestions, in words. `title` begins the sentence: the title
/// or [`ITS_TITLE`].
pub(crate) fn verdict(title: &str, placement: &Placement) -> String {
    let because = placement.because.as_deref().unwrap_or_default();
    match placement.verdict {
        Verdict::Place => "The first cluster is probably right.".to_owned(),
        Verdict::Ambiguous => {
            format!("Unclear: the first clusters are too close to call. What would decide between them: {because}.")
        }
        Verdict::Overlaps => format!("It may be the same as {because}: they say nearly the same."),
        Verdict::SameTitle => format!("{title} is on the map already: {}.", listed(&placement.known)),
        Verdict::KnownAs => known_as(title, &placement.known),
        Verdict::TooLittle => format!("Too little to tell: {because}. Job titles or statements would help."),
        Verdict::None => {
            "None: its words are known, but nothing on the map is near. It may need a new cluster, or may not belong \
             on the map."
                .to_owned()
        }
        _ => because.to_owned(),
    }
}

/// Who has a job title, or which list.
fn known_as(title: &str, known: &[KnownName]) -> String {
    let mut clusters: Vec<&str> = known.iter().map(|name| name.cluster.as_str()).collect();
    clusters.sort_unstable();
    clusters.dedup();
    let several = match clusters.len() {
        0 | 1 => String::new(),
        many => format!(" They are in {many} clusters, and the title alone does not say which is right."),
    };
    match known.first().and_then(|name| name.list.as_deref().map(|list| (name, list))) {
        Some((name, list)) if name.occupation.is_some() => {
            format!("{title} is in your list of titles ({list}) for {}.{several}", listed(known))
        }
        Some((_, list)) => format!("{title} is in your list of titles ({list}).{several}"),
        None => format!("{title} is a job title of {}.{several}", listed(known)),
    }
}

/// Occupations by title and id.
fn listed(known: &[KnownName]) -> String {
    let name = |name: &KnownName| match &name.occupation {
        Some(id) => format!("{} ({id})", name.title),
        None => name.title.clone(),
    };
    let mut names: Vec<String> = known.iter().map(name).collect();
    names.dedup();
    let others = names.len().saturating_sub(SAME);
    names.truncate(SAME);
    if others > 0 {
        names.push(format!("{others} more"));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
