//! Many responses: a list of their proposals by question.

use itertools::Itertools as _;

use super::moved::shared;
use super::new::where_it_fits;
use super::one::of_one;
use super::words::{bullet, known, names_with_counts};
use crate::count::count;
use crate::document::Entry;
use crate::report::difference_words::entry;
use crate::report::sheet::{Part, Sheet};
use tlevel::consult::{Proposal, Question, ResponseNote, ResponseScreening, Screening, TrackedProposal};
use tlevel::place::Verdict;

/// The heading of each question.
pub(super) const QUESTIONS: [(Question, &str); 3] = [
    (Question::A, "(a) Occupations that may be missing"),
    (Question::B, "(b) Occupations that may move"),
    (Question::C, "(c) Branches that may be opened"),
];

pub(super) fn of_responses(screening: &ResponseScreening) -> Sheet<'_> {
    let (proposals, wrong) = (&screening.proposals, &screening.not_screened);
    let mut lead = vec![format!(
        "{} {} {}; {}.",
        count(screening.responses, "response"),
        if screening.responses == 1 { "makes" } else { "make" },
        count(proposals.len(), "different proposal"),
        if wrong.is_empty() {
            "all were screened".to_owned()
        } else {
            format!("{} could not be screened", wrong.len())
        }
    )];
    lead.push(
        "Missing occupations: those with most responses come first. Moves and branches: those that change the \
         programmes most come first. A change is a core item, a specialism with content or a programme gained or lost; \
         the count says nothing about merit."
            .to_owned(),
    );
    let note = |note: &ResponseNote| bullet(format!("line {}: {}", note.line, note.message));
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (question, title) in QUESTIONS {
        let of: Vec<Entry> =
            proposals.iter().filter(|proposal| proposal.question == question).map(proposal_entry).collect();
        if !of.is_empty() {
            parts.push(Part::new(title, of).whole());
        }
    }
    if parts.is_empty() {
        parts.push(Part::new("Proposals", Vec::new()).or("None."));
    }
    if !screening.not_made.is_empty() {
        let kept = Part::new("In the tracker, and made by no response", screening.not_made.iter().map(kept).collect());
        parts.push(kept.whole());
    }
    if !wrong.is_empty() {
        parts.push(Part::new("Could not be screened", wrong.iter().map(note).collect()).whole());
    }
    if !screening.notes.is_empty() {
        parts.push(Part::new("Notes", screening.notes.iter().map(note).collect()));
    }
    let right = format!("{} of {}", screening.responses - wrong.len(), screening.responses);
    let behind = proposals.iter().map(full).collect();
    Sheet { title: "Responses".to_owned(), right, lead, parts, unsaid: Vec::new(), behind }
}

/// The sheet of a proposal: what people say, then its screening.
fn full(proposal: &Proposal) -> Sheet<'_> {
    let mut sheet = of_one(&proposal.screening);
    sheet.title.clone_from(&proposal.title);
    sheet.right = format!("{}; {}", sheet.right.trim_end_matches('?'), count(proposal.responses, "response"));
    let said = Part::new("What people say", proposal.rationales.iter().cloned().map(bullet).collect())
        .or("No reason is given.")
        .whole();
    let stands = standing(proposal).into_iter().map(bullet).collect::<Vec<_>>();
    if !stands.is_empty() {
        sheet.parts.insert(0, Part::new(STANDING, stands).whole());
    }
    sheet.parts.insert(0, said);
    sheet
}

/// The title of what is known of a proposal besides what people and the map say.
pub(super) const STANDING: &str = "Where it stands";

/// What is known of a proposal besides its screening: the map, other names, the panel.
pub(super) fn standing(proposal: &Proposal) -> Vec<String> {
    let mut lines = Vec::new();
    if proposal.places.len() > 1 {
        lines.push(format!("Places named: {}.", names_with_counts(&proposal.places)));
    }
    if let Some(route) = &proposal.place_by_map {
        lines.push(format!("No place is named; {}, the map that most are about, is used.", route.name));
    }
    if !proposal.perhaps_same.is_empty() {
        let others = proposal.perhaps_same.iter().map(|other| other.title.as_str()).join("; ");
        lines.push(format!("Perhaps the same: {others}."));
    }
    lines.extend(proposal.tracked.as_ref().map(|tracked| {
        let decision = tracked.decision.map(|decision| decision.name().to_owned());
        let by = Some(&tracked.decided_by).filter(|by| !by.is_empty()).map(|by| format!("by {by}"));
        let said = [Some(tracked.status.clone()).filter(|status| !status.is_empty()), decision, by];
        let reason = if tracked.reason.is_empty() { String::new() } else { format!(" {}", tracked.reason) };
        format!("In the tracker: {}.{reason}", said.into_iter().flatten().join(", "))
    }));
    lines
}

/// What the map says of a proposal, in a few words.
pub(super) fn in_short(proposal: &Proposal) -> String {
    let main = || match &proposal.screening {
        Screening::MoveOccupation(moved) => shared(moved),
        other => of_one(other).lead.into_iter().next().unwrap_or_default(),
    };
    map_says(proposal).unwrap_or_else(main)
}

fn kept(row: &TrackedProposal) -> Entry {
    let decision = row.tracked.decision.map_or("no decision", |decision| decision.name());
    bullet(format!("{}: {decision}", if row.title.is_empty() { &row.key } else { &row.title }))
}

/// What the map says of a new occupation, in a few words; empty for other proposals.
fn map_says(proposal: &Proposal) -> Option<String> {
    let Screening::NewOccupation(new) = &proposal.screening else { return None };
    match (new.placement.verdict, &proposal.on_the_map) {
        (Verdict::SameTitle, Some(there)) => Some(format!("Already on the map: {}.", known(there))),
        (Verdict::KnownAs, Some(there)) => Some(format!("A job title of {}, which is on the map.", known(there))),
        _ => Some(where_it_fits(new)),
    }
}

fn proposal_entry(proposal: &Proposal) -> Entry {
    let head =
        format!("{}: {}, {}", proposal.title, count(proposal.responses, "response"), count(proposal.size, "change"));
    let main = of_one(&proposal.screening).lead;
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    let skip = match &proposal.screening {
        // the first main point repeats the title, or is said in other words here
        Screening::MoveOccupation(_) | Screening::NewOccupation(_) => 1,
        _ => 0,
    };
    lines.extend(map_says(proposal).map(|said| ("map", said)));
    let n = main.len().saturating_sub(1);
    lines.extend(main.into_iter().take(n).skip(skip).map(|line| ("facts", line)));
    lines.extend(standing(proposal).into_iter().map(|line| ("note", line)));
    lines.extend(proposal.rationales.iter().map(|rationale| ("why", rationale.clone())));
    lines.extend(proposal.respondents.iter().map(|who| {
        let said = [&who.respondent, &who.organisation, &who.email].into_iter().flatten().join(", ");
        ("by", format!("{said} (line {})", who.line))
    }));
    // one line may make a proposal twice
    let of_file: Vec<&u64> = proposal.lines.iter().dedup().collect();
    lines.push((if of_file.len() == 1 { "line" } else { "lines" }, of_file.iter().join(", ")));
    entry(head, lines)
}
