//! What a panel should know about a programme, in words.

use super::by_topic;
use super::eligibility::Eligibility;
use super::item::{Item, Tier};
use super::outcome::{Counted, Outcome};
use super::programme::{NearPair, NearStatement, Note, NoteCode, Programme};
use crate::concept::{ConceptIndex, Wording};
use crate::map::{Kind, Statement};

/// Notes on the derivation as a whole.
pub(super) fn of_derivation(eligibility: &Eligibility<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    if !eligibility.unmatched.is_empty() {
        let names: Vec<String> = eligibility.unmatched.iter().map(|name| format!("\"{name}\"")).collect();
        let (entries, verb) = if names.len() == 1 { ("entry", "matches") } else { ("entries", "match") };
        let message =
            format!("{} {entries} of the policy {verb} nothing on this map: {}", names.len(), names.join(", "));
        notes.push(Note::new(NoteCode::PolicyUnmatched, message));
    }
    if !eligibility.any_specialism() {
        let message = "no pathway of this map has an eligible occupation, so there is no programme";
        notes.push(Note::new(NoteCode::NoProgrammes, message.to_owned()));
    }
    notes
}

/// Notes on one programme.
pub(super) fn of_programme(outcome: &Outcome<'_>, counted: &Counted<'_, '_>, programme: &Programme) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(empty_core(outcome, counted, programme));
    notes.extend(no_more_than_chance(outcome, counted, programme));
    notes.extend(without_statements(outcome, counted));
    notes.extend(out_of_balance(outcome, programme));
    notes.extend(near_duplicates(outcome, counted));
    notes
}

/// Notes on what was almost joined to a core item and stays outside the core: a
/// person should say whether it is the same. Where topics are shared, only what
/// is taught under the same topic could join its elements.
fn near_duplicates(outcome: &Outcome<'_>, counted: &Counted<'_, '_>) -> Vec<Note> {
    let range = counted.pathway.statement_range();
    let mut notes = Vec::new();
    for near in outcome.concepts.near() {
        let [a, b] = near.concepts;
        let (core, other) = match (counted.is_core(a), counted.is_core(b)) {
            (true, false) => (0, 1),
            (false, true) => (1, 0),
            _ => continue,
        };
        if outcome.by_topic.as_ref().is_some_and(|by| by.table.of_concept(a) != by.table.of_concept(b)) {
            continue;
        }
        // consider only what the programme's occupations say
        let other_here = !counted.pathway_sharing.is_dropped(near.concepts[other]);
        let here = other_here
            && (outcome.statements_in(near.concepts[other], range.clone()))
                .any(|s| outcome.eligibility.standing(s.occupation()).gets_specialism());
        let statement = |i: usize| outcome.map.statement_at(near.statements[i]);
        if let (true, Some(core), Some(other)) = (here, statement(core), statement(other)) {
            let pair = NearPair { score: near.score, core: shown(core), outside: shown(other) };
            let in_words = |s: &NearStatement| format!("{} ({}) {} \"{}\"", s.title, s.occupation, s.statement, s.text);
            let message = format!(
                "nearly alike ({:.2}): {} in the core, {} outside it; if they say the same, record that in a ledger",
                near.score,
                in_words(&pair.core),
                in_words(&pair.outside)
            );
            notes.push(Note { pair: Some(Box::new(pair)), ..Note::new(NoteCode::NearDuplicate, message) });
        }
    }
    notes
}

fn shown(statement: Statement<'_>) -> NearStatement {
    NearStatement {
        occupation: statement.occupation().id().to_owned(),
        title: statement.occupation().title().to_owned(),
        statement: statement.id().to_owned(),
        text: statement.text().to_owned(),
    }
}

fn empty_core(outcome: &Outcome<'_>, counted: &Counted<'_, '_>, programme: &Programme) -> Option<Note> {
    let n = counted.pathway_sharing.counting.len();
    let is_empty = |tier: Tier, items: &[Item]| match outcome.by_topic {
        Some(_) => programme.topics.iter().all(|topic| topic.tier != tier),
        None => items.is_empty(),
    };
    let [no_route_core, no_pathway_core] =
        [is_empty(Tier::Route, &programme.route_core), is_empty(Tier::Pathway, &programme.pathway_core)];
    match (n, no_route_core, no_pathway_core) {
        (0, ..) => {
            let message = "none of its eligible occupations has statements, so there is nothing to share: \
                           the core stays empty until their standards are read in full";
            Some(Note::new(NoteCode::NoCountingOccupation, message.to_owned()))
        }
        (1, empty_route_core, _) => {
            let title = programme.counting.first().map_or("", |o| o.title.as_str());
            let core = if empty_route_core { "the core is empty" } else { "there is no pathway core" };
            let message = format!("only \"{title}\" counts here: one occupation alone shares nothing, so {core}");
            Some(Note::new(NoteCode::SingleOccupation, message))
        }
        (_, true, true) if shares(outcome, counted) => {
            let message = "the core is empty: decisions left out what its occupations share";
            Some(Note::new(NoteCode::EmptyCore, message.to_owned()))
        }
        (_, true, true) => Some(Note::new(NoteCode::EmptyCore, why_empty(outcome, counted))),
        (_, true, false) => Some(Note::new(NoteCode::EmptyRouteCore, why_no_route_core(outcome, counted))),
        (_, false, true) => {
            let message = if shares(outcome, counted) {
                "decisions left out of the pathway core what its occupations share beyond the route core"
            } else {
                match outcome.by_topic {
                    Some(_) => {
                        "every topic that its occupations share is already route core, so there is no pathway core"
                    }
                    None => "everything that its occupations share is already route core, so the pathway core is empty",
                }
            };
            Some(Note::new(NoteCode::EmptyPathwayCore, message.to_owned()))
        }
        (_, false, false) => None,
    }
}

/// Whether the occupations share anything that would be pathway core without
/// the decisions.
fn shares(outcome: &Outcome<'_>, counted: &Counted<'_, '_>) -> bool {
    if let Some(by_topic) = &outcome.by_topic {
        let plan = by_topic.plan.of_pathway(counted.pathway);
        let own = by_topic.counts.of_pathway(counted.pathway);
        return plan.zip(own).is_some_and(|(plan, own)| own.shared.iter().any(|topic| !plan.is_core(*topic)));
    }
    let sharing = counted.pathway_sharing;
    let is_shared = |c: &ConceptIndex| sharing.have(*c) >= outcome.policy.min_sharers && !counted.is_core(*c);
    sharing.held.iter().any(is_shared)
}

/// Notes a core of no more topics than any occupations of the map would share.
fn no_more_than_chance(outcome: &Outcome<'_>, counted: &Counted<'_, '_>, programme: &Programme) -> Option<Note> {
    let by_topic = outcome.by_topic.as_ref()?;
    let own = by_topic.counts.of_pathway(counted.pathway)?;
    let n = own.counting.len();
    if n < 2 || by_topic.counts.counting <= n {
        return None;
    }
    let (shared, expected) = (own.shared.len(), by_topic::expected(by_topic, n, own.need));
    let core = programme.topics.iter().filter(|topic| topic.tier != Tier::Group).count();
    if core == 0 || shared as f64 > expected {
        return None;
    }
    let topics = if core == 1 { "topic" } else { "topics" };
    let its = match (core == shared, own.need) {
        (true, _) => format!("the core has {core} {topics}"),
        (false, need) => {
            let them = match need == n {
                true if n == 2 => "both of its occupations".to_owned(),
                true => format!("all {n} of its occupations"),
                false => format!("{need} or more of its {n} occupations"),
            };
            format!("{them} have {shared} of the core's {core} {topics}")
        }
    };
    let message = format!(
        "{its}; any {n} occupations of this map share {expected:.1} on average, so the core is no larger than chance \
         would make it"
    );
    Some(Note::new(NoteCode::NoMoreThanChance, message))
}

fn why_empty(outcome: &Outcome<'_>, counted: &Counted<'_, '_>) -> String {
    let n = counted.pathway_sharing.counting.len();
    let need = outcome.policy.pathway_quorum.need(n).max(outcome.policy.min_sharers);
    let of_topics = outcome.by_topic.as_ref().and_then(|by_topic| by_topic.counts.of_pathway(counted.pathway));
    let most = match of_topics {
        Some(topics) => topics.have.iter().map(|(_, have)| *have).max(),
        None => counted.pathway_sharing.have.iter().map(|(_, have)| *have as usize).max(),
    };
    let most = most.unwrap_or(0);
    let literally = outcome.by_topic.is_none() && outcome.concepts.wording() == Wording::Exact;
    let nearest = match most {
        0 | 1 if literally => "no two of them share a single sentence".to_owned(),
        0 | 1 if of_topics.is_some() => "no two of them share a single topic".to_owned(),
        0 | 1 => "no two of them share a single item".to_owned(),
        _ => format!("the most widely shared one is in {most}"),
    };
    let what = match of_topics {
        Some(_) => "topic is shared",
        None if literally => "statement is worded the same",
        None => "item is shared",
    };
    let them = match (need == n, n) {
        (true, 2) => "both occupations".to_owned(),
        (true, _) => format!("all {n} occupations"),
        (false, _) => format!("{need} of the {n} occupations"),
    };
    let mut message = format!("the core is empty: no {what} in {them}; {nearest}.");
    if literally {
        message.push_str(
            " This does not mean that they have nothing in common: each standard was written by another group of \
             employers, who say the same things in different words, and only identical wording was compared. Join \
             the wordings that mean the same into concepts, or ask for fewer sharers.",
        );
    } else {
        message.push_str(" Ask for fewer sharers, or look at the near misses.");
    }
    message
}

fn why_no_route_core(outcome: &Outcome<'_>, counted: &Counted<'_, '_>) -> String {
    let counting = counted.route_sharing.pathways.iter().filter(|p| !p.counting.is_empty()).count();
    let least = outcome.policy.min_pathways.max(2);
    let needed = if least == 2 { "two".to_owned() } else { least.to_string() };
    if counting == 1 {
        format!(
            "there is no route core: \"{}\" is the only pathway of its route with occupations that count, and a \
             route core needs {needed}",
            counted.pathway.name()
        )
    } else if counting < least {
        format!(
            "there is no route core: only {counting} pathways of the route have occupations that count, and a route \
             core needs {needed}"
        )
    } else if counted.route_sharing.left_core {
        "there is no route core: decisions left out what the pathways hold in common".to_owned()
    } else {
        let what = if outcome.by_topic.is_some() { "no topic" } else { "nothing" };
        format!("there is no route core: the {counting} pathways that count hold {what} in common at this quorum")
    }
}

fn without_statements(outcome: &Outcome<'_>, counted: &Counted<'_, '_>) -> Option<Note> {
    let silent: Vec<String> = counted
        .pathway
        .occupations()
        .filter(|o| outcome.eligibility.standing(*o).gets_specialism())
        .filter(|o| !o.statements().any(|s| s.says_something()))
        .map(|o| format!("\"{}\"", o.title()))
        .collect();
    let [what, so, its] = match silent.len() {
        1 => ["occupation has", "it does", "its"],
        _ => ["occupations have", "they do", "their"],
    };
    (!silent.is_empty()).then(|| {
        let message = format!(
            "{} {what} no statements, so {so} not count: {}; the core may shrink when {its} statements are added",
            silent.len(),
            silent.join(", ")
        );
        Note::new(NoteCode::OccupationsWithoutStatements, message)
    })
}

/// Notes a core that, by content (knowledge and skills), would leave a
/// specialism less than its minimum share of the guided hours.
fn out_of_balance(outcome: &Outcome<'_>, programme: &Programme) -> Option<Note> {
    let is_taught = |item: &&Item| item.kind != Kind::Behaviour;
    let taught = |items: &[Item]| items.iter().filter(is_taught).count();
    // sources have yet to be worded: of a core by topics, only the elements count
    let of_all = programme.topics.iter().filter(|topic| topic.tier != Tier::Group);
    let elements = of_all.flat_map(|topic| &topic.elements).map(|element| &element.item).filter(is_taught).count();
    let (core, what) = match outcome.by_topic {
        Some(_) => (elements, "elements"),
        None => (taught(&programme.route_core) + taught(&programme.pathway_core), "items"),
    };
    let least = outcome.policy.hours.specialism_min_share;
    let thin: Vec<String> = programme
        .specialisms
        .iter()
        .map(|s| (s, programme.group_core_of(s).filter(is_taught).count()))
        .map(|(s, group)| {
            (s, group + taught(&s.content) + s.adds.iter().map(|a| taught(&a.content)).max().unwrap_or(0))
        })
        .filter(|(_, content)| *content > 0 && (*content as f64) < least * (core + content) as f64)
        .map(|(s, content)| format!("\"{}\" ({content})", s.title))
        .collect();
    (!thin.is_empty()).then(|| {
        let message = format!(
            "the core ({core} knowledge and skill {what}) is larger than {}; a specialism has to take at least {:.0}% of \
             the guided learning hours, so these need more content, or the core less",
            thin.join(", "),
            least * 100.0
        );
        Note::new(NoteCode::CoreOutOfBalance, message)
    })
}
