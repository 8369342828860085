//! Statements and the most similar statements of other occupations.

use tlevel::harmonise::{NearStatement, NearestStatements, SimilarReport};

use super::spoken::{Spoken, Words};
use crate::count::count;
use crate::document::{Block, Cell, Column, Document, Entry, Table};

/// Reports every statement, occupation by occupation, with the statements most
/// similar to it, their scores, and the words that count most for the score. The
/// data has a row for each pair.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::{Measure, Wanted};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let nearest = Measure::new(&map).nearest_statements(Wanted::nearest(1));
/// let text = export::terminal(&report::similar(&nearest), &Layout::default());
/// assert!(text.contains("(shares ") && text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn similar(similar: &SimilarReport) -> Document {
    let map = similar.map.as_deref().unwrap_or("an untitled map");
    let mut document = Document::report(format!("The most similar statements in {map}"));
    let mut spoken = Spoken::default();
    for of_one in similar.statements.chunk_by(|a, b| a.occupation == b.occupation) {
        let Some(first) = of_one.first() else { continue };
        let title = format!("{} {}", first.occupation, first.title);
        document.blocks.push(Block::section(1, title, count(of_one.len(), "statement")));
        document.blocks.push(Block::entries(of_one.iter().map(|of| statement(of, &mut spoken)).collect()));
    }
    document.data = Some(pairs(&similar.statements));
    document
}

fn statement(of: &NearestStatements, spoken: &mut Spoken) -> Entry {
    let words = spoken.words([of.text.as_str()]);
    let mut near: Vec<Entry> = of.neighbours.iter().map(|near| neighbour(near, &words)).collect();
    if near.is_empty() {
        near.push(Entry::new("no similar statement in another occupation"));
    }
    Entry::labelled(format!("{} ", of.statement), &of.text).with(near)
}

fn neighbour(near: &NearStatement, spoken: &Words) -> Entry {
    let words = shared(near, spoken);
    let words = if words.is_empty() { "only the first word" } else { &words };
    Entry::labelled(
        format!("{:.2} ", near.score),
        format!("{} {}: {} (shares {words})", near.occupation, near.statement, near.text),
    )
}

/// The words that count most for a score, as the statement asked about has them.
fn shared(near: &NearStatement, spoken: &Words) -> String {
    near.shared.iter().map(|share| spoken.of(&share.term)).collect::<Vec<_>>().join(", ")
}

/// A row for each pair, and one for each statement without a similar one.
fn pairs(statements: &[NearestStatements]) -> Table {
    let columns = [
        ("occupation", 1),
        ("title", 2),
        ("statement", 1),
        ("text", 4),
        ("score", 1),
        ("similar_occupation", 1),
        ("similar_title", 2),
        ("similar_statement", 1),
        ("similar_text", 4),
        ("shared_words", 2),
    ];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new("Similar statements", columns).decimal(["score"]);
    let mut spoken = Spoken::default();
    for of in statements {
        let words = spoken.words([of.text.as_str()]);
        let own = || [&of.occupation, &of.title, &of.statement, &of.text].map(|text| Cell::from(text.as_str()));
        for near in &of.neighbours {
            let other = [&near.occupation, &near.title, &near.statement, &near.text, &shared(near, &words)];
            let other = other.map(|text| Cell::from(text.as_str()));
            table.rows.push(own().into_iter().chain([Cell::decimal(near.score)]).chain(other).collect());
        }
        if of.neighbours.is_empty() {
            table.rows.push(own().into_iter().chain((0..6).map(|_| Cell::from(""))).collect());
        }
    }
    table
}
