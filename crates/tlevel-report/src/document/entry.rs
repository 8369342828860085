//! Entries of lists.

use serde::{Deserialize, Serialize};

use super::{Listing, Tone};

/// An entry of a list: a text, with what stands before, beside and below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The sign that begins it.
    #[serde(default, skip_serializing_if = "Mark::is_none")]
    pub mark: Mark,
    /// A word or a code before the text; empty for nothing. Spaces at its ends
    /// line texts up on a terminal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What it says.
    pub text: String,
    /// What stands at the edge beside the text, which makes it a small heading;
    /// empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub aside: String,
    /// What kind of remark it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// The one listing that shows it; none if all do.
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
    /// None.
    #[default]
    None,
    /// One of several.
    Bullet,
    /// Something that is there, or comes.
    Plus,
    /// Something that is lacking, or goes.
    Minus,
}

impl Mark {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
    fn is_none(&self) -> bool {
        *self == Mark::None
    }
}

/// The texts of entries, those below each after it.
pub(super) fn texts_of(entries: &[Entry]) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in Entry::listed(entries, Listing::File) {
        texts.extend([entry.label.trim().to_owned(), entry.text.clone(), entry.aside.clone()]);
        texts.extend(texts_of(&entry.entries));
    }
    texts
}

impl Entry {
    /// An entry.
    pub fn new(text: impl Into<String>) -> Self {
        Entry { text: text.into(), ..Entry::default() }
    }

    /// An entry with a word or a code before it.
    pub fn labelled(label: impl Into<String>, text: impl Into<String>) -> Self {
        Entry { label: label.into(), text: text.into(), ..Entry::default() }
    }

    /// This entry with that sign before it.
    #[must_use]
    pub fn marked(self, mark: Mark) -> Self {
        Entry { mark, ..self }
    }

    /// This entry with that at the edge beside it.
    #[must_use]
    pub fn beside(self, aside: impl Into<String>) -> Self {
        Entry { aside: aside.into(), ..self }
    }

    /// This entry with those lines below it.
    #[must_use]
    pub fn with(self, entries: Vec<Entry>) -> Self {
        Entry { entries, ..self }
    }

    /// This entry, in that listing alone.
    #[must_use]
    pub fn only(self, listing: Listing) -> Self {
        Entry { only: Some(listing), ..self }
    }

    /// Entries of which a brief listing shows the first, and that there are
    /// more.
    pub fn first(most: usize, entries: Vec<Entry>) -> Vec<Entry> {
        Entry::first_saying(most, entries, |more| format!("and {more} more (the full listing has them)"))
    }

    /// Entries of which a brief listing shows the first, and what is said of the
    /// number left out.
    pub fn first_saying(most: usize, mut entries: Vec<Entry>, say: impl Fn(usize) -> String) -> Vec<Entry> {
        let more = entries.len().saturating_sub(most);
        if more > 0 {
            entries.iter_mut().skip(most).for_each(|entry| entry.only = Some(Listing::Full));
            entries.push(Entry::new(say(more)).only(Listing::Brief));
        }
        entries
    }

    /// Those of some entries that a listing shows.
    pub fn listed(entries: &[Entry], listing: Listing) -> impl Iterator<Item = &Entry> {
        entries.iter().filter(move |entry| listing.shows(entry.only))
    }
}
