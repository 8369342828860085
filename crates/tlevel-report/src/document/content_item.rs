//! Items of content.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::model::{Span, plain};

/// A numbered item of content.
///
/// # Examples
///
/// ```
/// use tlevel_report::document::ContentItem;
///
/// let mut item = ContentItem::new("R1.2", "tools", "Know the types of tools:");
/// item.points = vec!["saws".to_owned(), "planes.".to_owned()];
/// assert_eq!(item.whole(), "Know the types of tools: saws; planes.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ContentItem {
    /// Its number, such as `K1.2`; unique in the document. A draft's item keeps it.
    pub number: String,
    /// Its place in this document, such as `1.2`, which print shows instead of its
    /// number; the number is then in the small print. Empty if its number is its
    /// place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The id of its concept, which a review names; empty if there is none.
    pub key: String,
    /// A short name before its text; empty if there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Its text, or what comes before its points.
    pub text: String,
    /// The points of a text that is a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    /// Facts about it: how many share it, and where it comes from.
    pub detail: Vec<Span>,
}

impl ContentItem {
    /// An item.
    pub fn new(number: impl Into<String>, key: impl Into<String>, text: impl Into<String>) -> Self {
        ContentItem {
            number: number.into(),
            place: String::new(),
            key: key.into(),
            label: String::new(),
            text: text.into(),
            points: Vec::new(),
            detail: Vec::new(),
        }
    }

    /// Returns the text with its points, on one line.
    pub fn whole(&self) -> Cow<'_, str> {
        if self.points.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        Cow::Owned(format!("{} {}", self.text, self.points.join("; ")))
    }

    /// Returns all facts about it for a format that has no place for a short name:
    /// the name, then the detail.
    pub fn facts(&self) -> Vec<Span> {
        let name = (!self.label.is_empty()).then(|| Span::text(format!("{}; ", self.label)));
        name.into_iter().chain(self.detail.iter().cloned()).collect()
    }

    /// The number that print shows before the text.
    pub(crate) fn shown_number(&self) -> &str {
        if self.place.is_empty() { &self.number } else { &self.place }
    }

    /// The short name as print shows it, before the text.
    pub(crate) fn shown_label(&self) -> Option<String> {
        (!self.label.is_empty()).then(|| format!("{}.", self.label.trim_end_matches('.')))
    }

    /// The small print: the number, if its place is shown instead, and the detail.
    pub(crate) fn small_print(&self) -> Vec<Span> {
        let code = (!self.place.is_empty()).then(|| Span::text(self.number.as_str()));
        let apart = code.as_ref().filter(|_| !self.detail.is_empty()).map(|_| Span::text("; "));
        code.into_iter().chain(apart).chain(self.detail.iter().cloned()).collect()
    }

    pub(super) fn texts(&self) -> Vec<String> {
        let text = match self.shown_label() {
            Some(label) => format!("{label} {}", self.text),
            None => self.text.clone(),
        };
        let mut texts = vec![self.shown_number().to_owned(), text];
        texts.extend(self.points.iter().cloned());
        texts.push(plain(&self.small_print()));
        texts
    }
}
