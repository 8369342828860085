//! What decisions changed in each programme, in words.

use std::collections::BTreeSet;

use super::conflicts::Move;
use super::decided_draft::Review;
use super::decisions::{Choice, Decision, Decisions};
use super::draft::{Draft, Standing};
use crate::derive::{Derivation, Item, Note, NoteCode, Programme, Tier};

/// Adds a note to each programme for each decision that changed it: merges
/// first, then the others in the order of the review.
pub(super) fn add(review: &Review<'_, '_>, applied: &[Move<'_>], decisions: &Decisions, reviewed: &mut Derivation) {
    let notes: Vec<Vec<Note>> = {
        let after = Draft::new(reviewed, decisions.decisions().iter());
        let of = |programme: usize| {
            let mut notes = merged(review, &after, programme, decisions);
            notes.extend(moved(review, &after, programme, (applied, decisions)));
            notes
        };
        (0..after.programmes.len()).map(of).collect()
    };
    for (programme, notes) in reviewed.programmes.iter_mut().zip(notes) {
        programme.notes.extend(notes);
    }
}

fn merged(review: &Review<'_, '_>, after: &Draft<'_>, programme: usize, decisions: &Decisions) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let Some(pathway) = review.pathway(programme) else { return notes };
    for link in review.merges.links.iter().filter(|link| !link.follows) {
        let pair = [link.decision.concept.as_str(), link.other];
        let gone = pair.into_iter().find(|concept| review.merges.now(pathway, concept) != *concept);
        let Some(gone) = gone.filter(|gone| !seen.contains(gone)) else { continue };
        let into = review.merges.now(pathway, gone);
        let (was, is) = (review.draft.standing(programme, into), after.standing(programme, into));
        let other = review.draft.standing(programme, gone);
        let proof =
            |s: Option<&Standing<'_>>| s.and_then(|s| s.item).map(|item| (item.support, item.statements.clone()));
        if other.is_none() && proof(was) == proof(is) {
            continue;
        }
        seen.insert(gone);
        let other = other.and_then(|s| s.shown(decisions)).unwrap_or_else(|| gone.to_owned());
        let name = is.or(was).and_then(|s| s.shown(decisions)).unwrap_or_else(|| into.to_owned());
        let before = review.merges.standing(review.draft, (programme, pathway), into).and_then(|s| s.highest());
        let now = is.and_then(|s| s.highest());
        let risen = match (before, now) {
            (Some(before), Some(now)) if now < before => format!(", which makes it {}", now.name()),
            _ => String::new(),
        };
        notes.push(note(&format!("merged {other} into {name}{risen}"), link.decision));
    }
    notes
}

fn moved(
    review: &Review<'_, '_>,
    after: &Draft<'_>,
    programme: usize,
    (applied, decisions): (&[Move<'_>], &Decisions),
) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut seen: BTreeSet<(bool, &str)> = BTreeSet::new();
    let (Some(pathway), Some(route)) =
        (review.pathway(programme), review.routes.iter().find(|route| route.contains(&programme)))
    else {
        return notes;
    };
    let of = &after.programmes[programme];
    for decided in applied {
        let decision = decided.decision;
        let subject = (decided.topic.is_some(), decided.topic.as_ref().unwrap_or(&decision.concept).as_str());
        let of_route = decision.choice == Choice::RouteCore || review.was_route_core(decided, route);
        let meant = review.meant(decided, route);
        let is_meant = meant.iter().any(|(at, _)| of_route || *at == programme);
        if !is_meant || seen.contains(&subject) {
            continue;
        }
        let was = review.standing(decided, (programme, pathway));
        let is = if subject.0 { after.topic(programme, subject.1) } else { after.standing(programme, subject.1) };
        let Some(done) = done(was.as_ref(), is, decided, of) else { continue };
        let Some(shown) = is.and_then(|is| is.shown(decisions)).or_else(|| was.and_then(|was| was.shown(decisions)))
        else {
            continue;
        };
        seen.insert(subject);
        notes.push(note(&format!("{done}: {shown}"), decision));
    }
    notes
}

/// What became of a concept or a topic; `None` if nothing did.
fn done(
    was: Option<&Standing<'_>>,
    is: Option<&Standing<'_>>,
    decided: &Move<'_>,
    programme: &Programme,
) -> Option<String> {
    let left_near = was.is_some_and(Standing::is_near) && !is.is_some_and(Standing::is_near);
    let (was, is) = (was.and_then(|s| s.highest()), is.and_then(|s| s.highest()));
    let done = match (was, is) {
        (Some(was), Some(is)) if was == is && left_near => format!("left to {}, no longer a near miss", from(was)),
        (None, None) if left_near => "no longer a near miss".to_owned(),
        (was, is) if was == is => return None,
        (Some(was), Some(Tier::Specialism)) => {
            let is_it = |item: &Item| match &decided.topic {
                Some(topic) => item.topic.as_ref().is_some_and(|of| of.id == *topic),
                None => item.concept == decided.decision.concept,
            };
            let has = |s: &&crate::derive::Specialism| s.items().any(is_it);
            let (of, all) = (programme.specialisms.iter().filter(has).count(), programme.specialisms.len());
            format!("moved from {} to {of} of {all} specialisms", from(was))
        }
        (Some(was), Some(is)) => format!("moved from {} to {}", from(was), is.name()),
        (None, Some(is)) => format!("put into the {}", is.name()),
        (Some(was), None) if decided.decision.choice == Choice::Drop => format!("dropped from {}", from(was)),
        (Some(was), None) => format!("removed from {} (no occupation here has it)", from(was)),
        (None, None) => return None,
    };
    Some(done)
}

fn from(tier: Tier) -> &'static str {
    match tier {
        Tier::Route => "route core",
        Tier::Pathway => "pathway core",
        Tier::Group => "group core",
        Tier::Specialism | Tier::NearMiss => "specialisms",
    }
}

fn note(done: &str, decision: &Decision) -> Note {
    let comment = if decision.comment.is_empty() { String::new() } else { format!(": {}", decision.comment) };
    Note::new(NoteCode::Decided, format!("{done}, as decided in {}{comment}", decision.place))
}
