//! (a) An occupation that may be missing, under the consultation's own points.

use super::facts;
use super::words::{
    LEAST_LIKE, NOT_TOLD, bullet, effect_part, link_entry, neighbour_entry, not_recorded, of_target, outcome_line,
    overlap_entry, placement_part,
};
use crate::count::count;
use crate::document::Entry;
use crate::report::difference_words::path;
use crate::report::sheet::{Part, Sheet};
use crate::report::{ITS_TITLE, sure, verdict};
use tlevel::consult::NewScreening;
use tlevel::place::{NearOccupation, Verdict};

/// How many overlaps and neighbours a page has room for.
const OVERLAPS: usize = 5;
const NEIGHBOURS: usize = 3;

pub(super) fn of_new(new: &NewScreening) -> Sheet<'_> {
    let mut lead = vec![where_it_fits(new)];
    if new.concepts == 0 {
        lead.push(
            "Its statements are not known, so what it shares and how it would change a core are not known either."
                .to_owned(),
        );
    } else {
        let shared = new.concepts - new.only_own;
        let most = new.overlaps.first().filter(|o| o.shared > 0);
        let most = most
            .map_or_else(String::new, |o| format!(". {} has the most ({} of {})", o.occupation.title, o.shared, o.of));
        lead.push(format!("Its statements hold {}; the map has {shared} of them{most}.", count(new.concepts, "item")));
    }
    lead.push(match (new.level.given, new.level.suggested) {
        (Some(given), Some(suggested)) if given == suggested => {
            format!("Level {given}, like its nearest neighbours.")
        }
        (None, Some(suggested)) => format!("No level is given; its nearest neighbours suggest level {suggested}."),
        (Some(given), Some(suggested)) => {
            format!("Level {given} is given; its nearest neighbours suggest level {suggested}.")
        }
        (Some(given), None) => format!("Level {given} is given; it has no near neighbours to compare with."),
        (None, None) => "No level is given, and it has no near neighbours to suggest one.".to_owned(),
    });
    match (&new.target, &new.outcome) {
        (Some(target), Some(outcome)) => {
            lead.extend(of_target(target, new.placement.verdict));
            let at = new.level.given.or(new.level.suggested);
            let at = at.map_or_else(String::new, |level| format!(" at level {level}"));
            lead.push(outcome_line(outcome, &format!("Placed{at} in {}, it", path(&target.cluster))));
        }
        (None, _) => lead.push("No cluster is known to suit it, so its effect is not known.".to_owned()),
        (_, None) if new.level.given.or(new.level.suggested).is_none() => {
            lead.push("It has no level, so its effect is not known.".to_owned());
        }
        (_, None) => lead.push("Its effect is not known.".to_owned()),
    }
    if new.facts.regulated == Some(true) {
        lead.push(format!("It is {}.", facts::regulated(new.facts.regulated_by.as_deref())));
    }
    let linked = |list: &[NearOccupation], way: &str| -> Vec<Entry> {
        list.iter()
            .filter(|near| near.score >= LEAST_LIKE)
            .map(|near| bullet(format!("{way} {} ({}): likeness {:.2}", near.title, near.occupation, near.score)))
            .collect()
    };
    let mut links: Vec<Entry> = new.links.iter().map(link_entry).collect();
    links.extend(linked(&new.above, "may lead to"));
    links.extend(linked(&new.below, "may come from"));
    // what shares nothing and is hardly alike does not overlap
    let overlaps = new.overlaps.iter().filter(|o| o.shared > 0 || o.likeness >= LEAST_LIKE);
    let neighbours = new.level.neighbours.iter().filter(|n| n.likeness >= LEAST_LIKE);
    let mut training: Vec<Entry> =
        new.mandatory_qualifications.iter().map(|q| bullet(format!("requires: {q}"))).collect();
    training.extend(new.barriers.iter().map(|barrier| bullet(format!("barrier: {barrier}"))));
    training.extend(facts::apprenticeship(&new.facts).map(bullet));
    let known: Vec<Entry> = match new.placement.verdict {
        Verdict::SameTitle | Verdict::KnownAs => vec![bullet(verdict(ITS_TITLE, &new.placement))],
        _ => Vec::new(),
    };
    let told = |title: &str, entries: Vec<Entry>| Part::new(title, entries).or(NOT_TOLD);
    let mut parts = vec![
        told("(a1) Does it need significant training?", training),
        told("(a2) Is it recognised, and in demand?", known),
        Part::new(
            "(a3) Is it unique, or does it overlap others?",
            overlaps.take(OVERLAPS).map(overlap_entry).collect(),
        )
        .or("Nothing on the map overlaps it."),
        Part::new("(a4) At what level is it?", neighbours.take(NEIGHBOURS).map(neighbour_entry).collect())
            .or("Nothing on the map is near enough to tell."),
        told("(a5) Do employers of different kinds have it?", Vec::new()),
        Part::new("(a6) Is it linked to higher or lower occupations?", links)
            .or("None in that pathway is near enough, and none is declared."),
        placement_part(&new.placement, &new.places, Vec::new()),
    ];
    parts.extend(new.outcome.as_ref().map(|outcome| effect_part(outcome, "It")));
    let unsaid = not_recorded(&new.open_questions, &new.missing);
    let right = "(a) missing occupation?".to_owned();
    Sheet { title: format!("{} ({})", new.title, new.id), right, lead, parts, unsaid, behind: Vec::new() }
}

/// Where its title puts it: the verdict, and the first cluster.
pub(super) fn where_it_fits(new: &NewScreening) -> String {
    let first = new.placement.suggestions.first().zip(new.places.first());
    let first = first.filter(|_| new.placement.verdict != Verdict::TooLittle);
    let first = first.map(|(suggestion, place)| (&place.cluster.name, sure(suggestion.confidence)));
    let said = verdict(ITS_TITLE, &new.placement);
    match first {
        Some((name, sure)) if new.placement.verdict == Verdict::Place => format!("Most likely: {name} ({sure})."),
        Some((name, sure)) => format!("{said} The first is {name} ({sure})."),
        None => said,
    }
}
