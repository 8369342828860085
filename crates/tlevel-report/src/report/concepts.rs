//! Statements that say the same, under topics.

use std::collections::HashMap;

use tlevel::harmonise::{Link, Report, ReportedConcept, StatementCode};

use crate::count::count;
use crate::document::{Block, Cell, Column, Document, Entry, Listing, Mark, Table};

/// How many topics a brief listing shows.
const TOPICS: usize = 25;
/// How many concepts of a topic a brief listing shows.
const CONCEPTS: usize = 3;
/// How many pairs that were almost joined a brief listing shows.
const NEAR: usize = 5;

/// Reports what was joined, topic by topic: each concept with more than one
/// wording, how many occupations have it, and how similar its wordings are. In
/// full it has every concept with its statements and its least similar pair.
/// Pairs that were almost joined follow, then decisions that were not applied.
/// The data has a row for each statement.
///
/// # Examples
///
/// ```
/// use tlevel::harmonise::{Ledger, Measure, Threshold};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let measure = Measure::new(&map);
/// let harmony = tlevel::harmonise(&measure, Threshold::default(), &Ledger::default())?.with_overlaps(&measure);
/// let text = export::terminal(&report::concepts(&harmony.report(&measure)), &Layout::default());
/// assert!(text.contains("Almost joined") && text.lines().all(|line| line.chars().count() <= 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn concepts(report: &Report) -> Document {
    let map = report.map.as_deref().unwrap_or("an untitled map");
    let mut document = Document::report(format!("Statements that say the same, in {map}"));
    let blocks = &mut document.blocks;
    blocks.push(Block::paragraph(summary(report)));
    let mut by_topic: HashMap<Option<&str>, Vec<&ReportedConcept>> = HashMap::new();
    report.concepts.iter().for_each(|c| by_topic.entry(c.topic.as_deref()).or_default().push(c));
    let mut shown = 0;
    for topic in &report.topics {
        let concepts = by_topic.remove(&Some(topic.id.as_str())).unwrap_or_default();
        let heading = Block::section(1, &topic.heading, count(concepts.len(), "concept"));
        let is_brief = shown < TOPICS && concepts.iter().any(|c| c.weakest.is_some());
        shown += usize::from(is_brief);
        let of_topic = vec![heading, Block::entries(entries(concepts))];
        if is_brief {
            blocks.extend(of_topic);
        } else {
            blocks.push(Block::only(Listing::Full, of_topic));
        }
    }
    if let Some(rest) = by_topic.remove(&None) {
        let heading = Block::section(1, "Under no topic", count(rest.len(), "concept"));
        blocks.push(Block::only(Listing::Full, vec![heading, Block::entries(entries(rest))]));
    }
    if report.topics.len() > shown {
        let more = format!("{} (the full listing has them)", count(report.topics.len() - shown, "more topic"));
        blocks.push(Block::only(Listing::Brief, vec![Block::foot(more)]));
    }
    blocks.extend(almost(report));
    blocks.extend(report.stale.iter().map(|stale| Block::foot(format!("Not applied: {stale}"))));
    document.data = Some(statements(report));
    document
}

fn summary(report: &Report) -> String {
    let by = report.threshold.map_or_else(
        || "by equal wording and people's decisions alone".to_owned(),
        |threshold| format!("at a mean score of {threshold}"),
    );
    format!(
        "{} joined {by} into {} under {}. Concepts with more than one wording: {}. Each line has the kind \
         (K knowledge, S skill, B behaviour), the number of occupations that have the concept, and the mean score of \
         its wordings.",
        count(report.concepts.iter().map(|c| c.statements.len()).sum(), "statement"),
        count(report.concepts.len(), "concept"),
        count(report.topics.len(), "topic"),
        report.concepts.iter().filter(|c| c.weakest.is_some()).count(),
    )
}

fn occupations(concept: &ReportedConcept) -> usize {
    let mut ids: Vec<&str> = concept.statements.iter().map(|s| s.occupation.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// The concepts of a topic, those that most occupations have first.
fn entries(mut concepts: Vec<&ReportedConcept>) -> Vec<Entry> {
    // stable: equal ones stay in the order of the map
    concepts.sort_by_key(|c| std::cmp::Reverse(occupations(c)));
    let mut entries = Vec::with_capacity(concepts.len() + 1);
    let mut joined = 0;
    for concept in concepts {
        let is_joined = concept.statements.len() > 1;
        joined += usize::from(is_joined);
        let entry = entry(concept);
        entries.push(if is_joined && joined <= CONCEPTS { entry } else { entry.only(Listing::Full) });
    }
    if joined > CONCEPTS {
        entries.push(Entry::new(format!("and {} more that join statements", joined - CONCEPTS)).only(Listing::Brief));
    }
    entries
}

fn entry(concept: &ReportedConcept) -> Entry {
    let label = format!("{} {:>3} {:.2} ", concept.kind.letter(), occupations(concept), concept.cohesion);
    let entry = Entry::labelled(label, &concept.text);
    if concept.statements.len() < 2 {
        return entry;
    }
    let mut lines = vec![Entry::new(format!("[{}]", concept.id))];
    let statement = |s: &tlevel::harmonise::ReportedStatement| {
        Entry::labelled(format!("{} {}:", s.occupation, s.statement), &s.text).marked(Mark::Bullet)
    };
    lines.extend(concept.statements.iter().map(statement));
    if let Some(pair) = &concept.weakest {
        lines.push(Entry::new(format!("least similar: {} and {}, {:.2}", code(&pair.a), code(&pair.b), pair.score)));
    }
    entry.with(lines.into_iter().map(|line| line.only(Listing::Full)).collect())
}

fn code(statement: &StatementCode) -> String {
    format!("{} {}", statement.occupation, statement.statement)
}

/// The pairs that were almost joined.
fn almost(report: &Report) -> Vec<Block> {
    let near: Vec<&Link> = report.links.iter().filter(|link| !link.joined).collect();
    if near.is_empty() {
        return Vec::new();
    }
    let all = report.concepts.iter().flat_map(|c| &c.statements);
    let texts: HashMap<(&str, &str), &str> =
        all.map(|s| ((s.occupation.as_str(), s.statement.as_str()), s.text.as_str())).collect();
    let said = |s: &StatementCode| {
        let text = texts.get(&(s.occupation.as_str(), s.statement.as_str())).copied().unwrap_or_default();
        format!("{}: {text}", code(s))
    };
    let pair = |link: &&Link| {
        Entry::labelled(format!("{:.2} ", link.score), said(&link.a)).with(vec![Entry::new(said(&link.b))])
    };
    let more = |rest| {
        let rest = count(rest, "more pair");
        format!("{rest}; \"harmonise --review FILE\" lists the pairs that would change a core first")
    };
    let heading = Block::section(1, "Almost joined", count(near.len(), "pair"));
    vec![heading, Block::entries(Entry::first_saying(NEAR, near.iter().map(pair).collect(), more))]
}

/// A row for each statement, with its concept.
fn statements(report: &Report) -> Table {
    let columns = [
        ("concept", 2),
        ("kind", 1),
        ("concept_text", 4),
        ("topic", 2),
        ("occupations", 1),
        ("cohesion", 1),
        ("occupation", 1),
        ("statement", 1),
        ("text", 4),
    ];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new("Concepts", columns).whole(["occupations"]).decimal(["cohesion"]);
    let labels: HashMap<&str, &str> = report.topics.iter().map(|t| (t.id.as_str(), t.heading.as_str())).collect();
    for concept in &report.concepts {
        let topic = concept.topic.as_deref().and_then(|topic| labels.get(topic)).copied().unwrap_or_default();
        for statement in &concept.statements {
            table.rows.push(vec![
                concept.id.as_str().into(),
                concept.kind.name().into(),
                concept.text.as_str().into(),
                topic.into(),
                Cell::count(occupations(concept)),
                Cell::decimal(concept.cohesion),
                statement.occupation.as_str().into(),
                statement.statement.as_str().into(),
                statement.text.as_str().into(),
            ]);
        }
    }
    table
}
