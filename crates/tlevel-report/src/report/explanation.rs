//! Why a concept is core or not.

use tlevel::derive::Tier;
use tlevel::harmonise::{Contradiction, Link};
use tlevel::map::OccupationName;
use tlevel::review::{ExplainedPlace, Explanation, StatementText};

use super::spoken::{Spoken, Words};
use super::tables::table;
use crate::count::count;
use crate::document::{Block, Cell, Document, Entry, Mark, Table};

/// How many links a brief listing shows.
const LINKS: usize = 20;
/// How many words of each side are named.
const NAMED: usize = 6;

/// Reports an explanation: where the concept is core and why, what would change
/// that, then every pair of wordings with its score and the reasons for it.
pub fn explanation(explanation: &Explanation) -> Document {
    let mut document = Document::report(explanation.label.as_deref().unwrap_or(&explanation.text));
    let blocks = &mut document.blocks;
    let topic = explanation.topic.as_ref().map_or_else(String::new, |topic| format!("; topic: {}", topic.heading));
    blocks.push(Block::paragraph(format!("Concept {} ({}){topic}", explanation.concept, explanation.kind)));
    blocks.push(Block::section(1, "Statements", count(explanation.statements.len(), "statement")));
    let statement = |s: &StatementText| Entry::labelled(format!("{} {} ", s.occupation, s.statement), &s.text);
    blocks.push(Block::entries(explanation.statements.iter().map(statement).collect()));
    let words = Spoken::default().words(explanation.statements.iter().map(|s| s.text.as_str()));
    for place in &explanation.places {
        blocks.push(Block::section(
            1,
            format!("{} > {}", place.route, place.pathway),
            place.role.map_or("dropped", Tier::name),
        ));
        blocks.push(Block::entries(vec![of_place(place)]));
    }
    if explanation.places.is_empty() {
        blocks.push(Block::foot("No occupation that counts for a core has it."));
    }
    for (title, links) in [("Links", &explanation.links), ("Almost joined", &explanation.almost)] {
        if !links.is_empty() {
            blocks.push(Block::section(1, title, count(links.len(), "pair")));
            let say = |more| format!("{} (--full lists them)", count(more, "more pair"));
            blocks.push(Block::entries(Entry::first_saying(
                LINKS,
                links.iter().map(|link| of_link(link, &words)).collect(),
                say,
            )));
        }
    }
    document.data = Some(occupations(explanation));
    document
}

/// A row for each occupation that counts in each pathway: whether it has the concept, by
/// which statements, and if not its most similar one.
fn occupations(explanation: &Explanation) -> Table {
    let columns = [
        ("concept", 1),
        ("route", 2),
        ("pathway", 2),
        ("tier", 1),
        ("need", 1),
        ("of", 1),
        ("occupation", 1),
        ("title", 3),
        ("has", 1),
        ("statements", 2),
        ("nearest", 1),
        ("score", 1),
        ("like", 1),
        ("nearest_text", 4),
    ];
    let mut table = table("Occupations", &columns).whole(["need", "of"]).decimal(["score"]);
    for place in &explanation.places {
        let own = |occupation: &OccupationName, has: &str, statements: &str| -> Vec<Cell> {
            let tier = place.role.map_or("dropped", Tier::name);
            let branch = [&explanation.concept, &place.route, &place.pathway, tier].map(Cell::from);
            let counts = [place.need, place.of].map(Cell::count);
            let rest = [&occupation.id, &occupation.title, has, statements].map(Cell::from);
            branch.into_iter().chain(counts).chain(rest).collect()
        };
        for holder in &place.holders {
            let codes: Vec<&str> = holder.statements.iter().map(|s| s.statement.as_str()).collect();
            let mut row = own(&holder.occupation, "yes", &codes.join("; "));
            row.extend([""; 4].map(Cell::from));
            table.rows.push(row);
        }
        for missing in &place.missing {
            let mut row = own(&missing.occupation, "no", "");
            row.extend(match &missing.nearest {
                Some(near) => [
                    near.statement.as_str().into(),
                    Cell::decimal(near.score),
                    near.like.as_str().into(),
                    near.text.as_str().into(),
                ],
                None => [""; 4].map(Cell::from),
            });
            table.rows.push(row);
        }
    }
    table
}

fn of_place(place: &ExplainedPlace) -> Entry {
    let have = place.holders.len();
    let (of, need) = (place.of, place.need);
    let needed = if need == 1 { "1 is needed".to_owned() } else { format!("{need} are needed") };
    let change = if place.decided || place.part.is_some() {
        format!("It {}.", place.change)
    } else if have >= need {
        match (have + 1 - need, have) {
            (_, 1) => "It stays core unless that occupation loses it.".to_owned(),
            (1, _) => format!("It stays core unless 1 of the {have} occupations that have it loses it."),
            (lost, _) => format!("It stays core unless {lost} of the {have} occupations that have it lose it."),
        }
    } else if of < need {
        format!("Only {of} count here, so it cannot become core.")
    } else {
        format!("It would be core if {} had it.", count(need - have, "more occupation"))
    };
    // what a topic shares is not counted by concept
    let needed = if place.part.is_some() { String::new() } else { format!(", and {needed}") };
    let said = format!("{}{needed}. {change}", who_has(have, of));
    let holders = place.holders.iter().map(|holder| {
        let codes: Vec<&str> = holder.statements.iter().map(|s| s.statement.as_str()).collect();
        let (title, id) = (&holder.occupation.title, &holder.occupation.id);
        Entry::new(format!("{title} ({id}): {}", codes.join(", "))).marked(Mark::Plus)
    });
    let missing = place.missing.iter().map(|missing| {
        let nearest = missing.nearest.as_ref().map_or_else(
            || "has no similar statement".to_owned(),
            |n| format!("its nearest is {} ({:.2}, to {}): {}", n.statement, n.score, n.like, n.text),
        );
        let (title, id) = (&missing.occupation.title, &missing.occupation.id);
        Entry::new(format!("{title} ({id}): {nearest}")).marked(Mark::Minus)
    });
    Entry::new(said).with(holders.chain(missing).collect())
}

/// How many of the occupations that count have something.
pub(super) fn who_has(have: usize, of: usize) -> String {
    match (have, of) {
        (0, 1) => "The one occupation here does not have it".to_owned(),
        (1, 1) => "The one occupation here has it".to_owned(),
        (0, _) => format!("None of the {of} occupations has it"),
        (1, _) => format!("1 of the {of} occupations has it"),
        _ => format!("{have} of the {of} occupations have it"),
    }
}

fn of_link(link: &Link, spoken: &Words) -> Entry {
    let (a, b) = (&link.a, &link.b);
    let mut lines = Vec::new();
    let mut say = |line: String| lines.push(Entry::new(line));
    let shared: Vec<String> =
        link.shared.iter().take(NAMED).map(|s| format!("{} {:.2}", spoken.of(&s.term), s.share)).collect();
    say(format!("share {}", if shared.is_empty() { "no word".to_owned() } else { shared.join(", ") }));
    if link.shared.iter().any(|share| share.term.starts_with("(company")) {
        let company: Vec<&str> = link.company.iter().take(NAMED).map(|share| spoken.of(&share.term)).collect();
        say(format!("words of both often appear with {}", company.join(", ")));
    }
    if !link.near_words.is_empty() {
        let near: Vec<String> =
            link.near_words.iter().take(NAMED).map(|near| format!("{} and {}", near.first, near.second)).collect();
        say(format!("near in meaning: {}", near.join(", ")));
    }
    if let Some(unmatched) = &link.unmatched {
        say(format!(
            "minus {:.2} for {} against {}",
            unmatched.share,
            spoken.of(&unmatched.first),
            spoken.of(&unmatched.second)
        ));
    }
    for (who, words) in [(a, &link.only_a), (b, &link.only_b)] {
        if !words.is_empty() {
            let words: Vec<&str> = words.iter().take(NAMED).map(|word| spoken.of(word)).collect();
            say(format!("only {} {}: {}", who.occupation, who.statement, words.join(", ")));
        }
    }
    link.contradictions.iter().for_each(|contradiction| say(against(contradiction, link)));
    let pair = format!("{} {} and {} {}", a.occupation, a.statement, b.occupation, b.statement);
    Entry::labelled(format!("{:.2} ", link.score), pair).with(lines)
}

fn against(contradiction: &Contradiction, link: &Link) -> String {
    match contradiction {
        Contradiction::Numbers { first, second } => {
            format!("different numbers: {} against {}", first.join(", "), second.join(", "))
        }
        Contradiction::Levels { first, second } => {
            format!("different levels: {} against {}", first.join(", "), second.join(", "))
        }
        Contradiction::Responsibility { first, second } => {
            format!("different responsibilities: \"{first}\" against \"{second}\"")
        }
        Contradiction::Negation { word, in_first } => {
            let who = if *in_first { &link.a } else { &link.b };
            format!("only {} {} says \"{word}\"", who.occupation, who.statement)
        }
        Contradiction::Opposites { first, second } => format!("opposites: \"{first}\" against \"{second}\""),
        _ => "they contradict each other".to_owned(),
    }
}
