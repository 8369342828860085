//! Why an item is core, for a terminal.

use super::Layout;
use super::page::{Page, Paint, count};
use tlevel::harmonise::{Contradiction, Link};
use tlevel::study::{ExplainedPlace, Explanation};

/// How many links are shown where not all are.
const LINKS: usize = 20;
/// How many of the words of each side are named.
const NAMED: usize = 6;

/// Lays out an explanation: where the concept stands and why, what would have
/// to change, then every pair of wordings with its score and its reasons.
pub fn explanation_text(explanation: &Explanation, layout: &Layout) -> String {
    let mut page = Page::new(layout);
    let name = explanation.label.as_deref().unwrap_or(&explanation.text);
    page.heading(Paint::Strong, name, "");
    let theme = explanation.theme.as_ref().map_or_else(String::new, |theme| format!("; theme: {theme}"));
    page.item("", &format!("Concept {} ({}){theme}", explanation.concept, explanation.kind));
    page.blank();
    page.heading(Paint::Heading, "Statements", &count(explanation.statements.len(), "statement"));
    for statement in &explanation.statements {
        let first = format!("  {} {}  ", statement.occupation, statement.statement);
        page.painted_item(&first, Some(Paint::Quiet), &statement.text);
    }
    for place in &explanation.places {
        write_place(&mut page, place);
    }
    if explanation.places.is_empty() {
        page.blank();
        page.item("", "No occupation that counts for a core has it.");
    }
    for (title, links) in [("Links", &explanation.links), ("Almost joined", &explanation.almost)] {
        if !links.is_empty() {
            page.blank();
            page.heading(Paint::Heading, title, &count(links.len(), "pair"));
            let most = if layout.full { usize::MAX } else { LINKS };
            links.iter().take(most).for_each(|link| write_link(&mut page, link));
            if links.len() > most {
                page.item("  ", &format!("{} (--full lists them)", count(links.len() - most, "more pair")));
            }
        }
    }
    page.finish()
}

fn write_place(page: &mut Page, place: &ExplainedPlace) {
    page.blank();
    let role = place.role.replace('-', " ");
    page.heading(Paint::Heading, &format!("{} > {}", place.route, place.pathway), &role);
    let have = place.holders.len();
    page.item("  ", &format!("{have} of {} have it, {} needed: it {}.", place.of, place.need, place.change));
    for holder in &place.holders {
        let codes: Vec<&str> = holder.statements.iter().map(|s| s.statement.as_str()).collect();
        page.item("    + ", &format!("{} ({}): {}", holder.occupation.title, holder.occupation.id, codes.join(", ")));
    }
    for missing in &place.missing {
        let nearest = missing.nearest.as_ref().map_or_else(
            || "says nothing like it".to_owned(),
            |n| format!("nearest is {} ({:.2}, to {}): {}", n.statement, n.score, n.like, n.text),
        );
        page.item("    - ", &format!("{} ({}): {nearest}", missing.occupation.title, missing.occupation.id));
    }
}

fn write_link(page: &mut Page, link: &Link) {
    let first = format!("  {:.2}  ", link.score);
    let (a, b) = (&link.a, &link.b);
    let pair = format!("{} {} and {} {}", a.occupation, a.statement, b.occupation, b.statement);
    page.painted_item(&first, Some(Paint::Quiet), &pair);
    let indent = " ".repeat(first.len());
    let shared: Vec<String> = link.shared.iter().take(NAMED).map(|s| format!("{} {:.2}", s.term, s.share)).collect();
    let shared = if shared.is_empty() { "no word".to_owned() } else { shared.join(", ") };
    page.item(&indent, &format!("share {shared}"));
    if link.shared.iter().any(|share| share.term.starts_with("(company")) {
        let company: Vec<&str> = link.company.iter().take(NAMED).map(|share| share.term.as_str()).collect();
        page.item(&indent, &format!("the words of both go with {}", company.join(", ")));
    }
    if let Some(unmatched) = &link.unmatched {
        let told = format!("less {:.2} for {} against {}", unmatched.share, unmatched.first, unmatched.second);
        page.item(&indent, &told);
    }
    for (who, words) in [(&link.a, &link.only_a), (&link.b, &link.only_b)] {
        if !words.is_empty() {
            let words: Vec<&str> = words.iter().take(NAMED).map(String::as_str).collect();
            page.item(&indent, &format!("only {} {}: {}", who.occupation, who.statement, words.join(", ")));
        }
    }
    for contradiction in &link.contradictions {
        let told = match contradiction {
            Contradiction::Numbers { first, second } => {
                format!("other numbers: {} against {}", first.join(", "), second.join(", "))
            }
            Contradiction::Levels { first, second } => {
                format!("other levels: {} against {}", first.join(", "), second.join(", "))
            }
            Contradiction::Responsibility { first, second } => {
                format!("another responsibility: \"{first}\" against \"{second}\"")
            }
            Contradiction::Negation { word, in_first } => {
                let who = if *in_first { &link.a } else { &link.b };
                format!("only {} {} says \"{word}\"", who.occupation, who.statement)
            }
            _ => "they contradict each other".to_owned(),
        };
        page.item(&indent, &told);
    }
}
