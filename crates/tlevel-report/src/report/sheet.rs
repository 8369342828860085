//! A screening laid out: the main points, then parts with entries.

use tlevel::change::Effect;

use super::difference_words::effect_sections;
use super::effects::{self, SHOWN};
use crate::document::{Block, Entry, Listing};

/// A screening, and the screenings that it summarises.
#[derive(Default)]
pub(super) struct Sheet<'r> {
    pub(super) title: String,
    /// The text at the edge of the title's line.
    pub(super) right: String,
    /// The main points, a paragraph each.
    pub(super) lead: Vec<String>,
    pub(super) parts: Vec<Part<'r>>,
    /// What the map does not say, after the other parts.
    pub(super) unsaid: Vec<Part<'r>>,
    /// The screenings that it summarises.
    pub(super) behind: Vec<Sheet<'r>>,
}

impl Sheet<'_> {
    pub(super) fn blocks(self) -> Vec<Block> {
        let mut blocks = vec![Block::section(1, self.title, self.right)];
        blocks.extend(self.lead.into_iter().map(Block::paragraph));
        blocks.extend(self.parts.into_iter().chain(self.unsaid).flat_map(Part::blocks));
        let behind: Vec<Block> = self.behind.into_iter().flat_map(Sheet::blocks).collect();
        if !behind.is_empty() {
            blocks.push(Block::only(Listing::Full, behind));
        }
        blocks
    }
}

/// A part of a sheet.
pub(super) struct Part<'r> {
    pub(super) title: String,
    pub(super) right: String,
    pub(super) lines: Vec<String>,
    pub(super) entries: Vec<Entry>,
    /// Whether it answers the question, so no entry is cut.
    pub(super) is_whole: bool,
    /// The only listing that shows it, if not both do.
    pub(super) only: Option<Listing>,
    pub(super) effect: Option<&'r Effect>,
}

impl Part<'_> {
    pub(super) fn new(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        let right = if entries.is_empty() { String::new() } else { entries.len().to_string() };
        Part { title: title.into(), right, lines: Vec::new(), entries, is_whole: false, only: None, effect: None }
    }

    pub(super) fn saying(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    pub(super) fn whole(self) -> Self {
        Part { is_whole: true, ..self }
    }

    /// Adds a line if it has no entry.
    pub(super) fn or(self, line: &str) -> Self {
        if self.entries.is_empty() { self.saying(line) } else { self }
    }

    fn blocks(self) -> Vec<Block> {
        let mut blocks = vec![Block::section(2, self.title, self.right)];
        blocks.extend(self.lines.into_iter().map(Block::paragraph));
        let entries: Vec<Entry> = self.entries.into_iter().map(cut).collect();
        let entries = if self.is_whole { entries } else { Entry::first(SHOWN, entries) };
        if !entries.is_empty() {
            blocks.push(Block::entries(entries));
        }
        if let Some(effect) = self.effect {
            blocks.extend(effect_sections(effect).into_iter().map(Block::paragraph));
            blocks.extend(effect.programmes.iter().flat_map(effects::programme));
        }
        match self.only {
            Some(listing) => vec![Block::only(listing, blocks)],
            None => blocks,
        }
    }
}

/// An entry whose lines a brief listing cuts.
fn cut(mut entry: Entry) -> Entry {
    entry.entries = Entry::first(SHOWN, std::mem::take(&mut entry.entries));
    entry
}
