//! The shared parts of the marked-up formats: headings with safe and unique ids,
//! safe links, and the characters that a format may hold.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::document::{Block, Document, Listing};

/// The headings of a document and the ids in use.
#[derive(Debug)]
pub(super) struct Outline {
    /// The headings in their order.
    pub(super) headings: Vec<Entry>,
    by_anchor: HashMap<String, usize>,
    taken: HashSet<String>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Entry {
    /// From 1 to 4, at most one deeper than the heading before.
    pub(super) level: u8,
    /// Its anchor, made safe and unique.
    pub(super) id: String,
    /// Its text.
    pub(super) text: String,
    /// The text at the edge of its line; empty if there is none.
    pub(super) aside: String,
}

/// The target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// An address on the web or of a mailbox.
    Address(&'a str),
    /// The heading with this index.
    Heading(usize),
}

impl Outline {
    /// The outline of a document; `reserved` are the ids that the format uses
    /// itself.
    pub(super) fn new(document: &Document, reserved: &[&str]) -> Self {
        let mut outline = Outline {
            headings: Vec::new(),
            by_anchor: HashMap::new(),
            taken: reserved.iter().map(|id| (*id).to_owned()).collect(),
        };
        let mut depth = 0;
        for block in document.listed(Listing::File) {
            let Block::Heading { level, anchor, text, aside } = block else { continue };
            let level = (*level).clamp(1, 4).min(depth + 1);
            // an empty heading is only an anchor, not a level above the next
            if !text.trim().is_empty() {
                depth = level;
            }
            let id = outline.id(anchor);
            outline.by_anchor.entry(anchor.clone()).or_insert(outline.headings.len());
            outline.headings.push(Entry { level, id, text: text.clone(), aside: aside.clone() });
        }
        outline
    }

    /// An unused id, as close as possible to the wish.
    pub(super) fn id(&mut self, wish: &str) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c.to_ascii_lowercase() } else { '-' };
        let mut stem: String = wish.chars().take(80).map(safe).collect();
        if !stem.starts_with(|c: char| c.is_ascii_lowercase()) {
            stem.insert_str(0, "s-");
        }
        let mut id = stem.clone();
        let mut count = 1;
        while !self.taken.insert(id.clone()) {
            count += 1;
            id = format!("{stem}-{count}");
        }
        id
    }

    /// The target of a link; `None` if it leads nowhere, or to a kind of address
    /// that a document must not hold.
    pub(super) fn target<'a>(&self, target: &'a str) -> Option<Target<'a>> {
        if let Some(anchor) = target.strip_prefix('#') {
            return self.by_anchor.get(anchor).map(|index| Target::Heading(*index));
        }
        let clean = |c: char| !c.is_whitespace() && !forbidden(c) && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`');
        let known = ["https://", "http://", "mailto:"].iter().any(|scheme| {
            target.len() > scheme.len()
                && target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        (known && target.chars().all(clean)).then_some(Target::Address(target))
    }
}

/// Whether HTML or XML forbids or discourages a character.
pub(super) fn forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n'))
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// A text that HTML and XML can hold: with line feeds as line ends, and U+FFFD for
/// each control character and noncharacter.
pub(super) fn characters(text: &str) -> Cow<'_, str> {
    if !text.contains(forbidden) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.chars().map(|c| if forbidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
}

/// The language tag, if it looks like one, or else British English.
pub(super) fn language(document: &Document) -> &str {
    let subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let primary = document.language.split('-').next().unwrap_or_default();
    let good = primary.len() >= 2
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && document.language.split('-').all(subtag)
        && document.language.len() <= 35;
    if good { &document.language } else { "en-GB" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_never_skip_and_ids_are_unique() {
        let mut document = Document::new("t");
        document.blocks = vec![
            Block::heading(3, "a", "A"),
            Block::heading(9, "a", "B"),
            Block::heading(0, "", "C"),
            Block::heading(2, "main", "D"),
            Block::heading(4, "Ä b", "E"),
        ];
        let outline = Outline::new(&document, &["main"]);
        let seen: Vec<(u8, &str)> = outline.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
        assert_eq!(seen, [(1, "a"), (2, "a-2"), (1, "s-"), (2, "main-2"), (3, "s---b")]);
        assert_eq!(outline.target("#main"), Some(Target::Heading(3)));
        assert_eq!(outline.target("#none"), None);
    }

    #[test]
    fn only_safe_addresses() {
        let outline = Outline::new(&Document::new("t"), &[]);
        for good in ["https://example.org/a?b=c&d=%20#e", "HTTP://example.org", "mailto:a@example.org"] {
            assert_eq!(outline.target(good), Some(Target::Address(good)));
        }
        let bad = [
            "javascript:alert(1)",
            " https://example.org",
            "java\nscript:x",
            "data:text/html,x",
            "https://",
            "//x",
            "https://a b",
            "https://a\u{0}",
            "",
            "é",
            "http:\u{e9}",
        ];
        for bad in bad {
            assert_eq!(outline.target(bad), None, "{bad}");
        }
    }

    #[test]
    fn characters_that_no_format_may_hold() {
        assert_eq!(characters("a\tb\nc"), "a\tb\nc");
        assert_eq!(
            characters("a\r\nb\rc\u{0}\u{b}\u{7f}\u{85}\u{FFFE}\u{1FFFF}"),
            "a\nb\nc\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        );
    }

    #[test]
    fn languages_that_look_like_one() {
        let mut document = Document::new("t");
        for (given, used) in
            [("cy", "cy"), ("en-GB", "en-GB"), ("", "en-GB"), ("e", "en-GB"), ("en\"x", "en-GB"), ("en-", "en-GB")]
        {
            given.clone_into(&mut document.language);
            assert_eq!(language(&document), used);
        }
    }
}
