//! The pairs of statements that a panel should decide for a pathway.

use tlevel::harmonise::Verdict;
use tlevel::review::{CoreChanges, CoreItem, Decided, OpenDisagreement, Question, Questions, Side};
use tlevel::text::short_title;

use crate::count::count;
use crate::document::{Block, Cell, Column, Document, Entry, FillIn, FillInColumn, Listing, Span, Table};

/// How many questions a sheet has: what a panel decides without a break.
const SHEET: usize = 20;
/// How many characters of an item the effect of an answer quotes.
const QUOTED: usize = 90;

/// The first sheet of the workbook.
const HOW_TO_REVIEW: [&str; 6] = [
    "Each row asks: do two statements say the same? Only the yellow columns can be changed.",
    "Same: one line of a course stands for both. Different: learners need both. Or unsure.",
    "The first questions change the core most. Stop where you like: empty rows are asked again.",
    "Note: say why, or what you would need to know. A note alone is kept, too.",
    "Save the file and give it back: tlevel spec MAP --pathway ... --ledger FILE -o draft.docx",
    "What is then left to ask: tlevel review MAP --pathway ... --ledger FILE -o next.xlsx",
];

/// The columns of a ledger that people do not need to see.
const HIDDEN: [&str; 7] = ["occupation_a", "statement_a", "occupation_b", "statement_b", "hash_a", "hash_b", "score"];

/// Reports the questions of a pathway, the most decisive first, twenty a sheet of a
/// workbook. What is decided already, and where people disagree, have a sheet each. The
/// workbook is a ledger: [`Ledger::COLUMNS`](tlevel::harmonise::Ledger::COLUMNS) reads it.
///
/// # Examples
///
/// ```
/// use tlevel::derive::Policy;
/// use tlevel::harmonise::{Ledger, Measure, Threshold};
/// use tlevel::review::{ToAsk, questions};
/// use tlevel_report::{Layout, export, report};
///
/// let map = tlevel::check(tlevel::read(&std::fs::read("../../fixtures/maps/england.json")?)?)?.map;
/// let (measure, ledger, policy) = (Measure::new(&map), Ledger::default(), Policy::panel());
/// let harmony = tlevel::harmonise(&measure, Threshold::default(), &ledger)?;
/// let pathway = "construction/onsite-construction";
/// let to_ask = ToAsk { policy: &policy, pathway, ledger: &ledger, disagreements: &[], most: 100 };
/// let asked = questions(&measure, &harmony, to_ask, |_, _| {})?.expect("has a programme");
/// let text = export::terminal(&report::questions(&asked), &Layout::default());
/// assert!(text.contains("uncertain pairs"), "{text}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn questions(asked: &Questions) -> Document {
    let mut document = Document::report(format!("Questions for the panel: {}", asked.pathway.name));
    let how = HOW_TO_REVIEW.map(|line| vec![Span::text(line)]).to_vec();
    let how = vec![Block::heading(1, "how-to-review", "How to review"), Block::List { entries: how }];
    document.blocks.push(Block::only(Listing::File, how));
    document.blocks.push(Block::paragraph(summary(asked)));
    if !asked.disagreements.is_empty() {
        document.blocks.push(Block::section(1, "People disagree", count(asked.disagreements.len(), "pair")));
        let entries = asked.disagreements.iter().map(disagreement_entry).collect();
        document.blocks.push(Block::Entries { entries, table: Some(disagreement_table(&asked.disagreements)) });
    }
    let mut first = 1;
    for questions in asked.questions.chunks(SHEET) {
        let last = first + questions.len() - 1;
        let caption = if first == last { format!("Question {first}") } else { format!("Questions {first} to {last}") };
        let numbered = || (first..).zip(questions);
        let entries = numbered().map(|(number, question)| question_entry(number, question)).collect();
        let table = question_table(&caption, numbered());
        let blocks = vec![Block::section(1, caption, ""), Block::Entries { entries, table: Some(table) }];
        if first == 1 {
            document.blocks.extend(blocks);
        } else {
            document.blocks.push(Block::only(Listing::Full, blocks));
        }
        first = last + 1;
    }
    let more = asked.questions.len().saturating_sub(SHEET);
    if more > 0 {
        let text =
            format!("{} more; --full lists all, and -o review.xlsx writes them to fill in.", count(more, "question"));
        document.blocks.push(Block::only(Listing::Brief, vec![Block::note(text)]));
    }
    if !asked.decided.is_empty() {
        let decided = vec![
            Block::section(1, "Decided", count(asked.decided.len(), "pair")),
            Block::Entries {
                entries: asked.decided.iter().map(decided_entry).collect(),
                table: Some(decided_table(&asked.decided)),
            },
        ];
        document.blocks.push(Block::only(Listing::Full, decided));
    }
    document
}

/// The questions of a pathway as one table: a ledger to fill in, with what is decided
/// already.
///
/// # Complexity
///
/// `O(n)` in the size of the table.
pub fn questions_table(asked: &Questions) -> Document {
    let columns = [
        ("number", 1),
        ("decision", 1),
        ("occupation_a", 1),
        ("statement_a", 1),
        ("occupation_b", 1),
        ("statement_b", 1),
        ("note", 3),
        ("would_change", 4),
        ("title_a", 2),
        ("text_a", 4),
        ("title_b", 2),
        ("text_b", 4),
        ("shared", 2),
        ("hash_a", 1),
        ("hash_b", 1),
    ];
    let columns = columns.into_iter().map(|(heading, width)| Column::new(heading, width)).collect();
    let mut table = Table::new("Questions", columns);
    let mut push = |number: String, decision: &str, sides: &[Side], note: &str, effect: &str, shared: String| {
        let of = |side: usize, part: fn(&Side) -> &str| sides.get(side).map_or("", part).to_owned();
        let row = [
            number,
            decision.to_owned(),
            of(0, |side| &side.occupation),
            of(0, |side| &side.statement),
            of(1, |side| &side.occupation),
            of(1, |side| &side.statement),
            note.to_owned(),
            effect.to_owned(),
            of(0, |side| &side.title),
            of(0, |side| &side.text),
            of(1, |side| &side.title),
            of(1, |side| &side.text),
            shared,
            of(0, |side| &side.hash),
            of(1, |side| &side.hash),
        ];
        table.rows.push(row.into_iter().map(Cell::from).collect());
    };
    for disagreement in &asked.disagreements {
        push(String::new(), "", &disagreement.sides, "", &answers(disagreement), String::new());
    }
    for (number, question) in (1..).zip(&asked.questions) {
        let decision = if question.unsure { Verdict::Unsure.word() } else { "" };
        push(
            number.to_string(),
            decision,
            &question.sides,
            &question.note,
            &effect(question),
            question.shared.join(", "),
        );
    }
    for decided in &asked.decided {
        let reason = decided.stale.as_deref().unwrap_or_default();
        push(String::new(), decided.verdict.word(), &decided.sides, &decided.note, reason, String::new());
    }
    let mut document = Document::report(format!("Questions for the panel: {}", asked.pathway.name));
    document.blocks.push(Block::note(summary(asked)));
    document.blocks.push(Block::Table(table));
    document
}

/// How many questions there are, and why the other pairs are left out.
fn summary(asked: &Questions) -> String {
    let mut left_out: Vec<String> = Vec::new();
    for (n, what) in [
        (asked.elsewhere, "about other routes or occupations that do not count"),
        (asked.settled, "decided already"),
        (asked.unchanged, "that would change nothing in this core"),
        (asked.untried, "not tried, because of the limit (--limit)"),
    ] {
        if n > 0 {
            left_out.push(format!("{n} {what}"));
        }
    }
    let all = format!("of the map's {}", count(asked.pairs, "uncertain pair"));
    let asks = match asked.questions.len() {
        0 if asked.untried > 0 => {
            format!("No question: none {all} that were tried changes the core of {}.", asked.pathway.name)
        }
        0 => format!("Nothing to ask: none {all} changes the core of {}.", asked.pathway.name),
        n => format!("{} {all}: an answer changes the core of {}.", count(n, "question"), asked.pathway.name),
    };
    if left_out.is_empty() { asks } else { format!("{asks} Left out: {}.", left_out.join("; ")) }
}

/// What the answer would change, in a sentence.
fn effect(question: &Question) -> String {
    let answer = if question.joined { "If they are different" } else { "If they are the same" };
    format!("{answer}: {}", changes(&question.changes).join("; "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", short_title(text, QUOTED))
}

fn changes(changes: &CoreChanges) -> Vec<String> {
    let under = |item: &CoreItem| item.topic.as_ref().map_or(String::new(), |topic| format!(", under {topic}"));
    let mut said = Vec::new();
    for item in &changes.enter {
        said.push(format!("{} would enter the {}{}", quoted(&item.text), item.tier.name(), under(item)));
    }
    for item in &changes.leave {
        said.push(format!("{} would leave the {}{}", quoted(&item.text), item.tier.name(), under(item)));
    }
    for item in &changes.moved {
        said.push(format!("{} would move to the {}{}", quoted(&item.text), item.tier.name(), under(item)));
    }
    for topic in &changes.topics_enter {
        let support = format!("{} of {}", topic.support.have, topic.support.of);
        said.push(format!("the topic {} would enter the {} ({support})", topic.heading, topic.tier.name()));
    }
    for topic in &changes.topics_leave {
        said.push(format!("the topic {} would leave the {}", topic.heading, topic.tier.name()));
    }
    for topic in &changes.topics_change {
        let before = topic.before.unwrap_or(topic.support);
        said.push(if before == topic.support {
            format!("the topic {} would move to the {}", topic.heading, topic.tier.name())
        } else {
            let (have, of) = (topic.support.have, topic.support.of);
            format!("{have} of {of} occupations would have the topic {} instead of {}", topic.heading, before.have)
        });
    }
    let (one, several) = (changes.joined.first(), changes.parted.first());
    match (said.is_empty(), one, several) {
        (_, None, None) => {}
        (true, Some((item, n)), _) => {
            said.push(format!(
                "{n} items in the {}{} would become one: {}",
                item.tier.name(),
                under(item),
                quoted(&item.text)
            ));
        }
        (true, None, Some((item, n))) => {
            said.push(format!(
                "one item in the {}{} would become {n}: {}",
                item.tier.name(),
                under(item),
                quoted(&item.text)
            ));
        }
        (false, ..) => {}
    }
    let regrouped = changes.joined.len() + changes.parted.len();
    if regrouped > 1 || (regrouped == 1 && changes.weight() > 0) {
        said.push("some items of the core would be grouped differently".to_owned());
    }
    said
}

/// A statement with the title of its occupation.
fn shown(side: &Side) -> String {
    let title = if side.title.is_empty() { &side.occupation } else { &side.title };
    let text = if side.text.is_empty() { "(no longer on the map as it was)" } else { &side.text };
    format!("{title}: {text}")
}

fn question_entry(number: usize, question: &Question) -> Entry {
    let mut lines: Vec<Entry> = question.sides.iter().map(|side| Entry::new(shown(side))).collect();
    if !question.shared.is_empty() {
        lines.push(Entry::new(format!("Both say: {}", question.shared.join(", "))));
    }
    lines.push(Entry::new(effect(question)));
    if question.unsure {
        let note = if question.note.is_empty() { String::new() } else { format!(": {}", question.note) };
        lines.push(Entry::new(format!("Somebody was unsure{note}")));
    }
    Entry::labelled(format!("{number} "), question.kind.name()).with(lines)
}

fn answers(disagreement: &OpenDisagreement) -> String {
    disagreement.answers.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn disagreement_entry(disagreement: &OpenDisagreement) -> Entry {
    let lines = disagreement.sides.iter().map(|side| Entry::new(shown(side))).collect();
    Entry::new(answers(disagreement)).with(lines)
}

fn decided_entry(decided: &Decided) -> Entry {
    let lines = decided.sides.iter().map(|side| Entry::new(shown(side))).collect();
    let note = if decided.note.is_empty() { String::new() } else { format!(": {}", decided.note) };
    let stale = decided.stale.as_ref().map_or(String::new(), |reason| format!(" (not applied: {reason})"));
    Entry::new(format!("{}{note}{stale}", decided.verdict.word())).with(lines)
}

/// A table with the columns that a ledger needs.
fn ledger_table(caption: &str, columns: &[(&str, u8)]) -> (Table, FillIn) {
    let columns = columns.iter().map(|(heading, width)| Column::new(*heading, *width)).collect();
    let words = [Verdict::Same, Verdict::Different, Verdict::Unsure].map(Verdict::word);
    let decision = FillInColumn::new(
        "Decision",
        14,
        "Do the two say the same? Choose same, different or unsure. Leave it empty to decide later.",
    );
    let note = FillInColumn::new("Note", 28, "Why, in your own words. A note alone is kept, too.");
    (Table::new(caption, columns), FillIn::new(vec![decision.of(words), note], HIDDEN))
}

fn hidden(sides: &[Side], score: Option<f64>) -> Vec<String> {
    let of = |side: usize, part: fn(&Side) -> &str| sides.get(side).map_or("", part).to_owned();
    vec![
        of(0, |side| &side.occupation),
        of(0, |side| &side.statement),
        of(1, |side| &side.occupation),
        of(1, |side| &side.statement),
        of(0, |side| &side.hash),
        of(1, |side| &side.hash),
        score.map_or(String::new(), |score| format!("{score:.3}")),
    ]
}

fn side_cell(sides: &[Side], at: usize) -> Cell {
    Cell::from(sides.get(at).map_or(String::new(), shown))
}

fn question_table<'q>(caption: &str, questions: impl Iterator<Item = (usize, &'q Question)>) -> Table {
    let columns =
        [("No.", 1), ("Kind", 1), ("First", 3), ("Second", 3), ("Words they share", 1), ("What would change", 3)];
    let (mut table, mut fill_in) = ledger_table(caption, &columns);
    for (number, question) in questions {
        table.rows.push(vec![
            Cell::from(number.to_string()),
            Cell::from(question.kind.name()),
            side_cell(&question.sides, 0),
            side_cell(&question.sides, 1),
            Cell::from(question.shared.join(", ")),
            Cell::from(effect(question)),
        ]);
        let decision = if question.unsure { Verdict::Unsure.word() } else { "" };
        fill_in.push(vec![decision.to_owned(), question.note.clone()], hidden(&question.sides, Some(question.score)));
    }
    table.fill_in = Some(fill_in);
    table
}

fn disagreement_table(disagreements: &[OpenDisagreement]) -> Table {
    let (mut table, mut fill_in) =
        ledger_table("People disagree", &[("First", 3), ("Second", 3), ("What each says", 3)]);
    for disagreement in disagreements {
        let sides = &disagreement.sides;
        table.rows.push(vec![side_cell(sides, 0), side_cell(sides, 1), Cell::from(answers(disagreement))]);
        fill_in.push(vec![String::new(), String::new()], hidden(sides, None));
    }
    table.fill_in = Some(fill_in);
    table
}

fn decided_table(all: &[Decided]) -> Table {
    let (mut table, mut fill_in) = ledger_table("Decided", &[("First", 3), ("Second", 3), ("Decided in", 2)]);
    for decided in all {
        let stale = decided.stale.as_ref().map_or(String::new(), |reason| format!("; not applied: {reason}"));
        let place = Cell::from(format!("{}{stale}", decided.place));
        table.rows.push(vec![side_cell(&decided.sides, 0), side_cell(&decided.sides, 1), place]);
        fill_in.push(vec![decided.verdict.word().to_owned(), decided.note.clone()], hidden(&decided.sides, None));
    }
    table.fill_in = Some(fill_in);
    table
}
