//! Entries of lists.

use serde::{Deserialize, Serialize};

use super::{Listing, Tone};

/// An entry of a list: a text, optionally with a sign and a label before it, a text
/// at the edge of its line, and lines below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The sign at its start.
    #[serde(default, skip_serializing_if = "Mark::is_none")]
    pub mark: Mark,
    /// A word or a code before the text; empty if there is none. Spaces at its ends
    /// align texts on a terminal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Its text.
    pub text: String,
    /// The text at the edge of its line, which makes it a small heading; empty if
    /// there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub aside: String,
    /// The kind of remark, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// The only listing that shows it; `None` if all do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Listing>,
    /// The lines below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
}

/// The sign that begins an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mark {
    /// No sign.
    #[default]
    None,
    /// One of several things.
    Bullet,
    /// Something present or gained.
    Plus,
    /// Something missing or lost.
    Minus,
}

impl Mark {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
    fn is_none(&self) -> bool {
        *self == Mark::None
    }
}

/// The texts of entries, each followed by those below it.
pub(super) fn texts_of(entries: &[Entry]) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in Entry::listed(entries, Listing::File) {
        texts.extend([entry.label.trim().to_owned(), entry.text.clone(), entry.aside.clone()]);
        texts.extend(texts_of(&entry.entries));
    }
    texts
}

impl Entry {
    /// An entry with a text.
    pub fn new(text: impl Into<String>) -> Self {
        Entry { text: text.into(), ..Entry::default() }
    }

    /// An entry with a word or a code before it.
    pub fn labelled(label: impl Into<String>, text: impl Into<String>) -> Self {
        Entry { label: label.into(), text: text.into(), ..Entry::default() }
    }

    /// Returns this entry with a sign before it.
    #[must_use]
    pub fn marked(self, mark: Mark) -> Self {
        Entry { mark, ..self }
    }

    /// Returns this entry with a text at the edge of its line.
    #[must_use]
    pub fn beside(self, aside: impl Into<String>) -> Self {
        Entry { aside: aside.into(), ..self }
    }

    /// Returns this entry with lines below it.
    #[must_use]
    pub fn with(self, entries: Vec<Entry>) -> Self {
        Entry { entries, ..self }
    }

    /// Returns this entry, shown only in one listing.
    #[must_use]
    pub fn only(self, listing: Listing) -> Self {
        Entry { only: Some(listing), ..self }
    }

    /// Entries of which a brief listing shows the first `most`, then how many more
    /// there are.
    pub fn first(most: usize, entries: Vec<Entry>) -> Vec<Entry> {
        Entry::first_saying(most, entries, |more| format!("and {more} more (the full listing has them)"))
    }

    /// Entries of which a brief listing shows the first `most`, then what `say`
    /// returns for the number left out.
    pub fn first_saying(most: usize, mut entries: Vec<Entry>, say: impl Fn(usize) -> String) -> Vec<Entry> {
        let more = entries.len().saturating_sub(most);
        if more > 0 {
            entries.iter_mut().skip(most).for_each(|entry| entry.only = Some(Listing::Full));
            entries.push(Entry::new(say(more)).only(Listing::Brief));
        }
        entries
    }

    /// The entries that a listing shows.
    pub fn listed(entries: &[Entry], listing: Listing) -> impl Iterator<Item = &Entry> {
        entries.iter().filter(move |entry| listing.shows(entry.only))
    }
}
