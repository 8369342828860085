//! Counts the texts of a file that were cleaned for display: one remark for
//! all.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::clean::{self, display_text_with};
use super::{Remark, RemarkKind};

/// Counts texts that were cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cleaning {
    texts: usize,
    markup: usize,
    entities: usize,
    spaces: usize,
    invisible: usize,
    elements: BTreeSet<&'static str>,
    /// The place of the first one.
    first: Option<String>,
}

impl Cleaning {
    /// Counts [`display_text`](clean::display_text); `pointer` is only called
    /// for the first text that is not clean.
    pub(super) fn text<'t>(&mut self, raw: &'t str, pointer: impl FnOnce() -> String) -> Cow<'t, str> {
        if clean::is_clean(raw) {
            return Cow::Borrowed(raw);
        }
        let mut removed = BTreeSet::new();
        let shown = display_text_with(raw, &mut removed);
        if shown == raw {
            return Cow::Borrowed(raw);
        }
        self.texts += 1;
        self.first.get_or_insert_with(pointer);
        self.markup += usize::from(!removed.is_empty());
        self.entities += usize::from(raw.contains('&') && html_escape::decode_html_entities(raw) != raw);
        let is_odd = |c: char| c != ' ' && c != '\n' && clean::is_gap(c);
        let has_edge = raw.trim().len() < raw.len();
        let has_gap = || ["  ", " \n", "\n ", "\n\n"].iter().any(|gap| raw.contains(gap));
        self.spaces += usize::from(has_edge || has_gap() || raw.contains(is_odd));
        self.invisible += usize::from(raw.contains(|c| clean::is_invisible(c) || clean::is_private(c)));
        self.elements.append(&mut removed);
        shown
    }

    fn add(&mut self, mut other: Cleaning) {
        self.texts += other.texts;
        self.markup += other.markup;
        self.entities += other.entities;
        self.spaces += other.spaces;
        self.invisible += other.invisible;
        self.elements.append(&mut other.elements);
        self.first = self.first.take().or(other.first);
    }

    /// The remark, if any text was cleaned.
    fn into_remark(self) -> Option<Remark> {
        let pointer = self.first?;
        let elements: Vec<String> = (self.elements.iter())
            .map(
                |name| if name.contains(' ') || *name == "comments" { (*name).to_owned() } else { format!("<{name}>") },
            )
            .collect();
        let shown = elements.iter().take(6).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if elements.len() > 6 { format!(" and {} more", elements.len() - 6) } else { String::new() };
        let parts = [
            (self.markup, format!("markup ({shown}{more}) was removed from")),
            (self.entities, "escaped characters were resolved in".to_owned()),
            (self.spaces, "odd or stray spaces were tidied in".to_owned()),
            (self.invisible, "invisible characters or bullets were removed from".to_owned()),
        ];
        let parts: Vec<String> =
            parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{what} {n}")).collect();
        let texts = if self.texts == 1 { "text was" } else { "texts were" };
        let how = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        let message = format!(
            "{} {texts} cleaned for display{how}; the first is here. The source's wording of each statement is kept",
            self.texts
        );
        Some(Remark::new(RemarkKind::CleanedText, pointer, message))
    }
}

/// Adds what was cleaned in a record to the remarks.
pub(super) fn add(cleaning: Cleaning, remarks: &mut Vec<Remark>) {
    if let Some(first) = cleaning.first.clone() {
        let mut remark = Remark::new(RemarkKind::CleanedText, first, "texts were cleaned for display");
        remark.cleaning = Some(Box::new(cleaning));
        remarks.push(remark);
    }
}

/// Combines the remarks of all records into one for the file.
pub(super) fn add_up(remarks: &mut Vec<Remark>) {
    let mut all = Cleaning::default();
    remarks.retain_mut(|remark| match remark.cleaning.take() {
        Some(cleaning) => {
            all.add(*cleaning);
            false
        }
        None => true,
    });
    remarks.extend(all.into_remark());
}
