//! A proposal on one page: its facts in a table, point by point, then what people judge.
//! What a page has no room for is in the evidence of the tracker.

use itertools::Itertools as _;

use super::one::of_one;
use super::responses::{STANDING, standing};
use super::words::{asked, missing_words};
use crate::count::count;
use crate::document::{Block, Cell, Column, Entry, Span, Table, plain, with_aside};
use crate::report::effects::{self, in_short};
use crate::report::sheet::{Part, Sheet};
use crate::report::shortened;
use tlevel::consult::{MissingFact, OpenQuestion, Proposal, Screening};

/// How much of each point a page has.
#[derive(Clone, Copy)]
struct Room {
    /// The most entries of a point.
    entries: usize,
    /// The most characters of an entry.
    entry: usize,
    /// The most characters of what is below it.
    below: usize,
    /// The most characters of a main point, a remark and a reason that people give.
    line: usize,
}

/// From a page with room to one with very little.
const ROOMS: [Room; 4] = [
    Room { entries: 2, entry: 220, below: 160, line: 320 },
    Room { entries: 2, entry: 140, below: 90, line: 260 },
    Room { entries: 1, entry: 110, below: 60, line: 220 },
    Room { entries: 1, entry: 80, below: 50, line: 130 },
];
/// How many points have entries, at most.
const POINTS: usize = 10;
/// The most reasons that people give.
const REASONS: usize = 3;
/// The most characters of a title.
const TITLE: usize = 100;
/// The most names of occupations that lack a fact.
const NAMED: usize = 2;

/// The page of a proposal.
pub(super) fn page(proposal: &Proposal) -> Vec<Block> {
    let [.., least] = ROOMS;
    // the first points have an entry more, as many of them as fit
    let rooms = ROOMS.iter().flat_map(|room| (0..=POINTS).rev().map(|favoured| (*room, favoured)));
    let mut pages = rooms.map(|(room, favoured)| page_in(proposal, room, favoured));
    pages.find(|blocks| height(blocks) <= PAGE).unwrap_or_else(|| page_in(proposal, least, 0))
}

fn page_in(proposal: &Proposal, room: Room, favoured: usize) -> Vec<Block> {
    let sheet = of_one(&proposal.screening);
    let responses = count(proposal.responses, "response");
    let mut blocks = vec![Block::section(1, shortened(&proposal.title, TITLE), responses)];
    let reasons = proposal.rationales.iter().map(|reason| shortened(reason, room.line)).collect();
    let said = first(REASONS.min(room.entries + 1), reasons);
    let stands: Vec<String> = standing(proposal).iter().map(|line| shortened(line, room.line)).collect();
    for (title, lines) in [("What people say", said), (STANDING, stands)] {
        if !lines.is_empty() {
            blocks.push(Block::Paragraph { spans: vec![Span::strong(title)] });
            let entries = lines.into_iter().map(|line| vec![Span::text(line)]).collect();
            blocks.push(Block::List { entries });
        }
    }
    blocks.push(Block::Table(facts(sheet, room, favoured)));
    let (questions, missing) = unanswered(&proposal.screening);
    if !questions.is_empty() || !missing.is_empty() {
        blocks.push(Block::Table(for_people(questions, missing, room)));
    }
    blocks
}

/// What the map records, a row for each point of the consultation.
fn facts(sheet: Sheet<'_>, room: Room, favoured: usize) -> Table {
    let mut table = table("Point", "What the map records");
    let main = sheet.lead.iter().map(|line| shortened(line, room.line)).join("\n");
    table.rows.push(["Main points".into(), main.into()].into());
    let room_of = |at: usize| Room { entries: room.entries + usize::from(at < favoured), ..room };
    let rows = sheet.parts.into_iter().enumerate().filter_map(|(at, part)| row(part, room_of(at)));
    table.rows.extend(rows);
    // the marked branches in an open one
    let within: Vec<String> = sheet.behind.iter().map(|within| main_points(within, room.entry)).collect();
    if !within.is_empty() {
        let within = first(room.entries, within).join("\n");
        table.rows.push(["Marked branches in it".into(), within.into()].into());
    }
    table
}

fn table(point: &str, says: &str) -> Table {
    let columns = [(point, 3), (says, 8)].map(|(heading, width)| Column::new(heading, width));
    Table { is_named_above: true, ..Table::new(says, columns.into()) }
}

fn main_points(sheet: &Sheet<'_>, most: usize) -> String {
    shortened(&format!("{}: {}", sheet.title, sheet.lead.join(" ")), most)
}

/// The row of a part; `None` if the main points say it all.
fn row(part: Part<'_>, room: Room) -> Option<Vec<Cell>> {
    let mut said: Vec<String> = part.lines.iter().map(|line| shortened(line, room.line)).collect();
    // those that have something to say first
    let (most, least): (Vec<&Entry>, Vec<&Entry>) = part.entries.iter().partition(|entry| !entry.entries.is_empty());
    let entries = most.into_iter().chain(least).map(|entry| in_a_line(entry, room)).collect();
    said.extend(first(room.entries, entries));
    let programmes = part.effect.iter().flat_map(|effect| &effect.programmes);
    let programmes: Vec<String> = programmes.map(|programme| shortened(&in_short(programme), room.entry)).collect();
    let is_repeated = part.effect.is_some() && programmes.is_empty();
    said.extend(first(room.entries, programmes));
    (!is_repeated && !said.is_empty()).then(|| [part.title.into(), said.join("\n").into()].into())
}

/// The first `most` lines; the last says how many more there are.
fn first(most: usize, mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    if let Some(last) = lines.pop_if(|_| more > 0) {
        lines.push(format!("{last} \u{2013} and {more} more in the tracker"));
    }
    lines
}

/// An entry and the lines below it as one line.
fn in_a_line(entry: &Entry, room: Room) -> String {
    let own = match entry.label.trim() {
        "" => shortened(&entry.text, room.entry),
        label => shortened(&format!("{label} {}", entry.text), room.entry),
    };
    let below = entry.entries.iter().map(|line| in_a_line(line, room)).join("; ");
    if below.is_empty() { own } else { format!("{own} ({})", shortened(&below, room.below)) }
}

/// What the map does not say.
fn for_people(questions: &[OpenQuestion], missing: &[MissingFact], room: Room) -> Table {
    let mut table = table("For people", "What the map does not say");
    let mut row = |name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            table.rows.push([name.into(), lines.join("\n").into()].into());
        }
    };
    let lacks = missing.iter().map(|fact| shortened(&missing_words(fact, NAMED), room.entry));
    row("Not recorded on this map", lacks.collect());
    row("No map can answer", questions.iter().map(asked).collect());
    table
}

/// The height of a page of A4 between its margins, in tenths of a point, with room for
/// the foot of the document.
const PAGE: usize = 6_950;

/// The height of a page's blocks in tenths of a point, as if a line had a few characters
/// less than most have.
fn height(blocks: &[Block]) -> usize {
    let lines = |text: &str, width: usize| -> usize {
        text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>().max(1)
    };
    let of = |block: &Block| match block {
        Block::Heading { text, aside, .. } => 280 + 220 * lines(&with_aside(text, aside), 50),
        Block::List { entries } => entries.iter().map(|entry| 50 + 130 * lines(&plain(entry), 88)).sum(),
        Block::Table(table) => {
            let row = |row: &Vec<Cell>| {
                let cells = row.iter().zip([26, 81]).map(|(cell, width)| lines(&cell.shown(), width));
                45 + 104 * cells.max().unwrap_or(1)
            };
            280 + table.rows.iter().map(row).sum::<usize>()
        }
        _ => 180,
    };
    blocks.iter().map(of).sum()
}

fn unanswered(screening: &Screening) -> (&[OpenQuestion], &[MissingFact]) {
    match screening {
        Screening::NewOccupation(new) => (&new.open_questions, &new.missing),
        Screening::MoveOccupation(moved) => (&moved.open_questions, &moved.missing),
        Screening::OpenBranch(open) => (&open.open_questions, &open.missing),
        _ => (&[], &[]),
    }
}

/// No bound.
const ALL: Room = Room { entries: usize::MAX, entry: usize::MAX, below: usize::MAX, line: usize::MAX };

/// All that pages have of proposals, uncut: a row for each fact.
pub(super) fn evidence(proposals: &[Proposal]) -> Table {
    let columns = [("Proposal", 2), ("Point", 2), ("Fact", 6)].map(|(name, width)| Column::new(name, width));
    let mut table = Table::new("Evidence", columns.into());
    for proposal in proposals {
        let mut push = |point: &str, fact: String| {
            table.rows.push([proposal.title.as_str().into(), point.into(), fact.into()].into());
        };
        proposal.rationales.iter().for_each(|reason| push("What people say", reason.clone()));
        let sheet = of_one(&proposal.screening);
        sheet.lead.iter().for_each(|line| push("Main points", line.clone()));
        for part in sheet.parts {
            part.lines.iter().for_each(|line| push(&part.title, line.clone()));
            part.entries.iter().for_each(|entry| push(&part.title, in_a_line(entry, ALL)));
            for programme in part.effect.iter().flat_map(|effect| &effect.programmes) {
                in_full(&effects::programme(programme)).for_each(|line| push(&part.title, line));
            }
        }
        sheet.behind.iter().for_each(|within| push("Marked branches in it", main_points(within, usize::MAX)));
        let (questions, missing) = unanswered(&proposal.screening);
        missing.iter().for_each(|fact| push("Not recorded on this map", missing_words(fact, usize::MAX)));
        questions.iter().for_each(|question| push("No map can answer", asked(question)));
    }
    table
}

/// The lines of an effect, each after the heading that it belongs to.
fn in_full(blocks: &[Block]) -> impl Iterator<Item = String> {
    let mut heading = String::new();
    let lines = blocks.iter().flat_map(move |block| match block {
        Block::Heading { text, .. } => {
            heading.clone_from(text);
            Vec::new()
        }
        Block::Paragraph { spans } => vec![format!("{heading}: {}", plain(spans))],
        Block::Entries { entries, .. } => {
            entries.iter().map(|entry| format!("{heading}: {}", in_a_line(entry, ALL))).collect()
        }
        _ => Vec::new(),
    });
    lines.collect::<Vec<_>>().into_iter()
}
